// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/stories/check.hpp>
#include <crowdrules/stories/plan/play.hpp>
#include <crowdrules/stories/story.hpp>

#include <doctest/doctest.h>

using namespace crowdrules;

namespace {

/// Sales, a royalty, its two authors and what they are paid; `timeline` and `more` are put in.
std::string text(const std::string& timeline, const std::string& more = "") {
    return "timeline = [" + timeline + R"(]
[plan]
title = "A book"
currency = "USD"
[royalty.contract]
rate = "10%"
rounding = "half_even"
reserve = { rates = ["10%"] }
to = "authors"
[split.authors]
shares = { Anna = 60, Ben = 40 }
[distribution]
minimum = "10.00"
hold_days = 30
[payees.Ben]
withholding = [{ rate = "24%", rounding = "half_even" }]
)" + more;
}

const std::string two_periods = R"(
    { on = 2012-03-31, sale = { units = 10, gross = "1000.00" } },
    { on = 2012-03-31, period_end = "contract" },
    { on = 2012-05-31, pay_out = {} },
    { on = 2012-06-30, period_end = "contract" },
    { on = 2012-09-30, pay_out = {} },
)";

RevenuePlan parsed(const std::string& plan) {
    auto read = parse_plan(plan, "book.toml");
    REQUIRE_MESSAGE(read.has_value(), (read ? "" : to_text(read.error())));
    return std::move(*read);
}
PlanPlay played(const std::string& plan) {
    auto result = play(parsed(plan));
    REQUIRE_MESSAGE(result.has_value(), (result ? "" : to_text(result.error())));
    return std::move(*result);
}
std::string first_error(const std::string& plan) {
    const auto read = parse_plan(plan, "book.toml");
    return read ? "no error" : to_text(read.error().front());
}
std::string figure_text(const PlanBook& book, std::string_view name) {
    const auto value = figure(book, name);
    return value ? to_text(*value) : "none";
}
std::string journal_of(const PlanBook& book) {
    std::string journal;
    write_journal(book, [&](std::string_view line) { journal += line; });
    return journal;
}

}  // namespace

TEST_SUITE_BEGIN("stories");

