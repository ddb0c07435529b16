# SPDX-License-Identifier: BSL-1.0
"""Money, rates, times and terms as Python sees them: made, compared, printed, pickled, refused."""
import copy
import pickle
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

import crowdrules as cr
from crowdrules import *  # noqa: F403 (what is printed is pasted back with these names)

SIXTY_FOUR_BITS = st.integers(-(2**63), 2**63 - 1)
VALUES = [
    cr.Money("10.50", "USD"),
    cr.Money("0.1", cr.Currency("POINTS", 18)),
    cr.Currency("JPY"),
    cr.Rounding("half_up", step=5),
    cr.FeeBand(from_=1000, rate="2.9%", fixed=30),
    cr.Citation("a page", "2026-11", "official"),
    cr.Window("2012-04-11T07:00:00Z", None),
    cr.Cadence(every=timedelta(hours=48)),
    cr.Reward("It's", minimum=9900, quantity=200, shipping=cr.Shipping("listed", [cr.ShippingRate("US", 100)])),
    cr.StretchGoal("more", at=5, measure="backers", effect=cr.AddStock(1, 5)),
    cr.FundingModel.two_rounds(cr.Money("1", "EUR"), cr.Money("2", "EUR"), timedelta(days=40)),
    cr.MakePledge(1, 7, amount=cr.Money("1", "USD"), add_ons=[cr.AddOnChoice(1, 2)]),
    cr.RefundPledge(1, cr.Money("1", "USD")),
    cr.Posting("escrow", cr.Money("1", "USD")),
    cr.RoundingMode.half_up,
]


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_a_value_prints_as_what_makes_it_again_and_travels(value):
    assert eval(repr(value)) == value
    assert hash(eval(repr(value))) == hash(value)
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(value, protocol)) == value
    assert copy.copy(value) == copy.deepcopy(value) == value
    assert value != "something else"


def test_money_is_made_of_exact_amounts():
    assert cr.Money("10.50", "USD") == cr.Money("10.5 USD") == cr.Money(Decimal("10.5"), "USD")
    assert cr.Money(Fraction(21, 2), "USD") == cr.Money(minor=1050, currency="USD")
    assert cr.Money("10.50", "USD").amount == Decimal("10.5")
    assert cr.Money("1.00", "USD") != cr.Money("1.00", "EUR")
    assert sum([cr.Money("1", "USD")] * 3) == cr.Money("3", "USD")
    assert sorted([cr.Money("2", "USD"), cr.Money("1", "USD")])[0].minor == 100
    assert f"{cr.Money('10266845', 'USD'):>18}" == " 10,266,845.00 USD"


@pytest.mark.parametrize("wrong,error,advice", [
    (lambda: cr.Money(1.5, "USD"), TypeError, "no exact amount: got 1.5; write it as text, Money('10.50', 'USD')"),
    (lambda: cr.Money(True, "USD"), TypeError, "a truth value is no amount"),
    (lambda: cr.Money(10, "USD"), TypeError, "minor=10"),
    (lambda: cr.Money("10.505", "USD"), cr.TextError, "3 decimals"),
    (lambda: cr.Money(Decimal("NaN"), "USD"), ValueError, "finite"),
    (lambda: cr.Money("1"), cr.TextError, "currency"),
    (lambda: cr.Money(), TypeError, "minor units"),
    (lambda: cr.Money("1", "XYZ"), cr.TextError, "XYZ"),
    (lambda: cr.Money("1", "USD") + cr.Money("1", "EUR"), cr.CurrencyMismatch, "EUR"),
    (lambda: cr.Money("1", "USD") < cr.Money("1", "EUR"), cr.CurrencyMismatch, "EUR"),
    (lambda: cr.Money("1", "USD") + 1, TypeError, ""),
    (lambda: cr.Money("1", "USD") * 1.5, TypeError, "times"),
    (lambda: cr.Money("1", "USD") / 3, TypeError, "Money divided by 3 could need rounding"),
    (lambda: cr.Money(minor=2**63, currency="USD"), ValueError, "range"),
    (lambda: -cr.Money(minor=-(2**63), currency="USD"), cr.Overflow, ""),
    (lambda: cr.Money("1", "USD").times(0.1, "half_up"), TypeError, "text"),
    (lambda: cr.Money("1", "USD").times("10%", "half"), ValueError, "half_even"),
    (lambda: cr.FeeBand(rate=Fraction(1, 3)), ValueError, "round it first"),
    (lambda: cr.Reward("x", minimum=1.0), TypeError, "Reward.minimum"),
    (lambda: cr.Reward("x", minimum=True), TypeError, "bool"),
    (lambda: cr.Reward("x", price=1), TypeError, "late_price"),
    (lambda: cr.Reward(), TypeError, "needs name"),
    (lambda: cr.Reward("x", name="y"), TypeError, "twice"),
    (lambda: cr.Window(datetime(2026, 11, 1), None), ValueError, "zone"),
    (lambda: cr.Window("2026-11-01T08:00:00", None), cr.TextError, "offset"),
    (lambda: cr.Window(datetime(2026, 11, 1, 0, 0, 0, 5, tzinfo=timezone.utc), None), ValueError, "whole seconds"),
    (lambda: cr.Window(date(2026, 11, 1), None), TypeError, "datetime"),
    (lambda: cr.allocate(cr.Money("1", "USD"), [0, 0], "first"), cr.ContractViolation, ""),
    (lambda: cr.Currency("usd"), cr.TextError, "USD"),
])
def test_what_is_wrong_is_refused_with_advice(wrong, error, advice):
    with pytest.raises(error) as refusal:
        wrong()
    assert advice in str(refusal.value)


