// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/campaign/decide.hpp>
#include <crowdrules/campaign/evolve.hpp>
#include <crowdrules/columns/settle_pledges.hpp>
#include <crowdrules/money/allocate.hpp>
#include <crowdrules/tables/campaign_table.hpp>
#include <crowdrules/tables/csv.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace crowdrules {
namespace {

struct ColumnName {
    std::string_view name, other = {};
    bool may_be_missing = false;
};
constexpr std::array<ColumnName, 9> columns{{{"title", "name"},
                                             {"project", {}, true},
                                             {"currency"},
                                             {"goal"},
                                             {"pledged"},
                                             {"backers"},
                                             {"tier_minimums", {}, true},
                                             {"tier_backers", {}, true},
                                             {"state", {}, true}}};
enum Column : std::size_t { title, project, currency, goal, pledged, backers, tier_minimums, tier_backers, state };
constexpr std::size_t no_place = std::string_view::npos;
using Places = std::array<std::size_t, columns.size()>;

/// The words of a text, cut at blanks.
std::vector<std::string_view> words_of(std::string_view text) {
    std::vector<std::string_view> words;
    while (true) {
        const std::size_t begin = text.find_first_not_of(' ');
        if (begin == std::string_view::npos) return words;
        text.remove_prefix(begin);
        words.push_back(text.substr(0, text.find(' ')));
        text.remove_prefix(words.back().size());
    }
}

/// One record as a campaign. Errors get the record's line and the column's name.
class RowReader {
  public:
    RowReader(const CsvRecord& record, const Places& places, std::string_view source)
        : record_(record), places_(places), source_(source) {}

    Result<TableCampaign> campaign() {
        const auto money_kind = Currency::iso(text(currency));
        if (!money_kind) return failure(at(currency, money_kind.error()));
        const auto the_goal = Money::parse(text(goal), *money_kind);
        if (!the_goal) return failure(at(goal, the_goal.error()));
        const auto the_pledged = Money::parse(text(pledged), *money_kind);
        if (!the_pledged) return failure(at(pledged, the_pledged.error()));
        const auto the_backers = count(backers, text(backers));
        if (!the_backers) return failure(the_backers.error());
        const auto tiers = tiers_in(*money_kind);
        if (!tiers) return failure(tiers.error());
        return TableCampaign{std::string(text(title)),
                             std::string(text(project)),
                             *the_goal,
                             *the_pledged,
                             *the_backers,
                             *tiers,
                             record_.line,
                             std::string(text(state))};
    }

