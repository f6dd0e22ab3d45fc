"""The stages from files to a knowledge base, in order: load, validate, link, cite, grade claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from evidencebase.content import (
    attachments,
    bibliography,
    citations,
    claim_blocks,
    claims,
    link,
    load,
    prose,
    record_types,
    records,
    schemas,
    settings,
    validate,
    values,
    vocabularies,
)
from evidencebase.content.yaml_source import read_yaml
from evidencebase.diagnostics import Code, Diagnostic, Location
from evidencebase.model import (
    Claim,
    Document,
    KnowledgeBase,
    Prose,
    Record,
    RecordId,
    RecordType,
    Reference,
    Settings,
    StrengthExample,
    Strings,
    Vocabulary,
)
from evidencebase.text.scanner import scan
from evidencebase.text.strings import strings
from evidencebase.text.templates import check_templates

COUNTRY_GROUPS = "country_groups"
"""The vocabulary of names that may stand in place of a country."""


@dataclass(frozen=True, slots=True)
class Result:
    """A knowledge base and everything that is wrong with it, sorted; it is publishable where there is no error."""

    knowledge_base: KnowledgeBase
    diagnostics: tuple[Diagnostic, ...]


def read(root: Path) -> Result:
    """Return the knowledge base in this folder with all diagnostics; raises KnowledgeBaseError outside of one."""
    found: list[Diagnostic] = []
    site = _settings(root, found)
    types, rules = _record_types(root, found)
    terms = _vocabularies(root, site, found)
    files, faults = load.read_records(root, types.values())
    found.extend(faults)
    understood = [_understand(root, file, types[file.id.type], site, found) for file in files]
    all_records = tuple(entry for entry, _ in understood)
    known = link.places({file.path: file.id for file in files}, all_records, types, terms)
    for file, (entry, document) in zip(files, understood, strict=True):
        found.extend(_check(file, entry, document, types[file.id.type], rules, terms, types, known))
    links = link.links(all_records, types, known)
    sources = _references(root, terms, found)
    used = [one for entry in all_records for one in citations.citations(entry, types[entry.id.type])]
    graded: dict[tuple[RecordId, str], Claim] = {}
    for entry, document in understood:
        made = tuple(claims.claims(entry, sources, terms.get(COUNTRY_GROUPS)))
        graded |= {(entry.id, claim.id): claim for claim in made}
        if document is not None:
            found.extend(claims.check_claims(entry, document, made))
            found.extend(citations.check_citations(entry, document, types[entry.id.type], sources))
    for entry in all_records:
        found.extend(claim_blocks.check_claim_blocks(entry, graded, known.folders))
    found.extend(citations.uncited(sources.values(), {one.reference for one in used}))
    base = KnowledgeBase(
        settings=site,
        record_types=types,
        vocabularies=terms,
        strings=_strings(root, site, found),
        templates=_templates(root, found),
        records={entry.id: entry for entry in all_records},
        references=sources,
        claims=graded,
        citations=tuple(sorted(set(used))),
        examples=_examples(terms, found),
        links=links,
        backlinks=link.backlinks(links),
    )
    return Result(base, tuple(sorted(set(found))))


def _settings(root: Path, found: list[Diagnostic]) -> Settings:
    document = _document(root, load.SETTINGS_FILE, found)
    site, faults = settings.settings(document, load.SETTINGS_FILE)
    found.extend(faults)
    return site


def _record_types(
    root: Path, found: list[Diagnostic]
) -> tuple[Mapping[str, RecordType], Mapping[str, validate.Validator]]:
    """Read the schemas; where one is wrong there are no record types, for every record would look wrong."""
    paths = load.definition_files(root, "record_types", ".yml")
    documents = {name: _document(base, path, found) for name, (base, path) in paths.items()}
    places = {name: path for name, (_, path) in paths.items()}
    readable = {name: document for name, document in documents.items() if document is not None}
    faults = tuple(schemas.check_schemas(readable, places))
    if faults or len(readable) < len(documents):
        found.extend(faults)
        return {}, {}
    types = record_types.record_types(readable)
    faults = tuple(record_types.wrong_names(types, readable, places))
    rules: dict[str, validate.Validator] = {}
    for name, record_type in types.items():
        try:
            rules[name] = validate.validator(record_type)
        except ValueError as error:
            faults += (validate.wrong_schema(error, readable[f"{name}/schema.yml"], places[f"{name}/schema.yml"]),)
    found.extend(faults)
    return ({}, {}) if faults else (types, rules)


def _vocabularies(root: Path, site: Settings, found: list[Diagnostic]) -> Mapping[str, Vocabulary]:
    terms: dict[str, Vocabulary] = {}
    for base, path in load.definition_files(root, "vocabularies", ".yml").values():
        name = PurePosixPath(path).stem
        if (document := _document(base, path, found)) is not None:
            vocabulary, faults = vocabularies.vocabulary(name, document, path, site.languages[0])
            found.extend(faults)
            if vocabulary is not None:
                terms[name] = vocabulary
    return terms


def _references(root: Path, terms: Mapping[str, Vocabulary], found: list[Diagnostic]) -> Mapping[str, Reference]:
    groups = frozenset(terms[COUNTRY_GROUPS].terms) if COUNTRY_GROUPS in terms else frozenset()
    entries: dict[str, Reference] = {}
    for path in load.bibliography_files(root):
        text, faults = load.read_text(root, path)
        found.extend(faults)
        made, faults = bibliography.references(text or "", path, groups)
        found.extend(faults)
        for entry in made:
            if entry.key in entries:
                message = f"the key '{entry.key}' stands in {entries[entry.key].location.path} already"
                found.append(Diagnostic(entry.location, Code.DUPLICATE_ID, message, "keep one of the two entries"))
            entries.setdefault(entry.key, entry)
    return dict(sorted(entries.items()))


def _examples(terms: Mapping[str, Vocabulary], found: list[Diagnostic]) -> tuple[StrengthExample, ...]:
    document = _document(load.BUILT_IN, "content/strength_examples.yml", found)
    rows = document.value if document else []
    groups = terms.get(COUNTRY_GROUPS)
    return tuple(claims.example(row["supports"], row["challenges"], groups) for row in rows)


def _strings(root: Path, site: Settings, found: list[Diagnostic]) -> Mapping[str, Strings]:
    """Read the interface texts; a site's own file adds to the built-in one and wins text by text."""
    texts: dict[str, Strings] = {}
    for language in site.languages:
        merged: dict[str, str | Mapping[str, str]] = {}
        for base in (load.BUILT_IN, root):
            path = f"strings/{language}.yml"
            if not (base / path).is_file() or (document := _document(base, path, found)) is None:
                continue
            if isinstance(document.value, dict):
                merged |= strings(language, document.value).texts
            else:
                hint = "write keys and texts, as the built-in strings/en.yml does"
                found.append(Diagnostic(Location(path), Code.BROKEN_SETTINGS, "there are no texts in this file", hint))
        if not merged:
            message = f"there are no interface texts in '{language}'"
            hint = f"write strings/{language}.yml, with the keys of the built-in strings/en.yml"
            found.append(Diagnostic(Location(load.SETTINGS_FILE), Code.BROKEN_SETTINGS, message, hint))
        texts[language] = Strings(language, merged)
    return texts


