// SPDX-License-Identifier: BSL-1.0
// What a backer chooses, held against the terms and what is left.
#pragma once

#include "campaign/judge/judge.hpp"
#include "campaign/state/bookkeeping.hpp"
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crowdrules::campaign {

/// What a choice comes to: its parts, and of all that is charged what the terms have rules for.
struct Composed {
    Composition parts;
    std::vector<LineAmount> lines;
    std::int64_t total = 0;  ///< with the lines on top
};

/// One backer's wish, held against everything that a choice must satisfy. `current` is the pledge that it would
/// replace.
class ChoiceCheck {
  public:
    ChoiceCheck(const Judge& judge, const PledgeChoice& choice, Handle current, PricePhase phase);
    /// A further charge for who has the pledge `supplemented`, with a fee by `schedule`.
    ChoiceCheck(const Judge& judge, const PledgeChoice& choice, Handle supplemented);
    /// The first reason against the things it names: there are none of them.
    [[nodiscard]] Judge::Guard refuse_unknown_items() const;
    /// What the choice comes to, with the bonus that its amount leaves, or the first reason against it.
    [[nodiscard]] Result<Composed, Rejection> composition() const;

  private:
    template <class... Arguments>
    [[nodiscard]] Judge::Guard reject(Arguments&&... arguments) const {
        return judge_.reject(std::forward<Arguments>(arguments)...);
    }

    [[nodiscard]] Judge::Guard refuse_reward() const;
    template <class Item>
    [[nodiscard]] Judge::Guard refuse_if_unavailable(const Item& item, RejectionCode early, RejectionCode late,
                                                     RejectionCode only_live) const;
    [[nodiscard]] std::uint64_t wanted(AddOnId add_on) const;
    [[nodiscard]] std::uint64_t held(AddOnId add_on) const;
    [[nodiscard]] static std::uint64_t count_in(const std::vector<AddOnChoice>& choices, AddOnId add_on);
    [[nodiscard]] Judge::Guard refuse_add_ons() const;
    [[nodiscard]] Judge::Guard refuse_add_on(AddOnId id) const;

    // -------------------------------------------------------------------------------------------------------- lines
    [[nodiscard]] Judge::Guard refuse_unknown_lines() const;
    [[nodiscard]] Judge::Guard refuse_line(const LineChoice& chosen) const;
    /// What the line comes to; none for one that covers the fee.
    [[nodiscard]] std::optional<std::int64_t> amount_of(const LineChoice& chosen) const;
    /// Adds the lines of the choice, and those parts of the pledge that the terms have rules for.
    [[nodiscard]] Judge::Guard compose_lines(Composed& composed) const;
    [[nodiscard]] const LineRule& rule(std::string_view line) const;
    /// Parts of the pledge with a rule of their own. What is contained in the pledge is taken out of what has no rule
    /// first, and then of the bonus, the reward, the add-ons and the shipping.
    void add_parts(const Composition& parts, std::int64_t contained, std::vector<LineAmount>& lines) const;
    /// The least amount with which the charge leaves what was agreed besides, after the processing fee with its tax. It
    /// is the fee on the whole charge; where a larger charge costs less, it may be a little more.
    [[nodiscard]] Judge::Guard add_cover(const LineChoice& cover, Composed& composed) const;
    [[nodiscard]] Judge::Guard refuse_too_large(std::string what) const;
    [[nodiscard]] Judge::Guard refuse_amount_below(std::int64_t least) const;
    /// Whether the campaign's running totals can hold the choice too.
    [[nodiscard]] bool totals_overflow(std::int64_t total) const;
    /// Whether there is a fee, or a reserve, that could not be told.
    [[nodiscard]] bool fees_overflow(std::int64_t total) const;
    [[nodiscard]] Judge::Guard refuse_amount(const Composition& parts) const;
    [[nodiscard]] Judge::Guard refuse_instalments(std::int64_t total) const;

    const Judge& judge_;
    const State& state_;
    const PledgeChoice& choice_;
    Handle current_;
    PricePhase phase_;
    RewardId partner_;             ///< what add-ons go with
    const FeeSchedule* schedule_;  ///< of the processing fee
    bool is_supplement_ = false;
    std::uint64_t held_reward_ = 0;
    std::uint32_t held_quantity_ = 0;
    std::vector<AddOnChoice> held_add_ons_;
};

}  // namespace crowdrules::campaign
