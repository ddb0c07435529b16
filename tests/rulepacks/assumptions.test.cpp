// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/rulepacks/load.hpp>

#include <doctest/doctest.h>

#include <algorithm>

using namespace crowdrules;

namespace {

bool holds(const std::string& text, std::string_view part) {
    return text.find(part) != text.npos;
}

/// A pack of two rules that came into force or were seen in 2020.
std::string two_rules(std::string_view more = {}) {
    return R"(pack = "two"
title = "Two"
jurisdiction = "nowhere"
description = "two rules"
[citations.terms]
source = "terms of use"
read = "2020"
evidence = "official"
[[rule]]
parameter = "fees.platform"
seen = 2020-01-01
value = { bands = [{ rate = "7%" }] }
cite = "terms"
[[rule]]
parameter = "payouts.first_after"
from = 2020-01-01
until = 2021-12-31
value = "3 days"
cite = "terms"
)" + std::string(more);
}

CampaignDraft draft_in(Currency currency, std::string country, std::string_view day) {
    const Instant opens = parse_instant(std::string(day) + "T12:00:00Z").value();
    return {.title = "A minimal campaign",
            .country = std::move(country),
            .currency = currency,
            .goal = 1'000'000,
            .window = {opens, opens + std::chrono::days(30)}};
}

std::string said(const Result<campaign::Terms, Findings>& terms) {
    return terms ? "made: " + terms->pack : to_text(terms.error());
}

/// Files by name, as a caller would read them.
ReadText files(std::map<std::string, std::string> texts) {
    return [texts = std::move(texts)](const std::string& name) -> Result<std::string, std::string> {
        const auto found = texts.find(name);
        if (found == texts.end()) return failure(name + ": no such file");
        return found->second;
    };
}

constexpr const char* my_set = R"(assumptions = "mine"
extends = "usual"
[citations.why]
source = "our contract says so"
read = "2026"
evidence = "assumed"
[[rule]]
parameter = "fees.processing"
value = { bands = [{ rate = "1%" }] }
cite = "why"
)";

}  // namespace

TEST_SUITE_BEGIN("rulepacks");

TEST_CASE("assumptions fill what no source says, and each is graded and has its reason") {
    const RulePack pack = parse_pack(two_rules(), "two.toml").value();
    CampaignDraft draft = draft_in(USD, "US", "2020-06-01");
    CHECK_FALSE(pack.campaign_terms(date("2020-06-01"), draft));
    draft.assume = "usual";
    const auto terms = pack.campaign_terms(date("2020-06-01"), draft);
    REQUIRE_MESSAGE(terms.has_value(), said(terms));
    const RuleCounts counts = counts_of(*terms);
    CHECK(counts.established == 2);
    CHECK(counts.given == 0);
    CHECK(counts.assumed == assumed_in(*terms).size());
    CHECK(terms->pack == "two, as of 2020-06-01, 2 values established, " + std::to_string(counts.assumed) +
                             " assumed (usual)");
    for (const auto& [path, citation] : assumed_in(*terms)) {
        CAPTURE(path);
        CHECK(citation.evidence == Evidence::assumed);
        CHECK(holds(citation.source, ": "));
    }
    CHECK(campaign::citation_of(*terms, "fees.platform").evidence == Evidence::official);
    CHECK(terms->fees.processing.bands[0].rate == Decimal::parse("3%").value());

    // What the draft gives is not assumed.
    draft.given["fees.processing"] = parse_value("{ bands = [{ rate = '2%' }] }").value();
    const auto given = pack.campaign_terms(date("2020-06-01"), draft).value();
    CHECK(counts_of(given).given == 1);
    CHECK(counts_of(given).assumed == counts.assumed - 1);
}

TEST_CASE("what the platform is seen to have on another day is assumed first, but not what came into force later") {
    const RulePack pack = parse_pack(two_rules(), "two.toml").value();
    const auto on = [&](std::string_view day) {
        CampaignDraft draft = draft_in(USD, "US", day);
        draft.assume = "usual";
        return pack.campaign_terms(date(day), draft).value();
    };
    // The day before the fee was first seen, and the day of.
    const auto before = on("2019-12-31");
    CHECK(before.fees.platform.bands[0].rate == Decimal::parse("7%").value());
    CHECK(holds(campaign::citation_of(before, "fees.platform").source,
                "as two has it on 2020-01-01 (official: terms of use)"));
    CHECK(before.payouts.first_after == std::chrono::days(14));
    const auto first = on("2020-01-01");
    CHECK(first.payouts.first_after == std::chrono::days(3));
    CHECK(counts_of(first).established == 2);
    // What was last seen goes on; what is known to have ended does not.
    CHECK(on("2022-01-01").payouts.first_after == std::chrono::days(3));
    CHECK(campaign::citation_of(on("2022-01-01"), "payouts.first_after").evidence == Evidence::assumed);
    const std::string text = two_rules();
    const std::size_t until = text.find("until = 2021-12-31\n");
    const RulePack ended =
        parse_pack(text.substr(0, until) + "ended = true\n" + text.substr(until), "two.toml").value();
    CampaignDraft draft = draft_in(USD, "US", "2022-01-01");
    draft.assume = "usual";
    CHECK(ended.campaign_terms(date("2022-01-01"), draft)->payouts.first_after == std::chrono::days(14));
}