  private:
    [[nodiscard]] std::string_view text(Column column) const {
        return places_[column] == no_place ? std::string_view() : record_.fields[places_[column]];
    }
    [[nodiscard]] TextError at(Column column, TextError error) const {
        error.where = {std::string(source_), record_.line, 0};
        error.what = std::string(columns[column].name) + ": " + error.what;
        return error;
    }
    [[nodiscard]] Result<std::uint32_t> count(Column column, std::string_view digits) const {
        std::uint32_t value = 0;
        const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        const bool is_whole = problem == std::errc{} && end == digits.data() + digits.size();
        if (!is_whole || value > most_table_backers) {
            const char* const what = is_whole ? "more backers than a campaign can have here" : "not a count";
            return failure(
                at(column,
                   {{}, what, std::string(digits), "a whole number from 0 to " + std::to_string(most_table_backers)}));
        }
        return value;
    }
    [[nodiscard]] Result<std::vector<TableTier>> tiers_in(Currency money_kind) const {
        const auto minimums = words_of(text(tier_minimums));
        const auto takers = words_of(text(tier_backers));
        if (minimums.size() != takers.size())
            return failure(at(
                tier_backers,
                {{}, "not as many as tier_minimums", std::to_string(takers.size()), std::to_string(minimums.size())}));
        // A reward's number has 16 bits, and 0 stands for none.
        if (minimums.size() > 65'535)
            return failure(at(tier_minimums, {{}, "too many tiers", std::to_string(minimums.size()), "up to 65535"}));
        std::vector<TableTier> tiers;
        for (std::size_t i = 0; i < minimums.size(); ++i) {
            const auto minimum = Money::parse(minimums[i], money_kind);
            if (!minimum) return failure(at(tier_minimums, minimum.error()));
            const auto taken = count(tier_backers, takers[i]);
            if (!taken) return failure(taken.error());
            tiers.push_back({minimum->minor(), *taken});
        }
        return tiers;
    }

    const CsvRecord& record_;
    const Places& places_;
    std::string_view source_;
};

struct TierSum {
    std::uint64_t backers = 0;
    Int128 amount = 0;
};

TierSum sum_of(const std::vector<TableTier>& tiers) {
    TierSum sum;
    for (const TableTier& tier : tiers) {
        sum.backers += tier.backers;
        sum.amount += Int128{tier.minimum} * tier.backers;
    }
    return sum;
}

std::optional<std::string> doubt_about_tiers(const TableCampaign& campaign) {
    const TierSum tiers = sum_of(campaign.tiers);
    const auto free_backers = std::int64_t{campaign.backers} - static_cast<std::int64_t>(tiers.backers);
    if (free_backers < 0)
        return "the tiers have " + std::to_string(tiers.backers) + " backers, the campaign " +
               std::to_string(campaign.backers);
    for (const TableTier& tier : campaign.tiers)
        if (tier.minimum < 0 || (tier.minimum == 0 && tier.backers > 0)) return "a tier with a minimum of 0 or less";
    if (tiers.amount > campaign.pledged.minor()) {
        const std::string floor =
            tiers.amount > INT64_MAX
                ? "more than 64 bits hold"
                : to_grouped_text({static_cast<std::int64_t>(tiers.amount), campaign.pledged.currency()});
        return "the tier minimums come to " + floor + ", but " + to_grouped_text(campaign.pledged) + " was pledged";
    }
    // Everybody gets an even part of what lies above the minimums: at least a cent for who took no tier.
    if (free_backers > 0 && campaign.pledged.minor() - tiers.amount < campaign.backers)
        return std::to_string(free_backers) + " backers took no tier, but only " +
               to_grouped_text(
                   {campaign.pledged.minor() - static_cast<std::int64_t>(tiers.amount), campaign.pledged.currency()}) +
               " was pledged above the tier minimums";
    return std::nullopt;
}

/// Every pledge, charge and payout as a command.
campaign::Statement play(const campaign::Terms& terms, const TablePledges& pledges) {
    campaign::Campaign campaign = launch(terms, terms.window.opens);
    campaign::Events happened;
    const auto must = [&](Instant at, campaign::CommandBody what) {
        const auto done = perform(campaign, {CommandId{}, at, std::move(what)}, happened);
        if (!done) throw ContractViolation("a campaign of the table cannot be played: " + to_text(done.error()));
        happened.clear();
    };
    for (std::size_t i = 0; i < pledges.amounts.size(); ++i) {
        campaign::MakePledge pledge{PledgeId{i + 1}, BackerId{i + 1}, {.amount = {pledges.amounts[i], terms.currency}}};
        pledge.choice.reward = campaign::RewardId{pledges.rewards[i]};
        must(terms.window.opens, std::move(pledge));
    }
    const Instant end = terms.window.ended_at();
    advance(campaign, end);
    if (campaign->phase != campaign::Phase::succeeded) return statement(campaign);
    for (std::size_t i = 0; i < pledges.amounts.size(); ++i) must(end, campaign::RecordCharge{PledgeId{i + 1}});
    for (std::uint32_t i = 0; i < campaign->payouts.size(); ++i) must(campaign->payouts[i].due, campaign::PayOut{i});
    return statement(campaign);
}

}  // namespace

namespace {

Result<Places> places_in(const CsvRecord& header, std::string_view source) {
    Places places{};
    std::string missing, found, accepted;
    for (const std::string& name : header.fields) found += (found.empty() ? "" : ",") + name;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const ColumnName& column = columns[i];
        const auto& names = header.fields;
        auto place = std::find(names.begin(), names.end(), column.name);
        if (place == names.end() && !column.other.empty()) place = std::find(names.begin(), names.end(), column.other);
        places[i] = place == names.end() ? no_place : static_cast<std::size_t>(place - names.begin());
        if (place == names.end() && !column.may_be_missing)
            missing += (missing.empty() ? "'" : ", '") + std::string(column.name) + "'";
        accepted += (accepted.empty() ? "" : ",") + std::string(column.name);
    }
    if (missing.empty()) return places;
    const bool is_one = missing.find(',') == std::string::npos;
    return failure(TextError{
        {std::string(source), header.line, 1}, (is_one ? "no column " : "no columns ") + missing, found, accepted});
}

/// What the state of a campaign says against settling it.
std::optional<std::string> doubt_about_state(const TableCampaign& campaign) {
    std::string state = campaign.state;
    for (char& c : state)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    const auto is = [&](std::initializer_list<std::string_view> words) {
        return std::find(words.begin(), words.end(), state) != words.end();
    };
    const bool reached = campaign.pledged >= campaign.goal;
    const std::string figures =
        ", but " + to_grouped_text(campaign.pledged) + " was pledged of a goal of " + to_grouped_text(campaign.goal);
    if (state.empty()) return std::nullopt;
    if (is({"successful", "succeeded", "funded"}))
        return reached ? std::nullopt : std::optional("it is said to be " + campaign.state + figures);
    if (is({"failed", "unsuccessful", "expired"}))
        return reached ? std::optional("it is said to be " + campaign.state + figures) : std::nullopt;
    if (is({"canceled", "cancelled", "suspended"}))
        return "it was " + campaign.state + ", so that nothing was collected";
    return "what became of it is not known: its state is '" + campaign.state + "'";
}

}  // namespace

