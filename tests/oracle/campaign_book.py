# SPDX-License-Identifier: BSL-1.0
"""A campaign kept once more: from its terms and the facts in its events, every figure of its statement.

A fact is what somebody did or a provider reported: who pledged what, which charge went through, what was refunded. What
a rule decides (fees, outcomes, the parts of a payout) is computed here and compared with what the event says.
"""
from fractions import Fraction

from arithmetic import NotCovered, allocate, minor, rounded, written
from calendar_days import Cadence, instant, span, written_instant
from campaign_terms import Terms

ACCOUNTS = ("backers", "escrow", "reserve", "disputed", "creator", "platform_fees", "processing_fees", "tax",
            "unmatched")
STANDING = ("pledged", "errored", "collected", "disputed")
NO_FIGURES = {"identity_verified", "stretch_goal_reached", "stretch_goal_lost"}
FIELDS = {  # of events; one with any other is not covered
    "n", "at", "event", "chain", "cause", "id", "command", "terms", "reason", "decided_by", "closes", "counted",
    "goal_missed", "backer",
    "what", "until", "account", "to", "uncounted", "pledge", "reward", "amount", "shipping", "add_ons", "ship_to",
    "late", "in_instalments", "fee", "tax", "instalment", "uncaptured", "difference", "reference", "method", "payout",
    "item",
    "cancelled", "fee_returned", "tax_returned", "from_reserve", "from", "held_from", "returns_to", "fee_made_good",
    "bearer", "made_good", "platform_fee", "reserve", "net", "recouped", "unmatched", "end", "claim", "claimant", "on",
    "goal"}
ENDED = ("failed", "cancelled", "suspended")


class Charge:
    """Money that was taken for a pledge, and what became of it."""

    def __init__(self, amount, fee, tax, line):
        self.amount, self.fee, self.tax, self.line = amount, fee, tax, line
        self.refunded = self.charged_back = self.disputed = self.fee_returned = self.tax_returned = 0

    def left(self):
        return self.amount - self.refunded - self.charged_back - self.disputed


class Pledge:
    __slots__ = (
        "add_ons",
        "amount",
        "backer",
        "charges",
        "dispute",
        "in_instalments",
        "late",
        "made_at",
        "owned",
        "parts",
        "reward",
        "second",
        "shipping",
        "state",
    )

    def __init__(self, backer, reward, amount, shipping, add_ons, late, in_instalments, at):
        self.backer, self.reward, self.amount, self.shipping, self.late = backer, reward, amount, shipping, late
        self.add_ons, self.in_instalments, self.made_at = add_ons, in_instalments, at
        self.parts = None  # open instalments: [amount, due, open]
        self.charges = {}  # by instalment
        self.state, self.dispute, self.second = "pledged", None, False


class Line:
    """Money that is paid out together."""

    def __init__(self, kind, due, number=0):
        self.kind, self.due, self.number = kind, due, number
        self.gross = self.carried = self.refunded = self.charged_back = self.disputed = self.processing_fee = 0
        self.platform_fee = self.tax = self.reserve = self.held = self.recouped = self.net = self.returned = 0
        self.paid_at = None
        self.was_released = False

    def in_escrow(self):
        return self.gross + self.carried - self.refunded - self.charged_back - self.disputed - self.processing_fee

    def base(self):
        return self.gross - self.refunded - self.charged_back - self.disputed


