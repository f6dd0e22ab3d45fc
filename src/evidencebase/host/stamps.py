"""Tells whether anything changed since the last build: by the stamps of files, and by their content where these lie."""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from evidencebase.host.store import FOLDER

ENGINE = Path(__file__).parent.parent
NEVER_READ = ("benchmarks", "node_modules", "src", "tests")
"""Folders at the root that no build reads; nor does it read any whose name begins with a dot."""
Stamp = list[Any]
"""Size in bytes, time of the last change in nanoseconds and, for what is read, the digest of the content."""


@dataclass(frozen=True, slots=True)
class LastBuild:
    """What the last build said when it was done."""

    pages: int
    summary: str


def unchanged(root: Path, site: Path, today: date) -> LastBuild | None:
    """Return the last build where it would be the same again and its site is still whole; otherwise nothing."""
    try:
        noted = json.loads(_note(root).read_text(encoding="utf-8"))
        before = noted["read"]
        if noted["told"] != _told(root, site, today) or noted["written"] != dict(_written(site)):
            return None
        now = dict(_read(root, site))
        if before.keys() != now.keys() or any(_differs(path, now[path], before[path]) for path in now):
            return None
        return LastBuild(noted["pages"], noted["summary"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def stamps(root: Path, site: Path) -> Mapping[str, Stamp]:
    """Return the stamps of everything a build reads; take them before it begins to read."""
    return {path: [*stamp, _digest(path)] for path, stamp in _read(root, site)}


def note(root: Path, site: Path, today: date, *, read: Mapping[str, Stamp], last: LastBuild) -> None:
    """Remember a build that has just been published; where that is impossible the next build only takes longer."""
    text = json.dumps({
        "told": _told(root, site, today), "read": read, "written": dict(_written(site)),
        "pages": last.pages, "summary": last.summary,
    })  # fmt: skip
    path = _note(root)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_name(f"{path.name}-{os.getpid()}")
        new.write_text(text, encoding="utf-8")
        new.replace(path)
    except OSError:
        return


def _note(root: Path) -> Path:
    return root / FOLDER / "last-build.json"


def _told(root: Path, site: Path, today: date) -> list[Any]:
    """Return what decides a build beside the files it reads."""
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    names = sorted(set(re.findall(r"[A-Z][A-Z0-9_]+", settings)) & os.environ.keys())
    return [str(site), today.isoformat(), sys.version, [[name, os.environ[name]] for name in names]]


def _read(root: Path, site: Path) -> Iterator[tuple[str, Stamp]]:
    never = {str(site), *(str(root / name) for name in NEVER_READ)}
    for folder in (root, ENGINE):
        yield from _stamps(folder, never)
    # What pip has installed: the folder of packages changes with every one of them.
    packages = next((path for path in sys.path if path.endswith("site-packages")), "")
    if packages:
        yield packages, [0, Path(packages).stat().st_mtime_ns]


def _stamps(folder: Path, never: Set[str]) -> Iterator[tuple[str, Stamp]]:
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.name.startswith((".", "__pycache__")) or entry.path in never:
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _stamps(Path(entry.path), never)
            else:
                stat = entry.stat()
                yield entry.path, [stat.st_size, stat.st_mtime_ns]


def _written(site: Path) -> Iterator[tuple[str, Stamp]]:
    for folder, _, names in os.walk(site):
        for name in names:
            path = os.path.join(folder, name)  # noqa: PTH118 - ten thousand paths in a twentieth of a second
            stat = os.stat(path)  # noqa: PTH116
            yield path, [stat.st_size, stat.st_mtime_ns]


def _differs(path: str, now: Stamp, before: Stamp) -> bool:
    size, changed, content = before
    return bool(now[0] != size or (now[1] != changed and _digest(path) != content))


def _digest(path: str) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest() if Path(path).is_file() else ""
