"""Takes the white space out of HTML that only templates needed."""

from __future__ import annotations

import re

_KEPT = re.compile(r"(<(pre|textarea|script|style)\b.*?</\2>)", re.DOTALL)
_INDENT = re.compile(r"\s*\n\s*")


def compact(html: str) -> str:
    """Return the page without indentation and empty lines; what is shown line by line stays as it is."""
    parts = _KEPT.split(html)
    # `split` gives what lies between, then the whole match, then the name of its element.
    return "".join(
        _INDENT.sub("\n", part) if number % 3 == 0 else part for number, part in enumerate(parts) if number % 3 != 2
    )