Result<std::vector<TableCampaign>> parse_campaign_table(std::string_view text, std::string_view source,
                                                        std::vector<TextError>* unreadable) {
    const auto records = parse_csv(text, source);
    if (!records) return failure(records.error());
    if (records->empty())
        return failure(TextError{{std::string(source), 1, 1}, "an empty table", "", "a line with the column names"});
    const auto places = places_in(records->front(), source);
    if (!places) return failure(places.error());
    std::vector<TableCampaign> table;
    for (std::size_t i = 1; i < records->size(); ++i) {
        auto campaign = RowReader((*records)[i], *places, source).campaign();
        if (campaign)
            table.push_back(std::move(*campaign));
        else if (unreadable != nullptr)
            unreadable->push_back(std::move(campaign.error()));
        else
            return failure(std::move(campaign.error()));
    }
    return table;
}

std::optional<Contradiction> contradiction_in(const TableCampaign& campaign) {
    const std::int64_t sum = campaign.pledged.minor();
    if (sum < 0) return Contradiction{"a negative amount was pledged: " + to_grouped_text(campaign.pledged), true};
    if (campaign.goal.minor() <= 0) return Contradiction{"a goal of " + to_grouped_text(campaign.goal), true};
    if (auto doubt = doubt_about_state(campaign)) return Contradiction{std::move(*doubt), true};
    if (campaign.backers > most_table_backers)
        return Contradiction{std::to_string(campaign.backers) + " backers, but at most " +
                                 std::to_string(most_table_backers) + " are settled",
                             true};
    if (sum < campaign.backers)
        return Contradiction{std::to_string(campaign.backers) + " backers, but only " +
                                 to_grouped_text(campaign.pledged) + " was pledged",
                             true};
    if (campaign.backers == 0 && sum > 0)
        return Contradiction{to_grouped_text(campaign.pledged) + " was pledged, but by nobody", true};
    if (auto doubt = doubt_about_tiers(campaign)) return Contradiction{std::move(*doubt), false};
    return std::nullopt;
}

