// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/rulepacks/load.hpp>
#include <crowdrules/rulepacks/pack.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <rulepacks/embedded.hpp>

using namespace crowdrules;

namespace {

bool holds(const std::string& text, std::string_view part) {
    return text.find(part) != text.npos;
}

/// A pack of one rule, or what is wrong with it.
std::string parsed(std::string_view rules,
                   std::string_view citations = "[citations.a]\nsource='s'\nread='2026'\nevidence='official'\n") {
    const auto text =
        "pack='p'\ntitle='P'\njurisdiction='j'\ndescription='d'\n" + std::string(citations) + std::string(rules);
    const auto pack = parse_pack(text, "p.toml");
    return pack ? std::to_string(pack->rows().size()) + " rows" : to_text(pack.error());
}

constexpr const char* start = "[[rule]]\nparameter='window.days'\ncite='a'\n";

}  // namespace

TEST_SUITE_BEGIN("rulepacks");

TEST_CASE("a pack is read") {
    CHECK(parsed(std::string(start) + "from=2009-04-28\nvalue={minimum='1 day',maximum='60 days'}\n") == "1 rows");
    CHECK(
        parsed("[[rule]]\nparameter='limits.minimum'\ncite='a'\nfrom=2009-04-28\nby_currency={USD='1',JPY='100'}\n") ==
        "2 rows");
    CHECK(parsed("[[rule]]\nparameter='fees.tax'\ncite='a'\nfrom=2009-04-28\ncountry=['US','CA']\nvalue='none'\n") ==
          "2 rows");
}

TEST_CASE("text that is no TOML names its place") {
    const auto error = parse_pack("pack = \n", "p.toml");
    REQUIRE_FALSE(error);
    CHECK(holds(to_text(error.error()), "p.toml:1:"));
    CHECK_FALSE(parse_pack("[+", "p.toml"));
    CHECK_FALSE(parse_pack("[\f", "p.toml"));
    CHECK_FALSE(parse_pack("a=1\na=2", "p.toml"));
    CHECK_FALSE(parse_pack("", "p.toml"));
}

TEST_CASE("a text that nests deeper than the parser could bear is refused at its place") {
    const auto refused = [](const std::string& text) {
        const auto pack = parse_pack(text, "p.toml");
        return pack ? std::string("accepted") : to_text(pack.error());
    };
    const auto times = [](std::size_t count, std::string_view part) {
        std::string text;
        while (count-- > 0) text += part;
        return text;
    };
    const std::string too_deep = "nested too deeply; accepted: at most 64 levels\n";
    const std::size_t many = 50'000;
    for (const std::string& text : {
             times(many, "a.") + "a = 1",                            // a dotted key
             times(many, "\"a\" . ") + "a = 1",                      // of quoted parts
             times(many, "'a#[' .\t") + "a = 1",                     // with what looks like more
             "[" + times(many, "a.") + "a]",                         // a table header
             "[[" + times(many, "a.") + "a]]",                       // of a list of tables
             "a = " + times(many, "["),                              // lists
             "a = " + times(many, "{a="),                            // inline tables
             "a = " + times(many, "[{a="),                           // one in the other
             times(40, "a.b = {") + "a = 1",                         // a bit of both
             "a = " + times(20, "[ { a.b.c = 1, a.b.d = "),          // of which each key counts for itself
             "b = \"\"\"]\"\\\"\"\"\"\"\n a = " + times(many, "["),  // behind a string that ends in quotes
             "b = '''\n[\n'''\n#]\na = " + times(many, "["),         // behind one of many lines
         }) {
        CAPTURE(text.substr(0, 60));
        const std::string error = refused(text);
        CAPTURE(error.substr(0, 200));
        CHECK(error.starts_with("p.toml:"));
        CHECK(error.ends_with(too_deep));
    }
    CHECK(refused("b = ']'\n# [\na = " + times(65, "[")) == "p.toml:3:69: " + too_deep);

    // What is no deeper than it may be is read, whatever stands in its strings and comments.
    CHECK(holds(refused("a = " + times(60, "[") + times(60, "]")), "'a' is no field here"));
    for (const std::string& text :
         {"a = '" + times(99, "[.") + "'", "# " + times(99, "[.") + "\na = 1", "a = \"\\\"" + times(99, "{.") + "\"",
          "a = '''\n" + times(99, "[.\n") + "'''", "a = \"\"\"\"" + times(99, "[.") + "\"\"\"",
          "a = [" + times(99, "[1],\n") + "]", "a = [" + times(99, "{a.b='1.5'},") + "]"}) {
        CAPTURE(text);
        CHECK(holds(refused(text), "'a' is no field here"));
    }
}

