"""Checks what would stop a page from being printed: letters without a glyph, skipped headings, tables too wide."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import takewhile

from evidencebase.diagnostics import Code, Diagnostic, Location
from evidencebase.fields import PlacedProse, proses_of, where
from evidencebase.model import Document, Mark, Prose, Record, RecordType
from evidencebase.text.front_matter import Parts
from evidencebase.text.glyphs import WITHOUT_GLYPH, named
from evidencebase.text.messages import quoted
from evidencebase.text.scanner import line_and_column

GUIDE = "contribute/"
"""Hand-written pages for those who write, who sit before a screen: they are not printed."""
MOST_COLUMNS = 8
WIDTH, FRAME, LETTER = 470, 8, 4.8
"""Of a table on paper, of what stands around the text of a cell, and of a letter in it, in points."""
_COMMENT = re.compile(r"^[ \t]*#[^\n]*", re.MULTILINE)
_RULE = re.compile(r"^[ ]{0,3}\|?(?:[ ]*:?-+:?[ ]*\|)+(?:[ ]*:?-+:?)?[ ]*$", re.MULTILINE)
"""The line below the head of a table."""
_UNSHOWN = re.compile(r"\]\([^)]*\)|@[\w:.-]+|[*\[\]`|]")
_BREAK = re.compile(r"[\s/–—-]+")
_WHOLE = re.compile(r"[\d_@=&#]|\w[.:]\w")
"""What a word has that is not hyphenated: figures, names of files and the like."""


def check_letters(parts: Parts, prose: Prose, record: Record) -> Iterator[Diagnostic]:
    """Yield characters of a file that no font for print has, but for what is never printed: HTML, addresses."""
    if record.id.slug.startswith(GUIDE):
        return
    yield from check_file(parts.front_matter or "", record.source, first_line=2)
    yield from _letters(prose, record.source)


def check_file(text: str, path: str, first_line: int = 1) -> Iterator[Diagnostic]:
    """Yield characters of YAML or BibTeX that no font for print has, outside of comments."""
    yield from _letters(Prose(_COMMENT.sub(lambda line: " " * len(line[0]), text), first_line=first_line), path)


def _letters(prose: Prose, path: str) -> Iterator[Diagnostic]:
    for found in WITHOUT_GLYPH.finditer(prose.text):
        if WITHOUT_GLYPH.search(unicodedata.normalize("NFD", found[0])) and not _is_unseen(prose, found.start()):
            message = f"no font for print has {named(found[0][0])}"
            hint = "write it in Latin, Greek, Cyrillic or Arabic letters, or say it in words"
            yield Diagnostic(
                Location(path, *line_and_column(prose, found.start())), Code.CANNOT_BE_PRINTED, message, hint
            )


def _is_unseen(prose: Prose, place: int) -> bool:
    return any(
        (span.start <= place < span.end and span.mark is Mark.HTML) or span.target_start <= place < span.target_end
        for span in prose.spans
    )


def check_layout(record: Record, document: Document, record_type: RecordType) -> Iterator[Diagnostic]:
    """Yield headings that skip a level, and tables that are too wide for the paper."""
    yield from _headings(record)
    for prose in proses_of(record, record_type):
        for span in prose.text.spans:
            if span.mark is Mark.TEXT:
                for rule in _RULE.finditer(prose.text.text, span.start, span.end):
                    yield from _table(record, document, prose, rule)


def _headings(record: Record) -> Iterator[Diagnostic]:
    above = 1
    for span in record.prose.spans:
        if span.mark is not Mark.HEADING:
            continue
        level = max(span.level, 2)  # one of the first level is moved down on the page
        if level > above + 1:
            place = Location(record.source, *line_and_column(record.prose, span.start))
            message = f"'{quoted(span.text)}' is a heading of level {level} below one of level {above}"
            yield Diagnostic(place, Code.CANNOT_BE_PRINTED, message, f"write `{'#' * (above + 1)}` before it")
        above = level


def _table(record: Record, document: Document, prose: PlacedProse, rule: re.Match[str]) -> Iterator[Diagnostic]:
    text = prose.text.text
    head = text.rfind("\n", 0, max(rule.start() - 1, 0)) + 1
    columns = rule[0].strip(" |").count("|") + 1
    place = where(record, document, prose, head)
    if columns > MOST_COLUMNS:
        message = f"a table of {columns} columns is too wide for the paper"
        hint = f"make two of it, or let its columns be rows: {MOST_COLUMNS} columns at most"
        yield Diagnostic(place, Code.CANNOT_BE_PRINTED, message, hint)
        return
    room = int((WIDTH / columns - FRAME) / LETTER)
    rows = takewhile(lambda line: "|" in line, text[head:].split("\n"))
    words = (word for row in rows for word in _BREAK.split(_UNSHOWN.sub(" ", row)))
    if long := next((word for word in words if len(word) > room and _WHOLE.search(word)), ""):
        message = f"'{quoted(long, limit=40)}' is too wide for one of {columns} columns on paper"
        hint = f"write it below the table, or take fewer columns: {room} characters fit"
        yield Diagnostic(where(record, document, prose, text.find(long, head)), Code.CANNOT_BE_PRINTED, message, hint)
