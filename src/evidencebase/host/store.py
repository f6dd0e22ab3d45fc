"""Keeps what a build has made for the next one, so that only what changed is made again.

Everything is found by the digest of all that decides it, and its own digest is checked before it is used: whatever
happens to the file, what is damaged is made again and never published. It may be deleted at any time.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path

FOLDER = Path(".cache") / "evidencebase"
"""Below the root of the knowledge base."""
RUNS = 5
"""What the last builds did not use is forgotten after so many."""
WAIT = 20.0
"""Seconds to wait for another build that is writing."""


def digest(*parts: str) -> str:
    """Return one digest for texts in their order."""
    hashed = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        hashed.update(len(data).to_bytes(8, "big"))
        hashed.update(data)
    return hashed.hexdigest()


class Store:
    """Texts by digest; where the file cannot be used, nothing is known and nothing is kept."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def find(self, digests: Iterable[str]) -> Mapping[str, str]:
        """Return the texts that are known and whole."""
        found: dict[str, str] = {}
        if not self.path.is_file():
            return found
        try:
            with contextlib.closing(self._open()) as database:
                for wanted in digests:
                    row = database.execute("SELECT checked, text FROM kept WHERE digest = ?", (wanted,)).fetchone()
                    if row and (text := _whole(wanted, *row)) is not None:
                        found[wanted] = text
        except (sqlite3.Error, OSError):
            return {}
        return found

    def keep(self, made: Mapping[str, str], used: Iterable[str]) -> None:
        """Add what is new, and forget what was not used for some builds; where nothing is new, nothing is forgotten."""
        if not made:
            return
        rows = [
            (key, digest(key, text), zlib.compress(text.encode("utf-8", "surrogatepass"), 1))
            for key, text in made.items()
        ]
        try:
            with contextlib.closing(self._open()) as database, database:
                (run,) = database.execute("SELECT COALESCE(MAX(run), 0) + 1 FROM kept").fetchone()
                database.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, 0)", rows)
                database.executemany("UPDATE kept SET run = ? WHERE digest = ?", [(run, key) for key in (*used, *made)])
                database.execute("DELETE FROM kept WHERE run <= ?", (run - RUNS,))
        except (sqlite3.OperationalError, OSError):
            return  # another build is writing, or the disk is full: the next build only takes longer
        except sqlite3.DatabaseError:
            with contextlib.suppress(OSError):
                self.path.unlink(missing_ok=True)

    def _open(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        database = sqlite3.connect(self.path, timeout=WAIT)
        database.execute(
            "CREATE TABLE IF NOT EXISTS kept (digest TEXT PRIMARY KEY, checked TEXT, text BLOB, run INTEGER)"
        )
        return database


def _whole(wanted: str, checked: str, packed: bytes) -> str | None:
    try:
        text = zlib.decompress(packed).decode("utf-8", "surrogatepass")
    except (zlib.error, ValueError, TypeError):
        return None
    return text if digest(wanted, text) == checked else None
