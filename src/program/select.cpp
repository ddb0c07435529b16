// SPDX-License-Identifier: BSL-1.0
// crowdrules select: campaigns of a table, filtered and ranked by stated criteria.
#include <crowdrules/campaign/curation.hpp>
#include <crowdrules/tables/campaign_table.hpp>

#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "core/listed.hpp"
#include "io.hpp"
#include <algorithm>
#include <charconv>
#include <words/number.hpp>
#include <words/page.hpp>

namespace crowdrules::program {
namespace {

campaign::CurationMeasure measure_named(const std::string& name) {
    if (const auto measure = campaign::curation_measure(name)) return *measure;
    std::string all;
    for (std::size_t i = 0; i < campaign::curation_measure_count; ++i)
        detail::add_to_list(all, std::string(to_text(static_cast<campaign::CurationMeasure>(i))));
    throw Unusable{"there is no measure '" + name + "'; " + all + "\n"};
}

/// "progress", or "progress:3" with its weight.
campaign::CurationCriterion criterion_of(const std::string& text) {
    campaign::CurationCriterion criterion;
    const std::size_t colon = text.find(':');
    criterion.measure = measure_named(text.substr(0, colon));
    if (colon == std::string::npos) return criterion;
    const char* const end = text.data() + text.size();
    const auto [rest, problem] = std::from_chars(text.data() + colon + 1, end, criterion.weight);
    if (problem != std::errc{} || rest != end)
        throw Unusable{"--by " + text + ": the weight is no whole number; progress:3\n"};
    return criterion;
}

/// Enters the bound of "progress=100%" into the criterion of its measure, which is added where there is none.
void add_bound(campaign::Curation& curation, const std::string& text, bool is_least) {
    const char* const option = is_least ? "--at-least " : "--at-most ";
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos) throw Unusable{option + text + ": a measure and its bound; progress=100%\n"};
    const campaign::CurationMeasure measure = measure_named(text.substr(0, equals));
    const auto bound = Decimal::parse(std::string_view(text).substr(equals + 1));
    if (!bound) throw Unusable{option + text + ": " + to_text(bound.error()) + "\n"};
    auto& criteria = curation.criteria;
    auto own = std::find_if(criteria.begin(), criteria.end(), [&](const auto& c) { return c.measure == measure; });
    if (own == criteria.end()) own = criteria.insert(criteria.end(), {.measure = measure, .weight = 0});
    (is_least ? own->at_least : own->at_most) = *bound;
}

campaign::Curation curation_of(const SelectOptions& options) {
    campaign::Curation curation{
        .order = options.points ? campaign::CurationOrder::by_points : campaign::CurationOrder::in_turn,
        .criteria = {}};
    for (const std::string& text : options.by) curation.criteria.push_back(criterion_of(text));
    for (const std::string& text : options.at_least) add_bound(curation, text, true);
    for (const std::string& text : options.at_most) add_bound(curation, text, false);
    return curation;
}

/// What a table knows. Who took a tier gave at least its minimum, so small backers are those of tiers up to `small` and
/// those without one.
campaign::Facts facts_of(const TableCampaign& row, std::int64_t small) {
    campaign::Facts facts{.name = row.title,
                          .goal = row.goal.minor(),
                          .pledged = row.pledged.minor(),
                          .backers = row.backers,
                          .small_backers = {},
                          .opens = {},
                          .closes = never,
                          .last_update = {}};
    std::int64_t larger = 0;
    for (const TableTier& tier : row.tiers) larger += tier.minimum > small ? std::int64_t{tier.backers} : 0;
    if (larger <= facts.backers) facts.small_backers = facts.backers - larger;
    return facts;
}

std::string text_report(const std::vector<campaign::Facts>& facts, const std::vector<std::string>& doubtful,
                        const campaign::CurationResult& result, std::size_t shown, bool points) {
    detail::Page page;
    page.prose(detail::grouped(result.places.size()) + " of " + detail::grouped(facts.size()) + " campaigns ranked, " +
                   detail::grouped(result.left_out.size()) + " left out",
               true);
    for (std::size_t i = 0; i < shown; ++i) {
        const campaign::CurationPlace& place = result.places[i];
        std::string why;
        for (const Derivation& part : place.why.from)
            why += (why.empty() ? "" : "; ") + part.figure + " " + part.value + " (" + part.formula + ")";
        page.line(std::to_string(i + 1) + ". " + detail::printable(facts[place.campaign].name), "",
                  points ? std::to_string(place.points) : "", why);
    }
    std::string text = page.text(false);
    if (!doubtful.empty()) text += "\nNOT RANKED, for figures that contradict each other\n";
    for (const std::string& line : doubtful) text += "  " + line + "\n";
    return text;
}

std::string json_report(const std::vector<campaign::Facts>& facts, const std::vector<std::string>& doubtful,
                        const campaign::CurationResult& result, std::size_t shown) {
    nlohmann::ordered_json json{
        {"campaigns", facts.size()}, {"ranked", result.places.size()}, {"left_out", result.left_out.size()}};
    json["places"] = nlohmann::ordered_json::array();
    for (std::size_t i = 0; i < shown; ++i) {
        const campaign::CurationPlace& place = result.places[i];
        nlohmann::ordered_json entry{{"place", i + 1},
                                     {"title", facts[place.campaign].name},
                                     {"row", place.campaign + 1},
                                     {"points", place.points}};
        for (const Derivation& part : place.why.from)
            entry["why"].push_back({{"measure", part.figure}, {"value", part.value}, {"rank", part.formula}});
        json["places"].push_back(std::move(entry));
    }
    json["contradictions"] = doubtful;
    return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace

int select_campaigns(const SelectOptions& options) {
    try {
        const auto text = read_input(options.table, largest_records);
        if (!text) throw Unusable{"crowdrules: " + text.error() + "\n"};
        std::vector<TextError> unreadable;
        const auto table = parse_campaign_table(*text, input_name(options.table), &unreadable);
        if (!table) throw Unusable{to_text(table.error()) + "\n"};
        const campaign::Curation curation = curation_of(options);
        std::vector<campaign::Facts> facts;
        std::vector<std::string> doubtful;
        for (const TableCampaign& row : *table) {
            if (!options.currency.empty() && row.goal.currency().code() != options.currency) continue;
            // What `settle` does not settle is not ranked either.
            if (const auto doubt = contradiction_in(row); doubt && doubt->fatal) {
                doubtful.push_back("line " + std::to_string(row.line) + "  " + detail::printable(row.title) + ": " +
                                   doubt->what);
                continue;
            }
            const auto small = Money::parse(options.small, row.goal.currency());
            if (!small) throw Unusable{"--small: " + to_text(small.error()) + "\n"};
            facts.push_back(facts_of(row, small->minor()));
        }
        const campaign::CurationResult result = curate(facts, curation, Instant{});
        const std::size_t shown = std::min<std::size_t>(options.first, result.places.size());
        if (options.json)
            print_as_it_is(json_report(facts, doubtful, result, shown));
        else
            print(text_report(facts, doubtful, result, shown, options.points));
        return complain_of(unreadable);
    } catch (const Unusable& mistake) {
        complain(mistake.why);
        return unusable;
    }
}

}  // namespace crowdrules::program
