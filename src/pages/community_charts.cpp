// SPDX-License-Identifier: BSL-1.0
#include "community_charts.hpp"

#include <crowdrules/community/statement.hpp>
#include <crowdrules/core/contract.hpp>
#include <crowdrules/stories/community/report.hpp>

#include <algorithm>
#include <map>
#include <pictures/axis.hpp>
#include <stories/community/figures.hpp>
#include <utility>
#include <words/date.hpp>
#include <words/number.hpp>
#include <words/page.hpp>

namespace crowdrules::detail {
namespace {

constexpr std::size_t most_bars = 24;
constexpr std::size_t most_rows = 24;
constexpr std::size_t most_members = 12;
constexpr std::size_t most_marked = 3;  ///< products whose days are marked, so that the marks can be read

/// What was shared at one instant.
struct Closing {
    Instant at{};
    std::int64_t members = 0, company = 0;
};

std::vector<Closing> closings_among(std::span<const community::Event> events) {
    std::vector<Closing> closings;
    for (const community::Event& event : events) {
        const auto* shared = std::get_if<community::RoyaltyShared>(&event.what);
        const auto* corrected = std::get_if<community::RoyaltyCorrected>(&event.what);
        if (!shared && !corrected) continue;
        if (closings.empty() || closings.back().at != event.at) closings.push_back({event.at});
        Closing& closing = closings.back();
        if (shared) {
            closing.members += shared->pool - shared->to_company;
            closing.company += shared->to_company;
        } else {
            closing.members += corrected->from_company;
            closing.company -= corrected->from_company;
        }
    }
    return closings;
}

/// Adds a step to a line, or moves its last one when it is at the same instant.
void step(TimeLine& line, Instant at, std::int64_t by) {
    const std::int64_t now = line.points.empty() ? by : line.points.back().value + by;
    if (!line.points.empty() && line.points.back().at == at)
        line.points.back().value = now;
    else
        line.points.push_back({at, now});
}

/// Splits streams from sources, from top to bottom, into whoever has the money.
class Streams {
  public:
    explicit Streams(FlowChart& chart) : chart_(chart) {}

    void source(std::string name, unsigned column, ChartFill fill, Money amount) {
        if (amount.is_zero()) return;
        sources_.emplace_back(chart_.nodes.size(), amount.minor());
        chart_.nodes.push_back({std::move(name), column, fill});
    }
    /// The place of the new node; nothing is added for nothing. Expects: the sources have so much left.
    std::size_t into(std::string name, unsigned column, ChartFill fill, Money amount) {
        const std::size_t to = chart_.nodes.size();
        if (amount.is_zero()) return to;
        chart_.nodes.push_back({std::move(name), column, fill});
        for (std::int64_t rest = amount.minor(); rest > 0;) {
            while (next_ < sources_.size() && sources_[next_].second == 0) ++next_;
            expects(next_ < sources_.size(), "what everybody has comes from somewhere");
            const std::int64_t piece = std::min(rest, sources_[next_].second);
            chart_.links.push_back({sources_[next_].first, to, piece});
            sources_[next_].second -= piece;
            rest -= piece;
        }
        return to;
    }
    /// What was streamed into a node streams on.
    void goes_on(std::size_t node, Money amount) {
        if (!amount.is_zero()) sources_.emplace_back(node, amount.minor());
    }

