// SPDX-License-Identifier: BSL-1.0
// An accountant who looks at a campaign: does every figure agree with every other, and who holds what?
#pragma once

#include <crowdrules/campaign/agenda.hpp>
#include <crowdrules/campaign/postings.hpp>

#include "sample.hpp"
#include <random>

namespace crowdrules::campaign::sample {

inline std::int64_t held_by(const Campaign& campaign, Account account) {
    return campaign->ledger.balance(account).minor();
}

/// The ledger as the fold of postings, nothing else.
inline Ledger folded(const Events& events, Currency currency) {
    Ledger ledger(currency);
    for (const Event& event : events) {
        if (const auto entry = postings(event, currency)) ledger.post(*entry);
    }
    return ledger;
}

/// What must hold between figures in every phase of every campaign.
inline void balances(const Campaign& campaign) {
    const std::vector<std::string> reasons = check(campaign);
    CAPTURE(reasons.size());
    if (!reasons.empty()) FAIL_CHECK(reasons.front());
    const Statement s = statement(campaign);
    const auto holder = [&](Account account) { return s.holders[static_cast<std::size_t>(account)]; };
    Money sum = Money::zero(campaign.terms().currency);
    for (const Money& balance : s.holders) sum = sum + balance;
    CHECK(sum.is_zero());
    CHECK(holder(Account::backers) == s.refunded + s.charged_back - s.collected.amount - s.unmatched -
                                             s.unmatched_kept);
    CHECK(holder(Account::unmatched) == s.unmatched);
    CHECK(holder(Account::creator) == s.paid - s.owed);
    CHECK(holder(Account::reserve) == s.reserve);
    CHECK(holder(Account::disputed) == s.disputed);
    CHECK(holder(Account::processing_fees) == s.processing_fee + s.dispute_fees + s.payout_fees);
    CHECK(s.refunded + s.charged_back + s.disputed <= s.collected.amount);
    CHECK_FALSE(s.disputed.is_negative());
    CHECK_FALSE(s.reserve.is_negative());
    CHECK_FALSE(s.owed.is_negative());
    for (const PayoutLine& line : s.payouts) {
        const std::int64_t parts = line.platform_fee + line.tax + line.recouped + line.reserve + line.held + line.net;
        CHECK((!line.paid_at || line.in_escrow() == parts));
    }
}

/// Balances, and the ledger is the fold of what happened.
inline void balances(const Player& play) {
    balances(play.campaign());
    CHECK(play.state().ledger == folded(play.happened(), play.campaign().terms().currency));
}

/// One number of [0, count), the same on every machine.
inline std::uint64_t any(std::mt19937_64& random, std::uint64_t count) {
    return random() % count;
}

}  // namespace crowdrules::campaign::sample
