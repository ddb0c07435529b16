// SPDX-License-Identifier: BSL-1.0
// Runner: the campaign that is being played, and the events that have happened to it.
#pragma once

#include <crowdrules/campaign/decide.hpp>
#include <crowdrules/campaign/evolve.hpp>
#include <crowdrules/stories/campaign/play.hpp>

#include <algorithm>

namespace crowdrules::detail {

class Runner {
  public:
    Runner(const campaign::Terms& terms, Instant launch, std::uint64_t expected_commands, const PlayProgress& progress)
        : events_{launched(terms, launch)},
          campaign_(replay(events_)),
          expected_(expected_commands),
          progress_(progress) {}

    [[nodiscard]] const campaign::Campaign& campaign() const noexcept { return campaign_; }
    [[nodiscard]] const campaign::Events& events() const noexcept { return events_; }

    /// Carries a command out, or says why it may not happen.
    Result<Performed, campaign::Rejection> perform(campaign::Command command) {
        ++performed_;
        if (progress_ && performed_ % 4096 == 0) progress_(performed_, std::max(performed_, expected_));
        return crowdrules::perform(campaign_, command, events_);
    }

    /// Lets time pass.
    void advance(Instant until) {
        const campaign::Events happened = crowdrules::advance(campaign_, until);
        events_.insert(events_.end(), happened.begin(), happened.end());
    }

    /// Ends the play.
    [[nodiscard]] Play result() && {
        if (progress_) progress_(performed_, performed_);
        return {std::move(campaign_), std::move(events_), {}, {}};
    }

  private:
    campaign::Events events_;
    campaign::Campaign campaign_;
    std::uint64_t performed_ = 0;
    std::uint64_t expected_;
    const PlayProgress& progress_;
};

}  // namespace crowdrules::detail
