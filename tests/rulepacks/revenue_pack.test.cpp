// SPDX-License-Identifier: BSL-1.0
// What packs of revenue rules have beyond those of campaigns: channels, stretches of days, parties; and what all packs
// keep to.
#include <crowdrules/rulepacks/load.hpp>
#include <crowdrules/rulepacks/pack.hpp>

#include <doctest/doctest.h>

#include <rulepacks/embedded.hpp>
#include <set>

using namespace crowdrules;

namespace {

bool holds(const std::string& text, std::string_view part) {
    return text.find(part) != text.npos;
}

Result<RulePack, Findings> pack_of(std::string_view rules) {
    return parse_pack(
        "pack='p'\nkind='revenue'\ntitle='P'\njurisdiction='j'\ndescription='d'\n"
        "[citations.a]\nsource='s'\nread='2026'\nevidence='official'\n" +
            std::string(rules),
        "p.toml");
}

std::string parsed(std::string_view rules) {
    const auto pack = pack_of(rules);
    return pack ? std::to_string(pack->rows().size()) + " rows" : to_text(pack.error());
}

std::string rule(std::string_view parameter, std::string_view rest) {
    return "[[rule]]\nparameter='" + std::string(parameter) + "'\ncite='a'\n" + std::string(rest) + "\n";
}

/// 30% direct from 2012, 10% from 2014; 10% wholesale in 2012 and 2013, then unknown.
constexpr const char* two_channels =
    "[[rule]]\nparameter='royalty.rate'\ncite='a'\nfrom=2012-01-01\n"
    "by_channel={direct={tiers=[{rate='30%'}]}}\n"
    "[[rule]]\nparameter='royalty.rate'\ncite='a'\nfrom=2014-01-01\nchannel='direct'\nvalue={tiers=[{rate='10%'}]}\n"
    "[[rule]]\nparameter='royalty.rate'\ncite='a'\nfrom=2012-01-01\nuntil=2013-12-31\nchannel=['wholesale','retail']\n"
    "value={less=['returns'],tiers=[{rate='10%'}]}\n"
    "[[rule]]\nparameter='royalty.rounding'\ncite='a'\nfrom=2012-01-01\nvalue='half_up'\n"
    "[[rule]]\nparameter='royalty.rounded'\ncite='a'\nfrom=2012-01-01\nvalue='running_total'\n";

RevenueDraft draft_of(const std::vector<std::string>& channels, std::string_view through) {
    RevenueDraft draft;
    revenue::RoyaltyWork work{"work", {}};
    for (const auto& channel : channels) work.channels.push_back({channel, {}});
    draft.accounts = {{"account", {work}}};
    draft.through = date(through);
    return draft;
}

std::string against(const RulePack& pack, std::string_view on, const RevenueDraft& draft) {
    const auto terms = pack.revenue_terms(date(on), draft);
    return terms ? std::string() : to_text(terms.error());
}

}  // namespace

TEST_SUITE_BEGIN("rulepacks");

TEST_CASE("a rule by channel is one row for each channel, and each currency where it has amounts") {
    CHECK(pack_of(two_channels)->rows().size() == 6);
    CHECK(pack_of(two_channels)->kind() == PackKind::revenue);
    CHECK(parsed(rule("royalty.rate",
                      "from=2012-01-01\nchannel=['a','b']\n[rule.by_currency]\n"
                      "USD={tiers=[{up_to='10.00',rate='0%'},{rate='5%'}]}\n"
                      "JPY={tiers=[{up_to='1000',rate='0%'},{rate='5%'}]}")) == "4 rows");
}

