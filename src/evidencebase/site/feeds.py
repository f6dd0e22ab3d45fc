"""What changed, for people who follow a knowledge base: an RSS and a JSON feed in each language."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape

from evidencebase.site.addresses import address
from evidencebase.site.edition import Edition, speaker
from evidencebase.site.made import Head
from evidencebase.text.strings import announcing

MOST = 50
"""Entries in a feed."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that changed."""

    title: str
    address: str
    date: str
    text: str
    id: str


def feeds(edition: Edition, heads: Iterable[Head], site_root: str) -> Mapping[str, str]:
    """Return the feeds of a language by path; without the site's address, links are relative to the feed."""
    root = f"{site_root}/{edition.language}/" if site_root else ""
    entries = sorted(_entries(edition, heads, root), key=lambda one: (one.date, one.id), reverse=True)[:MOST]
    return {"feed.xml": _rss(edition, entries, root), "feed.json": _json(edition, entries, root)}


def _entries(edition: Edition, heads: Iterable[Head], root: str) -> Iterator[Entry]:
    say = speaker(edition)
    for head in heads:
        for date, kind, note in head.findable.get("news", ()):
            title = (
                say("feed.changed", title=head.title, kind=kind) if kind else say("feed.published", title=head.title)
            )
            here = address(head.path)
            yield Entry(title, f"{root}{here}", date, note, f"{edition.language}/{here}#{date}-{kind}")


def _rss(edition: Edition, entries: Iterable[Entry], root: str) -> str:
    """https://www.rssboard.org/rss-specification"""
    items = "".join(
        f"<item><title>{escape(one.title)}</title><link>{escape(one.address)}</link>"
        f'<guid isPermaLink="false">{escape(one.id)}</guid><pubDate>{_rfc822(one.date)}</pubDate>'
        f"<description>{escape(one.text)}</description></item>\n"
        for one in entries
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>\n'
        f"<title>{escape(_title(edition))}</title><link>{escape(root or './')}</link>"
        f"<description>{escape(speaker(edition)('feed.title'))}</description>"
        f"<language>{edition.language}</language>\n{items}</channel></rss>\n"
    )


def _json(edition: Edition, entries: Iterable[Entry], root: str) -> str:
    """https://www.jsonfeed.org/version/1.1/"""
    feed: dict[str, object] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(edition),
        "language": edition.language,
        "items": [
            {
                "id": one.id, "url": one.address, "title": one.title, "content_text": one.text or one.title,
                "date_published": f"{one.date}T00:00:00Z",
            }
            for one in entries
        ],
    }  # fmt: skip
    if root:
        feed |= {"home_page_url": root, "feed_url": f"{root}feed.json"}
    return json.dumps(feed, ensure_ascii=False, indent=1) + "\n"


def _title(edition: Edition) -> str:
    return announcing(edition.strings, edition.base.settings.site_name, speaker(edition)("feed.title"))


def _rfc822(date: str) -> str:
    return format_datetime(datetime.fromisoformat(date).replace(tzinfo=UTC))
