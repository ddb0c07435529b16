# SPDX-License-Identifier: BSL-1.0
"""The revenue floor value by value: royalties, splits, waterfalls, notes, payouts and matching, on published figures.

What is worked in tests/revenue is worked here again from Python, with the same sources.
"""
import copy
import pathlib
import pickle
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import crowdrules as cr
from crowdrules import *  # noqa: F403 (what is printed is pasted back with these names)

DAY = "2020-01-01"
STORIES = pathlib.Path(__file__).resolve().parents[1] / "scenarios"


def usd(amount):
    return cr.Money(amount, "USD")


def cents(count):
    return cr.Money(minor=count, currency="USD")


def percent(name, rate, rounding="half_even", **more):
    return cr.FeeSchedule(name, [cr.FeeBand(rate=rate)], rounding=rounding, **more)


def minor(shared):
    return [part.amount.minor for part in shared.parts]


def flat(rate, **more):
    return cr.RateTerms(tiers=[cr.RateTier(rate=rate)], **more)


def contract_of(rates, **more):
    return cr.RoyaltyContract(cr.RoyaltyTerms("USD", [cr.RoyaltyAccount("account", [cr.RoyaltyWork("work", [
        cr.RoyaltyChannel("sales", rates)])])], "half_up", **more))


def sold(gross, units=1, **deductions):
    return cr.SalesLine("work", "sales", DAY, units, usd(gross), {name: usd(off) for name, off in deductions.items()})


def royalty(rates, sale):
    return contract_of(rates).settle([sale]).accounts[0].earned


def private_equity(preferred, manager=100, reading="true_up"):
    to = {2: manager} if manager == 100 else {1: 100 - manager, 2: manager}
    return cr.WaterfallTerms("USD", [
        cr.WaterfallStep("capital", cr.ReturnOfCapital(), {1: 1}), cr.WaterfallStep("preferred", preferred, {1: 1}),
        cr.WaterfallStep("catch-up", cr.CatchUp(2, "20%", ["preferred"], reading), to),
        cr.WaterfallStep("split", cr.Divide(), {1: 80, 2: 20})], [1])


def exit_of(terms, paid_in, paid_back):
    waterfall = cr.Waterfall(terms)
    waterfall.contribute(usd(paid_in), on=DAY)
    waterfall.distribute(usd(paid_back), on=DAY)
    return waterfall


FILM = cr.WaterfallTerms("USD", [
    cr.WaterfallStep("collection", cr.OffTheTop("1%"), {4: 1}),
    cr.WaterfallStep("sales fee", cr.OffTheTop("10%"), {4: 1}),
    cr.WaterfallStep("marketing", cr.FixedClaim(usd("75000.00")), {4: 1}),
    cr.WaterfallStep("debt", cr.FixedClaim(usd("500000.00"), "10%"), {3: 1}),
    cr.WaterfallStep("equity", cr.FixedClaim(usd("500000.00"), "20%"), {1: 1}),
    cr.WaterfallStep("pool", cr.Divide(), {2: 50, 1: 50})], [1])
NOTE = cr.NoteTerms([cr.NoteHolder(1, usd("600.00")), cr.NoteHolder(2, usd("400.00"))], "5%", "1.5", "half_even")


POOL = cr.MatchPool([cr.Sponsor(1, usd("100.00"))])


def statement_values():
    """Results, which are values too."""
    terms = cr.SplitTerms({1: 60, 2: 40}, fees=[cr.TopFee(percent("store", "15%"), 9)])
    contract = contract_of(flat("30%", less=["returns"]))
    payouts = cr.Distribution(cr.DistributionTerms("USD", usd("1.00")))
    payouts.add(cr.Payee(1, "Anna", [cr.Withholding("US", "15%", "half_even")]))
    payouts.book(cr.Earning(1, "100.005", DAY, "a sale", source="US"))
    pool = cr.MatchPool([cr.Sponsor(1, usd("100.00"))])
    gifts = [cr.QuadraticContribution(7, backer, usd("4.00")) for backer in (1, 2)]
    return [
        cr.share_once(terms, usd("100.00")), contract.settle([sold("1000.00", returns="200.00")]),
        cr.Waterfall(FILM).distribute(usd("2500000.00"), on=DAY), cr.RevenueNote(NOTE).end_period(usd("12000.00")),
        payouts.pay_out("2020-02-01")[0], pool.match(cr.MatchTerms(1, "half_even"), 7, 1, usd("9.00")),
        cr.match_quadratic(cr.QuadraticTerms(usd("5.00")), gifts),
    ]


