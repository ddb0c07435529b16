// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/community/influence.hpp>

#include <doctest/doctest.h>

#include <random>

using namespace crowdrules;
using namespace crowdrules::community;

namespace {

constexpr revenue::PayeeId anna{1}, ben{2}, chris{3}, company{90};

InfluenceTerms terms(std::vector<Bucket> buckets, UnclaimedPolicy unclaimed = {Unclaimed::to_payee, company}) {
    return {std::move(buckets), unclaimed, {}};
}

InfluenceTerms three_buckets() {
    return terms({{"inventor", rate("40%"), BucketRule::winners},
                  {"voters", rate("20%"), BucketRule::votes},
                  {"naming", rate("40%"), BucketRule::winners}});
}

std::string first_refusal(const Findings& findings) {
    return findings.empty() ? "" : findings.front().rule + ": " + findings.front().what;
}

}  // namespace

TEST_SUITE("community") {
    TEST_CASE("influence is the sum of what a member has in every bucket") {
        const Influence influence =
            Influence::of(three_buckets(),
                          {{"inventor", {{anna}}}, {"voters", {{ben}, {chris, 1, 3}}}, {"naming", {{ben}}}})
                .value();
        CHECK(influence.whole() == 20);
        CHECK(influence.shares() == std::vector<revenue::Share>{{anna, 8}, {ben, 11}, {chris, 1}});
        CHECK(share_text(influence.weight_of(ben), influence.whole()) == "55%");
        CHECK(influence.weight_of("voters") == 4);
        CHECK(defects_of(influence.split()).empty());
        const revenue::SharedPayment shared = share_once(influence.split(), usd("1300.00"));
        CHECK(shared.parts.at(0).amount == usd("520.00"));  // quirky-2013-two-channels: the inventor's 40% of 1,300.00
    }

    TEST_CASE("each rule counts claims in its own way") {
        const auto weights = [](BucketRule rule) {
            const Influence influence = Influence::of(terms({{"all", Decimal(1), rule}}),
                                                      {{"all", {{anna, 3}, {anna, 2}, {ben, 5}, {chris, 0}}}})
                                            .value();
            return influence.shares();
        };
        // Whoever has a claim of nothing has no claim.
        for (const BucketRule by_weight : {BucketRule::winners, BucketRule::votes, BucketRule::points})
            CHECK(weights(by_weight) == std::vector<revenue::Share>{{anna, 1}, {ben, 1}});
        CHECK(weights(BucketRule::equal) == std::vector<revenue::Share>{{anna, 1}, {ben, 1}});
        const Influence points =
            Influence::of(terms({{"all", Decimal(1), BucketRule::points}}), {{"all", {{anna, 3}, {ben, 5}, {anna, 4}}}})
                .value();
        CHECK(points.shares() == std::vector<revenue::Share>{{anna, 7}, {ben, 5}});
        const Influence raters =
            Influence::of(terms({{"all", Decimal(1), BucketRule::raters}}), {{"all", {{anna, 3}, {ben, 5}, {anna}}}})
                .value();
        CHECK(raters.shares() == std::vector<revenue::Share>{{anna, 1}, {ben, 1}});
    }

    TEST_CASE("what nobody claims goes where the terms say") {
        const Claims claims{{"inventor", {{anna}}}, {"naming", {{ben}}}};
        const Influence kept = Influence::of(three_buckets(), claims).value();
        CHECK(kept.shares() == std::vector<revenue::Share>{{anna, 2}, {ben, 2}, {company, 1}});
        CHECK(kept.parts()[1] == InfluencePart{"voters", company, 1, true});

        InfluenceTerms shared = three_buckets();
        shared.buckets[0].share = rate("50%");
        shared.buckets[2].share = rate("30%");
        shared.unclaimed = UnclaimedPolicy{Unclaimed::to_other_buckets, {}};
        const Influence spread = Influence::of(shared, claims).value();
        CHECK(spread.shares() == std::vector<revenue::Share>{{anna, 5}, {ben, 3}});
        CHECK(first_refusal(Influence::of(shared, {}).error()) ==
              "influence.unclaimed: nobody has a claim on any bucket");
    }

    TEST_CASE("the buckets of 2012: catalysts have 10%, not out of evaluation, and for two products at once") {
        // aquirkyblog.com/author/nathan, 2012-03-28 (quirky-2012-buckets)
        const InfluenceTerms before =
            terms({{"evaluation", rate("60%"), BucketRule::votes}, {"later phases", rate("40%"), BucketRule::winners}});
        const IdeaId iron{1}, sign{2}, other{3};
        const BucketChange catalysts{date("2012-03-28"),
                                     {"catalysts", rate("10%"), BucketRule::points},
                                     {{"later phases", rate("10%")}},
                                     {iron, sign}};
        const auto shares = [&](IdeaId product, std::string_view accepted) {
            std::vector<std::string> texts;
            const InfluenceTerms chosen = terms_of(product, date(accepted), before, {&catalysts, 1}).value();
            for (const Bucket& bucket : chosen.buckets) texts.push_back(bucket.name + " " + to_percent(bucket.share));
            return texts;
        };
        const std::vector<std::string> with{"evaluation 60%", "later phases 30%", "catalysts 10%"};
        const std::vector<std::string> without{"evaluation 60%", "later phases 40%"};
        CHECK(shares(iron, "2011-11-11") == with);
        CHECK(shares(sign, "2012-01-01") == with);
        CHECK(shares(other, "2012-03-27") == without);
        CHECK(shares(other, "2012-03-28") == with);
    }

    TEST_CASE("a retroactive bucket shares again what was paid, and says from whom") {
        const InfluenceTerms before = terms({{"evaluation", rate("60%")}, {"later", rate("40%")}});
        const BucketChange change{
            date("2012-03-28"), {"catalysts", rate("10%")}, {{"later", rate("10%")}}, {IdeaId{1}}};
        Claims claims{{"evaluation", {{anna}}}, {"later", {{ben}}}};
        revenue::Sharing sharing = revenue::Sharing::of(always(Influence::of(before, claims)->split()), USD).value();
        REQUIRE(sharing.share("", date("2012-02-01"), usd("100.00")));

        claims["catalysts"] = {{chris}};
        const InfluenceTerms after = terms_of(IdeaId{1}, date("2011-11-11"), before, {&change, 1}).value();
        const DatedRow<revenue::SplitTerms> row{date("2012-01-01"), Influence::of(after, claims)->split(), {}};
        CHECK_FALSE(sharing.change("", row));
        const auto moved = sharing.change("", row, revenue::Recovery{}).value();
        CHECK(sharing.total_of(ben) == usd("30.00"));
        CHECK(sharing.total_of(chris) == usd("10.00"));
        CHECK(moved.size() == 2);
    }

    TEST_CASE("a bucket that comes later takes exactly what others give up") {
        const InfluenceTerms before = terms({{"a", rate("60%")}, {"b", rate("40%")}});
        const auto refused = [&](Bucket added, std::vector<BucketCut> cuts) {
            return first_refusal(amended(before, {date("2012-01-01"), std::move(added), std::move(cuts), {}}).error());
        };
        CHECK(refused({"c", rate("10%")}, {{"d", rate("10%")}}) ==
              "influence.c: it takes from \"d\", which is no bucket");
        CHECK(refused({"c", rate("10%")}, {{"a", rate("5%")}, {"a", rate("5%")}}) ==
              "influence.c: it takes from \"a\" twice");
        CHECK(refused({"c", rate("50%")}, {{"b", rate("50%")}}) ==
              "influence.c: it takes 50% from \"b\", which has 40%");
        CHECK(refused({"c", rate("10%")}, {{"b", rate("9%")}}) == "influence.c: it has 10%, but others give up 9%");
        CHECK(refused({"b", rate("10%")}, {{"b", rate("10%")}}) == "influence.b: two buckets have this name");
        const auto replaced = amended(before, {date("2012-01-01"), {"c", rate("40%")}, {{"b", rate("40%")}}, {}});
        CHECK(replaced->buckets.size() == 2);
    }

    TEST_CASE("defective terms and claims are refused with every reason") {
        CHECK(first_refusal(defects_of(terms({}))) == "influence.buckets: nothing to share");
        CHECK(first_refusal(defects_of(terms({{"a", rate("60%")}, {"b", rate("39.99%")}}))) ==
              "influence.buckets: the buckets total 99.99%");
        CHECK(first_refusal(defects_of(terms({{"a", rate("60%")}, {"a", rate("40%")}}))) ==
              "influence.a: two buckets have this name");
        CHECK(first_refusal(defects_of(terms({{"a", Decimal(1)}, {"b", Decimal(0)}}))) == "influence.b: a share of 0%");
        CHECK(first_refusal(defects_of(terms({{"", Decimal(1)}}))) == "influence.buckets: a bucket without a name");
        CHECK(first_refusal(defects_of(terms({{"a", Decimal(1)}}, {Unclaimed::to_payee, {}}))) ==
              "influence.unclaimed: nobody is named to have what is unclaimed");
        InfluenceTerms open{{{"a", Decimal(1)}}, {}, {}};
        CHECK(defects_of(open).front().kind == FindingKind::missing);
        open.unclaimed = UnclaimedPolicy{Unclaimed::to_other_buckets, {}};
        open.units = InfluenceUnits{0};
        CHECK(first_refusal(defects_of(open)) == "influence.units: 0 units in the whole");

        const InfluenceTerms good = terms({{"a", Decimal(1)}});
        CHECK(first_refusal(Influence::of(good, {{"b", {{anna}}}}).error()) ==
              "influence.b: a claim on a bucket that the product does not have");
        CHECK(first_refusal(Influence::of(good, {{"a", {{anna, -1}}}}).error()) ==
              "influence.a: a claim of -1/1 by member 1");
        CHECK(first_refusal(Influence::of(good, {{"a", {{anna, 1, 0}}}}).error()) ==
              "influence.a: a claim of 1/0 by member 1");
    }

    TEST_CASE("fractions without a common scale are refused, or shared in a named number of units") {
        std::vector<Claim> voters;
        for (const Weight cast : {37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97})
            voters.push_back({MemberId{static_cast<std::uint64_t>(cast)}, 1, cast});
        InfluenceTerms diluted = terms({{"voters", rate("60%"), BucketRule::votes}, {"later", rate("40%")}});
        const Claims claims{{"voters", voters}, {"later", {{anna}}}};
        CHECK(first_refusal(Influence::of(diluted, claims).error()) ==
              "influence.units: the exact fractions of 15 claims have no common scale within 64 bits");
        diluted.units = InfluenceUnits{1000000};
        const Influence influence = Influence::of(diluted, claims).value();
        CHECK(influence.whole() == 1000000);
        CHECK(influence.weight_of("voters") == 600000);
        CHECK(influence.weight_of(anna) == 400000);
        CHECK(influence.weight_of(revenue::PayeeId{37}) > influence.weight_of(revenue::PayeeId{97}));
        CHECK(defects_of(influence.split()).empty());
    }

    TEST_CASE("shares are printed exactly, or cut with dots") {
        CHECK(share_text(1, 1) == "100%");
        CHECK(share_text(1, 8) == "12.5%");
        CHECK(share_text(1, 3) == "33.3333...%");
        CHECK(share_text(1, 7000) == "0.0142...%");
        CHECK(share_text(1, 3000000) == "0.0000...%");
        CHECK(share_text(0, 5) == "0%");
    }

    TEST_CASE("whatever is claimed at random, influence totals the whole and each bucket has its share") {
        std::mt19937 random(20120328);
        for (int plan = 0; plan < 300; ++plan) {
            std::vector<Bucket> buckets;
            std::int64_t left = 100;
            for (int i = 0; left > 0; ++i) {
                const std::int64_t share = i == 4 ? left : 1 + std::int64_t(random() % std::uint64_t(left));
                buckets.push_back({"b" + std::to_string(i), Decimal::of(share, 2), BucketRule(random() % 5)});
                left -= share;
            }
            InfluenceTerms chosen = terms(buckets);
            if (random() % 2 == 0) chosen.units = InfluenceUnits{1000000};
            Claims claims;
            for (const Bucket& bucket : buckets)
                for (std::uint64_t n = random() % 6; n > 0; --n)
                    claims[bucket.name].push_back(
                        {MemberId{1 + random() % 9}, Weight(random() % 4), Weight(1 + random() % 12)});
            const Influence influence = Influence::of(chosen, claims).value();
            Weight total = 0;
            for (const revenue::Share& share : influence.shares()) total += share.weight;
            CHECK(total == influence.whole());
            for (const Bucket& bucket : buckets)
                CHECK(Decimal(influence.weight_of(bucket.name)) == bucket.share * Decimal(influence.whole()));
            CHECK(defects_of(influence.split()).empty());
        }
    }

    TEST_CASE("influence is explained by bucket, and in each by payee") {
        const Influence influence =
            Influence::of(three_buckets(), {{"inventor", {{anna}}}, {"naming", {{anna}, {ben}, {chris}}}}).value();
        CHECK(to_text(explain(influence)) ==
              "influence  100% = buckets that total 100%  [influence.buckets]\n"
              "  inventor  40% = winners  [influence.inventor]\n"
              "    payee 1  40% = 6 of 15\n"
              "  voters    20% = votes  [influence.voters]\n"
              "    payee 90  20% = 3 of 15, unclaimed  [influence.unclaimed]\n"
              "  naming    40% = winners  [influence.naming]\n"
              "    payee 1  13.3333...% = 2 of 15\n"
              "    payee 2  13.3333...% = 2 of 15\n"
              "    payee 3  13.3333...% = 2 of 15\n");
    }
}
