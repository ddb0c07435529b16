// SPDX-License-Identifier: BSL-1.0
// crowdrules schema: what an editor completes and checks files by.
#include <crowdrules/rulepacks/load.hpp>
#include <crowdrules/stories/story.hpp>

#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "io.hpp"
#include <algorithm>
#include <iterator>
#include <utility>

namespace crowdrules::program {

int print_schema(const std::string& of) {
    using Make = std::string (*)();
    constexpr std::pair<std::string_view, Make> all[] = {
        {"story", story_schema}, {"pack", pack_schema}, {"command", command_schema}, {"event", event_schema}};
    const auto found = std::find_if(std::begin(all), std::end(all), [&](const auto& one) { return one.first == of; });
    if (found == std::end(all)) {
        complain("crowdrules: there is no schema of '" + of + "'; there are story, pack, command and event\n");
        return unusable;
    }
    print(nlohmann::ordered_json::parse(found->second()).dump(1) + "\n");
    return success;
}

}  // namespace crowdrules::program
