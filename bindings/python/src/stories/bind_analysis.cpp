// SPDX-License-Identifier: BSL-1.0
// Analysis: a scenario under other terms (compare, sweep), and exact answers by search (solve).
#include <crowdrules/analysis/compare.hpp>
#include <crowdrules/analysis/simulate_plan.hpp>
#include <crowdrules/analysis/solve.hpp>
#include <crowdrules/analysis/sweep.hpp>
#include <crowdrules/pages/charts.hpp>
#include <crowdrules/rulepacks/load.hpp>

#include "campaign/live_campaign.hpp"
#include "convert.hpp"
#include "interpreter.hpp"
#include "pack_files.hpp"
#include "pages.hpp"
#include "progress_callback.hpp"
#include <core/listed.hpp>

namespace crowdrules::python {
namespace {

std::vector<Change> changes_of(const py::dict& given) {
    std::vector<Change> changes;
    // A copy: to read a value may run code of Python, which may change the dict.
    for (const auto& [path, value] : py::reinterpret_steal<py::dict>(PyDict_Copy(given.ptr()))) {
        Change& change = changes.emplace_back();
        read(path, change.path);
        try {
            read(value, change.value);
        } catch (py::error_already_set& error) {
            raise_for_place(change.path, error);
        }
    }
    return changes;
}

/// (name, Terms), (name, changes) or (name, pack, on, country, given, assume, rates).
Contender contender_of(const Scenario& scenario, const py::tuple& given) {
    std::string name;
    read(given[0], name);
    if (given.size() == 2 && py::isinstance<campaign::Terms>(given[1]))
        return {name, py::cast<campaign::Terms>(given[1])};
    if (given.size() == 2) return {name, changed(scenario.terms, changes_of(py::cast<py::dict>(given[1])))};
    UnderPack how;
    if (!given[2].is_none()) read(given[2], how.on.emplace());
    read(given[3], how.country);
    read(given[4], how.given);
    read(given[5], how.assume);
    std::map<std::string, Decimal, std::less<>> rates;
    read(given[6], rates);
    for (const auto& [code, rate] : rates) {
        const auto currency = unwrap(Currency::iso(code));
        if (rate <= Decimal{})
            throw py::value_error("a rate is above zero, but that of " + code + " is " + to_text(rate));
        how.rates.push_back({currency, scenario.terms.currency, rate, {}});
    }
    std::string pack;
    read(given[1], pack);
    const ReadText files = files_beside({});
    const auto loaded = load_pack(pack, files);
    if (!loaded) return {name, failure(loaded.error())};
    return {name, under_pack(scenario, *loaded, how, files)};
}

/// What crowdrules/_compare.py makes of a comparison.
std::string told_by(const char* function, const py::object& comparison) {
    return py::str(py::module_::import("crowdrules._compare").attr(function)(comparison));
}

py::dict row_of(const SweepRow& row) {
    py::dict view;
    view["fingerprint"] = row.fingerprint;
    view["problem"] = row.findings.empty() ? py::object(py::none()) : py::object(py::str(to_text(row.findings)));
    view["phase"] = row.statement ? py::object(py::str(std::string(to_text(row.statement->phase)))) : py::none();
    view["refusals"] = row.refusals;
    py::dict figures;
    if (row.statement)
        for (const std::string& name : campaign::figure_names())
            if (const auto value = figure(*row.statement, name)) figures[py::str(name)] = write(*value);
    view["figures"] = figures;
    return view;
}

py::tuple pair_of(const Tried& tried) {
    return py::make_tuple(tried.number, tried.value);
}
py::object pair_of(const std::optional<Tried>& tried) {
    return tried ? py::object(pair_of(*tried)) : py::object(py::none());
}
py::tuple pairs_of(const std::vector<Tried>& tried) {
    py::tuple pairs(tried.size());
    for (std::size_t i = 0; i < tried.size(); ++i) pairs[i] = pair_of(tried[i]);
    return pairs;
}

/// (answer, below, above, tried), or (reason, tried) where there is no answer.
py::tuple answer_of(const Result<Solved, Unsolved>& solved) {
    if (!solved) return py::make_tuple(solved.error().what, pairs_of(solved.error().tried));
    return py::make_tuple(pair_of(solved->answer), pair_of(solved->below), pair_of(solved->above),
                          pairs_of(solved->tried));
}

void bind_compare(py::module_& m) {
    py::class_<RuleDifference>(m, "RuleDifference", "A rule on which terms differ.")
        .def_readonly("path", &RuleDifference::path, "Its path: 'fees.platform'.")
        .def_property_readonly(
            "values", [](const RuleDifference& self) { return self.values; },
            "What each of the terms says, as text; empty where it has none.")
        .def_property_readonly(
            "citations", [](const RuleDifference& self) { return self.citations; }, "Where each is written.")
        .def("__repr__", [](const RuleDifference& self) {
            std::string text;
            for (const std::string& value : self.values)
                text += (text.empty() ? "" : " | ") + (value.empty() ? "none" : value);
            return "<" + self.path + ": " + text + ">";
        });
    py::class_<ComparedCampaign>(m, "ComparedCampaign", "A campaign under one of several terms.")
        .def_readonly("name", &ComparedCampaign::name, "What the contender is called.")
        .def_property_readonly(
            "findings", [](const ComparedCampaign& self) { return self.findings; },
            "Why it has no statement: what must be given, or what is forbidden.")
        .def_property_readonly(
            "terms", [](const ComparedCampaign& self) { return write(self.terms); }, "Its terms, or None.")
        .def_property_readonly(
            "statement",
            [](const ComparedCampaign& self) -> py::object {
                if (!self.statement) return py::none();
                return py::cast(
                    ExplainedStatement{*self.statement, std::make_shared<const campaign::Terms>(*self.terms)});
            },
            "Its statement, or None.")
        .def_property_readonly(
            "refusals", [](const ComparedCampaign& self) { return self.refusals; },
            "What backers or the platform could not do under these terms.")
        .def("__repr__", [](const ComparedCampaign& self) { return "<ComparedCampaign " + self.name + ">"; });
    py::class_<CampaignComparison>(m, "CampaignComparison", R"(One scenario under several terms, side by side.

`figures` has every figure of the statement, `differing` those on which the contenders differ, `rules` the rules on
which their terms do. In a notebook it shows as a table.
)")
        .def_property_readonly(
            "campaigns", [](const CampaignComparison& self) { return self.campaigns; },
            "In the order of the contenders.")
        .def_property_readonly(
            "figures",
            [](const CampaignComparison& self) {
                py::dict figures;
                for (const ComparedFigure& each : self.figures) figures[py::str(each.name)] = write(each.values);
                return figures;
            },
            "Amounts by name, one for each contender; None where it has no statement.")
        .def_property_readonly(
            "differing",
            [](const CampaignComparison& self) {
                py::dict figures;
                for (const ComparedFigure& each : self.differing()) figures[py::str(each.name)] = write(each.values);
                return figures;
            },
            "The figures on which contenders differ.")
        .def_property_readonly(
            "rules", [](const CampaignComparison& self) { return self.rules; },
            "The rules on which the contenders that have terms differ.")
        .def(
            "plot",
            [](const CampaignComparison& self, const py::object& ax) {
                return drawn(py::cast(comparison_chart(self)), ax);
            },
            py::arg("ax") = py::none(),
            "Draws with matplotlib what becomes of the money under each, on `ax` or a figure of its own. Returns the "
            "axes.")
        .def("__str__", [](const py::object& self) { return told_by("campaigns_text", self); })
        .def("_repr_html_", [](const py::object& self) { return told_by("campaigns_html", self); })
        .def("__repr__", [](const CampaignComparison& self) {
            const std::string names = detail::listed(self.campaigns, &ComparedCampaign::name);
            return "<CampaignComparison of " + names + ">";
        });
    m.def(
        "_compare",
        [](const Scenario& scenario, const py::iterable& given) {
            std::vector<Contender> contenders;
            for (const py::handle item : given) contenders.push_back(contender_of(scenario, py::cast<py::tuple>(item)));
            const py::object nobody = py::none();
            const Released released;
            return compare(scenario, contenders, progress_callback(nobody));
        },
        py::arg("scenario"), py::arg("contenders"));
    m.def("campaign_packs", &campaign_packs, "The names of all packs of campaigns that come with crowdrules.");
    m.def("comparison_chart", &comparison_chart, py::arg("comparison"),
          "What becomes of the money under each contender's terms. One that has no figures says why.");
}

void bind_plan_comparison(py::module_& m) {
    py::class_<PlanComparison>(m, "PlanComparison", R"(Plans of revenue side by side: who has what in the end.

`holders` has, by name, the amount under each plan; None where the plan has no such holder. In a notebook it shows as a
table.
)")
        .def_property_readonly(
            "titles", [](const PlanComparison& self) { return self.titles; }, "Of the plans.")
        .def_property_readonly(
            "problems", [](const PlanComparison& self) { return self.problems; },
            "Why a plan was not played to its end; empty: it was.")
        .def_property_readonly(
            "holders",
            [](const PlanComparison& self) {
                py::dict holders;
                for (const ComparedHolder& holder : self.holders) holders[py::str(holder.name)] = write(holder.amounts);
                return holders;
            },
            "Amounts in units of the currency by holder, in the order in which money came to them.")
        .def("__str__", [](const py::object& self) { return told_by("plans_text", self); })
        .def("_repr_html_", [](const py::object& self) { return told_by("plans_html", self); })
        .def("__repr__", [](const PlanComparison& self) {
            return "<PlanComparison of " + std::to_string(self.titles.size()) + " plans>";
        });
    m.def(
        "_compare_plans",
        [](const std::vector<RevenuePlan>& plans) {
            const Released released;
            return compare(plans);
        },
        py::arg("plans"));
}

void bind_sweep(py::module_& m) {
    m.def(
        "changed_terms",
        [](const campaign::Terms& terms, const py::dict& changes) {
            return unwrap(changed(terms, changes_of(changes)));
        },
        py::arg("terms"), py::arg("changes"), R"(Terms with some values changed by path, to ask 'what if'.

Paths are those under which terms are written in files: "goal", "limits.maximum", "fees.platform",
"rewards[2].minimum". A dict changes the fields that it has; "none" takes a field away. Raises FindingsError.
)");
    m.def(
        "fingerprint", [](const Scenario& scenario) { return fingerprint_of(scenario); }, py::arg("scenario"),
        "64 hexadecimal digits that differ for scenarios that differ in anything a play depends on.");
    m.def(
        "_swept_fingerprint",
        [](const Scenario& scenario, const py::dict& changes) {
            const auto other = changed(scenario, changes_of(changes));
            return other ? fingerprint_of(*other) : std::string();
        },
        py::arg("scenario"), py::arg("changes"));
    m.def(
        "_sweep_row",
        [](const Scenario& scenario, const py::dict& given, const py::object& progress) {
            const std::vector<Change> changes = changes_of(given);
            const SweepRow row = [&] {
                const Released released;
                return sweep_row(scenario, changes, progress_callback(progress));
            }();
            return row_of(row);
        },
        py::arg("scenario"), py::arg("changes"), py::arg("progress") = py::none());
}

void bind_solve(py::module_& m) {
    m.def("_least_reaching",
          [](std::int64_t from, std::int64_t to, std::int64_t step, std::int64_t wanted, const py::function& value) {
              return answer_of(least_reaching({from, to, step}, wanted, [&](std::int64_t number) {
                  std::int64_t result = 0;
                  read(value(number), result);
                  return result;
              }));
          });
    m.def("_goal_that_nets", [](const campaign::Terms& terms, const Given<Money>& pledge, const Decimal& dropped,
                                const Given<Money>& wanted, std::int64_t from, std::int64_t to, std::int64_t step) {
        return answer_of(goal_that_nets({terms, pledge, dropped}, wanted, {from, to, step}));
    });
    m.def("_stretch_that_pays", [](const campaign::Terms& terms, const Given<Money>& pledge, std::int64_t backers,
                                   const Given<Money>& fixed, const Given<Money>& each, std::int64_t most) {
        return answer_of(stretch_that_pays({terms, pledge, backers, fixed, each}, most));
    });
    m.def("_loan_plan",
          [](const Given<Money>& principal, const Decimal& rate, std::size_t months, const Given<Rounding>& rounding) {
              const LoanPlan plan = plan_of(Loan{principal, rate, months, rounding});
              return py::make_tuple(write(plan.payment), write(plan.last), write(plan.interest));
          });
    m.def("_multiple_above_loan",
          [](const Given<Money>& principal, const Decimal& share, const std::vector<Money>& revenue,
             const Given<Money>& loan_cost, std::size_t grace_periods, std::optional<std::size_t> matures_after,
             std::int64_t most, const Given<Rounding>& rounding) {
              revenue::NoteTerms terms{.holders = {{revenue::PayeeId{1}, principal}},
                                       .revenue_share = share,
                                       .multiple = Decimal(1),
                                       .rounding = rounding,
                                       .grace_periods = grace_periods,
                                       .matures_after = matures_after};
              return answer_of(multiple_above_loan(terms, revenue, loan_cost, most));
          });
}

}  // namespace

void bind_analysis(py::module_& m) {
    bind_compare(m);
    bind_plan_comparison(m);
    bind_sweep(m);
    bind_solve(m);
}

}  // namespace crowdrules::python
