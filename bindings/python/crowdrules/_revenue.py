# SPDX-License-Identifier: BSL-1.0
"""Columns of the revenue floor: what is done per payee, payment, sale or period."""
from __future__ import annotations

import array
import datetime
from typing import Any, Iterable, Mapping, NamedTuple, Optional, Union

from . import _core
from ._column_in import UsualName, stated
from ._core import (
    Currency,
    DatedSplit,
    Deduction,
    DistributionTerms,
    Frame,
    Money,
    NoteTerms,
    QuadraticTerms,
    RateTerms,
    Rounding,
    RoundingMode,
    RoyaltyRounding,
    SplitTerms,
    WaterfallTerms,
)
from ._errors import ColumnError

__all__ = ["MatchedPool", "match_quadratic", "note", "pay_out", "royalties", "share", "waterfall"]

_Currency = Union[Currency, str]
_Names = Optional[Mapping[int, str]]


class MatchedPool(NamedTuple):
    """A pool, divided: `rows` has one row for each project, `distributed` and `left` make up the pool."""

    rows: Frame
    distributed: Money
    left: Money


def share(payments: Any, terms: Union[SplitTerms, Iterable[DatedSplit]], *, currency: _Currency, sold_on: Any = None,
          names: _Names = None) -> Frame:
    """Each payment, in its order, shared by a split: what Sharing.share does, for many.

    A negative payment is a return. `sold_on` are the days of the sales, which several splits need. The rows have a
    column for each fee (`fees.store`), each payee (`payees.1`, or `payees.Anna` where `names` has {1: "Anna"}) and what
    stays `undivided`; they add up to the payments. Raises ColumnError with the first row that cannot be shared.

    >>> rows = share([9900, 100], SplitTerms({1: 60, 2: 40}), currency="USD", names={1: "Anna", 2: "Ben"})
    >>> {name: list(rows[name]) for name in rows}
    {'payees.Anna': [5940, 60], 'payees.Ben': [3960, 40], 'undivided': [0, 0]}
    """
    return _core._share_column(payments, terms, currency, _days(sold_on, "sold_on"), dict(names or {}))


def royalties(gross: Any, rates: RateTerms, rounding: Union[Rounding, RoundingMode, str], *, currency: _Currency,
              units: Any = None, deductions: Optional[Mapping[Union[Deduction, str], Any]] = None,
              rounded: Union[RoyaltyRounding, str] = "running_total", units_before: int = 0,
              base_before: int = 0) -> Frame:
    """What each sale of one channel earns, in the order of the sales: through tiers, less deductions by column.

    The rows have `base` and `royalty`, in minor units. By default fractions of a cent are decided on the running total,
    so that the royalties add up to the royalty of all. `units_before` and `base_before` (minor units) were sold before.
    A negative row is a return; one of more than was sold is refused with a ColumnError that names it.

    >>> from crowdrules import RateTier
    >>> book = RateTerms(tiers=[RateTier(5000, "10%"), RateTier(rate="12%")], basis="units")
    >>> list(royalties([4_500_000, 1_000_000], book, "half_up", currency="USD", units=[4500, 1000])["royalty"])
    [450000, 110000]
    """
    return _core._royalty_column(gross, rates, rounding, currency, units, deductions or {}, rounded, units_before,
                                 base_before)


def waterfall(received: Any, terms: WaterfallTerms, *, on: Any, contributed: Any = None, names: _Names = None) -> Frame:
    """Receipts, one a period, down the steps of a waterfall: what Waterfall.distribute does, for many.

    `on` are the days, in order: dates, text, or a column of dates of NumPy or pandas; `contributed` is what investors
    paid in on each, before the receipt. The rows have a column for each step (`steps.debt`) and each holder
    (`payees.3`, or by `names`); each group adds up to what was received.

    >>> from crowdrules import Divide, FixedClaim, WaterfallStep
    >>> film = WaterfallTerms("USD", [WaterfallStep("debt", FixedClaim(Money("500.00", "USD"), "10%"), {1: 1}),
    ...                               WaterfallStep("pool", Divide(), {2: 50, 3: 50})])
    >>> rows = waterfall([40000, 40000], film, on=["2020-03-31", "2020-06-30"])
    >>> {name: list(rows[name]) for name in rows}  # doctest: +NORMALIZE_WHITESPACE
    {'steps.debt': [40000, 15000], 'steps.pool': [0, 25000],
     'payees.1': [40000, 15000], 'payees.2': [0, 12500], 'payees.3': [0, 12500]}
    """
    return _core._waterfall_column(terms, _days(on, "on"), received, contributed, dict(names or {}))


