// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/stories/plan/book.hpp>

#include "figures.hpp"
#include <algorithm>
#include <charconv>
#include <map>
#include <protocol/reader.hpp>
#include <set>

namespace crowdrules {

std::string to_text(const PlanValue& value) {
    if (const auto* amount = std::get_if<Money>(&value)) return to_grouped_text(*amount);
    if (const auto* number = std::get_if<Decimal>(&value)) return to_text(*number);
    if (const auto* count = std::get_if<std::int64_t>(&value)) return std::to_string(*count);
    return std::get<std::string>(value);
}

namespace detail {

bool is_zero(const PlanValue& value) {
    if (const auto* amount = std::get_if<Money>(&value)) return amount->is_zero();
    if (const auto* number = std::get_if<Decimal>(&value)) return number->is_zero();
    if (const auto* count = std::get_if<std::int64_t>(&value)) return *count == 0;
    return std::get<std::string>(value).empty();
}

namespace {

/// What two values of one figure come to. The same figure has the same kind everywhere, but for amounts that are whole
/// in one entry and not in another.
PlanValue tallied(const PlanValue& before, const PlanFigure& next) {
    if (next.tally == PlanTally::latest || before.index() != next.value.index()) return next.value;
    if (const auto* amount = std::get_if<Money>(&before)) return *amount + std::get<Money>(next.value);
    if (const auto* number = std::get_if<Decimal>(&before)) return *number + std::get<Decimal>(next.value);
    if (const auto* count = std::get_if<std::int64_t>(&before)) return *count + std::get<std::int64_t>(next.value);
    return next.value;
}

}  // namespace

std::vector<PlanFigure> totals_of(const PlanBook& book, std::string_view part) {
    std::vector<PlanFigure> totals;
    std::map<std::string_view, std::size_t> places;
    for (const PlanEntry& entry : book.entries) {
        if (entry.part != part) continue;
        for (const PlanFigure& figure : entry.figures) {
            const auto [place, is_new] = places.try_emplace(figure.name, totals.size());
            if (is_new)
                totals.push_back(figure);
            else
                totals[place->second].value = tallied(totals[place->second].value, figure);
        }
    }
    return totals;
}

const PlanFigure* figure_in(const PlanEntry& entry, std::string_view name) {
    const auto found = std::find_if(entry.figures.begin(), entry.figures.end(),
                                    [&](const PlanFigure& figure) { return figure.name == name; });
    return found == entry.figures.end() ? nullptr : &*found;
}

std::vector<const PlanEntry*> decided_in(const PlanBook& book, std::string_view part) {
    std::vector<const PlanEntry*> decided;
    for (const PlanEntry& entry : book.entries)
        if (entry.part == part && entry.number > 0) decided.push_back(&entry);
    return decided;
}

std::vector<std::string> part_names(const PlanBook& book) {
    std::vector<std::string> names;
    for (const PlanBook::Part& part : book.parts) names.push_back(part.name);
    return names;
}

namespace {

/// "contract.2.earned": the part, the entry (none: all of them) and the figure, with its value.
struct Address {
    std::string part;
    const PlanEntry* entry = nullptr;
    std::string figure;
    PlanValue value;
};

/// What `rest` names within `part`; nothing, if there is no such figure.
std::optional<Address> address_in(const PlanBook& book, const std::string& part, std::string_view rest) {
    const auto in_all = [&](std::string_view name) -> std::optional<Address> {
        for (const PlanFigure& total : totals_of(book, part))
            if (total.name == name) return Address{part, nullptr, total.name, total.value};
        return std::nullopt;
    };
    const std::string_view first = rest.substr(0, rest.find('.'));
    if (first.size() == rest.size()) return in_all(rest);
    std::size_t number = 0;
    const auto read = std::from_chars(first.data(), first.data() + first.size(), number);
    const bool is_number = read.ec == std::errc() && read.ptr == first.data() + first.size();
    if (!is_number && first != "last") return in_all(rest);
    const auto decided = decided_in(book, part);
    if (!is_number) number = decided.size();
    if (number == 0 || number > decided.size()) return std::nullopt;
    const PlanFigure* const found = figure_in(*decided[number - 1], rest.substr(first.size() + 1));
    return found ? std::optional(Address{part, decided[number - 1], found->name, found->value}) : std::nullopt;
}

/// A part whose name has a point stands in quotes. Without them it is found too, unless a shorter name fits.
std::string called(const std::string& part) {
    return part.find('.') == std::string::npos ? part : '"' + part + '"';
}

std::optional<Address> address_of(const PlanBook& book, std::string_view name) {
    std::vector<std::string> parts = part_names(book);
    std::sort(parts.begin(), parts.end(),
              [](const std::string& a, const std::string& b) { return a.size() < b.size(); });
    for (const std::string& part : parts)
        for (const std::string& prefix : {'"' + part + "\".", part + '.'})
            if (name.starts_with(prefix))
                if (auto found = address_in(book, part, name.substr(prefix.size()))) return found;
    return std::nullopt;
}

}  // namespace
}  // namespace detail

std::vector<std::pair<std::string, Decimal>> holders(const PlanBook& book) {
    std::vector<std::pair<std::string, Decimal>> all;
    std::map<std::string, std::size_t> places;
    const auto at = [&](const std::string& name) -> Decimal& {
        const auto [place, is_new] = places.try_emplace(name, all.size());
        if (is_new) all.emplace_back(name, Decimal(0));
        return all[place->second].second;
    };
    for (const PlanEntry& entry : book.entries)
        for (const PlanMovement& move : entry.movements) {
            at(move.from) = at(move.from) - move.amount;
            at(move.to) = at(move.to) + move.amount;
        }
    return all;
}

std::optional<PlanValue> figure(const PlanBook& book, std::string_view name) {
    constexpr std::string_view of_holders = "holders.";
    if (name.starts_with(of_holders)) {
        for (const auto& [holder, amount] : holders(book))
            if (holder == name.substr(of_holders.size())) return detail::amount_value(amount, book.currency);
        return std::nullopt;
    }
    const auto address = detail::address_of(book, name);
    return address ? std::optional(address->value) : std::nullopt;
}

std::vector<std::string> figure_names(const PlanBook& book) {
    std::vector<std::string> names;
    for (const std::string& part : detail::part_names(book))
        for (const PlanFigure& total : detail::totals_of(book, part))
            names.push_back(detail::called(part) + "." + total.name);
    for (const auto& [holder, amount] : holders(book)) names.push_back("holders." + holder);
    return names;
}

// ----------------------------------------------------------------------------------------------------- explanations

namespace detail {

std::string no_such_figure(const PlanBook& book, std::string_view name) {
    const auto names = figure_names(book);
    const std::string_view near = nearest_name(name, {names.begin(), names.end()});
    std::string what = "there is no figure '" + std::string(name) + "'; ";
    if (!near.empty()) return what + "did you mean '" + std::string(near) + "'?";
    what += "there are ";
    for (std::size_t i = 0; i < std::min<std::size_t>(names.size(), 40); ++i) (what += i == 0 ? "" : ", ") += names[i];
    return names.empty() ? what + "none: nothing has happened" : what + (names.size() > 40 ? ", ..." : "");
}

namespace {

/// Whatever is called so, but for what is within it.
void find(const std::vector<Derivation>& all, std::string_view name, std::vector<const Derivation*>& found) {
    std::string words(name);
    std::replace(words.begin(), words.end(), '_', ' ');
    for (const Derivation& one : all) {
        if (one.figure == name || one.figure == words)
            found.push_back(&one);
        else
            find(one.from, name, found);
    }
}

/// The derivation of a figure of one entry: the parts of its reasons that are about the figure. A payee may have a part
/// of several steps. Reasons of another figure are none of this one.
Derivation derivation_in(const PlanEntry& entry, const std::string& name, std::string called) {
    const PlanFigure* const figure = figure_in(entry, name);
    const std::string value = to_text(figure->value);
    std::vector<const Derivation*> found;
    bool is_about_it = false;  // and not only about what its name begins with
    for (std::string_view rest = name; !rest.empty();) {
        std::vector<const Derivation*> next;
        const auto look_for = [&](std::string_view word) {
            if (found.empty()) find(entry.why, word, next);
            for (const Derivation* one : found) find(one->from, word, next);
        };
        // The rest is a name, which may have points, or begins with one.
        std::string_view word = rest;
        look_for(word);
        if (next.empty()) {
            word = rest.substr(0, rest.find('.'));
            look_for(word);
        }
        rest.remove_prefix(std::min(rest.size(), word.size() + 1));
        is_about_it = !next.empty();
        if (is_about_it) found = std::move(next);
    }
    Derivation why;
    // "steps.debt.paid" is what "debt" comes to, and what is taken off a payment has a minus there.
    if (found.size() == 1 && (found.front()->value == value || found.front()->value == "-" + value)) {
        why = *found.front();
    } else {
        why.formula = to_text(entry.on) + ", " + entry.part + ": " + entry.what +
                      (entry.number > 0 ? " " + std::to_string(entry.number) : "");
        if (is_about_it)
            for (const Derivation* one : found) why.from.push_back(*one);
    }
    why.figure = std::move(called);
    why.value = value;
    return why;
}

}  // namespace
}  // namespace detail

Result<Derivation, std::string> explain(const PlanBook& book, std::string_view name) {
    const auto value = figure(book, name);
    if (!value) return failure(detail::no_such_figure(book, name));
    const auto address = detail::address_of(book, name);
    if (!address) {
        const std::string holder(name.substr(name.find('.') + 1));
        Derivation all{std::string(name), to_text(*value), "what came to it less what went from it", {}, {}, {}};
        for (const PlanEntry& entry : book.entries)
            for (const PlanMovement& move : entry.movements) {
                if (move.from != holder && move.to != holder) continue;
                const bool comes = move.to == holder;
                all.from.push_back({(comes ? "from " + move.from : "to " + move.to),
                                    to_text(detail::amount_value(comes ? move.amount : -move.amount, book.currency)),
                                    to_text(entry.on) + ", " + entry.part + ": " + entry.what,
                                    {},
                                    {},
                                    {}});
            }
        return all;
    }
    if (address->entry) return detail::derivation_in(*address->entry, address->figure, std::string(name));

    std::vector<const PlanEntry*> entries;
    const PlanFigure* figure = nullptr;
    for (const PlanEntry& entry : book.entries)
        if (entry.part == address->part)
            if (const PlanFigure* const found = detail::figure_in(entry, address->figure)) {
                figure = found;
                entries.push_back(&entry);
            }
    if (figure->tally == PlanTally::latest || entries.size() == 1)
        return detail::derivation_in(*entries.back(), address->figure, std::string(name));
    Derivation sum{std::string(name), to_text(*value), "of " + std::to_string(entries.size()) + " entries", {}, {}, {}};
    for (const PlanEntry* entry : entries)
        sum.from.push_back(detail::derivation_in(
            *entry, address->figure,
            to_text(entry->on) + " " + entry->what + (entry->number > 0 ? " " + std::to_string(entry->number) : "")));
    return sum;
}

}  // namespace crowdrules
