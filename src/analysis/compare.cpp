// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/analysis/compare.hpp>
#include <crowdrules/rulepacks/load.hpp>

#include "play_with_terms.hpp"
#include "restate.hpp"
#include <algorithm>
#include <protocol/later.hpp>
#include <rulepacks/draft.hpp>

namespace crowdrules {

namespace {

/// The day whose rules hold: the launch where the pack has a fee then, else the nearest on which it has one.
Date day_of(const RulePack& pack, Date launched) {
    for (const std::string_view parameter : {"fees.platform", "model.goal", "charges.timing"}) {
        std::optional<Date> later, earlier;
        for (const PackRow& row : pack.rows()) {
            if (row.parameter != parameter) continue;
            if (row.from <= launched && (!row.until || launched <= *row.until)) return launched;
            if (row.from > launched && (!later || row.from < *later)) later = row.from;
            if (row.from <= launched && (!earlier || *row.until > *earlier)) earlier = *row.until;
        }
        if (later) return *later;
        if (earlier) return *earlier;
    }
    return launched;
}

/// A place where a pack is on offer, and in which currencies; none named: in any.
struct Place {
    std::string country;
    std::vector<std::string> currencies{};

    [[nodiscard]] bool has(std::string_view currency) const {
        return currencies.empty() || std::find(currencies.begin(), currencies.end(), currency) != currencies.end();
    }
};

/// Every place where it is on offer on a day; of a pack that is on offer nowhere then, where it ever is.
std::vector<Place> places_of(const RulePack& pack, Date on) {
    std::vector<Place> now, ever;
    for (const PackRow& row : pack.rows()) {
        if (row.parameter != "currencies") continue;
        Place place{row.scope.country};
        for (const Node& code : row.value.items) place.currencies.push_back(code.text);
        if (row.from <= on && (!row.until || on <= *row.until)) now.push_back(place);
        ever.push_back(std::move(place));
    }
    return now.empty() ? ever : now;
}

Place place_of(const RulePack& pack, Date on, const std::string& wanted, const std::string& own,
               std::string_view currency) {
    const std::vector<Place> places = places_of(pack, on);
    const std::string& country = wanted.empty() ? own : wanted;
    const auto find = [&](auto is_it) { return std::find_if(places.begin(), places.end(), is_it); };
    auto found = find([&](const Place& place) { return place.country == country && place.has(currency); });
    if (found == places.end()) found = find([&](const Place& place) { return place.country == country; });
    if (found == places.end() && wanted.empty()) {
        found = find([&](const Place& place) { return place.has(currency); });
        if (found == places.end()) found = places.begin();
    }
    return found == places.end() ? Place{country} : *found;
}

}  // namespace

Result<campaign::Terms, Findings> under_pack(const Scenario& scenario, const RulePack& pack, const UnderPack& how,
                                             const ReadText& read) {
    const campaign::Terms& own = scenario.terms;
    const Date launched = std::chrono::floor<std::chrono::days>(own.window.opens);
    const Date on = how.on.value_or(day_of(pack, launched));
    const Place place = place_of(pack, on, how.country, scenario.country, own.currency.code());
    CampaignDraft draft = draft_of(own, place.country);
    draft.given = how.given;
    draft.assume = how.assume;
    draft.happenings = happenings_in(scenario.timeline);
    const std::string where = place.country == scenario.country ? "" : ", for a creator in " + place.country;
    if (place.has(own.currency.code()) || how.given.contains("currencies")) {
        auto terms = pack.campaign_terms(on, draft, read);
        if (terms && !place.country.empty()) terms->pack += where;
        return terms;
    }

    const auto rate = std::find_if(how.rates.begin(), how.rates.end(), [&](const ExchangeRate& known) {
        return known.to == own.currency && place.has(known.from.code());
    });
    if (rate == how.rates.end()) {
        const std::string& currency = place.currencies.front();
        return failure(Findings{{FindingKind::missing, "currencies",
                                 pack.name() + " is in " + currency + ", and the campaign in " +
                                     std::string(own.currency.code()),
                                 "a rate: how much " + std::string(own.currency.code()) + " one " + currency +
                                     " is worth"}});
    }
    const bool goal_is_money = own.model.measure == campaign::Measure::money;
    CampaignDraft other = draft;
    other.currency = rate->from;
    detail::restate(detail::value_of(other), goal_is_money, [&](std::int64_t minor) {
        return exchange_to_cover(Money(minor, rate->to), *rate).minor();
    });
    auto terms = pack.campaign_terms(on, other, read);
    if (!terms) return terms;
    detail::restate(detail::value_of(*terms), goal_is_money, [&](std::int64_t minor) {
        return exchange(Money(minor, rate->from), *rate, {RoundingMode::half_even}).minor();
    });
    // The campaign's own amounts were in its currency before, to the cent.
    terms->currency = draft.currency;
    terms->model.goal = draft.goal;
    terms->stretch_goals = draft.stretch_goals;
    const auto closing = [](const auto& item) { return item.available ? item.available->closing : ClosingInstant{}; };
    for (std::size_t i = 0; i < draft.rewards.size(); ++i) {
        if (draft.rewards[i].available) draft.rewards[i].available->closing = closing(terms->rewards[i]);
        terms->rewards[i] = draft.rewards[i];
    }
    for (std::size_t i = 0; i < draft.add_ons.size(); ++i) {
        if (draft.add_ons[i].available) draft.add_ons[i].available->closing = closing(terms->add_ons[i]);
        terms->add_ons[i] = draft.add_ons[i];
    }
    terms->pack += where + ", 1 " + std::string(rate->from.code()) + " at " + to_text(rate->rate) + " " +
                   std::string(rate->to.code());
    if (Findings defects = defects_of(*terms); has_refusal(defects)) return failure(std::move(defects));
    return terms;
}

std::vector<std::string> campaign_packs() {
    std::vector<std::string> names;
    for (const std::string& name : pack_names())
        if (const auto pack = load_pack(name); pack && pack->kind() == PackKind::campaign) names.push_back(name);
    return names;
}

CampaignComparison compare(const Scenario& scenario, std::span<const Contender> contenders,
                           const PlayProgress& progress) {
    CampaignComparison result;
    std::vector<campaign::Terms> all_terms;
    for (const Contender& contender : contenders) {
        ComparedCampaign& compared = result.campaigns.emplace_back();
        compared.name = contender.name;
        if (!contender.terms) {
            compared.findings = contender.terms.error();
            continue;
        }
        compared.terms = *contender.terms;
        all_terms.push_back(*contender.terms);
        auto played = detail::play_with_terms(scenario, *contender.terms, progress);
        if (!played) {
            compared.findings = std::move(played.error());
            continue;
        }
        compared.statement = statement(played->campaign);
        compared.refusals = std::move(played->refusals);
    }
    for (const std::string& name : campaign::figure_names()) {
        ComparedFigure& compared = result.figures.emplace_back();
        compared.name = name;
        for (const ComparedCampaign& campaign : result.campaigns)
            compared.values.push_back(campaign.statement ? figure(*campaign.statement, name) : std::nullopt);
    }
    result.rules = differences(all_terms);
    return result;
}

std::vector<ComparedFigure> CampaignComparison::differing() const {
    std::vector<ComparedFigure> different;
    for (const ComparedFigure& compared : figures) {
        const auto& values = compared.values;
        const auto first = std::find_if(values.begin(), values.end(), [](const auto& v) { return v.has_value(); });
        if (std::any_of(first, values.end(), [&](const auto& value) { return value && *value != **first; }))
            different.push_back(compared);
    }
    return different;
}

}  // namespace crowdrules
