// SPDX-License-Identifier: BSL-1.0
// Platform: acts on a campaign's agenda as a scenario's settlement says, without dice.
#pragma once

#include <crowdrules/campaign/agenda.hpp>
#include <crowdrules/stories/campaign/play.hpp>

#include "runner.hpp"
#include <map>
#include <set>
#include <stories/pledges_due.hpp>
#include <tuple>
#include <unordered_map>

namespace crowdrules::detail {

/// What becomes of a card that is charged.
enum class CardFate : std::uint8_t { works, mended, fails };

class Platform {
  public:
    Platform(const Conduct& conduct, Runner& runner, std::vector<Refusal>& refusals)
        : conduct_(conduct),
          runner_(runner),
          refusals_(refusals),
          pledges_due_([this](const campaign::Due& due) { return is_mine(due); }) {}
    Platform(const Platform&) = delete;
    Platform& operator=(const Platform&) = delete;

    /// A line of the scenario says what becomes of this pledge's card when it is first charged.
    void set_fate(PledgeId pledge, CardFate fate) { fates_[pledge.value] = fate; }

    /// When there is next something to do, or to wait for: what happens by itself can make more fall due.
    [[nodiscard]] Instant next();
    /// Acts on everything that falls due up to and including `until`, in order of time.
    void act(Instant until);

  private:
    struct Charge {
        PledgeId pledge;
        std::uint32_t instalment;
    };
    using Act = std::tuple<campaign::DueKind, std::uint64_t, std::uint32_t, std::uint32_t>;
    static Act act_of(const campaign::Due& due) { return {due.kind, due.pledge.value, due.instalment, due.payout}; }

    [[nodiscard]] bool is_mine(const campaign::Due& due) const;
    void take_in_events();
    void give_up(const campaign::Due& due);
    [[nodiscard]] std::vector<campaign::Due> payouts_due() const;
    void charge(const std::vector<campaign::Due>& charges, Instant at);
    void charge(const campaign::Due& due, CardFate fate, Instant at);
    bool carry_out(Instant at, campaign::CommandBody what);

    const Conduct& conduct_;
    Runner& runner_;
    std::vector<Refusal>& refusals_;
    std::unordered_map<std::uint64_t, CardFate> fates_;
    std::multimap<Instant, Charge> mends_;
    std::set<Act> tried_;  ///< what was refused or failed once is not tried again
    PledgesDue pledges_due_;
    std::size_t seen_ = 0;  ///< events of the runner
};

}  // namespace crowdrules::detail
