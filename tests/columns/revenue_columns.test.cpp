// SPDX-License-Identifier: BSL-1.0
// Columns of income: each row is the next step of the engine's own Sharing, Waterfall, RevenueNote, ...
#include <crowdrules/columns/note_column.hpp>
#include <crowdrules/columns/pay_out_column.hpp>
#include <crowdrules/columns/royalty_column.hpp>
#include <crowdrules/columns/share_column.hpp>
#include <crowdrules/columns/waterfall_column.hpp>
#include <crowdrules/revenue/accrual.hpp>
#include <crowdrules/revenue/balance_payment.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <random>

using namespace crowdrules;

namespace crowdrules {
inline doctest::String toString(revenue::Unpaid reason) {
    return std::string(to_text(reason)).c_str();
}
}  // namespace crowdrules

namespace {

constexpr revenue::PayeeId anna{1}, ben{2}, cleo{3}, store{9};
const Date day = date("2020-01-01");
constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

using Numbers = std::vector<std::int64_t>;

std::int64_t days(Date at) {
    return std::chrono::sys_days(at).time_since_epoch().count();
}

Date date_of(std::int64_t count) {
    return Date(std::chrono::sys_days(std::chrono::days(count)));
}

/// Columns that belong together, and the spans of them.
struct Columns {
    Columns(std::size_t count, std::size_t rows) : columns(count, Numbers(rows, -7)) {
        for (Numbers& column : columns) spans.emplace_back(column);
    }
    std::vector<Numbers> columns;
    std::vector<std::span<std::int64_t>> spans;
};

std::int64_t any(std::mt19937_64& random, std::int64_t below) {
    return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(below));
}

/// Any number of digits, and the limits.
std::int64_t any_amount(std::mt19937_64& random) {
    if (any(random, 20) == 0) return any(random, 2) == 0 ? most : std::numeric_limits<std::int64_t>::min();
    const auto amount = static_cast<std::int64_t>(random() >> (1 + any(random, 62)));
    return any(random, 4) == 0 ? -amount : amount;
}

FeeSchedule fee(std::string name, std::string_view percent, std::int64_t fixed = 0) {
    return {.name = std::move(name), .bands = {{0, rate(percent), fixed}}, .rounding = {RoundingMode::half_even}};
}

}  // namespace

