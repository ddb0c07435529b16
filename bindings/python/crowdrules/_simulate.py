# SPDX-License-Identifier: BSL-1.0
"""Simulations: a campaign or a plan of revenue many times over, with what is uncertain drawn by chance."""
from __future__ import annotations

import decimal
import fractions
import html
from typing import Any, Dict, Iterable, List, Optional, Sequence, Tuple, Union

from . import columns, plots
from ._core import (
    CampaignSimulation,
    Currency,
    Frame,
    Money,
    PlanSimulation,
    PledgeChances,
    RangeChart,
    RevenuePlan,
    Scenario,
    Terms,
    _joined,
    _quantiles,
)
from ._parallel import Progress, Tell, in_pieces, whole_number

__all__ = ["Simulation", "simulate", "simulation_chart"]

Share = Union[str, decimal.Decimal, fractions.Fraction, int]
Odds = Union[int, Tuple[int, int], Iterable[Tuple[int, int, int]]]
Simulated = Union[CampaignSimulation, PlanSimulation]

_MOST_RUNS = 2**63
_RUNS_A_PIECE = 4096
_PLEDGES_A_PIECE = 8_000_000


class Simulation:
    """What came out of many runs.

    `rows` is a Frame with one row for each run, in the order of the runs. Of a campaign it has `run`, `outcome`
    (succeeded, goal_missed, failed), how many pledges ended in each way (`pledges_kept`, `pledges_dropped`, ...), the
    counts `backers` and `charges`, and the figures of the settled campaign in minor units (`pledged`, `collected`,
    `platform_fee`, `processing_fee`, `paid`, `net`, ...). Of a plan of revenue it has `run`, the units `sold` and
    `returned`, `refusals`, and what everybody has in the end (`holders.Anna`) in minor units.

    Simulations of parts of the runs are merged into that of the whole by `Simulation.merged`, wherever and in whatever
    order the parts were made. One can be compared with another and pickled. polars, pyarrow and DuckDB take it without
    a copy; `to_pandas()` makes a frame of pandas.
    """

    def __init__(self, seed: int, fingerprint: str, currency: Currency, rows: Frame) -> None:
        self.seed = seed
        self.fingerprint = fingerprint  # of what was simulated: terms, pledges, chances
        self.currency = currency
        self.rows = rows

    @classmethod
    def merged(cls, parts: Iterable[Simulation]) -> Simulation:
        """The simulation of all runs of the parts. Raises ValueError for runs that occur twice, and for parts of other
        seeds, campaigns or chances."""
        given = list(parts)
        if not given:
            raise ValueError("there is no part to merge")
        first = given[0]
        if any((part.seed, part.fingerprint) != (first.seed, first.fingerprint) for part in given):
            raise ValueError("the parts are of different seeds, campaigns or chances")
        rows = _joined([part.rows for part in given], "run")
        return cls(first.seed, first.fingerprint, first.currency, _ordered(rows))

    @property
    def figures(self) -> Tuple[str, ...]:
        """The names of what has quantiles: every column of numbers but `run`."""
        return tuple(name for name in self.rows if name != "run" and self.rows[name].categories is None)

    @property
    def succeeded(self) -> fractions.Fraction:
        """The part of a campaign's runs that succeeded, whether or not the goal was met."""
        outcomes = list(self.rows["outcome"])
        return fractions.Fraction(len(outcomes) - outcomes.count("failed"), max(1, len(outcomes)))

    def quantiles(self, figure: str, shares: Sequence[Share] = ("5%", "50%", "95%")) -> Tuple[Union[Money, int], ...]:
        """For each share the smallest value that at least so many of the runs do not exceed: one that occurred.

        A share is 0 to 1: "5%", "0.05", Decimal, Fraction. Amounts are Money, counts numbers.
        """
        if figure not in self.figures:
            raise KeyError(f"there is no figure {figure!r}; there are: {', '.join(self.figures)}")
        column = self.rows[figure]
        found = _quantiles(column, shares)
        if column.currency is None:
            return found
        return tuple(Money(minor=value, currency=column.currency) for value in found)

    def quantile(self, figure: str, share: Share) -> Union[Money, int]:
        """The smallest value that at least `share` of the runs do not exceed."""
        return self.quantiles(figure, (share,))[0]

    def total(self, figure: str) -> int:
        """The exact sum over all runs, in minor units for amounts: an int, because it may leave 64 bits."""
        return columns.exact_sum(self.rows[figure])

    def mean(self, figure: str) -> fractions.Fraction:
        """The exact mean over all runs, in minor units for amounts."""
        return fractions.Fraction(self.total(figure), max(1, len(self)))

    def summary(self, shares: Sequence[Share] = ("5%", "50%", "95%")) -> Dict[str, Tuple[Union[Money, int], ...]]:
        """Quantiles of every figure, by its name."""
        return {name: self.quantiles(name, shares) for name in self.figures}

    def plot(self, figures: Optional[Sequence[str]] = None, ax: Any = None) -> Any:
        """Draws its `simulation_chart` with matplotlib, on `ax` or on a figure of its own. Returns the axes."""
        return plots.draw(simulation_chart(self, figures), ax)

    def to_pandas(self) -> Any:
        """The rows as a DataFrame of pandas, which must be installed."""
        return self.rows.to_pandas()

    def __len__(self) -> int:
        return len(self.rows)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Simulation):
            return NotImplemented
        return (self.seed, self.fingerprint, self.rows) == (other.seed, other.fingerprint, other.rows)

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> Tuple[Any, ...]:
        return Simulation, (self.seed, self.fingerprint, self.currency, self.rows)

    def __arrow_c_schema__(self) -> Any:
        return self.rows.__arrow_c_schema__()

    def __arrow_c_array__(self, requested_schema: Any = None) -> Any:
        return self.rows.__arrow_c_array__(requested_schema)

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        return self.rows.__arrow_c_stream__(requested_schema)

    def __repr__(self) -> str:
        return f"<Simulation of seed {self.seed}: {len(self):,} runs>"

    def _repr_html_(self) -> str:
        shares = ("5%", "50%", "95%")
        rows: List[Sequence[str]] = [("", *shares)]
        if len(self):
            rows += [(name.replace("_", " "), *map(str, values)) for name, values in self.summary(shares).items()]
        return html_table(f"{len(self):,} runs of seed {self.seed}", rows)


