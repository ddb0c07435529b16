# SPDX-License-Identifier: BSL-1.0
"""Simulations: the same numbers with any number of threads and any split of the work."""
import fractions
import os
import pickle
import random
import signal
import subprocess
import sys
import threading
import time

import numpy as np
import pytest

import crowdrules as cr

EVERYTHING = dict(cancellation="4%", card_failure="10%", mended="60%", refund="2.5%", refund_after_payout="1.25%",
                  fraud_dispute="0.75%", reward_dispute="1.5%")


def usd(text):
    return cr.Money(text, "USD")


def test_without_chances_a_run_is_the_campaign(mugs):
    played = mugs.play().statement()
    result = cr.simulate(mugs, runs=3, seed=1)
    assert len(result) == 3
    assert result.succeeded == 1
    for figure in ("collected", "platform_fee", "processing_fee", "paid"):
        expected = getattr(played, figure)
        expected = expected if isinstance(expected, cr.Money) else expected.amount
        assert result.quantile(figure, "50%") == expected
        assert result.total(figure) == 3 * expected.minor


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_any_number_of_threads_gives_the_same_runs(mugs, workers):
    alone = cr.simulate(mugs, runs=700, seed=7, **EVERYTHING)
    assert cr.simulate(mugs, runs=700, seed=7, workers=workers, **EVERYTHING) == alone
    assert cr.simulate(mugs, runs=700, seed=8, workers=workers, **EVERYTHING) != alone


def test_parts_merge_into_the_whole(mugs):
    whole = cr.simulate(mugs, runs=500, seed=7, **EVERYTHING)
    edges = [0, 1, 77, 300, 500]
    parts = [cr.simulate(mugs, first=first, runs=last - first, seed=7, **EVERYTHING)
             for first, last in zip(edges, edges[1:])]
    random.Random(1).shuffle(parts)
    assert cr.Simulation.merged(parts) == whole
    assert pickle.loads(pickle.dumps(whole)) == whole
    with pytest.raises(ValueError, match="occurs in two"):
        cr.Simulation.merged([parts[0], parts[0]])
    with pytest.raises(ValueError, match="different seeds"):
        cr.Simulation.merged([whole, cr.simulate(mugs, runs=1, first=900, seed=8)])
    with pytest.raises(ValueError, match="different seeds, campaigns or chances"):
        cr.Simulation.merged([whole, cr.simulate(mugs, runs=1, first=900, seed=7, card_failure="3%")])
    with pytest.raises(ValueError, match="no part"):
        cr.Simulation.merged([])


def test_quantiles_and_sums_are_exact(mugs):
    result = cr.simulate(mugs, runs=333, seed=3, **EVERYTHING)
    column = sorted(int(value) for value in result.rows["collected"])
    for percent in (0, 1, 5, 33, 50, 99, 100):
        share = fractions.Fraction(percent, 100)
        at_least = next(value for place, value in enumerate(column, 1) if place >= share * len(column))
        assert result.quantile("collected", share).minor == at_least
        assert result.quantile("collected", f"{percent}%").minor == at_least
    assert result.total("collected") == sum(column)
    assert result.mean("collected") == fractions.Fraction(sum(column), 333)
    assert isinstance(result.quantile("backers", "50%"), int)
    assert "net" in result.summary()
    assert "333" in repr(result)
    assert "<table>" in result._repr_html_()


def test_pledges_of_a_run_are_what_it_sums_up(everyday):
    pledges = list(range(1, 3001))
    simulation = cr.CampaignSimulation.of_pledges(everyday, pledges, cr.PledgeChances(**EVERYTHING))
    result = cr.simulate(simulation, runs=5, first=40, seed=9)
    for place, run in enumerate(range(40, 45)):
        drawn = simulation.pledges(9, run)
        assert list(drawn["amount"]) == pledges
        fates = list(drawn["fate"])
        for fate in drawn["fate"].categories:
            assert fates.count(fate) == result.rows["pledges_" + fate][place]


def test_pledges_may_be_drawn_too(everyday):
    offers = [("1.00", "10%"), (usd("15.00"), "62.5%"), ("123.45", "27.5%")]
    fixed = cr.simulate(everyday, backers=300, offers=offers, runs=50, seed=1)
    assert set(fixed.rows["backers"]) == {300}
    ranged = cr.simulate(everyday, backers=(10, 20), offers=offers, runs=50, seed=1, workers=2)
    assert set(ranged.rows["backers"]) <= set(range(10, 21))
    odds = cr.simulate(everyday, backers=[(0, 0, 1), (50, 60, 3)], offers=offers, runs=50, seed=1)
    assert set(odds.rows["backers"]) <= {0, *range(50, 61)}


