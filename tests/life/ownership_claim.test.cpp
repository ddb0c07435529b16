// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/contract.hpp>
#include <crowdrules/life/ownership_claim.hpp>

#include <doctest/doctest.h>

using namespace crowdrules;

TEST_SUITE_BEGIN("life");

TEST_CASE("claims are open until they are decided, each on its own product") {
    using State = OwnershipClaim::State;
    OwnershipClaims claims;
    claims.raise(ClaimId{7}, {.claimant = "Rex", .on = "the hinge", .product = 1});
    claims.raise(ClaimId{3}, {.claimant = "Eve", .on = "the name", .product = 1});
    claims.raise(ClaimId{5}, {.claimant = "Zoe", .on = "the shade", .product = 2});
    CHECK(claims.size() == 3);
    CHECK(claims.first_open(1) == ClaimId{3});
    CHECK_FALSE(claims.any_open());  // on the whole
    CHECK(claims.is_last_open(ClaimId{5}));
    CHECK_FALSE(claims.is_last_open(ClaimId{3}));
    CHECK(to_text(ClaimId{7}, *claims.find(ClaimId{7})) == "claim 7 of Rex on the hinge");

    CHECK(claims.decide(ClaimId{3}, State::dismissed).product == 1);
    CHECK(claims.first_open(1) == ClaimId{7});
    CHECK(claims.is_last_open(ClaimId{7}));
    CHECK_FALSE(claims.is_last_open(ClaimId{3}));
    claims.decide(ClaimId{7}, State::upheld);
    CHECK_FALSE(claims.any_open(1));
    CHECK(claims.first_open(1).is_none());
    CHECK(claims.any_open(2));
    CHECK(claims.find(ClaimId{7})->state == State::upheld);

    CHECK_THROWS_AS(claims.raise(ClaimId{7}, {}), ContractViolation);
    CHECK_THROWS_AS(claims.raise(ClaimId{}, {}), ContractViolation);
    CHECK_THROWS_AS(claims.decide(ClaimId{9}, State::dismissed), ContractViolation);
    CHECK(claims.find(ClaimId{9}) == nullptr);
}

TEST_SUITE_END();
