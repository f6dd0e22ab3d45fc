"""Fields as readers see them: every value decided, so that a template only places it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from markupsafe import Markup

from evidencebase.content.link import resolve
from evidencebase.model import Field, FieldValue, Record, RecordId
from evidencebase.site.addresses import facet_page, page_of, url
from evidencebase.site.edition import Edition, foreign, in_language, speaker, worded
from evidencebase.site.place import Place, cite_key
from evidencebase.site.prose import destination, field_prose
from evidencebase.text import locales
from evidencebase.text.templates import plain

SHORT = frozenset({
    "integer", "number", "boolean", "date", "uri", "country", "language", "slug", "choice", "term", "link", "part",
})  # fmt: skip
"""Kinds of fields that fit into the facts panel; the rest are sections of the page."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A field as its reader sees it."""

    name: str
    title: str
    kind: str
    """text, html, refs, list, rows, table, object, claims or unknown"""
    value: Markup | tuple[object, ...]
    """Text or HTML; else references, fields, rows (`Row`) or claims."""
    anchor: str = ""
    language: str = ""
    """The language of text that is not in the reader's; empty where it is."""


@dataclass(frozen=True, slots=True)
class Ref:
    """A name with the address it leads to; without an address where there is no page."""

    title: str
    url: str = ""
    note: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Objects of short fields: column titles, and for each object its fields or None."""

    titles: tuple[str, ...]
    rows: tuple[tuple[Shown | None, ...], ...]


Row = Mapping[str, Shown]
"""An object in a list, its fields by name."""


def shown_fields(place: Place) -> Mapping[str, Shown]:
    """Return every field of the record that has a value, or is known to be unknown, in the order of the schema."""
    record = place.record
    record_type = place.edition.base.record_types[record.id.type]
    return {
        name: _claims(place, field) if name == "claims" else shown(place, field, record.fields[name])
        for name, field in record_type.fields.items()
        if name in record.fields and record.fields[name] != ()
    }


def _claims(place: Place, field: Field) -> Shown:
    """Return the place of the claims; `site/claims.py` fills it, for they are shown in a way of their own."""
    return Shown(field.name, title_of_field(place.edition, field), "claims", (), "claims")


def shown(place: Place, field: Field, value: FieldValue) -> Shown:
    """Return one value as its reader sees it."""
    title = title_of_field(place.edition, field)
    anchor = field.name.replace("_", "-")
    if value is None:
        return Shown(field.name, title, "unknown", plain(speaker(place.edition)("value.unknown")), anchor)
    if field.kind == "mixed":
        wanted = "object" if isinstance(value, Mapping) else ""
        option = next(o for o in field.alternatives if (o.kind == "object") == bool(wanted))
        return shown(place, option, value)
    if isinstance(value, tuple) and field.element is not None:
        kind, entries = _shown_list(place, field, field.element, value)
        return Shown(field.name, title, kind, entries, anchor)
    if isinstance(value, Mapping):
        if {"from"} <= field.fields.keys() and len(field.fields) == 2:
            return Shown(field.name, title, "text", plain(_span(place, value)), anchor)
        return Shown(field.name, title, "object", tuple(_row(place, field, value).values()), anchor)
    if field.kind in REFS:
        return Shown(field.name, title, "refs", (REFS[field.kind](place, field, str(value)),), anchor)
    if field.kind == "reference":
        return Shown(field.name, title, "text", cite_key(place, str(value)), anchor)
    if field.kind == "prose":
        html = Markup(field_prose(place, str(value)))  # noqa: S704 - cleaned
        return Shown(field.name, title, "html", html, anchor, foreign(place.edition, place.record))
    if field.kind in ("integer", "number"):
        # The minus sign of a number belongs before it in text that runs from right to left, too.
        number = Markup("<bdi>{}</bdi>").format(_text(place, field, value))
        return Shown(field.name, title, "text", number, anchor)
    language = foreign(place.edition, place.record) if field.kind == "text" else ""
    return Shown(field.name, title, "text", plain(_text(place, field, value)), anchor, language)


def title_of_field(edition: Edition, field: Field) -> str:
    return worded(edition, field.title)


def ref_to(place: Place, target: RecordId, anchor: str = "") -> Ref:
    """Return the name and address of another record."""
    edition = place.edition
    if target not in edition.names:
        hidden = edition.outlines.get(target)
        return Ref(hidden.faces[hidden.language].title or target.slug if hidden else target.slug)
    name = edition.names[target]
    there = url(place.page, page_of(target, edition.base.record_types[target.type]), anchor)
    return Ref(name.title, there, language=name.language)


def ref_to_path(place: Place, path: str) -> Ref:
    """Return name and address of what a path from the root of the repository names: a record, a page or a folder."""
    edition = place.edition
    records = edition.places.records
    target = resolve("", path, edition.places) if path not in records else records[path]
    there = destination(edition, target, "") if target is not None else None
    if there is None:
        return Ref(path)
    title = edition.names[target].title if isinstance(target, RecordId) else path
    return Ref(title, url(place.page, *there))


def _shown_list(
    place: Place, field: Field, element: Field, values: tuple[FieldValue, ...]
) -> tuple[str, tuple[object, ...]]:
    if element.kind == "object" and all(_fits_a_cell(inner) for inner in element.fields.values()):
        return "table", (_table(place, element, values),)
    if element.kind == "object":
        return "rows", tuple(_row(place, element, value) for value in values if isinstance(value, Mapping))
    if element.kind in REFS:
        return "refs", tuple(REFS[element.kind](place, element, str(value)) for value in values)
    return "list", tuple(shown(place, element, value) for value in values)


def _fits_a_cell(field: Field) -> bool:
    return (field.element or field).kind in SHORT or (field.element or field).kind == "reference"


def _table(place: Place, field: Field, values: tuple[FieldValue, ...]) -> Table:
    """Return objects of short fields as a table; a column that no row fills is left out."""
    rows = [_row(place, field, value) for value in values if isinstance(value, Mapping)]
    columns = [name for name in field.fields if name != "id" and any(name in row for row in rows)]
    titles = tuple(title_of_field(place.edition, field.fields[name]) for name in columns)
    return Table(titles, tuple(tuple(row.get(name) for name in columns) for row in rows))


def _row(place: Place, field: Field, values: Mapping[str, FieldValue]) -> Row:
    row = {name: shown(place, inner, values[name]) for name, inner in field.fields.items() if name in values}
    if isinstance(identifier := values.get("id"), str):
        anchor = f"{field.name.removesuffix('s')}-{identifier}".replace("_", "-")
        row["id"] = Shown("id", "", "text", plain(identifier), anchor)
    return row


def _term(place: Place, field: Field, value: str) -> Ref:
    edition = place.edition
    term = edition.base.vocabularies[field.vocabulary].terms[value]
    label = in_language(term.label, edition.language)
    if field.vocabulary not in edition.facets:
        return Ref(label)
    return Ref(label, url(place.page, facet_page(field.vocabulary, value)))


def _link(place: Place, field: Field, value: str) -> Ref:
    types = place.edition.base.record_types
    if len(field.links_to) == 1:
        return ref_to(place, RecordId(field.links_to[0], value))
    folder, _, slug = value.partition("/")
    name = next(name for name in field.links_to if types[name].folder == folder)
    return ref_to(place, RecordId(name, slug))


def _part(place: Place, field: Field, value: str) -> Ref:
    path, _, part = value.partition("#")
    folder, _, slug = path.partition("/")
    types = place.edition.base.record_types.values()
    target = RecordId(next(t.name for t in types if t.folder == folder), slug)
    return ref_to(place, target, f"{field.part.removesuffix('s')}-{part}")


def _web(place: Place, field: Field, value: str) -> Ref:
    return Ref(urlsplit(value).netloc.removeprefix("www."), value)


REFS: Mapping[str, Callable[[Place, Field, str], Ref]] = {"term": _term, "link": _link, "part": _part, "uri": _web}


def _text(place: Place, field: Field, value: FieldValue) -> str:
    language = place.edition.language
    if isinstance(value, bool):
        return speaker(place.edition)(f"value.{str(value).lower()}")
    if isinstance(value, (int, float)):
        # A year is no quantity: four digits stand without a separator.
        return locales.shown_number(value, language) if abs(value) >= 10_000 or isinstance(value, float) else str(value)
    if field.kind == "choice":
        return worded(place.edition, str(field.labels.get(str(value), value)))
    writers: Mapping[str, Callable[[str, str], str]] = {
        "date": lambda text, language: locales.shown_date(text, language, _precision(place.record)),
        "country": locales.country_name,
        "language": locales.language_name,
    }
    return writers[field.kind](str(value), language) if field.kind in writers else str(value)


def _precision(record: Record) -> str:
    value = record.fields.get("precision")
    return value if isinstance(value, str) else "day"


def _span(place: Place, value: Mapping[str, FieldValue]) -> str:
    say, language = speaker(place.edition), place.edition.language
    start = locales.shown_date(str(value["from"]), language) if value.get("from") else say("value.unknown")
    if "to" not in value:
        return say("value.since", start=start)
    end = locales.shown_date(str(value["to"]), language) if value["to"] else say("value.unknown")
    return say("value.span", start=start, end=end)
