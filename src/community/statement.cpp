// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/campaign/statement.hpp>
#include <crowdrules/community/statement.hpp>
#include <crowdrules/core/contract.hpp>

#include <fmt/format.h>

#include "community/judge/judge.hpp"
#include "naming.hpp"
#include <algorithm>

namespace crowdrules::community {

namespace {

void require(std::vector<std::string>& reasons, bool holds, std::string reason) {
    if (!holds) reasons.push_back(std::move(reason));
}

std::int64_t balance(const State& state, Account account) {
    return state.ledger.balance(account).minor();
}

/// What the presales hold, by account: their part of the one ledger.
std::int64_t of_presales(const State& state, Account account) {
    std::int64_t sum = 0;
    for (const ProductRecord& product : state.products) {
        if (product.presale) sum += (*product.presale)->ledger.balance(account).minor();
    }
    return sum;
}

struct MemberSums {
    std::int64_t credited = 0, corrected = 0, paid = 0, withheld = 0, fees = 0, owed = 0, owing = 0;
};

MemberSums sums_of(const State& state) {
    MemberSums sums;
    for (const MemberRecord& member : state.members) {
        sums.credited += member.credited;
        sums.corrected += member.corrected;
        sums.paid += member.paid;
        sums.withheld += member.withheld;
        sums.fees += member.fees;
        const std::int64_t left = member.balance();
        (left > 0 ? sums.owed : sums.owing) += left;
    }
    return sums;
}

/// Ledger against running totals.
std::vector<std::string> disagreements(const State& state, const MemberSums& members) {
    std::vector<std::string> reasons;
    const Totals& totals = state.totals;
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < account_count; ++i) sum += balance(state, static_cast<Account>(i));
    require(reasons, sum == 0, fmt::format("the balances of all accounts sum to {}", sum));
    const auto agree = [&](std::string_view what, std::int64_t one, std::int64_t other) {
        require(reasons, one == other, fmt::format("{}: {} in one place and {} in the other", what, one, other));
    };
    agree("customers", -balance(state, Account::customers), totals.bought - totals.returned);
    agree("community", balance(state, Account::community), members.owed + members.owing);
    agree("members", balance(state, Account::members),
          totals.paid - (totals.fees - totals.fees_refunded) - totals.reacquired);
    agree("royalties", totals.pool - totals.to_company, members.credited);
    agree("corrections", totals.made_good, members.corrected);
    agree("paid", totals.paid, members.paid);
    agree("withheld", totals.withheld, members.withheld);
    agree("payment fees", totals.payment_fees, members.fees);
    agree("tax", balance(state, Account::tax), totals.withheld + of_presales(state, Account::tax));
    agree("processing fees", balance(state, Account::processing_fees),
          totals.payment_fees + of_presales(state, Account::processing_fees));
    for (const Account account :
         {Account::backers, Account::escrow, Account::reserve, Account::disputed, Account::platform_fees,
          Account::unmatched}) {
        agree(to_text(account), balance(state, account), of_presales(state, account));
    }
    agree("company", balance(state, Account::company),
          totals.bought - totals.returned + totals.fees - totals.fees_refunded + totals.reacquired - totals.pool +
              totals.to_company - totals.made_good + of_presales(state, Account::creator));
    return reasons;
}

}  // namespace

Statement statement(const Community& community) {
    const State& state = *community;
    const MemberSums members = sums_of(state);
    if (const auto reasons = disagreements(state, members); !reasons.empty())
        throw ContractViolation("the books of the community do not agree: " + reasons.front());
    const Totals& totals = state.totals;
    const auto money = [&](std::int64_t minor) { return Money{minor, state.terms->currency}; };
    const Money nothing = money(0);
    Statement result{
        .title = state.terms->title,
        .members = totals.members,
        .ideas = static_cast<std::uint64_t>(std::count_if(
            state.ideas.begin(), state.ideas.end(), [](const IdeaRecord& idea) { return idea.product.is_none(); })),
        .fees = money(totals.fees - totals.fees_refunded),
        .units = totals.units,
        .gross = money(totals.gross),
        .bought = money(totals.bought),
        .returned = money(totals.returned),
        .base = money(totals.base),
        .royalties = money(totals.pool),
        .unclaimed = money(totals.to_company),
        .credited = money(members.credited),
        .made_good = money(totals.made_good),
        .withheld = money(totals.withheld),
        .payment_fees = money(totals.payment_fees),
        .paid = money(totals.paid),
        .carried = money(members.owed),
        .owed = money(-members.owing),
        .products = {},
        .holders = {nothing, nothing, nothing, nothing, nothing, nothing, nothing, nothing, nothing, nothing, nothing,
                    nothing, nothing, nothing}};
    for (std::size_t i = 0; i < account_count; ++i) result.holders[i] = state.ledger.balance(static_cast<Account>(i));
    for (const ProductRecord& product : state.products) {
        Decimal earned;
        for (const RoyaltyStream& stream : product.streams) earned = earned + stream.earned;
        result.products.push_back({.idea = product.idea,
                                   .title = find_idea(state, product.idea)->title,
                                   .stage = product.stage,
                                   .paused = product.paused,
                                   .units = product.units,
                                   .gross = money(product.gross),
                                   .returned = money(product.returned),
                                   .earned = earned,
                                   .shared = money(product.pool),
                                   .to_company = money(product.to_company)});
    }
    return result;
}

