# SPDX-License-Identifier: BSL-1.0
"""One amount split among parts that lie in pieces, on any workers."""
from __future__ import annotations

import functools
import itertools
import operator
from typing import Any, Callable, Iterable, List, Sequence, Tuple, TypeVar

from ._core import Money, ShardedSplit, ShardSum, ShardTally, shard_sum

__all__ = ["split_shards"]

Shard = TypeVar("Shard")


def _same(shard: Any) -> Any:
    return shard


def _sum(load: Callable[[Any], Any], shard: Any) -> ShardSum:
    return shard_sum(load(shard))


def _tally(load: Callable[[Any], Any], split: ShardedSplit, shard: Any) -> ShardTally:
    return split.tally(load(shard))


def _ties(load: Callable[[Any], Any], split: ShardedSplit, shard: Any) -> int:
    return split.ties_in(load(shard))


def _parts(load: Callable[[Any], Any], split: ShardedSplit, work: Tuple[Any, int]) -> Any:
    shard, ties_before = work
    return split.parts(load(shard), ties_before)


def split_shards(whole: Money, shards: Sequence[Shard], *, map: Callable[..., Iterable[Any]] = map,
                 load: Callable[[Shard], Any] = _same) -> List[Any]:
    """Splits `whole` in proportion to weights that lie in shards; to the cent as if they lay in one array.

    A shard is a column of whole-number weights, or whatever `load` makes one of on the worker (a path, a partition).
    `map` brings the work to the workers: that of concurrent.futures, or `lambda work, items:
    client.gather(client.map(work, items))` for Dask. Small numbers travel: sums, 16 KiB of counts a round. The parts
    come back, one array of minor units for each shard.

    The method is the largest remainder, ties to the earlier part: where the shards are cut does not matter, only the
    order of the parts.

    >>> import crowdrules as cr
    >>> [list(part) for part in cr.split_shards(cr.Money("10.00", "USD"), [[1, 1], [1]])]
    [[334, 333], [333]]
    """
    total = functools.reduce(operator.add, map(functools.partial(_sum, load), shards), ShardSum())
    split = ShardedSplit(whole, total)
    while not split.is_settled:
        split = split.narrowed(functools.reduce(operator.add, map(functools.partial(_tally, load, split), shards)))
    ties = list(map(functools.partial(_ties, load, split), shards))
    before = [0, *itertools.accumulate(ties)]
    return list(map(functools.partial(_parts, load, split), list(zip(shards, before))))
