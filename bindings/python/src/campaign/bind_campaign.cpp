// SPDX-License-Identifier: BSL-1.0
// The life of a campaign: launch, decide, perform, advance; agenda, ledger, statement; journal and replay.
#include <crowdrules/campaign/agenda.hpp>
#include <crowdrules/campaign/decide.hpp>
#include <crowdrules/campaign/evolve.hpp>
#include <crowdrules/campaign/postings.hpp>
#include <crowdrules/campaign/progress.hpp>
#include <crowdrules/campaign/statement.hpp>
#include <crowdrules/protocol/journal.hpp>
#include <crowdrules/stories/campaign/report.hpp>

#include "described.hpp"
#include "life.hpp"
#include "live_campaign.hpp"
#include <revenue/describe.hpp>

namespace crowdrules::python {

template <>
struct Life<LiveCampaign> {
    using Command = crowdrules::campaign::Command;
    static constexpr const char* name = "Campaign";
    static constexpr std::size_t accounts = campaign_account_count;

    static auto& subject(auto& self) { return self.campaign; }
    static ExplainedStatement statement(const campaign::Campaign& campaign) {
        return {crowdrules::campaign::statement(campaign), campaign->terms};
    }
    static auto explain(const campaign::Campaign& campaign, const std::string& figure) {
        return crowdrules::campaign::explain(crowdrules::campaign::statement(campaign), campaign.terms(), figure);
    }
    static auto read_journal(const std::string& text, const std::string& source) {
        return crowdrules::read_journal(text, source);
    }
    static std::string standing(const campaign::Campaign& campaign) { return std::string(to_text(campaign->phase)); }
};

namespace {

py::object pledge_of(const LiveCampaign& self, PledgeId id) {
    const auto found = find_pledge(self.campaign, id);
    if (!found) throw py::key_error("there is no pledge " + std::to_string(id.value));
    py::dict view;
    view["pledge"] = found->pledge;
    view["backer"] = found->backer;
    view["reward"] = found->reward;
    view["amount"] = found->amount;
    view["state"] = found->state;
    view["late"] = found->late;
    view["charged"] = found->charged;
    view["refunded"] = found->refunded;
    return view;
}

constexpr const char* campaign_doc = R"(A campaign and everything that happened to it.

Whoever sends a command says when it happens; commands come in order of time. Whatever falls due before a command
happens first. A command that may not be carried out raises Rejected and changes nothing (but for what fell due).

>>> watch = Campaign.launch(Terms(currency='USD', title='A watch',
...     model=FundingModel.all_or_nothing(Money('100.00', 'USD')),
...     window=Window('2026-11-01T08:00:00Z', '2026-12-01T08:00:00Z'),
...     charges=ChargePlan(retry_window='7 days'),
...     rewards=[Reward('The watch', minimum=11500, quantity=1)]))
>>> made, = watch.perform(MakePledge(pledge=1, backer=7, reward=1, amount=Money('115.00', 'USD')),
...                       at='2026-11-01T08:00:00Z')
>>> made.kind, made.amount
('pledge_made', 11500)
>>> watch.perform(MakePledge(pledge=2, backer=8, reward=1, amount=Money('115.00', 'USD')), at='2026-11-02T08:00:00Z')
Traceback (most recent call last):
    ...
crowdrules._errors.Rejected: reward_sold_out: 1 of 1 'The watch' are taken; accepted: another reward, or none [...]
>>> [event.kind for event in watch.advance('2026-12-01T08:00:00Z')]
['campaign_closed', 'campaign_succeeded']
>>> for due in watch.agenda(): print(due)
2026-12-01T08:00:00Z charge pledge 1: 115.00 USD
2026-12-08T08:00:01Z drop pledge 1: 115.00 USD
)";

}  // namespace

void bind_campaign(py::module_& m) {
    py::class_<LiveCampaign> campaign(m, "Campaign", campaign_doc);
    campaign
        .def_static(
            "launch",
            [](const campaign::Terms& terms, std::optional<Instant> at) {
                campaign::Event first = launched(terms, at.value_or(terms.window.opens));
                campaign::Campaign begun = replay(std::span(&first, 1));
                return LiveCampaign{std::move(begun), {std::move(first)}};
            },
            py::arg("terms"), py::arg("at") = py::none(),
            "A campaign with these terms, launched when its window opens unless `at` says otherwise. Raises "
            "ContractViolation for terms with defects.")
        .def("pledge", &pledge_of, py::arg("pledge"), "Where a pledge stands, by name. Raises KeyError.")
        .def_property_readonly(
            "phase", [](const LiveCampaign& self) { return self.campaign->phase; }, "Where it stands.")
        .def_property_readonly(
            "window", [](const LiveCampaign& self) { return self.campaign->window; }, "Its window as it stands now.")
        .def_property_readonly(
            "counted", [](const LiveCampaign& self) { return counted_now(self.campaign); },
            "What counts toward the goal now, in its measure (minor units for money).")
        .def_property_readonly(
            "percent_funded", [](const LiveCampaign& self) { return percent_funded(self.campaign); },
            "Hundredths of the goal, rounded down; None without a goal.")
        .def(
            "remaining",
            [](const LiveCampaign& self, campaign::RewardId reward) {
                if (reward.is_none() || reward.value > self.campaign->rewards.size())
                    throw py::key_error("there is no reward " + std::to_string(reward.value));
                return remaining(self.campaign, reward);
            },
            py::arg("reward"), "How many of a reward are left; None without a limit. Raises KeyError.");
    def_life(campaign);

    m.def(
        "write_journal", [](const std::vector<campaign::Event>& events) { return write_journal(events); },
        py::arg("events"), "All events as one journal: lines of JSON, each sealed to the ones before.");
    m.def(
        "read_journal",
        [](const std::string& text, const std::string& source) { return unwrap(read_journal(text, source)); },
        py::arg("text"), py::arg("source") = "", "All events of a journal. Raises TextError with the line at fault.");
}

}  // namespace crowdrules::python
