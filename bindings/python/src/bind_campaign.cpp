// SPDX-License-Identifier: BSL-1.0
// The life of a campaign: launch, decide, perform, advance; agenda, ledger, statement; journal and replay.
#include <crowdrules/campaign/agenda.hpp>
#include <crowdrules/campaign/decide.hpp>
#include <crowdrules/campaign/evolve.hpp>
#include <crowdrules/campaign/postings.hpp>
#include <crowdrules/campaign/progress.hpp>
#include <crowdrules/campaign/statement.hpp>
#include <crowdrules/rulepacks/journal.hpp>
#include <crowdrules/scenario/report.hpp>

#include "described.hpp"
#include "enums.hpp"
#include "interpreter.hpp"
#include "live_campaign.hpp"

namespace crowdrules::python {
namespace {

Command command_of(const CommandBody& what, Instant at, CommandId id) {
    return {.id = id, .at = at, .what = what};
}

CommandBody body_of(const py::object& what) {
    CommandBody body{CloseEarly{}};
    read(what, body);
    return body;
}

/// What was appended since there were `before` events.
std::vector<Event> since(const LiveCampaign& self, std::size_t before) {
    return {self.events.begin() + static_cast<std::ptrdiff_t>(before), self.events.end()};
}

std::vector<Entry> entries_of(const LiveCampaign& self) {
    std::vector<Entry> entries;
    for (const Event& event : self.events)
        if (auto entry = postings(event, self.campaign.terms().currency)) entries.push_back(*std::move(entry));
    return entries;
}

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
)";

}  // namespace

LiveCampaign replayed(Events events) {
    const Released released;
    Campaign campaign = replay(events);
    return {std::move(campaign), std::move(events)};
}

