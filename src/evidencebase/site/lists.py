"""Lists of records that stay light: a list that grows too long is cut into parts, each a page of its own."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evidencebase.model import Record
from evidencebase.site.addresses import address, url
from evidencebase.site.edition import Edition, speaker, text_of, title_of
from evidencebase.text.slugs import slugify
from evidencebase.text.strings import announcing

LIMIT = 36
"""Cards on one page; with the frame of the page they stay below 12 kB of compressed HTML."""


@dataclass(frozen=True, slots=True)
class Group:
    """Records under one heading of a list: a letter, a year or a record type."""

    title: str
    slug: str
    members: tuple[Any, ...]
    """Records or references; whoever shows the list knows which."""


@dataclass(frozen=True, slots=True)
class ShownGroup:
    title: str
    slug: str
    cards: tuple[Any, ...]
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


@dataclass(frozen=True, slots=True)
class Listing:
    """A list to be made: where it stands, what it is called, and which value of which filter it shows."""

    page: str
    title: str
    chosen: tuple[str, str] = ("", "")


Show = Callable[[Any, str], Any]
"""How a member of a list looks on a page."""


def list_pages(edition: Edition, listing: Listing, groups: Sequence[Group], show: Show) -> tuple[ListPage, ...]:
    """Return the pages of a list: one if it is short, else one that leads to a page for each part."""
    page, title = listing.page, listing.title
    if sum(len(group.members) for group in groups) <= LIMIT:
        return (ListPage(page, title, tuple(shown_group(edition, group, page, show) for group in groups)),)
    parts = [part for group in groups for part in _parts(edition, page, group)]
    heads = tuple(
        ShownGroup(part.title, part.slug, (), _count(edition, part.members), url(page, part_page))
        for part_page, part in parts
    )
    pages = [
        ListPage(
            part_page,
            announcing(edition.strings, title, part.title),
            (shown_group(edition, part, part_page, show),),
            page,
        )
        for part_page, part in parts
    ]
    return (ListPage(page, title, heads), *pages)


def shown_group(edition: Edition, group: Group, page: str, show: Show) -> ShownGroup:
    cards = tuple(show(member, page) for member in group.members)
    return ShownGroup(group.title, group.slug, cards, _count(edition, group.members))


def grouped(members: Iterable[Any], key: Callable[[Any], str]) -> tuple[Group, ...]:
    """Return the members by what `key` says of each, in the order in which it first says it."""
    found: dict[str, list[Any]] = {}
    for member in members:
        found.setdefault(key(member), []).append(member)
    return tuple(Group(name, _slug(name), tuple(some)) for name, some in found.items())


def _slug(name: str) -> str:
    """Return an address for a group; letters that are not Latin go by their number in Unicode."""
    return slugify(name) or "-".join(f"{ord(character):x}" for character in name) or "other"


def by_letter(records: Iterable[Record]) -> tuple[Group, ...]:
    return grouped(records, lambda record: initial(title_of(record)))


def by_year(records: Iterable[Record], date: str) -> tuple[Group, ...]:
    return grouped(records, lambda record: text_of(record, date)[:4])


def initial(title: str) -> str:
    """Return the letter a title is filed under: accents do not count, digits and signs share `0–9`."""
    for character in unicodedata.normalize("NFKD", title):
        if character.isalpha():
            return character.upper()
        if character.isdigit():
            return "0–9"
    return "0–9"


def _parts(edition: Edition, page: str, group: Group) -> Iterable[tuple[str, Group]]:
    folder = page.removesuffix("index.md")
    cuts = range(0, len(group.members), LIMIT)
    for number, start in enumerate(cuts, start=1):
        several = len(cuts) > 1
        name = speaker(edition)("index.part", title=group.title, number=number) if several else group.title
        slug = f"{group.slug}-{number}" if several else group.slug
        yield f"{folder}part/{slug}/index.md", Group(name, slug, group.members[start : start + LIMIT])


def _count(edition: Edition, members: Sequence[Any]) -> str:
    return speaker(edition)("index.count", count=len(members))


def alone(edition: Edition, part: ListPage) -> Mapping[str, object]:
    """Return what the front matter of a part says of other languages: lists are cut by letters, which differ.

    The part exists in this language alone; in another one, readers are led to the whole list.
    """
    return {"languages": [edition.language], "whole": address(part.parent)} if part.parent else {}


def front(title: str, summary: str, trail: object, section: str) -> Mapping[str, object]:
    """Return the front matter of a list; `section` is the page of the menu that it belongs to."""
    return {
        "title": title, "description": summary, "trail": trail, "section": address(section), "hide": ["toc"],
    }  # fmt: skip
