// SPDX-License-Identifier: BSL-1.0
// Agenda of a community: what falls due, and when: what happens by itself, and what the company has to do next.
//
//   2012-05-14T16:00:00Z  close round   round 12
//   2012-07-01T00:00:00Z  close period
//   2012-07-01T00:00:00Z  pay           member 7   312.40 USD
//   2012-08-01T00:00:00Z  presale       idea 3: charge pledge 9, 40.00 USD
#pragma once

#include <crowdrules/campaign/agenda.hpp>
#include <crowdrules/community/community.hpp>

#include <optional>
#include <string>
#include <vector>

namespace crowdrules::community {

enum class DueKind : std::uint8_t {
    close_round,    ///< happens by itself
    return_rights,  ///< a product was not made in time: happens by itself
    close_period,   ///< royalties are shared: happens by itself
    presale,        ///< what a presale has on its own agenda
    pay,            ///< pay the member and report with PayRoyalty; `amount` before what is withheld
};

[[nodiscard]] std::string_view to_text(DueKind kind) noexcept;

struct Due {
    Instant at{};
    DueKind kind;
    RoundId round{};                ///< of close_round
    IdeaId product{};               ///< of return_rights and presale
    MemberId member{};              ///< of pay
    std::optional<Money> amount{};  ///< of pay, as things stand now
    std::optional<campaign::Due> of_presale{};

    bool operator==(const Due&) const = default;
};

/// Everything due after what has happened, in order of time. Cost: O(members + rounds + products).
[[nodiscard]] std::vector<Due> agenda(const Community& community);

/// "2012-07-01T00:00:00Z pay member 7: 312.40 USD".
[[nodiscard]] std::string to_text(const Due& due);

}  // namespace crowdrules::community
