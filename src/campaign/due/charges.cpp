// SPDX-License-Identifier: BSL-1.0
#include "charges.hpp"

namespace crowdrules::campaign {

Instant charge_due(const State& state, Handle pledge) {
    const PledgeRecord& record = state.book.records[pledge];
    const ChargeTiming timing = state.terms->charges.timing;
    if (timing == ChargeTiming::at_pledge || comes_after_charges(state, record)) return at_checkout;
    if (timing == ChargeTiming::when_ready) return state.ready_at.value_or(never);
    if (state.phase == Phase::collecting) return *state.closed_at;
    if (!state.succeeded_at) return never;
    if (!record.has(PledgeRecord::after_success)) return *state.succeeded_at;
    if (!state.in_second_round) return at_checkout;  // after an early success pledges are charged as they come
    return state.closed_at.value_or(never);
}

bool awaits_readiness(const State& state) noexcept {
    return state.terms->charges.timing == ChargeTiming::when_ready && state.succeeded_at && !state.ready_at &&
           !has_ended_without_success(state.phase);
}

bool comes_after_charges(const State& state, const PledgeRecord& record) noexcept {
    const bool wait_for_product = state.terms->charges.timing == ChargeTiming::when_ready;
    return record.has(wait_for_product ? PledgeRecord::after_ready | PledgeRecord::supplement : PledgeRecord::late);
}

bool is_disputed(const State& state, Handle pledge) {
    const PledgeDetail* detail = state.book.detail_of(pledge);
    return detail != nullptr && detail->disputed > 0;
}

const std::vector<Instalment>* instalments_of(const State& state, Handle pledge) {
    const PledgeDetail* detail = state.book.detail_of(pledge);
    return detail != nullptr && !detail->instalments.empty() ? &detail->instalments : nullptr;
}

std::size_t payout_of(const State& state, Handle pledge, std::uint32_t instalment) {
    if (const auto* parts = instalments_of(state, pledge)) return (*parts)[instalment - 1].payout;
    return state.book.payout_of.empty() ? 0 : state.book.payout_of[pledge];
}

}  // namespace crowdrules::campaign
