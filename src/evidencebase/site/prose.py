"""Turns an author's prose into the prose of a page: links resolved, raw HTML gone, glossary terms linked once."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from evidencebase.content.link import REFERENCE_FOLDER, resolve
from evidencebase.model import Mark, Prose, Record, RecordId, Span
from evidencebase.site.addresses import facet_page, index_of, markdown_path, page_of, reference_page, url
from evidencebase.site.edition import Edition, glossary_words
from evidencebase.site.place import Place, cite
from evidencebase.text.markdown_syntax import is_plain, to_html
from evidencebase.text.sanitise import clean
from evidencebase.text.scanner import cited, only_classes_and_ids, scan
from evidencebase.text.strings import apart
from evidencebase.text.templates import plain

JOINER = "&#8288;"
"""A word joiner: nobody sees it, and what stands on either side stays apart for Markdown."""
_UNFINISHED = re.compile(r"<(?=[A-Za-z/!?]|\Z)|\{|(?<=\])[(:]")
Edit = tuple[int, int, str]
Way = Callable[[str, str, str], str]
"""How a page names another: here, there, anchor → address."""


def page_prose(place: Place, show_claim: Callable[[Place, str], str]) -> str:
    """Return the body of a record as Markdown for its page; glossary terms are linked where they first occur.

    `show_claim` gives the HTML for a claim that the prose asks for.
    """
    prose = place.edition.proses[place.record.id]
    edits = [*_edits(place, prose, markdown_path)]
    edits += _glossary_links(place, prose)
    for span in prose.spans:
        if span.mark is Mark.CLAIM:
            edits.append((span.start, span.end, show_claim(place, span.target)))
    return _applied(prose.text, edits)


def field_prose(place: Place, text: str) -> str:
    """Return a prose field as HTML."""
    if is_plain(text) and "@" not in text:
        return f"<p>{text}</p>"
    return clean(to_html(_applied(text, [*_edits(place, scan(text), url)])))


def _applied(text: str, edits: list[Edit]) -> str:
    pieces, position = [], 0
    for start, end, replacement in sorted(set(edits)):
        if start >= position:
            pieces += [text[position:start], replacement]
            position = end
    return "".join([*pieces, text[position:]])


def _edits(place: Place, prose: Prose, way: Way) -> Iterator[Edit]:
    for span in prose.spans:
        if span.mark is Mark.HTML:
            yield span.start, span.end, _gap(prose.text, span)
        elif span.mark is Mark.TEXT:
            yield from _neutral(prose.text, span)
        elif span.mark is Mark.ATTRIBUTES:
            if not only_classes_and_ids(span.text):
                gap = _gap(prose.text, span)
                yield span.start, span.end, gap if "=" in span.text else span.text.replace("{", "&#123;")
        elif span.mark is Mark.HEADING:
            yield from _heading(prose.text, span)
        elif span.mark is Mark.LINK:
            yield from _link(place, span, way)
        elif span.mark is Mark.CITATION:
            after_bracket = prose.text[max(span.start - 1, 0) : span.start] == "]"
            yield span.start, span.end, f"{JOINER if after_bracket else ''}{_citation(place, span)}"
        elif span.mark is Mark.IMAGE and (urlsplit(span.target).scheme or span.target.startswith("/")):
            yield span.start, span.end, plain(span.text)


def _neutral(text: str, span: Span) -> Iterator[Edit]:
    """Yield edits for what a tag, an attribute list or a link that the scanner did not see could become."""
    for match in _UNFINISHED.finditer(text[span.start : span.end]):
        start = span.start + match.start()
        yield start, start + 1, f"&#{ord(match[0])};"


def _gap(text: str, span: Span) -> str:
    """Return what stays where something is taken out: its neighbours must not become something new together."""
    before, after = text[max(span.start - 1, 0) : span.start], text[span.end : span.end + 1]
    return JOINER if before.strip() and after.strip() else ""


def _heading(text: str, span: Span) -> Iterator[Edit]:
    """Yield the heading with its id, one level down where it is of the first: the title of the page has that level."""
    line, *underline = text[span.start : span.end].split("\n")
    words = line.rstrip(" ")
    if words.endswith("}") and "{" in words:
        words = words[: words.rindex("{")].rstrip(" ")
    words = words.rstrip("#").rstrip(" ")
    yield span.start + len(words), span.start + len(line), f" {{ #{span.target} }}"
    if span.level == 1 and underline:
        yield span.start + len(line) + 1, span.end, "--"
    elif span.level == 1:
        yield span.start, span.start + 1, "##"


def _link(place: Place, span: Span, way: Way) -> Iterator[Edit]:
    target = resolve(place.record.source, span.target, place.edition.places)
    if target is None:
        return
    there = destination(place.edition, target, urlsplit(span.target).fragment)
    if there is not None:
        yield span.target_start, span.target_end, way(place.page, *there)
    elif span.text and not _is_beside(place.record, target):
        # A page that is not published yet: the words stay, the link goes.
        yield span.start, span.start + 1, ""
        yield span.start + 1 + len(span.text), span.end, ""


def _is_beside(record: Record, target: RecordId | str) -> bool:
    """Tell whether a link leads to a file in the record's own folder, which lies beside its page as well."""
    folder = f"{posixpath.dirname(record.source)}/"
    return isinstance(target, str) and target.startswith(folder) and target.removeprefix(folder) in record.files


def _citation(place: Place, span: Span) -> str:
    if not span.text.startswith("["):
        return cite(place, cited(span)[0], in_text=True)
    citations = [cite(place, one, in_text=False) for one in cited(span)]
    return f"({apart(place.edition.strings, citations)})"


def destination(edition: Edition, target: RecordId | str, anchor: str) -> tuple[str, str] | None:
    """Return page and anchor for what a link names, or None where this edition has no such page."""
    types = edition.base.record_types
    if target == REFERENCE_FOLDER:
        return reference_page(""), anchor
    if isinstance(target, RecordId):
        return (page_of(target, types[target.type]), anchor) if target in edition.names else None
    if target in edition.places.folders:
        named = types[edition.places.folders[target]]
        # A type without records has no list to lead to.
        return (index_of(named), anchor) if named.name in edition.order else None
    if target in edition.places.vocabularies and (name := edition.places.vocabularies[target].name) in edition.facets:
        return facet_page(name, anchor), ""
    return None


def _glossary_links(place: Place, prose: Prose) -> Iterator[Edit]:
    """Yield a link for the first occurrence of each glossary term, outside headings and links."""
    closed = [
        (span.start, span.end) for span in prose.spans if span.mark in (Mark.HEADING, Mark.LINK, Mark.IMAGE, Mark.CLAIM)
    ]
    glossary, seen = place.edition.glossary, {place.record.id}
    if not glossary:
        return
    words = glossary_words(tuple(glossary))
    for span in prose.spans:
        if span.mark is not Mark.TEXT:
            continue
        for match in words.finditer(prose.text, span.start, span.end):
            term = glossary[match[0].casefold()]
            inside = any(start <= match.start() < end for start, end in closed)
            if term in seen or inside or "\n" in match[0]:
                continue
            seen.add(term)
            there = page_of(term, place.edition.base.record_types[term.type])
            yield match.start(), match.end(), f"[{match[0]}]({markdown_path(place.page, there)}){{ .eb-term }}"
