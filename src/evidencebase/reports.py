"""Diagnostics as people and programs read them: text for a terminal, annotations for GitHub, JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict

from evidencebase.diagnostics import Diagnostic, Severity


def to_text(diagnostics: Iterable[Diagnostic]) -> str:
    return "".join(f"{_line(diagnostic)}\n" for diagnostic in diagnostics)


def to_github(diagnostics: Iterable[Diagnostic]) -> str:
    """Return workflow commands, which GitHub shows beside the changed lines of a pull request."""
    return "".join(
        f"::{diagnostic.severity} file={_property(diagnostic.location.path)},line={diagnostic.location.line},"
        f"col={diagnostic.location.column},title={diagnostic.code}::{_data(_sentence(diagnostic))}\n"
        for diagnostic in diagnostics
    )


def to_json(diagnostics: Iterable[Diagnostic]) -> str:
    rows = [
        {
            **asdict(diagnostic.location), "severity": diagnostic.severity, "code": diagnostic.code,
            "message": diagnostic.message, "hint": diagnostic.hint,
        }
        for diagnostic in diagnostics
    ]  # fmt: skip
    text = json.dumps(rows, ensure_ascii=False, indent=2)
    # The name of a file need not be UTF-8; what is no character becomes an escape, which JSON reads.
    return text.encode(errors="backslashreplace").decode() + "\n"


FORMATS: Mapping[str, Callable[[Iterable[Diagnostic]], str]] = {"text": to_text, "github": to_github, "json": to_json}


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """Return how many errors and warnings there are, as one line."""
    severities = [diagnostic.severity for diagnostic in diagnostics]
    errors, warnings = severities.count(Severity.ERROR), severities.count(Severity.WARNING)
    return f"{counted(errors, 'error')}, {counted(warnings, 'warning')}"


def counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _line(diagnostic: Diagnostic) -> str:
    place = diagnostic.location
    head = f"{_visible(place.path)}:{place.line}:{place.column}: {diagnostic.severity}[{diagnostic.code}]"
    return f"{head} {_visible(_sentence(diagnostic))}"


def _sentence(diagnostic: Diagnostic) -> str:
    return f"{diagnostic.message}; {diagnostic.hint}" if diagnostic.hint else diagnostic.message


def _visible(text: str) -> str:
    """Return the text with control characters spelled out: an author's file must not steer the terminal."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _data(text: str) -> str:
    return _visible(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
