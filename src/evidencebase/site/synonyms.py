"""Other words for what a page says, which the search adds so that people find it who would say it otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from evidencebase.site.edition import Edition
from evidencebase.site.made import Head

_TAG = re.compile(r"<[^>]+>")


def other_words(edition: Edition, head: Head, html: str) -> Iterator[str]:
    """Yield the synonyms of what the page says, and those of the terms it is filed under."""
    text = unescape(_TAG.sub(" ", html)).casefold()
    known = edition.base.synonyms.get(edition.language, {})
    ahead = [written for written in known if says(text, written)]
    said: set[str] = set()
    while ahead:
        for word in known.get(ahead.pop(), ()):
            if word not in said:
                said.add(word)
                ahead.append(word)
                yield word
    for name, terms in head.findable.get("facets", {}).items():
        vocabulary = edition.facets.get(name)
        for term in terms if vocabulary else ():
            yield from vocabulary.terms[term].synonyms.get(edition.language, ()) if vocabulary else ()


def says(text: str, words: str) -> bool:
    """Tell whether a text in small letters says these words, with what Arabic puts before them and endings after."""
    return (
        re.search(rf"(?<!\w)[\u0648\u0641]?[\u0628\u0643\u0644]?(?:\u0627\u0644|\u0644)?{re.escape(words)}", text)
        is not None
    )