def test_rows_are_columns_for_any_library(mugs):
    result = cr.simulate(mugs, runs=50, seed=4, **EVERYTHING)
    assert result.rows.columns[:2] == ("run", "outcome")
    assert list(result.rows["run"]) == list(range(50))
    assert result.rows["paid"].currency.code == "USD" and result.rows["charges"].currency is None
    assert np.asarray(result.rows["paid"]).sum() == result.total("paid")
    assert sum(amount * 100 for amount in result.rows["paid"].as_decimal()) == result.total("paid")
    frame = pytest.importorskip("pandas") and result.to_pandas()
    assert list(frame["paid"]) == list(result.rows["paid"])
    assert set(frame["outcome"]) <= {"succeeded", "failed"}
    assert len(result.__arrow_c_array__()) == 2


def test_libraries_of_arrow_take_a_simulation_and_give_pledges(everyday):
    arrow = pytest.importorskip("pyarrow")
    result = cr.simulate(everyday, pledges=arrow.array([5000] * 10), runs=20, seed=1, card_failure="10%")
    assert result == cr.simulate(everyday, pledges=[5000] * 10, runs=20, seed=1, card_failure="10%")
    table = arrow.table(result)
    assert table.column("paid").to_pylist() == list(result.rows["paid"])
    assert set(table.column("outcome").to_pylist()) == {"succeeded"}
    polars = pytest.importorskip("polars")
    assert polars.DataFrame(result)["paid"].to_list() == list(result.rows["paid"])


def test_a_goal_that_is_missed_is_an_outcome(everyday):
    half = everyday.with_(model=cr.FundingModel.keep_what_is_raised(usd("100.00")))
    result = cr.simulate(half, pledges=[2000] * 5, cancellation="20%", runs=100, seed=1)
    assert set(result.rows["outcome"]) == {"succeeded", "goal_missed"}
    assert result.succeeded == 1
    failing = cr.simulate(everyday, pledges=[2000] * 5, cancellation="20%", runs=100, seed=1)
    assert set(failing.rows["outcome"]) == {"succeeded", "failed"}
    assert failing.succeeded == fractions.Fraction(list(failing.rows["outcome"]).count("succeeded"), 100)


def test_what_cannot_be_simulated_says_why(mugs, everyday):
    pledges = [1000] * 10
    with pytest.raises(TypeError, match="float"):
        cr.simulate(everyday, pledges=np.full(10, 1000.0), runs=1, seed=1)
    with pytest.raises(TypeError, match="card_failure"):
        cr.simulate(everyday, pledges=pledges, card_failure=0.03, runs=1, seed=1)
    with pytest.raises(cr.FindingsError, match=r"chances\.card_failure"):
        cr.simulate(everyday, pledges=pledges, card_failure="103%", runs=1, seed=1)
    with pytest.raises(cr.FindingsError, match="pledge 3"):
        cr.simulate(everyday, pledges=[1, 1, 1, -5], runs=1, seed=1)
    with pytest.raises(TypeError, match="pledges="):
        cr.simulate(everyday, runs=1, seed=1)
    with pytest.raises(TypeError, match="either pledges"):
        cr.simulate(everyday, pledges=pledges, backers=3, offers=[], runs=1, seed=1)
    with pytest.raises(TypeError, match="scenario has its own pledges"):
        cr.simulate(mugs, pledges=pledges, runs=1, seed=1)
    with pytest.raises(TypeError, match=r"sells no units.*demand"):
        cr.simulate(mugs, demand=900, runs=1, seed=1)
    with pytest.raises(TypeError, match="expected a Scenario"):
        cr.simulate("mugs.toml", runs=1, seed=1)
    with pytest.raises(ValueError, match="another currency"):
        cr.simulate(everyday, backers=3, offers=[(cr.Money("1.00", "EUR"), 1)], runs=1, seed=1)
    for workers in (0, True, 2.0):
        with pytest.raises((TypeError, ValueError), match="workers"):
            cr.simulate(mugs, runs=1, seed=1, workers=workers)
    for seed in (-1, 2**64, 1.0, "7"):
        with pytest.raises((TypeError, ValueError), match="seed"):
            cr.simulate(mugs, runs=1, seed=seed)
    assert cr.simulate(mugs, runs=np.int64(3), seed=np.uint64(7)) == cr.simulate(mugs, runs=3, seed=7)
    for backers in (1.5, "3", [(1, 2)], [(1, 2, 3, 4)]):
        with pytest.raises((TypeError, ValueError), match=r"whole number|lines of"):
            cr.simulate(everyday, backers=backers, offers=[("1.00", 1)], runs=1, seed=1)
    with pytest.raises(ValueError, match="pairs"):
        cr.CampaignSimulation.of_offers(everyday, [(1, 1, 1)], [(usd("1.00"),)], cr.PledgeChances())
    with pytest.raises(ValueError, match=r"2\*\*63"):
        cr.simulate(mugs, runs=10, first=2**63 - 5, seed=1)
    nothing = cr.simulate(mugs, runs=0, seed=1)
    assert len(nothing) == 0 and nothing.rows.columns == cr.simulate(mugs, runs=1, seed=1).rows.columns
    assert nothing._repr_html_().startswith("<table>")
    with pytest.raises(cr.ColumnError, match="no rows"):
        nothing.quantile("paid", "5%")
    with pytest.raises(KeyError, match="there is no figure"):
        cr.simulate(mugs, runs=1, seed=1).quantile("profit", "5%")
    with pytest.raises(ValueError, match="0 to 1"):
        cr.simulate(mugs, runs=1, seed=1).quantile("paid", "101%")


