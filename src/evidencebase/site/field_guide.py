"""The field guide: every field of every record type, what to write in it and what not, read from the schemas."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from evidencebase.content.yaml_source import write_yaml
from evidencebase.model import Field, Page, RecordType
from evidencebase.site.addresses import url
from evidencebase.site.edition import Edition, speaker, worded
from evidencebase.site.lists import front
from evidencebase.site.menu import trail
from evidencebase.site.views import Ref
from evidencebase.text.templates import fill, plain

GUIDE = "contribute/fields/index.md"
SCHEMAS = "en"
"""The language in which the built-in schemas describe their fields."""


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field as an author needs to know it."""

    name: str
    anchor: str
    title: str
    description: Markup
    language: str
    """The language of description and advice, where nobody has translated them."""
    notes: tuple[str, ...]
    example: str
    bad: tuple[tuple[str, Markup], ...]
    inside: tuple[FieldView, ...]


def guide_pages(edition: Edition) -> Iterator[Page]:
    """Yield the list of record types and a page for each, and one for the fields they share."""
    say = speaker(edition)
    chapters = tuple(_chapters(edition))
    refs = tuple((Ref(one.title, url(GUIDE, one.page)), one.intro, one.language) for one in chapters)
    head = front(say("guide.title"), say("guide.intro"), trail(edition, None), GUIDE)
    values = {"title": say("guide.title"), "intro": say("guide.intro"), "types": refs, "t": say}
    yield Page(GUIDE, head, fill(edition.base.templates, "field_guide.md.jinja", values))
    for one in chapters:
        steps = trail(edition, None, [(say("guide.title"), GUIDE)])
        fields = tuple(_view(edition, field) for field in one.fields)
        body = fill(edition.base.templates, "fields.md.jinja", {"chapter": one, "fields": fields, "t": say})
        yield Page(one.page, front(one.title, one.intro, steps, GUIDE), body)


@dataclass(frozen=True, slots=True)
class Chapter:
    """What the guide says about one record type, or about the fields they all share."""

    page: str
    title: str
    intro: str
    language: str
    """The language of the intro, where it is not the reader's."""
    fields: tuple[Field, ...]


def _chapters(edition: Edition) -> Iterator[Chapter]:
    types = edition.base.record_types
    say = speaker(edition)
    shared = _shared(types)
    if shared:
        source = next(record_type for record_type in types.values() if shared <= record_type.fields.keys())
        fields = tuple(field for name, field in source.fields.items() if name in shared)
        yield Chapter(_page("common"), say("guide.common"), say("guide.common_intro"), "", fields)
    for record_type in types.values():
        about = record_type.description
        yield Chapter(
            page=_page(record_type.name.replace("_", "-")),
            title=worded(edition, record_type.title),
            intro=worded(edition, about),
            language=_foreign(edition, about),
            fields=tuple(field for name, field in record_type.fields.items() if name not in shared),
        )


def _shared(types: Mapping[str, RecordType]) -> frozenset[str]:
    """Return the names of the fields that every type with a status has."""
    named = [frozenset(record_type.fields) for record_type in types.values() if "status" in record_type.fields]
    return frozenset.intersection(*named) if named else frozenset()


def _page(name: str) -> str:
    return f"contribute/fields/{name}/index.md"


def _view(edition: Edition, field: Field, above: str = "") -> FieldView:
    described = field.element or field
    anchor = f"{above}{field.name}".replace("_", "-")
    inner = described.fields or next((option.fields for option in described.alternatives if option.fields), {})
    return FieldView(
        name=field.name,
        anchor=anchor,
        title=worded(edition, field.title),
        description=_rich(worded(edition, field.description)),
        language=_foreign(edition, field.description),
        notes=tuple(_notes(edition, field, described)),
        example=_written(field, field.examples[0]) if field.examples else "",
        bad=tuple((_written(field, value), _rich(why)) for value, why in field.bad_examples),
        inside=tuple(_view(edition, one, f"{anchor}.") for one in inner.values()),
    )


def _notes(edition: Edition, field: Field, described: Field) -> Iterator[str]:
    say = speaker(edition)
    yield say("guide.needed" if field.required else "guide.optional")
    if described.labels:
        yield say("guide.choices", names=", ".join(described.labels))
    if described.vocabulary:
        yield say("guide.terms", path=f"vocabularies/{described.vocabulary}.yml")
    if field.may_be_unknown:
        yield say("guide.may_be_unknown")
    if field.max_words:
        yield say("guide.max_words", count=field.max_words)
    if field.kind == "prose" or described.kind == "prose":
        yield say("guide.prose")


def _foreign(edition: Edition, text: str) -> str:
    """Return the language of a schema's text, where this edition has no translation of it."""
    return "" if edition.language == SCHEMAS or f"schema.{text}" in edition.strings.texts else SCHEMAS


def _rich(text: str) -> Markup:
    """Return advice with its code spans marked up."""
    return Markup(re.sub(r"&#96;(.+?)&#96;", r"<code>\1</code>", plain(text)))  # noqa: S704 - escaped by `plain`


def _written(field: Field, value: object) -> str:
    return write_yaml({field.name: value}).strip()
