// SPDX-License-Identifier: BSL-1.0
// The revenue packs on published figures: each pack, with what it leaves to the plan, gives terms whose arithmetic ends
// at the figure of the source.
#include <crowdrules/rulepacks/load.hpp>
#include <crowdrules/rulepacks/pack.hpp>

#include <doctest/doctest.h>

using namespace crowdrules;

namespace {

const revenue::PayeeId anna{1}, ben{2}, platform{9};

/// One work of one account, sold through these channels.
std::vector<revenue::RoyaltyAccount> sold_through(const std::vector<std::string>& channels) {
    revenue::RoyaltyWork work{"work", {}};
    for (const auto& channel : channels) work.channels.push_back({channel, {}});
    return {{"account", {work}}};
}

/// A plan that gives what hardly any source says: how fractions of a cent are rounded and over what.
RevenueDraft plan(const std::vector<std::string>& channels) {
    RevenueDraft draft;
    draft.accounts = sold_through(channels);
    draft.given["royalty.rounding"] = Node::of("half_even");
    draft.given["royalty.rounded"] = Node::of("running_total");
    return draft;
}

RevenueTerms terms_of(std::string_view pack, std::string_view on, const RevenueDraft& draft) {
    const auto terms = load_pack(pack).value().revenue_terms(date(on), draft);
    REQUIRE_MESSAGE(terms, (terms ? "" : to_text(terms.error())));
    return *terms;
}

revenue::RoyaltyContract contract_of(std::string_view pack, std::string_view on, const RevenueDraft& draft) {
    return revenue::RoyaltyContract::of(*terms_of(pack, on, draft).royalties).value();
}

revenue::SalesLine sale(std::string channel, std::string_view day, std::string_view gross, std::int64_t units = 1) {
    return {"work", std::move(channel), date(day), units, usd(gross)};
}

std::string against(std::string_view pack, std::string_view on, const RevenueDraft& draft) {
    const auto terms = load_pack(pack).value().revenue_terms(date(on), draft);
    return terms ? std::string() : to_text(terms.error());
}

bool holds(const std::string& text, std::string_view part) {
    return text.find(part) != text.npos;
}

}  // namespace

TEST_SUITE_BEGIN("rulepacks");

TEST_CASE("steam: 60 million since October 2018 leave 45 million, and what came before counts for nothing") {
    auto draft = plan({"store"});
    draft.through = date("2019-12-31");
    auto contract = contract_of("steam", "2018-09-30", draft);
    const std::vector<revenue::SalesLine> before{sale("store", "2018-09-30", "9,000,000.00")};
    CHECK(contract.settle(before)->payable == usd("6,300,000.00"));
    const std::vector<revenue::SalesLine> after{sale("store", "2018-10-01", "20,000,000.00"),
                                                sale("store", "2019-06-01", "40,000,000.00")};
    CHECK(contract.settle(after)->payable == usd("45,000,000.00"));
}

TEST_CASE("unreal: 3,000 a quarter were free, then a million in a life") {
    auto quarterly = contract_of("unreal", "2018-04-13", plan({"game"}));
    const std::vector<revenue::SalesLine> quarter{sale("game", "2018-05-01", "10,000.00")};
    CHECK(quarterly.settle(quarter)->payable == usd("350.00"));
    CHECK(quarterly.settle(quarter)->payable == usd("350.00"));  // the next quarter begins anew
    // A sale at 10.00 owes 0.50 once nothing is free any more.
    const std::vector<revenue::SalesLine> two{sale("game", "2018-08-01", "3,000.00"),
                                              sale("game", "2018-08-02", "10.00")};
    CHECK(quarterly.settle(two)->payable == usd("0.50"));

    auto lifetime = contract_of("unreal", "2026-11-01", plan({"game"}));
    const std::vector<revenue::SalesLine> first{sale("game", "2026-11-01", "900,000.00")};
    const std::vector<revenue::SalesLine> next{sale("game", "2027-02-01", "300,000.00")};
    CHECK(lifetime.settle(first)->payable.is_zero());
    CHECK(lifetime.settle(next)->payable == usd("10,000.00"));

    // Between the two nothing is known.
    CHECK(holds(against("unreal", "2022-01-01", plan({"game"})),
                "royalty.rate.game: not established for 'game' in USD after 2019-12-31 before 2026-11-01"));
}

