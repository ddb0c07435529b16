// SPDX-License-Identifier: BSL-1.0
// Bind: what each file of the module adds to it. module.cpp calls these in the order of the floors.
#pragma once

#include <pybind11/pybind11.h>

namespace crowdrules::python {

namespace py = pybind11;

void bind_errors(py::module_& m);
void bind_enums(py::module_& m);
void bind_currency(py::module_& m);
void bind_values(py::module_& m);
void bind_money(py::module_& m);
void bind_fees(py::module_& m);
void bind_settlement(py::module_& m);
void bind_funding_model(py::module_& m);
void bind_rewards(py::module_& m);
void bind_guards(py::module_& m);
void bind_terms(py::module_& m);
void bind_commands(py::module_& m);
void bind_pledge_commands(py::module_& m);
void bind_events(py::module_& m);
void bind_statement(py::module_& m);
void bind_campaign(py::module_& m);
void bind_packs(py::module_& m);
void bind_scenario(py::module_& m);
void bind_charts(py::module_& m);
void bind_pages(py::module_& m);
void bind_story(py::module_& m);
void bind_share(py::module_& m);
void bind_royalty(py::module_& m);
void bind_waterfall(py::module_& m);
void bind_note(py::module_& m);
void bind_distribution(py::module_& m);
void bind_matching(py::module_& m);
void bind_frame(py::module_& m);
void bind_columns(py::module_& m);
void bind_revenue_columns(py::module_& m);
void bind_table(py::module_& m);
void bind_story_values(py::module_& m);
void bind_simulation(py::module_& m);
void bind_analysis(py::module_& m);
void bind_split(py::module_& m);
void bind_community_terms(py::module_& m);
void bind_community_commands(py::module_& m);
void bind_community_events(py::module_& m);
void bind_influence(py::module_& m);
void bind_community_statement(py::module_& m);
void bind_community(py::module_& m);
void bind_community_story(py::module_& m);

}  // namespace crowdrules::python
