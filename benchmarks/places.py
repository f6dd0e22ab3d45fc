"""Prepares a folder for a tool to build, makes the edits that are measured, and measures the builds."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from measure import Cost, cost
from tools import BUILD, CACHE, CHECK, ENGINE, JOBS, TOOLS, Tool

HERE = Path(__file__).parent


@dataclass(slots=True)
class Place:
    """The folder where a tool builds a knowledge base of one size, again and again."""

    tool: Tool
    folder: Path
    command: str
    is_settled: bool = False
    """The site shows what the pages say now."""
    added: set[int] = field(default_factory=set)

    @property
    def root(self) -> Path:
        return self.folder / "root"

    @property
    def sites(self) -> tuple[Path, ...]:
        """The folders of the site: most tools make one."""
        return tuple(self.root / site for site in self.tool.sites)


def prepare(name: str, records: int) -> Place:
    """Write the pages and the configuration of a tool anew; there is neither a site nor a cache yet."""
    tool = TOOLS[name]
    source = _source(tool.layout, records)
    folder = CACHE / "work" / f"{name}-{records}"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(source, folder)
    place = Place(tool, folder, _command(tool).format(site=folder / "site"))
    tool.configure(place.root)
    return place


def _source(layout: str, records: int) -> Path:
    """Return a folder of generated pages; a process of its own writes it, so that this one stays small."""
    modules = ("generate", "knowledge_base", "plain", "records", "samples", "words")
    text = b"".join((HERE / f"{name}.py").read_bytes() for name in modules)
    settings = sorted(file for file in (HERE / "peers" / "evidencebase").rglob("*") if file.is_file())
    digest = hashlib.sha256(text + b"".join(file.read_bytes() for file in settings)).hexdigest()[:8]
    target = CACHE / "sources" / f"{layout}-{records}-{digest}"
    if not target.is_dir():
        unfinished = target.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        command = [sys.executable, str(HERE / "generate.py"), layout, str(unfinished), "--records", str(records)]
        subprocess.run(command, check=True)
        unfinished.rename(target)
    return target


def _command(tool: Tool) -> str:
    if tool.command != BUILD:
        return tool.command
    told = subprocess.run([ENGINE, "build", "--help"], check=True, capture_output=True, text=True).stdout
    return tool.command + (JOBS if "--jobs" in told else "")


def _build(place: Place) -> Cost:
    found = cost(place.command, place.root, place.tool.environment)
    place.is_settled = True
    return found


def _settle(place: Place) -> None:
    """Build, unmeasured, if the site is not what the pages say."""
    if not place.is_settled:
        _build(place)


def _cold(place: Place, _round: int) -> Cost:
    _forget(place)
    return _build(place)


def _forget(place: Place) -> None:
    for path in (*place.sites, *(place.root / cache for cache in place.tool.caches)):
        shutil.rmtree(path, ignore_errors=True)
    place.is_settled = False


def _nothing(place: Place, _round: int) -> Cost:
    _settle(place)
    return _build(place)


def _body(place: Place, round: int) -> Cost:
    _settle(place)
    _edit(place, round, r"^(## .*\n)", rf"\1\nA sentence written in round {round}.\n")
    return _build(place)


def _title(place: Place, round: int) -> Cost:
    _settle(place)
    _edit(place, round, r"^title: .*$", f"title: Another title in round {round}")
    return _build(place)


def _edit(place: Place, round: int, pattern: str, new: str) -> None:
    """Change the first place that matches in the English page of a strategy that others name."""
    never = {"node_modules", ".cache"}
    pages = [path for path in place.root.rglob("*strategy-*") if never.isdisjoint(path.parts[len(place.root.parts) :])]
    files = sorted(path / "index.md" if path.is_dir() else path for path in pages)
    english = [file for file in files if place.tool.layout == "knowledge-base" or "en" in file.parts]
    file = english[round % len(english)]
    before = file.read_text(encoding="utf-8")
    after = re.sub(pattern, new, before, count=1, flags=re.MULTILINE)
    assert after != before, file
    file.write_text(after, encoding="utf-8")


def _added(place: Place, round: int) -> Cost:
    if round in place.added:
        _remove(place, round)
    _settle(place)
    _add(place, round)
    return _build(place)


def _removed(place: Place, round: int) -> Cost:
    if round not in place.added:
        _add(place, round)
    _settle(place)
    _remove(place, round)
    return _build(place)


def _add(place: Place, round: int) -> None:
    shutil.copytree(place.folder / "extra" / str(round), place.root, dirs_exist_ok=True, copy_function=shutil.copyfile)
    place.added.add(round)
    place.is_settled = False


def _remove(place: Place, round: int) -> None:
    extra = place.folder / "extra" / str(round)
    for file in extra.rglob("*.md"):
        target = place.root / file.relative_to(extra)
        target.unlink()
        if not any(target.parent.iterdir()):
            target.parent.rmdir()
    place.added.discard(round)
    place.is_settled = False


def _restored(place: Place, _round: int) -> Cost:
    """Build what CI has: the pages checked out anew, the cache as an archive kept it, no site."""
    _settle(place)
    old = place.root.rename(place.folder / "old")
    caches = [cache for cache in place.tool.caches if (old / cache).is_dir()]
    ignored = shutil.ignore_patterns("node_modules", ".cache", ".astro", "resources", "site")
    shutil.copytree(old, place.root, ignore=ignored, copy_function=shutil.copyfile)
    place.tool.configure(place.root)
    for cache in caches:
        shutil.copytree(old / cache, place.root / cache, dirs_exist_ok=True)
    for folder in (old, *place.sites):
        shutil.rmtree(folder, ignore_errors=True)
    return _build(place)


def _check_cold(place: Place, _round: int) -> Cost:
    _forget(place)
    return cost(CHECK, place.root, {})


def _check_warm(place: Place, _round: int) -> Cost:
    cost(CHECK, place.root, {})
    return cost(CHECK, place.root, {})


SCENARIOS: Mapping[str, tuple[str, Callable[[Place, int], Cost]]] = {
    "cold": ("Cold: no site, no cache", _cold),
    "nothing": ("Nothing changed", _nothing),
    "body": ("One sentence more in one page", _body),
    "title": ("Another title for one page", _title),
    "added": ("A page added", _added),
    "removed": ("A page removed", _removed),
    "restored": ("Cache restored into a fresh checkout, no site", _restored),
    "check-cold": ("`check`, no cache", _check_cold),
    "check-warm": ("`check`, nothing changed", _check_warm),
}
