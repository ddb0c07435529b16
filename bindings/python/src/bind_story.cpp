// SPDX-License-Identifier: BSL-1.0
// Stories of every kind: campaigns, plans of revenue, inventions, whatever a file tells.
#include <crowdrules/scenario/story.hpp>

#include "convert.hpp"
#include "told.hpp"

namespace crowdrules::python {
namespace {

/// What came of a story, and what its statement is made of.
struct PlayedStory {
    StoryPlay play;
    StorySubject subject;
};

PlayedStory played_story(const std::string& text, const std::string& source, const py::object& progress) {
    const Story story = unwrap(parse_story(text, source));
    Result<StoryPlay> play = [&] {
        const py::gil_scoped_release released;
        return play_story(story, told(progress));
    }();
    StoryPlay kept = unwrap(std::move(play));
    StorySubject subject = subject_of(kept);
    return {std::move(kept), std::move(subject)};
}

}  // namespace

void bind_story(py::module_& m) {
    py::class_<PlayedStory>(m, "PlayedStory", "What came of a story of any kind: a campaign, a plan of revenue, ...")
        .def(
            "report", [](const PlayedStory& self) { return story_report(self.subject); },
            "The statement as a person reads it.")
        .def(
            "report_json", [](const PlayedStory& self) { return story_json(self.subject); },
            "The statement as one JSON object, amounts as text.")
        .def(
            "explain",
            [](const PlayedStory& self, const std::string& figure) {
                return unwrap(explain_story(self.subject, figure));
            },
            py::arg("figure"),
            "How a figure came about. Raises ValueError for a name that is none, with those there are.")
        .def_property_readonly(
            "comparisons", [](const PlayedStory& self) { return story_comparisons(self.play); },
            "What was expected beside what came out.")
        .def(
            "surprises", [](const PlayedStory& self) { return story_surprises(self.play); },
            "What did not come out as expected, one line each.")
        .def(
            "journal",
            [](const PlayedStory& self) {
                std::string text;
                write_story_journal(self.play, [&](std::string_view line) { text += line; });
                return text;
            },
            "Everything that happened, as lines of JSON, each sealed to the ones before.")
        .def("__str__", [](const PlayedStory& self) { return story_report(self.subject); });
    m.def("play_story", &played_story, py::arg("text"), py::arg("source") = "", py::arg("progress") = py::none(),
          "Plays a story of any kind from the text of its file; Ctrl-C stops it. Raises FindingsError with everything "
          "that is wrong in it.");
}

}  // namespace crowdrules::python