TEST_CASE("unreal: a royalty of 2018 is due 45 days after the quarter") {
    auto draft = plan({"game"});
    draft.payouts = true;
    draft.given["payouts.minimum"] = parse_value("{ amount = '0.00', rule = 'at_least' }").value();
    draft.given["payouts.hold"] = Node::of("0 days");
    draft.given["payouts.rounding"] = Node::of("half_even");
    draft.given["payouts.fee"] = Node::of("none");
    const auto terms = terms_of("unreal", "2018-04-13", draft);
    CHECK(terms.paid_every->months == 3);
    CHECK(terms.paid_after == std::chrono::days(45));
}

TEST_CASE("kdp: 70% after delivery, 35% without") {
    auto draft = plan({"ebook_70", "ebook_35"});
    auto contract = contract_of("kdp", "2016-02-15", draft);
    revenue::SalesLine line = sale("ebook_70", "2016-02-15", "2.99");
    line.deductions.emplace(revenue::Deduction::costs, usd("0.90"));
    const std::vector<revenue::SalesLine> sales{line, sale("ebook_35", "2016-02-15", "0.99")};
    const auto statement = contract.settle(sales).value();
    CHECK(statement.accounts[0].lines[0].earned == rate("1.463"));
    CHECK(statement.accounts[0].lines[1].earned == rate("0.3465"));
    draft.given["royalty.rounded"] = Node::of("each_line");
    auto by_line = contract_of("kdp", "2016-02-15", draft);
    CHECK(by_line.settle(std::vector<revenue::SalesLine>{line})->payable == usd("1.46"));
}

TEST_CASE("bandcamp: the sale that crosses 5,000 pays 15%, the next one 10%") {
    auto contract = contract_of("bandcamp", "2010-07-14", plan({"digital"}));
    const auto one = [](std::string_view gross) {
        return std::vector<revenue::SalesLine>{sale("digital", "2010-08-01", gross)};
    };
    CHECK(contract.settle(one("4,995.00"))->payable == usd("4,245.75"));
    CHECK(contract.settle(one("10.00"))->payable == usd("8.50"));
    CHECK(contract.settle(one("10.00"))->payable == usd("9.00"));
}

TEST_CASE("threadless: 20% of net profit, and at least 0.25, then 1.00") {
    const auto earned = [](std::string_view day) {
        auto contract = contract_of("threadless", day, plan({"above_10"}));
        revenue::SalesLine line = sale("above_10", day, "20.00");
        line.deductions.emplace(revenue::Deduction::costs, usd("16.00"));
        return contract.settle(std::vector<revenue::SalesLine>{line})->payable;
    };
    CHECK(earned("2014-04-01") == usd("0.80"));
    CHECK(earned("2015-01-27") == usd("0.80"));
    CHECK(earned("2015-01-28") == usd("1.00"));
    // A loss earns the least there is.
    auto contract = contract_of("threadless", "2014-04-01", plan({"up_to_10"}));
    revenue::SalesLine line = sale("up_to_10", "2014-05-01", "9.00", 4);
    line.deductions.emplace(revenue::Deduction::costs, usd("9.00"));
    CHECK(contract.settle(std::vector<revenue::SalesLine>{line})->payable == usd("1.00"));
}

TEST_CASE("bucketfeet: retail less base") {
    auto contract = contract_of("bucketfeet", "2017-11-01", plan({"shop"}));
    revenue::SalesLine line = sale("shop", "2017-11-02", "65.00");
    line.deductions.emplace(revenue::Deduction::costs, usd("55.00"));
    CHECK(contract.settle(std::vector<revenue::SalesLine>{line})->payable == usd("10.00"));
}

