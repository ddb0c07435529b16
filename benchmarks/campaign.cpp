// SPDX-License-Identifier: BSL-1.0
// What does it cost to settle a whole campaign, and a whole table of them?
//
// Pebble's campaign of 2012 (its tiers as published, what was given above them spread evenly) in each form that
// crowdrules has: columns, rows, and a command for every pledge and charge; and by hand, as a loop over the pledges in
// checked 128-bit integers, which keeps no state, no ledger and no reasons. The table is read from the folder that the
// environment names as CROWDRULES_SHARED, and passed over without it.
#include <crowdrules/campaign/agenda.hpp>
#include <crowdrules/campaign/decide.hpp>
#include <crowdrules/campaign/evolve.hpp>
#include <crowdrules/columns/settle_pledges.hpp>
#include <crowdrules/fees/fee_column.hpp>
#include <crowdrules/tables/campaign_table.hpp>

#include "half_even.hpp"
#include "measured.hpp"
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

namespace {

using namespace crowdrules;

const Instant opens = instant("2012-04-11T07:00:00Z");
const Instant closes = instant("2012-05-18T07:00:00Z");

campaign::Terms rules_in(Currency currency) {
    campaign::Terms terms;
    terms.currency = currency;
    terms.window = {.opens = opens, .closes = closes};
    terms.charges = {.retry_window = std::chrono::days{7}};
    const Rounding half_even{RoundingMode::half_even};
    terms.fees = {
        .platform = {.name = "platform fee", .bands = {{.rate = rate("5%")}}, .rounding = half_even},
        .processing = {.name = "processing fee",
                       .bands = {{.rate = rate("5%"), .fixed = 5}, {.from = 10'00, .rate = rate("2.9%"), .fixed = 30}},
                       .rounding = half_even}};
    terms.payouts = {.first_after = std::chrono::days{14}};
    return terms;
}

struct Pebble {
    campaign::Terms terms = rules_in(USD);
    std::vector<std::int64_t> amounts;
    std::vector<std::uint16_t> rewards;
};

const Pebble& pebble() {
    static const Pebble made = [] {
        struct Tier {
            std::int64_t minimum;
            std::size_t backers;
        };
        constexpr Tier tiers[] = {{1'00, 2615},    {99'00, 200},   {115'00, 40799}, {125'00, 14350},
                                  {220'00, 3800},  {235'00, 100},  {240'00, 4925},  {550'00, 900},
                                  {1'000'00, 482}, {1'250'00, 20}, {10'000'00, 31}};
        Pebble pebble;
        pebble.terms.title = "Pebble";
        pebble.terms.model = campaign::FundingModel::all_or_nothing(usd("100000.00"));
        for (const Tier& tier : tiers) {
            pebble.terms.rewards.push_back({.name = to_text(Money(tier.minimum, USD)), .minimum = tier.minimum});
            pebble.amounts.insert(pebble.amounts.end(), tier.backers, tier.minimum);
            pebble.rewards.insert(pebble.rewards.end(), tier.backers,
                                  static_cast<std::uint16_t>(pebble.terms.rewards.size()));
        }
        pebble.amounts.resize(68'929);
        pebble.rewards.resize(68'929);
        const std::vector<Weight> equal(pebble.amounts.size(), 1);
        std::vector<std::int64_t> above(pebble.amounts.size());
        allocate_into(405'295'00, equal, {AllocationMethod::largest_remainder}, above);
        for (std::size_t i = 0; i < above.size(); ++i) pebble.amounts[i] += above[i];
        return pebble;
    }();
    return made;
}

/// What every contender must come to.
struct Outcome {
    std::int64_t collected = 0, processing = 0, platform = 0, paid = 0;
    bool operator==(const Outcome&) const = default;
};

Outcome outcome_of(const campaign::Statement& statement) {
    return {statement.collected.amount.minor(), statement.processing_fee.minor(), statement.platform_fee.minor(),
            statement.paid.minor()};
}

Outcome by_columns() {
    return outcome_of(settle(pebble().terms, {.amounts = pebble().amounts, .rewards = pebble().rewards}).value());
}

Outcome by_rows() {
    const Pebble& p = pebble();
    const FeeColumn processing(p.terms.fees.processing);
    std::vector<campaign::PledgeRow> rows(p.amounts.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        rows[i] = {.pledge = i + 1, .amount = p.amounts[i], .detail = i + 1, .reward = p.rewards[i]};
    }
    campaign::Campaign campaign = launch(p.terms, opens);
    evolve(campaign, opens, rows);
    advance(campaign, closes);
    for (campaign::PledgeRow& row : rows) {
        row.kind = campaign::PledgeRow::Kind::collected;
        row.detail = static_cast<std::uint64_t>(processing.fee(row.amount));
    }
    evolve(campaign, closes, rows);
    campaign::Events happened;
    perform(campaign, {.at = closes + std::chrono::days{14}, .what = campaign::PayOut{0}}, happened).value();
    return outcome_of(statement(campaign));
}

Outcome by_commands() {
    const Pebble& p = pebble();
    campaign::Campaign campaign = launch(p.terms, opens);
    campaign::Events happened;
    for (std::size_t i = 0; i < p.amounts.size(); ++i) {
        const campaign::MakePledge pledge{
            PledgeId{i + 1},
            BackerId{i + 1},
            {.reward = campaign::RewardId{p.rewards[i]}, .amount = Money(p.amounts[i], USD)}};
        perform(campaign, {.at = opens, .what = pledge}, happened).value();
    }
    for (std::size_t i = 0; i < p.amounts.size(); ++i) {
        perform(campaign, {.at = closes, .what = campaign::RecordCharge{PledgeId{i + 1}}}, happened).value();
    }
    perform(campaign, {.at = closes + std::chrono::days{14}, .what = campaign::PayOut{0}}, happened).value();
    return outcome_of(statement(campaign));
}

/// The loop that one would write by hand.
template <class Number>
void add_by_hand(std::span<const std::int64_t> amounts, Outcome& sum) {
    Outcome own;
    for (const std::int64_t amount : amounts) {
        const Number charge = amount;
        own.collected += amount;
        own.processing += contenders::half_even<Number>(
            amount < 10'00 ? Number(charge * 50 + 5'000) : Number(charge * 29 + 30'000), Number(1'000));
    }
    own.platform = contenders::half_even<Number>(Number(own.collected) * 5, Number(100));
    own.paid = own.collected - own.processing - own.platform;
    sum.collected += own.collected;
    sum.processing += own.processing;
    sum.platform += own.platform;
    sum.paid += own.paid;
}

Outcome by_hand() {
    Outcome sum;
    add_by_hand<contenders::CheckedInt128>(pebble().amounts, sum);
    return sum;
}

template <auto contender>
void settle_pebble(benchmark::State& state) {
    if (contender() != by_hand()) return state.SkipWithError("the answers differ");
    for (auto _ : state) benchmark::DoNotOptimize(contender());
    measured::report(state, pebble().amounts.size(), sizeof(std::int64_t));
}

BENCHMARK(settle_pebble<by_columns>)->Name("pebble/columns");
BENCHMARK(settle_pebble<by_rows>)->Name("pebble/rows");
BENCHMARK(settle_pebble<by_commands>)->Name("pebble/commands");
BENCHMARK(settle_pebble<by_hand>)->Name("pebble/checked_int128");

// ---------------------------------------------------------------------------------------------------------- the table

const std::optional<std::vector<TableCampaign>>& table() {
    static const auto read = []() -> std::optional<std::vector<TableCampaign>> {
        const char* folder = std::getenv("CROWDRULES_SHARED");
        if (folder == nullptr) return std::nullopt;
        std::ifstream file(std::string(folder) + "/data/kickstarter_campaigns.csv");
        if (!file) return std::nullopt;
        const std::string text{std::istreambuf_iterator<char>(file), {}};
        return parse_campaign_table(text, "the table").value();
    }();
    return read;
}

Outcome table_by_columns() {
    std::map<Currency, campaign::Terms> rules;
    for (const TableCampaign& campaign : *table()) {
        rules.try_emplace(campaign.goal.currency(), rules_in(campaign.goal.currency()));
    }
    Outcome sum;
    for (const auto& [currency, totals] : settle(*table(), rules, TablePath::columns).totals) {
        sum.collected += totals.collected.minor();
        sum.processing += totals.processing_fee.minor();
        sum.platform += totals.platform_fee.minor();
        sum.paid += totals.paid.minor();
    }
    return sum;
}

Outcome table_by_hand() {
    Outcome sum;
    TablePledges pledges;
    for (const TableCampaign& campaign : *table()) {
        make_pledges(campaign, pledges);
        add_by_hand<contenders::CheckedInt128>(pledges.amounts, sum);
    }
    return sum;
}

template <auto contender>
void settle_table(benchmark::State& state) {
    if (!table()) return state.SkipWithError("CROWDRULES_SHARED does not name a folder with the table");
    if (contender() != table_by_hand()) return state.SkipWithError("the answers differ");
    std::size_t pledges = 0;
    for (const TableCampaign& campaign : *table()) pledges += campaign.backers;
    for (auto _ : state) benchmark::DoNotOptimize(contender());
    measured::report(state, pledges, sizeof(std::int64_t));
}

BENCHMARK(settle_table<table_by_columns>)->Name("table/columns")->Unit(benchmark::kMillisecond);
BENCHMARK(settle_table<table_by_hand>)->Name("table/checked_int128")->Unit(benchmark::kMillisecond);

}  // namespace
