# SPDX-License-Identifier: BSL-1.0
"""Work in pieces on some threads: with progress, in order, and ended at once by Ctrl-C."""
from __future__ import annotations

import concurrent.futures
import contextlib
import itertools
import operator
import sys
import threading
from typing import Callable, Dict, Generator, Iterator, List, Optional, Sequence, SupportsIndex, Tuple, TypeVar, Union

Piece = TypeVar("Piece")
Done = TypeVar("Done")
Tell = Callable[[int, int], object]
Progress = Union[bool, Tell]


class _Ended(Exception):
    """Raised in pieces that are still being worked on when another has failed."""


def whole_number(name: str, given: SupportsIndex, least: int) -> int:
    """The argument `name` as an int. Refuses what is no whole number, or less than `least`."""
    if isinstance(given, bool) or not hasattr(given, "__index__"):
        raise TypeError(f"{name} must be a whole number, not {given!r}")
    number = operator.index(given)
    if number < least:
        raise ValueError(f"{name} must be at least {least}, not {number}")
    return number


@contextlib.contextmanager
def _shown(progress: Progress, total: int, what: str) -> Iterator[Tell]:
    """What is told how far the work is: the caller's function, a bar of tqdm, a line that is written over, or nothing.
    """
    if callable(progress):
        yield progress
    elif not progress:
        yield lambda done, all: None
    else:
        try:
            from tqdm.auto import tqdm  # type: ignore
        except ImportError:
            yield lambda done, all: print(f"\r{what}: {done:,} of {all:,}", end="\n" if done == all else "",
                                          file=sys.stderr, flush=True)
        else:
            with tqdm(total=total, desc=what) as bar:
                yield lambda done, all: bar.update(done - bar.n)


def in_pieces(work: Callable[[Piece, Optional[Tell]], Done], pieces: Sequence[Piece], *, workers: int, what: str,
              total: int, size: Callable[[Piece], int] = lambda piece: 1, progress: Progress = False,
              each: Callable[[Done], object] = lambda result: None) -> List[Done]:
    """`work` on every piece, by so many threads; the results in the order of the pieces, whatever the threads.

    `progress` is told how much is done of `total`, by the `size` of the pieces. `each` is called with every result as
    it comes, by the calling thread. Ctrl-C, and whatever `work`, `each` or `progress` raises, ends it: pieces that wait
    are not begun. Work that is long calls what it is given beside its piece now and then, which raises when the work is
    to end.
    """
    workers = whole_number("workers", workers, 1)
    done = 0
    by_place: Dict[int, Done] = {}
    source = _by_threads if workers > 1 else _by_this_thread
    with _shown(progress, total, what) as tell, contextlib.closing(source(work, pieces, workers)) as results:
        for place, result in results:
            by_place[place] = result
            each(result)
            done += size(pieces[place])
            tell(done, total)
    return [by_place[place] for place in range(len(pieces))]


def _by_this_thread(work: Callable[[Piece, Optional[Tell]], Done], pieces: Sequence[Piece],
                    workers: int) -> Generator[Tuple[int, Done], None, None]:
    for place, piece in enumerate(pieces):
        yield place, work(piece, None)  # which hears Ctrl-C by itself, in the main thread


def _by_threads(work: Callable[[Piece, Optional[Tell]], Done], pieces: Sequence[Piece],
                workers: int) -> Generator[Tuple[int, Done], None, None]:
    ended = threading.Event()

    def go_on(done: int, all: int) -> None:
        if ended.is_set():
            raise _Ended
    coming = iter(enumerate(pieces))
    with concurrent.futures.ThreadPoolExecutor(workers, thread_name_prefix="crowdrules") as pool:
        waiting: Dict[concurrent.futures.Future[Done], int] = {}

        def begin(count: int) -> None:
            for place, piece in itertools.islice(coming, count):
                waiting[pool.submit(work, piece, go_on)] = place
        try:
            begin(2 * workers)  # few wait at a time, so that there is little to call off
            while waiting:
                finished, _ = concurrent.futures.wait(waiting, return_when=concurrent.futures.FIRST_COMPLETED)
                for future in finished:
                    yield waiting.pop(future), future.result()
                begin(len(finished))
        finally:
            ended.set()
            pool.shutdown(cancel_futures=True)
