// SPDX-License-Identifier: BSL-1.0
// Scenario text: the tables of a scenario file as they stand in it, before names are looked up.
#pragma once

#include <crowdrules/campaign/rejection.hpp>
#include <crowdrules/stories/campaign/scenario.hpp>

#include <campaign/schema/command.hpp>
#include <map>
#include <optional>
#include <protocol/reader.hpp>
#include <rulepacks/draft.hpp>
#include <stories/acts.hpp>
#include <stories/expectation_text.hpp>
#include <string>
#include <vector>

namespace crowdrules::detail {

struct HeadText {
    std::string title, source, pack;
    std::optional<Date> on;
};

/// One line of a charge.
struct ChargeLineText {
    std::string line;  ///< the name of its rule
    std::optional<Later<Money>> amount;
    std::optional<Decimal> rate;  ///< of what is pledged without it
    bool included = false;
};
struct WantedText {
    std::string reward;
    std::map<std::string, std::uint32_t> add_ons;
    std::string ship_to;
    std::optional<Later<Money>> amount;
    std::int64_t bonus = 0;
    bool by_link = false;
    bool in_instalments = false;
    std::uint32_t quantity = 1;         ///< how many of the reward
    std::vector<ChargeLineText> lines;  ///< lines of the charge, on top or included
    std::optional<campaign::Giver> giver;
};
struct PledgeText {
    std::uint32_t count = 1;
    std::string by, name;
    std::optional<std::uint64_t> id;
    WantedText wanted;
    std::optional<std::uint32_t> failing, mended;
};
/// Written `cancel = "Anna"` or `cancel = { of = "early birds", last = 3 }`.
struct ChosenText {
    std::string of;
    std::optional<std::uint32_t> first, last;
};
struct ChangeText {
    ChosenText chosen;
    WantedText wanted;
};
struct SupplementText {
    ChosenText chosen;
    std::string name;
    WantedText wanted;
};
struct ChargeText {
    ChosenText chosen;
    bool fails = false;
    std::uint32_t instalment = 1;
    std::optional<Later<Money>> amount, fee, tax;
    std::string reference, method;
};
struct RefundText {
    ChosenText chosen;
    std::optional<Later<Money>> amount;
    RefundItem item = RefundItem::general;
    std::string line;  ///< the line of the charge that the money is of
    std::optional<Later<Money>> fee_returned;
    std::string reference;
};
struct DisputeText {
    ChosenText chosen;
    std::uint32_t instalment = 1;
    DisputeReason reason = DisputeReason::fraud;
    std::optional<Later<Money>> amount, fee;
    std::string reference;
};
struct DisputeEndText {
    ChosenText chosen;
    std::optional<Later<Money>> fee_returned;
};
struct ReturnRefundText {
    ChosenText chosen;
    std::optional<Later<Money>> amount;
    RefundItem item = RefundItem::general;
    std::string refund, reason, reference;
};
struct PayOutText {
    std::uint32_t payout = 1;
    std::string reference;
    std::optional<Later<Money>> arrived;
};
struct ReturnPayoutText {
    std::uint32_t payout = 1;
    std::string reason, reference;
};
struct ResolveUnmatchedText {
    std::string unmatched;
    UnmatchedEnd end = UnmatchedEnd::sent_back;
    std::string of;  ///< whose charge it pays
    std::uint32_t instalment = 1;
    std::optional<Later<Money>> amount, fee;
    std::string reference;
};
struct RecordUnmatchedText {
    std::string reference, from, what;
    std::optional<Later<Money>> amount;
};
struct ExtendText {
    Later<std::string> to;  ///< a moment
};
struct ChangeRewardText {
    std::string reward;
    campaign::Reward becomes;
};
struct ChangeAddOnText {
    std::string add_on;
    campaign::AddOn becomes;
};

/// Pledges that a line is about: a text alone chooses all of that name.
template <class About>
using ChosenBy = std::optional<Later<std::string, About>>;

struct LineText {
    Later<std::string> at;  ///< a moment
    CommandId command;
    std::optional<std::uint32_t> accepted;
    std::optional<Later<campaign::RejectionCode>> refused;
    bool already_done = false;
    std::optional<FiguresText> expect;

