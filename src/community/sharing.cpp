// SPDX-License-Identifier: BSL-1.0
// How royalties are shared and paid: on running totals, so that nobody's cumulative part falls while a stream rises,
// and however periods are cut everybody ends with the same.
#include <crowdrules/core/contract.hpp>
#include <crowdrules/revenue/accrual.hpp>
#include <crowdrules/revenue/balance_payment.hpp>

#include "community/judge/judge.hpp"
#include "money/running_split.hpp"
#include "revenue/withholding.hpp"
#include <algorithm>

namespace crowdrules::community {

RoyaltyShared sharing_of(const State& state, const ProductRecord& product, std::uint32_t stream,
                         const RoyaltyStream& terms) {
    const Terms& agreed = *state.terms;
    const std::int64_t pool = revenue::money_of(terms.earned, agreed.currency, *agreed.royalty.rounding).minor();
    RoyaltyShared shared{
        .product = product.idea, .stream = stream, .pool = pool - terms.pool, .to_company = 0, .parts = {}};
    if (shared.pool == 0) return shared;
    std::vector<Weight> weights;
    weights.reserve(terms.influence.shares.size());
    for (const revenue::Share& share : terms.influence.shares) weights.push_back(share.weight);
    std::vector<std::int64_t> parts(weights.size());
    expects(pool >= 0, "what a stream has earned in all is not negative");
    split_running(pool, weights, weight_sum(weights), terms.cumulative, parts);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const std::int64_t change = parts[i];
        const revenue::PayeeId payee = terms.influence.shares[i].payee;
        if (payee == agreed.rights.company) {
            shared.to_company = change;
        } else if (change != 0) {
            shared.parts.push_back({payee, change});
        }
    }
    return shared;
}

std::vector<RoyaltyShared> sharing_of(const State& state, const ProductRecord& product) {
    std::vector<RoyaltyShared> all;
    for (std::uint32_t stream = 0; stream < product.streams.size(); ++stream) {
        RoyaltyShared shared = sharing_of(state, product, stream, product.streams[stream]);
        if (shared.pool != 0) all.push_back(std::move(shared));
    }
    return all;
}

void enter(RoyaltyStream& stream, const RoyaltyShared& shared, revenue::PayeeId company) {
    std::int64_t left = shared.pool;
    auto part = shared.parts.begin();
    for (std::size_t i = 0; i < stream.cumulative.size(); ++i) {
        const revenue::PayeeId payee = stream.influence.shares[i].payee;
        std::int64_t amount = 0;
        if (payee == company) {
            amount = shared.to_company;
        } else if (part != shared.parts.end() && part->member == payee) {
            amount = part++->amount;
        }
        stream.cumulative[i] += amount;
        left -= amount;
    }
    expects(part == shared.parts.end() && left == 0, "the parts of a royalty are its pool, each of who has influence");
    stream.pool += shared.pool;
}

std::uint32_t stream_on(const ProductRecord& product, Date day) {
    // The first one also has what was sold before it.
    std::uint32_t place = 0;
    for (std::uint32_t i = 1; i < product.streams.size(); ++i) {
        if (product.streams[i].from <= day) place = i;
    }
    return place;
}

std::int64_t on_hold(const State& state, MemberId member, Date on) {
    std::int64_t held = 0;
    for (const HeldParts& day : state.held) {
        const std::chrono::sys_days free =
            std::chrono::sys_days(day.shared_on) + std::chrono::days{state.terms->payouts.hold_days};
        if (free <= std::chrono::sys_days(on)) continue;
        const auto part = std::lower_bound(day.parts.begin(), day.parts.end(), member,
                                           [](const RoyaltyPart& one, MemberId id) { return one.member < id; });
        if (part != day.parts.end() && part->member == member) held += part->amount;
    }
    return held;
}

revenue::PayeeStatement payment_on(const State& state, campaign::Handle member, Date on, bool closing) {
    const revenue::DistributionTerms terms = distribution_of(*state.terms);
    const MemberId id{state.member_index.id_of(member)};
    const Money held(on_hold(state, id, on), terms.currency), balance(state.members[member].balance(), terms.currency);
    const Decimal free = (balance - held).units();
    const auto rules = state.withholding.find(member);
    auto withheld = withheld_of(rules == state.withholding.end() ? std::vector<revenue::Withholding>{} : rules->second,
                                revenue::money_of(free, terms.currency, terms.rounding), {{"", free}});
    const revenue::BalancePayment payment = payment_of(terms, free, total_of(withheld, terms.currency),
                                                       closing ? Money::zero(terms.currency) : minimum_of(terms, id),
                                                       closing ? revenue::MinimumRule::at_least : terms.rule);
    if (payment.reason != revenue::Unpaid::paid) withheld.clear();
    return {.payee = id,
            .name = {},
            .on = on,
            .opening = balance.units(),
            .earned = {},
            .taken_back = {},
            .corrected = {},
            .on_hold = held.units(),
            .gross = payment.gross,
            .withheld = std::move(withheld),
            .fee = payment.fee,
            .paid = payment.paid,
            .carried = (balance - payment.gross).units(),
            .reason = payment.reason};
}

Instant next_closing(const State& state, const ProductRecord& product) {
    if (!product.unshared_since || product.paused) return never;
    const RoyaltyPayouts& payouts = state.terms->payouts;
    const std::int64_t period = occurrences_before(payouts.every, payouts.from, *product.unshared_since + Elapsed{1});
    return occurrence(payouts.every, payouts.from, std::max<std::int64_t>(period, 1));
}

}  // namespace crowdrules::community
