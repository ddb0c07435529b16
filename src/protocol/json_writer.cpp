// SPDX-License-Identifier: BSL-1.0
#include "json_writer.hpp"

namespace crowdrules::detail {

void JsonWriter::digest(std::string_view name, const std::uint64_t& bits) {
    if (bits == 0) return;
    constexpr std::string_view digits = "0123456789abcdef";
    key(name);
    out_ += '"';
    for (int shift = 60; shift >= 0; shift -= 4) out_ += digits[bits >> shift & 15];
    out_ += '"';
}

void JsonWriter::put(const Currency& currency) {
    const auto known = Currency::iso(currency.code());
    if (known && *known == currency) return quote(currency.code());
    out_ += "{\"code\":";
    quote(currency.code());
    out_ += ",\"digits\":" + std::to_string(currency.digits()) + '}';
}

}  // namespace crowdrules::detail
