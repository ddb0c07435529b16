# SPDX-License-Identifier: BSL-1.0
"""The parts of a plan of revenue: splits, waterfalls, notes and matches (docs/plans.md, docs/revenue.md)."""
import math
from fractions import Fraction

from arithmetic import NotCovered, Schedule, allocate, rate, rounded, rounding_of, sainte_lague, whole_weights


class Refused(Exception):
    """A line that the rules refuse: nothing happens."""


def known(told, fields, what):
    """Refuses fields that the oracle does not know."""
    for field in told:
        if field not in fields and field not in ("source", "read", "evidence"):
            raise NotCovered(f"{what} field {field}")


def weights_of(shares):
    """{name: weight} of shares as numbers or as percentages."""
    if any(isinstance(share, str) for share in shares.values()):
        return dict(zip(shares, whole_weights([rate(share) for share in shares.values()])))
    return dict(shares)


def square_of_roots(amounts, digits):
    """(The sum of the square roots of amounts) squared: exactly where that is whole, else of roots that are cut."""
    pairs = [math.isqrt(amount * amounts[0]) for amount in amounts]
    if all(root * root == amount * amounts[0] for root, amount in zip(pairs, amounts)):
        return Fraction(sum(pairs) ** 2, amounts[0])
    roots = sum(math.isqrt(amount * 100 ** digits) for amount in amounts)
    return Fraction(roots * roots, 100 ** digits)


class Running:
    """A stream that is split on its running total."""

    def __init__(self, weights):
        self.weights, self.had, self.total = weights, [0] * len(weights), 0

    def add(self, amount):
        self.total += amount
        now = sainte_lague(self.total, self.weights)
        parts = [new - old for new, old in zip(now, self.had)]
        self.had = now
        return parts


class Part:
    def __init__(self, plan, name, told):
        self.plan, self.name, self.told, self.decided = plan, name, told, []
        self.read()

    def amount(self, field, otherwise="0"):
        return self.plan.amount(self.told.get(field, otherwise))

    def decide(self, figures):
        self.decided.append(figures)


