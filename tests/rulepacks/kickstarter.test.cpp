// SPDX-License-Identifier: BSL-1.0
// The facts of the pack 'kickstarter' on the days around their changes, and what it says against drafts.
#include <crowdrules/fees/fee_schedule.hpp>
#include <crowdrules/rulepacks/load.hpp>
#include <crowdrules/rulepacks/pack.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>

using namespace crowdrules;

namespace {

const RulePack& kickstarter() {
    static const RulePack pack = load_pack("kickstarter").value();
    return pack;
}

bool holds(const std::string& text, std::string_view part) {
    return text.find(part) != text.npos;
}

/// A campaign of 30 days that gives what no pack establishes.
CampaignDraft draft_on(std::string_view day, std::string_view country = "US", Currency currency = USD) {
    CampaignDraft draft;
    draft.title = "A campaign";
    draft.country = country;
    draft.currency = currency;
    draft.goal = 100'000;
    draft.window.opens = std::chrono::sys_days(date(day));
    draft.window.closes = draft.window.opens + std::chrono::days(30);
    draft.given["fees.processing.rounding"] = Node::of("half_up");
    return draft;
}

/// What is said against a draft; nothing when it is good.
std::string against(std::string_view day, const CampaignDraft& draft, const RulePack& pack = kickstarter()) {
    const auto terms = pack.campaign_terms(date(day), draft);
    return terms ? std::string() : to_text(terms.error());
}

std::string value_on(std::string_view day, std::string_view parameter, const Scope& scope = {}) {
    const PackRow* row = kickstarter().row(parameter, scope, date(day));
    return row ? to_text(row->value) : "not established";
}

std::string usd_fee(std::string_view day, std::string_view amount) {
    const auto terms = kickstarter().campaign_terms(date(day), draft_on(day));
    return terms ? to_amount_text(fee_on(terms->fees.processing, usd(amount))) : "not established";
}

}  // namespace

TEST_SUITE_BEGIN("rulepacks");

TEST_CASE("kickstarter: 90 days until June 2011, 60 days since") {
    const std::string ninety = R"({ maximum = "90 days", minimum = "1 day" })";
    const std::string sixty = R"({ maximum = "60 days", minimum = "1 day" })";
    CHECK(value_on("2009-04-27", "window.days") == "not established");
    CHECK(value_on("2009-04-28", "window.days") == ninety);
    CHECK(value_on("2011-06-10", "window.days") == ninety);
    CHECK(value_on("2011-06-15", "window.days") == "not established");
    CHECK(value_on("2011-06-21", "window.days") == sixty);
    CHECK(value_on("2026-11-01", "window.days") == sixty);

    auto draft = draft_on("2011-05-01");
    draft.window.closes = draft.window.opens + std::chrono::days(90);
    CHECK(against("2011-05-01", draft) == "");
    draft = draft_on("2011-07-01");
    draft.window.closes = draft.window.opens + std::chrono::days(60);
    CHECK(against("2011-07-01", draft) == "");
    draft.window.closes = draft.window.opens + std::chrono::days(61);
    CHECK(holds(against("2011-07-01", draft),
                "window.days: the campaign lasts 61 days, but it may last 1 day to 60 days; accepted: a deadline from "
                "2011-07-02T00:00:00Z to 2011-08-30T00:00:00Z"));
    draft.window.closes = draft.window.opens + std::chrono::hours(23);
    CHECK(holds(against("2011-07-01", draft), "window.days: the campaign lasts 23 hours"));
    draft.window.closes = never;
    CHECK(holds(against("2011-07-01", draft), "window.days: the campaign has no end"));
}

