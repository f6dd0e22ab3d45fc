"""The handbook: everything that is published in one language, as one book."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from evidencebase.export.pdf.compiler import pdf
from evidencebase.export.pdf.content import anchors, block_values
from evidencebase.export.pdf.document import document_blocks
from evidencebase.export.pdf.pictures import Pictures
from evidencebase.export.pdf.press import INK, Press, foot, web_address, words
from evidencebase.model import Block, Page
from evidencebase.text.addresses import address, is_elsewhere, linked_address, scheme_of
from evidencebase.text.locales import direction, shown_date

Chapters = Sequence[tuple[str, Sequence[Page]]]
"""Pages that stand together, under their heading."""

LONG = 5000
"""Characters of a page from which on it begins on a new sheet of paper."""


@dataclass(frozen=True, slots=True)
class BookPage:
    """A page as a part of the book."""

    page: Page
    name: str
    """By which links in the book name it."""
    blocks: tuple[Block, ...]
    anchors: frozenset[str]


Book = Mapping[str, BookPage]
"""The pages of the book, by their address."""


def book(pages: Iterable[Page]) -> Book:
    """Return the pages, read into blocks."""
    made = {}
    for number, page in enumerate(pages):
        blocks = document_blocks(page)
        made[address(page.path)] = BookPage(page, f"p{number}", blocks, frozenset(anchors(blocks)))
    return made


def book_way(book: Book, here: BookPage, elsewhere: Callable[[str, str], str]) -> Callable[[str], str]:
    """Return where an address on a page of the book leads: to a place in the book, `#p3-claims`, or to the web.

    `elsewhere` gives the whole address of a page that is not in the book.
    """

    def way(target: str) -> str:
        if not target or is_elsewhere(target):
            return target if scheme_of(target) in ("http", "https", "mailto") else ""
        there, anchor = linked_address(here.page.path, target)
        found = book.get(there)
        if found is None:
            return elsewhere(there, anchor)
        if target.startswith("#") and anchor not in found.anchors:
            return ""
        return f"#{found.name}-{anchor}" if anchor in found.anchors else f"#{found.name}"

    return way


def handbook_pdf(press: Press, chapters: Chapters, date: str) -> bytes:
    """Return the handbook; `date` is that of the latest review of any page in it."""
    pictures = Pictures(press.root)
    values = handbook_values(press, chapters, date, pictures)
    return pdf("handbook", values, pictures.found)


def handbook_values(press: Press, chapters: Chapters, date: str, pictures: Pictures) -> Mapping[str, Any]:
    """Return what the template of the handbook places."""
    known = book(page for _, members in chapters for page in members)
    year, month, day = (int(part) for part in date.split("-"))
    shown = [
        {"title": title, "records": [_record(press, known, known[address(page.path)], pictures) for page in members]}
        for title, members in chapters
    ]
    return {
        "title": f"{press.settings.site_name}: {words(press, 'print.handbook')}",
        "site": press.settings.site_name,
        "subtitle": words(press, "print.handbook"),
        "summary": words(press, "print.handbook_summary", date=shown_date(date, press.language)),
        "note": words(press, "print.cover_note"),
        "contents": words(press, "print.contents"),
        "index-title": words(press, "print.index"),
        "authors": [press.settings.site_name],
        "language": press.language.split("-")[0],
        "direction": direction(press.language),
        "date": {"year": year, "month": month, "day": day},
        "footer": foot(press, press.settings.site_url),
        "colour": INK,
        "chapters": shown,
        "index": _index(known, shown),
    }


def _record(press: Press, known: Book, one: BookPage, pictures: Pictures) -> dict[str, Any]:
    way = book_way(known, one, lambda there, anchor: web_address(press, there, anchor))
    below = [_lower(block) for block in one.blocks if not (block.kind == "heading" and block.level == 1)]
    language = next((block.language for block in one.blocks if block.kind == "heading" and block.level == 1), "")
    title = str(one.page.front_matter["title"])
    return {
        "title": title, "language": language, "name": one.name, "long": len(one.page.body) > LONG,
        "blocks": block_values(below, way, pictures.of(one.page)),
    }  # fmt: skip


def _lower(block: Block) -> Block:
    """Return the block with its heading below that of its record, which is of the second level."""
    return replace(block, level=block.level + 1) if block.kind == "heading" else block


def _index(known: Book, shown: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the terms of the glossary with the places that use them, and mark these places."""
    titles = {one.name: str(one.page.front_matter["title"]) for one in known.values()}
    found: dict[str, list[str]] = {}
    for chapter in shown:
        for record in chapter["records"]:
            for term in _terms(record["blocks"]):
                name = str(term["target"]).removeprefix("#")
                marks = found.setdefault(name, [])
                term["mark"] = f"use-{name}-{len(marks)}"
                marks.append(term["mark"])
    rows = [{"term": titles[name], "target": name, "marks": marks} for name, marks in found.items()]
    return sorted(rows, key=lambda row: (str(row["term"]).casefold(), str(row["target"])))


def _terms(values: Iterable[Any]) -> Iterable[dict[str, Any]]:
    for one in values:
        if one["kind"] == "term" and one["target"].startswith("#"):
            yield one
        yield from _terms([*one.get("inlines", ()), *one.get("blocks", ())])
