"""Turns short Markdown into HTML; the only door to Python-Markdown, and the list of extensions every host must load."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from markdown import Markdown

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

_PLAIN = re.compile(r"[^`*_\[\]<>&\\!{}|#\n]*")


def to_html(text: str) -> str:
    """Return the Markdown of a field as HTML."""
    if _PLAIN.fullmatch(text) and not re.match(r"\s*(?:[-+:]|\d+[.)])", text):
        return f"<p>{text}</p>"
    html: str = _converter().reset().convert(text)
    return html


@cache
def _converter() -> Markdown:
    return Markdown(extensions=[name for name in EXTENSIONS if name != "toc"], output_format="html")
