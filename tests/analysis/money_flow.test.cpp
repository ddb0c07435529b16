// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/analysis/money_flow.hpp>

#include <doctest/doctest.h>

#include "../stories/campaign/sample_play.hpp"
#include <numeric>

using namespace crowdrules;
using crowdrules::test::played;

namespace {

std::string text(const std::vector<FlowPart>& parts) {
    std::string all;
    for (const FlowPart& part : parts) all += (all.empty() ? "" : ", ") + part.name + " " + to_text(part.amount);
    return all;
}

Money sum(const std::vector<FlowPart>& parts) {
    return std::accumulate(parts.begin(), parts.end(), usd("0"),
                           [](Money so_far, const FlowPart& part) { return so_far + part.amount; });
}

void balances(const MoneyFlow& flow) {
    CHECK(flow.collected + sum(flow.not_collected) == flow.pledged);
    CHECK(flow.collected + sum(flow.put_in) == sum(flow.went_to));
}

}  // namespace

TEST_SUITE_BEGIN("analysis");

TEST_CASE("money flow: everything that was pledged, to the last cent") {
    const Play play = played(R"(
        { at = "launch", pledge = { by = "Anna", amount = "60.00" } },
        { at = "launch + 1 day", pledge = { by = "Ben", amount = "70.00" } },
        { at = "launch + 2 days", pledge = { by = "Cleo", amount = "30.00" } },
        { at = "launch + 3 days", cancel = "Cleo" },
        { at = "launch + 4 days", pledge = { by = "Dora", amount = "20.00", failing = 1, mended = 0 } },
        { at = "deadline + 1 day", refund = "Ben" },
    )");
    const MoneyFlow flow = money_flow(play.campaign);
    CHECK(flow.pledged == usd("180.00"));
    CHECK(flow.collected == usd("130.00"));
    CHECK(text(flow.not_collected) == "dropped 20.00 USD, cancelled 30.00 USD");
    CHECK(flow.put_in.empty());
    CHECK(text(flow.went_to) ==
          "creator 55.00 USD, platform fee 3.00 USD, processing fee 2.00 USD, refunded 70.00 USD");
    balances(flow);
    CHECK(pledge_outcomes(play.campaign).size() == 4);
}

TEST_CASE("money flow: whoever puts money in besides the backers is a source") {
    const Play play = played(R"(
        { at = "launch", pledge = { by = "Anna", amount = "100.00" } },
        { at = "success + 20 days", refund = "Anna" },
    )");
    const MoneyFlow flow = money_flow(play.campaign);
    CHECK(text(flow.put_in) == "owed by the creator 8.20 USD");
    CHECK(text(flow.went_to) == "platform fee 5.00 USD, processing fee 3.20 USD, refunded 100.00 USD");
    balances(flow);
}

TEST_CASE("money flow: a failure, a campaign without pledges, and charges still open") {
    const MoneyFlow failed = money_flow(played(R"({ at = "launch", pledge = { amount = "99.00" } })").campaign);
    CHECK(text(failed.not_collected) == "released 99.00 USD");
    balances(failed);
    const MoneyFlow nobody = money_flow(played("").campaign);
    CHECK(nobody.pledged == usd("0"));
    balances(nobody);
    const MoneyFlow open = money_flow(
        played(R"({ at = "launch", pledge = { amount = "100.00" } })", "[settlement]\ncharges = \"by hand\"\n")
            .campaign);
    CHECK(text(open.not_collected).find("100.00 USD") != std::string::npos);
    balances(open);
}

TEST_CASE("money flow: instalments in every state") {
    const std::string plan = R"([terms.instalments]
count = 3
first_after = "0 seconds"
cadence = { months = 1 }
spare = "first"
retry_first = "7 days"
retry_later = "14 days"
)";
    const Play play = played(R"(
        { at = "launch", pledge = { by = "Anna", amount = "100.00", in_instalments = true } },
        { at = "launch", pledge = { by = "Ben", amount = "50.00", in_instalments = true } },
        { at = "success + 40 days", refund = { of = "Ben", amount = "40.00" } },
    )",
                             plan);
    balances(money_flow(play.campaign));
}

TEST_SUITE_END();
