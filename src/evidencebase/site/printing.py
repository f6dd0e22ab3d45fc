"""Which pages are printed, what a printed page is called, and which pages make up the handbook."""

from __future__ import annotations

from evidencebase.content.paper import GUIDE
from evidencebase.model import Chapter, Printed, Record, RecordType
from evidencebase.site.addresses import page_of
from evidencebase.site.edition import Edition, list_of, of_type, speaker, text_of, worded
from evidencebase.site.json_ld import page_url
from evidencebase.site.sheets.claims import levels
from evidencebase.site.sheets.named import unfit
from evidencebase.text.locales import shown_date


def printed(edition: Edition, record: Record, page: str, city: Record | None = None) -> Printed | None:
    """Return how the page of a record is printed: nothing where its type is not, or where it is in another language."""
    record_type = edition.base.record_types[record.id.type]
    if not record_type.printed_as or text_of(record, "status") != "published" or not _is_own(edition, record):
        return None
    name = "-".join(part for part in (record_type.name, record.id.slug, city.id.slug if city else "") if part)
    until = text_of(record, "valid_until")
    return Printed(
        kind=record_type.printed_as,
        name=name.replace("_", "-"),
        date=text_of(record, "last_reviewed") or text_of(record, "published"),
        authors=tuple(str(author) for author in list_of(record, "authors")),
        url=page_url(edition, page),
        valid=speaker(edition)("sheet.valid", date=shown_date(until, edition.language)) if until else "",
        legend=levels(edition) if record_type.printed_as == "sheet" else "",
        unfit=unfit(edition, record) if record_type.printed_as == "sheet" else (),
    )


NOT_ON_PAPER = frozenset({"evidence_map", "compare", "translations", "data"})
"""Parts of hand-written pages that a book has no use for: they are for looking things up on the screen."""


def chapters(edition: Edition) -> tuple[Chapter, ...]:
    """Return the pages of the handbook: everything published, by record type, in the order of its lists."""
    found = []
    for name, record_type in edition.base.record_types.items():
        pages = tuple(
            page_of(record.id, record_type) for record in of_type(edition, name) if _is_in_book(record, record_type)
        )
        if pages:
            found.append((not record_type.in_files, Chapter(worded(edition, record_type.plural), pages)))
    return tuple(chapter for _, chapter in sorted(found, key=lambda one: one[0]))


def _is_in_book(record: Record, record_type: RecordType) -> bool:
    if not record_type.in_files:
        return text_of(record, "status") == "published"
    shows = text_of(record, "shows")
    return not record.id.slug.startswith(GUIDE) and shows not in NOT_ON_PAPER and "ways_in" not in record.fields


def _is_own(edition: Edition, record: Record) -> bool:
    """Tell whether the record has a text in the language of the edition."""
    return edition.language in edition.outlines[record.id].faces
