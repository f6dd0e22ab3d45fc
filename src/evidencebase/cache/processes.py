"""Spreads work over processes; the result is the same however many there are."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Sequence
from itertools import pairwise
from multiprocessing.connection import Connection
from typing import TypeVar

from evidencebase.cache.pickles import packed, unpacked

Item = TypeVar("Item")
Result = TypeVar("Result")


def processors() -> int:
    """Return how many processes can work at a time."""
    return len(os.sched_getaffinity(0))


def spread(work: Callable[[Sequence[Item]], list[Result]], items: Sequence[Item], *, least: int) -> list[Result]:
    """Return the results for all items in their order; less than `least` of them are not worth another process."""
    shares = max(1, min(processors(), len(items) // least))
    if shares == 1:
        return work(items)
    cuts = [len(items) * number // shares for number in range(shares + 1)]
    chunks = [items[start:end] for start, end in pairwise(cuts)]
    context = multiprocessing.get_context("fork")
    running = []
    for chunk in chunks[1:]:
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=_work, args=(work, chunk, theirs), daemon=True)
        process.start()
        theirs.close()
        running.append((process, ours, chunk))
    results = work(chunks[0])
    for process, end, chunk in running:
        try:
            results += unpacked(end.recv_bytes())
        except (EOFError, ValueError):
            results += work(chunk)  # it was killed: what went wrong is seen, or done, here
        process.join()
    return results


def _work(work: Callable[[Sequence[Item]], list[Result]], items: Sequence[Item], end: Connection) -> None:
    end.send_bytes(packed(work(items)))