TEST_CASE("lego_ideas: 1% of net sales, and four stages of support") {
    auto draft = plan({"set"});
    auto contract = contract_of("lego_ideas", "2026-11-01", draft);
    CHECK(contract.settle(std::vector<revenue::SalesLine>{sale("set", "2026-11-02", "1,234,567.00")})->payable ==
          usd("12,345.67"));
    const auto now = terms_of("lego_ideas", "2026-11-01", draft).support;
    REQUIRE(now.size() == 4);
    CHECK(now[0] == SupportStage{100, std::chrono::days(60)});
    CHECK(now[3] == SupportStage{10'000, std::chrono::days(182)});
    CHECK(terms_of("lego_ideas", "2010-01-01", draft).support ==
          std::vector<SupportStage>{{10'000, std::chrono::days(730)}});
    CHECK(terms_of("lego_ideas", "2018-01-01", draft).support.empty());
}

TEST_CASE("notre_dame: half of the first 100,000, a quarter of the rest") {
    auto contract = contract_of("notre_dame", "2026-11-01", plan({"licence"}));
    CHECK(contract.settle(std::vector<revenue::SalesLine>{sale("licence", "2026-12-01", "150,000.00")})->payable ==
          usd("62,500.00"));
}

TEST_CASE("redbubble: the fee of an account is a share of the margin") {
    auto contract = contract_of("redbubble", "2026-11-01", plan({"standard", "premium", "pro"}));
    CHECK(contract.settle(std::vector<revenue::SalesLine>{sale("standard", "2026-11-30", "40.00")})->payable ==
          usd("20.00"));
    CHECK(contract.settle(std::vector<revenue::SalesLine>{sale("premium", "2026-11-30", "25.00")})->payable ==
          usd("20.00"));
    CHECK(contract.settle(std::vector<revenue::SalesLine>{sale("pro", "2026-11-30", "25.00")})->payable ==
          usd("25.00"));
}

TEST_CASE("zazzle: a designer chooses within bounds") {
    auto draft = plan({"design", "referral"});
    CHECK(holds(against("zazzle", "2026-11-01", draft), "royalty.rate.design: not "));
    draft.given["royalty.rate.design"] = parse_value("{ tiers = [{ rate = '10%' }] }").value();
    auto contract = contract_of("zazzle", "2026-11-01", draft);
    CHECK(contract
              .settle(std::vector<revenue::SalesLine>{sale("design", "2026-11-02", "30.00"),
                                                      sale("referral", "2026-11-02", "30.00")})
              ->payable == usd("7.50"));
    draft.given["royalty.rate.design"] = parse_value("{ tiers = [{ rate = '4%' }] }").value();
    CHECK(holds(against("zazzle", "2026-11-01", draft),
                "royalty.rate_bounds.design: the rate for 'design' is 0.04, but it may be 0.05 to 0.99"));
}

TEST_CASE("gumroad: of 100 cents the fee is 93, the affiliate has 1 and the seller 6") {
    RevenueDraft draft;
    draft.shares = {{anna, 1500}};
    draft.parties = {{"platform", platform}, {"seller", ben}, {"affiliate", anna}};
    const auto terms = terms_of("gumroad", "2025-04-04", draft);
    const auto shared =
        revenue::Sharing::of(*terms.split, USD).value().share("", date("2025-04-04"), usd("1.00")).value();
    REQUIRE(shared.fees.size() == 1);
    CHECK(shared.fees[0].paid == usd("0.93"));
    REQUIRE(shared.parts.size() == 2);
    CHECK(shared.parts[0].amount == usd("0.01"));
    CHECK(shared.parts[1].amount == usd("0.06"));

    draft.shares = {{anna, 8000}};
    CHECK(holds(against("gumroad", "2025-04-04", draft),
                "split.limits: 'affiliate' has 8000 of 10000; accepted: 1% to 75%"));
    draft.parties.erase("seller");
    CHECK(holds(against("gumroad", "2025-04-04", draft),
                "parties.seller: the rules pay 'seller', but who that is was not said"));
}

TEST_CASE("humble: 25.00 is 21.25, 1.25 and 2.50 under the plan of April 2021") {
    RevenueDraft draft;
    draft.parties = {{"publisher", anna}, {"charity", ben}, {"humble", platform}};
    draft.given["split.fees"] = parse_value("[]").value();
    draft.given["split.dividing"] = parse_value("{ decided = 'running_total' }").value();
    const auto terms = terms_of("humble", "2021-04-30", draft);
    const auto shared = share_once(terms.split->on(date("2021-04-30"))->value, usd("25.00"));
    REQUIRE(shared.parts.size() == 3);
    for (const revenue::SharePart& part : shared.parts)
        CHECK(part.amount == (part.payee == anna ? usd("21.25") : part.payee == ben ? usd("1.25") : usd("2.50")));
    // The buyer could move the shares.
    draft.shares = {{anna, 50}, {ben, 50}};
    CHECK(against("humble", "2021-03-31", draft) == "");
    draft.shares = {{anna, 50}, {ben, 49}};
    CHECK(holds(against("humble", "2021-03-31", draft), "split"));
}

TEST_CASE("0xsplits: each part is cut, and the fee is at most 10%") {
    RevenueDraft draft;
    draft.shares = {{anna, 333'333}, {ben, 333'333}, {platform, 333'334}};
    draft.given["split.fees"] = parse_value("[]").value();
    const auto terms = terms_of("0xsplits", "2024-05-27", draft);
    const auto shared = share_once(terms.split->on(date("2024-05-27"))->value, usd("1.00"));
    for (const revenue::SharePart& part : shared.parts) CHECK(part.amount == usd("0.33"));

    draft.parties = {{"distributor", revenue::PayeeId{4}}};
    const auto fee = [](std::string_view rate) {
        return parse_value("[{ name = 'distributor', to = 'distributor', bands = [{ rate = '" + std::string(rate) +
                           "' }], rounding = 'down' }]")
            .value();
    };
    draft.given["split.fees"] = fee("10%");
    CHECK(against("0xsplits", "2024-05-27", draft) == "");
    draft.given["split.fees"] = fee("11%");
    CHECK(holds(against("0xsplits", "2024-05-27", draft),
                "split.limits: 'distributor' takes 11%; accepted: 10% at most"));
    draft.given["split.fees"] = parse_value("[]").value();
    draft.shares = {{anna, 1'000'000}};
    CHECK(holds(against("0xsplits", "2024-05-27", draft), "split.limits: 1 who share; accepted: 2 at least"));
}

TEST_CASE("payment_splitter: what is cut off once is not lost for ever") {
    RevenueDraft draft;
    draft.shares = {{anna, 1}, {ben, 1}, {platform, 1}};
    const auto terms = terms_of("payment_splitter", "2026-11-01", draft);
    auto sharing = revenue::Sharing::of(*terms.split, USD).value();
    CHECK(sharing.share("", date("2026-11-01"), usd("0.10"))->parts[0].amount == usd("0.03"));
    CHECK(sharing.share("", date("2026-11-01"), usd("0.02"))->parts[0].amount == usd("0.01"));
    CHECK(sharing.pot().is_zero());
}

TEST_CASE("podcasting_value: 380 shares of 3,000") {
    RevenueDraft draft;
    draft.shares = {{anna, 190}, {ben, 152}, {platform, 38}};
    CHECK(holds(against("podcasting_value", "2026-11-01", draft), "split.fees: not established"));
    draft.given["split.fees"] = parse_value("[]").value();
    draft.given["split.dividing"] = parse_value("{ decided = 'running_total' }").value();
    const auto terms = terms_of("podcasting_value", "2026-11-01", draft);
    const auto parts = share_once(terms.split->on(date("2026-11-01"))->value, usd("30.00")).parts;
    REQUIRE(parts.size() == 3);
    CHECK(parts[0].amount == usd("15.00"));
    CHECK(parts[1].amount == usd("12.00"));
    CHECK(parts[2].amount == usd("3.00"));
}

TEST_CASE("distrokid: the split in percent, after 2,000 are recouped") {
    RevenueDraft draft;
    draft.shares = {{anna, 50}, {ben, 50}};
    draft.given["split.fees"] = parse_value("[]").value();
    draft.given["split.dividing"] = parse_value("{ decided = 'running_total' }").value();
    const auto terms = terms_of("distrokid", "2021-05-07", draft);
    // Recoupment stands before the split: of 1,500 and 1,000 the first 2,000 are Anna's.
    const auto split = share_once(terms.split->on(date("2021-05-07"))->value, usd("500.00"));
    CHECK(split.parts[0].amount == usd("250.00"));
    CHECK(split.parts[1].amount == usd("250.00"));
    CHECK(terms.sources.contains("royalty.recoupment"));
    draft.shares = {{anna, 50}, {ben, 49}};
    CHECK_FALSE(against("distrokid", "2021-05-07", draft).empty());
}

TEST_CASE("sellaband: advertising by thirds, paid above 1.00") {
    RevenueDraft draft;
    draft.parties = {{"sellaband", platform}, {"artist", anna}, {"believers", ben}};
    draft.payouts = true;
    draft.given["split.fees"] = parse_value("[]").value();
    draft.given["split.dividing"] = parse_value("{ decided = 'running_total' }").value();
    draft.given["payouts.hold"] = Node::of("0 days");
    draft.given["payouts.rounding"] = Node::of("down");
    draft.given["payouts.fee"] = Node::of("none");
    draft.given["payouts.every"] = Node::of("1 month");
    const auto terms = terms_of("sellaband", "2010-12-31", draft);
    CHECK(share_once(terms.split->on(date("2010-12-31"))->value, usd("3.00")).parts[0].amount == usd("1.00"));
    CHECK(terms.payouts->minimum == usd("1.00"));
    CHECK(terms.payouts->rule == revenue::MinimumRule::above);
}

TEST_CASE("mainvest: a share of each quarter until the multiple, the first payment reaching back") {
    RevenueDraft draft;
    draft.holders = {{anna, usd("600.00")}, {ben, usd("400.00")}};
    draft.given["note.share"] = Node::of("5%");
    draft.given["note.multiple"] = Node::of("1.5");
    draft.given["note.maturity"] = Node::of("none");
    draft.given["note.misses"] = parse_value("0").value();
    draft.given["note.rounding"] = Node::of("half_even");
    const auto terms = terms_of("mainvest", "2026-11-01", draft);
    CHECK(terms.note_every->months == 3);
    auto note = revenue::RevenueNote::of(*terms.note).value();
    CHECK(note.end_period(usd("1,000.00"))->paid.is_zero());
    CHECK(note.end_period(usd("12,000.00"))->paid == usd("650.00"));
    CHECK(note.end_period(usd("30,000.00"))->paid == usd("850.00"));
    CHECK(note.paid_to(anna) == usd("900.00"));

    draft.holders[1].invested = usd("99.99");
    CHECK(holds(against("mainvest", "2026-11-01", draft),
                "note.least_investment: payee 2 invests 99.99 USD, below 100.00 USD"));
}

TEST_CASE("wefunder: the multiple is between 1.5 and 3, and one payment may be missed") {
    RevenueDraft draft;
    draft.holders = {{anna, usd("1,000.00")}};
    draft.given["note.share"] = Node::of("3%");
    draft.given["note.multiple"] = Node::of("1.4");
    draft.given["note.maturity"] = parse_value("20").value();
    draft.given["note.grace"] = parse_value("{ periods = 0 }").value();
    draft.given["note.every"] = Node::of("3 months");
    draft.given["note.rounding"] = Node::of("half_up");
    CHECK(holds(against("wefunder", "2026-11-01", draft),
                "note.multiple_bounds: the multiple is 1.4, but it may be 1.5 to 3"));
    draft.given["note.multiple"] = Node::of("2");
    const auto terms = terms_of("wefunder", "2026-11-01", draft);
    CHECK(terms.note->misses_allowed == 1);
    CHECK(terms.note->matures_after == 20);
    auto note = revenue::RevenueNote::of(*terms.note).value();
    CHECK(note.end_period(usd("10,000.00"), usd("0.00"))->state == revenue::NoteState::running);
    CHECK(note.end_period(usd("10,000.00"), usd("0.00"))->state == revenue::NoteState::in_default);
}

TEST_CASE("youtube: of 1,000, 100 of it from the United States, 240, 15 or 30 are withheld") {
    RevenueDraft draft;
    draft.payouts = true;
    draft.payees = {{anna, "Anna", "no form"}, {ben, "Ben", "treaty with India"}, {platform, "Chris", "no treaty"}};
    draft.given["withholding.rounding"] = Node::of("half_up");
    draft.given["payouts.minimum"] = parse_value("{ amount = '0.00', rule = 'at_least' }").value();
    draft.given["payouts.hold"] = Node::of("0 days");
    draft.given["payouts.rounding"] = Node::of("down");
    draft.given["payouts.fee"] = Node::of("none");
    draft.given["payouts.every"] = Node::of("1 month");
    const auto terms = terms_of("youtube", "2021-03-12", draft);
    auto distribution = revenue::Distribution::of(*terms.payouts).value();
    for (const revenue::Payee& payee : terms.payees) {
        REQUIRE(distribution.add(payee));
        const Date day = date("2021-03-12");
        REQUIRE(distribution.book({payee.id, revenue::EarningKind::earned, rate("100"), day, "1", "US", {}}));
        REQUIRE(distribution.book({payee.id, revenue::EarningKind::earned, rate("900"), day, "2", "IN", {}}));
    }
    const auto statements = distribution.pay_out(date("2021-04-01")).value();
    REQUIRE(statements.size() == 3);
    CHECK(statements[0].withheld[0].amount == usd("240.00"));
    CHECK(statements[1].withheld[0].amount == usd("15.00"));
    CHECK(statements[2].withheld[0].amount == usd("30.00"));
    CHECK(statements[0].withheld[0].rule.citation.source.find("exchange4media") != std::string::npos);

    draft.payees[0].tax_status = "none";
    CHECK(holds(against("youtube", "2021-03-12", draft),
                "withholding: Anna has the tax status 'none', which is none here; accepted: one of no form, "));
}

TEST_SUITE_END();
