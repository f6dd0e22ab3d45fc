"""Records, their prose, and the links between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from evidencebase.diagnostics import Location
from evidencebase.model.values import FieldPath, FieldValue


class RecordId(NamedTuple):
    type: str
    slug: str


class Mark(StrEnum):
    """What the scanner finds in prose."""

    LINK = "link"
    IMAGE = "image"
    HTML = "html"
    ATTRIBUTES = "attributes"
    HEADING = "heading"
    CITATION = "citation"
    CLAIM = "claim"
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


@dataclass(frozen=True, slots=True)
class Translation:
    """A record's text in another language, and the state of the original that it was made from."""

    record: RecordId
    language: str
    source: str
    fields: Mapping[str, FieldValue]
    """What is translated, in the shape of the original's fields; everything else is the original's."""
    prose: Prose
    translator: str = ""
    reviewer: str = ""
    """Empty where nobody but the translator has read it."""
    date: str = ""
    seen: Mapping[str, str] = field(default_factory=dict)
    """Part of the original → digest of what it said when the translation was made."""
    seen_changes: tuple[str, ...] = ()
    """Ids of the original's changes that the translation has taken in."""


@dataclass(frozen=True, slots=True)
class Drift:
    """How far a translation is behind its original."""

    parts: int
    """How many parts the original has: fields with text, and sections of its prose."""
    changed: tuple[str, ...]
    """The parts that say something else now, or are new."""
    unseen: tuple[str, ...]
    """Kinds of the changes that came after: editorial, substantive, safety."""
    missing: tuple[str, ...]
    """The parts that were never translated."""
    marked: bool
    """Whether anybody has said that the translation follows its original; until then it is only begun."""


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """One record naming another, in a field or in prose."""

    source: RecordId
    target: RecordId
    relation: str
    """Name of the field, or `mentions` for a link in prose."""
    part: str = ""
    """The id after `#`, where the link names a part of the target."""
