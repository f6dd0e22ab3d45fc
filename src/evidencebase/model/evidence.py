"""References, the claims that rest on them, and every use of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evidencebase.diagnostics import Location
from evidencebase.model.records import RecordId


@dataclass(frozen=True, slots=True)
class Name:
    """An author or editor; an organisation has only a family name, as BibTeX keeps it in braces."""

    family: str
    given: str = ""
    particle: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """An entry of the bibliography, as text: LaTeX is gone, what the file does not say is empty."""

    key: str
    kind: str
    """The BibTeX type: article, techreport …"""
    location: Location
    fields: Mapping[str, str]
    """Bibliographic fields by their BibTeX name: title, journal, year, doi …"""
    authors: tuple[Name, ...]
    editors: tuple[Name, ...]
    more_authors: bool
    """The entry says "and others": there are authors nobody could name."""
    topic: str
    """Name of the file it stands in."""
    countries: tuple[str, ...]
    """ISO 3166-1 codes and groups of vocabularies/country_groups.yml."""
    direction: str
    design: str
    finding: str
    audited: str
    """agrees, corrected or partly_unconfirmed, where somebody took a second look"""
    notes: Mapping[str, str]
    """Our other fields: design_in_words, place, cities, language, direction_note, confirmed, retracted."""
    bibtex: str
    """The entry as its file has it."""


@dataclass(frozen=True, slots=True)
class ClaimSource:
    """A reference as a claim uses it."""

    reference: str
    direction: str
    """What it found for this outcome: its own direction, or the reference's as a whole."""
    locator: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The highest strength that the rule allows a claim, and how it got there."""

    strength: str
    before_challenge: str
    counts: Mapping[str, int]
    """Supporting references by design."""
    countries: tuple[str, ...]
    several_countries: bool
    contested: bool


@dataclass(frozen=True, slots=True)
class Claim:
    record: RecordId
    id: str
    kind: str
    statement: str
    outcome: str
    direction: str
    strength: str
    """Empty for the kinds that have none."""
    reasons: tuple[str, ...]
    supports: tuple[ClaimSource, ...]
    challenges: tuple[ClaimSource, ...]
    searched_for_challenge: str
    qualifier: str
    last_checked: str
    ceiling: Ceiling


@dataclass(frozen=True, slots=True, order=True)
class Citation:
    """A record using a reference: in prose, in a field, or for or against a claim."""

    record: RecordId
    reference: str
    role: str
    """supports, challenges, field or prose"""
    claim: str = ""


@dataclass(frozen=True, slots=True)
class StrengthExample:
    """A worked example of the strength rule: designs with their country, and what the rule makes of them."""

    supports: tuple[tuple[str, str], ...]
    challenges: tuple[tuple[str, str], ...]
    ceiling: Ceiling