TEST_CASE("plan: names are shown as they are written, whatever signs they have") {
    const std::string page = report(played(R"(timeline = [{ on = 2026-01-01, receipt = { amount = "100.00" } }]
[plan]
title = "Names"
currency = "USD"
[split.income]
shares = { "J. Doe" = 25, "St. Mary's Ltd." = 25, "a.b" = 20, "a_b" = 20, "a b" = 10 }
)").book);
    for (const char* line : {"\n  to J. Doe ", "\n  to St. Mary's Ltd. ", "\n  to a.b ", "\n  to a_b ", "\n  to a b "})
        CHECK_MESSAGE(page.find(line) != std::string::npos, page);
}

TEST_CASE("plan: a payee with a wrong field is told once, and not again where they are named") {
    const auto read = parse_plan(text("{ on = 2026-01-10, earning = { to = \"Cleo\", amount = \"1.00\" } }",
                                      "[payees.Cleo]\nwithholding = [{ rate = \"5%\", above = \"67.00\" }]\n"),
                                 "book.toml");
    REQUIRE_FALSE(read);
    for (const Finding& finding : read.error()) CHECK(finding.where.line == 18);
}

TEST_CASE("plan: sales earn a royalty, which is shared, held, withheld from and paid out") {
    const PlanBook book = played(text(two_periods)).book;
    CHECK(figure_text(book, "contract.1.payable") == "90.00 USD");
    CHECK(figure_text(book, "contract.2.payable") == "10.00 USD");
    CHECK(figure_text(book, "contract.payable") == "100.00 USD");
    CHECK(figure_text(book, "authors.payees.Anna") == "60.00 USD");
    CHECK(figure_text(book, "distribution.1.Anna.paid") == "54.00 USD");
    CHECK(figure_text(book, "distribution.1.Ben.withheld") == "8.64 USD");
    // 4.00 from the second period is below the minimum.
    CHECK(figure_text(book, "distribution.last.Ben.paid") == "0.00 USD");
    CHECK(figure_text(book, "distribution.last.Ben.outcome") == "below the minimum");
    CHECK(figure_text(book, "holders.Ben") == "4.00 USD");
    CHECK(figure_text(book, "holders.withheld") == "8.64 USD");
    CHECK(figure_text(book, "holders.contract") == "0.00 USD");
    CHECK(figure_text(book, "contract.3.payable") == "none");
    Decimal together;
    for (const auto& [holder, amount] : holders(book)) together = together + amount;
    CHECK(together.is_zero());
}

TEST_CASE("plan: a refused line leaves everything as it was, and a line says which refusal it expects") {
    const std::string sold_and_more = R"(
    { on = 2012-03-31, sale = { units = 10, gross = "1000.00" } },
    { on = 2012-03-31, return = { units = 11, gross = "1000.01" }, refused = "royalty.contract.sales.returns" },
    { on = 2012-03-31, return = { units = 1, gross = "100.00" } },
    { on = 2012-03-31, period_end = "contract", expect = { contract.last.earned = "90.00" } },
    { on = 2012-04-29, pay_out = {}, expect = { distribution.last.Anna.carried = "48.60" } },
    { on = 2012-04-29, remove = "Anna", refused = "distribution.remove" },
)";
    const PlanPlay play = played(text(sold_and_more));
    CHECK(play.surprises().empty());
    CHECK(play.refusals.size() == 2);
    CHECK(play.refusals[1].why.what.find("Anna") != std::string::npos);
    CHECK(figure_text(play.book, "contract.earned") == "90.00 USD");
    CHECK(figure_text(play.book, "holders.Anna") == "48.60 USD");

    const PlanPlay surprised = played(text(R"({ on = 2012-03-31, return = { units = 1, gross = "1.00" } })"));
    REQUIRE(surprised.surprises().size() == 1);
    CHECK(surprised.surprises().front().find("book.toml:1:") == 0);
}

TEST_CASE("plan: what is expected is compared by its kind, and names that are none are told") {
    const auto surprises = [](const std::string& expect) {
        const auto lines = played(text(two_periods, "[expect]\n" + expect)).surprises();
        return lines.empty() ? "none" : lines.front();
    };
    CHECK(surprises("contract.payable = \"100\"") == "none");
    CHECK(surprises("contract.units = 10") == "none");
    CHECK(surprises("contract.units = \"10\"") != "none");
    CHECK(surprises("contract.payable = 100") != "none");
    CHECK(surprises("contract.payable = { about = \"99.00\", within = \"1.00\" }") == "none");
    CHECK(surprises("contract.payable = { about = \"99.00\", within = \"0.99\" }") != "none");
    CHECK(surprises("contract.payble = \"100\"").find("did you mean 'contract.payable'?") != std::string::npos);
    CHECK(surprises("distribution.Ben.outcome = \"below the minimum\"") == "none");
}

TEST_CASE("plan: a book replays from its journal to the identical statement, and altered lines are found") {
    const PlanBook book = played(text(two_periods)).book;
    const std::string journal = journal_of(book);
    PlanJournalReader reader("j");
    for (const char byte : journal) REQUIRE(reader.add(std::string_view(&byte, 1)));
    const auto again = reader.finish();
    REQUIRE(again);
    CHECK(*again == book);
    CHECK(report(*again) == report(book));
    CHECK(journal_of(*again) == journal);
    for (std::size_t at = 0; at < journal.size(); at += 7) {
        if (journal[at] == '\n') continue;
        std::string altered = journal;
        altered[at] = static_cast<char>(altered[at] ^ 1);
        PlanJournalReader suspicious("j");
        CHECK_FALSE((suspicious.add(altered) && suspicious.finish()));
    }
}