def simulation_chart(simulation: Simulation, figures: Optional[Sequence[str]] = None) -> RangeChart:
    """The fan of a simulation: for each figure, what 5, 25, 50, 75 and 95 in a hundred runs do not exceed.

    Without `figures`: what a campaign collects and what its creator is paid and has in the end, or what everybody has
    in the end of a plan. Raises KeyError for a figure that is no amount of the simulation.
    """
    amounts = [name for name in simulation.figures if simulation.rows[name].currency is not None]
    if figures is None:
        figures = [name for name in ("collected", "paid", "net") if name in amounts] or amounts
    if unknown := [name for name in figures if name not in amounts]:
        raise KeyError(f"there is no amount {unknown[0]!r}; there are: {', '.join(amounts)}")
    ranges: List[Tuple[Any, ...]] = []
    says = f"{len(simulation):,} run{'' if len(simulation) == 1 else 's'} of seed {simulation.seed}."
    for name in figures if len(simulation) else ():
        column = simulation.rows[name]
        least, lower, middle, upper, most = _quantiles(column, ("5%", "25%", "50%", "75%", "95%"))
        ranges.append((name.replace("_", " "), least, lower, middle, upper, most))
        if name == "net":
            half = [Money(minor=value, currency=column.currency) for value in (lower, upper)]
            says += f" In half of them the creator has {half[0]} to {half[1]} in the end."
    return RangeChart("Between which figures the runs lie", unit=simulation.currency.code,
                      decimals=simulation.currency.digits, ranges=ranges, says=says, outer="9 of 10 runs",
                      inner="half of all runs", middle="median")


def html_table(caption: str, rows: Sequence[Sequence[str]]) -> str:
    """A table for a notebook; its first row and its first column are headings."""
    def cells(row: Sequence[str], tag: str) -> str:
        first = f'<th style="text-align:left">{html.escape(row[0])}</th>'
        return first + "".join(f'<{tag} style="text-align:right">{html.escape(cell)}</{tag}>' for cell in row[1:])
    body = "".join(f"<tr>{cells(row, 'td' if place else 'th')}</tr>" for place, row in enumerate(rows))
    return f"<table><caption>{html.escape(caption)}</caption>{body}</table>"


