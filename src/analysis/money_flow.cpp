// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/analysis/money_flow.hpp>
#include <crowdrules/core/contract.hpp>

#include <array>

namespace crowdrules {
namespace {

enum Uncollected : std::size_t { open, dropped, cancelled, released, given_up };
constexpr std::array<std::string_view, 5> uncollected_names{"open", "dropped", "cancelled", "released", "given up"};

Uncollected fate_of(campaign::PledgeState state) {
    switch (state) {
        case campaign::PledgeState::pledged:
        case campaign::PledgeState::errored:
            return open;
        case campaign::PledgeState::dropped:
            return dropped;
        case campaign::PledgeState::cancelled:
            return cancelled;
        case campaign::PledgeState::released:
            return released;
        case campaign::PledgeState::collected:
        case campaign::PledgeState::refunded:
        case campaign::PledgeState::disputed:
        case campaign::PledgeState::charged_back:
            return given_up;
    }
    return given_up;
}

/// What was never collected, by why.
std::array<std::int64_t, uncollected_names.size()> uncollected(const campaign::State& state) {
    std::array<std::int64_t, uncollected_names.size()> sums{};
    for (campaign::Handle handle = 0; handle < state.book.records.size(); ++handle) {
        const campaign::PledgeRecord& record = state.book.records[handle];
        if (!record.has(campaign::PledgeRecord::in_instalments)) {
            const campaign::PledgeDetail* detail = state.book.detail_of(handle);
            if (!record.has(campaign::PledgeRecord::charged))
                sums[fate_of(record.state)] += record.amount;
            else if (const campaign::ReportedCharge* charge = detail != nullptr ? detail->reported_of(1) : nullptr)
                sums[given_up] += charge->uncaptured;
            continue;
        }
        std::int64_t collected = 0, still_open = 0;
        for (const Instalment& part : state.book.details.at(handle).instalments) {
            if (part.state == InstalmentState::collected) collected += part.amount;
            if (is_open(part.state)) still_open += part.amount;
        }
        if (record.has(campaign::PledgeRecord::charged)) {
            sums[open] += still_open;
            sums[fate_of(record.state)] += record.amount - collected - still_open;
        } else {
            sums[fate_of(record.state)] += record.amount;
        }
    }
    return sums;
}

struct Holder {
    Account account;
    std::string_view name;       ///< of what it has
    std::string_view as_source;  ///< of what it put in
};
constexpr std::array<Holder, 8> holders{{{Account::creator, "creator", "owed by the creator"},
                                         {Account::platform_fees, "platform fee", "borne by the platform"},
                                         {Account::processing_fees, "processing fee", "returned by the processor"},
                                         {Account::tax, "tax on fees", "returned tax"},
                                         {Account::escrow, "still in escrow", "owed to the escrow"},
                                         {Account::reserve, "held in reserve", "owed to the reserve"},
                                         {Account::disputed, "held in disputes", "owed to disputes"},
                                         {Account::unmatched, "held unmatched", "taken unmatched"}}};

}  // namespace

MoneyFlow money_flow(const campaign::Campaign& campaign) {
    const campaign::State& state = *campaign;
    const auto money = [&](std::int64_t minor) { return Money{minor, campaign.terms().currency}; };
    MoneyFlow flow{.pledged = money(state.totals.everything), .collected = money(state.totals.collected)};

    Money uncollected_sum = money(0);
    const auto sums = uncollected(state);
    for (std::size_t i = 0; i < sums.size(); ++i) {
        uncollected_sum += money(sums[i]);
        if (sums[i] != 0) flow.not_collected.push_back({std::string(uncollected_names[i]), money(sums[i])});
    }
    if (flow.collected + uncollected_sum != flow.pledged)
        throw ContractViolation("what was collected and what was not do not make what was pledged");

    Money had = flow.collected, has = money(0);
    const auto add = [&](std::string_view name, Money amount) {
        has += amount;
        if (!amount.is_zero()) flow.went_to.push_back({std::string(name), amount});
    };
    // What came in with nothing that it is about was never pledged.
    if (const std::int64_t came = state.totals.unmatched + state.totals.unmatched_kept; came > 0) {
        had += money(came);
        flow.put_in.push_back({"came in unmatched", money(came)});
    } else {
        add("taken by the provider", money(-came));
    }
    for (const Holder& holder : holders) {
        const Money balance = state.ledger.balance(holder.account);
        if (!balance.is_negative()) {
            add(holder.name, balance);
            continue;
        }
        had -= balance;
        flow.put_in.push_back({std::string(holder.as_source), -balance});
    }
    add("refunded", money(state.totals.refunded));
    add("charged back", money(state.totals.charged_back));
    if (had != has) throw ContractViolation("what everybody has does not make what was collected");
    return flow;
}

std::vector<PledgeOutcome> pledge_outcomes(const campaign::Campaign& campaign) {
    std::vector<PledgeOutcome> outcomes;
    for (std::size_t i = 0; i < campaign::pledge_state_count; ++i) {
        const auto state = static_cast<campaign::PledgeState>(i);
        const campaign::Tally& tally = campaign->totals.in(state);
        if (tally.count != 0) outcomes.push_back({state, tally});
    }
    return outcomes;
}

}  // namespace crowdrules
