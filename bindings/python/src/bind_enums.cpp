// SPDX-License-Identifier: BSL-1.0
// Every enumeration of the engine, in the order of the floors.
#include <crowdrules/campaign/agenda.hpp>
#include <crowdrules/campaign/campaign.hpp>
#include <crowdrules/campaign/rejection.hpp>
#include <crowdrules/community/agenda.hpp>
#include <crowdrules/community/community.hpp>
#include <crowdrules/community/rejection.hpp>
#include <crowdrules/rulepacks/pack.hpp>
#include <crowdrules/time/deadline.hpp>

#include "convert.hpp"
#include <community/schema/terms.hpp>

namespace crowdrules::python {

void bind_enums(py::module_& m) {
    bind_enum<Evidence>(m, "Evidence", "How we know what a rule says, from strong to weak.");
    bind_enum<MonthEnd>(m, "MonthEnd", "What 'one month after 31 January' means.");
    bind_enum<ClosingInstant>(m, "ClosingInstant", "Whether the closing instant itself belongs to a window.");
    bind_enum<Gap>(m, "Gap", "What a local time means that the clocks skip.");
    bind_enum<Overlap>(m, "Overlap", "What a local time means that happens twice.");
    bind_enum<RoundingMode>(m, "RoundingMode", "What happens to the part below the unit.");
    bind_enum<AllocationMethod>(m, "AllocationMethod", "Who gets the spare units of a split.");
    bind_enum<FindingKind>(m, "FindingKind", "What a rule says about some terms.");
    bind_enum<Account>(m, "Account", "The holders of a campaign's money.");
    bind_enum<Banding>(m, "Banding", "Whether one band applies to the whole amount, or each to its own slice.");
    bind_enum<ChargeTiming>(m, "ChargeTiming", "When pledges are charged.");
    bind_enum<DisputeReason>(m, "DisputeReason", "Why a backer asks the bank for the money back.");
    bind_enum<Bearer>(m, "Bearer", "Who bears a loss.");
    bind_enum<InstalmentState>(m, "InstalmentState", "Where an instalment stands.");
    bind_enum<PartialRefundFee>(m, "PartialRefundFee",
                                "What becomes of the processing fee of a charge that is refunded in part.");
    bind_enum<UnmatchedEnd>(m, "UnmatchedEnd", "What becomes of money that nothing is about.");
    bind_enum<PayoutAfter>(m, "PayoutAfter", "What a share of a payout waits for.");
    bind_enum<RefundItem>(m, "RefundItem", "What a refund is for.");
    bind_enum<campaign::Measure>(m, "Measure", "What a goal is counted in.");
    bind_enum<campaign::GoalBasis>(m, "Counted", "Which pledges count toward the goal.");
    bind_enum<campaign::OutcomeTiming>(m, "Judged", "When success is judged.");
    bind_enum<campaign::OnMiss>(m, "Miss", "What a missed goal means.");
    bind_enum<campaign::CapReached>(m, "CapReached", "What reaching the cap does.");
    bind_enum<campaign::AboveCap>(m, "AboveCap", "What becomes of a pledge that would pass the cap.");
    bind_enum<campaign::Ships>(m, "Ships", "Where an item can be sent.");
    bind_enum<campaign::StretchBasis>(m, "StretchBasis", "What money counts toward a stretch goal of money.");
    bind_enum<campaign::PledgeState>(m, "PledgeState", "Where a pledge stands.");
    bind_enum<campaign::ClockWhilePaused>(m, "ClockWhilePaused", "Whether a pause moves the deadline.");
    bind_enum<campaign::MeansBasis>(m, "MeansBasis", "Which of annual income and net worth a share is taken of.");
    bind_enum<campaign::AccountRule>(m, "AccountRule",
                                     "What becomes of pledges of an account that is not a backer of its own.");
    bind_enum<campaign::Phase>(m, "Phase", "Where a campaign stands.");
    bind_enum<campaign::PayoutLine::Kind>(m, "PayoutKind", "What money a payout is made of.");
    bind_enum<campaign::MilestoneState>(m, "MilestoneState", "What became of the milestone of a share.");
    bind_enum<campaign::RejectionCode>(m, "RejectionCode",
                                       "Why a command may not be carried out, in order of precedence.");
    bind_enum<campaign::DueKind>(m, "DueKind", "What falls due.");
    bind_enum<PackKind>(m, "PackKind", "What the rules of a pack are about, and so what can be made of it.");

    bind_enum<revenue::Totalling>(m, "Totalling", "What the weights of a split must add up to.");
    bind_enum<revenue::Dividing>(m, "Dividing", "When fractions of a cent are decided, and what becomes of them.");
    bind_enum<revenue::FeeLevel>(m, "FeeLevel", "On what a fee's bands, minimum and maximum are measured.");
    bind_enum<revenue::Deduction>(m, "Deduction", "What may lie between gross and the base of a royalty.");
    bind_enum<revenue::TierBasis>(m, "TierBasis", "What moves a sale up through the tiers.");
    bind_enum<revenue::Tiering>(m, "Tiering", "To what a tier's rate applies.");
    bind_enum<revenue::Counting>(m, "Counting", "Which sales count towards the tiers.");
    bind_enum<revenue::ReserveOrder>(m, "ReserveOrder",
                                     "Whether a reserve is kept before or after advances are recouped.");
    bind_enum<revenue::RoyaltyRounding>(m, "RoyaltyRounding",
                                        "Whether each line is rounded, or all that was ever earned.");
    bind_enum<revenue::DayCount>(m, "DayCount", "How the part of a year between two dates is counted (ISDA 2006).");
    bind_enum<revenue::Compounding>(m, "Compounding", "Whether an unpaid return itself earns, and from when.");
    bind_enum<revenue::CatchUpReading>(m, "CatchUpReading", "How far a catch-up goes.");
    bind_enum<revenue::CarryScope>(m, "CarryScope", "Over what a fund's waterfall runs.");
    bind_enum<revenue::Grace>(m, "Grace",
                              "What becomes of the revenue of the first periods, in which nothing is paid.");
    bind_enum<revenue::NoteState>(m, "NoteState", "Where a note stands.");
    bind_enum<revenue::MinimumRule>(m, "MinimumRule", "Whether exactly the minimum is paid.");
    bind_enum<revenue::FeeBearer>(m, "FeeBearer", "Who bears the fee of a payment.");
    bind_enum<revenue::EarningKind>(m, "EarningKind", "What an earning says.");
    bind_enum<revenue::Unpaid>(m, "Unpaid", "Why nothing was paid.");
    bind_enum<revenue::MatchLimit>(m, "MatchLimit", "What kept a match below what was asked.");
    bind_enum<revenue::Saturation>(m, "Saturation",
                                   "Whether a pool larger than all weights is given away all the same.");
    bind_enum<revenue::QuadraticDust>(m, "QuadraticDust", "What becomes of fractions of a cent of a pool.");

    bind_enum<community::Budget>(m, "Budget", "How long a member's votes last.");
    bind_enum<community::Dilution>(m, "Dilution",
                                   "How the weight of a vote falls with the votes that its member has standing.");
    bind_enum<community::TieBreak>(m, "TieBreak", "Which of two ideas with as many votes goes first.");
    bind_enum<community::SelectBy>(m, "SelectBy", "Which ideas go on when a round closes.");
    bind_enum<community::BucketRule>(m, "BucketRule", "Who has a claim on a bucket, and how claims weigh.");
    bind_enum<community::Unclaimed>(m, "Unclaimed", "What becomes of a bucket that nobody has a claim on.");
    bind_enum<community::Right>(m, "Right", "What somebody may hold in an idea.");
    bind_enum<community::RightsEvent>(m, "RightsEvent", "By what a right went to somebody.");
    bind_enum<community::Assignment>(m, "Assignment", "When title passes to the company.");
    bind_enum<community::ReturnReason>(m, "ReturnReason", "Why title goes back to all who took part.");
    bind_enum<community::PhaseKind>(m, "PhaseKind", "Where the claims on a phase's buckets come from.");
    bind_enum<community::PhaseState>(m, "PhaseState", "Where a phase of a product stands.");
    bind_enum<community::IdeaStage>(m, "IdeaStage", "Where an idea stands.");
    bind_enum<community::ProductStage>(m, "ProductStage", "Where a product stands.");
    bind_enum<community::RejectionCode>(m, "CommunityRejectionCode",
                                        "Why a command of a community may not be carried out, in order of precedence.");
}

}  // namespace crowdrules::python
