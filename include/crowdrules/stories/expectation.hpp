// SPDX-License-Identifier: BSL-1.0
// Expectation: a figure that a story says must come out, and the figure that did.
//
//   [expect]
//   collected = "100.00"                  Expected{"collected", 100.00 USD}
//
// A story that is played answers each with a Comparison: expected 100.00 USD, actual 99.00 USD, does not agree.
#pragma once

#include <crowdrules/core/result.hpp>
#include <crowdrules/money/money.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace crowdrules {

/// A figure that must come out: "platform_fee", "backers", "rewards.Early bird", "pledges.Anna.state".
struct Expected {
    std::string figure;
    std::variant<Money, std::int64_t, bool, std::string> value;
    std::optional<Money> within;  ///< an amount that was published in round numbers: so much off is still right
    TextPosition where;

    bool operator==(const Expected&) const = default;
};
using Expectations = std::vector<Expected>;

/// An expected figure beside the figure that came out.
struct Comparison {
    std::string figure;
    std::string expected;
    std::string actual;
    bool agrees = false;
    TextPosition where;

    bool operator==(const Comparison&) const = default;
};

}  // namespace crowdrules
