// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/contract.hpp>
#include <crowdrules/ledger/movements.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <optional>

using namespace crowdrules;

namespace {

const Instant at = instant("2012-05-19T03:00:00Z");
const Movements charge{{Account::backers, Account::escrow, 115'00},
                       {Account::escrow, Account::processing_fees, 3'65},
                       {Account::escrow, Account::tax, 0}};

}  // namespace

TEST_SUITE("ledger") {
    TEST_CASE("a charge and its fee are two movements, and a tax of nothing is none") {
        REQUIRE(charge.items().size() == 2);
        CHECK(charge.items()[0].to == Account::escrow);
        CHECK(charge.items()[1].minor == 3'65);
    }

    TEST_CASE("the ledger after movements is the ledger after their entry") {
        Ledger posted(USD);
        const std::optional<Entry> entry = entry_of(charge, at, "charge_collected", USD);
        REQUIRE(entry);
        CHECK(entry->at() == at);
        CHECK(entry->description() == "charge_collected");
        posted.post(*entry);
        const Ledger moved = after(Ledger(USD), charge);
        CHECK(moved == posted);
        CHECK(moved.balance(Account::backers) == usd("-115.00"));
        CHECK(moved.balance(Account::escrow) == usd("111.35"));
    }

    TEST_CASE("where nothing moves there is no entry") {
        CHECK(entry_of({}, at, "campaign_paused", USD) == std::nullopt);
        CHECK(entry_of({{Account::escrow, Account::tax, 0}}, at, "payout_made", USD) == std::nullopt);
    }

    TEST_CASE("a balance that leaves 64 bits is refused, and the ledger before is as it was") {
        const Ledger full =
            after(Ledger(USD), {{Account::backers, Account::escrow, std::numeric_limits<std::int64_t>::max()}});
        CHECK_THROWS_AS((void)after(full, charge), Overflow);
        CHECK(full.balance(Account::tax).is_zero());
    }

    TEST_CASE("a seventh movement is a mistake of the program") {
        const Movement one{Account::backers, Account::escrow, 1};
        CHECK(Movements{one, one, one, one, one, one}.items().size() == 6);
        CHECK_THROWS_AS((Movements{one, one, one, one, one, one, one}), ContractViolation);
    }
}
