// SPDX-License-Identifier: BSL-1.0
// Document: text of TOML or JSON as a tree of nodes, each with its place.
//
// Duplicate keys and floating point numbers are refused. Nothing nests deeper than 64 levels, so that no text can
// exhaust the stack.
#pragma once

#include <crowdrules/protocol/node.hpp>
#include <crowdrules/reason/finding.hpp>

namespace crowdrules::detail {

inline constexpr std::size_t deepest_nesting = 64;

/// A file of TOML, as a table. Lines and columns are known for every key and value.
[[nodiscard]] Result<Node> parse_toml(std::string_view text, const std::string& source);

/// One value of JSON. Of a text of many lines the places of values are not known, but the place of an error is; of a
/// single line, which is line `line` of `source`, every value has that line.
[[nodiscard]] Result<Node> parse_json(std::string_view text, const std::string& source, std::size_t line = 1);

/// A text that could not even be parsed, among the other things that may be wrong with a file.
[[nodiscard]] Finding finding_of(const TextError& error);

}  // namespace crowdrules::detail
