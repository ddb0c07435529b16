// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/revenue/note.hpp>

#include <doctest/doctest.h>

#include <random>

using namespace crowdrules;
using namespace crowdrules::revenue;

namespace {

constexpr PayeeId anna{1}, ben{2}, chris{3};

NoteTerms note_of(std::string_view principal, std::string_view share, std::string_view multiple) {
    return {.holders = {{anna, usd(principal)}},
            .revenue_share = rate(share),
            .multiple = rate(multiple),
            .rounding = {RoundingMode::half_even}};
}

RevenueNote open(NoteTerms terms) {
    return RevenueNote::of(std::move(terms)).value();
}

NotePeriod end_period(RevenueNote& note, std::string_view revenue) {
    return note.end_period(usd(revenue)).value();
}

std::string rule_of(const NoteTerms& terms) {
    const Findings findings = defects_of(terms);
    return findings.empty() ? "" : findings.front().rule;
}

}  // namespace

TEST_SUITE("revenue") {
    TEST_CASE("a share of revenue is paid until the multiple, and the last payment is cut to it") {
        // Mainvest: 5% of a quarter's 500,000 (support.mainvest.com 5096659). mainvest-quarter, mainvest_quarter
        RevenueNote large = open(note_of("100000.00", "5%", "2"));
        CHECK(end_period(large, "500000.00").paid == usd("25000.00"));
        // ... 1,000.00 outstanding, and 5% of 30,000.00 would be 1,500.00. revshare-last-payment-capped
        RevenueNote note = open(note_of("1000.00", "5%", "1.5"));
        CHECK(end_period(note, "10000.00").outstanding == usd("1000.00"));
        const NotePeriod last = end_period(note, "30000.00");
        CHECK(last.paid == usd("1000.00"));
        CHECK(last.state == NoteState::repaid);
        CHECK(note.paid() == note.cap());
        CHECK(note.end_period(usd("1.00")).error().rule == "note.state");
        // a coffee of 3.00, 10% shared, of which an investor has a tenth. mainvest-coffee
        NoteTerms cafe = note_of("90.00", "10%", "1.5");
        cafe.holders.push_back({ben, usd("10.00")});
        RevenueNote coffee = open(cafe);
        CHECK(end_period(coffee, "3.00").parts.at(1).amount == usd("0.03"));
    }

    TEST_CASE("what is left at maturity is due at once") {
        // Umergence: 1,000 at 1.5 times and 5%, the remainder at maturity (community.umergence.com 127)
        NoteTerms terms = note_of("1000.00", "5%", "1.5");
        terms.matures_after = 2;
        RevenueNote note = open(terms);
        CHECK(end_period(note, "2000.00").paid == usd("100.00"));
        const NotePeriod balloon = end_period(note, "0.00");
        CHECK(balloon.due == usd("1400.00"));
        CHECK(note.state() == NoteState::repaid);
        RevenueNote unpaid = open(terms);
        REQUIRE(unpaid.end_period(usd("0.00")));
        const NotePeriod missed = unpaid.end_period(usd("0.00"), usd("500.00")).value();
        CHECK(missed.state == NoteState::matured);
        CHECK(missed.missed == usd("1000.00"));
        CHECK(end_period(unpaid, "0.00").paid == usd("1000.00"));
    }

    TEST_CASE("a grace leaves revenue out, or catches up on it") {
        NoteTerms terms = note_of("1000.00", "10%", "2");
        terms.grace_periods = 1;
        RevenueNote free = open(terms);
        CHECK(end_period(free, "500.00").due.is_zero());
        CHECK(end_period(free, "500.00").due == usd("50.00"));
        terms.grace = Grace::deferred;
        RevenueNote deferred = open(terms);
        CHECK(end_period(deferred, "500.00").due.is_zero());
        CHECK(end_period(deferred, "500.00").due == usd("100.00"));
        CHECK(end_period(deferred, "0.00").due.is_zero());  // no revenue, no payment
    }

    TEST_CASE("a missed payment is due with the next, and one too many makes all of it due") {
        // Wefunder: one payment may be missed (help.wefunder.com 304895)
        NoteTerms terms = note_of("1000.00", "10%", "1.5");
        terms.misses_allowed = 1;
        RevenueNote note = open(terms);
        CHECK(note.end_period(usd("1000.00"), usd("0.00")).value().state == NoteState::running);
        CHECK(note.end_period(usd("1000.00"), usd("200.01")).error().rule == "note.paid");
        const NotePeriod second = note.end_period(usd("1000.00"), usd("199.99")).value();
        CHECK(second.due == usd("200.00"));
        CHECK(second.state == NoteState::in_default);
        const NotePeriod third = end_period(note, "10.00");
        CHECK(third.due == usd("1300.01"));
        CHECK(third.state == NoteState::repaid);
    }

    TEST_CASE("a note can be bought out, for less while an offer stands") {
        NoteTerms terms = note_of("1000.00", "10%", "1.5");
        terms.buy_outs = {{1, rate("1.1")}, {2, rate("1.25")}};
        RevenueNote note = open(terms);
        CHECK(note.buy_out_price() == usd("1100.00"));
        end_period(note, "500.00");
        CHECK(note.buy_out_price() == usd("1200.00"));
        end_period(note, "500.00");
        CHECK(note.buy_out_price() == usd("1400.00"));
        const NotePeriod end = note.buy_out().value();
        CHECK(end.paid == usd("1400.00"));
        CHECK(end.state == NoteState::repaid);
        CHECK(note.buy_out().error().rule == "note.state");
    }

    TEST_CASE("terms that no note can have are refused") {
        const NoteTerms good = note_of("1000.00", "5%", "1.5");
        CHECK(rule_of(good).empty());
        const auto with = [&](auto change) {
            NoteTerms terms = good;
            change(terms);
            return rule_of(terms);
        };
        CHECK(with([](NoteTerms& terms) { terms.holders.clear(); }) == "note.holders");
        CHECK(with([](NoteTerms& terms) { terms.holders.push_back({anna, usd("1.00")}); }) == "note.holders");
        CHECK(with([](NoteTerms& terms) { terms.holders.push_back({ben, usd("0.00")}); }) == "note.holders");
        CHECK(with([](NoteTerms& terms) { terms.holders.push_back({ben, eur("1.00")}); }) == "note.holders");
        CHECK(with([](NoteTerms& terms) { terms.holders.push_back({PayeeId{}, usd("1.00")}); }) == "note.holders");
        CHECK(with([](NoteTerms& terms) { terms.revenue_share = rate("0%"); }) == "note.revenue_share");
        CHECK(with([](NoteTerms& terms) { terms.revenue_share = rate("100.1%"); }) == "note.revenue_share");
        CHECK(with([](NoteTerms& terms) { terms.multiple = rate("0.99"); }) == "note.multiple");
        CHECK(with([](NoteTerms& terms) { terms.rounding.step = 0; }) == "note.rounding");
        CHECK(with([](NoteTerms& terms) { terms.matures_after = terms.grace_periods = 4; }) == "note.matures_after");
        CHECK(with([](NoteTerms& terms) { terms.buy_outs = {{1, rate("1.6")}}; }) == "note.buy_outs");
        CHECK(with([](NoteTerms& terms) { terms.buy_outs = {{2, rate("1.2")}, {2, rate("1.3")}}; }) == "note.buy_outs");
    }

    TEST_CASE("a refused period changes nothing") {
        RevenueNote note = open(note_of("1000.00", "5%", "1.5"));
        CHECK(note.end_period(usd("-1.00")).error().rule == "note.amount");
        CHECK(note.end_period(eur("1.00")).error().rule == "note.amount");
        CHECK(note.end_period(usd("1.00"), usd("-1.00")).error().rule == "note.amount");
        CHECK(end_period(note, "100.00").period == 1);
    }

    TEST_CASE("a period explains what was due and who had it") {
        NoteTerms terms = note_of("1000.00", "5%", "1.5");
        terms.citation = {"offering memorandum, 4.2", "2019-05"};
        RevenueNote note = open(terms);
        end_period(note, "1000.00");
        const std::string text = to_text(explain(end_period(note, "2000.00")));
        for (const char* expected : {"100.00 USD", "5% of 3,000.00 USD so far, less 50.00 USD paid",
                                     "1,350.00 USD outstanding", "offering memorandum, 4.2", "payee 1"})
            CHECK_MESSAGE(text.find(expected) != std::string::npos, expected << "\n" << text);
    }

    TEST_CASE("every holder ends exactly at their part of the cap, however the revenue comes") {
        // Splitting each period on its own misses the cap, and largest remainder on the running total may take back
        // what was paid: 3,000 random notes, none of which may do either.
        std::mt19937_64 random(3000);
        const auto below = [&](std::int64_t limit) {
            return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(limit));
        };
        for (int run = 0; run < 3000; ++run) {
            NoteTerms terms = note_of("1.00", "7.3%", "1.37");
            terms.holders = {{anna, Money(1 + below(90'000), USD)},
                             {ben, Money(1 + below(9'000), USD)},
                             {chris, Money(1 + below(900), USD)}};
            RevenueNote note = open(terms), cut = note;
            const std::int64_t revenue = note.cap().minor() * 100 / 73 * 10 / 12 + 20;
            for (int period = 0; period < 12; ++period) {
                const Money all(revenue, USD), part(below(revenue), USD);
                const auto paid = note.end_period(all);
                if (!paid) break;
                for (const SharePart& share : paid->parts) CHECK(!share.amount.is_negative());
                REQUIRE(cut.end_period(part));
                if (cut.state() == NoteState::repaid) break;
                REQUIRE(cut.end_period(all - part));
                for (const NoteHolder& holder : terms.holders)
                    CHECK(note.paid_to(holder.payee) == cut.paid_to(holder.payee));
            }
            REQUIRE(note.state() == NoteState::repaid);
            CHECK(note.paid() == note.cap());
            Money sum = Money::zero(USD);
            RunningAllocation at_once({terms.holders[0].invested.minor(), terms.holders[1].invested.minor(),
                                       terms.holders[2].invested.minor()},
                                      USD);
            const std::vector<Money> ends = at_once.add(note.cap());
            for (std::size_t i = 0; i < 3; ++i) {
                CHECK(note.paid_to(terms.holders[i].payee) == ends[i]);
                sum += ends[i];
            }
            CHECK(sum == note.cap());
        }
    }
}
