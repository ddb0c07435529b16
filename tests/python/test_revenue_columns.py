# SPDX-License-Identifier: BSL-1.0
"""The revenue floor in columns: each row is what the value of one payee, payment, sale or period would have been."""
import threading
from datetime import date, datetime
from fractions import Fraction

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

import crowdrules as cr
from crowdrules import columns

DAY = "2020-01-01"
AMOUNTS = st.lists(st.integers(0, 10**9), max_size=12)


def usd(amount):
    return cr.Money(amount, "USD")


def cents(count):
    return cr.Money(minor=int(count), currency="USD")


def column(values):
    return numpy.array(values, dtype="int64")


def rows_of(frame):
    return {name: list(frame[name]) for name in frame}


def fee(rate, fixed=0):
    return cr.FeeSchedule("store", [cr.FeeBand(rate=rate, fixed=fixed)], rounding="half_even")


SPLIT = cr.SplitTerms({1: 60, 2: 40}, fees=[cr.TopFee(fee("15%"), 9)])
FUND = cr.WaterfallTerms("USD", [
    cr.WaterfallStep("capital", cr.ReturnOfCapital(), {1: 1}),
    cr.WaterfallStep("preferred", cr.PreferredReturn("8%"), {1: 1}),
    cr.WaterfallStep("split", cr.Divide(), {1: 80, 2: 20})], [1])
NOTE = cr.NoteTerms([cr.NoteHolder(1, usd("600.00")), cr.NoteHolder(2, usd("400.00"))], "5%", "1.5", "half_even")
PAYOUTS = cr.DistributionTerms("USD", usd("10.00"), fee=fee("1%", 25), rounding=cr.Rounding("down", 5))


@given(AMOUNTS)
def test_payments_are_shared_as_one_after_another(payments):
    rows = rows_of(columns.share(column(payments), SPLIT, currency="USD", names={1: "Anna"}))
    assert list(rows) == ["fees.store", "payees.Anna", "payees.2", "undivided"]
    sharing = cr.Sharing(SPLIT, "USD")
    for row, payment in enumerate(payments):
        shared = sharing.share(cents(payment), sold_on=DAY)
        assert rows["fees.store"][row] == shared.fees[0].paid.minor
        assert [rows["payees.Anna"][row], rows["payees.2"][row]] == [part.amount.minor for part in shared.parts]
        assert sum(values[row] for values in rows.values()) == payment


def test_each_payment_is_shared_by_the_split_of_its_day():
    history = [cr.DatedSplit("2012-01-01", cr.SplitTerms({1: 100})),
               cr.DatedSplit("2013-01-01", cr.SplitTerms({1: 50}, totalling="rest_to", rest=2))]
    rows = columns.share([100, 100, -50], history, currency="USD",
                         sold_on=[date(2013, 1, 1), "2012-12-31", date(2013, 1, 1)])
    assert rows_of(rows) == {"payees.1": [50, 100, -25], "payees.2": [50, 0, -25], "undivided": [0, 0, 0]}
    with pytest.raises(ValueError, match="sold_on"):
        columns.share([100], history, currency="USD")
    with pytest.raises(cr.ColumnError, match="row 2") as refusal:
        columns.share([100, 100, -201], SPLIT, currency="USD")
    assert (refusal.value.column, refusal.value.row) == ("payments", 2)


@given(st.lists(st.tuples(st.integers(0, 10**7), st.integers(0, 50), st.integers(0, 10**6)), max_size=12),
       st.integers(0, 1000), st.integers(0, 1000), st.integers(1, 10**7))
def test_royalties_of_a_column_are_those_of_a_contract_and_of_fractions(sales, below, above, mark):
    rates = cr.RateTerms(tiers=[cr.RateTier(mark, Fraction(below, 1000)), cr.RateTier(rate=Fraction(above, 1000))],
                         less=["returns"])
    gross, units, returns = ([sale[i] for sale in sales] for i in range(3))
    gross = [amount + off for amount, off in zip(gross, returns)]  # no more is taken off than was sold
    rows = rows_of(columns.royalties(column(gross), rates, "half_up", currency="USD", units=column(units),
                                     deductions={"returns": column(returns)}))
    contract = cr.RoyaltyContract(cr.RoyaltyTerms("USD", [cr.RoyaltyAccount("a", [cr.RoyaltyWork("w", [
        cr.RoyaltyChannel("c", rates)])])], "half_up"))
    assert rows["royalty"] == [
        contract.settle([cr.SalesLine("w", "c", DAY, count, cents(amount), {"returns": cents(off)})]).payable.minor
        for amount, count, off in zip(gross, units, returns)]
    total = sum(rows["base"])
    assert rows["base"] == [sale[0] for sale in sales]
    exact = Fraction(below, 1000) * min(total, mark) + Fraction(above, 1000) * max(total - mark, 0)
    assert sum(rows["royalty"]) == (exact + Fraction(1, 2)) // 1


