// SPDX-License-Identifier: BSL-1.0
// Commands: what somebody wants to happen to a campaign.
#include <crowdrules/campaign/command.hpp>

#include "described.hpp"
#include <campaign/describe_command.hpp>

namespace crowdrules::python {

void bind_commands(py::module_& m) {
    bind_described<PauseCampaign>(m, "PauseCampaign",
                                  "Nothing may be pledged, changed or cancelled until it is resumed.");
    bind_described<ResumeCampaign>(m, "ResumeCampaign", "A paused campaign goes on.");
    bind_described<CancelCampaign>(m, "CancelCampaign", "The creator gives up: every pledge is released.");
    bind_described<SuspendCampaign>(m, "SuspendCampaign", "The platform ends the campaign for good.");
    bind_described<ExtendDeadline>(m, "ExtendDeadline", "The deadline moves to a later instant, where terms allow it.");
    bind_described<CloseEarly>(m, "CloseEarly", "The creator ends a campaign that has what it needs.");
    bind_described<CloseLatePledges>(m, "CloseLatePledges", "No late pledge is taken from now on.");
    bind_described<AddReward>(m, "AddReward", "A reward more; its fields are those of Reward.");
    bind_described<ChangeReward>(m, "ChangeReward", "A reward, by its place from 1, becomes another.");
    bind_described<RemoveReward>(m, "RemoveReward", "A reward without backers is taken away.");
    bind_described<AddAddOn>(m, "AddAddOn", "An add-on more; its fields are those of AddOn.");
    bind_described<ChangeAddOn>(m, "ChangeAddOn", "An add-on, by its place from 1, becomes another.");
    bind_described<RemoveAddOn>(m, "RemoveAddOn", "An add-on without backers is taken away.");
    bind_described<ReportReadyToShip>(m, "ReportReadyToShip",
                                      "The creator can ship: the charges that waited for it fall due.");
    bind_described<RecordVerification>(m, "RecordVerification",
                                       "Somebody's identity was verified; without a backer, the creator's.");
    bind_described<RelateAccounts>(m, "RelateAccounts", "An account was found to be somebody else's as well.");
    bind_described<RaiseClaim>(m, "RaiseClaim", "Somebody says that what the campaign offers is theirs: it pauses.");
    bind_described<DismissClaim>(m, "DismissClaim", "The claim was not justified.");
    bind_described<UpholdClaim>(m, "UpholdClaim", "The claim was justified: the campaign is taken down.");
}

void bind_pledge_commands(py::module_& m) {
    bind_described<MakePledge>(m, "MakePledge", R"(A pledge while the campaign runs, or a late one after its success.

`pledge` and `backer` are numbers of yours, from 1; `reward` is its place in the terms from 1, or None.

>>> MakePledge(pledge=1, backer=7, reward=1, amount=Money('115.00', 'USD'))
MakePledge(pledge=1, backer=7, reward=1, amount=Money('115.00', 'USD'))
)");
    bind_described<ChangePledge>(m, "ChangePledge", "The new choice replaces the old one whole.");
    bind_described<CancelPledge>(m, "CancelPledge", "The backer takes a pledge back.");
    bind_described<RecordCharge>(m, "RecordCharge",
                                 R"(A charge that was due went through, or did not.

What the provider took is booked as reported, the rest computed: here 70.00 were captured, with a fee of 2.33.

>>> RecordCharge(pledge=1, amount=Money('70.00', 'USD'), fee=Money('2.33', 'USD'), reference='ch_1').reference
'ch_1'
)");
    bind_described<RefundPledge>(m, "RefundPledge", "Money of one pledge goes back.");
    bind_described<OpenDispute>(m, "OpenDispute", "A backer's bank asks for a charge back.");
    bind_described<CloseDispute>(m, "CloseDispute", "The bank has decided.");
    bind_described<PayOut>(m, "PayOut", "A payout that is due was made; `payout` is its place from 0.");
    bind_described<ReturnPayout>(m, "ReturnPayout", "A payout came back from the creator's bank: it is due again.");
}

}  // namespace crowdrules::python
