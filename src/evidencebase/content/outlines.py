"""What the rest of the knowledge base may know of a record without opening it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from evidencebase.cache import digest
from evidencebase.fields import values_of
from evidencebase.model import Citation, Drift, Face, Link, Outline, Record, RecordType, Translation


@dataclass(frozen=True, slots=True)
class Digests:
    """Of the fields and of the prose of one file."""

    fields: str
    prose: str


@dataclass(frozen=True, slots=True)
class Relations:
    """What a record names: other records, references, parts of its own."""

    anchors: frozenset[str] | None
    links: tuple[Link, ...]
    mentions: tuple[str, ...]
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Translated:
    """A translation, with the record as it shows it."""

    translation: Translation
    shown: Record
    digests: Digests
    drift: Drift


def outline(
    record: Record, record_type: RecordType, content: str,
    *, digests: Digests, relations: Relations, translated: Iterable[Translated],
) -> Outline:  # fmt: skip
    """Return the outline of a record and its translations."""
    own = _face(record, record_type, digests)
    others = {
        one.translation.language: _face(
            one.shown, record_type,
            Digests(digest(repr(one.shown.fields)), digest(digests.prose, one.digests.prose)), one,
        )
        for one in translated
    }  # fmt: skip
    return Outline(
        id=record.id,
        source=record.source,
        language=record.language,
        content=content,
        status=_text(record, "status"),
        date=_text(record, record_type.index.date),
        last_reviewed=_text(record, "last_reviewed"),
        countries=tuple(_countries(record, record_type)),
        terms=_terms(record, record_type),
        files=record.files,
        anchors=relations.anchors,
        links=relations.links,
        mentions=relations.mentions,
        citations=relations.citations,
        claims=tuple(_claim_ids(record)),
        former=_texts(record, "redirect_from"),
        faces={**others, record.language: own},
    )


def _face(record: Record, record_type: RecordType, digests: Digests, translated: Translated | None = None) -> Face:
    translation, drift = (translated.translation, translated.drift) if translated else (None, None)
    return Face(
        title=_text(record, "title"),
        names=_texts(record, "also_written") if record_type.autolink else (),
        avoided=_texts(record, "use_instead_of") if record_type.autolink else (),
        fields=digests.fields,
        prose=digests.prose,
        source=translation.source if translation else record.source,
        reviewer=translation.reviewer if translation else "",
        drift=drift,
    )


def _countries(record: Record, record_type: RecordType) -> Iterator[str]:
    for place, field, value in values_of(record.fields, record_type):
        if len(place) == 1 and field.kind == "country" and isinstance(value, str):
            yield value


def _terms(record: Record, record_type: RecordType) -> Mapping[str, tuple[str, ...]]:
    """Return the terms that the record's own fields name, each once, by vocabulary."""
    found: dict[str, dict[str, None]] = {}
    for place, field, value in values_of(record.fields, record_type):
        if field.vocabulary and isinstance(value, str) and not any(isinstance(step, str) for step in place[1:]):
            found.setdefault(field.vocabulary, {})[value] = None
    return {name: tuple(terms) for name, terms in found.items()}


def _claim_ids(record: Record) -> Iterator[str]:
    entries = record.fields.get("claims")
    for entry in entries if isinstance(entries, tuple) else ():
        if isinstance(entry, Mapping) and isinstance(entry.get("id"), str):
            yield str(entry["id"])


def _text(record: Record, name: str) -> str:
    value = record.fields.get(name)
    return value if isinstance(value, str) else ""


def _texts(record: Record, name: str) -> tuple[str, ...]:
    value = record.fields.get(name)
    return tuple(str(one) for one in value) if isinstance(value, tuple) else ()
