# SPDX-License-Identifier: BSL-1.0
"""What must not crash, hang or leak: threads, signals, the end of the interpreter, memory that went away."""
import gc
import os
import pickle
import signal
import subprocess
import sys
import threading
import time

import numpy
import pytest

import crowdrules as cr
from crowdrules import columns

CARD = cr.FeeSchedule("card", [cr.FeeBand(rate="5%", fixed=5), cr.FeeBand(from_=1000, rate="3%", fixed=20)],
                      rounding="half_even")
WATCH = cr.Terms(
    currency="USD", title="A <b>watch</b>", model=cr.FundingModel.all_or_nothing(cr.Money("50.00", "USD")),
    window=cr.Window("2026-11-01T08:00:00Z", "2026-12-01T08:00:00Z"),
    charges=cr.ChargePlan(retry_window="7 days"),
    fees=cr.CampaignFees(platform=CARD, processing=CARD))

PRELUDE = """
import sys, threading, numpy, crowdrules as cr
from crowdrules import columns
card = cr.FeeSchedule("card", [cr.FeeBand(rate="5%", fixed=5), cr.FeeBand(from_=1000, rate="3%", fixed=20)],
                      rounding="half_even")
fees = cr.CampaignFees(platform=card, processing=card)
watch = cr.Terms(currency="USD", title="A watch", model=cr.FundingModel.all_or_nothing(cr.Money("50.00", "USD")),
                 window=cr.Window("2026-11-01T08:00:00Z", "2026-12-01T08:00:00Z"),
                 charges=cr.ChargePlan(retry_window="7 days"), fees=fees)
amounts = numpy.arange(1_000_000, dtype="int64") + 1
"""


def run(code):
    return subprocess.run([sys.executable, "-c", PRELUDE + code], capture_output=True, text=True, timeout=120)


# --------------------------------------------------------------------------------------------------------- memory


def test_memory_that_went_away_is_refused():
    released = memoryview(numpy.arange(3))
    released.release()
    with pytest.raises(ValueError, match="released"):
        columns.fees(released, CARD)
    with pytest.raises(cr.ColumnError, match="cannot be written to"):
        columns.fees(numpy.arange(3), CARD, out=released)


def test_memory_cannot_go_away_while_a_column_is_looked_at():
    bytes_ = bytearray(8 * 1000)
    out = memoryview(bytes_).cast("q")
    assert columns.fees(numpy.full(1000, 999), CARD, out=out) is out and out[999] == 55
    out.release()
    bytes_.extend(b"free again")  # would raise BufferError while anybody holds the memory


def test_a_buffer_at_an_odd_address_is_refused():
    odd = numpy.frombuffer(bytes(17), dtype="int64", count=2, offset=1)
    with pytest.raises(cr.ColumnError, match="aligned"):
        columns.fees(odd, CARD)


def test_columns_outlive_their_frame_and_memory_is_lent_again_only_when_nobody_looks():
    size = 200_000
    first = columns.settle_charges(numpy.full(size, 11500), processing=CARD, platform=CARD).rows
    kept = numpy.asarray(first["net"])
    expected = kept.copy()
    del first
    for _ in range(5):
        columns.settle_charges(numpy.full(size, 999), processing=CARD, platform=CARD)
    assert (kept == expected).all()


# -------------------------------------------------------------------------------------------------------- threads