VALUES = [
    cr.SplitTerms({1: 60, 2: 40}, whole=100, dividing="each_payment", split="rotating"),
    cr.DatedSplit(date(2012, 1, 1), cr.SplitTerms([cr.Share(1, 100)]), cr.Citation("a contract")),
    cr.TopFee(percent("store", "15%"), 9, after=["bank"], level="running_total"),
    cr.RateTerms(less=["returns", "tax"], tiers=[cr.RateTier(5000, "10%"), cr.RateTier(rate="12%")], basis="units",
                 floor_per_unit=usd("0.25")),
    cr.RoyaltyTerms("USD", [cr.RoyaltyAccount("Anna", [cr.RoyaltyWork("w", [cr.RoyaltyChannel("c", flat("3%"))])])],
                    "half_up", reserve=cr.ReturnsReserve(rates=["10%", "5%"], rounding="half_even")),
    cr.SalesLine("w", "c", DAY, 2, usd("9.99"), {"tax": usd("1.00")}),
    private_equity(cr.PreferredReturn("8%", "quarterly", "thirty_360")),
    cr.Divide(cr.Hurdle("1.5")), cr.Divide(cr.Hurdle(cr.PreferredReturn("12%"))), cr.ReturnOfCapital(),
    cr.Corridor("5%", usd("500.00"), usd("1500.00")),
    cr.Clawback(2, "20%", cr.PreferredReturn("8%")), cr.FundFlow(DAY, "deal", usd("1.00"), usd("0.00")),
    NOTE.with_(grace="deferred", grace_periods=1, matures_after=16, buy_outs=[cr.BuyOut(4, "1.2")]),
    cr.DistributionTerms("USD", usd("10.00"), rule="above", hold=timedelta(days=7), higher_minimums={3: usd("50.00")}),
    cr.Earning(1, "7.405", DAY, "a sale", rate=cr.ExchangeRate("EUR", "USD", "1.1", "2020-01-01")),
    cr.LumpTerms(usd("500.00"), at_share="0.5"), cr.Sponsor(1, usd("100.00")),
    cr.QuadraticTerms(usd("100.00"), cap=usd("40.00"), dust="alpha"),
    *statement_values(),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_a_value_prints_as_what_makes_it_again_and_travels(value):
    assert eval(repr(value)) == value
    assert hash(eval(repr(value))) == hash(value)
    assert pickle.loads(pickle.dumps(value)) == copy.copy(value) == copy.deepcopy(value) == value
    assert value.with_() == value != "something else"


@pytest.mark.parametrize("result", [value for value in statement_values() if not isinstance(value, cr.Match)],
                         ids=lambda value: type(value).__name__)
def test_a_result_explains_itself_and_is_a_table(result):
    assert str(result.explain())
    assert result._repr_html_().startswith("<table>")


# --------------------------------------------------------------------------------------------------------------- shares

def test_the_split_in_force_on_the_day_of_the_sale_holds_after_the_fees_off_the_top():
    first = cr.SplitTerms({1: 60, 2: 40}, fees=[cr.TopFee(percent("store", "15%"), 9)])
    sharing = cr.Sharing([cr.DatedSplit("2012-01-01", first),
                          cr.DatedSplit("2013-01-01", first.with_(shares={1: 50, 2: 30, 3: 20}))], "USD")
    later = sharing.share(usd("100.00"), sold_on="2013-01-01")
    earlier = sharing.share(usd("100.00"), sold_on=date(2012, 12, 31))  # arrives late
    assert earlier.fees[0].paid == usd("15.00")
    assert minor(earlier) == [5100, 3400] and minor(later) == [4250, 2550, 1700]
    assert sharing.total_of(1) == usd("93.50")
    assert sharing.in_force("2012-06-01").from_ == date(2012, 1, 1)
    assert sharing.in_force("2011-06-01") is None


@pytest.mark.parametrize("payment,terms,parts", [
    # Humble Bundle 2021 (gamepur.com)
    (2500, cr.SplitTerms({1: 85, 2: 5, 3: 10}), [2125, 125, 250]),
    # Podcasting 2.0 "value" tag: shares of 380 (podcast-namespace, value.md)
    (3000, cr.SplitTerms({1: 190, 2: 152, 3: 38}, totalling="relative"), [1500, 1200, 300]),
    # Zazzle: the maker has 50 times an element's part (help.zazzle.com 360037785973)
    (1100, cr.SplitTerms({1: 50, 2: 1, 3: 1, 4: 1, 5: 1, 6: 1}, totalling="relative"), [1000] + [20] * 5),
    # aquirkyblog.com/author/nathan, 2012-03-28 (quirky-2012-buckets)
    (100, cr.SplitTerms({1: 60, 2: 10}, totalling="rest_to", rest=3), [60, 10, 30]),
    # dinerojs/dinero.js
    (1003, cr.SplitTerms({1: 49, 2: 51}, dividing="each_payment", split="first"), [492, 511]),
    # 0xSplits, SplitMain.sol: parts of a million are cut on each payment
    (100, cr.SplitTerms({1: 333333, 2: 333333, 3: 333334}, whole=1_000_000, dividing="each_payment_cut"), [33, 33, 33]),
])
def test_published_splits_come_out_as_published(payment, terms, parts):
    assert minor(cr.share_once(terms, cents(payment))) == parts


def test_a_share_in_dispute_is_held_back_and_a_retroactive_split_needs_somebody_to_give_back():
    sharing = cr.Sharing(cr.SplitTerms({1: 50, 2: 50}), "USD")
    sharing.hold(2, item="song")
    assert sharing.share(usd("10.00"), sold_on=DAY, item="song").parts[1].held
    assert sharing.held == usd("5.00")
    assert [part.amount for part in sharing.release(2, item="song", settlement={2: 1, 3: 4})] == [usd("1"), usd("4")]
    later = cr.DatedSplit(DAY, cr.SplitTerms({1: 100}))
    with pytest.raises(cr.FindingsError) as refusal:
        sharing.change(later)
    assert refusal.value.findings[0].rule == "split.change"
    before = copy.deepcopy(sharing)
    back = sharing.change(later, recovery=cr.Recovery())
    assert sum(part.amount.minor for part in back) == 0
    assert before.total_of(1) != sharing.total_of(1)


WEIGHTS = st.dictionaries(st.integers(1, 9), st.integers(0, 1000), min_size=1, max_size=6).filter(
    lambda shares: any(shares.values()))


@given(WEIGHTS, st.lists(st.integers(0, 5000), min_size=1, max_size=8), st.integers(0, 300))
def test_nothing_is_lost_and_nobody_is_further_than_a_cent_from_their_fraction(shares, payments, per_mille):
    terms = cr.SplitTerms(shares, totalling="relative",
                          fees=[cr.TopFee(percent("store", Fraction(per_mille, 1000)), 99)])
    sharing = cr.Sharing(terms, "USD")
    divided, had = 0, dict.fromkeys(shares, 0)
    for payment in payments:
        shared = sharing.share(cents(payment), sold_on=DAY)
        assert shared.fees[0].paid.minor == round(Fraction(per_mille, 1000) * payment)
        assert shared.fees[0].paid.minor + sum(minor(shared)) + shared.undivided.minor == payment
        divided += shared.divided.minor
        for part in shared.parts:
            assert part.amount.minor >= 0
            had[part.payee] += part.amount.minor
    assert sum(had.values()) == divided
    for payee, weight in shares.items():
        exact = Fraction(weight, sum(shares.values())) * divided
        assert weight > 0 or had[payee] == 0
        assert abs(had[payee] - exact) <= len(shares) / 2
        assert sharing.total_of(payee).minor == had[payee]


# ------------------------------------------------------------------------------------------------------------ royalties

def test_published_royalties_come_out_as_published():
    # Quirky in 2016: 3% of retail less discounts, allowances and returns. quirky-2016-direct
    sale = sold("1000.00", discounts="100.00", allowances="20.00", returns="80.00")
    assert royalty(flat("3%", less=["discounts", "allowances", "returns"]), sale) == usd("24.00")
    assert royalty(flat("3%"), sale) == usd("30.00")
    # Threadless: 20% of net profit, at least 0.25 a unit. threadless-profit-min
    assert royalty(flat("20%", floor_per_unit=usd("1.00")), sold("40.00", 10)) == usd("10.00")
    # Valve 2018. steam-marginal
    steam = cr.RateTerms(tiers=[cr.RateTier(10_000_000_00, "70%"), cr.RateTier(50_000_000_00, "75%"),
                                cr.RateTier(rate="80%")])
    assert royalty(steam, sold("60000000.00")) == usd("45000000.00")
    # Bandcamp: 15%, and 10% once all earlier sales exceed 5,000. bandcamp-cliff
    bandcamp = contract_of(cr.RateTerms(tiers=[cr.RateTier(5_000_00, "15%"), cr.RateTier(rate="10%")],
                                        tiering="at_sale"))
    earned = [bandcamp.settle([sold(gross)]).payable for gross in ("4995.00", "10.00", "10.00")]
    assert earned[1:] == [usd("1.50"), usd("1.00")]


def test_an_advance_is_recouped_and_a_reserve_released():
    contract = contract_of(flat("100%"), reserve=cr.ReturnsReserve(rates=["10%"], rounding="half_even"))
    contract.advance("account", "advance", usd("500.00"))
    first = contract.settle([sold("1240.00")]).accounts[0]
    assert (first.withheld, first.recouped, first.payable) == (usd("124.00"), usd("500.00"), usd("616.00"))
    assert contract.recoupables("account")[0].recouped == usd("500.00")
    assert contract.settle([]).payable == usd("124.00")
    assert contract.periods == 2 and contract.reserved == usd("0.00")
    with pytest.raises(KeyError):
        contract.recoupables("nobody")


@given(st.lists(st.tuples(st.integers(0, 10**7), st.integers(0, 50)), max_size=12), st.integers(0, 1000),
       st.integers(0, 1000), st.integers(1, 10**7))
def test_royalties_are_those_of_fractions_however_they_are_cut_into_periods(sales, below, above, mark):
    rates = cr.RateTerms(tiers=[cr.RateTier(mark, Fraction(below, 1000)), cr.RateTier(rate=Fraction(above, 1000))])
    total = sum(gross for gross, _ in sales)
    exact = Fraction(below, 1000) * min(total, mark) + Fraction(above, 1000) * max(total - mark, 0)
    by_sale, at_once = contract_of(rates), contract_of(rates)
    parts = [by_sale.settle([sold(cents(gross).amount, units)]).payable.minor for gross, units in sales]
    whole = at_once.settle([sold(cents(gross).amount, units) for gross, units in sales])
    assert sum(parts) == whole.payable.minor == (exact + Fraction(1, 2)) // 1
    for account in whole.accounts:
        assert (account.carried_before + account.earned + account.released ==
                account.withheld + account.recouped + account.payable + account.carried_after)


def test_an_accrual_rounds_the_running_total():
    royalties = cr.Accrual("USD")
    settled = []
    for _ in range(3):
        royalties.add(Decimal("0.3465"))
        settled.append(str(royalties.settle("half_up").amount))
    assert settled == ["0.35", "0.34", "0.35"]
    assert royalties.unsettled == Decimal("-0.0005")


# ----------------------------------------------------------------------------------------------------------- waterfalls

def test_capital_preferred_return_catch_up_carried_split():
    small = exit_of(private_equity(cr.PreferredReturn("8%", "flat")), "1000000.00", "1200000.00")
    assert small.paid_by("catch-up") == usd("20000.00")
    assert (small.paid_to(1), small.paid_to(2)) == (usd("1160000.00"), usd("40000.00"))
    # half_catch_up_1200000: the two readings differ
    half = exit_of(private_equity(cr.PreferredReturn("8%", "flat"), 50), "1000000.00", "1200000.00")
    assert half.paid_by("catch-up") == usd("53333.33")
    fixed = exit_of(private_equity(cr.PreferredReturn("8%", "flat"), 50, "fixed_target"), "1000000.00", "1200000.00")
    assert (fixed.paid_by("catch-up"), fixed.paid_to(2)) == (usd("40000.00"), usd("36000.00"))


def test_a_film_pays_down_its_order_and_shows_what_it_owes_when_it_earned_nothing():
    # film_profitable (docs.cinelaunch.io)
    film = cr.Waterfall(FILM)
    assert film.distribute(usd("0.00"), on=DAY).steps[2].claim == usd("75000.00")
    film.distribute(usd("2500000.00"), on=DAY)
    paid = [film.paid_by(step.name).amount for step in FILM.steps]
    assert paid == [25000, 250000, 75000, 550000, 600000, 1000000]
    assert film.paid_to(1) == usd("1100000.00")
    with pytest.raises(KeyError):
        film.paid_by("insurance")


def test_a_fund_that_is_settled_deal_by_deal_claws_carry_back():
    # clawback: 500,000 that become 600,000, and 520,000 that become 500,000
    terms = cr.WaterfallTerms("USD", [cr.WaterfallStep("capital", cr.ReturnOfCapital(), {1: 1}),
                                      cr.WaterfallStep("split", cr.Divide(), {1: 80, 2: 20})], [1])
    flows = [cr.FundFlow("2020-01-01", "good", usd("500000.00"), usd("0.00")),
             cr.FundFlow("2020-01-01", "bad", usd("520000.00"), usd("0.00")),
             cr.FundFlow("2021-01-01", "good", usd("0.00"), usd("600000.00")),
             cr.FundFlow("2021-01-01", "bad", usd("0.00"), usd("500000.00"))]
    american = cr.settle_fund(terms, flows, scope="deal_by_deal", clawback=cr.Clawback(2, "20%"))
    assert american.carry_paid == usd("20000.00") and american.clawback == usd("4000.00")
    assert american.paid[2] == usd("20000.00")
    assert [deal for deal, _ in american.payments] == ["good", "bad"]
    assert "clawback" in american._repr_html_()
    european = cr.settle_fund(terms, flows, scope="whole_fund", clawback=cr.Clawback(2, "20%"))
    assert european.carry_paid == usd("16000.00") and european.clawback.minor == 0


def test_the_preferred_return_runs_by_day():
    account = cr.ReturnAccount(cr.PreferredReturn("8%"), "USD")
    account.accrue("2021-01-01")
    account.contribute(usd("1000.00"))
    account.accrue("2022-01-01")
    assert account.due == usd("80.00")
    account.pay(usd("80.00"))
    account.repay(usd("1000.00"))
    assert account.capital == usd("0.00")
    assert str(account.terms) == "8% yearly, actual_365"
    assert cr.year_fraction("actual_365", "2007-02-28", "2007-08-31") == Fraction(184, 365)
    with pytest.raises(cr.ContractViolation):
        account.pay(usd("1.00"))
    with pytest.raises(ValueError, match="from 0 up"):
        account.repay(usd("-1.00"))


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=8), st.integers(0, 10**8), st.integers(0, 500),
       st.integers(0, 200), st.integers(1, 99))
