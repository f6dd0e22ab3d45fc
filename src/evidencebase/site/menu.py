"""Where a page stands: its path from the home page, and the list of its neighbours in the menu."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from evidencebase.model import Record, RecordType
from evidencebase.site.addresses import address, index_of, page_of
from evidencebase.site.edition import Edition, published, title_of, worded

WINDOW = 6
"""Neighbours shown on either side: the menu costs the same however many records there are."""

Entry = Mapping[str, object]


def record_menu(edition: Edition, record: Record, record_type: RecordType) -> Mapping[str, object]:
    """Return the menu of a record: the list it belongs to, and its neighbours there."""
    if record_type.in_files:
        return {"address": "", "title": "", "entries": []}
    siblings = published(edition, record_type)
    position = siblings.index(record)
    first = max(0, min(position - WINDOW, len(siblings) - 2 * WINDOW - 1))
    entries = [_entry(edition, sibling, current=record) for sibling in siblings[first : first + 2 * WINDOW + 1]]
    return {
        "address": address(index_of(record_type)),
        "title": worded(edition, record_type.plural),
        "entries": entries,
        "more": len(siblings) > len(entries),
    }


def trail(edition: Edition, record_type: RecordType | None, parts: Sequence[tuple[str, str]] = ()) -> list[Entry]:
    """Return the way from the home page to a page, without the page itself."""
    steps: list[Entry] = []
    if record_type is not None and not record_type.in_files:
        steps.append({"title": worded(edition, record_type.plural), "address": address(index_of(record_type))})
    return [*steps, *({"title": title, "address": address(page)} for title, page in parts)]


def _entry(edition: Edition, record: Record, *, current: Record) -> Entry:
    page = page_of(record.id, edition.base.record_types[record.id.type])
    entry: dict[str, object] = {"title": title_of(record), "address": address(page)}
    return {**entry, "current": True} if record is current else entry
