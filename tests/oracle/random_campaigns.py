# SPDX-License-Identifier: BSL-1.0
"""Random stories of campaigns, one for each seed. Lines that the rules refuse are part of the game: they do nothing."""
import random

from arithmetic import decimals_of, minor, rate, rounded, written

ROUNDINGS = ("half_even", "half_up", "half_down", "up", "down", "ceiling", "floor")


def text(value):
    """A value as TOML has it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{name} = {text(part)}" for name, part in value.items()) + " }"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(text(part) for part in value) + "]"
    return str(value) if isinstance(value, int) else f'"{value}"'


class Draw:
    """What is drawn from a seed."""

    def __init__(self, seed):
        self.dice = random.Random(seed)
        self.currency = self.dice.choice(("USD", "USD", "EUR", "JPY"))

    def one_in(self, n):
        return self.dice.randrange(n) == 0

    def amount(self, least, most):
        """An amount between two whole ones, often a round one."""
        scale = 10 ** decimals_of(self.currency)
        if self.one_in(3):
            return written(self.dice.randint(least, most) * scale, self.currency)
        return written(self.dice.randint(least * scale, most * scale), self.currency)

    def percent(self, most):
        return f"{self.dice.randint(0, most * 100) / 100:.2f}%"

    def mode(self):
        return self.dice.choice(ROUNDINGS)

    def whole(self, least, most):
        return self.dice.randint(least, most)


class Campaign(Draw):
    def __init__(self, seed):
        super().__init__(seed)
        self.lines, self.hour, self.names, self.references = [], 0, [], 0

    def rounding(self):
        told = {"mode": self.dice.choice(ROUNDINGS)}
        if self.one_in(5):
            told["step"] = self.dice.choice((5, 10))
        return told

    def schedule(self, most):
        bands = [{"rate": self.percent(most), "fixed": self.amount(0, 1)}]
        for i in range(self.dice.choice((0, 0, 1, 2))):
            bands.append({"from": self.amount(10 + 100 * i, 100 + 100 * i), "rate": self.percent(most),
                          "fixed": self.amount(0, 1)})
        told = {"bands": bands, "rounding": self.rounding()}
        if self.one_in(4):
            told["banding"] = "marginal"
        if self.one_in(5):
            told["minimum"] = self.amount(0, 1)
        if self.one_in(5):
            told["maximum"] = self.amount(1, 20)
        if self.one_in(3):
            told["tax"] = {"rate": self.percent(25), "rounding": {"mode": self.dice.choice(ROUNDINGS)}}
            if self.one_in(2):
                told["tax"]["included"] = True
        return told

    def terms(self):
        told = {"currency": self.currency, "model": {"goal": self.amount(50, 600)},
                "charges": {"timing": self.dice.choice(("at_success",) * 4 + ("at_pledge", "when_ready")),
                            "retry_window": self.dice.choice(("0 seconds", "3 days", "7 days"))},
                "payouts": {"first_after": self.dice.choice(("3 days", "10 days", "14 days"))},
                "fees": {"platform": self.schedule(10), "processing": self.schedule(5)},
                "refunds": {"fees_returned_before_payout": self.one_in(2)},
                "disputes": {"fraud": self.dice.choice(("platform", "creator")),
                             "reward": self.dice.choice(("platform", "creator"))}}
        if self.one_in(4):
            told["model"]["share"] = self.percent(90)
        if self.one_in(5):
            told["model"]["miss"] = "keep"
            if self.one_in(2):
                told["fees"]["platform_on_miss"] = self.schedule(10)
        if told["charges"]["timing"] != "when_ready" and self.one_in(6):
            told["model"]["judged"] = self.dice.choice(("when_reached", "after_collection"))
            if told["model"]["judged"] == "after_collection":
                told["model"]["counts"] = "collected"
        if self.one_in(2):
            told["late_pledges"] = {"open_for": "12 days"}
            told["payouts"]["later_first_after"] = self.dice.choice(("5 days", "15 days"))
            if self.one_in(2):
                told["payouts"].update(later_every={"every": "4 days"}, later_cut_off=self.dice.choice(
                    ("0 seconds", "2 days")))
        if not self.one_in(4):
            told["refunds"]["partial"] = self.dice.choice(("kept", "recomputed", "proportional"))
        if self.one_in(2):
            told["refunds"]["platform"] = self.dice.choice(("kept", "recomputed", "proportional"))
        if self.one_in(2):
            told["disputes"]["fee"] = self.amount(0, 15)
            told["disputes"]["fee_returned_if_won"] = self.one_in(2)
            if self.one_in(2):
                told["disputes"]["fee_bearer"] = self.dice.choice(("platform", "creator"))
        if self.one_in(3):
            told["reserve"] = {"rate": self.percent(20), "trigger": self.amount(0, 200),
                               "held_for": self.dice.choice(("5 days", "20 days")), "rounding": self.rounding()}
        if told["charges"]["timing"] == "at_success" and "judged" not in told["model"] and self.one_in(3):
            told["instalments"] = {"count": self.dice.randint(2, 4), "cadence": self.dice.choice(
                ({"months": 1}, {"every": "10 days"})), "retry_first": "3 days", "retry_later": "5 days"}
        return told

    def line(self, act, within):
        """A line some hours after the last one."""
        self.hour += self.dice.choice((0, 1, self.dice.randint(1, within)))
        self.lines.append(f'{{ at = "launch + {self.hour} hours", {act} }}')

    def reference(self):
        self.references += 1
        return f"r{self.references}"

    def pledge(self, within, amount=None):
        name = f"B{len(self.names) + 1}"
        self.names.append(name)
        told = {"by": name, "amount": amount or self.amount(1, 300)}
        if self.instalments and self.one_in(2):
            told["in_instalments"] = True
        self.line("pledge = " + text(told), within)

    def after(self):
        """Something that happens after the deadline."""
        name = self.dice.choice(self.names)
        kind = self.dice.choice(self.kinds)
        if kind == "charge":
            told = {"of": name}
            if self.instalments and self.one_in(2):
                told["instalment"] = self.dice.randint(1, 3)
            if self.one_in(5):
                told["fails"] = True
            else:
                if self.one_in(5):
                    told["fee"] = self.amount(0, 3)
                if self.one_in(5):
                    told["amount"] = self.amount(1, 100)
            return "charge = " + text(told)
        if kind == "refund":
            told = {"of": name}
            if self.one_in(2):
                told["amount"] = self.amount(1, 60)
            if self.one_in(5):
                told["fee_returned"] = self.amount(0, 1)
            return "refund = " + text(told)
        if kind == "dispute":
            told = {"of": name, "reason": self.dice.choice(("fraud", "reward", "reversed"))}
            if self.one_in(4):
                told["amount"] = self.amount(1, 60)
            if self.one_in(4):
                told["fee"] = self.amount(0, 15)
            return "dispute = " + text(told)
        if kind in ("dispute_won", "dispute_lost"):
            return f'{kind} = "{name}"'
        if kind == "pay_out":
            return "pay_out = " + text({"payout": self.dice.randint(1, 3)})
        if kind == "return_payout":
            return "return_payout = " + text({"payout": self.dice.randint(1, 3), "reason": "account_closed"})
        if kind == "cancel":
            return f'cancel = "{name}"'
        if kind == "record_unmatched":
            return "record_unmatched = " + text({"reference": self.reference(), "amount": self.amount(1, 50)})
        if kind == "resolve_unmatched":
            told = {"unmatched": f"r{self.dice.randint(1, self.references + 1)}",
                    "end": self.dice.choice(("sent_back", "to_platform", "to_pledge"))}
            if told["end"] == "to_pledge":
                told["of"] = name
            return "resolve_unmatched = " + text(told)
        return f"{kind} = {{}}"

    def story(self):
        terms = self.terms()
        self.instalments = "instalments" in terms
        if self.one_in(8):  # exactly the goal, or the most that falls short of it
            goal = minor(terms["model"]["goal"], self.currency)
            needed = rounded(goal * rate(terms["model"].get("share", "1")), "ceiling")
            self.pledge(60, written(max(1, needed - self.dice.randint(0, 1)), self.currency))
        for _ in range(self.dice.randint(0 if self.names else 1, 8)):
            self.pledge(60)
            if self.one_in(4):
                self.line("change = " + text({"of": self.dice.choice(self.names), "amount": self.amount(1, 300)}), 5)
            if self.one_in(5):
                self.line(f'cancel = "{self.dice.choice(self.names)}"', 5)
        by_hand = {"charges": self.one_in(3), "payouts": self.one_in(3)}
        self.kinds = ["refund"] * 4 + ["dispute"] * 4 + ["dispute_won", "dispute_lost"] * 4
        self.kinds += ["return_payout", "record_unmatched", "resolve_unmatched"]
        if by_hand["charges"]:
            self.kinds += ["charge"] * 15
        if by_hand["payouts"]:
            self.kinds += ["pay_out"] * 6
        if self.one_in(12):
            self.kinds += ["cancel_campaign", "suspend"]
        self.hour = max(self.hour, 720)
        if terms["charges"]["timing"] == "when_ready":
            self.line("ready_to_ship = {}", 100)
        for _ in range(self.dice.randint(0, 30)):
            if "late_pledges" in terms and self.one_in(8):
                self.pledge(10)
            else:
                self.line(self.after(), 60)
        settlement = [f'{name} = "by hand"' for name, hand in by_hand.items() if hand]
        if not by_hand["charges"]:
            settlement += ['failing = "20%"', 'mended = "50%"', 'mended_after = "1 day"']
        return "\n".join(["timeline = [", *("    " + line + "," for line in self.lines), "]", "", "[scenario]",
                          'title = "By chance"', 'source = "drawn"', "", "[terms]",
                          "window = { opens = 2026-01-01T12:00:00Z, closes = 2026-01-31T12:00:00Z }",
                          *(f"{name} = {text(part)}" for name, part in terms.items()), "", "[settlement]", *settlement,
                          ""])
