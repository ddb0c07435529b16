// SPDX-License-Identifier: BSL-1.0
#include "campaign_story.hpp"

#include <crowdrules/campaign/evolve.hpp>

#include <span>

namespace crowdrules::detail {

void CampaignStory::write_journal(const Play& play, const std::function<void(std::string_view)>& put,
                                  const PlayProgress& progress) {
    JournalWriter journal;
    put(journal.header());
    for (std::size_t i = 0; i < play.events.size(); ++i) {
        put(journal.line(play.events[i]));
        if (progress && i % 4096 == 0) progress(i, play.events.size());
    }
    put(journal.closing());
}

Result<void> CampaignStory::Fold::apply(Result<Events> events) {
    if (!events) return failure(events.error());
    std::span<const Event> rest(*events);
    try {
        if (!campaign_ && !rest.empty()) {
            campaign_ = replay(rest.first(1));
            rest = rest.subspan(1);
            ++applied_;
        }
        for (const Event& event : rest) {
            evolve(*campaign_, event);
            ++applied_;
        }
    } catch (const ContractViolation& reason) {
        // Lines that are sealed and read well, but do not follow from one another: not written by this engine.
        return failure(TextError{{source_, 0, 0},
                                 "event " + std::to_string(applied_ + 1) + " does not fit what happened before it",
                                 reason.what(),
                                 "the events as they were decided"});
    }
    return {};
}

Result<Campaign> CampaignStory::Fold::finish() {
    if (auto last = apply(reader_.finish()); !last) return failure(last.error());
    if (!campaign_) return failure(TextError{{source_, 1, 1}, "a journal without events", "", ""});
    return std::move(*campaign_);
}

}  // namespace crowdrules::detail
