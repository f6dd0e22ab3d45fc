"""Makes an edition from the knowledge base: everything in it can be looked up, and every look-up is noted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from evidencebase.cache import Lazy, Reads, Store, digest
from evidencebase.cache.store import MemoryStore
from evidencebase.content import link
from evidencebase.content.claims import claims
from evidencebase.model import Claim, KnowledgeBase, Outline, Prose, Record, RecordId, Vocabulary
from evidencebase.site.citable import citable
from evidencebase.site.edition import Edition, Name, Neighbours, narrower

FORMATS = MemoryStore()
"""What this run has formatted, where nobody keeps it for the next one."""
WINDOW = 6
"""Neighbours shown on either side: the menu costs the same however many records there are."""


class _Past(Mapping[str, bool]):
    """Days, and whether they are over: what a page shows changes on that day and on no other."""

    def __init__(self, today: date) -> None:
        self._today = today.isoformat()

    def __getitem__(self, day: str) -> bool:
        return day < self._today

    def __contains__(self, day: object) -> bool:
        return True

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def edition(
    base: KnowledgeBase, language: str, today: date, *, drafts: bool = False, formats: Store = FORMATS
) -> Edition:
    """Return what readers of a language see on this day."""
    outlines = {id: one for id, one in base.outlines.items() if drafts or one.status != "draft"}
    reads = Reads()
    order = _order(outlines, base, language)
    facets = _facets(base)
    cites = citable(base.references, language, formats)
    watched = replace(
        base,
        backlinks=reads.watch("backlinks", base.backlinks),
        cited=reads.watch("cited", base.cited),
        references=reads.watch("references", base.references, lambda key: _told_of_reference(base, key)),
        findings={**base.findings, language: reads.watch("findings", base.findings.get(language, {}))},
    )
    places = link.places(base.outlines.values(), base.record_types, base.vocabularies)
    records = reads.watch("records", _faces(base, outlines, language), lambda id: _face_told(outlines[id], language))
    return Edition(
        watched, language, today, reads, records,
        names=reads.watch("names", {id: _name(one, language) for id, one in outlines.items()}),
        proses=reads.watch("proses", _proses(base, outlines, language), lambda id: outlines[id].face(language).prose),
        outlines=reads.watch("outlines", base.outlines, lambda id: _outline_told(base.outlines[id])),
        order=reads.watch("order", order),
        neighbours=reads.watch("neighbours", _neighbours(order)),
        about=reads.watch("about", _about(outlines, facets)),
        facets=facets,
        places=replace(places, records=reads.watch("paths", places.records)),
        references=reads.watch("citables", cites),
        claims=_claims(base, outlines, records, reads),
        past=reads.watch("past", _Past(today)),
        facts=reads.watch("facts", _facts(base, outlines, language)),
    )  # fmt: skip


def _faces(base: KnowledgeBase, outlines: Mapping[RecordId, Outline], language: str) -> Mapping[RecordId, Record]:
    return Lazy(outlines, lambda id: base.faces[id, _shown_in(outlines[id], language)], held=len(outlines))


def _proses(base: KnowledgeBase, outlines: Mapping[RecordId, Outline], language: str) -> Mapping[RecordId, Prose]:
    return Lazy(outlines, lambda id: base.proses[id, _shown_in(outlines[id], language)])


def _name(outline: Outline, language: str) -> Name:
    shown = _shown_in(outline, language)
    return Name(outline.face(language).title or outline.id.slug, "" if shown == language else shown)


def _shown_in(outline: Outline, language: str) -> str:
    """Return the language in which readers of `language` get a record."""
    return language if language in outline.faces else outline.language


def _face_told(outline: Outline, language: str) -> str:
    return f"{_shown_in(outline, language)} {outline.face(language).fields}"


def _outline_told(outline: Outline) -> str:
    faces = (f"{code} {face.title} {face.source} {face.reviewer} {face.drift}" for code, face in outline.faces.items())
    return digest(outline.language, outline.status, *faces)


def _told_of_reference(base: KnowledgeBase, key: str) -> str:
    return digest(base.references[key].bibtex, base.references[key].location.path)


def _order(
    outlines: Mapping[RecordId, Outline], base: KnowledgeBase, language: str
) -> Mapping[str, tuple[RecordId, ...]]:
    found: dict[str, list[tuple[str, str, RecordId]]] = {}
    for id, one in outlines.items():
        found.setdefault(id.type, []).append((one.date, (one.face(language).title or id.slug).casefold(), id))
    return {name: tuple(id for _, _, id in sorted(found[name])) for name in base.record_types if name in found}


def _neighbours(order: Mapping[str, tuple[RecordId, ...]]) -> Mapping[RecordId, Neighbours]:
    found = {}
    for siblings in order.values():
        for position, id in enumerate(siblings):
            first = max(0, min(position - WINDOW, len(siblings) - 2 * WINDOW - 1))
            shown = siblings[first : first + 2 * WINDOW + 1]
            found[id] = Neighbours(shown, len(shown) == len(siblings))
    return found


def _about(
    outlines: Mapping[RecordId, Outline], facets: Mapping[str, Vocabulary]
) -> Mapping[tuple[str, str], tuple[RecordId, ...]]:
    named: defaultdict[tuple[str, str], list[RecordId]] = defaultdict(list)
    for id, one in outlines.items():
        for vocabulary in facets.keys() & one.terms.keys():
            for term in one.terms[vocabulary]:
                named[vocabulary, term].append(id)
    return {
        (vocabulary.name, term): tuple(
            dict.fromkeys(id for below in sorted(narrower(vocabulary, term)) for id in named[vocabulary.name, below])
        )
        for vocabulary in facets.values()
        for term in vocabulary.terms
    }


def _claims(
    base: KnowledgeBase, outlines: Mapping[RecordId, Outline], records: Mapping[RecordId, Record], reads: Reads
) -> Mapping[tuple[RecordId, str], Claim]:
    groups = base.vocabularies.get("country_groups")

    def claim(key: tuple[RecordId, str]) -> Claim:
        return next(one for one in claims(records[key[0]], base.references, groups) if one.id == key[1])

    def told(key: tuple[RecordId, str]) -> str:
        keys = (one.reference for one in outlines[key[0]].citations if one.claim == key[1])
        known = (_told_of_reference(base, one) for one in keys if one in base.references)
        return digest(reads.now(("records", key[0])), *known)

    names = [(id, name) for id, one in outlines.items() for name in one.claims]
    return reads.watch("claims", Lazy(names, claim, held=len(names)), told)


def _facts(
    base: KnowledgeBase, outlines: Mapping[RecordId, Outline], language: str
) -> Mapping[str, tuple[object, ...]]:
    return {
        "glossary": tuple(_glossary(base, outlines, language).items()),
        "home_countries": tuple(sorted({code for one in outlines.values() for code in one.countries})),
        "last_reviewed": (max((one.last_reviewed for one in outlines.values()), default=""),),
    }


def _glossary(base: KnowledgeBase, outlines: Mapping[RecordId, Outline], language: str) -> Mapping[str, RecordId]:
    words: dict[str, RecordId] = {}
    for id, one in outlines.items():
        if base.record_types[id.type].autolink:
            face = one.face(language)
            for form in (face.title or id.slug, *face.names):
                if form:
                    words.setdefault(form.casefold(), id)
    return words


def _facets(base: KnowledgeBase) -> Mapping[str, Vocabulary]:
    """Return the vocabularies that all record types with common fields share."""
    shared: dict[str, Vocabulary] = {}
    for record_type in base.record_types.values():
        if "status" in record_type.fields:
            named = [field.element.vocabulary for field in record_type.fields.values() if field.element]
            found = {name: base.vocabularies[name] for name in named if name in base.vocabularies}
            shared = {name: found[name] for name in shared if name in found} if shared else found
    return shared