void make_pledges(const TableCampaign& campaign, TablePledges& pledges) {
    pledges.amounts.assign(campaign.backers, 0);
    pledges.rewards.assign(campaign.backers, 0);
    if (campaign.backers == 0) return;

    std::int64_t above = campaign.pledged.minor();
    const bool tiers_are_sound = !doubt_about_tiers(campaign);
    if (tiers_are_sound) above -= static_cast<std::int64_t>(sum_of(campaign.tiers).amount);
    const std::vector<Weight> even(campaign.backers, 1);
    allocate_into(above, even, {AllocationMethod::first}, pledges.amounts);
    if (!tiers_are_sound) return;

    std::size_t next = 0;
    for (std::size_t tier = 0; tier < campaign.tiers.size(); ++tier)
        for (const std::size_t end = next + campaign.tiers[tier].backers; next < end; ++next) {
            pledges.amounts[next] += campaign.tiers[tier].minimum;
            pledges.rewards[next] = static_cast<std::uint16_t>(tier + 1);
        }
}

campaign::Terms terms_of(const TableCampaign& campaign, const campaign::Terms& rules) {
    campaign::Terms terms = rules;
    terms.title = campaign.title;
    terms.model.goal = campaign.goal.minor();
    terms.rewards.clear();
    for (std::size_t i = 0; i < campaign.tiers.size(); ++i)
        terms.rewards.push_back({.name = "tier " + std::to_string(i + 1), .minimum = campaign.tiers[i].minimum});
    return terms;
}

campaign::Statement settle(const TableCampaign& campaign, const campaign::Terms& rules, TablePath path) {
    const campaign::Terms terms = terms_of(campaign, rules);
    TablePledges pledges;
    make_pledges(campaign, pledges);
    if (path == TablePath::events) return play(terms, pledges);
    return settle(terms, PledgeColumns{pledges.amounts, pledges.rewards, {}}).value();
}

TableTotals::TableTotals(Currency in)
    : pledged(0, in), collected(0, in), platform_fee(0, in), processing_fee(0, in), tax(0, in), paid(0, in) {}

void TableTotals::add(const TableTotals& other) {
    TableTotals sum = *this;
    sum.campaigns += other.campaigns;
    sum.succeeded += other.succeeded;
    sum.pledges += other.pledges;
    sum.pledged += other.pledged;
    sum.collected += other.collected;
    sum.platform_fee += other.platform_fee;
    sum.processing_fee += other.processing_fee;
    sum.tax += other.tax;
    sum.paid += other.paid;
    *this = sum;
}

void TableTotals::add(const campaign::Statement& statement) {
    TableTotals one(statement.paid.currency());
    one.campaigns = 1;
    one.succeeded = statement.phase == campaign::Phase::succeeded ? 1 : 0;
    one.pledges = statement.gross.count;
    one.pledged = statement.gross.amount;
    one.collected = statement.collected.amount;
    one.platform_fee = statement.platform_fee;
    one.processing_fee = statement.processing_fee;
    one.tax = statement.platform_tax + statement.processing_tax;
    one.paid = statement.paid;
    add(one);
}

SettledTable settle(const std::vector<TableCampaign>& table, const std::map<Currency, campaign::Terms>& rules,
                    TablePath path, const TableProgress& progress) {
    SettledTable settled;
    settled.campaigns.resize(table.size());
    for (std::size_t i = 0; i < table.size(); ++i) {
        if (progress) progress(i, table.size());
        const TableCampaign& campaign = table[i];
        auto doubt = contradiction_in(campaign);
        if (!doubt || !doubt->fatal) {
            const Currency in = campaign.pledged.currency();
            const auto terms = rules.find(in);
            if (terms == rules.end()) throw ContractViolation("no rules for " + std::string(in.code()));
            TableTotals& one = settled.campaigns[i].emplace(in);
            one.add(settle(campaign, terms->second, path));
            settled.totals.try_emplace(in, in).first->second.add(one);
        }
        if (doubt) settled.doubtful.push_back({i, std::move(*doubt)});
    }
    if (progress) progress(table.size(), table.size());
    return settled;
}

}  // namespace crowdrules
