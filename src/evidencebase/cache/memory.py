"""Remembers the results of tasks, with what each has read; a result is taken again while all of that still holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from evidencebase.cache.processes import spread
from evidencebase.cache.reads import Read, Reads

Result = TypeVar("Result")
Task = tuple[str, str, Callable[[], Result]]
"""Its name, the digest of what it is given, and how it is done."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """What tasks have found out in an earlier run."""

    results: Mapping[str, tuple[str, tuple[int, ...], Any]] = field(default_factory=dict)
    """Task → digest of what it was given, numbers of what it has read, and what came of it."""
    reads: tuple[Read, ...] = ()
    told: tuple[str, ...] = ()
    """For each read, what it gave; all results agree, for each was checked against the same sources."""


class Memory:
    """The results of earlier tasks that still hold, and those of this run."""

    def __init__(self, reads: Reads, before: Remembered | None) -> None:
        self.reads = reads
        self._before = before or Remembered()
        self._stale = frozenset(
            number
            for number, (read, told) in enumerate(zip(self._before.reads, self._before.told, strict=True))
            if reads.now(read) != told
        )
        self._held: dict[str, tuple[str, tuple[int, ...], Any]] = {}
        self._made: dict[str, tuple[str, tuple[Read, ...], Any]] = {}

    def recall(self, task: str, given: str, make: Callable[[], Result]) -> Result:
        """Return what came of a task: remembered, if it was given the same and has read the same, else made now."""
        return self.recall_all([(task, given, make)], least=1)[0]

    def recall_all(self, tasks: Sequence[Task[Result]], *, least: int) -> list[Result]:
        """Return what came of each task; at least `least` of those to be done now make another process worth while."""
        for task, given, _ in tasks:
            before = self._before.results.get(task)
            if before is not None and before[0] == given and self._stale.isdisjoint(before[1]):
                self._held[task] = before
        to_do = [task for task in tasks if task[0] not in self._held]
        for (task, given, _), (read, result) in zip(to_do, spread(self._done, to_do, least=least), strict=True):
            self._made[task] = given, read, result
        return [(self._held.get(task) or self._made[task])[2] for task, _, _ in tasks]

    def _done(self, tasks: Sequence[Task[Result]]) -> list[tuple[tuple[Read, ...], Result]]:
        done = []
        for _, _, make in tasks:
            with self.reads.noted() as read:
                result = make()
            done.append((tuple(read), result))
        return done

    @property
    def is_new(self) -> bool:
        """Tell whether there is anything that the last run did not know."""
        return bool(self._made) or self._held.keys() != self._before.results.keys()

    def remembered(self) -> Remembered:
        """Return the results of this run, for the next one."""
        numbers: dict[Read, int] = {}

        def numbered(reads: Iterable[Read]) -> tuple[int, ...]:
            return tuple(sorted(numbers.setdefault(one, len(numbers)) for one in reads))

        results = {
            task: (given, numbered(self._before.reads[one] for one in read), result)
            for task, (given, read, result) in self._held.items()
        }
        results |= {task: (given, numbered(read), result) for task, (given, read, result) in self._made.items()}
        return Remembered(results, tuple(numbers), tuple(map(self.reads.now, numbers)))
