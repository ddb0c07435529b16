// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/money/currency.hpp>

#include <doctest/doctest.h>

#include "shared_data.hpp"
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <type_traits>

using namespace crowdrules;

static_assert(sizeof(Currency) == 8);
static_assert(std::is_trivially_copyable_v<Currency>);
static_assert(!std::is_default_constructible_v<Currency>);
static_assert(USD.code() == "USD" && USD.digits() == 2 && USD.minor_per_unit() == 100);
static_assert(USD != EUR && EUR < USD);

namespace {

/// What one list says of one code. An empty field is a list's own silence.
struct Line {
    std::string number;
    std::string digits;
    bool current = false;
};

std::map<std::string, Line> six_lists() {
    std::map<std::string, Line> lines;
    for (const auto& row : shared_csv("vectors/iso4217/codes-all.csv")) {
        if (row.size() < 6 || row[2].empty() || row[0] == "Entity") continue;
        const bool current = row[5].empty();
        Line& line = lines[row[2]];
        if (current || !line.current) line = {row[3], row[4], current};
    }
    return lines;
}

std::map<std::string, Line> joda_list() {
    std::map<std::string, Line> lines;
    for (const auto& row : shared_csv("vectors/iso4217/joda_CurrencyData.csv"))
        if (row.size() >= 3 && !row[0].starts_with('#'))
            lines[row[0]] = {row[1], row[2].substr(0, row[2].find(' ')), false};
    return lines;
}

}  // namespace

TEST_SUITE("money") {
    TEST_CASE("ISO 4217 gives each currency its decimals") {
        struct Row {
            const char* code;
            unsigned digits;
            std::int64_t minor_per_unit;
        };
        constexpr Row rows[] = {{"USD", 2, 100}, {"JPY", 0, 1},   {"KWD", 3, 1'000}, {"CLF", 4, 10'000},
                                {"KRW", 0, 1},   {"DEM", 2, 100}, {"ITL", 0, 1},     {"USN", 2, 100}};
        for (const Row& row : rows) {
            CAPTURE(row.code);
            const auto currency = Currency::iso(row.code);
            REQUIRE(currency);
            CHECK(currency->code() == row.code);
            CHECK(currency->digits() == row.digits);
            CHECK(currency->minor_per_unit() == row.minor_per_unit);
        }
    }

    TEST_CASE("the constants are what ISO 4217 says") {
        for (const Currency currency : {USD, EUR, GBP, JPY}) CHECK(Currency::iso(currency.code()) == currency);
    }

    TEST_CASE("a code that ISO 4217 never gave is refused") {
        for (const char* code : {"", "usd", "US", "USDX", "ZZZ", "US1", " USD", "USD "}) {
            CAPTURE(code);
            const auto currency = Currency::iso(code);
            REQUIRE_FALSE(currency);
            CHECK(currency.error().found == code);
            CHECK(currency.error().what == "not a currency code of ISO 4217");
        }
    }

    TEST_CASE("a code without decimals of its own is refused, and the error says whose it is") {
        CHECK(Currency::iso("XAU").error().what == "ISO 4217 gives no decimals for XAU (Gold)");
        CHECK(Currency::iso("ARA").error().what == "ISO 4217 gives no decimals for ARA (Austral, withdrawn 1992-01)");
        REQUIRE_FALSE(Currency::iso("XXX"));
    }

    TEST_CASE("a platform's own currency has a code of 1 to 7 characters and up to 18 decimals") {
        for (const char* code : {"P", "POINTS", "TOKEN18", "XAU"}) {
            const auto currency = Currency::own(code, 18);
            REQUIRE(currency);
            CHECK(currency->code() == code);
            CHECK(currency->minor_per_unit() == 1'000'000'000'000'000'000);
        }
    }

    TEST_CASE("an own currency is refused in this order: code missing, misspelt, too long, decimals, taken") {
        struct Row {
            const char* code;
            unsigned digits;
            std::size_t column;
            const char* what;
        };
        constexpr Row rows[] = {
            {"", 19, 1, "no currency code"},
            {"POiNTS", 19, 3, "a character that a currency code may not have here"},
            {"1POINT", 19, 1, "a character that a currency code may not have here"},
            {"POINTS-S", 19, 7, "a character that a currency code may not have here"},
            {"POINTSAB", 19, 8, "a currency code of more than 7 characters"},
            {"USD", 19, 1, "19 decimals are more than an amount of 64 bits can carry"},
            {"USD", 3, 1, "ISO 4217 uses this code with 2 decimals, not 3"},
        };
        for (const Row& row : rows) {
            CAPTURE(row.code);
            const auto currency = Currency::own(row.code, row.digits);
            REQUIRE_FALSE(currency);
            CHECK(currency.error().what == row.what);
            CHECK(currency.error().where.column == row.column);
        }
        CHECK(Currency::own("USD", 2) == USD);
    }

    TEST_CASE("currencies of one code but other decimals differ") {
        CHECK(Currency::own("GOLD", 2).value() != Currency::own("GOLD", 4).value());
    }

    TEST_CASE("the table of ISO 4217 is sorted by code, without a code twice") {
        const auto entries = iso_currencies();
        CHECK(entries.size() > 200);
        for (std::size_t i = 1; i < entries.size(); ++i)
            CHECK(entries[i - 1].currency.code() < entries[i].currency.code());
        for (const CurrencyEntry& entry : entries) {
            CAPTURE(entry.currency.code());
            CHECK(entry.currency.code().size() == 3);
            CHECK(entry.currency.digits() <= 4);
            CHECK(entry.number > 0);
            CHECK_FALSE(entry.name.empty());
            CHECK(Currency::iso(entry.currency.code()) == entry.currency);
        }
    }

    TEST_CASE("the table agrees with the published lists of ISO 4217 in every code") {
        const auto published = six_lists();
        if (published.empty()) {
            MESSAGE("skipped: CROWDRULES_SHARED has no vectors/iso4217/codes-all.csv");
            return;
        }
        std::set<std::string> ours;
        for (const CurrencyEntry& entry : iso_currencies()) {
            const std::string code(entry.currency.code());
            CAPTURE(code);
            ours.insert(code);
            REQUIRE(published.contains(code));
            const Line& line = published.at(code);
            CHECK(std::stoi(line.number) == entry.number);
            CHECK(line.current == entry.withdrawn.empty());
            if (line.current) CHECK(line.digits == std::to_string(entry.currency.digits()));
        }
        for (const auto& [code, line] : published) {
            CAPTURE(code);
            const bool has_decimals = line.current && line.digits != "-";
            if (has_decimals) CHECK(ours.contains(code));
            if (!ours.contains(code)) CHECK(Currency::iso(code).error().what.find("no decimals") != std::string::npos);
        }
    }

    TEST_CASE("the table agrees with the list of joda-money in every code that both have") {
        const auto joda = joda_list();
        if (joda.empty()) {
            MESSAGE("skipped: CROWDRULES_SHARED has no vectors/iso4217/joda_CurrencyData.csv");
            return;
        }
        int compared = 0;
        for (const auto& [code, line] : joda) {
            CAPTURE(code);
            const auto currency = Currency::iso(code);
            CHECK(currency.has_value() == (line.digits != "-1"));
            if (!currency) continue;
            CHECK(std::to_string(currency->digits()) == line.digits);
            ++compared;
        }
        CHECK(compared > 180);
    }
}