TEST_CASE("a revenue pack that says something else than it means is refused at its place") {
    const auto refused = [&](const std::string& rules, std::string_view part) {
        const auto error = parsed(rules);
        CAPTURE(error);
        CHECK(holds(error, "p.toml:"));
        CHECK(holds(error, part));
    };
    const std::string from = "from=2012-01-01\n";
    const std::string rate = "value={tiers=[{rate='5%'}]}";
    refused(rule("window.days", from + "value={minimum='1 day',maximum='2 days'}"),
            "p.toml:11:11: rule[1]: 'window.days' is no parameter");
    refused(rule("royalty.rates", from + "channel='a'\n" + rate), "accepted: royalty.rate");
    refused(rule("royalty.rate", from + rate), "accepted: a channel");
    refused(rule("royalty.rate", from + "channel='a'\ncountry='US'\n" + rate), "accepted: a channel");
    refused(rule("royalty.rate", from + "channel=''\n" + rate), "a channel without a name");
    refused(rule("royalty.rate", from + "channel='a'\nvalue={tiers=[{rate='101%'}]}"), "a rate of 101%");
    refused(rule("royalty.rate", from + "channel='a'\nvalue={tiers=[{up_to='1.00',rate='1%'},{rate='2%'}]}"),
            "of which currency is not said");
    refused(rule("royalty.rate", from + "channel='a'\nvalue={tiers=[{rate='5%'}],floor_per_unit='0.25 USD'}"),
            "of which currency is not said");
    refused(rule("royalty.rate", from + "channel='a'\nvalue={less=['tax','tax'],tiers=[{rate='5%'}]}"), "twice");
    refused(rule("royalty.rate", from + "channel='a'\nvalue={less=['taxes'],tiers=[{rate='5%'}]}"),
            "'taxes' is unknown here; did you mean 'tax'?");
    refused(rule("royalty.rate", from + "channel='a'\n" + rate + "\nby_channel={b={tiers=[{rate='5%'}]}}"),
            "a rule has one 'value'");
    refused(rule("royalty.rate", from + "channel='a'\ncurrency='USD'\n" + rate) +
                rule("royalty.rate", "from=2013-01-01\nchannel='a'\n" + rate),
            "but another value is for every currency");
    refused(rule("royalty.rate_bounds", from + "channel='a'\nvalue={minimum='9%',maximum='5%'}"),
            "the least is above the most");
    refused(rule("split.fees", from + "value=[{name='f',to='p',bands=[{rate='150%'}]}]"),
            "split.fees[1].bands[1].rate: ");
    refused(rule("split.fees", from + "value=[{name='f',bands=[{rate='15%'}]}]"), "'to' is missing");
    refused(rule("split.total", from + "value={weights='percent'}"), "split.total.weights");
    refused(rule("payouts.hold", from + "value='36 hours'"), "is no number of days");
    refused(rule("withholding", from + "value={form=[{rate='124%'}]}"), "'form' has a rate of 124%");
    refused(rule("support.stages", from + "value=[{supporters=5,within='1 day'},{supporters=5,within='1 day'}]"),
            "rising numbers of supporters");
    refused(rule("note.maturity", from + "value='sixteen'"), "note.maturity: ");
    CHECK(holds(to_text(parse_pack("pack='p'\nkind='revenues'\n", "p.toml").error()), "did you mean 'revenue'?"));
}

TEST_CASE("a pack makes terms of its own kind alone") {
    const auto revenue = pack_of(two_channels).value();
    const auto terms = revenue.campaign_terms(date("2012-01-01"), {});
    REQUIRE_FALSE(terms);
    CHECK(
        holds(to_text(terms.error()), "'p' is a pack of the kind 'revenue'; accepted: a pack of the kind 'campaign'"));
    CHECK_FALSE(load_pack("kickstarter")->revenue_terms(date("2012-01-01"), {}));
    CHECK(revenue.revenue_terms(date("2012-01-01"), {})->royalties == std::nullopt);
}