def test_an_error_in_a_text_says_where():
    with pytest.raises(cr.TextError) as refusal:
        cr.Money("10.505", "USD")
    error = refusal.value
    assert (error.line, error.column, error.found) == (1, 6, "10.505") or error.column > 0
    assert pickle.loads(pickle.dumps(error)).column == error.column
    assert isinstance(error, cr.Error) and isinstance(error, ValueError)


@given(SIXTY_FOUR_BITS)
def test_every_amount_crosses_the_border_and_back(minor):
    amount = cr.Money(minor=minor, currency="USD")
    assert amount.minor == minor
    assert amount.amount == Decimal(minor) / 100
    assert cr.Money(amount.amount, "USD") == amount == eval(repr(amount))


@given(st.decimals(allow_nan=False, allow_infinity=False, places=9, min_value=0, max_value=1))
def test_every_rate_crosses_the_border_and_back(rate):
    assert cr.FeeBand(rate=rate).rate == rate == cr.FeeBand(rate=Fraction(rate)).rate


@given(st.datetimes(min_value=datetime(1900, 1, 2), max_value=datetime(9999, 12, 30),
                    timezones=st.sampled_from([timezone.utc, ZoneInfo("America/New_York"), ZoneInfo("Asia/Seoul")])))
def test_every_instant_crosses_the_border_and_back(at):
    at = at.replace(microsecond=0)
    assert cr.Window(at, None).opens == at
    assert cr.Window(at, None).opens.tzinfo is timezone.utc


@given(SIXTY_FOUR_BITS, st.lists(st.integers(0, 10**9), min_size=1, max_size=20).filter(any),
       st.sampled_from(list(cr.AllocationMethod)))
def test_the_parts_of_a_split_add_up(minor, weights, spare):
    whole = cr.Money(minor=minor, currency="USD")
    parts = cr.allocate(whole, weights, spare)
    assert sum(part.minor for part in parts) == minor
    for part, weight in zip(parts, weights):
        assert weight > 0 or part.minor == 0


@given(st.integers(-(10**15), 10**15), st.integers(0, 1000).map(lambda n: Fraction(n, 1000)),
       st.sampled_from(["half_even", "half_up", "floor", "ceiling", "down", "up", "half_down"]))
def test_rates_round_as_decimal_does(minor, rate, mode):
    decimal_mode = {"up": "ROUND_UP", "down": "ROUND_DOWN", "ceiling": "ROUND_CEILING", "floor": "ROUND_FLOOR"}.get(
        mode, "ROUND_" + mode.upper())
    expected = (Decimal(minor) * Decimal(rate.numerator) / Decimal(rate.denominator)).quantize(Decimal(1), decimal_mode)
    assert cr.Money(minor=minor, currency="USD").times(rate, mode).minor == expected


def test_a_value_is_changed_by_making_another():
    reward = cr.Reward("Early bird", minimum=9900)
    assert reward.with_(quantity=200) == cr.Reward("Early bird", minimum=9900, quantity=200)
    assert reward.quantity is None
    with pytest.raises(AttributeError):
        reward.quantity = 5


def test_a_local_time_is_resolved_by_name():
    with pytest.raises(cr.TextError):
        cr.resolve("2024-03-10", timedelta(hours=2, minutes=30), "America/New_York")
    skipped = cr.resolve("2024-03-10", timedelta(hours=2, minutes=30), "America/New_York", gap="later")
    assert skipped == datetime(2024, 3, 10, 7, 30, tzinfo=timezone.utc)


def test_a_field_that_is_a_word_of_python_has_an_underscore():
    retail = cr.Giver(class_="retail", given_in_all=100)
    assert retail.class_ == "retail"
    assert eval(repr(retail), vars(cr)) == retail
