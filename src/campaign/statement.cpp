// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/campaign/statement.hpp>
#include <crowdrules/core/contract.hpp>

#include <fmt/format.h>

#include "campaign/due/payouts.hpp"
#include "campaign/state/statement_of.hpp"
#include <algorithm>

namespace crowdrules::campaign {

namespace {

std::int64_t balance(const State& state, Account account) {
    return state.ledger.balance(account).minor();
}

/// What the payee of a line has of it.
std::int64_t kept_by_payee(const LineRule& rule, const LineTotals& totals) {
    return totals.charged - (account_of(rule) == Account::escrow ? totals.gone : totals.returned);
}

/// The platform's fee on everything that the creator keeps, taken already or not.
struct PlatformFee {
    std::int64_t base = 0;
    FeeParts due;    ///< on the base
    FeeParts taken;  ///< at payouts made
};

PlatformFee platform_fee(const State& state) {
    PlatformFee result;
    if (!state.succeeded_at || has_ended_without_success(state.phase)) return result;
    for (const bool of_supplements : {false, true}) {
        if (of_supplements && (!state.terms->supplements || !state.terms->supplements->platform)) continue;
        FeeBase paid{.of_supplements = of_supplements};
        FeeBase base = paid;
        FeeParts taken;
        for (const PayoutLine& line : state.payouts) {
            if (bears_own_fee(*state.terms, line) != of_supplements) continue;
            base.add(line);
            if (line.paid_at) paid.add(line);
            taken.fee += line.platform_fee;
            taken.tax += line.tax;
        }
        result.base += base.amount(state.terms->refunds);
        const FeeParts still = fee_still_due(state, paid, base, taken);
        result.due.fee += taken.fee + still.fee;
        result.due.tax += taken.tax + still.tax;
        result.taken.fee += taken.fee;
        result.taken.tax += taken.tax;
    }
    return result;
}

/// Later parts, still open, of pledges that are collected from their first part on.
std::int64_t open_instalments(const State& state) {
    std::int64_t open = 0;
    for (const InstalmentLimit& limit : state.instalment_limits) {
        if (state.book.records[limit.pledge].has(PledgeRecord::charged))
            open += state.book.details.at(limit.pledge).instalments[limit.part].amount;
    }
    return open;
}

void require(std::vector<std::string>& reasons, bool holds, std::string reason) {
    if (!holds) reasons.push_back(std::move(reason));
}

/// Ledger against running totals: O(payouts).
std::vector<std::string> disagreements(const State& state) {
    std::vector<std::string> reasons;
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < account_count; ++i) sum += balance(state, static_cast<Account>(i));
    require(reasons, sum == 0, fmt::format("the balances of all accounts sum to {}", sum));

    std::int64_t unpaid = 0, disputed = 0, processing = 0, platform = 0, tax = 0;
    for (const PayoutLine& line : state.payouts) {
        if (!line.paid_at) unpaid += line.in_escrow();
        disputed += line.disputed;
        processing += line.processing_fee;
        platform += line.platform_fee;
        tax += line.tax;
    }
    const auto agree = [&](std::string_view what, std::int64_t ledger, std::int64_t totals) {
        require(reasons, ledger == totals,
                fmt::format("{}: the ledger has {} and the totals {}", what, ledger, totals));
    };
    agree("escrow", balance(state, Account::escrow), unpaid);
    agree("backers", -balance(state, Account::backers),
          state.totals.collected - state.totals.refunded - state.totals.charged_back + state.totals.unmatched +
              state.totals.unmatched_kept);
    std::int64_t unmatched = 0;
    for (const auto& [reference, money] : state.unmatched) unmatched += money.amount;
    agree("unmatched", balance(state, Account::unmatched), state.totals.unmatched);
    agree("unmatched, one by one", unmatched, state.totals.unmatched);
    std::int64_t to_others = 0;
    std::int64_t to_parties = 0;
    for (std::size_t i = 0; i < state.lines.size(); ++i) {
        const Account account = account_of(state.terms->lines[i]);
        const std::int64_t kept = kept_by_payee(state.terms->lines[i], state.lines[i]);
        if (account != Account::escrow) to_others += kept;
        if (account == Account::parties) to_parties += kept;
    }
    agree("lines for others", balance(state, Account::parties), to_parties);
    agree("fees and taxes",
          balance(state, Account::processing_fees) + balance(state, Account::platform_fees) +
              balance(state, Account::tax) + balance(state, Account::parties) + state.totals.borne_by_platform,
          to_others + processing + platform + tax + state.totals.fees_of_creator + state.totals.unmatched_kept +
              state.totals.payout_fees);
    require(reasons, owed_by_creator(state) >= 0, "the creator has more than was paid");
    require(reasons, balance(state, Account::disputed) >= disputed,
            "the payouts hold more in dispute than the ledger does");
    require(reasons, state.totals.refunded + state.totals.charged_back <= state.totals.collected,
            "more was given back than collected");
    return reasons;
}

}  // namespace

