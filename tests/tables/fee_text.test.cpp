// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/tables/fee_text.hpp>

#include <doctest/doctest.h>

using namespace crowdrules;

namespace {

Result<FeeSchedule> read(std::string_view text) {
    return parse_fee(text, USD, {RoundingMode::half_up});
}
std::string error(std::string_view text) {
    return to_text(read(text).error());
}

}  // namespace

TEST_SUITE_BEGIN("tables");

TEST_CASE("fee text: a rate, a fixed part, and another fee for small amounts") {
    const auto card = read("3% + 0.20; below 10.00: 5% + 0.05").value();
    CHECK(fee_on(card, usd("9.99")) == usd("0.55"));
    CHECK(fee_on(card, usd("10.00")) == usd("0.50"));
    CHECK(fee_on(card, usd("115.00")) == usd("3.65"));
    CHECK(read("below 10.00: 5% + 0.05; 3% + 0.20").value() == card);
    CHECK(fee_on(read("2.9%").value(), usd("100.00")) == usd("2.90"));
    CHECK(fee_on(read("0.25").value(), usd("100.00")) == usd("0.25"));
    CHECK(read("3% + 0.20;below 10.00:5%+0.05").value() == card);
    CHECK(read("1%; below 5: 3%; below 50: 2%").value().bands ==
          std::vector<FeeBand>{{0, rate("3%"), 0}, {500, rate("2%"), 0}, {5000, rate("1%"), 0}});
}

TEST_CASE("fee text: what is no fee is refused with its column") {
    CHECK(error("").starts_with("1:1: nothing here"));
    CHECK(error("3% +").starts_with("1:5: "));
    CHECK(error("3% 0.20").starts_with("1:4: something other than '+' after the rate; found \"0.20\""));
    CHECK(error("101%").starts_with("1:1: a rate outside 0% to 100%"));
    CHECK(error("-3%").starts_with("1:1: a rate outside 0% to 100%"));
    CHECK(error("3% + -0.20").starts_with("1:6: a negative amount"));
    CHECK(error("3% + 0.205").starts_with("1:6: 3 decimals, but USD has 2"));
    CHECK(error("below 10.00: 5%").starts_with("1:1: nothing says what the other amounts cost"));
    CHECK(error("3%; 4%").starts_with("1:5: a second part without 'below'"));
    CHECK(error("3%; below 5: 4%; below 5.00: 1%").starts_with("1:30: a second part below the same amount"));
    CHECK(error("3%; below 10 5%").starts_with("1:5: 'below' and no ':' after its amount"));
    CHECK(error("3%;").starts_with("1:4: nothing here"));
}

TEST_SUITE_END();
