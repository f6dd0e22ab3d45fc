"""The search of a language: the words its script says, and what each page gives to the index."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape

from evidencebase.site.addresses import address
from evidencebase.site.edition import Edition, in_language, speaker, worded
from evidencebase.site.findable import REFERENCE
from evidencebase.site.made import Head
from evidencebase.text.locales import direction, language_name

STATUSES = ("published", "superseded", "withdrawn")
STRENGTHS = ("high", "moderate", "low", "very_low", "none_found")
SAID = (
    "label", "hint", "waiting", "failed", "none", "none_filtered", "shortened", "close", "all", "more", "filters",
    "clear", "title", "elsewhere", "elsewhere_note", "elsewhere_none", "intro",
)  # fmt: skip
"""What the script says, below `search` in the interface texts."""
FACTORS = {"brief": 1.5, REFERENCE: 0.25, "milestone": 0.5, "page": 0.6, "partner": 0.7, "city": 0.8}
"""What the score of a kind of page is multiplied with: who asks wants an answer before the sources and the news."""
IGNORED = (
    ".eb-languages", ".eb-trail", ".eb-exit", ".eb-edit", ".eb-notice", ".headerlink", ".eb-references", "#references",
    "#backlinks", ".eb-backlinks", "#known", ".eb-known", "#cite", "p.eb-cite", ".eb-claim__kind",
    ".eb-claim .eb-note", ".eb-facts h2", "pre",
)  # fmt: skip
"""What stands on a page and is not what the page is about, as selectors."""
_MAIN = re.compile(r'<div class="md-content__inner md-typeset" id="text">(.*)</div></main>', re.DOTALL)
_CLAIM = re.compile(
    r'<section class="eb-claim" id="([\w-]+)">(.*?)<p class="eb-claim__statement"([^>]*)>(.*?)</p>', re.DOTALL
)


def is_found(edition: Edition, head: Head) -> bool:
    """Tell whether a page can be found: it is about something, and has a text in this language."""
    return bool(head.findable) and edition.language in (head.languages or (edition.language,))


def words(edition: Edition) -> str:
    """Return the script that tells the search what to say, and the names of facets and their values."""
    say = speaker(edition)
    texts = {name: edition.strings.texts[f"search.{name}"] for name in SAID}
    languages = edition.base.settings.languages
    said = {
        "language": edition.language,
        "languages": {code: language_name(code, edition.language) for code in languages},
        "say": {**texts, "results": edition.strings.texts["search.results"], "qualifier": say("claim.qualifier")},
        "facets": list(_facets(edition)),
        "factors": FACTORS,
        "small": edition.strings.texts["search.small_words"],
    }
    return f"window.ebWords={_json(said)};\n"


def _facets(edition: Edition) -> Iterator[tuple[str, str, Mapping[str, str]]]:
    """Yield each facet: its name, its title, and the label of each value."""
    say = speaker(edition)
    types = {name: worded(edition, one.title) for name, one in edition.base.record_types.items()}
    yield "type", say("search.type"), {**types, REFERENCE: say("reference.one")}
    for name, vocabulary in edition.facets.items():
        labels = {term.id: in_language(term.label, edition.language) for term in vocabulary.terms.values()}
        yield name, in_language(vocabulary.title, edition.language), labels
    yield "strength", say("strength.label"), {name: say(f"strength.{name}") for name in STRENGTHS}
    described = next(
        (one.fields["status"] for one in edition.base.record_types.values() if "status" in one.fields), None
    )
    labels = {name: worded(edition, described.labels.get(name, name)) for name in STATUSES} if described else {}
    yield "status", say("known.status"), labels


def browsing(edition: Edition, heads: Iterable[Head], ids: Mapping[str, str]) -> Mapping[str, str]:
    """Return the files that filters need, by name: for each value of each facet which pages, and the pages' titles.

    `ids` are the names that the index has for pages, by their address: filters narrow what it has found.
    """
    found = [head for head in heads if is_found(edition, head)]
    facets: dict[str, dict[str, list[int]]] = {}
    for number, head in enumerate(found):
        for name, values in {**head.findable.get("facets", {}), "missing": _missing(edition, head)}.items():
            for value in values:
                facets.setdefault(name, {}).setdefault(value, []).append(number)
    named = [ids[address(head.path)] for head in found]
    titles = [[address(head.path), head.title] for head in found]
    return {"facets.json": _json({"ids": named, "facets": facets}) + "\n", "titles.json": _json(titles) + "\n"}


def _missing(edition: Edition, head: Head) -> list[str]:
    """Return the languages that the page has not been translated into."""
    return [code for code in edition.base.settings.languages if code not in head.findable.get("also", ())]


def document(edition: Edition, head: Head, html: str, *, titles: Iterable[str], synonyms: Iterable[str]) -> str:
    """Return a page as the index reads it: its text, its claims, other names for it and other words for what it says.

    A claim becomes a heading, so that it is found by itself. What only lists sources weighs less than what we wrote.
    """
    match = _MAIN.search(html)
    text = _CLAIM.sub(r'<section class="eb-claim">\2<h4 id="\1"\3>\4</h4>', match[1] if match else "")
    heading, rest = (SOURCE, SOURCE) if REFERENCE in _types(head) else (10, 1)
    text = text.replace("<h1", f'<h1 data-pagefind-weight="{heading}"', 1)
    return (
        f'<!doctype html>\n<html lang="{edition.language}" dir="{direction(edition.language)}"><head>\n'
        f"<title>{escape(head.title)}</title>\n{''.join(_tags(head))}</head><body><main data-pagefind-body>"
        f'<div data-pagefind-weight="{rest}">{text}</div>'
        f'<p data-pagefind-weight="{min(heading, 7)}">{SYNONYMS} {escape(" · ".join(dict.fromkeys(titles)))}</p>'
        f'<p data-pagefind-weight="0.5">{SYNONYMS} {escape(" · ".join(dict.fromkeys(synonyms)))}</p>'
        "</main></body></html>\n"
    )


SOURCE = 0.3
"""Weight of the words on the page of a source."""


def _types(head: Head) -> list[str]:
    return head.findable.get("facets", {}).get("type", [])


def _tags(head: Head) -> Iterator[str]:
    said = {"type": next(iter(_types(head)), ""), "summary": head.summary}
    if claims := head.findable.get("claims"):
        said["claims"] = _json(claims)
    for name, text in said.items():
        yield f'<meta data-pagefind-meta="{name}[content]" content="{escape(text)}">\n'


SYNONYMS = "⁂"
"""Stands before the words that a page does not say itself, so that no excerpt shows them."""


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
