"""Turns vocabulary files into controlled terms with their labels."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from evidencebase.diagnostics import Code, Diagnostic
from evidencebase.fields import location_of
from evidencebase.model import Document, FieldPath, Term, Vocabulary
from evidencebase.text.locales import is_country
from evidencebase.text.messages import nearest, quoted
from evidencebase.text.slugs import is_slug, slugify
from evidencebase.text.typography import one_line


def _are_texts(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(text, str) for text in value.values())


def _are_lists(value: Any) -> bool:
    return isinstance(value, dict) and all(_is_list(words) for words in value.values())


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) for word in value)


KEYWORDS: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "label": (_are_texts, "write a text for each language: {en: …}"),
    "description": (_are_texts, "write a text for each language: {en: …}"),
    "synonyms": (_are_lists, "write a list for each language: {en: [one, two]}"),
    "broader": (lambda value: isinstance(value, str), "write the id of another term"),
    "several": (lambda value: isinstance(value, bool), "write true or false"),
    "quick_exit": (lambda value: isinstance(value, bool), "write true or false"),
    "countries": (lambda value: _is_list(value) and all(map(is_country, value)), "write codes of countries: [CO, KE]"),
}
"""What may be said about a term: a test, and what to write where it fails."""


def vocabulary(
    name: str, document: Document, path: str, language: str
) -> tuple[Vocabulary | None, tuple[Diagnostic, ...]]:
    """Return the vocabulary, or None and why it cannot be used; every label must exist in the first language."""
    faults = tuple(_faults(document, path, language))
    if faults:
        return None, faults
    value = document.value
    terms = {id: _term(id, term) for id, term in value["terms"].items()}
    return Vocabulary(name, _texts(value["title"]), terms, path), ()


def _term(id: str, term: Mapping[str, Any]) -> Term:
    synonyms = {language: tuple(words) for language, words in (term.get("synonyms") or {}).items()}
    return Term(
        id, _texts(term["label"]), _texts(term.get("description")), synonyms, term.get("broader", ""),
        bool(term.get("several")), frozenset(term.get("countries") or ()), bool(term.get("quick_exit")),
    )  # fmt: skip


def _texts(texts: Mapping[str, str] | None) -> Mapping[str, str]:
    return {language: one_line(str(text)) for language, text in (texts or {}).items()}


def _faults(document: Document, path: str, language: str) -> Iterator[Diagnostic]:
    def fault(place: FieldPath, message: str, hint: str) -> Diagnostic:
        return Diagnostic(location_of(document, place, path), Code.BROKEN_VOCABULARY, message, hint)

    value = document.value
    if not isinstance(value, dict) or not isinstance(value.get("terms"), dict):
        yield fault((), "the vocabulary has no terms", "write `title:` and `terms:`, as the other vocabularies do")
        return
    if not _has_text(value.get("title"), language):
        yield fault(("title",), "the vocabulary has no title", f"write `title: {{{language}: …}}`")
    for id, term in value["terms"].items():
        place: FieldPath = ("terms", id)
        if not is_slug(id):
            yield fault(place, f"'{quoted(id)}' cannot be the id of a term", f"write '{slugify(id) or 'some-term'}'")
        if not isinstance(term, dict) or not _has_text(term.get("label"), language):
            yield fault(place, f"the term '{quoted(id)}' has no label", f"write `label: {{{language}: …}}` below it")
        for keyword, said in term.items() if isinstance(term, dict) else ():
            for message, hint in _wrong_keyword(id, keyword, said, value["terms"]):
                yield fault((*place, keyword), message, hint)


def _wrong_keyword(id: str, keyword: str, said: Any, terms: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if keyword not in KEYWORDS:
        hint = nearest(keyword, KEYWORDS) or f"one of: {', '.join(sorted(KEYWORDS))}"
        yield f"'{quoted(keyword)}' says nothing about a term", hint
    elif keyword != "label" and not KEYWORDS[keyword][0](said):
        yield f"'{keyword}' cannot be '{quoted(said)}'", KEYWORDS[keyword][1]
    elif keyword == "broader" and (why := _wrong_broader(id, said, terms)):
        yield why, "delete this line, or name another term" if said in terms else nearest(said, terms)


def _wrong_broader(id: str, broader: str, terms: Mapping[str, Any]) -> str:
    """Say why a term cannot stand below this one; empty where it can."""
    if broader not in terms:
        return f"there is no term '{quoted(broader)}'"
    seen: set[str] = set()
    above: Any = broader
    while isinstance(above, str) and above in terms and above not in seen:
        seen.add(above)
        above = terms[above].get("broader") if isinstance(terms[above], dict) else None
    return f"'{id}' stands below itself" if id in seen else ""


def _has_text(texts: Any, language: str) -> bool:
    return _are_texts(texts) and language in texts