def _templates(root: Path, found: list[Diagnostic]) -> Mapping[str, str]:
    sources: dict[str, str] = {}
    paths = load.definition_files(root, "record_types", ".jinja")
    for name, (base, path) in paths.items():
        text, faults = load.read_text(base, path)
        found.extend(faults)
        sources[name] = text or ""
    found.extend(check_templates(sources, {name: path for name, (_, path) in paths.items()}))
    return sources


def _understand(
    root: Path, file: load.RecordFile, record_type: RecordType, site: Settings, found: list[Diagnostic]
) -> tuple[Record, Document | None]:
    document = None
    if file.front_matter is not None:
        document, faults = read_yaml(file.front_matter, file.path, first_line=2)
        found.extend(faults)
    prose = scan(file.prose, first_line=file.prose_line, reserved=record_type.fields) if file.prose else Prose()
    beside = file.files or {}
    if record_type.in_files:
        beside = {}  # MkDocs publishes what lies in docs/
    drawings, faults = load.drawings(root, file) if beside else ({}, ())
    found.extend((*faults, *attachments.check_files(str(PurePosixPath(file.path).parent), beside, drawings)))
    return records.record(file.id, file.path, document, prose, beside, record_type, site.languages[0]), document


def _check(
    file: load.RecordFile, entry: Record, document: Document | None, record_type: RecordType,
    rules: Mapping[str, validate.Validator], terms: Mapping[str, Vocabulary], types: Mapping[str, RecordType],
    known: link.Places,
) -> Iterator[Diagnostic]:  # fmt: skip
    beside = file.files or {}
    if document is not None:
        yield from validate.check_shape(document, file.path, record_type, rules[record_type.name])
        if isinstance(document.value, dict):
            yield from values.check_values(document, file.path, record_type, terms, beside)
    document = document or Document({}, {})
    yield from link.check_links(entry, document, types, known, beside)
    yield from prose.check_prose(entry, document, record_type, beside)


def _document(root: Path, path: str, found: list[Diagnostic]) -> Document | None:
    text, faults = load.read_text(root, path)
    found.extend(faults)
    if text is None:
        return None
    document, faults = read_yaml(text, path)
    found.extend(faults)
    return document
