// SPDX-License-Identifier: BSL-1.0
// Scenarios: whole stories in a file, played, checked, reported.
#include <crowdrules/stories/campaign/play.hpp>
#include <crowdrules/stories/campaign/scenario.hpp>
#include <crowdrules/stories/check.hpp>

#include "described.hpp"
#include "pack_files.hpp"
#include "interpreter.hpp"
#include "campaign/live_campaign.hpp"
#include "progress_callback.hpp"
#include <revenue/describe.hpp>

namespace crowdrules::python {
namespace {

Play played(const Scenario& scenario, const py::object& progress) {
    Result<Play> play = [&] {
        const Released released;
        return crowdrules::play(scenario, progress_callback(progress));
    }();
    return unwrap(std::move(play));
}

}  // namespace

void bind_scenario(py::module_& m) {
    py::class_<Refusal>(m, "Refusal", "A command of a play that was refused.")
        .def_readonly("where", &Refusal::where, "Its line; an act of the platform has none.")
        .def_readonly("at", &Refusal::at, "When.")
        .def_property_readonly(
            "code", [](const Refusal& self) { return self.why.code; }, "Which refusal: a RejectionCode.")
        .def_property_readonly(
            "facts", [](const Refusal& self) { return self.why.what; }, "Both sides of the mismatch.")
        .def_property_readonly(
            "accepted", [](const Refusal& self) { return self.why.accepted; }, "What would be accepted.")
        .def_property_readonly(
            "rule", [](const Refusal& self) { return self.why.rule; }, "The path of the rule.")
        .def_property_readonly(
            "citation", [](const Refusal& self) { return self.why.citation; }, "Where it is written.")
        .def_readonly("count", &Refusal::count, "So many like ones.")
        .def_readonly("expected", &Refusal::expected, "The line says so.")
        .def("__repr__", [](const Refusal& self) { return "<" + to_text(self.at) + " " + to_text(self.why) + ">"; });
    py::class_<Comparison>(m, "Comparison", "An expected figure beside the figure that came out.")
        .def_readonly("figure", &Comparison::figure, "Its name.")
        .def_readonly("expected", &Comparison::expected, "What was expected.")
        .def_readonly("actual", &Comparison::actual, "What came out.")
        .def_readonly("agrees", &Comparison::agrees, "Whether they agree.")
        .def_readonly("where", &Comparison::where, "The line that expects it.")
        .def("__repr__", [](const Comparison& self) {
            return "<" + self.figure + ": expected " + self.expected + ", came out " + self.actual + ">";
        });
    py::class_<Play>(m, "Play", "A scenario that was played from launch to the last payout.")
        .def_property_readonly(
            "campaign", [](const Play& self) { return LiveCampaign{self.campaign, self.events}; },
            "The campaign at its end, a copy of its own.")
        .def_property_readonly(
            "events", [](const Play& self) { return self.events; }, "Everything that happened.")
        .def_property_readonly(
            "refusals", [](const Play& self) { return self.refusals; }, "The commands that were refused.")
        .def_property_readonly(
            "comparisons", [](const Play& self) { return self.comparisons; }, "What was expected, and came out.")
        .def_property_readonly("as_expected", &Play::as_expected, "Whether everything that was expected came out.")
        .def("surprises", &Play::surprises, "What did not, one line each.")
        .def(
            "statement",
            [](const Play& self) { return ExplainedStatement{statement(self.campaign), self.campaign->terms}; },
            "The statement at the end.")
        .def(
            "explain",
            [](const Play& self, const std::string& figure) {
                return unwrap(explain(statement(self.campaign), self.campaign.terms(), figure));
            },
            py::arg("figure"), "How a figure of the statement came about.")
        .def("__repr__",
             [](const Play& self) {
                 return "<Play of " + std::string(py::repr(py::str(self.campaign.terms().title))) + ": " +
                        std::to_string(self.events.size()) + " events>";
             })
        .def("_repr_html_", [](const py::object& self) { return self.attr("statement")().attr("_repr_html_")(); });

    py::class_<Scenario>(m, "Scenario",
                         "A campaign as a file tells it: terms, a time line, and what is expected of it.")
        .def_readonly("title", &Scenario::title, "What it is called.")
        .def_readonly("source", &Scenario::source, "Where its figures were published.")
        .def_property_readonly(
            "terms", [](const Scenario& self) { return self.terms; }, "The terms of its campaign.")
        .def_property_readonly("pledges", &Scenario::pledges, "How many pledges its time line makes.")
        .def("play", &played, py::arg("progress") = py::none(), R"(Plays it to its end; Ctrl-C stops it.

`progress`, where given, is called with (commands done, commands in all) now and then; what it raises ends the play.
Other threads run meanwhile. Raises TextError for a line whose moment never comes.
)")
        .def(
            "with_terms",
            [](const Scenario& self, const campaign::Terms& terms) {
                Scenario other = self;
                other.terms = terms;
                return other;
            },
            py::arg("terms"), "The same story under other terms: same backers, other rules.")
        .def("__repr__", [](const Scenario& self) {
            return "<Scenario " + std::string(py::repr(py::str(self.title))) + ": " + std::to_string(self.pledges()) +
                   " pledges>";
        });

    m.def(
        "parse_scenario",
        [](const std::string& text, const std::string& source) {
            return unwrap(parse_scenario(text, source, files_beside(source)));
        },
        py::arg("text"), py::arg("source") = "",
        "Reads a scenario from the text of its file. Raises FindingsError with everything that is wrong, each with "
        "line "
        "and column.");

    py::class_<CheckedCase>(m, "CheckedCase", "A scenario as a test case: whether what it expects came out.")
        .def_readonly("passed", &CheckedCase::passed, "Whether it did.")
        .def_readonly("unusable", &CheckedCase::unusable, "It could not be read or played, and was not meant to be so.")
        .def_readonly("figures", &CheckedCase::figures, "How many figures were compared.")
        .def_readonly("refusals", &CheckedCase::refusals, "How many refusals were expected and came.")
        .def_property_readonly(
            "problems", [](const CheckedCase& self) { return self.problems; }, "One line each.")
        .def_property_readonly(
            "remarks", [](const CheckedCase& self) { return self.remarks; },
            "One line each: worth knowing, and no failure.")
        .def("__bool__", [](const CheckedCase& self) { return self.passed; })
        .def("__repr__", [](const CheckedCase& self) {
            return std::string("<") + (self.passed ? "passed" : "failed") + ": " + std::to_string(self.figures) +
                   " figures, " + std::to_string(self.refusals) + " refusals>";
        });
    m.def(
        "check_story",
        [](const std::string& text, const std::string& source) {
            const py::object nobody = py::none();
            const Released released;
            return check_story(text, source, progress_callback(nobody), files_beside(source));
        },
        py::arg("text"), py::arg("source") = "",
        "Plays a story of any kind and compares what comes out with what it expects, or looks over a rule pack.");
}

}  // namespace crowdrules::python
