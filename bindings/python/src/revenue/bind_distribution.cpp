// SPDX-License-Identifier: BSL-1.0
// Distribution: paying out what payees earned: when it is free, when it is enough, less what is withheld.
#include "revenue.hpp"

namespace crowdrules::python {
namespace {

std::vector<std::vector<std::string>> rows_of(const revenue::PayeeStatement& statement) {
    std::vector<std::vector<std::string>> rows{{"figure", "amount"}};
    const auto add = [&](const char* figure, const Decimal& amount) {
        if (!amount.is_zero()) rows.push_back({figure, to_text(amount)});
    };
    add("carried over", statement.opening);
    add("earned", statement.earned);
    add("taken back", -statement.taken_back);
    add("corrected", statement.corrected);
    for (const revenue::Withheld& part : statement.withheld)
        rows.push_back({"withheld", to_grouped_text(-part.amount)});
    if (!statement.fee.is_zero()) rows.push_back({"fee", to_grouped_text(-statement.fee)});
    rows.push_back({"paid (" + std::string(to_text(statement.reason)) + ")", to_grouped_text(statement.paid)});
    add("carried on", statement.carried);
    return rows;
}

}  // namespace

void bind_distribution(py::module_& m) {
    bind_described<ExchangeRate>(m, "ExchangeRate", "One unit of `from_` is worth `rate` of `to`.");
    bind_described<revenue::Withholding>(
        m, "Withholding",
        "A part of a payee's earnings that goes to a tax authority instead; of earnings from "
        "`source` only, or (empty) of all.");
    bind_described<revenue::Payee>(m, "Payee", R"(Somebody who is owed a part of an income.

>>> Payee(1, 'Anna', [Withholding('US', '15%', 'half_even')]).withholding[0].source
'US'
)");
    bind_described<revenue::DistributionTerms>(m, "DistributionTerms",
                                               R"(When earnings are paid, and what a payment costs.

`hold` is a timedelta after the sale; `fee` is on what is left after withholding; `higher_minimums` are by payee. What
is not paid is carried.

>>> DistributionTerms('USD', Money('10.00', 'USD'), hold='7 days').hold.days
7
)");
    bind_described<revenue::Earning>(m, "Earning",
                                     R"(Something earned, or taken back, in units and to the last fraction.

What is taken back names the `reference` of its sale. `rate` is that of the day of the sale, when it was in another
currency.
)");
    bind_described<revenue::Withheld>(m, "Withheld", "What was withheld, by which rule and of what.");
    auto statement =
        bind_described<revenue::PayeeStatement>(m, "PayeeStatement", R"(What happened to one payee since the last one.

opening + earned - taken_back + corrected == gross + carried, and gross is what was withheld, the fee and `paid`.
)");
    explained(statement);
    statement.def("_repr_html_", [](const revenue::PayeeStatement& self) {
        return html_table(self.name + ", " + to_text(self.on), rows_of(self));
    });

    py::class_<revenue::Distribution> distribution(m, "Distribution", R"(The balances of payees, and their statements.

Raises FindingsError with all that forbids its terms; whatever is refused later leaves it as it was. For very many
payees at once see crowdrules.columns.pay_out.

>>> payouts = Distribution(DistributionTerms('USD', Money('10.00', 'USD')))
>>> payouts.add(Payee(1, 'Anna'))
>>> payouts.book(Earning(1, '7.405', '2024-03-20', 'sale 1'))
>>> payouts.pay_out('2024-04-01')[0].reason
Unpaid.below_minimum
>>> payouts.book(Earning(1, '5.10', '2024-04-20', 'sale 2'))
>>> statement = payouts.pay_out('2024-05-01')[0]
>>> statement.paid, statement.carried
(Money('12.50', 'USD'), Decimal('0.005'))
)");
    distribution
        .def(py::init([](const revenue::DistributionTerms& terms) { return unwrap(revenue::Distribution::of(terms)); }),
             py::arg("terms"))
        .def(
            "add", [](revenue::Distribution& self, const revenue::Payee& payee) { unwrap(self.add(payee)); },
            py::arg("payee"), "Adds a payee, once.")
        .def(
            "book", [](revenue::Distribution& self, const revenue::Earning& earning) { unwrap(self.book(earning)); },
            py::arg("earning"),
            "Books an earning. Raises FindingsError for an unknown payee, and for more taken back than its sale "
            "earned.")
        .def(
            "pay_out", [](revenue::Distribution& self, Date on) { return unwrap(self.pay_out(on)); }, py::arg("on"),
            "Pays everybody what is due and free on that day: a PayeeStatement for each, in the order of add().")
        .def(
            "pay_out_below_minimum",
            [](revenue::Distribution& self, revenue::PayeeId payee, Date on) {
                return unwrap(self.pay_out_below_minimum(payee, on));
            },
            py::arg("payee"), py::arg("on"), "Pays one payee whatever is free: for an account that is to be closed.")
        .def(
            "remove", [](revenue::Distribution& self, revenue::PayeeId payee) { return unwrap(self.remove(payee)); },
            py::arg("payee"), "Removes a payee; answers the fraction of a cent that was left.")
        .def("balance", &revenue::Distribution::balance, py::arg("payee"),
             "All that a payee is owed, in units; negative when they owe; 0 for an unknown one.")
        .def_property_readonly("terms", &revenue::Distribution::terms, "Its terms.");
    copied(distribution);
}

}  // namespace crowdrules::python
