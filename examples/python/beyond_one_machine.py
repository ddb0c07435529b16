# SPDX-License-Identifier: BSL-1.0
"""Pledges of very many campaigns on several processes: the same functions, the same cents, whatever the partition.

    python3 examples/python/beyond_one_machine.py                on a Dask cluster of 3 processes of this machine
    python3 examples/python/beyond_one_machine.py --workers 8    on one of 8

Three things that one machine may not hold are done on partitions: the pledges of many campaigns are settled, a campaign
is simulated, and a payout is split among parts that lie on different workers. What travels is small and exact, so the
totals are the same for one worker and for many. Dask schedules; crowdrules only computes. The function that settles a
partition, `settled`, is also what Spark calls: `frame.mapInArrow(settled_batches, "campaign long, paid long")`.
"""
import argparse
import functools
import hashlib

import numpy as np

import crowdrules as cr

PLEDGES_EACH = 250
# A goal of 100 dollars; 5% for the platform, 3% and 20 cents for processing.
TERMS = cr.Terms(
    currency="USD", title="One of many", model=cr.FundingModel.all_or_nothing(cr.Money("100.00", "USD")),
    window=cr.Window("2026-11-01T08:00:00Z", "2026-12-01T08:00:00Z"),
    charges=cr.ChargePlan(retry_window="7 days"),
    fees=cr.CampaignFees(
        platform=cr.FeeSchedule("platform fee", [cr.FeeBand(rate="5%")], rounding="half_even"),
        processing=cr.FeeSchedule("processing fee", [cr.FeeBand(rate="3%", fixed=20)], rounding="half_up")))


def pledges_of(first, last):
    """The pledges of campaigns `first` to `last - 1`: two columns. In earnest they would be read from storage."""
    campaign = np.arange(first, last, dtype=np.int64).repeat(PLEDGES_EACH)
    place = np.tile(np.arange(PLEDGES_EACH, dtype=np.int64), last - first)
    return {"campaign": campaign, "amount": 100 + (campaign * 7919 + place * 104729) % 29_900}


def settled(pledges):
    """A partition, settled: what the creator of each of its campaigns is paid. Its campaigns are whole."""
    order = np.argsort(pledges["campaign"], kind="stable")
    campaigns, begins = np.unique(pledges["campaign"][order], return_index=True)
    amounts = np.split(pledges["amount"][order], begins[1:]) if len(campaigns) else []
    paid = [cr.columns.settle(part, TERMS).statement.paid.minor for part in amounts]
    return {"campaign": campaigns, "paid": np.array(paid, dtype=np.int64)}


def settled_batches(batches):
    """The same for Spark's mapInArrow: record batches of a partition in, record batches out. A campaign may begin in
    one batch and end in another, but lies in one partition: frame.repartition("campaign")."""
    import pyarrow
    together = list(batches)
    if together:
        table = pyarrow.Table.from_batches(together)
        rows = settled({name: table.column(name).to_numpy() for name in ("campaign", "amount")})
        yield pyarrow.RecordBatch.from_pydict({name: pyarrow.array(column) for name, column in rows.items()})


def settled_campaigns(bounds):
    return settled(pledges_of(*bounds))


def simulated_runs(bounds):
    """Some of the runs of one campaign whose cards fail for 3 in a hundred."""
    first, last = bounds
    return cr.simulate(TERMS, pledges=pledges_of(0, 40)["amount"], card_failure="3%", seed=2026, first=first,
                       runs=last - first)


def weights_of(bounds):
    return pledges_of(*bounds)["amount"]


def cut(size, partitions):
    """0 to size in so many pieces: (first, last) of each."""
    edges = [size * place // partitions for place in range(partitions + 1)]
    return list(zip(edges, edges[1:]))


def everything(map, campaigns, runs, partitions):
    """All three tasks by this `map`, and a digest of every number that came out."""
    pieces = cut(campaigns, partitions)
    paid = np.concatenate([part["paid"] for part in map(settled_campaigns, pieces)])
    simulation = cr.Simulation.merged(map(simulated_runs, cut(runs, partitions)))
    payout = cr.Money("1234567.89", "USD")
    parts = np.concatenate(cr.split_shards(payout, pieces, map=map, load=weights_of))
    assert parts.sum() == payout.minor

    digest = hashlib.sha256(paid.tobytes() + parts.tobytes())
    for figure in simulation.figures:
        digest.update(np.asarray(simulation.rows[figure]).tobytes())
    return {"paid to all creators": cr.Money(minor=int(paid.sum()), currency="USD"),
            "collected at most in half the runs": simulation.quantile("collected", "50%"),
            "largest part of the payout": cr.Money(minor=int(parts.max()), currency="USD"),
            "digest of all numbers": digest.hexdigest()[:16]}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--workers", type=int, default=3, help="processes of the cluster")
    parser.add_argument("--campaigns", type=int, default=4_000, help="campaigns to be settled")
    parser.add_argument("--runs", type=int, default=1_000, help="runs of the simulation")
    arguments = parser.parse_args()
    by = functools.partial(everything, campaigns=arguments.campaigns, runs=arguments.runs)

    from distributed import Client, LocalCluster
    with LocalCluster(n_workers=arguments.workers, threads_per_worker=1, dashboard_address=":0") as cluster, \
            Client(cluster) as client:
        def map_on(workers, work, items):
            return client.gather(client.map(work, list(items), workers=workers, pure=False))
        addresses = sorted(client.scheduler_info()["workers"])
        totals = {"in this process": by(map, partitions=1),
                  "on 1 worker": by(functools.partial(map_on, addresses[:1]), partitions=2),
                  f"on {len(addresses)} workers": by(functools.partial(map_on, addresses),
                                                     partitions=3 * len(addresses))}
    for where, numbers in totals.items():
        print(where)
        for name, value in numbers.items():
            print(f"    {name:<36}{value}")
    if len({tuple(numbers.values()) for numbers in totals.values()}) != 1:
        raise SystemExit("the totals differ")
    print("The totals are the same.")


if __name__ == "__main__":
    main()
