// SPDX-License-Identifier: BSL-1.0
// Money that comes in.
#include "campaign/evolve/application.hpp"
#include <algorithm>
#include <utility>

namespace crowdrules::campaign {

using namespace bookkeeping;

void Application::check_instalment(Handle handle, std::uint32_t instalment) const {
    const bool in_parts = state.book.records[handle].has(PledgeRecord::in_instalments);
    const std::size_t count = in_parts ? state.book.details.at(handle).instalments.size() : 1;
    if (instalment == 0 || instalment > count) throw ContractViolation("no such instalment");
}

void Application::check_difference(std::int64_t difference) const {
    std::int64_t sum = 0;
    if (__builtin_add_overflow(state.totals.fee_difference, difference, &sum))
        throw Overflow("the differences of all fees leave 64 bits");
}

void Application::apply(const ChargeCollected& e) const {
    const Handle handle = known(state, e.pledge.value);
    check_instalment(handle, e.instalment);
    check_difference(e.difference);
    if (e.uncaptured < 0 || e.uncaptured > state.book.records[handle].amount)
        throw ContractViolation("what was not captured is a part of the charge");
    const std::int64_t uncounted = uncounted_collected_of(state, handle);
    if (state.book.records[handle].has(PledgeRecord::in_instalments)) {
        PledgeDetail& detail = detail_of(state, handle);
        Instalment& part = detail.instalments[e.instalment - 1];
        part.state = InstalmentState::collected;
        part.fee = e.fee + e.tax;
        part.amount -= e.uncaptured;
        state.instalment_limits.erase(limit_of(state, handle, e.instalment - 1));
    }
    report_charge(handle, e);
    collect(state, at, handle, e.amount, e.fee, e.tax, e.instalment, e.lines);
    state.totals.uncounted_collected += uncounted_collected_of(state, handle) - uncounted;
}

void Application::report_charge(Handle handle, const ChargeCollected& e) const {
    remember_reference(state, "charge", e.reference,
                       {.about = e.pledge.value, .instalment = e.instalment, .amount = e.amount});
    const std::int64_t free = without(*state.terms, e.lines, &LineRule::bears_processing_fee);
    const bool has_method = state.terms->fees.methods.contains(e.method);
    if (e.uncaptured == 0 && e.difference == 0 && free == 0 && !has_method) return;
    state.totals.instalments_given_up += e.uncaptured;
    state.totals.fee_difference += e.difference;
    const bool in_parts = state.book.records[handle].has(PledgeRecord::in_instalments);
    detail_of(state, handle)
        .reported.push_back({.instalment = e.instalment,
                             .uncaptured = in_parts ? 0 : e.uncaptured,
                             .fee = e.fee,
                             .tax = e.tax,
                             .difference = e.difference,
                             .method = has_method ? e.method : std::string(),
                             .free = free});
}

void Application::apply(const ChargeFailed& e) const {
    const Handle handle = known(state, e.pledge.value);
    check_instalment(handle, e.instalment);
    const PledgeRecord& record = state.book.records[handle];
    PledgeDetail& detail = detail_of(state, handle);
    if (record.has(PledgeRecord::in_instalments)) {
        Instalment& part = detail.instalments[e.instalment - 1];
        part.state = InstalmentState::errored;
        ++part.failures;
    } else {
        ++detail.failures;
    }
    if (!record.has(PledgeRecord::charged)) move_to(state, handle, PledgeState::errored);
}

void Application::apply(const PledgeDropped& e) const {
    const Handle handle = known(state, e.pledge.value);
    if (!state.book.records[handle].has(PledgeRecord::charged)) {
        forget_limits(state, handle);
        return move_to(state, handle, PledgeState::dropped);
    }
    forget_limits(state, handle);
    give_up_open_parts(state, handle);
}

void Application::apply(const UnmatchedRecorded& e) const {
    const UnmatchedMoney money{.amount = e.amount, .since = at, .from = e.from, .what = e.what};
    if (e.amount == 0 || !state.unmatched.try_emplace(e.reference, money).second)
        throw ContractViolation("unmatched money is some, under a reference of its own");
    state.totals.unmatched += e.amount;
    remember_reference(state, "unmatched", e.reference, {.about = 0, .amount = e.amount});
}

void Application::apply(const UnmatchedResolved& e) const {
    const auto held = state.unmatched.find(e.unmatched);
    if (held == state.unmatched.end() || !is_part_of(e.amount, held->second.amount))
        throw ContractViolation("only unmatched money that is held can be resolved");
    held->second.amount -= e.amount;
    if (held->second.amount == 0) state.unmatched.erase(held);
    state.totals.unmatched -= e.amount;
    if (e.end == UnmatchedEnd::to_platform) state.totals.unmatched_kept += e.amount;
    if (e.end != UnmatchedEnd::to_pledge)
        remember_reference(state, "unmatched return", e.reference, {.about = 0, .amount = e.amount});
}

}  // namespace crowdrules::campaign