def simulate(what: Union[Scenario, Terms, RevenuePlan, Simulated], *, runs: int, seed: int, first: int = 0,
             workers: int = 1, progress: Progress = False,
             cancellation: Share = 0, card_failure: Share = 0, mended: Share = 0, refund: Share = 0,
             refund_after_payout: Share = 0, fraud_dispute: Share = 0, reward_dispute: Share = 0,
             pledges: Optional[Any] = None, backers: Optional[Odds] = None,
             offers: Optional[Iterable[Tuple[Union[Money, str], Share]]] = None,
             demand: Optional[Odds] = None, returns: Share = 0) -> Simulation:
    """Runs a campaign or a plan of revenue `runs` times, with what is uncertain drawn by chance.

    What is simulated is a scenario, of which the pledges that stand at its close are taken; or terms, with either
    `pledges` (a column of minor units) or `backers` and `offers`, which are drawn too: `offers` are pairs of an amount
    and the share of backers who pledge it, together 100%; or a plan of revenue.

    Chances are shares of 0 to 1 with at most 6 decimals ("3%", Decimal, Fraction; no float), met exactly:
    `cancellation` of all pledges before the close; `card_failure` of the others when they are charged, of which
    `mended` are mended in time; of charged pledges `refund` in full before the payout, `refund_after_payout` in full
    after it, and `fraud_dispute` and `reward_dispute` lost after it.

    Numbers that are drawn (`backers`, `demand`) are a number, a range (from, to), or lines of (from, to, weight).

    A plan of revenue has chances of its own: each line of sales or income brings so many thousandths of what it says,
    by `demand`, and of the units sold so many come back, by the share `returns`.

    The same seed gives the same runs on every machine, with any number of `workers` (threads), and however the runs are
    split: runs 0 to 99 are `first=0, runs=60` and `first=60, runs=40`. Ctrl-C ends it. `progress` is True for a bar
    (tqdm, where it is installed), or a function of (runs done, runs in all); what it raises ends it too.

    Raises FindingsError for what cannot be simulated, with the reason.

    >>> import crowdrules as cr
    >>> fee = cr.FeeSchedule("fee", [cr.FeeBand(rate="5%")], rounding="half_up")
    >>> terms = cr.Terms(currency="USD", title="Mugs", model=cr.FundingModel.all_or_nothing(cr.Money("500.00", "USD")),
    ...                  window=cr.Window("2026-11-01T08:00:00Z", "2026-12-01T08:00:00Z"),
    ...                  charges=cr.ChargePlan(retry_window="7 days"),
    ...                  fees=cr.CampaignFees(platform=fee, processing=fee))
    >>> result = cr.simulate(terms, pledges=[1000] * 100, card_failure="3%", runs=1000, seed=7, workers=2)
    >>> [str(amount) for amount in result.quantiles("collected")]
    ['940.00 USD', '970.00 USD', '990.00 USD']
    >>> result == cr.simulate(terms, pledges=[1000] * 100, card_failure="3%", runs=1000, seed=7)
    True
    """
    runs, seed, first = whole_number("runs", runs, 0), whole_number("seed", seed, 0), whole_number("first", first, 0)
    workers = whole_number("workers", workers, 1)
    if seed >= 2**64:
        raise ValueError("a seed has 64 bits: it is less than 2**64")
    if first + runs >= _MOST_RUNS:
        raise ValueError("runs are numbered from 0 to 2**63 - 1")
    chances = {"cancellation": cancellation, "card_failure": card_failure, "mended": mended, "refund": refund,
               "refund_after_payout": refund_after_payout, "fraud_dispute": fraud_dispute,
               "reward_dispute": reward_dispute}
    of_campaign = {"pledges": pledges, "backers": backers, "offers": offers,
                   **{name: chance for name, chance in chances.items() if chance != 0}}
    of_plan = {"demand": demand, "returns": returns if returns != 0 else None}
    simulation = _simulation_of(what, {name: given for name, given in of_campaign.items() if given is not None},
                                {name: given for name, given in of_plan.items() if given is not None})
    return _run(simulation, seed, first, runs, workers, progress)


