# SPDX-License-Identifier: BSL-1.0
"""Writes the types of the compiled module, from what the module says of itself.

    PYTHONPATH=build/release/bindings/python python3 bindings/python/stubs.py FILE

The build does that for the file beside the module, where editors and mypy look for it.
"""
from __future__ import annotations

import enum
import inspect
import pathlib
import re
import sys
import textwrap
from typing import Any, Iterator, List

sys.path.pop(0)  # the folder of this file holds the package without its compiled part
from crowdrules import _core

HEAD = '''# SPDX-License-Identifier: BSL-1.0
# Written by bindings/python/stubs.py when the module is built.
import datetime
import decimal
import enum
import fractions
from typing import Any, Dict, Iterable, Iterator, Mapping, Optional, Tuple, Union

from ._named import Named

_Number = Union[decimal.Decimal, fractions.Fraction, int, str]
_Time = Union[datetime.datetime, str]
_Span = Union[datetime.timedelta, str]
_Day = Union[datetime.date, str]

__version__: str
'''
# What is wider on its way in than on its way out.
GIVEN = {
    "decimal.Decimal": "_Number", "datetime.datetime": "_Time", "datetime.timedelta": "_Span", "datetime.date": "_Day",
    "Currency": "Union[Currency, str]", "Money": "Union[Money, str]", "Rounding": "Union[Rounding, RoundingMode, str]",
    "enum.Enum": "Union[enum.Enum, str]", "Split": "Union[Split, AllocationMethod, str]",
}
# Fields that may be given in a shorter form.
SHORTER = {
    "Tuple[Share, ...]": "Union[Iterable[Share], Mapping[int, int]]",
    "Union[decimal.Decimal, PreferredReturn]": "Union[_Number, PreferredReturn]",
    "Tuple[DatedSplit, ...]": "Union[SplitTerms, Iterable[DatedSplit]]",
    "Tuple[DatedRates, ...]": "Union[RateTerms, Iterable[DatedRates]]",
}
# Members whose type a signature does not name.
MEMBERS = {
    ("Due", "kind"): "DueKind", ("Payout", "kind"): "PayoutKind", ("Statement", "phase"): "Phase",
    ("Campaign", "phase"): "Phase", ("Refusal", "code"): "RejectionCode", ("RulePack", "kind"): "PackKind",
    ("ComparedCampaign", "statement"): "Optional[Statement]", ("ComparedCampaign", "terms"): "Optional[Terms]",
    ("CampaignComparison", "figures"): "Dict[str, Tuple[Optional[Money], ...]]",
    ("CampaignComparison", "differing"): "Dict[str, Tuple[Optional[Money], ...]]",
    ("PlanComparison", "holders"): "Dict[str, Tuple[Optional[decimal.Decimal], ...]]",
    ("RevenueNote", "state"): "NoteState",
}


def given(text: str) -> str:
    """A type as an argument may have it."""
    if text in SHORTER:
        return SHORTER[text]
    names = {name: f"Union[{name}, str]" for name, value in vars(_core).items()
             if inspect.isclass(value) and issubclass(value, enum.Enum)}
    text = re.sub(r"Tuple\[(.*), \.\.\.\]", lambda found: f"Iterable[{given(found[1])}]", text)
    text = re.sub(r"^Dict\[", "Mapping[", text)
    if text.startswith("Union["):
        return text
    return re.sub(r"[\w.]+", lambda found: {**GIVEN, **names}.get(found[0], found[0]), text)


def plain(text: str) -> str:
    """A type as pybind11 writes it, as Python does."""
    text = re.sub(r"crowdrules\._core\.|crowdrules(\.|::)", "", text.strip())
    # pybind11 3 says more than 2, of which one and the same text is made.
    text = re.sub(r"typing\.SupportsInt( \| typing\.SupportsIndex)?", "int", text)
    text = re.sub(r"typing_extensions\.CapsuleType|types\.CapsuleType|collections\.abc\.Callable", "object", text)
    text = re.sub(r"collections\.abc\.", "", text)
    text = re.sub(r"^tuple\[.*\]$", "tuple", text)
    text = re.sub(r"\btuple\[", "Tuple[", text)
    renamed = {"object": "Any", "handle": "Any", "tuple": "Tuple[Any, ...]", "dict": "Dict[str, Any]",
               "iterator": "Iterator[Any]", "iterable": "Iterable[Any]", "args": "Any", "kwargs": "Any",
               "buffer": "Any", "capsule": "Any", "function": "Any"}
    text = re.sub(r"\b[\w.]+\b", lambda found: renamed.get(found[0], found[0]), text)
    return re.sub(r"\bIterable\b(?!\[)", "Iterable[Any]", text)


def split(parameters: str) -> Iterator[str]:
    """At the commas that are in no bracket or text."""
    depth, start, quoted = 0, 0, False
    for at, letter in enumerate(parameters + ","):
        if letter == "'":
            quoted = not quoted
        elif not quoted and letter in "([{<":
            depth += 1
        elif not quoted and letter in ")]}>":
            depth -= 1
        elif letter == "," and depth == 0 and not quoted:
            if parameters[start:at].strip():
                yield parameters[start:at].strip()
            start = at + 1


