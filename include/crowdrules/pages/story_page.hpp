// SPDX-License-Identifier: BSL-1.0
// Story page: the page for a browser of a played story, whichever its kind.
//
//   const StoryPlay played = play_story(parse_story(text, "pebble_2012.toml").value()).value();
//   file << story_page(played);                      // open it, mail it, print it
#pragma once

#include <crowdrules/stories/story.hpp>

#include <string>

namespace crowdrules {

/// The page of the story's kind (pages/html_report.hpp), with what was refused.
[[nodiscard]] std::string story_page(const StoryPlay& play);

}  // namespace crowdrules