TEST_CASE("kickstarter: three schedules of the processing fee in dollars, and what lies between them") {
    CHECK(usd_fee("2012-04-11", "115.00") == "3.64");  // 2.9% + 0.30 = 3.635, half_up
    CHECK(usd_fee("2012-04-11", "9.99") == "0.55");
    CHECK(usd_fee("2014-12-31", "100.00") == "3.20");
    CHECK(usd_fee("2015-01-15", "100.00") == "not established");
    CHECK(usd_fee("2015-02-01", "115.00") == "3.65");
    CHECK(usd_fee("2015-02-01", "9.99") == "0.55");
    CHECK(usd_fee("2015-02-01", "10.00") == "0.50");
    CHECK(usd_fee("2022-12-31", "10000.00") == "300.20");
    CHECK(usd_fee("2023-01-01", "10.00") == "not established");
    CHECK(usd_fee("2024-08-12", "10.00") == "not established");
    CHECK(usd_fee("2024-08-13", "9.99") == "0.58");
    CHECK(usd_fee("2026-11-01", "10.00") == "0.60");
    CHECK(kickstarter().row("fees.processing", {"USD", ""}, date("2012-04-11"))->citation.evidence ==
          Evidence::inferred);

    auto draft = draft_on("2023-06-01");
    const auto said = against("2023-06-01", draft);
    CHECK(holds(said, "fees.processing: not established for USD after 2022-12-31 before 2024-08-13, on 2023-06-01"));
    draft.given["fees.processing"] = parse_value("{ bands = [ { rate = '3%', fixed = '0.20' } ] }").value();
    const auto terms = kickstarter().campaign_terms(date("2023-06-01"), draft);
    REQUIRE(terms);
    CHECK(terms->fees.processing.bands.size() == 1);
    CHECK(citation_of(*terms, "fees.processing").evidence == Evidence::agreed);
}

TEST_CASE("kickstarter: the fee in euros while that in dollars is known, in Australian dollars for 2016 alone") {
    CHECK(value_on("2015-01-31", "fees.processing", {"EUR", ""}) == "not established");
    CHECK(value_on("2015-02-01", "fees.processing", {"EUR", ""}) != "not established");
    CHECK(value_on("2022-12-31", "fees.processing", {"EUR", ""}) != "not established");
    CHECK(value_on("2023-01-01", "fees.processing", {"EUR", ""}) == "not established");
    for (const auto& [day, tax] : {std::pair{"2015-12-31", "not established"}, {"2016-01-01", "\"none\""},
                                   {"2016-12-31", "\"none\""}, {"2017-01-01", "not established"}})
        CHECK(value_on(day, "fees.tax", {"", "AU"}) == tax);
    CHECK(value_on("2015-12-31", "fees.processing", {"AUD", ""}) == "not established");
    CHECK(value_on("2016-07-01", "fees.processing", {"AUD", ""}) == R"({ bands = [{ fixed = "0.20", rate = "3%" }] })");
    CHECK(value_on("2017-01-01", "fees.processing", {"AUD", ""}) == "not established");
    for (const char* currency : {"GBP", "CAD", "NZD", "DKK", "NOK", "SEK", "CHF", "HKD", "SGD", "MXN", "JPY", "PLN"})
        CHECK(value_on("2026-11-01", "fees.processing", {currency, ""}) == "not established");
}

TEST_CASE("kickstarter: the platform takes 5%, rounded once") {
    const auto terms = kickstarter().campaign_terms(date("2016-05-01"), draft_on("2016-05-01")).value();
    CHECK(fee_on(terms.fees.platform, usd("31830.00")) == usd("1591.50"));  // Katanas & Trenchcoats
    CHECK(fee_on(terms.fees.platform, usd("23520.39")) == usd("1176.02"));  // Irregular Webcomic
    CHECK(citation_of(terms, "fees.platform").evidence == Evidence::official);
    CHECK(citation_of(terms, "fees.platform.rounding").evidence == Evidence::inferred);
    CHECK_FALSE(terms.fees.platform.tax);
}

