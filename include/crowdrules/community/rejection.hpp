// SPDX-License-Identifier: BSL-1.0
// Rejection of a community: why a command may not happen, with both sides of the mismatch and the rule that says so.
//
//   influence_malformed: the buckets total 95%; accepted: shares that total exactly 100%  [influence.buckets]
#pragma once

#include <crowdrules/campaign/rejection.hpp>
#include <crowdrules/core/citation.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace crowdrules::community {

/// In order of precedence: when several apply, the first one is given.
enum class RejectionCode : std::uint8_t {
    // about the command itself
    command_older_than_last,         ///< commands come in order of time
    command_conflicts_with_earlier,  ///< this command id was used with other content
    command_too_late,                ///< what the terms let follow it would lie beyond the year 9999
    id_missing,                      ///< what is new needs an id other than 0
    decider_missing,                 ///< a decision says who took it

    // about the things it names
    member_unknown,  ///< never joined, or left
    idea_unknown,
    product_unknown,  ///< the idea was not accepted
    round_unknown,
    phase_unknown,
    bucket_unknown,
    channel_unknown,
    sale_unknown,
    presale_unknown,  ///< the product has none
    claim_unknown,    ///< of who owns a product
    id_taken,

    // about members
    member_is_company,  ///< the company takes no part in what it judges
    withholding_malformed,
    member_is_owed,        ///< money is carried for them, or they owe some
    member_has_influence,  ///< a part in a product that may still earn
    member_holds_title,    ///< of an idea that is still considered

    // about claims on who owns a product
    claim_malformed,  ///< no id, nobody who claims, or nothing claimed
    claim_id_taken,
    claim_decided,

    // about where a product stands
    product_paused,  ///< by an open claim on who owns it
    product_over,
    product_not_ready,  ///< to be sold
    product_not_made,   ///< not on sale yet
    product_made,       ///< on sale already, or ready where that matters

    // about ideas and rounds
    idea_is_contribution,  ///< to a phase of a product, and no product of its own
    idea_not_open,         ///< withdrawn, infeasible, declined or accepted
    similar_to_itself,
    not_its_submitter,
    round_empty,    ///< nothing to vote on
    idea_in_round,  ///< of a round that is open
    closing_not_later,
    round_closed,
    idea_not_in_round,
    vote_cast_already,
    votes_used_up,
    vote_not_cast,
    nothing_is_rated,
    rating_malformed,  ///< an unknown criterion, or stars out of range
    earlier_similar_idea,
    idea_not_selected,
    staff_picks_used_up,

    // about phases, influence and rights
    phase_kind_differs,
    phase_not_waiting,
    phase_not_open,
    phase_still_open,
    winner_not_in_phase,
    bucket_not_credited,  ///< its claims follow from votes and picks
    claims_malformed,
    phases_malformed,
    influence_malformed,  ///< shares that do not total 100%, claims that cannot be shared
    bucket_out_of_order,  ///< from a day before that of the last one
    recovery_missing,     ///< somebody would lose what was shared, and nobody is named to make it good
    rights_forbid,        ///< the register says why

    // about presales
    presale_open_already,
    presale_malformed,
    presale_not_over,
    presale_missed,   ///< it failed, so the product is not made
    presale_refused,  ///< by the campaign that it is

    // about money
    currency_differs,
    amount_malformed,   ///< below zero
    sold_before_start,  ///< on a day before the product was on sale
    sold_after_report,  ///< on a day that is still to come
    no_rate_in_force,
    sale_malformed,  ///< nothing sold, or more taken off than gross
    return_malformed,
    return_larger_than_sale,
    amount_too_large,  ///< a total would leave 64 bits
    nothing_due,
    balance_negative,
    below_minimum,
    payment_fee_exceeds,
};

/// "influence_malformed".
[[nodiscard]] std::string_view to_text(RejectionCode code) noexcept;
/// Whether trying the same command again later can never succeed.
[[nodiscard]] bool is_final(RejectionCode code) noexcept;

struct Rejection {
    RejectionCode code;
    std::string what{};      ///< both sides of the mismatch
    std::string accepted{};  ///< what would be accepted
    std::string rule{};      ///< path of the rule: "influence.buckets"
    Citation citation{};
    std::optional<campaign::RejectionCode> of_presale{};  ///< why the campaign refused, for presale_refused

    bool operator==(const Rejection&) const = default;
};

/// "code: what; accepted: accepted [rule; citation]".
[[nodiscard]] std::string to_text(const Rejection& rejection);

}  // namespace crowdrules::community
