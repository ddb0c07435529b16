// SPDX-License-Identifier: BSL-1.0
// Figures: what a story may expect of a campaign, by name: a scenario of its own, a community of its presales.
//
//   platform_fee, collected, ...       every figure of the statement, an amount
//   backers, charges, dropped_pledges  counts
//   phase, succeeded_at, closes        text
//   holders.creator, rewards.NAME, stretch_goals.NAME, payouts.1.net, pledges.NAME.state,
//   pledges.NAME.instalments.1.state
#pragma once

#include <crowdrules/campaign/statement.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace crowdrules::detail {

using Figure = std::variant<Money, std::int64_t, bool, std::string>;

/// The pledges of each person and of each named line.
using PledgeGroups = std::map<std::string, std::vector<PledgeId>, std::less<>>;

/// What a figure of this name is: an empty value of its kind. None for a name that is none, whatever the campaign.
/// `measure`: of the campaign's goal; what is counted toward a goal of money is an amount.
[[nodiscard]] std::optional<Figure> kind_of_figure(std::string_view name, Currency currency, campaign::Measure measure);
/// The names that can be expected, for errors.
[[nodiscard]] std::string known_figures();

/// The figure as it stands; none where the campaign has no such reward, payout or pledge.
[[nodiscard]] std::optional<Figure> figure_of(const campaign::Campaign& campaign, const campaign::Statement& statement,
                                              const PledgeGroups& groups, std::string_view name);

[[nodiscard]] std::string figure_text(const Figure& figure);

}  // namespace crowdrules::detail