TEST_CASE("kickstarter: least and largest pledges of every currency") {
    struct Limit {
        const char *currency, *least, *largest, *since;
    };
    const Limit limits[] = {
        {"USD", "1", "10,000", "2009-04-28"},      {"GBP", "1", "8,000", "2019-06-04"},
        {"CAD", "1", "13,000", "2019-06-04"},      {"AUD", "1", "13,000", "2019-06-04"},
        {"NZD", "1", "14,000", "2019-06-04"},      {"EUR", "1", "8,500", "2019-06-04"},
        {"SEK", "5", "85,000", "2019-06-04"},      {"DKK", "5", "65,000", "2019-06-04"},
        {"NOK", "5", "80,000", "2019-06-04"},      {"CHF", "1", "9,500", "2019-06-04"},
        {"HKD", "10", "75,000", "2019-06-04"},     {"SGD", "2", "13,000", "2019-06-04"},
        {"JPY", "100", "1,200,000", "2019-06-04"}, {"MXN", "10", "200,000", "2019-06-04"},
        {"PLN", "5", "37,250", "2020-10-02"},
    };
    for (const Limit& limit : limits) {
        CAPTURE(limit.currency);
        const Scope scope{limit.currency, {}};
        CHECK(value_on("2026-11-01", "limits.minimum", scope) == "\"" + std::string(limit.least) + "\"");
        CHECK(value_on("2026-11-01", "limits.maximum", scope) == "\"" + std::string(limit.largest) + "\"");
        const auto day_before = std::chrono::sys_days(date(limit.since)) - std::chrono::days(1);
        CHECK(kickstarter().row("limits.minimum", scope, date(limit.since)) != nullptr);
        CHECK(kickstarter().row("limits.minimum", scope, Date(day_before)) == nullptr);
        CHECK(kickstarter().row("limits.maximum", scope, Date(day_before)) == nullptr);
    }
}

TEST_CASE("kickstarter: countries open on their days with their currencies") {
    struct Opening {
        const char *country, *currency, *day;
        bool exact;
    };
    const Opening openings[] = {
        {"US", "USD", "2009-04-28", true},  {"GB", "GBP", "2012-10-31", true},  {"CA", "CAD", "2013-09-09", true},
        {"AU", "AUD", "2013-11-13", true},  {"NZ", "NZD", "2013-11-13", true},  {"NL", "EUR", "2014-12-31", false},
        {"DK", "DKK", "2014-10-21", true},  {"NO", "NOK", "2014-10-21", true},  {"SE", "SEK", "2014-10-21", true},
        {"IE", "EUR", "2014-10-21", true},  {"DE", "EUR", "2015-05-27", false}, {"FR", "EUR", "2015-05-27", true},
        {"HK", "HKD", "2016-08-31", false}, {"SG", "SGD", "2016-08-31", false}, {"AT", "EUR", "2019-06-04", false},
        {"BE", "EUR", "2019-06-04", false}, {"ES", "EUR", "2019-06-04", false}, {"IT", "EUR", "2019-06-04", false},
        {"LU", "EUR", "2019-06-04", false}, {"JP", "JPY", "2019-06-04", false}, {"MX", "MXN", "2019-06-04", false},
        {"CH", "CHF", "2019-06-04", false}, {"GR", "EUR", "2020-10-02", false}, {"SI", "EUR", "2020-10-02", false},
        {"PL", "PLN", "2020-10-02", false},
    };
    for (const Opening& opening : openings) {
        CAPTURE(opening.country);
        const Scope scope{{}, opening.country};
        const auto own = "\"" + std::string(opening.currency) + "\"";
        CHECK(value_on(opening.day, "currencies", scope) == "[" + own + "]");
        CHECK(holds(value_on("2026-11-01", "currencies", scope), own));
        const Date before(std::chrono::sys_days(date(opening.day)) - std::chrono::days(1));
        CHECK(kickstarter().row("currencies", scope, before) == nullptr);
        const auto currency = Currency::iso(opening.currency).value();
        const auto said = against(to_text(before), draft_on(to_text(before), opening.country, currency));
        CHECK(holds(said, opening.exact ? "currencies: not on offer for " : "currencies: not established for "));
    }
    CHECK(std::size(openings) == 25);
}

TEST_CASE("kickstarter: a currency must be on offer in the creator's country on that day") {
    CHECK(holds(against("2012-04-11", draft_on("2012-04-11", "US", EUR)),
                "currencies: EUR is not offered in US; accepted: USD"));
    CHECK(holds(
        against("2012-04-11", draft_on("2012-04-11", "GB", GBP)),
        "currencies: not on offer for GB before 2012-10-31, on 2012-04-11; accepted: a launch from 2012-10-31 on"));
    CHECK(holds(against("2012-04-11", draft_on("2012-04-11", "RU", USD)),
                "currencies: not on offer for RU, on 2012-04-11; accepted: a creator in US"));
    const auto krone = Currency::iso("DKK").value();
    CHECK_FALSE(holds(against("2026-09-01", draft_on("2026-09-01", "DK", krone)), "currencies"));
    CHECK_FALSE(holds(against("2026-09-01", draft_on("2026-09-01", "DK", EUR)), "currencies"));
    // Since when the euro may be chosen is not known: a campaign can say that it may.
    auto draft = draft_on("2022-09-01", "DK", EUR);
    CHECK(holds(against("2022-09-01", draft), "currencies: EUR is not offered in DK; accepted: DKK, or given"));
    draft.given["currencies"] = parse_value("[ 'DKK', 'EUR' ]").value();
    CHECK_FALSE(holds(against("2022-09-01", draft), "currencies"));
}

