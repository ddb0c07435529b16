// SPDX-License-Identifier: BSL-1.0
// The page of a plan of revenue.
#include <crowdrules/core/contract.hpp>
#include <crowdrules/pages/html_report.hpp>

#include "html_page.hpp"
#include "plan_charts.hpp"
#include <algorithm>
#include <words/date.hpp>
#include <words/number.hpp>

namespace crowdrules {
namespace {

using detail::day_text;
using detail::HtmlPage;
using detail::number_text;

/// "steps.debt.paid" as "steps, debt, paid"; dots and underscores are for programs.
std::string words(std::string_view name) {
    std::string text;
    for (const char c : name) {
        if (c == '.')
            text += ", ";
        else
            text += c == '_' ? ' ' : c;
    }
    return text;
}

std::string day(const Date& date) {
    return day_text(std::chrono::sys_days{date});
}

class PlanPage {
  public:
    PlanPage(const PlanBook& book, const std::vector<PlanRefusal>& refusals)
        : book_(book),
          refusals_(refusals),
          scale_(book),
          page_(book.title.empty() ? "A plan of revenue" : book.title, "Plan of revenue") {}

    std::string html() {
        head();
        money();
        for (const PlanBook::Part& part : book_.parts) pictures(part);
        statement();
        derivations();
        terms();
        history();
        refused();
        return page_.take();
    }

  private:
    void head() {
        if (!book_.source.empty()) page_.outcome("Source: " + book_.source);
        if (book_.entries.empty()) {
            page_.outcome("Nothing has happened.");
            return;
        }
        page_.outcome("From " + day(book_.entries.front().on) + " to " + day(book_.entries.back().on));
    }

    void money() {
        page_.section("money", "Money");
        const FlowChart flow = detail::flow_of(book_, scale_);
        if (!flow.links.empty()) page_.chart(flow);
        page_.chart(detail::holders_of(book_, scale_));
    }

    void pictures(const PlanBook::Part& part) {
        const detail::PartCharts charts = detail::charts_of(book_, part);
        if (charts.bars.empty() && charts.lines.empty()) return;
        page_.section("part" + std::to_string(++parts_), part.name + " (" + part.kind + ")");
        for (const BarChart& chart : charts.bars) page_.chart(chart);
        for (const TimeChart& chart : charts.lines) page_.chart(chart);
    }

    void statement() {
        page_.section("statement", "Statement");
        page_.paragraph("Amounts in " + std::string(book_.currency.code()) +
                        ", over all that was decided. Every name leads to how its figure came about.");
        page_.begin_table({"", "figure"}, 1);
        std::string group;
        for (const std::string& name : figure_names(book_)) {
            const auto value = figure(book_, name);
            if (!value) continue;
            const auto dot = name.find('.');
            const std::string of = name.substr(0, dot);
            if (of != group) page_.group(heading_of(of));
            group = of;
            explained_.push_back(name);
            page_.row(words(dot == std::string::npos ? name : name.substr(dot + 1)), {shown(*value)},
                      HtmlPage::Row::plain, "how-" + std::to_string(explained_.size()));
        }
        page_.end_table();
    }
    [[nodiscard]] std::string heading_of(const std::string& name) const {
        if (name == "holders") return "Who holds what now";
        for (const PlanBook::Part& part : book_.parts)
            if (part.name == name) return part.name + " (" + part.kind + ")";
        return words(name);
    }
    [[nodiscard]] std::string shown(const PlanValue& value) const {
        if (const auto* amount = std::get_if<Money>(&value))
            return number_text(amount->minor(), book_.currency.digits());
        if (const auto* number = std::get_if<Decimal>(&value))
            return number_text(number->coefficient(), number->scale());
        if (const auto* count = std::get_if<std::int64_t>(&value)) return number_text(*count, 0);
        return to_text(value);
    }

    void derivations() {
        page_.section("derivations", "How every figure came about");
        for (std::size_t i = 0; i < explained_.size(); ++i)
            if (const auto derivation = explain(book_, explained_[i]))
                page_.derivation("how-" + std::to_string(i + 1), *derivation);
    }

    void terms() {
        page_.section("terms", "What was agreed");
        page_.preformatted(book_.terms);
    }

    void history() {
        page_.section("history", "What happened when");
        constexpr std::size_t most = 200;
        page_.begin_table({"when", "part", "what", "moved, " + std::string(book_.currency.code())}, 3);
        for (std::size_t i = 0; i < std::min(most, book_.entries.size()); ++i) {
            const PlanEntry& entry = book_.entries[i];
            Int128 moved = 0;
            for (const PlanMovement& movement : entry.movements) moved += scale_.count(movement.amount);
            std::string what = words(entry.what);
            if (entry.number != 0) what += " " + std::to_string(entry.number);
            if (!entry.line.empty()) what += ": " + entry.line;
            page_.row(day(entry.on), {entry.part, what, number_text(moved, scale_.unit().decimals)});
        }
        page_.end_table();
        if (book_.entries.size() > most)
            page_.paragraph("And " + number_text(static_cast<Int128>(book_.entries.size() - most), 0) +
                            " further lines, which the figures above hold too.");
    }

    void refused() {
        if (refusals_.empty()) return;
        page_.section("refusals", "What was refused");
        page_.begin_table({"when", "why", "rule and where it is written"}, 3);
        constexpr std::size_t most = 100;
        for (std::size_t i = 0; i < std::min(most, refusals_.size()); ++i) {
            const Finding& why = refusals_[i].why;
            page_.row(day(refusals_[i].on), {why.what + (why.accepted.empty() ? "" : "; accepted: " + why.accepted),
                                             why.rule + "; " + detail::citation_text(why.citation)});
        }
        page_.end_table();
        if (refusals_.size() > most)
            page_.paragraph("And " + number_text(static_cast<Int128>(refusals_.size() - most), 0) + " more.");
    }

    const PlanBook& book_;
    const std::vector<PlanRefusal>& refusals_;
    detail::PlanScale scale_;
    HtmlPage page_;
    std::vector<std::string> explained_;
    int parts_ = 0;
};

}  // namespace

std::string html_report(const PlanPlay& play) {
    return PlanPage(play.book, play.refusals).html();
}

std::string html_report(const PlanBook& book) {
    return PlanPage(book, {}).html();
}

}  // namespace crowdrules
