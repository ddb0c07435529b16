# SPDX-License-Identifier: BSL-1.0
"""What other code hands over may be anything: values without an end, structures that cannot be, objects that were never
made. Each is refused with the place and a reason; none ends the process."""
import contextlib
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
    charges=cr.ChargePlan(retry_window="7 days"),
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


# ------------------------------------------------------------------------------------------ columns through Arrow


class Schema(ctypes.Structure):
    pass


class Array(ctypes.Structure):
    pass


SchemaRelease = ctypes.CFUNCTYPE(None, ctypes.POINTER(Schema))
ArrayRelease = ctypes.CFUNCTYPE(None, ctypes.POINTER(Array))
Schema._fields_ = [
    ("format", ctypes.c_char_p), ("name", ctypes.c_char_p), ("metadata", ctypes.c_void_p), ("flags", ctypes.c_int64),
    ("n_children", ctypes.c_int64), ("children", ctypes.POINTER(ctypes.POINTER(Schema))),
    ("dictionary", ctypes.POINTER(Schema)), ("release", SchemaRelease), ("private_data", ctypes.c_void_p)]
Array._fields_ = [
    ("length", ctypes.c_int64), ("null_count", ctypes.c_int64), ("offset", ctypes.c_int64),
    ("n_buffers", ctypes.c_int64), ("n_children", ctypes.c_int64), ("buffers", ctypes.POINTER(ctypes.c_void_p)),
    ("children", ctypes.POINTER(ctypes.POINTER(Array))), ("dictionary", ctypes.POINTER(Array)),
    ("release", ArrayRelease), ("private_data", ctypes.c_void_p)]


@SchemaRelease
def release_schema(schema):
    schema.contents.release = SchemaRelease()


@ArrayRelease
def release_array(array):
    array.contents.release = ArrayRelease()


def pointers(kind, structs):
    return (ctypes.POINTER(kind) * max(len(structs), 1))(*map(ctypes.pointer, structs))