TEST_CASE("nothing is assumed of a platform of which nothing is known near a day") {
    CampaignDraft draft = draft_in(USD, "US", "2008-01-01");
    draft.assume = "usual";
    const auto terms = load_pack("kickstarter")->campaign_terms(date("2008-01-01"), draft);
    REQUIRE_FALSE(terms);
    CHECK(holds(said(terms), "no rule of kickstarter is known for 2008-01-01"));
}

TEST_CASE("what decides nothing in a campaign is not asked for") {
    const RulePack pack = parse_pack(two_rules(), "two.toml").value();
    CampaignDraft draft = draft_in(USD, "US", "2020-06-01");
    const auto asks = [&](std::string_view rule) {
        const auto terms = pack.campaign_terms(date("2020-06-01"), draft);
        REQUIRE_FALSE(terms);
        return std::any_of(terms.error().begin(), terms.error().end(), [&](auto& f) { return f.rule == rule; });
    };
    CHECK_FALSE(asks("rewards.closing"));
    CHECK(asks("disputes.fraud"));
    CHECK(asks("window.paused_clock"));
    draft.happenings = {false, false, false, false, false};
    for (const char* rule : {"disputes.fraud", "disputes.reward", "window.paused_clock", "window.fixed",
                             "limits.locked_before_end", "refunds.before_payout"})
        CHECK_FALSE(asks(rule));
    draft.rewards.push_back({.name = "Early", .minimum = 100, .available = draft.window});
    CHECK(asks("rewards.closing"));
}

TEST_CASE("what a message proposes can be pasted as it stands, whatever the currency") {
    for (const std::string& name : pack_names()) {
        const RulePack pack = load_pack(name).value();
        if (pack.kind() != PackKind::campaign) continue;
        for (const auto& [code, country] : {std::pair{"USD", "US"}, {"EUR", "ES"}, {"JPY", "JP"}, {"KRW", "KR"},
                                            {"KWD", "KW"}, {"BRL", "BR"}, {"TWD", "TW"}}) {
            CAPTURE(name);
            CAPTURE(code);
            CampaignDraft draft = draft_in(Currency::iso(code).value(), country, "2026-11-02");
            const auto lacking = pack.campaign_terms(date("2026-11-02"), draft);
            if (lacking) continue;
            for (const Finding& finding : lacking.error()) {
                if (finding.kind != FindingKind::missing) continue;
                const std::string start = "given.\"" + finding.rule + "\" = ";
                REQUIRE(finding.accepted.starts_with(start));
                CAPTURE(finding.accepted);
                const auto value = parse_value(finding.accepted.substr(start.size()));
                REQUIRE(value);
                draft.given[finding.rule] = *value;
            }
            const auto terms = pack.campaign_terms(date("2026-11-02"), draft);
            for (const Finding& finding : terms ? Findings{} : terms.error()) {
                CAPTURE(to_text(finding));
                CHECK(finding.kind == FindingKind::forbidden);  // a currency or a length that is not on offer
                CHECK(finding.rule != "assume");
            }
        }
    }
}

