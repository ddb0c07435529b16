// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/campaign/curation.hpp>
#include <crowdrules/core/contract.hpp>
#include <crowdrules/money/money.hpp>

#include <fmt/format.h>

#include "core/enumerators.hpp"
#include "campaign/state/support.hpp"
#include <algorithm>
#include <money/wide.hpp>
#include <numeric>

namespace crowdrules::campaign {

namespace {

constexpr std::int64_t day = 86'400;

/// numerator / denominator, with a denominator above zero.
struct Fraction {
    Int128 numerator = 0;
    Int128 denominator = 1;
};
using Figure = std::optional<Fraction>;

int compare(const Fraction& a, const Fraction& b) {
    const Wide left = to_wide(a.numerator) * to_wide(b.denominator);
    const Wide right = to_wide(b.numerator) * to_wide(a.denominator);
    return left < right ? -1 : left > right ? 1 : 0;
}

Figure quotient(Int128 numerator, Int128 denominator) {
    if (denominator <= 0) return std::nullopt;
    return Fraction{numerator, denominator};
}

Figure figure_of(const Facts& campaign, CurationMeasure measure, Instant at) {
    switch (measure) {
        case CurationMeasure::progress:
            return quotient(campaign.pledged, campaign.goal);
        case CurationMeasure::pace: {
            if (campaign.closes == never || campaign.closes <= campaign.opens || at <= campaign.opens) return {};
            const Elapsed passed = std::min(at, campaign.closes) - campaign.opens;
            const Elapsed length = campaign.closes - campaign.opens;
            return quotient(Int128{campaign.pledged} * length.count(), Int128{campaign.goal} * passed.count());
        }
        case CurationMeasure::small_backers:
            return campaign.small_backers ? quotient(*campaign.small_backers, campaign.backers) : std::nullopt;
        case CurationMeasure::backers:
            return Fraction{campaign.backers, 1};
        case CurationMeasure::per_backer:
            return quotient(campaign.pledged, campaign.backers);
        case CurationMeasure::days_left:
            if (campaign.closes == never) return {};
            return Fraction{std::max<std::int64_t>((campaign.closes - at).count(), 0), day};
        case CurationMeasure::update_age:
            if (!campaign.last_update) return {};
            return Fraction{(at - *campaign.last_update).count(), day};
    }
    return {};
}

/// Four decimals, cut: enough to read. The order is made by the fraction itself.
std::string text(const Figure& figure, CurationMeasure measure) {
    if (!figure) return "not known";
    const bool is_share = measure == CurationMeasure::progress || measure == CurationMeasure::pace ||
                          measure == CurationMeasure::small_backers;
    if (figure->denominator == 1) return fmt::format("{}", static_cast<std::int64_t>(figure->numerator));
    const Wide scaled = to_wide(figure->numerator) * 10'000 / to_wide(figure->denominator);
    const Decimal value = Decimal::of(to_int128(scaled, "a figure of a campaign has more than 38 digits"), 4);
    return is_share ? to_percent(value) : to_text(value);
}

std::string text(const Decimal& bound, CurationMeasure measure) {
    const bool is_share = measure == CurationMeasure::progress || measure == CurationMeasure::pace ||
                          measure == CurationMeasure::small_backers;
    return is_share ? to_percent(bound) : to_text(bound);
}

Fraction fraction_of(const Decimal& value) {
    Int128 scale = 1;
    for (unsigned i = 0; i < value.scale(); ++i) scale *= 10;
    return {value.coefficient(), scale};
}

/// Why a campaign is left out by a criterion; empty: it is not.
std::string left_out_by(const CurationCriterion& criterion, const Figure& figure) {
    if (!criterion.at_least && !criterion.at_most) return {};
    const std::string name(to_text(criterion.measure));
    if (!figure) return name + " is not known, and it is asked for";
    if (criterion.at_least && compare(*figure, fraction_of(*criterion.at_least)) < 0) {
        return fmt::format("{} is {}, and at least {} is wanted", name, text(figure, criterion.measure),
                           text(*criterion.at_least, criterion.measure));
    }
    if (criterion.at_most && compare(*figure, fraction_of(*criterion.at_most)) > 0) {
        return fmt::format("{} is {}, and at most {} is wanted", name, text(figure, criterion.measure),
                           text(*criterion.at_most, criterion.measure));
    }
    return {};
}

/// One criterion over the campaigns that are ranked: for each, how many it is better than.
struct Ranked {
    std::vector<Figure> figures;
    std::vector<std::int64_t> better_than;
};

Ranked rank(std::span<const Facts> campaigns, const std::vector<std::size_t>& kept, const CurationCriterion& criterion,
            Instant at) {
    Ranked ranked;
    for (const std::size_t i : kept) ranked.figures.push_back(figure_of(campaigns[i], criterion.measure, at));
    const bool less = less_is_better(criterion.measure);
    const auto is_better = [&](std::size_t a, std::size_t b) {
        const Figure& x = ranked.figures[a];
        const Figure& y = ranked.figures[b];
        if (!x || !y) return x.has_value() && !y.has_value();
        const int order = compare(*x, *y);
        return less ? order < 0 : order > 0;
    };
    std::vector<std::size_t> order(kept.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), is_better);
    ranked.better_than.resize(kept.size());
    for (std::size_t i = order.size(); i-- > 0;) {
        const bool like_next = i + 1 < order.size() && !is_better(order[i], order[i + 1]);
        ranked.better_than[order[i]] =
            like_next ? ranked.better_than[order[i + 1]] : static_cast<std::int64_t>(order.size() - 1 - i);
    }
    return ranked;
}

}  // namespace

