// SPDX-License-Identifier: BSL-1.0
// The facts of the pack 'quirky' on the days around their changes, and what it leaves to a community.
#include <crowdrules/rulepacks/load.hpp>
#include <crowdrules/rulepacks/pack.hpp>

#include <doctest/doctest.h>

#include <chrono>

using namespace crowdrules;

namespace {

const RulePack& quirky() {
    static const RulePack pack = load_pack("quirky").value();
    return pack;
}

bool holds(const std::string& text, std::string_view part) {
    return text.find(part) != text.npos;
}

/// A community that gives what no source establishes in any era.
CommunityDraft draft() {
    CommunityDraft draft;
    draft.title = "A community";
    draft.company = revenue::PayeeId{1};
    draft.channels = {"direct"};
    draft.given["evaluation.weight"] = parse_value("{ by = 'inverse' }").value();
    draft.given["evaluation.tie_break"] = Node::of("earlier_submission");
    draft.given["evaluation.rating"] = Node::of("none");
    draft.given["influence.unclaimed"] = parse_value("{ to = 'to_payee', payee = 'company' }").value();
    draft.given["royalty.rounding"] = Node::of("half_even");
    draft.given["payouts.minimum"] = parse_value("{ amount = '10.00', rule = 'at_least' }").value();
    draft.given["payouts.hold"] = Node::of("0 days");
    draft.given["payouts.fee"] = Node::of("none");
    return draft;
}

std::string against(std::string_view day, const CommunityDraft& draft, const RulePack& pack = quirky()) {
    const auto terms = pack.community_terms(date(day), draft);
    return terms ? std::string() : to_text(terms.error());
}

std::vector<std::string> missing(std::string_view day, const CommunityDraft& draft) {
    std::vector<std::string> rules;
    const auto terms = quirky().community_terms(date(day), draft);
    if (terms) return rules;
    for (const Finding& finding : terms.error()) rules.push_back(finding.rule);
    return rules;
}

std::string value_on(std::string_view day, std::string_view parameter, const Scope& scope = {}) {
    const PackRow* row = quirky().row(parameter, scope, date(day));
    return row ? to_text(row->value) : "unknown";
}

}  // namespace

TEST_SUITE_BEGIN("rulepacks");

TEST_CASE("quirky: rules on the days around their changes") {
    const Scope usd_{"USD", {}, {}}, direct{{}, {}, "direct"}, indirect{{}, {}, "indirect"};
    struct {
        const char* parameter;
        Scope scope;
        const char* day;
        const char* value;
    } const rows[] = {
        {"submission.fee", usd_, "2009-06-01", "unknown"},
        {"submission.fee", usd_, "2009-06-02", "\"99.00\""},
        {"submission.fee", usd_, "2010-07-31", "\"99.00\""},
        {"submission.fee", usd_, "2010-08-01", "unknown"},
        {"submission.fee", usd_, "2011-01-01", "\"10.00\""},
        {"submission.fee", usd_, "2012-12-31", "\"10.00\""},
        {"submission.fee", usd_, "2013-01-01", "unknown"},
        {"evaluation.budget", {}, "2011-12-31", "{ per = \"unlimited\" }"},
        {"evaluation.budget", {}, "2012-05-31", "{ per = \"each_round\", votes = 15 }"},
        {"evaluation.budget", {}, "2013-11-19", "unknown"},
        {"evaluation.selection", {}, "2009-07-01", "{ by = \"top\", count = 1 }"},
        {"evaluation.selection", {}, "2011-01-29", "{ by = \"top\", count = 5, staff_picks = 1 }"},
        {"evaluation.selection", {}, "2013-11-19", "{ by = \"threshold\", count = 200 }"},
        {"influence.buckets", {}, "2012-03-27", "unknown"},
        {"influence.buckets", {}, "2012-03-28", "{ catalysts = \"10%\", evaluation = \"60%\" }"},
        {"rights.assignment", {}, "2011-12-31", "unknown"},
        {"rights.assignment", {}, "2012-01-01", "\"on_acceptance\""},
        {"rights.assignment", {}, "2016-06-15", "unknown"},
        {"rights.assignment", {}, "2016-06-16", "\"on_submission\""},
        {"rights.return_window", {}, "2015-02-16", "unknown"},
        {"rights.return_window", {}, "2015-02-17", "\"30 days\""},
        {"royalty.rate", direct, "2009-06-30", "{ tiers = [{ rate = \"30%\" }] }"},
        {"royalty.rate", direct, "2013-06-30", "{ tiers = [{ rate = \"30%\" }] }"},
        {"royalty.rate", direct, "2013-07-01", "unknown"},
        {"royalty.rate", direct, "2014-04-25", "{ tiers = [{ rate = \"10%\" }] }"},
        {"royalty.rate", direct, "2015-06-01", "unknown"},
        {"royalty.rate", indirect, "2011-12-31", "unknown"},
        {"royalty.rate", indirect, "2013-06-01", "{ tiers = [{ rate = \"10%\" }] }"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.parameter);
        CAPTURE(row.day);
        CHECK(value_on(row.day, row.parameter, row.scope) == row.value);
    }
}

