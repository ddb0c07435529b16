// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/reason/derivation.hpp>

#include <algorithm>
#include <string_view>

namespace crowdrules {
namespace {

/// How many columns a text takes: bytes that only continue a UTF-8 character take none.
std::size_t width(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

std::string spaces(std::size_t wanted, std::string_view text) {
    const std::size_t taken = width(text);
    return std::string(wanted > taken ? wanted - taken : 0, ' ');
}

/// "  [fees.platform; help centre, read 2026-11 [official]]", leaving out what is not known.
std::string source_text(const Derivation& derivation) {
    std::string source = derivation.rule;
    if (!derivation.citation.source.empty()) {
        if (!source.empty()) source += "; ";
        source += derivation.citation.source;
        if (!derivation.citation.read.empty()) source += ", read " + derivation.citation.read;
        if (derivation.citation.evidence != Evidence::official)
            source += ", " + std::string(to_text(derivation.citation.evidence));
    }
    return source.empty() ? source : "  [" + source + "]";
}

/// Figures that were joined stand in columns, as on paper: names to the left, values to the right.
void append(std::string& text, const std::vector<Derivation>& figures, std::size_t depth) {
    std::size_t widest_name = 0, widest_value = 0;
    for (const Derivation& derivation : figures) {
        widest_name = std::max(widest_name, width(derivation.figure));
        widest_value = std::max(widest_value, width(derivation.value));
    }
    for (const Derivation& derivation : figures) {
        std::string name = derivation.figure;
        std::replace(name.begin(), name.end(), '_', ' ');
        text += std::string(2 * depth, ' ') + name + spaces(widest_name, name) + "  " +
                spaces(widest_value, derivation.value) + derivation.value;
        if (!derivation.formula.empty()) text += " = " + derivation.formula;
        text += source_text(derivation) + '\n';
        append(text, derivation.from, depth + 1);
    }
}

}  // namespace

std::string to_text(const Derivation& derivation) {
    std::string text;
    append(text, {derivation}, 0);
    return text;
}

}  // namespace crowdrules
