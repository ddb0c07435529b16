# SPDX-License-Identifier: BSL-1.0
"""Comparisons, sweeps, answers and splits."""
import concurrent.futures
import decimal
import doctest
import pickle
import random

import numpy as np
import pytest

import crowdrules as cr


def usd(text):
    return cr.Money(text, "USD")


# --------------------------------------------------------------------------------------------------------- comparisons

def test_comparison_has_figures_and_rules_side_by_side(mugs):
    result = cr.compare(mugs, changes={"8% fee": {"fees.platform.bands[1].rate": "8%"}, "high": {"goal": "900.00"}})
    assert [campaign.name for campaign in result.campaigns] == ["as it is", "8% fee", "high"]
    assert result.figures["platform_fee"] == (usd("22.75"), usd("36.40"), usd("0.00"))
    assert "refunded" not in result.differing
    assert {rule.path for rule in result.rules} == {"model.goal", "fees.platform"}
    assert result.rules[-1].citations[0].source.startswith("help centre")
    assert result.rules[-1].citations[1].source == "what if"
    assert "36.40" in str(result) and "fees.platform" in str(result)
    assert result._repr_html_().startswith("<table><caption>") and "36.40" in result._repr_html_()


def test_a_pack_that_lacks_a_value_says_which(mugs):
    lacking = cr.compare(mugs, packs=["kickstarter"], country="US")
    assert lacking.figures["collected"] == (usd("455.00"), None)
    assert lacking.campaigns[1].findings[0].rule == "fees.processing.rounding"
    given = cr.compare(mugs, packs=["kickstarter"], country="US", on="2016-06-01",
                       given={"kickstarter": {"fees.processing.rounding": "half_up"}})
    assert given.figures["collected"] == (usd("455.00"), usd("455.00"))
    assert given.rules == ()
    assert cr.compare(mugs, packs=["kickstarter"]).campaigns[1].findings  # in the scenario's own country
    with pytest.raises(TypeError, match="list of names"):
        cr.compare(mugs, packs="kickstarter")
    with pytest.raises(ValueError, match="none of packs"):
        cr.compare(mugs, given={"kickstarter": {}})


def test_one_campaign_under_every_pack(mugs):
    rates = {"EUR": "1.10", "JPY": "0.0093", "KRW": "0.00085", "TWD": "0.031", "BRL": "0.28"}
    result = cr.compare(mugs, packs="all", assume="usual", rates=rates)
    names = [campaign.name for campaign in result.campaigns[1:]]
    assert names == list(cr.campaign_packs()) and len(names) >= 23
    for campaign in result.campaigns[1:]:
        if campaign.statement is None:
            assert campaign.findings
            continue
        counts = cr.rule_counts(campaign.terms)
        assert counts["assumed"] == len(cr.assumed_in(campaign.terms))
        assert f"{counts['assumed'] or 'none'} assumed (usual)" in campaign.terms.pack
    without = cr.compare(mugs, packs=["wadiz"], assume="usual")
    assert without.campaigns[1].findings[0].what == "wadiz is in KRW, and the campaign in USD"
    with pytest.raises(ValueError, match="above zero"):
        cr.compare(mugs, packs=["wadiz"], rates={"KRW": 0})


OURS = """pack = "ours"
extends = "kickstarter"
[citations.contract]
source = "our contract, section 7"
read = "2016"
evidence = "official"
[[rule]]
parameter = "fees.platform"
from = 2016-01-01
value = { bands = [{ rate = "4%" }] }
cite = "contract"
"""


def test_a_pack_of_ones_own_stands_beside_the_story(tmp_path, mugs_text):
    (tmp_path / "ours.toml").write_text(OURS, encoding="utf-8")
    story = tmp_path / "mugs.toml"
    story.write_text(mugs_text.replace('pack = "kickstarter"', 'pack = "./ours.toml"'), encoding="utf-8")
    scenario = cr.scenario(story)
    assert scenario.terms.pack.startswith("ours, as of 2016-06-01, ")
    assert cr.play(story)["platform_fee"] == usd("18.20")
    pack = cr.load_pack(str(tmp_path / "ours.toml"))
    assert pack.row("fees.platform", on="2016-06-01")["citation"].source == "our contract, section 7"
    assert all(finding.kind is cr.FindingKind.remark for finding in cr.doubts_of(pack))
    checked = cr.check(tmp_path / "ours.toml")
    assert checked and checked.remarks
    with pytest.raises(cr.FindingsError, match="no such file"):
        cr.load_pack("./nowhere.toml")


