// SPDX-License-Identifier: BSL-1.0
#include "page.hpp"

#include <algorithm>

namespace crowdrules::detail {
namespace {

std::string blanks(std::size_t wanted, std::string_view text) {
    const std::size_t taken = columns_of(text);
    return std::string(wanted > taken ? wanted - taken : 0, ' ');
}

}  // namespace

void Page::heading(std::string text, std::string count, std::string amount) {
    rows_.push_back({Kind::heading, std::move(text), std::move(count), std::move(amount), {}});
}

void Page::line(std::string name, std::string count, std::string amount, std::string note) {
    rows_.push_back({Kind::line, "  " + std::move(name), std::move(count), std::move(amount), std::move(note)});
}

void Page::prose(std::string text, bool is_title) {
    rows_.push_back({is_title ? Kind::title : Kind::prose, std::move(text), {}, {}, {}});
}

std::string Page::text(bool coloured) const {
    std::size_t name = 0, count = 0, amount = 0;
    for (const Row& row : rows_) {
        if (row.kind == Kind::title || row.kind == Kind::prose) continue;
        name = std::max(name, columns_of(row.name));
        count = std::max(count, columns_of(row.count));
        amount = std::max(amount, columns_of(row.amount));
    }
    std::string page;
    for (const Row& row : rows_) {
        if (row.kind == Kind::heading && !page.empty()) page += '\n';
        std::string line = row.name + blanks(name, row.name) + "  " + blanks(count, row.count) + row.count + "  " +
                           blanks(amount, row.amount) + row.amount;
        if (!row.note.empty()) line += "  " + row.note;
        line.erase(line.find_last_not_of(' ') + 1);
        page += coloured && (row.kind == Kind::heading || row.kind == Kind::title) ? "\x1b[1m" + line + "\x1b[0m\n"
                                                                                   : line + "\n";
    }
    return page;
}

std::string aligned(const std::vector<std::vector<std::string>>& rows) {
    std::vector<std::size_t> widths;
    for (const auto& row : rows) {
        widths.resize(std::max(widths.size(), row.size()), 0);
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], columns_of(row[i]));
    }
    std::string text;
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            const std::string pad = blanks(widths[i], row[i]);
            text += i == 0 ? row[i] + pad : "  " + pad + row[i];
        }
        text += '\n';
    }
    return text;
}

std::string words(std::string_view name) {
    std::string text(name);
    std::replace(text.begin(), text.end(), '_', ' ');
    return text;
}

std::size_t columns_of(std::string_view text) noexcept {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

}  // namespace crowdrules::detail
