// SPDX-License-Identifier: BSL-1.0
// A presale is a campaign with a goal in units: its cards are charged when the product is ready to ship.
#include <crowdrules/campaign/statement.hpp>

#include "sample.hpp"

namespace crowdrules::community {

using namespace sample;

namespace {

OpenPresale presale(Instant at) {
    campaign::Terms terms;
    terms.title = "Lamp, presold";
    terms.model = campaign::FundingModel::units(2);
    terms.window = {.opens = at, .closes = at + days{10}};
    terms.rewards = {{.name = "Lamp", .minimum = 40'00}};
    terms.charges = {.timing = ChargeTiming::when_ready, .retry_window = days{7}};
    terms.payouts = {.first_after = days{14}};
    return {lamp, std::make_shared<const campaign::Terms>(terms), "buyers", staff};
}

ActOnPresale pledge(std::uint64_t id, MemberId backer) {
    return {lamp, campaign::MakePledge{
                      PledgeId{id}, BackerId{backer.value}, {.reward = campaign::RewardId{1}, .amount = cents(40'00)}}};
}
ActOnPresale charge(std::uint64_t id) {
    return {lamp, campaign::RecordCharge{PledgeId{id}}};
}

}  // namespace

TEST_SUITE_BEGIN("community");

TEST_CASE("a presale reaches its threshold, is charged when the product is ready, and its buyers have a part") {
    CommunityPlayer play;
    play.develop();
    play.does(OpenPhase{.product = lamp, .phase = "presale", .decided_by = staff});
    play.does(presale(play.at()));
    play.does(pledge(1, chris));
    play.does(pledge(2, MemberId{77}));  // the general public may buy too
    play.does(pledge(3, dora));
    const Events judged = play.pass(play.at() + days{10});
    CHECK(std::holds_alternative<campaign::CampaignSucceeded>(first_of<PresaleHappened>({judged[1]}).what));
    CHECK(play.refused(charge(1)) == Code::presale_refused);
    CHECK(agenda(play.community()).empty());

    // Somebody steps back before that; then the charges are due.
    play.does(ActOnPresale{lamp, campaign::CancelPledge{PledgeId{3}}});
    play.does(day(40), ReportProductReady{lamp, staff});
    CHECK(to_text(agenda(play.community())[0]) ==
          "2012-02-10T00:00:00Z presale idea 1: 2012-02-10T00:00:00Z charge pledge 1: 40.00 USD");
    play.does(charge(1));
    play.does(charge(2));
    CHECK(play.product().claims.at("buyers") == std::vector<Claim>{{chris}});
    play.does(ClosePhase{lamp, "presale", staff});
    play.does(StartSales{lamp, staff});
    CHECK(influence_in(play.product())->weight_of("buyers") * 20 == influence_in(play.product())->whole());

    play.does(day(54), ActOnPresale{lamp, campaign::PayOut{0}});
    const Statement s = statement(play.community());
    CHECK(s.holders[static_cast<std::size_t>(Account::backers)] == cents(-80'00));
    CHECK(s.holders[static_cast<std::size_t>(Account::company)] == cents(20'00 + 80'00));
    CHECK(statement(*play.product().presale).paid == cents(80'00));
    balances(play);
}

TEST_CASE("a presale that misses its threshold ends the product, and every right goes back") {
    CommunityPlayer play;
    play.develop();
    play.does(presale(play.at()));
    play.does(pledge(1, chris));
    play.pass(play.at() + days{10});
    CHECK((*play.product().presale)->phase == campaign::Phase::failed);
    play.does(AbandonProduct{lamp, "too few wanted it", staff});
    CHECK(play.product().stage == ProductStage::abandoned);
    balances(play);
}

TEST_CASE("a presale is paused with its product, and released with it") {
    CommunityPlayer play;
    play.develop();
    play.does(presale(play.at()));
    play.does(pledge(1, chris));
    play.does(RaiseProductClaim{lamp, ClaimId{1}, "Frida", "the hinge", "counsel"});
    CHECK((*play.product().presale)->phase == campaign::Phase::paused);
    CHECK(play.refusal(pledge(2, dora)).of_presale == campaign::RejectionCode::campaign_paused);
    play.does(RaiseProductClaim{lamp, ClaimId{2}, "Rex", "the shade", "counsel"});
    play.does(DismissClaim{ClaimId{1}, "an older drawing", "counsel"});
    CHECK((*play.product().presale)->phase == campaign::Phase::paused);
    play.does(DismissClaim{ClaimId{2}, "withdrawn", "counsel"});
    CHECK((*play.product().presale)->phase == campaign::Phase::live);
    play.does(pledge(2, dora));
    SUBCASE("taken down") {
        play.does(RaiseProductClaim{lamp, ClaimId{3}, "Frida", "the hinge", "counsel"});
        play.does(UpholdClaim{ClaimId{3}, "it was right", "counsel"});
    }
    SUBCASE("abandoned") {
        play.does(AbandonProduct{lamp, "no factory", staff});
    }
    SUBCASE("bought back") {
        play.does(ReacquireIdea{lamp, anna, cents(5'00)});
    }
    CHECK((*play.product().presale)->phase == campaign::Phase::suspended);
    CHECK(agenda(play.community()).empty());
    balances(play);
}

TEST_SUITE_END();

}  // namespace crowdrules::community