BOOK = """
timeline = [{ on = 2012-03-31, sale = { units = 100, gross = "1000.00" } },
            { on = 2012-03-31, period_end = "contract" }]
[plan]
title = "A book"
currency = "USD"
[royalty.contract]
rate = "10%"
rounding = "half_even"
to = "authors"
[split.authors]
shares = { Anna = 60, Ben = 40 }
"""


def test_plans_side_by_side(tmp_path):
    file = tmp_path / "book.toml"
    file.write_text(BOOK.replace('"A book"', '"More for <Anna>"').replace("60", "70").replace("40", "30"))
    result = cr.compare_plans([cr.parse_plan(BOOK), cr.plan(file)])
    assert result.titles == ("A book", "More for <Anna>") and result.problems == ("", "")
    assert result.holders["Anna"] == (60, 70) and result.holders["Ben"] == (40, 30)
    assert "70" in str(result) and "More for &lt;Anna&gt;" in result._repr_html_()
    with pytest.raises(cr.CurrencyMismatch, match="EUR and USD"):
        cr.compare_plans([cr.parse_plan(BOOK), cr.parse_plan(BOOK.replace("USD", "EUR"))])
    with pytest.raises(cr.FindingsError, match=r"book\.toml"):
        file.write_text(BOOK.replace("royalty.contract", "royalty.other"))
        cr.plan(file)


# -------------------------------------------------------------------------------------------------------------- sweeps

GRID = {"goal": ["100.00", "455.00", "455.01"], "fees.platform.bands[1].rate": ["5%", "8%"]}


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_a_sweep_has_a_row_for_each_point(mugs, workers):
    rows = cr.sweep(mugs, GRID, workers=workers)
    assert len(rows) == 6
    assert [row.changes["goal"] for row in rows] == ["100.00", "100.00", "455.00", "455.00", "455.01", "455.01"]
    assert [row.phase for row in rows] == ["succeeded"] * 4 + ["failed"] * 2
    assert rows[1].figures["platform_fee"] == usd("36.40")
    assert rows == cr.sweep(mugs, points=[row.changes for row in rows])
    columns = rows.columns()
    assert columns["platform_fee"] == [2275, 3640, 2275, 3640, 0, 0]


def test_rows_of_an_earlier_sweep_are_taken_over(mugs, mugs_text):
    whole = cr.sweep(mugs, GRID)
    marked = [row._replace(refusals=999) for row in whole[:4]]
    resumed = cr.sweep(mugs, GRID, resume=marked, workers=2)
    assert [row.refusals for row in resumed] == [999] * 4 + [0] * 2
    other = cr.parse_scenario(mugs_text.replace("count = 40", "count = 41"))
    assert 999 not in [row.refusals for row in cr.sweep(other, GRID, resume=marked)]


def test_a_sweep_that_was_stopped_goes_on_from_its_file(mugs, tmp_path):
    file = tmp_path / "sweep.jsonl"

    class Enough(Exception):
        pass

    def enough(done, all):
        if done == 4:
            raise Enough
    with pytest.raises(Enough):
        cr.sweep(mugs, GRID, resume=file, progress=enough)
    assert list(cr.Sweep.load(file)) == list(cr.sweep(mugs, GRID))[:4]
    with open(file, "a") as cut_off:
        cut_off.write('{"crowdrules": "0.')
    whole = cr.sweep(mugs, GRID, resume=file, workers=3)
    assert whole == cr.sweep(mugs, GRID)
    assert {row.fingerprint for row in cr.Sweep.load(file)} == {row.fingerprint for row in whole}
    unchanged = file.read_text()
    assert cr.sweep(mugs, GRID, resume=file) == whole and file.read_text() == unchanged
    whole.save(file)
    assert cr.Sweep.load(file) == whole
    file.write_text(file.read_text().replace(f'"crowdrules": "{cr.__version__}"', '"crowdrules": "0.0.0"'))
    assert len(cr.Sweep.load(file)) == 0  # another version may have other rules


@pytest.mark.parametrize("text", ["goal,paid\n", "goal,paid", "{}\n", "[1]\n",
                                  f'{{"crowdrules": "{cr.__version__}", "figures": 2}}\n'])
