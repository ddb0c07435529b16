// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/protocol/node.hpp>

#include "core/enumerators.hpp"
#include "document.hpp"
#include "json_writer.hpp"

namespace crowdrules {

Node Node::of(std::string_view text) {
    Node node;
    node.kind = Kind::text;
    node.text = text;
    return node;
}

Node Node::of(bool flag) {
    Node node;
    node.kind = Kind::boolean;
    node.boolean = flag;
    return node;
}

Node Node::of(std::int64_t number) {
    Node node;
    node.kind = Kind::integer;
    node.integer = number;
    return node;
}

const Node* Node::find(std::string_view name) const noexcept {
    for (std::size_t i = 0; i < keys.size(); ++i)
        if (keys[i].name == name) return &items[i];
    return nullptr;
}

Result<Node> parse_value(std::string_view text) {
    constexpr std::string_view name = "value = ";
    if (text.find_first_of("\r\n") != text.npos)
        return failure(text_error_at(text.find_first_of("\r\n") + 1, "a line end", {}, "one value on one line"));
    auto table = detail::parse_toml(std::string(name).append(text), {});
    if (!table) {
        auto error = table.error();
        if (error.where.line == 1 && error.where.column > name.size()) error.where.column -= name.size();
        return failure(std::move(error));
    }
    Node value = std::move(table->items.front());
    value.where = {};
    return value;
}

std::string_view to_text(Node::Kind kind) noexcept {
    return detail::phrase_of(kind, {"true or false", "a whole number", "a text", "a date", "a list", "a table"});
}

namespace {

/// A key of TOML: bare where it may be.
void append_key(std::string& out, const std::string& name) {
    const bool bare = !name.empty() && name.find_first_not_of(
                                           "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                           "0123456789_-") == name.npos;
    if (bare)
        out += name;
    else
        detail::append_json_text(out, name);
}

void append(std::string& out, const Node& node) {
    switch (node.kind) {
        case Node::Kind::boolean:
            out += node.boolean ? "true" : "false";
            return;
        case Node::Kind::integer:
            out += to_text(Decimal::of(node.integer, 0));
            return;
        case Node::Kind::text:
            detail::append_json_text(out, node.text);
            return;
        case Node::Kind::date:
            out += node.text;
            return;
        case Node::Kind::list:
        case Node::Kind::table:
            break;
    }
    const bool table = node.kind == Node::Kind::table;
    out += table ? "{" : "[";
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        if (i > 0)
            out += ", ";
        else if (table)
            out += ' ';
        if (table) {
            append_key(out, node.keys[i].name);
            out += " = ";
        }
        append(out, node.items[i]);
    }
    if (table && !node.items.empty()) out += ' ';
    out += table ? "}" : "]";
}

}  // namespace

std::string to_text(const Node& node) {
    std::string out;
    append(out, node);
    return out;
}

}  // namespace crowdrules
