// SPDX-License-Identifier: BSL-1.0
#include "expectation_text.hpp"

#include <utility>

namespace crowdrules::detail {

void ExpectationReader::read(const Node& node, const Path& path, const std::string& name, Expectations& expectations) {
    const auto inner = [&](const std::string& part) { return name.empty() ? part : name + "." + part; };
    if (node.kind == Node::Kind::table && !node.find("about")) {
        for (std::size_t i = 0; i < node.items.size(); ++i)
            read(node.items[i], {&path, node.keys[i].name}, inner(node.keys[i].name), expectations);
    } else if (node.kind == Node::Kind::list) {
        for (std::size_t i = 0; i < node.items.size(); ++i)
            read(node.items[i], {&path, {}, i + 1}, inner(std::to_string(i + 1)), expectations);
    } else {
        read_one(node, path, name, expectations);
    }
}

void ExpectationReader::read_one(const Node& node, const Path& path, const std::string& name,
                                 Expectations& expectations) {
    const auto kind = kind_of_(name);
    if (!kind) {
        reader_.refuse(node, path, "there is no figure '" + name + "'", known_);
        return;
    }
    Expected expected{name, *kind, {}, node.where};
    if (read_value(node, path, expected)) expectations.push_back(std::move(expected));
}

bool ExpectationReader::read_value(const Node& node, const Path& path, Expected& expected) {
    if (Money* amount = std::get_if<Money>(&expected.value)) {
        if (node.kind != Node::Kind::table) return reader_.read(node, *amount, path);
        AboutText about{*amount, *amount};
        if (!reader_.read(node, about, path)) return false;
        *amount = about.about;
        expected.within = about.within;
        return true;
    }
    if (auto* count = std::get_if<std::int64_t>(&expected.value)) return reader_.read(node, *count, path);
    if (auto* flag = std::get_if<bool>(&expected.value)) return reader_.read(node, *flag, path);
    if (node.kind != Node::Kind::text && node.kind != Node::Kind::date)
        return reader_.expected(node, path, "a text in quotes");
    std::get<std::string>(expected.value) = node.text;
    return true;
}

std::string place_text(const TextPosition& where) {
    std::string text = where.source;
    if (where.line > 0) text += (text.empty() ? "line " : ":") + std::to_string(where.line);
    return text.empty() ? text : text + ": ";
}

Comparison compared(const Expected& expected, const std::optional<Figure>& actual) {
    std::string wanted = figure_text(expected.value);
    bool agrees = actual && *actual == expected.value;
    if (expected.within) {
        wanted += " within " + to_grouped_text(*expected.within);
        if (const Money* amount = actual ? std::get_if<Money>(&*actual) : nullptr) {
            const Money off = *amount - std::get<Money>(expected.value);
            agrees = off <= *expected.within && -*expected.within <= off;
        }
    }
    return {expected.figure, std::move(wanted), actual ? figure_text(*actual) : "nothing of that name", agrees,
            expected.where};
}

}  // namespace crowdrules::detail
