# SPDX-License-Identifier: BSL-1.0
"""Columns and frames of polars, pyarrow, DuckDB and pandas: in, out, without a copy; each skipped without its library.

    pip install polars pyarrow duckdb pandas        in the environment that runs the tests
"""
import decimal

import numpy
import pytest

import crowdrules as cr
from crowdrules import columns

CARD = cr.FeeSchedule("card", [cr.FeeBand(rate="5%", fixed=5), cr.FeeBand(from_=1000, rate="3%", fixed=20)],
                      rounding="half_even")
FIVE_PERCENT = cr.FeeSchedule("platform", [cr.FeeBand(rate="5%")], rounding="half_even")
WATCH = cr.Terms(
    currency="USD", title="A watch", model=cr.FundingModel.all_or_nothing(cr.Money("50.00", "USD")),
    window=cr.Window("2026-11-01T08:00:00Z", "2026-12-01T08:00:00Z"),
    charges=cr.ChargePlan(retry_window="7 days"),
    rewards=[cr.Reward("Early bird", minimum=900, quantity=3), cr.Reward("The watch", minimum=1100)],
    fees=cr.CampaignFees(platform=FIVE_PERCENT, processing=CARD))
PLEDGES = {"amount": [9900, 1200, 5000], "collected": [True, False, True], "reward": [2, 1, 0]}
SETTLED = columns.settle(PLEDGES, WATCH)
EXPECTED = {name: list(SETTLED.rows[name]) for name in SETTLED.rows}


def library(name):
    return pytest.importorskip(name, reason=f"{name} is not installed")


def of_polars(table):
    return library("polars").DataFrame(table)


def of_pyarrow(table):
    pyarrow = library("pyarrow")
    return pyarrow.table({name: pyarrow.chunked_array([values[:1], values[1:1], values[1:]], pyarrow.array(values).type)
                          for name, values in table.items()})


def of_record_batch(table):
    return library("pyarrow").record_batch(table)


def of_stream(table):
    """A stream that can be read once."""
    return of_pyarrow(table).to_reader()


def of_slice(table):
    """In the middle of a longer table, so that every column begins at an offset that is no multiple of eight."""
    longer = {name: [values[0]] * 3 + list(values) + [values[0]] * 2 for name, values in table.items()}
    return library("pyarrow").table(longer).slice(3, len(table["amount"]))


def of_duckdb(table):
    duckdb, pledges = library("duckdb"), of_pyarrow(table)
    return duckdb.sql("select * from pledges") if pledges is not None else None


def of_pandas(table):
    return library("pandas").DataFrame(table)


def of_nullable_pandas(table):
    return of_pandas(table).convert_dtypes()


def of_arrow_pandas(table):
    library("pyarrow")
    return of_pandas(table).convert_dtypes(dtype_backend="pyarrow")


FRAMES = [of_polars, of_pyarrow, of_record_batch, of_stream, of_slice, of_duckdb, of_pandas, of_nullable_pandas,
          of_arrow_pandas]


@pytest.mark.parametrize("frame_of", FRAMES)
def test_a_frame_of_any_library_settles_as_a_dict_does(frame_of):
    rows, statement = columns.settle(frame_of(PLEDGES), WATCH)
    assert {name: list(rows[name]) for name in rows} == EXPECTED
    assert statement == SETTLED.statement


@pytest.mark.parametrize("frame_of", FRAMES)
def test_a_frame_without_the_column_is_refused(frame_of):
    with pytest.raises(cr.ColumnError, match="'paid': is not in the frame, which has: amount, collected, reward"):
        columns.settle(frame_of(PLEDGES), WATCH, amount="paid")


@pytest.mark.parametrize("frame_of", FRAMES)
def test_another_currency_is_refused_with_its_row(frame_of):
    settled = columns.settle(frame_of({**PLEDGES, "currency": ["USD"] * 3}), WATCH)
    assert settled.statement == SETTLED.statement
    with pytest.raises(cr.ColumnError, match="is in EUR, but everything here is in USD") as refusal:
        columns.settle(frame_of({**PLEDGES, "currency": ["USD", "USD", "EUR"]}), WATCH)
    assert (refusal.value.column, refusal.value.row) == ("currency", 2)