    std::optional<PledgeText> pledge;
    std::optional<ChangeText> change;
    std::optional<SupplementText> supplement;
    ChosenBy<ChosenText> cancel;
    ChosenBy<DisputeEndText> dispute_won, dispute_lost;
    ChosenBy<ChargeText> charge;
    ChosenBy<RefundText> refund;
    ChosenBy<DisputeText> dispute;
    std::optional<PayOutText> pay_out;
    std::optional<ReturnPayoutText> return_payout;
    ChosenBy<ReturnRefundText> return_refund;
    std::optional<campaign::ReportDelivered> delivered;
    std::optional<campaign::ApproveMilestone> approve;
    std::optional<campaign::RejectMilestone> reject;
    std::optional<RecordUnmatchedText> record_unmatched;
    std::optional<ResolveUnmatchedText> resolve_unmatched;
    std::optional<campaign::PauseCampaign> pause;
    std::optional<campaign::ResumeCampaign> resume;
    std::optional<campaign::CancelCampaign> cancel_campaign;
    std::optional<campaign::SuspendCampaign> suspend;
    std::optional<ExtendText> extend;
    std::optional<campaign::CloseEarly> close_early;
    std::optional<campaign::CloseLatePledges> close_late_pledges;
    std::optional<campaign::ReportReadyToShip> ready_to_ship;
    std::optional<VerifyLine> verify;
    std::optional<RelateLine> relate;
    std::optional<RaiseClaim> claim;
    std::optional<DismissClaim> dismiss_claim;
    std::optional<UpholdClaim> uphold_claim;
    std::optional<campaign::AddReward> add_reward;
    std::optional<ChangeRewardText> change_reward;
    std::optional<std::string> remove_reward;
    std::optional<campaign::AddAddOn> add_add_on;
    std::optional<ChangeAddOnText> change_add_on;
    std::optional<std::string> remove_add_on;
};

struct ConductText {
    Acts charges = Acts::when_due;
    Acts payouts = Acts::when_due;
    std::optional<Later<std::uint32_t, Decimal>> failing, mended;  ///< how many charges, or what part of them
    Elapsed mended_after{};
};

struct SpreadText {
    std::int64_t amount = 0;
    Spread::By by = Spread::By::evenly;
    AllocationMethod method = AllocationMethod::largest_remainder;
    std::int64_t step = 1;
    std::vector<std::string> except;
};

struct FileText {
    HeadText scenario;
    Later<campaign::Terms, CampaignDraft> terms;  ///< without a pack, and with one
    Later<std::vector<LineText>> timeline;
    Later<ConductText> settlement;
    Later<std::vector<SpreadText>> spread;
    FiguresText expect;
};

inline void describe(Fields& v, HeadText& head) {
    v("title", head.title, required);
    v("source", head.source);
    v("pack", head.pack);
    v("on", head.on);
}
inline void describe(Fields& v, FileText& file) {
    v("scenario", file.scenario, required);
    v("terms", file.terms, required);
    v("timeline", file.timeline);
    v("settlement", file.settlement);
    v("spread", file.spread);
    v("expect", file.expect);
}
inline void describe(Fields& v, ChargeLineText& line) {
    v("line", line.line, required);
    v("amount", line.amount);
    v("rate", line.rate);
    v("included", line.included);
}
inline void describe(Fields& v, WantedText& wanted) {
    v("reward", wanted.reward);
    v("add_ons", wanted.add_ons);
    v("ship_to", wanted.ship_to);
    v("amount", wanted.amount);
    v.amount("bonus", wanted.bonus);
    v("by_link", wanted.by_link);
    v("in_instalments", wanted.in_instalments);
    v("quantity", wanted.quantity, stated);
    v("lines", wanted.lines);
    v("giver", wanted.giver);
}
inline void describe(Fields& v, PledgeText& pledge) {
    v("count", pledge.count);
    v("by", pledge.by);
    v("name", pledge.name);
    v("id", pledge.id);
    v(pledge.wanted);
    v("failing", pledge.failing);
    v("mended", pledge.mended);
}
inline void describe(Fields& v, ChosenText& chosen) {
    v("of", chosen.of, required);
    v("first", chosen.first);
    v("last", chosen.last);
}
inline void describe(Fields& v, ChangeText& change) {
    v(change.chosen);
    v(change.wanted);
}
inline void describe(Fields& v, SupplementText& supplement) {
    v(supplement.chosen);
    v("name", supplement.name);
    v(supplement.wanted);
}
inline void describe(Fields& v, ChargeText& charge) {
    v(charge.chosen);
    v("fails", charge.fails);
    v("instalment", charge.instalment);
    v("amount", charge.amount);
    v("fee", charge.fee);
    v("tax", charge.tax);
    v("reference", charge.reference);
    v("method", charge.method);
}
inline void describe(Fields& v, RefundText& refund) {
    v(refund.chosen);
    v("amount", refund.amount);
    v("item", refund.item);
    v("line", refund.line);
    v("fee_returned", refund.fee_returned);
    v("reference", refund.reference);
}
inline void describe(Fields& v, DisputeText& dispute) {
    v(dispute.chosen);
    v("instalment", dispute.instalment);
    v("reason", dispute.reason);
    v("amount", dispute.amount);
    v("fee", dispute.fee);
    v("reference", dispute.reference);
}
inline void describe(Fields& v, DisputeEndText& end) {
    describe(v, end.chosen);
    v("fee_returned", end.fee_returned);
}
inline void describe(Fields& v, PayOutText& pay_out) {
    v("payout", pay_out.payout, required);
    v("reference", pay_out.reference);
    v("arrived", pay_out.arrived);
}
inline void describe(Fields& v, ReturnRefundText& back) {
    v(back.chosen);
    v("amount", back.amount);
    v("item", back.item);
    v("refund", back.refund);
    v("reason", back.reason);
    v("reference", back.reference);
}
inline void describe(Fields& v, ReturnPayoutText& back) {
    v("payout", back.payout, required);
    v("reason", back.reason);
    v("reference", back.reference);
}
inline void describe(Fields& v, RecordUnmatchedText& came) {
    v("reference", came.reference, required);
    v("amount", came.amount, required);
    v("from", came.from);
    v("what", came.what);
}
inline void describe(Fields& v, ResolveUnmatchedText& resolved) {
    v("unmatched", resolved.unmatched, required);
    v("end", resolved.end, required);
    v("of", resolved.of);
    v("instalment", resolved.instalment, stated);
    v("amount", resolved.amount);
    v("fee", resolved.fee);
    v("reference", resolved.reference);
}
inline void describe(Fields& v, ExtendText& extend) {
    v("to", extend.to, required);
}
inline void describe(Fields& v, ChangeRewardText& change) {
    v("reward", change.reward, required);
    v("becomes", change.becomes, required);
}
inline void describe(Fields& v, ChangeAddOnText& change) {
    v("add_on", change.add_on, required);
    v("becomes", change.becomes, required);
}
inline void describe(Fields& v, VerifyLine& verify) {
    v("who", verify.who);
    v("what", verify.what, required);
    v("until", verify.until);
    v("decided_by", verify.decided_by);
}
inline void describe(Fields& v, RelateLine& relate) {
    v("account", relate.account, required);
    v("to", relate.to);
    v("reason", relate.reason);
    v("decided_by", relate.decided_by);
}
inline void describe(Fields& v, LineText& line) {
    v("at", line.at, required);
    v("command", line.command);
    v("accepted", line.accepted);
    v("refused", line.refused);
    v("already_done", line.already_done);
    v("expect", line.expect);
    v("pledge", line.pledge);
    v("change", line.change);
    v("supplement", line.supplement);
    v("cancel", line.cancel);
    v("charge", line.charge);
    v("refund", line.refund);
    v("dispute", line.dispute);
    v("dispute_won", line.dispute_won);
    v("dispute_lost", line.dispute_lost);
    v("pay_out", line.pay_out);
    v("return_payout", line.return_payout);
    v("return_refund", line.return_refund);
    v("delivered", line.delivered);
    v("approve", line.approve);
    v("reject", line.reject);
    v("record_unmatched", line.record_unmatched);
    v("resolve_unmatched", line.resolve_unmatched);
    v("pause", line.pause);
    v("resume", line.resume);
    v("cancel_campaign", line.cancel_campaign);
    v("suspend", line.suspend);
    v("extend", line.extend);
    v("close_early", line.close_early);
    v("close_late_pledges", line.close_late_pledges);
    v("ready_to_ship", line.ready_to_ship);
    v("verify", line.verify);
    v("relate", line.relate);
    v("claim", line.claim);
    v("dismiss_claim", line.dismiss_claim);
    v("uphold_claim", line.uphold_claim);
    v("add_reward", line.add_reward);
    v("change_reward", line.change_reward);
    v("remove_reward", line.remove_reward);
    v("add_add_on", line.add_add_on);
    v("change_add_on", line.change_add_on);
    v("remove_add_on", line.remove_add_on);
}
inline void describe(Fields& v, ConductText& conduct) {
    v("charges", conduct.charges);
    v("payouts", conduct.payouts);
    v("failing", conduct.failing);
    v("mended", conduct.mended);
    v("mended_after", conduct.mended_after);
}
inline void describe(Fields& v, SpreadText& spread) {
    v.amount("amount", spread.amount, required);
    v("by", spread.by);
    v("method", spread.method);
    v.amount("step", spread.step);
    v("except", spread.except);
}

}  // namespace crowdrules::detail