TEST_CASE("kickstarter: what no source establishes must be given, and is told all at once") {
    auto draft = draft_on("2018-01-01", "GB", GBP);
    draft.given.clear();
    const auto terms = kickstarter().campaign_terms(date("2018-01-01"), draft);
    REQUIRE_FALSE(terms);
    std::vector<std::string> missing;
    for (const Finding& finding : terms.error()) {
        if (finding.kind == FindingKind::remark) continue;  // that assumptions would fill them
        CHECK(finding.kind == FindingKind::missing);
        CHECK(holds(finding.accepted, "given.\"" + finding.rule + "\" = "));
        missing.push_back(finding.rule);
    }
    CHECK(missing == std::vector<std::string>{"limits.minimum", "limits.maximum", "fees.processing",
                                              "fees.processing.rounding", "fees.tax"});
    draft.given["limits.minimum"] = Node::of("1.00");
    draft.given["limits.maximum"] = Node::of("5000.00");
    draft.given["fees.processing"] = parse_value("{ bands = [ { rate = '3%', fixed = '0.20' } ] }").value();
    draft.given["fees.processing.rounding"] = Node::of("half_even");
    draft.given["fees.tax"] = parse_value("{ rate = '20%', rounding = 'half_up' }").value();
    const auto complete = kickstarter().campaign_terms(date("2018-01-01"), draft);
    REQUIRE(complete);
    CHECK(complete->fees.platform.tax->rate == rate("20%"));
    CHECK(complete->fees.processing.rounding == Rounding{RoundingMode::half_even});
}

TEST_CASE("kickstarter: what is given must be a value of that kind, of a parameter there is, and free to be given") {
    auto draft = draft_on("2012-04-11");
    draft.given["fees.procesing"] = Node::of("none");
    draft.given["limits.maximum"] = Node::of("a lot");
    draft.given["window.days"] = parse_value("{ minimum = '1 day', maximum = '120 days' }").value();
    const auto said = against("2012-04-11", draft);
    CHECK(holds(said, "fees.procesing: 'fees.procesing' is no parameter of a pack; accepted: 'fees.processing'"));
    CHECK(holds(said, "limits.maximum: "));
    CHECK(holds(said,
                "window.days: { maximum = \"120 days\", minimum = \"1 day\" } was given, but since 2011-06-21 it is "));
}

TEST_CASE("kickstarter: the cap of a pledge can be lifted for a campaign") {
    auto draft = draft_on("2015-11-10");
    draft.rewards = {{.name = "Producer", .minimum = 2'500'000}};
    CHECK(holds(against("2015-11-10", draft),
                "limits.maximum: 'Producer' costs 25,000.00 USD, above the largest pledge of 10,000.00 USD"));
    draft.given["limits.maximum"] = Node::of("25000.00");
    const auto terms = kickstarter().campaign_terms(date("2015-11-10"), draft);
    REQUIRE(terms);
    CHECK(terms->limits.maximum == 2'500'000);
}

TEST_CASE("kickstarter: a goal of zero and a window that closes first are refused") {
    auto draft = draft_on("2012-04-11");
    draft.goal = 0;
    draft.window.closes = draft.window.opens;
    const auto said = against("2012-04-11", draft);
    CHECK(holds(said, "model.goal: the goal is zero"));
    CHECK(holds(said, "window.days: it closes"));
}

