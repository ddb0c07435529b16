// SPDX-License-Identifier: BSL-1.0
// Lines: what of a pledge's money is in which of its lines, and how an amount falls to them.
//
// An amount that is about no line in particular (a capture in part, an instalment, a general refund) falls to all of
// them, and to the rest of the pledge, in proportion to what is left of each. It is split by `allocate`, so that the
// parts add up to it and the last of them takes exactly what is left.
#pragma once

#include <crowdrules/campaign/campaign.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace crowdrules::campaign {

/// The rule of this name, by its place in the terms' list.
[[nodiscard]] std::optional<std::uint32_t> find_rule(const Terms& terms, std::string_view line) noexcept;

/// What is left of each line of a pledge, and behind them what is left of it beside its lines.
struct LinesLeft {
    const std::vector<PledgeLine>* lines = nullptr;  ///< null: it has none
    std::vector<std::int64_t> left{};                ///< empty without lines

    [[nodiscard]] bool empty() const noexcept { return left.empty(); }
    /// Takes `amount` from them: from the one at `first` as far as it has something, and from all of them alike.
    /// Expects: amount is at most what is left of all. Ensures: the answer has what was taken of each line that gave
    /// something, with whose money it is by `account`, and not what the rest gave.
    [[nodiscard]] std::vector<LineAmount> take(const Terms& terms, std::int64_t amount,
                                               Account (*account)(const LineRule&),
                                               std::optional<std::size_t> first = {});
};

/// Not charged yet.
[[nodiscard]] LinesLeft lines_to_charge(const State& state, Handle pledge);
/// Collected, and not given back.
[[nodiscard]] LinesLeft lines_collected(const State& state, Handle pledge);

/// Gone back to the backer.
[[nodiscard]] LinesLeft lines_gone(const State& state, Handle pledge);

/// Who gives a line back with a refund: its payee, or whoever has the rest.
[[nodiscard]] inline Account returned_from(const LineRule& rule) noexcept {
    return rule.kept ? Account::escrow : account_of(rule);
}
[[nodiscard]] inline Account moved_with_the_rest(const LineRule&) noexcept {
    return Account::escrow;
}

/// What of these lines is in those whose rule says no: `without(terms, lines, &LineRule::counts)`.
[[nodiscard]] std::int64_t without(const Terms& terms, const std::vector<LineAmount>& lines, bool LineRule::* what);
[[nodiscard]] std::int64_t without(const Terms& terms, const std::vector<PledgeLine>& lines, bool LineRule::* what);

/// What of these lines comes from or goes to others than the creator.
[[nodiscard]] std::int64_t of_others(const std::vector<LineAmount>& lines) noexcept;

/// What was collected for a pledge that stands, and counts toward nothing: lines that do not count, and all of late
/// pledges and supplements.
[[nodiscard]] std::int64_t uncounted_collected_of(const State& state, Handle pledge);

}  // namespace crowdrules::campaign
