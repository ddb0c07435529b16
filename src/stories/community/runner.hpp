// SPDX-License-Identifier: BSL-1.0
// Community runner: the community that is being played, the events that have happened to it, and the company that acts
// on its agenda.
#pragma once

#include <crowdrules/invention/agenda.hpp>
#include <crowdrules/invention/decide.hpp>
#include <crowdrules/invention/evolve.hpp>
#include <crowdrules/stories/community/story.hpp>

#include <stories/pledges_due.hpp>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace crowdrules::detail {

class CommunityRunner {
  public:
    CommunityRunner(const InventionStory& story, const PlayProgress& progress)
        : conduct_(story.conduct),
          events_{founded(story.terms, story.founded)},
          invention_(replay(events_)),
          expected_(story.commands()),
          progress_(progress) {}

    [[nodiscard]] const Invention& invention() const noexcept { return invention_; }

    /// Carries a command out, or says why it may not happen.
    Result<Performed, InventionRejection> perform(InventionCommand command);
    /// Lets time pass, and the company act on what falls due, up to and including `until`.
    void advance(Instant until);

    [[nodiscard]] InventionPlay result() &&;

  private:
    [[nodiscard]] bool is_mine(const InventionDue& due) const;
    void act_on(const InventionDue& due, Instant at);
    void let_pass(Instant until);
    [[nodiscard]] PledgesDue& presale_of(IdeaId product);
    [[nodiscard]] InventionDue due_of(IdeaId product, const Due& due) const;
    void take_in_events();
    [[nodiscard]] std::vector<InventionDue> payments_due() const;
    [[nodiscard]] Instant next();
    [[nodiscard]] std::vector<InventionDue> acts(Instant at);

    const InventionConduct& conduct_;
    InventionEvents events_;
    Invention invention_;
    std::vector<InventionRefusal> refusals_;  ///< of acts of the company
    std::set<std::string> tried_;             ///< what was refused once is not tried again
    std::map<std::uint64_t, PledgesDue> presales_;         ///< by product
    std::vector<std::pair<IdeaId, PledgeId>> refused_;     ///< pledges of presales that an act was refused of
    std::optional<Instant> next_payment_;           ///< nothing: balances have changed since it was looked for
    std::size_t seen_ = 1;                          ///< events
    std::uint64_t performed_ = 0, expected_;
    const PlayProgress& progress_;
};

}  // namespace crowdrules::detail
