# SPDX-License-Identifier: BSL-1.0
"""The types beside the module are those that it has, and programs that are written by them are checked by mypy."""
import os
import pathlib
import subprocess
import sys

import pytest

import crowdrules

PACKAGE = pathlib.Path(crowdrules.__file__).parent
STUBS = pathlib.Path(__file__).resolve().parents[2] / "bindings" / "python" / "stubs.py"

PROGRAM = """
import datetime
import decimal
from typing import Optional, Tuple

import crowdrules as cr
from crowdrules import columns

band = cr.FeeBand(rate="2.9%", fixed=30)
rate: decimal.Decimal = band.with_(fixed=20).rate
card = cr.FeeSchedule("card", [band], rounding="half_up")
bands: Tuple[cr.FeeBand, ...] = card.bands
fee: cr.Money = card.fee_on(cr.Money("10.00", "USD"))
month = cr.Window("2026-11-01T08:00:00Z", datetime.datetime(2026, 12, 1, tzinfo=datetime.timezone.utc))
terms = cr.Terms(currency="USD", title="A", model=cr.FundingModel.all_or_nothing("1.00 USD"), window=month,
                 charges=cr.ChargePlan(retry_window="7 days"))
campaign = cr.Campaign.launch(terms)
paid: cr.Money = campaign.statement().paid
reward: Optional[int] = cr.MakePledge(1, 1, amount=fee).reward
net: cr.Column = columns.settle([9900], terms).rows["net"]
"""


def mypy(folder, *given):
    pytest.importorskip("mypy")
    # What is installed is found by itself, and mypy wants no path to it.
    paths = {} if "site-packages" in PACKAGE.parts else {"MYPYPATH": str(PACKAGE.parent)}
    return subprocess.run([sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--cache-dir",
                           folder / "cache", *given],
                          capture_output=True, text=True, cwd=folder, env={**os.environ, **paths})


def test_the_types_are_what_the_module_says_of_itself(tmp_path):
    written = tmp_path / "_core.pyi"
    subprocess.run([sys.executable, STUBS, written], check=True)
    assert (PACKAGE / "_core.pyi").read_text(encoding="utf-8") == written.read_text(encoding="utf-8")


def test_mypy_finds_nothing_in_the_package_in_strict_mode(tmp_path):
    done = mypy(tmp_path, "-p", "crowdrules")
    assert done.returncode == 0, done.stdout + done.stderr


def test_mypy_checks_a_program_by_these_types(tmp_path):
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    done = mypy(tmp_path, program)
    assert done.returncode == 0, done.stdout + done.stderr
    program.write_text(PROGRAM + "wrong: int = band.rate\nband.with_(fixed=1).rat\ncr.FeeBand(rate=0.05)\n")
    assert mypy(tmp_path, program).stdout.count("error:") == 3
