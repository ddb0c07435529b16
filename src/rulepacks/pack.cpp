// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/rulepacks/pack.hpp>

#include "core/enumerators.hpp"
#include "selection.hpp"
#include <algorithm>

namespace crowdrules {

std::string_view to_text(PackKind kind) noexcept {
    return detail::enumerator_name(kind);
}

const PackRow* RulePack::row(std::string_view parameter, const Scope& scope, Date on) const {
    const detail::ParameterHead* known = detail::find_parameter(kind_, parameter);
    return known ? detail::rows_around(rows_, *known, scope, on).in_force(on) : nullptr;
}

std::string RulePack::record(Date on) const {
    std::string record = name_ + ", as of " + to_text(on);
    for (const auto& path : changed_) (record += &path == &changed_.front() ? ", changed: " : ", ") += path;
    return record;
}

Result<RulePack, Findings> RulePack::with(std::string_view path, Node value, Scope scope) const {
    using By = PackParameter::By;
    const auto refused = [&](std::string what, std::string accepted) {
        return failure(Findings{detail::malformed(path, std::move(what), std::move(accepted))});
    };
    const detail::ParameterHead* parameter = detail::find_parameter(kind_, path);
    if (!parameter) {
        return refused("'" + std::string(path) + "' is no parameter of a pack",
                       detail::meant(path, detail::parameter_paths(kind_)));
    }
    const auto fits = [&](const std::string& part, By by) { return part.empty() == (parameter->by != by); };
    const bool fits_currency =
        fits(scope.currency, By::currency) || (parameter->amounts && parameter->by != By::currency);
    if (!fits_currency || !fits(scope.country, By::country) || !fits(scope.channel, By::channel)) {
        constexpr std::string_view accepted[] = {"an empty scope", "a currency and nothing else",
                                                 "a country and nothing else", "a channel and no country"};
        return refused("the scope does not fit what the value depends on",
                       std::string(accepted[static_cast<std::size_t>(parameter->by)]));
    }
    std::optional<Currency> currency;
    if (!scope.currency.empty()) {
        const auto known = Currency::iso(scope.currency);
        if (!known) return refused(known.error().what, known.error().expected);
        currency = *known;
    }
    Findings findings;
    if (!detail::check_value(kind_, *parameter, value, currency, findings)) return failure(std::move(findings));

    RulePack changed = *this;
    auto& rows = changed.rows_;
    const auto is_replaced = [&](const PackRow& row) { return detail::collides(row, *parameter, scope); };
    // What holds for every currency cannot be changed for one of them: what would hold for the others?
    const bool is_wider = std::any_of(rows.begin(), rows.end(), [&](const PackRow& row) {
        return is_replaced(row) && row.scope.currency.empty() && !scope.currency.empty();
    });
    if (is_wider) return refused("it holds for every currency", "a scope without a currency");
    rows.erase(std::remove_if(rows.begin(), rows.end(), is_replaced), rows.end());
    PackRow row;
    row.parameter = path;
    row.scope = std::move(scope);
    row.from = Date{std::chrono::year{1900}, std::chrono::January, std::chrono::day{1}};
    row.value = std::move(value);
    row.citation = {"what if", {}, Evidence::agreed};
    rows.push_back(std::move(row));
    if (std::find(changed_.begin(), changed_.end(), path) == changed_.end()) changed.changed_.emplace_back(path);
    return changed;
}

}  // namespace crowdrules