def test_royalties_may_be_rounded_line_by_line_and_begin_where_sales_have_come():
    third = cr.RateTerms(tiers=[cr.RateTier(rate="35%")])
    # Kindle: every sale by itself. kdp-35
    assert rows_of(columns.royalties([99, 99], third, "half_up", currency="USD"))["royalty"] == [35, 34]
    assert rows_of(columns.royalties([99, 99], third, "half_up", currency="USD",
                                     rounded="each_line"))["royalty"] == [35, 35]
    book = cr.RateTerms(tiers=[cr.RateTier(5000, "10%"), cr.RateTier(rate="12%")], basis="units")
    rows = columns.royalties([1000], book, "half_up", currency="USD", units=[1], units_before=5000)
    assert list(rows["royalty"]) == [120]
    with pytest.raises(cr.ColumnError, match="row 1: more is returned than was sold"):
        columns.royalties([100, -101], third, "half_up", currency="USD")
    with pytest.raises(cr.ColumnError, match="row 0: more units are returned"):
        columns.royalties([0], third, "half_up", currency="USD", units=[-1])


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 10**9), st.integers(0, 10**8)), min_size=1, max_size=8))
def test_receipts_run_down_as_one_after_another(periods):
    days, day = [], date(2020, 1, 1).toordinal()
    for after, _, _ in periods:
        day += after
        days.append(date.fromordinal(day))
    received, paid_in = [period[1] for period in periods], [period[2] for period in periods]
    rows = rows_of(columns.waterfall(column(received), FUND, on=days, contributed=column(paid_in),
                                     names={1: "investors", 2: "manager"}))
    fund = cr.Waterfall(FUND)
    for row, on in enumerate(days):
        fund.contribute(cents(paid_in[row]), on=on)
        payment = fund.distribute(cents(received[row]), on=on)
        assert [rows[f"steps.{step.step}"][row] for step in payment.steps] == [s.paid.minor for s in payment.steps]
        assert rows["payees.investors"][row] + rows["payees.manager"][row] == received[row]
    assert sum(rows["payees.manager"]) == fund.paid_to(2).minor


def test_days_come_as_dates_text_numpy_or_pandas_and_as_nothing_else():
    expected = rows_of(columns.waterfall([100, 100], FUND, on=["2020-01-01", "2021-01-01"], contributed=[150, 0]))
    pandas = pytest.importorskip("pandas")
    days = numpy.array(["2020-01-01", "2021-01-01"], dtype="datetime64[D]")
    for on in (days, days.astype("datetime64[ns]"), pandas.Series(days), list(map(date.fromisoformat, map(str, days)))):
        assert rows_of(columns.waterfall([100, 100], FUND, on=on, contributed=[150, 0])) == expected
    for wrong, advice in [([20200101, 20210101], "expected a date"), (["soon", "later"], "2012-05-19"),
                          ([datetime(2020, 1, 1), datetime(2021, 1, 1)], "expected a date"),
                          (numpy.array(["2020-01-01T05", "2021-01-01"], dtype="datetime64[h]"), "without a time"),
                          (numpy.array(["NaT", "2021-01-01"], dtype="datetime64[D]"), "without a time"),
                          (["2020-01-01"], "has 1 rows, but 'received' has 2")]:
        with pytest.raises(cr.ColumnError, match=advice):
            columns.waterfall([100, 100], FUND, on=wrong)
    with pytest.raises(TypeError, match="zone"):
        columns.waterfall([100, 100], FUND, on=pandas.Series(days).dt.tz_localize("Asia/Seoul"))
    with pytest.raises(cr.ColumnError, match="row 1"):
        columns.waterfall([100, 100], FUND, on=["2020-01-02", "2020-01-01"])


@given(st.lists(st.integers(0, 10**6), max_size=30))
def test_a_note_over_a_column_is_the_note_period_by_period(revenues):
    rows = rows_of(columns.note(column(revenues), NOTE, names={1: "Anna", 2: "Ben"}))
    note = cr.RevenueNote(NOTE)
    for row, revenue in enumerate(revenues):
        if note.state is cr.NoteState.repaid:
            assert [rows[name][row] for name in ("due", "paid", "outstanding", "payees.Anna")] == [0, 0, 0, 0]
            assert rows["state"][row] == "repaid"
            continue
        period = note.end_period(cents(revenue))
        assert [rows[name][row] for name in ("due", "paid", "missed", "outstanding")] == [
            period.due.minor, period.paid.minor, period.missed.minor, period.outstanding.minor]
        assert rows["state"][row] == period.state.name
        assert rows["payees.Anna"][row] + rows["payees.Ben"][row] == period.paid.minor
    assert sum(rows["paid"]) == min(round(Fraction(5, 100) * sum(revenues)), 150_000)