class Handed:
    """A column or table as its producer hands it over. What it says of itself may be changed before: it may lie."""

    def __init__(self, form, buffers, length, *, name=b"", children=(), dictionary=None, null_count=0):
        self.kept = [buffers, children, dictionary]
        self.schema = Schema(form, name, None, 0, len(children), pointers(Schema, [child.schema for child in children]),
                             None, release_schema, None)
        places = [None if buffer is None else ctypes.cast(buffer, ctypes.c_void_p) for buffer in buffers]
        self.array = Array(length, null_count, 0, len(buffers), len(children),
                           (ctypes.c_void_p * max(len(buffers), 1))(*places),
                           pointers(Array, [child.array for child in children]), None, release_array, None)
        if dictionary is not None:
            self.schema.dictionary = ctypes.pointer(dictionary.schema)
            self.array.dictionary = ctypes.pointer(dictionary.array)

    def __arrow_c_array__(self, requested_schema=None):
        new = ctypes.pythonapi.PyCapsule_New
        new.restype, new.argtypes = ctypes.py_object, [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
        return (new(ctypes.addressof(self.schema), b"arrow_schema", None),
                new(ctypes.addressof(self.array), b"arrow_array", None))


def numbers(values=(100, 200, 300), **more):
    return Handed(b"l", [None, (ctypes.c_int64 * max(len(values), 1))(*values)], len(values), **more)


def texts(values=("USD", "USD", "USD"), form=b"u", **more):
    kind = {b"u": ctypes.c_int32, b"U": ctypes.c_int64}[form]
    ends = [0]
    for value in values:
        ends.append(ends[-1] + len(value))
    return Handed(form, [None, (kind * len(ends))(*ends), ctypes.create_string_buffer("".join(values).encode())],
                  len(values), **more)


LONG = "a text of more than twelve letters"
LONG_LENGTH = len(LONG)


def views(place=0, buffer=0, length=LONG_LENGTH):
    """Three texts, each with a view of its length, four letters, a buffer and the place in it."""
    view = length.to_bytes(4, "little", signed=True) + LONG[:4].encode() + b"".join(
        value.to_bytes(4, "little", signed=True) for value in (buffer, place))
    return Handed(b"vu", [None, ctypes.create_string_buffer(view * 3), ctypes.create_string_buffer(LONG.encode()),
                          (ctypes.c_int64 * 1)(len(LONG))], 3, name=b"currency")


def named(places=(0, 0, 0), **more):
    return Handed(b"c", [None, (ctypes.c_int8 * 3)(*places)], 3, name=b"currency",
                  dictionary=texts(("USD", "EUR"), **more))


def table(*others, amounts=None):
    children = (amounts or numbers(name=b"amount"), *others)
    return Handed(b"+s", [None], 3, children=children)


def test_a_structure_that_tells_the_truth_is_taken():
    assert columns.exact_sum(numbers()) == 600
    assert columns.exact_sum(numbers(())) == 0
    for currency in (texts(name=b"currency"), texts(form=b"U", name=b"currency"), named()):
        assert columns.settle(table(currency), WATCH).rows["outcome"][0] == "released"
    with pytest.raises(cr.ColumnError, match=LONG):
        columns.settle(table(views()), WATCH)


def changed(make, part="array", **values):
    def handed():
        given = make()
        for name, value in values.items():
            setattr(getattr(given, part), name, value)
        return given
    return handed


NO_CHILDREN = ctypes.POINTER(ctypes.POINTER(Array))()
NO_FIELDS = ctypes.POINTER(ctypes.POINTER(Schema))()


def no_child():
    given = table()
    given.array.children[0] = ctypes.POINTER(Array)()
    return given


def no_field():
    given = table()
    given.schema.children[0] = ctypes.POINTER(Schema)()
    return given


def child(**values):
    def handed():
        amounts = numbers(name=b"amount")
        for name, value in values.items():
            setattr(amounts.array, name, value)
        return table(amounts=amounts)
    return handed


LIES = {
    "negative length": changed(numbers, length=-1),
    "endless length": changed(numbers, length=2**62),
    "negative offset": changed(numbers, offset=-1),
    "endless offset": changed(numbers, offset=2**62),
    "more nulls than rows": changed(numbers, null_count=4),
    "fewer nulls than none": changed(numbers, null_count=-2),
    "nulls without bits": changed(numbers, null_count=1),
    "no buffers": changed(numbers, n_buffers=0),
    "negative buffers": changed(numbers, n_buffers=-2),
    "a buffer too many": changed(numbers, n_buffers=3),
    "buffers of null": changed(numbers, buffers=ctypes.POINTER(ctypes.c_void_p)()),
    "no values": lambda: Handed(b"l", [None, None], 3),
    "no decimals": lambda: Handed(b"d:19,2", [None, None], 3),
    "no format": changed(numbers, "schema", format=None),
    "children of a number": changed(numbers, n_children=1),
    "a dictionary of the schema alone": changed(numbers, "schema", dictionary=ctypes.pointer(texts().schema)),
    "a decimal without decimals": lambda: Handed(b"d:19", [None, (ctypes.c_int64 * 6)()], 3),
    "a decimal of nonsense": lambda: Handed(b"d:19,x", [None, (ctypes.c_int64 * 6)()], 3),
    "metadata of a negative number": changed(numbers, "schema", metadata=ctypes.cast(
        ctypes.create_string_buffer((-1).to_bytes(4, "little", signed=True)), ctypes.c_void_p)),
    "fewer children than fields": changed(table, n_children=0),
    "negative fields": changed(table, "schema", n_children=-1),
    "children of null": changed(table, children=NO_CHILDREN),
    "fields of null": changed(table, "schema", children=NO_FIELDS),
    "a child of null": no_child,
    "a field of null": no_field,
    "a child that is shorter than its table": child(length=2),
    "a child of a negative length": child(length=-3),
    "a child of a negative offset": child(offset=-3),
    "a child without buffers": child(n_buffers=0),
    "a table that begins behind its columns": changed(table, offset=1),
    "a table without a buffer": changed(table, n_buffers=0),
    "a table of negative length": changed(table, length=-3),
    "places out of order": lambda: table(Handed(
        b"u", [None, (ctypes.c_int32 * 4)(0, 3, 1, 9), ctypes.create_string_buffer(9)], 3, name=b"currency")),
    "negative places": lambda: table(Handed(
        b"U", [None, (ctypes.c_int64 * 4)(-3, 0, 3, 6), ctypes.create_string_buffer(9)], 3, name=b"currency")),
    "texts without letters": lambda: table(Handed(
        b"u", [None, (ctypes.c_int32 * 4)(0, 3, 6, 9), None], 3, name=b"currency")),
    "a view of a negative length": lambda: table(views(length=-1)),
    "a view behind its buffer": lambda: table(views(place=1)),
    "a view of a negative place": lambda: table(views(place=-1)),
    "a view of a buffer that is not there": lambda: table(views(buffer=1)),
    "a view of a negative buffer": lambda: table(views(buffer=-1)),
    "a place behind its dictionary": lambda: table(named((0, 2, 0))),
    "a negative place in a dictionary": lambda: table(named((0, -1, 0))),
    "a dictionary of a negative length": lambda: table(shortened(named())),
}


def shortened(given):
    given.array.dictionary.contents.length = -2
    return given


@pytest.mark.parametrize("lie", LIES)
def test_a_structure_that_cannot_be_is_refused(lie):
    with pytest.raises((cr.ColumnError, TypeError)):
        columns.settle(LIES[lie](), WATCH, reward=None, collected=None)
    with pytest.raises((cr.ColumnError, TypeError)):
        columns.exact_sum(LIES[lie](), currency="USD")


@pytest.mark.parametrize("count", [0, -1, 1])
def test_nulls_are_found_whatever_is_said_of_their_count(count):
    valid = (ctypes.c_uint8 * 25)(*[255] * 24, 0b1101_1111)
    given = numbers(range(200), null_count=count)
    given.array.buffers[0] = ctypes.addressof(valid)
    with pytest.raises(cr.ColumnError, match="row 197: is null"):
        columns.exact_sum(given)
    encoded = named((1, 0, 1), null_count=count)
    encoded.array.dictionary.contents.buffers[0] = ctypes.addressof(valid)
    valid[0] = 0b10
    with pytest.raises(cr.ColumnError, match=r"row 0: is in EUR|row 1: is null"):
        columns.settle(table(encoded), WATCH)


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


# ------------------------------------------------------------------------------------- objects that were never made

CLASSES = [value for value in vars(_core).values()
           if isinstance(value, type) and not issubclass(value, (enum.Enum, BaseException))]
FUNCTIONS = [value for name, value in vars(_core).items() if callable(value) and not isinstance(value, type)]
UNMADE = "never made"


def refusal_of(action):
    try:
        action()
    except TypeError as error:
        return str(error)
    return None


def calls_of(function, unmade):
    """Calls with so many arguments that one of them has the right number, each of which is `unmade`."""
    text = (function.__doc__ or "").splitlines()[0] if function.__doc__ else ""
    named = dict.fromkeys(re.findall(r"(\w+): ", text.partition("*, ")[2]), unmade)
    for count in range(9):
        yield functools.partial(function, *[unmade] * count, **named)


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_an_object_that_was_never_made_is_refused(cls):
    unmade = cls.__new__(cls)
    for name in dir(cls):
        value = getattr(cls, name)
        if isinstance(vars(cls).get(name), property):
            assert UNMADE in (refusal_of(lambda name=name: getattr(unmade, name)) or ""), name
        elif callable(value) and name not in ("__class__", "__new__", "__init__", "__init_subclass__",
                                              "__subclasshook__", "__dir__", "__sizeof__"):
            for call in calls_of(value, unmade):
                with contextlib.suppress(TypeError, AttributeError):
                    call()
    for action in (repr, str, hash, bool, len, iter, list, copy.copy, copy.deepcopy, memoryview, operator.neg,
                   operator.index, dict, lambda value: value == value, lambda value: value == cls,
                   lambda value: value < value, lambda value: value + value, lambda value: value - value,
                   lambda value: value * 2, lambda value: value[0], lambda value: value["a"],
                   lambda value: f"{value}", lambda value: value._repr_html_()):
        with contextlib.suppress(TypeError, AttributeError):
            action(unmade)
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        assert refusal_of(lambda protocol=protocol: pickle.dumps(unmade, protocol)) is not None


def test_no_function_takes_an_object_that_was_never_made():
    methods = [value for cls in CLASSES for name, value in vars(cls).items()
               if callable(value) and not name.startswith("__")]
    for cls in CLASSES:
        unmade = cls.__new__(cls)
        for function in FUNCTIONS + [method for method in methods if cls.__name__ in (method.__doc__ or "")]:
            for call in calls_of(function, unmade):
                try:
                    call()
                except Exception as error:
                    assert not isinstance(error, (SystemError, MemoryError))


def test_an_object_that_was_never_made_can_still_be_made():
    class Mine(cr.Money):
        def __new__(cls, *given):
            return super().__new__(cls)
    assert Mine("10.50", "USD") == cr.Money("10.50", "USD")
    money = cr.Money.__new__(cr.Money)
    with pytest.raises(TypeError, match=UNMADE):
        money + cr.Money("1.00", "USD")
    money.__init__("10.50", "USD")
    assert money == cr.Money("10.50", "USD")
