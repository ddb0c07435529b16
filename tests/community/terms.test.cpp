// SPDX-License-Identifier: BSL-1.0
#include "sample.hpp"

namespace crowdrules::community {

using namespace sample;

namespace {

std::string defects(Terms terms) {
    std::string text;
    for (const Finding& finding : defects_of(terms))
        text += std::string(to_text(finding.kind)) + " " + finding.rule + "\n";
    return text;
}

template <class Change>
std::string defects_after(Change change) {
    Terms terms = community();
    change(terms);
    return defects(std::move(terms));
}

}  // namespace

TEST_SUITE_BEGIN("community");

TEST_CASE("what no source establishes must be given") {
    CHECK(defects(community()).empty());
    CHECK(defects(Terms{}) ==
          "missing submission.fee\n"
          "missing evaluation.weight\n"
          "missing evaluation.tie_break\n"
          "missing influence.unclaimed\n"
          "forbidden rights.company\n"
          "missing royalty.rounding\n"
          "forbidden royalty\n"
          "missing payouts.minimum\n");
    CHECK(defects_after([](auto& t) { t.submission.refunded_when_infeasible.reset(); }) ==
          "missing submission.refunded_when_infeasible\n");
    CHECK(defects_after([](auto& t) { t.submission = {.fee = 0}; }).empty());
    CHECK_THROWS_AS((void)found(Terms{}, start), ContractViolation);
}

TEST_CASE("terms that no community can run with are refused with the rule that forbids them") {
    CHECK(defects_after([](auto& t) { t.submission.fee = -1; }) == "forbidden submission.fee\n");
    CHECK(defects_after([](auto& t) { t.evaluation.selection.count = 0; }) == "forbidden evaluation.selection\n");
    CHECK(defects_after([](auto& t) { t.influence.unclaimed->payee = {}; }) == "forbidden influence.unclaimed\n");
    CHECK(defects_after([](auto& t) { t.rights.return_window = Elapsed{0}; }) == "forbidden rights.return_window\n");
    CHECK(defects_after([](auto& t) { t.royalty.rounding->step = 0; }) == "forbidden royalty.rounding.step\n");
    CHECK(defects_after([](auto& t) { t.payouts.every = {}; }) == "forbidden payouts.every\n");
    CHECK(defects_after([](auto& t) { t.payouts.every = {.every = days{1}, .months = 1}; }) ==
          "forbidden payouts.every\n");
    CHECK(defects_after([](auto& t) { t.payouts.every = {.every = days{3'650'000}}; }) == "forbidden payouts.every\n");
    CHECK(defects_after([](auto& t) { t.payouts.every = {.months = 100'000}; }) == "forbidden payouts.every\n");
    CHECK(defects_after([](auto& t) { t.payouts.minimum = -1; }) == "forbidden payouts.minimum\n");
    CHECK(defects_after([](auto& t) { t.payouts.hold_days = 40'000; }) == "forbidden payouts.hold_days\n");
    const auto rate = [](auto change) {
        return defects_after([&](Terms& t) {
            revenue::RateTerms terms = t.royalty.channels[0].rates.rows()[0].value;
            change(terms);
            t.royalty.channels[0].rates = Dated<revenue::RateTerms>({{date("2009-01-01"), terms, {}}});
        });
    };
    CHECK(rate([](revenue::RateTerms& t) { t.tiers[0].rate = decimal("101%"); }) == "forbidden royalty.direct.rate\n");
    CHECK(rate([](revenue::RateTerms& t) { t.tiers.clear(); }) == "forbidden royalty.direct.tiers\n");
    CHECK(rate([](revenue::RateTerms& t) { t.counting = revenue::Counting::period; }) == "forbidden royalty.direct\n");
    CHECK(defects_after([](auto& t) { t.royalty.channels.clear(); }) == "forbidden royalty\n");
}

TEST_CASE("a finding says where its rule is written") {
    Terms terms = community();
    terms.sources["payouts.minimum"] = {"house rules, 4", "2012-01", Evidence::official};
    terms.payouts.minimum.reset();
    CHECK(defects_of(terms).front().citation.source == "house rules, 4");
    CHECK(citation_of(terms, "royalty.rounding").source == "the community's own terms");
}

TEST_SUITE_END();

}  // namespace crowdrules::community