def in_threads(count, work):
    problems = []

    def guarded(which):
        try:
            work(which)
        except BaseException as error:
            problems.append(error)
    threads = [threading.Thread(target=guarded, args=(which,)) for which in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return problems


def test_a_campaign_used_by_several_threads_takes_one_command_at_a_time():
    campaign = cr.Campaign.launch(WATCH)

    def pledge(which):
        for number in range(which * 200 + 1, which * 200 + 201):
            campaign.perform(cr.MakePledge(number, number, amount=cr.Money("1.00", "USD")), at=WATCH.window.opens)
            campaign.statement()
    assert in_threads(4, pledge) == []
    assert campaign.statement().gross == cr.Campaign.from_journal(campaign.journal()).statement().gross
    assert len(campaign.events) == 801


def test_a_campaign_that_is_pickled_while_it_changes_is_whole():
    campaign = cr.Campaign.launch(WATCH)
    copies = []

    def work(which):
        for number in range(1, 100):
            if which == 0:
                campaign.perform(cr.MakePledge(number, number, amount=cr.Money("1.00", "USD")),
                                 at=WATCH.window.opens)
            else:
                copies.append(cr.Campaign.from_journal(campaign.journal()))
    assert in_threads(3, work) == []
    assert all(copy.statement() is not None for copy in copies)


def test_an_output_shared_by_threads_holds_one_answer_or_the_other():
    amounts, out = numpy.full(100_000, 999), numpy.zeros(100_000, dtype="int64")
    assert in_threads(4, lambda _: [columns.fees(amounts, CARD, out=out) for _ in range(20)]) == []
    assert (out == 55).all()


def test_a_split_adds_up_though_its_weights_are_written_to_meanwhile():
    weights, others = numpy.full(200_000, 7), numpy.arange(200_000) * 10**7

    def work(which):
        for number in range(60):
            if which == 0:
                weights[:] = others if number % 2 else 7
            else:
                assert columns.allocate(10**9, weights, "largest_remainder").sum() == 10**9
    assert in_threads(3, work) == []


# -------------------------------------------------------------------------------- the end of the interpreter, signals


@pytest.mark.parametrize("work", [
    "columns.fees(amounts, card)", "columns.settle(amounts, watch)", "columns.exact_sum(amounts)",
    "columns.settle_charges(amounts, processing=card, platform=card)",
    "columns.allocate(10**9, amounts, 'largest_remainder')", "cr.Campaign.launch(watch).journal()"])
def test_an_interpreter_may_end_while_threads_compute(work):
    done = run(f"""
def forever():
    while True:
        {work}
for _ in range(2):
    threading.Thread(target=forever, daemon=True).start()
columns.fees(amounts, card)
""")
    assert (done.returncode, done.stderr) == (0, "")


def test_columns_may_live_until_the_very_end():
    done = run("""
kept = columns.settle(amounts, watch).rows
view = numpy.asarray(kept["net"]); capsules = kept.__arrow_c_array__(), kept.__arrow_c_stream__()
sys.kept_by_a_module = kept, cr.FeeColumn(card), cr.Campaign.launch(watch)
cycle = [kept]; cycle.append(cycle)
""")
    assert (done.returncode, done.stderr) == (0, "")


def seconds_until_interrupted(code, wait=0.5):
    """Ctrl-C while the code runs: how long until the process is gone. It must have said KeyboardInterrupt."""
    process = subprocess.Popen([sys.executable, "-c", PRELUDE + "print('ready', flush=True)\n" + code],
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "ready\n"
    time.sleep(wait)
    before = time.monotonic()
    process.send_signal(signal.SIGINT)
    try:
        _, error = process.communicate(timeout=60)
    finally:
        process.kill()
    assert "KeyboardInterrupt" in error, error
    return time.monotonic() - before


SETTLES_A_TABLE = """
import pathlib, tempfile
header = "title,project,currency,goal,pledged,backers,tier_minimums,tier_backers"
with tempfile.TemporaryDirectory() as folder:
    path = pathlib.Path(folder) / "table.csv"
    path.write_text(header + "\\nbig,p,USD,1.00,10000000.00,200000,," * 20000)
    columns.settle_table(path, watch)
"""


@pytest.mark.skipif(os.name == "nt", reason="sends a signal of POSIX")
@pytest.mark.parametrize("code", ["while True: columns.settle(amounts, watch)",
                                  "while True: columns.fees(amounts, card)", SETTLES_A_TABLE])
def test_ctrl_c_stops_long_work(code):
    assert seconds_until_interrupted(code) < 10


# Pages that nobody has written to are all the same one, so this takes no memory; to add it up takes many seconds.
ENDLESS = """
import mmap
nothing = mmap.mmap(-1, 2**37, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, prot=mmap.PROT_READ)
endless = numpy.frombuffer(nothing, "int64")
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks Linux for memory that is never written to")
@pytest.mark.parametrize("code", ["columns.exact_sum(endless)", "cr.FeeColumn(card).total(endless)"])
def test_ctrl_c_is_heard_within_a_long_column(code):
    assert seconds_until_interrupted(ENDLESS + code) < 5


def test_a_stream_that_raises_passes_its_error_on():
    class Broken:
        def __arrow_c_stream__(self, requested_schema=None):
            raise RuntimeError("the source is gone")
    with pytest.raises(RuntimeError, match="the source is gone"):
        columns.fees(Broken(), CARD)

    class Nonsense:
        def __arrow_c_stream__(self, requested_schema=None):
            return "no capsule"
    with pytest.raises(ValueError, match=r"(?i)capsule"):
        columns.fees(Nonsense(), CARD)


# ----------------------------------------------------------------------------------------------------------- leaks


def resident():
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def refused():
    with pytest.raises(cr.ColumnError):
        columns.fees([1, -1], CARD)
    with pytest.raises(TypeError):
        columns.fees(numpy.array([1.5]), CARD)


def lived():
    campaign = cr.Campaign.launch(WATCH)
    campaign.perform(cr.MakePledge(1, 1, amount=cr.Money("60.00", "USD")), at=WATCH.window.opens)
    with pytest.raises(cr.Rejected):
        campaign.perform(cr.MakePledge(1, 1, amount=cr.Money("60.00", "USD")), at=WATCH.window.opens)
    campaign.advance(WATCH.window.closes)
    campaign.statement()._repr_html_()
    repr((campaign.agenda(), campaign.ledger(), campaign.entries(), campaign.explain("paid")))
    cr.Campaign.from_journal(campaign.journal())


COLUMN = numpy.arange(20_000, dtype="int64") + 1
FAMILIES = {
    "fees": (lambda: columns.fees(COLUMN, CARD), 100),
    "out": (lambda: columns.fees(COLUMN, CARD, out=COLUMN.copy()), 60),
    "lists": (lambda: columns.times([1, 2, 3], "5%", "half_up"), 2000),
    "allocate": (lambda: columns.allocate(10**9, COLUMN, "largest_remainder"), 60),
    "sum": (lambda: columns.exact_sum(COLUMN), 1000),
    "charges": (lambda: columns.settle_charges(COLUMN, processing=CARD, platform=CARD).rows.as_decimal(), 50),
    "settle": (lambda: columns.settle({"amount": COLUMN, "collected": COLUMN > 7}, WATCH).rows["outcome"][0], 20),
    "capsules": (lambda: columns.settle([9900], WATCH).rows.__arrow_c_stream__(), 300),
    "refusals": (refused, 300),
    "money": (lambda: cr.Money("10.50", "USD").times("5%", "half_up").allocate([1, 2], "first"), 3000),
    "campaign": (lived, 40),
    "packs": (lambda: cr.load_pack("kickstarter"), 10),
}


@pytest.mark.skipif(not os.path.exists("/proc/self/statm"), reason="reads /proc")
@pytest.mark.parametrize("family", FAMILIES)
def test_nothing_is_leaked_over_many_calls(family):
    work, times = FAMILIES[family]

    def repeat():
        for _ in range(times):
            work()
        gc.collect()
        return resident()
    repeat()
    growth = [after - before for before, after in [(repeat(), repeat()) for _ in range(3)]]
    # A leak grows in every round, by at least 64 bytes a call; what the allocator keeps does not.
    assert min(growth) < max(64 * times, 100_000), growth
    if family in ("fees", "sum", "settle", "refusals"):
        references = sys.getrefcount(COLUMN), sys.getrefcount(CARD), sys.getrefcount(WATCH)
        work()
        gc.collect()
        assert (sys.getrefcount(COLUMN), sys.getrefcount(CARD), sys.getrefcount(WATCH)) == references


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_every_protocol_of_pickle_gives_the_same_or_is_refused(protocol):
    frame = cr.Frame({"fee": [364, 59]}, {"fee": "USD"})
    for value in (frame, frame["fee"], columns.FeeColumn(CARD), cr.Money("1.00", "USD"), CARD, WATCH):
        assert pickle.loads(pickle.dumps(value, protocol)) == value
    campaign = cr.Campaign.launch(WATCH)
    assert pickle.loads(pickle.dumps(campaign, protocol)) == campaign
    for answered in (cr.load_pack("kickstarter"), campaign.statement()):
        with pytest.raises(TypeError, match="not pickled"):
            pickle.dumps(answered, protocol)