Statement statement_of(const State& state) {
    const std::vector<std::string> reasons = disagreements(state);
    if (!reasons.empty()) throw ContractViolation("the books of the campaign do not agree: " + reasons.front());

    const Terms& terms = *state.terms;
    const Totals& totals = state.totals;
    const auto money = [&](std::int64_t minor) { return Money{minor, terms.currency}; };
    const auto count = [&](const Tally& tally) { return StatementCount{tally.count, money(tally.amount)}; };
    const Tally& pledged = totals.in(PledgeState::pledged);
    const Tally& errored = totals.in(PledgeState::errored);
    std::uint64_t standing = pledged.count + errored.count + totals.in(PledgeState::collected).count +
                             totals.in(PledgeState::disputed).count;
    const PlatformFee platform = platform_fee(state);

    const std::int64_t paid = paid_to_creator(state);
    std::int64_t in_escrow = 0;
    std::int64_t allotted = 0;
    for (const PayoutLine& line : state.payouts) {
        if (line.kind == PayoutLine::Kind::given_back) {
            allotted += line.carried;
        } else if (!line.paid_at) {
            in_escrow += line.in_escrow();
        }
    }
    const bool pays = state.succeeded_at && !has_ended_without_success(state.phase);
    const std::int64_t reserve = balance(state, Account::reserve);
    const std::int64_t owed = owed_by_creator(state);
    const std::int64_t fees_to_take = platform.due.fee - platform.taken.fee + platform.due.tax - platform.taken.tax;

    const std::int64_t to_come = pays ? in_escrow - fees_to_take + reserve : 0;

    Statement result{.title = terms.title,
                     .phase = state.phase,
                     .goal_missed = state.goal_missed,
                     .backers = state.closed ? totals.ended_backers : totals.backers,
                     .gross = state.closed ? count(totals.ended) : StatementCount{standing, money(totals.standing)},
                     .late = count(totals.late),
                     .supplements = count(totals.supplements),
                     .cancelled = count(totals.in(PledgeState::cancelled)),
                     .released = count(totals.in(PledgeState::released)),
                     .dropped = count(totals.in(PledgeState::dropped)),
                     .open = {pledged.count + errored.count, money(pledged.amount + errored.amount)},
                     .given_up = money(totals.instalments_given_up),
                     .collected = {totals.charges, money(totals.collected)},
                     .refunded = money(totals.refunded),
                     .charged_back = money(totals.charged_back),
                     .to_others = money(0),
                     .disputed = money(balance(state, Account::disputed)),
                     .fee_base = money(platform.base),
                     .platform_fee = money(platform.due.fee),
                     .platform_tax = money(platform.due.tax),
                     .processing_fee = money(balance(state, Account::processing_fees) - totals.dispute_fees -
                                             totals.payout_fees),
                     .processing_tax = money(balance(state, Account::tax) - platform.taken.tax),
                     .fee_difference = money(totals.fee_difference),
                     .dispute_fees = money(totals.dispute_fees),
                     .unmatched = money(totals.unmatched),
                     .unmatched_kept = money(totals.unmatched_kept),
                     .payout_fees = money(totals.payout_fees),
                     .declined = money(totals.declined),
                     .allotted = money(allotted),
                     .reserve = money(reserve),
                     .paid = money(paid),
                     .owed = money(owed),
                     .to_pay = money(to_come - std::clamp<std::int64_t>(owed, 0, std::max<std::int64_t>(to_come, 0))),
                     .payouts = {},
                     .holders = {money(0), money(0), money(0), money(0), money(0), money(0), money(0), money(0),
                                 money(0), money(0)},
                     .rewards = {},
                     .lines = {},
                     .stretch_goals = {}};
    result.open.amount += money(open_instalments(state));
    for (std::size_t i = 0; i < result.holders.size(); ++i)
        result.holders[i] = state.ledger.balance(static_cast<Account>(i));
    for (const PayoutLine& line : state.payouts) {
        if (line.gross != 0 || line.paid_at || line.in_escrow() != 0) result.payouts.push_back(line);
    }
    for (std::size_t i = 0; i < state.rewards.size(); ++i) {
        const Reward& reward = state.rewards[i];
        if (state.reward_taken[i] == 0 && !reward.quantity) continue;
        result.rewards.push_back({reward.name, reward.minimum, state.reward_taken[i], reward.quantity});
    }
    for (std::size_t i = 0; i < terms.lines.size(); ++i) {
        const LineRule& rule = terms.lines[i];
        const LineTotals& line = state.lines[i];
        const Money kept = money(kept_by_payee(rule, line));
        result.lines.push_back({rule.name, rule.payee, money(line.charged), money(line.gone), kept});
        if (account_of(rule) != Account::escrow) result.to_others += kept;
    }
    for (std::size_t i = 0; i < terms.stretch_goals.size(); ++i) {
        result.stretch_goals.push_back({terms.stretch_goals[i].name, state.stretch_reached[i]});
    }
    return result;
}

