// SPDX-License-Identifier: BSL-1.0
// Event class: what the events of every kind of life have in Python: when, what, by which command, with which figures.
//
//   def_event(event, "community::Event");
//
#pragma once

#include "described.hpp"
#include "pickling.hpp"
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

namespace crowdrules::python {

/// What happened: one alternative of the body of an event.
struct Happened {
    const detail::OneOfType& body;
    void* at;

    template <class Event>
    explicit Happened(const Event& event)
        : body(static_cast<const detail::OneOfType&>(detail::type_of<decltype(Event::what)>())),
          at(const_cast<decltype(Event::what)*>(&event.what)) {}
    Happened(const detail::OneOfType& type, void* what) : body(type), at(what) {}

    [[nodiscard]] std::string kind() const { return std::string(body.alternatives[body.index(at)].name); }
    [[nodiscard]] detail::Value record() const { return {body.alternatives[body.index(at)].type(), body.get(at)}; }
};

/// Its figures by name. What happened to a presale is an Event of the campaign that it is, of the same instant.
py::dict figures_of(Instant at, const Happened& what);
/// The same to be pickled: what happened to a presale is its name and figures.
py::dict kept_figures_of(const Happened& what);
/// Fills `body`, a variant, from a name and such figures.
void read_happened(detail::Value body, const std::string& kind, const py::dict& figures);

template <class Event>
void def_event(py::class_<Event>& cls, const char* name) {
    cls.def_readonly("at", &Event::at, "When.")
        .def_property_readonly(
            "kind", [](const Event& self) { return Happened(self).kind(); }, "What happened, by name.")
        .def_property_readonly(
            "cause", [](const Event& self) { return self.cause; }, "The command's id, or None.")
        .def_property_readonly(
            "fields", [](const Event& self) { return figures_of(self.at, Happened(self)); }, "Its figures by name.")
        .def(
            "postings", [](const Event& self, Given<Currency> currency) { return postings(self, currency); },
            py::arg("currency"), "The entry of this event, or None when it moves no money.")
        .def("__getattr__",
             [](const Event& self, const std::string& wanted) -> py::object {
                 const Happened what(self);
                 const py::dict fields = figures_of(self.at, what);
                 if (fields.contains(wanted)) return fields[wanted.c_str()];
                 PyErr_SetString(PyExc_AttributeError, (what.kind() + " has no '" + wanted + "'").c_str());
                 throw py::error_already_set();
             })
        .def("__hash__", [](const Event& self) { return py::hash(py::make_tuple(self.at, Happened(self).kind())); })
        .def("__repr__",
             [](const Event& self) {
                 std::string text = "<" + to_text(self.at) + " " + Happened(self).kind();
                 for (const auto& [field, value] : figures_of(self.at, Happened(self)))
                     if (std::string(py::str(field)) != "terms")
                         text += " " + std::string(py::str(field)) + "=" + std::string(py::str(value));
                 return text + ">";
             })
        .def_static("_of",
                    [](Instant at, CommandId cause, std::uint64_t fingerprint, std::uint64_t number,
                       const std::string& kind, const py::dict& figures) {
                        Event event{.at = at, .cause = cause, .fingerprint = fingerprint, .what = {}, .number = number};
                        read_happened(detail::value_of(event.what), kind, figures);
                        return event;
                    })
        .def("__reduce__", [maker = std::string(name) + "._of"](const Event& self) {
            return pickled_by(maker, py::make_tuple(self.at, self.cause, self.fingerprint, self.number,
                                                    Happened(self).kind(), kept_figures_of(Happened(self))));
        });
    def_immutable(cls);
}

}  // namespace crowdrules::python
