"""Short forms in which values of very many parts are kept between runs: pickle writes them in a tenth of the time."""

from __future__ import annotations

import copyreg
from typing import Any

from evidencebase.diagnostics import Location
from evidencebase.model.records import Mark, Prose, Span
from evidencebase.model.values import Document

Row = tuple[Any, ...]


def prose(text: str, first_line: int, rows: tuple[Row, ...]) -> Prose:
    """Return the prose again."""
    return Prose(text, tuple(Span(Mark(row[0]), *row[1:]) for row in rows), first_line)


def document(value: Any, path: str, rows: tuple[Row, ...]) -> Document:
    """Return the document again."""
    return Document(value, {place: Location(path, line, column) for place, line, column in rows})


def _prose_packed(one: Prose) -> Row:
    rows = tuple(
        (str(s.mark), s.start, s.end, s.text, s.target, s.target_start, s.target_end, s.level) for s in one.spans
    )
    return prose, (one.text, one.first_line, rows)


def _document_packed(one: Document) -> Row:
    path = next((location.path for location in one.positions.values()), "")
    rows = tuple((place, location.line, location.column) for place, location in one.positions.items())
    return document, (one.value, path, rows)


copyreg.pickle(Prose, _prose_packed)
copyreg.pickle(Document, _document_packed)
