"""Checks prose against the words that the glossary asks writers to replace, each language by its own list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from evidencebase.diagnostics import Code, Diagnostic, Location
from evidencebase.model import Mark, Record
from evidencebase.text.scanner import line_and_column

FIELD = "use_instead_of"
"""The field of a term that names the words it replaces."""


def check_wording(record: Record, path: str, replaced: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Yield the words of the prose that the glossary replaces, outside quotations, links and code."""
    if not replaced or FIELD in record.fields:
        return
    forms = "|".join(map(re.escape, sorted(replaced, key=len, reverse=True)))
    pattern = re.compile(rf"(?<!\w)(?:{forms})(?!\w)", re.IGNORECASE)
    quoted = [match.span() for match in re.finditer(r"«[^»]*»|“[^”]*”|\"[^\"\n]*\"|^>.*$", record.prose.text, re.M)]
    for span in record.prose.spans:
        if span.mark is not Mark.TEXT:
            continue
        for match in pattern.finditer(record.prose.text, span.start, span.end):
            if any(start <= match.start() < end for start, end in quoted):
                continue
            where = Location(path, *line_and_column(record.prose, match.start()))
            hint = f"the glossary asks for '{replaced[match[0].casefold()]}'"
            yield Diagnostic(where, Code.AVOIDED_WORD, f"'{match[0]}' blames, misleads or means something else", hint)
