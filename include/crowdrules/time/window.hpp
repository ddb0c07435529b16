// SPDX-License-Identifier: BSL-1.0
// Window: from an opening to a closing instant.
//
//   {opens 2012-04-11T07:00Z, closes 2012-05-18T07:00Z}   a pledge at exactly 07:00 on the 18th is too late,
//                                                         unless the closing instant is named as included
//
// Windows are half-open unless a rule says otherwise; platforms disagree, so it is a named choice.
#pragma once

#include <crowdrules/time/instant.hpp>

#include <cstdint>
#include <string>

namespace crowdrules {

/// Whether the closing instant itself still belongs to the window.
enum class ClosingInstant : std::uint8_t { excluded, included };

/// A window with no end closes at `never`.
inline constexpr Instant never = Instant::max();

struct Window {
    Instant opens;
    Instant closes = never;
    ClosingInstant closing = ClosingInstant::excluded;

    /// Whether `at` lies in the window.
    [[nodiscard]] constexpr bool contains(Instant at) const noexcept { return at >= opens && !is_past(at); }
    /// Whether the window has closed by `at`.
    [[nodiscard]] constexpr bool is_past(Instant at) const noexcept {
        return closing == ClosingInstant::included ? at > closes : at >= closes;
    }
    [[nodiscard]] constexpr bool has_end() const noexcept { return closes != never; }
    /// The first instant at which the window is past: when what follows the closing happens.
    [[nodiscard]] constexpr Instant ended_at() const noexcept {
        return closing == ClosingInstant::included && has_end() ? closes + Elapsed{1} : closes;
    }

    bool operator==(const Window&) const = default;
};

/// "2012-04-11T07:00:00Z to 2012-05-18T07:00:00Z, closing instant excluded", "from 2012-04-11T07:00:00Z, without end".
[[nodiscard]] std::string to_text(const Window& window);

}  // namespace crowdrules
