// SPDX-License-Identifier: BSL-1.0
#include "selection.hpp"

#include <algorithm>
#include <chrono>

namespace crowdrules::detail {

namespace {

using By = PackParameter::By;

Date day_after(Date day) {
    return std::chrono::sys_days(day) + std::chrono::days(1);
}

/// What the parameter depends on, in words: " for GBP".
std::string for_scope(const ParameterHead& parameter, const Scope& scope) {
    switch (parameter.by) {
        case By::currency:
            return " for " + scope.currency;
        case By::country:
            return " for " + scope.country;
        case By::channel:
            return " for '" + scope.channel + (parameter.amounts ? "' in " + scope.currency : "'");
        case By::nothing:
            break;
    }
    return parameter.amounts ? " for " + scope.currency : "";
}

}  // namespace

std::string example_of(const ParameterHead& parameter, std::string_view currency) {
    std::string_view text = parameter.value;
    // What stands before a colon is a word about it; what comes after the first value is another one.
    const auto is_value = [](char c) { return c == '"' || c == '{' || c == '['; };
    const std::size_t start = text.find(": ");
    if (start != text.npos && !is_value(text.front())) text.remove_prefix(start + 2);
    std::size_t end = 0, depth = 0;
    for (bool quoted = false; end < text.size(); ++end) {
        const char c = text[end];
        if (c == '"') quoted = !quoted;
        if (!quoted && (c == '{' || c == '[')) ++depth;
        if (!quoted && (c == '}' || c == ']')) --depth;
        if (depth == 0 && !quoted && (c == '"' || c == '}' || c == ']')) break;
        if (depth == 0 && c == ' ' && !quoted) break;
    }
    if (end < text.size() && text[end] != ' ') ++end;
    std::string example(text.substr(0, end));
    const auto known = Currency::iso(currency);
    const std::size_t decimals = known ? known->digits() : 2;
    // Amounts stand with two decimals.
    for (std::size_t point = example.find('.'); point != example.npos; point = example.find('.', point + 1)) {
        const auto is_digit = [&](std::size_t at) {
            return at < example.size() && example[at] >= '0' && example[at] <= '9';
        };
        if (!is_digit(point + 1) || !is_digit(point + 2) || example.substr(point + 3, 1) != "\"") continue;
        if (decimals >= 2) {
            example.insert(point + 3, decimals - 2, '0');
            continue;
        }
        std::size_t first = point;
        while (first > 0 && is_digit(first - 1)) --first;
        std::string digits = example.substr(first, point - first) + example.substr(point + 1, 2);
        digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
        example.replace(first, point + 3 - first, digits);
        point = first;
    }
    const std::string_view usd = "[ \"USD\" ]";
    if (example == usd && known) example = "[ \"" + std::string(currency) + "\" ]";
    return example;
}

bool applies(const PackRow& row, const ParameterHead& parameter, const Scope& scope) {
    if (row.parameter != parameter.path) return false;
    if (parameter.amounts && !row.scope.currency.empty() && row.scope.currency != scope.currency) return false;
    switch (parameter.by) {
        case By::currency:  // an assumption may be for all of them
            return row.scope.currency == scope.currency || row.scope.currency.empty();
        case By::country:
            return row.scope.country == scope.country || row.scope.country.empty();
        case By::channel:
            return row.scope.channel == scope.channel;
        case By::nothing:
            break;
    }
    return true;
}

bool collides(const PackRow& row, const ParameterHead& parameter, const Scope& scope) {
    if (applies(row, parameter, scope)) return true;
    if (!parameter.amounts || !scope.currency.empty()) return false;
    return applies(row, parameter, {row.scope.currency, scope.country, scope.channel});
}

const PackRow* Around::in_force(Date on) const {
    return before && (!before->until || on <= *before->until) ? before : nullptr;
}

Around rows_around(const std::vector<PackRow>& rows, const ParameterHead& parameter, const Scope& scope, Date on) {
    Around around;
    for (const PackRow& row : rows) {
        if (!applies(row, parameter, scope)) continue;
        if (row.from <= on && (!around.before || row.from > around.before->from)) around.before = &row;
        if (row.from > on && (!around.after || row.from < around.after->from)) around.after = &row;
    }
    return around;
}

std::string path_of(const ParameterHead& parameter, std::string_view channel) {
    std::string path(parameter.path);
    if (parameter.by == By::channel) (path += '.') += channel;
    return path;
}

Finding malformed(std::string_view rule, std::string what, std::string accepted) {
    Finding finding{};
    finding.kind = FindingKind::malformed;
    finding.rule = rule;
    finding.what = std::move(what);
    finding.accepted = std::move(accepted);
    return finding;
}

Finding other_kind(const RulePack& pack, PackKind wanted) {
    return malformed({}, "'" + pack.name() + "' is a pack of the kind '" + std::string(to_text(pack.kind())) + "'",
                     "a pack of the kind '" + std::string(to_text(wanted)) + "'");
}

void Selection::add(FindingKind kind, std::string_view rule, std::string what, std::string accepted, Citation citation,
                    TextPosition where) const {
    findings_.push_back(
        {kind, std::string(rule), std::move(what), std::move(accepted), std::move(citation), std::move(where)});
}

void Selection::refuse_unknown() const {
    const auto paths = parameter_paths(pack_.kind());
    for (const auto& [path, value] : draft_.given) {
        const bool is_known = std::any_of(paths.begin(), paths.end(), [&, &given = path](std::string_view known) {
            const auto* parameter = find_parameter(pack_.kind(), known);
            if (parameter->by != By::channel) return given == known;
            return given.size() > known.size() + 1 && given.starts_with(known) && given[known.size()] == '.';
        });
        if (is_known) continue;
        const auto nearest = nearest_name(path, paths);
        add(FindingKind::malformed, path, "'" + path + "' is no parameter of a pack",
            nearest.empty() ? "one of those that `crowdrules packs` shows" : "'" + std::string(nearest) + "'", {},
            value.where);
    }
}

void Selection::refuse_reversed(std::optional<Date> through) const {
    if (!through || *through >= draft_.on) return;
    add(FindingKind::malformed, "through",
        "the last day of sales, " + to_text(*through) + ", is before " + to_text(draft_.on),
        "a day from " + to_text(draft_.on) + " on");
}

std::vector<Held> Selection::of(const ParameterHead& parameter, bool needed, std::string_view channel) const {
    Scope scope = draft_.scope;
    scope.channel = channel;
    const std::string path = path_of(parameter, channel);
    const auto given = draft_.given.find(path);
    const bool is_given = given != draft_.given.end();

    std::vector<Held> held;
    const PackRow* fixed = nullptr;  // the first row that what is given would have to change
    bool has_gap = false;
    Date day = draft_.on;
    while (day <= draft_.through) {
        const Around around = rows_around(pack_.rows(), parameter, scope, day);
        const PackRow* row = around.in_force(day);
        if (row && !(is_given && row->liftable)) {
            held.push_back({row->from, &row->value, row->citation});
            if (!fixed) fixed = row;
        } else {
            has_gap = true;
            if (is_given) {
                if (held.empty() || held.back().value != &given->second)
                    held.push_back({day, &given->second, agreed(given->second)});
            } else if (auto taken = assumed(parameter, needed, scope, around, day)) {
                held.push_back(std::move(*taken));
            } else if (needed) {
                miss(parameter, path, scope, day);
            }
        }
        // On to the first day on which it may be another one.
        std::optional<Date> next;
        if (around.after) next = around.after->from;
        if (row && row->until && (!next || day_after(*row->until) < *next)) next = day_after(*row->until);
        if (!next) break;
        day = *next;
    }
    if (is_given && !has_gap && fixed) {
        refuse_change(path, *fixed, given->second);
        held.clear();
    }
    return held;
}

Citation Selection::agreed(const Node& value) const {
    const bool in_file = !value.where.source.empty();
    return {in_file ? value.where.source : "the " + std::string(draft_.whose) + "'s own terms", {}, Evidence::agreed};
}

void Selection::refuse_change(const std::string& path, const PackRow& row, const Node& value) const {
    add(FindingKind::forbidden, path,
        to_text(value) + " was given, but since " + to_text(row.from) + " it is " + to_text(row.value) + " and a " +
            std::string(draft_.whose) + " cannot change that",
        "leaving it out, or another pack to ask 'what if'", row.citation, value.where);
}

/// Something on offer was not so before the first day that its rows tell, nor where no row tells it. But a pack that
/// has no row at all of what every campaign needs leaves it open.
bool Selection::is_not_on_offer(const ParameterHead& parameter, const Around& around) const {
    if (!parameter.offer || around.before || (around.after && around.after->began_earlier)) return false;
    return parameter.needed != Needed::always ||
           std::any_of(pack_.rows().begin(), pack_.rows().end(),
                       [&](const PackRow& row) { return row.parameter == parameter.path; });
}

std::optional<Held> Selection::assumed(const ParameterHead& parameter, bool needed, const Scope& scope,
                                       const Around& around, Date day) const {
    // What a platform has without being asked, such as a reserve, it has on other days too.
    if (!draft_.assumed || !(needed || parameter.needed == Needed::never)) return std::nullopt;
    const auto cited = [](const Node& value, const std::string& reason) {
        return Citation{to_text(value) + ": " + reason, {}, Evidence::assumed};
    };
    const PackRow* row = nullptr;
    if (draft_.assumed->takes_nearest() && parameter.value != words) {
        if (around.before && !around.before->ended) row = around.before;
        if (!row && around.after && around.after->began_earlier) row = around.after;
    }
    if (row) {
        const Date seen = row == around.before ? *row->until : row->from;
        const std::string where = std::string(to_text(row->citation.evidence)) + ": " + row->citation.source;
        return Held{day, &row->value,
                    cited(row->value, "as " + pack_.name() + " has it on " + to_text(seen) + " (" + where + ")"), true};
    }
    if (!needed || is_not_on_offer(parameter, around)) return std::nullopt;
    row = draft_.assumed->row(parameter.path, scope, day);
    if (!row) return std::nullopt;
    return Held{day, &row->value, cited(row->value, row->citation.source)};
}

void Selection::miss(const ParameterHead& parameter, const std::string& path, const Scope& scope, Date day) const {
    const auto whom = for_scope(parameter, scope);
    const Around around = rows_around(pack_.rows(), parameter, scope, day);
    const auto& [before, after] = around;
    if (is_not_on_offer(parameter, around)) {
        const auto since = after ? " before " + to_text(after->from) : std::string();
        return add(FindingKind::forbidden, path, "not on offer" + whom + since + ", on " + to_text(day),
                   offered(parameter, day, after), after ? after->citation : Citation{});
    }
    std::string what = "not established" + whom;
    if (before) what += " after " + to_text(*before->until);
    if (after) what += " before " + to_text(after->from);
    if (before || after) what += ", on " + to_text(day);
    add(FindingKind::missing, path, std::move(what),
        "given.\"" + path + "\" = " + example_of(parameter, scope.currency),
        before  ? before->citation
        : after ? after->citation
                : Citation{});
}

std::string Selection::offered(const ParameterHead& parameter, Date day, const PackRow* after) const {
    if (after) return "a launch from " + to_text(after->from) + " on";
    if (parameter.by != By::country) return "a " + std::string(draft_.whose) + " without it";
    std::vector<std::string> countries;
    for (const PackRow& row : pack_.rows())
        if (row.parameter == parameter.path && row.from <= day) countries.push_back(row.scope.country);
    std::sort(countries.begin(), countries.end());
    countries.erase(std::unique(countries.begin(), countries.end()), countries.end());
    std::string list;
    for (const auto& country : countries) (list += list.empty() ? "a creator in " : ", ") += country;
    return list.empty() ? "a later launch" : list;
}

}  // namespace crowdrules::detail