TEST_CASE("a text of more values than memory is made for is refused") {
    std::string text = "a = [\n";
    for (int i = 0; i < 4'000'001; ++i) text += "1,";
    const auto pack = parse_pack(text + "]", "p.toml");
    REQUIRE_FALSE(pack);
    CHECK(to_text(pack.error()).starts_with("p.toml:2:"));
    CHECK(to_text(pack.error()).ends_with("too many values; accepted: at most 4000000\n"));
}

TEST_CASE("a pack that says something else than it means is refused at its place") {
    const std::string value = "value={minimum='1 day',maximum='60 days'}\n";
    const auto refused = [&](const std::string& rules, std::string_view part) {
        const auto error = parsed(rules);
        CAPTURE(error);
        CHECK(holds(error, "p.toml:"));
        CHECK(holds(error, part));
    };
    refused("[[rule]]\nparameter='window.day'\ncite='a'\nfrom=2009-04-28\n" + value,
            "'window.day' is no parameter; accepted: window.days");
    refused(start + ("form=2009-04-28\n" + value), "'form' is no field here; accepted: 'from'");
    refused(start + value, "one of 'from' and 'seen'");
    refused(start + ("from=2009-04-28\nseen=2009-04-28\n" + value), "one of 'from' and 'seen'");
    refused(start + ("from=2009-02-30\n" + value), "p.toml:");
    refused(start + ("from=2009-04-28\nuntil=2009-04-27\n" + value), "it ends 2009-04-27 before it begins");
    refused(start + ("from=2009-04-28\ncurrency='USD'\n" + value), "neither currency nor country");
    refused(std::string(start) + "from=2009-04-28\n", "a rule has one 'value'");
    refused(std::string(start) + "from=2009-04-28\nvalue='60 days'\n",
            "window.days: \"60 days\", but expected a table with ");
    refused(std::string(start) + "from=2009-04-28\nvalue={minimum='1 day',maximum='60 dys'}\n", "window.days.maximum");
    refused(std::string(start) + "from=2009-04-28\nvalue={minimum='9 days',maximum='1 day'}\n",
            "the shortest is longer");
    refused(std::string(start) + "from=2009-04-28\nvalue={minimum='1 day',maximum='2 days',avarage='1 day'}\n",
            "'avarage' is no field");
    refused("[[rule]]\nparameter='window.days'\ncite='b'\nfrom=2009-04-28\n" + value, "there is no citation 'b'");
    refused("[[rule]]\nparameter='window.days'\nfrom=2009-04-28\n" + value, "'cite' is missing");
    refused("[[rule]]\nparameter='limits.minimum'\ncite='a'\nfrom=2009-04-28\nvalue='1'\n", "accepted: a currency");
    refused("[[rule]]\nparameter='limits.minimum'\ncite='a'\nfrom=2009-04-28\nby_currency={USD='1.005'}\n",
            "3 decimals, but USD has 2");
    refused("[[rule]]\nparameter='limits.minimum'\ncite='a'\nfrom=2009-04-28\nby_currency={USD=1}\n",
            "an amount as text");
    refused("[[rule]]\nparameter='limits.minimum'\ncite='a'\nfrom=2009-04-28\nby_currency={USD=1.5}\n",
            "a floating point number is not exact");
    refused("[[rule]]\nparameter='limits.minimum'\ncite='a'\nfrom=2009-04-28\nby_currency={USX='1'}\n", "USX");
    refused("[[rule]]\nparameter='fees.tax'\ncite='a'\nfrom=2009-04-28\ncountry='usa'\nvalue='none'\n",
            "'usa' is no country");
    const std::string fee = "[[rule]]\nparameter='fees.processing'\ncite='a'\nfrom=2009-04-28\ncurrency='USD'\nvalue=";
    refused(fee + "{bands=[{rate='5 %'}]}\n", "bands[1].rate");
    refused(fee + "{bands=[{rate='500%'}]}\n", "fees.processing.bands[1].rate: ");
    refused(fee + "{bands=[{from='10',rate='5%'},{from='1',rate='5%'}]}\n", "fees.processing: ");
    refused("[[rule]]\nparameter='fees.platform'\ncite='a'\nfrom=2009-04-28\nvalue={bands=[{fixed='1.00'}]}\n",
            "of which currency is not said");
    refused("[[rule]]\nparameter='model.goal'\ncite='a'\nfrom=2009-04-28\nvalue={goal='100.00'}\n", "model.goal");
    refused("[[rule]]\nparameter='rewards.frozen'\ncite='a'\nfrom=2009-04-28\nvalue=true\n", "a text in quotes");
    CHECK(
        holds(parsed("", "rule=7\n[citations.a]\nsource='s'\nread='2026'\nevidence='official'\n"), "a list: [[rule]]"));
}