def test_a_payment_that_is_missed_is_due_with_the_next():
    rows = rows_of(columns.note([100_000, 100_000, 100_000], NOTE.with_(misses_allowed=1), paid=[0, 10_000, 5_000]))
    assert (rows["missed"], rows["state"]) == ([5_000, 0, 0], ["running"] * 3)
    with pytest.raises(cr.ColumnError, match="column 'revenue', row 1"):
        columns.note([100, 100], NOTE, paid=[5, 6])


@given(st.lists(st.tuples(st.integers(-5000, 10**6), st.integers(-5000, 5000)), max_size=20))
def test_payees_are_paid_as_a_distribution_pays_them(balances):
    earned, carried = ([balance[i] for balance in balances] for i in range(2))
    rows = rows_of(columns.pay_out({"earned": column(earned), "carried": column(carried)}, PAYOUTS))
    for row, (new, old) in enumerate(balances):
        payouts = cr.Distribution(PAYOUTS)
        payouts.add(cr.Payee(1, "Anna"))
        payouts.book(cr.Earning(1, cents(new + old).amount, DAY, "sale", kind="correction"))
        statement = payouts.pay_out(DAY)[0]
        assert rows["paid"][row] == statement.paid.minor and rows["fee"][row] == statement.fee.minor
        assert rows["gross"][row] == statement.gross.minor
        assert Fraction(rows["carried"][row], 100) == Fraction(statement.carried)
        assert rows["reason"][row] == statement.reason.name
        assert new + old == rows["gross"][row] + rows["carried"][row]
        assert rows["gross"][row] == rows["fee"][row] + rows["paid"][row]


def test_a_payee_may_ask_for_a_higher_minimum():
    terms = cr.DistributionTerms("USD", usd("10.00"), higher_minimums={7: usd("50.00")})
    rows = columns.pay_out({"earned": [1500, 1500], "payee": [7, 8]}, terms)
    assert list(rows["paid"]) == [0, 1500]
    with pytest.raises(ValueError, match="column 'payee'"):
        columns.pay_out([1500], terms)
    with pytest.raises(cr.ColumnError, match="row 1: payee 0 is nobody"):
        columns.pay_out({"earned": [1500, 1500], "payee": [7, 0]}, terms)


def test_a_quarter_of_royalties_is_a_pool_that_is_split_and_paid_out():
    influence = column([7919 * n % 1000 + 1 for n in range(1, 10_001)])
    pool = usd("1234567.89").times("3%", "half_even")
    royalties = columns.allocate(pool, influence, "largest_remainder")
    rows = columns.pay_out(royalties, cr.DistributionTerms("USD", usd("5.00")))
    paid, carried = numpy.asarray(rows["paid"]), numpy.asarray(rows["carried"])
    assert int(paid.sum() + carried.sum()) == pool.minor
    assert (paid + carried == royalties).all() and set(rows["reason"]) == {"paid", "below_minimum"}


GIFTS = st.lists(st.tuples(st.integers(1, 4), st.integers(1, 6), st.integers(1, 10**6)), max_size=30)


@given(GIFTS, st.integers(0, 10**7), st.sampled_from(list(cr.Saturation)), st.sampled_from(list(cr.QuadraticDust)))
def test_gifts_of_a_frame_are_matched_as_a_list_of_them_is(gifts, pool, saturation, dust):
    terms = cr.QuadraticTerms(cents(pool), saturation=saturation, dust=dust, cap=cents(10**6))
    frame = {name: column([gift[i] for gift in gifts]) for i, name in enumerate(("project", "backer", "amount"))}
    rows, distributed, left = columns.match_quadratic(frame, terms)
    outcome = cr.match_quadratic(terms, [cr.QuadraticContribution(p, b, cents(a)) for p, b, a in gifts])
    assert (distributed, left) == (outcome.distributed, outcome.left)
    assert distributed + left == cents(pool)
    assert list(rows["matched"]) == [project.matched.minor for project in outcome.projects]
    assert list(rows["weight"]) == [project.weight for project in outcome.projects]
    assert list(rows["project"]) == sorted({gift[0] for gift in gifts})


def test_a_frame_of_gifts_may_be_one_of_pandas():
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"idea": [1, 1], "person": [1, 2], "cents": [100, 400]})
    rows, _, left = columns.match_quadratic(frame, cr.QuadraticTerms(usd("9.00")), project="idea", backer="person",
                                            amount="cents")
    assert rows.to_pandas()["matched"].tolist() == [400] and left == usd("5.00")
    with pytest.raises(cr.ColumnError, match="column 'amount': is not in the frame, which has: idea, person, cents"):
        columns.match_quadratic(frame, cr.QuadraticTerms(usd("9.00")), project="idea", backer="person")


