# SPDX-License-Identifier: BSL-1.0
"""The terms of a campaign, as the first event of its journal has them."""
from arithmetic import NotCovered, Schedule, minor, rate, rounded, rounding_of
from calendar_days import Cadence, instant, span

KNOWN = {
    "": {"title", "pack", "zone_database", "currency", "model", "window", "may_extend", "may_close_early",
         "paused_clock", "limits", "rewards", "add_ons", "stretch_goals", "charges", "instalments", "late_pledges",
         "fees", "payouts", "reserve", "refunds", "disputes", "guards", "sources"},
    "model": {"measure", "goal", "share", "counts", "shipping_counts", "judged", "miss", "second_round", "cap"},
    "charges": {"timing", "retry_window", "remind_every"},
    "instalments": {"count", "first_after", "cadence", "minimum", "spare", "retry_first", "retry_later"},
    "late_pledges": {"open_for"},
    "fees": {"platform", "platform_on_miss", "processing"},
    "payouts": {"first_after", "later_first_after", "later_every", "later_cut_off"},
    "reserve": {"rate", "trigger", "held_for", "rounding"},
    "refunds": {"fees_returned_before_payout", "partial", "platform", "backer_may_claim_while_live"},
    "disputes": {"fraud", "reward", "reversed", "fee", "fee_bearer", "fee_returned_if_won"},
}


class Terms:
    def __init__(self, told):
        for table, fields in KNOWN.items():
            for field in (told if table == "" else told.get(table) or {}):
                if field not in fields:
                    raise NotCovered("term " + (table + "." if table else "") + field)
        self.told = told
        self.currency = told["currency"]
        model = told.get("model", {})
        self.measure = model.get("measure", "money")
        goal = model.get("goal", 0)
        self.goal = minor(goal, self.currency) if isinstance(goal, str) else int(goal)
        self.share = rate(model.get("share", "1"))
        self.counts = model.get("counts", "pledged")
        self.shipping_counts = model.get("shipping_counts", False)
        self.judged = model.get("judged", "at_deadline")
        self.miss = model.get("miss", "release")
        self.second_round = model.get("second_round")
        self.cap = model.get("cap")
        closes = told.get("window", {}).get("closes", "never")
        self.closes = None if closes == "never" else instant(closes)
        charges = told.get("charges", {})
        self.timing = charges.get("timing", "at_success")
        self.retry_window = span(charges.get("retry_window", "0 seconds"))
        self.instalments = told.get("instalments")
        fees = told.get("fees", {})
        self.platform = Schedule(fees.get("platform"), self.currency)
        self.platform_on_miss = Schedule(fees["platform_on_miss"], self.currency) if "platform_on_miss" in fees \
            else None
        self.processing = Schedule(fees.get("processing"), self.currency)
        payouts = told.get("payouts", {})
        self.first_after = span(payouts.get("first_after", "0 seconds"))
        self.later_first_after = span(payouts.get("later_first_after", "0 seconds"))
        self.later_every = Cadence(payouts.get("later_every"))
        self.later_cut_off = span(payouts.get("later_cut_off", "0 seconds"))
        refunds = told.get("refunds", {})
        self.fees_returned = refunds.get("fees_returned_before_payout", False)
        self.partial = refunds.get("partial")
        self.platform_refund = refunds.get("platform", "recomputed")
        disputes = told.get("disputes", {})
        self.bearers = {reason: disputes.get(reason, otherwise) for reason, otherwise in
                        (("fraud", "platform"), ("reward", "creator"), ("reversed", "creator"))}
        self.dispute_fee = minor(disputes.get("fee", "0"), self.currency)
        self.fee_bearer = disputes.get("fee_bearer")
        self.fee_returned_if_won = disputes.get("fee_returned_if_won", False)
        self.reserve = told.get("reserve")
        if self.reserve:
            self.reserve_rate = rate(self.reserve.get("rate", "0"))
            self.reserve_trigger = minor(self.reserve.get("trigger", "0"), self.currency)
            self.reserve_held_for = span(self.reserve["held_for"])
            self.reserve_rounding = rounding_of(self.reserve.get("rounding", "half_even"))
        self.rewards = [dict(reward) for reward in told.get("rewards", [])]
        self.add_ons = [dict(add_on) for add_on in told.get("add_ons", [])]

    def needed(self):
        return rounded(self.goal * self.share, "ceiling")

    def met_by(self, counted):
        return counted >= self.needed() and counted > 0

    def reserve_on(self, collected):
        if not self.reserve or collected < self.reserve_trigger:
            return 0
        return rounded(collected * self.reserve_rate, *self.reserve_rounding)