TEST_CASE("plan: every figure of the statement can be explained") {
    const PlanBook book = played(text(two_periods)).book;
    const auto names = figure_names(book);
    CHECK(names.size() > 40);
    for (const std::string& name : names) {
        CAPTURE(name);
        const auto why = explain(book, name);
        REQUIRE(why);
        CHECK(why->value == to_text(figure(book, name).value()));
    }
    const std::string paid = to_text(explain(book, "distribution.1.Ben.withheld").value());
    CHECK(paid.find("24% of 36.00 USD") != std::string::npos);
    CHECK_FALSE(explain(book, "distribution.Bne.paid"));
}

TEST_CASE("plan: the reasons of a figure make the figure, or are none of it") {
    const PlanBook book = played(R"(timeline = [{ on = 2020-01-01, receipt = { amount = "30.00" } }]
[plan]
title = "Two steps to one payee"
currency = "USD"
[waterfall.film]
steps = [
    { name = "first", fixed = { amount = "10.00" }, to = "J. Doe" },
    { name = "rest", divide = {}, to = { "J. Doe" = 50, Ben = 50 } },
])").book;
    const auto reasons = [&](std::string_view name) {
        std::string list;
        const Derivation why = explain(book, name).value();
        for (const Derivation& part : why.from) list += part.figure + " " + part.value + ", ";
        return list;
    };
    CHECK(reasons("film.payees.J. Doe") == "J. Doe 10.00 USD, J. Doe 10.00 USD, ");
    CHECK(reasons("film.steps.rest.paid") == "J. Doe 10.00 USD, Ben 10.00 USD, ");

    const PlanBook sold = played(text(two_periods)).book;
    CHECK(explain(sold, "contract.1.gross").value().from.empty());  // what is payable says nothing of it
    CHECK_FALSE(explain(sold, "contract.1.payable").value().from.empty());
}

TEST_CASE("plan: what cannot be read is told with its place") {
    CHECK(first_error(text("{ on = 2012-03-31, sale = { gross = 1000.0 } }")).find("book.toml:1:") == 0);
    CHECK(first_error(text("{ on = 2012-03-31, sale = { gross = 1000 } }")).find("an amount as text") !=
          std::string::npos);
    CHECK(first_error(text("{ sale = { gross = \"1.00\" } }")).find("a line without a day") != std::string::npos);
    CHECK(first_error(text("{ on = 2012-03-31, pay_out = {} }, { on = 2012-03-30, pay_out = {} }"))
              .find("2012-03-30 after 2012-03-31") != std::string::npos);
    CHECK(first_error(text("{ on = 2012-03-31, remove = \"Annna\" }"))
              .find("nobody here is called 'Annna'; accepted: 'Anna'") != std::string::npos);
    CHECK(first_error(text("{ on = 2012-03-31, period_end = \"contact\" }"))
              .find("there is no royalty or note 'contact'; accepted: 'contract'") != std::string::npos);
    CHECK(first_error(text("", "[split.circle]\nshares = { authors = 1, circle = 99 }\n"))
              .find("parts feed each other in a circle: circle -> circle") != std::string::npos);
    CHECK(first_error(text("", "[note.authors]\n")).find("something else has this name already") != std::string::npos);
    CHECK(first_error(text("", "[split.more]\nshares = { outside = 100 }\n")).find("this name for something else") !=
          std::string::npos);
    CHECK(first_error(text("{ on = 2012-03-31, gift = { amount = \"1.00\" } }",
                           "[match.pool]\nsponsors = { Dora = \"1.00\" }\nfactor = \"1\"\nrounding = \"down\"\n"))
              .find("a gift to nobody") != std::string::npos);
    CHECK(first_error(text("{ on = 2012-03-31, sale = { gross = \"1.00\", tax = \"-1.00\" } }"))
              .find("a deduction below zero") != std::string::npos);
    CHECK(first_error("[plan]\ntitle = \"A\"\ncurrency = \"USD\"\n").find("a plan without parts") != std::string::npos);
}

TEST_SUITE_END();
