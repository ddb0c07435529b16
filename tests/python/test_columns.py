# SPDX-License-Identifier: BSL-1.0
"""Columns: in from NumPy, pandas, Arrow and lists; out again; and everything that is refused, with its row."""
import array
import copy
import gc
import pickle
import subprocess
import sys
import threading
from fractions import Fraction

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

import crowdrules as cr
from crowdrules import columns

AMOUNTS = st.lists(st.integers(0, 10**12), max_size=40)
CARD = cr.FeeSchedule("card", [cr.FeeBand(rate="5%", fixed=5), cr.FeeBand(from_=1000, rate="3%", fixed=20)],
                      rounding="half_even")
FIVE_PERCENT = cr.FeeSchedule("platform", [cr.FeeBand(rate="5%")], rounding="half_even")


class Arrow:
    """A column of another library, as far as we can see it: something with the Arrow PyCapsule interface."""

    def __init__(self, column):
        self.column = column

    def __arrow_c_array__(self, requested_schema=None):
        return self.column.__arrow_c_array__()


class Chunks:
    def __init__(self, column):
        self.column = column

    def __arrow_c_stream__(self, requested_schema=None):
        return self.column.__arrow_c_stream__()


def arrow_of(values):
    seed = columns.settle_charges(numpy.array(values, dtype="int64"), processing=NOTHING, platform=NOTHING)
    return Arrow(seed.rows["net"])


NOTHING = cr.FeeSchedule("nothing", [], rounding="half_even")


def half_even(value):
    return round(value)  # a Fraction rounds half to even


def fee_of(amount):
    """The schedule above in plain Python, on fractions."""
    if amount == 0:
        return 0
    return half_even(Fraction(5, 100) * amount + 5) if amount < 1000 else half_even(Fraction(3, 100) * amount + 20)


@given(AMOUNTS)
def test_fees_are_those_of_fractions(amounts):
    expected = [fee_of(amount) for amount in amounts]
    given_as = [numpy.array(amounts, dtype="int64"), array.array("q", amounts), amounts, arrow_of(amounts),
                Chunks(arrow_of(amounts).column)]
    for column in given_as:
        assert list(columns.fees(column, CARD)) == expected
    out = numpy.full(len(amounts), -1, dtype="int64")
    assert columns.fees(given_as[0], CARD, out=out) is out
    assert list(out) == expected
    assert cr.FeeColumn(CARD).total(given_as[0]) == sum(expected)


@given(st.lists(st.integers(-(10**12), 10**12), max_size=20), st.integers(-1000, 1000))
def test_products_are_those_of_fractions(amounts, thousandths):
    rate = Fraction(thousandths, 1000)
    expected = [half_even(amount * rate) for amount in amounts]
    assert list(columns.times(numpy.array(amounts, dtype="int64"), rate, "half_even")) == expected


@given(st.lists(st.integers(-(2**63), 2**63 - 1), max_size=20))
def test_sums_are_exact(values):
    assert columns.exact_sum(numpy.array(values, dtype="int64")) == sum(values)


@given(st.integers(-(10**15), 10**15), st.lists(st.integers(0, 10**9), min_size=1, max_size=30).filter(any),
       st.sampled_from(["largest_remainder", "first", "last", "largest_weight", "sainte_lague"]))
def test_a_column_is_split_as_a_list_is(whole, weights, spare):
    parts = columns.allocate(whole, numpy.array(weights, dtype="int64"), spare)
    assert sum(map(int, parts)) == whole
    listed = cr.allocate(cr.Money(minor=whole, currency="USD"), weights, spare)
    assert [part.minor for part in listed] == list(parts)