def note(revenue: Any, terms: NoteTerms, *, paid: Any = None, names: _Names = None) -> Frame:
    """A revenue-share note over the revenues of its periods: what RevenueNote.end_period does, for many.

    `paid` is what the issuer paid, where that is not all that is due. The rows have `due`, `paid`, `missed`,
    `outstanding`, `state` and a column for each holder. Periods after the last payment have zeros.

    >>> from crowdrules import NoteHolder
    >>> terms = NoteTerms([NoteHolder(1, Money("1000.00", "USD"))], revenue_share="5%", multiple="1.5",
    ...                   rounding="half_even")
    >>> rows = note([1_200_000, 3_000_000, 1_000_000], terms)
    >>> list(rows["paid"]), list(rows["state"])
    ([60000, 90000, 0], ['running', 'repaid', 'repaid'])
    """
    return _core._note_column(terms, revenue, paid, dict(names or {}))


def pay_out(payees: Any, terms: DistributionTerms, *, earned: str = "earned", carried: str = UsualName("carried"),
            payee: str = UsualName("payee")) -> Frame:
    """What a frame of payees is paid today of what each `earned` and, where the frame has it, `carried` from before.

    `payees` is a frame of any library, a dict of columns, or one column of earnings alone, in minor units. All of it is
    free: a hold, and withholding by where something was earned, are those of Distribution. `payee` names the column of
    their numbers, needed where some have higher minimums. A column that is named here must be in the frame. The rows
    have `gross` (taken from the balance), `fee`, `paid`, `carried` on and `reason` (paid, nothing_due, negative,
    below_minimum, fee_exceeds): earned + carried == gross + carried on, and gross == fee + paid.

    >>> terms = DistributionTerms("USD", Money("10.00", "USD"))
    >>> rows = pay_out({"earned": [740, 1250, -300], "carried": [0, 740, 0]}, terms)
    >>> list(rows["paid"]), list(rows["carried"]), list(rows["reason"])
    ([0, 1990, 0], [740, 0, -300], ['below_minimum', 'paid', 'negative'])
    """
    return _core._pay_out_column(terms, payees, earned, carried, payee, stated(carried, payee))


def match_quadratic(gifts: Any, terms: QuadraticTerms, *, project: str = "project", backer: str = "backer",
                    amount: str = "amount") -> MatchedPool:
    """A pool divided by a frame of gifts: what crowdrules.match_quadratic does, for many.

    `gifts` is a frame of any library, or a dict of columns; projects and backers are numbers from 1, amounts minor
    units. The rows, by project, have `project`, `backers`, `contributed`, `weight` (in units), `matched` and
    `is_capped` (1 or 0). Raises ColumnError for a gift of nothing, of nobody or to nobody, with the row.

    >>> gifts = {"project": [1, 1, 2, 2], "backer": [1, 2, 1, 2], "amount": [100, 400, 100, 100]}
    >>> rows, distributed, left = match_quadratic(gifts, QuadraticTerms(Money("3.00", "USD")))
    >>> list(rows["matched"]), str(distributed), str(left)
    ([200, 100], '3.00 USD', '0.00 USD')
    """
    return MatchedPool(*_core._quadratic_column(terms, gifts, project, backer, amount))


def _days(given: Any, name: str) -> Any:
    """Dates as days since 1970, for the compiled part. Numbers are refused: nobody knows since when they count."""
    if given is None:
        return None
    if getattr(getattr(given, "dtype", None), "tz", None) is not None:
        raise TypeError(f"column '{name}' has times with a zone, but a day is wanted: column.dt.date gives it")
    values = getattr(given, "values", given) if type(given).__module__.partition(".")[0] == "pandas" else given
    if getattr(getattr(values, "dtype", None), "kind", "") == "M":
        days = values.astype("datetime64[D]")
        wrong = values != days  # also what is missing, which is not even itself
        if wrong.any():
            row = int(wrong.argmax())
            raise ColumnError(f"column '{name}', row {row}: expected a day without a time, got {values[row]}", name,
                              row)
        return days.astype("int64")
    return array.array("q", [_day(value, name, row) for row, value in enumerate(given)])


def _day(value: Any, name: str, row: int) -> int:
    if hasattr(value, "as_py"):  # a scalar of pyarrow
        value = value.as_py()
    if isinstance(value, str):
        try:
            value = datetime.date.fromisoformat(value)
        except ValueError:
            raise ColumnError(f"column '{name}', row {row}: expected a day such as '2012-05-19', got {value!r}", name,
                              row) from None
    if not isinstance(value, datetime.date) or isinstance(value, datetime.datetime):
        raise ColumnError(f"column '{name}', row {row}: expected a date, or text such as '2012-05-19'; got {value!r}",
                          name, row)
    return (value - datetime.date(1970, 1, 1)).days
