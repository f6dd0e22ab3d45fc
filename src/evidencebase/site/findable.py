"""What a page says of itself to the search, to feeds and to redirects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypedDict

from evidencebase.model import Record, Reference, Vocabulary
from evidencebase.site.edition import Edition, claims_of, list_of, speaker, terms_of, text_of, worded


class Findable(TypedDict, total=False):
    """Plain values, for they stand in the front matter of the page."""

    facets: dict[str, list[str]]
    """Name of a facet → the values that the page has."""
    claims: dict[str, tuple[str, str]]
    """Place on the page → strength in words, and what must be said with the claim."""
    news: list[tuple[str, str, str]]
    """Date, kind and note of every change, and of the first publication, whose kind is empty."""
    former: list[str]
    """Names that the record had before."""
    names: list[str]
    """What else the glossary calls it."""
    also: list[str]
    """The languages in which the page has a text of its own."""


REFERENCE = "reference"
"""The kind of page that a reference is."""


def record_findable(edition: Edition, record: Record) -> Findable:
    """Return what is known of a record: its facets by name, its claims by their place on the page, its changes."""
    record_type = edition.base.record_types[record.id.type]
    facets = {
        "type": [record_type.name],
        **{
            name: list(_with_broader(vocabulary, terms_of(record, record_type, name)))
            for name, vocabulary in edition.facets.items()
        },
        "strength": list(dict.fromkeys(claim.strength for claim in claims_of(edition, record) if claim.strength)),
        "status": [text_of(record, "status")],
    }
    outline = edition.outlines[record.id]
    return {
        "facets": {name: values for name, values in facets.items() if any(values)},
        "claims": dict(_claims(edition, record)),
        "news": list(_news(edition, record)),
        "former": [str(name) for name in list_of(record, "redirect_from")],
        "names": list(outline.face(edition.language).names),
        "also": sorted(outline.faces),
    }


def quick_exit(edition: Edition, terms: Mapping[str, Iterable[str]]) -> Mapping[str, str]:
    """Return where the way out of a page about these terms leads, for its front matter; nothing where it needs none."""
    needed = any(
        edition.facets[name].terms[term].quick_exit
        for name, some in terms.items()
        if name in edition.facets
        for term in _with_broader(edition.facets[name], tuple(some))
    )
    return {"quick_exit": edition.base.settings.quick_exit} if needed else {}


def reference_findable(edition: Edition, reference: Reference) -> Findable:
    """Return what is known of a reference; its languages are all, for its page exists in each."""
    return {"facets": {"type": [REFERENCE]}, "also": list(edition.base.settings.languages)}


def _with_broader(vocabulary: Vocabulary, terms: tuple[str, ...]) -> Iterator[str]:
    """Yield the terms and those above them: who looks for violence wants every form of it."""
    found: dict[str, None] = {}
    for term in terms:
        above = term
        while above in vocabulary.terms and above not in found:
            found[above] = None
            above = vocabulary.terms[above].broader
    yield from found


def _claims(edition: Edition, record: Record) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the place of each claim with its strength and what must be said with it."""
    for claim in claims_of(edition, record):
        label = speaker(edition)(f"strength.{claim.strength}") if claim.strength else ""
        yield f"claim-{claim.id}", (label, claim.qualifier)


def _news(edition: Edition, record: Record) -> Iterator[tuple[str, str, str]]:
    """Yield date, kind and note of each change, and of the first publication."""
    described = edition.base.record_types[record.id.type].fields.get("changes")
    labels = described.element.fields["kind"].labels if described and described.element else {}
    for change in list_of(record, "changes"):
        if isinstance(change, Mapping):
            kind = worded(edition, labels.get(str(change.get("kind")), ""))
            yield str(change.get("date", "")), kind, str(change.get("note", ""))
    if published := text_of(record, "published"):
        yield published, "", text_of(record, "summary")
