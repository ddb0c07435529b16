// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/campaign/agenda_follower.hpp>

#include "campaign/due/agenda_basis.hpp"
#include <algorithm>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace crowdrules::campaign {

namespace {

bool is_earlier(const Due& a, const Due& b) {
    return a.at < b.at;
}

}  // namespace

struct AgendaFollower::State {
    AgendaBasis basis{};
    std::vector<Due> of_no_pledge{};
    std::unordered_map<std::uint64_t, std::vector<Due>> of_pledge{};  ///< those with anything due
    std::vector<AgendaChange> struck{}, added{};

    /// Puts `now` in the place of `before`, and keeps what differs.
    void replace(std::vector<Due>& before, std::vector<Due> now, Instant last) {
        const auto is_in = [](const std::vector<Due>& list, const Due& due) {
            return std::find(list.begin(), list.end(), due) != list.end();
        };
        for (const Due& due : before) {
            const bool has_passed = due.kind == DueKind::remind && due.at <= last;
            if (!has_passed && !is_in(now, due)) struck.push_back({false, due});
        }
        for (const Due& due : now)
            if (!is_in(before, due)) added.push_back({true, due});
        before = std::move(now);
    }

    void look_at(const Campaign& campaign, PledgeId pledge) {
        std::vector<Due> now = agenda(campaign, pledge);
        const auto known = of_pledge.find(pledge.value);
        if (known == of_pledge.end() && now.empty()) return;
        std::vector<Due>& before = known == of_pledge.end() ? of_pledge[pledge.value] : known->second;
        replace(before, std::move(now), campaign->last);
        if (before.empty()) of_pledge.erase(pledge.value);
    }

    void look_at_all(const Campaign& campaign) {
        const HandleIndex& pledges = campaign->book.pledges;
        for (Handle handle = 0; handle < pledges.size(); ++handle)
            look_at(campaign, PledgeId{pledges.id_of(handle)});
    }
};

AgendaFollower::AgendaFollower(const Campaign& campaign) : state_(std::make_unique<State>()) {
    state_->basis = agenda_basis_of(campaign);
    state_->look_at_all(campaign);
    state_->of_no_pledge = agenda_without_pledges(campaign);
    state_->added.clear();
}
AgendaFollower::~AgendaFollower() = default;
AgendaFollower::AgendaFollower(AgendaFollower&&) noexcept = default;
AgendaFollower& AgendaFollower::operator=(AgendaFollower&&) noexcept = default;

std::vector<AgendaChange> AgendaFollower::follow(const Campaign& campaign, std::span<const Event> events) {
    if (const AgendaBasis basis = agenda_basis_of(campaign); basis != state_->basis) {
        state_->basis = basis;
        state_->look_at_all(campaign);
    } else {
        std::set<std::uint64_t> pledges;
        for (const Event& event : events)
            if (const PledgeId pledge = pledge_of(event.what); !pledge.is_none()) pledges.insert(pledge.value);
        for (const std::uint64_t pledge : pledges) state_->look_at(campaign, PledgeId{pledge});
    }
    state_->replace(state_->of_no_pledge, agenda_without_pledges(campaign), campaign->last);

    std::vector<AgendaChange> changes = std::exchange(state_->struck, {});
    std::vector<AgendaChange> added = std::exchange(state_->added, {});
    std::stable_sort(added.begin(), added.end(),
                     [](const AgendaChange& a, const AgendaChange& b) { return is_earlier(a.due, b.due); });
    changes.insert(changes.end(), added.begin(), added.end());
    return changes;
}

std::vector<Due> AgendaFollower::entries() const {
    std::vector<Due> all = state_->of_no_pledge;
    for (const auto& [pledge, entries] : state_->of_pledge) all.insert(all.end(), entries.begin(), entries.end());
    std::sort(all.begin(), all.end(), [](const Due& a, const Due& b) {
        return std::tuple(a.at, a.kind, a.pledge.value, a.instalment, a.payout, a.attempt) <
               std::tuple(b.at, b.kind, b.pledge.value, b.instalment, b.payout, b.attempt);
    });
    return all;
}

}  // namespace crowdrules::campaign