TEST_CASE("a set of one's own extends the usual one, and is no pack") {
    const ReadText read = files({{"./mine.toml", my_set}, {"./two.toml", two_rules()}});
    const RulePack mine = load_assumptions("./mine.toml", read).value();
    CHECK(mine.assumes());
    CHECK(mine.takes_nearest());
    CHECK(mine.rows().size() == load_assumptions("usual")->rows().size());
    CampaignDraft draft = draft_in(EUR, "DE", "2020-06-01");
    draft.assume = "./mine.toml";
    const RulePack pack = load_pack("./two.toml", read).value();
    const auto terms = pack.campaign_terms(date("2020-06-01"), draft, read).value();
    CHECK(terms.fees.processing.bands[0].rate == Decimal::parse("1%").value());
    CHECK(holds(terms.pack, "assumed (mine)"));
    CHECK(holds(said(pack.campaign_terms(date("2020-06-01"), draft)), "'./mine.toml' is a file, and none can be read"));

    CHECK(holds(to_text(load_pack("./mine.toml", read).error()), "is a set of assumptions"));
    CHECK(holds(to_text(load_assumptions("./two.toml", read).error()), "is a pack"));
    CHECK(holds(to_text(load_assumptions("usuel").error()),
                "there is no set of assumptions 'usuel'; accepted: one of usual"));
    CHECK(holds(to_text(load_pack("./none.toml", read).error()), "./none.toml: no such file"));
    const auto wrong = [](std::string text, std::string_view old, std::string_view by) {
        text.replace(text.find(old), old.size(), by);
        const auto pack = parse_pack(text, "w.toml");
        return pack ? std::string("accepted") : to_text(pack.error());
    };
    CHECK(holds(wrong(my_set, "\"assumed\"", "\"official\""), "an assumption is graded 'official'"));
    CHECK(holds(wrong(two_rules(), "\"official\"", "\"assumed\""), "a pack assumes nothing"));
    CHECK(holds(wrong(my_set, "fees.processing", "fees.procesing"), "'fees.procesing' is no parameter"));
    CHECK(holds(wrong(my_set, "assumptions = \"mine\"\n", ""), "a file is a pack or a set of assumptions"));
    CHECK(holds(wrong(two_rules(), "title = \"Two\"\n", ""), "title: it is missing"));
}

TEST_CASE("a pack of one's own extends another, and has its rows but where it has its own") {
    const std::string text = R"(pack = "ours"
extends = "kickstarter"
[citations.contract]
source = "our contract, section 7"
read = "2026"
evidence = "official"
[[rule]]
parameter = "fees.platform"
from = 2026-01-01
value = { bands = [{ rate = "4%" }] }
cite = "contract"
[[rule]]
parameter = "limits.maximum"
from = 2026-01-01
currency = "EUR"
value = "500.00"
cite = "contract"
)";
    const RulePack ours = parse_pack(text, "ours.toml").value();
    const RulePack theirs = load_pack("kickstarter").value();
    CHECK(ours.name() == "ours");
    CHECK(ours.title() == "Kickstarter");
    const Date day = date("2026-11-02");
    CHECK(ours.row("fees.platform", {}, day)->citation.source == "our contract, section 7");
    CHECK(ours.row("fees.platform", {}, date("2025-11-02")) == nullptr);
    CHECK(to_text(ours.row("limits.maximum", {"EUR", {}, {}}, day)->value) == "\"500.00\"");
    CHECK(*ours.row("limits.maximum", {"USD", {}, {}}, day) == *theirs.row("limits.maximum", {"USD", {}, {}}, day));
    CHECK(*ours.row("window.days", {}, day) == *theirs.row("window.days", {}, day));

    // A circle is told, and so is what cannot be read.
    std::string circle = text;
    circle.replace(circle.find("\"kickstarter\""), 13, "\"./a.toml\"");
    const ReadText read = files({{"./a.toml", circle}, {"packs/mine.toml", circle}, {"packs/a.toml", two_rules()}});
    CHECK(holds(to_text(load_pack("./a.toml", read).error()), "extends what extends it"));
    CHECK(load_pack("packs/mine.toml", read).has_value());  // what it extends stands beside it
    circle.replace(circle.find("./a.toml"), 8, "./b.toml");
    const auto missing = load_pack("c.toml", files({{"c.toml", circle}}));
    CHECK(holds(to_text(missing.error()), "c.toml:2:"));
}