def test_the_last_runs_there_are(mugs):
    last = cr.simulate(mugs, first=2**63 - 3, runs=2, seed=2**64 - 1)
    assert list(last.rows["run"]) == [2**63 - 3, 2**63 - 2]


# ------------------------------------------------------------------------------------------------------ real campaigns

@pytest.mark.skipif("CROWDRULES_SHARED" not in os.environ, reason="needs CROWDRULES_SHARED, the folder of the data")
def test_card_failures_of_every_campaign_of_the_table():
    table = os.path.join(os.environ["CROWDRULES_SHARED"], "data", "kickstarter_campaigns.csv")
    rules = cr.columns.table_rules(table, "kickstarter", processing="3% + 0.20; below 10.00: 5% + 0.05")
    settled = cr.columns.settle_table(table, rules).rows
    drawn = dropped = 0
    for row, campaign in enumerate(cr.columns.campaign_table(table)):
        assert campaign.can_be_settled
        terms = campaign.terms(rules.terms[campaign.pledged.currency.code])
        pledges = campaign.pledges()["amount"]
        certain = cr.simulate(terms, pledges=pledges, runs=1, seed=row).rows
        for figure in ("pledged", "collected", "platform_fee", "processing_fee", "paid"):
            assert certain[figure][0] == settled[figure][row], campaign
        failing = cr.simulate(terms, pledges=pledges, card_failure="3%", runs=1, seed=row).rows
        assert failing["outcome"][0] == settled["outcome"][row], campaign
        assert failing["collected"][0] + failing["dropped"][0] in (campaign.pledged.minor, 0), campaign
        drawn += len(pledges)
        dropped += failing["pledges_dropped"][0]
    assert row + 1 == 1_997
    assert abs(dropped - 0.03 * drawn) < 6 * (0.03 * 0.97 * drawn) ** 0.5


# ---------------------------------------------------------------------------------------------------- plans of revenue

BOOK = """
timeline = [
    { on = 2012-03-31, sale = { units = 1000, gross = "9990.00" } },
    { on = 2012-03-31, period_end = "contract" },
    { on = 2012-06-30, sale = { units = 500, gross = "4995.00" } },
    { on = 2012-06-30, period_end = "contract" },
]
[plan]
title = "A book"
currency = "USD"
[royalty.contract]
rate = "10%"
less = ["returns"]
rounding = "half_even"
to = "authors"
[split.authors]
shares = { Anna = 60, Ben = 40 }
"""


def test_a_plan_without_chances_is_the_plan():
    result = cr.simulate(cr.parse_plan(BOOK), runs=3, seed=1)
    assert set(result.rows["sold"]) == {1500} and set(result.rows["returned"]) == {0}
    assert result.quantile("holders.Anna", "50%") == usd("899.10")
    assert result.quantile("holders.Ben", "50%") == usd("599.40")
    assert result.figures == ("sold", "returned", "refusals", "holders.Anna", "holders.Ben", "holders.authors",
                              "holders.contract", "holders.outside")