def test_every_cent_runs_down_in_order(receipts, debt, premium, off, weight):
    terms = cr.WaterfallTerms("USD", [
        cr.WaterfallStep("agent", cr.OffTheTop(Fraction(off, 1000)), {1: 1}),
        cr.WaterfallStep("debt", cr.FixedClaim(cents(debt + 1), Fraction(premium, 1000)), {2: 1}),
        cr.WaterfallStep("pool", cr.Divide(), {3: weight, 4: 100 - weight})])
    if off == 0:
        terms = terms.with_(steps=terms.steps[1:])
    waterfall = cr.Waterfall(terms)
    for receipt in receipts:
        payment = waterfall.distribute(cents(receipt), on=DAY)
        assert sum(step.paid.minor for step in payment.steps) == receipt
        for step in payment.steps:
            assert sum(part.amount.minor for part in step.parts) == step.paid.minor
    total = sum(receipts)
    agent = round(Fraction(off, 1000) * total)
    owed = debt + 1 + round(Fraction(premium, 1000) * (debt + 1))
    assert waterfall.paid_to(1).minor == agent
    assert waterfall.paid_to(2).minor == min(owed, total - agent)
    assert sum(waterfall.paid_to(payee).minor for payee in range(1, 5)) == total


# ---------------------------------------------------------------------------------------------------------------- notes

