"""Turns short Markdown into HTML; the only door to Python-Markdown, and the list of extensions every host must load."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from itertools import groupby
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
_LIST = re.compile(r"\s*(?:[-+:]|\d+[.)])")
_CITATION = re.compile(r'<a class="eb-cite"[^<>]*>(?:[^<]|<bdi>[^<]*</bdi>)*</a>')
"""A citation as pages show it; nothing in it is Markdown."""


def is_plain(text: str) -> bool:
    """Tell whether a text is one paragraph without any markup."""
    return _PLAIN.fullmatch(text) is not None and _LIST.match(text) is None


def to_html(text: str) -> str:
    """Return the Markdown of a field as HTML."""
    if is_plain(_CITATION.sub("", text) if "eb-cite" in text else text):
        return f"<p>{text}</p>"  # Markdown would say the same, and takes a hundred times as long
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
    """Sets aside what is HTML already, as templates write it: parsing it takes half of the time.

    A page comes out the same without it.
    """

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's own name
        # After fenced code, in which such lines are text, and before the parsers of raw HTML.
        md.preprocessors.register(_Ready(md), "ready_html", 23)


class _Ready(Preprocessor):
    _WHOLE = re.compile(r"<(p|ul|ol|dl|div|section|aside|nav|figure|details|table|header|footer)[ >].*</\1>", re.DOTALL)

    def run(self, lines: list[str]) -> list[str]:
        has_code = any("`" in line for line in lines)  # in which a citation would be text
        ready: list[str] = []
        for is_blank, run in groupby(lines, lambda line: not line.strip()):
            together = list(run)
            if not is_blank and self._is_ready(block := "\n".join(together)):
                ready.append(self.md.htmlStash.store(block))
            elif is_blank or has_code:
                ready += together
            else:
                ready += [line if line.startswith(("    ", "\t")) else self._cited(line) for line in together]
        return ready

    def _is_ready(self, block: str) -> bool:
        """Tell whether what stands between empty lines is one whole element, without Markdown in it."""
        found = self._WHOLE.fullmatch(block) if block.startswith("<") else None
        return bool(found and block.count(f"<{found[1]}") == block.count(f"</{found[1]}>") and " markdown" not in block)

    def _cited(self, line: str) -> str:
        if "eb-cite" not in line:
            return line
        return _CITATION.sub(lambda citation: self.md.htmlStash.store(citation[0]), line)