TEST_CASE("quirky: what no source establishes is told, by era, and nothing else") {
    CommunityDraft bare;
    bare.title = "A community";
    bare.company = revenue::PayeeId{1};
    bare.channels = {"direct", "indirect"};
    const std::vector<std::string> in_2012{"evaluation.weight",     "evaluation.tie_break", "evaluation.selection",
                                           "evaluation.rating",     "influence.unclaimed",  "rights.return_window",
                                           "royalty.rate.indirect", "royalty.rounding",     "payouts.every",
                                           "payouts.minimum",       "payouts.hold",         "payouts.fee"};
    auto rules = missing("2012-05-15", bare);
    // That a fee is refunded when an idea is infeasible is known of 2010 and 2011.
    CHECK(rules.front() == "submission.refunded_when_infeasible");
    rules.erase(rules.begin());
    CHECK(rules == in_2012);
    const auto terms = quirky().community_terms(date("2012-05-15"), bare);
    for (const Finding& finding : terms.error()) {
        CHECK(finding.kind == FindingKind::missing);
        CHECK(holds(finding.accepted, "given.\"" + finding.rule + "\" = "));
    }
}

TEST_CASE("quirky: a community of 2012") {
    auto community = draft();
    community.given["submission.refunded_when_infeasible"] = parse_value("true").value();
    community.given["evaluation.selection"] = parse_value("{ by = 'top', count = 10 }").value();
    community.given["rights.return_window"] = Node::of("none");
    community.given["payouts.every"] = Node::of("3 months");
    const auto terms = quirky().community_terms(date("2012-05-15"), community);
    REQUIRE_MESSAGE(terms, (terms ? "" : to_text(terms.error())));
    CHECK(terms->pack == "quirky, as of 2012-05-15");
    CHECK(terms->submission.fee == 1000);
    CHECK(terms->evaluation.budget == community::VoteBudget{community::Budget::each_round, 15});
    CHECK(terms->evaluation.weight->by == community::Dilution::inverse);
    CHECK(terms->influence.unclaimed->payee == revenue::PayeeId{1});
    CHECK(terms->rights.company == revenue::PayeeId{1});
    CHECK(terms->rights.assignment == community::Assignment::on_acceptance);
    CHECK(terms->rights.may_reacquire);
    CHECK_FALSE(terms->rights.return_window);
    CHECK(holds(terms->rights.citation.source, "quirky.com/about/ip"));
    REQUIRE(terms->royalty.channels.size() == 1);
    CHECK(terms->royalty.channels[0].rates.on(date("2012-05-15"))->value.tiers[0].rate == rate("30%"));
    CHECK(terms->payouts.every.months == 3);
    CHECK(terms->payouts.minimum == 1000);
    CHECK(terms->payouts.from == Instant(std::chrono::sys_days(date("2012-05-15"))));
    CHECK(defects_of(*terms).empty());
    CHECK(terms->sources.at("evaluation.weight").evidence == Evidence::agreed);
    CHECK(terms->sources.at("evaluation.budget").evidence == Evidence::inferred);
    // What is known may not be given otherwise.
    community.given["evaluation.budget"] = parse_value("{ per = 'unlimited' }").value();
    CHECK(holds(against("2012-05-15", community), "and a community cannot change that"));
}

