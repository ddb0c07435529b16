// SPDX-License-Identifier: BSL-1.0
// Enums: the enumerations that no text reads, and so no describe.hpp of a floor lists.
#pragma once

#include <crowdrules/campaign/agenda.hpp>
#include <crowdrules/campaign/campaign.hpp>
#include <crowdrules/campaign/rejection.hpp>
#include <crowdrules/revenue/distribution.hpp>
#include <crowdrules/revenue/matching.hpp>
#include <crowdrules/revenue/note.hpp>
#include <crowdrules/rulepacks/pack.hpp>
#include <crowdrules/time/deadline.hpp>

#include "convert.hpp"
#include <revenue/describe.hpp>

namespace crowdrules::detail {

template <>
inline constexpr Gap last_of<Gap> = Gap::earlier;
template <>
inline constexpr Overlap last_of<Overlap> = Overlap::second;
template <>
inline constexpr FindingKind last_of<FindingKind> = FindingKind::remark;
template <>
inline constexpr InstalmentState last_of<InstalmentState> = InstalmentState::cancelled;
template <>
inline constexpr PledgeState last_of<PledgeState> = PledgeState::charged_back;
template <>
inline constexpr Phase last_of<Phase> = Phase::suspended;
template <>
inline constexpr PayoutLine::Kind last_of<PayoutLine::Kind> = PayoutLine::Kind::returned;
template <>
inline constexpr DueKind last_of<DueKind> = DueKind::release_reserve;
template <>
inline constexpr PackKind last_of<PackKind> = PackKind::revenue;
template <>
inline constexpr RejectionCode last_of<RejectionCode> = RejectionCode::nothing_to_pay_out;

// For people these are several words.
template <>
[[nodiscard]] inline std::string_view enumerator_name(PayoutLine::Kind value) noexcept {
    return value == PayoutLine::Kind::second_round ? "second_round" : to_text(value);
}
template <>
[[nodiscard]] inline std::string_view enumerator_name(Gap value) noexcept {
    return value == Gap::refuse ? "refuse" : value == Gap::later ? "later" : "earlier";
}
template <>
[[nodiscard]] inline std::string_view enumerator_name(Overlap value) noexcept {
    return value == Overlap::refuse ? "refuse" : value == Overlap::first ? "first" : "second";
}

}  // namespace crowdrules::detail
