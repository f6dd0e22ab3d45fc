"""A record in few words: what a list, a topic or another record shows of it."""

from __future__ import annotations

from dataclasses import dataclass

from evidencebase.model import Record
from evidencebase.site.addresses import page_of, url
from evidencebase.site.edition import Edition, foreign, text_of, title_of, worded
from evidencebase.site.place import Place
from evidencebase.site.views import Shown, shown
from evidencebase.text.locales import shown_date


@dataclass(frozen=True, slots=True)
class Card:
    title: str
    url: str
    summary: str
    kind: str
    """What sort of record it is: `Case study`."""
    facts: tuple[Shown, ...]
    date: str = ""
    language: str = ""
    """The language of title and summary, where it is not the reader's."""
    state: str = ""
    """draft, superseded or withdrawn; empty for what is in force"""


def card(edition: Edition, record: Record, page: str) -> Card:
    """Return the record's card for this page."""
    record_type = edition.base.record_types[record.id.type]
    place = Place(edition, record, page)
    facts = tuple(
        shown(place, record_type.fields[name], record.fields[name])
        for name in record_type.index.card
        if record.fields.get(name) not in (None, ())
    )
    date = text_of(record, record_type.index.date)
    precision = text_of(record, "precision") or "day"
    status = text_of(record, "status")
    return Card(
        title=title_of(record),
        url=url(page, page_of(record.id, record_type)),
        summary=text_of(record, "summary"),
        kind=worded(edition, record_type.title),
        facts=facts,
        language=foreign(edition, record),
        date=shown_date(date, edition.language, precision) if date else "",
        state="" if status == "published" else status,
    )
