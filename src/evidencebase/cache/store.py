"""Keeps values by the digest of all that decides them.

The digest of every value is checked before it is used: whatever happens to the file, what is damaged is made again and
never published. What nobody needs any more is forgotten once there is more of it than of the rest.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import zlib
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import Any, Protocol

from evidencebase.cache.digests import digest_of_bytes
from evidencebase.cache.pickles import packed, unpacked

WAIT = 20.0
"""Seconds to wait for another build that is writing."""
SLACK = 200
"""Values beyond twice the needed ones that are kept for builds that alternate, such as those of two branches."""
_TABLE = "CREATE TABLE IF NOT EXISTS kept (digest TEXT PRIMARY KEY, checked TEXT, value BLOB)"


class Store(Protocol):
    """Where values are kept."""

    is_shared: bool
    """What another process keeps there can be found here."""

    def find(self, digests: Iterable[str]) -> Mapping[str, Any]:
        """Return the values that are known and whole."""

    def keep(self, made: Mapping[str, Any]) -> None:
        """Add new values."""

    def forget(self, needed: Collection[str]) -> None:
        """Make room: keep what is needed, and some of the rest."""


class MemoryStore:
    """Keeps values as long as the program runs."""

    is_shared = False

    def __init__(self) -> None:
        self._values: dict[str, Any] = {}

    def find(self, digests: Iterable[str]) -> Mapping[str, Any]:
        return {one: self._values[one] for one in digests if one in self._values}

    def keep(self, made: Mapping[str, Any]) -> None:
        self._values |= made

    def forget(self, needed: Collection[str]) -> None:
        if len(self._values) > 2 * len(needed) + SLACK:
            self._values = {one: value for one, value in self._values.items() if one in needed}


class DiskStore:
    """Keeps values in a file; where that cannot be used, nothing is known and nothing is kept."""

    is_shared = True

    def __init__(self, path: Path) -> None:
        self._path = path
        self._database: sqlite3.Connection | None = None
        self._process = 0

    def find(self, digests: Iterable[str]) -> Mapping[str, Any]:
        found: dict[str, Any] = {}

        def look(database: sqlite3.Connection) -> None:
            for wanted in digests:
                row = database.execute("SELECT checked, value FROM kept WHERE digest = ?", (wanted,)).fetchone()
                # A damaged value is as good as none: it is made again, and written over.
                if row and _checked(wanted, row[1]) == row[0]:
                    with contextlib.suppress(ValueError):
                        found[wanted] = unpacked(zlib.decompress(row[1]))

        if self._path.is_file():
            self._use(look)
        return found

    def keep(self, made: Mapping[str, Any]) -> None:
        rows = [(key, _checked(key, data), data) for key, data in _zipped(made)]
        self._use(lambda database: database.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", rows))

    def forget(self, needed: Collection[str]) -> None:
        def sort_out(database: sqlite3.Connection) -> None:
            (count,) = database.execute("SELECT COUNT(*) FROM kept").fetchone()
            if count > 2 * len(needed) + SLACK:
                known = [key for (key,) in database.execute("SELECT digest FROM kept")]
                gone = [(key,) for key in known if key not in needed]
                database.executemany("DELETE FROM kept WHERE digest = ?", gone)

        if self._path.is_file():
            self._use(sort_out)

    def _use(self, action: Callable[[sqlite3.Connection], object]) -> None:
        try:
            with self._open() as database:
                action(database)
        except (sqlite3.OperationalError, OSError):
            pass  # another build is writing, or the disk is full: this run or the next one only takes longer
        except sqlite3.DatabaseError:
            # The file is no database any more.
            self._database = None
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)

    def _open(self) -> sqlite3.Connection:
        # A connection must not be carried into the copy of a process; threads take turns, the preview sees to that.
        if self._database is None or self._process != os.getpid():
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._database = sqlite3.connect(self._path, timeout=WAIT, check_same_thread=False)
            self._process = os.getpid()
            self._database.execute("PRAGMA synchronous = OFF")  # what is lost or torn is noticed, and made again
            self._database.execute(_TABLE)
        return self._database


def _zipped(made: Mapping[str, Any]) -> Iterable[tuple[str, bytes]]:
    return ((key, zlib.compress(packed(value), 1)) for key, value in made.items())


def _checked(key: str, data: bytes) -> str:
    return digest_of_bytes(key.encode() + data)
