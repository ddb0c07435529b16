// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/analysis/odds.hpp>
#include <crowdrules/analysis/philox.hpp>
#include <crowdrules/core/contract.hpp>

#include <doctest/doctest.h>

#include <analysis/draws.hpp>

using namespace crowdrules;
using namespace crowdrules::detail;

namespace {

__extension__ typedef unsigned __int128 Natural128;

Decimal decimal(const char* text) {
    return Decimal::parse(text).value();
}

/// The first 80 binary digits of a number.
Natural128 long_number(DrawPlace place, std::uint64_t index) {
    Natural128 number = 0;
    for (place.digits = 0; place.digits < 5; ++place.digits) number = number << 16 | draw_digits(place, index);
    return number;
}

/// Whether it lies below parts / 10^decimals, by multiplication. Expects: not equal to it in all 80 digits.
bool is_below(Natural128 number, std::uint64_t parts, unsigned decimals) {
    Natural128 one = 1;
    for (unsigned i = 0; i < decimals; ++i) one *= 10;
    return number * one < Natural128{parts} << 80;
}

}  // namespace

TEST_SUITE("scenario") {
    TEST_CASE("Philox4x32-10 gives the known answers that its authors publish") {
        // Random123, tests/kat_vectors: philox4x32 10.
        CHECK(philox({0, 0, 0, 0}, {0, 0}) == PhiloxCounter{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
        CHECK(philox({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff}) ==
              PhiloxCounter{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
        CHECK(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}) ==
              PhiloxCounter{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
    }
    TEST_CASE("a block has the digits of its things, one by one") {
        for (const std::uint64_t block : {0, 1, 67, 1 << 20}) {
            const DrawPlace place{0x0123'4567'89AB'CDEF, 0xFEDC'BA98'7654'3210, DrawFor::fate, 0};
            DrawBlock digits;
            draw_block(place, block, digits);
            for (std::size_t i = 0; i < block_of_draws; ++i)
                REQUIRE(digits[i] == draw_digits(place, block * block_of_draws + i));
        }
    }
    TEST_CASE("no two places share their digits: seeds, runs, purposes and digits are drawn apart") {
        const DrawPlace place{7, 3, DrawFor::fate, 0};
        const auto block_of = [](DrawPlace other) {
            DrawBlock digits;
            draw_block(other, 0, digits);
            return digits;
        };
        for (const DrawPlace other : {DrawPlace{8, 3, DrawFor::fate, 0}, DrawPlace{7, 4, DrawFor::fate, 0},
                                      DrawPlace{7, 3, DrawFor::pledges, 0}, DrawPlace{7, 3, DrawFor::fate, 1},
                                      DrawPlace{7 + (std::uint64_t{1} << 32), 3, DrawFor::fate, 0},
                                      DrawPlace{7, 3 + (std::uint64_t{1} << 32), DrawFor::fate, 0}})
            CHECK(block_of(other) != block_of(place));
    }
    TEST_CASE("a threshold is compared with all its binary digits") {
        CHECK(Threshold(decimal("0")).first() == 0);
        CHECK_FALSE(Threshold(decimal("0")).goes_on());
        CHECK(Threshold(decimal("1")).first() == 65'536);
        CHECK(Threshold(decimal("0.5")).first() == 32'768);
        CHECK_FALSE(Threshold(decimal("0.5")).goes_on());
        CHECK(Threshold(decimal("0.0000152587890625")).first() == 1);  // 2^-16
        CHECK_FALSE(Threshold(decimal("0.0000152587890625")).goes_on());
        CHECK(Threshold(decimal("0.03")).first() == 1'966);  // 1,966.08
        CHECK(Threshold(decimal("0.03")).goes_on());

        // Where the first digits are those of the threshold, the next ones decide.
        const DrawPlace place{1, 1, DrawFor::fate, 0};
        const struct {
            const char* text;
            std::uint64_t parts;
            unsigned decimals;
        } cases[] = {{"0.03", 3, 2}, {"0.5", 5, 1}, {"0.000001", 1, 6}, {"0.999999999", 999'999'999, 9}};
        int undecided = 0;
        for (const auto& [text, parts, decimals] : cases) {
            const Threshold threshold(decimal(text));
            for (std::uint64_t i = 0; i < 300'000; ++i) {
                const std::uint32_t first = draw_digits(place, i);
                const bool is_tie = first == threshold.first();
                undecided += is_tie && threshold.goes_on() ? 1 : 0;
                if (!is_tie && i % 97 != 0) continue;
                CHECK(threshold.is_above(place, i) == is_below(long_number(place, i), parts, decimals));
            }
        }
        CHECK(undecided > 5);
        CHECK_FALSE(Threshold(decimal("0")).is_above(place, 0));
        CHECK(Threshold(decimal("1")).is_above(place, 0));
    }
    TEST_CASE("what lies below thresholds is summed up, undecided things included") {
        std::vector<std::int64_t> amounts(block_of_draws), fees(block_of_draws), taxes(block_of_draws);
        for (std::size_t i = 0; i < block_of_draws; ++i) {
            amounts[i] = static_cast<std::int64_t>(i * 1'000'003);
            fees[i] = static_cast<std::int64_t>(i * 7);
            taxes[i] = static_cast<std::int64_t>(i);
        }
        const std::vector<Threshold> thresholds{Threshold(decimal("0.000001")), Threshold(decimal("0.03")),
                                                Threshold(decimal("0.5")), Threshold(decimal("1"))};
        for (std::uint64_t run = 0; run < 400; ++run) {
            const DrawPlace place{5, run, DrawFor::fate, 0};
            for (const std::size_t count : {block_of_draws, std::size_t{1}, std::size_t{129}}) {
                std::vector<Below> expected(thresholds.size()), sums(thresholds.size()), counts(thresholds.size());
                for (std::size_t k = 0; k < thresholds.size(); ++k)
                    for (std::size_t i = 0; i < count; ++i) {
                        if (!thresholds[k].is_above(place, 3 * block_of_draws + i)) continue;
                        ++expected[k].count;
                        expected[k].amount += static_cast<std::uint64_t>(amounts[i]);
                        expected[k].fee += static_cast<std::uint64_t>(fees[i]);
                        expected[k].tax += static_cast<std::uint64_t>(taxes[i]);
                    }
                add_below(place, 3, count, thresholds, {amounts, fees, taxes}, sums);
                add_below(place, 3, count, thresholds, {}, counts);
                for (std::size_t k = 0; k < thresholds.size(); ++k) {
                    REQUIRE(sums[k].count == expected[k].count);
                    REQUIRE(sums[k].amount == expected[k].amount);
                    REQUIRE(sums[k].fee == expected[k].fee);
                    REQUIRE(sums[k].tax == expected[k].tax);
                    REQUIRE(counts[k].count == expected[k].count);
                }
                if (run % 10 != 0) break;
            }
        }
    }
    TEST_CASE("numbers below a bound come evenly, and odds as their weights say") {
        const DrawPlace place{11, 0, DrawFor::units, 0};
        std::array<int, 7> seen{};
        for (std::uint64_t i = 0; i < 70'000; ++i) ++seen[draw_below(place, i, 7)];
        for (const int count : seen) CHECK(std::abs(count - 10'000) < 500);
        CHECK(draw_below(place, 0, 1) == 0);

        const Odds odds{{0, 0, 1}, {10, 19, 3}, {500, 500, 0}};
        int nothing = 0;
        for (std::uint64_t i = 0; i < 40'000; ++i) {
            const std::int64_t drawn = draw_from(odds, place, i);
            nothing += drawn == 0 ? 1 : 0;
            CHECK((drawn == 0 || (drawn >= 10 && drawn <= 19)));
        }
        CHECK(std::abs(nothing - 10'000) < 500);
        CHECK(draw_from(always(68'929), place, 5) == 68'929);
    }
    TEST_CASE("odds with a defect say which") {
        CHECK_FALSE(defect_of(Odds{{0, 5, 2}, {9, 9, 0}}));
        CHECK(defect_of(Odds{}) == "there is no number to draw");
        CHECK(defect_of(Odds{{-1, 5}}) == "the range -1 to 5 begins below zero");
        CHECK(defect_of(Odds{{6, 5}}) == "the range 6 to 5 ends before it begins");
        CHECK(defect_of(Odds{{1, 5, -1}}) == "the range 1 to 5 has a weight below zero");
        CHECK(defect_of(Odds{{1, 5, 0}}) == "no range has a weight");
        CHECK(defect_of(Odds{{1, 5, INT64_MAX}, {6, 6, 1}}) == "the weights total more than 2^63 - 1");
    }
}
