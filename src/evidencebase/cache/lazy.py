"""A mapping whose values are made, or opened, when they are looked up."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Lazy(Mapping[Key, Value], Generic[Key, Value]):
    """Values by key, each made at its first look-up; the last `held` of them are kept in memory."""

    def __init__(self, keys: Collection[Key], make: Callable[[Key], Value], *, held: int = 64) -> None:
        self._keys = dict.fromkeys(keys)
        self._make = make
        self._held = held
        self._made: dict[Key, Value] = {}

    def __getitem__(self, key: Key) -> Value:
        if key in self._made:
            return self._made[key]
        if key not in self._keys:
            raise KeyError(key)
        made = self._make(key)
        if len(self._made) >= self._held:
            del self._made[next(iter(self._made))]
        self._made[key] = made
        return made

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[Key]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)
