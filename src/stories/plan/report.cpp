// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/stories/plan/book.hpp>

#include <nlohmann/json.hpp>

#include "figures.hpp"
#include <algorithm>
#include <array>
#include <unordered_map>
#include <words/number.hpp>
#include <words/page.hpp>

namespace crowdrules {
namespace {

using detail::columns_of;
using detail::printable;
using Json = nlohmann::ordered_json;

/// So many entries of a part have a column of their own: the latest.
constexpr std::size_t most_columns = 5;

/// A table with a heading: names to the left, everything else to the right.
class Table {
  public:
    explicit Table(std::vector<std::string> heading) { rows_.push_back(std::move(heading)); }

    void row(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
    [[nodiscard]] bool is_empty() const noexcept { return rows_.size() == 1; }

    [[nodiscard]] std::string text(ReportStyle style) const {
        std::vector<std::size_t> widths(rows_.front().size(), 0);
        for (const auto& row : rows_)
            for (std::size_t i = 0; i < row.size(); ++i)
                widths[i] = std::max(widths[i], columns_of(row[i]) + (i > 0 || &row == &rows_.front() ? 0 : 2));
        std::string page = "\n";
        for (const auto& row : rows_) {
            const bool is_heading = &row == &rows_.front();
            std::string line = (is_heading ? "" : "  ") + row.front();
            line += std::string(widths.front() - columns_of(line), ' ');
            for (std::size_t i = 1; i < row.size(); ++i)
                line += "  " + std::string(widths[i] - columns_of(row[i]), ' ') + row[i];
            line.erase(line.find_last_not_of(' ') + 1);
            page += is_heading && style == ReportStyle::coloured ? "\x1b[1m" + line + "\x1b[0m\n" : line + "\n";
        }
        return page;
    }

  private:
    std::vector<std::vector<std::string>> rows_;
};

class PlanReport {
  public:
    explicit PlanReport(const PlanBook& book) : book_(book) {}

    std::string text(ReportStyle style) const {
        std::string page = style == ReportStyle::coloured ? "\x1b[1m" + printable(book_.title) + "\x1b[0m\n"
                                                          : printable(book_.title) + "\n";
        if (!book_.source.empty()) page += printable(book_.source) + "\n";
        if (!book_.entries.empty())
            page += "from " + to_text(book_.entries.front().on) + " to " + to_text(book_.entries.back().on) +
                    ", amounts in " + std::string(book_.currency.code()) + "\n";
        for (const PlanBook::Part& part : book_.parts)
            page += part.kind == "paying out" ? paying_out(part.name).text(style) : part_table(part).text(style);
        return page + holders_table().text(style);
    }

    [[nodiscard]] Json json() const {
        Json out{{"title", book_.title}, {"source", book_.source}, {"currency", book_.currency.code()}};
        for (const PlanBook::Part& part : book_.parts) {
            Json one{
                {"name", part.name}, {"kind", part.kind}, {"figures", figures(detail::totals_of(book_, part.name))}};
            one["decided"] = Json::array();
            for (const PlanEntry* entry : detail::decided_in(book_, part.name))
                one["decided"].push_back({{"number", entry->number},
                                          {"on", to_text(entry->on)},
                                          {"what", entry->what},
                                          {"figures", figures(entry->figures)}});
            out["parts"].push_back(std::move(one));
        }
        out["holders"] = Json::object();
        for (const auto& [name, amount] : holders(book_))
            out["holders"][name] = plain(detail::amount_value(amount, book_.currency));
        return out;
    }

  private:
    // Amounts as a page shows them: without the currency, which stands at the top.
    [[nodiscard]] std::string shown(const PlanValue& value) const {
        if (const auto* number = std::get_if<Decimal>(&value)) {
            const PlanValue amount = detail::amount_value(*number, book_.currency);
            if (!std::holds_alternative<Decimal>(amount)) return shown(amount);
        }
        std::string text = printable(to_text(value));
        if (std::holds_alternative<Money>(value)) text.erase(text.find(' '));
        if (const auto* count = std::get_if<std::int64_t>(&value); count && *count >= 0)
            text = detail::grouped(static_cast<std::uint64_t>(*count));
        return text;
    }
    [[nodiscard]] static std::string words(std::string text) {
        std::replace(text.begin(), text.end(), '_', ' ');
        return printable(text);
    }
    /// "payees.Anna" is "to Anna", "steps.debt.paid" is "debt", "steps.debt.claim" is "debt, claim".
    [[nodiscard]] static std::string label(std::string name) {
        constexpr std::pair<std::string_view, std::string_view> groups[] = {
            {"payees.", "to "}, {"released.", "released to "},
            {"fees.", "fee: "}, {"sponsors.", "by "},
            {"steps.", ""},     {"projects.", ""},
            {"backers.", ""},   {"deals.", ""},
            {"accounts.", ""}};
        for (const auto& [group, words] : groups)
            if (name.starts_with(group)) {
                const bool is_name_alone = group == "payees." || group == "released." || group == "sponsors.";
                if (is_name_alone) return std::string(words) + printable(name.substr(group.size()));
                name = std::string(words) + name.substr(group.size());
                constexpr std::string_view paid = ".paid";
                if (group == "steps." && name.ends_with(paid)) name.erase(name.size() - paid.size());
                break;
            }
        std::string text;
        for (std::size_t i = 0; i < name.size(); ++i) {
            // A point inside a name is not the one behind it: "J. Doe", "St. Mary's Ltd."
            const bool ends_part = name[i] == '.' && i + 1 < name.size() && name[i + 1] != ' ' && name[i + 1] != '.';
            ends_part ? text += ", " : text += name[i];
        }
        return words(text);
    }
    /// The figure of that name, or null. An entry of many payees has many, so each is gone over once.
    [[nodiscard]] const PlanFigure* figure_in(const PlanEntry& entry, const std::string& name) const {
        const auto [known, is_new] = figures_.try_emplace(&entry);
        if (is_new)
            for (const PlanFigure& figure : entry.figures) known->second.try_emplace(figure.name, &figure);
        const auto found = known->second.find(name);
        return found == known->second.end() ? nullptr : found->second;
    }
    /// A claim that was paid in full says nothing that the payment does not say.
    [[nodiscard]] bool is_paid_claim(const std::string& name, const std::vector<const PlanEntry*>& decided) const {
        constexpr std::string_view claim = ".claim";
        if (!name.ends_with(claim)) return false;
        const std::string paid = name.substr(0, name.size() - claim.size()) + ".paid";
        return std::all_of(decided.begin(), decided.end(), [&](const PlanEntry* entry) {
            const PlanFigure* const claimed = figure_in(*entry, name);
            const PlanFigure* const had = figure_in(*entry, paid);
            return !claimed || (had && claimed->value == had->value);
        });
    }

