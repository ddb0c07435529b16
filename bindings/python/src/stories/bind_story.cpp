// SPDX-License-Identifier: BSL-1.0
// Stories of every kind: campaigns, plans of revenue, communities, whatever a file tells.
#include <crowdrules/community/statement.hpp>
#include <crowdrules/pages/charts.hpp>
#include <crowdrules/pages/story_page.hpp>

#include "convert.hpp"
#include "interpreter.hpp"
#include "pack_files.hpp"
#include "community/live_community.hpp"
#include "pages.hpp"
#include "played_story.hpp"
#include "progress_callback.hpp"
#include <pages/plan_charts.hpp>

namespace crowdrules::python {
namespace {

PlayedStory played_story(const std::string& text, const std::string& source, const py::object& progress) {
    const Story story = unwrap(parse_story(text, source, files_beside(source)));
    Result<StoryPlay> play = [&] {
        const Released released;
        return play_story(story, progress_callback(progress));
    }();
    StoryPlay kept = unwrap(std::move(play));
    StorySubject subject = subject_of(kept);
    return {std::move(kept), std::move(subject)};
}

// --------------------------------------------------------------------------------------------------- figures by name

std::vector<std::string> names_in(const campaign::Campaign&) {
    return campaign::figure_names();
}
std::vector<std::string> names_in(const community::Community&) {
    return community::figure_names();
}
std::vector<std::string> names_in(const PlanBook& book) {
    return figure_names(book);
}

auto figure_in(const campaign::Campaign& campaign, const std::string& name) {
    return figure(statement(campaign), name);
}
auto figure_in(const community::Community& community, const std::string& name) {
    return figure(statement(community), name);
}
auto figure_in(const PlanBook& book, const std::string& name) {
    return figure(book, name);
}

py::object figure_of(const PlayedStory& story, const std::string& name) {
    return std::visit(
        [&](const auto& subject) -> py::object {
            const auto value = figure_in(subject, name);
            if (!value) throw py::key_error("there is no figure '" + name + "'; figure_names() lists those there are");
            return write(*value);
        },
        story.subject);
}

// ------------------------------------------------------------------------------------------------------------ pictures

py::tuple charts_of(const Play& play) {
    return py::make_tuple(funding_chart(play.events), money_chart(play.campaign), outcome_chart(play.campaign),
                          payout_chart(play.campaign, play.events), reward_chart(play.campaign));
}
py::tuple charts_of(const PlanPlay& play) {
    const detail::PlanScale scale(play.book);
    py::list charts;
    charts.append(detail::flow_of(play.book, scale));
    charts.append(detail::holders_of(play.book, scale));
    for (const PlanBook::Part& part : play.book.parts) {
        const detail::PartCharts of_part = detail::charts_of(play.book, part);
        for (const BarChart& chart : of_part.bars) charts.append(chart);
        for (const TimeChart& chart : of_part.lines) charts.append(chart);
    }
    return py::tuple(charts);
}
py::tuple charts_of(const CommunityPlay& play) {
    return python::charts_of(play.community, play.events);
}

std::string page_of(const PlayedStory& story) {
    const Released released;
    return story_page(story.play);
}

}  // namespace

void bind_story(py::module_& m) {
    py::class_<PlayedStory> cls(m, "PlayedStory",
                                R"(What came of a story of any kind: a campaign, a plan, ...

>>> story = play_story('''
... timeline = [{ on = 2020-12-31, receipt = { amount = "100.00" } }]
... [plan]
... title = "Two thirds and one"
... currency = "USD"
... [split.all]
... shares = { Anna = 2, Ben = 1 }
... whole = 3
... ''')
>>> story['holders.Anna'] + story['holders.Ben']
Money('100.00', 'USD')
)");
    def_report(cls, [](const PlayedStory& self) { return story_report(self.subject); }, page_of);
    cls.def(
           "figure_names",
           [](const PlayedStory& self) {
               return std::visit([](const auto& subject) { return write(names_in(subject)); }, self.subject);
           },
           "The name of every figure of its statement.")
        .def("__getitem__", &figure_of, py::arg("figure"), "A figure by its name. Raises KeyError.")
        .def_property_readonly(
            "charts",
            [](const PlayedStory& self) {
                return std::visit([](const auto& play) { return charts_of(play); }, self.play);
            },
            "Its pictures: how a campaign was funded and where its money went; what each part of a plan gave to whom.")
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
    m.def("html_report", &page_of, py::arg("of"));
}

}  // namespace crowdrules::python
