"""The stages from files to a knowledge base, in order: define, find, open, link, check, grade claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from evidencebase.cache import Cache, Lazy, Memory, Reads, Stamps, stamp_digest, stamps
from evidencebase.content import citations, link, load
from evidencebase.content.claims import claims
from evidencebase.content.pipeline.checking import check_records, check_synonyms, others
from evidencebase.content.pipeline.definitions import COUNTRY_GROUPS, Definitions, read_definitions
from evidencebase.content.pipeline.opening import Opener, Whole, face_name, faces, prose_name, whole_name
from evidencebase.diagnostics import Diagnostic
from evidencebase.model import Citation, Claim, KnowledgeBase, Outline, Prose, Record, RecordId, Translation


@dataclass(frozen=True, slots=True)
class Result:
    """A knowledge base and everything that is wrong with it, sorted; it is publishable where there is no error."""

    knowledge_base: KnowledgeBase
    diagnostics: tuple[Diagnostic, ...]


def read(root: Path, cache: Cache | None = None, files: Stamps | None = None) -> Result:
    """Return the knowledge base in this folder with all diagnostics; raises KnowledgeBaseError outside of one.

    What `cache` knows is not read again. `files` are the stamps of the folder, where they have been taken already.
    """
    found: list[Diagnostic] = []
    cache = cache or Cache()
    files = files if files is not None else stamps(root, {})
    definitions = read_definitions(root, cache, files, found)
    places_of_files = _found(root, definitions, cache, files, found=found)
    opener = Opener(root, definitions, files, cache.store("records"))
    opened = opener.all(places_of_files, cache)
    for one in opened.values():
        found.extend(one.faults)
    outlines = {id: one.outline for id, one in opened.items()}
    wholes = _wholes(opener, {file.id: file for file in places_of_files}, outlines)
    known = link.places(outlines.values(), definitions.types, definitions.terms)
    reads = Reads()
    against = others(opened, known, definitions, reads)
    memory = Memory(reads, cache.state("checked"))
    found.extend(check_records(opened, wholes, against, memory))
    if memory.is_new:
        cache.save("checked", memory.remembered())
    cited = _cited(outlines)
    found.extend(check_synonyms(definitions, outlines.values()))
    found.extend(citations.uncited(definitions.references.values(), cited.keys()))
    base = _knowledge_base(definitions, outlines, wholes, opener, cited=cited, known=known)
    return Result(base, tuple(sorted(set(found))))


def _found(
    root: Path, definitions: Definitions, cache: Cache, files: Stamps, *, found: list[Diagnostic]
) -> tuple[load.RecordFile, ...]:
    """Find the files of records; where all files have the same names and sizes as before, they are known."""
    sizes = {path: (0, 0, "" if path.endswith(".md") else str(size)) for path, (size, _, _) in files.items()}
    records, faults = cache.recall(
        "found", stamp_digest(sizes) + definitions.rules_digest,
        lambda: load.find_records(root, definitions.types.values()),
    )  # fmt: skip
    found.extend(faults)
    return records


def _wholes(
    opener: Opener, files: Mapping[RecordId, load.RecordFile], outlines: Mapping[RecordId, Outline]
) -> Mapping[RecordId, Whole]:
    """Return all records whole, each taken from the store when it is looked up, or opened again."""

    def whole(id: RecordId) -> Whole:
        return opener.kept(whole_name(outlines[id]), lambda: opener.open(files[id])[1])

    return Lazy(outlines, whole)


def _knowledge_base(
    definitions: Definitions, outlines: Mapping[RecordId, Outline], wholes: Mapping[RecordId, Whole], opener: Opener,
    *, cited: Mapping[str, tuple[Citation, ...]], known: link.Places,
) -> KnowledgeBase:  # fmt: skip
    shown = [(id, language) for id, one in outlines.items() for language in one.faces]
    groups = definitions.terms.get(COUNTRY_GROUPS)

    def face(key: tuple[RecordId, str]) -> Record:
        id, language = key
        return opener.kept(face_name(outlines[id], language), lambda: faces(wholes[id])[language][0])

    def prose(key: tuple[RecordId, str]) -> Prose:
        id, language = key
        return opener.kept(prose_name(outlines[id], language), lambda: faces(wholes[id])[language][1])

    def translation(key: tuple[RecordId, str]) -> Translation:
        return next(one for one, _ in wholes[key[0]].translations if one.language == key[1])

    def claim(key: tuple[RecordId, str]) -> Claim:
        record = shown_faces[key[0], outlines[key[0]].language]
        return next(one for one in claims(record, definitions.references, groups) if one.id == key[1])

    shown_faces = Lazy(shown, face, held=len(shown))
    links = link.links(outlines.values(), known)
    return KnowledgeBase(
        settings=definitions.site,
        definitions=definitions.digest,
        record_types=definitions.types,
        vocabularies=definitions.terms,
        strings=definitions.strings,
        templates=definitions.templates,
        outlines=outlines,
        records=Lazy(outlines, lambda id: wholes[id].record),
        translations=Lazy([key for key in shown if key[1] != outlines[key[0]].language], translation),
        faces=shown_faces,
        proses=Lazy(shown, prose),
        synonyms=definitions.synonyms,
        findings=definitions.findings,
        references=definitions.references,
        claims=Lazy([(id, name) for id, one in outlines.items() for name in one.claims], claim),
        cited=cited,
        examples=definitions.examples,
        links=links,
        backlinks=link.backlinks(links),
    )


def _cited(outlines: Mapping[RecordId, Outline]) -> Mapping[str, tuple[Citation, ...]]:
    found: defaultdict[str, set[Citation]] = defaultdict(set)
    for outline in outlines.values():
        for one in outline.citations:
            found[one.reference].add(one)
    return {key: tuple(sorted(uses)) for key, uses in found.items()}
