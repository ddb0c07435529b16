// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/reason/derivation.hpp>

#include <doctest/doctest.h>

using namespace crowdrules;

namespace {

Derivation figure(std::string name, std::string value, std::string formula = "", std::vector<Derivation> from = {}) {
    return {std::move(name), std::move(value), std::move(formula), "", {}, std::move(from)};
}

Derivation platform_fee() {
    Derivation fee = figure("platform_fee", "1,591.50 USD", "5% of 31,830.00 USD, rounded half_up once",
                            {figure("collected", "31,830.00 USD", "32,766.00 gross pledges - 936.00 dropped",
                                    {figure("gross_pledges", "32,766.00 USD"), figure("dropped", "936.00 USD")})});
    fee.rule = "fees.platform";
    fee.citation = {"help centre", "2026-11", Evidence::official};
    return fee;
}

}  // namespace

TEST_SUITE("reason") {
    TEST_CASE("a derivation reads from the figure down to what it was made of, in columns") {
        CHECK(to_text(platform_fee()) ==
              "platform fee  1,591.50 USD = 5% of 31,830.00 USD, rounded half_up once"
              "  [fees.platform; help centre, read 2026-11]\n"
              "  collected  31,830.00 USD = 32,766.00 gross pledges - 936.00 dropped\n"
              "    gross pledges  32,766.00 USD\n"
              "    dropped           936.00 USD\n");
    }

    TEST_CASE("a figure that was given stands alone") {
        CHECK(to_text(figure("goal", "100.00 USD")) == "goal  100.00 USD\n");
    }

    TEST_CASE("a rule without a source, and a source without a rule, are both shown") {
        Derivation fee = figure("fee", "1.00 USD");
        fee.rule = "fees.platform";
        CHECK(to_text(fee) == "fee  1.00 USD  [fees.platform]\n");
        fee.rule.clear();
        fee.citation = {"campaign page", "", Evidence::agreed};
        CHECK(to_text(fee) == "fee  1.00 USD  [campaign page, agreed]\n");
        fee.citation = {"a newspaper", "2014-01", Evidence::secondary};
        CHECK(to_text(fee) == "fee  1.00 USD  [a newspaper, read 2014-01, secondary]\n");
    }

    TEST_CASE("columns count characters, not bytes") {
        CHECK(to_text(figure("total", "3.00 EUR", "", {figure("Gebühr", "1.00 EUR"), figure("Betrag", "2.00 EUR")})) ==
              "total  3.00 EUR\n"
              "  Gebühr  1.00 EUR\n"
              "  Betrag  2.00 EUR\n");
    }

    TEST_CASE("a deep derivation is indented at every level") {
        Derivation chain = figure("d0", "0");
        for (int depth = 1; depth < 200; ++depth) {
            std::string name = "d";
            name += std::to_string(depth);
            chain = figure(name, "0", "", {chain});
        }
        const std::string text = to_text(chain);
        CHECK(text.starts_with("d199  0\n  d198  0\n"));
        CHECK(text.ends_with(std::string(2 * 199, ' ').append("d0  0\n")));
    }
}
