// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/tables/fee_text.hpp>
#include <crowdrules/tables/table_rules.hpp>

#include <algorithm>

namespace crowdrules {
namespace {

/// A country whose campaigns have this currency, as far as one must be named.
std::string country_of(Currency currency) {
    static const std::map<std::string_view, std::string_view> countries{
        {"AUD", "AU"}, {"CAD", "CA"}, {"CHF", "CH"}, {"DKK", "DK"}, {"EUR", "DE"},
        {"GBP", "GB"}, {"HKD", "HK"}, {"JPY", "JP"}, {"MXN", "MX"}, {"NOK", "NO"},
        {"NZD", "NZ"}, {"PLN", "PL"}, {"SEK", "SE"}, {"SGD", "SG"}, {"USD", "US"}};
    const auto found = countries.find(currency.code());
    return found == countries.end() ? "US" : std::string(found->second);
}

/// Collects terms and notes, currency by currency.
class Maker {
  public:
    Maker(const RulePack& pack, const TableRuleChoices& choices)
        : pack_(pack), choices_(choices), on_(choices.on ? *choices.on : latest_day(pack)) {}

    [[nodiscard]] Date on() const { return on_; }
    [[nodiscard]] std::vector<std::string> notes() const {
        std::vector<std::string> lines;
        for (const auto& [text, codes] : notes_) lines.push_back(codes + ": " + text);
        return lines;
    }

    [[nodiscard]] const std::map<Currency, std::vector<std::string>>& unknown() const { return unknown_; }

    Result<campaign::Terms, Findings> terms(Currency currency) {
        const std::string code(currency.code());
        CampaignDraft draft;
        draft.title = "table";
        draft.country = country_of(currency);
        draft.currency = currency;
        draft.goal = 1'000'000;
        const Instant opens{std::chrono::sys_days(on_)};
        draft.window = {opens, opens + std::chrono::days{30}};
        draft.given["fees.processing.rounding"] = Node::of(to_text(choices_.rounding));

        const bool has_processing = pack_.row("fees.processing", {code, draft.country}, on_) != nullptr;
        const auto& fees = choices_.processing;
        const auto fee = fees.contains(code) ? fees.find(code) : fees.find("");
        const bool is_given = fee != fees.end() && (fees.contains(code) || !has_processing);
        if (!has_processing) draft.given["fees.processing"] = parse_value("{ bands = [{ rate = \"0%\" }] }").value();
        // Of campaigns that are over, what limited their pledges is of no account.
        give_where_missing(draft, "limits.minimum", Node::of("1"));
        give_where_missing(draft, "limits.maximum", Node::of("1000000"));
        Node only_this;
        only_this.kind = Node::Kind::list;
        only_this.items = {Node::of(code)};
        give_where_missing(draft, "currencies", std::move(only_this));
        if (!pack_.row("fees.tax", {code, draft.country}, on_)) {
            draft.given["fees.tax"] = Node::of("none");
            unknown_[currency].emplace_back("tax");
            note(code, "tax on fees is not established: settled without it");
        }
        auto terms = pack_.campaign_terms(on_, draft);
        if (!terms) return terms;
        terms->limits = {};
        terms->limits.one_per_backer = true;
        if (is_given) {
            auto schedule = parse_fee(fee->second, currency, {choices_.rounding});
            if (!schedule) return failure(Findings{unreadable(code, schedule.error())});
            schedule->name = "processing fee";
            terms->fees.processing = std::move(*schedule);
            note(code, "processing fee as given: " + to_text(terms->fees.processing, currency));
        } else if (!has_processing) {
            terms->fees.processing.bands.clear();
            unknown_[currency].emplace_back("processing_fee");
            note(code,
                 "the processing fee is not established for that day: settled WITHOUT it; one may be given, as "
                 "\"3% + 0.20; below 10.00: 5% + 0.05\"");
        } else {
            note(code, "processing fee " + to_text(terms->fees.processing, currency));
        }
        return terms;
    }

  private:
    static Date latest_day(const RulePack& pack) {
        Date latest{};
        for (const PackRow& row : pack.rows())
            if (latest < row.from || !latest.ok()) latest = row.from;
        return latest;
    }
    static Finding unreadable(const std::string& code, const TextError& error) {
        return {.kind = FindingKind::malformed,
                .rule = "processing fee of " + code,
                .what = to_text(error),
                .accepted = "3% + 0.20; below 10.00: 5% + 0.05"};
    }
    void give_where_missing(CampaignDraft& draft, const char* parameter, Node value) const {
        if (!pack_.row(parameter, {std::string(draft.currency.code()), draft.country}, on_))
            draft.given[parameter] = std::move(value);
    }
    void note(const std::string& code, const std::string& text) {
        const auto same = std::find_if(notes_.begin(), notes_.end(), [&](const auto& n) { return n.first == text; });
        if (same == notes_.end())
            notes_.emplace_back(text, code);
        else
            same->second += ", " + code;
    }

    const RulePack& pack_;
    const TableRuleChoices& choices_;
    Date on_;
    std::map<Currency, std::vector<std::string>> unknown_;
    std::vector<std::pair<std::string, std::string>> notes_;  ///< what, and for which currencies
};

}  // namespace

std::set<Currency> currencies_of(const std::vector<TableCampaign>& table) {
    std::set<Currency> currencies;
    for (const TableCampaign& campaign : table) currencies.insert(campaign.pledged.currency());
    return currencies;
}

Result<TableRules, Findings> table_rules(const RulePack& pack, const std::set<Currency>& currencies,
                                         const TableRuleChoices& choices) {
    Maker maker(pack, choices);
    TableRules rules{.terms = {}, .on = maker.on(), .unknown = {}, .notes = {}};
    for (const Currency currency : currencies) {
        auto terms = maker.terms(currency);
        if (!terms) return failure(std::move(terms.error()));
        rules.terms.emplace(currency, std::move(*terms));
    }
    rules.unknown = maker.unknown();
    rules.notes = maker.notes();
    return rules;
}

}  // namespace crowdrules
