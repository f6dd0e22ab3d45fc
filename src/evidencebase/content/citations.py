"""Finds every use of a reference and reports the ones that lead nowhere."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from evidencebase.diagnostics import Code, Diagnostic, Location
from evidencebase.fields import location_of, values_of
from evidencebase.model import Citation, Document, FieldPath, Mark, Prose, Record, RecordType, Reference, Span
from evidencebase.text.messages import nearest
from evidencebase.text.scanner import cited, line_and_column, scan

_FIGURE = re.compile(
    r"(?<![\w.,-])\d[\d.,  ]{0,20}(?:%|\s?(?:per ?cent|percent|times|percentage))|(?<![\w.,/-])\d+(?:[.,]\d+)+(?![\w-])"
)
_SENTENCE_END = re.compile(r"[.!?](?:\s|$)|\n\n")
LONGEST_SENTENCE = 2_000
ROLES = {"supports": "supports", "challenges": "challenges"}


def citations(record: Record, record_type: RecordType) -> Iterator[Citation]:
    """Yield every use of a reference by the record."""
    for place, _, key in _in_fields(record.fields, record_type):
        role = next((ROLES[step] for step in place if step in ROLES), "field")
        claim = ""
        if len(place) > 1 and place[0] == "claims" and isinstance(place[1], int):
            claims = record.fields.get("claims")
            entry = claims[place[1]] if isinstance(claims, tuple) else None
            claim = str(entry.get("id", "")) if isinstance(entry, Mapping) else ""
        yield Citation(record.id, key, role, claim)
    for prose in (record.prose, *(scan(text) for _, text in _prose_fields(record, record_type))):
        for span in prose.spans:
            if span.mark is Mark.CITATION:
                yield from (Citation(record.id, one.key, "prose") for one in cited(span))


def check_citations(
    record: Record, document: Document, record_type: RecordType, references: Mapping[str, Reference]
) -> Iterator[Diagnostic]:
    """Yield citations without a reference, of retracted references, and figures that nothing vouches for."""
    for place, _, key in _in_fields(record.fields, record_type):
        yield from _unknown(key, location_of(document, place, record.source), references)
    for place, text in _prose_fields(record, record_type):
        where = location_of(document, place, record.source)
        for span in scan(text).spans:
            if span.mark is Mark.CITATION:
                for one in cited(span):
                    yield from _unknown(one.key, where, references)
                    yield from _retracted(one.key, where, references)
    for span in record.prose.spans:
        if span.mark is Mark.CITATION:
            for one in cited(span):
                where = Location(record.source, *line_and_column(record.prose, one.start))
                yield from _unknown(one.key, where, references)
                yield from _retracted(one.key, where, references)
    if "claims" in record_type.fields and "bottom_line" in record_type.fields:
        yield from _bare_figures(record)


def uncited(references: Iterable[Reference], used: Collection[str]) -> Iterator[Diagnostic]:
    """Yield the references that nothing cites."""
    for reference in references:
        if reference.key not in used:
            hint = "cite it where it matters, or take it out"
            yield Diagnostic(reference.location, Code.UNCITED_REFERENCE, f"nothing cites '{reference.key}'", hint)


def _in_fields(fields: Mapping[str, object], record_type: RecordType) -> Iterator[tuple[FieldPath, str, str]]:
    for place, field, value in values_of(fields, record_type):
        if field.kind == "reference" and isinstance(value, str):
            yield place, field.name, value


def _prose_fields(record: Record, record_type: RecordType) -> Iterator[tuple[FieldPath, str]]:
    for place, field, value in values_of(record.fields, record_type):
        if field.kind == "prose" and isinstance(value, str) and "@" in value:
            yield place, value


def _unknown(key: str, where: Location, references: Mapping[str, Reference]) -> Iterator[Diagnostic]:
    if key not in references:
        hint = nearest(key, references) or "add it to a file in references/"
        yield Diagnostic(where, Code.UNKNOWN_REFERENCE, f"no reference '{key}'", hint)


def _retracted(key: str, where: Location, references: Mapping[str, Reference]) -> Iterator[Diagnostic]:
    if key in references and (day := references[key].notes.get("retracted")):
        hint = "do not rest anything on it; a claim may name it under `challenges`, with a note"
        yield Diagnostic(where, Code.RETRACTED_REFERENCE, f"'{key}' was retracted on {day}", hint)


def _bare_figures(record: Record) -> Iterator[Diagnostic]:
    """Yield figures in a sentence that cites nothing, outside claims, quotations, headings and dates."""
    prose = record.prose
    closed = [span for span in prose.spans if span.mark in (Mark.CLAIM, Mark.HEADING, Mark.LINK)]
    quotations = [match.span() for match in re.finditer(r"^>.*$", prose.text, re.MULTILINE)]
    citing = [span.start for span in prose.spans if span.mark is Mark.CITATION]
    for span in _plain_spans(prose):
        for figure in _FIGURE.finditer(prose.text, span.start, span.end):
            start = figure.start()
            inside = any(c.start <= start < c.end for c in closed) or any(a <= start < b for a, b in quotations)
            sentence = _sentence_around(prose.text, start)
            if not inside and not any(sentence[0] <= cite < sentence[1] for cite in citing):
                where = Location(record.source, *line_and_column(prose, start))
                hint = "cite its source in the same sentence, or move it into a claim"
                message = f"nothing vouches for '{figure[0].strip()}'"
                yield Diagnostic(where, Code.FIGURE_WITHOUT_SOURCE, message, hint)


def _plain_spans(prose: Prose) -> Iterator[Span]:
    return (span for span in prose.spans if span.mark is Mark.TEXT)


def _sentence_around(text: str, offset: int) -> tuple[int, int]:
    first, last = max(0, offset - LONGEST_SENTENCE), min(len(text), offset + LONGEST_SENTENCE)
    endings = [match.end() for match in _SENTENCE_END.finditer(text, first, offset)]
    ending = _SENTENCE_END.search(text, offset, last)
    return endings[-1] if endings else first, ending.end() if ending else last
