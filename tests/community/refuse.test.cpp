// SPDX-License-Identifier: BSL-1.0
// Every reason for which a command may be refused, each brought about once. A refusal changes nothing.
#include "sample.hpp"
#include <functional>
#include <set>

namespace crowdrules::community {

using namespace sample;

namespace {

constexpr Code last_code = Code::payment_fee_exceeds;

campaign::Terms presale_terms(Instant at) {
    campaign::Terms terms;
    terms.title = "Presale";
    terms.model = campaign::FundingModel::units(2);
    terms.window = {.opens = at, .closes = at + days{10}};
    terms.rewards = {{.name = "Lamp", .minimum = 40'00}};
    terms.charges = {.timing = ChargeTiming::when_ready, .retry_window = days{7}};
    return terms;
}
OpenPresale presale(const CommunityPlayer& play) {
    return {lamp, std::make_shared<const campaign::Terms>(presale_terms(play.at())), "buyers", staff};
}
RecordSale sale_of(const CommunityPlayer& play, std::uint64_t id, Money gross) {
    return {SaleId{id}, lamp, "direct", date_of(play.at()), 1, gross};
}

class Refusals {
  public:
    void expect(const CommunityPlayer& play, CommandBody what, Code code) {
        CAPTURE(to_text(code));
        CAPTURE(name_of(what));
        CHECK(play.refused(what) == code);
        const Rejection rejection = play.refusal(what);
        CHECK_FALSE(rejection.what.empty());
        CHECK_FALSE(rejection.accepted.empty());
        seen.insert(code);
    }
    std::set<Code> seen;
};

}  // namespace

TEST_SUITE_BEGIN("community");

TEST_CASE("every refusal can be had, says both sides, and changes nothing") {
    Refusals refusals;
    const auto refused = [&](const CommunityPlayer& play, CommandBody what, Code code) {
        refusals.expect(play, std::move(what), code);
    };
    {
        CommunityPlayer play;
        play.does(day(1), HandInIdea{lamp, anna, "Lamp"}, CommandId{7});
        const auto again = [&](Instant at, CommandBody what) {
            refusals.seen.insert(decide(play.community(), {CommandId{7}, at, std::move(what)}).error().code);
        };
        again(day(1), HandInIdea{hook, anna, "Hook"});
        refusals.seen.insert(decide(play.community(), {.at = day(0), .what = LeaveCommunity{ben}}).error().code);
        const Instant end_of_time = instant("9999-12-31T00:00:00Z");
        refusals.seen.insert(decide(play.community(), {.at = end_of_time, .what = LeaveCommunity{ben}}).error().code);

        refused(play, JoinCommunity{}, Code::id_missing);
        refused(play, JoinCommunity{anna}, Code::id_taken);
        refused(play, JoinCommunity{company}, Code::member_is_company);
        refused(play, JoinCommunity{MemberId{9}, {{"US", decimal("24%"), {RoundingMode::half_even}, {}}}},
                Code::withholding_malformed);
        refused(play, LeaveCommunity{MemberId{9}}, Code::member_unknown);
        refused(play, LeaveCommunity{anna}, Code::member_holds_title);
        refused(play, HandInIdea{lamp, ben, ""}, Code::id_taken);
        refused(play, DeclineIdea{lamp, "", ""}, Code::decider_missing);
        refused(play, DeclineIdea{hook, "", staff}, Code::idea_unknown);
        refused(play, WithdrawIdea{lamp, ben}, Code::not_its_submitter);
        refused(play, NameSimilarIdea{lamp, lamp, staff}, Code::similar_to_itself);
        refused(play, StartSales{lamp, staff}, Code::product_unknown);
        refused(play, AcceptIdea{lamp, false, phases(), staff}, Code::idea_not_selected);
        refused(play, OpenRound{RoundId{1}, {}, day(9), staff}, Code::round_empty);
        refused(play, OpenRound{RoundId{1}, {lamp, lamp}, day(9), staff}, Code::idea_in_round);
        refused(play, OpenRound{RoundId{1}, {lamp}, day(1), staff}, Code::closing_not_later);
        refused(play, CastVote{RoundId{1}, ben, lamp}, Code::round_unknown);
        play.does(HandInIdea{hook, ben, "Hook"});
        for (std::uint64_t id = 3; id <= 5; ++id) play.does(HandInIdea{IdeaId{id}, emil, "Another"});
        play.does(OpenRound{RoundId{1}, {lamp, IdeaId{3}, IdeaId{4}, IdeaId{5}}, day(9), staff});
        refused(play, AcceptIdea{lamp, true, phases(), staff}, Code::idea_in_round);
        refused(play, CastVote{RoundId{1}, ben, hook}, Code::idea_not_in_round);
        refused(play, TakeBackVote{RoundId{1}, ben, lamp}, Code::vote_not_cast);
        for (const IdeaId idea : {lamp, IdeaId{3}, IdeaId{4}}) play.does(CastVote{RoundId{1}, ben, idea});
        refused(play, CastVote{RoundId{1}, ben, lamp}, Code::vote_cast_already);
        refused(play, CastVote{RoundId{1}, ben, IdeaId{5}}, Code::votes_used_up);
        play.does(TakeBackVote{RoundId{1}, ben, IdeaId{4}});
        play.does(CastVote{RoundId{1}, chris, lamp});
        refused(play, RateIdea{RoundId{1}, ben, lamp, "use", 6}, Code::rating_malformed);
        refused(play, RateIdea{RoundId{1}, ben, lamp, "smell", 1}, Code::rating_malformed);
        play.does(RateIdea{RoundId{1}, ben, lamp, "use", 5});
        play.pass(day(9));
        refused(play, CastVote{RoundId{1}, dora, lamp}, Code::round_closed);
        // One staff pick a round.
        play.does(AcceptIdea{IdeaId{4}, true, phases(), staff});
        refused(play, AcceptIdea{IdeaId{5}, true, phases(), staff}, Code::staff_picks_used_up);
        play.does(NameSimilarIdea{lamp, IdeaId{3}, staff});
        refused(play, AcceptIdea{IdeaId{3}, false, phases(), staff}, Code::earlier_similar_idea);
        play.does(DeclineIdea{hook, "", staff});
        refused(play, AcceptIdea{hook, false, phases(), staff}, Code::idea_not_open);
        refused(play, AcceptIdea{lamp, false, {}, staff}, Code::phases_malformed);
        auto short_of = phases();
        short_of[3].buckets[0].share = decimal("4%");
        refused(play, AcceptIdea{lamp, false, short_of, staff}, Code::influence_malformed);
        CHECK(play.refusal(AcceptIdea{lamp, false, short_of, staff}).what == "the buckets total 99%");
        balances(play);
    }
    {
        Terms unrated = community();
        unrated.evaluation.rating.reset();
        unrated.rights.may_withdraw = false;
        CommunityPlayer play(unrated);
        play.does(HandInIdea{lamp, anna, "Lamp"});
        play.does(OpenRound{RoundId{1}, {lamp}, day(9), staff});
        refused(play, RateIdea{RoundId{1}, ben, lamp, "use", 3}, Code::nothing_is_rated);
        refused(play, WithdrawIdea{lamp, anna}, Code::rights_forbid);
    }
    {
        CommunityPlayer play;
        play.accept();
        refused(play, OpenPhase{.product = lamp, .phase = "colour", .decided_by = staff}, Code::phase_unknown);
        refused(play, OpenPhase{.product = lamp, .phase = "naming", .decided_by = staff}, Code::phase_kind_differs);
        refused(play, ClosePhase{lamp, "research", staff}, Code::phase_not_open);
        refused(play, Contribute{IdeaId{20}, lamp, "naming", ben, ""}, Code::phase_not_open);
        refused(play, CreditMembers{lamp, "colour", {{ben}}, staff}, Code::bucket_unknown);
        play.does(OpenPhase{.product = lamp, .phase = "research", .decided_by = staff});
        refused(play, OpenPhase{.product = lamp, .phase = "research", .decided_by = staff}, Code::phase_not_waiting);
        refused(play, CreditMembers{lamp, "answers", {{ben, 0, 1}}, staff}, Code::claims_malformed);
        play.does(OpenPhase{lamp, "naming", RoundId{2}, play.at() + days{1}, staff});
        refused(play, CreditMembers{lamp, "name", {{ben}}, staff}, Code::bucket_not_credited);
        play.does(Contribute{IdeaId{20}, lamp, "naming", ben, "Lumo"});
        refused(play, DeclineIdea{IdeaId{20}, "", staff}, Code::idea_is_contribution);
        refused(play, PickWinners{lamp, "naming", {{IdeaId{20}}}, staff}, Code::phase_still_open);
        play.pass(play.at() + days{1});
        refused(play, PickWinners{lamp, "naming", {{hook}}, staff}, Code::winner_not_in_phase);
        refused(play, StartSales{lamp, staff}, Code::product_not_ready);
        refused(play, EndProduct{lamp, "", staff}, Code::product_not_made);
        refused(play, DismissClaim{ClaimId{1}, "", staff}, Code::claim_unknown);
        refused(play, RaiseProductClaim{lamp, ClaimId{1}, "", "the hinge", staff}, Code::claim_malformed);
        refused(play, ActOnPresale{lamp, campaign::CloseEarly{}}, Code::presale_unknown);
        refused(play, sale_of(play, 1, cents(1'00)), Code::product_not_made);
        auto other = presale(play);
        auto terms = presale_terms(play.at());
        terms.rewards[0].name = "";
        other.terms = std::make_shared<const campaign::Terms>(terms);
        refused(play, other, Code::presale_malformed);
        play.does(presale(play));
        refused(play, presale(play), Code::presale_open_already);
        refused(play, ReportProductReady{lamp, staff}, Code::presale_not_over);
        refused(play, ActOnPresale{lamp, campaign::CancelPledge{PledgeId{1}}}, Code::presale_refused);
        CHECK(play.refusal(ActOnPresale{lamp, campaign::CancelPledge{PledgeId{1}}}).of_presale ==
              campaign::RejectionCode::pledge_unknown);
        play.pass(play.at() + days{10});
        refused(play, ReportProductReady{lamp, staff}, Code::presale_missed);
        play.does(RaiseProductClaim{lamp, ClaimId{1}, "Frida", "the hinge", staff});
        play.does(RaiseProductClaim{lamp, ClaimId{2}, "Rex", "the shade", staff});
        refused(play, RaiseProductClaim{lamp, ClaimId{2}, "Rex", "the cord", staff}, Code::claim_id_taken);
        refused(play, AbandonProduct{lamp, "", staff}, Code::product_paused);
        play.does(UpholdClaim{ClaimId{1}, "it was right", staff});
        refused(play, UpholdClaim{ClaimId{1}, "once more", staff}, Code::claim_decided);
        refused(play, DismissClaim{ClaimId{2}, "too late", staff}, Code::product_over);
        refused(play, RaiseProductClaim{lamp, ClaimId{3}, "Rex", "the cord", staff}, Code::product_over);
        refused(play, AbandonProduct{lamp, "", staff}, Code::product_over);
        balances(play);
    }
    {
        Terms terms = community();
        terms.payouts.fee = FeeSchedule{.bands = {{.fixed = 5'00}}};
        terms.royalty.channels[1].rates =
            Dated<revenue::RateTerms>({{date("2012-01-13"), terms.royalty.channels[1].rates.rows()[0].value, {}}});
        CommunityPlayer play(terms);
        play.sell();
        refused(play, LeaveCommunity{anna}, Code::member_has_influence);
        refused(play, AbandonProduct{lamp, "", staff}, Code::product_made);
        refused(play, RecordSale{SaleId{1}, lamp, "moon", date_of(play.at()), 1, cents(1)}, Code::channel_unknown);
        refused(play, RecordReturn{SaleId{1}, 1, cents(1)}, Code::sale_unknown);
        refused(play, sale_of(play, 1, eur("1.00")), Code::currency_differs);
        refused(play, RecordSale{SaleId{1}, lamp, "direct", date("2012-01-10"), 1, cents(1)}, Code::sold_before_start);
        refused(play, RecordSale{SaleId{1}, lamp, "direct", date("2012-01-12"), 1, cents(1)}, Code::sold_after_report);
        refused(play, RecordSale{SaleId{1}, lamp, "indirect", date("2012-01-11"), 1, cents(1)}, Code::no_rate_in_force);
        refused(play, RecordSale{SaleId{1}, lamp, "direct", date_of(play.at()), 0, cents(1)}, Code::sale_malformed);
        auto discounted = sale_of(play, 1, cents(1'00));
        discounted.deductions = {{revenue::Deduction::discounts, 1'01}};
        refused(play, discounted, Code::sale_malformed);
        play.sale(1, cents(100'00));
        refused(play, sale_of(play, 2, cents(std::numeric_limits<std::int64_t>::max())), Code::amount_too_large);
        refused(play, RecordReturn{SaleId{1}, -1, cents(1)}, Code::return_malformed);
        refused(play, RecordReturn{SaleId{1}, 1, cents(100'01)}, Code::return_larger_than_sale);
        refused(play, RecordReturn{SaleId{1}, 2, cents(1)}, Code::return_larger_than_sale);
        refused(play, PayRoyalty{anna}, Code::nothing_due);
        play.pass(instant("2012-04-01T00:00:00Z"));
        refused(play, LeaveCommunity{anna}, Code::member_is_owed);
        refused(play, PayRoyalty{emil}, Code::below_minimum);
        refused(play, PayRoyalty{emil, true}, Code::payment_fee_exceeds);
        play.does(PayRoyalty{anna});
        play.does(RecordReturn{SaleId{1}, 1, cents(100'00)});
        play.pass(instant("2012-07-01T00:00:00Z"));
        refused(play, PayRoyalty{anna}, Code::balance_negative);
        balances(play);
    }
    {
        CommunityPlayer play;
        play.sell();
        play.sale(1, cents(100'00));
        AddBucket added{
            lamp, {.name = "catalysts", .share = decimal("10%")}, {{"inventor", decimal("10%")}}, {{ben}}, {}, {},
            staff};
        refused(play, added, Code::recovery_missing);
        added.from = date("2012-01-10");
        refused(play, added, Code::bucket_out_of_order);
        added.from.reset();
        added.bucket.share = decimal("11%");
        refused(play, added, Code::influence_malformed);
        balances(play);
    }
    {
        CommunityPlayer play;
        play.develop();
        refused(play, ReacquireIdea{lamp, anna, cents(-1)}, Code::amount_malformed);
        play.does(ReportProductReady{lamp, staff});
        refused(play, presale(play), Code::product_made);
    }
    for (int code = 0; code <= static_cast<int>(last_code); ++code) {
        CAPTURE(to_text(static_cast<Code>(code)));
        CHECK(refusals.seen.count(static_cast<Code>(code)) == 1);
        CHECK(to_text(static_cast<Code>(code)) != "");
    }
    CHECK(to_text(static_cast<Code>(static_cast<int>(last_code) + 1)) == "unknown");
}

TEST_CASE("of several reasons the first is given") {
    CommunityPlayer play;
    play.accept();
    // Each row mends the fault of the one before it.
    CHECK(play.refused(Contribute{{}, hook, "colour", MemberId{9}, ""}) == Code::id_missing);
    CHECK(play.refused(Contribute{lamp, hook, "colour", MemberId{9}, ""}) == Code::member_unknown);
    CHECK(play.refused(Contribute{lamp, hook, "colour", ben, ""}) == Code::product_unknown);
    CHECK(play.refused(Contribute{lamp, lamp, "colour", ben, ""}) == Code::phase_unknown);
    CHECK(play.refused(Contribute{lamp, lamp, "research", ben, ""}) == Code::id_taken);
    play.does(RaiseProductClaim{lamp, ClaimId{1}, "Frida", "the hinge", staff});
    CHECK(play.refused(Contribute{IdeaId{9}, lamp, "research", ben, ""}) == Code::product_paused);
    play.does(DismissClaim{ClaimId{1}, "", staff});
    CHECK(play.refused(Contribute{IdeaId{9}, lamp, "research", ben, ""}) == Code::phase_kind_differs);
    CHECK(play.refused(Contribute{IdeaId{9}, lamp, "naming", ben, ""}) == Code::phase_not_open);
    play.does(OpenPhase{lamp, "naming", RoundId{2}, play.at() + days{1}, staff});
    CHECK(play.refused(Contribute{IdeaId{9}, lamp, "naming", ben, ""}) == std::nullopt);
}

TEST_CASE("a rejection reads as one line, with its rule and where that is written") {
    Terms terms = community();
    terms.sources["payouts.minimum"] = {"house rules, 4", "2012-01", Evidence::official};
    CommunityPlayer play(terms);
    play.sell();
    play.sale(1, cents(10'00));
    play.pass(instant("2012-04-01T00:00:00Z"));
    CHECK(to_text(play.refusal(PayRoyalty{ben})) ==
          "below_minimum: member 2 is owed 0.75 USD; accepted: at least 5.00 USD, or less to close the account "
          "[payouts.minimum; house rules, 4, read 2012-01 [official]]");
    CHECK_FALSE(is_final(Code::below_minimum));
    CHECK(is_final(Code::decider_missing));
}

TEST_SUITE_END();

}  // namespace crowdrules::community
