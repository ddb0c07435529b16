// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/contract.hpp>
#include <crowdrules/ledger/ledger.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <random>
#include <type_traits>

using namespace crowdrules;

static_assert(sizeof(Ledger) == 120 && std::is_trivially_copyable_v<Ledger>);

namespace {

const Instant at = instant("2012-05-19T03:00:00Z");
constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();

Int128 sum_of_balances(const Ledger& ledger) {
    Int128 sum = 0;
    for (std::size_t i = 0; i < account_count; ++i) sum += ledger.balance(static_cast<Account>(i)).minor();
    return sum;
}

Int128 plain_sum(const std::vector<std::int64_t>& minor) {
    Int128 sum = 0;
    for (const std::int64_t amount : minor) sum += amount;
    return sum;
}

}  // namespace

TEST_SUITE("ledger") {
    TEST_CASE("balances say who holds what") {
        Ledger ledger(USD);
        ledger.post(Entry(at, "charge collected",
                          {{Account::backers, usd("-115.00")},
                           {Account::escrow, usd("111.35")},
                           {Account::processing_fees, usd("3.65")}}));
        ledger.transfer(Account::escrow, Account::platform_fees, 575);
        ledger.transfer(Account::escrow, Account::creator, 105'60);
        CHECK(ledger.balance(Account::backers) == usd("-115.00"));
        CHECK(ledger.balance(Account::escrow) == usd("0.00"));
        CHECK(ledger.balance(Account::creator) == usd("105.60"));
        CHECK(ledger.balance(Account::platform_fees) == usd("5.75"));
        CHECK(ledger.balance(Account::processing_fees) == usd("3.65"));
        CHECK(ledger.balance(Account::tax) == usd("0.00"));
        CHECK(sum_of_balances(ledger) == 0);
        CHECK(ledger.currency() == USD);
    }

    TEST_CASE("a transfer is the entry of two postings") {
        std::mt19937_64 random(12);
        for (int i = 0; i < 2000; ++i) {
            const auto from = static_cast<Account>(random() % account_count);
            const auto to = static_cast<Account>(random() % account_count);
            const Money amount(static_cast<std::int64_t>(random() % 2'000'001) - 1'000'000, USD);
            Ledger by_transfer(USD), by_entry(USD);
            by_transfer.transfer(from, to, amount.minor());
            by_entry.post(Entry(at, "move", {{from, -amount}, {to, amount}}));
            REQUIRE(by_transfer == by_entry);
        }
    }

    TEST_CASE("a transfer that leaves 64 bits changes nothing, on either side") {
        Ledger ledger(USD);
        ledger.transfer(Account::backers, Account::escrow, most);
        const Ledger before = ledger;
        CHECK_THROWS_AS(ledger.transfer(Account::creator, Account::escrow, 1), Overflow);   // too much arrives
        CHECK_THROWS_AS(ledger.transfer(Account::backers, Account::creator, 2), Overflow);  // too much leaves
        CHECK_THROWS_AS(ledger.transfer(Account::creator, Account::tax, least), Overflow);  // has no negative
        CHECK_THROWS_AS(ledger.transfer(Account::escrow, Account::backers, least), Overflow);
        CHECK(ledger == before);
        ledger.transfer(Account::backers, Account::creator, 1);
        CHECK(ledger.balance(Account::backers).minor() == least);
        CHECK(sum_of_balances(ledger) == 0);
    }

    TEST_CASE("a transfer to itself moves nothing") {
        Ledger ledger(USD);
        ledger.transfer(Account::escrow, Account::escrow, most);
        ledger.transfer(Account::escrow, Account::escrow, least);
        CHECK(ledger == Ledger(USD));
    }

    TEST_CASE("accounts that do not exist hold nothing") {
        Ledger ledger(USD);
        const auto nowhere = static_cast<Account>(account_count);
        CHECK_THROWS_AS(ledger.transfer(nowhere, Account::escrow, 1), ContractViolation);
        CHECK_THROWS_AS(ledger.transfer(Account::escrow, nowhere, 1), ContractViolation);
        CHECK(ledger == Ledger(USD));
    }

    TEST_CASE("an entry in another currency is refused and changes nothing") {
        Ledger ledger(USD);
        const Entry euros(at, "charge", {{Account::backers, eur("-1.00")}, {Account::escrow, eur("1.00")}});
        CHECK_THROWS_WITH_AS(ledger.post(euros), "entry 'charge' is in EUR, but the ledger in USD", CurrencyMismatch);
        CHECK(ledger == Ledger(USD));
        ledger.post(Entry(at, "nothing", {{Account::tax, eur("0.00")}}));
        CHECK(ledger == Ledger(USD));
    }

    TEST_CASE("an entry that leaves 64 bits changes nothing") {
        Ledger ledger(USD);
        ledger.transfer(Account::backers, Account::escrow, most);
        const Ledger before = ledger;
        CHECK_THROWS_AS(
            ledger.post(Entry(at, "one too many", {{Account::creator, usd("-0.01")}, {Account::escrow, usd("0.01")}})),
            Overflow);
        CHECK(ledger == before);
    }

    TEST_CASE("the order of postings does not decide whether an entry fits") {
        Ledger ledger(USD);
        ledger.transfer(Account::backers, Account::escrow, most);
        const Ledger before = ledger;
        ledger.post(Entry(at, "in and out", {{Account::escrow, usd("5.00")}, {Account::escrow, usd("-5.00")}}));
        CHECK(ledger == before);
    }

    TEST_CASE("whatever is posted, all balances together are zero") {
        std::mt19937_64 random(13);
        Ledger ledger(USD);
        std::vector<std::int64_t> column;
        for (int i = 0; i < 5000; ++i) {
            std::vector<Posting> postings;
            std::int64_t sum = 0;
            for (auto count = 1 + random() % 5; count > 0; --count) {
                const auto minor = static_cast<std::int64_t>(random() % 2'000'001) - 1'000'000;
                postings.push_back({static_cast<Account>(random() % account_count), Money(minor, USD)});
                sum += minor;
            }
            postings.push_back({Account::backers, Money(-sum, USD)});
            const Entry entry(at, "random", postings);
            for (const Posting& posting : entry.postings()) column.push_back(posting.amount.minor());
            ledger.post(entry);
            REQUIRE(sum_of_balances(ledger) == 0);
        }
        CHECK(exact_sum(column) == 0);
    }

    TEST_CASE("a column is summed exactly, whatever its length and its numbers") {
        CHECK(exact_sum({}) == 0);
        for (const std::int64_t edge : {most, least, std::int64_t{-1}, std::int64_t{1} << 32, -(std::int64_t{1} << 32)})
            for (const std::size_t length : {std::size_t{1}, std::size_t{2}, std::size_t{7}, std::size_t{1000}}) {
                const std::vector<std::int64_t> column(length, edge);
                REQUIRE(exact_sum(column) == static_cast<Int128>(edge) * static_cast<Int128>(length));
            }
        std::mt19937_64 random(14);
        for (int i = 0; i < 3000; ++i) {
            std::vector<std::int64_t> column(random() % 200);
            const auto shift = random() % 64;
            for (std::int64_t& amount : column) amount = static_cast<std::int64_t>(random()) >> shift;
            REQUIRE(exact_sum(column) == plain_sum(column));
            // Any part of a column too, however it is aligned.
            const std::size_t from = column.empty() ? 0 : random() % column.size();
            const std::vector<std::int64_t> part(column.begin() + static_cast<std::ptrdiff_t>(from), column.end());
            REQUIRE(exact_sum(std::span(column).subspan(from)) == plain_sum(part));
        }
    }
}
