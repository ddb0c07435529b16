# SPDX-License-Identifier: BSL-1.0
"""A royalty contract: what sales earn, less reserves and advances (include/crowdrules/revenue/royalty.hpp)."""
import datetime
from fractions import Fraction

from arithmetic import NotCovered, rate, rounded, rounding_of
from plan_parts import Part, known

ROW = {"rate", "tiers", "basis", "tiering", "counting", "counter", "less", "per_unit", "floor_per_unit", "from"}
DEDUCTIONS = ("discounts", "allowances", "returns", "shipping", "tax", "costs")


class Royalty(Part):
    FIELDS = {"to", "rounding", "rounded", "guarantee", "cap", "reserve", "rates", "channels", "works"} | ROW

    def read(self):
        known(self.told, self.FIELDS, "royalty")
        self.mode = rounding_of(self.told["rounding"])
        self.channels = {}
        works = self.told.get("works", [{"name": None, "channels": self.told.get("channels", [self.told])}])
        for work in works:
            for channel in work.get("channels", [work]):
                rows = channel.get("rates", [channel])
                for row in rows:
                    known(row, ROW | {"name", "reserved"} | (self.FIELDS if row is self.told else set())
                          | ({"channels"} if row is work else set()), "royalty rate")
                name = channel.get("name") if channel is not self.told and channel is not work else None
                self.channels[work["name"], name] = (sorted(rows, key=self.start), channel.get("reserved", True))
        self.counts, self.counts_of_period = {}, {}
        self.lines, self.recoupables, self.withheld = [], [], []
        self.exact, self.settled, self.earned, self.carried = Fraction(0), 0, 0, 0

    @staticmethod
    def start(row):
        return row.get("from", datetime.date.min)

    def advance(self, line, kind):
        amount = self.plan.amount(line["amount"])
        self.recoupables.append([amount, 0])
        if kind == "advance":
            self.plan.give(self.name, self.told["to"], amount)

    def sell(self, line, sign):
        work, channel = line.get("work"), line.get("channel")
        found = [key for key in self.channels if work in (None, key[0]) and channel in (None, key[1])]
        if len(found) != 1:
            raise NotCovered("royalty channel that is not named")
        work, channel = found[0]
        rows, reserved = self.channels[found[0]]
        day = line.get("sold_on", line["on"])
        row = [row for row in rows if self.start(row) <= day][-1]
        units, gross = sign * line.get("units", 0), sign * self.plan.amount(line.get("gross", "0"))
        base = gross
        for deduction in DEDUCTIONS:
            if deduction in row.get("less", ()):
                base -= sign * self.plan.amount(line.get(deduction, "0"))
        counting = row.get("counting", "lifetime")
        counts = self.counts_of_period if counting == "period" else self.counts
        key = (work, row.get("counter") or (channel, ), None if counting == "lifetime" else self.start(row))
        by_units = row.get("basis", "base") == "units"
        before = counts.get(key, 0)
        moved = units if by_units else base
        counts[key] = before + moved
        exact = self.earned_by(row, before, moved, base, by_units)
        if "per_unit" in row:
            exact += units * self.plan.amount(row["per_unit"])
        if "floor_per_unit" in row:
            floor = units * self.plan.amount(row["floor_per_unit"])
            exact = max(exact, floor) if sign > 0 else min(exact, floor)
        if self.told.get("rounded", "running_total") == "each_line":
            exact = rounded(exact, *self.mode)
        self.lines.append((units, gross, base, exact, reserved))

    def earned_by(self, row, before, moved, base, by_units):
        tiers = row.get("tiers") or [{"rate": row.get("rate", "0")}]
        if len(tiers) == 1:
            return base * rate(tiers[0]["rate"])
        ends = [None if "up_to" not in tier else tier["up_to"] if by_units else self.plan.amount(tier["up_to"])
                for tier in tiers]
        rates = [rate(tier["rate"]) for tier in tiers]
        tiering = row.get("tiering", "marginal")
        if tiering == "whole":
            if by_units:
                raise NotCovered("royalty tiering whole by units")
            def at(count):
                return count * next(r for end, r in zip(ends, rates) if end is None or count <= end)
            return at(before + moved) - at(before)
        low, high = min(before, before + moved), max(before, before + moved)
        if tiering == "at_sale":
            return base * next(r for end, r in zip(ends, rates) if end is None or low < end)
        total, start = Fraction(0), 0
        for end, share in zip(ends, rates):
            inside = min(high, high if end is None else end) - max(low, start)
            if inside > 0:
                total += share * (Fraction(base * inside, moved) if by_units else (inside if moved > 0 else -inside))
            start = end if end is not None else start
        return total

    def period_end(self, line):
        figures = {"units": sum(sold[0] for sold in self.lines), "gross": sum(sold[1] for sold in self.lines),
                   "base": sum(sold[2] for sold in self.lines)}
        self.exact += sum(sold[3] for sold in self.lines)
        earned = rounded(self.exact, *self.mode) - self.settled
        exact = sum(sold[3] for sold in self.lines)
        if Fraction(exact).denominator != 1:
            figures["earned_exactly"] = ("exact", Fraction(exact))
        self.settled += earned
        before = self.earned
        self.earned = min(self.settled, self.amount("cap")) if "cap" in self.told else self.settled
        above, earned = earned - (self.earned - before), self.earned - before
        withheld = released = 0
        reserve, period = self.told.get("reserve"), len(self.withheld)
        if reserve:
            known(reserve, {"rates", "released_after", "order", "rounding"}, "royalty reserve")
            after = reserve.get("released_after", 1)
            released = self.withheld[period - after] if period >= after else 0
            share = rate(reserve["rates"][min(period, len(reserve["rates"]) - 1)])
            rounding = rounding_of(reserve.get("rounding", "half_even"))
            reservable = min(earned, sum(sold[3] for sold in self.lines if sold[4]))
            if reserve.get("order", "before_recoupment") == "before_recoupment":
                withheld = rounded(max(0, reservable) * share, *rounding)
        figures["carried_before"] = self.carried
        after = bool(reserve) and reserve.get("order", "before_recoupment") == "after_recoupment"
        left = self.carried + earned - withheld + (0 if after else released)
        unrecouped = sum(amount - had for amount, had in self.recoupables)
        recouped = max(0, min(left, unrecouped))
        self.recoup(recouped)
        left -= recouped
        if after:  # what comes back from the reserve was left by recoupment before
            withheld = rounded(max(0, min(left, reservable)) * share, *rounding)
            left += released - withheld
        self.withheld.append(withheld)
        payable, self.carried = max(0, left), min(0, left)
        top_up = max(0, self.amount("guarantee") - payable) if "guarantee" in self.told else 0
        figures.update(earned=earned, above_cap=above, withheld=withheld, released=released, recouped=recouped,
                       unrecouped=unrecouped - recouped, carried=self.carried, top_up=top_up, payable=payable + top_up)
        if reserve:
            figures["reserved"] = sum(self.withheld[max(0, period + 1 - reserve.get("released_after", 1)):])
        self.lines, self.counts_of_period = [], {}
        self.decide(figures)
        self.plan.move("outside", self.name, earned - recouped + top_up)
        self.plan.give(self.name, self.told["to"], payable + top_up)

    def recoup(self, amount):
        for recoupable in self.recoupables:
            part = min(amount, recoupable[0] - recoupable[1])
            recoupable[1] += part
            amount -= part
