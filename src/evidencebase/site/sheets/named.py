"""What a sheet names: claims, steps and indicators of other records, which must all be published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from evidencebase.model import Record, RecordId
from evidencebase.site.edition import Edition, list_of, text_of


def unfit(edition: Edition, sheet: Record) -> tuple[str, ...]:
    """Return what the sheet names and what is a draft, or has been replaced or withdrawn."""
    folders = edition.places.folders
    found: dict[str, None] = {}
    for name in _named(sheet):
        folder, _, slug = name.partition("#")[0].partition("/")
        record = edition.records.get(RecordId(folders.get(folder, ""), slug))
        if record is None or text_of(record, "status") != "published":
            found[name] = None
    return tuple(found)


def _named(sheet: Record) -> Iterator[str]:
    for horizon in list_of(sheet, "horizons"):
        for action in horizon.get("actions", ()) if isinstance(horizon, Mapping) else ():
            yield from (value for value in (action.get("why"), action.get("how")) if isinstance(value, str))
    yield from map(str, list_of(sheet, "contested"))
    yield from (f"indicators/{slug}" for slug in list_of(sheet, "numbers_to_know"))
