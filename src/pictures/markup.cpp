// SPDX-License-Identifier: BSL-1.0
#include "markup.hpp"

#include <crowdrules/core/contract.hpp>

namespace crowdrules::detail {
namespace {

constexpr char32_t replacement = 0xFFFD;

/// Takes one code point off the front of `text`. What is not UTF-8 (cut off, overlong, surrogates) counts byte by byte.
char32_t take_code_point(std::string_view& text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(0);
    const std::size_t length = first < 0x80                    ? 1
                               : first >= 0xC2 && first < 0xE0 ? 2
                               : first >= 0xE0 && first < 0xF0 ? 3
                               : first >= 0xF0 && first < 0xF5 ? 4
                                                               : 0;
    const auto give_up = [&] {
        text.remove_prefix(1);
        return replacement;
    };
    if (length == 0 || length > text.size()) return give_up();
    char32_t point = length == 1 ? first : first & (0xFFu >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0) != 0x80) return give_up();
        point = point << 6 | (byte(i) & 0x3F);
    }
    constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (point < least[length] || (point >= 0xD800 && point < 0xE000) || point > 0x10FFFF) return give_up();
    text.remove_prefix(length);
    return point;
}

/// Whether a document may hold it.
bool is_allowed(char32_t point) {
    if (point < 0x20) return point == '\t' || point == '\n' || point == '\r';
    return (point < 0x7F || point >= 0xA0) && (point & 0xFFFE) != 0xFFFE && !(point >= 0xFDD0 && point < 0xFDF0);
}

void append(std::string& out, char32_t point) {
    if (point < 0x80) {
        out += static_cast<char>(point);
        return;
    }
    const int more = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
    constexpr unsigned char marks[] = {0, 0xC0, 0xE0, 0xF0};
    out += static_cast<char>(marks[more] | point >> (6 * more));
    for (int i = more - 1; i >= 0; --i) out += static_cast<char>(0x80 | (point >> (6 * i) & 0x3F));
}

}  // namespace

std::u32string code_points(std::string_view text) {
    std::u32string points;
    while (!text.empty()) {
        const char32_t point = take_code_point(text);
        points += is_allowed(point) ? point : replacement;
    }
    return points;
}

std::string utf8(std::u32string_view text) {
    std::string out;
    for (const char32_t point : text) append(out, point);
    return out;
}

std::string escaped(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char32_t point : code_points(text)) {
        switch (point) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&#39;";
                break;
            default:
                append(out, point);
        }
    }
    return out;
}

void Markup::start(std::string_view element, Attributes attributes) {
    out_ += '<';
    out_ += element;
    for (const Attribute& attribute : attributes) {
        out_ += ' ';
        out_ += attribute.name;
        out_ += "=\"";
        out_ += escaped(attribute.value);
        out_ += '"';
    }
}

Markup& Markup::open(std::string_view element, Attributes attributes) {
    start(element, attributes);
    out_ += '>';
    open_.emplace_back(element);
    return *this;
}

Markup& Markup::close() {
    expects(!open_.empty(), "an element that is open is closed");
    out_ += "</" + open_.back() + ">";
    open_.pop_back();
    return *this;
}

Markup& Markup::empty(std::string_view element, Attributes attributes) {
    start(element, attributes);
    out_ += "/>";
    return *this;
}

Markup& Markup::text(std::string_view content) {
    out_ += escaped(content);
    return *this;
}

Markup& Markup::element(std::string_view name, std::string_view content) {
    return open(name).text(content).close();
}

Markup& Markup::element(std::string_view name, Attributes attributes, std::string_view content) {
    return open(name, attributes).text(content).close();
}

Markup& Markup::foreign(std::string_view content) {
    return element("bdi", content);
}

Markup& Markup::raw(std::string_view markup) {
    out_ += markup;
    return *this;
}

Markup& Markup::line() {
    out_ += '\n';
    return *this;
}

std::string Markup::take() {
    while (!open_.empty()) close();
    return std::exchange(out_, {});
}

}  // namespace crowdrules::detail
