// SPDX-License-Identifier: BSL-1.0
// Terms and everything they are made of. Amounts in them are whole minor units of the campaign's currency.
#include <crowdrules/campaign/terms.hpp>
#include <crowdrules/protocol/journal.hpp>

#include "described.hpp"

namespace crowdrules::python {

void bind_fees(py::module_& m) {
    bind_described<FeeBand>(m, "FeeBand", R"(From `from_` minor units on: `rate` of the amount plus `fixed` minor units.

>>> FeeBand(from_=1000, rate='3%', fixed=20)
FeeBand(from_=1000, rate='0.03', fixed=20)
)");
    bind_described<FeeTax>(m, "FeeTax", "Tax on the fee itself; `included`: the fee as computed contains it.");
    bind_described<FeeSchedule>(m, "FeeSchedule", R"(What something costs: rates, fixed parts and thresholds.

`minimum` and `maximum` bound the fee, in minor units. How it rounds has no default.

>>> card = FeeSchedule('card fee', [FeeBand(rate='2.9%', fixed=30)], rounding='half_up')
>>> card.fee_on(Money('115.00', 'USD'))
Money('3.64', 'USD')
)")
        .def("fee_on", &fee_on, py::arg("amount"),
             "The fee on `amount`, without tax that is added to it; nothing on nothing. Raises ContractViolation for a "
             "negative amount or a schedule with a defect.")
        .def("tax_on", &tax_on, py::arg("fee"), "The tax that is added to a fee, or that the fee contains.")
        .def(
            "describe", [](const FeeSchedule& self, Given<Currency> currency) { return to_text(self, currency); },
            py::arg("currency"), "One line for people: '5% + 0.05 below 10.00, 3% + 0.20 from 10.00 USD, half_up'.")
        .def_property_readonly("defect", &defect_of, "Why it cannot be used, or None.");
    bind_described<campaign::Fees>(m, "CampaignFees",
                                   "`platform` on all that was collected, as one running total; `processing` on each "
                                   "charge; `platform_on_miss` instead when the goal was missed and the money kept.");
}

void bind_settlement(py::module_& m) {
    bind_described<ChargePlan>(m, "ChargePlan",
                               "When pledges are charged, and how long a failed charge may be mended.");
    bind_described<InstalmentPlan>(m, "InstalmentPlan", "One pledge charged in several equal parts.");
    bind_described<HolidayList>(m, "HolidayList", "A business calendar as data: which dates are no working days.");
    bind_described<PayoutShare>(m, "PayoutShare", "A part of each payout's money, which may wait for something.");
    bind_described<PayoutPlan>(m, "PayoutPlan", "When the creator is paid what was collected.");
    bind_described<ReservePlan>(m, "ReservePlan", "A share that the platform holds back against refunds and disputes.");
    bind_described<RefundPolicy>(m, "RefundPolicy", "Who bears what when money goes back to a backer.");
    bind_described<DisputePolicy>(m, "DisputePolicy", "Who bears the loss of a dispute.");
}

void bind_funding_model(py::module_& m) {
    bind_described<campaign::SecondRound>(m, "SecondRound", "A second round after the first was won.");
    bind_described<campaign::Cap>(m, "Cap", "What may be raised at most, in the goal's measure.");
    bind_described<campaign::FundingModel>(m, "FundingModel",
                                           R"(What success is, what counts toward it, and what a miss means.

>>> FundingModel.all_or_nothing(Money('100000.00', 'USD')).needed
10000000
)")
        .def_static("all_or_nothing", &campaign::FundingModel::all_or_nothing, py::arg("goal"),
                    "The goal is reached at the deadline, or nobody pays.")
        .def_static("keep_what_is_raised", &campaign::FundingModel::keep_what_is_raised, py::arg("goal"),
                    "The creator keeps what came in; the goal may decide the fee.")
        .def_static("share_of_goal", &campaign::FundingModel::share_of_goal, py::arg("goal"), py::arg("share"),
                    "A part of the goal suffices.")
        .def_static("headcount", &campaign::FundingModel::headcount, py::arg("backers"), "So many people, or nothing.")
        .def_static("units", &campaign::FundingModel::units, py::arg("pieces"), "So many pieces, or no production.")
        .def_static("two_rounds", &campaign::FundingModel::two_rounds, py::arg("minimum"), py::arg("optimum"),
                    py::arg("second_round"),
                    "The minimum decides after the first round; the second aims at the optimum.")
        .def_static("minimum_to_cap", &campaign::FundingModel::minimum_to_cap, py::arg("minimum"), py::arg("cap"),
                    py::arg("when_reached"), "A range: below it all money goes back, above it no pledge is taken.")
        .def_static("open_ended", &campaign::FundingModel::open_ended, "No goal and no deadline.")
        .def_property_readonly("needed", &campaign::FundingModel::needed,
                               "What must be counted for success, in the measure (minor units for money).")
        .def("is_met_by", &campaign::FundingModel::is_met_by, py::arg("counted"), "Whether `counted` is a success.");
}

void bind_rewards(py::module_& m) {
    bind_described<campaign::ShippingRate>(m, "ShippingRate",
                                           "What sending one item to a destination costs, in minor units.");
    bind_described<campaign::Shipping>(m, "Shipping", "Where an item can be sent, and for how much.")
        .def("cost_to", &campaign::Shipping::cost_to, py::arg("destination"),
             "What sending one item costs, in minor units; None when it cannot be sent there.");
    bind_described<campaign::Reward>(m, "Reward", R"(What a pledge is for. Amounts in minor units.

>>> Reward('Early bird', minimum=9900, quantity=200)
Reward(name='Early bird', minimum=9900, quantity=200)
)");
    bind_described<campaign::AddOn>(m, "AddOn", "What may be chosen beside a reward. Amounts in minor units.");
    bind_described<campaign::UpgradeRewards>(m, "UpgradeRewards",
                                             "Rewards gain something, said in words; none named: every one.");
    bind_described<campaign::OpenAddOn>(m, "OpenAddOn",
                                        "A locked add-on, by its place from 1, may be chosen from now on.");
    bind_described<campaign::AddStock>(m, "AddStock", "A limited reward, by its place from 1, has so many more.");
    bind_described<campaign::StretchGoal>(m, "StretchGoal", "A promise that more support unlocks something.");
}

void bind_guards(py::module_& m) {
    bind_described<campaign::IdentityGuard>(m, "IdentityGuard", "Whose identity must be verified, and before what.");
    bind_described<campaign::MeansTest>(m, "MeansTest",
                                        "A limit by what a person earns and owns. Amounts in minor units.");
    bind_described<campaign::PersonClass>(
        m, "PersonClass", "What holds for one class of people, in minor units. A limit left out is none.");
    bind_described<campaign::PersonLimits>(m, "PersonLimits", R"(What one person may give within a window of time.

>>> PersonLimits(classes=[PersonClass('retail', per_issuer=1000000)]).classes[0].name
'retail'
)");
    bind_described<campaign::Guards>(
        m, "Guards",
        "What protects a campaign: verified identities, accounts that belong together, limits by "
        "person. None by default.");
    bind_described<campaign::Giver>(m, "Giver", "What the platform knows of the person behind a pledge.");
}

void bind_terms(py::module_& m) {
    bind_described<campaign::PledgeLimits>(m, "PledgeLimits", "Bounds of one pledge, in minor units.");
    bind_described<campaign::LatePledges>(m, "LatePledges", "Pledges after a success.");
    bind_described<campaign::LineRule>(m, "LineRule", R"(What the terms say of all lines of one name.

>>> LineRule('tip', payee='platform', counts=False, bears_platform_fee=False).payee
'platform'
)");
    bind_described<campaign::Supplements>(m, "Supplements", "Further charges to who has pledged, after a success.");
    bind_described<campaign::Terms>(m, "Terms", R"(Everything that was promised and agreed when a campaign was launched.

Amounts inside are whole minor units of `currency`. A rule pack and a draft make terms too: RulePack.campaign_terms.

>>> terms = Terms(currency='USD', title='A watch', model=FundingModel.all_or_nothing(Money('300.00', 'USD')),
...               window=Window('2026-11-01T08:00:00Z', '2026-12-01T08:00:00Z'),
...               charges=ChargePlan(retry_window='7 days'),
...               rewards=[Reward('The watch', minimum=11500)])
>>> terms.defects
()
)")
        .def_property_readonly(
            "defects", [](const campaign::Terms& self) { return defects_of(self); },
            "What no campaign can run with; empty for sound terms.")
        .def("citation_of", &campaign::citation_of, py::arg("rule"), "Where the rule of this path is written.")
        .def(
            "to_json", [](const campaign::Terms& self) { return to_json(self); },
            "As a journal writes them, on one line.")
        .def_static(
            "from_json", [](const std::string& text) { return unwrap(terms_from_json(text)); }, py::arg("text"),
            "Reads what to_json wrote. Raises TextError.");
    bind_described<campaign::AddOnChoice>(m, "AddOnChoice", "So many of an add-on, by its place from 1.");
    bind_described<campaign::LineChoice>(
        m, "LineChoice", "A line that a backer pays besides, or that what is pledged contains: a tip, a tax.");
}

}  // namespace crowdrules::python
