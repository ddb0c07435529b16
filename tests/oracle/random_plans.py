# SPDX-License-Identifier: BSL-1.0
"""Random plans of revenue, one for each seed: a few parts, and lines for each of them."""
from random_campaigns import Draw, text

METHODS = ("largest_remainder", "largest_weight", "first", "last", "rotating", "sainte_lague", "sequential")
NAMES = ("Ada", "Bo", "Cy", "Di", "Ed")


class Plan(Draw):
    def shares(self):
        return {name: self.dice.randint(1, 90) for name in NAMES[:self.dice.randint(1, 5)]}

    def split(self):
        dividing = self.dice.choice(("running_total", "running_total_cut", "each_payment", "each_payment_cut"))
        told = {"shares": self.shares(), "totalling": "relative", "dividing": dividing}
        if dividing == "each_payment":
            told["method"] = self.dice.choice(METHODS)
            told["step"] = self.dice.choice(("0.01", "0.05")) if self.currency != "JPY" else "5"
        fees = []
        for name in ("store", "agent")[:self.dice.choice((0, 0, 1, 2))]:
            fees.append({"name": name, "rate": self.percent(30), "fixed": self.amount(0, 1),
                         "rounding": {"mode": self.mode()}, "to": name})
        if len(fees) == 2 and self.one_in(2):
            fees[0]["after"] = ["agent"]
        if fees:
            told["fees"] = fees
        return told, lambda: "receipt = " + text({"into": "a split", "amount": self.amount(0, 300)})

    def waterfall(self):
        steps = [{"name": "fee", "off_the_top": {"rate": self.percent(20)}, "to": "agent"},
                 {"name": "strip", "corridor": {"rate": self.percent(20), "from": self.amount(0, 100),
                                                "up_to": self.amount(101, 400)}, "to": "actor"},
                 {"name": "debt", "fixed": {"amount": self.amount(1, 300), "premium": self.percent(30)},
                  "to": self.shares()},
                 {"name": "capital", "return_of_capital": {}, "to": "investors"},
                 {"name": "preferred", "preferred_return": {"rate": self.percent(12), "compounding": "flat"},
                  "to": "investors"},
                 {"name": "catch-up", "catch_up": {"manager": "manager", "carry": "20%", "on": ["preferred"],
                                                   "reading": self.dice.choice(("true_up", "fixed_target"))},
                  "to": self.dice.choice(({"manager": 1}, {"manager": 60, "investors": 40}))},
                 {"name": "rest", "divide": {}, "to": {"investors": 80, "manager": 20}}]
        told = {"investors": ["investors"], "steps": [step for step in steps if step["name"] in (
            "rest", "capital") or not self.one_in(3)]}
        if not any(step["name"] == "preferred" for step in told["steps"]):
            told["steps"] = [step for step in told["steps"] if step["name"] != "catch-up"]
        return told, lambda: ("contribution" if self.one_in(4) else "receipt") + " = " + text(
            {"into": "a waterfall", "amount": self.amount(0, 300)})

    def note(self):
        told = {"holders": {name: self.amount(1, 300) for name in self.shares()},
                "revenue_share": f"{self.whole(1, 40)}%", "multiple": f"1.{self.whole(0, 99):02}",
                "rounding": self.mode(), "grace_periods": self.whole(0, 2),
                "grace": self.dice.choice(("free", "deferred")), "misses_allowed": self.whole(0, 2)}
        if self.one_in(2):
            told["matures_after"] = self.whole(4, 9)

        def line():
            act = {"of": "a note", "revenue": self.amount(0, 900)}
            if self.one_in(5):
                act["paid"] = self.amount(0, 5)
            return "period_end = " + text(act)
        return told, line

    def royalty(self):
        told = {"to": "author", "rounding": self.mode(), "rounded": self.dice.choice(("running_total", "each_line"))}
        channels = []
        for name in ("shop", "club"):
            tiers = [{"up_to": self.amount(50, 200), "rate": self.percent(10)},
                     {"up_to": self.amount(300, 600), "rate": self.percent(20)}, {"rate": self.percent(40)}]
            channel = {"name": name, "tiers": tiers, "less": ["returns", "tax"],
                       "tiering": self.dice.choice(("marginal", "at_sale")),
                       "counting": self.dice.choice(("lifetime", "since_row", "period"))}
            if self.one_in(3):
                channel["floor_per_unit"] = self.amount(0, 3)
            if self.one_in(3):
                channel["per_unit"] = self.amount(0, 3)
            if self.one_in(3):
                channel["reserved"] = False
            channels.append(channel)
        told["channels"] = channels
        if self.one_in(2):
            told["reserve"] = {"rates": [self.percent(30), self.percent(20)], "released_after": self.whole(1, 2),
                               "order": self.dice.choice(("before_recoupment", "after_recoupment"))}
        if self.one_in(3):
            told["cap"] = self.amount(50, 300)
        if self.one_in(3):
            told["guarantee"] = self.amount(0, 20)

        def line():
            kind = self.dice.choice(("sale",) * 5 + ("period_end",) * 2 + ("advance",))
            if kind == "period_end":
                return 'period_end = "a royalty"'
            if kind == "advance":
                return "advance = " + text({"of": "a royalty", "name": "advance", "amount": self.amount(1, 60)})
            return "sale = " + text({"of": "a royalty", "channel": self.dice.choice(("shop", "club")),
                                     "units": self.whole(1, 20), "gross": self.amount(30, 300),
                                     "tax": self.amount(0, 20), "shipping": self.amount(0, 9)})
        return told, line

    def match(self):
        told = {"sponsors": {name: self.amount(20, 200) for name in ("s1", "s2", "s3")[:self.whole(1, 3)]},
                "factor": self.dice.choice(("1", "0.5", "1.25")), "rounding": self.mode(),
                "per_contribution": self.amount(10, 60), "per_project": self.amount(60, 200)}
        return told, lambda: "gift = " + text({"of": "a match", "to": self.dice.choice(("choir", "park")),
                                               "by": self.dice.choice(NAMES), "amount": self.amount(1, 60)})

    def quadratic(self):
        told = {"pool": self.amount(10, 900), "saturation": self.dice.choice(("as_earned", "always")),
                "dust": self.dice.choice(("handed_out", "cut"))}
        return told, lambda: "gift = " + text({"of": "a quadratic", "to": self.dice.choice(("choir", "park", "pool")),
                                               "by": self.dice.choice(NAMES), "amount": self.amount(1, 60)})

    def story(self):
        out, lines = [], []
        for kind in ("split", "waterfall", "note", "royalty", "match", "quadratic"):
            told, line = getattr(self, kind)()
            out += ["", f'[{kind}."a {kind}"]'] + [f"{name} = {text(part)}" for name, part in told.items()]
            lines += [line() for _ in range(self.dice.randint(3, 12))]
        lines += ['match = "a quadratic"', 'period_end = "a royalty"']
        return "\n".join(["timeline = [", *(f"    {{ on = 2020-01-01, {line} }}," for line in lines), "]", "", "[plan]",
                          'title = "By chance"', 'source = "drawn"', f'currency = "{self.currency}"', *out, ""])
