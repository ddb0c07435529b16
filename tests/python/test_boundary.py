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


# ---------------------------------------------------------------------------------------------------- masked values


def masked(values, mask, **more):
    return numpy.ma.masked_array(numpy.array(values, **more), mask=mask)


GAPS = masked([1000, 2000, 3000], [False, True, False])


@pytest.mark.parametrize("compute", [
    lambda column: columns.exact_sum(column),
    lambda column: columns.fees(column, CARD),
    lambda column: columns.fees([1, 2, 3], CARD, out=column),
    lambda column: cr.FeeColumn(CARD)(column),
    lambda column: cr.FeeColumn(CARD).total(column),
    lambda column: columns.times(column, "5%", "half_up"),
    lambda column: columns.allocate(100, column, "first"),
    lambda column: columns.settle_charges(column, processing=CARD, platform=CARD),
    lambda column: columns.settle(column, WATCH),
    lambda column: columns.settle({"amount": column}, WATCH),
    lambda column: columns.settle({"amount": [1000, 2000, 3000], "reward": column * 0}, WATCH),
    lambda column: columns.settle({"amount": [1000, 2000, 3000], "collected": column > 0}, WATCH),
    lambda column: columns.settle({"amount": [1000, 2000, 3000], "currency": masked(["USD"] * 3, column.mask)}, WATCH),
    lambda column: cr.Frame({"amount": column}),
    lambda column: columns.share(column, cr.SplitTerms({1: 60, 2: 40}), currency="USD"),
    lambda column: columns.share([1, 2, 3], cr.SplitTerms({1: 60, 2: 40}), currency="USD",
                                 sold_on=masked(["2026-01-01"] * 3, column.mask, dtype="datetime64[D]")),
    lambda column: columns.royalties(column, cr.RateTerms(tiers=[cr.RateTier(rate="10%")]), "half_up", currency="USD"),
    lambda column: columns.royalties([1, 2, 3], cr.RateTerms(tiers=[cr.RateTier(rate="10%")]), "half_up",
                                     currency="USD", units=column),
    lambda column: columns.pay_out({"earned": column}, cr.DistributionTerms("USD", cr.Money("10.00", "USD"))),
    lambda column: columns.match_quadratic({"project": [1, 1, 1], "backer": [1, 2, 3], "amount": column},
                                           cr.QuadraticTerms(cr.Money("3.00", "USD"))),
])
def test_masked_values_are_missing_and_are_refused_with_their_row(compute):
    whole = numpy.ma.masked_array([1000, 2000, 3000])
    compute(whole.copy())  # without a mask it is a column like others
    compute(masked([1000, 2000, 3000], [False] * 3))
    with pytest.raises(cr.ColumnError, match=r"row 1\b") as refusal:
        compute(GAPS.copy())
    assert refusal.value.row == 1


@pytest.mark.parametrize("kind", ["Int64", "boolean"])
def test_missing_values_of_pandas_are_refused_with_their_row(kind):
    pandas = pytest.importorskip("pandas")
    column = pandas.array([1, None, 1], dtype=kind)
    for given in (column, pandas.Series(column), pandas.Series(column, index=[7, 8, 9])):
        with pytest.raises(cr.ColumnError, match="row 1: is missing"):
            columns.settle({"amount": [1000, 2000, 3000], "collected": given}, WATCH)
