"""Other words for what a page says, which the search adds so that people find it who would say it otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from html import unescape

from evidencebase.site.edition import Edition
from evidencebase.site.made import Head

_TAG = re.compile(r"<[^>]+>")


def other_titles(edition: Edition, head: Head) -> tuple[str, ...]:
    """Return the other names of what the page is about, and the synonyms of these names and of its title."""
    names = head.findable.get("names", [])
    return (*names, *_reached(edition, " | ".join((head.title, *names)).casefold()))


def other_words(edition: Edition, head: Head, html: str) -> tuple[str, ...]:
    """Return the synonyms of what the page says, and those of the terms it is filed under."""
    text = unescape(_TAG.sub(" ", html)).casefold()
    return (*_reached(edition, text), *_of_terms(edition, head))


def _of_terms(edition: Edition, head: Head) -> Iterator[str]:
    for name, terms in head.findable.get("facets", {}).items():
        if vocabulary := edition.facets.get(name):
            for term in terms:
                yield from vocabulary.terms[term].synonyms.get(edition.language, ())


def _reached(edition: Edition, text: str) -> Iterator[str]:
    """Yield the synonyms of all that a text says, and theirs."""
    known: Mapping[str, tuple[str, ...]] = edition.base.synonyms.get(edition.language, {})
    ahead = [written for written in known if says(text, written)]
    said: set[str] = set()
    while ahead:
        for word in known.get(ahead.pop(), ()):
            if word not in said:
                said.add(word)
                ahead.append(word)
                yield word


def says(text: str, words: str) -> bool:
    """Tell whether a text in small letters says these words, with what Arabic puts before them and any ending."""
    return _pattern(words).search(text) is not None


@cache
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)[\u0648\u0641]?[\u0628\u0643\u0644]?(?:\u0627\u0644|\u0644)?{re.escape(words)}")
