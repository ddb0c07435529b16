// SPDX-License-Identifier: BSL-1.0
// The policies of refunds and disputes: who bears what.
#include <crowdrules/settlement/dispute.hpp>
#include <crowdrules/settlement/refund.hpp>

#include <doctest/doctest.h>

using namespace crowdrules;

TEST_SUITE("settlement") {
    TEST_CASE("by default the platform bears fraud and the creator answers for rewards") {
        const DisputePolicy kickstarter;
        CHECK(kickstarter.bearer(DisputeReason::fraud) == Bearer::platform);
        CHECK(kickstarter.bearer(DisputeReason::reward) == Bearer::creator);
        const DisputePolicy all_on_creator{.fraud = Bearer::creator};
        CHECK(all_on_creator.bearer(DisputeReason::fraud) == Bearer::creator);
    }

    TEST_CASE("the fee of a dispute is borne as its loss would be, unless somebody bears all of them") {
        const DisputePolicy like_the_loss{.fee = 15'00};
        CHECK(like_the_loss.bearer_of_fee(DisputeReason::fraud) == Bearer::platform);
        CHECK(like_the_loss.bearer_of_fee(DisputeReason::reversed) == Bearer::creator);
        const DisputePolicy on_platform{.fee = 15'00, .fee_bearer = Bearer::platform};
        CHECK(on_platform.bearer_of_fee(DisputeReason::reward) == Bearer::platform);
    }

    TEST_CASE("what a partial refund does to a fee is unknown until somebody says it") {
        CHECK_FALSE(RefundPolicy{}.partial.has_value());
        CHECK(RefundPolicy{}.fees_returned_before_payout);
    }

    TEST_CASE("reasons, bearers, refund rules and refund items have names") {
        CHECK(to_text(DisputeReason::fraud) == "fraud");
        CHECK(to_text(DisputeReason::reward) == "reward");
        CHECK(to_text(Bearer::creator) == "creator");
        CHECK(to_text(Bearer::platform) == "platform");
        CHECK(to_text(PartialRefundFee::kept) == "kept");
        CHECK(to_text(PartialRefundFee::recomputed) == "recomputed");
        CHECK(to_text(PartialRefundFee::proportional) == "proportional");
        CHECK(to_text(DisputeReason::reversed) == "reversed");
        CHECK(to_text(RefundItem::general) == "general");
        CHECK(to_text(RefundItem::add_on) == "add_on");
        CHECK(to_text(RefundItem::shipping) == "shipping");
    }
}
