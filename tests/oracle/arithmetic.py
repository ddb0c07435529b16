# SPDX-License-Identifier: BSL-1.0
"""Arithmetic: roundings, splits and fees, in whole minor units and exact fractions (docs/allocation.md)."""
import heapq
import math
from fractions import Fraction

DECIMALS = {"JPY": 0, "KRW": 0, "CLP": 0, "VND": 0, "ISK": 0, "XAF": 0, "XOF": 0, "TND": 3, "KWD": 3, "BHD": 3}


class NotCovered(Exception):
    """Something that the oracle does not know, by name."""


def decimals_of(currency):
    return DECIMALS.get(currency, 2)


def minor(text, currency):
    """Minor units of an amount that is written as text."""
    exact = Fraction(text) * 10 ** decimals_of(currency)
    if exact.denominator != 1:
        raise ValueError(f"{text} has too many decimals for {currency}")
    return exact.numerator


def written(units, currency):
    """The text of an amount, with all its decimals."""
    places = decimals_of(currency)
    digits = str(abs(units)).rjust(places + 1, "0")
    sign = "-" if units < 0 else ""
    return sign + (digits if places == 0 else digits[:-places] + "." + digits[-places:])


def rate(text):
    """An exact rate: "5%" or "0.05"."""
    text = str(text)
    return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)


def rounded(exact, mode, step=1):
    """`exact` brought to a multiple of `step`."""
    steps = Fraction(exact) / step
    below = steps.numerator // steps.denominator
    over = steps - below
    if over == 0:
        return below * step
    if mode in ("floor", "ceiling"):
        up = mode == "ceiling"
    elif mode in ("up", "down"):
        up = (mode == "up") == (steps > 0)
    elif over != Fraction(1, 2):
        up = over > Fraction(1, 2)
    elif mode == "half_even":
        up = below % 2 == 1
    elif mode in ("half_up", "half_down"):
        up = (mode == "half_up") == (steps > 0)
    else:
        raise NotCovered(f"rounding {mode}")
    return (below + (1 if up else 0)) * step


def sainte_lague(whole, weights):
    """Each unit in turn to the highest weight / (2 x units had + 1), ties to the earlier."""
    total = sum(weights)
    parts = [(2 * whole * weight + total) // (2 * total) for weight in weights]
    spare = whole - sum(parts)
    if spare > 0:
        queue = [(-Fraction(w, 2 * p + 1), i) for i, (w, p) in enumerate(zip(weights, parts)) if w]
        heapq.heapify(queue)
        for _ in range(spare):
            _, i = heapq.heappop(queue)
            parts[i] += 1
            heapq.heappush(queue, (-Fraction(weights[i], 2 * parts[i] + 1), i))
    elif spare < 0:
        queue = [(Fraction(w, 2 * p - 1), -i) for i, (w, p) in enumerate(zip(weights, parts)) if p]
        heapq.heapify(queue)
        for _ in range(-spare):
            _, i = heapq.heappop(queue)
            i = -i
            parts[i] -= 1
            if parts[i]:
                heapq.heappush(queue, (Fraction(weights[i], 2 * parts[i] - 1), -i))
    return parts


def order_of_service(whole, weights, method, turn):
    """The parts with a weight in the order in which a method serves them."""
    total = sum(weights)
    served = [i for i, weight in enumerate(weights) if weight]
    if method == "largest_remainder":
        served.sort(key=lambda i: (-(whole * weights[i] % total), i))
    elif method in ("largest_weight", "sainte_lague"):
        served.sort(key=lambda i: (-weights[i], i))
    elif method == "last":
        served.reverse()
    elif method == "rotating":
        served.sort(key=lambda i: (i - turn) % len(weights))
    elif method not in ("first", "sequential"):
        raise NotCovered(f"split {method}")
    return served


def allocate(whole, weights, method, step=1, turn=0):
    """`whole` in parts that add up to it."""
    if whole < 0:
        return [-part for part in allocate(-whole, weights, method, step, turn)]
    steps, beside = divmod(whole, step)
    total = sum(weights)
    order = order_of_service(steps, weights, method, turn)
    if method == "sainte_lague":
        parts = sainte_lague(steps, weights)
    elif method == "sequential":
        parts, left, claims = [0] * len(weights), steps, total
        for i in reversed(order[1:]):
            parts[i] = left * weights[i] // claims
            left, claims = left - parts[i], claims - weights[i]
        parts[order[0]] = left
    else:
        parts = [steps * weight // total for weight in weights]
        for i in order[:steps - sum(parts)]:
            parts[i] += 1
    parts = [part * step for part in parts]
    parts[order[0]] += beside
    return parts


def whole_weights(shares):
    """Whole numbers in exactly the proportion of some fractions."""
    shares = [Fraction(share) for share in shares]
    scale = math.lcm(*[share.denominator for share in shares])
    return [int(share * scale) for share in shares]


class Schedule:
    """A fee schedule as terms write it."""
    KNOWN = frozenset({"name", "bands", "banding", "minimum", "maximum", "rounding", "tax", "citation", "source",
                       "read", "evidence"})

    def __init__(self, told, currency):
        told = told or {}
        for field in told:
            if field not in self.KNOWN:
                raise NotCovered(f"fee field {field}")
        def amount(text):
            return minor(text, currency)
        self.bands = [(amount(band.get("from", "0")), rate(band.get("rate", "0")), amount(band.get("fixed", "0")))
                      for band in told.get("bands", [])]
        self.banding = told.get("banding", "whole")
        self.minimum = amount(told["minimum"]) if "minimum" in told else None
        self.maximum = amount(told["maximum"]) if "maximum" in told else None
        self.mode, self.step = rounding_of(told.get("rounding", "half_even"))
        self.tax = told.get("tax")
        if self.tax:
            self.tax_rate = rate(self.tax.get("rate", "0"))
            self.tax_rounding = rounding_of(self.tax["rounding"])
        self.known = {}

    def asked(self, amount):
        """The fee, with a tax that it contains."""
        if amount not in self.known:
            self.known[amount] = self._asked(amount)
        return self.known[amount]

    def _asked(self, amount):
        if amount == 0 or not self.bands or amount < self.bands[0][0]:
            return 0
        if self.banding == "whole":
            _, share, fixed = [band for band in self.bands if band[0] <= amount][-1]
            exact = share * amount + fixed
        else:
            exact = Fraction(0)
            for i, (start, share, fixed) in enumerate(self.bands):
                if amount >= start:
                    end = self.bands[i + 1][0] if i + 1 < len(self.bands) else amount
                    exact += share * (min(amount, end) - start) + fixed
        fee = rounded(exact, self.mode, self.step)
        if self.minimum is not None:
            fee = max(fee, self.minimum)
        return fee if self.maximum is None else min(fee, self.maximum)

    def parted(self, asked):
        """(fee without its tax, tax) of what the schedule asks."""
        if not self.tax:
            return asked, 0
        if self.tax.get("included"):
            tax = rounded(asked * self.tax_rate / (1 + self.tax_rate), *self.tax_rounding)
            return asked - tax, tax
        return asked, rounded(asked * self.tax_rate, *self.tax_rounding)

    def on(self, amount):
        return self.parted(self.asked(amount))


def rounding_of(told):
    """(mode, step) of "half_up" or { mode, step }."""
    return (told, 1) if isinstance(told, str) else (told.get("mode", "half_even"), told.get("step", 1))
