"""Reads references from BibTeX files; the only door to pybtex and its LaTeX decoder."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import latexcodec  # noqa: F401 - registers the codec `ulatex`
from pybtex import errors
from pybtex.database import BibliographyData, Entry, Person
from pybtex.database.input.bibtex import Parser
from pybtex.exceptions import PybtexError

from evidencebase.diagnostics import Code, Diagnostic, Location
from evidencebase.model import Name, Reference
from evidencebase.text.locales import is_country, is_language
from evidencebase.text.messages import nearest

DESIGNS = (
    "systematic_review", "randomised_trial", "quasi_experiment", "before_after", "descriptive", "qualitative",
    "administrative_data", "statistics", "guideline", "rating_scheme", "policy",
)  # fmt: skip
DIRECTIONS = ("reduced", "no_effect", "increased", "mixed", "not_applicable", "not_confirmed")
AUDITS = ("agrees", "corrected", "partly_unconfirmed")
BIBLIOGRAPHIC = frozenset({
    "title", "journal", "booktitle", "year", "month", "volume", "number", "pages", "publisher", "address",
    "institution", "school", "organization", "series", "edition", "chapter", "type", "howpublished", "note", "doi",
    "url", "isbn", "issn",
})  # fmt: skip
OWN = frozenset({
    "design", "design_in_words", "country", "place", "cities", "language", "direction", "direction_note", "finding",
    "confirmed", "audited", "retracted",
})  # fmt: skip
TYPES = frozenset({
    "article", "book", "booklet", "inbook", "incollection", "inproceedings", "manual", "mastersthesis", "misc",
    "online", "phdthesis", "proceedings", "techreport", "unpublished",
})  # fmt: skip
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_.:-]*")
_ENTRY = re.compile(r"^@(?P<type>\w+)\s*\{\s*(?P<key>[^,\s}]+)", re.MULTILINE)
_FIELD = re.compile(r"^\s*(?P<name>[A-Za-z][\w-]*)\s*=", re.MULTILINE)


class _Place(NamedTuple):
    """Where an entry and its fields stand."""

    location: Location
    fields: Mapping[str, Location]
    text: str


def references(text: str, path: str, groups: frozenset[str]) -> tuple[tuple[Reference, ...], tuple[Diagnostic, ...]]:
    """Return the entries of a file and what is wrong with them.

    `groups` are the names that may stand in place of a country.
    """
    places, found = _places(text, path)
    with errors.capture() as problems:
        try:
            data = Parser().parse_string(_percent_escaped(text))
        except PybtexError as error:
            problems.append(error)
            data = BibliographyData()
    found += [fault for error in problems if (fault := _syntax_fault(error, path))]
    entries = []
    for key, entry in data.entries.items():
        place = places.get(key)
        if place is None:
            continue
        found.extend(_faults(entry, place, groups))
        entries.append(_reference(key, entry, place, path))
    return tuple(entries), tuple(found)


def _places(text: str, path: str) -> tuple[dict[str, _Place], list[Diagnostic]]:
    places: dict[str, _Place] = {}
    found = []
    starts = list(_ENTRY.finditer(text))
    for number, start in enumerate(starts):
        key, end = start["key"], starts[number + 1].start() if number + 1 < len(starts) else len(text)
        location = Location(path, text.count("\n", 0, start.start()) + 1, start.start("key") - start.start() + 1)
        if start["type"].lower() in ("comment", "string", "preamble"):
            continue
        if not _KEY.fullmatch(key):
            hint = "begin it with a letter, then letters, digits, hyphens, dots and colons: BragaWeisburd2018"
            found.append(Diagnostic(location, Code.INVALID_VALUE, f"'{key}' cannot be the key of a reference", hint))
            continue
        if key in places:
            message = f"the key '{key}' is used twice; it stands on line {places[key].location.line} already"
            found.append(Diagnostic(location, Code.DUPLICATE_ID, message, "keep one of the two entries"))
            continue
        fields: dict[str, Location] = {}
        for field in _FIELD.finditer(text, start.end(), end):
            column = field.start("name") - text.rfind("\n", 0, field.start("name"))
            where = Location(path, text.count("\n", 0, field.start("name")) + 1, column)
            name = field["name"].lower()
            if name in fields:
                message = f"'{name}' is written twice; it stands on line {fields[name].line} already"
                found.append(Diagnostic(where, Code.DUPLICATE_KEY, message, "keep one of the two"))
            fields.setdefault(name, where)
        places[key] = _Place(location, fields, text[start.start() : end].split("\n\n", maxsplit=1)[0].rstrip() + "\n")
    return places, found


def _percent_escaped(text: str) -> str:
    """Return the text with every bare `%` escaped: LaTeX would take the rest of the line for a comment."""
    return re.sub(r"(?<!\\)%", r"\\%", text)


def _syntax_fault(error: Exception, path: str) -> Diagnostic | None:
    message = str(error)
    if "repeated" in message or "duplicate" in message:
        return None  # reported already, at its line
    line = getattr(error, "lineno", None) or 1
    hint = "each field is `name = {text},`, and each entry ends with a `}` on a line of its own"
    return Diagnostic(Location(path, line), Code.BIBTEX_SYNTAX, f"the entry cannot be read: {message}", hint)


def _reference(key: str, entry: Entry, place: _Place, path: str) -> Reference:
    fields = {name.lower(): _plain(value) for name, value in entry.fields.items()}
    people = {role.lower(): list(persons) for role, persons in entry.persons.items()}
    authors = [_name(person) for person in people.get("author", ()) if not _is_others(person)]
    return Reference(
        key=key,
        kind=entry.type.lower(),
        location=place.location,
        fields={name: value for name, value in fields.items() if name in BIBLIOGRAPHIC},
        authors=tuple(authors),
        editors=tuple(_name(person) for person in people.get("editor", ()) if not _is_others(person)),
        more_authors=len(authors) < len(people.get("author", ())),
        topic=path.rpartition("/")[2].removesuffix(".bib"),
        countries=_split(fields.get("country", "")),
        direction=fields.get("direction", ""),
        design=fields.get("design", ""),
        finding=fields.get("finding", ""),
        audited=fields.get("audited", "").split(" ")[0],
        notes={name: fields[name] for name in sorted(OWN & fields.keys())},
        bibtex=place.text,
    )


def _name(person: Person) -> Name:
    particle, family = " ".join(person.prelast_names), " ".join(person.last_names)
    if particle[:1].isupper():
        # BibTeX takes "Szabó de" of "Szabó de Carvalho" for a particle; it is the first of two family names.
        particle, family = "", f"{particle} {family}"
    return Name(
        family=_plain(family),
        given=_plain(" ".join([*person.first_names, *person.middle_names])),
        particle=_plain(particle),
        suffix=_plain(" ".join(person.lineage_names)),
    )


def _is_others(person: Person) -> bool:
    return [*person.first_names, *person.last_names] == ["others"]


def _plain(value: str) -> str:
    """Return LaTeX as text: accents composed, dashes as characters, braces gone."""
    # The codec knows the sign only with a space behind it, and would keep the space.
    text = re.sub(r"\\textquestiondown(\{\}|\s*)", "¿", value)
    if "\\" in text:
        text = codecs.getdecoder("ulatex")(text)[0]  # type: ignore[arg-type]
    text = text.replace("{", "").replace("}", "").replace("---", "—").replace("--", "–").replace("~", "\u00a0")
    text = text.replace("``", "“").replace("''", "”").replace("`", "‘")
    return " ".join(unicodedata.normalize("NFC", text).split())


def _split(value: str) -> tuple[str, ...]:
    return tuple(part for part in (piece.strip() for piece in value.split(",")) if part)


def _faults(entry: Entry, place: _Place, groups: frozenset[str]) -> Iterator[Diagnostic]:
    fields = {name.lower(): _plain(value) for name, value in entry.fields.items()}

    def fault(name: str, code: Code, message: str, hint: str = "") -> Diagnostic:
        return Diagnostic(place.fields.get(name, place.location), code, message, hint)

    if entry.type.lower() not in TYPES:
        hint = nearest(entry.type, TYPES) or f"types are {', '.join(sorted(TYPES))}"
        yield fault("", Code.INVALID_VALUE, f"'@{entry.type}' is no type of reference", hint)
    if not fields.get("title"):
        yield fault("", Code.MISSING_FIELD, "'title' is missing", "write `title = {…},`")
    for name in sorted(fields.keys() - BIBLIOGRAPHIC - OWN):
        hint = nearest(name, BIBLIOGRAPHIC | OWN) or f"fields are {', '.join(sorted(BIBLIOGRAPHIC | OWN))}"
        yield fault(name, Code.UNKNOWN_FIELD, f"'{name}' is not a field of a reference", hint)
    for name, options in (("design", DESIGNS), ("direction", DIRECTIONS)):
        if name in fields and fields[name] not in options:
            hint = nearest(fields[name], options) or f"one of: {', '.join(options)}"
            yield fault(name, Code.UNKNOWN_TERM, f"'{name}' cannot be '{fields[name]}'", hint)
    yield from _countries(fields, place, groups)
    for name, is_right, hint in CHECKS:
        if name in fields and not is_right(fields[name]):
            yield fault(name, Code.INVALID_VALUE, f"'{name}' cannot be '{fields[name][:60]}'", hint)


def _countries(fields: Mapping[str, str], place: _Place, groups: frozenset[str]) -> Iterator[Diagnostic]:
    for country in _split(fields.get("country", "")):
        if not is_country(country) and country not in groups:
            hint = nearest(country, groups) or "write the two capital letters of ISO 3166-1: CO for Colombia"
            where = place.fields.get("country", place.location)
            message = f"'{country}' is no country and no group of countries"
            yield Diagnostic(where, Code.UNKNOWN_TERM, message, hint)


CHECKS = (
    ("year", re.compile(r"(1[5-9]|20)\d\d").fullmatch, "write the four digits of the year, or leave the field out"),
    ("doi", re.compile(r"10\.\d{4,9}/\S+").fullmatch, "write the DOI without an address: 10.1111/1745-9133.12353"),
    ("url", re.compile(r"https?://\S+").fullmatch, "write the whole address, beginning with https://"),
    ("language", is_language, "write a language code: en, es, fr, ar"),
    ("retracted", re.compile(r"\d{4}-\d\d-\d\d").fullmatch, "write the day of the retraction: 2024-09-21"),
    ("audited", re.compile(rf"({'|'.join(AUDITS)}) \d{{4}}-\d\d-\d\d").fullmatch,
     f"write one of {', '.join(AUDITS)} and the day: corrected 2026-11-22"),
)  # fmt: skip
