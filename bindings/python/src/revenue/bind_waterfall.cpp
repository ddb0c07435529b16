// SPDX-License-Identifier: BSL-1.0
// Waterfalls: who is paid first, and until when; what capital earns meanwhile; what a fund's manager gives back.
#include "revenue.hpp"

namespace crowdrules::python {
namespace {

std::string parts_text(const std::vector<revenue::SharePart>& parts) {
    std::string text;
    for (const revenue::SharePart& part : parts)
        text += (text.empty() ? "" : "; ") + to_text(part.payee) + " " + to_grouped_text(part.amount);
    return text;
}

std::vector<std::vector<std::string>> rows_of(const revenue::WaterfallPayment& payment) {
    std::vector<std::vector<std::string>> rows{{"step", "claim", "paid", "to"}};
    for (const revenue::StepPayment& step : payment.steps)
        rows.push_back({step.step, step.claim ? to_grouped_text(*step.claim) : "whatever is left",
                        to_grouped_text(step.paid), parts_text(step.parts)});
    rows.push_back({"received", "", to_grouped_text(payment.received), ""});
    return rows;
}

std::vector<std::vector<std::string>> rows_of(const revenue::FundOutcome& outcome) {
    std::vector<std::vector<std::string>> rows{{"who", "amount"}};
    for (const auto& [payee, amount] : outcome.paid) rows.push_back({to_text(payee), to_grouped_text(amount)});
    rows.push_back({"carry paid", to_grouped_text(outcome.carry_paid)});
    rows.push_back({"clawback", to_grouped_text(outcome.clawback)});
    return rows;
}

Money not_negative(Money amount) {
    if (amount.is_negative()) raise_value_error("expected an amount from 0 up, got " + to_text(amount));
    return amount;
}

void bind_returns(py::module_& m) {
    m.def(
        "year_fraction",
        [](revenue::DayCount convention, Date from, Date to) {
            const revenue::YearFraction part = year_fraction(convention, from, to);
            return py::module_::import("fractions").attr("Fraction")(part.days, part.basis);
        },
        py::arg("convention"), py::arg("from_"), py::arg("to"),
        "The part of a year from one date, included, to another, excluded: an exact Fraction.\n\n"
        ">>> year_fraction('thirty_360', '2007-02-28', '2007-08-31')\nFraction(61, 120)\n");
    bind_described<revenue::PreferredReturn>(m, "PreferredReturn",
                                             "What capital earns a year before anybody shares a profit: '8%' is 0.08.")
        .def("__str__", [](const revenue::PreferredReturn& self) { return to_text(self); });

    py::class_<revenue::ReturnAccount> account(m, "ReturnAccount",
                                               R"(Capital that is out, and the return that it has earned.

Let time pass with accrue() before anything else on a day. What may not be raises ContractViolation.

>>> account = ReturnAccount(PreferredReturn('8%'), 'USD')
>>> account.accrue('2021-01-01')
>>> account.contribute(Money('1000000.00', 'USD'))
>>> account.accrue('2023-01-01')
>>> account.due
Money('166400.00', 'USD')
)");
    account
        .def(py::init([](const revenue::PreferredReturn& terms, Given<Currency> currency) {
                 if (terms.rate.is_negative()) raise_value_error("a rate of return is at least 0");
                 return revenue::ReturnAccount(terms, currency);
             }),
             py::arg("terms"), py::arg("currency"))
        .def("accrue", &revenue::ReturnAccount::accrue, py::arg("to"), "Lets time pass, to this day.")
        .def(
            "contribute", [](revenue::ReturnAccount& self, Given<Money> amount) { self.contribute(amount); },
            py::arg("amount"), "Capital is paid in.")
        .def(
            "repay", [](revenue::ReturnAccount& self, Given<Money> amount) { self.repay(not_negative(amount)); },
            py::arg("amount"), "Capital comes back: at most `capital`.")
        .def(
            "pay", [](revenue::ReturnAccount& self, Given<Money> amount) { self.pay(not_negative(amount)); },
            py::arg("amount"), "Return is paid: at most `due`.")
        .def_property_readonly("capital", &revenue::ReturnAccount::capital, "What is out.")
        .def_property_readonly("due", &revenue::ReturnAccount::due, "The return earned so far and not paid.")
        .def_property_readonly("terms", &revenue::ReturnAccount::terms, "Its terms.");
    copied(account);
}

void bind_steps(py::module_& m) {
    bind_described<revenue::OffTheTop>(
        m, "OffTheTop", "`rate` of all that ever comes in, whatever the other steps are owed; at most `limit`.");
    bind_described<revenue::Corridor>(m, "Corridor", "`rate` of what comes in between two marks of the gross.");
    bind_described<revenue::FixedClaim>(m, "FixedClaim",
                                        "A fixed amount and a premium on it: costs, debt, an investment at 120%.");
    bind_described<revenue::ReturnOfCapital>(m, "ReturnOfCapital", "Whatever capital was contributed and is not back.");
    bind_described<revenue::CatchUp>(m, "CatchUp",
                                     R"(The manager catches up on the preferred return, to `carry` of the profit.

`on` names the earlier steps whose payments are the preferred return.
)");
    bind_described<revenue::Hurdle>(
        m, "Hurdle",
        "What the investors must have had before the next split: a multiple of what they paid in, "
        "or a PreferredReturn.");
    bind_described<revenue::Divide>(m, "Divide", "A split of whatever comes, for ever or until a hurdle is passed.");
    bind_described<revenue::WaterfallStep>(m, "WaterfallStep", R"(One step: what it claims, and who has it side by side.

`claim` is an OffTheTop, Corridor, FixedClaim, ReturnOfCapital, PreferredReturn, CatchUp or Divide; `to` a list of Share
or a dict of weights by payee.

>>> WaterfallStep('debt', FixedClaim(Money('500000.00', 'USD'), '10%'), {3: 1}).claim.premium
Decimal('0.1')
)");
    bind_described<revenue::WaterfallTerms>(
        m, "WaterfallTerms", "Steps in their order; `investors` are those whose receipts count towards hurdles.")
        .def_property_readonly(
            "defects", [](const revenue::WaterfallTerms& self) { return defects_of(self); },
            "All that forbids it; empty for sound.");
    bind_described<revenue::StepPayment>(m, "StepPayment",
                                         "What one step was owed (None: whatever is left) and got of one receipt.");
    auto payment = bind_described<revenue::WaterfallPayment>(
        m, "WaterfallPayment", "One receipt, all of it, down the steps: their payments add up to what was received.");
    explained(payment);
    payment.def("_repr_html_", [](const revenue::WaterfallPayment& self) {
        return html_table("Received on " + to_text(self.on), rows_of(self));
    });
}

}  // namespace

void bind_waterfall(py::module_& m) {
    bind_returns(m);
    bind_steps(m);
    py::class_<revenue::Waterfall> waterfall(m, "Waterfall", R"(Money that runs down an order of steps, over time.

Raises FindingsError with all that forbids its terms; whatever is refused later leaves it as it was.

>>> fund = Waterfall(WaterfallTerms('USD', [
...     WaterfallStep('capital', ReturnOfCapital(), {1: 1}),
...     WaterfallStep('preferred', PreferredReturn('8%', 'flat'), {1: 1}),
...     WaterfallStep('catch-up', CatchUp(manager=2, carry='20%', on=['preferred']), {2: 1}),
...     WaterfallStep('split', Divide(), {1: 80, 2: 20})], investors=[1]))
>>> fund.contribute(Money('1000000.00', 'USD'), on='2020-01-01')
>>> [str(step.paid) for step in fund.distribute(Money('1200000.00', 'USD'), on='2022-01-01').steps]
['1,000,000.00 USD', '80,000.00 USD', '20,000.00 USD', '100,000.00 USD']
>>> fund.paid_to(2)
Money('40000.00', 'USD')
)");
    waterfall
        .def(py::init([](const revenue::WaterfallTerms& terms) { return unwrap(revenue::Waterfall::of(terms)); }),
             py::arg("terms"))
        .def(
            "contribute",
            [](revenue::Waterfall& self, Given<Money> amount, Date on) { unwrap(self.contribute(on, amount)); },
            py::arg("amount"), py::kw_only(), py::arg("on"), "Investors pay in.")
        .def(
            "distribute",
            [](revenue::Waterfall& self, Given<Money> received, Date on) {
                return unwrap(self.distribute(on, received));
            },
            py::arg("received"), py::kw_only(), py::arg("on"),
            "Money comes in and runs down the steps. Nothing received still shows what every step claims. Raises "
            "FindingsError for a day before the last one, a negative amount or another currency.")
        .def("paid_to", &revenue::Waterfall::paid_to, py::arg("payee"), "What `payee` has been paid by all steps.")
        .def(
            "paid_by",
            [](const revenue::Waterfall& self, const std::string& step) {
                for (const revenue::WaterfallStep& known : self.terms().steps)
                    if (known.name == step) return self.paid_by(step);
                throw py::key_error("there is no step '" + step + "'");
            },
            py::arg("step"), "What the step of that name has been paid.")
        .def_property_readonly("terms", &revenue::Waterfall::terms, "Its terms.")
        .def_property_readonly("contributed", &revenue::Waterfall::contributed, "By the investors.")
        .def_property_readonly("received", &revenue::Waterfall::received, "All that came in.");
    copied(waterfall);

    bind_described<revenue::FundFlow>(m, "FundFlow", "What a fund pays into a deal, or has back from it.");
    bind_described<revenue::Clawback>(m, "Clawback", R"(When the manager gives carry back.

What exceeds `carry` of the fund's profit, or what the investors still lack of capital and preferred return, whichever
is more, and at most the carry paid.
)");
    auto outcome =
        bind_described<revenue::FundOutcome>(m, "FundOutcome",
                                             "What a fund came to. `payments` are pairs of a deal ('' for the whole "
                                             "fund) and a WaterfallPayment; `paid` is by payee, before any clawback.");
    tabled(outcome, "The fund", [](const revenue::FundOutcome& self) { return rows_of(self); });
    m.def(
        "settle_fund",
        [](const revenue::WaterfallTerms& terms, const std::vector<revenue::FundFlow>& flows, revenue::CarryScope scope,
           const revenue::Clawback& clawback) { return unwrap(settle_fund(terms, scope, clawback, flows)); },
        py::arg("terms"), py::arg("flows"), py::kw_only(), py::arg("scope"), py::arg("clawback"),
        "Runs flows in order of their days, over the whole fund or deal by deal, and settles the clawback. Raises "
        "FindingsError.");
}

}  // namespace crowdrules::python
