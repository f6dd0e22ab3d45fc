"""Where a page stands: its path from the home page, and the list of its neighbours in the menu."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from evidencebase.model import Record, RecordId, RecordType
from evidencebase.site.addresses import address, index_of, page_of
from evidencebase.site.edition import Edition, worded

Entry = Mapping[str, object]


def record_menu(edition: Edition, record: Record, record_type: RecordType) -> Mapping[str, object]:
    """Return the menu of a record: the list it belongs to, and its neighbours there."""
    if record_type.in_files:
        return {"address": "", "title": "", "entries": []}
    neighbours = edition.neighbours[record.id]
    entries = [_entry(edition, id, current=record.id) for id in neighbours.ids]
    return {
        "address": address(index_of(record_type)),
        "title": worded(edition, record_type.plural),
        "entries": entries,
        "more": not neighbours.are_all,
    }


def trail(edition: Edition, record_type: RecordType | None, parts: Sequence[tuple[str, str]] = ()) -> list[Entry]:
    """Return the way from the home page to a page, without the page itself."""
    steps: list[Entry] = []
    if record_type is not None and not record_type.in_files:
        steps.append({"title": worded(edition, record_type.plural), "address": address(index_of(record_type))})
    return [*steps, *({"title": title, "address": address(page)} for title, page in parts)]


def _entry(edition: Edition, id: RecordId, *, current: RecordId) -> Entry:
    page = page_of(id, edition.base.record_types[id.type])
    entry: dict[str, object] = {"title": edition.names[id].title, "address": address(page)}
    return {**entry, "current": True} if id == current else entry
