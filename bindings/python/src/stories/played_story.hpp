// SPDX-License-Identifier: BSL-1.0
// Played story: what Python keeps of a story of any kind once it was played.
#pragma once

#include <crowdrules/stories/story.hpp>

#include "bind.hpp"

namespace crowdrules::python {

/// What came of a story, and what its statement is made of.
struct PlayedStory {
    StoryPlay play;
    StorySubject subject;
};

}  // namespace crowdrules::python
