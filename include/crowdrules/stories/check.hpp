// SPDX-License-Identifier: BSL-1.0
// Check: a story as a test case: it is played and what comes out is compared with what it expects.
//
//   passed  tests/scenarios/kickstarter/pebble_2012.toml  9 figures, 1 refusal
//
// A story that must not even be readable says so in its first line:
//
//   # must be refused: 7:9: pledge.amount: 3 decimals, but USD has 2
//
// and passes when reading it tells just that error, whatever else it tells.
#pragma once

#include <crowdrules/rulepacks/pack.hpp>
#include <crowdrules/stories/progress.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crowdrules {

struct CheckedCase {
    bool passed = false;
    bool unusable = false;                ///< the text could not be read or played at all, and was not meant to be so
    std::size_t figures = 0;              ///< that were compared
    std::size_t refusals = 0;             ///< that were expected and came
    std::optional<std::size_t> values{};  ///< of a rule pack: how many it has
    std::vector<std::string> problems{};  ///< one line each: what did not come out, or why it is unusable
    std::vector<std::string> remarks{};   ///< one line each: worth knowing, and no failure

    bool operator==(const CheckedCase&) const = default;
};

/// `text` is a story of any kind (stories/story.hpp), or a rule pack or set of assumptions (rulepacks/load.hpp), which
/// passes when it can be read and has no refusal among its doubts.
[[nodiscard]] CheckedCase check_story(std::string_view text, std::string_view source, const PlayProgress& progress = {},
                                      const ReadText& read = {});

}  // namespace crowdrules
