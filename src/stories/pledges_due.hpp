// SPDX-License-Identifier: BSL-1.0
// Pledges due: which pledges of a campaign the platform has to act on next, kept up with what happens. The agenda looks
// at every pledge; asked after each of many lines that would take a time that grows with the square of the story.
#pragma once

#include <crowdrules/campaign/agenda.hpp>

#include <campaign/due/agenda_basis.hpp>
#include <functional>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace crowdrules::detail {

class PledgesDue {
  public:
    /// Whether the platform acts on it.
    using IsMine = std::function<bool(const campaign::Due&)>;
    explicit PledgesDue(IsMine is_mine) : is_mine_(std::move(is_mine)) {}

    /// Takes in an event that has happened to the campaign. Every one must be told.
    void happened(const campaign::EventBody& what);
    /// Something else may be due of this pledge than before.
    void touch(PledgeId pledge) { touched_.push_back(pledge); }

    /// When there is next something to do; never, if there is nothing.
    [[nodiscard]] Instant next(const campaign::Campaign& campaign);
    /// What is due up to and including `at`, in the order of `agenda`.
    [[nodiscard]] std::vector<campaign::Due> until(const campaign::Campaign& campaign, Instant at);

  private:
    void catch_up(const campaign::Campaign& campaign);
    void look_at(const campaign::Campaign& campaign, campaign::Handle pledge);

    IsMine is_mine_;
    std::optional<campaign::AgendaBasis> basis_;
    std::vector<PledgeId> touched_;
    std::vector<Instant> at_;                              ///< by pledge handle
    std::set<std::pair<Instant, campaign::Handle>> next_;  ///< of those that have anything due
};

}  // namespace crowdrules::detail
