// SPDX-License-Identifier: BSL-1.0
// A small campaign to play: 30 days for 100.00 USD, one reward, no rule pack.
#pragma once

#include <crowdrules/stories/campaign/play.hpp>

#include <doctest/doctest.h>

#include <string>

namespace crowdrules::test {

/// `timeline` and `more` are put in.
inline std::string small_campaign(const std::string& timeline, const std::string& more = "") {
    return "timeline = [" + timeline + R"(]
[scenario]
title = "A small campaign"
[terms]
currency = "USD"
window = { opens = 2016-06-01T12:00:00Z, closes = 2016-07-01T12:00:00Z }
model = { goal = "100.00" }
rewards = [{ name = "Mug", minimum = "10.00" }]
charges = { retry_window = "7 days" }
payouts = { first_after = "14 days" }
[terms.fees]
platform = { bands = [{ rate = "5%" }], rounding = "half_up" }
processing = { bands = [{ rate = "3%", fixed = "0.20" }], rounding = "half_up" }
)" + more;
}

inline Play played_text(const std::string& scenario) {
    const auto parsed = parse_scenario(scenario, "small.toml");
    REQUIRE_MESSAGE(parsed.has_value(), (parsed ? "" : to_text(parsed.error())));
    auto result = play(*parsed);
    REQUIRE_MESSAGE(result.has_value(), (result ? "" : to_text(result.error())));
    return std::move(*result);
}

inline Play played(const std::string& timeline, const std::string& more = "") {
    return played_text(small_campaign(timeline, more));
}

}  // namespace crowdrules::test
