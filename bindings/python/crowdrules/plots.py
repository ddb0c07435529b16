# SPDX-License-Identifier: BSL-1.0
"""Charts drawn with matplotlib, which is loaded when something is drawn and not before.

    axes = crowdrules.plots.draw(crowdrules.money_chart(campaign))
    axes.figure.savefig("money.png")

Figures stay whole numbers up to the moment they become places on the paper. Parts differ by pattern as well as by
colour, everything has its name beside it, and amounts are written in full or in millions of their currency.
"""
from __future__ import annotations

import decimal
import functools
import importlib
import operator
from typing import Any, Dict, List, Optional, Sequence, Tuple

from ._core import BarChart, CalendarChart, FlowChart, RangeChart, TimeChart

__all__ = ["draw"]

COLOURS = ("#1f5f9e", "#b3540c", "#1f7a4d", "#7a3f98", "#5d646d", "#ffffff")
PALE = ("#1f5f9e", "#fbe6d3", "#d9efe2", "#ecdff2", "#e6e8eb", "#ffffff")
HATCHES = ("", "////", "....", "++", "--", "")
DASHES = ("-", "--", ":", "-.")
SCALES = ((15, "quadrillion "), (12, "trillion "), (9, "billion "), (6, "million "))


def _part(name: str) -> Any:
    """A module of matplotlib, loaded when it is needed."""
    try:
        return importlib.import_module("matplotlib." + name)
    except ImportError as missing:
        raise ImportError("crowdrules.plots draws with matplotlib: apt-get install python3-matplotlib, or "
                          "pip install matplotlib") from missing


def number(figure: int, decimals: int) -> str:
    """"10,266,845.00": a figure with all its decimals and a true minus sign."""
    text = f"{decimal.Decimal(figure).scaleb(-decimals):,.{decimals}f}"
    return text.replace("-", "\N{MINUS SIGN}")


def _short(name: str, most: int) -> str:
    return name if len(name) <= most else name[:most - 1] + "\N{HORIZONTAL ELLIPSIS}"


def _fill(part: int) -> Dict[str, Any]:
    """How a part is filled: by pattern and colour."""
    place = part % len(HATCHES)
    return {"facecolor": PALE[place], "edgecolor": COLOURS[place] if place < 5 else "#1d2229",
            "hatch": HATCHES[place], "linewidth": 0.8}


def _axes(chart: Any, ax: Optional[Any], height: float) -> Any:
    if ax is None:
        _, ax = _part("pyplot").subplots(figsize=(8.0, height), layout="constrained")
    ax.set_title(_short(chart.title, 70), loc="left", fontweight="bold", parse_math=False)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    return ax


def _scale(chart: Any, figures: Sequence[int]) -> Tuple[int, str]:
    """Of how many zeros the labels are relieved, and how the unit is called then."""
    largest = max((abs(figure) for figure in figures), default=0)
    for zeros, word in SCALES:
        if largest >= 10 ** (chart.decimals + zeros):
            return zeros, word + chart.unit
    return 0, chart.unit


def _amounts(chart: Any, axis: Any, figures: Sequence[int]) -> None:
    """Labels an axis whose places are figures in minor units."""
    ticker = _part("ticker")
    zeros, name = _scale(chart, figures)
    places = chart.decimals + zeros
    axis.set_major_locator(ticker.MaxNLocator(nbins=6, steps=[1, 2, 5, 10], integer=True))

    def label(place: float, _: Any = None) -> str:
        exact = decimal.Decimal(round(place)).scaleb(-places).normalize()
        return f"{exact:,f}".replace("-", "\N{MINUS SIGN}")
    axis.set_major_formatter(ticker.FuncFormatter(label))
    axis.set_label_text(name)


def _apart(places: List[float], least: float) -> List[float]:
    """The places, ascending, moved up until each is at least so far from the one before."""
    moved: List[float] = []
    for place in places:
        moved.append(max(place, moved[-1] + least) if moved else place)
    return moved


