// SPDX-License-Identifier: BSL-1.0
// Figures: what a statement says by name, and the recipe by which each figure came about.
//
//   using Figure = detail::NamedFigure<Statement, Terms>;
//   const std::vector<Figure>& figures();                        {"fee_base", its value, its recipe}, ...
//   detail::explain_figure(figures(), statement, terms, "platform_fee")      the tree down to what was counted
//
// Expects of the terms: citation_of(terms, rule).
#pragma once

#include <crowdrules/core/result.hpp>
#include <crowdrules/money/money.hpp>
#include <crowdrules/reason/derivation.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crowdrules::detail {

/// What a figure is made of, and by which rule.
struct Recipe {
    std::string formula;
    std::string_view rule = {};
    std::vector<std::string_view> from = {};  ///< figures of the statement
    std::vector<Derivation> parts = {};       ///< what has no name of its own in the statement
};

template <class Statement, class Terms>
struct NamedFigure {
    std::string_view name;
    Money (*value)(const Statement&);
    Recipe (*recipe)(const Statement&, const Terms&);
};

template <class Statement, class Terms>
std::vector<std::string> names_of(const std::vector<NamedFigure<Statement, Terms>>& figures) {
    std::vector<std::string> names;
    for (const auto& figure : figures) names.emplace_back(figure.name);
    return names;
}

template <class Statement, class Terms>
const NamedFigure<Statement, Terms>* find_figure(const std::vector<NamedFigure<Statement, Terms>>& figures,
                                                 std::string_view name) {
    const auto found =
        std::find_if(figures.begin(), figures.end(), [&](const auto& candidate) { return candidate.name == name; });
    return found != figures.end() ? &*found : nullptr;
}

template <class Statement, class Terms>
std::optional<Money> value_of(const std::vector<NamedFigure<Statement, Terms>>& figures, const Statement& statement,
                              std::string_view name) {
    const auto* found = find_figure(figures, name);
    if (found == nullptr) return std::nullopt;
    return found->value(statement);
}

/// The tree of one figure. What is in `shown` is not shown again.
template <class Statement, class Terms>
Derivation derive(const std::vector<NamedFigure<Statement, Terms>>& figures,
                  const NamedFigure<Statement, Terms>& figure, const Statement& statement, const Terms& terms,
                  std::set<std::string_view>& shown) {
    Recipe recipe = figure.recipe(statement, terms);
    Derivation derivation{.figure = std::string(figure.name),
                          .value = to_grouped_text(figure.value(statement)),
                          .formula = std::move(recipe.formula),
                          .rule = std::string(recipe.rule),
                          .citation = recipe.rule.empty() ? Citation{} : citation_of(terms, recipe.rule),
                          .from = std::move(recipe.parts)};
    for (const std::string_view part : recipe.from) {
        const auto& source = *find_figure(figures, part);
        if (source.value(statement).is_zero() || !shown.insert(part).second) continue;
        derivation.from.push_back(derive(figures, source, statement, terms, shown));
    }
    return derivation;
}

/// Refuses a name that is none of theirs, and names them all.
template <class Statement, class Terms>
Result<Derivation, std::string> explain_figure(const std::vector<NamedFigure<Statement, Terms>>& figures,
                                               const Statement& statement, const Terms& terms, std::string_view name) {
    const auto* found = find_figure(figures, name);
    if (found == nullptr)
        return failure(fmt::format("there is no figure '{}'; there are {}", name, fmt::join(names_of(figures), ", ")));
    std::set<std::string_view> shown{found->name};
    return derive(figures, *found, statement, terms, shown);
}

}  // namespace crowdrules::detail
