// SPDX-License-Identifier: BSL-1.0
// The figures of a community's statement by name, and how each came about.
#include <crowdrules/community/statement.hpp>

#include <fmt/format.h>

#include "reason/figures.hpp"

namespace crowdrules::community {

namespace {

using detail::Recipe;
using NamedFigure = detail::NamedFigure<Statement, Terms>;

std::string text(Money amount) {
    return to_grouped_text(amount);
}

/// One line for each product that a figure is the sum of.
std::vector<Derivation> by_product(const Statement& s, Money ProductLine::* column,
                                   std::string (*formula)(const ProductLine&)) {
    std::vector<Derivation> parts;
    for (const ProductLine& product : s.products) {
        if ((product.*column).is_zero()) continue;
        const std::string name = product.title.empty() ? fmt::format("idea {}", product.idea.value) : product.title;
        parts.push_back({.figure = name,
                         .value = text(product.*column),
                         .formula = formula(product),
                         .rule = {},
                         .citation = {},
                         .from = {}});
    }
    return parts;
}

std::string rates_text(const Terms& terms) {
    std::string rates;
    for (const revenue::RoyaltyChannel& channel : terms.royalty.channels) {
        for (const DatedRow<revenue::RateTerms>& row : channel.rates.rows()) {
            rates += fmt::format("{}{} {}{} from {}", rates.empty() ? "" : ", ", channel.name,
                                 row.value.tiers.size() > 1 ? "tiers from " : "",
                                 to_percent(row.value.tiers.front().rate), crowdrules::to_text(row.from));
        }
    }
    return rates;
}

const std::vector<NamedFigure>& figures() {
    using S = Statement;
    using T = Terms;
    static const std::vector<NamedFigure> all = {
        {"fees", [](const S& s) { return s.fees; },
         [](const S& s, const T& terms) -> Recipe {
             return {.formula = fmt::format("{} for each of {} ideas, less what was refunded",
                                            text({terms.submission.fee.value_or(0), terms.currency}), s.ideas),
                     .rule = "submission.fee"};
         }},
        {"gross", [](const S& s) { return s.gross; },
         [](const S& s, const T&) -> Recipe {
             return {.formula = fmt::format("what all channels sold; {} units are with buyers", s.units),
                     .rule = "royalty.channels",
                     .parts = by_product(s, &ProductLine::gross, [](const ProductLine& product) {
                         return fmt::format("{} units", product.units);
                     })};
         }},
        {"bought", [](const S& s) { return s.bought; },
         [](const S&, const T&) -> Recipe {
             return {.formula = "gross less discounts, allowances and returns that were reported with it",
                     .rule = "royalty.channels",
                     .from = {"gross"}};
         }},
        {"returned", [](const S& s) { return s.returned; },
         [](const S& s, const T&) -> Recipe {
             return {.formula = "given back to buyers after the sale was recorded",
                     .rule = "royalty.returns",
                     .parts = by_product(s, &ProductLine::returned,
                                         [](const ProductLine&) { return std::string("returns of its sales"); })};
         }},
        {"base", [](const S& s) { return s.base; },
         [](const S&, const T&) -> Recipe {
             return {.formula = "gross less what each channel's base leaves out, at the sale",
                     .rule = "royalty.channels",
                     .from = {"gross"}};
         }},
        {"royalties", [](const S& s) { return s.royalties; },
         [](const S& s, const T& terms) -> Recipe {
             return {.formula = fmt::format("{}; each on its base on the day of the sale, brought to whole minor units "
                                            "on each product's running total, less returns",
                                            rates_text(terms)),
                     .rule = "royalty.rounding",
                     .from = {"base"},
                     .parts = by_product(s, &ProductLine::shared, [](const ProductLine& product) {
                         return fmt::format("of {} earned exactly", to_text(product.earned));
                     })};
         }},
        {"unclaimed", [](const S& s) { return s.unclaimed; },
         [](const S& s, const T&) -> Recipe {
             return {.formula = "the company's part, where nobody claimed a bucket",
                     .rule = "influence.unclaimed",
                     .parts = by_product(s, &ProductLine::to_company,
                                         [](const ProductLine&) { return std::string("unclaimed influence"); })};
         }},
        {"credited", [](const S& s) { return s.credited; },
         [](const S& s, const T&) -> Recipe {
             return {.formula = fmt::format("{} shared less {} unclaimed, by influence, on running totals",
                                            text(s.royalties), text(s.unclaimed)),
                     .rule = "influence.buckets",
                     .from = {"royalties", "unclaimed"}};
         }},
        {"made_good", [](const S& s) { return s.made_good; },
         [](const S&, const T&) -> Recipe {
             return {.formula = "by the company, to members of whom a later bucket would have taken it back",
                     .rule = "influence.recovery"};
         }},
        {"withheld", [](const S& s) { return s.withheld; },
         [](const S&, const T&) -> Recipe {
             return {.formula = "kept back of payments for tax authorities, member by member",
                     .rule = "payouts.withholding"};
         }},
        {"payment_fees", [](const S& s) { return s.payment_fees; },
         [](const S&, const T& terms) -> Recipe {
             return {.formula = terms.payouts.fee ? to_text(*terms.payouts.fee, terms.currency) + ", on each payment"
                                                  : "no fee of payments in the terms",
                     .rule = "payouts.fee"};
         }},
        {"paid", [](const S& s) { return s.paid; },
         [](const S& s, const T&) -> Recipe {
             return {.formula = fmt::format("{} credited + {} made good - {} withheld - {} fees - {} carried + {} owed",
                                            text(s.credited), text(s.made_good), text(s.withheld), text(s.payment_fees),
                                            text(s.carried), text(s.owed)),
                     .rule = "payouts.minimum",
                     .from = {"credited", "made_good", "withheld", "payment_fees", "carried", "owed"}};
         }},
        {"carried", [](const S& s) { return s.carried; },
         [](const S&, const T& terms) -> Recipe {
             return {.formula = fmt::format("owed to members: on hold, not paid yet, or below the minimum of {}",
                                            text({terms.payouts.minimum.value_or(0), terms.currency})),
                     .rule = "payouts.minimum"};
         }},
        {"owed", [](const S& s) { return s.owed; },
         [](const S&, const T&) -> Recipe {
             return {
                 .formula = "by members of whom returns took back more than they have; worked off by what they earn",
                 .rule = "royalty.returns"};
         }},
    };
    return all;
}

}  // namespace

std::vector<std::string> figure_names() {
    return detail::names_of(figures());
}

std::optional<Money> figure(const Statement& statement, std::string_view name) {
    return detail::value_of(figures(), statement, name);
}

Result<Derivation, std::string> explain(const Statement& statement, const Terms& terms, std::string_view name) {
    return detail::explain_figure(figures(), statement, terms, name);
}

}  // namespace crowdrules::community