  private:
    FlowChart& chart_;
    std::vector<std::pair<std::size_t, std::int64_t>> sources_{};
    std::size_t next_ = 0;
};

std::string span_note(const community::Custody& custody) {
    std::string note(to_text(custody.by));
    std::replace(note.begin(), note.end(), '_', ' ');
    return note;
}

}  // namespace

std::string title_of(const community::Community& community, community::IdeaId idea) {
    const community::IdeaRecord* record = find_idea(*community, idea);
    return record && !record->title.empty() ? record->title : "idea " + std::to_string(idea.value);
}

FlowChart flow_of(const community::Community& community) {
    const community::Statement s = statement(community);
    const ChartUnit unit = ChartUnit::of(community.terms().currency);
    FlowChart chart{.title = "Where the money went", .unit = unit};
    const Money bought_back{community->totals.reacquired, community.terms().currency};
    const Money members = s.credited + s.made_good;
    const Money company = s.bought + s.fees + bought_back - s.returned - members;
    const auto text = [&](Money amount) { return figure_text(amount.minor(), unit); };
    if (s.bought.is_zero()) {
        chart.says = "Nothing has been sold.";
    } else {
        chart.says = text(s.bought) + " was paid by buyers. ";
        if (!s.returned.is_zero()) chart.says += text(s.returned) + " of it was given back later. ";
        chart.says += text(members) + " is royalties of members, and the rest is the company's.";
    }
    if (members.is_negative() || company.is_negative()) return chart;

    Streams streams(chart);
    streams.source("sales", 0, ChartFill::dashes, s.bought);
    streams.source("submissions", 0, ChartFill::grid, s.fees);
    streams.source("bought back", 0, ChartFill::hollow, bought_back);
    const std::size_t to_members = streams.into("royalties", 1, ChartFill::solid, members);
    streams.into("given back", 1, ChartFill::grid, s.returned);
    streams.into("company", 1, ChartFill::dots, company);
    streams.goes_on(to_members, members);
    streams.source("owed by members", 1, ChartFill::hollow, s.owed);
    streams.into("to members", 2, ChartFill::solid, s.paid);
    streams.into("still owed", 2, ChartFill::dashes, s.carried);
    streams.into("withheld", 2, ChartFill::stripes, s.withheld);
    streams.into("payment fees", 2, ChartFill::stripes, s.payment_fees);
    return chart;
}

BarChart closings_of(std::span<const community::Event> events, Currency currency) {
    BarChart chart{.title = "Royalties at each closing",
                   .of_what = "closing",
                   .unit = ChartUnit::of(currency),
                   .parts = {"members", "the company, unclaimed"}};
    std::vector<Closing> closings = closings_among(events);
    const std::size_t count = closings.size();
    const bool by_year = count > most_bars;
    if (by_year) {
        std::map<int, Closing> years;
        for (const Closing& closing : closings) {
            const Date day{std::chrono::floor<std::chrono::days>(closing.at)};
            Closing& sum = years.try_emplace(static_cast<int>(day.year()), Closing{closing.at}).first->second;
            sum.members += closing.members;
            sum.company += closing.company;
        }
        closings.clear();
        for (const auto& [year, sum] : years) closings.push_back(sum);
        chart.title = "Royalties by year of the closing";
    }
    std::int64_t members = 0, company = 0;
    for (const Closing& closing : closings) {
        const Date day{std::chrono::floor<std::chrono::days>(closing.at)};
        chart.bars.push_back({.name = by_year ? std::to_string(static_cast<int>(day.year())) : day_text(closing.at),
                              .values = {closing.members, closing.company}});
        members += closing.members;
        company += closing.company;
    }
    chart.says =
        "At " + grouped(count, "closing") + " " + figure_text(members, chart.unit) + " was shared with members";
    if (company != 0)
        chart.says += ", and " + figure_text(company, chart.unit) + " of unclaimed influence was the company's";
    chart.says += ".";
    return chart;
}

TimeChart royalties_of(const community::Community& community, std::span<const community::Event> events) {
    TimeChart chart{.title = "Royalties so far", .unit = ChartUnit::of(community.terms().currency)};
    TimeLine shared{.name = "shared"}, paid{.name = "paid"};
    step(shared, community->founded_at, 0);
    step(paid, community->founded_at, 0);
    for (const Closing& closing : closings_among(events)) step(shared, closing.at, closing.members);
    for (const community::Event& event : events)
        if (const auto* payment = std::get_if<community::RoyaltyPaid>(&event.what)) step(paid, event.at, payment->net);
    chart.moments.push_back({"founded", community->founded_at});
    for (std::size_t i = 0; i < std::min(most_marked, community->products.size()); ++i) {
        const community::ProductRecord& product = community->products[i];
        const std::string title = title_of(community, product.idea);
        chart.moments.push_back({title + " accepted", product.accepted_at});
        if (product.on_sale_at) chart.moments.push_back({title + " on sale", *product.on_sale_at});
    }
    chart.says = "By " + day_text(community->last) + " " + figure_text(shared.points.back().value, chart.unit) +
                 " was shared with members, and " + figure_text(paid.points.back().value, chart.unit) +
                 " was paid to them.";
    chart.lines = {std::move(shared), std::move(paid)};
    for (TimeLine& line : chart.lines)
        if (line.points.back().at < community->last) line.points.push_back({community->last, line.points.back().value});
    return chart;
}

BarChart influence_of(const community::Community& community, const community::ProductRecord& product,
                      const community::Influence& influence) {
    BarChart chart{.title = "Influence in " + title_of(community, product.idea),
                   .of_what = "holder",
                   .unit = {.name = "parts of " + number_text(Int128{influence.whole()}, 0)},
                   .parts = {"influence"}};
    const ChartUnit money = ChartUnit::of(community.terms().currency);
    std::map<revenue::PayeeId, std::int64_t> royalties;
    for (const community::RoyaltyStream& stream : product.streams)
        for (std::size_t i = 0; i < stream.cumulative.size(); ++i)
            royalties[stream.influence.shares[i].payee] += stream.cumulative[i];

    std::vector<revenue::Share> shares = influence.shares();
    std::stable_sort(shares.begin(), shares.end(),
                     [](const revenue::Share& a, const revenue::Share& b) { return a.weight > b.weight; });
    const std::size_t named = shares.size() <= most_members + 1 ? shares.size() : most_members;
    const auto add = [&](std::string name, Weight weight, std::int64_t royalty) {
        std::string note = community::share_text(weight, influence.whole());
        if (!product.streams.empty()) note += ", " + figure_text(royalty, money);
        chart.bars.push_back(
            {.name = std::move(name), .values = {static_cast<std::int64_t>(weight)}, .note = std::move(note)});
    };
    Weight rest = 0;
    std::int64_t rest_of_royalties = 0;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        const std::int64_t royalty = royalties[shares[i].payee];
        if (i < named) {
            add(name_of(community, shares[i].payee), shares[i].weight, royalty);
        } else {
            rest += shares[i].weight;
            rest_of_royalties += royalty;
        }
    }
    if (shares.size() > named) add(grouped(shares.size() - named, "other"), rest, rest_of_royalties);
    chart.says = grouped(shares.size(), "holder") + " of influence, whoever has most first";
    chart.says += product.streams.empty() ? "." : ", with their part of the royalties so far.";
    return chart;
}