def test_any_split_of_a_plans_runs_gives_the_same():
    plan = cr.parse_plan(BOOK)
    chances = dict(demand=[(0, 0, 1), (500, 1500, 3)], returns="8%")
    whole = cr.simulate(plan, runs=200, seed=7, **chances)
    assert cr.simulate(plan, runs=200, seed=7, workers=3, **chances) == whole
    parts = [cr.simulate(plan, first=first, runs=last - first, seed=7, **chances)
             for first, last in ((150, 200), (0, 1), (1, 150))]
    assert cr.Simulation.merged(parts) == whole
    assert pickle.loads(pickle.dumps(whole)) == whole
    everybody = [sum(amounts) for amounts in zip(*(whole.rows[name] for name in whole.figures if "." in name))]
    assert set(everybody) == {0}
    assert whole.quantile("sold", 0) < 1500 < whole.quantile("sold", 1)
    with pytest.raises(TypeError, match="no pledges"):
        cr.simulate(plan, runs=1, seed=1, card_failure="3%")
    with pytest.raises(cr.FindingsError, match=r"chances\.demand"):
        cr.simulate(plan, runs=1, seed=1, demand=2_000_000)


# ------------------------------------------------------------------------------------------------ progress and its end

def test_progress_is_told_and_may_end_it(mugs):
    def told_of(workers):
        told = []
        cr.simulate(mugs, runs=9000, seed=1, workers=workers, progress=lambda done, all: told.append((done, all)))
        return told
    for workers in (1, 2):
        told = told_of(workers)
        assert told[-1] == (9000, 9000) and told == sorted(told)

    class Enough(Exception):
        pass

    def enough(done, all):
        raise Enough
    for workers in (1, 2):
        with pytest.raises(Enough):
            cr.simulate(mugs, runs=9000, seed=1, workers=workers, progress=enough)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("crowdrules")]


def test_a_bar_of_tqdm_is_shown(mugs, capsys):
    pytest.importorskip("tqdm")
    cr.simulate(mugs, runs=50, seed=1, progress=True)
    shown = capsys.readouterr().err
    assert "runs" in shown and "50/50" in shown


def test_without_tqdm_a_line_is_shown(mugs, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    cr.simulate(mugs, runs=50, seed=1, progress=True)
    assert capsys.readouterr().err == "\rruns: 50 of 50\n"


def test_other_threads_run_meanwhile(everyday):
    simulation = cr.CampaignSimulation.of_pledges(everyday, [5000] * 100_000, cr.PledgeChances(card_failure="3%"))
    ticks = []
    done = threading.Event()

    def tick():
        while not done.wait(0.001):
            ticks.append(time.monotonic())
    thread = threading.Thread(target=tick)
    thread.start()
    count, begin, end = 10, 0, 0
    while end - begin < 0.2:  # one call that is long enough, however fast the machine
        count *= 2
        begin = time.monotonic()
        simulation.runs(1, 0, count)
        end = time.monotonic()
    done.set()
    thread.join()
    assert len([at for at in ticks if begin < at < end]) >= 5


LONG = """
import sys
import crowdrules as cr
what, workers = sys.argv[1], int(sys.argv[2])
fee = cr.FeeSchedule("fee", [cr.FeeBand(rate="5%")], rounding="half_up")
terms = cr.Terms(currency="USD", title="Long", model=cr.FundingModel.all_or_nothing(cr.Money("100.00", "USD")),
                 window=cr.Window("2026-11-01T08:00:00Z", "2026-12-01T08:00:00Z"),
                 charges=cr.ChargePlan(retry_window="7 days"),
                 fees=cr.CampaignFees(platform=fee, processing=fee))

def begun(done, all):
    print("begun", flush=True)

if what == "simulate":
    cr.simulate(terms, pledges=[5000] * 60_000, card_failure="3%", runs=100_000_000, seed=1, workers=workers,
                progress=begun)
else:
    mugs = cr.parse_scenario(MUGS.replace("count = 40", "count = 4_000"))
    goals = ["%d.00" % goal for goal in range(1, 100_000)]
    cr.sweep(mugs, {"goal": goals}, workers=workers, progress=begun)
"""


@pytest.mark.skipif(os.name != "posix", reason="Ctrl-C is another thing on Windows")
@pytest.mark.parametrize("workers", ["1", "2"])
@pytest.mark.parametrize("what", ["simulate", "sweep"])
def test_ctrl_c_ends_it(what, workers, mugs_text):
    script = LONG.replace("import sys\n", f"import sys\nMUGS = {mugs_text!r}\n")
    process = subprocess.Popen([sys.executable, "-c", script, what, workers], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout.readline() == "begun\n"
        process.send_signal(signal.SIGINT)
        begin = time.monotonic()
        _, errors = process.communicate(timeout=60)
    finally:
        process.kill()
        process.wait()
    assert errors.rstrip().endswith("KeyboardInterrupt")
    assert time.monotonic() - begin < 20
