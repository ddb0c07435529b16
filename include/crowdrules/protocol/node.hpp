// SPDX-License-Identifier: BSL-1.0
// Node: a value as text gives it: of a rule pack, of a scenario, of a line of a journal, with the place where it
// stands.
//
//   { bands = [ { rate = "5%", fixed = "0.05" }, { from = "10.00", rate = "3%", fixed = "0.20" } ] }
//
// There are no floating point numbers: amounts and rates are written as strings and read exactly.
#pragma once

#include <crowdrules/core/result.hpp>
#include <crowdrules/money/decimal.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace crowdrules {

struct Node {
    enum class Kind : std::uint8_t {
        boolean,
        integer,
        text,
        date,  ///< a date, or a date and time, written without quotes; as text
        list,
        table,
    };
    struct Key {
        std::string name;
        TextPosition where;
        bool operator==(const Key&) const = default;
    };

    Kind kind = Kind::table;
    bool boolean = false;
    Int128 integer = 0;  ///< wide enough for every 64-bit number with and without a sign
    std::string text;
    std::vector<Node> items;  ///< of a list; of a table the values, in order
    std::vector<Key> keys;    ///< of a table, one for each item
    TextPosition where;

    [[nodiscard]] static Node of(std::string_view text);
    [[nodiscard]] static Node of(const char* text) { return of(std::string_view(text)); }
    [[nodiscard]] static Node of(bool flag);
    [[nodiscard]] static Node of(std::int64_t number);

    /// The value under `name` of a table, or null.
    [[nodiscard]] const Node* find(std::string_view name) const noexcept;

    bool operator==(const Node&) const = default;
};

/// Reads one value as rule packs write it: `"60 days"`, `true`, `{ rate = "5%" }`.
[[nodiscard]] Result<Node> parse_value(std::string_view text);

/// The value on one line, as rule packs write it; parse_value gives it back (but for its place).
[[nodiscard]] std::string to_text(const Node& node);

/// "a text", "a table": what a node is, for people.
[[nodiscard]] std::string_view to_text(Node::Kind kind) noexcept;

}  // namespace crowdrules
