"""What people type and what editors write instead: words that the search adds to pages that say the same otherwise."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from evidencebase.diagnostics import Code, Diagnostic
from evidencebase.fields import location_of
from evidencebase.model import Document, FieldPath
from evidencebase.text.messages import nearest, quoted

FOLDER = "vocabularies/synonyms"
HINT = "write what pages say, a colon, and a list of what people look for: `group violence: [gang, maras]`"
Synonyms = Mapping[str, tuple[str, ...]]
"""What pages say → other words for it, in small letters."""


def synonyms(document: Document, path: str) -> tuple[Synonyms, tuple[Diagnostic, ...]]:
    """Return the synonyms of a language, and what is wrong with their file; what is wrong is left out."""
    value = document.value
    if not isinstance(value, dict):
        fault = Diagnostic(location_of(document, (), path), Code.BROKEN_VOCABULARY, "there are no synonyms here", HINT)
        return {}, (fault,)
    good = {written: words for written, words in value.items() if _are_words(words)}
    found = {written.casefold(): tuple(word.casefold() for word in words) for written, words in good.items()}
    return found, (*_broken(document, path, value.keys() - good.keys()), *_circles(document, path, found))


def pointing_nowhere(document: Document, path: str, known: Collection[str]) -> Iterator[Diagnostic]:
    """Yield what no title, no name of the glossary and no term says: pages say it in other words.

    What stands for another word of the file leads on by way of that.
    """
    written = document.value if isinstance(document.value, dict) else {}
    typed = {word.casefold() for words in written.values() if _are_words(words) for word in words}
    texts = "\n".join({*known, *typed})
    for word in written:
        if str(word).casefold() not in texts:
            message = f"'{quoted(word)}' is in no title, no term and no name of the glossary"
            hint = nearest(str(word).casefold(), known) or "write the word that pages use"
            yield Diagnostic(location_of(document, (word,), path), Code.SYNONYM_NOWHERE, message, hint)


def _are_words(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(word, str) and word.strip() for word in value)


def _broken(document: Document, path: str, names: Collection[str]) -> Iterator[Diagnostic]:
    for name in sorted(names, key=str):
        place: FieldPath = (name,)
        yield Diagnostic(
            location_of(document, place, path), Code.BROKEN_VOCABULARY, f"'{quoted(name)}' has no list of words", HINT
        )


def _circles(document: Document, path: str, found: Synonyms) -> Iterator[Diagnostic]:
    places = {str(name).casefold(): (name,) for name in document.value}
    for written in found:
        if written in _reached(found, written):
            message = f"'{quoted(written)}' comes back to itself"
            hint = "write each group of words once, with the word of the pages in front"
            yield Diagnostic(location_of(document, places[written], path), Code.SYNONYM_CIRCLE, message, hint)


def _reached(found: Synonyms, written: str) -> frozenset[str]:
    """Return every word that stands for this one, directly or by way of others."""
    seen: set[str] = set()
    ahead = list(found.get(written, ()))
    while ahead:
        word = ahead.pop()
        if word not in seen:
            seen.add(word)
            ahead.extend(found.get(word, ()))
    return frozenset(seen)