    [[nodiscard]] Table part_table(const PlanBook::Part& part) const {
        auto decided = detail::decided_in(book_, part.name);
        const bool is_cut = decided.size() > most_columns;
        const auto totals = detail::totals_of(book_, part.name);
        bool has_more = decided.size() != 1;
        for (const PlanEntry& entry : book_.entries)
            has_more |= entry.part == part.name && entry.number == 0 && !entry.figures.empty();
        if (is_cut) decided.erase(decided.begin(), decided.end() - most_columns);

        std::vector<std::string> heading{printable(part.name) + " (" + part.kind + ")"};
        if (is_cut) heading.emplace_back("...");
        for (const PlanEntry* entry : decided) heading.push_back(to_text(entry->on));
        if (has_more) heading.emplace_back("together");
        Table table(std::move(heading));
        if (decided.size() > 1 || (decided.size() == 1 && decided.front()->what != "period")) {
            std::vector<std::string> what{""};
            if (is_cut) what.emplace_back();
            for (const PlanEntry* entry : decided) what.push_back(entry->what + " " + std::to_string(entry->number));
            if (has_more) what.emplace_back();
            table.row(std::move(what));
        }
        for (const PlanFigure& total : totals) {
            std::vector<std::string> cells{label(total.name)};
            if (is_paid_claim(total.name, decided)) continue;
            bool is_nothing = detail::is_zero(total.value);
            if (is_cut) cells.emplace_back();
            for (const PlanEntry* entry : decided) {
                const PlanFigure* const figure = figure_in(*entry, total.name);
                cells.push_back(figure ? shown(figure->value) : "");
                is_nothing &= !figure || detail::is_zero(figure->value);
            }
            if (has_more) cells.push_back(shown(total.value));
            if (!is_nothing) table.row(std::move(cells));
        }
        return table;
    }

    [[nodiscard]] Table paying_out(const std::string& part) const {
        constexpr std::array<std::string_view, 7> columns{"earned", "taken_back", "corrected", "withheld",
                                                          "fee",    "paid",       "carried"};
        std::vector<std::string> heading{"Paying out"};
        for (const std::string_view column : columns) heading.push_back(words(std::string(column)));
        heading.emplace_back();
        Table table(std::move(heading));
        const auto totals = detail::totals_of(book_, part);
        std::unordered_map<std::string_view, const PlanFigure*> by_name;
        for (const PlanFigure& total : totals) by_name.emplace(total.name, &total);
        const auto value = [&](const std::string& name) {
            const auto found = by_name.find(name);
            return found == by_name.end() ? std::string() : shown(found->second->value);
        };
        constexpr std::string_view first = ".opening";
        for (const PlanFigure& total : totals) {
            if (!total.name.ends_with(first)) continue;
            const std::string payee = total.name.substr(0, total.name.size() - first.size());
            std::vector<std::string> cells{printable(payee)};
            for (const std::string_view column : columns) cells.push_back(value(payee + "." + std::string(column)));
            const std::string outcome = value(payee + ".outcome");
            cells.push_back(outcome == "paid" ? "" : outcome);
            table.row(std::move(cells));
        }
        if (!table.is_empty())
            table.row({"together", "", "", "", value("withheld"), value("fees"), value("paid"), value("carried"), ""});
        return table;
    }

    [[nodiscard]] Table holders_table() const {
        Table table({"Who holds what now", ""});
        Decimal together;
        for (const auto& [name, amount] : holders(book_)) {
            together = together + amount;
            if (!amount.is_zero()) table.row({printable(name), shown(amount)});
        }
        table.row({"together", shown(together)});
        return table;
    }

    // Amounts as programs read them: with all decimals, ungrouped.
    [[nodiscard]] static Json plain(const PlanValue& value) {
        if (const auto* amount = std::get_if<Money>(&value)) return to_amount_text(*amount);
        if (const auto* count = std::get_if<std::int64_t>(&value)) return *count;
        return to_text(value);
    }
    [[nodiscard]] static Json figures(const std::vector<PlanFigure>& figures) {
        Json out = Json::object();
        for (const PlanFigure& figure : figures) out[figure.name] = plain(figure.value);
        return out;
    }

    const PlanBook& book_;
    mutable std::unordered_map<const PlanEntry*, std::unordered_map<std::string_view, const PlanFigure*>> figures_{};
};

}  // namespace

std::string report(const PlanBook& book, ReportStyle style) {
    return PlanReport(book).text(style);
}

std::string report_json(const PlanBook& book, int indent) {
    return PlanReport(book).json().dump(indent);
}

}  // namespace crowdrules
