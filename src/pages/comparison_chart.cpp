// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/pages/charts.hpp>

#include <pictures/axis.hpp>

namespace crowdrules {
namespace {

/// What a bar is made of; together it is what was collected, but for what a platform or creator put in.
std::vector<std::int64_t> parts_of(const campaign::Statement& s) {
    return {(s.paid - s.owed + s.to_pay).minor(), s.platform_fee.minor(), s.processing_fee.minor(),
            (s.platform_tax + s.processing_tax).minor(), (s.refunded + s.charged_back + s.disputed).minor()};
}

std::string reason_of(const ComparedCampaign& campaign) {
    if (campaign.findings.empty()) return "no figures";
    const Finding& first = campaign.findings.front();
    return "no figures: " + std::string(to_text(first.kind)) + ", " + first.rule;
}

}  // namespace

BarChart comparison_chart(const CampaignComparison& comparison) {
    BarChart chart{.title = "The same backers under other rules",
                   .of_what = "rules",
                   .parts = {"creator", "platform fee", "processing fee", "taxes on fees", "given back or in dispute"}};
    for (const ComparedCampaign& campaign : comparison.campaigns) {
        BarChart::Bar bar{.name = campaign.name, .values = std::vector<std::int64_t>(chart.parts.size())};
        const Currency currency = campaign.terms ? campaign.terms->currency : USD;
        if (!campaign.statement) {
            bar.note = reason_of(campaign);
        } else if (chart.unit.name.empty() || chart.unit == ChartUnit::of(currency)) {
            chart.unit = ChartUnit::of(currency);
            bar.values = parts_of(*campaign.statement);
            bar.note = "creator " + detail::figure_text(bar.values.front(), chart.unit);
            chart.says += (chart.says.empty() ? "The creator gets: " : "; ") + campaign.name + " " +
                          detail::figure_text(bar.values.front(), chart.unit);
        } else {
            bar.note = "in another currency: " + std::string(currency.code());
        }
        chart.bars.push_back(std::move(bar));
    }
    chart.says += chart.says.empty() ? "None of them has figures." : ".";
    return chart;
}

}  // namespace crowdrules
