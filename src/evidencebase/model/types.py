"""What records may say: types, fields, vocabularies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from evidencebase.model.values import FieldValue


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a record, or of an object inside one, as the schema describes it."""

    name: str
    title: str
    description: str = ""
    kind: str = "text"
    """text, prose, integer, number, boolean, date, uri, country, language, slug, file, choice, term, link, part, path,
    reference, list, object or mixed"""
    required: bool = False
    translatable: bool = False
    any_length: bool = False
    """A translated list may be longer or shorter than the original's."""
    may_be_unknown: bool = False
    max_words: int = 0
    """0 where there is no limit."""
    vocabulary: str = ""
    links_to: tuple[str, ...] = ()
    """Names of the record types whose records the value may name."""
    part: str = ""
    """The list field of the other record whose objects the value names: `claims`, `steps`."""
    backlink: str = ""
    """The heading under which the other record lists the records that point to it."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """What readers see for each value of a choice."""
    examples: tuple[FieldValue, ...] = ()
    bad_examples: tuple[tuple[FieldValue, str], ...] = ()
    """A value authors get wrong, and what to write instead."""
    element: Field | None = None
    """What a list holds."""
    fields: Mapping[str, Field] = field(default_factory=dict)
    """What an object holds."""
    alternatives: tuple[Field, ...] = ()
    """What a mixed field may be, told apart by the kind of value."""


@dataclass(frozen=True, slots=True)
class IndexStyle:
    """How the records of a type are listed."""

    show: str = "cards"
    """cards, glossary or timeline"""
    split: str = "letter"
    """What a long list is cut by: letter or year."""
    date: str = ""
    filters: tuple[str, ...] = ()
    card: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordType:
    name: str
    title: str
    plural: str
    description: str
    folder: str
    fields: Mapping[str, Field]
    schema: Mapping[str, object]
    """JSON Schema 2020-12, with the common fields and every rule written out."""
    template: str
    """Name of the page template: `city/page.md.jinja`."""
    index: IndexStyle = IndexStyle()
    in_files: bool = False
    """A record is a file (`docs/about/vision.md`) and not a folder with an `index.md`."""
    autolink: bool = False
    described_as: str = "Article"
    """What a page of this type is to machines, in the words of schema.org."""
    printed_as: str = ""
    """document, sheet or clauses; empty where records of the type are printed in the handbook alone."""


@dataclass(frozen=True, slots=True)
class Term:
    """A controlled term of a vocabulary; texts by language."""

    id: str
    label: Mapping[str, str]
    description: Mapping[str, str] = field(default_factory=dict)
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    broader: str = ""
    several: bool = False
    """For a group of countries: whether it stands for more than one."""
    countries: frozenset[str] = frozenset()
    """For a region: the countries in it."""
    quick_exit: bool = False
    """Whether pages about it offer a way out, for readers whom somebody at home may watch."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    name: str
    title: Mapping[str, str]
    terms: Mapping[str, Term]
    source: str