def test_a_file_that_is_none_of_a_sweep_is_left_alone(mugs, tmp_path, text):
    file = tmp_path / "notes.txt"
    file.write_text(text)
    with pytest.raises(ValueError, match="line 1: is no row of a sweep"):
        cr.sweep(mugs, GRID, resume=str(file))
    assert file.read_text() == text


def test_a_sweep_is_a_frame(mugs):
    rows = cr.sweep(mugs, {"goal": ["100.00", "0.00", "900.00"]})
    frame = rows.frame()
    assert list(frame["row"]) == [0, 2]
    assert list(frame["phase"]) == ["succeeded", "failed"]
    assert list(frame["collected"]) == [45500, 0] and frame["collected"].currency.code == "USD"
    assert pickle.loads(pickle.dumps(frame)) == frame
    assert len(cr.Sweep([]).frame()) == 0
    shown = rows._repr_html_()
    assert shown.startswith("<table><caption>3 rows") and "455.00" in shown


def test_values_may_be_those_of_python(mugs):
    texts = cr.sweep(mugs, {"goal": ["100.00"], "fees.platform.bands[1].rate": ["5%"]})
    values = cr.sweep(mugs, {"goal": [usd("100.00")], "fees.platform.bands[1].rate": [decimal.Decimal("0.05")]})
    assert texts[0].fingerprint == values[0].fingerprint
    with pytest.raises(TypeError, match="binary floating point"):
        cr.sweep(mugs, {"fees.platform.bands[1].rate": [0.05]})
    with pytest.raises(TypeError, match="are a list"):
        cr.sweep(mugs, {"goal": "100.00"})


def test_a_point_that_cannot_be_has_a_problem(mugs):
    rows = cr.sweep(mugs, points=[{"goal": "0.00"}, {"nonsense.path": "1"}, {"settlement.failing": "50%"}])
    assert "goal" in rows[0].problem and rows[0].figures == {} and rows[0].phase is None
    assert "nonsense" in rows[1].problem
    assert rows[2].problem is None
    assert rows.columns()["collected"][0] is None
    assert repr(rows).startswith("<Sweep of 3 rows, 2 without figures: ") and "goal" in repr(rows)
    with pytest.raises(TypeError, match="either"):
        cr.sweep(mugs)


def test_changed_terms_are_terms(mugs):
    terms = cr.changed_terms(mugs.terms, {"goal": "250.00", "limits.maximum": "none"})
    assert terms.model.goal == 25000
    assert terms.limits.maximum is None
    with pytest.raises(cr.FindingsError, match=r"limits\.maxmum"):
        cr.changed_terms(mugs.terms, {"limits.maxmum": "5.00"})


# --------------------------------------------------------------------------------------------------------------- solve

def test_an_answer_stands_between_two_that_prove_it(everyday):
    answer = cr.solve.goal_that_nets(everyday, "1000.00", pledge="50.00", between=("1.00", "5000.00"))
    assert answer.below[0] == answer.answer - usd("1.00")
    assert answer.below[1] < usd("1000.00") <= answer.value <= answer.above[1]
    dearer = cr.solve.goal_that_nets(everyday, "1000.00", pledge="50.00", between=("1.00", "5000.00"),
                                     dropped="3%")
    assert dearer.answer > answer.answer
    assert str(answer.answer) in answer._repr_html_() and "below: too little" in answer._repr_html_()
    with pytest.raises(cr.solve.NoAnswer, match="no number of the range") as refused:
        cr.solve.goal_that_nets(everyday, "9000.00", pledge="50.00", between=("1.00", "5000.00"))
    assert refused.value.tried[-1][0] == usd("5000.00")


def test_stretch_goals_loans_and_notes(everyday):
    stretch = cr.solve.stretch_that_pays(everyday, backers=100, pledge="50.00", fixed_cost="500.00",
                                         cost_per_backer="3.00")
    assert stretch.answer == 119
    payment, last, interest = cr.solve.loan_plan(usd("1000.00"), yearly_rate="12%", months=12)
    assert interest == payment * 11 + last - usd("1000.00")
    note = cr.solve.multiple_above_loan(principal=usd("1000.00"), revenue_share="5%", revenue=[usd("3000.00")] * 16,
                                        loan_cost=interest)
    assert str(note.answer) == "1.067"
    assert note.below[1] <= interest < note.value
    with pytest.raises(cr.solve.NoAnswer):
        cr.solve.multiple_above_loan(principal=usd("1000.00"), revenue_share="5%", revenue=[usd("3000.00")] * 3,
                                     loan_cost=interest)


