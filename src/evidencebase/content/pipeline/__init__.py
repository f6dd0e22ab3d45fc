"""The stages from files to a knowledge base, in order: load, validate, link, cite, grade claims, translate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from evidencebase.content import (
    attachments,
    citations,
    claim_blocks,
    claims,
    link,
    load,
    prose,
    records,
    validate,
    values,
    wording,
)
from evidencebase.content.pipeline.definitions import COUNTRY_GROUPS, Definitions, read_definitions
from evidencebase.content.pipeline.translations import Translations, read_translations
from evidencebase.content.translate import localised
from evidencebase.content.yaml_source import read_yaml
from evidencebase.diagnostics import Diagnostic
from evidencebase.model import (
    Claim,
    Document,
    KnowledgeBase,
    Record,
    RecordId,
)
from evidencebase.text.scanner import scan


@dataclass(frozen=True, slots=True)
class Result:
    """A knowledge base and everything that is wrong with it, sorted; it is publishable where there is no error."""

    knowledge_base: KnowledgeBase
    diagnostics: tuple[Diagnostic, ...]


def read(root: Path) -> Result:
    """Return the knowledge base in this folder with all diagnostics; raises KnowledgeBaseError outside of one."""
    found: list[Diagnostic] = []
    definitions = read_definitions(root, found)
    types, terms, references = definitions.types, definitions.terms, definitions.references
    files, faults = load.read_records(root, types.values())
    found.extend(faults)
    understood = [_understand(root, file, definitions, found) for file in files]
    all_records = tuple(entry for entry, _ in understood)
    known = link.places({file.path: file.id for file in files}, all_records, types, terms)
    for file, (entry, document) in zip(files, understood, strict=True):
        found.extend(_check(file, entry, document, definitions, known=known))
    links = link.links(all_records, types, known)
    used = [one for entry in all_records for one in citations.citations(entry, types[entry.id.type])]
    graded = _grade(understood, definitions, found)
    by_id = {entry.id: entry for entry in all_records}
    translations = read_translations(root, files, by_id, definitions, known=known, found=found)
    for entry in all_records:
        found.extend(claim_blocks.check_claim_blocks(entry, graded, known.folders))
    found.extend(citations.uncited(references.values(), {one.reference for one in used}))
    found.extend(_check_wording(by_id, translations, definitions))
    base = KnowledgeBase(
        settings=definitions.site,
        record_types=types,
        vocabularies=terms,
        strings=definitions.strings,
        templates=definitions.templates,
        records=by_id,
        translations=translations,
        findings=definitions.findings,
        references=references,
        claims=graded,
        citations=tuple(sorted(set(used))),
        examples=definitions.examples,
        links=links,
        backlinks=link.backlinks(links),
    )
    return Result(base, tuple(sorted(set(found))))


def _understand(
    root: Path, file: load.RecordFile, definitions: Definitions, found: list[Diagnostic]
) -> tuple[Record, Document | None]:
    record_type = definitions.types[file.id.type]
    document = None
    if file.parts.front_matter is not None:
        document, faults = read_yaml(file.parts.front_matter, file.path, first_line=2)
        found.extend(faults)
    prose = scan(file.parts.prose, first_line=file.parts.prose_line, reserved=record_type.fields)
    beside = file.files
    if record_type.in_files:
        beside = {}  # MkDocs publishes what lies in docs/
    drawings, faults = load.drawings(root, file) if beside else ({}, ())
    found.extend((*faults, *attachments.check_files(str(PurePosixPath(file.path).parent), beside, drawings)))
    entry = records.record(
        file.id, document, prose, record_type, path=file.path, files=beside, language=definitions.site.languages[0]
    )
    return entry, document


def _grade(
    understood: Iterable[tuple[Record, Document | None]], definitions: Definitions, found: list[Diagnostic]
) -> Mapping[tuple[RecordId, str], Claim]:
    references = definitions.references
    graded: dict[tuple[RecordId, str], Claim] = {}
    for entry, document in understood:
        made = tuple(claims.claims(entry, references, definitions.terms.get(COUNTRY_GROUPS)))
        graded |= {(entry.id, claim.id): claim for claim in made}
        if document is not None:
            found.extend(claims.check_claims(entry, document, made))
            found.extend(citations.check_citations(entry, document, definitions.types[entry.id.type], references))
    return graded


def _check_wording(
    records: Mapping[RecordId, Record], translations: Translations, definitions: Definitions
) -> Iterator[Diagnostic]:
    """Yield words that the glossary replaces, in the originals and in every translation."""
    for language in definitions.site.languages:
        shown = [
            (entry, entry.source)
            if entry.language == language
            else (localised(entry, translations[id, language]), translations[id, language].source)
            for id, entry in records.items()
            if entry.language == language or (id, language) in translations
        ]
        replaced = wording.words_to_replace((entry for entry, _ in shown), definitions.types)
        for entry, path in shown:
            yield from wording.check_wording(entry, path, replaced)


def _check(
    file: load.RecordFile, entry: Record, document: Document | None, definitions: Definitions, *, known: link.Places
) -> Iterator[Diagnostic]:
    record_type = definitions.types[file.id.type]
    beside = file.files
    if document is not None:
        yield from validate.check_shape(document, file.path, record_type, definitions.rules[record_type.name])
        if isinstance(document.value, dict):
            yield from values.check_values(document, file.path, record_type, definitions.vocabularies, files=beside)
    document = document or Document({}, {})
    yield from link.check_links(entry, document, definitions.types, known, files=beside)
    yield from prose.check_prose(entry, document, record_type, beside)