def test_a_note_pays_its_share_until_the_multiple_to_the_cent():
    # 1,000.00 outstanding, and 5% of 30,000.00 would be 1,500.00. revshare-last-payment-capped
    note = cr.RevenueNote(NOTE)
    assert note.end_period(usd("10000.00")).outstanding == usd("1000.00")
    assert note.buy_out_price == usd("1000.00")
    last = note.end_period(usd("30000.00"))
    assert (last.paid, last.state, note.state) == (usd("1000.00"), cr.NoteState.repaid, cr.NoteState.repaid)
    assert (note.paid, note.cap, note.principal) == (usd("1500.00"), usd("1500.00"), usd("1000.00"))
    assert "5% of" in str(last.explain()) and repr(note) == "<RevenueNote: 1,500.00 USD of 1,500.00 USD paid, repaid>"
    with pytest.raises(cr.FindingsError, match="repaid"):
        note.end_period(usd("1.00"))
    # Umergence: the remainder at maturity (community.umergence.com 127)
    matures = cr.RevenueNote(NOTE.with_(matures_after=2))
    matures.end_period(usd("2000.00"))
    assert matures.end_period(usd("0.00")).due == usd("1400.00")
    # Wefunder: one payment may be missed (help.wefunder.com 304895)
    misses = cr.RevenueNote(NOTE.with_(revenue_share="10%", misses_allowed=1))
    assert misses.end_period(usd("1000.00"), usd("0.00")).state is cr.NoteState.running
    assert misses.end_period(usd("1000.00"), usd("199.99")).state is cr.NoteState.in_default
    assert copy.copy(misses).buy_out().paid == usd("1300.01") == misses.end_period(usd("10.00")).due


