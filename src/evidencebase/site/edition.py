"""An edition: the knowledge base as one language shows it on one day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from markupsafe import Markup

from evidencebase.content import claims, link
from evidencebase.content.link import Places
from evidencebase.content.translate import localised
from evidencebase.model import Claim, Field, KnowledgeBase, Record, RecordId, RecordType, Strings, Term, Vocabulary
from evidencebase.text.csl import Formatted, formatted
from evidencebase.text.strings import say


@dataclass(frozen=True, slots=True)
class Citable:
    """A reference as this language writes it, told apart from others of the same author and year."""

    short: str
    year: str
    entry: Markup
    address: str
    order: str


@dataclass(frozen=True, slots=True)
class Edition:
    base: KnowledgeBase
    language: str
    today: date
    records: Mapping[RecordId, Record]
    """What is published; drafts only where the site is served."""
    facets: Mapping[str, Vocabulary]
    """Vocabularies whose terms have a page: the ones that fields of every record use."""
    places: Places
    glossary: Mapping[str, RecordId]
    """Terms that are linked at their first use, by every form of their name in small letters."""
    glossary_words: re.Pattern[str]
    references: Mapping[str, Citable]
    claims: Mapping[tuple[RecordId, str], Claim]
    """The claims in this language, where they are translated."""

    @property
    def strings(self) -> Strings:
        return self.base.strings[self.language]


def edition(base: KnowledgeBase, language: str, today: date, *, drafts: bool = False) -> Edition:
    """Return what readers of a language see on this day."""
    records = {
        id: _in_language(base, record, language)
        for id, record in base.records.items()
        if drafts or record.fields.get("status") != "draft"
    }
    places = link.places(
        {r.source: r.id for r in base.records.values()}, base.records.values(), base.record_types, base.vocabularies
    )
    glossary = _glossary(base, records)
    forms = "|".join(map(re.escape, sorted(glossary, key=lambda form: (-len(form), form))))
    words = re.compile(rf"(?<![\w-])(?:{forms})(?![\w-])", re.IGNORECASE)
    citable, graded = _citable(base, language), dict(_claims(base, records))
    return Edition(base, language, today, records, _facets(base), places, glossary, words, citable, graded)


def worded(edition: Edition, text: str) -> str:
    """Return a word of a schema, such as the title of a field, in the language of the edition."""
    found = edition.strings.texts.get(f"schema.{text}", text)
    return found if isinstance(found, str) else text


def _in_language(base: KnowledgeBase, record: Record, language: str) -> Record:
    """Return the record in this language, or as it was written where nobody has translated it."""
    translation = base.translations.get((record.id, language))
    return localised(record, translation) if translation is not None else record


def _claims(base: KnowledgeBase, records: Mapping[RecordId, Record]) -> Iterator[tuple[tuple[RecordId, str], Claim]]:
    groups = base.vocabularies.get("country_groups")
    for record in records.values():
        if "claims" in record.fields:
            for claim in claims.claims(record, base.references, groups):
                yield (record.id, claim.id), claim


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
    found = [record for id, record in edition.records.items() if id.type == record_type.name]
    return tuple(
        sorted(found, key=lambda record: (text_of(record, record_type.index.date), title_of(record).casefold()))
    )


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


def about(edition: Edition, vocabulary: Vocabulary, term: Term) -> Iterable[Record]:
    """Yield the records whose fields name the term or one below it."""
    wanted = narrower(vocabulary, term.id)
    for id, record in edition.records.items():
        if wanted.intersection(terms_of(record, edition.base.record_types[id.type], vocabulary.name)):
            yield record


def _facets(base: KnowledgeBase) -> Mapping[str, Vocabulary]:
    """Return the vocabularies that all record types with common fields share."""
    shared: dict[str, Vocabulary] = {}
    for record_type in base.record_types.values():
        if "status" in record_type.fields:
            named = [field.element.vocabulary for field in record_type.fields.values() if field.element]
            found = {name: base.vocabularies[name] for name in named if name in base.vocabularies}
            shared = {name: found[name] for name in shared if name in found} if shared else found
    return shared


def _glossary(base: KnowledgeBase, records: Mapping[RecordId, Record]) -> Mapping[str, RecordId]:
    words: dict[str, RecordId] = {}
    for id, record in records.items():
        if base.record_types[id.type].autolink:
            forms = record.fields.get("also_written")
            for form in (title_of(record), *(forms if isinstance(forms, tuple) else ())):
                if isinstance(form, str) and form:
                    words.setdefault(form.casefold(), id)
    return words


def _citable(base: KnowledgeBase, language: str) -> Mapping[str, Citable]:
    """Format every reference once, with a letter behind the year where author and year are the same."""
    made = {key: formatted(reference, language) for key, reference in base.references.items()}
    alike: dict[tuple[str, str], list[str]] = {}
    for key, one in sorted(made.items(), key=lambda entry: (entry[1].names, entry[1].rest, entry[0])):
        alike.setdefault((one.short, one.year), []).append(key)
    letters = {
        key: chr(ord("a") + number) if number < 26 else str(number)
        for keys in alike.values()
        if len(keys) > 1
        for number, key in enumerate(keys)
    }
    return {key: _one_citable(base, key, one, letters.get(key, "")) for key, one in made.items()}


def _one_citable(base: KnowledgeBase, key: str, one: Formatted, letter: str) -> Citable:
    fields = base.references[key].fields
    address = f"https://doi.org/{fields['doi']}" if "doi" in fields else fields.get("url", "")
    # "n.d." is set apart from its letter: n.d.-a
    year = f"{one.year}-{letter}" if letter and not one.year[-1:].isdigit() else f"{one.year}{letter}"
    entry = Markup(f"{one.names} ({year}). {one.rest}.")  # noqa: S704 - citeproc escapes
    return Citable(one.short, year, entry, address, re.sub(r"<[^>]+>|^\W+", "", f"{one.names} {year}").casefold())
