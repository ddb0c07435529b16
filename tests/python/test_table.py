# SPDX-License-Identifier: BSL-1.0
"""Tables of campaigns: settled from Python as the program settles them, from a file and from frames."""
import json
import os
import pathlib
import subprocess
import sys

import pytest

import crowdrules as cr
from crowdrules import columns

TABLE = """title,project,currency,goal,pledged,backers,tier_minimums,tier_backers
A game,a/b,USD,33000.00,1810294.00,17739,1.00 59.00 79.00,526 2994 1471
"A <b>backpack</b>, blue",c/d,GBP,25000.00,640923.00,10665,50.00 84.00,10001 4674
Nothing,e/f,USD,0.00,10.00,1,,
Missed,g/h,USD,100.00,10.00,2,,
"""


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text(TABLE)
    return path


def rules_of(path, **choices):
    return columns.table_rules(path, "kickstarter", on="2016-06-01", **choices)


def same_as_program(path, program, *options, rules):
    printed = subprocess.run([program, "settle", "--table", str(path), "--on", "2016-06-01", "--json", *options],
                             capture_output=True, text=True, check=True)
    expected = json.loads(printed.stdout)
    settled = columns.settle_table(path, rules)
    assert expected["notes"] == list(rules.notes) and expected["on"] == str(rules.on)
    assert set(expected["totals"]) == set(settled.totals)
    for code, sums in expected["totals"].items():
        assert sums == {name: f"{value.amount:.{value.currency.digits}f}" if isinstance(value, cr.Money) else value
                        for name, value in settled.totals[code].items()}
    assert [found["why"] for found in expected["contradictions"]] == [why for _, why in settled.doubtful]
    return settled


def program():
    path = os.environ.get("CROWDRULES_PROGRAM", "")
    if not os.access(path, os.X_OK):
        pytest.skip("CROWDRULES_PROGRAM names no program")
    return path


def test_python_settles_a_table_as_the_program_does(table):
    fee = "3% + 0.20; below 10.00: 5% + 0.05"
    same_as_program(table, program(), rules=rules_of(table))
    same_as_program(table, program(), "--processing", fee, rules=rules_of(table, processing=fee))
    same_as_program(table, program(), "--processing", f"GBP={fee}", "--rounding", "down",
                    rules=rules_of(table, processing={"GBP": fee}, rounding="down"))


REAL = pathlib.Path(os.environ.get("CROWDRULES_SHARED", "")) / "data" / "kickstarter_campaigns.csv"
real = pytest.mark.skipif(not REAL.is_file(),
                          reason="CROWDRULES_SHARED names no folder with data/kickstarter_campaigns.csv")


@real
def test_a_real_table_is_settled_as_the_program_does():
    settled = same_as_program(REAL, program(), rules=rules_of(REAL))
    assert len(settled.rows) == 1_997


@real
def test_the_rows_of_a_real_table_add_up_to_its_totals():
    rules, told = rules_of(REAL), []
    settled = columns.settle_table(REAL, rules, progress=lambda done, all_: told.append((done, all_)))
    assert len(settled.rows) == 1_997 and told[-1] == (1_997, 1_997)
    for code, sums in settled.totals.items():
        mine = [row for row, currency in enumerate(settled.rows["currency"]) if currency == code]
        for figure in ("pledged", "collected", "platform_fee", "processing_fee", "tax", "paid"):
            assert sum(settled.rows[figure][row] for row in mine) == sums[figure].minor
    pandas = pytest.importorskip("pandas")
    frame = pandas.read_csv(REAL, dtype=str, keep_default_na=False)
    again = columns.settle_table(frame, rules)
    assert again.totals == settled.totals and again.doubtful == settled.doubtful
    with pytest.raises(TypeError, match="dtype=str"):
        columns.settle_table(pandas.read_csv(REAL), rules)


def test_outcomes_and_doubts_are_told_by_row(table):
    settled = columns.settle_table(table, rules_of(table))
    assert list(settled.rows["outcome"]) == ["succeeded", "succeeded", "not_settled", "failed"]
    assert [row for row, _ in settled.doubtful] == [1, 2]
    assert settled.rows["paid"][2] == settled.rows["pledged"][2] == 0
    assert settled.totals["USD"]["succeeded"] == 1 and settled.totals["USD"]["campaigns"] == 2


@pytest.mark.parametrize("library", ["polars", "pandas", "pyarrow"])
def test_a_frame_settles_as_its_file_does(library, table):
    module = pytest.importorskip(library)
    if library == "polars":
        frame = module.read_csv(table, infer_schema=False).fill_null("")
    elif library == "pandas":
        frame = module.read_csv(table, dtype=str, keep_default_na=False)
    else:
        csv = pytest.importorskip("pyarrow.csv")
        names = TABLE.splitlines()[0].split(",")
        frame = csv.read_csv(table, convert_options=csv.ConvertOptions(column_types=dict.fromkeys(names, "string")))
    rules = rules_of(table)
    again, settled = columns.settle_table(frame, rules), columns.settle_table(table, rules)
    assert again.totals == settled.totals and again.doubtful == settled.doubtful


