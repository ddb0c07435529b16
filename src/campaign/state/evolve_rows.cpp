// SPDX-License-Identifier: BSL-1.0
// Batches of everyday events. The same state as their Event forms, without a variant, strings or vectors in between.
#include <crowdrules/campaign/evolve.hpp>

#include "bookkeeping.hpp"
#include "campaign/rules.hpp"
#include <array>

namespace crowdrules::campaign {

using namespace bookkeeping;

namespace {

constexpr std::size_t far_ahead = 24;   ///< rows whose place in the index is fetched
constexpr std::size_t near_ahead = 12;  ///< rows whose record is fetched
constexpr std::size_t next_ahead = 6;   ///< rows whose backer is fetched

/// The event form of a row, for what is not everyday.
EventBody event_of(const PledgeRow& row) {
    const PledgeId pledge{row.pledge};
    switch (row.kind) {
        case PledgeRow::Kind::made:
            return PledgeMade{.pledge = pledge,
                              .backer = BackerId{row.detail},
                              .reward = RewardId{row.reward},
                              .amount = row.amount,
                              .late = row.late};
        case PledgeRow::Kind::changed:
            return PledgeChanged{.pledge = pledge, .reward = RewardId{row.reward}, .amount = row.amount};
        case PledgeRow::Kind::cancelled:
            return PledgeCancelled{pledge};
        case PledgeRow::Kind::collected:
            return ChargeCollected{
                .pledge = pledge, .amount = row.amount, .fee = static_cast<std::int64_t>(row.detail)};
        case PledgeRow::Kind::charge_failed:
            return ChargeFailed{.pledge = pledge};
        case PledgeRow::Kind::dropped:
            return PledgeDropped{pledge};
    }
    throw ContractViolation("a row of no known kind");
}

bool is_charged_at_pledge(const State& state) {
    return state.terms->charges.timing == ChargeTiming::at_pledge;
}

/// Room for the pledges that the rows will make, growing at least twofold so that many small batches cost no more than
/// one.
void make_room(State& state, std::span<const PledgeRow> rows) {
    std::size_t made = 0;
    const PledgeRow* first = nullptr;
    for (const PledgeRow& row : rows) {
        if (row.kind != PledgeRow::Kind::made) continue;
        if (made++ == 0) first = &row;
    }
    PledgeBook& book = state.book;
    const std::size_t wanted = book.records.size() + made;
    if (made == 0 || wanted <= book.records.capacity()) return;
    const std::size_t room = std::max(wanted, 2 * book.records.capacity());
    book.records.reserve(room);
    book.standing_of.reserve(room);
    if (is_charged_at_pledge(state)) book.made_at.reserve(room);
    if (first->pledge != 0) book.pledges.reserve(room, first->pledge);
    if (first->detail != 0) book.backers.reserve(room, first->detail);
}

/// Applies rows for as long as they are everyday: plain pledges of a campaign without special counting.
///
/// Running totals and balances are kept here, close to the processor, and written back at the end.
class EverydayRows {
  public:
    explicit EverydayRows(State& state) : state_(state), totals_(state.totals), rewards_(state.rewards.size()) {
        found_.fill(no_handle);
        units_.reserve(rewards_ + 1);
        units_.push_back(0);
        for (const Reward& reward : state.rewards) units_.push_back(reward.units);
    }
    ~EverydayRows() {
        // Charges are at most the pledges, and those sum to 64 bits: no balance can overflow here.
        totals_.collected += charged_;
        state_.totals = totals_;
        state_.payouts[0].gross += charged_;
        state_.payouts[0].processing_fee += fees_;
        state_.ledger.transfer(Account::backers, Account::escrow, charged_);
        state_.ledger.transfer(Account::escrow, Account::processing_fees, fees_);
    }
    EverydayRows(const EverydayRows&) = delete;
    EverydayRows& operator=(const EverydayRows&) = delete;

    /// Whether rows of this campaign can be everyday at all.
    [[nodiscard]] static bool serves(const State& state) {
        const bool one_payout = !state.payouts.empty() && !state.payouts[0].paid_at && state.book.payout_of.empty();
        // Far from where the units of rows could leave 64 bits.
        const bool has_room = state.totals.standing_units < std::numeric_limits<std::int64_t>::max() / 2;
        const bool plain_backers = !state.keeps_given && state.guards.uncounted.empty();
        return one_payout && has_room && plain_backers && !state.keeps_fees && !(state.succeeded_at && !state.closed);
    }

    /// Asks for the memory that later rows will touch: their place in the index, then their record, then their backer.
    void fetch_ahead(std::span<const PledgeRow> rows, std::size_t i) {
        const PledgeBook& book = state_.book;
        if (i + far_ahead < rows.size()) book.pledges.prefetch(rows[i + far_ahead].pledge);
        if (i + near_ahead < rows.size() && rows[i + near_ahead].kind != PledgeRow::Kind::made) {
            const Handle handle = book.pledges.find(rows[i + near_ahead].pledge);
            if (handle != no_handle) __builtin_prefetch(&book.records[handle], 1);
            found_[(i + near_ahead) % found_.size()] = handle;
        }
        if (i + next_ahead < rows.size() && rows[i + next_ahead].kind == PledgeRow::Kind::cancelled) {
            const Handle handle = found_[(i + next_ahead) % found_.size()];
            if (handle != no_handle) __builtin_prefetch(&book.standing_of[book.records[handle].backer], 1);
        }
    }

