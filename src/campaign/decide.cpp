// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/campaign/campaign.hpp>

#include <fmt/format.h>

#include "campaign/judge/judge.hpp"

namespace crowdrules::campaign {

Judge::Guard Judge::reject(Code code, std::string what, std::string accepted, std::string_view rule) const {
    return refused<Rejection>(terms(), code, std::move(what), std::move(accepted), rule);
}

Judge::Guard Judge::refuse_if_ended() const {
    if (!has_ended_without_success(state.phase)) return std::nullopt;
    return reject(RejectionCode::campaign_ended, fmt::format("the campaign is {}", to_text(state.phase)),
                  "nothing but refunds of what was charged", "outcome.latched");
}

Judge::Guard Judge::refuse_if_paused() const {
    if (state.phase != Phase::paused) return std::nullopt;
    return reject(RejectionCode::campaign_paused,
                  fmt::format("the campaign is paused since {}", crowdrules::to_text(*state.paused_at)),
                  "the same once it is resumed", "campaign.pause");
}

Judge::Guard Judge::refuse_if_not_taking_pledges() const {
    if (auto rejection = refuse_if_ended()) return rejection;
    if (at < state.window.opens) {
        return reject(RejectionCode::campaign_not_open_yet,
                      fmt::format("it is {} and the campaign opens {}", crowdrules::to_text(at),
                                  crowdrules::to_text(state.window.opens)),
                      "a pledge from then on", "window.days");
    }
    if (auto rejection = refuse_if_paused()) return rejection;
    if (state.closed) {
        return reject(RejectionCode::campaign_closed,
                      fmt::format("the campaign closed {}", crowdrules::to_text(*state.closed_at)),
                      "a command before that", "window.closing");
    }
    return std::nullopt;
}

Result<Handle, Rejection> Judge::find(PledgeId pledge) const {
    const Handle handle = state.book.pledges.find(pledge.value);
    if (handle != no_handle) return handle;
    return reject(RejectionCode::pledge_unknown, fmt::format("there is no pledge {}", pledge.value),
                  fmt::format("the id of one of the {} pledges made", state.book.records.size()));
}

Verdict Rules::judge(const State& state, const Command& command) {
    return std::visit([judge = Judge{state, command.at}](const auto& what) { return judge.judge(what); }, command.what);
}

}  // namespace crowdrules::campaign
