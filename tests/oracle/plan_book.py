# SPDX-License-Identifier: BSL-1.0
"""A plan of revenue kept once more, from the text of its story (docs/plans.md)."""
import contextlib
from fractions import Fraction

import tomllib
from arithmetic import DECIMALS, NotCovered, minor, written
from distribution_part import Distribution
from plan_parts import Crowdmatch, Match, Note, Quadratic, Refused, Split, Waterfall, known
from royalty_part import Royalty

KINDS = {"royalty": Royalty, "split": Split, "waterfall": Waterfall, "note": Note, "match": Match,
         "quadratic": Quadratic, "crowdmatch": Crowdmatch}
LINE_FIELDS = {"on", "expect", "refused"}


class Plan:
    def __init__(self, text):
        told = tomllib.loads(text)
        plan = told["plan"]
        if "pack" in plan:
            raise NotCovered("plan with the rules of a pack")
        currency = plan["currency"]
        if isinstance(currency, dict):
            DECIMALS[currency["code"]] = currency.get("digits", 2)
            currency = currency["code"]
        self.currency, self.holds, self.parts = currency, {}, {}
        for table in told:
            if table not in KINDS and table not in ("plan", "timeline", "expect", "distribution", "payees"):
                raise NotCovered("plan with " + table)
        for kind, make in KINDS.items():
            for name, part in told.get(kind, {}).items():
                self.parts[name] = make(self, name, part)
        self.distribution = None
        if "distribution" in told:
            self.distribution = Distribution(self, told["distribution"], told.get("payees", {}))
        elif "payees" in told:
            raise NotCovered("payees without a distribution")
        self.day = None
        for line in told.get("timeline", []):
            with contextlib.suppress(Refused):
                self.take(dict(line))

    def amount(self, text):
        return minor(text, self.currency)

    def move(self, source, target, amount):
        self.holds[source] = self.holds.get(source, 0) - amount
        self.holds[target] = self.holds.get(target, 0) + amount

    def give(self, source, target, amount):
        """Money of a part goes to a name, which may be a part that shares it further."""
        self.move(source, target, amount)
        if target in self.parts and amount:
            self.parts[target].receive(amount, {})
        elif target not in self.parts and self.distribution and amount:
            self.distribution.earn(target, amount, self.day)

    def part(self, name, *kinds):
        if name is not None:
            return self.parts[name]
        fitting = [part for part in self.parts.values() if isinstance(part, kinds)]
        if len(fitting) != 1:
            raise NotCovered("line without the name of its part")
        return fitting[0]

    def take(self, line):
        self.day = line["on"] = line.get("on", self.day)
        if "refused" in line:
            return
        verbs = [field for field in line if field not in LINE_FIELDS]
        if not verbs:
            return
        verb, told = verbs[0], line[verbs[0]]
        told = {"of": told} if isinstance(told, str) else dict(told)
        told.setdefault("on", self.day)
        of = told.get("of")
        if verb in ("sale", "return"):
            self.part(of, Royalty).sell(told, 1 if verb == "sale" else -1)
        elif verb in ("advance", "expense"):
            part = self.part(of, Royalty)
            self.move("outside", part.name, self.amount(told["amount"]) if verb == "advance" else 0)
            part.advance(told, verb)
        elif verb == "period_end":
            part = self.part(of, Royalty, Note)
            count = len(part.decided)
            part.period_end(told)
            self.move("outside", part.name, part.decided[count].get("paid", 0))
        elif verb == "receipt":
            part = self.part(told.get("into"), Split, Waterfall)
            if told.get("item") or told.get("sold_on"):
                raise NotCovered("receipt with an item or a day of sale")
            self.move("outside", part.name, self.amount(told["amount"]))
            part.receive(self.amount(told["amount"]), {})
        elif verb == "contribution":
            self.part(told.get("into"), Waterfall).contribute(told)
        elif verb == "earning" and self.distribution:
            known(told, {"to", "amount", "reference", "from", "sold_on", "on"}, "earning")
            self.move("outside", told["to"], self.amount(told["amount"]))
            self.distribution.earn(told["to"], self.amount(told["amount"]), told.get("sold_on", self.day),
                                   told.get("from", ""))
        elif verb == "pay_out" and self.distribution:
            self.distribution.pay_out(self.day)
        elif verb == "gift":
            self.part(of, Match, Quadratic, Crowdmatch).gift(told)
        elif verb == "lump":
            self.part(of, Match).lump(told)
        elif verb == "match":
            part = self.part(of, Quadratic, Crowdmatch)
            part.settle(told)
            if isinstance(part, Crowdmatch):
                self.move("outside", part.name, part.decided[-1]["donated"])
        else:
            raise NotCovered("line " + verb)

    def figures(self):
        """Every figure that is not zero, by its path."""
        out = {}
        parts = list(self.parts.items()) + ([("distribution", self.distribution)] if self.distribution else [])
        for name, part in parts:
            for i, decided in enumerate(part.decided):
                for figure, value in decided.items():
                    out[f"{name}.{i + 1}.{figure}"] = self.text(value)
        out.update({f"holders.{name}": self.text(units) for name, units in self.holds.items()})
        return {path: value for path, value in out.items() if not is_zero(value)}

    def text(self, value):
        if isinstance(value, tuple):  # an exact number of minor units, told in units
            exact = value[1] / Fraction(10) ** DECIMALS.get(self.currency, 2)
            return shortest(exact)
        return value if isinstance(value, str) else written(value, self.currency)


def shortest(exact):
    """An exact number without zeros at its end."""
    digits = 0
    while (exact * 10 ** digits).denominator != 1:
        digits += 1
    whole = str(abs(int(exact * 10 ** digits))).rjust(digits + 1, "0")
    sign = "-" if exact < 0 else ""
    return sign + (whole if digits == 0 else whole[:-digits] + "." + whole[-digits:])


def is_zero(value):
    return isinstance(value, (str, int)) and str(value).strip("-0.") == ""


def told_by(statement, currency):
    """The program's figures, with counts as the oracle writes amounts of minor units."""
    out = {}
    for part in statement["parts"]:
        for decided in part["decided"]:
            for figure, value in decided["figures"].items():
                if isinstance(value, int):
                    value = written(value, currency)
                out[f"{part['name']}.{decided['number']}.{figure}"] = value
    out.update({f"holders.{name}": value for name, value in statement["holders"].items()})
    return {path: value for path, value in out.items() if not is_zero(value)}
