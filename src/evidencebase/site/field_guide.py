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


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field as an author needs to know it."""

    name: str
    anchor: str
    title: str
    description: Markup
    notes: tuple[str, ...]
    example: str
    bad: tuple[tuple[str, Markup], ...]
    inside: tuple[FieldView, ...]


def guide_pages(edition: Edition) -> Iterator[Page]:
    """Yield the list of record types and a page for each, and one for the fields they share."""
    types = edition.base.record_types
    say = speaker(edition)
    shared = _shared(types)
    pages: dict[str, tuple[str, str, list[Field]]] = {}
    if shared:
        source = next(record_type for record_type in types.values() if shared <= record_type.fields.keys())
        fields = [field for name, field in source.fields.items() if name in shared]
        pages["common"] = (say("guide.common"), say("guide.common_intro"), fields)
    for record_type in types.values():
        own = [field for name, field in record_type.fields.items() if name not in shared]
        pages[record_type.name.replace("_", "-")] = (worded(edition, record_type.title), record_type.description, own)
    refs = tuple(Ref(title, url(GUIDE, _page(name)), intro) for name, (title, intro, _) in pages.items())
    head = front(say("guide.title"), say("guide.intro"), trail(edition, None), GUIDE)
    values: Mapping[str, object] = {"title": say("guide.title"), "intro": say("guide.intro"), "types": refs, "t": say}
    yield Page(GUIDE, head, fill(edition.base.templates, "field_guide.md.jinja", values))
    for name, (title, intro, described) in pages.items():
        steps = trail(edition, None, [(say("guide.title"), GUIDE)])
        values = {
            "title": title,
            "intro": intro,
            "fields": tuple(_view(edition, field) for field in described),
            "t": say,
        }
        body = fill(edition.base.templates, "fields.md.jinja", values)
        yield Page(_page(name), front(title, intro, steps, GUIDE), body)


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
        title=field.title,
        description=_rich(field.description),
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


def _rich(text: str) -> Markup:
    """Return advice with its code spans marked up."""
    return Markup(re.sub(r"&#96;(.+?)&#96;", r"<code>\1</code>", plain(text)))  # noqa: S704 - escaped by `plain`


def _written(field: Field, value: object) -> str:
    return write_yaml({field.name: value}).strip()
