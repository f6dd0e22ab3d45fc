"""An edition: the knowledge base as one language shows it on one day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from typing import NamedTuple

from evidencebase.cache import Reads
from evidencebase.content.link import Places
from evidencebase.model import (
    Claim,
    Field,
    KnowledgeBase,
    Outline,
    Prose,
    Record,
    RecordId,
    RecordType,
    Strings,
    Vocabulary,
)
from evidencebase.site.citable import Citable
from evidencebase.text.strings import say


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The records that stand around one in its list, itself included."""

    ids: tuple[RecordId, ...]
    are_all: bool


class Name(NamedTuple):
    """What others say of a record that they name."""

    title: str
    language: str
    """The language of the title where readers do not get it in their own; empty where they do."""


@dataclass(frozen=True, slots=True)
class Edition:
    """What readers of a language see on a day; what a page looks up is noted, so that it is made again when it must."""

    base: KnowledgeBase
    language: str
    today: date
    reads: Reads
    records: Mapping[RecordId, Record]
    """What is published, without its prose; drafts only where the site is served."""
    names: Mapping[RecordId, Name]
    """What each of them is called. Who only names a record looks here: then other edits of it do not matter."""
    proses: Mapping[RecordId, Prose]
    outlines: Mapping[RecordId, Outline]
    order: Mapping[str, tuple[RecordId, ...]]
    """Record type → its records in the order of its lists: by date where it has one, else by title."""
    neighbours: Mapping[RecordId, Neighbours]
    about: Mapping[tuple[str, str], tuple[RecordId, ...]]
    """Vocabulary and term → the records whose fields name the term or one below it."""
    facets: Mapping[str, Vocabulary]
    """Vocabularies whose terms have a page: the ones that fields of every record use."""
    places: Places
    references: Mapping[str, Citable]
    claims: Mapping[tuple[RecordId, str], Claim]
    """The claims in this language, where they are translated."""
    past: Mapping[str, bool]
    """Whether a day, as 2026-11-22, is over."""
    facts: Mapping[str, tuple[object, ...]]
    """What is gathered from all records: the forms of the glossary, home_countries, last_reviewed."""

    @property
    def strings(self) -> Strings:
        return self.base.strings[self.language]

    @property
    def glossary(self) -> Mapping[str, RecordId]:
        """Terms that are linked at their first use, by every form of their name in small letters."""
        forms: Mapping[str, RecordId] = dict(self.facts["glossary"])  # type: ignore[arg-type]
        return forms


@lru_cache(maxsize=8)
def glossary_words(forms: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern that finds any of the forms as a whole word, the longest first."""
    rests: dict[str, list[str]] = {}
    for form in sorted(forms, key=lambda form: (-len(form), form)):
        rests.setdefault(re.escape(form[0]), []).append(re.escape(form[1:]))
    # By first letter: at most words, twenty letters are compared and not hundreds of forms.
    either = "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in rests.items())
    return re.compile(rf"(?<![\w-])(?:{either})(?![\w-])", re.IGNORECASE)


def worded(edition: Edition, text: str) -> str:
    """Return a word of a schema, such as the title of a field, in the language of the edition."""
    found = edition.strings.texts.get(f"schema.{text}", text)
    return found if isinstance(found, str) else text


def in_language(texts: Mapping[str, str], language: str) -> str:
    """Return the text in this language, or in the first one there is."""
    return texts.get(language) or next(iter(texts.values()), "")


def text_of(record: Record, name: str) -> str:
    """Return a field of text, or the empty text."""
    value = record.fields.get(name)
    return value if isinstance(value, str) else ""


def list_of(record: Record, name: str) -> tuple[object, ...]:
    """Return a field that is a list, or nothing."""
    value = record.fields.get(name)
    return value if isinstance(value, tuple) else ()


def title_of(record: Record) -> str:
    return text_of(record, "title") or record.id.slug


def foreign(edition: Edition, record: Record) -> str:
    """Return the language of a record that readers do not get in their own; empty where they do."""
    return record.language if record.language != edition.language else ""


def speaker(edition: Edition) -> partial[str]:
    """Return `say` in the language of the edition."""
    return partial(say, edition.strings)


def published(edition: Edition, record_type: RecordType) -> tuple[Record, ...]:
    """Return the records of a type in the order of its lists: by date where it has one, else by title."""
    return of_type(edition, record_type.name)


def of_type(edition: Edition, name: str) -> tuple[Record, ...]:
    """Return the records of the type of this name, in the order of its lists; none where there is no such type."""
    return tuple(edition.records[id] for id in edition.order.get(name, ()))


def claims_of(edition: Edition, record: Record) -> tuple[Claim, ...]:
    """Return the claims of a record, in its order."""
    return tuple(edition.claims[record.id, name] for name in edition.base.outlines[record.id].claims)


def terms_of(record: Record, record_type: RecordType, vocabulary: str) -> tuple[str, ...]:
    """Return the terms of a vocabulary that the record's own fields name, each once."""
    found: dict[str, None] = {}
    for field in record_type.fields.values():
        if vocabulary in (field.vocabulary, field.element.vocabulary if field.element else ""):
            found |= dict.fromkeys(values_in(record, field))
    return tuple(found)


def values_in(record: Record, field: Field) -> tuple[str, ...]:
    """Return the text values of a field that holds one or a list of them."""
    value = record.fields.get(field.name)
    values = value if isinstance(value, tuple) else (value,)
    return tuple(one for one in values if isinstance(one, str))


def narrower(vocabulary: Vocabulary, term: str) -> frozenset[str]:
    """Return the term and everything below it."""
    found = {term}
    grown = True
    while grown:
        below = {other.id for other in vocabulary.terms.values() if other.broader in found}
        grown = not below <= found
        found |= below
    return frozenset(found)
