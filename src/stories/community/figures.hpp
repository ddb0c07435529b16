// SPDX-License-Identifier: BSL-1.0
// Community figures: what a community story may expect, by name, read off a community.
//
//   royalties, paid, carried, ...         every figure of the statement, an amount
//   members, ideas, units                 counts
//   members.NAME.paid                     of one member, or of a crowd together; credited, balance, ...
//   products.IDEA.stage, ideas.IDEA.stage, rounds.NAME.selected, rounds.NAME.votes.IDEA
//   influence.IDEA.NAME, buckets.IDEA.BUCKET     "40%"
//   rights.IDEA.title, rights.IDEA.title_by      who holds it, and by which event
//   presales.IDEA.collected               every figure of a campaign, of the product's presale
//   holders.community
#pragma once

#include <crowdrules/community/statement.hpp>
#include <crowdrules/stories/community/story.hpp>

#include <optional>
#include <stories/figures.hpp>
#include <string>
#include <string_view>

namespace crowdrules::detail {

/// What a figure of this name is: an empty value of its kind. None for a name that is none, whatever happens.
[[nodiscard]] std::optional<Figure> kind_of_community_figure(std::string_view name, const StoryNames& names,
                                                             const community::Terms& terms);
/// The names that can be expected, for errors.
[[nodiscard]] std::string known_community_figures();

/// The figure as it stands; none where the community has no such product, member or round.
[[nodiscard]] std::optional<Figure> community_figure_of(const community::Community& community,
                                                        const community::Statement& statement, const StoryNames& names,
                                                        std::string_view name);

/// Who holds a right, for people: "Anna", "Anna 40%, Ben 60%", and of many: "Anna 40%, Ben 2%, ... 709 holders".
[[nodiscard]] std::string holders_text(const community::Community& community, const community::Holders& holders);

}  // namespace crowdrules::detail
