// SPDX-License-Identifier: BSL-1.0
// Revenue-share notes: money that is paid back as a share of revenue until a multiple of it is reached.
#include "revenue.hpp"

namespace crowdrules::python {
namespace {

std::vector<std::vector<std::string>> rows_of(const revenue::NotePeriod& period) {
    std::vector<std::vector<std::string>> rows{{"figure", "amount"}};
    rows.push_back({"revenue", to_grouped_text(period.revenue)});
    rows.push_back({"due: " + period.formula, to_grouped_text(period.due)});
    rows.push_back({"paid", to_grouped_text(period.paid)});
    for (const revenue::SharePart& part : period.parts)
        rows.push_back({to_text(part.payee), to_grouped_text(part.amount)});
    if (!period.missed.is_zero()) rows.push_back({"missed", to_grouped_text(period.missed)});
    rows.push_back({"outstanding", to_grouped_text(period.outstanding)});
    return rows;
}

}  // namespace

void bind_note(py::module_& m) {
    bind_described<revenue::NoteHolder>(m, "NoteHolder", "Somebody who lent a part of the principal.");
    bind_described<revenue::BuyOut>(
        m, "BuyOut", "Paying a note off early, up to the end of a period (1 is the first), for a smaller multiple.");
    bind_described<revenue::NoteTerms>(m, "NoteTerms", R"(What a note promises.

`revenue_share` of the revenue of every period until `multiple` times the principal is paid. `matures_after` so many
periods the rest is due at once. How it rounds has no default.

>>> NoteTerms([NoteHolder(1, Money('600.00', 'USD')), NoteHolder(2, Money('400.00', 'USD'))],
...           revenue_share='5%', multiple='1.5', rounding='half_even').defects
()
)")
        .def_property_readonly(
            "defects", [](const revenue::NoteTerms& self) { return defects_of(self); },
            "All that forbids it; empty for sound.");
    auto period = bind_described<revenue::NotePeriod>(m, "NotePeriod", R"(One period of a note.

`due` is what was to be paid, with what was missed before; `parts` are those of the holders; `outstanding` is what lacks
to the multiple; `formula` says how `due` came about. Period 0 is a buy-out between periods.
)");
    explained(period);
    period.def("_repr_html_", [](const revenue::NotePeriod& self) {
        return html_table("Period " + std::to_string(self.period) + ", " + std::string(to_text(self.state)),
                          rows_of(self));
    });

    py::class_<revenue::RevenueNote> note(m, "RevenueNote", R"(A note from its close to its end.

Raises FindingsError with all that forbids its terms; whatever is refused later leaves it as it was.

>>> note = RevenueNote(NoteTerms([NoteHolder(1, Money('600.00', 'USD')), NoteHolder(2, Money('400.00', 'USD'))],
...                              revenue_share='5%', multiple='1.5', rounding='half_even'))
>>> note.end_period(Money('12000.00', 'USD')).due
Money('600.00', 'USD')
>>> note.end_period(Money('30000.00', 'USD')).due, note.paid_to(1), note.state
(Money('900.00', 'USD'), Money('900.00', 'USD'), NoteState.repaid)
)");
    note.def(py::init([](const revenue::NoteTerms& terms) { return unwrap(revenue::RevenueNote::of(terms)); }),
             py::arg("terms"))
        .def(
            "end_period",
            [](revenue::RevenueNote& self, Given<Money> revenue, std::optional<Given<Money>> paid) {
                return unwrap(self.end_period(revenue, paid ? std::optional(paid->value) : std::nullopt));
            },
            py::arg("revenue"), py::arg("paid") = py::none(),
            "Ends a period with what it took in and what the issuer pays: all that is due unless `paid` says less. "
            "Raises FindingsError for a note that is repaid, and for more paid than is due.")
        .def(
            "buy_out", [](revenue::RevenueNote& self) { return unwrap(self.buy_out()); },
            "Pays what would end the note now. Raises FindingsError for a note that is repaid.")
        .def_property_readonly("buy_out_price", &revenue::RevenueNote::buy_out_price, "What would end the note now.")
        .def("paid_to", &revenue::RevenueNote::paid_to, py::arg("holder"), "What that holder has had.")
        .def_property_readonly("terms", &revenue::RevenueNote::terms, "Its terms.")
        .def_property_readonly(
            "state", [](const revenue::RevenueNote& self) { return self.state(); }, "Where it stands: a NoteState.")
        .def_property_readonly("principal", &revenue::RevenueNote::principal, "What was lent.")
        .def_property_readonly("cap", &revenue::RevenueNote::cap,
                               "The multiple of the principal: all that is ever paid.")
        .def_property_readonly("paid", &revenue::RevenueNote::paid, "What was paid so far.")
        .def("__repr__", [](const revenue::RevenueNote& self) {
            return "<RevenueNote: " + to_grouped_text(self.paid()) + " of " + to_grouped_text(self.cap()) + " paid, " +
                   std::string(to_text(self.state())) + ">";
        });
    copied(note);
}

}  // namespace crowdrules::python
