# SPDX-License-Identifier: BSL-1.0
"""What do the columns of the Python package cost beside other ways to the same answers?

    PYTHONPATH=build/release/bindings/python python3 benchmarks/python.py
    ... python.py --kernels build/release/benchmarks/libcrowdrules_kernels.so    beside the C++ of the same tasks

Answers are compared before anything is measured. Figures are processor time, threads included, the best of several
rounds in which all contenders take turns, each some times in a row; what matters are the ratios within one run. With
`--in-a-row 1` everybody finds the caches as the one before left them. The C++ is called in this process too: with
memory at hand for its answers, and with new memory each time, as NumPy has it. A library that is not installed is left
out, and said to be.
"""
import argparse
import ctypes
import decimal
import gc
import importlib
import time
from typing import Any, Callable, Dict, List, Optional, Tuple

import crowdrules as cr
from crowdrules import columns

numpy = importlib.import_module("numpy")
LIBRARIES = {}
for _name in ("pandas", "polars", "duckdb"):
    try:
        LIBRARIES[_name] = importlib.import_module(_name)
    except ImportError:
        print(f"{_name} is not installed: left out")

CARD = cr.FeeSchedule("processing", [cr.FeeBand(rate="5%", fixed=5), cr.FeeBand(from_=1000, rate="3%", fixed=20)],
                      rounding="half_even")
PLATFORM = cr.FeeSchedule("platform", [cr.FeeBand(rate="5%")], rounding="half_even")
Contenders = Dict[str, Callable[[], Any]]
IN_A_ROW = 3


def pledges(count: int) -> Any:
    """0.01 to 300.00, one in sixteen below 10.00; always the same ones."""
    random = numpy.random.default_rng(7)
    amounts = random.integers(1_000, 30_001, count)
    amounts[::16] = random.integers(1, 1_000, len(amounts[::16]))
    return amounts


def measured(contenders: Contenders, rounds: int) -> Dict[str, float]:
    """Processor seconds of each, the best of all its calls."""
    best: Dict[str, float] = {}
    gc.disable()
    for _ in range(rounds):
        for name, work in contenders.items():
            for _ in range(IN_A_ROW):
                before = time.process_time()
                work()
                taken = time.process_time() - before
                best[name] = min(best.get(name, taken), taken)
    gc.enable()
    return best


def compare(title: str, contenders: Contenders, rows: int, rounds: int = 9) -> None:
    """Refuses to measure contenders that do not agree."""
    answers = {name: work() for name, work in contenders.items()}
    own = next(iter(answers))
    for name, answer in answers.items():
        if not same(answers[own], answer):
            raise SystemExit(f"{title}: {name} answers otherwise than {own}")
    del answers
    best = measured(contenders, rounds)
    print(f"\n{title}")
    for name, taken in best.items():
        print(f"  {name:<28}{taken * 1e9 / rows:10.2f} ns a row{taken / best[own]:10.2f}")


def same(one: Any, other: Any) -> bool:
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(numpy.array_equal(numpy.asarray(one), numpy.asarray(other)))


class Kernels:
    """The C++ of the same tasks, as functions of a library that was built for this."""

    def __init__(self, path: str) -> None:
        self.library = ctypes.CDLL(path)

    def call(self, name: str, *given: Any) -> None:
        """NumPy arrays go in as their addresses, numbers as 64 bits."""
        getattr(self.library, name)(*[
            ctypes.c_void_p(value.ctypes.data) if isinstance(value, numpy.ndarray) else ctypes.c_int64(value)
            for value in given])

    def contenders(self, name: str, rows: int, outputs: int, *given: Any) -> Contenders:
        """A kernel that fills so many columns: some at hand, or new ones."""
        def into(made: Tuple[Any, ...]) -> Any:
            self.call(name, *given, *made)
            return made if outputs > 1 else made[0]

        def new() -> Tuple[Any, ...]:
            return tuple(numpy.empty(rows, "int64") for _ in range(outputs))
        at_hand = new()
        return {"C++": lambda: into(at_hand), "C++, new memory": lambda: into(new())}


