// SPDX-License-Identifier: BSL-1.0
// Agenda follower: how the agenda changes with what happens, for an outbox that does not read all of it each time.
//
//   AgendaFollower follower(campaign);                    outbox.put(follower.entries());
//   evolve(campaign, decision->events);
//   for (const AgendaChange& change : follower.follow(campaign, decision->events))
//       change.added ? outbox.put(change.due) : outbox.strike(key_of(change.due));
//
// An entry whose instant or amount changed under its key is struck and put in again. A reminder whose instant has
// passed is on the agenda no more, but is not struck: it was to be done, and either was or was not.
#pragma once

#include <crowdrules/campaign/agenda.hpp>
#include <crowdrules/campaign/event.hpp>

#include <memory>
#include <span>
#include <vector>

namespace crowdrules::campaign {

struct AgendaChange {
    bool added;  ///< false: it is no longer to be done
    Due due;

    bool operator==(const AgendaChange&) const = default;
};

class AgendaFollower {
  public:
    /// Begins with what is on the agenda now.
    explicit AgendaFollower(const Campaign& campaign);
    ~AgendaFollower();
    AgendaFollower(AgendaFollower&&) noexcept;
    AgendaFollower& operator=(AgendaFollower&&) noexcept;

    /// What changed by these events: struck entries first, then new ones in order of time. Expects: `campaign` is the
    /// campaign as it stands after them, and every event since the last call is among them, those of `advance` too.
    /// Ensures: what was put in and not struck is `agenda(campaign)`, but for reminders that have passed. Cost: that of
    /// the pledges that the events name; of all pledges when the campaign closes, succeeds, fails or is released. So a
    /// campaign of n charges costs n in all.
    [[nodiscard]] std::vector<AgendaChange> follow(const Campaign& campaign, std::span<const Event> events);

    /// All that was put in and not struck, in order of time. Cost: n log n.
    [[nodiscard]] std::vector<Due> entries() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace crowdrules::campaign
