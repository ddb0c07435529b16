// SPDX-License-Identifier: BSL-1.0
// Naming: members and ideas as findings call them.
#pragma once

#include <crowdrules/community/idea.hpp>

#include <string>

namespace crowdrules::community {

[[nodiscard]] inline std::string member_text(MemberId member) {
    return member.is_none() ? "nobody" : "member " + std::to_string(member.value);
}
[[nodiscard]] inline std::string idea_text(IdeaId idea) {
    return idea.is_none() ? "no idea" : "idea " + std::to_string(idea.value);
}

}  // namespace crowdrules::community
