"""The folder of the cache: states by name, and stores of values by digest."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from evidencebase.cache.digests import digest, digest_of_bytes
from evidencebase.cache.engine import engine_digest
from evidencebase.cache.pickles import packed, unpacked
from evidencebase.cache.store import DiskStore, MemoryStore, Store

FOLDER = Path(".cache") / "evidencebase"
"""Below the root of the knowledge base."""
Result = TypeVar("Result")


class Cache:
    """What earlier runs have found out about one knowledge base; without a folder, what this run has."""

    def __init__(self, root: Path | None = None) -> None:
        self._folder = root / FOLDER if root else None
        self._states: dict[str, Any] = {}
        self._stores: dict[str, Store] = {}

    def folder(self, name: str) -> Path | None:
        """Return a folder for files that somebody else keeps, or None where nothing is kept."""
        if self._folder is None:
            return None
        folder = self._folder / name
        with contextlib.suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
        return folder

    def clear(self) -> None:
        """Forget everything."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def state(self, name: str) -> Any:
        """Return what was last saved under this name, or None."""
        if name not in self._states and self._folder is not None:
            self._states[name] = _read(self._folder / name)
        return self._states.get(name)

    def save(self, name: str, value: Any) -> None:
        """Save a state in one step; where that is impossible, the next run only takes longer."""
        self._states[name] = value
        if self._folder is not None:
            _write(self._folder / name, value)

    def recall(self, name: str, given: str, make: Callable[[], Result]) -> Result:
        """Return what was last made under this name, if it was made from the same; else make it and save it."""
        known = self.state(name)
        if isinstance(known, tuple) and known[0] == given:
            found: Result = known[1]
            return found
        made = make()
        self.save(name, (given, made))
        return made

    def store(self, name: str) -> Store:
        """Return the store of this name."""
        if name not in self._stores:
            self._stores[name] = DiskStore(self._folder / f"{name}.sqlite") if self._folder else MemoryStore()
        return self._stores[name]


def _read(path: Path) -> Any:
    try:
        data = path.read_bytes()
        return unpacked(data[32:]) if _signature(data[32:]) == data[:32] else None
    except (OSError, ValueError):
        return None


def _write(path: Path, value: Any) -> None:
    data = packed(value)
    new = path.with_name(f"{path.name}-{os.getpid()}")
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        new.write_bytes(_signature(data) + data)
        new.replace(path)


def _signature(data: bytes) -> bytes:
    """Return what stands before a state: what is damaged, or was written by another engine, is as if it were not there.

    Another engine may give its values other parts.
    """
    return digest(engine_digest(), digest_of_bytes(data)).encode()
