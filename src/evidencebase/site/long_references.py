"""References of a record that cites many: a page of their own, so that the record stays light."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from evidencebase.model import Page, Record
from evidencebase.site.addresses import address, index_of, url
from evidencebase.site.edition import Edition, speaker, title_of
from evidencebase.site.lists import front
from evidencebase.site.menu import trail
from evidencebase.site.place import ListedReference
from evidencebase.text.templates import fill

MOST = 30
"""References at the end of a record's own page; with more of them the page passes 30 kB."""


@dataclass(frozen=True, slots=True)
class Apart:
    """Where the references of a record stand."""

    home: str
    page: str
    url: str
    """From the record's page."""
    count: int


def references_apart(references: Sequence[ListedReference], home: str) -> Apart | None:
    """Return where a record's references stand when there are too many for its own page."""
    if len(references) <= MOST:
        return None
    page = f"{address(home)}references/index.md"
    return Apart(home, page, url(home, page), len(references))


def pointing_apart(body: str, apart: Apart | None) -> str:
    """Return the text of a page with its citations leading to where the references stand."""
    return body.replace('href="#ref-', f'href="{apart.url}#ref-') if apart else body


def apart_page(edition: Edition, record: Record, apart: Apart, references: Sequence[ListedReference]) -> Page:
    """Return the page of the references."""
    record_type = edition.base.record_types[record.id.type]
    say = speaker(edition)
    back = url(apart.page, apart.home)
    listed = tuple(
        replace(one, url=f"../{one.url}", back=tuple(f"{back}#{mark}" for mark in one.back)) for one in references
    )
    title = say("reference.of", title=title_of(record))
    steps = trail(edition, record_type, [(title_of(record), apart.home)])
    body = fill(edition.base.templates, "references_apart.md.jinja", {"title": title, "references": listed, "t": say})
    return Page(apart.page, front(title, title, steps, index_of(record_type)), body, source=record.source)
