"""What is known of a record without opening it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evidencebase.model.evidence import Citation
from evidencebase.model.records import Drift, Link, RecordId


@dataclass(frozen=True, slots=True)
class Face:
    """A record in one of the languages that it has a text in, as other records and lists see it."""

    title: str
    names: tuple[str, ...]
    """What the glossary links to it, beside its title."""
    avoided: tuple[str, ...]
    """Words that the glossary asks writers to replace by it."""
    fields: str
    """Digest of its fields, as its readers get them: a new title of the original is nothing to a translation."""
    prose: str
    """Digest of its prose, the original's and the translated one."""
    source: str
    """The file of the text."""
    reviewer: str = ""
    """Empty where nobody but the translator has read the translation."""
    drift: Drift | None = None
    """How far the translation is behind; None for the original."""


@dataclass(frozen=True, slots=True)
class Outline:
    """What the rest of the knowledge base may know of a record without opening it."""

    id: RecordId
    source: str
    language: str
    content: str
    """Digest of all that it was made from: its file, its translations, and what they were read by."""
    status: str
    date: str
    """The date by which its list is ordered; empty where the list is not."""
    last_reviewed: str
    countries: tuple[str, ...]
    """The countries that its fields name as its own."""
    terms: Mapping[str, tuple[str, ...]]
    """The terms that its fields name, by vocabulary."""
    files: tuple[str, ...]
    anchors: frozenset[str] | None
    """Ids of its headings and parts; None where its fields cannot be read: then nothing in it has a place."""
    links: tuple[Link, ...]
    """To what its fields name, whether that exists or not."""
    mentions: tuple[str, ...]
    """The paths its prose leads to, from the root of the knowledge base."""
    citations: tuple[Citation, ...]
    claims: tuple[str, ...]
    """Ids of its claims."""
    former: tuple[str, ...]
    """Names it had before."""
    faces: Mapping[str, Face]
    """By language; readers of any other language see the original."""

    def face(self, language: str) -> Face:
        """Return what readers of a language see."""
        return self.faces.get(language) or self.faces[self.language]
