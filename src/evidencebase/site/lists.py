"""Lists of records that stay light: a list that grows too long is cut into parts, each a page of its own."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evidencebase.model import Record
from evidencebase.site.addresses import address, url
from evidencebase.site.cards import Card, card
from evidencebase.site.edition import Edition, speaker, text_of, title_of
from evidencebase.text.slugs import slugify

LIMIT = 36
"""Cards on one page; with the frame of the page they stay below 12 kB of compressed HTML."""


@dataclass(frozen=True, slots=True)
class Group:
    """Records under one heading of a list: a letter, a year or a record type."""

    title: str
    slug: str
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class ShownGroup:
    title: str
    slug: str
    cards: tuple[Card, ...]
    count: str
    url: str = ""
    """Where the whole group stands, when it is not shown here."""


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list: what it shows, and what it is part of."""

    page: str
    title: str
    groups: tuple[ShownGroup, ...]
    parent: str = ""


def list_pages(edition: Edition, page: str, title: str, groups: Sequence[Group]) -> tuple[ListPage, ...]:
    """Return the pages of a list: one if it is short, else one that leads to a page for each part."""
    if sum(len(group.records) for group in groups) <= LIMIT:
        return (ListPage(page, title, tuple(_shown(edition, group, page) for group in groups)),)
    parts = [part for group in groups for part in _parts(edition, page, title, group)]
    heads = tuple(
        ShownGroup(part.title, part.slug, (), _count(edition, part.records), url(page, part_page))
        for part_page, part in parts
    )
    pages = [
        ListPage(part_page, f"{title}: {part.title}", (_shown(edition, part, part_page),), page)
        for part_page, part in parts
    ]
    return (ListPage(page, title, heads), *pages)


def by_letter(records: Iterable[Record]) -> tuple[Group, ...]:
    return _grouped(records, lambda record: _initial(title_of(record)))


def by_year(records: Iterable[Record], date: str) -> tuple[Group, ...]:
    return _grouped(records, lambda record: text_of(record, date)[:4])


def _grouped(records: Iterable[Record], key: object) -> tuple[Group, ...]:
    assert callable(key)
    found: dict[str, list[Record]] = {}
    for record in records:
        found.setdefault(key(record), []).append(record)
    return tuple(Group(name, slugify(name) or "other", tuple(members)) for name, members in found.items())


def _initial(title: str) -> str:
    """Return the letter a title is filed under: accents do not count, digits and signs share `0–9`."""
    for character in unicodedata.normalize("NFKD", title):
        if character.isalpha():
            return character.upper()
        if character.isdigit():
            return "0–9"
    return "0–9"


def _parts(edition: Edition, page: str, title: str, group: Group) -> Iterable[tuple[str, Group]]:
    folder = page.removesuffix("index.md")
    cuts = range(0, len(group.records), LIMIT)
    for number, start in enumerate(cuts, start=1):
        several = len(cuts) > 1
        name = speaker(edition)("index.part", title=group.title, number=number) if several else group.title
        slug = f"{group.slug}-{number}" if several else group.slug
        yield f"{folder}part/{slug}/index.md", Group(name, slug, group.records[start : start + LIMIT])


def _shown(edition: Edition, group: Group, page: str) -> ShownGroup:
    cards = tuple(card(edition, record, page) for record in group.records)
    return ShownGroup(group.title, group.slug, cards, _count(edition, group.records))


def _count(edition: Edition, records: Sequence[Record]) -> str:
    return speaker(edition)("index.count", count=len(records))


def front(title: str, summary: str, trail: object, section: str) -> Mapping[str, object]:
    """Return the front matter of a list; `section` is the page of the menu that it belongs to."""
    return {
        "title": title, "description": summary, "trail": trail, "section": address(section), "hide": ["toc"],
    }  # fmt: skip