def signature(function: Any, name: str, *, static: bool = False, method: bool = False) -> str:
    first = (function.__doc__ or "").splitlines()[0]
    found = re.fullmatch(r"\w*\((.*)\) -> (.*)", first)
    if not found:
        return f"def {name}({'self, ' if method and not static else ''}*args: Any, **kwargs: Any) -> Any: ..."
    parameters: List[str] = []
    for place, parameter in enumerate(split(found[1])):
        label, _, rest = parameter.partition(":")
        kind, _, default = rest.partition(" = ")
        if label == "/":
            continue
        if label.startswith("*"):
            parameters.append(label + (": Any" if label != "*" else ""))
        elif method and not static and place == 0:
            parameters.append("self")
        else:
            kind = given(plain(kind))
            if default.strip() == "None" and not kind.startswith("Optional") and kind != "Any":
                kind = f"Optional[{kind}]"
            parameters.append(f"{label.strip()}: {kind}" + (" = ..." if default else ""))
    known = {"__init__": "None", "__iter__": "Iterator[Any]", "__eq__": "bool", "__hash__": "int", "__repr__": "str",
             "__str__": "str"}
    back = known.get(name) or plain(found[2])
    if name == "__eq__":
        parameters = ["self", "other: object"]
    return f"def {name}({', '.join(parameters)}) -> {back}: ..."


def members_of(cls: Any) -> Iterator[str]:
    fields = getattr(cls, "_fields", None) or {}
    if fields:
        parameters, optional = ["self"], False
        for name, (kind, required) in fields.items():
            if required and optional and "*" not in parameters:
                parameters.append("*")
            optional = optional or not required
            wide = given(kind) if name != "closes" else f"Optional[{given(kind)}]"
            parameters.append(f"{name}: {wide}" + ("" if required else " = ..."))
        yield f"def __init__({', '.join(parameters)}) -> None: ..."
    for name, (kind, _) in fields.items():
        yield (f"@property\ndef {name}(self) -> {f'Optional[{kind}]' if name == 'closes' else kind}:\n"
               f"    {vars(cls)[name].__doc__!r}")
    skipped = {"__new__", "__doc__", "__module__", "__reduce__", "__copy__", "__deepcopy__", "__match_args__",
               "_fields", "__dict__", "__weakref__", "__annotations__", "_pybind11_conduit_v1_"}
    for name, value in sorted(vars(cls).items()):
        if name in fields or name in skipped or (name == "__init__" and (fields or "(self:" not in str(value.__doc__))):
            continue
        if name == "with_" and fields:
            yield f"def with_(self, **changes: Any) -> {cls.__name__}: ..."
        elif isinstance(value, property):
            found = re.search(r"-> (.*)", (value.fget.__doc__ or "").splitlines()[0] if value.fget else "")
            kind = MEMBERS.get((cls.__name__, name), plain(found[1]) if found else "Any")
            yield f"@property\ndef {name}(self) -> {kind}: ..."
        elif isinstance(value, staticmethod):
            yield "@staticmethod\n" + signature(value.__func__, name, static=True)
        elif name == "__hash__" and value is None:
            yield "__hash__: None  # type: ignore[assignment]"
        elif callable(value):
            yield signature(value, name, method=True)


def written() -> str:
    text = [HEAD]
    for name, value in vars(_core).items():
        if name.startswith("__"):
            continue
        if inspect.isclass(value) and issubclass(value, enum.Enum):
            members = "".join(f'    {member} = "{member}"\n' for member in value.__members__)
            text.append(f"\nclass {name}(Named):\n{members}")
        elif inspect.isclass(value):
            body = "\n".join(members_of(value)) or "..."
            text.append(f"\nclass {name}:\n" + "".join(f"    {line}\n" for line in body.splitlines()))
        elif callable(value):
            text.append("\n" + signature(value, name) + "\n")
    return "".join(folded(line) + "\n" for line in "".join(text).splitlines())


def folded(line: str) -> str:
    """A long signature with a line for each of its parameters."""
    found = re.fullmatch(r"( *)(def \w+)\((.*)\)( -> .*)", line)
    if len(line) <= 120 or not found:
        return line
    indent, head, parameters, back = found.groups()
    lines = [f"{indent}{head}(", *[f"{indent}    {parameter}," for parameter in split(parameters)], f"{indent}){back}"]
    return "\n".join(textwrap.fill(line, 120, subsequent_indent=f"{indent}        ", drop_whitespace=True,
                                   break_long_words=False, break_on_hyphens=False) for line in lines)


if __name__ == "__main__":
    path = pathlib.Path(sys.argv[1])
    path.unlink(missing_ok=True)  # it may be a link
    path.write_text(written(), encoding="utf-8")
