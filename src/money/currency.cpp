// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/money/currency.hpp>

#include "core/number_cursor.hpp"
#include "iso_4217.hpp"
#include <algorithm>
#include <string>

namespace crowdrules {
namespace {

constexpr unsigned most_digits = 18;

bool is_capital(char c) noexcept {
    return c >= 'A' && c <= 'Z';
}

tl::unexpected<TextError> refuse(std::string_view code, std::size_t column, std::string what, std::string expected) {
    return failure(text_error_at(column, std::move(what), code, std::move(expected)));
}

const CurrencyEntry* find_entry(std::string_view code) noexcept {
    const auto entries = iso_currencies();
    const auto at =
        std::ranges::lower_bound(entries, code, {}, [](const auto& entry) { return entry.currency.code(); });
    return at != entries.end() && at->currency.code() == code ? &*at : nullptr;
}

std::string why_without_decimals(const iso_4217::WithoutDecimals& entry) {
    std::string what = "ISO 4217 gives no decimals for " + std::string(entry.code) + " (" + std::string(entry.name);
    if (!entry.withdrawn.empty()) what += ", withdrawn " + std::string(entry.withdrawn);
    return what + ')';
}

/// Where the first character stands that no code may have there; 0 when there is none.
std::size_t misplaced_column(std::string_view code) noexcept {
    for (std::size_t i = 0; i < code.size(); ++i)
        if (!(is_capital(code[i]) || (i > 0 && is_digit(code[i])))) return i + 1;
    return 0;
}

}  // namespace

Result<Currency> Currency::iso(std::string_view code) {
    if (const CurrencyEntry* entry = find_entry(code)) return entry->currency;
    for (const auto& entry : iso_4217::without_decimals)
        if (entry.code == code)
            return refuse(code, 1, why_without_decimals(entry), "a code with decimals, or Currency::own with its own");
    return refuse(code, 1, "not a currency code of ISO 4217", "three capitals such as USD, EUR or JPY");
}

Result<Currency> Currency::own(std::string_view code, unsigned digits) {
    constexpr auto shape = "1 to 7 characters A-Z and 0-9, the first a letter";
    constexpr std::size_t longest = sizeof Currency::code_;
    if (code.empty()) return refuse(code, 1, "no currency code", shape);
    if (const std::size_t column = misplaced_column(code))
        return refuse(code, column, "a character that a currency code may not have here", shape);
    if (code.size() > longest) return refuse(code, longest + 1, "a currency code of more than 7 characters", shape);
    if (digits > most_digits)
        return refuse(code, 1, std::to_string(digits) + " decimals are more than an amount of 64 bits can carry",
                      "0 to 18 decimals");
    if (const CurrencyEntry* entry = find_entry(code); entry != nullptr && entry->currency.digits() != digits)
        return refuse(code, 1,
                      "ISO 4217 uses this code with " + std::to_string(entry->currency.digits()) + " decimals, not " +
                          std::to_string(digits),
                      "another code, or the decimals of ISO 4217");
    Currency currency;
    std::ranges::copy(code, currency.code_);
    currency.digits_ = static_cast<std::uint8_t>(digits);
    return currency;
}

std::span<const CurrencyEntry> iso_currencies() noexcept {
    return iso_4217::with_decimals;
}

}  // namespace crowdrules
