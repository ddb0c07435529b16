// SPDX-License-Identifier: BSL-1.0
// The statement of a campaign: who has what, and why.
#include <crowdrules/campaign/statement.hpp>

#include "described.hpp"
#include "live_campaign.hpp"
#include <core/listed.hpp>
#include <revenue/describe.hpp>

namespace crowdrules::python {
namespace {

template <auto member>
py::cpp_function figure_of() {
    return py::cpp_function([](const ExplainedStatement& self) { return self.figures.*member; });
}
/// A count and the amount of what is counted: the amount is the figure, the count has `_count` behind its name.
template <auto member>
void counted(py::class_<ExplainedStatement>& cls, const char* name, const char* doc) {
    cls.def_property_readonly(name, [](const ExplainedStatement& self) { return (self.figures.*member).amount; }, doc);
    cls.def_property_readonly((std::string(name) + "_count").c_str(),
                              [](const ExplainedStatement& self) { return (self.figures.*member).count; },
                              "How many of them.");
}

std::vector<std::vector<std::string>> rows_of(const ExplainedStatement& self) {
    std::vector<std::vector<std::string>> rows{{"figure", "amount"}};
    for (const std::string& name : campaign::figure_names())
        if (const auto amount = figure(self.figures, name)) rows.push_back({name, to_grouped_text(*amount)});
    return rows;
}

}  // namespace

std::string html_table(const std::string& caption, const std::vector<std::vector<std::string>>& rows) {
    const py::object escape = py::module_::import("html").attr("escape");
    const auto escaped = [&](const std::string& text) { return std::string(py::str(escape(text))); };
    std::string text = "<table><caption>" + escaped(caption) + "</caption>";
    const char* cell = "th";
    for (const auto& row : rows) {
        text += "<tr>";
        for (std::size_t i = 0; i < row.size(); ++i)
            text += std::string("<") + cell +
                    (i == 0 ? " style=\"text-align:left\">" : " style=\"text-align:right\">") + escaped(row[i]) + "</" +
                    cell + ">";
        text += "</tr>";
        cell = "td";
    }
    return text + "</table>";
}

void bind_statement(py::module_& m) {
    py::class_<campaign::PayoutLine>(m, "Payout", "Money that is paid out together; amounts in minor units.")
        .def_readonly("kind", &campaign::PayoutLine::kind, "What money it is: a PayoutKind.")
        .def_readonly("number", &campaign::PayoutLine::number, "Of the later payouts, from 0.")
        .def_readonly("due", &campaign::PayoutLine::due, "When it falls due.")
        .def_readonly("gross", &campaign::PayoutLine::gross, "Collected in it.")
        .def_readonly("refunded", &campaign::PayoutLine::refunded, "Given back before it was paid.")
        .def_readonly("charged_back", &campaign::PayoutLine::charged_back, "Lost to disputes before it was paid.")
        .def_readonly("disputed", &campaign::PayoutLine::disputed, "Held now.")
        .def_readonly("processing_fee", &campaign::PayoutLine::processing_fee, "Taken from it, with tax.")
        .def_readonly("to_others", &campaign::PayoutLine::to_others, "Lines of it for others than the creator.")
        .def_readonly("platform_fee", &campaign::PayoutLine::platform_fee, "Taken at the payout.")
        .def_readonly("tax", &campaign::PayoutLine::tax, "On the platform's fee.")
        .def_readonly("reserve", &campaign::PayoutLine::reserve, "Held back at the payout.")
        .def_readonly("carried", &campaign::PayoutLine::carried, "Bore its fees in an earlier payout.")
        .def_readonly("recouped", &campaign::PayoutLine::recouped, "Kept for what the creator owed.")
        .def_readonly("net", &campaign::PayoutLine::net, "Paid; negative: owed by the creator.")
        .def_readonly("returned", &campaign::PayoutLine::returned, "Of it, what came back from the creator's bank.")
        .def_readonly("paid_at", &campaign::PayoutLine::paid_at, "When it was paid, or None.")
        .def("__eq__",
             [](const campaign::PayoutLine& a, const py::object& b) {
                 return py::isinstance<campaign::PayoutLine>(b) && a == py::cast<const campaign::PayoutLine&>(b);
             })
        .def("__hash__",
             [](const campaign::PayoutLine& self) { return py::hash(py::make_tuple(self.due, self.gross, self.net)); })
        .def("__repr__", [](const campaign::PayoutLine& self) {
            return "<payout due " + to_text(self.due) + ": gross=" + std::to_string(self.gross) +
                   " net=" + std::to_string(self.net) + ">";
        });

    py::class_<ExplainedStatement> statement(m, "Statement", R"(What became of a campaign's money, to the cent.

Iterating gives (name, Money) for every figure; statement['platform_fee'] is one of them; explain('platform_fee') says
which rule made it, with which numbers, and where that is written.
)");
    statement.def_property_readonly("title", figure_of<&campaign::Statement::title>(), "The campaign's title.")
        .def_property_readonly("phase", figure_of<&campaign::Statement::phase>(), "Where the campaign stands.")
        .def_property_readonly("goal_missed", figure_of<&campaign::Statement::goal_missed>(),
                               "A success without the goal.")
        .def_property_readonly("backers", figure_of<&campaign::Statement::backers>(),
                               "At the end of the campaign, or now.");
    counted<&campaign::Statement::gross>(statement, "gross", "Pledges standing at the end of the campaign, or now.");
    counted<&campaign::Statement::late>(statement, "late", "Late pledges made.");
    counted<&campaign::Statement::supplements>(statement, "supplements", "Further charges agreed.");
    counted<&campaign::Statement::cancelled>(statement, "cancelled", "Taken back by backers.");
    counted<&campaign::Statement::released>(statement, "released", "Let go by failure, cancellation or suspension.");
    counted<&campaign::Statement::dropped>(statement, "dropped", "Never collected.");
    counted<&campaign::Statement::open>(statement, "open", "Charges still to be made.");
    counted<&campaign::Statement::collected>(statement, "collected", "Charges made, ever.");
    statement
        .def_property_readonly("given_up", figure_of<&campaign::Statement::given_up>(),
                               "Instalments that were never charged.")
        .def_property_readonly("refunded", figure_of<&campaign::Statement::refunded>(), "Given back, ever.")
        .def_property_readonly("charged_back", figure_of<&campaign::Statement::charged_back>(), "Lost to disputes.")
        .def_property_readonly("to_others", figure_of<&campaign::Statement::to_others>(),
                               "Lines for others than the creator, as far as they kept them.")
        .def_property_readonly("disputed", figure_of<&campaign::Statement::disputed>(), "Held while banks decide.")
        .def_property_readonly("fee_base", figure_of<&campaign::Statement::fee_base>(),
                               "What the platform's fee is computed on.")
        .def_property_readonly("platform_fee", figure_of<&campaign::Statement::platform_fee>(), "Without its tax.")
        .def_property_readonly("platform_tax", figure_of<&campaign::Statement::platform_tax>(),
                               "On the platform's fee.")
        .def_property_readonly("processing_fee", figure_of<&campaign::Statement::processing_fee>(), "Without its tax.")
        .def_property_readonly("processing_tax", figure_of<&campaign::Statement::processing_tax>(),
                               "On the processing fee.")
        .def_property_readonly("fee_difference", figure_of<&campaign::Statement::fee_difference>(),
                               "Fees as reported, less what the terms make of them.")
        .def_property_readonly("dispute_fees", figure_of<&campaign::Statement::dispute_fees>(),
                               "Taken and not returned.")
        .def_property_readonly("unmatched", figure_of<&campaign::Statement::unmatched>(),
                               "Held with nothing here that it is about.")
        .def_property_readonly("unmatched_kept", figure_of<&campaign::Statement::unmatched_kept>(),
                               "Of such money, what the platform has or bears.")
        .def_property_readonly("reserve", figure_of<&campaign::Statement::reserve>(), "Held back now.")
        .def_property_readonly("paid", figure_of<&campaign::Statement::paid>(), "To the creator, ever.")
        .def_property_readonly("owed", figure_of<&campaign::Statement::owed>(), "By the creator.")
        .def_property_readonly("to_pay", figure_of<&campaign::Statement::to_pay>(), "Still to be paid to the creator.")
        .def_property_readonly("payouts", figure_of<&campaign::Statement::payouts>(), "Each Payout, made or due.")
        .def_property_readonly(
            "holders",
            [](const ExplainedStatement& self) {
                py::dict holders;
                for (std::size_t i = 0; i < campaign_account_count; ++i)
                    holders[write(static_cast<Account>(i))] = self.figures.holders[i];
                return holders;
            },
            "Who holds what, by Account; sums to nothing.")
        .def_property_readonly(
            "rewards",
            [](const ExplainedStatement& self) {
                py::dict rewards;
                for (const auto& line : self.figures.rewards) rewards[py::str(line.name)] = line.taken;
                return rewards;
            },
            "How many of each reward are taken, by name.")
        .def_property_readonly(
            "stretch_goals",
            [](const ExplainedStatement& self) {
                py::dict goals;
                for (const auto& line : self.figures.stretch_goals) goals[py::str(line.name)] = line.reached;
                return goals;
            },
            "Which stretch goals are reached, by name.")
        .def_property_readonly(
            "terms", [](const ExplainedStatement& self) { return *self.terms; }, "The campaign's terms.")
        .def(
            "explain",
            [](const ExplainedStatement& self, const std::string& figure) {
                return unwrap(explain(self.figures, *self.terms, figure));
            },
            py::arg("figure"),
            "How a figure came about, as a Derivation. Raises ValueError for a name that is none, with those there "
            "are.")
        .def(
            "__getitem__",
            [](const ExplainedStatement& self, const std::string& name) {
                const auto found = figure(self.figures, name);
                if (found) return *found;
                const std::string names = detail::listed(campaign::figure_names());
                throw py::key_error("there is no figure '" + name + "'; there are: " + names);
            },
            py::arg("figure"))
        .def("__iter__",
             [](const ExplainedStatement& self) {
                 py::list figures;
                 for (const std::string& name : campaign::figure_names())
                     if (const auto amount = figure(self.figures, name)) figures.append(py::make_tuple(name, *amount));
                 return py::iter(figures);
             })
        .def("__eq__",
             [](const ExplainedStatement& a, const py::object& b) {
                 return py::isinstance<ExplainedStatement>(b) &&
                        a.figures == py::cast<const ExplainedStatement&>(b).figures;
             })
        .def("__hash__",
             [](const ExplainedStatement& self) {
                 return py::hash(py::make_tuple(self.figures.title, self.figures.gross.amount, self.figures.paid));
             })
        .def("__repr__",
             [](const ExplainedStatement& self) {
                 std::string text = "<Statement of " + std::string(py::repr(py::str(self.figures.title))) + ", " +
                                    std::string(to_text(self.figures.phase)) + ": gross " +
                                    to_grouped_text(self.figures.gross.amount) + ", paid " +
                                    to_grouped_text(self.figures.paid);
                 return text + ">";
             })
        .def("_repr_html_", [](const ExplainedStatement& self) {
            return html_table(self.figures.title + ": " + std::string(to_text(self.figures.phase)), rows_of(self));
        });
    m.def("figure_names", &campaign::figure_names, "The names of the figures of a statement, in its order.");
}

}  // namespace crowdrules::python
