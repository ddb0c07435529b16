# SPDX-License-Identifier: BSL-1.0
"""Sweeps: one scenario under many changes of its terms, a row for each."""
from __future__ import annotations

import itertools
import json
import os
import pathlib
from typing import (
    Any,
    Callable,
    Dict,
    Iterable,
    Iterator,
    List,
    Mapping,
    NamedTuple,
    Optional,
    Sequence,
    Tuple,
    Union,
)

from ._core import Currency, Frame, Money, Scenario, __version__, _sweep_row, _swept_fingerprint
from ._parallel import Progress, Tell, in_pieces
from ._simulate import html_table

__all__ = ["Sweep", "SweepRow", "sweep"]

File = Union[str, "os.PathLike[str]"]

_LINE_BEGINS = b'{"crowdrules": "'


class SweepRow(NamedTuple):
    """One row of a sweep: what was changed, and what came out."""

    changes: Dict[str, Any]  #: values by path
    fingerprint: str  #: of the scenario so changed; empty where it could not be changed
    phase: Optional[str]  #: how the campaign ended: 'succeeded', 'failed', ...; None without figures
    refusals: int  #: commands refused that the scenario does not expect to be
    figures: Dict[str, Money]  #: every figure of the statement, by name
    problem: Optional[str]  #: why there are no figures


class Sweep(Sequence[SweepRow]):
    """The rows of a sweep, in the order of its points. Sweeps are equal when their rows are."""

    def __init__(self, rows: Iterable[SweepRow]) -> None:
        self.rows = tuple(rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, place: Any) -> Any:
        return self.rows[place]

    def __iter__(self) -> Iterator[SweepRow]:
        return iter(self.rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sweep) and self.rows == other.rows

    __hash__ = None  # type: ignore[assignment]

    @property
    def paths(self) -> List[str]:
        """Whatever some row changes."""
        return list(dict.fromkeys(path for row in self.rows for path in row.changes))

    def columns(self) -> Dict[str, List[Any]]:
        """One list for each path that is changed, and for `phase`, `refusals`, `problem` and every figure: what frames
        of pandas and polars are made of. Amounts are whole minor units; None where a row has none."""
        names = list(dict.fromkeys(name for row in self.rows for name in row.figures))
        columns: Dict[str, List[Any]] = {path: [row.changes.get(path) for row in self.rows] for path in self.paths}
        columns["phase"] = [row.phase for row in self.rows]
        columns["refusals"] = [row.refusals for row in self.rows]
        columns["problem"] = [row.problem for row in self.rows]
        for name in names:
            columns[name] = [row.figures[name].minor if name in row.figures else None for row in self.rows]
        return columns

    def frame(self) -> Frame:
        """The rows that have figures, as columns for Arrow: `row` (its place in the sweep), `phase`, `refusals` and
        every figure in minor units."""
        rows = [(place, row) for place, row in enumerate(self.rows) if row.figures]
        columns: Dict[str, List[Any]] = {"row": [place for place, _ in rows], "phase": [row.phase for _, row in rows],
                                         "refusals": [row.refusals for _, row in rows]}
        figures = rows[0][1].figures if rows else {}
        for name in figures:
            columns[name] = [row.figures[name].minor for _, row in rows]
        return Frame(columns, {name: amount.currency for name, amount in figures.items()})

    def save(self, path: File) -> None:
        """Writes the rows to a file, one line of JSON each, from which a later sweep can go on."""
        pathlib.Path(path).write_text("".join(map(_line_of, self.rows)), encoding="utf-8")

    @classmethod
    def load(cls, path: File) -> Sweep:
        """The rows of a file that `save` or a sweep wrote: of this version of crowdrules, and without a last line that
        was cut off. Values of changes that JSON has no word for come back as text."""
        return _whole_rows(path)[0]

    def __repr__(self) -> str:
        problems = [row.problem.strip() for row in self.rows if row.problem]
        without = f", {len(problems)} without figures: {problems[0]}" if problems else ""
        return f"<Sweep of {len(self.rows)} rows{without}>"

    def _repr_html_(self) -> str:
        differing = [name for name in dict.fromkeys(name for row in self.rows for name in row.figures)
                     if len({row.figures.get(name) for row in self.rows}) > 1]
        head = [*self.paths, "ended", *(name.replace("_", " ") for name in differing)]
        rows = [head]
        for row in self.rows[:50]:
            figures = (str(row.figures[name]) if name in row.figures else "-" for name in differing)
            rows.append([*(str(row.changes.get(path, "")) for path in self.paths), row.phase or row.problem or "",
                         *figures])
        shown = "" if len(self.rows) <= 50 else ", the first 50"
        return html_table(f"{len(self.rows)} rows{shown}", rows)


def _line_of(row: SweepRow) -> str:
    figures = {name: [amount.minor, amount.currency.code, amount.currency.digits]
               for name, amount in row.figures.items()}
    return json.dumps({"crowdrules": __version__, **row._asdict(), "figures": figures}, default=str) + "\n"


