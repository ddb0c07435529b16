# SPDX-License-Identifier: BSL-1.0
"""Exact answers by search: the least number with which enough comes out, and the two beside it that prove it.

>>> import crowdrules as cr
>>> answer = cr.solve.least(lambda number: number * number, 50, between=(0, 100))
>>> answer.answer, answer.value
(8, 64)
>>> answer.below
(7, 49)
"""
from __future__ import annotations

import decimal
from typing import Any, Callable, Iterable, NamedTuple, Optional, Tuple, Union

from . import _core
from ._core import Currency, Money, Rounding, RoundingMode, Terms
from ._errors import CurrencyMismatch, Error
from ._simulate import html_table

__all__ = ["LoanPlan", "NoAnswer", "Solution", "goal_that_nets", "least", "loan_plan", "multiple_above_loan",
           "stretch_that_pays"]

Amount = Union[Money, str]


class NoAnswer(Error, ValueError):
    """There is no answer; `tried` has the numbers that were tried, with what came out of each."""

    def __init__(self, message: str, tried: Tuple[Tuple[Any, Any], ...] = ()) -> None:
        super().__init__(message, tried)
        self.tried = tried

    def __str__(self) -> str:
        return str(self.args[0])


class LoanPlan(NamedTuple):
    """A loan that is paid back month by month."""

    payment: Money  #: every month
    last: Money  #: the last payment, which may be smaller
    interest: Money  #: all of it: what the loan costs


class Solution(NamedTuple):
    """An exact answer with its proof."""

    answer: Any  #: the least number with which enough comes out
    value: Any  #: what comes out with it
    below: Optional[Tuple[Any, Any]]  #: the number before it, and what comes out: too little. None: there is none
    above: Optional[Tuple[Any, Any]]  #: the number after it, and what comes out: no less. None: there is none
    tried: Tuple[Tuple[Any, Any], ...]  #: all that were tried, ascending

    def _repr_html_(self) -> str:
        lines = (("below: too little", self.below), ("answer", (self.answer, self.value)), ("above", self.above))
        rows = [(name, str(pair[0]), str(pair[1])) for name, pair in lines if pair is not None]
        return html_table("The least with which enough comes out", [("", "number", "comes out"), *rows])


def _solution(found: Tuple[Any, ...], number: Callable[[int], Any], value: Callable[[int], Any]) -> Solution:
    def pair(given: Any) -> Any:
        return None if given is None else (number(given[0]), value(given[1]))
    if len(found) == 2:
        raise NoAnswer(found[0], tuple(pair(each) for each in found[1]))
    answer, below, above, tried = found
    best, comes_out = pair(answer)
    return Solution(best, comes_out, pair(below), pair(above), tuple(map(pair, tried)))


def _in(currency: Currency, amount: Amount) -> Money:
    if not isinstance(amount, Money):
        return Money(amount, currency)
    if amount.currency != currency:
        raise CurrencyMismatch(f"{amount} is not in {currency.code}, in which the question is")
    return amount


def least(value: Callable[[int], int], wanted: int, *, between: Tuple[int, int], step: int = 1) -> Solution:
    """The least of the numbers `between[0]`, `between[0] + step`, ... up to `between[1]` whose value is at least
    `wanted`. More must never bring less. Raises NoAnswer where no number reaches it, or more brings less.

    >>> least(lambda number: number * number, 50, between=(0, 100))[:2]
    (8, 64)
    """
    low, high = between
    if high < low or step < 1:
        raise ValueError("between= needs a lower and an upper number, and step= at least 1")
    return _solution(_core._least_reaching(low, high, step, wanted, value), int, int)


def goal_that_nets(terms: Terms, net: Amount, *, pledge: Amount, between: Tuple[Amount, Amount],
                   dropped: Union[str, decimal.Decimal] = "0%", step: Optional[Amount] = None) -> Solution:
    """The lowest goal with which the creator of a campaign that raises just its goal is paid `net`.

    The goal is spread evenly over as few backers as need be for none to give more than `pledge`; `dropped` of the money
    is never collected. Goals are looked for `between` two amounts in steps of one whole unit of the currency, or of
    `step`. Answer and values are Money.

    >>> import crowdrules as cr
    >>> fee = cr.FeeSchedule("fee", [cr.FeeBand(rate="5%")], rounding="half_up")
    >>> terms = cr.Terms(currency="USD", title="Mugs", model=cr.FundingModel.all_or_nothing(cr.Money("1.00", "USD")),
    ...                  window=cr.Window("2026-11-01T08:00:00Z", "2026-12-01T08:00:00Z"),
    ...                  charges=cr.ChargePlan(retry_window="7 days"),
    ...                  fees=cr.CampaignFees(platform=fee, processing=fee))
    >>> found = goal_that_nets(terms, "10000.00", pledge="50.00", between=("10000.00", "20000.00"))
    >>> str(found.answer), str(found.value), str(found.below[1])
    ('11,111.00 USD', '10,000.18 USD', '9,999.23 USD')
    """
    currency = terms.currency
    low, high = (_in(currency, amount).minor for amount in between)
    by = 10 ** currency.digits if step is None else _in(currency, step).minor
    if high < low or by < 1:
        raise ValueError("between= needs a lower and a higher amount, and step= a positive one")

    def money(minor: int) -> Money:
        return Money(minor=minor, currency=currency)
    return _solution(_core._goal_that_nets(terms, _in(currency, pledge), dropped, _in(currency, net), low, high, by),
                     money, money)


