"""Claims that prose asks for by name: `gun-violence-falls`, or `strategies/street-outreach#…` of another record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from evidencebase.diagnostics import Code, Diagnostic, Location
from evidencebase.model import Mark, Record, RecordId
from evidencebase.text.messages import nearest
from evidencebase.text.scanner import line_and_column

Claim = TypeVar("Claim")


def named_claim(
    name: str, record: RecordId, claims: Mapping[tuple[RecordId, str], Claim], folders: Mapping[str, str]
) -> Claim | None:
    """Return the claim of this name, or None; a bare id is one of the record's own.

    `folders` gives the record type for each folder.
    """
    path, _, id = name.rpartition("#")
    if not path:
        return claims.get((record, id))
    folder, _, slug = path.partition("/")
    return claims.get((RecordId(folders.get(folder, ""), slug), id))


def check_claim_blocks(
    record: Record, claims: Mapping[tuple[RecordId, str], object], folders: Mapping[str, str]
) -> Iterator[Diagnostic]:
    """Yield the claims that prose asks for and that do not exist."""
    for span in record.prose.spans:
        if span.mark is Mark.CLAIM and named_claim(span.target, record.id, claims, folders) is None:
            where = Location(record.source, *line_and_column(record.prose, span.target_start))
            names = [id if id_of == record.id else f"{id_of.slug}#{id}" for id_of, id in claims]
            hint = nearest(span.target, names) or "name a claim of this record, or `folder/slug#claim` of another"
            yield Diagnostic(where, Code.UNKNOWN_CLAIM, f"there is no claim '{span.target}'", hint)