TEST_CASE("kickstarter: late pledges since April 2024") {
    auto draft = draft_on("2024-04-16");
    draft.late_pledges = true;
    draft.given["fees.processing"] = parse_value("{ bands = [ { rate = '3%', fixed = '0.20' } ] }").value();
    const auto said = against("2024-04-16", draft);
    CHECK(holds(said, "late_pledges: not on offer before 2024-04-17, on 2024-04-16"));
    draft = draft_on("2024-09-01");
    draft.late_pledges = true;
    const auto terms = kickstarter().campaign_terms(date("2024-09-01"), draft);
    REQUIRE(terms);
    REQUIRE(terms->late_pledges);
    CHECK_FALSE(terms->late_pledges->open_for);
    CHECK(terms->payouts.first_after == std::chrono::days(14));
    CHECK(terms->payouts.later_first_after == std::chrono::days(17));
    CHECK(terms->payouts.later_every == Cadence{std::chrono::days(7)});
    CHECK(terms->payouts.later_cut_off == std::chrono::days(3));
    draft.late_pledges = false;
    CHECK_FALSE(kickstarter().campaign_terms(date("2024-09-01"), draft)->late_pledges);
}

TEST_CASE("kickstarter: instalments were four fortnights, then three months") {
    auto draft = draft_on("2025-02-01");
    draft.instalments = true;
    draft.given["instalments.spare"] = Node::of("first");
    draft.given["instalments.retry"] = parse_value("{ first = '7 days', later = '7 days' }").value();
    const auto first = kickstarter().campaign_terms(date("2025-02-01"), draft);
    REQUIRE(first);
    CHECK(first->instalments->count == 4);
    CHECK(first->instalments->first_after == std::chrono::hours(24));
    CHECK(first->instalments->cadence == Cadence{std::chrono::days(14)});
    CHECK(first->instalments->minimum == 12'500);

    draft.given.erase("instalments.retry");
    CHECK(holds(against("2025-06-01", draft), "instalments.minimum: not established for USD after 2025-04-27"));
    draft.given["instalments.minimum"] = Node::of("100.00");
    const auto second = kickstarter().campaign_terms(date("2025-06-01"), draft);
    REQUIRE(second);
    CHECK(second->instalments->count == 3);
    CHECK(second->instalments->first_after == Elapsed::zero());
    CHECK(second->instalments->cadence.months == 1);
    CHECK(second->instalments->minimum == 10'000);
    CHECK(second->instalments->spare == AllocationMethod::first);
    CHECK(second->instalments->retry_first == std::chrono::days(7));
    CHECK(second->instalments->retry_later == std::chrono::days(14));

    draft.instalments = false;
    CHECK_FALSE(kickstarter().campaign_terms(date("2025-06-01"), draft)->instalments);
    draft.instalments = true;
    CHECK(holds(against("2024-12-31", draft), "instalments: not established before 2025-01-14"));
}

TEST_CASE("kickstarter: the life of a campaign follows the pack") {
    auto draft = draft_on("2012-04-11");
    draft.rewards = {
        {.name = "Early bird", .minimum = 9'900, .available = Window{draft.window.opens, draft.window.closes}}};
    draft.zone_database = "2025b";
    const auto terms = kickstarter().campaign_terms(date("2012-04-11"), draft).value();
    CHECK(terms.pack == "kickstarter, as of 2012-04-11, 23 values established, 1 given, none assumed");
    CHECK(terms.zone_database == "2025b");
    CHECK(terms.model == campaign::FundingModel::all_or_nothing(usd("1000.00")));
    CHECK(terms.window.closing == ClosingInstant::excluded);
    CHECK(terms.rewards[0].available->closing == ClosingInstant::included);
    CHECK_FALSE(terms.may_extend);
    CHECK_FALSE(terms.may_close_early);
    CHECK(terms.paused_clock == campaign::ClockWhilePaused::runs);
    CHECK(terms.limits == campaign::PledgeLimits{100, 1'000'000, true, false, std::chrono::hours(24)});
    CHECK(terms.charges == ChargePlan{ChargeTiming::at_success, std::chrono::days(7), std::chrono::hours(48)});
    CHECK(terms.payouts.first_after == std::chrono::days(14));
    CHECK_FALSE(terms.reserve);
    CHECK(terms.refunds.fees_returned_before_payout);
    CHECK_FALSE(terms.refunds.partial);
    CHECK(terms.disputes == DisputePolicy{Bearer::platform, Bearer::creator});
    CHECK(defects_of(terms).empty());
}

TEST_CASE("kickstarter: every rule that the engine names can be found in a source") {
    auto draft = draft_on("2026-11-01");
    draft.late_pledges = draft.instalments = true;
    draft.given["instalments.minimum"] = Node::of("125.00");
    draft.given["instalments.spare"] = Node::of("first");
    const auto terms = kickstarter().campaign_terms(date("2026-11-01"), draft).value();
    for (const char* path : {"model.goal",
                             "window.days",
                             "limits.minimum",
                             "limits.maximum",
                             "limits.one_per_backer",
                             "limits.locked_before_end",
                             "rewards.quantity",
                             "rewards.time",
                             "rewards.frozen",
                             "add_ons.per_backer",
                             "charges.timing",
                             "charges.retry_window",
                             "charges.remind_every",
                             "fees.platform",
                             "fees.processing",
                             "fees.tax",
                             "payouts.first_after",
                             "payouts.later",
                             "instalments",
                             "late_pledges",
                             "refunds.before_payout",
                             "refunds.after_payout",
                             "disputes.fraud",
                             "disputes.reward",
                             "window.fixed",
                             "outcome.latched",
                             "outcome.success"}) {
        CAPTURE(path);
        CHECK(citation_of(terms, path).evidence != Evidence::agreed);
        CHECK_FALSE(citation_of(terms, path).source.empty());
    }
    CHECK(terms.fees.processing.citation == citation_of(terms, "fees.processing"));
}

TEST_CASE("kickstarter: the pack agrees with itself") {
    for (const PackRow& row : kickstarter().rows()) {
        CAPTURE(row.parameter);
        CHECK(row.citation.evidence != Evidence::agreed);
        CHECK(row.where.line > 0);
        CHECK(kickstarter().row(row.parameter, row.scope, row.from) == &row);
        if (row.until) CHECK(kickstarter().row(row.parameter, row.scope, *row.until) == &row);
        if (row.parameter == "currencies")
            for (const Node& currency : row.value.items) CHECK(Currency::iso(currency.text));
    }
    // Every currency that a country offers today has its limits.
    for (const PackRow& row : kickstarter().rows()) {
        if (row.parameter != "currencies") continue;
        for (const Node& currency : row.value.items)
            CHECK(kickstarter().row("limits.maximum", {currency.text, {}}, date("2026-11-01")) != nullptr);
    }
}

TEST_CASE("a pack can be changed to ask what if, and says so") {
    const auto cheap = kickstarter().with("fees.platform", parse_value("{ bands = [ { rate = '3%' } ] }").value());
    REQUIRE(cheap);
    const auto terms = cheap->campaign_terms(date("2012-04-11"), draft_on("2012-04-11")).value();
    CHECK(fee_on(terms.fees.platform, usd("100.00")) == usd("3.00"));
    CHECK(terms.pack ==
          "kickstarter, as of 2012-04-11, changed: fees.platform, 22 values established, 2 given, none assumed");
    CHECK(fee_on(kickstarter().campaign_terms(date("2012-04-11"), draft_on("2012-04-11"))->fees.platform,
                 usd("100.00")) == usd("5.00"));

    const auto pounds = kickstarter().with("limits.maximum", Node::of("9000.00"), {"GBP", {}});
    REQUIRE(pounds);
    CHECK(to_text(pounds->row("limits.maximum", {"GBP", {}}, date("2013-01-01"))->value) == "\"9000.00\"");
    CHECK(*pounds->row("limits.maximum", {"USD", {}}, date("2013-01-01")) ==
          *kickstarter().row("limits.maximum", {"USD", {}}, date("2013-01-01")));

    CHECK_FALSE(kickstarter().with("fees.plattform", Node::of("none")));
    CHECK_FALSE(kickstarter().with("limits.maximum", Node::of("1.00")));
    CHECK_FALSE(kickstarter().with("window.days", Node::of("60 days")));
    CHECK_FALSE(kickstarter().with("limits.maximum", Node::of("1.005"), {"USD", {}}));
    CHECK_FALSE(kickstarter().with("window.fixed", Node::of(true), {"USD", {}}));
}

TEST_SUITE_END();
