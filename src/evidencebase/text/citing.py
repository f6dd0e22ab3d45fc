"""How to cite a page, and the data as a whole: only what is known, in the words of the reader's language."""

from __future__ import annotations

from collections.abc import Sequence

from evidencebase.model import Strings
from evidencebase.text.locales import joined, shown_date
from evidencebase.text.strings import say

ENDS = (".", "?", "!", "…", "؟", "。")


def page_citation(
    strings: Strings, title: str, authors: Sequence[str], *, site: str, published: str, reviewed: str
) -> str:  # fmt: skip
    """Return the text with which others cite a page; a date that is not known is empty."""
    key = "cite.page" if authors else "cite.page_without_authors"
    names = joined(tuple(authors), strings.language)
    year = published[:4] or say(strings, "cite.undated")
    whole = title if title.endswith(ENDS) or not authors else f"{title}."
    text = say(strings, key, authors=names, year=year, title=whole, site=site)
    return f"{text} {_reviewed(strings, reviewed)}".rstrip()


def data_citation(strings: Strings, site: str, reviewed: str) -> str:
    """Return the text with which others cite the data; `reviewed` is the latest review of any record, if known."""
    year = reviewed[:4] or say(strings, "cite.undated")
    text = say(strings, "cite.data", year=year, site=site)
    return f"{text} {_reviewed(strings, reviewed)}".rstrip()


def _reviewed(strings: Strings, day: str) -> str:
    return say(strings, "cite.reviewed", date=shown_date(day, strings.language)) if day else ""
