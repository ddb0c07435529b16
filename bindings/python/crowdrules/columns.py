# SPDX-License-Identifier: BSL-1.0
"""Everything that is done per pledge, payee or period, for many at once, at the speed of the core.

A column of amounts is a NumPy array of int64, a memoryview of one, a column of pandas, or anything with the Arrow
PyCapsule interface (polars, pyarrow, DuckDB): whole minor units, without nulls, contiguous. Nothing is copied on its
way in but the chunks of a chunked column where the whole is needed, and decimal128, which is taken where `currency`
says of what. What came as NumPy is answered as NumPy; what came through Arrow as a Column, which polars and pyarrow
take without a copy.

Floats are refused, as are nulls, negative amounts where there can be none, columns of unequal length and outputs that
cannot be written to: with the first row at fault, and before anything is written to `out`.

>>> from crowdrules import FeeBand, FeeSchedule, columns
>>> card = FeeSchedule("card fee", [FeeBand(rate="2.9%", fixed=30)], rounding="half_up")
>>> list(columns.fees([11500, 999], card))
[364, 59]
>>> columns.exact_sum([2**63 - 1, 2**63 - 1])
18446744073709551614
"""
from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Dict, NamedTuple, Optional, Union, overload

from . import _core
from ._column_in import UsualName, stated
from ._core import (
    AllocationMethod,
    Column,
    Currency,
    FeeColumn,
    FeeSchedule,
    Frame,
    Money,
    Rounding,
    RoundingMode,
    Terms,
)
from ._revenue import MatchedPool, match_quadratic, note, pay_out, royalties, share, waterfall
from ._table import SettledTable, TableRules, campaign_table, settle_table, table_rules

if TYPE_CHECKING:
    from ._core import Statement

__all__ = ["Column", "FeeColumn", "Frame", "MatchedPool", "Settlement", "SettledCharges", "SettledTable", "TableRules",
           "allocate", "campaign_table", "exact_sum", "fees", "match_quadratic", "note", "pay_out", "royalties",
           "settle", "settle_charges", "settle_table", "share", "table_rules", "times", "waterfall"]

_Currency = Union[Currency, str, None]


class SettledCharges(NamedTuple):
    """Charges that are each settled by themselves: `rows` is a Frame, `totals` their exact sums by name."""

    rows: Frame
    totals: Dict[str, int]


class Settlement(NamedTuple):
    """A campaign settled from its pledges: `rows` has one row for each, `statement` the campaign's figures."""

    rows: Frame
    statement: Statement


def fees(amounts: Any, schedule: FeeSchedule, *, out: Any = None, currency: _Currency = None) -> Any:
    """The fee of each amount, in minor units, without tax."""
    return _core._fees(amounts, schedule, out, currency)


def times(amounts: Any, rate: Union[Decimal, Fraction, int, str], rounding: Union[Rounding, RoundingMode, str], *,
          out: Any = None, currency: _Currency = None) -> Any:
    """Each amount times `rate`, brought to whole minor units in the named way.

    >>> list(times([10000, 9999], "2.5%", "half_even"))
    [250, 250]
    """
    return _core._times(amounts, rate, rounding, out, currency)


def exact_sum(values: Any, *, currency: _Currency = None) -> int:
    """The exact sum, however large, in minor units."""
    return _core._exact_sum(values, currency)


def allocate(whole: Union[Money, int], weights: Any, spare: Union[AllocationMethod, str], *, step: int = 1,
             turn: int = 0, out: Any = None) -> Any:
    """Splits `whole` (Money, or minor units) in proportion to a column of whole-number weights; the parts add up to it.

    >>> list(allocate(Money("10.00", "USD"), [1, 1, 1], "largest_remainder"))
    [334, 333, 333]
    """
    return _core._allocate_column(whole, weights, spare, step, turn, out)


@overload
def settle_charges(charges: Any, *, processing: FeeSchedule, platform: FeeSchedule, out: None = None,
                   currency: _Currency = None) -> SettledCharges: ...
@overload
def settle_charges(charges: Any, *, processing: FeeSchedule, platform: FeeSchedule, out: Dict[str, Any],
                   currency: _Currency = None) -> Dict[str, int]: ...


def settle_charges(charges: Any, *, processing: FeeSchedule, platform: FeeSchedule,
                   out: Optional[Dict[str, Any]] = None, currency: _Currency = None) -> Any:
    """Charges that are split as they are paid: processing fee, platform's share and net of each.

    The platform's share is rounded on every charge. Where it is due once on what a campaign collected, use `settle`.
    `out` has three writable arrays, "processing_fee", "platform_fee" and "net"; then the answer is the totals alone.

    >>> from crowdrules import FeeBand, FeeSchedule
    >>> card = FeeSchedule("card fee", [FeeBand(rate="2.9%", fixed=30)], rounding="half_up")
    >>> five = FeeSchedule("platform fee", [FeeBand(rate="5%")], rounding="half_even")
    >>> settled = settle_charges([11500, 999], processing=card, platform=five)
    >>> list(settled.rows["net"]), settled.totals["net"]
    ([10561, 890], 11451)
    """
    if out is not None:
        return _core._settle_charges(charges, processing, platform, out, currency)[1]
    return SettledCharges(*_core._settle_charges(charges, processing, platform, None, currency))


def settle(pledges: Any, terms: Terms, *, amount: str = "amount", reward: Optional[str] = UsualName("reward"),
           collected: Optional[str] = UsualName("collected"),
           currency: Optional[str] = UsualName("currency")) -> Settlement:
    """A campaign settled from a frame of its pledges, each of a backer of its own, in the order in which they came.

    `pledges` is a frame of any library, a dict of columns, or one column of amounts alone. `amount` names the column of
    minor units, or decimal128; `reward`, where the frame has it, that of rewards by their place in the terms from 1 (0:
    none); `collected` that of cards: 1 or true for one that worked, 0 or false for one that never did; `currency` that
    of the code of the currency, which must be that of the terms in every row. A column that is named here must be in
    the frame; one that is not looked at has the name None. A frame of Arrow is read once.

    The rows answered have, in the order of the pledges: `fee` (processing, tax included), `platform_fee` (its part of
    the platform's fee, which is due once on the total), `net`, `outcome` (collected, dropped, released, refused) and
    `reason`. They add up to the statement, to the cent: `net` to what was paid less what the creator owes, which is
    something only where fees come to more than was collected.

    >>> from crowdrules import CampaignFees, ChargePlan, FeeBand, FundingModel, Window
    >>> terms = Terms(currency="USD", title="A watch", model=FundingModel.all_or_nothing(Money("100.00", "USD")),
    ...               window=Window("2026-11-01T08:00:00Z", "2026-12-01T08:00:00Z"),
    ...               charges=ChargePlan(retry_window="7 days"),
    ...               fees=CampaignFees(platform=FeeSchedule("fee", [FeeBand(rate="5%")], rounding="half_even"),
    ...                                 processing=FeeSchedule("card", [FeeBand(rate="3%")], rounding="half_even")))
    >>> rows, statement = settle({"amount": [9900, 11500], "collected": [1, 0]}, terms)
    >>> list(rows["net"]), list(rows["outcome"]), str(statement.paid)
    ([9108, 0], ['collected', 'dropped'], '91.08 USD')
    """
    rows, statement = _core._settle_pledges(terms, pledges, amount, reward, collected, currency,
                                            stated(reward, collected, currency))
    return Settlement(rows, statement)
