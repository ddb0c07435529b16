// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/text_error.hpp>

#include "printable.hpp"
#include <utility>

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

TextError text_error_at(std::size_t column, std::string what, std::string_view found, std::string expected) {
    TextError error;
    error.where.line = 1;
    error.where.column = column;
    error.what = std::move(what);
    error.found = found;
    error.expected = std::move(expected);
    return error;
}

std::string to_text(const TextError& error) {
    std::string text = place(error.where) + error.what;
    if (!error.found.empty()) text += "; found \"" + error.found + '"';
    if (!error.expected.empty()) text += (error.found.empty() ? "; expected " : ", expected ") + error.expected;
    // An error quotes its caller's text, which may hold anything.
    return detail::printable(text);
}

}  // namespace crowdrules
