"""Turns vocabulary files into controlled terms with their labels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from evidencebase.diagnostics import Code, Diagnostic
from evidencebase.fields import location_of
from evidencebase.model import Document, FieldPath, Term, Vocabulary
from evidencebase.text.messages import nearest
from evidencebase.text.slugs import is_slug, slugify

KEYWORDS = {"label", "description", "synonyms", "broader", "several", "countries"}


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
        bool(term.get("several")), frozenset(term.get("countries") or ()),
    )  # fmt: skip


def _texts(texts: Mapping[str, str] | None) -> Mapping[str, str]:
    return {language: " ".join(str(text).split()) for language, text in (texts or {}).items()}


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
            hint = f"write '{slugify(id) or 'some-term'}'"
            yield fault(place, f"'{id}' cannot be the id of a term", hint)
        if not isinstance(term, dict) or not _has_text(term.get("label"), language):
            yield fault(place, f"the term '{id}' has no label", f"write `label: {{{language}: …}}` below it")
            continue
        for keyword in term.keys() - KEYWORDS:
            hint = nearest(keyword, KEYWORDS) or f"one of: {', '.join(sorted(KEYWORDS))}"
            yield fault((*place, keyword), f"'{keyword}' says nothing about a term", hint)
        if (broader := term.get("broader")) and broader not in value["terms"]:
            yield fault((*place, "broader"), f"there is no term '{broader}'", nearest(str(broader), value["terms"]))


def _has_text(texts: Any, language: str) -> bool:
    return isinstance(texts, dict) and isinstance(texts.get(language), str)
