"""What the last build was made from and what it has published; where both still hold there is nothing to do."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from evidencebase.cache import Cache, Stamps, stamp_digest, stamps
from evidencebase.cache.engine import engine_digest
from evidencebase.cache.stamps import quick_stamps
from evidencebase.host.languages import Order

STATE = "last-build"


@dataclass(frozen=True, slots=True)
class LastBuild:
    """A build that has been published."""

    build: str
    """Its name."""
    told: tuple[str, ...]
    """What decides a build beside the files it reads."""
    content: str
    """Digest of the files it has read."""
    written: Mapping[str, tuple[int, int]]
    """Size and time of change of every file of the site, by its path there."""
    pages: int
    summary: str
    """What was said of the content."""


@dataclass(frozen=True, slots=True)
class Start:
    """How things stand before a build."""

    files: Stamps
    told: tuple[str, ...]
    last: LastBuild | None
    is_whole: bool
    """The published site is as the last build has left it."""

    @property
    def is_up_to_date(self) -> bool:
        """Tell whether a build would give the same site again."""
        last = self.last
        return bool(last and self.is_whole and last.told == self.told and last.content == stamp_digest(self.files))


def look(root: Path, site: Path, today: date, cache: Cache, *, pages_only: bool = False) -> Start:
    """Return how things stand; the stamps are taken before anything is read."""
    files = look_at_files(root, cache, site)
    last = cache.state(STATE)
    last = last if isinstance(last, LastBuild) else None
    is_whole = last is not None and last.told[0] == str(site) and last.written == quick_stamps(site)
    told = *_told(root, site, today), "pages only" if pages_only else "everything"
    return Start(files, told, last, is_whole)


def look_at_files(root: Path, cache: Cache, site: Path | None = None) -> Stamps:
    """Return the stamps of all files of a knowledge base; those that have not changed are not read."""
    known: Stamps = cache.state("files") or {}
    never = {site.relative_to(root).parts[0]} if site and site.is_relative_to(root) and site != root else set()
    files = stamps(root, known, never)
    if files != known:
        cache.save("files", files)
    return files


def note(start: Start, order: Order, summary: str) -> None:
    """Remember a build that has just been published."""
    tally = order.tally
    last = LastBuild(order.build, start.told, stamp_digest(start.files), tally.written, tally.pages, summary)
    order.cache.save(STATE, last)


def new_name() -> str:
    """Return a name that no other build has."""
    return f"{os.getpid()}-{time.time_ns()}"


def _told(root: Path, site: Path, today: date) -> tuple[str, ...]:
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    names = sorted(set(re.findall(r"[A-Z][A-Z0-9_]+", settings)) & os.environ.keys())
    return str(site), today.isoformat(), engine_digest(), *(f"{name}={os.environ[name]}" for name in names)
