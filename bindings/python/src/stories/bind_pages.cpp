// SPDX-License-Identifier: BSL-1.0
// Pages: how campaigns look, in a browser and drawn with matplotlib.
#include <crowdrules/pages/charts.hpp>
#include <crowdrules/pages/html_report.hpp>
#include <crowdrules/stories/campaign/play.hpp>
#include <crowdrules/stories/campaign/report.hpp>

#include "campaign/live_campaign.hpp"
#include "convert.hpp"
#include "interpreter.hpp"
#include "pages.hpp"
#include <array>
#include <core/listed.hpp>
#include <utility>

namespace crowdrules::python {
namespace {

/// The pictures that a campaign has, by name.
constexpr std::array<std::pair<const char*, const char*>, 5> kinds{{{"funding", "funding_chart"},
                                                                    {"money", "money_chart"},
                                                                    {"outcomes", "outcome_chart"},
                                                                    {"payouts", "payout_chart"},
                                                                    {"rewards", "reward_chart"}}};

py::object plotted(const py::object& campaign, const std::string& kind, const py::object& ax) {
    std::string known;
    for (const auto& [name, chart] : kinds) {
        if (kind == name) return drawn(py::module_::import("crowdrules._core").attr(chart)(campaign), ax);
        detail::add_to_list(known, std::string(name));
    }
    raise_value_error("there is no picture '" + kind + "' of a campaign; there are " + known);
}

template <class T, class CampaignOf>
void def_plot(py::class_<T>& cls, CampaignOf campaign_of) {
    cls.def(
        "plot",
        [campaign_of](const py::object& self, const std::string& kind, const py::object& ax) {
            return plotted(campaign_of(self), kind, ax);
        },
        py::arg("kind") = "funding", py::arg("ax") = py::none(),
        R"(Draws it with matplotlib, on `ax` or on a figure of its own. Returns the axes.

`kind` is "funding", "money", "outcomes", "payouts" or "rewards".
)");
}

}  // namespace

py::object drawn(const py::object& chart, const py::object& ax) {
    return py::module_::import("crowdrules.plots").attr("draw")(chart, ax);
}

void write_page(const py::object& path, const std::string& page) {
    py::module_::import("pathlib").attr("Path")(path).attr("write_text")(page, py::arg("encoding") = "utf-8");
}

void bind_pages(py::module_& m) {
    auto campaign = class_of<LiveCampaign>();
    const auto page_of_campaign = [](const LiveCampaign& of) {
        // A copy: another thread may go on with the campaign meanwhile.
        const campaign::Events events = of.events;
        const Released released;
        return html_report(events);
    };
    def_report(campaign, [](const LiveCampaign& of) { return report(of.campaign); }, page_of_campaign);
    def_plot(campaign, [](const py::object& self) { return self; });

    auto play = class_of<Play>();
    const auto page_of_play = [](const Play& of) {
        const Released released;
        return html_report(of);
    };
    def_report(play, [](const Play& of) { return report(of.campaign); }, page_of_play);
    def_plot(play, [](const py::object& self) { return py::object(self.attr("campaign")); });

    m.def("html_report", page_of_campaign, py::arg("of"),
          "The page for a browser as text: of a campaign, or of anything that was played.");
    m.def("html_report", page_of_play, py::arg("of"));
}

}  // namespace crowdrules::python
