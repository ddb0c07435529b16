// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/ledger/account.hpp>

#include <doctest/doctest.h>

#include <set>
#include <string>

using namespace crowdrules;

static_assert(static_cast<std::size_t>(Account::members) + 1 == account_count);
static_assert(static_cast<std::size_t>(Account::parties) + 1 == campaign_account_count);

TEST_SUITE("ledger") {
    TEST_CASE("every account has its own name") {
        CHECK(to_text(Account::backers) == "backers");
        CHECK(to_text(Account::processing_fees) == "processing_fees");
        std::set<std::string> names;
        for (std::size_t i = 0; i < account_count; ++i) names.insert(std::string(to_text(static_cast<Account>(i))));
        CHECK(names.size() == account_count);
        CHECK(names.count("unknown") == 0);
    }
}