@given(AMOUNTS)
def test_charges_that_are_settled_by_themselves_add_up(amounts):
    settled = columns.settle_charges(amounts, processing=CARD, platform=FIVE_PERCENT)
    for amount, fee, share, net in zip(amounts, *(settled.rows[name] for name in settled.rows)):
        assert (fee, share) == (fee_of(amount), half_even(Fraction(amount, 20)))
        assert fee + share + net == amount
    assert settled.totals["net"] == sum(settled.rows["net"])
    assert settled.totals["gross"] == sum(amounts)


MODES = {"half_even": round, "half_up": lambda value: int(value + Fraction(1, 2)), "down": int,
         "up": lambda value: -int(-value // 1)}


@st.composite
def schedules(draw):
    """Bands, marginal or whole; a minimum, a maximum; a rounding with a step."""
    borders = sorted(draw(st.sets(st.integers(1, 20_000), max_size=4)) | draw(st.sampled_from([set(), {0}])))
    bands = [cr.FeeBand(from_=border, rate=Fraction(draw(st.integers(0, 10_000)), 10_000),
                        fixed=draw(st.integers(0, 500))) for border in borders]
    low = draw(st.none() | st.integers(0, 300))
    high = draw(st.none() | st.integers(low or 0, 3_000))
    rounding = cr.Rounding(draw(st.sampled_from(sorted(MODES))), step=draw(st.sampled_from([1, 1, 5, 100])))
    tax = draw(st.none() | st.integers(0, 2_500))
    return cr.FeeSchedule("any", bands, banding=draw(st.sampled_from(["whole", "marginal"])), minimum=low, maximum=high,
                          rounding=rounding,
                          tax=None if tax is None else cr.FeeTax(rate=Fraction(tax, 10_000), rounding="half_even"))


def rounded(value, rounding):
    return MODES[rounding.mode.name](value / rounding.step) * rounding.step


def plain_fee(schedule, amount):
    """The fee of one amount, on fractions: slow, and short enough to be believed."""
    if amount == 0 or not any(amount >= band.from_ for band in schedule.bands):
        return 0
    exact = Fraction(0)
    for band in reversed([band for band in schedule.bands if amount >= band.from_]):
        if schedule.banding.name == "whole":
            exact = amount * Fraction(band.rate) + band.fixed
            break
        exact += (amount - band.from_) * Fraction(band.rate) + band.fixed
        amount = band.from_
    fee = rounded(exact, schedule.rounding)
    if schedule.minimum is not None:
        fee = max(fee, schedule.minimum)
    return fee if schedule.maximum is None else min(fee, schedule.maximum)


@given(schedules(), st.lists(st.integers(0, 30_000) | st.integers(0, 10**12), max_size=30))
def test_fees_of_any_schedule_are_those_of_fractions(schedule, amounts):
    expected = [plain_fee(schedule, amount) for amount in amounts]
    assert list(columns.fees(numpy.array(amounts, dtype="int64"), schedule)) == expected


@given(schedules(), st.lists(st.integers(1, 30_000), max_size=20))
def test_the_rows_of_any_settlement_are_those_of_fractions(processing, amounts):
    terms = watch(limits=cr.PledgeLimits(), rewards=[], model=cr.FundingModel(goal=1),
                  fees=cr.CampaignFees(platform=FIVE_PERCENT, processing=processing))
    rows, statement = columns.settle(amounts, terms)
    fees = [plain_fee(processing, amount) for amount in amounts]
    tax = processing.tax and [half_even(fee * Fraction(processing.tax.rate)) for fee in fees]
    assert list(rows["fee"]) == [fee + more for fee, more in zip(fees, tax or [0] * len(fees))]
    assert statement.processing_fee.minor == sum(fees)
    assert sum(rows["platform_fee"]) == half_even(Fraction(sum(amounts), 20))
    assert sum(rows["net"]) == sum(amounts) - sum(rows["fee"]) - sum(rows["platform_fee"])


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=2000), st.integers(0, 10**6),
       st.sampled_from(sorted(MODES)), st.sampled_from([1, 7]))
