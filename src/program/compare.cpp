// SPDX-License-Identifier: BSL-1.0
// crowdrules compare: one campaign under the rules of many packs, side by side.
#include <crowdrules/analysis/compare.hpp>
#include <crowdrules/rulepacks/load.hpp>

#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "io.hpp"
#include <algorithm>
#include <words/number.hpp>
#include <words/page.hpp>

namespace crowdrules::program {
namespace {

using Json = nlohmann::ordered_json;

std::vector<std::string> parts_of(const std::string& list) {
    std::vector<std::string> parts;
    for (std::size_t from = 0; from <= list.size();) {
        const std::size_t end = std::min(list.find(',', from), list.size());
        if (end > from) parts.push_back(list.substr(from, end - from));
        from = end + 1;
    }
    return parts;
}

/// "EUR=1.10": one EUR is 1.10 of the campaign's currency.
ExchangeRate rate_of(const std::string& text, Currency to) {
    const std::size_t equals = text.find('=');
    const auto from = Currency::iso(text.substr(0, equals));
    const auto rate = equals == text.npos ? std::nullopt : [&]() -> std::optional<Decimal> {
        const auto parsed = Decimal::parse(text.substr(equals + 1));
        return parsed && *parsed > Decimal{} ? std::optional(*parsed) : std::nullopt;
    }();
    if (!from || !rate)
        throw Unusable{"--rate: '" + text + "' is no rate; accepted: \"EUR=1.10\", so much " + std::string(to.code()) +
                       " for one EUR\n"};
    return {*from, to, *rate, {}};
}

/// What a line says of one contender.
struct Line {
    const ComparedCampaign& campaign;
    std::string outcome, first_paid;

