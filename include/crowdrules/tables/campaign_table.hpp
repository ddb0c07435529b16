// SPDX-License-Identifier: BSL-1.0
// Campaign table: many campaigns, one a line, settled with all their pledges.
//
//   title,project,currency,goal,pledged,backers,tier_minimums,tier_backers
//   Scythe,jameystegmaier/scythe,USD,33000.00,1810294.00,17739,1.00 59.00 79.00,526 2994 1471
//
// A table knows what was pledged in all and how many took which tier, not each single pledge. So the pledges are made
// up by one stated rule: who took a tier pledged its minimum, the other backers took no reward and pledged nothing yet,
// and what was pledged above the tier minimums is spread evenly over all backers, odd cents to the first. Where the
// tiers cannot be right (together they come to more than was pledged, or have more backers), they are left out, the
// whole sum is spread evenly, and the reason is told.
//
// `project`, both columns of tiers and `state` may be missing; a title may be called `name`. The state is the
// platform's own word for what became of the campaign: one that was cancelled, suspended or is still live is not
// settled, nor one whose figures say something else than its state.
#pragma once

#include <crowdrules/campaign/statement.hpp>
#include <crowdrules/campaign/terms.hpp>
#include <crowdrules/core/result.hpp>
#include <crowdrules/money/decimal.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crowdrules {

/// The most backers that a campaign of a table may have, or one of its tiers. Each is settled with a pledge of their
/// own, so the number takes memory: at this limit some 300 MB.
inline constexpr std::uint32_t most_table_backers = 10'000'000;

struct TableTier {
    std::int64_t minimum = 0;  ///< minor units
    std::uint32_t backers = 0;

    bool operator==(const TableTier&) const = default;
};

struct TableCampaign {
    std::string title;
    std::string project;
    Money goal;
    Money pledged;
    std::uint32_t backers = 0;
    std::vector<TableTier> tiers;
    std::size_t line = 0;  ///< of the file
    std::string state{};   ///< what the platform says became of it: "successful", "canceled"; empty: it says nothing

    bool operator==(const TableCampaign&) const = default;
};

/// Reads a table with the columns above, in any order; other columns are passed over.
/// Refuses: what parse_csv refuses; missing columns, all of them at once; amounts and counts that are none; more than
/// most_table_backers; a tier without its backers. With `unreadable`, what is wrong with single rows goes there and the
/// other rows are read.
[[nodiscard]] Result<std::vector<TableCampaign>> parse_campaign_table(std::string_view text,
                                                                      std::string_view source = {},
                                                                      std::vector<TextError>* unreadable = nullptr);

/// Two figures of one campaign that cannot both be right, or a state in which nothing is settled.
struct Contradiction {
    std::string what;    ///< "the tiers come to 2,415,744.00 GBP, but 1,578,316.00 GBP was pledged"
    bool fatal = false;  ///< true: not even the sum can be settled; false: only the tiers are in doubt

    bool operator==(const Contradiction&) const = default;
};
[[nodiscard]] std::optional<Contradiction> contradiction_in(const TableCampaign& campaign);

/// The pledges of a campaign by the rule above.
struct TablePledges {
    std::vector<std::int64_t> amounts;   ///< minor units
    std::vector<std::uint16_t> rewards;  ///< RewardId of each: the tier's place from 1, or 0
};
/// Writes over `pledges`, so that its memory serves for many campaigns. Expects: no fatal contradiction.
void make_pledges(const TableCampaign& campaign, TablePledges& pledges);

/// The rules for one currency, with the campaign's own title, goal and tiers.
[[nodiscard]] campaign::Terms terms_of(const TableCampaign& campaign, const campaign::Terms& rules);

/// How a table is settled. Both ways must come to the same statements.
enum class TablePath : std::uint8_t {
    columns,  ///< all pledges of a campaign at once
    events,   ///< every pledge, charge and payout a command that is decided and applied
};

/// The statement of one campaign of the table. Expects: no fatal contradiction.
[[nodiscard]] campaign::Statement settle(const TableCampaign& campaign, const campaign::Terms& rules, TablePath path);

/// Sums over all campaigns of one currency.
struct TableTotals {
    std::uint64_t campaigns = 0;
    std::uint64_t succeeded = 0;
    std::uint64_t pledges = 0;
    Money pledged, collected, platform_fee, processing_fee, tax, paid;

    explicit TableTotals(Currency currency);
    /// Both throw Overflow and change nothing.
    void add(const campaign::Statement& statement);
    void add(const TableTotals& other);
    bool operator==(const TableTotals&) const = default;
};

struct DoubtfulCampaign {
    std::size_t campaign;  ///< its place in the table, from 0
    Contradiction why;

    bool operator==(const DoubtfulCampaign&) const = default;
};

struct SettledTable {
    std::vector<std::optional<TableTotals>> campaigns;  ///< each by itself; nothing for one that cannot be settled
    std::map<Currency, TableTotals> totals;
    std::vector<DoubtfulCampaign> doubtful;

    bool operator==(const SettledTable&) const = default;
};

/// How far a long run has come: campaigns done, of all.
using TableProgress = std::function<void(std::size_t done, std::size_t all)>;

/// Settles every campaign. `rules` has the terms for each currency of the table: window, fees, charges, payouts.
/// Throws ContractViolation for a currency without rules.
[[nodiscard]] SettledTable settle(const std::vector<TableCampaign>& table,
                                  const std::map<Currency, campaign::Terms>& rules, TablePath path,
                                  const TableProgress& progress = {});

}  // namespace crowdrules
