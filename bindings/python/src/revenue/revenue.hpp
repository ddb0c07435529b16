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
#include "campaign/live_campaign.hpp"
#include <revenue/describe.hpp>

namespace crowdrules::python {

inline constexpr Money nothing{0, USD};

/// What forbids rates by themselves, as an exception.
void refuse_defects(const DatedRow<revenue::RateTerms>& row, Currency currency);

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
