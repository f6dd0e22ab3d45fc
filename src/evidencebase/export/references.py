"""References as other programs read them: CSL-JSON, BibTeX, RIS, and rows of a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from evidencebase.export.records import UNKNOWN
from evidencebase.model import Name, Reference
from evidencebase.text.csl import csl_item

RIS_TYPES = {
    "article": "JOUR", "book": "BOOK", "booklet": "PAMP", "inbook": "CHAP", "incollection": "CHAP",
    "inproceedings": "CPAPER", "mastersthesis": "THES",
    "online": "ELEC", "phdthesis": "THES", "proceedings": "CONF", "techreport": "RPRT",
    "unpublished": "UNPB",
}  # fmt: skip
"""RIS has no official list left; these are the types that Zotero, EndNote and Mendeley share."""
RIS_TAGS = {
    "title": "TI", "journal": "T2", "booktitle": "T2", "series": "T3", "year": "PY", "volume": "VL", "number": "IS",
    "edition": "ET", "publisher": "PB", "institution": "PB", "school": "PB", "organization": "PB", "howpublished": "PB",
    "address": "CY", "type": "M3", "isbn": "SN", "issn": "SN", "doi": "DO", "url": "UR",
}  # fmt: skip
OWN_NOTES = ("design_in_words", "place", "cities", "direction_note", "confirmed", "retracted")
COLUMNS = (
    "key", "type", "authors", "more_authors", "editors", "year", "month", "title", "journal", "booktitle", "series",
    "volume", "number", "pages", "publisher", "institution", "howpublished", "address", "note", "doi", "url", "isbn",
    "issn", "language", "topic", "design", "design_in_words", "countries", "place", "cities", "direction",
    "direction_note", "finding", "audited", "confirmed", "retracted",
)  # fmt: skip


def csl_object(reference: Reference) -> Mapping[str, Any]:
    """Return an item of CSL-JSON; what we say about the study stands under `custom`, where the format allows it."""
    custom: dict[str, Any] = {
        "topic": reference.topic,
        "design": reference.design or UNKNOWN,
        "countries": list(reference.countries),
        "direction": reference.direction or UNKNOWN,
        "finding": reference.finding or UNKNOWN,
        "audited": reference.audited or "not_audited",
        **{name: reference.notes[name] for name in OWN_NOTES if name in reference.notes},
    }
    if reference.more_authors:
        custom["more_authors"] = True
    return {**csl_item(reference), "custom": custom}


def bibtex_bytes(references: Iterable[Reference]) -> bytes:
    """Return the entries as their files have them, with our own fields."""
    return "\n".join(reference.bibtex for reference in references).encode("utf-8")


def ris_bytes(references: Iterable[Reference]) -> bytes:
    return "".join(_ris(reference) for reference in references).encode("utf-8")


def table_row(reference: Reference) -> Mapping[str, Any]:
    return {
        **reference.fields,
        **reference.notes,
        "key": reference.key,
        "type": reference.kind,
        "authors": [_shown(name) for name in reference.authors],
        "more_authors": reference.more_authors,
        "editors": [_shown(name) for name in reference.editors],
        "topic": reference.topic,
        "design": reference.design or UNKNOWN,
        "countries": reference.countries or UNKNOWN,
        "direction": reference.direction or UNKNOWN,
        "finding": reference.finding or UNKNOWN,
        "audited": reference.audited or "not_audited",
    }


def _ris(reference: Reference) -> str:
    lines = [("TY", RIS_TYPES.get(reference.kind, "GEN")), ("ID", reference.key)]
    lines += [("AU", _shown(name)) for name in reference.authors]
    lines += [("ED", _shown(name)) for name in reference.editors]
    lines += [(tag, reference.fields[name]) for name, tag in RIS_TAGS.items() if name in reference.fields]
    first, _, last = reference.fields.get("pages", "").partition("–")
    lines += [(tag, page) for tag, page in (("SP", first), ("EP", last)) if page]
    if language := reference.notes.get("language"):
        lines.append(("LA", language))
    if retracted := reference.notes.get("retracted"):
        lines.append(("N1", f"Retracted on {retracted}"))
    # A line break inside a value would begin a new field.
    text = "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in lines)
    return f"{text}ER  - \r\n\r\n"


def _shown(name: Name) -> str:
    """Return the name with the family first: `de la Cruz, Ana, Jr.`"""
    family = f"{name.particle} {name.family}".strip()
    return ", ".join(part for part in (family, name.given, name.suffix) if part)
