// SPDX-License-Identifier: BSL-1.0
// Events, what is due, and the entries of the ledger: what a campaign's life is made of.
#include <crowdrules/campaign/agenda.hpp>
#include <crowdrules/campaign/event.hpp>
#include <crowdrules/campaign/postings.hpp>
#include <crowdrules/ledger/entry.hpp>

#include "described.hpp"
#include "event_class.hpp"
#include "shared_terms.hpp"
#include <campaign/schema/event.hpp>
#include <revenue/describe.hpp>

namespace crowdrules::detail {

inline void describe(Fields& v, Posting& posting) {
    v("account", posting.account, required);
    v("amount", posting.amount, required);
}

}  // namespace crowdrules::detail

namespace crowdrules::python {

void bind_events(py::module_& m) {
    bind_described<Posting>(m, "Posting", "Money arriving at an account (positive) or leaving it (negative).");
    bind_described<campaign::LineAmount>(m, "LineAmount", "What of an amount belongs to one line.");
    bind_described<campaign::HeldShare>(m, "HeldShare", "What a payout holds for one of its shares.");
    py::class_<Entry>(m, "Entry", R"(A movement of money: postings that sum to zero. One that does not cannot be built.

>>> Entry('2026-12-01T08:00:00Z', 'charge', [Posting('backers', Money('-9.00', 'USD')),
...                                          Posting('escrow', Money('9.00', 'USD'))]).postings[1].amount
Money('9.00', 'USD')
)")
        .def(py::init<Instant, std::string, std::vector<Posting>>(), py::arg("at"), py::arg("description"),
             py::arg("postings"))
        .def_property_readonly("at", &Entry::at, "When.")
        .def_property_readonly("description", &Entry::description, "What for.")
        .def_property_readonly("postings", &Entry::postings, "Its lines.")
        .def("__iter__", [](const Entry& self) { return py::iter(write(self.postings())); })
        .def("__eq__", [](const Entry& a,
                          const py::object& b) { return py::isinstance<Entry>(b) && a == py::cast<const Entry&>(b); })
        .def("__hash__", [](const Entry& self) { return py::hash(py::make_tuple(self.at(), self.description())); })
        .def("__repr__",
             [](const Entry& self) {
                 return "Entry('" + to_text(self.at()) + "', " + std::string(py::repr(py::str(self.description()))) +
                        ", " + std::string(py::repr(py::list(write(self.postings())))) + ")";
             })
        .def("__reduce__", [](const py::object& self) {
            const auto& entry = py::cast<const Entry&>(self);
            return py::make_tuple(py::type::of(self),
                                  py::make_tuple(entry.at(), entry.description(), entry.postings()));
        });

    py::class_<campaign::Event> event(m, "Event",
                                      R"(Something that happened to a campaign. Amounts are minor units of its currency.

`kind` says what ('pledge_made', 'charge_collected', ...), `fields` with which figures; each figure is an attribute too:
event.pledge, event.amount. A stored campaign is its events: see replay, write_journal.
)");
    def_event(event, "Event");

    py::class_<campaign::Due>(m, "Due",
                              "Something that falls due: what the platform must do, or what happens by itself.")
        .def_readonly("at", &campaign::Due::at, "When it falls due, or fell due.")
        .def_readonly("kind", &campaign::Due::kind, "What: a DueKind.")
        .def_readonly("pledge", &campaign::Due::pledge, "Of which pledge, or None.")
        .def_readonly("instalment", &campaign::Due::instalment, "Of a charge, from 1.")
        .def_readonly("payout", &campaign::Due::payout, "Of a payout, from 0.")
        .def_readonly("amount", &campaign::Due::amount, "As things stand now.")
        .def_readonly("attempt", &campaign::Due::attempt, "Of a charge, a reminder or a judgement, from 1.")
        .def_property_readonly("key", [](const campaign::Due& self) { return key_of(self); },
                               "Which entry it is, the same in every agenda that has it.")
        .def("__eq__",
             [](const campaign::Due& a, const py::object& b) {
                 return py::isinstance<campaign::Due>(b) && a == py::cast<const campaign::Due&>(b);
             })
        .def("__hash__", [](const campaign::Due& self) { return py::hash(py::str(to_text(self))); })
        .def("__str__", [](const campaign::Due& self) { return to_text(self); })
        .def("__repr__", [](const campaign::Due& self) { return "<" + to_text(self) + ">"; });
}

}  // namespace crowdrules::python
