"""A record becomes a page here."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from evidencebase.diagnostics import KnowledgeBaseError
from evidencebase.model import Field, Page, Record, RecordId, RecordType
from evidencebase.site.addresses import address, index_of, page_of
from evidencebase.site.claims import claim_in_prose, claim_views
from evidencebase.site.edition import Edition, speaker, text_of, title_of
from evidencebase.site.field_guide import guide_pages
from evidencebase.site.indexes import facet_pages, index_pages
from evidencebase.site.menu import record_menu, trail
from evidencebase.site.parts import shown_part
from evidencebase.site.place import ListedReference, Place, reference_list
from evidencebase.site.prose import page_prose
from evidencebase.site.references import reference_pages
from evidencebase.site.views import SHORT, Ref, Shown, ref_to, ref_to_path, shown_fields
from evidencebase.text.locales import language_name, shown_date
from evidencebase.text.strings import say
from evidencebase.text.templates import fill

KNOWN = frozenset({
    "title", "summary", "status", "status_reason", "successor", "published", "last_reviewed", "review_by", "authors",
    "reviewers", "images", "redirect_from", "changes", "language", "id", "precision", "shows",
})  # fmt: skip
"""Fields that the frame of the page shows, and not its body."""
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


@dataclass(frozen=True, slots=True)
class RecordView:
    """Everything a page template places."""

    title: str
    summary: str
    notices: tuple[Notice, ...]
    facts: tuple[Shown, ...]
    sections: tuple[Shown, ...]
    fields: Mapping[str, Shown]
    prose: Markup
    references: tuple[ListedReference, ...]
    shows: Markup
    """What the site adds below the prose: the evidence map, the comparison, the strength rule."""
    backlinks: tuple[Backlinks, ...]
    known: tuple[tuple[str, str], ...]
    authors: str
    reviewers: tuple[str, ...]
    changes: tuple[tuple[str, str, str], ...]
    images: tuple[Mapping[str, Shown], ...]
    ways_in: tuple[tuple[str, str, Ref], ...]
    source: str


def pages(edition: Edition) -> tuple[Page, ...]:
    """Return every page of the edition, sorted by path; raises KnowledgeBaseError where two claim one path."""
    made: dict[str, Page] = {}
    for page in _all(edition):
        if page.path in made:
            first = made[page.path].source or "a list"
            raise KnowledgeBaseError(f"{page.source or 'a list'} and {first} would be the same page: {page.path}")
        made[page.path] = page
    return tuple(made[path] for path in sorted(made))


def _all(edition: Edition) -> Iterator[Page]:
    for record in edition.records.values():
        yield record_page(edition, record)
    for record_type in edition.base.record_types.values():
        yield from index_pages(edition, record_type)
    yield from reference_pages(edition)
    yield from guide_pages(edition)
    for vocabulary in edition.facets.values():
        yield from facet_pages(edition, vocabulary)


def record_page(edition: Edition, record: Record) -> Page:
    """Return the page of one record."""
    record_type = edition.base.record_types[record.id.type]
    path = page_of(record.id, record_type)
    values = {"view": _view(edition, record, path), "t": speaker(edition)}
    template = record_type.template if record_type.template in edition.base.templates else "record.md.jinja"
    folder = posixpath.dirname(record.source)
    files = tuple((f"{posixpath.dirname(path)}/{name}", f"{folder}/{name}") for name in record.files)
    return Page(
        path=path,
        front_matter=_front_matter(edition, record, record_type),
        body=fill(edition.base.templates, template, values),
        source=record.source,
        files=files,
    )


def _front_matter(edition: Edition, record: Record, record_type: RecordType) -> Mapping[str, object]:
    head: dict[str, object] = {"title": title_of(record), "description": text_of(record, "summary")}
    if reviewed := text_of(record, "last_reviewed"):
        head["last_reviewed"] = reviewed
    head["type"] = record_type.name
    if not record_type.in_files:
        head["trail"] = trail(edition, record_type)
        head["section"] = address(index_of(record_type))
        head["menu"] = record_menu(edition, record, record_type)
        head["hide"] = ["toc"]
    if "ways_in" in record.fields:
        head["hide"] = ["navigation", "toc"]
    return head


def _view(edition: Edition, record: Record, page: str) -> RecordView:
    place = Place(edition, record, page)
    fields = dict(shown_fields(place))
    if "claims" in fields:
        fields["claims"] = replace(fields["claims"], kind="claims", value=claim_views(place))
    prose = page_prose(place, claim_in_prose)
    types = edition.base.record_types[record.id.type].fields
    own = {name: field for name, field in fields.items() if name not in KNOWN}
    # What sets this type apart comes first; topics, regions and the like, which every record has, come last.
    own = dict(sorted(own.items(), key=lambda entry: entry[0] in edition.facets))
    short = {name for name in own if own[name].kind == "unknown" or _is_compact(types[name])}
    return RecordView(
        title=title_of(record),
        summary=text_of(record, "summary"),
        notices=tuple(_notices(place)),
        facts=tuple(field for name, field in own.items() if name in short),
        sections=tuple(field for name, field in own.items() if name not in short and name != "ways_in"),
        fields=fields,
        prose=Markup(prose),  # noqa: S704 - raw HTML was taken out
        references=reference_list(place),
        shows=shown_part(edition, text_of(record, "shows"), page),
        backlinks=tuple(_backlinks(place)),
        known=tuple(_known(edition, record)),
        authors=", ".join(str(name) for name in _list(record, "authors")),
        reviewers=tuple(_reviewers(edition, record)),
        changes=tuple(_changes(edition, record)),
        images=(),
        ways_in=tuple(_ways_in(place)),
        source=record.source,
    )


def _is_compact(field: Field) -> bool:
    """Tell whether a field fits into the facts panel: short, or a group of short facts such as a period."""
    described = field.element or field
    if field.kind == "object":
        return all(inner.kind in SHORT or inner.kind == "text" for inner in field.fields.values())
    return described.kind in SHORT


def _notices(place: Place) -> Iterator[Notice]:
    edition, record = place.edition, place.record
    language, today = edition.language, edition.today.isoformat()
    status = text_of(record, "status")
    if status in ("draft", "superseded", "withdrawn"):
        type_name = record.id.type
        successor = text_of(record, "successor")
        ref = ref_to(place, RecordId(type_name, successor)) if successor else None
        yield Notice(status, say(edition.strings, f"notice.{status}"), text_of(record, "status_reason"), ref)
    valid_until, review_by = text_of(record, "valid_until"), text_of(record, "review_by")
    if valid_until and valid_until < today:
        yield Notice("expired", say(edition.strings, "notice.expired", date=shown_date(valid_until, language)))
    elif review_by and review_by < today and status not in ("superseded", "withdrawn"):
        yield Notice("expired", say(edition.strings, "notice.review_overdue", date=shown_date(review_by, language)))


def _backlinks(place: Place) -> Iterator[Backlinks]:
    """Yield the records that link here, grouped by what they say this record is to them."""
    edition = place.edition
    found: dict[str, dict[RecordId, Ref]] = {}
    for link in edition.base.backlinks.get(place.record.id, ()):
        if link.source in edition.records and link.source != place.record.id:
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
    return field.backlink or (field.element.backlink if field.element else "") or record_type.plural


def _known(edition: Edition, record: Record) -> Iterator[tuple[str, str]]:
    status = edition.base.record_types[record.id.type].fields.get("status")
    if status is not None and (value := text_of(record, "status")):
        yield say(edition.strings, "known.status"), status.labels.get(value, value)
    for name in ("published", "last_reviewed", "review_by"):
        if value := text_of(record, name):
            yield say(edition.strings, f"known.{name}"), shown_date(value, edition.language)
    if record.language != edition.language:
        yield say(edition.strings, "known.language"), language_name(record.language, edition.language)


def _reviewers(edition: Edition, record: Record) -> Iterator[str]:
    described = edition.base.record_types[record.id.type].fields.get("reviewers")
    for reviewer in _list(record, "reviewers"):
        if isinstance(reviewer, Mapping) and described and described.element:
            lens = described.element.fields["lens"].labels.get(str(reviewer.get("lens")), "")
            date = shown_date(str(reviewer["date"]), edition.language) if reviewer.get("date") else ""
            yield ", ".join(part for part in (str(reviewer.get("name", "")), lens, date) if part)


def _changes(edition: Edition, record: Record) -> Iterator[tuple[str, str, str]]:
    described = edition.base.record_types[record.id.type].fields.get("changes")
    for change in _list(record, "changes"):
        if isinstance(change, Mapping) and described and described.element:
            kind = described.element.fields["kind"].labels.get(str(change.get("kind")), "")
            yield shown_date(str(change["date"]), edition.language), kind, str(change.get("note", ""))


def _ways_in(place: Place) -> Iterator[tuple[str, str, Ref]]:
    for way in _list(place.record, "ways_in"):
        if isinstance(way, Mapping):
            there = ref_to_path(place, str(way["to"]))
            yield str(way["title"]), str(way["text"]), Ref(str(way["label"]), there.url)


def _list(record: Record, name: str) -> tuple[object, ...]:
    value = record.fields.get(name)
    return value if isinstance(value, tuple) else ()
