// SPDX-License-Identifier: BSL-1.0
// Life: what a living value of Python does, whatever lives: commands in, events out; agenda, statement, ledger; journal
// and replay. Campaigns and communities that invent are made of it.
//
//   template <> struct Life<LiveCommunity> { using Command = ...; static auto& subject(auto& self) ...; ... };
//   py::class_<LiveCommunity> community(m, "Community", "...");
//   def_life(community);
//
// What is special about one kind is added to its class beside.
#pragma once

#include <crowdrules/campaign/decide.hpp>
#include <crowdrules/campaign/evolve.hpp>
#include <crowdrules/campaign/postings.hpp>
#include <crowdrules/community/agenda.hpp>
#include <crowdrules/community/decide.hpp>
#include <crowdrules/community/evolve.hpp>
#include <crowdrules/community/postings.hpp>
#include <crowdrules/protocol/community_journal.hpp>
#include <crowdrules/protocol/journal.hpp>
#include <crowdrules/stories/campaign/report.hpp>
#include <crowdrules/stories/community/report.hpp>

#include "described.hpp"
#include "interpreter.hpp"
#include "pickling.hpp"
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace crowdrules::python {

/// What the engine calls the parts of one kind of life; `Self` is what stands behind its class: how it stands, and the
/// `events` that made it.
template <class Self>
struct Life;

/// What may not be done, as an exception.
[[noreturn]] void raise_rejection(const campaign::Rejection& reason);
[[noreturn]] void raise_rejection(const community::Rejection& reason);

template <class T, class Rejected>
T accepted(Result<T, Rejected>&& result) {
    if (!result) raise_rejection(result.error());
    return *std::move(result);
}

/// The double entry of every event that moved money.
template <class Event>
std::vector<Entry> entries_of(const std::vector<Event>& events, Currency currency) {
    std::vector<Entry> entries;
    for (const Event& event : events)
        if (auto entry = postings(event, currency)) entries.push_back(*std::move(entry));
    return entries;
}

/// What was appended since there were `before` events.
template <class Self>
auto since(const Self& self, std::size_t before) {
    return std::vector(self.events.begin() + static_cast<std::ptrdiff_t>(before), self.events.end());
}

template <class Self>
typename Life<Self>::Command command_of(const py::object& given, Instant at, CommandId id) {
    typename Life<Self>::Command command{.id = id, .at = at, .what = {}};
    read(given, command.what);
    return command;
}

/// What these events make. Without the interpreter, for it may be long.
template <class Self>
Self live_of(decltype(Self::events) events) {
    const Released released;
    auto subject = replay(std::span(std::as_const(events)));
    return {std::move(subject), std::move(events)};
}

template <class Self>
Self from_journal(const std::string& text, const std::string& source) {
    auto events = [&] {
        const Released released;
        return Life<Self>::read_journal(text, source);
    }();
    return live_of<Self>(unwrap(std::move(events)));
}

template <class Self>
std::string journal_of(const Self& self) {
    // A copy: another thread may go on with it meanwhile.
    const auto events = self.events;
    const Released released;
    return write_journal(events);
}

/// What is done to it.
template <class Self>
void def_acts(py::class_<Self>& cls) {
    using L = Life<Self>;
    cls.def(
           "decide",
           [](const Self& self, const py::object& command, Instant at, CommandId id) {
               return accepted(decide(L::subject(self), command_of<Self>(command, at, id))).events;
           },
           py::arg("command"), py::kw_only(), py::arg("at"), py::arg("id") = py::none(),
           "The events that the command would bring about; nothing is changed. None at all when a command of this `id` "
           "was carried out before. Raises Rejected.")
        .def(
            "perform",
            [](Self& self, const py::object& command, Instant at, CommandId id) {
                const auto what = command_of<Self>(command, at, id);
                const std::size_t before = self.events.size();
                accepted(perform(L::subject(self), what, self.events));
                return since(self, before);
            },
            py::arg("command"), py::kw_only(), py::arg("at"), py::arg("id") = py::none(),
            "Decides and applies; the events that happened. Raises Rejected.")
        .def(
            "advance",
            [](Self& self, Instant until) {
                const std::size_t before = self.events.size();
                for (auto& event : advance(L::subject(self), until)) self.events.push_back(std::move(event));
                return since(self, before);
            },
            py::arg("until"), "What happens by itself up to and including `until`, applied.");
}

/// What it answers.
template <class Self>
void def_answers(py::class_<Self>& cls) {
    using L = Life<Self>;
    cls.def(
           "agenda", [](const Self& self) { return agenda(L::subject(self)); },
           "Everything due after what has happened, in order of time.")
        .def(
            "statement", [](const Self& self) { return L::statement(L::subject(self)); }, "The statement as it stands.")
        .def(
            "explain",
            [](const Self& self, const std::string& figure) { return unwrap(L::explain(L::subject(self), figure)); },
            py::arg("figure"),
            "How a figure of the statement came about. Raises ValueError for a name that is none, with those there "
            "are.")
        .def(
            "report_json", [](const Self& self) { return report_json(L::subject(self)); },
            "The statement as one JSON object.")
        .def(
            "entries", [](const Self& self) { return entries_of(self.events, L::subject(self).terms().currency); },
            "The double entry of every event that moved money.")
        .def(
            "ledger",
            [](const Self& self) {
                py::dict balances;
                for (std::size_t i = 0; i < L::accounts; ++i)
                    balances[write(static_cast<Account>(i))] =
                        L::subject(self)->ledger.balance(static_cast<Account>(i));
                return balances;
            },
            "Who holds what, by Account; sums to nothing.")
        .def(
            "check", [](const Self& self) { return check(L::subject(self)); },
            "The reasons why its figures would not agree; empty when they do.")
        .def_property_readonly("terms", [](const Self& self) { return L::subject(self).terms(); }, "Its terms.");
}

/// What it is: its events.
template <class Self>
void def_events(py::class_<Self>& cls) {
    using L = Life<Self>;
    cls.def("journal", &journal_of<Self>,
            "All events as lines of JSON, each sealed to the ones before; from_journal reads it.")
        .def_static("from_journal", &from_journal<Self>, py::arg("text"), py::arg("source") = "",
                    "What a journal tells. Raises TextError with the line at fault.")
        .def_static("replay", &live_of<Self>, py::arg("events"),
                    "What these events make; only the first is its beginning. Raises ContractViolation.")
        .def_property_readonly(
            "events", [](const Self& self) { return self.events; }, "Everything that happened, in order.")
        .def("__len__", [](const Self& self) { return self.events.size(); })
        .def("__iter__", [](const Self& self) { return py::iter(write(self.events)); })
        .def("__eq__",
             [](const Self& a, const py::object& b) {
                 return py::isinstance<Self>(b) && L::subject(a) == L::subject(py::cast<const Self&>(b));
             })
        .def("__reduce__",
             [](const Self& self) {
                 return pickled_by(std::string(L::name) + ".from_journal", py::make_tuple(journal_of(self)));
             })
        .def("__copy__", [](const Self& self) { return Self(self); })
        .def("__deepcopy__", [](const Self& self, const py::object&) { return Self(self); })
        .def("__str__", [](const Self& self) { return report(L::subject(self)); })
        .def("__repr__",
             [](const Self& self) {
                 return "<" + std::string(L::name) + " " +
                        std::string(py::repr(py::str(L::subject(self).terms().title))) + ", " +
                        L::standing(L::subject(self)) + ", " + std::to_string(self.events.size()) + " events>";
             })
        .def("_repr_html_", [](const py::object& self) { return self.attr("statement")().attr("_repr_html_")(); });
    cls.attr("__hash__") = py::none();
}

template <class Self>
void def_life(py::class_<Self>& cls) {
    def_acts(cls);
    def_answers(cls);
    def_events(cls);
}

}  // namespace crowdrules::python
