// SPDX-License-Identifier: BSL-1.0
// The module crowdrules._core: every part in the order of the floors. A part may use the types of those before it in
// its signatures and default values.
#include "bind.hpp"
#include <string>

namespace crowdrules::python {
namespace {

/// With protocols of pickle before 2, pybind11 ends the process for classes without `__reduce__`.
void refuse_old_pickles(const py::object& cls) {
    const bool is_bound = py::detail::get_type_info(reinterpret_cast<PyTypeObject*>(cls.ptr())) != nullptr;
    const py::object own = cls.attr("__dict__");
    if (!is_bound || own.contains("__reduce__")) return;
    const bool has_state = own.contains("__getstate__");
    cls.attr("__reduce__") = py::cpp_function(
        [has_state](const py::object& self) -> py::tuple {
            const py::type type = py::type::of(self);
            if (has_state)
                return py::make_tuple(py::module_::import("copyreg").attr("__newobj__"), py::make_tuple(type),
                                      self.attr("__getstate__")());
            const std::string name = py::str(type.attr("__name__"));
            PyErr_SetString(PyExc_TypeError, ("a " + name + " is not pickled, but what it was made of is").c_str());
            throw py::error_already_set();
        },
        py::name("__reduce__"), py::is_method(cls));
}

constexpr const char* unmade = "this object was never made: its __init__ was not called";

/// What `__new__` makes without `__init__` holds nothing: pybind11 would hand out memory that nobody has written to.
void* refuse_unmade(std::size_t) {
    throw py::type_error(unmade);
}
int refuse_unmade_buffer(PyObject* given, Py_buffer* view, int flags) {
    if (reinterpret_cast<py::detail::instance*>(given)->get_value_and_holder().value_ptr() != nullptr)
        return py::detail::pybind11_getbuffer(given, view, flags);
    if (view != nullptr) view->obj = nullptr;
    PyErr_SetString(PyExc_TypeError, unmade);
    return -1;
}
void refuse_unmade_of(py::handle cls) {
    auto* const type = reinterpret_cast<PyTypeObject*>(cls.ptr());
    auto* const bound = py::detail::get_type_info(type);
    if (bound == nullptr) return;
    bound->operator_new = &refuse_unmade;
    if (bound->get_buffer != nullptr) type->tp_as_buffer->bf_getbuffer = &refuse_unmade_buffer;
}

}  // namespace
}  // namespace crowdrules::python

PYBIND11_MODULE(_core, m) {
    using namespace crowdrules::python;

    m.doc() = "The compiled part of crowdrules; import crowdrules instead.";
    m.attr("__version__") = CROWDRULES_VERSION;

    bind_errors(m);
    bind_enums(m);  // Deps: crowdrules._named
    bind_currency(m);
    bind_values(m);           // Deps: enums
    bind_money(m);            // Deps: currency, Rounding of values
    bind_fees(m);             // Deps: money, values
    bind_settlement(m);       // Deps: values
    bind_funding_model(m);    // Deps: money
    bind_rewards(m);          // Deps: values
    bind_guards(m);           // Deps: values
    bind_terms(m);            // Deps: all of the above
    bind_commands(m);         // Deps: rewards
    bind_pledge_commands(m);  // Deps: money, terms
    bind_events(m);           // Deps: enums, money, terms
    bind_statement(m);        // Deps: enums, money, terms
    bind_campaign(m);         // Deps: commands, events, statement
    bind_scenario(m);         // Deps: campaign
    bind_charts(m);           // Deps: campaign
    bind_pages(m);            // Deps: charts, scenario
    bind_story(m);            // Deps: pages
    bind_share(m);            // Deps: money, fees
    bind_royalty(m);          // Deps: money
    bind_waterfall(m);        // Deps: share
    bind_note(m);             // Deps: share
    bind_distribution(m);     // Deps: money, fees
    bind_matching(m);         // Deps: share
    bind_frame(m);            // Deps: currency
    bind_columns(m);          // Deps: fees, statement
    bind_revenue_columns(m);  // Deps: columns, share to matching
    bind_table(m);            // Deps: columns, terms
    bind_story_values(m);     // Deps: story, share, columns
    bind_simulation(m);       // Deps: scenario, columns
    bind_analysis(m);         // Deps: pages, statement
    bind_split(m);            // Deps: money, columns

    bind_community_terms(m);      // Deps: royalty, fees
    bind_packs(m);                // Deps: terms, community_terms
    bind_community_commands(m);   // Deps: community_terms, distribution, commands
    bind_community_events(m);     // Deps: community_terms, events
    bind_community_statement(m);  // Deps: community_terms, statement
    bind_influence(m);            // Deps: community_statement, share
    bind_community(m);            // Deps: all of the above
    bind_community_story(m);      // Deps: community, scenario

    for (const auto& [name, value] : m.attr("__dict__").cast<py::dict>()) {
        if (!py::isinstance<py::type>(value)) continue;
        refuse_old_pickles(py::reinterpret_borrow<py::object>(value));
        refuse_unmade_of(value);
    }

    // Whatever is defined here belongs to crowdrules: that is where pickle and people look for it.
    for (const auto& [name, value] : m.attr("__dict__").cast<py::dict>())
        if (py::isinstance<py::type>(value)) value.attr("__module__") = "crowdrules";
}
