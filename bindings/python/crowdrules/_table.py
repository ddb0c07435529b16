# SPDX-License-Identifier: BSL-1.0
"""Many campaigns, one a row, settled with all their pledges: what `crowdrules settle --table` does."""
from __future__ import annotations

import csv
import datetime
import io
import os
import pathlib
from typing import Any, Callable, Dict, Mapping, NamedTuple, Optional, Tuple, Union

from . import _core
from ._column_in import names_of
from ._core import Frame, Money, RoundingMode, RulePack, TableCampaign, Terms, load_pack
from ._errors import ColumnError

__all__ = ["SettledTable", "TableRules", "campaign_table", "settle_table", "table_rules"]

_COLUMNS = ("title", "name", "project", "state", "currency", "goal", "pledged", "backers", "tier_minimums",
            "tier_backers")


class SettledTable(NamedTuple):
    """A table of campaigns, settled.

    `rows` has one row for each campaign: currency, outcome and figures in minor units, and in `unknown` which of these
    are 0 only because the rules do not say what they are: 'processing_fee', 'tax', or both with a blank between. An
    outcome of 'not_settled' says so of all of them. `totals` has their sums by currency, `doubtful` the place of each
    campaign whose figures contradict each other, and why; `unknown` the figures that are unknown, by currency.
    """

    rows: Frame
    totals: Dict[str, Dict[str, Union[int, Money]]]
    doubtful: Tuple[Tuple[int, str], ...]
    unknown: Dict[str, Tuple[str, ...]]


class TableRules(NamedTuple):
    """The terms for each currency of a table, by its code; the day whose rules they are; what they rest on; and the
    figures, by currency, that they do not establish: 'processing_fee', 'tax'."""

    terms: Dict[str, Terms]
    on: datetime.date
    notes: Tuple[str, ...]
    unknown: Dict[str, Tuple[str, ...]]


def table_rules(table: Any, pack: Union[RulePack, str], *, on: Union[datetime.date, str, None] = None,
                processing: Union[str, Mapping[str, str], None] = None,
                rounding: Union[RoundingMode, str] = "half_up") -> TableRules:
    """The terms by which a table of campaigns is settled, from one rule pack, as `crowdrules settle --table` has them.

    `on` is the day whose rules hold: without it the latest from which the pack has any. `processing` gives a processing
    fee as one line of text, by code of currency, or one for all whose fee the pack does not establish: "3% + 0.20;
    below 10.00: 5% + 0.05". `rounding` is that of processing fees, which no source establishes. What had to be left out
    stands in the notes.
    """
    given = {"": processing} if isinstance(processing, str) else dict(processing or {})
    text, source = _text_of(table)
    loaded = load_pack(pack) if isinstance(pack, str) else pack
    terms, day, notes, unknown = _core._table_rules(text, source, loaded, on, given, rounding)
    return TableRules(terms, day, tuple(notes), unknown)


def settle_table(table: Any, rules: Union[TableRules, Terms, Mapping[str, Terms]], *,
                 progress: Optional[Callable[[int, int], object]] = None) -> SettledTable:
    """Settles every campaign of a table.

    `table` is a path of a CSV file, or a frame or dict with the columns title, project, currency, goal, pledged,
    backers, tier_minimums, tier_backers: amounts as text or decimals, tiers as texts with blanks between. A table knows
    totals, so the pledges are made up by one rule: who took a tier pledged its minimum, and what was pledged above the
    minimums is spread evenly. `rules` has the terms for each currency: window, fees, charges, payouts; `table_rules`
    makes them of a rule pack. A processing fee that terms do not state is unknown, and every row says so; one that is
    known to be nothing has a band of 0%.

    Ctrl-C stops it. Raises TextError with line and column for a cell that cannot be read.
    """
    text, source = _text_of(table)
    unknown: Mapping[str, Tuple[str, ...]] = {}
    if isinstance(rules, TableRules):
        unknown, rules = rules.unknown, rules.terms
    by_currency = {rules.currency.code: rules} if isinstance(rules, Terms) else dict(rules)
    return SettledTable(*_core._settle_table(text, source, by_currency, dict(unknown), progress))


def campaign_table(table: Any) -> Tuple[TableCampaign, ...]:
    """The campaigns of a table such as `settle_table` takes, one by one: each with its pledges, made up by the same
    rule, and its terms.

    >>> table = {"title": ["Mugs"], "project": [""], "currency": ["USD"], "goal": ["100.00"], "pledged": ["155.00"],
    ...          "backers": [7], "tier_minimums": ["20.00"], "tier_backers": ["5"]}
    >>> mugs, = campaign_table(table)
    >>> list(mugs.pledges()["amount"])
    [2786, 2786, 2786, 2786, 2786, 785, 785]
    """
    return _core._campaign_table(*_text_of(table))


def _text_of(table: Any) -> Tuple[str, str]:
    if isinstance(table, (str, os.PathLike)):
        return pathlib.Path(table).read_text(encoding="utf-8"), os.fspath(table)
    return _as_csv(table), "table"


def _as_csv(frame: Any) -> str:
    # pyarrow has the names apart from the columns.
    there = names_of(frame) or list(getattr(frame, "column_names", getattr(frame, "columns", ())))
    names = [name for name in _COLUMNS if name in there]  # which of them a table must have, its reader says
    columns = []
    for name in names:
        column = frame[name]
        listed = getattr(column, "to_list", None) or getattr(column, "tolist", None)
        values = listed() if listed else column
        if any(isinstance(value, float) for value in values):
            raise TypeError(f"column '{name}' holds binary floating point, which holds no exact amounts; read it as "
                            f"text: pandas.read_csv(..., dtype=str)")
        columns.append(list(values))
        if len(columns[-1]) != len(columns[0]):
            raise ColumnError(f"column '{name}': has {len(columns[-1])} rows, but '{names[0]}' has {len(columns[0])}",
                              name)
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(zip(*columns))
    return written.getvalue()
