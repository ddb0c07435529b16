// SPDX-License-Identifier: BSL-1.0
// Citations, findings, derivations; windows, cadences and roundings: values that everything above is made of.
#include <crowdrules/protocol/node.hpp>
#include <crowdrules/reason/derivation.hpp>
#include <crowdrules/reason/finding.hpp>
#include <crowdrules/time/deadline.hpp>

#include "described.hpp"
#include <life/describe_answer.hpp>
#include <revenue/describe.hpp>

namespace crowdrules::python {
namespace {

/// Tables for notebooks; what is typed by people is escaped.
std::string escaped(const std::string& text) {
    return py::str(py::module_::import("html").attr("escape")(text));
}

std::string as_list(const Derivation& figure) {
    std::string text = "<li><b>" + escaped(figure.figure) + "</b> " + escaped(figure.value);
    if (!figure.formula.empty()) text += " = " + escaped(figure.formula);
    if (!figure.rule.empty())
        text += " <i>[" + escaped(figure.rule) + "; " + escaped(to_text(figure.citation)) + "]</i>";
    if (!figure.from.empty()) {
        text += "<ul>";
        for (const Derivation& part : figure.from) text += as_list(part);
        text += "</ul>";
    }
    return text + "</li>";
}

}  // namespace

void bind_values(py::module_& m) {
    register_class<std::chrono::days>();
    register_class<Node>();
    bind_described<Citation>(m, "Citation", "Where one rule is written, and how good the evidence is.")
        .def("__str__", [](const Citation& self) { return to_text(self); });
    bind_described<TextPosition>(m, "TextPosition", "Where in a text something stands; 0 is 'not known'.");
    bind_described<Finding>(m, "Finding",
                            "What a rule says about some terms, with the numbers and where it is written.")
        .def("__str__", [](const Finding& self) { return to_text(self); });

    py::class_<Derivation>(m, "Derivation", "How a figure came about: the figures it was made of, and by which rule.")
        .def_readonly("figure", &Derivation::figure, "What it is called in the statement: 'platform_fee'.")
        .def_readonly("value", &Derivation::value, "The figure itself, as text.")
        .def_readonly("formula", &Derivation::formula, "How it was made, with its numbers.")
        .def_readonly("rule", &Derivation::rule, "The rule's path in its pack; empty for plain arithmetic.")
        .def_readonly("citation", &Derivation::citation, "Where the rule is written.")
        .def_property_readonly(
            "from_", [](const Derivation& self) { return self.from; }, "What it was made of.")
        .def("__iter__", [](const Derivation& self) { return py::iter(write(self.from)); })
        .def("__eq__",
             [](const Derivation& a, const py::object& b) {
                 return py::isinstance<Derivation>(b) && a == py::cast<const Derivation&>(b);
             })
        .def("__hash__", [](const Derivation& self) { return py::hash(py::str(to_text(self))); })
        .def("__str__", [](const Derivation& self) { return to_text(self); })
        .def("__repr__",
             [](const Derivation& self) {
                 return "<Derivation of " + self.figure + ": " + self.value + " = " + self.formula + ">";
             })
        .def("_repr_html_", [](const Derivation& self) { return "<ul>" + as_list(self) + "</ul>"; });

    bind_described<Rounding>(m, "Rounding", R"(A named way to round, and the step to round to, in minor units.

>>> Rounding('half_up', step=5)
Rounding(mode=RoundingMode.half_up, step=5)
)");
    bind_described<Window>(m, "Window", R"(From an opening to a closing instant; `closes=None` is a window without end.

>>> Window('2012-04-11T07:00:00Z', '2012-05-18T07:00:00Z').contains('2012-05-18T07:00:00Z')
False
)")
        .def("contains", &Window::contains, py::arg("at"), "Whether `at` lies in the window.");
    bind_described<Cadence>(m, "Cadence", "Something that comes again: every so much time, or every so many months.");

    m.def(
        "resolve",
        [](const Date& date, Elapsed time_of_day, const std::string& zone, Gap gap, Overlap overlap) {
            return unwrap(resolve({date, time_of_day, zone}, {gap, overlap}, system_zones()));
        },
        py::arg("date"), py::arg("time_of_day"), py::arg("zone"), py::kw_only(), py::arg("gap") = Gap::refuse,
        py::arg("overlap") = Overlap::refuse,
        R"(The instant of a local time in an IANA zone, by the time zone database of the system.

A time that the clocks skip, or that happens twice, is refused with a TextError unless `gap` or `overlap` says what is
meant.

>>> resolve('2012-05-18', '23 hours', 'America/Los_Angeles').isoformat()
'2012-05-19T06:00:00+00:00'
)");
}

}  // namespace crowdrules::python
