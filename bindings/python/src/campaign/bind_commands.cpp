// SPDX-License-Identifier: BSL-1.0
// Commands: what somebody wants to happen to a campaign.
#include <crowdrules/campaign/command.hpp>

#include "described.hpp"
#include <campaign/schema/command.hpp>

namespace crowdrules::python {

void bind_commands(py::module_& m) {
    bind_described<campaign::PauseCampaign>(m, "PauseCampaign",
                                            "Nothing may be pledged, changed or cancelled until it is resumed.");
    bind_described<campaign::ResumeCampaign>(m, "ResumeCampaign", "A paused campaign goes on.");
    bind_described<campaign::CancelCampaign>(m, "CancelCampaign", "The creator gives up: every pledge is released.");
    bind_described<campaign::SuspendCampaign>(m, "SuspendCampaign", "The platform ends the campaign for good.");
    bind_described<campaign::ExtendDeadline>(m, "ExtendDeadline",
                                             "The deadline moves to a later instant, where terms allow it.");
    bind_described<campaign::CloseEarly>(m, "CloseEarly", "The creator ends a campaign that has what it needs.");
    bind_described<campaign::CloseLatePledges>(m, "CloseLatePledges", "No late pledge is taken from now on.");
    bind_described<campaign::AddReward>(m, "AddReward", "A reward more; its fields are those of Reward.");
    bind_described<campaign::ChangeReward>(m, "ChangeReward", "A reward, by its place from 1, becomes another.");
    bind_described<campaign::RemoveReward>(m, "RemoveReward", "A reward without backers is taken away.");
    bind_described<campaign::AddAddOn>(m, "AddAddOn", "An add-on more; its fields are those of AddOn.");
    bind_described<campaign::ChangeAddOn>(m, "ChangeAddOn", "An add-on, by its place from 1, becomes another.");
    bind_described<campaign::RemoveAddOn>(m, "RemoveAddOn", "An add-on without backers is taken away.");
    bind_described<campaign::ReportReadyToShip>(m, "ReportReadyToShip",
                                                "The creator can ship: the charges that waited for it fall due.");
    bind_described<campaign::RecordVerification>(m, "RecordVerification",
                                                 "Somebody's identity was verified; without a backer, the creator's.");
    bind_described<campaign::RelateAccounts>(m, "RelateAccounts",
                                             "An account was found to be somebody else's as well.");
    bind_described<RaiseClaim>(m, "RaiseClaim", "Somebody says that what the campaign offers is theirs: it pauses.");
    bind_described<DismissClaim>(m, "DismissClaim", "A claim was not justified: what waited for it goes on.");
    bind_described<UpholdClaim>(m, "UpholdClaim",
                                "A claim was justified: the campaign, or the product, is taken down.");
}

void bind_pledge_commands(py::module_& m) {
    bind_described<campaign::MakePledge>(m, "MakePledge",
                                         R"(A pledge while the campaign runs, or a late one after its success.

`pledge` and `backer` are numbers of yours, from 1; `reward` is its place in the terms from 1, or None.

>>> MakePledge(pledge=1, backer=7, reward=1, amount=Money('115.00', 'USD'))
MakePledge(pledge=1, backer=7, reward=1, amount=Money('115.00', 'USD'))
)");
    bind_described<campaign::MakeSupplement>(m, "MakeSupplement",
                                             "A further charge to who has pledged, after the end.");
    bind_described<campaign::ChangePledge>(m, "ChangePledge", "The new choice replaces the old one whole.");
    bind_described<campaign::CancelPledge>(m, "CancelPledge", "The backer takes a pledge back.");
    bind_described<campaign::RecordCharge>(m, "RecordCharge",
                                           R"(A charge that was due went through, or did not.

What the provider took is booked as reported, the rest computed: here 70.00 were captured, with a fee of 2.33.

>>> RecordCharge(pledge=1, amount=Money('70.00', 'USD'), fee=Money('2.33', 'USD'), reference='ch_1').reference
'ch_1'
)");
    bind_described<campaign::RefundPledge>(m, "RefundPledge", "Money of one pledge goes back.");
    bind_described<campaign::OpenDispute>(m, "OpenDispute", "A backer's bank asks for a charge back.");
    bind_described<campaign::CloseDispute>(m, "CloseDispute", "The bank has decided.");
    bind_described<campaign::PayOut>(m, "PayOut", "A payout that is due was made; `payout` is its place from 0.");
    bind_described<campaign::ReturnPayout>(m, "ReturnPayout",
                                           "A payout came back from the creator's bank: it is due again.");
    bind_described<campaign::ReturnRefund>(m, "ReturnRefund", "A refund, or a part of it, came back.");
    bind_described<campaign::ReportDelivered>(m, "ReportDelivered", "What was promised was delivered.");
    bind_described<campaign::ApproveMilestone>(m, "ApproveMilestone", "A milestone was reached.");
    bind_described<campaign::RejectMilestone>(m, "RejectMilestone", "A milestone was not reached.");
    bind_described<campaign::RecordUnmatched>(m, "RecordUnmatched",
                                              "Money came in, or was taken, that nothing here is about: it is held.");
    bind_described<campaign::ResolveUnmatched>(m, "ResolveUnmatched", "What becomes of unmatched money.");
}

}  // namespace crowdrules::python
