// SPDX-License-Identifier: BSL-1.0
#include <doctest/doctest.h>

#include "../campaign/described.hpp"
#include <community/schema/command.hpp>
#include <community/schema/event.hpp>
#include <community/rules.hpp>
#include <set>
#include <string>

namespace crowdrules::community {

namespace {

template <class T>
void check_fields() {
    T value{};
    detail::Names names;
    describe(names, value);
    CAPTURE(__PRETTY_FUNCTION__);
    CHECK(names.count == detail::field_count<T>());
    CHECK(names.names.size() == names.count);
}

template <class... Alternatives>
void check_alternatives(const std::variant<Alternatives...>*) {
    (check_fields<Alternatives>(), ...);
    CHECK(std::set<std::string_view>{detail::alternative_name<Alternatives>...}.size() == sizeof...(Alternatives));
}

}  // namespace

TEST_SUITE_BEGIN("community");

TEST_CASE("every field of a community's terms, commands and events has a name of its own") {
    check_fields<SubmissionTerms>();
    check_fields<RoundTerms>();
    check_fields<InfluencePolicy>();
    check_fields<RightsTerms>();
    check_fields<CommunityRoyalty>();
    check_fields<revenue::RoyaltyChannel>();
    check_fields<RoyaltyPayouts>();
    check_fields<Terms>();
    check_fields<ProductPhase>();
    check_fields<Bucket>();
    check_fields<BucketClaims>();
    check_fields<Claim>();
    check_fields<PickedWinner>();
    check_fields<SaleDeduction>();
    check_fields<RoyaltyPart>();
    check_fields<Event>();
    check_fields<Command>();
    check_alternatives(static_cast<CommandBody*>(nullptr));
    check_alternatives(static_cast<EventBody*>(nullptr));
    detail::check_names<PhaseKind>();
    detail::check_names<RightsEvent>();
    detail::check_names<revenue::Deduction>();
}

TEST_CASE("commands of any difference have fingerprints that differ") {
    std::set<std::uint64_t> seen;
    const auto add = [&](CommandBody what) {
        seen.insert(fingerprint_of({.id = CommandId{1}, .at = {}, .what = std::move(what)}));
    };
    add(JoinCommunity{MemberId{1}});
    add(LeaveCommunity{MemberId{1}});
    add(JoinCommunity{MemberId{2}});
    add(RecordSale{SaleId{1}, IdeaId{1}, "direct", date("2012-01-01"), 1, usd("1.00")});
    add(RecordSale{SaleId{1}, IdeaId{1}, "direct", date("2012-01-02"), 1, usd("1.00")});
    add(RecordSale{SaleId{1}, IdeaId{1}, "direct", date("2012-01-02"), 1, eur("1.00")});
    add(OpenPresale{IdeaId{1}, nullptr, "buyers", "staff"});
    campaign::Terms terms;
    add(OpenPresale{IdeaId{1}, std::make_shared<const campaign::Terms>(terms), "buyers", "staff"});
    terms.sources["model.goal"] = {};
    add(OpenPresale{IdeaId{1}, std::make_shared<const campaign::Terms>(terms), "buyers", "staff"});
    add(ActOnPresale{IdeaId{1}, campaign::CloseEarly{}});
    add(ActOnPresale{IdeaId{1}, campaign::CancelPledge{PledgeId{1}}});
    CHECK(seen.size() == 11);
    add(OpenPresale{IdeaId{1}, std::make_shared<const campaign::Terms>(terms), "buyers", "staff"});
    CHECK(seen.size() == 11);
}

TEST_SUITE_END();

}  // namespace crowdrules::community
