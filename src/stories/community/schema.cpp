// SPDX-License-Identifier: BSL-1.0
#include "kind.hpp"
#include "story_text.hpp"
#include <community/schema/event.hpp>
#include <protocol/json_schema.hpp>

namespace crowdrules::detail {

std::string CommunityKind::file_schema(JsonSchema& schema) {
    CommunityFileText file;
    schema.name_ids(true);
    std::string made = schema.of(value_of(file), table);
    schema.name_ids(false);
    return made;
}

std::string CommunityKind::event_schema(JsonSchema& schema) {
    community::Event event;
    return schema.of(value_of(event), "event_of_a_community");
}

std::string CommunityKind::command_schema(JsonSchema& schema) {
    community::Command command;
    return schema.of(value_of(command), "command_of_a_community");
}

}  // namespace crowdrules::detail
