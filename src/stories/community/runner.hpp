// SPDX-License-Identifier: BSL-1.0
// Community runner: the community that is being played, the events that have happened to it, and the company that acts
// on its agenda.
#pragma once

#include <crowdrules/community/agenda.hpp>
#include <crowdrules/community/decide.hpp>
#include <crowdrules/community/evolve.hpp>
#include <crowdrules/stories/community/story.hpp>

#include <map>
#include <optional>
#include <set>
#include <stories/pledges_due.hpp>
#include <string>
#include <vector>

namespace crowdrules::detail {

class CommunityRunner {
  public:
    CommunityRunner(const CommunityStory& story, const PlayProgress& progress)
        : conduct_(story.conduct),
          events_{founded(story.terms, story.founded)},
          community_(replay(events_)),
          expected_(story.commands()),
          progress_(progress) {}

    [[nodiscard]] const community::Community& community() const noexcept { return community_; }

    /// Carries a command out, or says why it may not happen.
    Result<Performed, community::Rejection> perform(community::Command command);
    /// Lets time pass, and the company act on what falls due, up to and including `until`.
    void advance(Instant until);

    [[nodiscard]] CommunityPlay result() &&;

  private:
    [[nodiscard]] bool is_mine(const community::Due& due) const;
    void act_on(const community::Due& due, Instant at);
    void let_pass(Instant until);
    [[nodiscard]] PledgesDue& presale_of(community::IdeaId product);
    [[nodiscard]] community::Due due_of(community::IdeaId product, const campaign::Due& due) const;
    void take_in_events();
    [[nodiscard]] std::vector<community::Due> payments_due() const;
    [[nodiscard]] Instant next();
    [[nodiscard]] std::vector<community::Due> acts(Instant at);

    const CommunityConduct& conduct_;
    community::Events events_;
    community::Community community_;
    std::vector<CommunityRefusal> refusals_;                       ///< of acts of the company
    std::set<std::string> tried_;                                  ///< what was refused once is not tried again
    std::map<std::uint64_t, PledgesDue> presales_;                 ///< by product
    std::vector<std::pair<community::IdeaId, PledgeId>> refused_;  ///< pledges of presales that an act was refused of
    std::optional<Instant> next_payment_;  ///< nothing: balances have changed since it was looked for
    std::size_t seen_ = 1;                 ///< events
    std::uint64_t performed_ = 0, expected_;
    const PlayProgress& progress_;
};

}  // namespace crowdrules::detail