@pytest.mark.parametrize("kind", ["string", "large_string", "string_view", "int8", "uint16", "int64"])
def test_currencies_may_be_texts_of_every_layout(kind):
    pyarrow = library("pyarrow")
    codes = ["USD", "a currency of more than twelve letters", "USD"]
    if "string" in kind:
        column = pyarrow.array(codes, getattr(pyarrow, kind)())
    else:
        column = pyarrow.array(codes).dictionary_encode().cast(
            pyarrow.dictionary(getattr(pyarrow, kind)(), pyarrow.string()))
    for start, row in [(0, 1), (1, 0)]:
        with pytest.raises(cr.ColumnError, match="a currency of more than twelve letters") as refusal:
            columns.settle(pyarrow.table({"amount": [9900, 1200, 5000], "currency": column}).slice(start), WATCH)
        assert refusal.value.row == row
    assert columns.settle(pyarrow.table({"amount": [5000], "currency": column[2:]}), WATCH).statement.paid.minor > 0
    with pytest.raises(TypeError, match="holds no texts"):
        columns.settle(pyarrow.table({"amount": [1], "currency": [1]}), WATCH)


def test_a_stream_that_names_its_currency_must_name_the_right_one():
    # Weights are no amounts: euros may be split as dollars were.
    assert sum(columns.allocate(cr.Money("99.00", "EUR"), SETTLED.rows["net"], "first")) == 9900
    pyarrow = library("pyarrow")
    net = pyarrow.table(SETTLED.rows)["net"]
    field = pyarrow.table(SETTLED.rows).schema.field("net")
    assert columns.exact_sum(net) == sum(EXPECTED["net"])
    with pytest.raises(cr.ColumnError, match="is in USD, but everything here is in EUR"):
        columns.exact_sum(SETTLED.rows["net"], currency="EUR")
    with pytest.raises(cr.ColumnError, match="is in USD, but everything here is in EUR"):
        columns.exact_sum(pyarrow.table([net], pyarrow.schema([field])), currency="EUR")


def arrays_of(values):
    """One column of each library, by name."""
    polars, pyarrow, duckdb = library("polars"), library("pyarrow"), library("duckdb")
    whole = pyarrow.table({"amounts": values})
    return {"polars": polars.Series(values, dtype=polars.Int64), "pyarrow": pyarrow.array(values, pyarrow.int64()),
            "chunked": pyarrow.chunked_array([values[:1], values[1:]], pyarrow.int64()),
            "duckdb": duckdb.sql("select * from whole") if len(whole) else whole}


@pytest.mark.parametrize("name", ["polars", "pyarrow", "chunked", "duckdb"])
def test_every_column_function_takes_and_gives_arrow(name):
    amounts = arrays_of([11500, 999, 2500])[name]
    for answer, expected in [
            (columns.fees(amounts, CARD), [365, 55, 95]),
            (columns.times(amounts, "5%", "half_even"), [575, 50, 125]),
            (columns.allocate(100, amounts, "largest_remainder"), [77, 6, 17])]:
        assert isinstance(answer, cr.Column) and list(answer) == expected
        assert library("polars").Series(answer).to_list() == library("pyarrow").array(answer).to_pylist() == expected
        out = numpy.zeros(3, dtype="int64")
    assert columns.fees(amounts, CARD, out=out) is out and list(out) == [365, 55, 95]
    assert columns.exact_sum(amounts) == cr.FeeColumn(CARD).total(amounts) + 14999 - 515
    settled = columns.settle_charges(amounts, processing=CARD, platform=FIVE_PERCENT)
    assert list(settled.rows["net"]) == [10560, 894, 2280] and settled.totals["net"] == 13734


def test_empty_frames_are_settled_too():
    polars, pyarrow, duckdb = library("polars"), library("pyarrow"), library("duckdb")
    no_chunk = pyarrow.table({"amount": pyarrow.chunked_array([], pyarrow.int64())})
    for frame in [of_polars(PLEDGES).head(0), of_pyarrow(PLEDGES).slice(0, 0), no_chunk, of_pandas(PLEDGES).head(0),
                  duckdb.sql("select 1::bigint as amount where false")]:
        rows, statement = columns.settle(frame, WATCH)
        assert len(rows) == 0 and statement.collected.minor == 0
        assert polars.DataFrame(rows).shape == (0, 5) and pyarrow.table(rows).num_rows == 0
    assert list(columns.fees(polars.Series([], dtype=polars.Int64), CARD)) == []


