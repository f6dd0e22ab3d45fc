"""Turns short Markdown into HTML; the only door to Python-Markdown, and the list of extensions every host must load."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

EXTENSIONS: Mapping[str, Mapping[str, Any]] = {
    "admonition": {},
    "attr_list": {},
    "def_list": {},
    "fenced_code": {},
    "md_in_html": {},
    "sane_lists": {},
    "tables": {},
    "toc": {"permalink": "#"},
}
"""What pages may use; a host with these renders the same page."""

READY_HTML = "evidencebase.text.markdown_syntax:ReadyHtml"
"""What a host may add to be faster."""

_PLAIN = re.compile(r"[^`*_\[\]<>&\\!{}|#\n]*")


def to_html(text: str) -> str:
    """Return the Markdown of a field as HTML."""
    if _PLAIN.fullmatch(text) and not re.match(r"\s*(?:[-+:]|\d+[.)])", text):
        return f"<p>{text}</p>"
    html: str = _converter().reset().convert(text)
    return html


def page_html(text: str) -> str:
    """Return the Markdown of a whole page as HTML."""
    html: str = _page_converter().reset().convert(text)
    return html


@cache
def _converter() -> Markdown:
    return Markdown(extensions=[name for name in EXTENSIONS if name != "toc"], output_format="html")


@cache
def _page_converter() -> Markdown:
    names = [name for name in EXTENSIONS if name != "toc"]
    return Markdown(extensions=[*names, ReadyHtml()], output_format="html")


class ReadyHtml(Extension):
    """Sets aside the lines that are HTML already, as templates write them: parsing them takes half of the time.

    A page comes out the same without it.
    """

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's own name
        # After fenced code, in which such a line is text, and before the parsers of raw HTML.
        md.preprocessors.register(_ReadyLines(md), "ready_html", 23)


class _ReadyLines(Preprocessor):
    _LINE = re.compile(r"<(p|ul|ol|dl|div|section|aside|nav|figure|details|table|header|footer)[ >].*</\1>")

    def run(self, lines: list[str]) -> list[str]:
        ready = list(lines)
        for number, line in enumerate(lines):
            if line[:1] == "<" and self._is_ready(lines, number):
                ready[number] = self.md.htmlStash.store(line)
        return ready

    def _is_ready(self, lines: list[str], number: int) -> bool:
        """Tell whether a line stands alone and is one whole element."""
        line, last = lines[number], len(lines) - 1
        alone = (number == 0 or not lines[number - 1].strip()) and (number == last or not lines[number + 1].strip())
        found = self._LINE.fullmatch(line) if alone else None
        return found is not None and line.count(f"<{found[1]}") == line.count(f"</{found[1]}>")
