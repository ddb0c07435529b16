# SPDX-License-Identifier: BSL-1.0
"""Many campaigns, one a row, settled with all their pledges: what `crowdrules settle --table` does."""
from __future__ import annotations

import csv
import io
import os
import pathlib
from typing import Any, Callable, Dict, Mapping, NamedTuple, Optional, Tuple, Union

from . import _core
from ._core import Frame, Money, Terms

__all__ = ["SettledTable", "settle_table"]

_COLUMNS = ("title", "project", "currency", "goal", "pledged", "backers", "tier_minimums", "tier_backers")


class SettledTable(NamedTuple):
    """A table of campaigns, settled.

    `rows` has one row for each campaign: currency, outcome and figures in minor units. `totals` has their sums by
    currency, `doubtful` the place of each campaign whose figures contradict each other, and why.
    """

    rows: Frame
    totals: Dict[str, Dict[str, Union[int, Money]]]
    doubtful: Tuple[Tuple[int, str], ...]


def settle_table(table: Any, rules: Union[Terms, Mapping[str, Terms]], *,
                 progress: Optional[Callable[[int, int], object]] = None) -> SettledTable:
    """Settles every campaign of a table.

    `table` is a path of a CSV file, or a frame or dict with the columns title, project, currency, goal, pledged,
    backers, tier_minimums, tier_backers: amounts as text or decimals, tiers as texts with blanks between. A table knows
    totals, so the pledges are made up by one rule: who took a tier pledged its minimum, and what was pledged above the
    minimums is spread evenly. `rules` has the terms for each currency: window, fees, charges, payouts.

    Ctrl-C stops it. Raises TextError with line and column for a cell that cannot be read.
    """
    if isinstance(table, (str, os.PathLike)):
        text, source = pathlib.Path(table).read_text(encoding="utf-8"), os.fspath(table)
    else:
        text, source = _as_csv(table), "table"
    by_currency = {rules.currency.code: rules} if isinstance(rules, Terms) else dict(rules)
    rows, totals, doubtful = _core._settle_table(text, source, by_currency, progress)
    return SettledTable(rows, totals, doubtful)


def _as_csv(frame: Any) -> str:
    columns = []
    for name in _COLUMNS:
        column = frame[name]
        listed = getattr(column, "to_list", None) or getattr(column, "tolist", None)
        values = listed() if listed else column
        if any(isinstance(value, float) for value in values):
            raise TypeError(f"column '{name}' holds binary floating point, which holds no exact amounts; read it as "
                            f"text: pandas.read_csv(..., dtype=str)")
        columns.append(list(values))
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows(zip(*columns))
    return written.getvalue()