def test_frames_go_out_to_every_library():
    polars, pyarrow, pandas, duckdb = (library(name) for name in ("polars", "pyarrow", "pandas", "duckdb"))
    rows = SETTLED.rows
    assert polars.DataFrame(rows).to_dict(as_series=False) == EXPECTED
    assert pyarrow.table(rows).to_pydict() == pyarrow.record_batch(rows).to_pydict() == EXPECTED
    assert rows.to_pandas().to_dict("list") == EXPECTED
    if hasattr(pandas.DataFrame, "from_arrow"):
        assert pandas.DataFrame.from_arrow(rows).to_dict("list") == EXPECTED
    assert dict(duckdb.sql("select outcome, sum(net) from rows group by outcome").fetchall()) == {
        "collected": sum(EXPECTED["net"]), "dropped": 0}
    schema = pyarrow.table(rows).schema
    assert schema.field("net").metadata == {b"currency": b"USD", b"decimals": b"2"}
    assert polars.Series(rows["outcome"]).to_list() == EXPECTED["outcome"]


def test_nothing_is_copied_on_the_way_out():
    pyarrow, polars = library("pyarrow"), library("polars")
    net = SETTLED.rows["net"]
    address = numpy.asarray(net).ctypes.data
    assert pyarrow.array(net).buffers()[1].address == address
    assert pyarrow.table(SETTLED.rows)["net"].chunk(0).buffers()[1].address == address
    assert polars.Series(net).to_numpy(allow_copy=False).ctypes.data == address
    codes = pyarrow.array(SETTLED.rows["outcome"])
    assert codes.indices.buffers()[1].address == numpy.asarray(SETTLED.rows["outcome"]).ctypes.data


def test_what_went_out_outlives_where_it_came_from():
    pyarrow = library("pyarrow")
    kept = [pyarrow.table(columns.settle(PLEDGES, WATCH).rows)["net"] for _ in range(50)]
    numpy.full(1_000_000, 7)
    assert all(column.to_pylist() == EXPECTED["net"] for column in kept)


def test_decimals_go_in_and_out():
    polars, pyarrow, pandas, duckdb = (library(name) for name in ("polars", "pyarrow", "pandas", "duckdb"))
    amounts = [decimal.Decimal(text) for text in ("99.00", "12.00", "50.00")]
    exact = pyarrow.array(amounts, pyarrow.decimal128(18, 2))
    pledges = pyarrow.table({"amount": exact})
    whole = columns.settle([9900, 1200, 5000], WATCH).statement
    for frame in [pledges, of_polars({"amount": amounts}).cast(polars.Decimal(18, 2)),
                  duckdb.sql("select * from pledges"),
                  pandas.DataFrame({"amount": pandas.Series(exact, dtype=pandas.ArrowDtype(exact.type))}), exact]:
        assert columns.settle(frame, WATCH).statement == whole
    fees = columns.fees(exact, CARD, currency="USD")
    assert pyarrow.array(fees.as_decimal()).to_pylist() == [decimal.Decimal(fee) for fee in ("3.17", "0.56", "1.70")]
    assert list(columns.times(exact, "5%", "half_up", currency="USD")) == [495, 60, 250]
    settled = columns.settle_charges(exact, processing=CARD, platform=FIVE_PERCENT, currency="USD").rows
    assert pyarrow.table(settled.as_decimal()).schema.field("net").type == pyarrow.decimal128(38, 2)
    assert polars.DataFrame(settled.as_decimal())["net"].to_list() == [decimal.Decimal(minor) / 100
                                                                       for minor in settled["net"]]
    assert list(columns.allocate(cr.Money("10.00", "USD"), exact, "first")) == [615, 75, 310]
    assert columns.exact_sum(exact, currency="USD") == 16100
    for column, error, advice in [
            (exact, TypeError, "say of which currency"),
            (pyarrow.array([1], pyarrow.decimal256(20, 2)), TypeError, "decimals|other values")]:
        with pytest.raises(error, match=advice):
            columns.fees(column, CARD)
    for column, advice in [
            (pyarrow.array([decimal.Decimal("1.005")]), "has 3 decimals, but USD has 2"),
            (pyarrow.array([decimal.Decimal(1), None], pyarrow.decimal128(18, 2)), "row 1: is null"),
            (pyarrow.array([decimal.Decimal(1), decimal.Decimal(2**63)], pyarrow.decimal128(30, 0)), "1: is beyond"),
            (pyarrow.array([decimal.Decimal(1), decimal.Decimal(-1).scaleb(37)]), "1: is beyond")]:
        with pytest.raises(cr.ColumnError, match=advice):
            columns.fees(column, CARD, currency="USD")


