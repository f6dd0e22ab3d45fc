"""What stands around a record's text: what to know before reading, what links here, how the page is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from evidencebase.model import Record, RecordId
from evidencebase.site.addresses import address, url
from evidencebase.site.edition import Edition, list_of, text_of, worded
from evidencebase.site.place import Place
from evidencebase.site.views import Ref, ref_to
from evidencebase.text.locales import language_name, shown_date
from evidencebase.text.strings import say

MOST_BACKLINKS = 30


@dataclass(frozen=True, slots=True)
class Notice:
    """What a reader must know before reading on."""

    kind: str
    text: str
    reason: str = ""
    successor: Ref | None = None


@dataclass(frozen=True, slots=True)
class Backlinks:
    """The records that name this one in the same way."""

    title: str
    refs: tuple[Ref, ...]
    more: str = ""


def translation_notices(place: Place) -> Iterator[Notice]:
    """Yield what a reader must know of the translation: there is none, it is behind, nobody has reviewed it."""
    edition, record = place.edition, place.record
    say_it = partial(say, edition.strings)
    original = edition.outlines[record.id]
    if original.language == edition.language:
        return
    names = {
        "language": language_name(edition.language, edition.language),
        "original": language_name(original.language, edition.language),
    }
    page = place.page
    there = Ref(say_it("translation.read_original"), f"{url(page, 'index.md')}../{original.language}/{address(page)}")
    face = original.faces.get(edition.language)
    if face is None or face.drift is None:
        yield Notice("translation", say_it("translation.fallback", **names))
        return
    behind = face.drift
    safety = say_it("translation.safety") if "safety" in behind.unseen else ""
    if behind.changed:
        text = say_it("translation.drifted", count=len(behind.changed), total=behind.parts)
        yield Notice("expired", text, safety, there)
    elif safety:
        yield Notice("expired", safety, "", there)
    if behind.missing:
        yield Notice("translation", say_it("translation.incomplete", **names))
    if not behind.marked:
        yield Notice("translation", say_it("translation.unmarked"), "", there)
    elif not face.reviewer:
        yield Notice("translation", say_it("translation.unreviewed"), "", there)


def notices(place: Place) -> Iterator[Notice]:
    """Yield what a reader must know before reading on: a draft, a page that was replaced, one that is out of date."""
    edition, record = place.edition, place.record
    language = edition.language
    status = text_of(record, "status")
    if status in ("draft", "superseded", "withdrawn"):
        type_name = record.id.type
        successor = text_of(record, "successor")
        ref = ref_to(place, RecordId(type_name, successor)) if successor else None
        yield Notice(status, say(edition.strings, f"notice.{status}"), text_of(record, "status_reason"), ref)
    valid_until, review_by = text_of(record, "valid_until"), text_of(record, "review_by")
    if valid_until and edition.past[valid_until]:
        yield Notice("expired", say(edition.strings, "notice.expired", date=shown_date(valid_until, language)))
    elif review_by and edition.past[review_by] and status not in ("superseded", "withdrawn"):
        yield Notice("expired", say(edition.strings, "notice.review_overdue", date=shown_date(review_by, language)))


def backlinks(place: Place) -> Iterator[Backlinks]:
    """Yield the records that link here, grouped by what they say this record is to them."""
    edition = place.edition
    found: dict[str, dict[RecordId, Ref]] = {}
    for link in edition.base.backlinks.get(place.record.id, ()):
        if link.source in edition.names and link.source != place.record.id:
            title = _relation(edition, link.source.type, link.relation)
            found.setdefault(title, {})[link.source] = ref_to(place, link.source)
    named = {id for title, refs in found.items() if title != say(edition.strings, "links.mentions") for id in refs}
    for title, refs in found.items():
        shown = [ref for id, ref in refs.items() if title != say(edition.strings, "links.mentions") or id not in named]
        shown.sort(key=lambda ref: ref.title.casefold())
        rest = len(shown) - MOST_BACKLINKS
        more = say(edition.strings, "links.more", count=rest) if rest > 0 else ""
        if shown:
            yield Backlinks(title, tuple(shown[:MOST_BACKLINKS]), more)


def _relation(edition: Edition, type_name: str, relation: str) -> str:
    record_type = edition.base.record_types[type_name]
    field = record_type.fields.get(relation)
    if field is None:
        return say(edition.strings, "links.mentions")
    heading = field.backlink or (field.element.backlink if field.element else "") or record_type.plural
    return worded(edition, heading)


def known(edition: Edition, record: Record) -> Iterator[tuple[str, str]]:
    """Yield status and dates, each with its title."""
    status = edition.base.record_types[record.id.type].fields.get("status")
    if status is not None and (value := text_of(record, "status")):
        yield say(edition.strings, "known.status"), worded(edition, status.labels.get(value, value))
    for name in ("published", "last_reviewed", "review_by"):
        if value := text_of(record, name):
            yield say(edition.strings, f"known.{name}"), shown_date(value, edition.language)
    if record.language != edition.language:
        yield say(edition.strings, "known.language"), language_name(record.language, edition.language)


def reviewers(edition: Edition, record: Record) -> Iterator[str]:
    """Yield who reviewed the record, through which lens, and when."""
    described = edition.base.record_types[record.id.type].fields.get("reviewers")
    for reviewer in list_of(record, "reviewers"):
        if isinstance(reviewer, Mapping) and described and described.element:
            lens = worded(edition, described.element.fields["lens"].labels.get(str(reviewer.get("lens")), ""))
            date = shown_date(str(reviewer["date"]), edition.language) if reviewer.get("date") else ""
            yield ", ".join(part for part in (str(reviewer.get("name", "")), lens, date) if part)


def changes(edition: Edition, record: Record) -> Iterator[tuple[str, str, str]]:
    """Yield date, kind and note of each change."""
    described = edition.base.record_types[record.id.type].fields.get("changes")
    for change in list_of(record, "changes"):
        if isinstance(change, Mapping) and described and described.element:
            kind = worded(edition, described.element.fields["kind"].labels.get(str(change.get("kind")), ""))
            yield shown_date(str(change["date"]), edition.language), kind, str(change.get("note", ""))
