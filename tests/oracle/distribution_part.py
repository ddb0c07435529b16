# SPDX-License-Identifier: BSL-1.0
"""Paying out what payees have earned (include/crowdrules/revenue/distribution.hpp)."""
import datetime
from fractions import Fraction

from arithmetic import NotCovered, Schedule, rate, rounded, rounding_of
from plan_parts import known


class Distribution:
    name, told = "distribution", {}

    def __init__(self, plan, told, payees):
        known(told, {"minimum", "rule", "hold_days", "rounding", "fee"}, "distribution")
        self.plan, self.decided = plan, []
        self.minimum = plan.amount(told.get("minimum", "0"))
        self.above, self.hold = told.get("rule", "at_least") == "above", datetime.timedelta(told.get("hold_days", 0))
        self.mode = rounding_of(told.get("rounding", "down"))
        self.fee = None
        if "fee" in told:
            fee = dict(told["fee"])
            if "bands" not in fee:
                fee["bands"] = [{"rate": fee.pop("rate", "0"), "fixed": fee.pop("fixed", "0")}]
            self.fee = Schedule(fee, plan.currency)
        self.accounts = {}
        for name, payee in payees.items():
            known(payee, {"withholding", "minimum"}, "payee")
            self.account(name).update(withholding=payee.get("withholding", []),
                                      minimum=max(self.minimum, plan.amount(payee.get("minimum", "0"))))

    def account(self, name):
        return self.accounts.setdefault(name, {"withholding": [], "minimum": self.minimum, "opening": Fraction(0),
                                               "earned": Fraction(0), "held": [], "free": {}})

    def earn(self, name, amount, day, source=""):
        account = self.account(name)
        account["earned"] += amount
        account["held"].append((day + self.hold, source, Fraction(amount)))

    def pay_out(self, day):
        figures, sums = {}, dict.fromkeys(("gross", "withheld", "fees", "paid"), 0)
        carried_in_all = 0
        for name, account in self.accounts.items():
            for free, source, amount in account["held"]:
                if free <= day:
                    account["free"][source] = account["free"].get(source, 0) + amount
            account["held"] = [held for held in account["held"] if held[0] > day]
            on_hold = sum(amount for _, _, amount in account["held"])
            balance = sum(account["free"].values())
            gross, least = rounded(balance, *self.mode), account["minimum"]
            withheld = fee = paid = 0
            outcome = "paid"
            if gross <= 0:
                gross, outcome = 0, "nothing due"
            elif gross < least or (self.above and gross == least):
                gross, outcome = 0, "below the minimum"
            else:
                for rule in account["withholding"]:
                    base = sum(part for source, part in account["free"].items()
                               if rule.get("from", "") in ("", source))
                    base = gross if base == balance else base
                    withheld += rounded(base * rate(rule["rate"]), *rounding_of(rule["rounding"]))
                fee = self.fee.asked(gross - withheld) if self.fee else 0
                paid = gross - withheld - fee
                if paid <= 0:
                    raise NotCovered("distribution whose fee leaves nothing")
                if gross != balance and len(account["free"]) > 1:
                    raise NotCovered("distribution of fractions from several sources")
                account["free"] = dict.fromkeys(list(account["free"])[:1], balance - gross)
            carried = balance - gross + on_hold
            told = {"opening": ("exact", account["opening"]), "earned": ("exact", account["earned"]),
                    "on_hold": ("exact", Fraction(on_hold)), "gross": gross, "withheld": withheld, "fee": fee,
                    "paid": paid, "carried": ("exact", Fraction(carried)), "outcome": outcome}
            figures.update({f"{name}.{figure}": value for figure, value in told.items()})
            account["opening"], account["earned"] = Fraction(carried), Fraction(0)
            carried_in_all += carried
            for figure, value in (("gross", gross), ("withheld", withheld), ("fees", fee), ("paid", paid)):
                sums[figure] += value
            self.plan.move(name, "paid to " + name, paid)
            self.plan.move(name, "withheld", withheld)
            self.plan.move(name, "payment fees", fee)
        figures.update(sums, carried=("exact", Fraction(carried_in_all)))
        self.decided.append(figures)