class Book:
    def __init__(self, report):
        self.report = report
        self.holds = dict.fromkeys(ACCOUNTS, 0)
        self.pledges, self.lines = {}, []
        self.phase, self.closed, self.goal_missed, self.ready_at = "live", False, False, None
        self.succeeded_at = self.ended = self.counted = self.judged_at = None
        self.late_count = self.late_amount = 0
        self.charge_count = self.collected = self.refunded = self.charged_back = self.given_up = 0
        self.fee_difference = self.dispute_fees = self.unmatched_kept = self.paid = 0
        self.platform_taken = self.tax_taken = 0
        self.unmatched, self.claims, self.at, self.paused_at = {}, set(), 0, None
        self.before_pause, self.reserve_used = "live", False

    # What is shared by all events.

    def expect(self, what, ours, told):
        if ours != told:
            self.report(what, ours, told)

    def amount(self, event, field):
        return minor(event.get(field, "0"), self.terms.currency)

    def compare(self, event, **figures):
        for field, ours in figures.items():
            told = event.get(field, "0")
            if isinstance(ours, int):
                told = minor(told, self.terms.currency)
            self.expect(f"event {event['n']} {event['event']}.{field}", ours, told)

    def move(self, source, target, amount):
        self.holds[source] -= amount
        self.holds[target] += amount

    def take(self, event):
        name = event["event"]
        for field in event:
            if field not in FIELDS:
                raise NotCovered(f"event {name}.{field}")
        self.at = instant(event["at"])
        if name in NO_FIGURES:
            return
        act = getattr(self, "on_" + name, None)
        if act is None:
            raise NotCovered("event " + name)
        act(event)

    # The campaign as a whole.

    def on_campaign_launched(self, event):
        self.terms = Terms(event["terms"])
        self.closes = self.terms.closes
        if self.terms.second_round:
            raise NotCovered("term model.second_round")
        if self.closes is None and self.terms.goal == 0:
            self.lines.append(Line("campaign", self.at + self.terms.first_after))
            self.succeeded_at = self.at  # open-ended: what comes in is paid out from the launch on
        self.taken = [0] * (len(self.terms.rewards) + 1)
        if self.terms.told.get("stretch_goals"):
            raise NotCovered("term stretch_goals")

    def on_campaign_paused(self, event):
        self.before_pause, self.phase, self.paused_at = self.phase, "paused", self.at

    def on_campaign_resumed(self, event):
        if self.terms.told.get("paused_clock", "runs") == "stops":
            self.closes += self.at - self.paused_at
        self.expect(f"event {event['n']} campaign_resumed.closes", written_instant(self.closes), event["closes"])
        self.phase = self.before_pause

    def on_claim_raised(self, event):
        self.claims.add(event["claim"])

    def on_claim_dismissed(self, event):
        self.claims.discard(event["claim"])

    def on_claim_upheld(self, event):
        self.claims.discard(event["claim"])
        self.let_go("suspended")

    def on_deadline_extended(self, event):
        self.closes = instant(event["closes"])

    def on_campaign_closed(self, event):
        if not self.terms.told.get("may_close_early") and not self.terms.cap and self.ready_at is None:
            self.expect(f"event {event['n']} campaign_closed.at", written_instant(self.closes), event["at"])
        self.closed = True
        self.end()
        self.date_payouts()

    def date_payouts(self):
        """Payouts that waited are counted from now."""
        if self.succeeded_at is not None and (self.terms.timing != "when_ready" or self.ready_at is not None):
            for line in self.lines:
                if line.due is None:
                    line.due = self.at + self.terms.first_after

    def on_late_pledges_closed(self, event):
        pass

    def on_accounts_related(self, event):
        if event.get("uncounted"):
            raise NotCovered("event accounts_related.uncounted")

    def units_of(self, pledge):
        units = self.terms.rewards[pledge.reward - 1].get("units", 0) if pledge.reward else 0
        return units + sum(self.terms.add_ons[choice["add_on"] - 1].get("units", 0) * choice.get("count", 1)
                           for choice in pledge.add_ons)

    def counts(self):
        """What counts toward the goal of the pledges that stand."""
        standing = [pledge for pledge in self.pledges.values() if pledge.state in STANDING and not pledge.late]
        if self.terms.counts == "collected":
            if self.terms.measure != "money" and any(pledge.parts for pledge in standing):
                raise NotCovered("term model.counts collected, in instalments")
            standing = [pledge for pledge in standing if pledge.charges]
        if self.terms.measure == "backers":
            return len({pledge.backer for pledge in standing})
        if self.terms.measure == "units":
            return sum(self.units_of(pledge) for pledge in standing)
        total = 0
        for pledge in standing:
            total += pledge.amount - (0 if self.terms.shipping_counts else pledge.shipping)
            if self.terms.counts == "collected":
                total -= pledge.amount - sum(charge.amount - charge.refunded - charge.charged_back
                                             for charge in pledge.charges.values())
        return total

    def judge(self, event, success):
        basis = self.terms.counts
        if self.terms.judged == "after_collection" and self.phase != "collecting":
            self.terms.counts = "pledged"
        counted = self.counts()
        self.terms.counts = basis
        told = event.get("counted", "0")
        told = minor(told, self.terms.currency) if isinstance(told, str) else told
        self.expect(f"event {event['n']} {event['event']}.counted", counted, told)
        if self.closed or not success:
            self.counted = counted
        met = self.terms.met_by(counted)
        if event["event"] == "campaign_succeeded":
            self.goal_missed = not met and self.terms.goal > 0
            self.expect(f"event {event['n']} goal_missed", self.goal_missed, event.get("goal_missed", False))
            met = met or (self.terms.miss == "keep" and counted > 0)
        elif event["event"] == "campaign_failed":
            met = met or (self.terms.miss == "keep" and counted > 0)
        self.expect(f"event {event['n']} outcome, {counted} of {self.terms.needed()}", met, success)

    def on_collection_started(self, event):
        told = event.get("counted", "0")
        counts, self.terms.counts = self.terms.counts, "pledged"
        counted = self.counts()
        self.terms.counts = counts
        self.expect(f"event {event['n']} collection_started.counted", counted,
                    minor(told, self.terms.currency) if isinstance(told, str) else told)
        self.expect(f"event {event['n']} outcome", self.terms.met_by(counted), True)
        self.phase, self.collecting_at = "collecting", self.at

    def on_campaign_succeeded(self, event):
        self.judge(event, True)
        self.phase, self.succeeded_at = "succeeded", self.at
        if not self.lines:
            self.lines.append(Line("campaign", None))
        if self.closed:
            self.end()
        if self.closed or self.closes is None or self.terms.later_every.repeats():
            self.date_payouts()
        for pledge in self.pledges.values():
            if pledge.in_instalments and pledge.state in STANDING and not pledge.parts:
                self.make_parts(pledge, self.at)

    def on_campaign_failed(self, event):
        self.end()
        self.judge(event, False)
        self.let_go("failed")

    def on_campaign_cancelled(self, event):
        self.let_go("cancelled")

    def on_campaign_suspended(self, event):
        self.let_go("suspended")

    def on_ready_to_ship(self, event):
        self.ready_at = self.at
        self.date_payouts()

    def end(self):
        """The figures of the campaign that are frozen at its end."""
        if self.ended is None:
            standing = [pledge for pledge in self.pledges.values() if pledge.state in STANDING and not pledge.late]
            self.ended = (len(standing), sum(pledge.amount for pledge in standing),
                          len({pledge.backer for pledge in standing}))
            self.counted = self.counts()

    def let_go(self, phase):
        self.end()
        self.phase = phase
        for pledge in self.pledges.values():
            if pledge.state in STANDING:
                self.rest(pledge, "released")
            if pledge.parts:
                self.give_up(pledge)

    def rest(self, pledge, state):
        """A pledge comes to rest: it holds its reward no more."""
        if pledge.state in STANDING and state not in STANDING:
            self.taken[pledge.reward] -= 1
        elif pledge.state not in STANDING and state in STANDING:
            self.taken[pledge.reward] += 1
        pledge.state = state

    def give_up(self, pledge):
        for part in pledge.parts or []:
            if part[2]:
                part[2] = False
                if pledge.charges:
                    self.given_up += part[0]

    # Pledges.

    def on_pledge_made(self, event):
        late = event.get("late", False)
        self.expect(f"event {event['n']} pledge_made.late", self.closed and self.phase == "succeeded", late)
        pledge = Pledge(event["backer"], event.get("reward", 0), self.amount(event, "amount"),
                        self.amount(event, "shipping"), event.get("add_ons", ()), late,
                        event.get("in_instalments", False), self.at)
        self.pledges[event["pledge"]] = pledge
        self.taken[pledge.reward] += 1
        if late:
            self.late_count += 1
            self.late_amount += pledge.amount
        if pledge.in_instalments and (self.terms.timing == "at_pledge" or self.succeeded_at is not None):
            self.make_parts(pledge, self.at)
        pledge.second = self.succeeded_at is not None and not late

    def make_parts(self, pledge, start):
        plan = self.terms.instalments
        count = plan.get("count", 3)
        start += span(plan.get("first_after", "0 seconds"))
        amounts = allocate(pledge.amount, [1] * count, plan.get("spare", "largest_remainder"))
        cadence = Cadence(plan.get("cadence", {"months": 1}))
        pledge.parts = [[amount, cadence.occurrence(start, i), True] for i, amount in enumerate(amounts)]

    def on_pledge_changed(self, event):
        pledge = self.pledges[event["pledge"]]
        self.taken[pledge.reward] -= 1
        pledge.reward, pledge.amount = event.get("reward", 0), self.amount(event, "amount")
        pledge.shipping, pledge.add_ons = self.amount(event, "shipping"), event.get("add_ons", ())
        pledge.in_instalments = event.get("in_instalments", False)
        self.taken[pledge.reward] += 1

    def on_pledge_cancelled(self, event):
        self.rest(self.pledges[event["pledge"]], "cancelled")

    def on_pledge_dropped(self, event):
        pledge = self.pledges[event["pledge"]]
        if not pledge.charges:
            self.rest(pledge, "dropped")
        self.give_up(pledge)
        if pledge.charges and pledge.state == "errored":
            self.rest(pledge, "collected")

    # Charges.

    def line_of(self, pledge, instalment):
        """The payout that a charge made now is in; it is made when it is needed."""
        terms = self.terms
        base = self.ready_at if terms.timing == "when_ready" else self.succeeded_at
        if instalment > 1:
            plan = terms.instalments
            first = self.succeeded_at + span(plan.get("first_after", "0 seconds"))
            last = Cadence(plan.get("cadence", {"months": 1})).occurrence(first, plan.get("count", 3) - 1)
            return self.line("instalments", last + span(plan.get("retry_later", "0 seconds")))
        by_period = pledge.second and terms.later_every.repeats() and terms.timing != "when_ready"
        if base is not None and (by_period or pledge.late):
            if terms.later_first_after == 0 and not terms.later_every.repeats():
                return self.line("later", base + terms.first_after)
            first = base + terms.later_first_after
            number = 0
            if terms.later_every.repeats():
                number = terms.later_every.first_not_before(first, self.at + terms.later_cut_off)
            return self.line("later", terms.later_every.occurrence(first, number) if number else first, number)
        if self.lines and self.lines[0].paid_at is None:
            return self.lines[0]
        due = None if base is None else max(base + terms.first_after, self.at)
        return self.line("campaign", due)

    def line(self, kind, due, number=0):
        """The payout of this kind and number that was not made yet, or a new one."""
        if kind in ("campaign", "instalments", "later"):
            for line in self.lines:
                if (line.kind, line.number) == (kind, number) and line.paid_at is None:
                    return line
        self.lines.append(Line(kind, due, number))
        return self.lines[-1]

    def on_charge_collected(self, event):
        pledge, instalment = self.pledges[event["pledge"]], event.get("instalment", 1)
        amount = self.amount(event, "amount")
        if pledge.parts:
            part = pledge.parts[instalment - 1]
            due, part[2] = part[0], False
        else:
            due = pledge.amount
        uncaptured = due - amount
        self.compare(event, uncaptured=uncaptured)
        fee, tax = self.amount(event, "fee"), self.amount(event, "tax")
        computed, computed_tax = self.terms.processing.on(amount)
        difference = fee + tax - computed - computed_tax
        self.compare(event, difference=difference)
        if difference == 0 and tax:  # where a fee alone was reported, it had no tax
            self.compare(event, fee=computed, tax=computed_tax)
        line = self.line_of(pledge, instalment)
        charge = pledge.charges[instalment] = Charge(amount, fee, tax, line)
        self.given_up += uncaptured
        self.fee_difference += difference
        self.collected += amount
        self.charge_count += 1
        line.gross += amount
        line.processing_fee += fee + tax
        if pledge.state != "disputed":
            self.rest(pledge, "collected")
        self.move("backers", "escrow", amount)
        self.move("escrow", "processing_fees", fee)
        self.move("escrow", "tax", tax)
        return charge

    def on_charge_failed(self, event):
        pledge = self.pledges[event["pledge"]]
        if pledge.state == "pledged":
            pledge.state = "errored"

    # Money that goes back.

    def on_pledge_refunded(self, event):
        pledge = self.pledges[event["pledge"]]
        amount, told_cancelled = self.amount(event, "amount"), self.amount(event, "cancelled")
        if told_cancelled:
            wanted = amount + told_cancelled
            cancelled = 0
            for part in reversed(pledge.parts or []):
                cut = min(part[0], wanted - cancelled) if part[2] else 0
                part[0] -= cut
                part[2] = part[2] and part[0] > 0
                cancelled += cut
            self.given_up += cancelled
            self.compare(event, cancelled=cancelled)
        line_number, left = event.get("payout", 0), amount
        fees = taxes = 0
        paid = bool(self.lines) and amount > 0 and self.lines[line_number].paid_at is not None
        for _, charge in sorted(pledge.charges.items(), reverse=True):
            part = min(left, charge.left())
            if part == 0:
                continue
            if amount and self.lines.index(charge.line) != line_number:
                if left == amount:
                    self.expect(f"event {event['n']} pledge_refunded.payout", self.lines.index(charge.line),
                                line_number)
                break
            left -= part
            charge.refunded += part
            if not paid:
                fee, tax = self.fee_back(charge, part)
                fees, taxes = fees + fee, taxes + tax
                charge.fee_returned += fee
                charge.tax_returned += tax
        self.expect(f"event {event['n']} pledge_refunded: more than was left", 0, left)
        difference = self.amount(event, "difference")
        fee_back, tax_back = self.amount(event, "fee_returned"), self.amount(event, "tax_returned")
        self.compare(event, difference=fees + taxes - fee_back - tax_back)
        if (fee_back, tax_back) != (fees, taxes) and pledge.charges:
            latest = pledge.charges[max(pledge.charges)]
            latest.fee_returned += fee_back - fees
            latest.tax_returned += tax_back - taxes
        if difference == 0 and tax_back:  # where a fee alone was reported, it had no tax
            self.compare(event, fee_returned=fees, tax_returned=taxes)
        self.fee_difference += difference
        from_reserve = 0
        owner = "escrow"
        if amount:
            line = self.lines[line_number]
            if paid:
                owner = "creator"
                from_reserve = self.from_reserve(amount)
            else:
                line.refunded += amount
                line.processing_fee -= fee_back + tax_back
            self.compare(event, from_reserve=from_reserve)
            self.expect(f"event {event['n']} pledge_refunded.from", owner, event.get("from", "escrow"))
            self.move("reserve", "backers", from_reserve)
            self.move(owner, "backers", amount - from_reserve)
            self.move("processing_fees", owner, fee_back)
            self.move("tax", owner, tax_back)
        self.refunded += amount
        if all(charge.left() + charge.disputed == 0 for charge in pledge.charges.values()) and not any(
                part[2] for part in pledge.parts or []) and pledge.charges:
            self.rest(pledge, "refunded")

    def fee_back(self, charge, amount):
        """(fee, tax) that a refund returns by the terms, after `charge.refunded` has grown by `amount`."""
        gone = charge.refunded + charge.charged_back
        if charge.left() + charge.disputed == 0:
            if not self.terms.fees_returned:
                return 0, 0
            before = self.fee_of(charge, gone - amount)
            return (charge.fee - min(charge.fee, max(before[0], charge.fee_returned)),
                    charge.tax - min(charge.tax, max(before[1], charge.tax_returned)))
        before, after = (self.fee_of(charge, part) for part in (gone - amount, gone))
        return (min(after[0] - before[0], charge.fee - charge.fee_returned),
                min(after[1] - before[1], charge.tax - charge.tax_returned))

    def fee_of(self, charge, gone):
        """(fee, tax) of so much of a charge that went back."""
        if self.terms.partial in (None, "kept"):
            return 0, 0
        if self.terms.partial == "proportional":
            return self.part_of(self.terms.processing, charge.fee, charge.tax, gone, charge.amount)
        whole, rest = self.terms.processing.on(charge.amount), self.terms.processing.on(charge.amount - gone)
        return whole[0] - rest[0], whole[1] - rest[1]

    @staticmethod
    def part_of(schedule, fee, tax, part, whole):
        """(fee, tax) in proportion, each rounded as its own rule says."""
        if part == whole:
            return fee, tax
        share = Fraction(part, whole)
        return (min(fee, rounded(fee * share, schedule.mode, schedule.step)),
                min(tax, rounded(tax * share, *schedule.tax_rounding)) if schedule.tax else 0)

    def from_reserve(self, amount):
        """What the reserve covers of a loss; the payout that held it first gives first."""
        used = min(amount, self.holds["reserve"])
        if used and sum(line.reserve > 0 for line in self.lines) > 1:
            raise NotCovered("a reserve of several payouts that covers a loss")
        self.reserve_used = self.reserve_used or used > 0
        left = used
        for line in self.lines:
            cut = min(left, line.held)
            line.held -= cut
            left -= cut
        return used

    # Disputes.

    def on_dispute_opened(self, event):
        pledge = self.pledges[event["pledge"]]
        charge = pledge.charges[event.get("instalment", 1)]
        amount, fee = self.amount(event, "amount"), self.amount(event, "fee")
        self.compare(event, difference=fee - self.terms.dispute_fee)
        owner = "escrow" if charge.line.paid_at is None else "creator"
        self.expect(f"event {event['n']} dispute_opened.held_from", owner, event.get("held_from", "escrow"))
        pledge.dispute = (charge, event.get("reason", "fraud"), fee, owner)
        charge.disputed = amount
        if owner == "escrow":
            charge.line.disputed += amount
            charge.line.processing_fee += fee
        self.fee_difference += fee - self.terms.dispute_fee
        self.dispute_fees += fee
        self.move(owner, "disputed", amount)
        self.move(owner, "processing_fees", fee)
        if pledge.state in STANDING:
            self.rest(pledge, "disputed")

    def close_dispute(self, event, won):
        pledge = self.pledges[event["pledge"]]
        charge, reason, fee, owner = pledge.dispute
        pledge.dispute = None
        amount, charge.disputed = charge.disputed, 0
        expected = fee if won and self.terms.fee_returned_if_won else 0
        returned = self.amount(event, "fee_returned")
        self.compare(event, amount=amount, difference=expected - returned)
        self.fee_difference += expected - returned
        success = self.pays()
        bearer = self.terms.bearers[reason] if success else "creator"
        bears_fee = (self.terms.fee_bearer or self.terms.bearers[reason]) if success else "creator"
        made_good = fee - returned if bears_fee == "platform" else 0
        self.compare(event, fee_made_good=made_good)
        line = charge.line
        if owner == "escrow":
            line.disputed -= amount
        moved = owner == "escrow" and line.paid_at is not None
        self.dispute_fees -= returned
        if moved and (won or bearer == "platform"):  # it comes free after the payout that it was in
            line.gross -= amount
            line = charge.line = self.line("released", self.at)
            line.gross = amount
        elif moved and returned + made_good:
            self.line("released", self.at).processing_fee -= returned + made_good
        if owner == "escrow" and not (moved and line is charge.line and line.paid_at is not None):
            line.processing_fee -= returned + made_good
        self.move("processing_fees", owner, returned)
        self.move("platform_fees", owner, made_good)
        return pledge, charge, amount, owner, bearer, line, fee - returned - made_good

    def on_dispute_won(self, event):
        pledge, _charge, amount, owner, _, _, _ = self.close_dispute(event, True)
        self.expect(f"event {event['n']} dispute_won.returns_to", owner, event.get("returns_to", "escrow"))
        self.move("disputed", owner, amount)
        if pledge.state == "disputed":
            self.rest(pledge, "collected")

    def on_dispute_lost(self, event):
        pledge, charge, amount, owner, bearer, line, fee = self.close_dispute(event, False)
        self.expect(f"event {event['n']} dispute_lost.bearer", bearer, event.get("bearer", "platform"))
        charge.charged_back += amount
        self.charged_back += amount
        self.move("disputed", "backers", amount)
        from_reserve = 0
        if bearer == "platform":
            self.move("platform_fees", owner, amount)
        elif owner == "escrow":
            line.charged_back += amount
        if owner == "creator":
            loss = fee + (amount if bearer == "creator" else 0)
            from_reserve = self.from_reserve(min(loss, self.owed()))
            self.move("reserve", "creator", from_reserve)
        self.compare(event, from_reserve=from_reserve)
        if all(c.left() == 0 for c in pledge.charges.values()):
            self.rest(pledge, "charged_back")
        elif pledge.state == "disputed":
            self.rest(pledge, "collected")

    # Payouts.

    def fee_schedule(self):
        if self.goal_missed and self.terms.platform_on_miss:
            return self.terms.platform_on_miss
        return self.terms.platform

    def pays(self):
        return self.succeeded_at is not None and self.phase not in ENDED

    def base_of(self, lines):
        """What the platform's fee is computed on."""
        if not self.pays():
            return 0
        return sum(line.base() + (line.refunded if self.terms.platform_refund != "recomputed" else 0) for line in lines)

    def platform_parts(self, lines):
        """(fee, tax) of the platform on these payouts together."""
        schedule, base = self.fee_schedule(), self.base_of(lines)
        fee, tax = schedule.on(max(base, 0))
        if self.terms.platform_refund == "proportional" and base > 0:
            back = self.part_of(schedule, fee, tax, sum(line.refunded for line in lines), base)
            return fee - back[0], tax - back[1]
        return fee, tax

    def owed(self):
        return max(0, self.paid - self.holds["creator"])

    def parts_of_payout(self, line):
        """(platform fee, tax, recouped, reserve, net) of a payout made now."""
        made = [other for other in self.lines if other.paid_at is not None]
        fee, tax = self.platform_parts(made + [line])
        fee, tax = fee - self.platform_taken, tax - self.tax_taken
        left = line.in_escrow() - fee - tax
        if left < 0:
            return fee, tax, 0, 0, left
        recouped = min(left, self.owed())
        left -= recouped
        target = self.terms.reserve_on(sum(other.base() for other in made + [line]))
        held = sum(other.reserve for other in made)
        reserve = max(0, min(left, target - held))
        return fee, tax, recouped, reserve, left - reserve

    def on_payout_made(self, event):
        number = event.get("payout", 0)
        line = self.lines[number]
        fee, tax, recouped, reserve, net = self.parts_of_payout(line)
        self.compare(event, platform_fee=fee, tax=tax, recouped=recouped, reserve=reserve, net=net)
        line.platform_fee, line.tax, line.recouped, line.reserve, line.net = fee, tax, recouped, reserve, net
        line.held, line.paid_at = reserve, self.at
        if reserve and self.reserve_used:
            raise NotCovered("a reserve of several payouts that covers a loss")
        self.platform_taken += fee
        self.tax_taken += tax
        self.paid += max(net, 0)
        self.move("escrow", "creator", net + recouped)
        self.move("escrow", "platform_fees", fee)
        self.move("escrow", "tax", tax)
        self.move("escrow", "reserve", reserve)

    def on_reserve_released(self, event):
        line = self.lines[event.get("payout", 0)]
        self.expect(f"event {event['n']} reserve_released.at",
                    written_instant(line.paid_at + self.terms.reserve_held_for), event["at"])
        recouped = min(line.held, self.owed())
        self.compare(event, amount=line.held, recouped=recouped)
        self.move("reserve", "creator", line.held)
        self.paid += line.held - recouped
        line.held = 0

    def on_payout_returned(self, event):
        line = self.lines[event.get("payout", 0)]
        self.compare(event, amount=line.net)
        line.returned = line.net
        self.paid -= line.net
        self.move("creator", "escrow", line.net)
        again = self.line("returned", self.at)
        again.carried = line.net

    def on_payout_added(self, event):
        more = self.holds["creator"] - self.paid
        self.compare(event, amount=more)
        self.line("released", self.at).carried = more
        self.move("creator", "escrow", more)

    # Unmatched money.

    def on_unmatched_recorded(self, event):
        amount = self.amount(event, "amount")
        self.unmatched[event["reference"]] = amount
        self.move("backers", "unmatched", amount)

    def on_unmatched_resolved(self, event):
        amount, end = self.amount(event, "amount"), event.get("end", "sent_back")
        self.unmatched[event["unmatched"]] -= amount
        self.move("unmatched", "platform_fees" if end == "to_platform" else "backers", amount)
        if end == "to_platform":
            self.unmatched_kept += amount

    # The statement.

    def figures(self):
        """Every figure of the statement by its path, as the program writes it."""
        terms, text = self.terms, lambda units: written(units, self.terms.currency)
        tallies = {}
        open_count = open_amount = 0
        for pledge in self.pledges.values():
            count, amount = tallies.get(pledge.state, (0, 0))
            tallies[pledge.state] = (count + 1, amount + pledge.amount)
            if pledge.parts and pledge.state in STANDING:
                still = [part for part in pledge.parts if part[2]]
                open_count += len(still)
                open_amount += sum(part[0] for part in still)
            elif pledge.state in ("pledged", "errored"):
                open_count += 1
                open_amount += pledge.amount
        if self.ended is not None:
            gross, counted = self.ended, self.counted
        else:
            self.end()
            gross, counted = self.ended, self.counted
            self.ended = self.counted = None
        out = {"currency": terms.currency, "phase": self.phase, "goal_missed": self.goal_missed,
               "percent_funded": counted * 100 // terms.goal if terms.goal else None, "backers": gross[2]}
        for name, (count, amount) in {
                "gross": gross[:2], "late": (self.late_count, self.late_amount),
                "cancelled": tallies.get("cancelled", (0, 0)), "released": tallies.get("released", (0, 0)),
                "dropped": tallies.get("dropped", (0, 0)), "open": (open_count, open_amount),
                "collected": (self.charge_count, self.collected)}.items():
            out[name + ".count"], out[name + ".amount"] = count, text(amount)
        platform_fee, platform_tax = self.platform_parts(self.lines)
        charges = [charge for pledge in self.pledges.values() for charge in pledge.charges.values()]
        to_pay = sum(line.in_escrow() for line in self.lines if line.paid_at is None) + self.holds["reserve"]
        to_pay -= platform_fee + platform_tax - self.platform_taken - self.tax_taken
        to_pay -= min(self.owed(), max(to_pay, 0))
        amounts = {
            "given_up": self.given_up, "refunded": self.refunded, "charged_back": self.charged_back,
            "disputed": self.holds["disputed"], "fee_base": self.base_of(self.lines), "platform_fee": platform_fee,
            "platform_tax": platform_tax,
            "processing_fee": sum(charge.fee - charge.fee_returned for charge in charges),
            "processing_tax": sum(charge.tax - charge.tax_returned for charge in charges),
            "fee_difference": self.fee_difference, "dispute_fees": self.dispute_fees,
            "unmatched": self.holds["unmatched"], "unmatched_kept": self.unmatched_kept,
            "reserve": self.holds["reserve"], "paid": self.paid, "owed": self.owed(),
            "to_pay": to_pay if self.pays() else 0}
        out.update({name: text(units) for name, units in amounts.items()})
        shown = [line for line in self.lines if line.gross or line.carried or line.processing_fee]
        for i, line in enumerate(shown):
            parts = {name: getattr(line, name) for name in (
                "gross", "refunded", "charged_back", "disputed", "processing_fee", "platform_fee", "tax", "reserve")}
            parts.update({name: getattr(line, name) for name in ("carried", "recouped", "returned")
                          if getattr(line, name)})
            parts["net"] = line.net
            out.update({f"payouts.{i}.{name}": text(units) for name, units in parts.items()})
            out[f"payouts.{i}.kind"] = line.kind
            out[f"payouts.{i}.due"] = "never" if line.due is None else written_instant(line.due)
            out[f"payouts.{i}.paid_at"] = written_instant(line.paid_at) if line.paid_at is not None else None
        out.update({f"holders.{name}": text(units) for name, units in self.holds.items()})
        i = 0
        for number, reward in enumerate(terms.rewards, 1):
            taken = self.taken[number]
            if taken or "quantity" in reward:
                out[f"rewards.{i}.name"] = reward["name"]
                out[f"rewards.{i}.minimum"] = text(minor(reward.get("minimum", "0"), terms.currency))
                out[f"rewards.{i}.taken"], out[f"rewards.{i}.quantity"] = taken, reward.get("quantity")
                i += 1
        return out