std::optional<MemberStatement> statement_of(const Community& community, MemberId member) {
    const State& state = *community;
    const MemberRecord* record = find_member(state, member);
    if (record == nullptr) return std::nullopt;
    const auto money = [&](std::int64_t minor) { return Money{minor, state.terms->currency}; };
    const Date today{std::chrono::floor<std::chrono::days>(state.last)};
    MemberStatement result{.member = member,
                           .products = {},
                           .credited = money(record->credited),
                           .corrected = money(record->corrected),
                           .withheld = money(record->withheld),
                           .payment_fees = money(record->fees),
                           .paid = money(record->paid),
                           .balance = money(record->balance()),
                           .on_hold = money(on_hold(state, member, today))};
    for (const ProductRecord& product : state.products) {
        bool has_part = false;
        std::int64_t credited = 0;
        revenue::Share now{member, 0};
        for (const RoyaltyStream& stream : product.streams) {
            now.weight = 0;
            const auto& shares = stream.influence.shares;
            const auto share = std::find_if(shares.begin(), shares.end(),
                                            [&](const revenue::Share& one) { return one.payee == member; });
            if (share == shares.end()) continue;
            has_part = true;
            now = *share;
            credited += stream.cumulative[static_cast<std::size_t>(share - shares.begin())];
        }
        if (!has_part) continue;
        result.products.push_back({.product = product.idea,
                                   .title = find_idea(state, product.idea)->title,
                                   .weight = now.weight,
                                   .whole = product.streams.back().influence.whole,
                                   .credited = money(credited)});
    }
    return result;
}

std::vector<std::string> check(const Community& community) {
    const State& state = *community;
    std::vector<std::string> reasons = disagreements(state, sums_of(state));
    std::vector<std::int64_t> credited(state.members.size());
    Decimal earned_by_all;
    for (const ProductRecord& product : state.products) {
        const std::string name = idea_text(product.idea);
        std::vector<Decimal> earned(product.streams.size());
        std::int64_t units = 0, gross = 0, returned = 0;
        for (const std::uint32_t place : product.sales) {
            const SaleRecord& sale = state.sales[place];
            Decimal& stream = earned[stream_on(product, sale.sold_on)];
            stream = stream + sale.earned - sale.taken_back;
            units += sale.units - sale.returned_units;
            gross += sale.gross;
            returned += sale.returned;
            require(reasons, sale.taken_back <= sale.earned && sale.returned <= sale.paid,
                    fmt::format("{}: sale {} took back more than it gave", name, sale.id.value));
        }
        require(reasons, units == product.units && gross == product.gross && returned == product.returned,
                fmt::format("{}: its sales and its totals differ", name));
        std::int64_t pool = 0;
        for (std::size_t i = 0; i < product.streams.size(); ++i) {
            const RoyaltyStream& stream = product.streams[i];
            earned_by_all = earned_by_all + stream.earned;
            require(reasons, stream.earned == earned[i],
                    fmt::format("{}: stream {} earned {} by its sales and {} by its total", name, i, to_text(earned[i]),
                                to_text(stream.earned)));
            std::int64_t parts = 0;
            for (std::size_t part = 0; part < stream.cumulative.size(); ++part) {
                parts += stream.cumulative[part];
                const campaign::Handle member = state.member_index.find(stream.influence.shares[part].payee.value);
                if (member != campaign::no_handle) credited[member] += stream.cumulative[part];
            }
            require(reasons, parts == stream.pool, fmt::format("{}: parts of {} of {}", name, parts, stream.pool));
            pool += stream.pool;
            const bool is_settled =
                product.unshared_since || sharing_of(state, product, static_cast<std::uint32_t>(i), stream).pool == 0;
            require(reasons, is_settled, fmt::format("{}: stream {} was not shared", name, i));
        }
        require(reasons, pool == product.pool, fmt::format("{}: {} shared in {}", name, pool, product.pool));
        if (product.presale) {
            for (std::string& reason : check(*product.presale)) reasons.push_back(name + ", presale: " + reason);
        }
    }
    require(reasons, earned_by_all == state.totals.earned, "the earnings of all products and their total differ");
    for (campaign::Handle member = 0; member < state.members.size(); ++member) {
        require(reasons, credited[member] == state.members[member].credited,
                fmt::format("member {}: credited {} by products and {} in all", state.member_index.id_of(member),
                            credited[member], state.members[member].credited));
    }
    return reasons;
}

}  // namespace crowdrules::community
