"""Slugs: the ids of records, headings and pages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MAX_SLUG = 80


def is_slug(name: str) -> bool:
    return len(name) <= MAX_SLUG and SLUG.fullmatch(name) is not None


def slugify(text: str) -> str:
    """Return a slug close to the text; empty where it has no Latin letter or digit (Arabic, for one)."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"['’]", "", plain)
    return re.sub(r"[^a-z0-9]+", "-", words).strip("-")[:MAX_SLUG].rstrip("-")


def heading_ids(headings: Iterable[str], reserved: Iterable[str] = ()) -> Iterator[str]:
    """Yield an id for each heading, unique in its page; the ones that have no Latin letter are counted."""
    taken = {name.replace("_", "-") for name in reserved}
    next_number: dict[str, int] = {}
    for number, heading in enumerate(headings, start=1):
        wanted = slugify(re.sub(r"\]\([^()]*\)|[*_`\[\]]", "", heading)) or f"section-{number}"
        identifier, again = wanted, next_number.get(wanted, 2)
        while identifier in taken:
            identifier, again = f"{wanted}-{again}", again + 1
        next_number[wanted] = again
        taken.add(identifier)
        yield identifier
