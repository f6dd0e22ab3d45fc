"""The stage that checks records against each other: their links, citations, claims and words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from evidencebase.cache import Memory, Reads, digest
from evidencebase.content import citations, claim_blocks, claims, redirects, synonyms, wording
from evidencebase.content.link import Places
from evidencebase.content.link.check import check_links
from evidencebase.content.pipeline.definitions import COUNTRY_GROUPS, Definitions
from evidencebase.content.pipeline.opening import FEW, Opened, Whole
from evidencebase.content.pipeline.translations import as_record
from evidencebase.diagnostics import Diagnostic
from evidencebase.model import Document, Outline, Record, RecordId, RecordType, Reference, Vocabulary

Wholes = Mapping[RecordId, Whole]
Words = Mapping[str, str]
"""What the glossary replaces, with what it asks for."""


@dataclass(frozen=True, slots=True)
class Others:
    """What a record is checked against; every look-up is noted."""

    types: Mapping[str, RecordType]
    places: Places
    references: Mapping[str, Reference]
    claims: Mapping[tuple[RecordId, str], str]
    """Every claim there is, with the statement of none."""
    words: Mapping[str, Words]
    """By language."""
    groups: Vocabulary | None
    former: Mapping[RecordId, tuple[RecordId, ...]]
    """Former name → the records that had it."""
    sources: Mapping[RecordId, str]
    """The file of each record."""


def others(opened: Mapping[RecordId, Opened], places: Places, definitions: Definitions, reads: Reads) -> Others:
    """Return what records are checked against, watched."""
    outlines = [one.outline for one in opened.values()]
    references = definitions.references
    existing = {(one.id, claim): claim for one in outlines for claim in one.claims}
    words = {language: _words(outlines, language) for language in definitions.site.languages}
    former = _former(outlines)
    watched = replace(
        places,
        records=reads.watch("paths", places.records),
        ids=reads.watch("ids", places.ids),
        anchors=reads.watch("anchors", places.anchors, lambda id: digest(*sorted(places.anchors[id]))),
        drafts=reads.watch("drafts", places.drafts),
        slugs=reads.watch("slugs", places.slugs, lambda name: digest(*sorted(places.slugs[name]))),
    )
    return Others(
        definitions.types,
        watched,
        reads.watch("references", references, lambda key: digest(references[key].bibtex)),
        reads.watch("claims", existing),
        reads.watch("words", words),
        definitions.terms.get(COUNTRY_GROUPS),
        reads.watch("former", former, lambda old: repr(former[old])),
        reads.watch("sources", {one.id: one.source for one in outlines}),
    )


def _former(outlines: list[Outline]) -> Mapping[RecordId, tuple[RecordId, ...]]:
    found: dict[RecordId, tuple[RecordId, ...]] = {}
    for one in outlines:
        for name in dict.fromkeys(one.former):
            old = RecordId(one.id.type, name)
            found[old] = (*found.get(old, ()), one.id)
    return found


def check_records(
    opened: Mapping[RecordId, Opened], wholes: Wholes, against: Others, memory: Memory
) -> Iterator[Diagnostic]:
    """Yield what is wrong with every record beside the others; what has been checked against the same is not again."""

    def check(id: RecordId) -> tuple[Diagnostic, ...]:
        return tuple(_check(wholes[id], against))

    tasks = [(one.outline.source, one.outline.content, partial(check, id)) for id, one in opened.items()]
    for found in memory.recall_all(tasks, least=FEW):
        yield from found


def _check(whole: Whole, against: Others) -> Iterator[Diagnostic]:
    record, document, types = whole.record, whole.document or Document({}, {}), against.types
    yield from check_links(record, document, types, against.places, files=whole.beside)
    if whole.document is not None:
        made = tuple(claims.claims(record, against.references, against.groups))
        yield from claims.check_claims(record, document, made)
        yield from citations.check_citations(record, document, types[record.id.type], against.references)
        yield from redirects.check_redirects(record, document, against.former, against.sources)
    yield from claim_blocks.check_claim_blocks(record, against.claims, against.places.folders)
    yield from _check_words(record, record.source, against)
    for translation, own in whole.translations:
        text = as_record(record, translation)
        yield from check_links(text, own, types, against.places, files=record.files)
        yield from citations.check_citations(text, own, types[record.id.type], against.references)
        if translation.language != record.language:
            shown = replace(record, language=translation.language, prose=translation.prose)
            yield from _check_words(shown, translation.source, against)


def _check_words(record: Record, path: str, against: Others) -> Iterator[Diagnostic]:
    if record.language in against.words:
        yield from wording.check_wording(record, path, against.words[record.language])


def check_synonyms(definitions: Definitions, outlines: Iterable[Outline]) -> Iterator[Diagnostic]:
    """Yield synonyms for what nothing on the site is called."""
    if not definitions.synonym_files:
        return
    titles: dict[str, set[str]] = {}
    for one in outlines:
        for language, face in one.faces.items():
            titles.setdefault(language, set()).update(name.casefold() for name in (face.title, *face.names))
    for language, (path, document) in definitions.synonym_files.items():
        labels = {
            term.label[language].casefold()
            for vocabulary in definitions.terms.values()
            for term in vocabulary.terms.values()
            if language in term.label
        }
        yield from synonyms.pointing_nowhere(document, path, labels | titles.get(language, set()))


def _words(outlines: list[Outline], language: str) -> Words:
    found: dict[str, str] = {}
    for one in outlines:
        face = one.faces.get(language)
        for word in face.avoided if face else ():
            found.setdefault(word.casefold(), face.title if face and face.title else one.id.slug)
    return found
