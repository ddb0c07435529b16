// SPDX-License-Identifier: BSL-1.0
// Shares of an income: splits over time, fees off the top, disputes.
#include "revenue.hpp"

namespace crowdrules::python {
namespace {

std::vector<std::vector<std::string>> rows_of(const revenue::SharedPayment& shared) {
    std::vector<std::vector<std::string>> rows{{"to", "of", "amount"}};
    for (const revenue::FeeTaken& fee : shared.fees)
        rows.push_back({to_text(fee.payee) + ", " + fee.name, to_grouped_text(fee.base), to_grouped_text(fee.paid)});
    for (const revenue::SharePart& part : shared.parts)
        rows.push_back({to_text(part.payee) + (part.held ? ", held" : ""), to_grouped_text(shared.divided),
                        to_grouped_text(part.amount)});
    if (!shared.undivided.is_zero())
        rows.push_back({"undivided", to_grouped_text(shared.divided), to_grouped_text(shared.undivided)});
    return rows;
}

}  // namespace

void bind_share(py::module_& m) {
    register_class<std::vector<revenue::Share>>();
    register_class<Dated<revenue::SplitTerms>>();
    register_class<Dated<revenue::RateTerms>>();
    register_class<std::map<revenue::PayeeId, Money>>();
    register_class<std::map<revenue::Deduction, Money>>();
    register_class<std::pair<std::string, revenue::WaterfallPayment>>();
    bind_described<Split>(m, "Split", "How to split: who gets the spare units, in what steps, whose turn it is.");
    bind_described<revenue::Share>(m, "Share", "One payee's part of a split; the payee is a whole number above 0.");
    bind_described<revenue::TopFee>(m, "TopFee", R"(A fee that is taken before anybody shares.

`after` names fees that are first taken off the amount on which this one is computed.
)");
    bind_described<revenue::SplitTerms>(m, "SplitTerms", R"(How one income is shared.

`shares` are a list of Share, or a dict of weights by payee. They must total `whole` (100), leave the rest to `rest`, or
are relative to each other, as `totalling` says. `fees` come first. `dividing` says when fractions of a cent are
decided: by default on all payments so far, so that nobody's share ever falls.

>>> terms = SplitTerms({1: 60, 2: 40})
>>> terms.defects
()
>>> [str(part.amount) for part in share_once(terms, Money('0.99', 'USD')).parts]
['0.59 USD', '0.40 USD']
)")
        .def_property_readonly(
            "defects", [](const revenue::SplitTerms& self) { return defects_of(self); },
            "All that forbids it; empty for sound.");
    bind_described<DatedRow<revenue::SplitTerms>>(m, "DatedSplit", "A split and the first day on which it holds.");
    bind_described<revenue::FeeTaken>(
        m, "FeeTaken", "A fee as it was taken: `claim` is what it asked for, `paid` what the payment could cover.");
    bind_described<revenue::SharePart>(
        m, "SharePart", "One payee's part of one payment; `held`: counted, but not payable while in dispute.");
    auto shared = bind_described<revenue::SharedPayment>(m, "SharedPayment", R"(One payment, shared, to the cent.

Fees paid, parts and `undivided` add up to `payment`. `undivided` are fractions that stay in the pot.
)");
    explained(shared);
    tabled(shared, "A payment, shared", &rows_of);
    bind_described<revenue::Recovery>(
        m, "Recovery",
        "Who gives back what a retroactive split takes away: `payee`, or (None) everybody their "
        "own excess.");

    py::class_<revenue::Sharing> sharing(m, "Sharing", R"(An income that is shared payment by payment.

`standard` is one SplitTerms, or a list of DatedSplit: the split in force on the day of the sale holds for the sale,
whenever its money arrives. `items` have splits of their own. Raises FindingsError with all that forbids them; whatever
is refused later leaves everything as it was.

>>> sharing = Sharing([DatedSplit('2012-01-01', SplitTerms({1: 60, 2: 40})),
...                    DatedSplit('2013-01-01', SplitTerms({1: 50, 2: 30, 3: 20}))], 'USD')
>>> [str(part.amount) for part in sharing.share(Money('100.00', 'USD'), sold_on='2012-12-31').parts]
['60.00 USD', '40.00 USD']
>>> sharing.total_of(1)
Money('60.00', 'USD')
)");
    sharing
        .def(py::init([](revenue::SplitHistory standard, Given<Currency> currency,
                         std::map<std::string, revenue::SplitHistory> items) {
                 return unwrap(revenue::Sharing::of(std::move(standard), currency, std::move(items)));
             }),
             py::arg("standard"), py::arg("currency"), py::arg("items") = py::dict())
        .def(
            "share",
            [](revenue::Sharing& self, Given<Money> payment, Date sold_on, const std::string& item) {
                return unwrap(self.share(item, sold_on, payment));
            },
            py::arg("payment"), py::kw_only(), py::arg("sold_on"), py::arg("item") = "",
            "Shares a payment for something sold on `sold_on`; a negative one is a return of such a sale and retraces "
            "it. Raises FindingsError for a day without a split, and for a return of more than was shared.")
        .def(
            "change",
            [](revenue::Sharing& self, DatedRow<revenue::SplitTerms> row, const std::string& item,
               std::optional<revenue::Recovery> recovery) {
                return unwrap(self.change(item, std::move(row), recovery));
            },
            py::arg("row"), py::kw_only(), py::arg("item") = "", py::arg("recovery") = py::none(),
            "Lets a split hold from its day on. What was shared for later days is shared again if `recovery` says who "
            "gives back; the differences come back as parts that sum to nothing.")
        .def(
            "hold",
            [](revenue::Sharing& self, revenue::PayeeId payee, const std::string& item) {
                unwrap(self.hold(item, payee));
            },
            py::arg("payee") = py::none(), py::kw_only(), py::arg("item") = "",
            "Holds back what `payee` (None: everybody) is given from now on.")
        .def(
            "release",
            [](revenue::Sharing& self, revenue::PayeeId payee, const std::string& item,
               const std::vector<revenue::Share>& settlement) { return unwrap(self.release(item, payee, settlement)); },
            py::arg("payee") = py::none(), py::kw_only(), py::arg("item") = "", py::arg("settlement") = py::tuple(),
            "Ends a dispute: what was held goes to its payee, or by `settlement` to others.")
        .def(
            "in_force",
            [](const revenue::Sharing& self, Date day,
               const std::string& item) -> std::optional<DatedRow<revenue::SplitTerms>> {
                const auto* row = self.in_force(item, day);
                return row != nullptr ? std::optional(*row) : std::nullopt;
            },
            py::arg("day"), py::kw_only(), py::arg("item") = "", "The split in force on that day, or None.")
        .def("total_of", &revenue::Sharing::total_of, py::arg("payee"),
             "What `payee` has been given by shares so far, held or not; fees are not shares.")
        .def_property_readonly("held", &revenue::Sharing::held, "What is held back in disputes.")
        .def_property_readonly("pot", &revenue::Sharing::pot,
                               "Fractions of cents that cut ways of dividing have left.");
    copied(sharing);

    m.def(
        "share_once",
        [](const revenue::SplitTerms& terms, Given<Money> payment) {
            if (Findings defects = defects_of(terms); !defects.empty()) raise(defects);
            if (payment.value.is_negative())
                raise_value_error(
                    "a payment that is shared once is at least 0; a return goes back where it came from, "
                    "so it needs a Sharing");
            return share_once(terms, payment);
        },
        py::arg("terms"), py::arg("payment"),
        "One payment shared once, without a stream. Raises FindingsError for terms with a defect, ContractViolation "
        "for "
        "a negative payment.\n\n"
        ">>> share_once(SplitTerms({1: 50, 2: 1, 3: 4}, totalling='relative'), Money('11.00', 'USD')).parts[0].amount\n"
        "Money('10.00', 'USD')\n");
    m.def(
        "combined",
        [](const std::vector<std::pair<Weight, revenue::SplitTerms>>& parts) { return unwrap(combined(parts)); },
        py::arg("parts"),
        "The shares of a whole made of (weight, SplitTerms) parts: who has 50 of 100 in one of two equal songs has a "
        "quarter of the album.\n\n"
        ">>> combined([(1, SplitTerms({1: 50, 2: 50})), (1, SplitTerms({2: 100}))]).shares\n"
        "(Share(payee=1, weight=1), Share(payee=2, weight=3))\n");
}

}  // namespace crowdrules::python