TEST_CASE("rows that hold on the same day are refused, with the line of the other") {
    const std::string value = "value={minimum='1 day',maximum='60 days'}\n";
    const auto twice = parsed(start + ("from=2009-04-28\n" + value) + start + ("from=2009-04-28\n" + value));
    CHECK(holds(twice, "another value for the same holds on 2009-04-28 (line 13)"));
    const auto overlapping =
        parsed(start + ("from=2009-04-28\nuntil=2011-06-15\n" + value) + start + ("from=2011-06-15\n" + value));
    CHECK(holds(overlapping, "another value for the same holds on 2011-06-15"));
    CHECK(parsed(start + ("from=2009-04-28\nuntil=2011-06-14\n" + value) + start + ("from=2011-06-15\n" + value)) ==
          "2 rows");
}

TEST_CASE("a citation needs a source, a date, a grade and something that cites it") {
    const std::string rule = std::string(start) + "from=2009-04-28\nvalue={minimum='1 day',maximum='60 days'}\n";
    CHECK(holds(parsed(rule, "[citations.a]\nread='2026'\nevidence='official'\n"), "'source' is missing"));
    CHECK(holds(parsed(rule, "[citations.a]\nsource='s'\nevidence='official'\n"), "'read' is missing"));
    CHECK(holds(parsed(rule, "[citations.a]\nsource='s'\nread='2026'\n"), "'evidence' is missing"));
    CHECK(holds(parsed(rule, "[citations.a]\nsource='s'\nread='2026'\nevidence='offical'\n"),
                "did you mean 'official'?"));
    CHECK(holds(parsed(rule,
                       "[citations.a]\nsource='s'\nread='2026'\nevidence='official'\n[citations.b]\nsource='s'\nread='"
                       "2026'\nevidence='official'\n"),
                "nothing cites 'b'"));
}

TEST_CASE("a name that is no pack is refused with those there are") {
    const auto pack = load_pack("kickstartr");
    REQUIRE_FALSE(pack);
    CHECK(holds(to_text(pack.error()), "kickstarter"));
}

TEST_CASE("a pack with bytes changed is read or refused at a place, and nothing else") {
    const auto packs = detail::embedded_packs();
    const auto kickstarter =
        std::find_if(packs.begin(), packs.end(), [](auto& pack) { return pack.name == "kickstarter"; });
    const std::string whole(kickstarter->text);
    constexpr std::string_view bytes = "\"'[]{}=.,#\n 09-aZ%\xFF";
    std::mt19937_64 random(11);
    std::size_t refused = 0;
    for (int round = 0; round < 150; ++round) {
        auto text = whole;
        for (auto changes = 1 + random() % 3; changes > 0; --changes)
            text[random() % text.size()] = bytes[random() % bytes.size()];
        const auto pack = parse_pack(text, "p.toml");
        if (pack) continue;
        ++refused;
        REQUIRE_FALSE(pack.error().empty());
        for (const Finding& finding : pack.error()) CHECK(finding.where.line > 0);
    }
    CHECK(refused > 50);
}

TEST_CASE("every value that a pack may set has a path of its own and an example") {
    for (const PackKind kind : {PackKind::campaign, PackKind::community, PackKind::revenue}) {
        const auto parameters = pack_parameters(kind);
        for (const auto& parameter : parameters) {
            CHECK_FALSE(parameter.value.empty());
            CHECK(std::count_if(parameters.begin(), parameters.end(),
                                [&](const auto& other) { return other.path == parameter.path; }) == 1);
        }
    }
}

TEST_SUITE_END();
