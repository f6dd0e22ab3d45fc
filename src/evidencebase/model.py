"""The values that pass between the stages: record types, records, links, pages, the knowledge base."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple, TypeAlias

from evidencebase.diagnostics import Location

FieldPath: TypeAlias = tuple[str | int, ...]
"""Where a value stands in a record: `("results", 0, "value")`."""

FieldValue: TypeAlias = (
    "str | int | float | bool | None | tuple[FieldValue, ...] | Mapping[str, FieldValue]"
)
"""A value as its author wrote it; `None` where they wrote `unknown`."""


@dataclass(frozen=True, slots=True)
class Document:
    """What a YAML text holds, and where each of its keys and list entries stands."""

    value: Any
    """Dictionaries, lists, text, numbers, truth values and None."""
    positions: Mapping[FieldPath, Location]


class RecordId(NamedTuple):
    type: str
    slug: str


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a record, or of an object inside one, as the schema describes it."""

    name: str
    title: str
    description: str = ""
    kind: str = "text"
    """text, prose, integer, number, boolean, date, uri, country, language, slug, file, choice, term, link, part,
    reference, list, object or mixed"""
    required: bool = False
    translatable: bool = False
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


@dataclass(frozen=True, slots=True)
class Term:
    """A controlled term of a vocabulary; texts by language."""

    id: str
    label: Mapping[str, str]
    description: Mapping[str, str] = field(default_factory=dict)
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    broader: str = ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    name: str
    title: Mapping[str, str]
    terms: Mapping[str, Term]
    source: str


class Mark(StrEnum):
    """What the scanner finds in prose."""

    LINK = "link"
    IMAGE = "image"
    HTML = "html"
    ATTRIBUTES = "attributes"
    HEADING = "heading"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of prose that means something: where it starts and ends, and what it says."""

    mark: Mark
    start: int
    end: int
    text: str = ""
    """Link text, image alt text, heading text, or the words of plain text."""
    target: str = ""
    """Link address or image file; the id of a heading."""
    target_start: int = 0
    """Where in the prose the target stands; for a reference-style link, where it is defined."""
    target_end: int = 0
    level: int = 0


@dataclass(frozen=True, slots=True)
class Prose:
    """The text below the front matter, and what the scanner found in it, in order."""

    text: str = ""
    spans: tuple[Span, ...] = ()
    first_line: int = 1
    """The line of the file on which the prose begins."""


@dataclass(frozen=True, slots=True)
class Record:
    id: RecordId
    source: str
    """Path of its file from the root of the knowledge base."""
    language: str
    fields: Mapping[str, FieldValue]
    prose: Prose
    positions: Mapping[FieldPath, Location]
    files: tuple[str, ...] = ()
    """Names of the files that lie beside it."""


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """One record naming another, in a field or in prose."""

    source: RecordId
    target: RecordId
    relation: str
    """Name of the field, or `mentions` for a link in prose."""
    part: str = ""
    """The id after `#`, where the link names a part of the target."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What `mkdocs.yml` says about the knowledge base."""

    site_name: str
    languages: tuple[str, ...] = ("en",)
    site_url: str = ""


@dataclass(frozen=True, slots=True)
class Strings:
    """The interface texts of one language."""

    language: str
    texts: Mapping[str, str | Mapping[str, str]]
    """By dotted key; a text that counts something is a mapping of CLDR plural forms."""


@dataclass(frozen=True, slots=True)
class KnowledgeBase:
    settings: Settings
    record_types: Mapping[str, RecordType]
    vocabularies: Mapping[str, Vocabulary]
    strings: Mapping[str, Strings]
    """By language."""
    templates: Mapping[str, str]
    """Source of each page template by name: `city/page.md.jinja`."""
    records: Mapping[RecordId, Record]
    links: tuple[Link, ...]
    backlinks: Mapping[RecordId, tuple[Link, ...]]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site in one language: everything is decided, nothing is left to look up."""

    path: str
    """Where it stands in the tree of its language: `cities/oakland/index.md`."""
    front_matter: Mapping[str, object]
    body: str
    """Markdown with every link resolved to a page of the same tree."""
    source: str = ""
    """The file a contributor edits, from the root of the knowledge base; empty for generated lists."""
    files: tuple[tuple[str, str], ...] = ()
    """Files shown on the page: path in the tree, and path from the root of the knowledge base."""