def test_what_cannot_be_settled_says_which_row(table):
    rules = rules_of(table)
    with pytest.raises(ValueError, match="'A game' is in USD, for which there are no rules"):
        columns.settle_table(table, {"GBP": rules.terms["GBP"]})
    with pytest.raises(ValueError, match="the rules for USD are terms in GBP"):
        columns.settle_table(table, {"GBP": rules.terms["GBP"], "USD": rules.terms["GBP"]})
    table.write_text(TABLE.replace("10.00,2", "10.00,two"))
    with pytest.raises(cr.TextError, match="backers: not a count") as refusal:
        columns.settle_table(table, rules)
    assert refusal.value.line == 5
    table.write_text(TABLE)
    with pytest.raises(cr.FindingsError, match="processing fee of GBP"):
        rules_of(table, processing="free")


def test_what_progress_raises_comes_out(table):
    class Enough(Exception):
        pass

    def stop(done, all_):
        raise Enough(done, all_)
    with pytest.raises(Enough):
        columns.settle_table(table, rules_of(table), progress=stop)


SCRIPT = pathlib.Path(__file__).resolve().parents[2] / "examples" / "python" / "many_campaigns.py"


def many_campaigns(*arguments):
    return subprocess.run([sys.executable, str(SCRIPT), *map(str, arguments)], capture_output=True, text=True,
                          check=True).stdout


def test_the_script_settles_simulates_and_draws_a_table(table, tmp_path):
    picture = tmp_path / "largest.svg"
    printed = many_campaigns(table, picture)
    settled = columns.settle_table(table, columns.table_rules(table, "kickstarter",
                                                              processing="3% + 0.20; below 10.00: 5% + 0.05"))
    assert str(settled.totals["GBP"]["paid"]) in printed
    assert f"{picture} shows the 2 largest in USD." in printed
    assert "A game" in picture.read_text(encoding="utf-8")


@real
def test_the_script_draws_a_real_table(tmp_path):
    picture = tmp_path / "largest.svg"
    assert "147 of 1,997 campaigns" in many_campaigns(REAL, picture)
    assert "Pebble Time" in picture.read_text(encoding="utf-8")


def test_what_is_unknown_is_marked_in_every_row(table):
    rules = rules_of(table)
    settled = columns.settle_table(table, rules)
    fee = "processing_fee"
    # No source says what pounds cost on that day, and none what tax is on fees.
    assert fee in rules.unknown["GBP"] and fee in settled.unknown["GBP"]
    for row in range(len(settled.rows)):
        unknown = settled.rows["unknown"][row].split()
        assert tuple(unknown) == rules.unknown.get(settled.rows["currency"][row], ())
        assert all(settled.rows[figure][row] == 0 for figure in unknown)
    known = columns.settle_table(table, rules_of(table, processing={"GBP": "3%"}))
    assert fee not in known.unknown.get("GBP", ()) and known.rows[fee][1] > 0


def test_terms_that_state_no_processing_fee_leave_it_unknown(table):
    stated = rules_of(table, processing="0%").terms
    silent = {code: terms.with_(fees=cr.CampaignFees(platform=terms.fees.platform)) for code, terms in stated.items()}
    settled = columns.settle_table(table, silent)
    assert set(settled.rows["unknown"]) == {"processing_fee"}
    assert settled.unknown == {"GBP": ("processing_fee",), "USD": ("processing_fee",)}
    assert columns.settle_table(table, stated).unknown == {}


@pytest.mark.parametrize("name", ["currency", "goal", "pledged", "backers"])
def test_a_figure_that_is_missing_is_refused_with_its_place(name):
    frame = {"title": ["Mugs", "Cups"], "project": ["", ""], "currency": ["USD"] * 2, "goal": ["100.00"] * 2,
             "pledged": ["155.00"] * 2, "backers": ["7"] * 2, "tier_minimums": [""] * 2, "tier_backers": [""] * 2}
    for missing in (None, ""):
        with pytest.raises(cr.TextError, match="table:3: ") as refusal:
            columns.campaign_table({**frame, name: [frame[name][0], missing]})
        assert refusal.value.line == 3
    with pytest.raises(cr.TextError, match=f"'{name}'"):
        columns.campaign_table({column: values for column, values in frame.items() if column != name})
    with pytest.raises(cr.ColumnError, match=r"has 1 rows, but 'title' has 2"):
        columns.campaign_table({**frame, name: frame[name][:1]})
