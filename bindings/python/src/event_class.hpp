// SPDX-License-Identifier: BSL-1.0
// Event class: what the events of every kind of life have in Python: when, what, by which command, with which figures.
//
//   def_event<Figures, KeptFigures, KeptFiguresReader>(event, "InventionEvent");
//
// Three visitors (src/campaign/describe.hpp) write the figures of an event as people read them, write them as they are
// pickled, and read those again.
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

template <class Event>
std::string kind_of(const Event& event) {
    return std::visit(
        []<class Alternative>(const Alternative&) { return std::string(detail::alternative_name<Alternative>); },
        event.what);
}

template <class Writer, class Event>
py::dict figures_of(const Event& event) {
    Writer writer(event);
    std::visit([&](const auto& what) { describe(writer, what); }, event.what);
    return writer.fields;
}

/// What happened, from its name and figures.
template <class Reader, class Body>
Body happened(const std::string& kind, const py::dict& figures) {
    std::optional<Body> body;
    const auto try_one = [&]<class Alternative>(std::type_identity<Alternative>) {
        if (kind != detail::alternative_name<Alternative>) return;
        auto what = blank<Alternative>();
        const py::args none;
        Arguments arguments(none, py::kwargs(figures));
        Reader reader(arguments, kind.c_str());
        describe(reader, what);
        arguments.finish(kind.c_str(), {});
        body = std::move(what);
    };
    [&]<class... Alternatives>(std::type_identity<std::variant<Alternatives...>>) {
        (try_one(std::type_identity<Alternatives>{}), ...);
    }(std::type_identity<Body>{});
    if (!body) raise_value_error("there is no event '" + kind + "'");
    return *std::move(body);
}

template <class Writer, class Kept, class Reader, class Event>
void def_event(py::class_<Event>& cls, const char* name) {
    cls.def_readonly("at", &Event::at, "When.")
        .def_property_readonly("kind", &kind_of<Event>, "What happened, by name.")
        .def_property_readonly(
            "cause", [](const Event& self) { return self.cause; }, "The command's id, or None.")
        .def_property_readonly("fields", &figures_of<Writer, Event>, "Its figures by name.")
        .def(
            "postings", [](const Event& self, Given<Currency> currency) { return postings(self, currency); },
            py::arg("currency"), "The entry of this event, or None when it moves no money.")
        .def("__getattr__",
             [](const Event& self, const std::string& wanted) -> py::object {
                 const py::dict fields = figures_of<Writer>(self);
                 if (fields.contains(wanted)) return fields[wanted.c_str()];
                 PyErr_SetString(PyExc_AttributeError, (kind_of(self) + " has no '" + wanted + "'").c_str());
                 throw py::error_already_set();
             })
        .def("__hash__", [](const Event& self) { return py::hash(py::make_tuple(self.at, kind_of(self))); })
        .def("__repr__",
             [](const Event& self) {
                 std::string text = "<" + to_text(self.at) + " " + kind_of(self);
                 for (const auto& [field, value] : figures_of<Writer>(self))
                     if (std::string(py::str(field)) != "terms")
                         text += " " + std::string(py::str(field)) + "=" + std::string(py::str(value));
                 return text + ">";
             })
        .def_static("_of",
                    [](Instant at, CommandId cause, std::uint64_t fingerprint, const std::string& kind,
                       const py::dict& figures) {
                        return Event{at, cause, fingerprint, happened<Reader, decltype(Event::what)>(kind, figures)};
                    })
        .def("__reduce__", [maker = std::string(name) + "._of"](const Event& self) {
            return pickled_by(
                maker, py::make_tuple(self.at, self.cause, self.fingerprint, kind_of(self), figures_of<Kept>(self)));
        });
    def_immutable(cls);
}

}  // namespace crowdrules::python
