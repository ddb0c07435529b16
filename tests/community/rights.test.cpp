// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/community/rights.hpp>

#include <doctest/doctest.h>

#include <random>
#include <tuple>

using namespace crowdrules;
using namespace crowdrules::community;

namespace {

constexpr revenue::PayeeId anna{1}, ben{2}, chris{3}, company{90};
const Idea idea{IdeaId{7}, anna, instant("2012-01-09T12:00:00Z")};
const Holders all_three{{{anna, 40}, {ben, 55}, {chris, 5}}, 100};

RightsTerms quirky_2012() {
    return {.company = company, .citation = {"quirky.com/about/ip", "2012", Evidence::official}};
}

RightsRegister rights(RightsTerms terms = quirky_2012()) {
    return RightsRegister::of(std::move(terms), idea).value();
}

Instant on(std::string_view day) {
    return instant(std::string(day) + "T00:00:00Z");
}

std::string title_on(const RightsRegister& rights, std::string_view day) {
    const RightsRecord* record = rights.held(Right::title, on(day));
    return record == nullptr ? "nobody" : to_text(record->holders) + ", " + std::string(to_text(record->by));
}

}  // namespace

TEST_SUITE("community") {
    TEST_CASE("title passes on acceptance and comes back to all who took part when the product is not made") {
        RightsRegister record = rights();
        REQUIRE(record.accept(on("2012-02-20")));
        REQUIRE(record.give_back(on("2012-09-01"), ReturnReason::development_failed, all_three));
        CHECK(title_on(record, "2012-01-09") == "nobody");  // submitted at noon
        CHECK(title_on(record, "2012-01-10") == "payee 1, submitted");
        CHECK(title_on(record, "2012-05-01") == "payee 90, accepted");
        CHECK(title_on(record, "2030-01-01") == "payee 1 40, payee 2 55, payee 3 5 of 100, returned");
        // The licence ends where title has come to the same hands.
        CHECK(record.held(Right::licence, on("2012-02-19"))->holders == sole(company));
        CHECK(record.held(Right::licence, on("2012-02-20")) == nullptr);
        CHECK(record.held(Right::royalty, on("2030-01-01")) == nullptr);
    }

    TEST_CASE("an idea that is not accepted may be withdrawn by its submitter") {
        RightsRegister record = rights();
        CHECK(record.withdraw(on("2012-02-01"), ben).error().what == "member 2 is not its submitter");
        REQUIRE(record.withdraw(on("2012-02-01"), anna));
        CHECK(title_on(record, "2012-02-01") == "payee 1, withdrawn");
        CHECK(record.held(Right::licence, on("2012-02-01")) == nullptr);
        CHECK(record.accept(on("2012-02-02")).error().what == "idea 7 was withdrawn at 2012-02-01T00:00:00Z");
        CHECK(record.withdraw(on("2012-02-02"), anna).error().accepted == "an idea that was not withdrawn");

        RightsRegister accepted = rights();
        REQUIRE(accepted.accept(on("2012-02-20")));
        CHECK(to_text(accepted.withdraw(on("2012-02-21"), anna).error()) ==
              "rights.withdraw: idea 7 was accepted at 2012-02-20T00:00:00Z; accepted: an idea that was not accepted "
              "[quirky.com/about/ip, 2012]");
    }

    TEST_CASE("by the terms of 2016 title passes on submission, whether the idea is picked or not") {
        RightsTerms terms = quirky_2012();
        terms.assignment = Assignment::on_submission;
        terms.may_withdraw = false;
        RightsRegister record = rights(terms);
        CHECK(title_on(record, "2012-01-10") == "payee 90, submitted");
        CHECK(record.held(Right::licence, on("2012-01-10")) == nullptr);
        CHECK(record.withdraw(on("2012-02-01"), anna).error().what == "ideas are not withdrawn under these terms");
        CHECK(record.give_back(on("2012-02-01"), ReturnReason::development_failed, all_three).error().what ==
              "idea 7 was not accepted");
        REQUIRE(record.accept(on("2012-02-20")));
        CHECK(title_on(record, "2012-02-20") == "payee 90, accepted");
    }

    TEST_CASE("a royalty begins when the product is made, and title then stays") {
        RightsRegister record = rights();
        CHECK(record.make(on("2012-02-01"), all_three).error().what == "idea 7 was not accepted");
        REQUIRE(record.accept(on("2012-02-20")));
        REQUIRE(record.make(on("2012-08-01"), all_three));
        CHECK(record.held(Right::royalty, on("2040-01-01"))->holders == all_three);
        CHECK(record.make(on("2012-08-02"), all_three).error().what == "idea 7 was made at 2012-08-01T00:00:00Z");
        CHECK_FALSE(record.give_back(on("2012-08-02"), ReturnReason::development_failed, all_three));
        CHECK_FALSE(record.reacquire(on("2012-08-02"), anna));
    }

    TEST_CASE("after the window title goes back, not before") {
        RightsTerms terms = quirky_2012();
        terms.return_window = std::chrono::days{30};  // "Powered by Quirky", adafruit 2015-02-17
        RightsRegister record = rights(terms);
        CHECK(record.return_due() == std::nullopt);
        REQUIRE(record.accept(on("2012-02-20")));
        CHECK(record.return_due() == on("2012-03-21"));
        const Instant early = on("2012-03-21") - std::chrono::seconds{1};
        CHECK(record.give_back(early, ReturnReason::window_passed, all_three).error().what ==
              "the window runs until 2012-03-21T00:00:00Z");
        REQUIRE(record.give_back(on("2012-03-21"), ReturnReason::window_passed, all_three));
        CHECK(record.return_due() == std::nullopt);

        RightsRegister without = rights();
        REQUIRE(without.accept(on("2012-02-20")));
        CHECK(without.give_back(on("2019-01-01"), ReturnReason::window_passed, all_three).error().what ==
              "no window is agreed");
    }

    TEST_CASE("the submitter may acquire back what was accepted and not made") {
        RightsRegister record = rights();
        CHECK_FALSE(record.reacquire(on("2012-02-01"), anna));
        REQUIRE(record.accept(on("2012-02-20")));
        CHECK(record.reacquire(on("2012-08-01"), ben).error().what == "member 2 is not its submitter");
        REQUIRE(record.reacquire(on("2012-08-01"), anna));
        CHECK(title_on(record, "2012-08-01") == "payee 1, reacquired");
        CHECK(record.make(on("2012-08-02"), all_three).error().what == "idea 7 was reacquired at 2012-08-01T00:00:00Z");

        RightsTerms final = quirky_2012();
        final.may_reacquire = false;
        RightsRegister kept = rights(final);
        REQUIRE(kept.accept(on("2012-02-20")));
        CHECK(kept.reacquire(on("2012-08-01"), anna).error().what == "ideas are not acquired back under these terms");
    }

    TEST_CASE("holders total exactly what they must, and the company is not given back what it had") {
        const auto refused = [](Holders holders) {
            RightsRegister record = rights();
            REQUIRE(record.accept(on("2012-02-20")));
            const std::size_t before = record.records().size();
            const auto done = record.give_back(on("2012-09-01"), ReturnReason::development_failed, std::move(holders));
            CHECK(record.records().size() == before);
            return done.error().what;
        };
        CHECK(refused({}) == "nobody would hold the right");
        CHECK(refused({{{anna, 40}, {ben, 59}}, 100}) == "the parts total 99 of 100");
        CHECK(refused({{{anna, 40}, {anna, 60}}, 100}) == "payee 1 holds two parts");
        CHECK(refused({{{anna, 100}, {ben, 0}}, 100}) == "payee 2 has a part of 0");
        CHECK(refused({{{anna, 40}, {{}, 60}}, 100}) == "a part without holder");
        CHECK(refused({{{anna, 40}, {company, 60}}, 100}) == "title would go back to the company");
        CHECK(refused({{{anna, INT64_MAX}, {ben, 1}}, 100}) == "the parts leave 64 bits of 100");
    }

    TEST_CASE("the register only goes forward in time") {
        RightsRegister record = rights();
        CHECK(record.accept(on("2012-01-09")).error().rule == "rights.at");
        REQUIRE(record.accept(on("2012-02-20")));
        CHECK(record.make(on("2012-02-19"), all_three).error().what ==
              "2012-02-19T00:00:00Z lies before the last record, 2012-02-20T00:00:00Z");
        CHECK(record.make(on("2012-02-20"), all_three));
    }

    TEST_CASE("defective terms are refused") {
        CHECK(RightsRegister::of({}, idea).error().front().what == "no company");
        RightsTerms terms = quirky_2012();
        terms.return_window = Elapsed{0};
        CHECK(RightsRegister::of(terms, idea).error().front().rule == "rights.return_window");
        CHECK(RightsRegister::of(quirky_2012(), {}).error().front().what == "an idea without id or submitter");
        CHECK(RightsRegister::of(quirky_2012(), {IdeaId{1}, company, {}}).error().front().what ==
              "the company submits the idea to itself");
    }

    TEST_CASE("whatever happens at random, each right is held by exactly one at every instant of its existence") {
        std::mt19937 random(20160616);
        for (int life = 0; life < 400; ++life) {
            RightsTerms terms = quirky_2012();
            terms.assignment = Assignment(random() % 2);
            terms.may_withdraw = random() % 2 == 0;
            if (random() % 2 == 0) terms.return_window = std::chrono::hours{12};
            RightsRegister record = rights(terms);
            Instant at = idea.submitted_at;
            for (int step = 0; step < 8; ++step) {
                at += std::chrono::hours{random() % 3};  // often the same instant again
                const std::vector<RightsRecord> before = record.records();
                switch (random() % 6) {
                    case 0:
                        std::ignore = record.accept(at);
                        break;
                    case 1:
                        std::ignore = record.withdraw(at, random() % 2 == 0 ? anna : ben);
                        break;
                    case 2:
                        std::ignore = record.make(at, all_three);
                        break;
                    case 3:
                        std::ignore = record.give_back(at, ReturnReason::development_failed, all_three);
                        break;
                    case 4:
                        std::ignore = record.give_back(at, ReturnReason::window_passed, all_three);
                        break;
                    case 5:
                        std::ignore = record.reacquire(at, anna);
                        break;
                }
                REQUIRE(record.records().size() >= before.size());
                CHECK(std::equal(before.begin(), before.end(), record.records().begin()));  // append-only
            }
            for (const Right right : {Right::title, Right::licence, Right::royalty}) {
                const std::vector<Custody> custody = record.custody(right);
                if (right == Right::title) {
                    REQUIRE_FALSE(custody.empty());
                    CHECK(custody.front().period.opens == idea.submitted_at);
                    CHECK_FALSE(custody.back().period.has_end());
                }
                for (std::size_t i = 0; i < custody.size(); ++i) {
                    CHECK(defects_of(custody[i].holders).empty());
                    CHECK(custody[i].period.opens < custody[i].period.closes);
                    if (i > 0) CHECK(custody[i - 1].period.closes == custody[i].period.opens);
                }
                for (Instant when = idea.submitted_at - std::chrono::hours{1}; when <= at;
                     when += std::chrono::hours{1}) {
                    std::size_t holders = 0;
                    for (const Custody& one : custody) {
                        if (!one.period.contains(when)) continue;
                        ++holders;
                        CHECK(record.held(right, when)->holders == one.holders);
                    }
                    if (holders == 0) CHECK(record.held(right, when) == nullptr);
                    CHECK(holders <= 1);
                    if (right == Right::title) CHECK(holders == (when >= idea.submitted_at ? 1 : 0));
                }
            }
        }
    }

    TEST_CASE("who owned this, and by which event") {
        RightsRegister record = rights();
        REQUIRE(record.accept(on("2012-02-20")));
        REQUIRE(record.make(on("2012-08-01"), all_three));
        CHECK(to_text(explain(record, on("2012-09-01"))) ==
              "rights in idea 7  2012-09-01T00:00:00Z = the last record of each right\n"
              "  title                                    payee 90 = accepted at 2012-02-20T00:00:00Z  "
              "[rights.assignment; quirky.com/about/ip, read "
              "2012]\n"
              "  royalty  payee 1 40, payee 2 55, payee 3 5 of 100 = made at 2012-08-01T00:00:00Z  [rights.royalty; "
              "quirky.com/about/ip, read 2012]\n");
    }
}
