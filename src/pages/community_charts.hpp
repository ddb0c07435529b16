// SPDX-License-Identifier: BSL-1.0
// Community charts: what the pictures of a community that invents are made of.
#pragma once

#include <crowdrules/community/community.hpp>
#include <crowdrules/community/event.hpp>
#include <crowdrules/pictures/chart.hpp>

#include <span>
#include <string>

namespace crowdrules::detail {

/// "Pivot Power", or "idea 7" where it has no title.
[[nodiscard]] std::string title_of(const community::Community& community, community::IdeaId idea);

/// From what buyers paid to who has it now. Without streams when more was shared or given back than came in.
[[nodiscard]] FlowChart flow_of(const community::Community& community);
/// What was shared at each closing, the members' part and the company's. Of more than 24 closings, by year.
[[nodiscard]] BarChart closings_of(std::span<const community::Event> events, Currency currency);
/// What was shared with members, and what they were paid, so far.
[[nodiscard]] TimeChart royalties_of(const community::Community& community, std::span<const community::Event> events);
/// Who has how much influence in a product: those with most, and the others together. Expects: `influence` is its own.
[[nodiscard]] BarChart influence_of(const community::Community& community, const community::ProductRecord& product,
                                    const community::Influence& influence);
/// Who held which right when: title and royalty in every product, and in every idea whose title has changed hands.
[[nodiscard]] CalendarChart rights_of(const community::Community& community);

}  // namespace crowdrules::detail
