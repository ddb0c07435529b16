# SPDX-License-Identifier: BSL-1.0
"""Columns that are neither a buffer nor Arrow: those of pandas, and plain lists. No other library is imported."""
from __future__ import annotations

import array
import difflib
import operator
from typing import Any, Optional, Sequence, Tuple

from ._errors import ColumnError


class UsualName(str):
    """The name that a column has unless the caller says another: a frame need not have that column."""


def stated(*names: Optional[str]) -> Tuple[str, ...]:
    """Those of these names of columns that the caller has said: a frame must have those columns."""
    return tuple(name for name in names if name is not None and not isinstance(name, UsualName))


def plain(given: Any, name: str, truths: bool) -> Any:
    """The same column as something with the buffer protocol, or of Arrow. Refuses what is none, with advice.

    `truths` says that truth values are taken too, as 1 and 0.
    """
    if type(given).__module__.partition(".")[0] == "pandas":
        return _of_pandas(given, name, truths)
    if isinstance(given, (list, tuple, range)):
        for row, value in enumerate(given):
            if not hasattr(value, "__index__") or (isinstance(value, bool) and not truths):
                raise ColumnError(f"column '{name}', row {row}: expected an int of minor units, got {value!r}", name,
                                  row)
        try:
            return array.array("q", given)
        except OverflowError:
            row = next(row for row, value in enumerate(given) if not -(2**63) <= operator.index(value) < 2**63)
            raise ColumnError(f"column '{name}', row {row}: beyond 64 bits of minor units", name, row) from None
    raise TypeError(f"column '{name}' is no column: expected a NumPy array of int64, a column of pandas or of anything "
                    f"with the Arrow PyCapsule interface, or a list of ints; got {type(given).__name__}")


def names_of(frame: Any) -> Any:
    """The names of the columns of a frame that is not of Arrow; None for what is a single column."""
    if isinstance(frame, dict):
        return list(frame)
    kinds = getattr(getattr(frame, "dtype", None), "names", None)  # records of NumPy
    if kinds:
        return list(kinds)
    module, _, _ = type(frame).__module__.partition(".")
    if module == "pandas" and hasattr(frame, "columns"):
        return list(map(str, frame.columns))
    if hasattr(frame, "collect") and not hasattr(frame, "__len__"):
        raise TypeError(f"a {type(frame).__name__} is a query that has not run; run it first: frame.collect()")
    return None


def no_column(name: str, names: Sequence[str]) -> ColumnError:
    """The refusal of a frame that lacks a column; without any names it is one column alone."""
    if not names:
        return ColumnError(f"column '{name}': is not there: what was given is one column, not a frame; give a dict of "
                           f"columns, or leave the name away", name)
    near = difflib.get_close_matches(name, names, 1)
    advice = f"; did you mean '{near[0]}'?" if near else ""
    return ColumnError(f"column '{name}': is not in the frame, which has: {', '.join(names)}{advice}", name)


def masked(given: Any, name: str) -> Optional[ColumnError]:
    """The refusal of an array of which some values are masked; None where none is."""
    mask = given.mask
    if not hasattr(mask, "argmax") or not mask.any():
        return None
    return _missing(name, int(mask.argmax()))


def _missing(name: str, row: int) -> ColumnError:
    return ColumnError(f"column '{name}', row {row}: is missing; every row needs a value: fill or drop those rows",
                       name, row)


def texts(given: Any, name: str) -> Any:
    """The texts of a column, for those few columns that hold some."""
    listed = given.tolist() if hasattr(given, "tolist") else list(given)
    for row, value in enumerate(listed):
        if not isinstance(value, str):
            raise ColumnError(f"column '{name}', row {row}: expected the code of a currency, such as USD, got "
                              f"{value!r}", name, row)
    return listed


def _of_pandas(series: Any, name: str, truths: bool) -> Any:
    if not hasattr(series, "dtype"):
        raise TypeError(f"column '{name}': expected one column, got a {type(series).__name__}; choose one: "
                        f"frame['{name}']")
    missing = series.isna()
    if missing.any():
        raise _missing(name, int(missing.argmax()))
    kind = str(series.dtype).lower()
    if kind.endswith("[pyarrow]") and not kind.startswith(("float", "double")):
        return series.array.__arrow_array__()
    if truths and kind in ("bool", "boolean"):
        return series.to_numpy(dtype="int64")
    if kind.startswith("float"):
        raise TypeError(f"column '{name}' holds binary floating point, which holds no exact amounts; make whole minor "
                        f"units of it in a way that you choose, such as (column * 100).round().astype('int64')")
    if not kind.startswith("int64"):
        raise TypeError(f"column '{name}' holds {series.dtype}; convert it: column.astype('int64') of minor units")
    return series.to_numpy(dtype="int64")


def to_pandas(frame: Any) -> Any:
    """A frame as one of pandas: names as categories, decimals as decimal.Decimal."""
    import numpy
    import pandas  # type: ignore

    def of(column: Any) -> Any:
        if column.categories is not None:
            return pandas.Categorical.from_codes(numpy.asarray(column), list(column.categories))
        return list(column) if column.is_decimal else numpy.asarray(column)

    return pandas.DataFrame({name: of(frame[name]) for name in frame})