@functools.singledispatch
def draw(chart: Any, ax: Optional[Any] = None) -> Any:
    """Draws a chart on `ax`, or on a figure of its own; returns the axes."""
    raise TypeError(f"a chart is drawn, such as money_chart(campaign), not {type(chart).__name__}")


def _moments(chart: TimeChart, ax: Any) -> None:
    """Marks moments, with their names on top; of moments close to each other, each name below the one before."""
    moments = sorted(chart.moments, key=operator.itemgetter(1))
    days = [when for _, when in moments] + [point[0] for _, points, _ in chart.lines for point in points]
    row = 0
    for place, (name, when) in enumerate(moments):
        ax.axvline(when, color="#59616b", linestyle=":", linewidth=1)
        is_late = (when - min(days)) * 4 > (max(days) - min(days)) * 3  # its name has no room on the right
        row = row + 1 if place > 0 and (when - moments[place - 1][1]) * 6 < max(days) - min(days) else 0
        ax.annotate(name, (when, 1), xycoords=("data", "axes fraction"),
                    xytext=(-3 if is_late else 3, -2 - 12 * (row % 3)), textcoords="offset points", va="top",
                    ha="right" if is_late else "left", fontsize=8, color="#59616b", parse_math=False)


@draw.register
def _draw_time(chart: TimeChart, ax: Optional[Any] = None) -> Any:
    dates = _part("dates")
    ax = _axes(chart, ax, 4.2)
    figures = [figure for _, points, _ in chart.lines for _, figure in points] + [figure for _, figure in chart.levels]
    figures += [figure for _, points in chart.bands for _, low, high in points for figure in (low, high)]
    labels: List[Tuple[float, str]] = []
    for place, (name, points) in enumerate(chart.bands):
        if points:
            when, low, high = zip(*points)
            ax.fill_between(when, [float(f) for f in low], [float(f) for f in high], alpha=0.6, **_fill(4 - place))
            labels.append((float(high[-1]), _short(name, 22)))
    for place, (name, points, steps) in enumerate(chart.lines):
        if points:
            when, values = zip(*points)
            ax.plot(when, [float(value) for value in values], DASHES[place % 4], color=COLOURS[place % 5],
                    drawstyle="steps-post" if steps else "default", linewidth=2)
            ax.plot(when[-1:], [float(values[-1])], "o", color=COLOURS[place % 5], markersize=5)
            labels.append((float(values[-1]), f"{_short(name, 22)}\n{number(values[-1], chart.decimals)}"))
    for name, figure in chart.levels:
        ax.axhline(float(figure), color="#1d2229", linestyle=(0, (5, 4)), linewidth=1)
        labels.append((float(figure), f"{_short(name, 22)}\n{number(figure, chart.decimals)}"))
    top = max((float(figure) for figure in figures if figure > 0), default=1.0)
    bottom = min((float(figure) for figure in figures if figure < 0), default=0.0)
    ax.set_ylim(bottom * 1.05, top * (1.2 if chart.moments else 1.05))
    _moments(chart, ax)
    labels.sort()
    for (level, text), shown in zip(labels, _apart([level for level, _ in labels], (top - bottom) / 9)):
        ax.annotate(text, (1, level), xycoords=("axes fraction", "data"), xytext=(1.03, shown),
                    textcoords=("axes fraction", "data"), va="center", fontsize=8, annotation_clip=False,
                    parse_math=False, arrowprops={"arrowstyle": "-", "color": "#d5d9de"})
    _amounts(chart, ax.yaxis, figures)
    locator = dates.AutoDateLocator(minticks=3, maxticks=8)
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(dates.ConciseDateFormatter(locator))
    ax.set_xlabel("dates in UTC")
    return ax