def stretch_that_pays(terms: Terms, *, backers: int, pledge: Amount, fixed_cost: Amount = "0",
                      cost_per_backer: Amount = "0", most_backers: int = 10_000_000) -> Solution:
    """The fewest backers in all with whom a stretch goal pays for itself: what is left after its reward's costs is no
    less than with `backers` and without it. The answer is a number of backers, values are Money.

    >>> import crowdrules as cr
    >>> fee = cr.FeeSchedule("fee", [cr.FeeBand(rate="5%")], rounding="half_up")
    >>> terms = cr.Terms(currency="USD", title="Mugs", model=cr.FundingModel.all_or_nothing(cr.Money("1.00", "USD")),
    ...                  window=cr.Window("2026-11-01T08:00:00Z", "2026-12-01T08:00:00Z"),
    ...                  charges=cr.ChargePlan(retry_window="7 days"),
    ...                  fees=cr.CampaignFees(platform=fee, processing=fee))
    >>> stretch_that_pays(terms, backers=100, pledge="50.00", fixed_cost="500.00", cost_per_backer="3.00").answer
    120
    """
    currency = terms.currency
    return _solution(
        _core._stretch_that_pays(terms, _in(currency, pledge), backers, _in(currency, fixed_cost),
                                 _in(currency, cost_per_backer), most_backers),
        int, lambda minor: Money(minor=minor, currency=currency))


def loan_plan(principal: Money, *, yearly_rate: Union[str, decimal.Decimal], months: int,
              rounding: Union[Rounding, RoundingMode, str] = "half_up") -> LoanPlan:
    """The lowest level monthly payment that repays a loan in time, the last payment, and all the interest. `rounding`
    is that of each month's interest.

    >>> import crowdrules as cr
    >>> [str(amount) for amount in cr.solve.loan_plan(cr.Money("1000.00", "USD"), yearly_rate="12%", months=12)]
    ['88.85 USD', '88.84 USD', '66.19 USD']
    """
    return LoanPlan(*_core._loan_plan(principal, yearly_rate, months, rounding))


def multiple_above_loan(*, principal: Money, revenue_share: Union[str, decimal.Decimal], revenue: Iterable[Money],
                        loan_cost: Amount, grace_periods: int = 0, matures_after: Optional[int] = None,
                        most: Union[str, decimal.Decimal, int] = 10,
                        rounding: Union[Rounding, RoundingMode, str] = "half_up") -> Solution:
    """The lowest multiple, in thousandths, at which a note that is paid back from revenue costs more than a loan.

    `revenue` is what comes in, period by period; `loan_cost` all the interest of the loan (see loan_plan); `rounding`
    is that of what is due in a period. The answer is a Decimal, values are what the note costs as Money. Raises
    NoAnswer where the revenue ends before the note costs so much, whatever the multiple.

    >>> import crowdrules as cr
    >>> loan = loan_plan(cr.Money("1000.00", "USD"), yearly_rate="12%", months=12)
    >>> found = multiple_above_loan(principal=cr.Money("1000.00", "USD"), revenue_share="5%",
    ...                             revenue=[cr.Money("3000.00", "USD")] * 16, loan_cost=loan.interest)
    >>> found.answer, str(found.value), str(found.below[1])
    (Decimal('1.067'), '67.00 USD', '66.00 USD')
    """
    currency = principal.currency
    return _solution(
        _core._multiple_above_loan(principal, revenue_share, list(revenue), _in(currency, loan_cost), grace_periods,
                                   matures_after, int(decimal.Decimal(most) * 1000), rounding),
        lambda thousandths: decimal.Decimal(thousandths).scaleb(-3),
        lambda minor: Money(minor=minor, currency=currency))
