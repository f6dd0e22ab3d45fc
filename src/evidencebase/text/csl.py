"""Formats references by a CSL style in the reader's language; the only door to citeproc-py."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

from evidencebase.model import Name, Reference
from evidencebase.text.locales import direction

STYLE = Path(__file__).parent.parent / "csl" / "author-date.csl"
LOCALES = {"en": "en-GB", "es": "es-ES", "fr": "fr-FR", "pt": "pt-PT", "de": "de-DE"}
"""CSL's name for a language; a language that is not here has the same name there."""
TYPES = {
    "article": "article-journal", "book": "book", "incollection": "chapter", "inbook": "chapter",
    "inproceedings": "chapter", "mastersthesis": "thesis", "phdthesis": "thesis", "online": "webpage",
    "techreport": "report",
}  # fmt: skip
VARIABLES = {
    "title": "title", "journal": "container-title", "booktitle": "container-title",
    "volume": "volume", "number": "issue", "pages": "page", "publisher": "publisher", "institution": "publisher",
    "school": "publisher", "organization": "publisher", "howpublished": "publisher", "address": "publisher-place",
    "series": "collection-title",
    "type": "genre", "edition": "edition", "doi": "DOI", "url": "URL", "isbn": "ISBN", "issn": "ISSN", "note": "note",
}  # fmt: skip
"""CSL's name for each BibTeX field: https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables"""


@dataclass(frozen=True, slots=True)
class Formatted:
    """A reference in one language, as HTML."""

    short: str
    """Who, as a citation names them: `Braga <i>et al.</i>`."""
    year: str
    names: str
    rest: str
    """The work: title, where it appeared, who published it."""


def csl_item(reference: Reference) -> Mapping[str, Any]:
    """Return the reference as an item of CSL-JSON."""
    item: dict[str, Any] = {"id": reference.key, "type": TYPES.get(reference.kind, "document")}
    for name, variable in VARIABLES.items():
        if name in reference.fields:
            item.setdefault(variable, reference.fields[name])
    if reference.kind == "techreport" and "issue" in item:
        item["number"] = item["issue"]
    if reference.authors:
        item["author"] = [_name(name) for name in reference.authors]
    if reference.editors:
        item["editor"] = [_name(name) for name in reference.editors]
    if year := reference.fields.get("year"):
        item["issued"] = {"date-parts": [[int(year)]]}
    if language := reference.notes.get("language"):
        item["language"] = language
    return item


def title_language(reference: Reference, language: str) -> str:
    """Return the language of the title, where the entry says that it is not the reader's; otherwise nothing."""
    own = reference.notes.get("language", "")
    return own if own != language else ""


def formatted(reference: Reference, language: str) -> Formatted:
    """Return the reference as the reader's language writes it: "et al.", "n.d.", "eds." and quotation marks."""
    item = _guarded(dict(csl_item(reference)))
    if not reference.authors and not reference.editors:
        item["title-short"] = _first_words(item.get("title", reference.key))
    known = list(item.get("author", ()))
    if reference.more_authors and known:
        # More authors than the style names in a citation: it writes the language's own "et al.".
        item["author"] = [*known, *({"family": "others"} for _ in range(3))]
        short, year, _, _ = _written(item, language)
        item["author"] = known
        _, _, names, rest = _written(item, language)
        several = short.removeprefix(_written({**item, "author": known[:1]}, language)[0]).strip()
        names = f"{names.rstrip('.')}. {several}" if names.endswith(".") else f"{names} {several}"
    else:
        short, year, names, rest = _written(item, language)
    own = title_language(reference, language)
    if own:
        title = _escaped(item.get("title", ""))
        rest, names = (_marked(text, title, own) for text in (rest, names))
    return Formatted(short, year, names, rest)


def _marked(text: str, title: str, language: str) -> str:
    """Return the text with the title in its own language, for screen readers, hyphenation and the way of writing."""
    if not title or title not in text:
        return text
    return text.replace(title, f'<span lang="{language}" dir="{direction(language)}">{title}</span>', 1)


def _written(item: Mapping[str, Any], language: str) -> tuple[str, str, str, str]:
    """Return short names, year, full names and the work, as the style writes them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of variables it does not know, which the style does not use
        bibliography = CitationStylesBibliography(_style(language), CiteProcJSON([item]), formatter.html)
        citation = Citation([CitationItem(item["id"])])
        bibliography.register(citation)
        short, _, year = str(bibliography.cite(citation, lambda _: None)).rpartition("|")
        names, _, rest = str(bibliography.bibliography()[0]).partition("|")
    return _escaped(short.strip()), _escaped(year), _escaped(names), _escaped(rest)


GUARDS = {"&": "\ue000", "<": "\ue001", ">": "\ue002"}
"""citeproc-py escapes nothing; these stand for what HTML would read, until it has done its work."""


_GUARDED = {ord(sign): guard for sign, guard in GUARDS.items()}
_READABLE = {ord(guard): escape(sign) for sign, guard in GUARDS.items()}


def _guarded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _guarded(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_guarded(inner) for inner in value]
    return value.translate(_GUARDED) if isinstance(value, str) else value


def _escaped(text: str) -> str:
    return text.translate(_READABLE)


def _first_words(title: str) -> str:
    words = title.split()
    return title if len(words) <= 6 else f"{' '.join(words[:5])} …"


@cache
def _style(language: str) -> CitationStylesStyle:
    return CitationStylesStyle(str(STYLE), locale=LOCALES.get(language, language), validate=False)


def _name(name: Name) -> Mapping[str, str]:
    if not name.given:
        return {"literal": f"{name.particle} {name.family}".strip()}
    parts = {"family": name.family, "given": name.given, "suffix": name.suffix}
    if name.particle:
        parts["non-dropping-particle"] = name.particle
    return {part: text for part, text in parts.items() if text}