def _rows(chart: Any, ax: Any, names: Sequence[str], notes: Sequence[str]) -> None:
    """Names of rows above their bars on the left, figures on the right, the first row on top."""
    for row, (name, note) in enumerate(zip(names, notes)):
        ax.annotate(_short(name, 44), (0, row - 0.31), xycoords=("axes fraction", "data"), fontsize=9,
                    fontweight="bold", parse_math=False)
        ax.annotate(note, (1, row - 0.31), xycoords=("axes fraction", "data"), fontsize=9, ha="right", parse_math=False)
    ax.set_ylim(len(names) - 0.4, -0.75)
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)
    ax.grid(axis="x", color="#d5d9de", linewidth=0.7)
    ax.set_axisbelow(True)


def _span(ax: Any, low: int, high: int) -> None:
    """The axis of rows from `low` to `high`, with a little room beside what is drawn."""
    room = max(high - low, 1) / 40
    ax.set_xlim(float(low) - (room if low else 0), float(high) + room)


def _legend(ax: Any, parts: Sequence[Tuple[int, str]], line: str = "") -> None:
    """What the patterns mean, and a line across them, below the labels of the axis."""
    patches = _part("patches")
    transforms = _part("transforms")
    below = transforms.ScaledTranslation(0, -38 / 72, ax.figure.dpi_scale_trans)
    handles = [patches.Patch(**_fill(fill)) for fill, _ in parts]
    names = [_short(name, 40) for _, name in parts]
    if line:
        handles.append(_part("lines").Line2D([], [], color="#1d2229", linewidth=2, linestyle="none", marker="|",
                                             markersize=12, markeredgewidth=2))
        names.append(_short(line, 40))
    ax.legend(handles, names,
              loc="upper center", bbox_to_anchor=(0.5, 0), bbox_transform=ax.transAxes + below, ncols=3, frameon=False,
              fontsize=8)


@draw.register
def _draw_bars(chart: BarChart, ax: Optional[Any] = None) -> Any:
    ax = _axes(chart, ax, 1.4 + 0.52 * max(len(chart.bars), 1))
    figures: List[int] = [0]
    for row, (_, values, limit, _) in enumerate(chart.bars):
        right = left = 0
        for part, value in enumerate(values):
            start = left if value < 0 else right
            ax.barh(row, float(value), left=float(start), height=0.42, **_fill(part))
            if value < 0:
                left += value
            else:
                right += value
        figures += [left, right]
        if limit is not None:
            ax.plot([float(limit)] * 2, [row - 0.25, row + 0.25], "--", color="#1d2229", linewidth=1.2)
            figures.append(limit)
    notes = [note or f"{number(sum(values), chart.decimals)} {chart.unit}" for _, values, _, note in chart.bars]
    _rows(chart, ax, [bar[0] for bar in chart.bars], notes)
    _amounts(chart, ax.xaxis, figures)
    _span(ax, min(figures), max(figures))
    if len(chart.parts) > 1:
        _legend(ax, list(enumerate(chart.parts)))
    return ax


@draw.register
def _draw_ranges(chart: RangeChart, ax: Optional[Any] = None) -> Any:
    ax = _axes(chart, ax, 1.6 + 0.52 * max(len(chart.ranges), 1))
    figures: List[int] = []
    notes = []
    for row, (_, low, lower, middle, upper, high) in enumerate(chart.ranges):
        ax.barh(row, float(high - low), left=float(low), height=0.26, **_fill(1))
        ax.barh(row, float(upper - lower), left=float(lower), height=0.42, **_fill(0))
        ax.plot([float(middle)] * 2, [row - 0.24, row + 0.24], color="#1d2229", linewidth=2)
        figures += [low, high]
        notes.append(f"{number(middle, chart.decimals)} ({number(low, chart.decimals)} to "
                     f"{number(high, chart.decimals)})")
    _rows(chart, ax, [one[0] for one in chart.ranges], notes)
    _amounts(chart, ax.xaxis, figures)
    low, high = min(figures, default=0), max(figures, default=0)
    # From zero, but where that would press everything to the edge.
    _span(ax, low if 0 < high < 2 * low and low < high else min(low, 0), max(high, 0))
    _legend(ax, [(1, chart.outer), (0, chart.inner)], chart.middle)
    return ax