    [[nodiscard]] std::string money(std::string_view name) const {
        return to_amount_text(figure(*campaign.statement, name).value());
    }
    [[nodiscard]] Money backers_pay() const {
        return campaign.statement->collected.amount - campaign.statement->refunded;
    }
    [[nodiscard]] Money taxes() const { return campaign.statement->platform_tax + campaign.statement->processing_tax; }
    [[nodiscard]] std::size_t refused() const {
        std::size_t count = 0;
        for (const Refusal& refusal : campaign.refusals) count += refusal.count;
        return count;
    }
};

Line line_of(const ComparedCampaign& campaign) {
    Line line{campaign, {}, {}};
    if (!campaign.statement) return line;
    line.outcome = to_text(campaign.statement->phase);
    if (campaign.statement->goal_missed) line.outcome += ", goal missed";
    for (const campaign::PayoutLine& payout : campaign.statement->payouts)
        if (payout.paid_at && line.first_paid.empty()) line.first_paid = to_text(*payout.paid_at).substr(0, 10);
    return line;
}

std::string why_not(const ComparedCampaign& campaign) {
    for (const Finding& finding : campaign.findings)
        if (finding.kind != FindingKind::remark) return to_text(finding);
    return "the rules are not complete";
}

std::string text_of(const CampaignComparison& result, const Scenario& scenario) {
    std::vector<std::vector<std::string>> rows{{"", "backers pay", "creator gets", "platform fee", "processing fee",
                                                "tax on fees", "first paid", "outcome"}};
    std::string rules, reasons;
    for (const ComparedCampaign& campaign : result.campaigns) {
        const Line line = line_of(campaign);
        if (!campaign.statement) {
            reasons += "  " + campaign.name + ": " + why_not(campaign) + "\n";
            continue;
        }
        rows.push_back({campaign.name, detail::amount_text(line.backers_pay()),
                        detail::amount_text(campaign.statement->paid),
                        detail::amount_text(campaign.statement->platform_fee),
                        detail::amount_text(campaign.statement->processing_fee), detail::amount_text(line.taxes()),
                        line.first_paid.empty() ? "-" : line.first_paid, line.outcome});
        rules += "  " + campaign.name + ": " +
                 (campaign.terms->pack.empty() ? "the campaign's own terms" : campaign.terms->pack);
        if (line.refused() > 0)
            rules += "; " + detail::counted(line.refused(), "command") + " refused";
        rules += "\n";
    }
    std::string text = scenario.title + ", in " + std::string(scenario.terms.currency.code()) + "\n\n" +
                       detail::aligned(rows) + "\nRules\n" + rules;
    if (!reasons.empty()) text += "\nNo figures\n" + reasons;
    return text;
}

std::string csv_cell(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == text.npos) return text;
    std::string cell = "\"";
    for (const char c : text) cell += c == '"' ? std::string("\"\"") : std::string(1, c);
    return cell + "\"";
}

std::string csv_of(const CampaignComparison& result) {
    std::string text =
        "pack,currency,outcome,backers_pay,creator_gets,platform_fee,processing_fee,tax_on_fees,first_paid,established,"
        "given,assumed,rules,reason\n";
    for (const ComparedCampaign& campaign : result.campaigns) {
        const Line line = line_of(campaign);
        std::vector<std::string> cells(14);
        cells[0] = campaign.name;
        if (campaign.terms) {
            const RuleCounts counts = counts_of(*campaign.terms);
            cells[1] = campaign.terms->currency.code();
            cells[9] = std::to_string(counts.established);
            cells[10] = std::to_string(counts.given);
            cells[11] = std::to_string(counts.assumed);
            cells[12] = campaign.terms->pack;
        }
        if (campaign.statement) {
            cells[2] = line.outcome;
            cells[3] = to_amount_text(line.backers_pay());
            cells[4] = line.money("paid");
            cells[5] = line.money("platform_fee");
            cells[6] = line.money("processing_fee");
            cells[7] = to_amount_text(line.taxes());
            cells[8] = line.first_paid;
        } else {
            cells[13] = why_not(campaign);
        }
        for (std::size_t i = 0; i < cells.size(); ++i) text += (i == 0 ? "" : ",") + csv_cell(cells[i]);
        text += "\n";
    }
    return text;
}

std::string json_of(const CampaignComparison& result, const Scenario& scenario) {
    Json page{{"title", scenario.title}, {"currency", std::string(scenario.terms.currency.code())}};
    page["campaigns"] = Json::array();
    std::size_t with_terms = 0;
    for (const ComparedCampaign& campaign : result.campaigns) {
        Json entry{{"name", campaign.name}};
        if (campaign.terms) {
            const RuleCounts counts = counts_of(*campaign.terms);
            entry["terms"] = with_terms++;
            entry["rules"] = campaign.terms->pack;
            entry["established"] = counts.established;
            entry["given"] = counts.given;
            entry["assumed"] = Json::object();
            for (const auto& [path, citation] : assumed_in(*campaign.terms)) entry["assumed"][path] = citation.source;
        }
        if (campaign.statement) {
            const Line line = line_of(campaign);
            entry["outcome"] = line.outcome;
            entry["backers_pay"] = to_amount_text(line.backers_pay());
            entry["creator_gets"] = line.money("paid");
            entry["tax_on_fees"] = to_amount_text(line.taxes());
            entry["first_paid"] = line.first_paid.empty() ? Json() : Json(line.first_paid);
            entry["refused"] = line.refused();
            entry["figures"] = Json::object();
            for (const std::string& name : campaign::figure_names()) entry["figures"][name] = line.money(name);
        } else {
            entry["reasons"] = Json::array();
            for (const Finding& finding : campaign.findings) entry["reasons"].push_back(to_text(finding));
        }
        page["campaigns"].push_back(std::move(entry));
    }
    page["differing_rules"] = Json::array();
    for (const RuleDifference& rule : result.rules) {
        Json entry{{"rule", rule.path}, {"values", rule.values}, {"written", Json::array()}};
        for (const Citation& citation : rule.citations) entry["written"].push_back(to_text(citation));
        page["differing_rules"].push_back(std::move(entry));
    }
    return page.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Scenario scenario_in(const std::string& file, const ReadText& read) {
    const auto text = read_input(file, largest_story);
    if (!text) throw Unusable{"crowdrules: " + text.error() + "\n"};
    auto scenario = parse_scenario(*text, input_name(file), read);
    if (!scenario) throw Unusable{to_text(scenario.error())};
    return std::move(*scenario);
}

CampaignComparison compared(const Scenario& scenario, const CompareOptions& options, const ReadText& read) {
    UnderPack how{.country = options.country, .assume = options.assume};
    if (!options.on.empty()) {
        const auto on = parse_date(options.on);
        if (!on) throw Unusable{"--on: '" + options.on + "' is no date; accepted: \"2026-11-02\"\n"};
        how.on = *on;
    }
    for (const std::string& rate : options.rates) how.rates.push_back(rate_of(rate, scenario.terms.currency));
    if (!options.assume.empty())
        if (const auto assumed = load_assumptions(options.assume, read); !assumed)
            throw Unusable{"--assume: " + to_text(assumed.error())};

    std::vector<Contender> contenders{{"as it is", scenario.terms}};
    for (const std::string& list : options.packs)
        for (const std::string& name : list == "all" ? campaign_packs() : parts_of(list)) {
            const auto pack = load_pack(name, read);
            if (!pack) throw Unusable{"--packs: " + to_text(pack.error())};
            contenders.push_back({name, under_pack(scenario, *pack, how, read)});
        }
    ProgressLine progress("playing " + input_name(options.file));
    return compare(scenario, contenders, [&](std::uint64_t done, std::uint64_t all) { progress.show(done, all); });
}

}  // namespace

int compare_packs(const CompareOptions& options) {
    try {
        const ReadText read = files_beside(options.file);
        const Scenario scenario = scenario_in(options.file, read);
        const CampaignComparison result = compared(scenario, options, read);
        if (options.json)
            print_as_it_is(json_of(result, scenario));
        else
            print(options.csv ? csv_of(result) : text_of(result, scenario));
        return success;
    } catch (const Unusable& mistake) {
        complain(mistake.why);
        return unusable;
    }
}

}  // namespace crowdrules::program