TEST_CASE("quirky: sales over the years earn what was in force, and a gap must be filled") {
    auto community = draft();
    community.given["submission.fee"] = Node::of("0.00");
    community.given["evaluation.budget"] = parse_value("{ per = 'each_day', votes = 5 }").value();
    community.given["evaluation.selection"] = parse_value("{ by = 'threshold', count = 200 }").value();
    community.given["rights.return_window"] = Node::of("none");
    community.given["payouts.every"] = Node::of("3 months");
    community.through = date("2014-12-31");
    CHECK(holds(against("2013-06-15", community),
                "royalty.rate.direct: not established for 'direct' in USD after 2013-06-30 before 2014-04-25, on "
                "2013-07-01"));
    community.given["royalty.rate.direct"] = parse_value("{ tiers = [{ rate = '25%' }] }").value();
    const auto terms = quirky().community_terms(date("2013-06-15"), community);
    REQUIRE_MESSAGE(terms, (terms ? "" : to_text(terms.error())));
    const auto& rates = terms->royalty.channels[0].rates;
    CHECK(rates.on(date("2013-06-30"))->value.tiers[0].rate == rate("30%"));
    CHECK(rates.on(date("2013-07-01"))->value.tiers[0].rate == rate("25%"));
    CHECK(rates.on(date("2014-04-24"))->citation.evidence == Evidence::agreed);
    CHECK(rates.on(date("2014-04-25"))->value.tiers[0].rate == rate("10%"));
}

TEST_CASE("quirky: 3% of what is left of retail, and half of it where others sell") {
    auto community = draft();
    community.channels = {"direct", "indirect"};
    community.given["submission.fee"] = Node::of("0.00");
    community.given["evaluation.budget"] = parse_value("{ per = 'unlimited' }").value();
    community.given["evaluation.selection"] = parse_value("{ by = 'top', count = 3 }").value();
    community.given["rights.may_withdraw"] = parse_value("false").value();
    community.given["rights.may_reacquire"] = parse_value("false").value();
    community.given["rights.return_window"] = Node::of("none");
    community.given["payouts.every"] = Node::of("3 months");
    const auto terms = quirky().community_terms(date("2016-06-16"), community);
    REQUIRE_MESSAGE(terms, (terms ? "" : to_text(terms.error())));
    CHECK(terms->rights.assignment == community::Assignment::on_submission);
    revenue::RoyaltyTerms royalties{
        USD, {{"community", {{"product", terms->royalty.channels}}}}, *terms->royalty.rounding};
    auto contract = revenue::RoyaltyContract::of(royalties).value();
    const std::map<revenue::Deduction, Money> off{{revenue::Deduction::discounts, usd("100.00")},
                                                  {revenue::Deduction::allowances, usd("20.00")},
                                                  {revenue::Deduction::returns, usd("80.00")}};
    const std::vector<revenue::SalesLine> sales{{"product", "direct", date("2016-07-01"), 10, usd("1000.00"), off}};
    const auto statement = contract.settle(sales).value();
    CHECK(statement.accounts[0].lines[0].base == usd("800.00"));
    CHECK(statement.payable == usd("24.00"));
    const std::vector<revenue::SalesLine> others{{"product", "indirect", date("2016-07-01"), 10, usd("1000.00"), off}};
    CHECK(contract.settle(others)->payable == usd("12.00"));
}

TEST_CASE("quirky: who rates must rate as much as in that era") {
    auto community = draft();
    community.given["evaluation.rating"] =
        parse_value("{ criteria = ['market', 'design'], stars = 5, bar = '50%' }").value();
    CHECK(holds(against("2011-01-29", community),
                "evaluation.rating_bounds: who rates 50% of the ideas counts, but the bar is 75% to 80%"));
}

TEST_CASE("quirky: a party that is named must be known") {
    auto community = draft();
    community.given["influence.unclaimed"] = parse_value("{ to = 'to_payee', payee = 'fund' }").value();
    CHECK(holds(against("2012-05-15", community), "parties.fund: the rules name 'fund', but who that is was not said"));
    CHECK_FALSE(load_pack("steam")->community_terms(date("2019-01-01"), community));
}

TEST_SUITE_END();
