// SPDX-License-Identifier: BSL-1.0
// HTML page: one file that needs nothing else: headings with a list of them, tables, and charts with the tables of
// their figures.
//
// A chart is drawn twice, for wide and for narrow screens; the page shows the one that fits. There are no scripts, and
// the page forbids itself to fetch anything.
#pragma once

#include <crowdrules/pictures/chart.hpp>
#include <crowdrules/reason/derivation.hpp>

#include <pictures/markup.hpp>
#include <span>
#include <words/date.hpp>
#include <words/number.hpp>
#include <words/page.hpp>

namespace crowdrules::detail {

/// "help centre 115005028634, read 2026-11 [official]"; "the campaign's own terms [agreed]".
[[nodiscard]] std::string citation_text(const Citation& citation);

class HtmlPage {
  public:
    /// `title` and `subtitle` may be anybody's words.
    HtmlPage(std::string title, std::string kind);

    /// What stands under the title: one line, and the few figures that matter most.
    void outcome(std::string_view line);
    struct Headline {
        std::string name, figure, unit, note;
    };
    void headlines(const std::vector<Headline>& figures);

    void section(std::string_view id, std::string_view heading);
    void paragraph(std::string_view text);
    /// Text of a file, as it stands there.
    void preformatted(std::string_view text);

    template <class Chart>
    void chart(const Chart& chart) {
        const std::string id = "c" + std::to_string(++charts_);
        figure(chart.title, chart.says, to_svg(chart, {.width = 720, .id = id + "w", .stands_alone = false}),
               to_svg(chart, {.width = 340, .id = id + "n", .stands_alone = false}), to_html_table(chart));
    }

    /// A table of an accountant: names to the left, figures to the right, groups under headings.
    void begin_table(const std::vector<std::string>& heads, std::size_t numbers);
    void group(std::string_view heading);
    enum class Row : std::uint8_t { plain, sum };
    /// `link`: the id of what explains the row; `cells`: beside its name.
    void row(std::string_view name, const std::vector<std::string>& cells, Row kind = Row::plain,
             std::string_view link = {});
    void end_table();

    /// How a figure came about, folded up until somebody asks.
    void derivation(std::string_view id, const Derivation& derivation);

    /// What was refused, of a campaign or a community: the first hundred one by one.
    template <class Refusal>
    void refused(std::span<const Refusal> refusals) {
        if (refusals.empty()) return;
        section("refusals", "What was refused");
        begin_table({"when", "why", "rule and where it is written", "number"}, 3);
        constexpr std::size_t most = 100;
        std::uint64_t others = 0;
        for (std::size_t i = 0; i < refusals.size(); ++i) {
            const Refusal& refusal = refusals[i];
            if (i >= most) {
                others += refusal.count;
                continue;
            }
            const auto& why = refusal.why;
            std::string reason = words(to_text(why.code)) + ": " + why.what;
            if (!why.accepted.empty()) reason += "; accepted: " + why.accepted;
            row(moment_text(refusal.at),
                {reason, why.rule + (why.rule.empty() ? "" : "; ") + citation_text(why.citation),
                 grouped(refusal.count)});
        }
        if (others > 0) row("later", {"further refusals", "", grouped(others)});
        end_table();
    }

    [[nodiscard]] std::string take();

  private:
    void figure(std::string_view title, std::string_view says, std::string_view wide, std::string_view narrow,
                std::string_view table);
    void tree(const Derivation& derivation);

    std::string title_;
    Markup head_, nav_, body_;
    std::size_t numbers_ = 0, columns_ = 0;
    bool in_section_ = false;
    int charts_ = 0;
};

}  // namespace crowdrules::detail