def test_long_columns_are_multiplied_as_short_ones_are(amounts, millionths, mode, sign):
    amounts = [*amounts * (1000 // len(amounts) + 1), sign]
    rate = Fraction(millionths, 10**6)
    assert list(columns.times(numpy.array(amounts), rate, mode)) == [MODES[mode](amount * rate) for amount in amounts]


def test_columns_frames_and_fee_columns_can_be_copied_compared_and_pickled():
    rows = columns.settle({"amount": [9900, 1100], "collected": [1, 0]}, watch(title="<i>")).rows
    for value in [rows, rows["net"], rows["outcome"], rows.as_decimal()["net"], rows.as_decimal(), cr.FeeColumn(CARD)]:
        for same in [copy.copy(value), copy.deepcopy(value), pickle.loads(pickle.dumps(value))]:
            assert same == value and repr(same) == repr(value)
        assert value != rows["reason"]
    assert list(pickle.loads(pickle.dumps(rows))["outcome"]) == ["collected", "dropped"]
    assert eval(repr(cr.FeeColumn(CARD)), vars(cr)) == cr.FeeColumn(CARD)
    assert hash(cr.FeeColumn(CARD)) == hash(cr.FeeColumn(CARD)) != hash(cr.FeeColumn(FIVE_PERCENT))
    with pytest.raises(TypeError):
        hash(rows)
    assert "9900" not in rows._repr_html_() and "net, USD" in rows["net"]._repr_html_()


def watch(**changes):
    return cr.Terms(
        currency="USD", title="A watch", model=cr.FundingModel.all_or_nothing(cr.Money("50.00", "USD")),
        window=cr.Window("2026-11-01T08:00:00Z", "2026-12-01T08:00:00Z"),
        charges=cr.ChargePlan(retry_window="7 days"),
        rewards=[cr.Reward("Early bird", minimum=900, quantity=3), cr.Reward("The watch", minimum=1100)],
        fees=cr.CampaignFees(platform=FIVE_PERCENT, processing=CARD)).with_(**changes)


@given(st.lists(st.tuples(st.integers(1, 5000), st.integers(0, 2), st.integers(0, 1)), max_size=30))
def test_the_rows_of_a_settled_campaign_are_those_of_its_life(pledges):
    terms = watch()
    frame = {"amount": [p[0] for p in pledges], "reward": [p[1] for p in pledges], "collected": [p[2] for p in pledges]}
    rows, statement = columns.settle(frame, terms)

    campaign = cr.Campaign.launch(terms)
    reasons = []
    for number, (amount, reward, _) in enumerate(pledges, 1):
        try:
            money = cr.Money(minor=amount, currency="USD")
            campaign.perform(cr.MakePledge(number, number, reward=reward or None, amount=money), at=terms.window.opens)
            reasons.append("")
        except cr.Rejected as refusal:
            reasons.append(refusal.code.name)
    campaign.advance(terms.window.closes)
    for number, (_, _, works) in enumerate(pledges, 1):
        if not reasons[number - 1] and campaign.phase is cr.Phase.succeeded and works:
            campaign.perform(cr.RecordCharge(number), at=terms.window.closes)
    lived = campaign.statement()
    refused = [reason if outcome == "refused" else "" for outcome, reason in zip(rows["outcome"], rows["reason"])]
    assert refused == reasons
    assert statement.gross == lived.gross and statement.collected == lived.collected
    assert sum(rows["fee"]) == lived.processing_fee.minor
    assert sum(rows["platform_fee"]) == lived.platform_fee.minor
    assert sum(rows["net"]) == statement.paid.minor - statement.owed.minor
    for amount, fee, share, net, outcome in zip(frame["amount"], rows["fee"], rows["platform_fee"], rows["net"],
                                                rows["outcome"]):
        assert (fee + share + net == amount) if outcome == "collected" else (fee == share == net == 0)


@pytest.mark.parametrize("column,error,advice", [
    (numpy.array([1.5]), TypeError, "floating point"),
    (numpy.array([1], dtype="int32"), TypeError, "astype('int64')"),
    (numpy.array([1], dtype="uint64"), TypeError, "astype('int64')"),
    (numpy.array([1], dtype=">i8"), TypeError, "astype('int64')"),
    (numpy.array([None]), TypeError, "Python objects"),
    (numpy.arange(10)[::2], cr.ColumnError, "numpy.array(column)"),
    (numpy.zeros((2, 2), dtype="int64"), cr.ColumnError, "2 dimensions"),
    (numpy.array([1, 2, -3, -4]), cr.ColumnError, "row 2: -3 is negative"),
    ([1, 2.5], cr.ColumnError, "row 1"),
    ([1, True], cr.ColumnError, "row 1"),
    ([0, 2**63], cr.ColumnError, "row 1"),
    ("12", TypeError, "no column"),
    (None, TypeError, "no column"),
])
def test_what_cannot_be_computed_with_is_refused_with_advice(column, error, advice):
    with pytest.raises(error) as refusal:
        columns.fees(column, CARD)
    assert advice in str(refusal.value)


def test_one_bad_row_among_a_million_is_named_and_nothing_is_half_written():
    amounts = numpy.full(1_000_000, 11500, dtype="int64")
    amounts[765_432] = -1
    out = numpy.zeros(1_000_000, dtype="int64")
    with pytest.raises(cr.ColumnError) as refusal:
        columns.fees(amounts, CARD, out=out)
    assert (refusal.value.column, refusal.value.row) == ("amounts", 765_432)
    assert not out.any()
    with pytest.raises(cr.ColumnError) as refusal:
        columns.settle(amounts, watch())
    assert (refusal.value.column, refusal.value.row) == ("amount", 765_432)
    huge = numpy.full(3, 2**62, dtype="int64")
    with pytest.raises(cr.ColumnError) as refusal:
        columns.times(huge, 4, "half_even", out=out[:3])
    assert refusal.value.row == 0 and not out.any()


def test_an_output_must_be_writable_and_as_long():
    amounts = numpy.array([11500, 999])
    read_only = numpy.zeros(2, dtype="int64")
    read_only.flags.writeable = False
    for out, advice in [(read_only, "written"), (numpy.zeros(3, dtype="int64"), "3 rows"), (b"12345678", "written"),
                        ([0, 0], "written")]:
        with pytest.raises(cr.ColumnError, match=advice):
            columns.fees(amounts, CARD, out=out)
    with pytest.raises(TypeError, match="int64"):
        columns.fees(amounts, CARD, out=numpy.zeros(2))


def rooms(count, **given):
    return {**{name: numpy.full(count, -7) for name in ("processing_fee", "platform_fee", "net")}, **given}


@given(AMOUNTS)
def test_charges_are_settled_into_memory_of_the_caller(amounts):
    for column in [numpy.array(amounts, dtype="int64"), arrow_of(amounts)]:
        out = rooms(len(amounts))
        totals = columns.settle_charges(column, processing=CARD, platform=FIVE_PERCENT, out=out)
        settled = columns.settle_charges(column, processing=CARD, platform=FIVE_PERCENT)
        assert totals == settled.totals
        assert all(list(out[name]) == list(settled.rows[name]) for name in settled.rows)


@pytest.mark.parametrize("change,error,advice", [
    (lambda out: {**out, "net": numpy.zeros(3, "int64")}, cr.ColumnError, "'net': has 3 rows, but 2"),
    (lambda out: {**out, "net": numpy.zeros(2)}, TypeError, "'net' holds binary floating point"),
    (lambda out: {**out, "net": numpy.zeros(4, "int64")[::2]}, cr.ColumnError, "'net': is not contiguous"),
    (lambda out: {**out, "platform_fee": [0, 0]}, cr.ColumnError, "'platform_fee': cannot be written to"),
    (lambda out: {**out, "net": out["processing_fee"]}, cr.ColumnError,
     "'net': lies in the memory of 'processing_fee'"),
    (lambda out: {"net": out["net"], "fee": out["net"], "platform_fee": out["net"]}, cr.ColumnError,
     "'processing_fee': is not in `out`"),
    (lambda out: {"net": out["net"]}, TypeError, "three arrays"),
    (lambda out: tuple(out.values()), TypeError, "three arrays"),
])
def test_where_charges_are_settled_must_be_three_columns_of_their_own(change, error, advice):
    out = rooms(2)
    with pytest.raises(error, match=advice):
        columns.settle_charges([11500, 999], processing=CARD, platform=FIVE_PERCENT, out=change(out))
    assert all((column == -7).all() for column in out.values())


def test_answers_are_not_written_over_what_is_still_to_be_read():
    memory = numpy.full(3000, 11500)
    before = memory.copy()
    amounts = memory[1000:2000]
    for start in (1000, 500, 1999, 1):
        out = memory[start:start + 1000]
        for call in [lambda out: columns.fees(amounts, CARD, out=out),
                     lambda out: columns.times(amounts, "5%", "half_up", out=out),
                     lambda out: columns.allocate(10**6, amounts, "largest_remainder", out=out),
                     lambda out: columns.settle_charges(amounts, processing=CARD, platform=CARD,
                                                        out=rooms(1000, net=out))]:
            with pytest.raises(cr.ColumnError, match=r"lies in the memory of '(amounts|weights|charges)'"):
                call(out)
    assert (memory == before).all()
    # Beside it is not over it.
    columns.fees(amounts, CARD, out=memory[:1000])
    columns.fees(amounts, CARD, out=memory[2000:])
    assert (memory[:1000] == 365).all() and (amounts == 11500).all() and (memory[2000:] == 365).all()


def test_nothing_is_half_written_where_charges_cannot_be_settled():
    # The second band's fixed part alone fills 64 bits.
    high = cr.FeeSchedule("high", [cr.FeeBand(rate="3%"), cr.FeeBand(from_=2**40, rate="3%", fixed=2**63 - 1)],
                          rounding="half_even")
    for bad, processing in [(-1, CARD), (2**50, high), (2**62, high)]:
        amounts = numpy.full(100_000, 11500)
        amounts[-2] = bad
        out = rooms(len(amounts))
        with pytest.raises(cr.ColumnError) as refusal:
            columns.settle_charges(amounts, processing=processing, platform=CARD, out=out)
        assert (refusal.value.column, refusal.value.row) == ("charges", 99_998)
        with pytest.raises(cr.ColumnError) as refusal:
            columns.fees(amounts, processing, out=out["net"])
        assert (refusal.value.column, refusal.value.row) == ("amounts", 99_998)
        assert all((column == -7).all() for column in out.values())
    # Two fees of nearly all that 64 bits hold leave less of a charge than they can say.
    most = cr.FeeSchedule("most", [cr.FeeBand(fixed=2**63 - 1)], rounding="half_even")
    with pytest.raises(cr.ColumnError, match=r"row 1: .*exceed"):
        columns.settle_charges([0, 1], processing=most, platform=most, out=rooms(2))


def test_schedules_that_were_compiled_before_are_told_apart():
    schedules = [cr.FeeSchedule("fee", [cr.FeeBand(rate=Fraction(part, 100), fixed=part)], rounding="half_even")
                 for part in range(20)]
    for schedule in schedules + schedules[::-1] + schedules[::3] * 3:
        assert list(columns.fees([999, 11500], schedule)) == list(cr.FeeColumn(schedule)([999, 11500]))
        settled = columns.settle_charges([11500], processing=schedule, platform=CARD).rows
        assert settled["processing_fee"][0] == cr.FeeColumn(schedule)([11500])[0]


def test_long_answers_are_arrays_as_short_ones_are():
    amounts = numpy.arange(200_000)
    answer = columns.fees(amounts, CARD)
    assert answer.flags.writeable and answer.flags.c_contiguous and answer.dtype == numpy.int64
    expected = answer.copy()
    others = [columns.fees(amounts + 1, CARD) for _ in range(3)]
    assert (answer == expected).all() and (others[0] == others[2]).all()
    answer[0] = 5
    assert (pickle.loads(pickle.dumps(answer)) == answer).all() and answer[0] == 5
    assert (columns.fees(answer, CARD, out=answer.copy()) == columns.fees(answer, CARD)).all()


def test_a_mistake_of_the_program_is_one_through_columns_too():
    with pytest.raises(cr.ContractViolation, match="turn"):
        columns.allocate(100, [1, 1], "rotating", turn=5)
    with pytest.raises(ValueError, match="there is no AllocationMethod 'nobody'"):
        columns.allocate(100, [1, 1], "nobody")
    with pytest.raises(TypeError, match="expected a FeeSchedule, got 'card'"):
        columns.fees([1], "card")
    with pytest.raises(TypeError, match="expected 2 arguments, got 1"):
        cr._core._exact_sum([1])


def test_frames_must_have_their_columns_of_one_length():
    with pytest.raises(cr.ColumnError, match="column 'amount': is not in the frame, which has: paid"):
        columns.settle({"paid": [1]}, watch())
    with pytest.raises(cr.ColumnError, match=r"'collected'.* 1 rows, but 'amount' has 2"):
        columns.settle({"amount": [1100, 1100], "collected": [1]}, watch())
    with pytest.raises(cr.ColumnError, match="row 1: there is no reward 9"):
        columns.settle({"amount": [1100, 1100], "reward": [0, 9]}, watch())
    with pytest.raises(cr.ColumnError, match="row 0: 2 is neither"):
        columns.settle({"amount": [1100], "collected": [2]}, watch())
    assert list(columns.settle({"amount": [9900], "collected": [False]}, watch()).rows["outcome"]) == ["dropped"]


def test_weights_must_leave_something_to_split_by():
    for weights, advice in [([0, 0], "all 0"), ([1, -1], "row 1"), ([2**62, 2**62], "2\\^63")]:
        with pytest.raises(cr.ColumnError, match=advice):
            columns.allocate(100, weights, "first")


def test_an_answer_through_arrow_is_a_column_and_keeps_its_memory():
    answer = columns.fees(arrow_of([11500, 999]), CARD)
    assert isinstance(answer, cr.Column)
    view = numpy.asarray(answer)
    del answer
    gc.collect()
    assert list(view) == [365, 55]
    assert not view.flags.writeable
    schema, capsule = arrow_of([1, 2]).__arrow_c_array__()
    del schema, capsule  # released unused
    rows, _ = columns.settle([9900], watch(), reward=None)
    assert list(columns.fees(rows["net"], CARD)) == [fee_of(int(rows["net"][0]))]
    assert columns.exact_sum(rows.as_decimal()["net"], currency="USD") == rows["net"][0]
    with pytest.raises(TypeError):
        columns.exact_sum(rows.as_decimal()["net"])
    assert str(rows.as_decimal()["net"][0]) == f"{rows['net'][0] / 100:.2f}".rstrip("0")


def test_a_capsule_serves_once():
    class Twice:
        def __init__(self, column):
            self.capsules = column.__arrow_c_array__()

        def __arrow_c_array__(self, requested_schema=None):
            return self.capsules

    twice = Twice(arrow_of([1]).column)
    columns.exact_sum(twice)
    with pytest.raises(ValueError, match="used before"):
        columns.exact_sum(twice)


def test_frames_of_pandas_go_in_and_out():
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"amount": [9900, 1200, 5000], "collected": [True, False, True]})
    rows, statement = columns.settle(frame, watch())
    answer = rows.to_pandas()
    assert list(answer.columns) == list(rows.columns)
    assert answer["net"].sum() == statement.paid.minor
    assert list(answer["outcome"]) == ["collected", "dropped", "collected"]
    for bad, advice in [([1.5], "floating point"), ([1, None], "floating point|missing"), (["x"], "object|str")]:
        with pytest.raises((TypeError, cr.ColumnError), match=advice):
            columns.fees(pandas.Series(bad), CARD)
    with pytest.raises(cr.ColumnError, match="row 1: is missing"):
        columns.fees(pandas.Series([1, None], dtype="Int64"), CARD)
    with pytest.raises(TypeError, match="choose one"):
        columns.fees(frame, CARD)


