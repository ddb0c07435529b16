// SPDX-License-Identifier: BSL-1.0
// The figures of a statement by name, and how each came about.
#include <crowdrules/campaign/statement.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <functional>

namespace crowdrules {

namespace {

/// What a figure is made of, and by which rule.
struct Recipe {
    std::string formula;
    std::string_view rule = {};
    std::vector<std::string_view> from = {};
};

struct NamedFigure {
    std::string_view name;
    Money (*value)(const Statement&);
    Recipe (*recipe)(const Statement&, const Terms&);
};

std::string text(Money amount) {
    return to_grouped_text(amount);
}
std::string counted(const StatementCount& count, std::string_view what) {
    return fmt::format("{} {}", count.count, what);
}

Recipe platform_recipe(const Statement& s, const Terms& terms) {
    const bool on_miss = s.goal_missed && terms.fees.platform_on_miss.has_value();
    const FeeSchedule& schedule = on_miss ? *terms.fees.platform_on_miss : terms.fees.platform;
    return {.formula = fmt::format("{} on the {} that the creator keeps, as one running total",
                                   to_text(schedule, terms.currency), text(s.fee_base)),
            .rule = on_miss ? "fees.platform_on_miss" : "fees.platform",
            .from = {"fee_base"}};
}

std::string tax_formula(const FeeSchedule& schedule) {
    if (!schedule.tax) return "no tax on this fee in the terms";
    return fmt::format("{} {} the fee", to_percent(schedule.tax->rate),
                       schedule.tax->included ? "included in" : "on top of");
}

// In the order of the statement.
const std::vector<NamedFigure>& figures() {
    static const std::vector<NamedFigure> all{
        {"gross", [](const Statement& s) { return s.gross.amount; },
         [](const Statement& s, const Terms&) -> Recipe {
             return {.formula = fmt::format("{} of {} backers standing when the campaign closed",
                                            counted(s.gross, "pledges"), s.backers),
                     .rule = "outcome.latched"};
         }},
        {"late", [](const Statement& s) { return s.late.amount; },
         [](const Statement& s, const Terms&) -> Recipe {
             return {.formula = counted(s.late, "pledges made after the deadline"), .rule = "late_pledges"};
         }},
        {"cancelled", [](const Statement& s) { return s.cancelled.amount; },
         [](const Statement& s, const Terms&) -> Recipe {
             return {.formula = counted(s.cancelled, "pledges taken back by their backers")};
         }},
        {"released", [](const Statement& s) { return s.released.amount; },
         [](const Statement& s, const Terms&) -> Recipe {
             return {.formula = counted(s.released, "pledges let go without a success"), .rule = "outcome.success"};
         }},
        {"dropped", [](const Statement& s) { return s.dropped.amount; },
         [](const Statement& s, const Terms& terms) -> Recipe {
             return {.formula = fmt::format("{} still unpaid {} after their charge fell due",
                                            counted(s.dropped, "pledges"), to_text(terms.charges.retry_window)),
                     .rule = "charges.retry_window"};
         }},
        {"open", [](const Statement& s) { return s.open.amount; },
         [](const Statement& s, const Terms&) -> Recipe {
             return {.formula = counted(s.open, "pledges not charged yet, and instalments to come"),
                     .rule = "charges.timing"};
         }},
        {"given_up", [](const Statement& s) { return s.given_up; },
         [](const Statement&, const Terms&) -> Recipe {
             return {.formula = "instalments that were cancelled or never mended", .rule = "instalments"};
         }},
        {"collected", [](const Statement& s) { return s.collected.amount; },
         [](const Statement& s, const Terms&) -> Recipe {
             if (!s.released.amount.is_zero() || !s.refunded.is_zero())
                 return {.formula = counted(s.collected, "charges that went through"), .rule = "charges.timing"};
             return {.formula = fmt::format("{} gross + {} late - {} dropped - {} open - {} given up; {}",
                                            text(s.gross.amount), text(s.late.amount), text(s.dropped.amount),
                                            text(s.open.amount), text(s.given_up), counted(s.collected, "charges")),
                     .rule = "charges.timing",
                     .from = {"gross", "late", "dropped", "open", "given_up"}};
         }},
        {"refunded", [](const Statement& s) { return s.refunded; },
         [](const Statement&, const Terms&) -> Recipe {
             return {.formula = "given back to backers", .rule = "refunds.before_payout"};
         }},
        {"charged_back", [](const Statement& s) { return s.charged_back; },
         [](const Statement&, const Terms&) -> Recipe {
             return {.formula = "given back by banks after disputes", .rule = "disputes.fraud"};
         }},
        {"disputed", [](const Statement& s) { return s.disputed; },
         [](const Statement&, const Terms&) -> Recipe {
             return {.formula = "held while banks decide", .rule = "disputes.fraud"};
         }},
        {"fee_base", [](const Statement& s) { return s.fee_base; },
         [](const Statement& s, const Terms&) -> Recipe {
             return {.formula =
                         fmt::format("{} collected, less what was refunded, charged back or is held before its payout",
                                     text(s.collected.amount)),
                     .rule = "fees.platform",
                     .from = {"collected", "refunded", "charged_back", "disputed"}};
         }},
        {"platform_fee", [](const Statement& s) { return s.platform_fee; }, platform_recipe},
        {"platform_tax", [](const Statement& s) { return s.platform_tax; },
         [](const Statement&, const Terms& terms) -> Recipe {
             return {.formula = tax_formula(terms.fees.platform), .rule = "fees.tax", .from = {"platform_fee"}};
         }},
        {"processing_fee", [](const Statement& s) { return s.processing_fee; },
         [](const Statement& s, const Terms& terms) -> Recipe {
             return {.formula =
                         fmt::format("{} on each of {}, less what refunds returned",
                                     to_text(terms.fees.processing, terms.currency), counted(s.collected, "charges")),
                     .rule = "fees.processing",
                     .from = {"collected"}};
         }},
        {"processing_tax", [](const Statement& s) { return s.processing_tax; },
         [](const Statement&, const Terms& terms) -> Recipe {
             return {.formula = tax_formula(terms.fees.processing), .rule = "fees.tax", .from = {"processing_fee"}};
         }},
        {"reserve", [](const Statement& s) { return s.reserve; },
         [](const Statement&, const Terms& terms) -> Recipe {
             if (!terms.reserve) return {.formula = "the terms hold nothing back", .rule = "reserve"};
             return {.formula = fmt::format("{} of the running total, each part for {}",
                                            to_percent(terms.reserve->rate), to_text(terms.reserve->held_for)),
                     .rule = "reserve"};
         }},
        {"paid", [](const Statement& s) { return s.paid; },
         [](const Statement& s, const Terms&) -> Recipe {
             std::string formula;
             for (const PayoutLine& line : s.payouts) {
                 if (!line.paid_at) continue;
                 if (!formula.empty()) formula += " + ";
                 formula += fmt::format("{} on {}", text({line.net, s.paid.currency()}), to_text(*line.paid_at));
             }
             return {.formula = formula.empty() ? "no payout was made" : formula + ", and reserves released",
                     .rule = "payouts.first_after",
                     .from = {"collected", "platform_fee", "processing_fee", "refunded"}};
         }},
        {"owed", [](const Statement& s) { return s.owed; },
         [](const Statement&, const Terms&) -> Recipe {
             return {.formula = "refunds and disputes after the payout, borne by the creator",
                     .rule = "refunds.after_payout"};
         }},
        {"to_pay", [](const Statement& s) { return s.to_pay; },
         [](const Statement& s, const Terms&) -> Recipe {
             return {
                 .formula = fmt::format("{} in escrow less fees to be taken, and {} in reserve",
                                        text(s.holders[static_cast<std::size_t>(Account::escrow)]), text(s.reserve)),
                 .rule = "payouts.first_after",
                 .from = {"platform_fee", "reserve"}};
         }},
    };
    return all;
}

const NamedFigure* find(std::string_view name) {
    const auto& all = figures();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const NamedFigure& candidate) { return candidate.name == name; });
    return found != all.end() ? &*found : nullptr;
}

