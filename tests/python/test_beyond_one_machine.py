# SPDX-License-Identifier: BSL-1.0
"""The example for many machines: the same totals for 1 and many workers, whatever the partition."""
import importlib.util
import os
import pathlib
import shutil
import subprocess
import sys

import numpy as np
import pytest

import crowdrules as cr

SCRIPT = pathlib.Path(__file__).resolve().parents[2] / "examples" / "python" / "beyond_one_machine.py"


@pytest.fixture(scope="module")
def beyond():
    spec = importlib.util.spec_from_file_location("beyond_one_machine", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_any_partition_gives_the_same_totals(beyond):
    alone = beyond.everything(map, campaigns=40, runs=12, partitions=1)
    for partitions in (2, 3, 7):
        assert beyond.everything(map, campaigns=40, runs=12, partitions=partitions) == alone


def test_more_partitions_than_there_is_to_do(beyond):
    assert beyond.everything(map, campaigns=3, runs=2, partitions=5) == \
        beyond.everything(map, campaigns=3, runs=2, partitions=1)


def test_a_partition_is_settled_in_any_order(beyond):
    pledges = beyond.pledges_of(0, 20)
    order = np.random.default_rng(1).permutation(len(pledges["amount"]))
    there = beyond.settled(pledges)
    here = beyond.settled({name: column[order] for name, column in pledges.items()})
    assert (here["paid"] == there["paid"]).all() and (here["campaign"] == np.arange(20)).all()
    for campaign in (0, 19):
        amounts = pledges["amount"][pledges["campaign"] == campaign]
        assert there["paid"][campaign] == cr.columns.settle(amounts, beyond.TERMS).statement.paid.minor


def test_a_cluster_of_processes_gives_the_same_totals():
    pytest.importorskip("distributed", reason="needs Dask: python3-distributed")
    ran = subprocess.run([sys.executable, SCRIPT, "--workers", "2", "--campaigns", "40", "--runs", "12"],
                         capture_output=True, text=True, timeout=600, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert ran.stdout.splitlines()[-1] == "The totals are the same."
    assert "on 1 worker\n" in ran.stdout and "on 2 workers\n" in ran.stdout


def test_batches_of_arrow_are_settled(beyond):
    arrow = pytest.importorskip("pyarrow", reason="needs pyarrow")
    pledges = beyond.pledges_of(0, 20)
    table = arrow.table(pledges)
    batches = table.to_batches(max_chunksize=333)  # campaigns begin in one batch and end in another
    settled, = beyond.settled_batches(iter(batches))
    assert (settled.column("paid").to_numpy() == beyond.settled(pledges)["paid"]).all()
    assert list(beyond.settled_batches(iter([]))) == []


@pytest.mark.filterwarnings("default")  # those of pyspark are its own affair
def test_the_same_function_serves_sparks_map_in_arrow(beyond, monkeypatch):
    sql = pytest.importorskip("pyspark.sql", reason="needs pyspark")
    pytest.importorskip("pyarrow", reason="needs pyarrow")
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        pytest.skip("needs Java")
    from pyspark import cloudpickle
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    monkeypatch.setitem(sys.modules, "beyond_one_machine", beyond)
    cloudpickle.register_pickle_by_value(beyond)  # a script that is no installed module
    session = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", False) \
        .config("spark.driver.bindAddress", "127.0.0.1").config("spark.sql.shuffle.partitions", 4).getOrCreate()
    try:
        pledges = beyond.pledges_of(0, 40)
        rows = list(zip(pledges["campaign"].tolist(), pledges["amount"].tolist()))
        frame = session.createDataFrame(rows, "campaign long, amount long").repartition(4, "campaign")
        paid = {row.campaign: row.paid
                for row in frame.mapInArrow(beyond.settled_batches, "campaign long, paid long").collect()}
    finally:
        session.stop()
    assert [paid[campaign] for campaign in range(40)] == beyond.settled(pledges)["paid"].tolist()
