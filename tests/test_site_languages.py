"""Every page of the built site says in which language it is, and speaks it throughout."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from real_site import LANGUAGES, ROOT

from evidencebase.content.pipeline import read
from evidencebase.text.locales import direction

VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
}  # fmt: skip


SAME = {"covid-19", "focused deterrence"}
"""Names that texts in any language use, or that stand on a page as they were typed into a database."""


@cache
def interface(language: str) -> frozenset[str]:
    """Return the interface texts of a language that are whole sentences or words, without placeholders."""
    strings = read(ROOT).knowledge_base.strings
    texts = {text for text in strings[language].texts.values() if isinstance(text, str)}
    if language == "en":
        # Schemas are written in English; what the other languages translate is what English shows.
        texts |= {key.removeprefix("schema.") for other in strings.values() for key in other.texts}
    return frozenset(text.casefold() for text in texts if "{" not in text and len(text) > 3)


def foreign(language: str) -> Mapping[str, str]:
    """Return the interface texts that only other languages have, each with its language."""
    others = (other for other in LANGUAGES if other != language)
    return {text: other for other in others for text in interface(other) - interface(language) - SAME}


class _Texts(HTMLParser):
    """Collects every text on a page that is said to be in the page's own language."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.open: list[tuple[str, str]] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        here = found.get("lang") or (self.open[-1][1] if self.open else self.language)
        if tag not in VOID:
            self.open.append((tag, here))
        if here == self.language:
            self.texts.extend(found[name] for name in ("title", "aria-label", "placeholder", "alt") if name in found)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open[-1][0] != tag:
            self.open.pop()
        if self.open:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        inside = {tag for tag, _ in self.open}
        if self.open and self.open[-1][1] == self.language and not inside & {"script", "style", "code", "pre"}:
            self.texts.append(data)


def pages(site: Path, language: str) -> Iterator[tuple[str, str]]:
    for path in sorted((site / language).rglob("*.html")):
        yield path.relative_to(site).as_posix(), path.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_says_its_language_and_its_direction(built: Path, language: str) -> None:
    wrong = {}
    for place, text in pages(built, language):
        html = re.search(r"<html\b[^>]*>", text)
        body = re.search(r"<body\b[^>]*>", text)
        tags = (html[0] if html else "") + (body[0] if body else "")
        if f'lang="{language}"' not in tags or f'dir="{direction(language)}"' not in tags:
            wrong[place] = tags
    assert wrong == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_mixes_interface_languages(built: Path, language: str) -> None:
    theirs = foreign(language)
    mixed: dict[str, str] = {}
    for place, page in pages(built, language):
        texts = _Texts(language)
        texts.feed(page)
        for text in texts.texts:
            said = " ".join(unescape(text).split()).casefold()
            if said in theirs:
                mixed[said] = f"{theirs[said]} on {place}"
    assert mixed == {}