# -------------------------------------------------------------------------------------------------------------- payouts

def test_what_is_below_the_minimum_is_carried_and_what_is_withheld_depends_on_where_it_was_earned():
    payouts = cr.Distribution(cr.DistributionTerms("USD", usd("10.00"), higher_minimums={2: usd("50.00")}))
    payouts.add(cr.Payee(1, "Anna", [cr.Withholding("US", "15%", "half_even")]))
    payouts.add(cr.Payee(2, "Ben"))
    # YouTube (2021): 1,000 earned, 100 of it in the US. youtube-withholding
    payouts.book(cr.Earning(1, 900, DAY, "elsewhere"))
    payouts.book(cr.Earning(1, 100, DAY, "there", source="US"))
    payouts.book(cr.Earning(2, "49.99", DAY, "sale"))
    anna, ben = payouts.pay_out("2020-02-01")
    assert (anna.withheld[0].amount, anna.paid) == (usd("15.00"), usd("985.00"))
    assert (ben.reason, ben.carried) == (cr.Unpaid.below_minimum, Decimal("49.99"))
    assert payouts.pay_out_below_minimum(2, "2020-02-01").paid == usd("49.99")
    payouts.book(cr.Earning(2, "9.99", DAY, "sale", kind="taken_back"))
    assert payouts.balance(2) == Decimal("-9.99")
    with pytest.raises(cr.FindingsError, match="owes"):
        payouts.remove(2)
    assert payouts.remove(1) == 0


