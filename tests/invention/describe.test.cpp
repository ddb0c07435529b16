// SPDX-License-Identifier: BSL-1.0
#include <doctest/doctest.h>

#include "../campaign/described.hpp"
#include <invention/describe_command.hpp>
#include <invention/describe_event.hpp>
#include <invention/rules.hpp>
#include <set>
#include <string>

namespace crowdrules::detail {

namespace {

template <class T>
void check_fields() {
    T value{};
    Names names;
    describe(names, value);
    CAPTURE(__PRETTY_FUNCTION__);
    CHECK(names.count == field_count<T>());
    CHECK(names.names.size() == names.count);
}

template <class... Alternatives>
void check_alternatives(const std::variant<Alternatives...>*) {
    (check_fields<Alternatives>(), ...);
    CHECK(std::set<std::string_view>{alternative_name<Alternatives>...}.size() == sizeof...(Alternatives));
}

}  // namespace

TEST_SUITE_BEGIN("invention");

TEST_CASE("every field of an invention's terms, commands and events has a name of its own") {
    check_fields<SubmissionTerms>();
    check_fields<RoundTerms>();
    check_fields<InfluencePolicy>();
    check_fields<RightsTerms>();
    check_fields<CommunityRoyalty>();
    check_fields<RoyaltyChannel>();
    check_fields<RoyaltyPayouts>();
    check_fields<InventionTerms>();
    check_fields<ProductPhase>();
    check_fields<Bucket>();
    check_fields<BucketClaims>();
    check_fields<Claim>();
    check_fields<PickedWinner>();
    check_fields<SaleDeduction>();
    check_fields<RoyaltyPart>();
    check_fields<InventionEvent>();
    check_fields<InventionCommand>();
    check_alternatives(static_cast<InventionCommandBody*>(nullptr));
    check_alternatives(static_cast<InventionEventBody*>(nullptr));
    check_names<PhaseKind>();
    check_names<RightsEvent>();
    check_names<Deduction>();
}

TEST_CASE("commands of any difference have fingerprints that differ") {
    std::set<std::uint64_t> seen;
    const auto add = [&](InventionCommandBody what) {
        seen.insert(fingerprint_of({.id = CommandId{1}, .at = {}, .what = std::move(what)}));
    };
    add(JoinCommunity{MemberId{1}});
    add(LeaveCommunity{MemberId{1}});
    add(JoinCommunity{MemberId{2}});
    add(RecordSale{SaleId{1}, IdeaId{1}, "direct", date("2012-01-01"), 1, usd("1.00")});
    add(RecordSale{SaleId{1}, IdeaId{1}, "direct", date("2012-01-02"), 1, usd("1.00")});
    add(RecordSale{SaleId{1}, IdeaId{1}, "direct", date("2012-01-02"), 1, eur("1.00")});
    add(OpenPresale{IdeaId{1}, nullptr, "buyers", "staff"});
    Terms terms;
    add(OpenPresale{IdeaId{1}, std::make_shared<const Terms>(terms), "buyers", "staff"});
    terms.sources["model.goal"] = {};
    add(OpenPresale{IdeaId{1}, std::make_shared<const Terms>(terms), "buyers", "staff"});
    add(ActOnPresale{IdeaId{1}, CloseEarly{}});
    add(ActOnPresale{IdeaId{1}, CancelPledge{PledgeId{1}}});
    CHECK(seen.size() == 11);
    add(OpenPresale{IdeaId{1}, std::make_shared<const Terms>(terms), "buyers", "staff"});
    CHECK(seen.size() == 11);
}

TEST_SUITE_END();

}  // namespace crowdrules::detail
