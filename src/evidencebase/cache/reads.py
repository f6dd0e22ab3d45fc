"""Notes what a computation reads, so that it is done again only when something that it has read says something else."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Hashable, Iterator, Mapping
from typing import Any, Generic, TypeVar

from evidencebase.cache.digests import digest

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")
Read = tuple[str, Any]
"""What was read: the name of a source, and the key there; EVERYTHING where all of it was looked through."""
EVERYTHING = "*"
ABSENT = "-"


class Watched(Mapping[Key, Value], Generic[Key, Value]):
    """A mapping that notes which of its keys are looked up."""

    def __init__(self, reads: Reads, name: str, values: Mapping[Key, Value], told: Callable[[Key], str]) -> None:
        self._reads, self._name, self._values, self._told = reads, name, values, told

    def __getitem__(self, key: Key) -> Value:
        self._reads.note((self._name, key))
        return self._values[key]

    def __contains__(self, key: object) -> bool:
        self._reads.note((self._name, key))
        return key in self._values

    def __iter__(self) -> Iterator[Key]:
        self._reads.note((self._name, EVERYTHING))
        return iter(self._values)

    def __len__(self) -> int:
        self._reads.note((self._name, EVERYTHING))
        return len(self._values)

    def now(self, key: Any) -> str:
        """Return the digest of what a look-up gives now."""
        if key == EVERYTHING and key not in self._values:
            return digest(*(f"{one}={self._told(one)}" for one in self._values))
        return self._told(key) if key in self._values else ABSENT


class Reads:
    """The sources of a computation, and what has been read of them."""

    def __init__(self) -> None:
        self._sources: dict[str, Watched[Any, Any]] = {}
        self._open: list[set[Read]] = []
        self._now: dict[Read, str] = {}

    def watch(
        self, name: str, values: Mapping[Key, Value], told: Callable[[Key], str] | None = None
    ) -> Watched[Key, Value]:
        """Return the mapping, watched; `told` gives the digest of all that a reader learns from a key."""
        watched = Watched(self, name, values, told or (lambda key: digest(repr(values[key]))))
        self._sources[name] = watched
        return watched

    def note(self, read: Read) -> None:
        if self._open:
            self._open[-1].add(read)

    @contextlib.contextmanager
    def noted(self) -> Iterator[set[Read]]:
        """Collect what is read inside."""
        self._open.append(set())
        try:
            yield self._open[-1]
        finally:
            self._open.pop()

    def now(self, read: Read) -> str:
        """Return the digest of what this look-up gives now."""
        if read not in self._now:
            name, key = read
            self._now[read] = self._sources[name].now(key) if name in self._sources else ABSENT
        return self._now[read]