TEST_CASE("a stretch of days has every row that holds in it, and each sale its own") {
    const auto pack = pack_of(two_channels).value();
    const auto one_day = pack.revenue_terms(date("2013-12-31"), draft_of({"direct"}, "2013-12-31")).value();
    CHECK(one_day.royalties->accounts[0].works[0].channels[0].rates.rows().size() == 1);
    const auto terms = pack.revenue_terms(date("2013-12-31"), draft_of({"direct"}, "2014-01-01")).value();
    const auto& rates = terms.royalties->accounts[0].works[0].channels[0].rates;
    REQUIRE(rates.rows().size() == 2);
    CHECK(rates.on(date("2013-12-31"))->value.tiers[0].rate == rate("30%"));
    CHECK(rates.on(date("2014-01-01"))->value.tiers[0].rate == rate("10%"));
    CHECK(rates.on(date("2014-01-01"))->citation.source == "s");
    CHECK(terms.sources.contains("royalty.rate.direct"));
    CHECK(terms.pack == "p, as of 2013-12-31");
}

TEST_CASE("a day for which nothing is established is told, and what is given fills it") {
    const auto pack = pack_of(two_channels).value();
    CHECK(against(pack, "2013-12-31", draft_of({"wholesale"}, "2013-12-31")) == "");
    auto draft = draft_of({"wholesale"}, "2014-06-30");
    CHECK(holds(against(pack, "2013-12-31", draft),
                "royalty.rate.wholesale: not established for 'wholesale' in USD after 2013-12-31, on 2014-01-01; "
                "accepted: given.\"royalty.rate.wholesale\" = "));
    draft.given["royalty.rate.wholesale"] = parse_value("{ tiers = [{ rate = '7%' }] }").value();
    const auto terms = pack.revenue_terms(date("2013-12-31"), draft).value();
    const auto& rates = terms.royalties->accounts[0].works[0].channels[0].rates;
    CHECK(rates.on(date("2013-12-31"))->value.tiers[0].rate == rate("10%"));
    CHECK(rates.on(date("2014-01-01"))->value.tiers[0].rate == rate("7%"));
    CHECK(rates.on(date("2014-01-01"))->citation.evidence == Evidence::agreed);
    // Where everything is established, there is nothing to give.
    draft.through = date("2013-12-31");
    CHECK(holds(against(pack, "2013-12-01", draft), "and a plan cannot change that"));
    CHECK(holds(against(pack, "2011-12-31", draft_of({"direct"}, "2012-01-01")),
                "royalty.rate.direct: not on offer for 'direct' in USD before 2012-01-01, on 2011-12-31; accepted: a "
                "launch from 2012-01-01 on"));
}

TEST_CASE("what is given must be a parameter, and a channel goes with one") {
    const auto pack = pack_of(two_channels).value();
    auto draft = draft_of({"direct"}, "2012-01-01");
    draft.given["royalty.rate"] = parse_value("{ tiers = [{ rate = '7%' }] }").value();
    draft.given["royalty.ronding"] = Node::of("half_up");
    draft.given["royalty.reserve"] = Node::of("a little");
    const auto said = against(pack, "2012-01-01", draft);
    CHECK(holds(said, "'royalty.rate' is no parameter of a pack"));
    CHECK(holds(said, "'royalty.ronding' is no parameter of a pack; accepted: 'royalty.rounding'"));
    CHECK(holds(said, "royalty.reserve: \"a little\""));
}

TEST_CASE("a channel with rates of its own is the plan's, unless the pack knows it") {
    const auto pack = pack_of(two_channels).value();
    auto draft = draft_of({"direct", "licence"}, "2012-01-01");
    draft.accounts[0].works[0].channels[1].rates =
        Dated<revenue::RateTerms>({{date("2012-01-01"), {{}, {{{}, rate("50%")}}}, {}}});
    CHECK(against(pack, "2012-01-01", draft) == "");
    draft.accounts[0].works[0].channels[0].rates = draft.accounts[0].works[0].channels[1].rates;
    CHECK(holds(against(pack, "2012-01-01", draft),
                "royalty.rate.direct: 'work' has rates of its own for 'direct', but the pack has some too"));
}

TEST_CASE("a last day before the first is refused") {
    CHECK(holds(against(pack_of(two_channels).value(), "2012-02-01", draft_of({"direct"}, "2012-01-31")),
                "through: the last day of sales, 2012-01-31, is before 2012-02-01"));
}

