// SPDX-License-Identifier: BSL-1.0
// How fast can a campaign apply what has happened: pledges, changes and cancellations, then the charges?
#include <crowdrules/campaign/evolve.hpp>

#include "measured.hpp"
#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <random>
#include <unordered_map>
#include <vector>

namespace {

using namespace crowdrules;
using Kind = campaign::PledgeRow::Kind;

const Instant opens = instant("2026-03-01T12:00:00Z");
const Instant closes = opens + std::chrono::days{30};

campaign::Terms terms() {
    campaign::Terms terms;
    terms.charges.retry_window = std::chrono::days{7};
    terms.title = "Measured";
    terms.model = campaign::FundingModel::all_or_nothing(usd("1000.00"));
    terms.window = {.opens = opens, .closes = closes};
    terms.limits = {.minimum = 1, .one_per_backer = false};
    terms.rewards = {{.name = "Card", .minimum = 1}, {.name = "Poster", .minimum = 1}, {.name = "Kit", .minimum = 1}};
    terms.fees = {.platform = {.name = "platform fee", .bands = {{.rate = rate("5%")}}},
                  .processing = {.name = "processing fee", .bands = {{.rate = rate("3%"), .fixed = 20}}}};
    return terms;
}

/// What happened before the deadline and after it.
struct Story {
    std::vector<campaign::PledgeRow> pledging;
    std::vector<campaign::PledgeRow> charging;
};

/// Of the rows before the deadline 68% are pledges, 18% changes and 14% cancellations; then every standing pledge is
/// charged, in no order. `spread` turns the ids 1, 2, 3, ... into what the platform calls its pledges and backers.
template <class Spread>
Story story_of(std::size_t rows, Spread spread) {
    std::mt19937_64 random(8);
    Story story;
    std::vector<campaign::PledgeRow> standing;  // by pledge, as it stands now; amount 0: cancelled
    const std::size_t before_deadline = rows * 100 / 154;
    story.pledging.reserve(before_deadline);
    while (story.pledging.size() < before_deadline) {
        const std::uint64_t dice = random() % 100;
        const auto amount = static_cast<std::int64_t>(1 + random() % 30'000);
        const auto reward = static_cast<std::uint16_t>(random() % 4);
        if (dice < 68 || standing.empty()) {
            const std::uint64_t id = spread(standing.size() + 1);
            standing.push_back({.pledge = id, .amount = amount, .detail = id, .reward = reward});
            story.pledging.push_back(standing.back());
            continue;
        }
        campaign::PledgeRow& chosen = standing[random() % standing.size()];
        if (chosen.amount == 0) continue;
        chosen.kind = dice < 86 ? Kind::changed : Kind::cancelled;
        chosen.detail = 0;
        if (chosen.kind == Kind::changed) {
            chosen.amount = amount;
            chosen.reward = reward;
        }
        story.pledging.push_back(chosen);
        if (chosen.kind == Kind::cancelled) chosen.amount = 0;
    }
    for (const campaign::PledgeRow& row : standing)
        if (row.amount > 0)
            story.charging.push_back({.pledge = row.pledge,
                                      .amount = row.amount,
                                      .detail = static_cast<std::uint64_t>(row.amount) * 3 / 100,
                                      .kind = Kind::collected});
    for (std::size_t i = story.charging.size(); i > 1; --i)
        std::swap(story.charging[i - 1], story.charging[random() % i]);
    return story;
}

std::uint64_t dense(std::uint64_t number) {
    return number;
}
std::uint64_t sparse(std::uint64_t number) {
    return number * 0xD6E8FEB86659FD93u;  // odd, so no two are the same
}

/// What both must agree on.
struct Outcome {
    std::uint64_t backers = 0;
    std::uint64_t cancelled = 0;
    std::int64_t standing = 0;
    std::int64_t collected = 0;
    std::int64_t escrow = 0;
    std::array<std::uint64_t, 4> by_reward{};

    bool operator==(const Outcome&) const = default;
};

campaign::Campaign play(const Story& story) {
    campaign::Campaign campaign = launch(terms(), opens);
    evolve(campaign, opens, story.pledging);
    const std::int64_t counted = campaign->totals.standing;
    evolve(campaign, campaign::Event{.at = closes, .what = campaign::CampaignClosed{}});
    evolve(campaign, campaign::Event{.at = closes, .what = campaign::CampaignSucceeded{.counted = counted}});
    evolve(campaign, closes, story.charging);
    return campaign;
}

Outcome outcome_of(const campaign::Campaign& campaign) {
    Outcome outcome{.backers = campaign->totals.backers,
                    .cancelled = campaign->totals.in(campaign::PledgeState::cancelled).count,
                    .standing = campaign->totals.standing,
                    .collected = campaign->totals.collected,
                    .escrow = campaign->ledger.balance(Account::escrow).minor()};
    for (std::size_t i = 0; i < 3; ++i) outcome.by_reward[i + 1] = campaign->reward_taken[i];
    return outcome;
}

/// The same totals over the usual container; adds are checked, as they are in the campaign.
class InMaps {
  public:
    explicit InMaps(const Story& story) {
        for (const campaign::PledgeRow& row : story.pledging) apply(row);
        for (const campaign::PledgeRow& row : story.charging) apply(row);
    }
    [[nodiscard]] Outcome outcome() const {
        Outcome result = outcome_;
        result.by_reward[0] = 0;
        return result;
    }

  private:
    struct Pledge {
        std::int64_t amount;
        std::uint64_t backer;
        std::uint16_t reward;
        Kind state;
    };
    static void add(std::int64_t& total, std::int64_t amount) {
        if (__builtin_add_overflow(total, amount, &total)) throw Overflow("a total");
    }
    void apply(const campaign::PledgeRow& row) {
        if (row.kind == Kind::made) {
            pledges_.emplace(row.pledge, Pledge{row.amount, row.detail, row.reward, row.kind});
            if (++standing_of_[row.detail] == 1) ++outcome_.backers;
            ++outcome_.by_reward[row.reward];
            return add(outcome_.standing, row.amount);
        }
        Pledge& pledge = pledges_.at(row.pledge);
        switch (row.kind) {
            case Kind::changed:
                add(outcome_.standing, row.amount - pledge.amount);
                --outcome_.by_reward[pledge.reward];
                ++outcome_.by_reward[row.reward];
                pledge.amount = row.amount;
                pledge.reward = row.reward;
                break;
            case Kind::cancelled:
                add(outcome_.standing, -pledge.amount);
                --outcome_.by_reward[pledge.reward];
                ++outcome_.cancelled;
                if (--standing_of_[pledge.backer] == 0) --outcome_.backers;
                break;
            default:
                add(outcome_.collected, row.amount);
                add(outcome_.escrow, row.amount - static_cast<std::int64_t>(row.detail));
        }
        pledge.state = row.kind;
    }

    std::unordered_map<std::uint64_t, Pledge> pledges_;
    std::unordered_map<std::uint64_t, std::uint32_t> standing_of_;
    Outcome outcome_;
};

/// The story of the last question asked, because it takes longer to write than to apply.
template <std::uint64_t (*spread)(std::uint64_t)>
const Story& story(std::size_t rows) {
    static std::unique_ptr<Story> last;
    static std::size_t last_rows = 0;
    if (!last || last_rows != rows) last = std::make_unique<Story>(story_of(rows, spread));
    last_rows = rows;
    return *last;
}

template <std::uint64_t (*spread)(std::uint64_t)>
void apply_rows(benchmark::State& state) {
    const Story& rows = story<spread>(static_cast<std::size_t>(state.range(0)));
    if (outcome_of(play(rows)) != InMaps(rows).outcome()) return state.SkipWithError("the answers differ");
    for (auto _ : state) benchmark::DoNotOptimize(play(rows));
    measured::report(state, rows.pledging.size() + rows.charging.size(), sizeof(campaign::PledgeRow));
}

template <std::uint64_t (*spread)(std::uint64_t)>
void apply_in_maps(benchmark::State& state) {
    const Story& rows = story<spread>(static_cast<std::size_t>(state.range(0)));
    for (auto _ : state) benchmark::DoNotOptimize(InMaps(rows).outcome());
    measured::report(state, rows.pledging.size() + rows.charging.size(), sizeof(campaign::PledgeRow));
}

BENCHMARK(apply_rows<dense>)->Name("events/dense/crowdrules")->Arg(100'000)->Arg(1'000'000)->Arg(10'000'000);
BENCHMARK(apply_in_maps<dense>)->Name("events/dense/unordered_map")->Arg(100'000)->Arg(1'000'000)->Arg(10'000'000);
BENCHMARK(apply_rows<sparse>)->Name("events/sparse/crowdrules")->Arg(100'000)->Arg(1'000'000)->Arg(10'000'000);
BENCHMARK(apply_in_maps<sparse>)->Name("events/sparse/unordered_map")->Arg(100'000)->Arg(1'000'000)->Arg(10'000'000);

}  // namespace