# ------------------------------------------------------------------------------------------------------------- matching

def gifts_of(*projects):
    backers = iter(range(1, 100))
    return [cr.QuadraticContribution(project, next(backers), cents(100 * amount))
            for project, amounts in enumerate(projects, 1) for amount in amounts]


def test_a_quadratic_pool_is_divided_by_the_squares_of_summed_roots():
    # gitcoinco/pluralistic.js, src/test/linear.test.ts. WX-063, WX-064
    gifts = gifts_of([1, 4, 1, 9], [1, 1, 1, 1, 1, 1, 4], [1, 9, 1, 9, 1, 9, 4])
    outcome = cr.match_quadratic(cr.QuadraticTerms(usd("100.00")), gifts)
    assert [one.weight for one in outcome.projects] == [34, 54, 162]
    assert [one.matched.amount for one in outcome.projects] == list(map(Decimal, ["13.60", "21.60", "64.80"]))
    capped = cr.match_quadratic(cr.QuadraticTerms(usd("100.00"), cap=usd("40.00")), gifts)
    assert [one.matched.amount for one in capped.projects] == list(map(Decimal, ["23.18", "36.82", "40"]))
    unsaturated = cr.match_quadratic(cr.QuadraticTerms(usd("1000.00")), gifts)
    assert (unsaturated.distributed, unsaturated.left) == (usd("250.00"), usd("750.00"))


