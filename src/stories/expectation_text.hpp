// SPDX-License-Identifier: BSL-1.0
// Expectation text: the figures that a story expects, as they stand in its file.
//
//   [expect]
//   collected = "100.00"                  rewards."Early bird" = 200
//   platform_fee = { about = "730.00", within = "0.50" }
//
// Tables and lists within are parts of the name of a figure: rewards.Early bird, payouts.1.net.
#pragma once

#include <crowdrules/stories/expectation.hpp>

#include "figures.hpp"
#include <functional>
#include <optional>
#include <map>
#include <protocol/reader.hpp>
#include <string>
#include <string_view>

namespace crowdrules::detail {

/// As they stand in a file: which there are depends on what else it names.
using FiguresText = Later<std::map<std::string, Node>>;

/// An amount that was published in round numbers.
struct AboutText {
    Money about, within;
};
inline void describe(Fields& v, AboutText& amount) {
    v("about", amount.about, required);
    v("within", amount.within, required);
}

class ExpectationReader {
  public:
    /// What a figure of this name is: an empty value of its kind, or none for a name that is none.
    using KindOf = std::function<std::optional<Figure>(std::string_view name)>;

    /// `known` names the figures there are, for errors.
    ExpectationReader(Reader& reader, KindOf kind_of, std::string known)
        : reader_(reader), kind_of_(std::move(kind_of)), known_(std::move(known)) {}

    void read(const Node& node, const Path& path, Expectations& expectations) { read(node, path, "", expectations); }

  private:
    void read(const Node& node, const Path& path, const std::string& name, Expectations& expectations);
    void read_one(const Node& node, const Path& path, const std::string& name, Expectations& expectations);
    bool read_value(const Node& node, const Path& path, Expected& expected);

    Reader& reader_;
    KindOf kind_of_;
    std::string known_;
};

/// "pebble.toml:12: ", or nothing where no place is known.
[[nodiscard]] std::string place_text(const TextPosition& where);

/// Puts a figure that came out beside what was expected of it.
[[nodiscard]] Comparison compared(const Expected& expected, const std::optional<Figure>& actual);

}  // namespace crowdrules::detail
