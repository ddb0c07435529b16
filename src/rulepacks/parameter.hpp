// SPDX-License-Identifier: BSL-1.0
// Parameter: everything that a pack can say: what it is called, what it depends on, how its value is read.
#pragma once

#include <crowdrules/rulepacks/pack.hpp>

#include "reader.hpp"
#include <span>

namespace crowdrules::detail {

/// What the values of a pack come to for one draft.
struct Rules {
    Terms terms;
    std::vector<std::string> currencies;
    Elapsed shortest{}, longest{};
    ClosingInstant reward_closing{};
    Rounding platform_rounding{RoundingMode::half_even};
    Rounding processing_rounding{RoundingMode::half_even};
    std::optional<FeeTax> fee_tax;
    InstalmentPlan instalments;
    LatePledges late_pledges;
};

/// For which drafts a parameter must be known.
enum class Needed : std::uint8_t { always, for_late_pledges, for_instalments, never };

struct Parameter {
    std::string_view path;
    PackParameter::By by;
    Needed needed;
    bool offer;              ///< before its first day it was not on offer, rather than not established
    std::string_view value;  ///< what a value looks like
    bool (*read)(Reader& reader, const Node& node, const Path& path, Rules& rules);
};

[[nodiscard]] std::span<const Parameter> parameters() noexcept;
[[nodiscard]] const Parameter* find_parameter(std::string_view path) noexcept;
[[nodiscard]] std::vector<std::string_view> parameter_paths();

/// Reads a value into `rules`, all it can be checked for alone included. Nothing in `currency`: amounts are refused.
bool read_parameter(const Parameter& parameter, const Node& value, std::optional<Currency> currency, Rules& rules,
                    Findings& findings);

}  // namespace crowdrules::detail