# ----------------------------------------------------------------------------------------- half even on 64-bit integers

def half_even(scaled: Any) -> Any:
    """Hundredths of minor units, rounded half to even: what one writes with NumPy or pandas."""
    whole, rest = scaled // 100, scaled % 100
    return whole + ((rest > 50) | ((rest == 50) & (whole % 2 == 1)))


def fees_of(amounts: Any) -> Any:
    return half_even(numpy.where(amounts < 1000, amounts * 5 + 500, amounts * 3 + 2000))


def split_charges(amounts: Any) -> Any:
    fees, shares = fees_of(amounts), half_even(amounts * 5)
    return fees, shares, amounts - fees - shares


def in_polars(amounts: Any) -> Any:
    polars = LIBRARIES["polars"]

    def rounded(scaled: Any) -> Any:
        whole, rest = scaled // 100, scaled % 100
        return whole + ((rest > 50) | ((rest == 50) & (whole % 2 == 1))).cast(polars.Int64)
    amount = polars.col("amount")
    fee = rounded(polars.when(amount < 1000).then(amount * 5 + 500).otherwise(amount * 3 + 2000))
    return amounts.select(amount, fee=fee, share=rounded(amount * 5)).with_columns(
        net=amount - polars.col("fee") - polars.col("share"))


ROUNDED = "({0}) // 100 + (({0}) % 100 > 50 or (({0}) % 100 = 50 and ({0}) // 100 % 2 = 1))::bigint"
FEE = ROUNDED.format("case when amount < 1000 then amount * 5 + 500 else amount * 3 + 2000 end")
SHARE = ROUNDED.format("amount * 5")


def in_decimal(amounts: List[int]) -> Any:
    """As accountants do it in Python: units, not minor units, and the context rounds."""
    cent, five, three = decimal.Decimal("0.01"), decimal.Decimal("0.05"), decimal.Decimal("0.03")
    low, high, ten = decimal.Decimal("0.05"), decimal.Decimal("0.20"), decimal.Decimal(10)
    units = [decimal.Decimal(amount).scaleb(-2) for amount in amounts]
    fees = [(unit * five + low if unit < ten else unit * three + high).quantize(cent, decimal.ROUND_HALF_EVEN)
            for unit in units]
    shares = [(unit * five).quantize(cent, decimal.ROUND_HALF_EVEN) for unit in units]
    nets = [unit - fee - share for unit, fee, share in zip(units, fees, shares)]
    return tuple([int(value.scaleb(2)) for value in column] for column in (fees, shares, nets))


# -------------------------------------------------------------------------------------------------------------- tasks

