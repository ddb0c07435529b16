// SPDX-License-Identifier: BSL-1.0
// What happens by itself: rounds close, presales go on, windows pass, periods end.
#include <crowdrules/campaign/decide.hpp>

#include "campaign/rules.hpp"
#include "community/judge/judge.hpp"
#include <algorithm>

namespace crowdrules::community {

namespace {

/// A round of ideas selects those that go on; a round of contributions leaves that to whoever picks the winners.
RoundClosed closed(const RoundRecord& round) {
    RoundClosed event{.round = round.id, .selected = {}};
    if (!round.product.is_none()) return event;
    const std::vector<Selected> going_on = round.round.select().value();
    for (const Selected& selected : going_on) event.selected.push_back(selected.ranked.idea);
    return event;
}

Instant next_of_presale(const ProductRecord& product) {
    return product.presale ? campaign::Rules::next_due(**product.presale) : never;
}

}  // namespace

/// One thing at a time, in this order.
std::vector<EventBody> Rules::fall_due(const State& state, Instant at) {
    if (!state.open_rounds.empty() && state.open_rounds.begin()->first <= at)
        return {closed(state.rounds[state.open_rounds.begin()->second])};
    std::vector<EventBody> events;
    for (const ProductRecord& product : state.products) {
        if (next_of_presale(product) > at) continue;
        for (campaign::Event& event : due(*product.presale, at))
            events.emplace_back(PresaleHappened{product.idea, std::move(event.what)});
        return events;
    }
    for (const ProductRecord& product : state.products) {
        if (return_due(state, product) > at) continue;
        events.emplace_back(abandonment(state, product, ReturnReason::window_passed));
        if (product.presale) {
            const Judge judge{state, std::max(at, state.last)};
            if (auto released = judge.presale_events(
                    product, campaign::SuspendCampaign{.reason = "its product was not made in time"}))
                events.insert(events.end(), released->begin(), released->end());
        }
        return events;
    }
    for (const ProductRecord& product : state.products) {
        if (next_closing(state, product) > at) continue;
        for (RoyaltyShared& shared : sharing_of(state, product)) events.emplace_back(std::move(shared));
    }
    events.emplace_back(PeriodClosed{});
    return events;
}

Instant Rules::next_due(const State& state) {
    Instant next = state.open_rounds.empty() ? never : state.open_rounds.begin()->first;
    for (const ProductRecord& product : state.products) {
        next = std::min({next, next_of_presale(product), return_due(state, product), next_closing(state, product)});
    }
    return next;
}

}  // namespace crowdrules::community
