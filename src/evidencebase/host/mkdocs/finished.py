"""The finished pages of one language: those of an earlier build that still hold, and those MkDocs has just made."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from evidencebase.cache import Store, digest
from evidencebase.site.addresses import address
from evidencebase.site.made import Head

SEARCH_INDEX = Path("search") / "search_index.json"
Entries = Mapping[str, list[Mapping[str, Any]]]
"""What the search plugin has found on each page, by the page's address."""


class Finished:
    """The pages of one language, told apart by whether an earlier build has made the same."""

    def __init__(self, frame: str, heads: Iterable[Head], store: Store, before: Published | None) -> None:
        self.names = {head.path: digest(frame, head.value) for head in heads}
        self._store = store
        self._before = before
        known = before.names if before else {}
        self._linked = [path for path, name in self.names.items() if known.get(path) == name]
        others = {path: name for path, name in self.names.items() if known.get(path) != name}
        found = store.find(others.values())
        self._kept = {path: found[name] for path, name in others.items() if name in found}
        self.missing = frozenset(others.keys() - self._kept.keys())
        self._made: dict[str, str] = {}

    def add(self, path: str, html: str) -> None:
        """Take a page that MkDocs has just made."""
        self._made[path] = html

    def finish(self, site: Path) -> None:
        """Put the pages that were not made anew beside those that were, and keep what is new for the next build."""
        found = dict(_entries(site / SEARCH_INDEX))
        new = {self.names[path]: (html, found.get(address(path), [])) for path, html in self._made.items()}
        for path, (html, entries) in self._kept.items():
            _file(site, path).write_text(html, encoding="utf-8", newline="\n")
            found[address(path)] = entries
        if self._before and self._linked:
            for path in self._linked:
                os.link(_page(self._before.site, path), _file(site, path))
            earlier = _entries(self._before.site / SEARCH_INDEX)
            found |= {here: earlier[here] for path in self._linked if (here := address(path)) in earlier}
        _write_entries(site / SEARCH_INDEX, [entry for path in self.names for entry in found.get(address(path), ())])
        if new:
            self._store.keep(new)
            self._store.forget(frozenset(self.names.values()))


class Published:
    """The site of the last build in one language, still as that build has left it."""

    def __init__(self, site: Path, names: Mapping[str, str]) -> None:
        self.site = site
        self.names = names
        """Path of each page → the digest under which it was made."""


def _page(site: Path, path: str) -> str:
    return f"{site}/{address(path)}index.html"


def _file(site: Path, path: str) -> Path:
    file = Path(_page(site, path))
    file.parent.mkdir(parents=True, exist_ok=True)
    return file


def _entries(path: Path) -> Entries:
    found: dict[str, list[Mapping[str, Any]]] = {}
    if path.is_file():
        for entry in json.loads(path.read_text(encoding="utf-8"))["docs"]:
            found.setdefault(entry["location"].partition("#")[0], []).append(entry)
    return found


def _write_entries(path: Path, entries: list[Mapping[str, Any]]) -> None:
    if path.is_file():
        index = json.loads(path.read_text(encoding="utf-8"))
        path.write_text(json.dumps({**index, "docs": entries}, separators=(",", ":")), encoding="utf-8")
