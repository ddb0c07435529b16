// SPDX-License-Identifier: BSL-1.0
// Describe answer: the fields of what a campaign answers with: refusals, what is due, a pledge as it stands.
#pragma once

#include <crowdrules/campaign/agenda.hpp>
#include <crowdrules/campaign/progress.hpp>
#include <crowdrules/campaign/rejection.hpp>

#include "terms.hpp"
#include <life/describe_answer.hpp>

namespace crowdrules::detail {

inline void describe(Fields& v, campaign::Rejection& refusal) {
    v("code", refusal.code, required);
    v("what", refusal.what, required);
    v("accepted", refusal.accepted);
    v("rule", refusal.rule);
    v("citation", refusal.citation);
}
/// A pledge, with its money in minor units.
struct PledgeAnswer {
    campaign::PledgeView pledge;
    std::int64_t amount = 0, refunded = 0;
};
inline void describe(Fields& v, PledgeAnswer& text) {
    v("pledge", text.pledge.pledge, required);
    v("backer", text.pledge.backer, required);
    v("reward", text.pledge.reward);
    v.amount("amount", text.amount, required);
    v("state", text.pledge.state, required);
    v("late", text.pledge.late);
    v("charged", text.pledge.charged);
    v.amount("refunded", text.refunded, stated);
}

/// An entry of the agenda with its key, and its money in minor units.
struct DueAnswer {
    std::string key;
    campaign::Due due;
    std::int64_t amount = 0;
};
inline void describe(Fields& v, DueAnswer& entry) {
    v("key", entry.key, required);
    v("at", entry.due.at, required);
    v("kind", entry.due.kind, required);
    v("pledge", entry.due.pledge);
    v("instalment", entry.due.instalment, stated);
    v("payout", entry.due.payout, stated);
    v.amount("amount", entry.amount, required);
    v("attempt", entry.due.attempt, stated);
}

}  // namespace crowdrules::detail