def test_threads_compute_side_by_side_on_one_column():
    amounts = numpy.arange(200_000, dtype="int64")
    fees = cr.FeeColumn(CARD)
    expected = fees.total(amounts)
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(int(fees(amounts).sum()))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [expected] * 4


def test_an_interpreter_that_ends_while_columns_live_ends_well():
    code = ("import numpy, crowdrules as cr\n"
            "from crowdrules import columns\n"
            "card = cr.FeeSchedule('c', [cr.FeeBand(rate='3%')], rounding='half_up')\n"
            "kept = columns.settle_charges(numpy.arange(1000), processing=card, platform=card).rows\n"
            "view = numpy.asarray(kept['net']); capsule = kept.__arrow_c_stream__()\n")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_nothing_is_leaked_over_many_calls():
    resource = pytest.importorskip("resource")
    amounts = numpy.arange(10_000, dtype="int64")

    def work(times):
        for _ in range(times):
            columns.fees(amounts, CARD)
            columns.settle_charges(arrow_of([1, 2, 3]), processing=CARD, platform=CARD).rows.__arrow_c_stream__()
            with pytest.raises(cr.ColumnError):
                columns.fees(amounts - 1, CARD)
    work(50)
    gc.collect()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    work(300)
    # KiB; one column leaked by each call would be 24,000.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 8_000


