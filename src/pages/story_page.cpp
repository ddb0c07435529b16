// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/pages/html_report.hpp>
#include <crowdrules/pages/story_page.hpp>

namespace crowdrules {

std::string story_page(const StoryPlay& play) {
    return std::visit([](const auto& played) { return html_report(played); }, play);
}

}  // namespace crowdrules
