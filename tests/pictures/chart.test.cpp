// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/contract.hpp>
#include <crowdrules/pictures/chart.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>
#include <pictures/drawing.hpp>
#include <random>
#include <regex>

using namespace crowdrules;
using detail::px;
using detail::Tenths;

namespace {

constexpr Instant start = Instant{std::chrono::sys_days{std::chrono::year{2016} / 6 / 1}};

/// A word on the paper, as it was placed.
struct Word {
    Tenths left, right, base, size;
    std::string text;
};

Tenths tenths(const std::string& text) {
    return static_cast<Tenths>(std::stod(text) * 10 + 0.5);
}

std::vector<Word> words_of(const std::string& svg) {
    static const std::regex pattern(
        R"re(<text x="([-\d.]+)" y="([-\d.]+)" text-anchor="(\w+)" class="([^"]*)">([^<]*))re");
    std::vector<Word> words;
    for (std::sregex_iterator found(svg.begin(), svg.end(), pattern), end; found != end; ++found) {
        const auto& match = *found;
        const int size = match[4] == "soft" ? 12 : 13;
        std::string text = match[5];
        for (const auto& [escaped, plain] : {std::pair{"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}})
            for (auto at = text.find(escaped); at != std::string::npos; at = text.find(escaped))
                text.replace(at, std::string(escaped).size(), plain);
        const Tenths width = detail::width_of(text, size), x = tenths(match[1]);
        const Tenths left = match[3] == "start" ? x : match[3] == "middle" ? x - width / 2 : x - width;
        words.push_back({left, left + width, tenths(match[2]), px(size), text});
    }
    return words;
}

Tenths width_in(const std::string& svg) {
    return tenths(std::regex_replace(svg.substr(0, 200), std::regex(R"re([^]*viewBox="0 0 ([\d.]+) [^]*)re"), "$1"));
}

/// No word lies on another or leaves the paper.
void is_legible(const std::string& svg) {
    const std::vector<Word> words = words_of(svg);
    REQUIRE(!words.empty());
    const Tenths width = width_in(svg);
    for (std::size_t i = 0; i < words.size(); ++i) {
        CAPTURE(words[i].text);
        CHECK(words[i].left >= -px(1));
        CHECK(words[i].right <= width + px(1));
        for (std::size_t j = 0; j < i; ++j) {
            const bool aside = words[i].right <= words[j].left || words[j].right <= words[i].left;
            const bool apart = std::abs(words[i].base - words[j].base) >= px(12);
            CAPTURE(words[j].text);
            CHECK((aside || apart));
        }
    }
}

template <class Chart>
void is_legible_everywhere(const Chart& chart) {
    for (const int width : {280, 340, 500, 720, 1200}) {
        CAPTURE(width);
        const std::string svg = to_svg(chart, {.width = width});
        is_legible(svg);
        CHECK(svg == to_svg(chart, {.width = width}));
        CHECK(svg.find("<title") != std::string::npos);
        CHECK(svg.find("<desc") != std::string::npos);
    }
}

std::string some_name(std::mt19937& random) {
    static const std::vector<std::string> names{
        "goal",       "Metal coins", "כוס תה חתומה",
        "電気ケトル", "<script>",    "A name that is longer than any screen of any telephone has room for",
        "",           "W",           "fees & taxes"};
    return names[random() % names.size()];
}

/// From single units to all that 64 bits hold.
std::int64_t some_amount(std::mt19937& random) {
    const std::int64_t all = std::numeric_limits<std::int64_t>::max();
    return static_cast<std::int64_t>((std::uint64_t{random()} << 32 | random()) % static_cast<std::uint64_t>(all)) >>
           random() % 62;
}

}  // namespace

TEST_SUITE_BEGIN("pictures");

TEST_CASE("time chart: legible whatever there is to name") {
    std::mt19937 random(7);
    for (int round = 0; round < 60; ++round) {
        TimeChart chart{.title = "T", .says = "S", .unit = ChartUnit::of(round % 2 == 0 ? USD : JPY)};
        const int shift = static_cast<int>(random() % 20);
        const auto amount = [&] { return some_amount(random) >> shift; };
        Instant at = start;
        TimeLine line{.name = some_name(random), .steps = random() % 2 == 0};
        TimeBand band{.name = some_name(random)};
        for (auto i = random() % 40; i > 0; --i) {
            at += Elapsed{random() % 10'000'000};
            line.points.push_back({at, amount()});
            const std::int64_t a = amount(), b = amount();
            band.points.push_back({at, std::min(a, b), std::max(a, b)});
        }
        chart.lines.push_back(line);
        if (round % 3 == 0) chart.bands.push_back(band);
        for (auto i = random() % 14; i > 0; --i) chart.levels.push_back({some_name(random), amount()});
        for (auto i = random() % 6; i > 0; --i)
            chart.moments.push_back({some_name(random), start + Elapsed{random() % 10'000'000}});
        is_legible_everywhere(chart);
    }
    is_legible_everywhere(TimeChart{.title = "Empty", .says = "Nothing.", .unit = ChartUnit::of(EUR)});
}

TEST_CASE("bar chart: legible, with negative parts, limits and nothing at all") {
    std::mt19937 random(8);
    for (int round = 0; round < 60; ++round) {
        BarChart chart{.title = "T", .says = "S", .of_what = "what", .unit = ChartUnit::of(USD)};
        for (auto i = 1 + random() % 7; i > 0; --i) chart.parts.push_back(some_name(random));
        for (auto i = random() % 9; i > 0; --i) {
            BarChart::Bar bar{.name = some_name(random)};
            for (std::size_t part = 0; part < chart.parts.size(); ++part)
                bar.values.push_back((random() % 4 == 0 ? -1 : 1) * (some_amount(random) >> 6));
            if (random() % 3 == 0) bar.limit = some_amount(random) >> 6;
            chart.bars.push_back(bar);
        }
        is_legible_everywhere(chart);
    }
    const BarChart odd{.parts = {"a", "b"}, .bars = {{.name = "x", .values = {1}}}};
    CHECK_THROWS_AS((void)to_svg(odd), ContractViolation);
    const std::int64_t all = std::numeric_limits<std::int64_t>::max();
    const BarChart huge{.parts = {"a", "b"}, .bars = {{.name = "x", .values = {all, 1}}}};
    CHECK_THROWS_AS((void)to_svg(huge), Overflow);
}

TEST_CASE("range chart: legible, whatever the figures") {
    std::mt19937 random(11);
    for (int round = 0; round < 40; ++round) {
        RangeChart chart{.title = "T",
                         .says = "S",
                         .unit = ChartUnit::of(USD),
                         .outer = "9 of 10 runs",
                         .inner = "half of all runs",
                         .middle = "median"};
        for (auto i = random() % 9; i > 0; --i) {
            std::vector<std::int64_t> figures(5);
            for (std::int64_t& figure : figures) figure = (random() % 3 == 0 ? -1 : 1) * some_amount(random);
            std::sort(figures.begin(), figures.end());
            chart.ranges.push_back({some_name(random), figures[0], figures[1], figures[2], figures[3], figures[4]});
        }
        is_legible_everywhere(chart);
    }
    const RangeChart fallen{.ranges = {{.name = "x", .low = 2, .lower = 1}}};
    CHECK_THROWS_AS((void)to_svg(fallen), ContractViolation);
}

TEST_CASE("flow chart: legible, streams as wide as they should be") {
    std::mt19937 random(9);
    for (int round = 0; round < 60; ++round) {
        FlowChart chart{.title = "T", .says = "S", .unit = ChartUnit::of(USD)};
        chart.nodes.push_back({"pledged", 0});
        for (auto i = 1 + random() % 4; i > 0; --i) chart.nodes.push_back({some_name(random), 1});
        const std::size_t middle = chart.nodes.size();
        for (auto i = random() % 9; i > 0; --i) chart.nodes.push_back({some_name(random), 2, ChartFill::stripes});
        for (std::size_t i = 1; i < middle; ++i) chart.links.push_back({0, i, some_amount(random) >> 4});
        for (std::size_t i = middle; i < chart.nodes.size(); ++i)
            chart.links.push_back({1 + random() % (middle - 1), i, some_amount(random) >> 4});
        is_legible_everywhere(chart);
    }
    const FlowChart back{.nodes = {{"a", 1}, {"b", 0}}, .links = {{0, 1, 5}}};
    CHECK_THROWS_AS((void)to_svg(back), ContractViolation);
}

TEST_CASE("calendar chart: legible, moments and spans, done and to come") {
    std::mt19937 random(10);
    for (int round = 0; round < 40; ++round) {
        CalendarChart chart{.title = "T", .says = "S", .unit = ChartUnit::of(USD)};
        for (auto i = random() % 12; i > 0; --i) {
            CalendarChart::Row row{.name = some_name(random), .from = start + Elapsed{random() % 100'000'000}};
            if (random() % 3 == 0) row.to = row.from + Elapsed{random() % 10'000'000};
            if (random() % 2 == 0) row.value = some_amount(random);
            row.done = random() % 2 == 0;
            chart.rows.push_back(row);
        }
        chart.moments.push_back({some_name(random), start});
        is_legible_everywhere(chart);
    }
}

TEST_CASE("charts: every figure is in the table, and names are text") {
    const BarChart chart{.title = "<b>What</b>",
                         .says = "a & b",
                         .of_what = "platform",
                         .unit = ChartUnit::of(USD),
                         .parts = {"net", "fees"},
                         .bars = {{.name = "<script>", .values = {9'343'791'24, 823'551'69}}}};
    const std::string table = to_html_table(chart);
    CHECK(table.find("9,343,791.24") != std::string::npos);
    CHECK(table.find("823,551.69") != std::string::npos);
    for (const std::string& text : {table, to_svg(chart)}) {
        CHECK(text.find("<script") == std::string::npos);
        CHECK(text.find("&lt;b&gt;What&lt;/b&gt;") != std::string::npos);
    }
    CHECK(to_svg(chart, {.id = "a1"}).find("id=\"a1-title\"") != std::string::npos);
    CHECK_THROWS_AS((void)to_svg(chart, {.id = "\"><script>"}), ContractViolation);
    CHECK_THROWS_AS((void)to_svg(chart, {.width = 20}), ContractViolation);
}

TEST_SUITE_END();