@pytest.mark.parametrize("wrong,error,advice", [
    (lambda: columns.share([1.5], SPLIT, currency="USD"), cr.ColumnError, "minor units"),
    (lambda: columns.share(numpy.array([1.5]), SPLIT, currency="USD"), TypeError, "floating point"),
    (lambda: columns.share([1], cr.SplitTerms({1: 99}), currency="USD"), cr.FindingsError, "99 of 100"),
    (lambda: columns.share([1], [], currency="USD"), ValueError, "no split"),
    (lambda: columns.waterfall([1], FUND, on=None), ValueError, "on="),
    (lambda: columns.waterfall([1], FUND, on=numpy.array(["20200-01-01"], dtype="datetime64[D]")), cr.ColumnError,
     "column 'on', row 0: is no day"),
    (lambda: columns.share([1], SPLIT, currency="USD", names={1: "2"}), ValueError, "a name of its own"),
    (lambda: columns.royalties([1], cr.RateTerms(tiers=[]), "half_up", currency="USD"), cr.FindingsError, ""),
    (lambda: columns.royalties([1], cr.RateTerms(tiers=[cr.RateTier(rate="3%")]), "half_up", currency="USD",
                               deductions={"tips": [1]}), ValueError, "returns"),
    (lambda: columns.royalties([1, 2], cr.RateTerms(tiers=[cr.RateTier(rate="3%")]), "half_up", currency="USD",
                               units=[1]), cr.ColumnError, "column 'units': has 1 rows, but 'gross' has 2"),
    (lambda: columns.royalties([1], cr.RateTerms(tiers=[cr.RateTier(rate="3%")], per_unit=usd("1")), "half_up",
                               currency="USD"), ValueError, "units="),
    (lambda: columns.royalties([2**62, 2**62], cr.RateTerms(tiers=[cr.RateTier(rate="3%")]), "half_up",
                               currency="USD"), cr.ColumnError, "row 1"),
    (lambda: columns.waterfall([-1], FUND, on=[DAY]), cr.ColumnError, "row 0"),
    (lambda: columns.note([-1], NOTE), cr.ColumnError, "row 0"),
    (lambda: columns.note([3_000_000, -1], NOTE), cr.ColumnError, "row 1"),
    (lambda: columns.note([1], NOTE.with_(multiple="0.5")), cr.FindingsError, "at least 1"),
    (lambda: columns.pay_out({"earned": [2**63 - 1], "carried": [1]}, PAYOUTS), cr.ColumnError, "row 0"),
    (lambda: columns.pay_out({"earned": [1, 2, 3], "carried": [1]}, PAYOUTS), cr.ColumnError,
     "has 1 rows, but 'earned' has 3"),
    (lambda: columns.match_quadratic({"project": [1], "backer": [0], "amount": [5]}, cr.QuadraticTerms(usd("1"))),
     cr.ColumnError, "column 'backer', row 0: 0 is not above 0"),
    (lambda: columns.match_quadratic({"project": [1], "backer": [1], "amount": [0]}, cr.QuadraticTerms(usd("1"))),
     cr.ColumnError, "column 'amount', row 0"),
    (lambda: columns.match_quadratic({"project": [1]}, cr.QuadraticTerms(usd("1"))), cr.ColumnError,
     "column 'backer': is not in the frame, which has: project"),
    (lambda: columns.match_quadratic([1], cr.QuadraticTerms(usd("1"))), cr.ColumnError, "not a frame"),
])
def test_what_is_wrong_is_refused_with_advice(wrong, error, advice):
    with pytest.raises(error) as refusal:
        wrong()
    assert advice in str(refusal.value)


def test_nothing_given_is_nothing_answered():
    assert len(columns.share([], SPLIT, currency="USD")) == 0
    assert len(columns.waterfall([], FUND, on=[])) == 0
    assert len(columns.note([], NOTE)) == 0
    rows, distributed, left = columns.match_quadratic({"project": [], "backer": [], "amount": []},
                                                      cr.QuadraticTerms(usd("1.00")))
    assert len(rows) == 0 and distributed == usd("0.00") and left == usd("1.00")


def test_other_threads_run_meanwhile():
    ticks, done = [], threading.Event()

    def tick():
        while not done.wait(0.001):
            ticks.append(1)

    thread = threading.Thread(target=tick)
    thread.start()
    try:
        columns.pay_out(numpy.full(300_000, 1234, dtype="int64"), PAYOUTS)
    finally:
        done.set()
        thread.join()
    assert ticks
