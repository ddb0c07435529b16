// SPDX-License-Identifier: BSL-1.0
// crowdrules settle: a table of campaigns, each with all its pledges.
#include <crowdrules/rulepacks/load.hpp>
#include <crowdrules/tables/campaign_table.hpp>
#include <crowdrules/tables/table_rules.hpp>

#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "io.hpp"
#include <words/number.hpp>
#include <words/page.hpp>

namespace crowdrules::program {
namespace {

TableRules rules_of(const TableOptions& options, const std::vector<TableCampaign>& table) {
    auto pack = load_pack(options.pack);
    if (!pack) throw Unusable{to_text(pack.error())};
    TableRuleChoices choices;
    if (!options.on.empty()) {
        const auto day = parse_date(options.on);
        if (!day) throw Unusable{"--on: " + to_text(day.error()) + "\n"};
        choices.on = *day;
    }
    const auto mode = rounding_mode(options.rounding);
    if (!mode) throw Unusable{"--rounding: there is no mode '" + options.rounding + "'; half_up, half_even, ...\n"};
    choices.rounding = *mode;
    for (const std::string& fee : options.processing) {
        const std::size_t equals = fee.find('=');
        if (equals == std::string::npos)
            choices.processing[""] = fee;
        else
            choices.processing[fee.substr(0, equals)] = fee.substr(equals + 1);
    }
    auto rules = table_rules(*pack, currencies_of(table), choices);
    if (!rules) throw Unusable{to_text(rules.error())};
    return std::move(*rules);
}

using detail::amount_text;
using detail::grouped;
using detail::aligned;
using Row = std::vector<std::string>;

void print_text(const std::vector<TableCampaign>& table, const SettledTable& settled, const TableRules& rules,
                const TableOptions& options) {
    print("Rules of " + options.pack + " on " + to_text(rules.on) +
          (options.on.empty() ? ", the latest day from which it has any (--on DATE chooses another)" : "") + "\n");
    for (const std::string& note : rules.notes) print("  " + note + "\n");
    print("  Every processing fee is rounded " + options.rounding +
          ": how it is rounded is not established (--rounding MODE chooses another way).\n"
          "  Every card works; one payout. Who took a tier pledged its minimum; what was pledged above the minimums is "
          "spread evenly over all backers.\n\n");
    std::vector<Row> rows{{"", "campaigns", "succeeded", "pledges", "pledged", "collected", "platform fee",
                           "processing fee", "tax", "paid"}};
    std::uint64_t campaigns = 0, pledges = 0;
    for (const auto& [currency, sum] : settled.totals) {
        rows.push_back({std::string(currency.code()), grouped(sum.campaigns), grouped(sum.succeeded),
                        grouped(sum.pledges), amount_text(sum.pledged), amount_text(sum.collected),
                        amount_text(sum.platform_fee), amount_text(sum.processing_fee), amount_text(sum.tax),
                        amount_text(sum.paid)});
        campaigns += sum.campaigns;
        pledges += sum.pledges;
    }
    print(aligned(rows));
    if (!settled.doubtful.empty()) print("\nFigures that contradict each other\n");
    for (const DoubtfulCampaign& doubtful : settled.doubtful) {
        const TableCampaign& campaign = table[doubtful.campaign];
        print("  line " + std::to_string(campaign.line) + "  " + detail::printable(campaign.title) + ": " +
              doubtful.why.what + (doubtful.why.fatal ? "; NOT SETTLED" : "; settled without its tiers") + "\n");
    }
    print("\n" + grouped(campaigns) + " campaigns with " + grouped(pledges) + " pledges settled, " +
          grouped(settled.doubtful.size()) + " with contradictions\n");
}

void print_json(const std::vector<TableCampaign>& table, const SettledTable& settled, const TableRules& rules,
                const TableOptions& options) {
    using Json = nlohmann::ordered_json;
    Json page{{"pack", options.pack}, {"on", to_text(rules.on)}, {"notes", rules.notes}};
    for (const auto& [currency, sum] : settled.totals)
        page["totals"][std::string(currency.code())] = {{"campaigns", sum.campaigns},
                                                        {"succeeded", sum.succeeded},
                                                        {"pledges", sum.pledges},
                                                        {"pledged", to_amount_text(sum.pledged)},
                                                        {"collected", to_amount_text(sum.collected)},
                                                        {"platform_fee", to_amount_text(sum.platform_fee)},
                                                        {"processing_fee", to_amount_text(sum.processing_fee)},
                                                        {"tax", to_amount_text(sum.tax)},
                                                        {"paid", to_amount_text(sum.paid)}};
    page["contradictions"] = Json::array();
    for (const DoubtfulCampaign& doubtful : settled.doubtful)
        page["contradictions"].push_back({{"line", table[doubtful.campaign].line},
                                          {"title", table[doubtful.campaign].title},
                                          {"why", doubtful.why.what},
                                          {"settled", !doubtful.why.fatal}});
    print_as_it_is(page.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

}  // namespace

int complain_of(const std::vector<TextError>& unreadable) {
    for (const TextError& row : unreadable) complain(to_text(row) + "; the row is LEFT OUT\n");
    return unreadable.empty() ? success : unusable;
}

int settle_table(const TableOptions& options) {
    try {
        const auto text = read_input(options.table, largest_records);
        if (!text) throw Unusable{"crowdrules: " + text.error() + "\n"};
        std::vector<TextError> unreadable;
        const auto table = parse_campaign_table(*text, input_name(options.table), &unreadable);
        if (!table) throw Unusable{to_text(table.error()) + "\n"};

        const TableRules rules = rules_of(options, *table);
        const SettledTable settled = [&] {
            ProgressLine progress("settling " + input_name(options.table));
            return settle(*table, rules.terms, options.events ? TablePath::events : TablePath::columns,
                          [&](std::size_t done, std::size_t all) { progress.show(done, all); });
        }();
        if (options.json)
            print_json(*table, settled, rules, options);
        else
            print_text(*table, settled, rules, options);
        return complain_of(unreadable);
    } catch (const Unusable& problem) {
        complain(problem.why);
        return unusable;
    }
}

}  // namespace crowdrules::program
