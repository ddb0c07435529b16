// SPDX-License-Identifier: BSL-1.0
#include "kind.hpp"
#include "scenario_text.hpp"
#include <campaign/schema/event.hpp>
#include <protocol/json_schema.hpp>

namespace crowdrules::detail {

std::string CampaignKind::file_schema(JsonSchema& schema) {
    FileText file;
    return schema.of(value_of(file), table);
}

std::string CampaignKind::event_schema(JsonSchema& schema) {
    campaign::Event event;
    return schema.of(value_of(event), "event_of_a_campaign");
}

std::string CampaignKind::command_schema(JsonSchema& schema) {
    campaign::Command command;
    return schema.of(value_of(command), "command_of_a_campaign");
}

}  // namespace crowdrules::detail
