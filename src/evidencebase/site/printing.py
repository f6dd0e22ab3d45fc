"""Which pages are printed, and what a printed page is called."""

from __future__ import annotations

from evidencebase.model import Printed, Record
from evidencebase.site.edition import Edition, list_of, speaker, text_of
from evidencebase.site.json_ld import page_url
from evidencebase.site.sheets.claims import levels
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
    )


def _is_own(edition: Edition, record: Record) -> bool:
    """Tell whether the record has a text in the language of the edition."""
    return edition.language in edition.outlines[record.id].faces