def test_sponsors_match_by_a_factor_and_in_a_lump():
    # Goteo: WX-058 to WX-061
    pool = cr.MatchPool([cr.Sponsor(1, usd("100.00")), cr.Sponsor(2, usd("50.00"))])
    terms = cr.MatchTerms(1, "half_even", per_contribution=usd("100.00"))
    match = pool.match(terms, 7, 1, usd("300.00"))
    assert (match.asked, match.limit) == (usd("100.00"), cr.MatchLimit.contribution)
    assert pool.match(terms, 7, 2, usd("99.00")).limit is cr.MatchLimit.pool
    assert pool.left == usd("0.00") and pool.matched(7) == usd("150.00")
    lump = cr.MatchPool([cr.Sponsor(1, usd("500.00"))])
    half = cr.LumpTerms(usd("500.00"), at_share="50%")
    assert lump.match_lump(half, 7, raised=usd("40.00"), target=usd("100.00"),
                           backers=3).limit is cr.MatchLimit.not_reached
    assert lump.match_lump(half, 7, raised=usd("50.00"), target=usd("100.00"), backers=3).matched == usd("500.00")


# ------------------------------------------------------------------------------------------------------------- refusals

@pytest.mark.parametrize("wrong,error,advice", [
    (lambda: cr.Sharing(cr.SplitTerms({1: 60, 2: 39}), "USD"), cr.FindingsError, "total 99 of 100"),
    (lambda: cr.SplitTerms({1: 0.6}), TypeError, "SplitTerms.shares: expected a whole number"),
    (lambda: cr.SplitTerms(60), TypeError, "expected a list or tuple"),
    (lambda: cr.SplitTerms({1: 100}, split="unlucky"), ValueError, "largest_remainder"),
    (lambda: cr.share_once(cr.SplitTerms({}), usd("1.00")), cr.FindingsError, "nobody has a share"),
    (lambda: cr.share_once(cr.SplitTerms({1: 100}), usd("-1.00")), ValueError, "a Sharing"),
    (lambda: cr.RateTier(rate=0.3), TypeError, "10%"),
    (lambda: cr.RoyaltyChannel("store", "30%"), TypeError, "RoyaltyChannel.rates: expected a list"),
    (lambda: contract_of(flat("130%")), cr.FindingsError, "130%"),
    (lambda: contract_of(flat("3%")).settle([cr.SalesLine("other", "sales", DAY, 1, usd("1"))]), cr.FindingsError,
     "other"),
    (lambda: contract_of(flat("3%")).settle([sold("-1.00", -1)]), cr.FindingsError, "returns"),
    (lambda: cr.royalty_on(sold("1.00"), flat("130%")), cr.FindingsError, "130%"),
    (lambda: cr.royalty_on(sold("1.00"), [cr.DatedRates("2021-01-01", flat("3%"))]), ValueError, "in force"),
    (lambda: cr.royalty_on(sold("-1.00"), flat("3%"), base_before=99), ValueError, "more is returned"),
    (lambda: cr.crowdmatch("0.001", -1, usd("12.00")), cr.ContractViolation, ""),
    (lambda: cr.counted_below_cap(usd("1"), given=usd("0"), cap=usd("1"), rounding="down"), cr.ContractViolation, ""),
    (lambda: cr.crowdmatch_to_goal(usd("1"), crowd=usd("1"), goal=usd("2"), rounding=cr.Rounding("down", 0)),
     cr.ContractViolation, "step"),
    (lambda: cr.year_fraction("actual_360", "2020-02-01", "2020-01-01"), cr.ContractViolation, ""),
    (lambda: cr.WaterfallStep("debt", usd("5.00"), {1: 1}), TypeError, "FixedClaim"),
    (lambda: cr.Waterfall(cr.WaterfallTerms("USD", [])), cr.FindingsError, "step"),
    (lambda: cr.Hurdle(1.5), TypeError, "text"),
    (lambda: cr.Waterfall(FILM).distribute(cr.Money("1.00", "EUR"), on=DAY), cr.FindingsError, "USD"),
    (lambda: cr.ReturnAccount(cr.PreferredReturn("-8%"), "USD"), ValueError, "at least 0"),
    (lambda: cr.RevenueNote(NOTE.with_(multiple="0.9")), cr.FindingsError, "at least 1"),
    (lambda: cr.RevenueNote(NOTE).end_period(usd("-1.00")), cr.FindingsError, "zero"),
    (lambda: cr.RevenueNote(NOTE).end_period(12.5), TypeError, "Money"),
    (lambda: cr.DistributionTerms("USD", usd("1.00"), hold=timedelta(hours=5)), ValueError, "whole days"),
    (lambda: cr.Distribution(cr.DistributionTerms("USD", usd("-1.00"))), cr.FindingsError, ""),
    (lambda: cr.Distribution(cr.DistributionTerms("USD", usd("1"))).pay_out_below_minimum(1, DAY), cr.FindingsError,
     "payee 1"),
    (lambda: cr.MatchPool([]), cr.FindingsError, "no sponsors"),
    (lambda: POOL.match(cr.MatchTerms(1, "half_even"), 0, 1, usd("1")), cr.FindingsError, "to nobody"),
    (lambda: POOL.match(cr.MatchTerms(1, "half_even"), 7, 0, usd("1")), cr.FindingsError, "of nobody"),
    (lambda: POOL.match(cr.MatchTerms(0, "half_even", between_sponsors=cr.Split("first", step=0)), 7, 1, usd("1")),
     cr.FindingsError, "at least 1"),
    (lambda: cr.Sharing(cr.SplitTerms({1: 100}, split=cr.Split("first", step=0)), "USD"), cr.FindingsError,
     "at least 1"),
    (lambda: cr.match_quadratic(cr.QuadraticTerms(usd("1.00"), root_digits=12), []), cr.FindingsError, "0 to 9"),
    (lambda: cr.combined([(1, 2)]), TypeError, ""),
])
def test_what_is_wrong_is_refused_with_advice(wrong, error, advice):
    with pytest.raises(error) as refusal:
        wrong()
    assert advice in str(refusal.value)


