// SPDX-License-Identifier: BSL-1.0
// Plans made up at random, with fixed seeds: what must hold for every plan, whatever happens to it.
#include <crowdrules/stories/plan/play.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>

using namespace crowdrules;

namespace {

class Dice {
  public:
    explicit Dice(std::uint64_t seed) : engine_(seed) {}

    /// From `least` to `greatest`, both included. The same on every machine, which distributions are not.
    std::int64_t roll(std::int64_t least, std::int64_t greatest) {
        return least + static_cast<std::int64_t>(engine_() % static_cast<std::uint64_t>(greatest - least + 1));
    }
    bool one_in(std::int64_t sides) { return roll(1, sides) == 1; }
    std::string amount(std::int64_t least, std::int64_t greatest) {
        return "\"" + to_amount_text(Money(roll(least, greatest), USD)) + "\"";
    }
    std::string percent(std::int64_t least, std::int64_t greatest) {
        return "\"" + std::to_string(roll(least, greatest)) + "." + std::to_string(roll(0, 9)) + "%\"";
    }

  private:
    std::mt19937_64 engine_;
};

/// A royalty, a split with a fee, a waterfall that feeds another split, a note and a distribution.
std::string any_parts(Dice& dice) {
    std::string text = "[plan]\ntitle = \"Any plan\"\ncurrency = \"USD\"\n";
    text += "[royalty.contract]\nto = \"authors\"\nrounding = \"half_even\"\n";
    if (dice.one_in(2))
        text += "reserve = { rates = [" + dice.percent(1, 30) +
                "], released_after = " + std::to_string(dice.roll(1, 3)) + " }\n";
    if (dice.one_in(3)) text += "cap = " + dice.amount(100'00, 900'00) + "\n";
    text += "channels = [{ name = \"shop\", rate = " + dice.percent(1, 40) +
            " }, { name = \"club\", less = [\"discounts\"], tiers = [{ up_to = " + dice.amount(1'00, 500'00) +
            ", rate = " + dice.percent(1, 10) + " }, { rate = " + dice.percent(10, 30) + " }] }]\n";
    const auto shares = [&](std::vector<std::string> names) {
        std::string list;
        for (const std::string& name : names)
            list += (list.empty() ? "" : ", ") + name + " = " + std::to_string(dice.roll(1, 999));
        return "{ " + list + " }";
    };
    text += "[split.authors]\ntotalling = \"relative\"\nshares = " + shares({"Anna", "Ben", "Chris"}) + "\n";
    if (dice.one_in(2))
        text += "fees = [{ name = \"agent\", rate = " + dice.percent(1, 20) +
                ", fixed = \"0.01\", rounding = \"half_up\", to = \"agent\" }]\n";
    if (dice.one_in(3))
        text += std::string("dividing = \"") + (dice.one_in(2) ? "each_payment_cut" : "running_total_cut") + "\"\n";
    text += "[waterfall.film]\ninvestors = [\"investors\"]\nsteps = [\n";
    text += "  { name = \"agent\", off_the_top = { rate = " + dice.percent(1, 20) + " }, to = \"agent\" },\n";
    text += "  { name = \"costs\", fixed = { amount = " + dice.amount(1'00, 900'00) + " }, to = \"lender\" },\n";
    text += "  { name = \"capital\", return_of_capital = {}, to = \"investors\" },\n";
    text +=
        "  { name = \"preferred\", preferred_return = { rate = \"8%\", compounding = \"yearly\" }, to = \"investors\" "
        "},\n";
    text += "  { name = \"double\", divide = { until_multiple = \"2\" }, to = { investors = 80, authors = 20 } },\n";
    text += "  { name = \"rest\", divide = {}, to = " + shares({"investors", "authors"}) + " },\n]\n";
    text += "[note.loan]\nholders = { Dora = " + dice.amount(1'00, 500'00) + ", Emil = " + dice.amount(1'00, 500'00) +
            " }\nrevenue_share = " + dice.percent(1, 20) + "\nmultiple = \"1." + std::to_string(dice.roll(0, 9)) +
            "\"\nrounding = \"half_even\"\n";
    text += "[payees.Ben]\nwithholding = [{ rate = " + dice.percent(1, 30) + ", rounding = \"half_up\" }]\n";
    text += "[distribution]\nminimum = " + dice.amount(0, 50'00) + "\nhold_days = " + std::to_string(dice.roll(0, 60)) +
            "\n";
    return text;
}

/// Lines in order of their days, some of which are refused.
std::string any_timeline(Dice& dice) {
    std::string text = "timeline = [\n";
    Date day = std::chrono::year{2020} / 1 / 1;
    const int lines = static_cast<int>(dice.roll(5, 40));
    for (int i = 0; i < lines; ++i) {
        day = Date(std::chrono::sys_days(day) + std::chrono::days(dice.roll(0, 40)));
        const std::string channel = dice.one_in(2) ? "shop" : "club";
        const std::string payee = dice.one_in(2) ? "Anna" : "Ben";
        text += "  { on = " + to_text(day) + ", ";
        switch (dice.roll(1, 13)) {
            case 1:
            case 2:
                text += "sale = { channel = \"" + channel + "\", units = 1, gross = " + dice.amount(1, 999'99) + " }";
                break;
            case 3:
                text += "return = { channel = \"" + channel + "\", units = 1, gross = " + dice.amount(1, 300'00) + " }";
                break;
            case 4:
                text += "period_end = \"contract\"";
                break;
            case 5:
                text += "advance = { name = \"advance " + std::to_string(i) + "\", amount = " + dice.amount(1, 50'00) +
                        " }";
                break;
            case 6:
                text += "receipt = { into = \"authors\", amount = " + dice.amount(1, 500'00) + " }";
                break;
            case 7:
                text += "return = { of = \"authors\", amount = " + dice.amount(1, 200'00) + " }";
                break;
            case 8:
                text += "receipt = { into = \"film\", amount = " + dice.amount(1, 2'000'00) + " }";
                break;
            case 9:
                text += "contribution = { into = \"film\", amount = " + dice.amount(1, 700'00) + " }";
                break;
            case 10:
                text += "period_end = { of = \"loan\", revenue = " + dice.amount(0, 5'000'00) + " }";
                break;
            case 11:
                text += dice.one_in(2) ? "dispute = { of = \"" + payee + "\" }"
                                       : "dispute_settled = { of = \"" + payee + "\" }";
                break;
            case 12:
                text += "change = { from = " + to_text(day) +
                        ", totalling = \"relative\", shares = { Anna = " + std::to_string(dice.roll(1, 9)) +
                        ", Ben = 5 }, borne_by = \"each\" }";
                break;
            default:
                text += "pay_out = {}";
                break;
        }
        text += " },\n";
    }
    day = Date(std::chrono::sys_days(day) + std::chrono::days(90));
    return text + "  { on = " + to_text(day) + ", pay_out = {} },\n]\n";
}

PlanPlay played(const std::string& text) {
    const auto plan = parse_plan(text, "any.toml");
    REQUIRE_MESSAGE(plan.has_value(), (plan ? "" : to_text(plan.error()) + text));
    auto result = play(*plan);
    REQUIRE_MESSAGE(result.has_value(), (result ? "" : to_text(result.error()) + text));
    return std::move(*result);
}

Decimal number_of(const PlanBook& book, std::string_view name) {
    const auto value = figure(book, name);
    if (!value) return 0;
    if (const auto* amount = std::get_if<Money>(&*value)) return amount->units();
    return std::get<Decimal>(*value);
}

std::optional<Money> amount_in(const PlanEntry& entry, const std::string& name) {
    for (const PlanFigure& figure : entry.figures)
        if (figure.name == name) return std::get<Money>(figure.value);
    return std::nullopt;
}

}  // namespace

TEST_SUITE_BEGIN("stories");

TEST_CASE("any plan: nothing is lost or made, whatever is sold, returned, disputed, changed or paid") {
    std::size_t refused = 0, accepted = 0;
    for (std::uint64_t seed = 1; seed <= 150; ++seed) {
        Dice dice(seed);
        const std::string parts = any_parts(dice);
        const std::string text = any_timeline(dice) + parts;
        CAPTURE(seed);
        const PlanPlay play = played(text);
        const PlanBook& book = play.book;
        refused += play.refusals.size();
        accepted += book.entries.size();

        Decimal together;
        for (const auto& [holder, amount] : holders(book)) together = together + amount;
        CHECK(together.is_zero());
        // What a part keeps is what its figures say, and nothing else.
        CHECK(number_of(book, "holders.contract") ==
              number_of(book, "contract.reserved") + number_of(book, "contract.carried"));
        CHECK(number_of(book, "holders.authors") == number_of(book, "authors.held") + number_of(book, "authors.pot"));
        CHECK(number_of(book, "holders.film").is_zero());
        CHECK(number_of(book, "holders.loan").is_zero());
        // What a payee has is what the last statement carries.
        for (const char* payee : {"Anna", "Ben", "Chris", "agent", "investors", "lender", "Dora", "Emil"})
            CHECK(number_of(book, std::string("holders.") + payee) ==
                  number_of(book, std::string("distribution.") + payee + ".carried"));
    }
    CHECK(refused > 100);
    CHECK(accepted > 1'000);
}

TEST_CASE("any plan: a step is paid only when those before it are satisfied, and a note ends at its multiple") {
    std::size_t repaid = 0;
    for (std::uint64_t seed = 200; seed <= 300; ++seed) {
        Dice dice(seed);
        const std::string parts = any_parts(dice);
        const PlanBook book = played(any_timeline(dice) + parts).book;
        CAPTURE(seed);
        for (const PlanEntry& entry : book.entries) {
            if (entry.part != "film" || entry.number == 0) continue;
            bool is_satisfied = true;
            for (const char* step : {"agent", "costs", "capital", "preferred", "double", "rest"}) {
                const Money paid = amount_in(entry, std::string("steps.") + step + ".paid").value();
                CHECK((is_satisfied || paid.is_zero()));
                const auto claim = amount_in(entry, std::string("steps.") + step + ".claim");
                is_satisfied = claim && paid == *claim;
            }
        }
        std::optional<Money> outstanding;
        for (const PlanEntry& entry : book.entries) {
            if (entry.part != "loan") continue;
            const Money left = amount_in(entry, "outstanding").value();
            CHECK_FALSE(left.is_negative());
            // What is paid is what is outstanding less, to the cent.
            if (outstanding) CHECK(*outstanding - amount_in(entry, "paid").value() == left);
            outstanding = left;
        }
        if (outstanding && outstanding->is_zero()) {
            ++repaid;
            CHECK(number_of(book, "loan.payees.Dora") + number_of(book, "loan.payees.Emil") ==
                  number_of(book, "loan.paid"));
        }
    }
    CHECK(repaid > 3);
}

TEST_CASE("any plan: a period that is cut in two gives the same cumulative shares") {
    const std::string parts = R"(
[plan]
title = "Cut anywhere"
currency = "USD"
[royalty.contract]
tiers = [{ up_to = "100.00", rate = "3.3%" }, { rate = "7.77%" }]
rounding = "half_even"
to = "authors"
[split.authors]
totalling = "relative"
shares = { Anna = 3, Ben = 4, Chris = 7 }
)";
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        Dice dice(seed);
        std::string whole = "timeline = [\n", cut = whole;
        for (int i = 0; i < 12; ++i) {
            const std::string sale = "  { on = 2020-01-31, sale = { gross = " + dice.amount(1, 49'99) + " } },\n";
            whole += sale;
            cut += sale;
            if (dice.one_in(3)) cut += "  { on = 2020-01-31, period_end = \"contract\" },\n";
        }
        const std::string end = "  { on = 2020-01-31, period_end = \"contract\" },\n]\n";
        const PlanBook in_one = played(whole + end + parts).book, in_pieces = played(cut + end + parts).book;
        CAPTURE(seed);
        for (const char* name : {"contract.payable", "authors.received", "authors.payees.Anna", "authors.payees.Ben",
                                 "authors.payees.Chris"})
            CHECK(number_of(in_one, name) == number_of(in_pieces, name));
    }
}

TEST_CASE("any plan: its journal gives the same book, and every figure has a reason") {
    for (std::uint64_t seed = 400; seed <= 420; ++seed) {
        Dice dice(seed);
        const std::string parts = any_parts(dice);
        const PlanBook book = played(any_timeline(dice) + parts).book;
        CAPTURE(seed);
        std::string journal;
        write_journal(book, [&](std::string_view line) { journal += line; });
        PlanJournalReader reader;
        REQUIRE(reader.add(journal));
        const auto again = reader.finish();
        REQUIRE(again);
        CHECK(*again == book);
        CHECK(report(*again) == report(book));
        for (const std::string& name : figure_names(book)) CHECK(explain(book, name).has_value());
    }
}

TEST_SUITE_END();