TEST_SUITE("columns") {
    TEST_CASE("a column of payouts is what payment_of says of every balance") {
        std::map<revenue::Unpaid, int> seen;
        int refused = 0;
        for (std::uint64_t seed = 1; seed <= 300; ++seed) {
            CAPTURE(seed);
            std::mt19937_64 random(seed);
            revenue::DistributionTerms terms{.currency = USD, .minimum = usd("0.00")};
            if (any(random, 2) == 0) terms.minimum = Money(any(random, 20'00), USD);
            terms.rule = any(random, 2) == 0 ? revenue::MinimumRule::at_least : revenue::MinimumRule::above;
            terms.rounding = {static_cast<RoundingMode>(any(random, 7)), any(random, 3) == 0 ? 5 : 1};
            if (any(random, 3) > 0) terms.fee = fee("transfer", "1.5%", any(random, 2'00));
            if (terms.fee && any(random, 2) == 0)
                terms.fee->tax = FeeTax{.rate = rate("19%"), .rounding = {}, .included = any(random, 2) == 0};
            if (any(random, 2) == 0) terms.higher_minimums = {{ben, usd("50.00")}};
            const std::size_t rows = 40;
            Numbers earned, carried, payees;
            for (std::size_t i = 0; i < rows; ++i) {
                earned.push_back(any(random, 30) == 0  ? any_amount(random)
                                 : any(random, 3) == 0 ? any(random, 3'00) - 50
                                 : any(random, 9) == 0 ? 0
                                                       : any(random, 60'00) - 5'00);
                carried.push_back(any(random, 3) == 0 ? any(random, 10'00) - 2'00 : 0);
                payees.push_back(1 + any(random, 3));
            }
            Numbers gross(rows), fees(rows), paid(rows), left(rows);
            std::vector<revenue::Unpaid> reasons(rows);
            const auto done = pay_out_column(terms, {earned, carried, payees}, {gross, fees, paid, left, reasons});
            const std::size_t sound = done ? rows : done.error().row;
            if (!done) ++refused;
            for (std::size_t i = 0; i < sound; ++i) {
                const Money balance = Money(earned[i], USD) + Money(carried[i], USD);
                const revenue::BalancePayment payment =
                    payment_of(terms, balance.units(), usd("0.00"),
                               minimum_of(terms, revenue::PayeeId{static_cast<std::uint64_t>(payees[i])}), terms.rule);
                CAPTURE(balance.minor());
                CHECK(reasons[i] == payment.reason);
                CHECK(gross[i] == payment.gross.minor());
                CHECK(fees[i] == payment.fee.minor());
                CHECK(paid[i] == payment.paid.minor());
                CHECK(left[i] == (balance - payment.gross).minor());
                ++seen[reasons[i]];
            }
            if (done) continue;
            CHECK_THROWS_AS(
                [&] {
                    const Money balance = Money(earned[sound], USD) + Money(carried[sound], USD);
                    (void)payment_of(terms, balance.units(), usd("0.00"), usd("0.00"), terms.rule);
                }(),
                Overflow);
        }
        for (const revenue::Unpaid reason :
             {revenue::Unpaid::paid, revenue::Unpaid::nothing_due, revenue::Unpaid::negative,
              revenue::Unpaid::below_minimum, revenue::Unpaid::fee_exceeds})
            CHECK(seen[reason] > 50);
        CHECK(refused > 5);
    }

    TEST_CASE("a payee who is nobody and a balance beyond 64 bits are named") {
        const revenue::DistributionTerms terms{.currency = USD, .minimum = usd("10.00")};
        const Numbers earned{1, most}, carried{0, 1}, payees{1, 0};
        const auto nobody = pay_out_column(terms, {earned, {}, payees}, {}).error();
        CHECK(to_text(nobody) == "payees, row 1: payee 0 is nobody; accepted: numbers from 1");
        CHECK(pay_out_column(terms, {earned, carried, {}}, {}).error().row == 1);
        CHECK_THROWS_AS((void)pay_out_column(terms, {earned, Numbers{1}, {}}, {}), ContractViolation);
        revenue::DistributionTerms higher = terms;
        higher.higher_minimums = {{ben, usd("50.00")}};
        CHECK_THROWS_AS((void)pay_out_column(higher, {earned, {}, {}}, {}), ContractViolation);
    }

    TEST_CASE("a column of payments is shared as one after another, by every way of dividing") {
        int refused = 0, plain = 0;
        for (std::uint64_t seed = 1; seed <= 300; ++seed) {
            CAPTURE(seed);
            std::mt19937_64 random(seed);
            const auto any_terms = [&] {
                revenue::SplitTerms terms{.shares = {}, .totalling = revenue::Totalling::relative, .whole = 0};
                for (const revenue::PayeeId payee : {ben, anna, cleo})
                    if (terms.shares.empty() || any(random, 2) == 0)
                        terms.shares.push_back({payee, 1 + any(random, 9)});
                if (any(random, 3) == 0) {
                    terms.totalling = revenue::Totalling::rest_to;
                    terms.whole = 40;
                    terms.rest = revenue::PayeeId{7};
                }
                if (any(random, 3) == 0)
                    terms.fees = {{.schedule = fee("store", "30%"), .payee = store},
                                  {.schedule = fee("bank", "1%", 2), .payee = store, .after = {"store"}}};
                terms.dividing = any(random, 2) == 0 ? revenue::Dividing::running_total
                                                     : static_cast<revenue::Dividing>(any(random, 4));
                return terms;
            };
            std::vector<DatedRow<revenue::SplitTerms>> rows{{day, any_terms(), {}}};
            if (any(random, 2) == 0) rows.push_back({date("2020-01-20"), any_terms(), {}});
            const revenue::SplitHistory history(rows);
            const bool dated = rows.size() > 1 || any(random, 2) == 0;
            Numbers payments, sold_on;
            for (int i = 0; i < 40; ++i) {
                payments.push_back(any(random, 6) == 0 ? -any(random, 3'00) : any(random, 20'00));
                if (any(random, 60) == 0) payments.back() = most - any(random, 9);
                if (dated) sold_on.push_back(days(day) + any(random, 40) - (any(random, 200) == 0 ? 40 : 0));
            }
            const std::vector<std::string> names = fee_names(history);
            const std::vector<revenue::PayeeId> who = payees_of(history);
            Columns fees(names.size(), payments.size()), payees(who.size(), payments.size());
            Numbers undivided(payments.size());
            const auto done = share_column(history, USD, {payments, sold_on}, {fees.spans, payees.spans, undivided});
            revenue::Sharing sharing = revenue::Sharing::of(history, USD).value();
            const std::size_t sound = done ? payments.size() : done.error().row;
            const auto share = [&](std::size_t row) {
                const Date on = dated ? date_of(sold_on[row]) : day;
                return sharing.share("", on, Money(payments[row], USD));
            };
            for (std::size_t row = 0; row < sound; ++row) {
                const revenue::SharedPayment shared = share(row).value();
                CAPTURE(row);
                for (std::size_t i = 0; i < names.size(); ++i) {
                    std::int64_t paid = 0;
                    for (const revenue::FeeTaken& taken : shared.fees)
                        paid += taken.name == names[i] ? taken.paid.minor() : 0;
                    CHECK(fees.columns[i][row] == paid);
                }
                for (std::size_t i = 0; i < who.size(); ++i) {
                    std::int64_t part = 0;
                    for (const revenue::SharePart& one : shared.parts)
                        part += one.payee == who[i] ? one.amount.minor() : 0;
                    CHECK(payees.columns[i][row] == part);
                }
                CHECK(undivided[row] == shared.undivided.minor());
            }
            plain += names.empty() ? 1 : 0;
            if (done) continue;
            ++refused;
            try {
                const auto refusal = share(sound);
                REQUIRE_FALSE(refusal.has_value());
                CHECK(done.error().what == refusal.error().what);
                CHECK(done.error().accepted == refusal.error().accepted);
            } catch (const Overflow&) {
                CHECK(done.error().column == "payments");
            }
        }
        CHECK(refused > 50);
        CHECK(plain > 50);
    }

    TEST_CASE("a column of receipts runs down the steps as one after another") {
        for (std::uint64_t seed = 1; seed <= 200; ++seed) {
            CAPTURE(seed);
            std::mt19937_64 random(seed);
            const revenue::PreferredReturn preferred{
                .rate = rate("8%"),
                .compounding = static_cast<revenue::Compounding>(any(random, 6)),
                .day_count = static_cast<revenue::DayCount>(any(random, 5)),
            };
            revenue::WaterfallTerms terms{USD, {}, {anna}};
            const auto add = [&](std::string name, auto claim, std::vector<revenue::Share> to) {
                terms.steps.push_back({std::move(name), std::move(claim), std::move(to), {}});
            };
            if (any(random, 2) == 0) add("agent", revenue::OffTheTop{rate("10%")}, {{store, 1}});
            if (any(random, 2) == 0)
                add("debt", revenue::FixedClaim{usd("500.00"), rate("12.5%")}, {{ben, 2}, {cleo, 1}});
            add("capital", revenue::ReturnOfCapital{}, {{anna, 1}});
            add("preferred", preferred, {{anna, 1}});
            if (any(random, 2) == 0) add("catch-up", revenue::CatchUp{ben, rate("20%"), {"preferred"}}, {{ben, 100}});
            if (any(random, 2) == 0)
                add("hurdle", revenue::Divide{revenue::Hurdle{rate("1.5")}}, {{anna, 90}, {ben, 10}});
            add("split", revenue::Divide{}, {{anna, 80}, {ben, 20}});
            REQUIRE(defects_of(terms).empty());
            Numbers on, received, contributed;
            std::int64_t at = days(day);
            for (int i = 0; i < 30; ++i) {
                at += any(random, 90) - (any(random, 300) == 0 ? 200 : 0);
                on.push_back(at);
                received.push_back(any(random, 400'00));
                if (any(random, 200) == 0) received.back() = -1;
                contributed.push_back(i == 0 ? 1'000'00 : any(random, 5) == 0 ? any(random, 100'00) : 0);
            }
            const std::vector<revenue::PayeeId> who = payees_of(terms);
            Columns steps(terms.steps.size(), on.size()), payees(who.size(), on.size());
            const auto done = waterfall_column(terms, {on, received, contributed}, {steps.spans, payees.spans});
            revenue::Waterfall waterfall = revenue::Waterfall::of(terms).value();
            const std::size_t sound = done ? on.size() : done.error().row;
            for (std::size_t row = 0; row < sound; ++row) {
                const Date today = date_of(on[row]);
                if (contributed[row] != 0) REQUIRE(waterfall.contribute(today, Money(contributed[row], USD)));
                const revenue::WaterfallPayment payment =
                    waterfall.distribute(today, Money(received[row], USD)).value();
                CAPTURE(row);
                std::map<revenue::PayeeId, std::int64_t> parts;
                for (std::size_t i = 0; i < terms.steps.size(); ++i) {
                    CHECK(steps.columns[i][row] == payment.steps[i].paid.minor());
                    for (const revenue::SharePart& part : payment.steps[i].parts)
                        parts[part.payee] += part.amount.minor();
                }
                for (std::size_t i = 0; i < who.size(); ++i) CHECK(payees.columns[i][row] == parts[who[i]]);
            }
            if (done) continue;
            const Date today = date_of(on[sound]);
            const auto refusal = received[sound] < 0 && on[sound] >= on[sound == 0 ? 0 : sound - 1]
                                     ? waterfall.contribute(today, Money(received[sound], USD))
                                     : waterfall.contribute(today, usd("0.00"));
            REQUIRE_FALSE(refusal.has_value());
            CHECK(done.error().what == refusal.error().what);
        }
    }

    TEST_CASE("a column of periods pays a note as one after another, and nothing after its end") {
        const revenue::NoteTerms terms{.holders = {{ben, usd("600.00")}, {anna, usd("400.00")}},
                                       .revenue_share = rate("5%"),
                                       .multiple = rate("1.5"),
                                       .rounding = {RoundingMode::half_even}};
        const Numbers revenue{20'000'33, 0, 5'001'11, 9'999'99, 100, 0};
        Numbers due(6), paid(6), missed(6), outstanding(6);
        std::vector<revenue::NoteState> states(6);
        Columns holders(2, 6);
        REQUIRE(note_column(terms, {revenue, {}}, {due, paid, missed, outstanding, states, holders.spans}));
        revenue::RevenueNote note = revenue::RevenueNote::of(terms).value();
        std::size_t row = 0;
        for (; note.state() != revenue::NoteState::repaid; ++row) {
            const revenue::NotePeriod period = note.end_period(Money(revenue[row], USD)).value();
            CHECK(due[row] == period.due.minor());
            CHECK(paid[row] == period.paid.minor());
            CHECK(outstanding[row] == period.outstanding.minor());
            CHECK(holders.columns[0][row] + holders.columns[1][row] == period.paid.minor());
            CHECK(states[row] == period.state);
        }
        CHECK(row == 4);
        CHECK(states.back() == revenue::NoteState::repaid);
        CHECK(paid.back() + outstanding.back() + holders.columns[0].back() == 0);
        CHECK(note.paid_to(ben) == usd("900.00"));
        const auto refused = [&](const Numbers& took, const Numbers& pays) {
            return to_text(note_column(terms, {took, pays}, {}).error());
        };
        CHECK(refused({-1}, {}).substr(0, 15) == "revenue, row 0:");
        CHECK(refused({30'000'00, -1}, {}) == "revenue, row 1: a revenue below zero; accepted: amounts from zero up");
        CHECK(refused({30'000'00, 5}, {1'500'00, 1}) == "revenue, row 1: the note is repaid; accepted: a payment of 0");
    }

    TEST_CASE("a column of sales earns as one after another") {
        RoyaltyRule rule{
            .rates = {.tiers = {{5, rate("10%")}, {std::nullopt, rate("33.3%")}}, .basis = revenue::TierBasis::units},
            .currency = USD,
            .rounding = {RoundingMode::half_even}};
        rule.rates.less = {revenue::Deduction::returns};
        const Numbers gross{99, 2'97, 9'90, -99, 19'80}, units{1, 3, 10, -1, 20}, returns{0, 1, 2, 0, 0};
        for (const revenue::RoyaltyRounding rounded :
             {revenue::RoyaltyRounding::each_line, revenue::RoyaltyRounding::running_total}) {
            rule.rounded = rounded;
            Numbers base(5), royalty(5);
            REQUIRE(royalty_column(rule, {gross, units, {{revenue::Deduction::returns, returns}}}, {base, royalty}));
            revenue::SoldBefore sold;
            revenue::Accrual accrual(USD);
            for (std::size_t i = 0; i < gross.size(); ++i) {
                const revenue::SalesLine sale{"",
                                              "",
                                              {},
                                              units[i],
                                              Money(gross[i], USD),
                                              {{revenue::Deduction::returns, Money(returns[i], USD)}}};
                const revenue::RoyaltyLine line = royalty_on(sale, {{}, rule.rates, {}}, sold);
                sold = {sold.units + units[i], sold.base + line.base.minor()};
                accrual.add(line.earned);
                CHECK(base[i] == line.base.minor());
                CHECK(royalty[i] == (rounded == revenue::RoyaltyRounding::each_line
                                         ? revenue::money_of(line.earned, USD, rule.rounding).minor()
                                         : accrual.settle(rule.rounding).minor()));
            }
        }
        const auto refused = [&](const Numbers& took, const Numbers& pieces) {
            return royalty_column(rule, {took, pieces, {}}, {}).error().what;
        };
        CHECK(refused({100, -101}, {1, 0}) == "more is returned than was sold before");
        CHECK(refused({100}, {-1}) == "more units are returned than were sold before");
        CHECK_THROWS_AS((void)royalty_column(rule, {gross, {}, {}}, {}), ContractViolation);
    }

    TEST_CASE("long work pauses now and then, and may be stopped there") {
        const Numbers payments(10'000, 1);
        int pauses = 0;
        const revenue::SplitHistory history = revenue::always({.shares = {{anna, 60}, {ben, 40}}});
        REQUIRE(share_column(history, USD, {payments, {}}, {}, [&] { ++pauses; }));
        CHECK(pauses == 2);
        struct Stopped {};
        CHECK_THROWS_AS((void)share_column(history, USD, {payments, {}}, {}, [] { throw Stopped{}; }), Stopped);
    }

    TEST_CASE("a day beyond the calendar is named") {
        const Numbers payments{1, 1}, sold_on{0, 2'932'897};
        const auto error =
            share_column(revenue::always({.shares = {{anna, 100}}}), USD, {payments, sold_on}, {}).error();
        CHECK(to_text(error) == "sold_on, row 1: is no day of the years 1 to 9999");
    }
}