Statement statement(const Campaign& campaign) {
    return statement_of(*campaign);
}

std::vector<std::string> check(const Campaign& campaign) {
    const State& state = *campaign;
    std::vector<std::string> reasons = disagreements(state);

    // Running totals against the pledges themselves.
    std::array<Tally, pledge_state_count> by_state{};
    std::int64_t fees = 0;
    for (Handle handle = 0; handle < state.book.records.size(); ++handle) {
        const PledgeRecord& record = state.book.records[handle];
        Tally& tally = by_state[static_cast<std::size_t>(record.state)];
        ++tally.count;
        tally.amount += record.amount;
        fees += processing_fee_of(state, handle);
    }
    for (std::size_t i = 0; i < pledge_state_count; ++i) {
        require(reasons, by_state[i] == state.totals.by_state[i],
                fmt::format("pledges {}: counted {} and kept {}", to_text(static_cast<PledgeState>(i)),
                            by_state[i].count, state.totals.by_state[i].count));
    }
    std::int64_t kept = state.totals.fees_of_creator;
    for (const PayoutLine& line : state.payouts) kept += line.processing_fee;
    require(reasons, fees == kept, fmt::format("processing fees: computed anew {} and taken {}", fees, kept));

    // Fees taken at payouts against the schedule on the running total.
    for (const bool of_supplements : {false, true}) {
        if (of_supplements && (!state.terms->supplements || !state.terms->supplements->platform)) continue;
        FeeBase base{.of_supplements = of_supplements};
        std::int64_t fee = 0;
        for (const PayoutLine& line : state.payouts) {
            if (!line.paid_at || bears_own_fee(*state.terms, line) != of_supplements) continue;
            base.add(line);
            fee += line.platform_fee;
        }
        const FeeParts due = platform_fee_on(state, base);
        require(reasons, fee >= due.fee, fmt::format("platform fee: computed anew {} and taken {}", due.fee, fee));
    }
    // Lines against those of the pledges.
    std::vector<LineTotals> lines(state.lines.size());
    for (const auto& [handle, detail] : state.book.details) {
        for (const PledgeLine& line : detail.lines) {
            lines[line.rule].charged += line.charged;
            lines[line.rule].gone += line.gone;
        }
    }
    for (std::size_t i = 0; i < lines.size(); ++i) {
        require(reasons, lines[i].charged == state.lines[i].charged && lines[i].gone == state.lines[i].gone,
                fmt::format("line '{}': the pledges have {} of which {} went back, and the totals {} and {}",
                            state.terms->lines[i].name, lines[i].charged, lines[i].gone, state.lines[i].charged,
                            state.lines[i].gone));
    }
    return reasons;
}

}  // namespace crowdrules::campaign
