"""Which files there are and what each says: told by size and time of change, and by content where these lie."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping, Set
from pathlib import Path

from evidencebase.cache.digests import digest, digest_of_file

Stamp = tuple[int, int, str]
"""Size in bytes, time of the last change in nanoseconds, digest of the content; a folder has neither."""
Stamps = Mapping[str, Stamp]
NEVER_READ = frozenset({"node_modules", "site"})
"""Folders at the root that no build reads; nor does it read anything whose name begins with a dot."""
TICK = 50_000_000
"""Nanoseconds in which a file can change twice and keep its time of change."""
FOLDER: Stamp = (0, 0, "")
NEVER = -1
"""A time of change that no file has."""


def stamps(root: Path, before: Stamps, never: Set[str] = frozenset()) -> Stamps:
    """Return the stamps of all files and folders below `root`, by path from there, sorted.

    Where size and time are those of `before`, so is the digest; `never` names folders that are left out.
    """
    now = time.time_ns()
    return {
        path: FOLDER if entry is None else _stamp(entry, before.get(path), now)
        for path, entry in sorted(_below(str(root), "", NEVER_READ | never))
    }


def stamp_digest(stamps: Stamps) -> str:
    """Return one digest for the names and the content of all files."""
    return digest(*(part for path, (_, _, content) in stamps.items() for part in (path, content)))


def quick_stamps(folder: Path) -> Mapping[str, tuple[int, int]]:
    """Return size and time of change of all files below a folder that only this engine writes, by path from there."""
    found: dict[str, tuple[int, int]] = {}
    start = len(str(folder)) + 1
    for inside, _, names in os.walk(folder):
        for name in names:
            # A path of pathlib for each would take ten times as long.
            stat = os.lstat(path := f"{inside}/{name}")
            found[path[start:]] = stat.st_size, stat.st_mtime_ns
    return found


def _below(root: str, inside: str, never: Set[str]) -> Iterator[tuple[str, os.DirEntry[str] | None]]:
    """Yield the path of every file with its entry, and that of every folder with none."""
    with os.scandir(f"{root}/{inside}") as entries:
        for entry in entries:
            path = f"{inside}{entry.name}"
            if entry.name[0] == "." or (not inside and entry.name in never) or entry.name == "__pycache__":
                continue
            if entry.is_dir(follow_symlinks=False):
                yield f"{path}/", None
                yield from _below(root, f"{path}/", never)
            else:
                yield path, entry


def _stamp(entry: os.DirEntry[str], before: Stamp | None, now: int) -> Stamp:
    stat = entry.stat(follow_symlinks=False)
    size, changed = stat.st_size, stat.st_mtime_ns
    if before is not None and before[:2] == (size, changed):
        return before
    content = digest_of_file(entry.path)
    if entry.is_symlink():
        return size, NEVER, f"{Path(entry.path).readlink()} {content}"
    # A file that was changed a moment ago may change again without a later time: its content is looked at next time.
    return size, changed if now - changed > TICK else NEVER, content