def refusals():
    pyarrow = library("pyarrow")
    return [
        (pyarrow.array([1.5]), TypeError, "floating point"),
        (pyarrow.array([1], pyarrow.int32()), TypeError, "cast it to int64"),
        (pyarrow.array([1], pyarrow.uint64()), TypeError, "cast it to int64"),
        (pyarrow.array([True]), TypeError, "cast it to int64"),
        (pyarrow.array(["1"]), TypeError, "cast it to int64"),
        (pyarrow.nulls(2), TypeError, "cast it to int64"),
        # Its codes are 64-bit integers, but no amounts.
        (pyarrow.array([700, 700]).dictionary_encode().cast(pyarrow.dictionary(pyarrow.int64(), pyarrow.int64())),
         TypeError, "dictionary-encoded"),
        (pyarrow.array([1, None]), cr.ColumnError, "row 1: is null"),
        (pyarrow.chunked_array([[1, 2], [3, None]]), cr.ColumnError, "row 3: is null"),
        (pyarrow.array([1, None, 5, None]).slice(2), cr.ColumnError, "row 1: is null"),
        (pyarrow.array([1, 2, -3]), cr.ColumnError, "row 2: -3 is negative"),
        (pyarrow.chunked_array([[1], [2, -3]]), cr.ColumnError, "row 2: -3 is negative"),
        (pyarrow.table({"a": [1], "b": [2]}), cr.ColumnError, "is not in the frame, which has: a, b"),
        (pyarrow.table([[1], [2]], ["amounts", "amounts"]), cr.ColumnError, "twice"),
        (pyarrow.array([{"amounts": 1}, None]), cr.ColumnError, "row 1: is null"),
    ]


@pytest.mark.parametrize("which", range(15))
def test_what_arrow_brings_that_cannot_be_computed_with_is_refused(which):
    column, error, advice = refusals()[which]
    out = numpy.full(4, -7, dtype="int64")
    with pytest.raises(error, match=advice):
        columns.fees(column, CARD, out=out[:len(column)])
    assert (out == -7).all()


def test_a_null_outside_the_slice_does_not_matter():
    pyarrow = library("pyarrow")
    assert list(columns.fees(pyarrow.array([None, 999, 11500, None]).slice(1, 2), CARD)) == [55, 365]
    assert columns.exact_sum(pyarrow.array([{"values": 1}, {"values": 2}, {"values": 3}]).slice(1)) == 5


def test_cards_must_say_whether_they_worked():
    pyarrow = library("pyarrow")
    with pytest.raises(cr.ColumnError, match="'collected', row 1: is null"):
        columns.settle(pyarrow.table({"amount": [9900, 1], "collected": pyarrow.array([True, None])}), WATCH)


def test_a_query_that_fails_or_has_not_run_says_so():
    polars, duckdb = library("polars"), library("duckdb")
    with pytest.raises(TypeError, match="collect"):
        columns.settle(of_polars(PLEDGES).lazy(), WATCH)
    with pytest.raises(Exception, match=r"(?i)convert|could not"):
        columns.settle(duckdb.sql("select cast(case when i > 500000 then 'x' else '1' end as bigint) as amount "
                                  "from range(600000) t(i)"), WATCH)
    assert polars is not None
