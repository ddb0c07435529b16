// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/text_error.hpp>

namespace crowdrules {
namespace {

/// "pack.toml:12:9: ", or as much of it as is known.
std::string place(const TextPosition& where) {
    std::string text = where.source;
    const auto append = [&text](std::size_t number) {
        if (!text.empty()) text += ':';
        text += std::to_string(number);
    };
    if (where.line != 0) {
        append(where.line);
        if (where.column != 0) append(where.column);  // a column without its line would point nowhere
    }
    if (!text.empty()) text += ": ";
    return text;
}

}  // namespace

std::string to_text(const TextError& error) {
    std::string text = place(error.where) + error.what;
    if (!error.found.empty()) text += "; found \"" + error.found + '"';
    if (!error.expected.empty()) text += (error.found.empty() ? "; expected " : ", expected ") + error.expected;
    return text;
}

}  // namespace crowdrules
