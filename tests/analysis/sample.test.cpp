// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/analysis/sample.hpp>
#include <crowdrules/core/contract.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <random>

using namespace crowdrules;

namespace {

Decimal share(const char* text) {
    return Decimal::parse(text).value();
}

}  // namespace

TEST_SUITE("scenario") {
    TEST_CASE("a quantile is a value that occurred: the smallest that so many do not exceed") {
        const Sample sample({400, 100, 800, 200});
        CHECK(sample.count() == 4);
        CHECK(sample.sum() == 1'500);
        CHECK(sample.quantile(share("0%")) == 100);
        CHECK(sample.quantile(share("25%")) == 100);
        CHECK(sample.quantile(share("25.0001%")) == 200);
        CHECK(sample.quantile(share("50%")) == 200);
        CHECK(sample.quantile(share("51%")) == 400);
        CHECK(sample.quantile(share("100%")) == 800);
        CHECK(Sample({-5}).quantile(share("50%")) == -5);
        CHECK_THROWS_AS((void)Sample().quantile(share("50%")), ContractViolation);
        CHECK_THROWS_AS((void)sample.quantile(share("101%")), ContractViolation);
        CHECK_THROWS_AS((void)sample.quantile(share("-1%")), ContractViolation);
    }
    TEST_CASE("sums leave 64 bits without harm") {
        constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
        Sample sample({most, most});
        sample.merge(Sample({most, std::numeric_limits<std::int64_t>::min()}));
        CHECK(sample.sum() == Int128{most} * 2 - 1);
    }
    TEST_CASE("samples of parts merge into the sample of the whole, in any order") {
        std::mt19937_64 random(3);
        std::vector<std::int64_t> all;
        for (int i = 0; i < 1'000; ++i) all.push_back(static_cast<std::int64_t>(random() % 300));
        for (int round = 0; round < 20; ++round) {
            std::vector<Sample> parts(1 + random() % 6);
            std::vector<std::vector<std::int64_t>> values(parts.size());
            for (const std::int64_t value : all) values[random() % values.size()].push_back(value);
            for (std::size_t i = 0; i < parts.size(); ++i) parts[i] = Sample(values[i]);
            Sample merged;
            while (!parts.empty()) {
                const auto next = parts.begin() + static_cast<std::ptrdiff_t>(random() % parts.size());
                merged.merge(*next);
                parts.erase(next);
            }
            CHECK(merged == Sample(all));
        }
    }
}
