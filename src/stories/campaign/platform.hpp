// SPDX-License-Identifier: BSL-1.0
// Platform: acts on a campaign's agenda as a scenario's settlement says, without dice.
#pragma once

#include <crowdrules/campaign/agenda.hpp>
#include <crowdrules/stories/campaign/play.hpp>

#include "runner.hpp"
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

namespace crowdrules::detail {

/// What becomes of a card that is charged.
enum class CardFate : std::uint8_t { works, mended, fails };

class Platform {
  public:
    Platform(const Conduct& conduct, Runner& runner, std::vector<Refusal>& refusals)
        : conduct_(conduct), runner_(runner), refusals_(refusals) {}

    /// A line of the scenario says what becomes of this pledge's card when it is first charged.
    void set_fate(PledgeId pledge, CardFate fate) { fates_[pledge.value] = fate; }

    /// Acts on everything that falls due up to and including `until`, in order of time.
    void act(Instant until);

  private:
    struct Charge {
        PledgeId pledge;
        std::uint32_t instalment;
    };
    using Act = std::tuple<DueKind, std::uint64_t, std::uint32_t, std::uint32_t>;
    static Act act_of(const Due& due) { return {due.kind, due.pledge.value, due.instalment, due.payout}; }

    [[nodiscard]] bool is_mine(const Due& due) const;
    [[nodiscard]] Instant next_act(const std::vector<Due>& items) const;
    void charge(const std::vector<Due>& charges, Instant at);
    void charge(const Due& due, CardFate fate, Instant at);
    bool carry_out(Instant at, CommandBody what);

    const Conduct& conduct_;
    Runner& runner_;
    std::vector<Refusal>& refusals_;
    std::unordered_map<std::uint64_t, CardFate> fates_;
    std::multimap<Instant, Charge> mends_;
    std::set<Act> tried_;  ///< what was refused or failed once is not tried again
    Instant advanced_to_ = Instant::min();
};

}  // namespace crowdrules::detail
