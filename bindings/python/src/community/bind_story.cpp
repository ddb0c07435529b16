// SPDX-License-Identifier: BSL-1.0
// Community stories: a community as a file tells it, read and played.
#include <crowdrules/stories/community/report.hpp>
#include <crowdrules/stories/community/story.hpp>

#include "described.hpp"
#include "pack_files.hpp"
#include "interpreter.hpp"
#include "live_community.hpp"
#include "pickling.hpp"
#include "stories/progress_callback.hpp"
#include <community/schema/terms.hpp>

namespace crowdrules::detail {

inline void describe(Fields& v, CommunityRefusal& refusal) {
    v("where", refusal.where);
    v("at", refusal.at, required);
    v("code", refusal.why.code, required);
    v("facts", refusal.why.what);
    v("accepted", refusal.why.accepted);
    v("rule", refusal.why.rule);
    v("citation", refusal.why.citation);
    v("of_presale", refusal.why.of_presale);
    v("count", refusal.count, stated);
    v("expected", refusal.expected);
}

}  // namespace crowdrules::detail

namespace crowdrules::python {
namespace {

/// A story, and the text that it was read from; its terms may be others.
struct ReadCommunity : CommunityStory {
    std::string text;
    std::string file;

    bool operator==(const ReadCommunity& other) const {
        return text == other.text && file == other.file && terms == other.terms;
    }
};

/// What a story brings depends on nothing else.
struct PlayedCommunity : CommunityPlay {
    std::shared_ptr<const ReadCommunity> story;  ///< never null

    bool operator==(const PlayedCommunity& other) const { return *story == *other.story; }
};

ReadCommunity community_of(const std::string& text, const std::string& source) {
    return {unwrap(parse_community(text, source, files_beside(source))), text, source};
}

ReadCommunity under_terms(ReadCommunity story, const community::Terms& terms) {
    story.terms = terms;
    return story;
}

PlayedCommunity played(const ReadCommunity& story, const py::object& progress) {
    Result<CommunityPlay> play = [&] {
        const Released released;
        return crowdrules::play(story, progress_callback(progress));
    }();
    return {unwrap(std::move(play)), std::make_shared<const ReadCommunity>(story)};
}

/// What names stand for, as a dict.
template <class Numbers>
py::dict by_name(const Numbers& numbers) {
    py::dict names;
    for (const auto& [name, number] : numbers) names[py::str(name)] = write(number);
    return names;
}

void bind_play(py::module_& m) {
    bind_described<CommunityRefusal>(m, "CommunityRefusal", R"(A command of a community's story that was refused.

Its fields are those of Refusal; `of_presale` is why the campaign refused that the presale is.
)")
        .def("__str__", [](const CommunityRefusal& self) { return to_text(self.at) + " " + to_text(self.why); });

    py::class_<PlayedCommunity> play(m, "CommunityPlay", "A community's story that was played to its last line.");
    play.def_property_readonly(
            "community", [](const PlayedCommunity& self) { return LiveCommunity{self.community, self.events}; },
            "The community at its end, a copy of its own.")
        .def_property_readonly(
            "events", [](const PlayedCommunity& self) { return self.events; }, "Everything that happened.")
        .def_property_readonly(
            "refusals", [](const PlayedCommunity& self) { return self.refusals; }, "The commands that were refused.")
        .def_property_readonly(
            "comparisons", [](const PlayedCommunity& self) { return self.comparisons; },
            "What was expected, and came out.")
        .def_property_readonly(
            "as_expected", [](const PlayedCommunity& self) { return self.as_expected(); },
            "Whether everything that was expected came out.")
        .def(
            "surprises", [](const PlayedCommunity& self) { return self.surprises(); }, "What did not, one line each.")
        .def(
            "statement",
            [](const PlayedCommunity& self) {
                return ExplainedCommunity{statement(self.community), self.community.terms()};
            },
            "The statement at the end.")
        .def(
            "explain",
            [](const PlayedCommunity& self, const std::string& figure) {
                return unwrap(explain(self.community, figure));
            },
            py::arg("figure"), "How a figure of the statement came about.")
        .def("__repr__",
             [](const PlayedCommunity& self) {
                 return "<CommunityPlay of " + std::string(py::repr(py::str(self.story->title))) + ": " +
                        std::to_string(self.events.size()) + " events>";
             })
        .def("_repr_html_", [](const py::object& self) { return self.attr("statement")().attr("_repr_html_")(); })
        .def("__hash__", [](const PlayedCommunity& self) { return py::hash(py::str(self.story->text)); });
    play.def("__reduce__", [](const PlayedCommunity& self) {
        return pickled_by("CommunityStory.play", py::make_tuple(*self.story));
    });
    def_immutable(play);
}

}  // namespace

void bind_community_story(py::module_& m) {
    bind_play(m);
    py::class_<ReadCommunity> story(m, "CommunityStory",
                                    R"(A community as a file tells it: terms, a time line, and what is expected of it.

The numbers that its names stand for are `members` (of a crowd several), `ideas`, `rounds` and `sales`. Two are equal
that were read from the same text and have the same terms.
)");
    story.def_readonly("title", &ReadCommunity::title, "What it is called.")
        .def_readonly("source", &ReadCommunity::source, "Where its figures were published.")
        .def_readonly("founded", &ReadCommunity::founded, "When the community began.")
        .def_property_readonly(
            "terms", [](const ReadCommunity& self) { return self.terms; }, "The terms of its community.")
        .def_property_readonly(
            "members", [](const ReadCommunity& self) { return by_name(self.names.members); }, "Each a tuple, by name.")
        .def_property_readonly(
            "ideas", [](const ReadCommunity& self) { return by_name(self.names.ideas); }, "By name.")
        .def_property_readonly(
            "rounds", [](const ReadCommunity& self) { return by_name(self.names.rounds); }, "By name.")
        .def_property_readonly(
            "sales", [](const ReadCommunity& self) { return by_name(self.names.sales); }, "By name.")
        .def_property_readonly(
            "commands", [](const ReadCommunity& self) { return self.commands(); },
            "How many commands its time line has.")
        .def("play", &played, py::arg("progress") = py::none(), R"(Plays it to its last line; Ctrl-C stops it.

`progress`, where given, is called with (commands done, commands in all) now and then; what it raises ends the play.
Other threads run meanwhile.
)")
        .def("with_terms", &under_terms, py::arg("terms"), "The same story under other terms.")
        .def("__hash__", [](const ReadCommunity& self) { return py::hash(py::str(self.text)); })
        .def("__repr__",
             [](const ReadCommunity& self) {
                 return "<CommunityStory " + std::string(py::repr(py::str(self.title))) + ": " +
                        std::to_string(self.commands()) + " commands>";
             })
        .def_static("_of", [](const std::string& text, const std::string& source, const community::Terms& terms) {
            return under_terms(community_of(text, source), terms);
        });
    story.def("__reduce__", [](const ReadCommunity& self) {
        return pickled_by("CommunityStory._of", py::make_tuple(self.text, self.file, self.terms));
    });
    def_immutable(story);
    m.def(
        "parse_community", &community_of, py::arg("text"), py::arg("source") = "",
        "Reads the story of a community from the text of its file. Raises FindingsError with everything that is wrong, "
        "each with line and column.");
}

}  // namespace crowdrules::python
