// SPDX-License-Identifier: BSL-1.0
#include "plan_charts.hpp"

#include <crowdrules/core/contract.hpp>

#include "core/listed.hpp"
#include <algorithm>
#include <limits>
#include <map>
#include <pictures/axis.hpp>
#include <words/date.hpp>
#include <words/number.hpp>

namespace crowdrules::detail {
namespace {

constexpr std::size_t most_lines = 4;  ///< that can be told apart in one picture
constexpr std::size_t most_bars = 24;
constexpr std::size_t most_holders = 12;

Instant instant_of(const Date& date) {
    return std::chrono::sys_days{date};
}

Int128 scaled(const Decimal& amount, unsigned decimals) {
    Int128 count = amount.coefficient();
    for (unsigned i = amount.scale(); i < decimals; ++i) {
        if (__builtin_mul_overflow(count, Int128{10}, &count)) throw Overflow("an amount of the plan leaves 128 bits");
    }
    return count;
}

/// Whether a picture over time has something to tell: figures of two days at least.
bool tells(const TimeChart& chart) {
    return std::any_of(chart.lines.begin(), chart.lines.end(), [](const TimeLine& line) {
        return line.points.size() > 1 && line.points.front().at != line.points.back().at &&
               std::any_of(line.points.begin(), line.points.end() - 1,
                           [](const auto& point) { return point.value != 0; });
    });
}

/// Streams between holders, those back and forth set off against each other.
using Streams = std::map<std::pair<std::size_t, std::size_t>, Int128>;

struct Network {
    std::vector<std::string> names;
    Streams streams;
};

Network network_of(const PlanBook& book, const PlanScale& scale) {
    Network network;
    const auto place = [&](const std::string& name) {
        const auto known = std::find(network.names.begin(), network.names.end(), name);
        if (known != network.names.end()) return static_cast<std::size_t>(known - network.names.begin());
        network.names.push_back(name);
        return network.names.size() - 1;
    };
    for (const PlanEntry& entry : book.entries) {
        for (const PlanMovement& movement : entry.movements) {
            // The world outside is two places: where money comes from, and where it goes.
            const std::size_t from = place(movement.from == outside ? "income" : movement.from);
            const std::size_t to = place(movement.to == outside ? "out of the plan" : movement.to);
            network.streams[{from, to}] += scale.count(movement.amount);
        }
    }
    Streams net;
    for (const auto& [ends, amount] : network.streams) {
        const auto back = network.streams.find({ends.second, ends.first});
        const Int128 left = amount - (back == network.streams.end() ? Int128{0} : back->second);
        if (left > 0 && ends.first != ends.second) net[ends] = left;
    }
    network.streams = std::move(net);
    return network;
}

/// The column of each holder: one right of whoever feeds it. None where they feed each other in a circle.
std::optional<std::vector<unsigned>> columns_of(const Network& network) {
    std::vector<unsigned> columns(network.names.size());
    for (std::size_t round = 0; round <= network.names.size(); ++round) {
        bool moved = false;
        for (const auto& [ends, amount] : network.streams) {
            if (columns[ends.second] > columns[ends.first]) continue;
            columns[ends.second] = columns[ends.first] + 1;
            moved = true;
        }
        if (!moved) return columns;
    }
    return std::nullopt;
}

/// Of many who only receive, the smallest become one.
void gather(Network& network) {
    std::vector<bool> gives(network.names.size());
    std::vector<Int128> has(network.names.size());
    for (const auto& [ends, amount] : network.streams) {
        gives[ends.first] = true;
        has[ends.second] += amount;
    }
    std::vector<std::size_t> ends;
    for (std::size_t i = 0; i < network.names.size(); ++i)
        if (!gives[i] && has[i] > 0) ends.push_back(i);
    if (ends.size() <= most_holders) return;
    std::stable_sort(ends.begin(), ends.end(), [&](std::size_t a, std::size_t b) { return has[a] > has[b]; });
    const std::size_t others = network.names.size();
    network.names.push_back(number_text(static_cast<Int128>(ends.size() - most_holders + 1), 0) + " others");
    Streams gathered;
    for (const auto& [places, amount] : network.streams) {
        const auto at = std::find(ends.begin(), ends.end(), places.second);
        const bool is_small = at != ends.end() && static_cast<std::size_t>(at - ends.begin()) + 1 >= most_holders;
        gathered[{places.first, is_small ? others : places.second}] += amount;
    }
    network.streams = std::move(gathered);
}

std::int64_t narrow(Int128 amount) {
    if (amount > std::numeric_limits<std::int64_t>::max() || amount < std::numeric_limits<std::int64_t>::min())
        throw Overflow("an amount of the plan leaves 64 bits");
    return static_cast<std::int64_t>(amount);
}

const Money* money_of(const PlanEntry& entry, std::string_view name) {
    for (const PlanFigure& figure : entry.figures)
        if (figure.name == name) return std::get_if<Money>(&figure.value);
    return nullptr;
}

/// "debt" of "steps.debt.paid"; nothing for other names.
std::optional<std::string> step_of(std::string_view name) {
    constexpr std::string_view before = "steps.", after = ".paid";
    if (!name.starts_with(before) || !name.ends_with(after) || name.size() <= before.size() + after.size()) return {};
    return std::string(name.substr(before.size(), name.size() - before.size() - after.size()));
}

std::optional<BarChart> steps_of(const std::vector<const PlanEntry*>& entries, const PlanBook& book,
                                 const std::string& part) {
    BarChart chart{.title = part + ": which step got what", .of_what = "when", .unit = ChartUnit::of(book.currency)};
    for (const PlanEntry* entry : entries) {
        for (const PlanFigure& figure : entry->figures) {
            const auto step = step_of(figure.name);
            if (step && std::find(chart.parts.begin(), chart.parts.end(), *step) == chart.parts.end())
                chart.parts.push_back(*step);
        }
    }
    if (chart.parts.empty()) return std::nullopt;
    for (const PlanEntry* entry : entries) {
        BarChart::Bar bar{.name = day_text(instant_of(entry->on))};
        bool has_any = false;
        for (const std::string& step : chart.parts) {
            const Money* paid = money_of(*entry, "steps." + step + ".paid");
            bar.values.push_back(paid ? paid->minor() : 0);
            has_any = has_any || bar.values.back() != 0;
        }
        if (has_any) chart.bars.push_back(std::move(bar));
    }
    if (chart.bars.size() > most_bars) {
        // The first ones would hide the end: all of them together say what became of it.
        BarChart::Bar sum{.name = number_text(static_cast<Int128>(chart.bars.size()), 0) + " times together",
                          .values = std::vector<std::int64_t>(chart.parts.size())};
        for (const BarChart::Bar& bar : chart.bars)
            for (std::size_t i = 0; i < bar.values.size(); ++i)
                sum.values[i] = narrow(Int128{sum.values[i]} + bar.values[i]);
        chart.bars = {std::move(sum)};
    }
    chart.says = "Each bar is what was run down the steps that day, in their order: ";
    for (std::size_t i = 0; i < chart.parts.size(); ++i) chart.says += (i == 0 ? "" : ", then ") + chart.parts[i];
    chart.says += ".";
    return chart;
}

/// What payees have been given so far. Of many, those with the most, and the others together.
std::optional<TimeChart> given_of(const std::vector<const PlanEntry*>& entries, const PlanBook& book,
                                  const std::string& part) {
    std::map<std::string, Int128> sums;
    std::vector<std::string> order;
    for (const PlanEntry* entry : entries) {
        for (const PlanFigure& figure : entry->figures) {
            const auto* amount = std::get_if<Money>(&figure.value);
            if (!amount || !figure.name.starts_with("payees.")) continue;
            if (!sums.contains(figure.name)) order.push_back(figure.name);
            sums[figure.name] += amount->minor();
        }
    }
    if (order.empty()) return std::nullopt;
    std::stable_sort(order.begin(), order.end(),
                     [&](const std::string& a, const std::string& b) { return sums[a] > sums[b]; });
    const std::size_t named = order.size() <= most_lines ? order.size() : most_lines - 1;
    TimeChart chart{.title = part + ": given so far", .unit = ChartUnit::of(book.currency)};
    std::map<std::string, std::size_t> line_of;
    for (std::size_t i = 0; i < order.size(); ++i) {
        line_of[order[i]] = std::min(i, named);
        if (i < named) chart.lines.push_back({.name = order[i].substr(std::string_view("payees.").size())});
    }
    if (named < order.size())
        chart.lines.push_back({.name = number_text(static_cast<Int128>(order.size() - named), 0) + " others"});
    std::vector<Int128> so_far(chart.lines.size());
    for (const PlanEntry* entry : entries) {
        for (const PlanFigure& figure : entry->figures) {
            const auto* amount = std::get_if<Money>(&figure.value);
            if (amount && figure.name.starts_with("payees.")) so_far[line_of[figure.name]] += amount->minor();
        }
        for (std::size_t i = 0; i < so_far.size(); ++i)
            chart.lines[i].points.push_back({instant_of(entry->on), narrow(so_far[i])});
    }
    std::string figures;
    for (const auto& line : chart.lines)
        detail::add_to_list(figures, line.name + " " + figure_text(line.points.back().value, chart.unit));
    chart.says = "By " + day_text(chart.lines.front().points.back().at) + ": " + figures + ".";
    return chart;
}

std::optional<TimeChart> outstanding_of(const std::vector<const PlanEntry*>& entries, const PlanBook& book,
                                        const std::string& part) {
    TimeChart chart{.title = part + ": paid and outstanding", .unit = ChartUnit::of(book.currency)};
    TimeLine outstanding{.name = "outstanding"}, paid{.name = "paid so far"};
    Int128 so_far = 0;
    for (const PlanEntry* entry : entries) {
        const Money* const left = money_of(*entry, "outstanding");
        if (!left) continue;
        if (const Money* const now = money_of(*entry, "paid")) so_far += now->minor();
        outstanding.points.push_back({instant_of(entry->on), left->minor()});
        paid.points.push_back({instant_of(entry->on), narrow(so_far)});
    }
    if (outstanding.points.empty()) return std::nullopt;
    chart.says = figure_text(paid.points.back().value, chart.unit) + " has been paid, and " +
                 figure_text(outstanding.points.back().value, chart.unit) + " is outstanding on " +
                 day_text(outstanding.points.back().at) + ".";
    chart.lines = {std::move(paid), std::move(outstanding)};
    return chart;
}

}  // namespace

PlanScale::PlanScale(const PlanBook& book) : unit_(ChartUnit::of(book.currency)) {
    for (const PlanEntry& entry : book.entries)
        for (const PlanMovement& movement : entry.movements)
            unit_.decimals = std::max(unit_.decimals, movement.amount.scale());
}

std::int64_t PlanScale::count(const Decimal& amount) const {
    return narrow(scaled(amount, unit_.decimals));
}

FlowChart flow_of(const PlanBook& book, const PlanScale& scale) {
    FlowChart chart{.title = "Where the money went", .unit = scale.unit()};
    Network network = network_of(book, scale);
    gather(network);
    const auto columns = columns_of(network);
    if (!columns) return chart;
    for (std::size_t i = 0; i < network.names.size(); ++i)
        chart.nodes.push_back({network.names[i], (*columns)[i], static_cast<ChartFill>((*columns)[i] % 3)});
    for (const auto& [ends, amount] : network.streams) chart.links.push_back({ends.first, ends.second, narrow(amount)});
    chart.says = "From what came in, on the left, to whoever has it in the end.";
    return chart;
}

BarChart holders_of(const PlanBook& book, const PlanScale& scale) {
    BarChart chart{.title = "Who has what in the end", .of_what = "holder", .unit = scale.unit(), .parts = {"amount"}};
    std::vector<std::pair<std::string, Decimal>> all = holders(book);
    std::erase_if(all, [](const auto& holder) { return holder.first == outside || holder.second.is_zero(); });
    std::stable_sort(all.begin(), all.end(),
                     [&](const auto& a, const auto& b) { return scale.count(a.second) > scale.count(b.second); });
    Int128 others = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (i < most_bars)
            chart.bars.push_back({.name = all[i].first, .values = {scale.count(all[i].second)}});
        else
            others += scale.count(all[i].second);
    }
    if (all.size() > most_bars)
        chart.bars.push_back({.name = number_text(static_cast<Int128>(all.size() - most_bars), 0) + " others",
                              .values = {narrow(others)}});
    chart.says = all.empty() ? "Nobody has anything yet." : "The one who has most comes first.";
    return chart;
}

PartCharts charts_of(const PlanBook& book, const PlanBook::Part& part) {
    std::vector<const PlanEntry*> entries;
    for (const PlanEntry& entry : book.entries)
        if (entry.part == part.name) entries.push_back(&entry);
    PartCharts charts;
    if (auto steps = steps_of(entries, book, part.name)) charts.bars.push_back(std::move(*steps));
    for (auto& chart : {outstanding_of(entries, book, part.name), given_of(entries, book, part.name)})
        if (chart && tells(*chart)) charts.lines.push_back(*chart);
    return charts;
}

}  // namespace crowdrules::detail