def charges(kernels: Optional[Kernels]) -> None:
    count = 1_000_000
    amounts = pledges(count)

    def ours() -> Any:
        rows = columns.settle_charges(amounts, processing=CARD, platform=PLATFORM).rows
        return rows["processing_fee"], rows["platform_fee"], rows["net"]
    def ours_into() -> Any:
        columns.settle_charges(amounts, processing=CARD, platform=PLATFORM, out=rooms)
        return tuple(rooms.values())
    rooms = {name: numpy.empty(count, "int64") for name in ("processing_fee", "platform_fee", "net")}
    contenders: Contenders = {"crowdrules": ours, "crowdrules, out=": ours_into}
    if kernels:
        contenders.update(kernels.contenders("settle_charges", count, 3, amounts, count))
    contenders["NumPy int64"] = lambda: split_charges(amounts)
    if "pandas" in LIBRARIES:
        series = LIBRARIES["pandas"].Series(amounts)
        contenders["pandas"] = lambda: split_charges(series)
    if "polars" in LIBRARIES:
        frame = LIBRARIES["polars"].DataFrame({"amount": amounts})

        def polars() -> Any:
            made = in_polars(frame)
            return made["fee"], made["share"], made["net"]
        contenders["polars"] = polars
    if "duckdb" in LIBRARIES:
        session = LIBRARIES["duckdb"].connect()
        session.register("given", {"amount": amounts})
        session.execute("create table pledges as select amount from given")
        query = f"select fee, share, amount - fee - share as net from (select amount, {FEE} as fee, {SHARE} as share "\
                "from pledges)"

        def duckdb() -> Any:
            made = session.execute(query).fetchnumpy()
            return made["fee"], made["share"], made["net"]
        contenders["DuckDB"] = duckdb
    compare("fee with two bands, platform's share and net of 1,000,000 charges", contenders, count)
    column, room = cr.FeeColumn(CARD), numpy.empty(count, "int64")
    contenders = {"crowdrules": lambda: column(amounts), "crowdrules, out=": lambda: column(amounts, room)}
    if kernels:
        contenders.update(kernels.contenders("fees", count, 1, amounts, count))
    contenders["NumPy int64"] = lambda: fees_of(amounts)
    compare("fee alone of 1,000,000 charges", contenders, count)
    few = amounts[:10_000]
    listed = few.tolist()

    def ours_few() -> Any:
        rows = columns.settle_charges(few, processing=CARD, platform=PLATFORM).rows
        return rows["processing_fee"], rows["platform_fee"], rows["net"]
    compare("the same of 10,000 charges, beside decimal", {
        "crowdrules": ours_few, "NumPy int64": lambda: split_charges(few), "decimal": lambda: in_decimal(listed)},
        len(few), rounds=5)


def split(kernels: Optional[Kernels]) -> None:
    weights, whole = pledges(68_929), 1_026_668_845
    total = int(weights.sum())

    def by_numpy() -> Any:
        exact = weights * (whole % total) if whole > 2**63 // int(weights.max()) else weights * whole
        parts, rests = exact // total, exact % total
        spare = whole - int(parts.sum())
        parts[numpy.argsort(-rests, kind="stable")[:spare]] += 1
        return parts

    def by_python() -> Any:
        parts, rests = zip(*(divmod(whole * weight, total) for weight in listed))
        parts = list(parts)
        first = sorted(range(len(parts)), key=lambda place: -rests[place])
        for place in first[:whole - sum(parts)]:
            parts[place] += 1
        return parts
    listed = weights.tolist()
    contenders: Contenders = {"crowdrules": lambda: columns.allocate(whole, weights, "largest_remainder")}
    if kernels:
        contenders.update(kernels.contenders("allocate_largest_remainder", len(weights), 1, whole, weights,
                                             len(weights)))
    contenders.update({"NumPy int64": by_numpy, "int of Python": by_python})
    compare("10,266,688.45 split among 68,929 backers, largest remainder", contenders, len(weights), rounds=7)