def test_every_example_of_solve_is_true():
    assert doctest.testmod(cr.solve, raise_on_error=True).attempted >= 15


def test_amounts_of_another_currency_are_refused(everyday):
    with pytest.raises(cr.CurrencyMismatch):
        cr.solve.goal_that_nets(everyday, cr.Money("5.00", "EUR"), pledge="50.00", between=("1.00", "50.00"))
    with pytest.raises(cr.CurrencyMismatch):
        cr.solve.multiple_above_loan(principal=usd("10.00"), revenue_share="5%", revenue=[usd("10.00")],
                                     loan_cost=cr.Money("1.00", "EUR"))
    with pytest.raises((cr.CurrencyMismatch, cr.solve.NoAnswer)):
        cr.solve.multiple_above_loan(principal=usd("10.00"), revenue_share="5%", revenue=[cr.Money("10.00", "EUR")],
                                     loan_cost="1.00")


def test_a_search_of_ones_own_is_refused_where_more_brings_less():
    with pytest.raises(cr.solve.NoAnswer, match="more brings less"):
        cr.solve.least(lambda number: 9 if number == 11 else number, 10, between=(0, 20))
    with pytest.raises(ZeroDivisionError):
        cr.solve.least(lambda number: 1 // 0, 10, between=(0, 20))
    with pytest.raises(ValueError):
        cr.solve.least(lambda number: number, 10, between=(5, 0))


# --------------------------------------------------------------------------------------------------------------- splits

@pytest.mark.parametrize("seed", range(20))
def test_a_split_does_not_depend_on_the_shards(seed):
    dice = random.Random(seed)
    size = dice.randrange(1, 3000)
    weights = np.array([dice.choice([0, 1, 1, dice.randrange(1, 10**9)]) for _ in range(size)], dtype=np.int64)
    weights[-1] = 1
    whole = cr.Money(minor=dice.randrange(10**12), currency="USD")
    together = cr.split_shards(whole, [weights])[0]
    cuts = sorted(dice.randrange(size + 1) for _ in range(dice.randrange(1, 6)))
    shards = np.split(weights, cuts)
    parts = cr.split_shards(whole, shards)
    assert [len(part) for part in parts] == [len(shard) for shard in shards]
    assert (np.concatenate(parts) == np.asarray(together)).all()
    assert sum(together) == whole.minor
    assert list(together) == [part.minor for part in whole.allocate(weights.tolist(), "largest_remainder")]


def test_a_split_travels():
    weights = np.array([5, 3, 1], dtype=np.int64)
    split = cr.ShardedSplit(usd("1.00"), cr.shard_sum(weights))
    assert pickle.loads(pickle.dumps(split)) == split
    tally = split.tally(weights)
    assert pickle.loads(pickle.dumps(tally)) == tally
    assert pickle.loads(pickle.dumps(cr.shard_sum(weights))) == cr.shard_sum(weights)
    with pytest.raises(cr.ContractViolation):
        split.parts(weights)
    with pytest.raises(TypeError, match="float"):
        cr.shard_sum(weights.astype(float))
    with pytest.raises(cr.ColumnError, match="negative") as refused:
        cr.shard_sum(np.array([1, -1]))
    assert refused.value.row == 1
    with pytest.raises(cr.ContractViolation):
        cr.ShardedSplit(usd("1.00"), cr.ShardSum())


def test_a_split_by_any_map():
    whole = usd("1000.00")
    shards = [[7, 0, 3], [], [5] * 100, [1]]
    alone = cr.split_shards(whole, [[weight for shard in shards for weight in shard]])[0]
    with concurrent.futures.ThreadPoolExecutor(3) as pool:
        parts = cr.split_shards(whole, [1, 2, 3, 4], map=pool.map, load=lambda place: shards[place - 1])
    assert [list(part) for part in parts] == [list(alone)[:3], [], list(alone)[3:103], list(alone)[103:]]
    assert parts[0].currency.code == "USD"