std::string_view to_text(CurationMeasure measure) noexcept {
    return detail::enumerator_name(measure);
}

std::optional<CurationMeasure> curation_measure(std::string_view name) noexcept {
    for (std::size_t i = 0; i < curation_measure_count; ++i) {
        if (to_text(static_cast<CurationMeasure>(i)) == name) return static_cast<CurationMeasure>(i);
    }
    return std::nullopt;
}

bool less_is_better(CurationMeasure measure) noexcept {
    return measure == CurationMeasure::update_age || measure == CurationMeasure::days_left;
}

std::string_view to_text(CurationOrder order) noexcept {
    return detail::enumerator_name(order);
}

Facts facts_of(const Campaign& campaign, std::int64_t small) {
    Facts facts{.name = campaign.terms().title,
                .goal = campaign.terms().model.goal,
                .pledged = toward_cap(*campaign, support_of(*campaign)),
                .backers = static_cast<std::int64_t>(campaign->totals.backers),
                .small_backers = 0,
                .opens = campaign->window.opens,
                .closes = campaign->window.closes,
                .last_update = {}};
    std::vector<Int128> given(campaign->book.standing_of.size(), 0);
    for (const PledgeRecord& record : campaign->book.records) {
        if (is_standing(record.state)) given[record.backer] += record.amount;
    }
    for (Handle backer = 0; backer < given.size(); ++backer) {
        if (campaign->book.standing_of[backer] > 0 && given[backer] <= small) ++*facts.small_backers;
    }
    return facts;
}

CurationResult curate(std::span<const Facts> campaigns, const Curation& curation, Instant at) {
    expects(!curation.criteria.empty(), "a curation has a criterion");
    expects(campaigns.size() <= 1'000'000, "a curation is of at most 1,000,000 campaigns");
    CurationResult result;
    std::vector<std::size_t> kept;
    for (std::size_t i = 0; i < campaigns.size(); ++i) {
        std::string why;
        for (const CurationCriterion& criterion : curation.criteria) {
            if (why.empty()) why = left_out_by(criterion, figure_of(campaigns[i], criterion.measure, at));
        }
        if (why.empty()) {
            kept.push_back(i);
        } else {
            result.left_out.push_back({i, std::move(why)});
        }
    }

    std::vector<Ranked> ranked;
    for (const CurationCriterion& criterion : curation.criteria) ranked.push_back(rank(campaigns, kept, criterion, at));
    const auto weight = [&](std::size_t c) { return std::int64_t{curation.criteria[c].weight}; };
    std::vector<std::int64_t> points(kept.size(), 0);
    for (std::size_t c = 0; c < ranked.size(); ++c) {
        for (std::size_t i = 0; i < kept.size(); ++i) {
            std::int64_t more = 0;
            if (__builtin_mul_overflow(ranked[c].better_than[i], weight(c), &more) ||
                __builtin_add_overflow(points[i], more, &points[i])) {
                throw Overflow("the points of a campaign leave 64 bits");
            }
        }
    }
    std::vector<std::size_t> order(kept.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const bool in_turn = curation.order == CurationOrder::in_turn;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        if (!in_turn) return points[a] > points[b];
        for (std::size_t c = 0; c < ranked.size(); ++c) {
            if (weight(c) == 0 || ranked[c].better_than[a] == ranked[c].better_than[b]) continue;
            return ranked[c].better_than[a] > ranked[c].better_than[b];
        }
        return false;
    });

    for (std::size_t place = 0; place < order.size(); ++place) {
        const std::size_t i = order[place];
        CurationPlace entry{.campaign = kept[i], .points = in_turn ? 0 : points[i], .why = {}};
        entry.why.figure = campaigns[kept[i]].name;
        entry.why.value = fmt::format("place {} of {}", place + 1, order.size());
        entry.why.formula = in_turn ? "by each criterion in turn" : fmt::format("{} points", points[i]);
        for (std::size_t c = 0; c < ranked.size(); ++c) {
            const CurationCriterion& criterion = curation.criteria[c];
            Derivation part{.figure = std::string(to_text(criterion.measure)),
                            .value = text(ranked[c].figures[i], criterion.measure),
                            .formula = {},
                            .rule = {},
                            .citation = {},
                            .from = {}};
            part.formula = fmt::format("better than {} of {}", ranked[c].better_than[i], order.size() - 1);
            if (!in_turn) part.formula += fmt::format(", times {}", criterion.weight);
            entry.why.from.push_back(std::move(part));
        }
        result.places.push_back(std::move(entry));
    }
    return result;
}

}  // namespace crowdrules::campaign
