// SPDX-License-Identifier: BSL-1.0
#include "parameter.hpp"

#include "campaign_rules.hpp"
#include "community_rules.hpp"
#include "revenue_rules.hpp"
#include <algorithm>

namespace crowdrules::detail {

namespace {

/// Calls `then` with the struct that the values of this kind fill.
template <class Then>
auto for_kind(PackKind kind, Then then) {
    switch (kind) {
        case PackKind::campaign:
            return then.template operator()<CampaignRules>();
        case PackKind::community:
            return then.template operator()<CommunityRules>();
        case PackKind::revenue:
            break;
    }
    return then.template operator()<RevenueRules>();
}

}  // namespace

const ParameterHead* find_parameter(PackKind kind, std::string_view path) noexcept {
    return for_kind(kind, [&]<class Rules>() -> const ParameterHead* {
        const auto all = parameters<Rules>();
        const auto found = std::find_if(all.begin(), all.end(), [&](const auto& known) { return known.path == path; });
        return found == all.end() ? nullptr : &*found;
    });
}

std::vector<std::string_view> parameter_paths(PackKind kind) {
    return for_kind(kind, []<class Rules>() {
        std::vector<std::string_view> paths;
        for (const auto& parameter : parameters<Rules>()) paths.push_back(parameter.path);
        return paths;
    });
}

bool check_value(PackKind kind, const ParameterHead& parameter, const Node& value, std::optional<Currency> currency,
                 Findings& findings) {
    return for_kind(kind, [&]<class Rules>() {
        Rules scratch;
        return read_parameter(static_cast<const Parameter<Rules>&>(parameter), value, currency, scratch, findings);
    });
}

void ask_for_value(PackKind kind, const ParameterHead& parameter, Listener& listener) {
    for_kind(kind, [&]<class Rules>() {
        Rules scratch;
        Findings unheard;
        Reader reader({USD}, unheard, listener);
        static_cast<const Parameter<Rules>&>(parameter).read(reader, Node{}, Path{nullptr, parameter.path}, scratch);
    });
}

}  // namespace crowdrules::detail

namespace crowdrules {

std::vector<PackParameter> pack_parameters(PackKind kind) {
    return detail::for_kind(kind, []<class Rules>() {
        std::vector<PackParameter> all;
        for (const auto& parameter : detail::parameters<Rules>())
            all.push_back({parameter.path, parameter.value, parameter.by, parameter.amounts});
        return all;
    });
}

}  // namespace crowdrules