def _run(simulation: Simulated, seed: int, first: int, runs: int, workers: int, progress: Progress) -> Simulation:
    is_campaign = isinstance(simulation, CampaignSimulation)
    currency = simulation.terms.currency if isinstance(simulation, CampaignSimulation) else simulation.currency
    most = simulation.most_pledges if isinstance(simulation, CampaignSimulation) else 0
    together = max(1, min(_RUNS_A_PIECE if is_campaign else 64, _PLEDGES_A_PIECE // max(1, most)))
    together = max(1, min(together, -(-runs // workers)))
    pieces = range(first, first + runs, together)

    def length(begin: int) -> int:
        return min(together, first + runs - begin)

    def run_piece(begin: int, go_on: Optional[Tell]) -> Frame:
        return simulation.runs(seed, begin, length(begin), go_on)
    parts = in_pieces(run_piece, pieces, workers=workers, what="runs", total=runs, size=length, progress=progress)
    rows = _joined(parts, "run") if parts else simulation.runs(seed, first, 0)
    return Simulation(seed, simulation.fingerprint, currency, _ordered(rows))


def _ordered(rows: Frame) -> Frame:
    """Holders of a plan in the order of their names: which of them occur in which part does not matter."""
    names = list(rows)
    ordered = sorted(names, key=lambda name: name if name.startswith("holders.") else "")
    return rows if names == ordered else Frame({name: rows[name] for name in ordered})


def _simulation_of(what: Any, of_campaign: Dict[str, Any], of_plan: Dict[str, Any]) -> Simulated:
    if isinstance(what, (CampaignSimulation, PlanSimulation)):
        _refuse(f"a {type(what).__name__} has all it needs; what is given beside it has no use", of_campaign, of_plan)
        return what
    if isinstance(what, RevenuePlan):
        _refuse("a plan of revenue has no pledges; its chances are demand= and returns=", of_campaign)
        return PlanSimulation(what, _odds(of_plan.get("demand", 1000)), of_plan.get("returns", 0))
    if not isinstance(what, (Scenario, Terms)):
        raise TypeError(f"expected a Scenario, Terms or a RevenuePlan, got {what!r}")
    _refuse("a campaign sells no units; its chances are card_failure= and so on", of_plan)
    pledges, backers, offers = (of_campaign.pop(name, None) for name in ("pledges", "backers", "offers"))
    chances = PledgeChances(**of_campaign)
    drawn = backers is not None or offers is not None
    if isinstance(what, Scenario):
        if drawn or pledges is not None:
            raise TypeError("a scenario has its own pledges; give its terms to simulate others: scenario.terms")
        return CampaignSimulation.of_scenario(what, chances)
    if pledges is not None:
        if drawn:
            raise TypeError("give either pledges, or backers and offers")
        return CampaignSimulation.of_pledges(what, pledges, chances)
    if backers is None or offers is None:
        raise TypeError("terms alone have no pledges: give pledges=, or backers= and offers=")
    amounts = [(amount if isinstance(amount, Money) else Money(amount, what.currency), share)
               for amount, share in offers]
    return CampaignSimulation.of_offers(what, _odds(backers), amounts, chances)


def _refuse(advice: str, *given: Dict[str, Any]) -> None:
    names = [name for group in given for name in group]
    if names:
        raise TypeError(f"{advice} (given: {', '.join(names)})")


def _odds(given: Any) -> List[Tuple[int, int, int]]:
    """Lines of (from, to, weight) for a number, a range, or such lines."""
    if hasattr(given, "__index__"):
        return [(given, given, 1)]
    if isinstance(given, (str, float)):
        raise TypeError(f"expected a whole number, a range (from, to), or lines of (from, to, weight); got {given!r}")
    lines: List[Any] = list(given)
    if len(lines) == 2 and all(hasattr(line, "__index__") for line in lines):
        return [(lines[0], lines[1], 1)]
    return lines