CalendarChart rights_of(const community::Community& community) {
    CalendarChart chart{.title = "Who held which right when", .unit = ChartUnit::of(community.terms().currency)};
    std::size_t all = 0;
    for (const community::IdeaRecord& idea : community->ideas) {
        const std::vector<community::Custody> titles = idea.rights.custody(community::Right::title);
        if (titles.size() < 2 && !find_product(*community, idea.idea.id)) continue;
        for (const community::Right right : {community::Right::title, community::Right::royalty}) {
            for (const community::Custody& custody : idea.rights.custody(right)) {
                if (custody.holders.shares.empty() || ++all > most_rows) continue;
                const bool is_over = custody.period.has_end() && custody.period.closes <= community->last;
                const Instant end = is_over ? custody.period.closes : community->last;
                CalendarChart::Row row{.name = std::string(to_text(right)) + " in " +
                                               title_of(community, idea.idea.id) + ": " +
                                               holders_text(community, custody.holders),
                                       .from = custody.period.opens,
                                       .note = span_note(custody),
                                       .done = is_over};
                if (end > row.from) row.to = end;
                chart.rows.push_back(std::move(row));
            }
        }
    }
    chart.moments.push_back({"founded", community->founded_at});
    chart.says = chart.rows.empty() ? "No right has changed hands." : "A striped span is not over.";
    if (all > most_rows) chart.says += " And " + grouped(all - most_rows) + " more, which the table below has.";
    return chart;
}

}  // namespace crowdrules::detail
