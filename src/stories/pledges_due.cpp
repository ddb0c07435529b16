// SPDX-License-Identifier: BSL-1.0
#include "pledges_due.hpp"

#include <algorithm>

namespace crowdrules::detail {

void PledgesDue::happened(const campaign::EventBody& what) {
    if (const PledgeId pledge = campaign::pledge_of(what); !pledge.is_none()) touch(pledge);
}

Instant PledgesDue::next(const campaign::Campaign& campaign) {
    catch_up(campaign);
    // What was due at once is due at once still, however much time has passed.
    return next_.empty() ? never : std::max(next_.begin()->first, campaign->last);
}

std::vector<campaign::Due> PledgesDue::until(const campaign::Campaign& campaign, Instant at) {
    catch_up(campaign);
    std::vector<campaign::Handle> pledges;
    for (auto due = next_.begin(); due != next_.end() && due->first <= at; ++due) pledges.push_back(due->second);
    std::sort(pledges.begin(), pledges.end());
    std::vector<campaign::Due> items;
    for (const campaign::Handle pledge : pledges)
        for (const campaign::Due& due : agenda(campaign, PledgeId{campaign->book.pledges.id_of(pledge)}))
            if (due.at <= at && is_mine_(due)) items.push_back(due);
    std::stable_sort(items.begin(), items.end(),
                     [](const campaign::Due& a, const campaign::Due& b) { return a.at < b.at; });
    return items;
}

void PledgesDue::catch_up(const campaign::Campaign& campaign) {
    const campaign::AgendaBasis basis = campaign::agenda_basis_of(campaign);
    const campaign::Handle pledges = campaign->book.pledges.size();
    at_.resize(pledges, never);
    if (basis_ != basis) {
        basis_ = basis;
        for (campaign::Handle pledge = 0; pledge < pledges; ++pledge) look_at(campaign, pledge);
    } else {
        for (const PledgeId pledge : touched_)
            if (const campaign::Handle handle = campaign->book.pledges.find(pledge.value);
                handle != campaign::no_handle)
                look_at(campaign, handle);
    }
    touched_.clear();
}

void PledgesDue::look_at(const campaign::Campaign& campaign, campaign::Handle pledge) {
    Instant next = never;
    for (const campaign::Due& due : agenda(campaign, PledgeId{campaign->book.pledges.id_of(pledge)}))
        if (is_mine_(due)) next = std::min(next, due.at);
    const Instant before = std::exchange(at_[pledge], next);
    if (before == next) return;
    if (before != never) next_.erase({before, pledge});
    if (next != never) next_.emplace(next, pledge);
}

}  // namespace crowdrules::detail