TEST_CASE("doubts about a pack name the row, and what would be better") {
    const auto doubts = [](std::string_view more) {
        const auto pack = parse_pack(two_rules(more), "two.toml");
        REQUIRE_MESSAGE(pack.has_value(), (pack ? "" : to_text(pack.error())));
        return to_text(doubts_of(*pack));
    };
    CHECK(doubts("") ==
          "two.toml:18:9: remark: payouts.first_after: nothing is established from 2022-01-01 on; accepted: a row for "
          "these days, or a value that each campaign gives [terms of use, 2020]\n");
    const auto rule = [](std::string_view parameter, std::string_view rest) {
        return "[[rule]]\nparameter = \"" + std::string(parameter) + "\"\ncite = \"terms\"\n" + std::string(rest) +
               "\n";
    };
    const std::string later = rule("payouts.first_after", "from = 2022-03-01\nvalue = \"5 days\"");
    CHECK(holds(doubts(later), "from 2022-01-01 on, until 2022-02-28"));
    CHECK(doubts(rule("payouts.first_after", "from = 2022-01-01\nvalue = \"5 days\"")).empty());
    CHECK(holds(doubts(rule("fees.processing", "from = 2020-01-01\ncurrency = \"EUR\"\n"
                                               "value = { bands = [{ rate = \"95%\" }] }")),
                "fees.processing: 95% of each charge and 7% of the whole leave the creator nothing; accepted: fees"));
    CHECK(holds(doubts(rule("fees.processing",
                            "from = 2020-01-01\ncurrency = \"USD\"\nvalue = { bands = [{ rate = \"1%\" }, "
                            "{ from = \"10.00\", rate = \"1%\", fixed = \"2.00\" }] }")),
                "who pays 10.00 USD leaves the creator 7.90 USD, and who pays 9.99 USD leaves 9.89 USD"));
    const std::string won = rule("currencies", "from = 2020-01-01\ncountry = \"KR\"\nvalue = [\"KRW\"]");
    CHECK(holds(doubts(won + rule("limits.minimum", "from = 2020-01-01\ncurrency = \"EUR\"\nvalue = \"1.00\"")),
                "no campaign reaches it: EUR is on offer nowhere"));
    CHECK(holds(doubts(won + rule("fees.tax", "from = 2020-01-01\ncountry = \"FR\"\nvalue = \"none\"")),
                "no campaign reaches it: nothing is on offer in FR"));
    CHECK(holds(doubts(rule("instalments.spare", "from = 2020-01-01\nvalue = \"first\"")),
                "no campaign reaches it: there is no row of 'instalments'"));
    // The packs that come along have no refusal among theirs.
    for (const std::string& name : pack_names()) {
        CAPTURE(name);
        CHECK_FALSE(has_refusal(doubts_of(*load_pack(name))));
    }
}

TEST_CASE("each value holds from its first day to its last: the day before, the day, and the day after each change") {
    const auto beside = [](Date day, int days) { return Date{std::chrono::sys_days(day) + std::chrono::days(days)}; };
    for (const std::string& name : pack_names()) {
        const RulePack pack = load_pack(name).value();
        CAPTURE(name);
        for (const PackRow& row : pack.rows()) {
            CAPTURE(row.parameter);
            CAPTURE(to_text(row.from));
            const auto in_force = [&](Date day) { return pack.row(row.parameter, row.scope, day); };
            CHECK(in_force(row.from) == &row);
            CHECK(in_force(beside(row.from, -1)) != &row);
            if (!row.until) continue;
            CHECK(in_force(*row.until) == &row);
            CHECK(in_force(beside(*row.until, 1)) != &row);
            if (row.ended) CHECK(in_force(beside(*row.until, 1)) == nullptr);
        }
    }
}

TEST_CASE("what a platform had ended with its move, and nothing is established or assumed of it since") {
    const RulePack pack = load_pack("indiegogo").value();
    for (const char* parameter : {"model.goal", "charges.timing", "fees.platform", "reserve", "late_pledges"}) {
        CAPTURE(parameter);
        CHECK(pack.row(parameter, {"USD", {}, {}}, date("2025-10-15")));
        CHECK_FALSE(pack.row(parameter, {"USD", {}, {}}, date("2025-10-16")));
    }
    CHECK_FALSE(pack.row("fees.platform", {}, date("2020-03-17")));
    CHECK(pack.row("fees.platform", {}, date("2020-03-18")));
    CHECK_FALSE(pack.row("late_pledges", {}, date("2017-11-30")));
    CHECK(pack.row("late_pledges", {}, date("2017-12-01")));
    CampaignDraft draft = draft_in(USD, "US", "2025-10-16");
    draft.assume = "usual";
    CHECK(holds(said(pack.campaign_terms(date("2025-10-16"), draft)), "no rule of indiegogo is known for 2025-10-16"));
    CHECK(holds(said(pack.campaign_terms(date("2025-10-15"), draft)), "made: indiegogo"));
}

TEST_CASE("a platform's fee may have slices of amounts in one currency") {
    const RulePack pack = load_pack("ulule").value();
    CampaignDraft draft = draft_in(EUR, "FR", "2026-11-02");
    draft.assume = "usual";
    const auto terms = pack.campaign_terms(date("2026-11-02"), draft).value();
    CHECK(fee_on(terms.fees.platform, eur("100000.00")) == eur("6670.00"));
    CHECK(fee_on(terms.fees.platform, eur("250000.00")) == eur("15415.00"));
    CHECK(fee_on(terms.fees.platform, eur("300000.00")) == eur("17915.00"));
    CHECK(fee_on(terms.fees.platform, eur("600000.00")) == eur("32085.00"));
}

TEST_SUITE_END();
