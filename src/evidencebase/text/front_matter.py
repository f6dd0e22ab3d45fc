"""Splits a file into the fields between its two lines of `---` and the prose below them."""

from __future__ import annotations

from dataclasses import dataclass

from evidencebase.diagnostics import Code, Diagnostic, Location


@dataclass(frozen=True, slots=True)
class Parts:
    """What a file holds; no front matter where it cannot be told from the prose."""

    front_matter: str | None = None
    prose: str = ""
    prose_line: int = 1
    """The line of the file on which the prose begins."""


def split(text: str, path: str) -> tuple[Parts, tuple[Diagnostic, ...]]:
    """Return the parts of a text, and why it has none."""
    if not text.strip():
        hint = "begin with `---`, then the fields, then `---`; `evidencebase new` makes such a file"
        return Parts(), (Diagnostic(Location(path), Code.EMPTY_FILE, "the file is empty", hint),)
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        hint = "write the fields first, between two lines that hold only `---`"
        message = "the file does not begin with `---`"
        return Parts(), (Diagnostic(Location(path), Code.FRONT_MATTER_MISSING, message, hint),)
    for number, line in enumerate(lines[1:], start=2):
        if line.rstrip() in ("---", "..."):
            return Parts("\n".join(lines[1 : number - 1]), "\n".join(lines[number:]), number + 1), ()
    hint = "write `---` on a line of its own between the last field and the text"
    message = "the fields begin with `---` and never end"
    return Parts(), (Diagnostic(Location(path), Code.FRONT_MATTER_NOT_CLOSED, message, hint),)