def table() -> None:
    campaigns, backers = 500, 4_000
    totals = numpy.random.default_rng(3).integers(backers * 2_000, backers * 9_000, campaigns)
    header = ["title", "project", "currency", "goal", "pledged", "backers", "tier_minimums", "tier_backers"]
    rows = [["campaign", "p", "USD", "1.00", f"{total // 100}.{total % 100:02}", str(backers), "", ""]
            for total in totals.tolist()]
    given = dict(zip(header, map(list, zip(*rows))))
    terms = cr.Terms(currency="USD", title="table", model=cr.FundingModel(goal=1),
                     window=cr.Window("2016-06-01T00:00:00Z", "2016-07-01T00:00:00Z"),
                     charges=cr.ChargePlan(retry_window="7 days"),
                     fees=cr.CampaignFees(platform=PLATFORM, processing=CARD))

    def ours() -> Any:
        settled = columns.settle_table(given, terms).rows
        return settled["processing_fee"], settled["platform_fee"], settled["paid"]

    def by_numpy() -> Any:
        fees = numpy.empty(campaigns, "int64")
        for place, total in enumerate(totals):
            amounts = numpy.full(backers, total // backers)
            amounts[:total % backers] += 1
            fees[place] = fees_of(amounts).sum()
        shares = half_even(totals * 5)
        return fees, shares, totals - fees - shares
    contenders: Contenders = {"crowdrules": ours, "NumPy int64": by_numpy}
    amounts = numpy.concatenate([numpy.full(backers, total // backers) + (numpy.arange(backers) < total % backers)
                                 for total in totals])
    campaign = numpy.repeat(numpy.arange(campaigns), backers)
    if "pandas" in LIBRARIES:
        frame = LIBRARIES["pandas"].DataFrame({"campaign": campaign, "amount": amounts})

        def pandas() -> Any:
            sums = frame.assign(fee=fees_of(frame["amount"])).groupby("campaign")[["amount", "fee"]].sum()
            shares = half_even(sums["amount"] * 5)
            return sums["fee"], shares, sums["amount"] - sums["fee"] - shares
        contenders["pandas, pledges at hand"] = pandas
    if "polars" in LIBRARIES:
        pl = LIBRARIES["polars"]
        table_ = pl.DataFrame({"campaign": campaign, "amount": amounts})

        def polars() -> Any:
            fees = in_polars(table_.select("amount"))
            sums = table_.with_columns(fees["fee"]).group_by("campaign", maintain_order=True).agg(
                pl.col("amount").sum(), pl.col("fee").sum())
            amount, fee = sums["amount"].to_numpy(), sums["fee"].to_numpy()
            shares = half_even(amount * 5)
            return fee, shares, amount - fee - shares
        contenders["polars, pledges at hand"] = polars
    if "duckdb" in LIBRARIES:
        session = LIBRARIES["duckdb"].connect()
        session.register("given", {"campaign": campaign, "amount": amounts})
        session.execute("create table pledges as select * from given")
        query = f"select sum(amount)::bigint as amount, sum({FEE})::bigint as fee from pledges group by campaign "\
                "order by campaign"

        def duckdb() -> Any:
            sums = session.execute(query).fetchnumpy()
            shares = half_even(sums["amount"] * 5)
            return sums["fee"], shares, sums["amount"] - sums["fee"] - shares
        contenders["DuckDB, pledges at hand"] = duckdb
    compare("a table of 500 campaigns with 2,000,000 pledges, statements and all", contenders, campaigns * backers,
            rounds=5)


def simulation(kernels: Optional[Kernels]) -> None:
    """A campaign of Pebble's size, of whose cards 3% fail, many times over: what is collected in each run."""
    amounts, runs, failing = pledges(68_929), 1_000, 0.03
    terms = cr.Terms(currency="USD", title="As large as Pebble",
                     model=cr.FundingModel.all_or_nothing(cr.Money("100000.00", "USD")),
                     window=cr.Window("2012-04-11T12:00:00Z", "2012-05-18T12:00:00Z"),
                     charges=cr.ChargePlan(retry_window="7 days"),
                     fees=cr.CampaignFees(platform=PLATFORM, processing=CARD))

    def ours(workers: int = 1) -> Any:
        return cr.simulate(terms, pledges=amounts, runs=runs, seed=7, card_failure="3%", workers=workers).rows

    def by_numpy() -> Any:
        random = numpy.random.default_rng(7)
        return [int(amounts[random.random(len(amounts)) >= failing].sum()) for _ in range(runs)]

    # Luck differs, so means are compared: they may be apart by six standard errors of each.
    error = float((failing * (1 - failing) * (amounts.astype(float) ** 2).sum() / runs) ** 0.5)
    means = [sum(ours()["collected"]) / runs, sum(by_numpy()) / runs]
    if abs(means[0] - means[1]) > 12 * error or ours() != ours(2):
        raise SystemExit("the simulations do not agree")
    contenders: Contenders = {"crowdrules, statements and all": ours}
    if kernels:
        collected = numpy.empty(runs, "int64")
        contenders["C++"] = lambda: kernels.call("simulate", amounts, len(amounts), runs, collected)
        contenders["C++"]()
        if not same(ours()["collected"], collected):
            raise SystemExit("the simulation of C++ is another one")
    contenders["NumPy, what is collected"] = by_numpy
    rows = runs * len(amounts)
    best = measured(contenders, 3)
    print(f"\na campaign of {len(amounts):,} pledges, {runs:,} times")
    for name, taken in best.items():
        print(f"  {name:<32}{taken * 1e9 / rows:6.2f} ns a pledge drawn")
    for workers in (1, 2):
        before = time.perf_counter()
        cr.simulate(terms, pledges=amounts, runs=10_000, seed=7, card_failure="3%", workers=workers)
        print(f"  10,000 times with {workers} threads: {time.perf_counter() - before:.1f} s on the clock")


def single() -> None:
    """What a call costs however short the column, and a single amount."""
    one, room, column = numpy.array([11500]), numpy.zeros(1, "int64"), cr.FeeColumn(CARD)
    rooms = {name: numpy.zeros(1, "int64") for name in ("processing_fee", "platform_fee", "net")}
    rate, rounding = decimal.Decimal("0.05"), cr.Rounding("half_even")
    cent, unit, money = decimal.Decimal("0.01"), decimal.Decimal("115.00"), cr.Money("115.00", "USD")
    plain: Contenders = {
        "two operations of NumPy": lambda: one * 5 // 100,
        "FeeColumn": lambda: column(one),
        "FeeColumn, out": lambda: column(one, room),
        "FeeColumn.total": lambda: column.total(one),
        "fees": lambda: columns.fees(one, CARD),
        "fees, out": lambda: columns.fees(one, CARD, out=room),
        "times": lambda: columns.times(one, rate, rounding),
        "times, out": lambda: columns.times(one, rate, rounding, out=room),
        "exact_sum": lambda: columns.exact_sum(one),
        "allocate": lambda: columns.allocate(11500, one, "first"),
        "allocate, out": lambda: columns.allocate(11500, one, "first", out=room),
        "settle_charges": lambda: columns.settle_charges(one, processing=CARD, platform=PLATFORM),
        "settle_charges, out": lambda: columns.settle_charges(one, processing=CARD, platform=PLATFORM, out=rooms),
        "Money.times": lambda: money.times(rate, rounding),
        "Decimal, quantized": lambda: (unit * rate).quantize(cent, decimal.ROUND_HALF_EVEN),
        "Money + Money": lambda: money + money,
        "Decimal + Decimal": lambda: unit + unit,
    }
    repeat = 5_000

    def repeated(work: Callable[[], Any]) -> Callable[[], None]:
        def calls() -> None:
            for _ in range(repeat):
                work()
        return calls
    best = measured({name: repeated(work) for name, work in plain.items()}, 5)
    print("\none row, or one amount")
    for name, taken in best.items():
        print(f"  {name:<28}{taken / repeat * 1e9:10.0f} ns a call")


def main() -> None:
    global IN_A_ROW
    arguments = argparse.ArgumentParser(description="The columns of crowdrules beside other ways to the same answers.")
    arguments.add_argument("--kernels", default="", help="the built library of C++ to compare with")
    arguments.add_argument("--in-a-row", type=int, default=IN_A_ROW, help="how often each is called in its turn")
    given = arguments.parse_args()
    IN_A_ROW = given.in_a_row
    kernels = Kernels(given.kernels) if given.kernels else None
    print("processor time of one row, and how many times as long as crowdrules")
    charges(kernels)
    split(kernels)
    table()
    simulation(kernels)
    single()


if __name__ == "__main__":
    main()
