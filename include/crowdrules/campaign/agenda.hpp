// SPDX-License-Identifier: BSL-1.0
// Agenda: what falls due, and when: what the platform has to do next.
//
//   for (const Due& item : agenda(campaign)) outbox.put_once(key_of(item), item.at, item);
//   2012-05-18T07:00:00Z  charge   pledge 1   115.00 USD
//   2012-06-01T07:00:00Z  pay out  payout 0   9,331,022.11 USD
#pragma once

#include <crowdrules/campaign/campaign.hpp>

#include <string>
#include <vector>

namespace crowdrules::campaign {

enum class DueKind : std::uint8_t {
    judge,            ///< the deadline, or the end of a collection that decides: happens by itself
    charge,           ///< charge the pledge and report with RecordCharge
    remind,           ///< remind the backer of a failed charge; listed until its instant has passed
    drop,             ///< a charge, tried or not, is given up: happens by itself
    refund,           ///< give the money back and report with RefundPledge
    pay_out,          ///< pay the creator and report with PayOut; a negative amount is owed by the creator
    release_reserve,  ///< happens by itself
    resolve_unmatched,  ///< find out whose the unmatched money is and report with ResolveUnmatched: all that is held
};

[[nodiscard]] std::string_view to_text(DueKind kind) noexcept;

/// One thing to do. What it is of and its attempt say which one it is, whatever else happens: see `key_of`.
struct Due {
    Instant at{};  ///< when it falls due, or fell due: what is overdue stands in the past. Unrelated events do not move
                   ///< it, and what happens by itself has happened once `advance` has come to it
    DueKind kind;
    PledgeId pledge{};             ///< none for pay_out, release_reserve, judge and resolve_unmatched
    std::uint32_t instalment = 1;  ///< of a charge
    std::uint32_t payout = 0;      ///< of pay_out and release_reserve
    Money amount;                  ///< as things stand now
    std::uint32_t attempt = 1;     ///< of a charge: one more than the tries that failed; of a reminder and a judgement:
                                   ///< which one, from 1

    bool operator==(const Due&) const = default;
};

/// Everything to be done after what has happened, overdue or to come, in order of time: all that `due` will act on is
/// in it, but for drops that depend on an outcome not judged yet. Cost: O(pledges).
[[nodiscard]] std::vector<Due> agenda(const Campaign& campaign);
/// The same as it stands at `now`, once what happens by itself until then has happened: a payout is not listed when the
/// verification of the creator has lapsed since the last event. Cost: O(pledges), and a copy of the campaign when
/// something fell due since.
[[nodiscard]] std::vector<Due> agenda(const Campaign& campaign, Instant now);

/// What of it is due of one pledge; nothing for one that is not known. It changes with the pledge's own events, and
/// with what ends a campaign, closes it, makes it succeed or ready to ship. Cost: O(instalments and reminders).
[[nodiscard]] std::vector<Due> agenda(const Campaign& campaign, PledgeId pledge);
/// The rest of it: what is due of no single pledge. Cost: O(payouts^2).
[[nodiscard]] std::vector<Due> agenda_without_pledges(const Campaign& campaign);

/// "2012-05-18T07:00:00Z charge pledge 1: 115.00 USD".
[[nodiscard]] std::string to_text(const Due& due);
/// Which entry it is, the same in every agenda of the campaign that has it, and of no other entry: "charge pledge 1
/// instalment 1 attempt 2", "pay_out payout 0", "judge attempt 1". A refund keeps its key until all is given back.
[[nodiscard]] std::string key_of(const Due& due);

}  // namespace crowdrules::campaign
