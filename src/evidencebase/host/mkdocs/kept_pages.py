"""Which pages an earlier build has made already, and the finished site put together from those and the new ones."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from evidencebase.host.mkdocs.frame import frame_digest, page_digest
from evidencebase.host.store import Store
from evidencebase.model import Page
from evidencebase.site.addresses import address
from evidencebase.site.edition import Edition

SEARCH_INDEX = Path("search") / "search_index.json"
Entries = list[Mapping[str, Any]]
"""What the search plugin has found on a page."""


class KeptPages:
    """The pages of one language, told apart by whether an earlier build made the same."""

    def __init__(
        self, config: MkDocsConfig, edition: Edition, pages: Iterable[Page], store: Store, *, clean: bool
    ) -> None:
        frame = frame_digest(config, edition.strings)
        self.store = store
        self.digests = {page.path: page_digest(frame, page) for page in pages}
        self.found: Mapping[str, str] = {} if clean else store.find(self.digests.values())
        self.missing = frozenset(path for path, wanted in self.digests.items() if wanted not in self.found)
        self.made: dict[str, str] = {}

    def add(self, path: str, html: str) -> None:
        """Take a page that MkDocs has just made."""
        self.made[path] = html

    def finish(self, site: Path) -> None:
        """Write the pages that were not made anew, complete the search index, and keep what is new."""
        index = _read_index(site / SEARCH_INDEX)
        new = {
            self.digests[path]: json.dumps([html, index.get(address(path), ())], ensure_ascii=False)
            for path, html in self.made.items()
        }
        _write_index(site / SEARCH_INDEX, list(self._written(site, new)))
        self.store.keep(new, self.found)

    def _written(self, site: Path, new: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
        for path, wanted in self.digests.items():
            html, entries = json.loads(new[wanted] if wanted in new else self.found[wanted])
            if path not in self.made:
                target = site / address(path) / "index.html"
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(html, encoding="utf-8", newline="\n")
            yield from entries


def _read_index(path: Path) -> Mapping[str, Entries]:
    """Return what the search plugin has found on each page, by the page's address."""
    found: dict[str, Entries] = {}
    if path.is_file():
        for entry in json.loads(path.read_text(encoding="utf-8"))["docs"]:
            found.setdefault(entry["location"].partition("#")[0], []).append(entry)
    return found


def _write_index(path: Path, entries: Entries) -> None:
    if path.is_file():
        index = json.loads(path.read_text(encoding="utf-8"))
        path.write_text(json.dumps({**index, "docs": entries}, separators=(",", ":")), encoding="utf-8")
