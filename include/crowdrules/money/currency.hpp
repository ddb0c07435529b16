// SPDX-License-Identifier: BSL-1.0
// Currency: a code and the number of decimals in which its amounts are counted.
//
//   Currency::iso("USD")           2 decimals: 1 minor unit is 0.01 USD
//   Currency::iso("JPY")           0 decimals
//   Currency::own("POINTS", 18)    a currency of the platform's own, up to 18 decimals
//
// A Currency is 8 bytes and carries its decimals itself: there is no global table to register with, and two
// parts of a program cannot disagree. Codes and decimals of ISO 4217: SIX, list one and list three.
#pragma once

#include <crowdrules/core/result.hpp>

#include <compare>
#include <cstdint>
#include <span>
#include <string_view>

namespace crowdrules {

/// A code of 1 to 7 characters (A-Z, 0-9, first a letter) and 0 to 18 decimals. Trivially copyable.
class Currency {
  public:
    /// The currency with this ISO 4217 code, in capitals. Withdrawn codes (DEM, HRK) are known too.
    /// Refuses: a code that ISO 4217 never gave, or whose entry has no decimals (XAU, XXX).
    [[nodiscard]] static Result<Currency> iso(std::string_view code);

    /// A currency outside ISO 4217: points, tokens, shares.
    /// Refuses: a code of another shape; more than 18 decimals; a code that ISO 4217 uses with other decimals.
    [[nodiscard]] static Result<Currency> own(std::string_view code, unsigned digits);

    [[nodiscard]] constexpr std::string_view code() const noexcept {
        std::size_t length = 0;
        while (length < sizeof code_ && code_[length] != '\0') ++length;
        return {code_, length};
    }
    /// How many decimals an amount has: 2 for USD, 0 for JPY, 3 for KWD, 4 for CLF.
    [[nodiscard]] constexpr unsigned digits() const noexcept { return digits_; }
    /// Minor units in one unit: 100 for USD, 1 for JPY.
    [[nodiscard]] constexpr std::int64_t minor_per_unit() const noexcept {
        std::int64_t scale = 1;
        for (unsigned i = 0; i < digits_; ++i) scale *= 10;
        return scale;
    }

    /// Two currencies are the same when code and decimals are. Ordered by code.
    constexpr auto operator<=>(const Currency&) const = default;

    /// Compile-time construction where the facts are already known; see the constants below and Currency::iso.
    constexpr Currency(const char (&code)[4], unsigned digits) noexcept
        : code_{code[0], code[1], code[2], 0, 0, 0, 0}, digits_(static_cast<std::uint8_t>(digits)) {}

  private:
    constexpr Currency() = default;
    char code_[7] = {};
    std::uint8_t digits_ = 0;
};

/// One line of ISO 4217.
struct CurrencyEntry {
    Currency currency;
    std::uint16_t number;        ///< the numeric code, 840 for USD
    std::string_view name;       ///< "US Dollar"
    std::string_view withdrawn;  ///< "2023-01" once the code was withdrawn, otherwise empty
};

/// All of ISO 4217 that has decimals, by code; the current entry first where a code was used twice.
[[nodiscard]] std::span<const CurrencyEntry> iso_currencies() noexcept;

inline constexpr Currency USD{"USD", 2};
inline constexpr Currency EUR{"EUR", 2};
inline constexpr Currency GBP{"GBP", 2};
inline constexpr Currency JPY{"JPY", 0};

}  // namespace crowdrules