def _row_of(line: str) -> Optional[SweepRow]:
    """The row of a line; nothing for one of another version, whose rules may be others."""
    fields = json.loads(line)
    if fields.pop("crowdrules") != __version__:
        return None
    fields["figures"] = {name: Money(minor=minor, currency=Currency(code, digits))
                         for name, (minor, code, digits) in fields["figures"].items()}
    return SweepRow(**fields)


def _whole_rows(path: File) -> Tuple[Sweep, int]:
    """The rows of a file, and how many bytes of it they take: less than all where its last line was cut off."""
    rows = []
    length = 0
    for number, line in enumerate(pathlib.Path(path).read_bytes().splitlines(keepends=True), 1):
        try:
            if line.endswith(b"\n"):
                rows.append(_row_of(line.decode("utf-8")))
                length += len(line)
            elif not line.startswith(_LINE_BEGINS) and not _LINE_BEGINS.startswith(line):
                raise ValueError("it begins otherwise")
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise ValueError(f"{os.fspath(path)}, line {number}: is no row of a sweep: {error}") from None
    return Sweep(row for row in rows if row is not None), length


def sweep(scenario: Scenario, grid: Optional[Mapping[str, Sequence[Any]]] = None, *,
          points: Optional[Iterable[Mapping[str, Any]]] = None, workers: int = 1, progress: Progress = False,
          resume: Union[File, Iterable[SweepRow], None] = None) -> Sweep:
    """Plays a scenario once for each point: for every combination of the values of `grid`, the last path changing
    fastest, or for each of the changes of `points`.

    Paths are those under which terms are written in files ("goal", "limits.maximum", "fees.platform",
    "rewards[2].minimum"), and "settlement.failing" and "settlement.mended". Values are as files have them, or as Python
    has them: amounts as text or Money, shares as text or Decimal, a dict for a table.

    Rows do not depend on each other, so the result is the same with any number of `workers` (threads). `resume` has
    the rows of an earlier sweep, of which those that have the fingerprint of a point are taken over; or the path of a
    file, to which every new row is also added as it comes: so a sweep that was stopped goes on where it was. Ctrl-C
    ends it. `progress` is True for a bar, or a function of (rows done, rows in all); what it raises ends it too.

    A point that cannot be has a row with its `problem`, and no figures.

    >>> import crowdrules as cr
    >>> mugs = cr.parse_scenario('''
    ... timeline = [{ at = "launch + 1 day", pledge = { amount = "25.00", count = 40 } }]
    ... [scenario]
    ... title = "Mugs"
    ... [terms]
    ... currency = "USD"
    ... window = { opens = 2016-06-01T12:00:00Z, closes = 2016-07-01T12:00:00Z }
    ... model = { goal = "500.00" }
    ... charges = { retry_window = "7 days" }
    ... [terms.fees]
    ... platform = { bands = [{ rate = "5%" }], rounding = "half_up" }
    ... processing = { bands = [{ rate = "3%", fixed = "0.20" }], rounding = "half_up" }
    ... ''')
    >>> rows = cr.sweep(mugs, {"goal": ["500.00", "100000.00"]}, workers=2)
    >>> [(row.changes["goal"], row.phase, str(row.figures["paid"])) for row in rows]
    [('500.00', 'succeeded', '912.00 USD'), ('100000.00', 'failed', '0.00 USD')]
    """
    if (grid is None) == (points is None):
        raise TypeError("give either grid= or points=")
    wanted: List[Dict[str, Any]]
    if points is not None:
        wanted = [dict(point) for point in points]
    else:
        paths = dict(grid or {})
        for path, values in paths.items():
            if isinstance(values, str):
                raise TypeError(f"the values of {path!r} are a list: [{values!r}]")
        wanted = [dict(zip(paths, values)) for values in itertools.product(*paths.values())]
    if isinstance(resume, (str, os.PathLike)):
        earlier, length = _whole_rows(resume) if os.path.exists(resume) else (Sweep(()), 0)
        with open(resume, "a", encoding="utf-8", buffering=1) as file:
            file.truncate(length)
            return _swept(scenario, wanted, earlier, workers, progress, lambda row: file.write(_line_of(row)))
    return _swept(scenario, wanted, resume or (), workers, progress, lambda row: None)


def _swept(scenario: Scenario, points: List[Dict[str, Any]], earlier: Iterable[SweepRow], workers: int,
           progress: Progress, keep: Callable[[SweepRow], object]) -> Sweep:
    known = {row.fingerprint: row for row in earlier if row.fingerprint}

    def row_of(point: Dict[str, Any], go_on: Optional[Tell]) -> SweepRow:
        if known:
            row = known.get(_swept_fingerprint(scenario, point))
            if row is not None:
                return row._replace(changes=point)
        return SweepRow(changes=point, **_sweep_row(scenario, point, go_on))

    def keep_new(row: SweepRow) -> None:
        if row.fingerprint and row.fingerprint not in known:
            keep(row)
            known[row.fingerprint] = row
    return Sweep(in_pieces(row_of, points, workers=workers, what="rows", total=len(points), progress=progress,
                           each=keep_new))