Derivation derive(const NamedFigure& figure, const Statement& statement, const Terms& terms) {
    const Recipe recipe = figure.recipe(statement, terms);
    Derivation derivation{.figure = std::string(figure.name),
                          .value = text(figure.value(statement)),
                          .formula = recipe.formula,
                          .rule = std::string(recipe.rule),
                          .citation = recipe.rule.empty() ? Citation{} : citation_of(terms, recipe.rule),
                          .from = {}};
    for (const std::string_view part : recipe.from) {
        const NamedFigure& source = *find(part);
        if (!source.value(statement).is_zero()) derivation.from.push_back(derive(source, statement, terms));
    }
    return derivation;
}

}  // namespace

std::vector<std::string> figure_names() {
    std::vector<std::string> names;
    for (const NamedFigure& figure : figures()) names.emplace_back(figure.name);
    return names;
}

std::optional<Money> figure(const Statement& statement, std::string_view name) {
    const NamedFigure* found = find(name);
    if (found == nullptr) return std::nullopt;
    return found->value(statement);
}

Result<Derivation, std::string> explain(const Statement& statement, const Terms& terms, std::string_view name) {
    const NamedFigure* found = find(name);
    if (found == nullptr)
        return failure(fmt::format("there is no figure '{}'; there are {}", name, fmt::join(figure_names(), ", ")));
    return derive(*found, statement, terms);
}

}  // namespace crowdrules