void bind_campaign(py::module_& m) {
    py::class_<LiveCampaign>(m, "Campaign", campaign_doc)
        .def_static(
            "launch",
            [](const Terms& terms, std::optional<Instant> at) {
                Event first = launched(terms, at.value_or(terms.window.opens));
                Campaign campaign = replay(std::span(&first, 1));
                return LiveCampaign{std::move(campaign), {std::move(first)}};
            },
            py::arg("terms"), py::arg("at") = py::none(),
            "A campaign with these terms, launched when its window opens unless `at` says otherwise. Raises "
            "ContractViolation for terms with defects.")
        .def(
            "decide",
            [](const LiveCampaign& self, const py::object& command, Instant at, CommandId id) {
                return unwrap(decide(self.campaign, command_of(body_of(command), at, id))).events;
            },
            py::arg("command"), py::kw_only(), py::arg("at"), py::arg("id") = py::none(),
            "The events that the command would bring about; nothing is changed. None at all when a command of this "
            "`id` was carried out before. Raises Rejected.")
        .def(
            "perform",
            [](LiveCampaign& self, const py::object& command, Instant at, CommandId id) {
                const Command what = command_of(body_of(command), at, id);
                const std::size_t before = self.events.size();
                unwrap(perform(self.campaign, what, self.events));
                return since(self, before);
            },
            py::arg("command"), py::kw_only(), py::arg("at"), py::arg("id") = py::none(),
            "Decides and applies; the events that happened. Raises Rejected.")
        .def(
            "advance",
            [](LiveCampaign& self, Instant until) {
                const std::size_t before = self.events.size();
                for (Event& event : advance(self.campaign, until)) self.events.push_back(std::move(event));
                return since(self, before);
            },
            py::arg("until"), "What happens by itself up to and including `until`, applied.")
        .def(
            "agenda", [](const LiveCampaign& self) { return agenda(self.campaign); },
            "Everything due after what has happened, in order of time.")
        .def(
            "statement",
            [](const LiveCampaign& self) { return ExplainedStatement{statement(self.campaign), self.campaign->terms}; },
            "The statement of the campaign as it stands.")
        .def(
            "explain",
            [](const LiveCampaign& self, const std::string& figure) {
                return unwrap(explain(statement(self.campaign), self.campaign.terms(), figure));
            },
            py::arg("figure"), "How a figure of the statement came about.")
        .def(
            "report_json", [](const LiveCampaign& self) { return report_json(self.campaign); },
            "The statement as one JSON object.")
        .def("entries", &entries_of, "The double entry of every event that moved money.")
        .def(
            "ledger",
            [](const LiveCampaign& self) {
                py::dict balances;
                for (std::size_t i = 0; i < campaign_account_count; ++i)
                    balances[write(static_cast<Account>(i))] = self.campaign->ledger.balance(static_cast<Account>(i));
                return balances;
            },
            "Who holds what, by Account; sums to nothing.")
        .def("pledge", &pledge_of, py::arg("pledge"), "Where a pledge stands, by name. Raises KeyError.")
        .def(
            "check", [](const LiveCampaign& self) { return check(self.campaign); },
            "The reasons why ledger, totals and fees would not agree; empty when they do.")
        .def(
            "journal",
            [](const LiveCampaign& self) {
                // A copy: another thread may go on with the campaign meanwhile.
                const Events events = self.events;
                const Released released;
                return write_journal(events);
            },
            "All events as lines of JSON, each sealed to the ones before; Campaign.from_journal reads it.")
        .def_static(
            "from_journal",
            [](const std::string& text, const std::string& source) {
                Events events;
                {
                    const Released released;
                    auto read = read_journal(text, source);
                    if (read)
                        events = *std::move(read);
                    else {
                        const Held held;
                        raise(read.error());
                    }
                }
                return replayed(std::move(events));
            },
            py::arg("text"), py::arg("source") = "",
            "The campaign of a journal. Raises TextError with the line at fault.")
        .def_static("replay", &replayed, py::arg("events"),
                    "The campaign that these events make; the first is campaign_launched. Raises ContractViolation.")
        .def_property_readonly(
            "events", [](const LiveCampaign& self) { return self.events; }, "Everything that happened, in order.")
        .def_property_readonly(
            "terms", [](const LiveCampaign& self) { return self.campaign.terms(); }, "Its terms.")
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
            [](const LiveCampaign& self, RewardId reward) {
                if (reward.is_none() || reward.value > self.campaign->rewards.size())
                    throw py::key_error("there is no reward " + std::to_string(reward.value));
                return remaining(self.campaign, reward);
            },
            py::arg("reward"), "How many of a reward are left; None without a limit. Raises KeyError.")
        .def("__len__", [](const LiveCampaign& self) { return self.events.size(); })
        .def("__iter__", [](const LiveCampaign& self) { return py::iter(write(Events(self.events))); })
        .def("__eq__",
             [](const LiveCampaign& a, const py::object& b) {
                 return py::isinstance<LiveCampaign>(b) && a.campaign == py::cast<const LiveCampaign&>(b).campaign;
             })
        .def("__copy__", [](const LiveCampaign& self) { return LiveCampaign(self); })
        .def("__deepcopy__", [](const LiveCampaign& self, const py::object&) { return LiveCampaign(self); })
        .def("__reduce__",
             [](const py::object& self) {
                 return py::make_tuple(py::module_::import("crowdrules._files").attr("campaign_of"),
                                       py::make_tuple(self.attr("journal")()));
             })
        .def("__str__", [](const LiveCampaign& self) { return report(self.campaign); })
        .def("__repr__",
             [](const LiveCampaign& self) {
                 return "<Campaign " + std::string(py::repr(py::str(self.campaign.terms().title))) + ", " +
                        std::string(to_text(self.campaign->phase)) + ", " + std::to_string(self.events.size()) +
                        " events>";
             })
        .def("_repr_html_", [](const py::object& self) { return self.attr("statement")().attr("_repr_html_")(); })
        .attr("__hash__") = py::none();
    m.def(
        "write_journal", [](const std::vector<Event>& events) { return write_journal(events); }, py::arg("events"),
        "All events as one journal: lines of JSON, each sealed to the ones before.");
    m.def(
        "read_journal",
        [](const std::string& text, const std::string& source) { return unwrap(read_journal(text, source)); },
        py::arg("text"), py::arg("source") = "", "All events of a journal. Raises TextError with the line at fault.");
}

}  // namespace crowdrules::python