class Split(Part):
    FIELDS = frozenset({"shares", "totalling", "whole", "rest", "fees", "dividing", "method", "step", "turn"})

    def read(self):
        told = self.told
        known(told, self.FIELDS, "split")
        shares = dict(told["shares"])
        if "rest" in told:
            percent = any(isinstance(share, str) for share in shares.values())
            had = sum(rate(share) if percent else share for share in shares.values())
            whole = 1 if percent else told.get("whole", 100)
            left = whole - had
            shares[told["rest"]] = f"{left}" if percent else left
        shares = weights_of(shares)
        self.names, self.weights = list(shares), list(shares.values())
        self.dividing = told.get("dividing", "running_total")
        self.running, self.had = Running(self.weights), [0] * len(self.weights)
        self.total, self.turn, self.pot = 0, told.get("turn", 0), 0
        self.fees = self.in_order(told.get("fees", []))

    def in_order(self, fees):
        """Fees in the order in which they are taken: after those that they wait for."""
        waiting, order, taken = list(fees), [], set()
        while waiting:
            ready = next(fee for fee in waiting if set(fee.get("after", [])) <= taken)
            waiting.remove(ready)
            taken.add(ready["name"])
            known(ready, Schedule.KNOWN | {"to", "after", "level", "rate", "fixed"}, "split fee")
            if ready.get("level", "each_payment") != "each_payment":
                raise NotCovered("split fee level " + ready["level"])
            told = {name: value for name, value in ready.items() if name not in ("to", "after", "level")}
            if "bands" not in told:
                told["bands"] = [{"rate": told.pop("rate", "0"), "fixed": told.pop("fixed", "0")}]
            order.append((ready["name"], ready["to"], ready.get("after", []), Schedule(told, self.plan.currency)))
        return order

    def receive(self, amount, line):
        if amount < 0 or line.get("item") is not None:
            raise NotCovered("split of a return or an item")
        figures = {"received": amount}
        left, paid = amount, {}
        for name, _to, after, schedule in self.fees:
            base = max(0, amount - sum(paid[other] for other in after))
            paid[name] = min(left, schedule.asked(base))
            left -= paid[name]
            figures["fees." + name] = paid[name]
        if self.fees:
            figures["divided"] = left
        parts = self.divide(left)
        self.pot += left - sum(parts)
        for name, part in zip(self.names, parts):
            figures["payees." + name] = figures.get("payees." + name, 0) + part
        if "cut" in self.dividing:
            figures["pot"] = self.pot
        self.decide(figures)
        for name, to, _, _ in self.fees:
            self.plan.give(self.name, to, paid[name])
        for name, part in zip(self.names, parts):
            self.plan.give(self.name, name, part)

    def divide(self, amount):
        method, step = self.told.get("method", "largest_remainder"), self.amount("step") or 1
        if self.dividing == "running_total":
            return self.running.add(amount)
        if self.dividing == "each_payment":
            parts = allocate(amount, self.weights, method, step, self.turn)
            self.turn = (self.turn + 1) % len(self.weights)
            return parts
        total = sum(self.weights)
        if self.dividing == "each_payment_cut":
            return [amount * weight // total // step * step for weight in self.weights]
        self.total += amount
        now = [self.total * weight // total // step * step for weight in self.weights]
        parts, self.had = [new - old for new, old in zip(now, self.had)], now
        return parts


RULES = {"off_the_top": {"rate", "limit", "rounding"}, "corridor": {"rate", "from", "up_to", "rounding"},
         "fixed": {"amount", "premium", "rounding"},
         "preferred_return": {"rate", "compounding", "day_count", "rounding"},
         "catch_up": {"manager", "carry", "on", "reading", "rounding"}, "divide": {"until_multiple", "until_return"}}


class Waterfall(Part):
    def read(self):
        known(self.told, {"steps", "investors"}, "waterfall")
        self.gross = self.contributed = 0
        self.steps = []
        for told in self.told["steps"]:
            kind = next(name for name in told if name not in ("name", "to", "source", "read", "evidence"))
            to = told["to"]
            shares = {to: 1} if isinstance(to, str) else weights_of(to)
            rule = dict(told[kind])
            known(told, {"name", "to", kind}, "waterfall step")
            known(rule, RULES.get(kind, ()), "waterfall step " + kind)
            if kind == "preferred_return" and rule.get("compounding", "yearly") != "flat":
                raise NotCovered("waterfall preferred return by time")
            if kind == "divide" and rule:
                raise NotCovered("waterfall hurdle")
            self.steps.append({"name": told["name"], "kind": kind, "rule": rule, "names": list(shares), "paid": 0,
                               "weights": list(shares.values()), "running": Running(list(shares.values()))})

    def contribute(self, line):
        self.contributed += self.plan.amount(line["amount"])

    def claim(self, step):
        """All that the step is ever owed by now; none: whatever is left."""
        rule, kind = step["rule"], step["kind"]
        def brought(exact):
            return rounded(exact, *rounding_of(rule.get("rounding", "half_even")))
        if kind == "off_the_top":
            due = brought(rate(rule["rate"]) * self.gross)
            return min(due, self.plan.amount(rule["limit"])) if "limit" in rule else due
        if kind == "corridor":
            start, end = self.plan.amount(rule.get("from", "0")), self.plan.amount(rule["up_to"])
            return brought(rate(rule["rate"]) * (min(max(self.gross, start), end) - start))
        if kind == "fixed":
            amount = self.plan.amount(rule["amount"])
            return amount + brought(amount * rate(rule.get("premium", "0")))
        if kind == "return_of_capital":
            return self.contributed
        if kind == "preferred_return":
            return brought(rate(rule["rate"]) * self.contributed)
        if kind == "catch_up":
            carry, earned = rate(rule["carry"]), sum(s["paid"] for s in self.steps if s["name"] in rule["on"])
            part = Fraction(step["weights"][step["names"].index(rule["manager"])], sum(step["weights"]))
            if rule.get("reading", "true_up") == "fixed_target":
                return brought(earned * carry / (1 - carry) / part)
            return brought(carry * earned / (part - carry))
        if kind == "divide":
            return None
        raise NotCovered("waterfall step " + kind)

    def receive(self, amount, line):
        self.gross += amount
        figures, left, given = {"received": amount}, amount, []
        for step in self.steps:
            claim = self.claim(step)
            paid = left
            if claim is not None:
                claim = max(0, claim - step["paid"])
                figures[f"steps.{step['name']}.claim"] = claim
                paid = min(left, claim)
            figures[f"steps.{step['name']}.paid"] = paid
            step["paid"] += paid
            left -= paid
            for name, part in zip(step["names"], step["running"].add(paid)):
                figures["payees." + name] = figures.get("payees." + name, 0) + part
                given.append((name, part))
        self.decide(figures)
        for name, part in given:
            self.plan.give(self.name, name, part)


class Note(Part):
    FIELDS = frozenset({"holders", "revenue_share", "multiple", "rounding", "grace_periods", "grace", "misses_allowed",
              "matures_after", "buy_outs"})

    def read(self):
        known(self.told, self.FIELDS, "note")
        self.names = list(self.told["holders"])
        self.principal = [self.plan.amount(lent) for lent in self.told["holders"].values()]
        self.running = Running(self.principal)
        self.mode = rounding_of(self.told["rounding"])
        self.cap = rounded(sum(self.principal) * rate(self.told["multiple"]), *self.mode)
        self.revenue = self.periods = self.misses = 0
        self.state = "running"

    def period_end(self, line):
        if self.state == "repaid":
            raise Refused("a note that is repaid")
        revenue = self.plan.amount(line.get("revenue", "0"))
        before = self.periods, self.revenue, self.state
        self.periods += 1
        grace = self.told.get("grace_periods", 0)
        if self.periods > grace or self.told.get("grace", "free") == "deferred":
            self.revenue += revenue
        if self.periods >= self.told.get("matures_after", math.inf):
            self.state = "matured"
        had = self.running.total
        due = 0
        if self.state in ("matured", "in_default"):
            due = self.cap - had
        elif self.periods > grace:
            due = max(0, min(self.cap, rounded(self.revenue * rate(self.told["revenue_share"]), *self.mode)) - had)
        paid = self.plan.amount(line["paid"]) if "paid" in line else due
        if paid > due:
            self.periods, self.revenue, self.state = before
            raise Refused("more paid than is due")
        if paid < due:
            self.misses += 1
            if self.misses > self.told.get("misses_allowed", 0) and self.state == "running":
                self.state = "in_default"
        self.pay({"revenue": revenue, "due": due}, due, paid)

    def pay(self, figures, due, paid):
        parts = self.running.add(paid)
        outstanding = self.cap - self.running.total
        if outstanding == 0:
            self.state = "repaid"
        figures.update(paid=paid, missed=due - paid, outstanding=outstanding, state=self.state)
        figures.update({"payees." + name: part for name, part in zip(self.names, parts)})
        self.decide(figures)
        for name, part in zip(self.names, parts):
            self.plan.give(self.name, name, part)

    def buy_out(self, line):
        raise NotCovered("note buy_out")


class Match(Part):
    FIELDS = frozenset({"sponsors", "factor", "rounding", "per_contribution", "per_project", "contributions_per_backer",
                        "lump", "between_sponsors"})

    def read(self):
        known(self.told, self.FIELDS, "match")
        self.left = {name: self.plan.amount(sum_) for name, sum_ in self.told["sponsors"].items()}
        self.matched, self.gifts, self.given, self.backers, self.lumped = {}, {}, {}, {}, set()

    def draw(self, project, asked, matched, limit, figures):
        """The sponsors add up to `matched`."""
        left = sum(self.left.values())
        if matched > left:
            matched, limit = left, "what the sponsors have left"
        parts = [0] * len(self.left)
        if matched:
            parts = allocate(matched, list(self.left.values()), self.told.get("between_sponsors", "first"))
        if any(part > had for part, had in zip(parts, self.left.values())):
            raise NotCovered("match that overdraws a sponsor")
        figures.update({"asked": asked, "matched": matched, f"projects.{project}.matched": matched, "limit": limit})
        for name, part in zip(list(self.left), parts):
            self.left[name] -= part
            figures["sponsors." + name] = part
            self.plan.move(name, project, part)
        self.matched[project] = self.matched.get(project, 0) + matched
        figures["left"] = left - matched
        self.decide(figures)

    def gift(self, line):
        project, backer, amount = line["to"], line.get("by"), self.plan.amount(line["amount"])
        for n in range(line.get("count", 1)):
            self.plan.move("outside", project, amount)
            who = backer or (project, len(self.gifts), n)
            self.backers.setdefault(project, set()).add(who)
            self.given[project] = self.given.get(project, 0) + amount
            if "factor" not in self.told:
                continue
            before = self.gifts[project, who] = self.gifts.get((project, who), 0) + 1
            limit, counted = "nothing", amount
            if "per_contribution" in self.told and amount > self.amount("per_contribution"):
                counted, limit = self.amount("per_contribution"), "the cap of a contribution"
            asked = matched = rounded(counted * rate(self.told["factor"]), *rounding_of(self.told["rounding"]))
            if "per_project" in self.told:
                room = max(0, self.amount("per_project") - self.matched.get(project, 0))
                if matched > room:
                    matched, limit = room, "the cap of the project"
            if before > self.told.get("contributions_per_backer", math.inf):
                matched, limit = 0, "the contributions that a backer has matched"
            self.draw(project, asked, matched, limit, {"given": amount, f"projects.{project}.given": amount})

    def lump(self, line):
        project, told = line["to"], self.told["lump"]
        asked = matched = self.plan.amount(told["amount"])
        raised, limit = self.given.get(project, 0), "nothing"
        reached = len(self.backers.get(project, ())) >= told.get("at_backers", 0)
        if "at_share" in told:
            reached = reached and raised >= rate(told["at_share"]) * self.plan.amount(line["target"])
        if "at_amount" in told:
            reached = reached and raised >= self.plan.amount(told["at_amount"])
        if project in self.lumped:
            matched, limit = 0, "a lump that is added once"
        elif not reached:
            matched, limit = 0, "a mark that is not reached"
        else:
            self.lumped.add(project)
        self.draw(project, asked, matched, limit, {})


class Quadratic(Part):
    FIELDS = frozenset({"pool", "saturation", "dust", "cap", "minimum", "root_digits", "weight_digits", "alpha_digits"})

    def read(self):
        known(self.told, self.FIELDS, "quadratic")
        if "cap" in self.told:
            raise NotCovered("quadratic cap")
        self.gifts = {}

    def gift(self, line):
        project, amount = line["to"], self.plan.amount(line["amount"])
        for _ in range(line.get("count", 1)):
            self.plan.move("outside", project, amount)
            if amount < self.amount("minimum"):
                continue
            gifts = self.gifts.setdefault(project, {})
            who = line.get("by", len(gifts))
            gifts[who] = gifts.get(who, 0) + amount

    def settle(self, line):
        digits, decimals = self.told.get("root_digits", 6), self.told.get("weight_digits", 2)
        figures, weights = {}, {}
        for project, gifts in self.gifts.items():
            exact = square_of_roots(list(gifts.values()), digits) - sum(gifts.values())
            cut = exact.numerator * 10 ** decimals // exact.denominator if len(gifts) > 1 else 0
            weights[project] = max(0, cut)
            figures[f"projects.{project}.backers"] = len(gifts)
            figures[f"projects.{project}.contributed"] = sum(gifts.values())
            figures[f"projects.{project}.weight"] = ("exact", Fraction(weights[project], 10 ** decimals))
        pool, scale, total = self.amount("pool"), 10 ** decimals, sum(weights.values())
        dust = self.told.get("dust", "handed_out")
        if total <= pool * scale and self.told.get("saturation", "as_earned") == "as_earned":
            matched = {project: weight // scale for project, weight in weights.items()}
        elif total == 0:
            matched = dict.fromkeys(weights, 0)
        elif dust == "handed_out":
            matched = dict(zip(weights, allocate(pool, list(weights.values()), "largest_remainder")))
        elif dust == "cut":
            matched = {project: pool * weight // total for project, weight in weights.items()}
        else:
            raise NotCovered("quadratic dust " + dust)
        for project, amount in matched.items():
            figures[f"projects.{project}.matched"] = amount
            self.plan.move("outside", project, amount)
        figures["distributed"], figures["left"] = sum(matched.values()), pool - sum(matched.values())
        self.decide(figures)


class Crowdmatch(Part):
    def read(self):
        known(self.told, {"goal", "rounding", "to"}, "crowdmatch")
        self.pledges = []

    def gift(self, line):
        self.pledges += [(line.get("by"), self.plan.amount(line["amount"]))] * line.get("count", 1)

    def settle(self, line):
        goal = self.amount("goal")
        crowd = sum(pledge for _, pledge in self.pledges)
        figures, donated = {"crowd": crowd}, 0
        for who, pledge in self.pledges:
            donation = rounded(Fraction(pledge * min(crowd, goal), goal), *rounding_of(self.told["rounding"]))
            donated += donation
            if who:
                figures[f"backers.{who}.donation"], figures[f"backers.{who}.promise"] = donation, pledge - donation
        figures["donated"] = donated
        self.decide(figures)
        self.plan.give(self.name, self.told["to"], donated)
