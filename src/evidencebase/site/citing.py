"""How a page is cited: the block at its end, and the tags that reference managers read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evidencebase.model import Record
from evidencebase.site.addresses import page_of
from evidencebase.site.edition import Edition, list_of, text_of, title_of
from evidencebase.site.json_ld import page_url
from evidencebase.text.citing import page_citation


@dataclass(frozen=True, slots=True)
class Citing:
    text: str
    url: str
    """Empty where the site does not know its own address."""


def citing(edition: Edition, record: Record) -> Citing:
    """Return the text with which others cite the page of a record, and its address."""
    authors = [str(name) for name in list_of(record, "authors")]
    text = page_citation(
        edition.strings, title_of(record), authors, site=edition.base.settings.site_name,
        published=text_of(record, "published"), reviewed=text_of(record, "last_reviewed"),
    )  # fmt: skip
    return Citing(text, page_url(edition, page_of(record.id, edition.base.record_types[record.id.type])))


def citation_tags(record: Record) -> list[Mapping[str, str]]:
    """Return Highwire tags, where a date is known: https://scholar.google.com/intl/en/scholar/inclusion.html"""
    if not (day := text_of(record, "published").replace("-", "/")):
        return []
    tags = [
        ("citation_title", title_of(record)),
        *(("citation_author", str(name)) for name in list_of(record, "authors")),
        ("citation_publication_date", day),
        ("citation_online_date", day),
        ("citation_language", record.language),
    ]
    return [{"name": name, "content": content} for name, content in tags]
