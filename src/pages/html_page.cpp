// SPDX-License-Identifier: BSL-1.0
#include "html_page.hpp"

#include <algorithm>
#include <pictures/drawing.hpp>

namespace crowdrules::detail {
namespace {

constexpr std::string_view style = R"(
:root{color-scheme:light dark;--ink:#1d2229;--soft:#59616b;--line:#d5d9de;--paper:#fff;--tint:#f4f6f8;--link:#1f5f9e}
@media (prefers-color-scheme:dark){:root{--ink:#e8eaed;--soft:#a7aeb7;--line:#3a4048;--paper:#16191d;--tint:#1f242a;
--link:#8cc0f0}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);
font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
main{max-width:48rem;margin:0 auto;padding:1.5rem 1rem 4rem}
h1{font-size:1.75rem;line-height:1.2;margin:.2rem 0;overflow-wrap:anywhere}
h2{font-size:1.25rem;margin:2.5rem 0 .6rem;padding-top:.6rem;border-top:2px solid var(--ink)}
h3{font-size:1rem;margin:0 0 .2rem}
p{margin:.4rem 0}a{color:var(--link)}
.kind,.says,figcaption p,.note{color:var(--soft)}.kind{margin:0}
.outcome{font-size:1.1rem}
.headlines{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:.75rem;margin:1rem 0;padding:0}
.headlines div{background:var(--tint);border:1px solid var(--line);border-radius:.4rem;padding:.5rem .6rem}
.headlines dt{color:var(--soft);font-size:.875rem}.headlines dd{margin:0}
.headlines .figure{font-size:1.05rem;font-weight:600;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.headlines .figure small{font-weight:400;font-size:.8rem;color:var(--soft)}
.headlines .note{font-size:.875rem}
nav ul{display:flex;flex-wrap:wrap;gap:.2rem 1rem;margin:0;padding:0;list-style:none}
figure{margin:1rem 0}figcaption{margin-bottom:.6rem}
.chart{display:block;width:100%;height:auto}.narrow{display:none}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.9375rem}
caption{text-align:left;color:var(--soft);padding:.3rem 0}
th,td{text-align:left;vertical-align:top;padding:.28rem .75rem .28rem 0;border-bottom:1px solid var(--line)}
th:last-child,td:last-child{padding-right:0}
thead th{color:var(--soft);font-weight:600;border-bottom:1px solid var(--ink)}
tbody th{font-weight:400}
.group th{font-weight:600;padding-top:1rem;border-bottom-color:var(--ink)}
.sum th,.sum td{font-weight:600;border-top:1px solid var(--ink);border-bottom:3px double var(--ink)}
.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.words{overflow-wrap:break-word}
details{margin:.3rem 0}summary{cursor:pointer;padding:.2rem 0}
summary .figure{font-variant-numeric:tabular-nums;font-weight:600}
.tree,.tree ul{margin:.2rem 0;padding-left:1.1rem;list-style:none;border-left:2px solid var(--line)}
.tree li{margin:.4rem 0;overflow-wrap:anywhere}.tree .figure{font-variant-numeric:tabular-nums;font-weight:600}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font-size:.85rem;background:var(--tint);padding:.6rem}
cite{display:block;color:var(--soft);font-style:normal;font-size:.875rem}
footer{margin-top:3rem;color:var(--soft);font-size:.875rem;border-top:1px solid var(--line);padding-top:.8rem}
@media (max-width:36rem){.wide{display:none}.narrow{display:block}table{font-size:.875rem}
th,td{padding-right:.5rem}h1{font-size:1.4rem}}
@media print{:root{--ink:#000;--soft:#333;--line:#999;--paper:#fff;--tint:#fff;--link:#000}body{font-size:10.5pt}
main{max-width:none;padding:0}nav{display:none}a{text-decoration:none}.wide{display:block}.narrow{display:none}
figure,tr,.headlines div{break-inside:avoid}h2,h3,figcaption{break-after:avoid}
details::details-content{content-visibility:visible;block-size:auto;display:block}}
)";

}  // namespace

std::string citation_text(const Citation& citation) {
    return to_text(citation);
}

HtmlPage::HtmlPage(std::string title, std::string kind) : title_(std::move(title)) {
    head_.open("header").line();
    head_.element("p", {{"class", "kind"}}, kind).line();
    head_.open("h1").foreign(title_).close().line();
}

void HtmlPage::outcome(std::string_view line) {
    head_.element("p", {{"class", "outcome"}}, line).line();
}

void HtmlPage::headlines(const std::vector<Headline>& figures) {
    head_.open("dl", {{"class", "headlines"}}).line();
    for (const Headline& headline : figures) {
        head_.open("div").element("dt", headline.name).open("dd", {{"class", "figure"}}).text(headline.figure);
        if (!headline.unit.empty()) head_.text(" ").element("small", headline.unit);
        head_.close();
        if (!headline.note.empty()) head_.element("dd", {{"class", "note"}}, headline.note);
        head_.close().line();
    }
    head_.close().line();
}

void HtmlPage::section(std::string_view id, std::string_view heading) {
    if (in_section_) body_.close().line();
    in_section_ = true;
    body_.open("section", {{"id", std::string(id)}}).line().element("h2", heading).line();
    nav_.open("li").element("a", {{"href", "#" + std::string(id)}}, heading).close().line();
}

void HtmlPage::paragraph(std::string_view text) {
    body_.element("p", {{"class", "says"}}, text).line();
}

void HtmlPage::preformatted(std::string_view text) {
    body_.element("pre", text).line();
}

void HtmlPage::figure(std::string_view title, std::string_view says, std::string_view wide, std::string_view narrow,
                      std::string_view table) {
    body_.open("figure").line();
    body_.open("figcaption").element("h3", title).element("p", says).close().line();
    body_.open("div", {{"class", "wide"}}).raw(wide).close().line();
    body_.open("div", {{"class", "narrow"}}).raw(narrow).close().line();
    body_.open("details").element("summary", "The figures as a table").line();
    body_.open("div", {{"class", "scroll"}}).raw(table).close().close().line();
    body_.close().line();
}

void HtmlPage::begin_table(const std::vector<std::string>& heads, std::size_t numbers) {
    numbers_ = numbers;
    columns_ = heads.size();
    body_.open("div", {{"class", "scroll"}}).open("table").line().open("thead").open("tr");
    for (std::size_t i = 0; i < heads.size(); ++i)
        body_.element("th", {{"scope", "col"}, {"class", i >= numbers ? "number" : "words"}}, heads[i]);
    body_.close().close().line().open("tbody").line();
}

void HtmlPage::group(std::string_view heading) {
    body_.close().line().open("tbody").line();
    body_.open("tr", {{"class", "group"}});
    body_.element("th", {{"scope", "rowgroup"}, {"colspan", std::to_string(columns_)}}, heading);
    body_.close().line();
}

void HtmlPage::row(std::string_view name, const std::vector<std::string>& cells, Row kind, std::string_view link) {
    if (kind == Row::sum)
        body_.open("tr", {{"class", "sum"}});
    else
        body_.open("tr");
    body_.open("th", {{"scope", "row"}, {"class", "words"}});
    if (link.empty())
        body_.foreign(name);
    else
        body_.element("a", {{"href", "#" + std::string(link)}}, name);
    body_.close();
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i + 1 >= numbers_)
            body_.element("td", {{"class", "number"}}, cells[i]);
        else
            body_.open("td", {{"class", "words"}}).foreign(cells[i]).close();
    }
    body_.close().line();
}

void HtmlPage::end_table() {
    body_.close().close().close().line();  // tbody, table, div
}

void HtmlPage::derivation(std::string_view id, const Derivation& derivation) {
    std::string name = derivation.figure;
    std::replace(name.begin(), name.end(), '_', ' ');
    body_.open("details").open("summary").text(name).text(" ");
    body_.element("span", {{"class", "figure"}}, derivation.value).close().line();
    // The id lies inside, so that a browser that follows a link to it unfolds it.
    body_.open("ul", {{"class", "tree"}, {"id", std::string(id)}});
    tree(derivation);
    body_.close().close().line();
}

void HtmlPage::tree(const Derivation& derivation) {
    std::string name = derivation.figure;
    std::replace(name.begin(), name.end(), '_', ' ');
    body_.open("li").foreign(name).text(" ").element("span", {{"class", "figure"}}, derivation.value);
    if (!derivation.formula.empty()) body_.text(" = ").foreign(derivation.formula);
    if (!derivation.rule.empty() || !derivation.citation.source.empty()) {
        body_.open("cite");
        if (!derivation.rule.empty()) body_.element("code", derivation.rule).text(": ");
        body_.foreign(citation_text(derivation.citation)).close();
    }
    if (!derivation.from.empty()) {
        body_.open("ul");
        for (const Derivation& part : derivation.from) tree(part);
        body_.close();
    }
    body_.close().line();
}

std::string HtmlPage::take() {
    Markup page;
    page.raw("<!doctype html>\n").open("html", {{"lang", "en"}}).line().open("head").line();
    page.empty("meta", {{"charset", "utf-8"}}).line();
    page.empty("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}}).line();
    page.empty("meta", {{"http-equiv", "Content-Security-Policy"},
                        {"content", "default-src 'none'; style-src 'unsafe-inline'"}});
    page.line().element("title", title_).line();
    page.open("style").raw(style).raw(chart_style()).close().line().close().line();
    page.open("body").line().open("main").line();
    page.raw(head_.take()).line();
    page.open("nav", {{"aria-label", "On this page"}}).open("ul").line().raw(nav_.take()).close().close().line();
    page.raw(body_.take()).line();
    page.open("footer").element(
        "p",
        "Made by crowdrules. Amounts are exact; every figure can be unfolded down to its rules. The rules of platforms "
        "and laws are restated from published sources and are no legal advice.");
    return page.take() + "\n";
}

}  // namespace crowdrules::detail
