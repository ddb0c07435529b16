// SPDX-License-Identifier: BSL-1.0
// Whole lives: from an idea to royalties paid, and from an idea to rights that went back.

#include "sample.hpp"

namespace crowdrules::community {

using namespace sample;

TEST_SUITE_BEGIN("community");

TEST_CASE("an idea becomes a product, and whoever took part is paid") {
    CommunityPlayer play;
    play.sell();
    CHECK(play.product().stage == ProductStage::on_sale);
    const Holders influence = play.product().streams[0].influence;
    CHECK(to_text(influence) == "payee 1 27, payee 2 15, payee 3 4, payee 4 8, payee 5 3, payee 1000 3 of 60");

    // 1,000.00 direct at 30% and 2,000.00 indirect at 10% in the first quarter.
    play.sale(1, cents(1'000'00));
    play.does(RecordSale{SaleId{2}, lamp, "indirect", date_of(play.at()), 40, cents(2'000'00)});
    const Events closed = play.pass(instant("2012-04-01T00:00:00Z"));
    REQUIRE(closed.size() == 2);
    const auto& shared = first_of<RoyaltyShared>(closed);
    CHECK(shared.pool == 500'00);
    CHECK(shared.to_company == 25'00);
    CHECK(shared.parts ==
          std::vector<RoyaltyPart>{{anna, 225'00}, {ben, 125'00}, {chris, 33'33}, {dora, 66'67}, {emil, 25'00}});

    const std::vector<Due> due = agenda(play.community());
    REQUIRE(due.size() == 5);
    CHECK(to_text(due[0]) == "2012-04-01T00:00:00Z pay member 1: 225.00 USD");
    for (const Due& item : due) play.does(PayRoyalty{item.member});
    CHECK(agenda(play.community()).empty());

    const Statement s = statement(play.community());
    CHECK(s.fees == cents(20'00));
    CHECK(s.gross == cents(3'000'00));
    CHECK(s.royalties == cents(500'00));
    CHECK(s.unclaimed == cents(25'00));
    CHECK(s.paid == cents(475'00));
    CHECK(s.carried == cents(0));
    CHECK(s.holders[static_cast<std::size_t>(Account::company)] == cents(3'000'00 + 20'00 - 475'00));
    CHECK(statement_of(play.community(), chris)->products.front().credited == cents(33'33));
    balances(play);
}

TEST_CASE("what is too little is carried, what is on hold waits, and what is withheld goes to the tax office") {
    Terms terms = community();
    terms.payouts.hold_days = 30;
    CommunityPlayer play(terms);
    play.does(LeaveCommunity{emil});
    play.does(JoinCommunity{emil, {{.source = {}, .rate = decimal("24%"), .rounding = {RoundingMode::half_even}}}});
    play.sell();
    play.sale(1, cents(100'00));  // 30.00: Anna 13.50, Ben 7.50, Chris 2.00, Dora 4.00, Emil 1.50, the company 1.50
    play.pass(instant("2012-04-01T00:00:00Z"));
    CHECK(play.refused(PayRoyalty{anna}) == Code::nothing_due);
    CHECK(play.refused(PayRoyalty{anna, true}) == Code::nothing_due);
    CHECK(statement_of(play.community(), anna)->on_hold == cents(13'50));
    const std::vector<Due> due = agenda(play.community());
    REQUIRE(due.size() == 2);
    CHECK(to_text(due[0]) == "2012-05-01T00:00:00Z pay member 1: 13.50 USD");
    CHECK(to_text(due[1]) == "2012-05-01T00:00:00Z pay member 2: 7.50 USD");

    play.pass(instant("2012-05-01T00:00:00Z"));
    CHECK(play.refused(PayRoyalty{dora}) == Code::below_minimum);
    play.does(PayRoyalty{anna});
    // Whoever closes the account is paid even less.
    const auto paid = first_of<RoyaltyPaid>(play.does(PayRoyalty{emil, true}));
    CHECK(paid == RoyaltyPaid{emil, 36, 0, 1'14});
    CHECK(statement(play.community()).withheld == cents(36));

    // The next quarter adds to what was carried.
    play.sale(2, cents(100'00));
    play.pass(instant("2012-07-31T00:00:00Z"));
    CHECK(play.member(dora).balance() == 8'00);
    CHECK(first_of<RoyaltyPaid>(play.does(PayRoyalty{dora})).net == 8'00);
    balances(play);
}

TEST_CASE("a product that is not made gives every right back to those it came from") {
    CommunityPlayer play;
    play.develop();
    const RightsRegister& title = find_idea(play.state(), lamp)->rights;
    CHECK(to_text(title.held(Right::title, day(1))->holders) == "payee 1");
    CHECK(to_text(title.held(Right::title, day(8))->holders) == "payee 1000");
    CHECK(find_idea(play.state(), IdeaId{11})->rights.held(Right::title, play.at())->by == RightsEvent::accepted);

    play.does(day(60), AbandonProduct{lamp, "no factory makes it", staff});
    CHECK(play.product().stage == ProductStage::abandoned);
    // Unclaimed influence is nobody's: of 60 parts 57 go to people.
    const RightsRegister& back = find_idea(play.state(), lamp)->rights;
    CHECK(to_text(back.held(Right::title, day(60))->holders) ==
          "payee 1 27, payee 2 15, payee 3 4, payee 4 8, payee 5 3 of 57");
    CHECK(to_text(find_idea(play.state(), IdeaId{11})->rights.held(Right::title, day(60))->holders) == "payee 2");
    // At every instant title has exactly one holder, without a gap.
    for (const IdeaRecord& idea : play.state().ideas) {
        const std::vector<Custody> custody = idea.rights.custody(Right::title);
        CHECK(custody.front().period.opens == idea.idea.submitted_at);
        CHECK_FALSE(custody.back().period.has_end());
        for (std::size_t i = 0; i + 1 < custody.size(); ++i)
            CHECK(custody[i].period.closes == custody[i + 1].period.opens);
    }
    CHECK(play.refused(StartSales{lamp, staff}) == Code::product_over);
    CHECK(play.refused(ReacquireIdea{lamp, anna, cents(0)}) == Code::product_over);
    CHECK(play.refused(LeaveCommunity{anna}) == std::nullopt);
    balances(play);
}

TEST_CASE("rights return by themselves when the window passes, and the submitter may buy them back before") {
    Terms terms = community();
    terms.rights.return_window = days{30};
    CommunityPlayer play(terms);
    play.accept();
    CHECK(to_text(agenda(play.community())[0]) == "2012-02-07T00:00:00Z return_rights idea 1");
    SUBCASE("by time") {
        CHECK(play.pass(day(37) - 1s).empty());
        const Events due = play.pass(day(37));
        CHECK(first_of<ProductAbandoned>(due).why == ReturnReason::window_passed);
        CHECK(to_text(first_of<ProductAbandoned>(due).to) == "payee 1 6, payee 3 1, payee 4 2 of 9");
    }
    SUBCASE("made in time") {
        play.does(ReportProductReady{lamp, staff});
        play.does(StartSales{lamp, staff});
        CHECK(play.pass(day(400)).empty());
    }
    SUBCASE("bought back") {
        CHECK(play.refused(ReacquireIdea{lamp, ben, cents(1'00)}) == Code::not_its_submitter);
        play.does(ReacquireIdea{lamp, anna, cents(1'000'00)});
        CHECK(to_text(find_idea(play.state(), lamp)->rights.held(Right::title, play.at())->holders) == "payee 1");
        CHECK(play.pass(day(400)).empty());
    }
    balances(play);
}

TEST_CASE("an idea that cannot be made gets its fee back, one that is taken back does not") {
    CommunityPlayer play;
    play.does(HandInIdea{lamp, anna, "Lamp"});
    play.does(HandInIdea{hook, ben, "Hook"});
    play.does(OpenRound{RoundId{1}, {lamp, hook}, day(7), staff});
    play.does(CastVote{RoundId{1}, chris, lamp});
    play.does(ScreenOutIdea{lamp, "needs cold fusion", staff});
    CHECK(play.refused(CastVote{RoundId{1}, chris, lamp}) == Code::idea_not_in_round);
    play.does(WithdrawIdea{hook, ben});
    CHECK(statement(play.community()).fees == cents(10'00));
    CHECK(find_idea(play.state(), hook)->rights.held(Right::licence, play.at()) == nullptr);
    CHECK(first_of<RoundClosed>(play.pass(day(7))).selected.empty());
    balances(play);
}

TEST_CASE("an earlier idea that is alike has the credit, and those of the later one a bucket of their own") {
    CommunityPlayer play;
    play.does(HandInIdea{IdeaId{9}, emil, "Lamp, years ago"});
    play.does(day(1), DeclineIdea{IdeaId{9}, "not now", staff});
    play.evaluate();
    play.does(NameSimilarIdea{lamp, IdeaId{9}, staff});
    std::vector<ProductPhase> product = phases();
    product[3] = {.name = "alike",
                  .kind = PhaseKind::similar,
                  .buckets = {{.name = "catalysts", .share = decimal("5%"), .rule = BucketRule::equal}}};
    CHECK(play.refused(AcceptIdea{lamp, false, product, staff}) == Code::earlier_similar_idea);
    const auto accepted = first_of<IdeaAccepted>(play.does(AcceptIdea{IdeaId{9}, false, product, staff}));
    CHECK(accepted.claims ==
          std::vector<BucketClaims>{{"inventor", {{emil}}}, {"catalysts", {{anna}, {chris, 1, 2}, {dora, 1, 1}}}});
    CHECK(find_idea(play.state(), lamp)->stage == IdeaStage::open);
    balances(play);
}

TEST_CASE("what is under a claim stands still, and its royalties wait") {
    CommunityPlayer play;
    play.sell();
    play.sale(1, cents(100'00));
    play.does(RaiseProductClaim{lamp, ClaimId{7}, "Frida", "the hinge", "counsel"});
    CHECK(play.refused(EndProduct{lamp, "", staff}) == Code::product_paused);
    CHECK(play.pass(instant("2012-05-01T00:00:00Z")).empty());
    CHECK(agenda(play.community()).empty());
    SUBCASE("resumed") {
        play.does(DismissClaim{ClaimId{7}, "an older drawing", "counsel"});
        CHECK(first_of<RoyaltyShared>(play.pass(instant("2012-07-01T00:00:00Z"))).pool == 30'00);
    }
    SUBCASE("taken down") {
        play.does(UpholdClaim{ClaimId{7}, "it is hers", "court"});
        CHECK(play.product().stage == ProductStage::taken_down);
        CHECK(play.refused(DismissClaim{ClaimId{7}, "", "counsel"}) == Code::claim_decided);
        // What was sold before is still owed.
        CHECK(play.pass(instant("2012-07-01T00:00:00Z")).size() == 2);
    }
    balances(play);
}

TEST_CASE("every decision can be traced to who took it") {
    CommunityPlayer play;
    play.accept();
    play.does(RaiseProductClaim{lamp, ClaimId{7}, "Frida", "the hinge", "counsel"});
    std::vector<std::string> lines;
    for (const PlatformDecision& decision : decisions(play.community())) lines.push_back(to_text(decision));
    CHECK(lines == std::vector<std::string>{
                       "2012-01-01T00:00:00Z round_opened by staff",
                       "2012-01-08T00:00:00Z idea_accepted by staff: Lamp",
                       "2012-01-08T00:00:00Z claim_raised by counsel: Lamp, claim 7 of Frida on the hinge",
                   });
}

TEST_CASE("the answer does not depend on how often the platform asks, nor a repeat on when it comes") {
    CommunityPlayer often, once;
    for (CommunityPlayer* play : {&often, &once}) {
        play->sell();
        play->sale(1, cents(123'45));
    }
    for (int i = 11; i < 400; ++i) often.pass(day(i));
    once.pass(day(399));
    CHECK(often.community() == once.community());
    CHECK(often.happened() == once.happened());

    const Command command{CommandId{5}, once.at(), PayRoyalty{anna}};
    Community community = once.community();
    Events happened;
    CHECK(perform(community, command, happened) == Performed::done);
    CHECK(perform(community, command, happened) == Performed::already_done);
    Command later = command;
    later.at += std::chrono::minutes{1};  // a redelivery has another time of arrival
    CHECK(perform(community, later, happened) == Performed::already_done);
    Command other = command;
    other.what = PayRoyalty{ben};
    CHECK(decide(community, other).error().code == Code::command_conflicts_with_earlier);
    other.id = {};
    other.at = start;
    CHECK(decide(community, other).error().code == Code::command_older_than_last);
}

TEST_CASE("no command leads beyond the year 9999, and one that would changes nothing") {
    const Instant last = instant("9999-12-31T23:59:59Z");
    Terms terms = community();
    terms.payouts.every = {.every = days{90}};
    terms.payouts.hold_days = 10;
    terms.rights.return_window = days{365};
    const Instant latest = last - days{90 + 10 + 365};
    CHECK_THROWS_AS((void)found(terms, latest + Elapsed{1}), ContractViolation);
    Community community = found(terms, start);
    const auto join = [](Instant at) { return Command{.at = at, .what = JoinCommunity{MemberId{77}, {}}}; };
    CHECK(decide(community, join(latest)));
    CHECK(decide(community, join(latest + Elapsed{1})).error().code == Code::command_too_late);
    const Community before = community;
    Events happened;
    CHECK_THROWS_AS((void)perform(community, join(last + Elapsed{1}), happened), ContractViolation);
    CHECK(community == before);
    CHECK(happened.empty());
}

TEST_SUITE_END();

}  // namespace crowdrules::community