TEST_CASE("a pack can be changed to ask what if, for one channel alone") {
    const auto pack = pack_of(two_channels).value();
    const Node value = parse_value("{ tiers = [{ rate = '20%' }] }").value();
    CHECK_FALSE(pack.with("royalty.rate", value));
    CHECK_FALSE(pack.with("royalty.rate", value, {{}, "US", "direct"}));
    CHECK_FALSE(pack.with("royalty.rate", Node::of("20%"), {{}, {}, "direct"}));
    const auto changed = pack.with("royalty.rate", value, {{}, {}, "direct"}).value();
    const auto terms = changed.revenue_terms(date("2012-01-01"), draft_of({"direct", "retail"}, "2013-12-31")).value();
    const auto& channels = terms.royalties->accounts[0].works[0].channels;
    CHECK(channels[0].rates.on(date("2013-01-01"))->value.tiers[0].rate == rate("20%"));
    CHECK(channels[1].rates.on(date("2013-01-01"))->value.tiers[0].rate == rate("10%"));
    CHECK(terms.pack == "p, as of 2012-01-01, changed: royalty.rate");
    // What holds for every currency is not changed for one.
    const auto refused = pack.with("royalty.rate", value, {"USD", {}, "direct"});
    REQUIRE_FALSE(refused);
    CHECK(holds(to_text(refused.error()), "it holds for every currency"));
}

TEST_CASE("a fee off the top goes to a party, rounded as the pack or the plan says") {
    const auto pack = pack_of(rule("split.fees",
                                   "from=2012-01-01\n[[rule.value]]\nname='store'\nto='store'\n"
                                   "bands=[{rate='15%'}]") +
                              rule("split.fees", "from=2013-01-01\nvalue=[]") +
                              rule("split.total", "from=2012-01-01\nvalue={weights='relative'}") +
                              rule("split.dividing", "from=2012-01-01\nvalue={decided='running_total'}"))
                          .value();
    RevenueDraft draft;
    draft.shares = {{revenue::PayeeId{1}, 1}};
    draft.through = date("2013-12-31");
    const auto said = against(pack, "2012-01-01", draft);
    CHECK(holds(said, "parties.store: the rules pay"));
    CHECK(holds(said, "split.fee_rounding: how 'store' is rounded"));
    draft.parties = {{"store", revenue::PayeeId{2}}};
    draft.given["split.fee_rounding"] = Node::of("half_up");
    const auto terms = pack.revenue_terms(date("2012-01-01"), draft).value();
    CHECK(share_once(terms.split->on(date("2012-12-31"))->value, usd("1.10")).fees[0].paid == usd("0.17"));
    CHECK(terms.split->on(date("2013-01-01"))->value.fees.empty());
}

TEST_CASE(
    "every pack that comes along loads, is of a kind, and is the same when its values are written and read again") {
    std::set<std::string> kinds;
    for (const std::string& name : pack_names()) {
        CAPTURE(name);
        const auto pack = load_pack(name);
        REQUIRE_MESSAGE(pack, (pack ? "" : to_text(pack.error())));
        CHECK(pack->name() == name);
        CHECK_FALSE(pack->description().empty());
        kinds.insert(std::string(to_text(pack->kind())));
        for (const PackRow& row : pack->rows()) {
            CAPTURE(row.parameter);
            CHECK_FALSE(row.citation.source.empty());
            CHECK_FALSE(row.citation.read.empty());
            CHECK(row.citation.evidence != Evidence::agreed);
            const auto again = parse_value(to_text(row.value));
            REQUIRE(again);
            CHECK(to_text(*again) == to_text(row.value));
            CHECK(pack->row(row.parameter, row.scope, row.from) == &row);
            CHECK(pack->with(row.parameter, *again, row.scope));
        }
    }
    CHECK(kinds.size() == 3);
    CHECK(pack_names().size() == detail::embedded_packs().size());
}

TEST_SUITE_END();