@pytest.mark.parametrize("keyword", ["amount", "reward", "collected", "currency"])
def test_a_column_that_is_named_must_be_in_the_frame(keyword):
    frame = {"amount": [9900], "colected": [0]}
    with pytest.raises(cr.ColumnError, match="'collected': is not in the frame, which has: amount, colected; did you "
                                             "mean 'colected'\\?"):
        columns.settle(frame, watch(), **{keyword: "collected"})
    with pytest.raises(cr.ColumnError, match=r"which has: amount, colected$"):
        columns.settle(cr.Frame(frame), watch(), **{keyword: "entirely different"})
    if keyword != "amount":
        for alone in ([9900], numpy.array([9900]), arrow_of([9900])):
            with pytest.raises(cr.ColumnError, match="'collected': is not there: what was given is one column"):
                columns.settle(alone, watch(), **{keyword: "collected"})
    # What nobody has named may be missing.
    assert columns.settle({"amount": [9900]}, watch()).statement.gross == cr.Money("99.00", "USD")
    assert columns.settle({"amount": [9900]}, watch(), reward=None, collected=None, currency=None).rows is not None


def test_a_column_that_is_named_must_be_among_the_payees():
    terms = cr.DistributionTerms("USD", cr.Money("10.00", "USD"))
    with pytest.raises(cr.ColumnError, match="which has: earned, carried; did you mean 'carried'\\?"):
        columns.pay_out({"earned": [740], "carried": [900]}, terms, carried="caried")
    with pytest.raises(cr.ColumnError, match="'payee': is not in the frame"):
        columns.pay_out({"earned": [740], "carried": [900]}, terms, payee="payee")
    with pytest.raises(cr.ColumnError, match="'fees': is not in the frame, which has: fee"):
        cr.Frame({"fee": [1]}, {"fees": "USD"})
