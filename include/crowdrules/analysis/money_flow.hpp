// SPDX-License-Identifier: BSL-1.0
// Money flow: what became of everything that was pledged, to the last cent.
//
//   pledged 10,266,845.00    collected  10,167,342.93    creator          9,343,791.24
//                                                        platform fees      508,367.15
//                                                        processing fees    315,184.54
//                            dropped        99,502.07
//
// The parts of what was pledged add up to it, and so do the parts of what was collected. Where somebody has put money
// in besides the backers (a creator who owes, a platform that bore a dispute), that is a source of its own.
#pragma once

#include <crowdrules/campaign/campaign.hpp>

#include <string>
#include <vector>

namespace crowdrules {

/// A part of a whole, by name.
struct FlowPart {
    std::string name{};
    Money amount;

    bool operator==(const FlowPart&) const = default;
};

struct MoneyFlow {
    Money pledged;                          ///< all pledges ever made, late ones too, whatever became of them
    Money collected;                        ///< charges that went through, ever
    std::vector<FlowPart> not_collected{};  ///< "open", "dropped", ...: pledged less collected; only what is not zero
    std::vector<FlowPart> put_in{};         ///< by others than backers; only what is not zero
    std::vector<FlowPart> went_to{};        ///< collected and put in; only what is not zero

    bool operator==(const MoneyFlow&) const = default;
};

/// Where the money of a campaign is now. Ensures: collected and not_collected make pledged; went_to makes collected
/// and put_in. Cost: O(pledges).
[[nodiscard]] MoneyFlow money_flow(const campaign::Campaign& campaign);

/// A number of pledges in one state, and what they come to.
struct PledgeOutcome {
    campaign::PledgeState state = campaign::PledgeState::pledged;
    campaign::Tally tally{};

    bool operator==(const PledgeOutcome&) const = default;
};
/// All pledges by what became of them; only states that there are pledges in.
[[nodiscard]] std::vector<PledgeOutcome> pledge_outcomes(const campaign::Campaign& campaign);

}  // namespace crowdrules
