// SPDX-License-Identifier: BSL-1.0
#include "drawing.hpp"

#include <crowdrules/core/contract.hpp>

#include "core/enumerators.hpp"
#include <algorithm>

namespace crowdrules::detail {
namespace {

/// "12.3", "12".
std::string coordinate(Tenths at) {
    const Tenths size = at < 0 ? -at : at;
    std::string text = (at < 0 ? "-" : "") + std::to_string(size / 10);
    if (size % 10 != 0) text += "." + std::to_string(size % 10);
    return text;
}

/// Hundredths of the letter size that a character takes, in the wider of the fonts that browsers have.
int width_of(char32_t point) {
    if (point < 0x80) {
        const char c = static_cast<char>(point);
        if (std::string_view(" .,:;'|!ijl()[]").find(c) != std::string_view::npos) return 36;
        if (c >= 'A' && c <= 'Z') return 74;
        return c == 'm' || c == 'w' || c == '%' || c == '@' ? 92 : 63;
    }
    if ((point >= 0x300 && point < 0x370) || (point >= 0x200B && point < 0x2010)) return 0;  // marks on a letter
    const bool is_wide = (point >= 0x1100 && point < 0x1160) || (point >= 0x2E80 && point < 0xD7B0) ||
                         (point >= 0xF900 && point < 0xFB00) || (point >= 0xFF00 && point < 0xFF61) || point >= 0x1F000;
    return is_wide ? 104 : 68;
}

constexpr std::string_view fill_name(ChartFill fill) {
    return detail::enumerator_name(fill);
}

/// What a pattern repeats: a tile of eight pixels.
constexpr std::string_view tile(ChartFill fill) {
    switch (fill) {
        case ChartFill::solid:
            return R"(<rect class="t0" width="8" height="8"/>)";
        case ChartFill::stripes:
            return R"(<rect class="b1" width="8" height="8"/><path class="t1" d="M-2,2L2,-2M0,8L8,0M6,10L10,6"/>)";
        case ChartFill::dots:
            return R"(<rect class="b2" width="8" height="8"/><circle class="t2" cx="2" cy="2" r="1.6"/>)"
                   R"(<circle class="t2" cx="6" cy="6" r="1.6"/>)";
        case ChartFill::grid:
            return R"(<rect class="b3" width="8" height="8"/><path class="t3" d="M0,4H8M4,0V8"/>)";
        case ChartFill::dashes:
            return R"(<rect class="b4" width="8" height="8"/><path class="t4" d="M0,2H5M4,6H8M0,6H1"/>)";
        case ChartFill::hollow:
            return R"(<rect class="b5" width="8" height="8"/>)";
    }
    return {};
}

constexpr std::string_view style_sheet = R"(
.chart{--ink:#1d2229;--soft:#59616b;--line:#d5d9de;--paper:#fff;--k0:#1f5f9e;--k1:#b3540c;--k2:#1f7a4d;--k3:#7a3f98;
--k4:#5d646d;--k1b:#fbe6d3;--k2b:#d9efe2;--k3b:#ecdff2;--k4b:#e6e8eb}
@media (prefers-color-scheme:dark){.chart{--ink:#e8eaed;--soft:#a7aeb7;--line:#3a4048;--paper:#16191d;--k0:#6aaae6;
--k1:#f0a35e;--k2:#6fcf9b;--k3:#c99be0;--k4:#a7aeb7;--k1b:#4a2f18;--k2b:#1c3d2c;--k3b:#3a2745;--k4b:#2c3138}}
@media print{.chart{--ink:#000;--soft:#333;--line:#aaa;--paper:#fff;--k0:#1f5f9e;--k1:#b3540c;--k2:#1f7a4d;--k3:#7a3f98;
--k4:#444;--k1b:#fbe6d3;--k2b:#d9efe2;--k3b:#ecdff2;--k4b:#e6e8eb;print-color-adjust:exact}}
.chart text{font:13px system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;fill:var(--ink);
font-variant-numeric:tabular-nums;unicode-bidi:isolate;paint-order:stroke;stroke:var(--paper);stroke-width:3px;
stroke-linejoin:round}
.chart .soft{fill:var(--soft);font-size:12px}.chart .strong{font-weight:600}
.chart .axis{stroke:var(--soft)}.chart .rule{stroke:var(--line)}.chart .mark{stroke:var(--ink);stroke-dasharray:5 4}
.chart .middle{stroke:var(--ink);stroke-width:2.5}
.chart .when{stroke:var(--soft);stroke-dasharray:2 3}.chart .lead{stroke:var(--line);fill:none}
.chart .curve{stroke:var(--k0);stroke-width:2.2;fill:none;stroke-linejoin:round}
.chart .curve1{stroke:var(--k1);stroke-dasharray:7 4}.chart .curve2{stroke:var(--k2);stroke-dasharray:2 3}
.chart .curve3{stroke:var(--k3);stroke-dasharray:9 3 2 3}.chart .edge{stroke:var(--ink);stroke-width:.7}
.chart .pale{fill-opacity:.5;stroke:none}.chart .track{fill:none;stroke:var(--line)}
.chart .done{fill:var(--k0);stroke:var(--k0);stroke-width:2}
.chart .open{fill:var(--paper);stroke:var(--k0);stroke-width:2;stroke-dasharray:3 2}
.chart .back{fill:var(--paper)}
.chart .t0{fill:var(--k0)}.chart .t1{stroke:var(--k1);stroke-width:2}.chart .t2{fill:var(--k2)}
.chart .t3{stroke:var(--k3);stroke-width:1.3}.chart .t4{stroke:var(--k4);stroke-width:1.8}
.chart .b1{fill:var(--k1b)}.chart .b2{fill:var(--k2b)}.chart .b3{fill:var(--k3b)}.chart .b4{fill:var(--k4b)}
.chart .b5{fill:var(--paper)}
)";

}  // namespace

std::string_view chart_style() noexcept {
    return style_sheet;
}

Tenths width_of(std::string_view text, int letter_px) {
    std::int64_t hundredths = 0;
    for (const char32_t point : code_points(text)) hundredths += width_of(point);
    return hundredths * letter_px / 10;
}

std::string fitted(std::string_view text, Tenths width, int letter_px) {
    if (width_of(text, letter_px) <= width) return std::string(text);
    constexpr char32_t ellipsis = U'…';
    const std::u32string points = code_points(text);
    std::int64_t hundredths = width_of(ellipsis);
    std::size_t kept = 0;
    while (kept < points.size() && (hundredths + width_of(points[kept])) * letter_px / 10 <= width)
        hundredths += width_of(points[kept++]);
    while (kept > 0 && points[kept - 1] == U' ') --kept;
    return utf8(points.substr(0, kept) + ellipsis);
}

Pen& Pen::step(char letter, Tenths x, Tenths y) {
    text_ += letter + coordinate(x) + "," + coordinate(y);
    return *this;
}
Pen& Pen::across(Tenths x) {
    text_ += "H" + coordinate(x);
    return *this;
}
Pen& Pen::down(Tenths y) {
    text_ += "V" + coordinate(y);
    return *this;
}
Pen& Pen::swing(Tenths x0, Tenths x1, Tenths y0, Tenths y1) {
    const std::string middle = coordinate((x0 + x1) / 2);
    text_ += "C" + middle + "," + coordinate(y0) + " " + middle + "," + coordinate(y1) + " " + coordinate(x1) + "," +
             coordinate(y1);
    return *this;
}
Pen& Pen::close() {
    text_ += 'Z';
    return *this;
}

Drawing::Drawing(const ChartPaper& paper, std::string title, std::string says)
    : paper_(paper), title_(std::move(title)), says_(std::move(says)) {
    expects(paper.width >= 280, "a chart is at least 280 pixels wide");
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    const auto is_good = [&](char c) { return is_letter(c) || (c >= '0' && c <= '9'); };
    expects(!paper.id.empty() && is_letter(paper.id.front()) && std::all_of(paper.id.begin(), paper.id.end(), is_good),
            "the id of a chart is made of letters and digits, first a letter");
}

std::string Drawing::fill_of(ChartFill fill) {
    used_[static_cast<std::size_t>(fill)] = true;
    return "url(#" + paper_.id + "-" + std::string(fill_name(fill)) + ")";
}

void Drawing::shape(std::string_view element, Markup::Attributes attributes, std::string_view tip) {
    if (tip.empty()) {
        inside_.empty(element, attributes).line();
        return;
    }
    inside_.open(element, attributes).element("title", tip).close().line();
}

void Drawing::text(Tenths x, Tenths y, Anchor anchor, std::string_view style, std::string_view content,
                   std::string_view whole) {
    inside_.open("text", {{"x", coordinate(x)},
                          {"y", coordinate(y)},
                          {"text-anchor", std::string(detail::enumerator_name(anchor))},
                          {"class", std::string(style)}});
    inside_.text(content);
    if (!whole.empty() && whole != content) inside_.element("title", whole);
    inside_.close().line();
}

void Drawing::line(Tenths x0, Tenths y0, Tenths x1, Tenths y1, std::string_view style) {
    shape("line",
          {{"x1", coordinate(x0)},
           {"y1", coordinate(y0)},
           {"x2", coordinate(x1)},
           {"y2", coordinate(y1)},
           {"class", std::string(style)}},
          {});
}

void Drawing::path(const Pen& path, std::string_view style) {
    shape("path", {{"d", path.text()}, {"class", std::string(style)}}, {});
}

void Drawing::area(const Pen& path, ChartFill fill, std::string_view tip, bool pale) {
    shape("path", {{"d", path.text()}, {"fill", fill_of(fill)}, {"class", pale ? "pale" : "edge"}}, tip);
}

void Drawing::box(Tenths x, Tenths y, Tenths width, Tenths height, ChartFill fill, std::string_view tip) {
    shape("rect",
          {{"x", coordinate(x)},
           {"y", coordinate(y)},
           {"width", coordinate(width)},
           {"height", coordinate(height)},
           {"fill", fill_of(fill)},
           {"class", "edge"}},
          tip);
}

void Drawing::dot(Tenths x, Tenths y, Tenths radius, std::string_view style, std::string_view tip) {
    shape("circle",
          {{"cx", coordinate(x)}, {"cy", coordinate(y)}, {"r", coordinate(radius)}, {"class", std::string(style)}},
          tip);
}

std::string Drawing::take(Tenths height) {
    Markup file;
    const std::string wide = coordinate(width()), high = coordinate(height);
    file.open("svg", {{"xmlns", "http://www.w3.org/2000/svg"},
                      {"class", "chart"},
                      {"viewBox", "0 0 " + wide + " " + high},
                      {"width", wide},
                      {"height", high},
                      {"role", "img"},
                      {"aria-labelledby", paper_.id + "-title " + paper_.id + "-says"}});
    file.line().element("title", {{"id", paper_.id + "-title"}}, title_);
    file.element("desc", {{"id", paper_.id + "-says"}}, says_).line();
    if (paper_.stands_alone) file.open("style").raw(chart_style()).close().line();
    file.open("defs");
    for (std::size_t i = 0; i < chart_fill_count; ++i) {
        if (!used_[i]) continue;
        const auto fill = static_cast<ChartFill>(i);
        file.open("pattern", {{"id", paper_.id + "-" + std::string(fill_name(fill))},
                              {"width", "8"},
                              {"height", "8"},
                              {"patternUnits", "userSpaceOnUse"}});
        file.raw(tile(fill)).close();
    }
    file.close().line();
    if (paper_.stands_alone) file.empty("rect", {{"width", wide}, {"height", high}, {"class", "back"}}).line();
    file.raw(inside_.take());
    return file.take();
}

}  // namespace crowdrules::detail
