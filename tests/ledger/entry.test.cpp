// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/contract.hpp>
#include <crowdrules/ledger/entry.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <random>
#include <string>
#include <type_traits>

using namespace crowdrules;

static_assert(!std::is_default_constructible_v<Entry>, "there is no entry without postings that were checked");

namespace {

const Instant at = instant("2012-05-19T03:00:00Z");
constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();

}  // namespace

TEST_SUITE("ledger") {
    TEST_CASE("a charge leaves the backers and arrives in escrow and at the processor") {
        const Entry entry(at, "charge collected",
                          {{Account::backers, usd("-115.00")},
                           {Account::escrow, usd("111.35")},
                           {Account::processing_fees, usd("3.65")}});
        CHECK(entry.at() == at);
        CHECK(entry.description() == "charge collected");
        CHECK(entry.postings().size() == 3);
        CHECK(entry.postings()[1] == Posting{Account::escrow, usd("111.35")});
    }

    TEST_CASE("an entry that loses a cent cannot be built") {
        CHECK_THROWS_WITH_AS(
            Entry(at, "charge", {{Account::backers, usd("-115.00")}, {Account::escrow, usd("114.99")}}),
            "entry 'charge' does not sum to zero: backers -115.00 USD, escrow 114.99 USD", ContractViolation);
        CHECK_THROWS_AS(Entry(at, "one-sided", {{Account::escrow, usd("0.01")}}), ContractViolation);
    }

    TEST_CASE("postings of zero are left out, whatever their currency") {
        const Entry entry(at, "charge without a fee",
                          {{Account::tax, eur("0.00")},
                           {Account::backers, usd("-1.00")},
                           {Account::processing_fees, usd("0.00")},
                           {Account::escrow, usd("1.00")}});
        CHECK(entry.postings() ==
              std::vector<Posting>{{Account::backers, usd("-1.00")}, {Account::escrow, usd("1.00")}});
        CHECK(Entry(at, "nothing", {{Account::tax, usd("0.00")}}).postings().empty());
        CHECK(Entry(at, "nothing", {}).postings().empty());
    }

    TEST_CASE("currencies do not mix, even where the numbers would balance") {
        CHECK_THROWS_AS(Entry(at, "mixed", {{Account::backers, usd("-1.00")}, {Account::escrow, eur("1.00")}}),
                        CurrencyMismatch);
        const auto other_dollar = Currency::own("USD", 3);
        CHECK_FALSE(other_dollar.has_value());
    }

    TEST_CASE("a sum that leaves 64 bits on its way is still exact") {
        CHECK_NOTHROW(Entry(at, "huge",
                            {{Account::escrow, Money(most, USD)},
                             {Account::reserve, Money(most, USD)},
                             {Account::backers, Money(least, USD)},
                             {Account::backers, Money(least + 2, USD)}}));
        // Modulo 2^64 these four sum to zero.
        const Money half(std::int64_t{1} << 62, USD);
        CHECK_THROWS_AS(
            Entry(at, "wraps",
                  {{Account::escrow, half}, {Account::reserve, half}, {Account::creator, half}, {Account::tax, half}}),
            ContractViolation);
    }

    TEST_CASE("a posting to an account that does not exist is refused") {
        const auto nowhere = static_cast<Account>(account_count);
        CHECK_THROWS_AS(Entry(at, "nowhere", {{nowhere, usd("-1.00")}, {Account::escrow, usd("1.00")}}),
                        ContractViolation);
    }

    TEST_CASE("random postings build an entry exactly when they sum to zero") {
        std::mt19937_64 random(11);
        for (int i = 0; i < 5000; ++i) {
            std::vector<Posting> postings;
            Int128 sum = 0;
            for (auto count = 1 + random() % 6; count > 0; --count) {
                const auto minor = static_cast<std::int64_t>(random() >> (random() % 64));
                postings.push_back({static_cast<Account>(random() % account_count), Money(minor, USD)});
                sum += minor;
            }
            if (sum == 0) continue;
            REQUIRE_THROWS_AS(Entry(at, "unbalanced", postings), ContractViolation);
            if (sum < -static_cast<Int128>(most) || sum > most) continue;
            postings.push_back({Account::escrow, Money(static_cast<std::int64_t>(-sum), USD)});
            REQUIRE_NOTHROW(Entry(at, "balanced", postings));
        }
    }
}
