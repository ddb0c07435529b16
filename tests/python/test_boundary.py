# SPDX-License-Identifier: BSL-1.0
"""What other code hands over may be anything: values without an end, structures that cannot be, objects that were never
made. Each is refused with the place and a reason; none ends the process."""
import copy
import ctypes
import datetime
import enum
import functools
import operator
import pickle
import re

import numpy
import pytest

import crowdrules as cr
from crowdrules import _core, columns

CARD = cr.FeeSchedule("card", [cr.FeeBand(rate="5%", fixed=5)], rounding="half_even")
WATCH = cr.Terms(
    currency="USD", title="A watch", model=cr.FundingModel.all_or_nothing(cr.Money("50.00", "USD")),
    window=cr.Window("2026-11-01T08:00:00Z", "2026-12-01T08:00:00Z"),
    fees=cr.CampaignFees(platform=CARD, processing=CARD))

# ------------------------------------------------------------------------------------ values that contain themselves


def a_dict_in_itself():
    value = {"bands": [{"rate": "5%"}]}
    value["bands"].append({"more": value})
    return value


def a_list_in_itself():
    value = ["5%"]
    value.append(({"again": value},))
    return value


def two_in_each_other():
    first, second = {}, {}
    first["second"], second["first"] = [second], first
    return first


def an_enumeration_in_itself():
    value = []

    class Endless(enum.Enum):
        ONE = value
    value.append(Endless.ONE)
    return value


class OfItself(enum.Enum):
    """An enumeration whose members claim to stand for themselves."""

    ONE = 1
    value = property(lambda self: self)


def nested(levels, wrap):
    return functools.reduce(lambda inside, _: wrap(inside), range(levels), "5%")


def pack_value(value):
    cr.load_pack("kickstarter").with_("window.days", value)


def draft_given(value):
    month = cr.Window("2026-06-01T12:00:00Z", "2026-07-01T12:00:00Z")
    cr.load_pack("kickstarter").campaign_terms("2026-06-01", title="A", country="US", currency="USD", goal=100,
                                               window=month, given={"fees.processing": value})


@pytest.fixture
def takers(mugs):
    """Everything that takes a value as files have it."""
    return [pack_value, draft_given, lambda value: cr.sweep(mugs, {"fees.platform": [value]}),
            lambda value: cr.compare(mugs, changes={"changed": {"fees.platform": value}})]


@pytest.mark.parametrize("endless", [a_dict_in_itself, a_list_in_itself, two_in_each_other, an_enumeration_in_itself,
                                     lambda: OfItself.ONE])
def test_a_value_that_contains_itself_is_refused(takers, endless):
    for take in takers:
        with pytest.raises(ValueError, match="contains itself"):
            take(endless())


def test_the_refusal_names_the_place():
    with pytest.raises(ValueError, match=r"^bands\[1\]\.more: contains itself: it is the same dict as one that it is"):
        pack_value(a_dict_in_itself())
    with pytest.raises(ValueError, match=r"campaign_terms\.given: fees\.processing: bands\[1\]\.more: contains itself"):
        draft_given(a_dict_in_itself())
    with pytest.raises(TypeError, match=r"^bands\[0\]\.rate: rules hold no binary floating point"):
        pack_value({"bands": [{"rate": 0.05}]})


@pytest.mark.parametrize("wrap", [lambda inside: {"a": inside}, lambda inside: [inside], lambda inside: (inside,)])
@pytest.mark.parametrize("levels", [65, 1000, 200_000])
def test_a_value_that_is_nested_too_deeply_is_refused(takers, levels, wrap):
    value = nested(levels, wrap)
    for take in takers:
        with pytest.raises(ValueError, match="nested too deeply; expected at most 64 levels"):
            take(value)
    while not isinstance(value, str):  # from the outside: to let go of it all at once is deep too
        value = value["a"] if isinstance(value, dict) else value[0]


def test_the_same_value_twice_is_no_circle():
    band = {"rate": "5%"}
    for value in ({"a": band, "b": [band, band]}, nested(64, lambda inside: {"a": inside})):
        with pytest.raises(cr.FindingsError, match=r"window\.days\.a: 'a' is no field here"):
            pack_value(value)


def test_a_dict_that_changes_while_it_is_read_is_read_as_it_was():
    value = {}

    class Zone(datetime.tzinfo):
        def utcoffset(self, when):
            value.clear()
            return datetime.timedelta(0)
    value.update({str(number): datetime.datetime(2026, 1, 1, tzinfo=Zone()) for number in range(100)})
    with pytest.raises(cr.FindingsError) as refusal:
        pack_value(value)
    assert {f"window.days.{number}" for number in range(100)} < {found.rule for found in refusal.value.findings}
    assert not value


def test_a_path_of_very_many_parts_is_refused(mugs):
    path = ".".join(["a"] * 50_000)
    row, = cr.sweep(mugs, {path: ["1"]})
    assert row.problem and not row.figures
