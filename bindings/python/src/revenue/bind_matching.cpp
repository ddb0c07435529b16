// SPDX-License-Identifier: BSL-1.0
// Matching: money of sponsors that follows what the crowd gives: by a factor, in a lump, quadratic, as a crowdmatch.
#include "revenue.hpp"

namespace crowdrules::python {
namespace {

std::vector<std::vector<std::string>> rows_of(const revenue::QuadraticOutcome& outcome) {
    std::vector<std::vector<std::string>> rows{{"project", "backers", "contributed", "weight", "matched"}};
    for (const revenue::ProjectMatch& project : outcome.projects)
        rows.push_back({std::to_string(project.project.value), std::to_string(project.backers),
                        to_grouped_text(project.contributed), to_text(project.weight),
                        to_grouped_text(project.matched) + (project.is_capped ? ", capped" : "")});
    rows.push_back({"left in the pool", "", "", "", to_grouped_text(outcome.left)});
    return rows;
}

void bind_pool(py::module_& m) {
    bind_described<revenue::Sponsor>(m, "Sponsor", "Somebody who matches, and what they still give.");
    bind_described<revenue::MatchTerms>(m, "MatchTerms", R"(Contributions are matched by a factor: 1 adds as much again.

`per_contribution` is the part of a contribution that is matched at most, `per_project` the most that one project is
matched, `contributions_per_backer` how many of one backer are matched.
)");
    bind_described<revenue::LumpTerms>(m, "LumpTerms", "A sum that is added once, when a project reaches a mark.");
    auto match = bind_described<revenue::Match>(
        m, "Match", "What was added, and by whom; `limit` is what kept it below what was asked.");
    explained(match);

    py::class_<revenue::MatchPool> pool(m, "MatchPool", R"(Sponsors who match contributions to projects.

Raises FindingsError for sponsors that cannot be; whatever is refused later leaves it as it was.

>>> pool = MatchPool([Sponsor(1, Money('100.00', 'USD')), Sponsor(2, Money('50.00', 'USD'))])
>>> one_to_one = MatchTerms(1, 'half_even', per_contribution=Money('100.00', 'USD'))
>>> [str(part.amount) for part in pool.match(one_to_one, 7, 1, Money('99.00', 'USD')).parts]
['66.00 USD', '33.00 USD']
)");
    pool.def(py::init([](std::vector<revenue::Sponsor> sponsors) {
                 return unwrap(revenue::MatchPool::of(std::move(sponsors)));
             }),
             py::arg("sponsors"))
        .def(
            "match",
            [](revenue::MatchPool& self, const revenue::MatchTerms& terms, revenue::PayeeId project, BackerId backer,
               Given<Money> contribution) { return unwrap(self.match(terms, project, backer, contribution)); },
            py::arg("terms"), py::arg("project"), py::arg("backer"), py::arg("contribution"), "Matches a contribution.")
        .def(
            "match_lump",
            [](revenue::MatchPool& self, const revenue::LumpTerms& terms, revenue::PayeeId project, Given<Money> raised,
               Given<Money> target,
               std::size_t backers) { return unwrap(self.match_lump(terms, project, raised, target, backers)); },
            py::arg("terms"), py::arg("project"), py::kw_only(), py::arg("raised"), py::arg("target"),
            py::arg("backers"), "Adds a lump once a project has `raised` so much, matches not counted.")
        .def("matched", &revenue::MatchPool::matched, py::arg("project"), "What was added to a project so far.")
        .def_property_readonly("sponsors", &revenue::MatchPool::sponsors, "With what each has left.")
        .def_property_readonly("left", &revenue::MatchPool::left, "What all have left.");
    copied(pool);
}

}  // namespace

void bind_matching(py::module_& m) {
    bind_pool(m);
    bind_described<revenue::QuadraticContribution>(m, "QuadraticContribution", "What one backer gave one project.");
    bind_described<revenue::QuadraticTerms>(m, "QuadraticTerms",
                                            R"(How a pool follows the square roots of what backers gave.

`cap` is for each project; what is above it is divided among the others. Contributions below `minimum` are not counted.
)");
    bind_described<revenue::ProjectMatch>(
        m, "ProjectMatch", "One project's match; `weight` is what it would have of a pool without end, in units.");
    auto outcome = bind_described<revenue::QuadraticOutcome>(m, "QuadraticOutcome",
                                                             "A pool, divided: distributed + left is the pool.");
    explained(outcome);
    tabled(outcome, "A pool, divided", &rows_of);
    m.def(
        "match_quadratic",
        [](const revenue::QuadraticTerms& terms, const std::vector<revenue::QuadraticContribution>& contributions) {
            return unwrap(match_quadratic(terms, contributions));
        },
        py::arg("terms"), py::arg("contributions"),
        "Divides a pool. What one backer gave one project in several contributions counts as one. For very many see "
        "crowdrules.columns.match_quadratic.\n\n"
        ">>> gifts = [QuadraticContribution(project, backer, Money(minor=100 * amount, currency='USD'))\n"
        "...          for project, amounts in ((1, [1, 4, 1, 9]), (2, [1, 1, 1, 1, 1, 1, 4]), (3, [1, 9, 1, 9, 1, 9, "
        "4]))\n"
        "...          for backer, amount in enumerate(amounts, 1)]\n"
        ">>> [str(one.matched) for one in match_quadratic(QuadraticTerms(Money('100.00', 'USD')), gifts).projects]\n"
        "['13.60 USD', '21.60 USD', '64.80 USD']\n");
    m.def(
        "crowdmatch",
        [](const Decimal& per_patron, std::int64_t patrons, Given<Money> limit) {
            return revenue::crowdmatch(per_patron, patrons, limit);
        },
        py::arg("per_patron"), py::arg("patrons"), py::arg("limit"),
        "What each patron gives for a month when every patron gives `per_patron` units for every patron: exactly, in "
        "units.\n\n"
        ">>> crowdmatch('0.001', 1500, Money('12.00', 'USD'))\nDecimal('1.5')\n");
    bind_described<revenue::GoalMatch>(m, "GoalMatch",
                                       "What is given of a pledge now; the `promise` is the rest of it.");
    m.def(
        "crowdmatch_to_goal",
        [](Given<Money> pledge, Given<Money> crowd, Given<Money> goal, Given<Rounding> rounding) {
            return revenue::crowdmatch_to_goal(pledge, crowd, goal, rounding);
        },
        py::arg("pledge"), py::kw_only(), py::arg("crowd"), py::arg("goal"), py::arg("rounding"),
        "A pledge of which so much is given as the crowd has come of its way to the goal.\n\n"
        ">>> crowdmatch_to_goal(Money('20.00', 'USD'), crowd=Money('500.00', 'USD'), goal=Money('1000.00', 'USD'),\n"
        "...                    rounding='half_even').donation\n"
        "Money('10.00', 'USD')\n");
    m.def(
        "counted_below_cap",
        [](Given<Money> value, Given<Money> given, Given<Money> cap, Given<Rounding> rounding) {
            return revenue::counted(value, given, cap, rounding);
        },
        py::arg("value"), py::kw_only(), py::arg("given"), py::arg("cap"), py::arg("rounding"),
        "What a contribution above a cap counts in the currency of the round: its `value` there, in proportion.\n\n"
        ">>> counted_below_cap(Money('50.00', 'EUR'), given=Money('60.00', 'USD'), cap=Money('30.00', 'USD'),\n"
        "...                   rounding='half_even')\nMoney('25.00', 'EUR')\n");
}

}  // namespace crowdrules::python
