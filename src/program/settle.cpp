// SPDX-License-Identifier: BSL-1.0
// crowdrules settle: a table of campaigns, each with all its pledges.
#include <crowdrules/rulepacks/load.hpp>
#include <crowdrules/scenario/campaign_table.hpp>
#include <crowdrules/scenario/fee_text.hpp>

#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "io.hpp"
#include <algorithm>
#include <scenario/page.hpp>
#include <set>

namespace crowdrules::program {
namespace {

/// A mistake of whoever calls: its text is shown as it is.
struct Unusable {
    std::string why;
};

/// A country whose campaigns have this currency, as far as one must be named.
std::string country_of(Currency currency) {
    static const std::map<std::string_view, std::string_view> countries{
        {"AUD", "AU"}, {"CAD", "CA"}, {"CHF", "CH"}, {"DKK", "DK"}, {"EUR", "DE"},
        {"GBP", "GB"}, {"HKD", "HK"}, {"JPY", "JP"}, {"MXN", "MX"}, {"NOK", "NO"},
        {"NZD", "NZ"}, {"PLN", "PL"}, {"SEK", "SE"}, {"SGD", "SG"}, {"USD", "US"}};
    const auto found = countries.find(currency.code());
    return found == countries.end() ? "US" : std::string(found->second);
}

/// The terms of every currency of the table, and what had to be settled for want of a rule.
class TableRules {
  public:
    explicit TableRules(const TableOptions& options)
        : pack_(pack_of(options)), on_(day_of(options, pack_)), rounding_(rounding_of(options)) {
        for (const std::string& fee : options.processing) {
            const std::size_t equals = fee.find('=');
            const std::string code = equals == std::string::npos ? "" : fee.substr(0, equals);
            fees_[code] = equals == std::string::npos ? fee : fee.substr(equals + 1);
        }
    }

    [[nodiscard]] Date on() const { return on_; }
    [[nodiscard]] const std::string& pack() const { return pack_.name(); }
    /// One line for each thing worth knowing: "GBP, SEK: the processing fee is not established".
    [[nodiscard]] std::vector<std::string> notes() const {
        std::vector<std::string> lines;
        for (const auto& [text, codes] : notes_) lines.push_back(codes + ": " + text);
        return lines;
    }

    Terms terms(Currency currency) {
        const std::string code(currency.code());
        CampaignDraft draft;
        draft.title = "table";
        draft.country = country_of(currency);
        draft.currency = currency;
        draft.goal = 1'000'000;
        const Instant opens{std::chrono::sys_days(on_)};
        draft.window = {opens, opens + std::chrono::days{30}};
        draft.given["fees.processing.rounding"] = Node::of(to_text(rounding_.mode));

        const bool has_processing = pack_.row("fees.processing", {code, draft.country}, on_) != nullptr;
        const auto fee = fees_.contains(code) ? fees_.find(code) : fees_.find("");
        const bool is_given = fee != fees_.end() && (fees_.contains(code) || !has_processing);
        if (!has_processing) draft.given["fees.processing"] = parse_value("{ bands = [{ rate = \"0%\" }] }").value();
        // Of campaigns that are over, what limited their pledges is of no account.
        give_where_missing(draft, "limits.minimum", "1");
        give_where_missing(draft, "limits.maximum", "1000000");
        give_where_missing(draft, "currencies", code);
        if (!pack_.row("fees.tax", {code, draft.country}, on_)) {
            draft.given["fees.tax"] = Node::of("none");
            note(code, "tax on fees is not established: settled without it");
        }
        auto terms = pack_.campaign_terms(on_, draft);
        if (!terms) throw Unusable{to_text(terms.error())};
        terms->limits = {};
        terms->limits.one_per_backer = true;
        if (is_given) {
            auto schedule = parse_fee(fee->second, currency, rounding_);
            if (!schedule) throw Unusable{"--processing: " + to_text(schedule.error()) + "\n"};
            schedule->name = "processing fee";
            terms->fees.processing = std::move(*schedule);
            note(code, "processing fee as given: " + to_text(terms->fees.processing, currency));
        } else if (!has_processing) {
            terms->fees.processing.bands.clear();
            note(code,
                 "the processing fee is not established for that day: settled WITHOUT it; --processing "
                 "\"CODE=3% + 0.20; below 10.00: 5% + 0.05\" gives one");
        } else {
            note(code, "processing fee " + to_text(terms->fees.processing, currency));
        }
        return *terms;
    }