def test_a_refusal_leaves_everything_as_it_was():
    note = cr.RevenueNote(NOTE)
    note.end_period(usd("1000.00"))
    with pytest.raises(cr.FindingsError):
        note.end_period(usd("1000.00"), usd("50.01"))
    assert note.end_period(usd("1000.00")).period == 2
    film = cr.Waterfall(FILM)
    film.distribute(usd("100.00"), on="2020-02-01")
    with pytest.raises(cr.FindingsError):
        film.distribute(usd("100.00"), on="2020-01-31")
    assert film.received == usd("100.00")


# -------------------------------------------------------------------------------------------------------------- stories

def test_the_story_of_a_plan_gives_its_figures_as_values():
    story = cr.play(STORIES / "revenue" / "waterfall" / "film_profitable.toml")
    assert story.kind == "plan" and story.title in repr(story)
    assert set(story.figures) == set(story.figure_names())
    assert all(story.figures[name] == story[name] for name in story.figures)
    assert sum(story.holders.values()) == 0
    assert story.agenda() == ()
    moved = [movement for entry in story.entries() for movement in entry.movements]
    assert moved and all(amount >= 0 for _, _, amount in moved)
    for name, amount in story.holders.items():
        arrived = sum(amount for _, to, amount in moved if to == name)
        assert amount == arrived - sum(amount for source, _, amount in moved if source == name)
    with pytest.raises(ValueError, match="community"):
        story.members()


def test_the_story_of_a_community_gives_members_products_and_influence():
    story = cr.play(STORIES / "quirky" / "direct_2016.toml")
    assert story.kind == "community"
    members, products = story.members(), story.products()
    assert sum(members["credited"]) == story["credited"].minor
    assert sum(products["shared"]) == story["royalties"].minor
    influence = story.influence("Lamp")
    assert influence.defects == ()
    assert sum(part.amount.minor for part in cr.share_once(influence, usd("100.00")).parts) == 100_00
    assert sum(amount.minor for amount in story.holders.values()) == 0
    for entry in story.entries():
        assert sum(posting.amount.minor for posting in entry) == 0
    with pytest.raises(KeyError, match="Lamp"):
        story.influence("Pivot Power")


def test_the_story_of_a_campaign_is_one_too():
    story = cr.play(STORIES / "kickstarter" / "ouya_2012.toml")
    assert story.kind == "campaign" and story["gross"] == story.figures["gross"]
    assert sum(amount.minor for amount in story.holders.values()) == 0
    assert len(story.entries()) > 0