@draw.register
def _draw_flow(chart: FlowChart, ax: Optional[Any] = None) -> Any:
    patches = _part("patches")
    path = _part("path")
    ax = _axes(chart, ax, 4.6)
    ax.set_axis_off()
    into = [sum(value for _, to, value in chart.links if to == node) for node in range(len(chart.nodes))]
    out = [sum(value for start, _, value in chart.links if start == node) for node in range(len(chart.nodes))]
    whole = [max(both) for both in zip(into, out)]
    columns = max((column for _, column, _ in chart.nodes), default=0) + 1
    most = max((sum(whole[i] for i, (_, c, _) in enumerate(chart.nodes) if c == column) for column in range(columns)),
               default=0)
    if most == 0:
        ax.text(0, 0.5, "No money has moved.", transform=ax.transAxes)
        return ax
    slot, free = 0.11, [0.0] * columns
    top: List[float] = []
    for (_, column, _), size in zip(chart.nodes, whole):
        top.append(free[column])
        if size:
            free[column] += max(size / most, slot) + 0.03
    given, taken = [0] * len(chart.nodes), [0] * len(chart.nodes)
    for start, to, value in chart.links:
        if value == 0:
            continue
        x0, x1 = chart.nodes[start][1] + 0.04, float(chart.nodes[to][1])
        y0, y1 = top[start] + given[start] / most, top[to] + taken[to] / most
        given[start] += value
        taken[to] += value
        e0, e1, mid = top[start] + given[start] / most, top[to] + taken[to] / most, (x0 + x1) / 2
        corners = [(x0, y0), (mid, y0), (mid, y1), (x1, y1), (x1, e1), (mid, e1), (mid, e0), (x0, e0), (x0, y0)]
        codes = [path.Path.MOVETO] + [path.Path.CURVE4] * 3 + [path.Path.LINETO] + [path.Path.CURVE4] * 3 + \
            [path.Path.CLOSEPOLY]
        fill = _fill(chart.nodes[to][2])
        fill["linewidth"] = 0.2
        ax.add_patch(patches.PathPatch(path.Path(corners, codes), alpha=0.45, **fill))
    for (name, column, fill_of), size, y in zip(chart.nodes, whole, top):
        if not size:
            continue
        ax.add_patch(patches.Rectangle((column, y), 0.04, max(size / most, 0.004), **_fill(fill_of)))
        middle = y + size / most / 2 if size / most > slot else y + slot / 2
        ax.text(column + 0.06, middle, f"{_short(name, 26)}\n{number(size, chart.decimals)} {chart.unit}",
                va="center", fontsize=8, parse_math=False,
                bbox={"facecolor": "white", "alpha": 0.7, "edgecolor": "none", "pad": 0.5})
    ax.set_xlim(0, columns - 0.25)
    ax.set_ylim(max(free) + 0.02, -0.02)
    return ax


@draw.register
def _draw_calendar(chart: CalendarChart, ax: Optional[Any] = None) -> Any:
    dates = _part("dates")
    rows = [(name, when, None, None, "", True) for name, when in chart.moments] + list(chart.rows)
    ax = _axes(chart, ax, 1.2 + 0.5 * max(len(rows), 1))
    notes = []
    for row, (_, start, end, figure, note, done) in enumerate(rows):
        days = f"{start:%Y-%m-%d}" + (f" to {end:%Y-%m-%d}" if end else "")
        notes.append(f"{note} {days}".strip() + ("" if figure is None else
                                                 f": {number(figure, chart.decimals)} {chart.unit}"))
        if end:
            ax.barh(row, end - start, left=start, height=0.3, **_fill(0 if done else 1))
        else:
            ax.plot([start], [row], "o", color=COLOURS[0], markersize=9, fillstyle="full" if done else "none")
    _rows(chart, ax, [row[0] for row in rows], notes)
    locator = dates.AutoDateLocator(minticks=3, maxticks=8)
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(dates.ConciseDateFormatter(locator))
    ax.set_xlabel("dates in UTC")
    ax.margins(x=0.03)
    return ax
