"""Reports former names of records that cannot lead to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from evidencebase.diagnostics import Code, Diagnostic
from evidencebase.fields import location_of
from evidencebase.model import Document, Record, RecordId

FIELD = "redirect_from"


def check_redirects(
    record: Record, document: Document, former: Mapping[RecordId, tuple[RecordId, ...]], sources: Mapping[RecordId, str]
) -> Iterator[Diagnostic]:
    """Yield former names that are taken: `former` says by which records, `sources` where every record lies."""
    names = record.fields.get(FIELD)
    for number, name in enumerate(names if isinstance(names, tuple) else ()):
        old = RecordId(record.id.type, str(name))
        place = location_of(document, (FIELD, number), record.source)
        others = [one for one in former[old] if one != record.id] if old in former else []
        if old == record.id:
            yield Diagnostic(place, Code.REDIRECT_LOOP, f"'{name}' is this record's own name", "delete this line")
        elif old in sources and record.id in former and old in former[record.id]:
            message = f"'{name}' and '{record.id.slug}' each lead to the other"
            yield Diagnostic(place, Code.REDIRECT_LOOP, message, "delete the one of the two that is not a former name")
        elif old in sources:
            message = f"'{name}' is the name of another record, {sources[old]}"
            yield Diagnostic(place, Code.REDIRECT_OVER_PAGE, message, "delete this line, or that record")
        elif others:
            message = f"'{name}' is a former name of '{others[0].slug}' too"
            yield Diagnostic(
                place, Code.REDIRECT_TWICE, message, "an old link can lead to one place only: keep one of them"
            )
