"""The knowledge base as one value, and the pages made from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evidencebase.model.evidence import Citation, Claim, Reference, StrengthExample
from evidencebase.model.outlines import Outline
from evidencebase.model.parts import Part, Printed
from evidencebase.model.records import Link, Prose, Record, RecordId, Translation
from evidencebase.model.types import RecordType, Vocabulary

Shown = tuple[RecordId, str]
"""A record in a language that it has a text in."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What `mkdocs.yml` says about the knowledge base."""

    site_name: str
    languages: tuple[str, ...] = ("en",)
    site_url: str = ""
    """The address of the site's root; empty where nobody has said it."""
    copyright: str = ""
    """Who owns the text and under what licence others may use it, in one line."""
    quick_exit: str = "https://www.wikipedia.org/"
    """Where the way out of a page leads."""


@dataclass(frozen=True, slots=True)
class Strings:
    """The interface texts of one language."""

    language: str
    texts: Mapping[str, str | Mapping[str, str]]
    """By dotted key; a text that counts something is a mapping of CLDR plural forms."""


@dataclass(frozen=True, slots=True)
class KnowledgeBase:
    """All that is known. What is large is opened when it is looked at, and not before."""

    settings: Settings
    definitions: str
    """Digest of all that records are made of and shown with: types, vocabularies, interface texts, templates."""
    record_types: Mapping[str, RecordType]
    vocabularies: Mapping[str, Vocabulary]
    strings: Mapping[str, Strings]
    """By language."""
    templates: Mapping[str, str]
    """Source of each page template by name: `city/page.md.jinja`."""
    outlines: Mapping[RecordId, Outline]
    records: Mapping[RecordId, Record]
    """The originals, whole."""
    translations: Mapping[Shown, Translation]
    """By record and language, whole."""
    faces: Mapping[Shown, Record]
    """Records as readers of a language see them, without their prose; for the languages that they have a text in."""
    proses: Mapping[Shown, Prose]
    """The prose of the same."""
    synonyms: Mapping[str, Mapping[str, tuple[str, ...]]]
    """Language → what pages say → what people look for instead."""
    findings: Mapping[str, Mapping[str, str]]
    """Language → reference key → what the reference found, translated."""
    references: Mapping[str, Reference]
    claims: Mapping[tuple[RecordId, str], Claim]
    """The claims of the originals, by record and id."""
    cited: Mapping[str, tuple[Citation, ...]]
    """The uses of each reference, by its key."""
    examples: tuple[StrengthExample, ...]
    """Worked examples of the strength rule."""
    links: tuple[Link, ...]
    backlinks: Mapping[RecordId, tuple[Link, ...]]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site in one language: everything is decided, nothing is left to look up."""

    path: str
    """Where it stands in the tree of its language: `cities/riverton/index.md`."""
    front_matter: Mapping[str, object]
    body: str
    """Markdown with every link resolved to a page of the same tree."""
    source: str = ""
    """The file a contributor edits, from the root of the knowledge base; empty for generated lists."""
    files: tuple[tuple[str, str], ...] = ()
    """Files shown on the page: path in the tree, and path from the root of the knowledge base."""
    parts: tuple[Part, ...] = ()
    """What an assembled page says, in order; any other page is printed from its body."""
    printed: Printed | None = None
    """Nothing where the page is not printed."""
    paper: str = ""
    """The text for paper, where it has what stands on a page of its own on the screen; empty where the body serves."""
