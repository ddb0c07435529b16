// SPDX-License-Identifier: BSL-1.0
// Revenue: what the files of the revenue floor have in common: values that hold amounts and so are made of some, and
// the small words that all of them use.
#pragma once

#include <crowdrules/revenue/distribution.hpp>
#include <crowdrules/revenue/matching.hpp>
#include <crowdrules/revenue/note.hpp>
#include <crowdrules/revenue/royalty.hpp>
#include <crowdrules/revenue/share.hpp>
#include <crowdrules/revenue/waterfall.hpp>

#include "described.hpp"
#include "enums.hpp"
#include "live_campaign.hpp"


namespace crowdrules::detail {

template <>
inline SharePart blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, 0, nothing};
}
template <>
inline FeeTaken blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, {}, nothing, nothing, nothing};
}
template <>
inline SharedPayment blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, {}, nothing, {}, nothing, {}, nothing, {}};
}
template <>
inline SalesLine blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, {}, {}, 0, nothing};
}
template <>
inline RateSlice blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {nothing, 0, {}};
}
template <>
inline RoyaltyTerms blank(Currency currency) {
    return {currency, {}, {}};
}
template <>
inline Recoupable blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, nothing, nothing};
}
template <>
inline RoyaltyLine blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {blank<SalesLine>(currency), nothing, {}, {}, false, {}};
}
template <>
inline AccountStatement blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, {}, nothing, nothing, nothing, nothing, nothing, nothing, nothing, nothing, nothing};
}
template <>
inline RoyaltyStatement blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {0, {}, nothing, nothing};
}
template <>
inline Corridor blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, nothing, nothing};
}
template <>
inline FixedClaim blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {nothing};
}
template <>
inline WaterfallTerms blank(Currency currency) {
    return {currency, {}};
}
template <>
inline StepPayment blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, {}, nothing, {}};
}
template <>
inline WaterfallPayment blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, nothing, {}};
}
template <>
inline std::pair<std::string, WaterfallPayment> blank(Currency currency) {
    return {{}, blank<WaterfallPayment>(currency)};
}
template <>
inline FundFlow blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, {}, nothing, nothing};
}
template <>
inline FundOutcome blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, {}, nothing, nothing, nothing, nothing, {}};
}
template <>
inline NoteHolder blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, nothing};
}
template <>
inline NotePeriod blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {0, nothing, nothing, nothing, nothing, {}, nothing, {}, {}};
}
template <>
inline ExchangeRate blank(Currency currency) {
    return {currency, currency, {}, {}};
}
template <>
inline DistributionTerms blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {currency, nothing};
}
template <>
inline Withheld blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, nothing, nothing};
}
template <>
inline PayeeStatement blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, {}, {}, {}, {}, {}, {}, {}, nothing, {}, nothing, nothing, {}, {}};
}
template <>
inline Sponsor blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, nothing};
}
template <>
inline LumpTerms blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {nothing};
}
template <>
inline Match blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, nothing, nothing, {}, {}};
}
template <>
inline QuadraticContribution blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, {}, nothing};
}
template <>
inline QuadraticTerms blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {nothing};
}
template <>
inline ProjectMatch blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, 0, nothing, {}, nothing};
}
template <>
inline QuadraticOutcome blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {{}, {}, nothing, nothing};
}
template <>
inline GoalMatch blank(Currency currency) {
    const Money nothing = Money::zero(currency);
    return {nothing, nothing};
}

}  // namespace crowdrules::detail

namespace crowdrules::python {

inline constexpr Money nothing{0, USD};

/// What forbids rates by themselves, as an exception.
void refuse_defects(const DatedRow<RateTerms>& row, Currency currency);

/// How the figures of a result came about: by the engine's own explain.
template <class T>
void explained(py::class_<T>& cls) {
    cls.def("explain", [](const T& self) { return explain(self); }, "How each figure came about, as a Derivation.");
}

/// What is worth a table: the columns of the first row are its heading.
template <class T, class Rows>
void tabled(py::class_<T>& cls, const char* caption, Rows rows) {
    cls.def("_repr_html_", [caption, rows](const T& self) { return html_table(caption, rows(self)); });
}

/// What lives and changes is copied whole: what is done to the copy is not done to the first.
template <class T>
void copied(py::class_<T>& cls) {
    cls.def("__copy__", [](const T& self) { return T(self); });
    cls.def("__deepcopy__", [](const T& self, const py::dict&) { return T(self); }, py::arg("memo"));
}

}  // namespace crowdrules::python
