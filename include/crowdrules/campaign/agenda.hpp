// SPDX-License-Identifier: BSL-1.0
// Agenda: what falls due, and when: what the platform has to do next.
//
//   for (const Due& item : agenda(campaign)) platform.schedule(item);
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
    remind,           ///< remind the backer of a failed charge
    drop,             ///< an open charge is given up: happens by itself
    refund,           ///< give the money back and report with RefundPledge
    pay_out,          ///< pay the creator and report with PayOut; a negative amount is owed by the creator
    release_reserve,  ///< happens by itself
};

[[nodiscard]] std::string_view to_text(DueKind kind) noexcept;

struct Due {
    Instant at{};
    DueKind kind;
    PledgeId pledge{};             ///< none for pay_out, release_reserve and judge
    std::uint32_t instalment = 1;  ///< of a charge
    std::uint32_t payout = 0;      ///< of pay_out and release_reserve
    Money amount;                  ///< as things stand now

    bool operator==(const Due&) const = default;
};

/// Everything due after what has happened, in order of time. Cost: O(pledges).
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

}  // namespace crowdrules::campaign