    /// Applies row number `i`, or changes nothing and says that it is not everyday.
    [[nodiscard]] bool apply(const PledgeRow& row, std::size_t i) {
        if (row.kind == PledgeRow::Kind::made) return make(row);
        // What was found ahead is still there; what was not may have been made since.
        Handle handle = found_[i % found_.size()];
        if (handle == no_handle) handle = state_.book.pledges.find(row.pledge);
        if (handle == no_handle) return false;
        PledgeRecord& record = state_.book.records[handle];
        if (record.flags != 0 || record.state != PledgeState::pledged) return false;
        switch (row.kind) {
            case PledgeRow::Kind::changed:
                return change(record, row);
            case PledgeRow::Kind::cancelled:
                return cancel(record);
            case PledgeRow::Kind::collected:
                return collect(record, row);
            default:
                return false;
        }
    }

  private:
    Tally& in(PledgeState state) { return totals_.by_state[static_cast<std::size_t>(state)]; }
    [[nodiscard]] bool sums(std::int64_t& everything, std::int64_t more) const {
        return !__builtin_add_overflow(totals_.everything, more, &everything) && everything >= 0;
    }
    void count_reward(std::uint16_t reward, int sign) {
        if (reward == 0) return;
        state_.reward_taken[reward - 1u] += static_cast<std::uint32_t>(sign);
        totals_.standing_units += sign * std::int64_t{units_[reward]};
    }

    bool make(const PledgeRow& row) {
        PledgeBook& book = state_.book;
        std::int64_t everything = 0;
        const bool is_timed = at_checkout_ || book.made_at.empty();
        const bool is_plain =
            is_timed && !row.late && row.amount >= 0 && row.reward <= rewards_ && row.pledge != 0 && row.detail != 0;
        if (!is_plain || !sums(everything, row.amount)) return false;
        if (book.pledges.find_or_add(row.pledge) != book.records.size()) return false;  // made before
        const Handle backer = book.backers.find_or_add(row.detail);
        if (backer == book.standing_of.size()) book.standing_of.push_back(0);
        book.records.push_back({.amount = row.amount, .backer = backer, .reward = row.reward});
        if (at_checkout_) book.made_at.push_back(state_.last);
        totals_.everything = everything;
        totals_.standing += row.amount;
        ++in(PledgeState::pledged).count;
        in(PledgeState::pledged).amount += row.amount;
        ++totals_.unpaid[0];
        if (++book.standing_of[backer] == 1) ++totals_.backers;
        count_reward(row.reward, 1);
        return true;
    }

    bool change(PledgeRecord& record, const PledgeRow& row) {
        if (row.amount < 0 || row.reward > rewards_) return false;
        std::int64_t everything = 0;
        const std::int64_t more = row.amount - record.amount;  // neither is negative, so the difference fits
        if (!sums(everything, more)) return false;
        totals_.everything = everything;
        totals_.standing += more;
        in(PledgeState::pledged).amount += more;
        if (record.reward != row.reward) {
            count_reward(record.reward, -1);
            count_reward(row.reward, 1);
        }
        record.amount = row.amount;
        record.reward = row.reward;
        return true;
    }

    void move(PledgeRecord& record, PledgeState to) {
        --in(PledgeState::pledged).count;
        in(PledgeState::pledged).amount -= record.amount;
        ++in(to).count;
        in(to).amount += record.amount;
        --totals_.unpaid[0];
        record.state = to;
    }

    bool cancel(PledgeRecord& record) {
        move(record, PledgeState::cancelled);
        totals_.standing -= record.amount;
        count_reward(record.reward, -1);
        if (--state_.book.standing_of[record.backer] == 0) --totals_.backers;
        return true;
    }

    bool collect(PledgeRecord& record, const PledgeRow& row) {
        const auto fee = static_cast<std::int64_t>(row.detail);
        if (row.amount != record.amount || fee < 0 || fee > row.amount) return false;
        charged_ += row.amount;
        fees_ += fee;
        move(record, PledgeState::collected);
        record.flags = PledgeRecord::charged;
        ++totals_.charges;
        return true;
    }

    State& state_;
    Totals totals_;
    bool at_checkout_ = is_charged_at_pledge(state_);  ///< the book keeps when pledges were made
    std::int64_t charged_ = 0;          ///< collected in this run of rows
    std::int64_t fees_ = 0;             ///< of which processing fees
    std::size_t rewards_;               ///< how many there are
    std::vector<std::uint32_t> units_;  ///< by reward id, with a 0 for no reward
    std::array<Handle, 16> found_;      ///< handles of the rows ahead, by row number; more than near_ahead
};

}  // namespace

void Rules::apply(Campaign& campaign, Instant at, std::span<const PledgeRow> rows) {
    State& state = campaign.state_;
    expects(at >= state.last, "events come in order of time");
    state.last = at;
    make_room(state, rows);
    for (std::size_t i = 0; i < rows.size();) {
        if (EverydayRows::serves(state)) {
            EverydayRows everyday(state);
            for (; i < rows.size(); ++i) {
                everyday.fetch_ahead(rows, i);
                if (!everyday.apply(rows[i], i)) break;
                ++campaign.events_;
            }
        }
        if (i < rows.size()) evolve(campaign, Event{.at = at, .what = event_of(rows[i++])});
    }
}

void evolve(Campaign& campaign, Instant at, std::span<const PledgeRow> rows) {
    Rules::apply(campaign, at, rows);
}

}  // namespace crowdrules::campaign
