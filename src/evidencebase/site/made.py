"""The pages of an edition: those that may have changed are made, of the others it is remembered what they were."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import cast

from evidencebase.cache import Memory, Remembered, digest
from evidencebase.model import Download, Page, Printed
from evidencebase.site.downloads import by_page, downloads_page, with_downloads
from evidencebase.site.edition import Edition
from evidencebase.site.findable import Findable
from evidencebase.site.pages import Task, one_page_an_address, tasks


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of a page that need not be made."""

    path: str
    source: str
    value: str
    """Digest of all that the page says."""
    title: str
    languages: tuple[str, ...]
    """The languages in which it has a text of its own; empty for lists, which every language has."""
    last_reviewed: str
    files: tuple[tuple[str, str], ...]
    summary: str
    findable: Findable
    """What searches, feeds and redirects know of it (site/findable.py); empty for lists."""
    task: str
    printed: Printed | None


class MadePages:
    """All pages of an edition, each made when it is asked for, or when nobody remembers what it was."""

    def __init__(self, edition: Edition, before: Remembered | None) -> None:
        self._tasks = {task.name: task for task in tasks(edition)}
        self._edition = edition
        self._pages: dict[str, Page] = {}
        self._offered: Mapping[str, tuple[Download, ...]] = {}
        self._memory = Memory(edition.reads, before)
        found = {}
        for name, task in self._tasks.items():
            for head in self._memory.recall(name, edition.base.definitions, lambda task=task: self._make(task)):  # type: ignore[misc]
                found[head.path] = head
        self.heads: Mapping[str, Head] = dict(sorted(found.items()))
        one_page_an_address((head.path, head.source) for head in self.heads.values())

    def page(self, path: str) -> Page:
        """Return the page at this path."""
        if path not in self._pages:
            self._make(self._tasks[self.heads[path].task])
        page = self._pages[path]
        return with_downloads(self._edition, page, self._offered[path]) if path in self._offered else page

    def take(self, path: str) -> Page:
        """Return the page at this path, and hold it no longer; whoever asks again has it made again."""
        page = self.page(path)
        if self.heads[path].task:
            del self._pages[path]
        return page

    def offer(self, downloads: Iterable[Download]) -> None:
        """Add the files to print or keep: links on the pages that say the same, and a page with all of them."""
        files = tuple(downloads)
        self._offered = by_page(files)
        heads = dict(self.heads)
        for path, own in self._offered.items():
            heads[path] = replace(heads[path], value=digest(heads[path].value, repr(own)))
        if files:
            everything = downloads_page(self._edition, files)
            self._pages[everything.path] = everything
            heads[everything.path] = _head(everything, "")
        self.heads = dict(sorted(heads.items()))

    def remembered(self) -> Remembered | None:
        """Return what the next run must know, or None where that is nothing new."""
        return self._memory.remembered() if self._memory.is_new else None

    def _make(self, task: Task) -> tuple[Head, ...]:
        made = task.pages()
        self._pages |= {page.path: page for page in made}
        return tuple(_head(page, task.name) for page in made)


def _head(page: Page, task: str) -> Head:
    languages, findable = page.front_matter.get("languages"), page.front_matter.get("findable")
    return Head(
        path=page.path,
        source=page.source,
        value=digest(
            page.path,
            page.source,
            json.dumps(page.front_matter, default=str),
            page.body,
            page.paper,
            repr(page.printed),
        ),
        title=str(page.front_matter.get("title") or ""),
        languages=tuple(map(str, languages)) if isinstance(languages, list) else (),
        last_reviewed=str(page.front_matter.get("last_reviewed") or ""),
        files=page.files,
        summary=str(page.front_matter.get("description") or ""),
        findable=cast(Findable, findable or {}),
        task=task,
        printed=page.printed,
    )
