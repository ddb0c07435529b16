// SPDX-License-Identifier: BSL-1.0
// Royalties: what sales earn, period by period, less reserves and advances; and amounts below the cent.
#include "revenue.hpp"

namespace crowdrules::python {
namespace {

std::vector<std::vector<std::string>> rows_of(const revenue::RoyaltyStatement& statement) {
    std::vector<std::vector<std::string>> rows{
        {"account", "carried", "earned", "withheld", "released", "recouped", "carried on", "payable"}};
    for (const revenue::AccountStatement& account : statement.accounts) {
        std::vector<std::string>& row = rows.emplace_back();
        row.push_back(account.account);
        for (const Money amount : {account.carried_before, account.earned, -account.withheld, account.released,
                                   -account.recouped, account.carried_after, account.payable})
            row.push_back(to_grouped_text(amount));
    }
    if (!statement.top_up.is_zero())
        rows.push_back({"guarantee", "", "", "", "", "", "", to_grouped_text(statement.top_up)});
    rows.push_back({"all", "", "", "", "", "", "", to_grouped_text(statement.payable)});
    return rows;
}

revenue::RoyaltyLine royalty_of(const revenue::SalesLine& sale, const Dated<revenue::RateTerms>& rates,
                                std::int64_t units, std::int64_t base) {
    const DatedRow<revenue::RateTerms>* row = rates.on(sale.sold_on);
    if (row == nullptr) raise_value_error("no rate is in force on " + to_text(sale.sold_on));
    refuse_defects(*row, sale.gross.currency());
    for (const auto& [deduction, amount] : sale.deductions)
        if (amount.currency() != sale.gross.currency())
            throw CurrencyMismatch("deductions in " + std::string(amount.currency().code()) + " from a gross in " +
                                   std::string(sale.gross.currency().code()));
    if (units < 0 || base < 0) raise_value_error("what was sold before is at least 0");
    revenue::RoyaltyLine line = royalty_on(sale, *row, {units, base});
    if (units + sale.units < 0 || base + line.base.minor() < 0)
        raise_value_error("more is returned than was sold before: units_before=" + std::to_string(units) +
                          ", base_before=" + std::to_string(base));
    return line;
}

}  // namespace

void refuse_defects(const DatedRow<revenue::RateTerms>& row, Currency currency) {
    // What forbids a contract of one channel that has them.
    const revenue::RoyaltyTerms contract{
        currency, {{"account", {{"work", {{"sales", Dated<revenue::RateTerms>({row})}}}}}}, {RoundingMode::half_even}};
    if (Findings defects = defects_of(contract); !defects.empty()) raise(defects);
}

void bind_royalty(py::module_& m) {
    bind_described<revenue::RateTier>(m, "RateTier", R"(A rate that holds up to a cumulative count.

`up_to` is included, in units or in minor units of the base; None for the last tier.

>>> RateTier(up_to=5000, rate='10%')
RateTier(up_to=5000, rate='0.1')
)");
    bind_described<revenue::RateTerms>(m, "RateTerms", R"(How one channel earns, from a day on.

`less` names what is taken off gross to make the base; what is not named stays in it. `per_unit` is earned for each unit
beside the rate, and a line earns at least `floor_per_unit` for each.

>>> RateTerms(tiers=[RateTier(5000, '10%'), RateTier(rate='12%')], basis='units').tiers[1].rate
Decimal('0.12')
)");
    bind_described<DatedRow<revenue::RateTerms>>(m, "DatedRates", "Rates and the first day on which they hold.");
    bind_described<revenue::RoyaltyChannel>(m, "RoyaltyChannel", R"(One way of selling a work, and what it earns.

`rates` are RateTerms, or a list of DatedRates. `reserved`: subject to the reserve against returns.
)");
    bind_described<revenue::RoyaltyWork>(m, "RoyaltyWork", "Something that is sold, through its channels.");
    bind_described<revenue::RoyaltyAccount>(
        m, "RoyaltyAccount",
        "Works that are settled together: they recoup each other's advances and share a "
        "`cap`, the most that the account ever earns.");
    bind_described<revenue::ReturnsReserve>(m, "ReturnsReserve",
                                            R"(A part of earnings that is kept back for returns to come.

`rates` are those of the first, second, ... period, the last for all that follow; what is kept is released
`released_after` periods later.
)");
    bind_described<revenue::RoyaltyTerms>(m, "RoyaltyTerms", "A royalty contract. How it rounds has no default.")
        .def_property_readonly(
            "defects", [](const revenue::RoyaltyTerms& self) { return defects_of(self); },
            "All that forbids it; empty for sound.");
    bind_described<revenue::SalesLine>(m, "SalesLine", R"(What one channel sold of one work on one day.

`units` less those returned; `deductions` by Deduction, as amounts to take off. A line of returns alone is negative and
carries the day of the sale.
)");
    bind_described<revenue::RateSlice>(m, "RateSlice", "The part of a line that earned at one rate.");
    bind_described<revenue::RoyaltyLine>(
        m, "RoyaltyLine", "A line of a sales report and what it earned: exactly, in units, not in minor units.");
    bind_described<revenue::Recoupable>(m, "Recoupable",
                                        "An advance or expense, and how far earnings have paid it back.");
    bind_described<revenue::AccountStatement>(m, "AccountStatement", R"(One account in one period, to the cent.

carried_before + earned + released == withheld + recouped + payable + carried_after. What is unrecouped is no debt.
)");
    auto statement = bind_described<revenue::RoyaltyStatement>(
        m, "RoyaltyStatement", "One period of a contract; `top_up` is what the guarantee adds.");
    explained(statement);
    tabled(statement, "Royalties", &rows_of);

    py::class_<revenue::RoyaltyContract> contract(m, "RoyaltyContract", R"(A royalty contract over time.

Raises FindingsError with all that forbids its terms; whatever is refused later leaves it as it was.

>>> thirty = RateTerms(tiers=[RateTier(rate='30%')], less=['returns'])
>>> contract = RoyaltyContract(RoyaltyTerms('USD', [RoyaltyAccount('Anna', [RoyaltyWork('watch', [
...     RoyaltyChannel('direct', thirty)])])], 'half_up'))
>>> contract.advance('Anna', 'advance', Money('200.00', 'USD'))
>>> contract.settle([SalesLine('watch', 'direct', '2012-05-31', 34, Money('1000.00', 'USD'),
...                            {'returns': Money('200.00', 'USD')})]).payable
Money('40.00', 'USD')
)");
    contract
        .def(py::init([](const revenue::RoyaltyTerms& terms) { return unwrap(revenue::RoyaltyContract::of(terms)); }),
             py::arg("terms"))
        .def(
            "advance",
            [](revenue::RoyaltyContract& self, const std::string& account, const std::string& name,
               Given<Money> amount) { unwrap(self.advance(account, name, amount)); },
            py::arg("account"), py::arg("name"), py::arg("amount"),
            "Adds something that `account` has to work off, in the order in which they are added.")
        .def(
            "settle",
            [](revenue::RoyaltyContract& self, const std::vector<revenue::SalesLine>& sales) {
                return unwrap(self.settle(sales));
            },
            py::arg("sales"),
            "Settles a period: every line at the rate in force when it was sold. Raises FindingsError for an unknown "
            "work or channel, a day without a rate, another currency, or a return larger than what was sold.")
        .def(
            "recoupables",
            [](const revenue::RoyaltyContract& self, const std::string& account) {
                for (const revenue::RoyaltyAccount& known : self.terms().accounts)
                    if (known.name == account) return self.recoupables(account);
                throw py::key_error("there is no account '" + account + "'");
            },
            py::arg("account"), "What was advanced to `account`, and how far it is recouped.")
        .def_property_readonly("terms", &revenue::RoyaltyContract::terms, "Its terms.")
        .def_property_readonly("periods", &revenue::RoyaltyContract::periods, "How many have been settled.")
        .def_property_readonly("reserved", &revenue::RoyaltyContract::reserved, "What is kept in reserve.");
    copied(contract);

    m.def(
        "royalty_on", &royalty_of, py::arg("sale"), py::arg("rates"), py::kw_only(), py::arg("units_before") = 0,
        py::arg("base_before") = 0,
        "What a sale earns at the rate of its day, exactly, after so many units and minor units of base sold before.\n"
        "\n"
        ">>> steam = RateTerms(tiers=[RateTier(10_000_000_00, '70%'), RateTier(50_000_000_00, '75%'),\n"
        "...                          RateTier(rate='80%')])\n"
        ">>> sale = SalesLine('game', 'store', '2018-10-01', 1, Money('60000000.00', 'USD'))\n"
        ">>> royalty_on(sale, steam).earned\n"
        "Decimal('45000000')\n");

    py::class_<revenue::Accrual> accrual(m, "Accrual",
                                         R"(An exact amount that may lie between two cents, and what was settled.

>>> royalty = Accrual('USD')
>>> for _ in range(2):
...     royalty.add('0.3465')
...     print(royalty.settle('half_up'))
0.35 USD
0.34 USD
)");
    accrual.def(py::init([](Given<Currency> currency) { return revenue::Accrual(currency); }), py::arg("currency"))
        .def("add", &revenue::Accrual::add, py::arg("units"),
             "Adds units (dollars, not cents), exactly; negative for a return.")
        .def(
            "settle", [](revenue::Accrual& self, Given<Rounding> rounding) { return self.settle(rounding); },
            py::arg("rounding"), "The running total in whole minor units, less what earlier calls gave.")
        .def_property_readonly("total", &revenue::Accrual::total, "Everything that was added, in units.")
        .def_property_readonly("settled", &revenue::Accrual::settled, "What was settled of it.")
        .def_property_readonly("unsettled", &revenue::Accrual::unsettled, "What is still below the cent, in units.")
        .def("__eq__", [](const revenue::Accrual& a, const py::object& b) {
            return py::isinstance<revenue::Accrual>(b) && a == py::cast<const revenue::Accrual&>(b);
        });
    accrual.attr("__hash__") = py::none();
    copied(accrual);
}

}  // namespace crowdrules::python
