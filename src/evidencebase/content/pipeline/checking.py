"""The stage that checks records against each other: their links, citations, claims and words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from evidencebase.cache import Memory, Reads, digest
from evidencebase.content import citations, claim_blocks, claims, wording
from evidencebase.content.link import Places
from evidencebase.content.link.check import check_links
from evidencebase.content.pipeline.definitions import COUNTRY_GROUPS, Definitions
from evidencebase.content.pipeline.opening import Opened, Whole
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


def others(opened: Mapping[RecordId, Opened], places: Places, definitions: Definitions, reads: Reads) -> Others:
    """Return what records are checked against, watched."""
    outlines = [one.outline for one in opened.values()]
    references = definitions.references
    existing = {(one.id, claim): claim for one in outlines for claim in one.claims}
    words = {language: _words(outlines, language) for language in definitions.site.languages}
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
    )


def check_records(
    opened: Mapping[RecordId, Opened], wholes: Wholes, against: Others, memory: Memory
) -> Iterator[Diagnostic]:
    """Yield what is wrong with every record beside the others; what has been checked against the same is not again."""
    for id, one in opened.items():

        def check(id: RecordId = id) -> tuple[Diagnostic, ...]:
            return tuple(_check(wholes[id], against))

        yield from memory.recall(one.outline.source, one.outline.content, check)


def _check(whole: Whole, against: Others) -> Iterator[Diagnostic]:
    record, document, types = whole.record, whole.document or Document({}, {}), against.types
    yield from check_links(record, document, types, against.places, files=whole.beside)
    if whole.document is not None:
        made = tuple(claims.claims(record, against.references, against.groups))
        yield from claims.check_claims(record, document, made)
        yield from citations.check_citations(record, document, types[record.id.type], against.references)
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


def _words(outlines: list[Outline], language: str) -> Words:
    found: dict[str, str] = {}
    for one in outlines:
        face = one.faces.get(language)
        for word in face.avoided if face else ():
            found.setdefault(word.casefold(), face.title if face and face.title else one.id.slug)
    return found