  private:
    static RulePack pack_of(const TableOptions& options) {
        auto pack = load_pack(options.pack);
        if (!pack) throw Unusable{to_text(pack.error())};
        return std::move(*pack);
    }
    static Rounding rounding_of(const TableOptions& options) {
        const auto mode = rounding_mode(options.rounding);
        if (!mode) throw Unusable{"--rounding: there is no mode '" + options.rounding + "'; half_up, half_even, ...\n"};
        return {*mode};
    }
    static Date day_of(const TableOptions& options, const RulePack& pack) {
        if (!options.on.empty()) {
            const auto day = parse_date(options.on);
            if (!day) throw Unusable{"--on: " + to_text(day.error()) + "\n"};
            return *day;
        }
        Date latest{};
        for (const PackRow& row : pack.rows())
            if (latest < row.from || !latest.ok()) latest = row.from;
        return latest;
    }
    void give_where_missing(CampaignDraft& draft, const char* parameter, const std::string& value) {
        if (pack_.row(parameter, {std::string(draft.currency.code()), draft.country}, on_)) return;
        Node node = Node::of(value);
        if (std::string_view(parameter) == "currencies") {
            node = Node{};
            node.kind = Node::Kind::list;
            node.items = {Node::of(value)};
        }
        draft.given[parameter] = std::move(node);
    }
    void note(const std::string& code, const std::string& text) {
        const auto same = std::find_if(notes_.begin(), notes_.end(), [&](const auto& n) { return n.first == text; });
        if (same == notes_.end())
            notes_.emplace_back(text, code);
        else
            same->second += ", " + code;
    }

    RulePack pack_;
    Date on_;
    Rounding rounding_;
    std::map<std::string, std::string> fees_;                 ///< by currency; "" for all others that need one
    std::vector<std::pair<std::string, std::string>> notes_;  ///< what, and for which currencies
};

using detail::grouped;
using Row = std::vector<std::string>;

/// Columns as wide as they need, the first to the left, the others to the right.
std::string aligned(const std::vector<Row>& rows) {
    std::vector<std::size_t> widths;
    for (const Row& row : rows) {
        widths.resize(std::max(widths.size(), row.size()), 0);
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
    }
    std::string text;
    for (const Row& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            const std::string pad(widths[i] - row[i].size(), ' ');
            text += i == 0 ? row[i] + pad : "  " + pad + row[i];
        }
        text += '\n';
    }
    return text;
}

std::string amount(Money money) {
    std::string text = to_grouped_text(money);
    text.erase(text.find(' '));
    return text;
}

void print_text(const std::vector<TableCampaign>& table, const SettledTable& settled, const TableRules& rules,
                const TableOptions& options) {
    print("Rules of " + rules.pack() + " on " + to_text(rules.on()) +
          (options.on.empty() ? ", the latest day from which it has any (--on DATE chooses another)" : "") + "\n");
    for (const std::string& note : rules.notes()) print("  " + note + "\n");
    print("  Every processing fee is rounded " + options.rounding +
          ": how it is rounded is not established (--rounding MODE chooses another way).\n"
          "  Every card works; one payout. Who took a tier pledged its minimum; what was pledged above the minimums is "
          "spread evenly over all backers.\n\n");
    std::vector<Row> rows{{"", "campaigns", "succeeded", "pledges", "pledged", "collected", "platform fee",
                           "processing fee", "tax", "paid"}};
    std::uint64_t campaigns = 0, pledges = 0;
    for (const auto& [currency, sum] : settled.totals) {
        rows.push_back({std::string(currency.code()), grouped(sum.campaigns), grouped(sum.succeeded),
                        grouped(sum.pledges), amount(sum.pledged), amount(sum.collected), amount(sum.platform_fee),
                        amount(sum.processing_fee), amount(sum.tax), amount(sum.paid)});
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

void print_json(const std::vector<TableCampaign>& table, const SettledTable& settled, const TableRules& rules) {
    using Json = nlohmann::ordered_json;
    Json page{{"pack", rules.pack()}, {"on", to_text(rules.on())}, {"notes", rules.notes()}};
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
    print(page.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

}  // namespace

int settle_table(const TableOptions& options) {
    try {
        const auto text = read_input(options.table);
        if (!text) throw Unusable{"crowdrules: " + text.error() + "\n"};
        const auto table = parse_campaign_table(*text, input_name(options.table));
        if (!table) throw Unusable{to_text(table.error()) + "\n"};

        TableRules rules(options);
        std::set<Currency> currencies;
        for (const TableCampaign& campaign : *table) currencies.insert(campaign.pledged.currency());
        std::map<Currency, Terms> terms;
        for (const Currency currency : currencies) terms.emplace(currency, rules.terms(currency));

        const SettledTable settled = [&] {
            ProgressLine progress("settling " + input_name(options.table));
            return settle(*table, terms, options.events ? TablePath::events : TablePath::columns,
                          [&](std::size_t done, std::size_t all) { progress.show(done, all); });
        }();
        if (options.json)
            print_json(*table, settled, rules);
        else
            print_text(*table, settled, rules, options);
        return success;
    } catch (const Unusable& problem) {
        complain(problem.why);
        return unusable;
    }
}

}  // namespace crowdrules::program
