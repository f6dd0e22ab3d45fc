"""Reads what records are made of: settings, record types, vocabularies, references, interface texts, templates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from evidencebase.cache import Cache, Stamps, digest, stamp_digest
from evidencebase.cache.engine import engine_digest
from evidencebase.content import (
    bibliography,
    claims,
    load,
    paper,
    record_types,
    schemas,
    settings,
    synonyms,
    validate,
    vocabularies,
)
from evidencebase.content.pipeline.documents import read_document, read_synonyms, synonym_files
from evidencebase.diagnostics import Code, Diagnostic, Location
from evidencebase.model import (
    Document,
    RecordType,
    Reference,
    Settings,
    StrengthExample,
    Strings,
    Vocabulary,
)
from evidencebase.text.messages import nearest
from evidencebase.text.strings import strings
from evidencebase.text.templates import check_templates
from evidencebase.text.typography import one_line

COUNTRY_GROUPS = "country_groups"
"""The vocabulary of names that may stand in place of a country."""


@dataclass(frozen=True, slots=True)
class Definitions:
    """What records are made of and checked against."""

    site: Settings
    digest: str
    """Of everything here, and of the engine that reads it."""
    rules_digest: str
    """Of what decides how a record is read: its type, and the vocabularies."""
    types: Mapping[str, RecordType]
    vocabularies: Mapping[str, Vocabulary | None]
    """None for a vocabulary that is there and cannot be read."""
    references: Mapping[str, Reference]
    strings: Mapping[str, Strings]
    templates: Mapping[str, str]
    examples: tuple[StrengthExample, ...]
    findings: Mapping[str, Mapping[str, str]]
    """Language → reference key → its finding, translated."""
    synonym_files: Mapping[str, tuple[str, Document]]
    """Language → path and content of its synonyms."""
    synonyms: Mapping[str, synonyms.Synonyms]

    def rules(self, record_type: RecordType) -> validate.Validator:
        """Return the compiled schema of a record type."""
        # A compiled schema cannot be kept between runs; within one, it is compiled once.
        key = self.rules_digest, record_type.name
        if key not in _COMPILED:
            _COMPILED[key] = validate.validator(record_type)
        return _COMPILED[key]

    @property
    def terms(self) -> Mapping[str, Vocabulary]:
        return {name: vocabulary for name, vocabulary in self.vocabularies.items() if vocabulary is not None}


_COMPILED: dict[tuple[str, str], validate.Validator] = {}


def read_definitions(root: Path, cache: Cache, files: Stamps, found: list[Diagnostic]) -> Definitions:
    """Return everything that records are made of, and add what is wrong with it to `found`."""
    site = _settings(root, found)
    parts = {name: _said(files, name) for name in ("record_types", "vocabularies", "references", "strings")}
    rules = digest(engine_digest(), repr(site.languages), parts["record_types"], parts["vocabularies"])
    everything = digest(rules, repr(site), *parts.values())

    def make() -> tuple[Definitions, list[Diagnostic]]:
        faults: list[Diagnostic] = []
        return _definitions(root, site, (everything, rules), faults), faults

    definitions, faults = cache.recall("definitions", everything, make)
    found.extend(faults)
    return definitions


def _said(files: Stamps, folder: str) -> str:
    return stamp_digest({path: stamp for path, stamp in files.items() if path.startswith(f"{folder}/")})


def _definitions(root: Path, site: Settings, digests: tuple[str, str], found: list[Diagnostic]) -> Definitions:
    types = _record_types(root, found)
    vocabularies_found = _vocabularies(root, site, found)
    terms = {name: vocabulary for name, vocabulary in vocabularies_found.items() if vocabulary is not None}
    references = _references(root, terms, found)
    return Definitions(
        site,
        *digests,
        types,
        vocabularies_found,
        references=references,
        strings=_strings(root, site, found),
        templates=_templates(root, found),
        examples=_examples(terms, found),
        findings=_findings(root, site, references, found),
        synonym_files=(files := synonym_files(root, site, found)),
        synonyms=read_synonyms(files, found),
    )


def _settings(root: Path, found: list[Diagnostic]) -> Settings:
    document = read_document(root, load.SETTINGS_FILE, found)
    site, faults = settings.settings(document, load.SETTINGS_FILE)
    found.extend(faults)
    return site


def _record_types(root: Path, found: list[Diagnostic]) -> Mapping[str, RecordType]:
    """Read the schemas; where one is wrong there are no record types, for every record would look wrong."""
    paths = load.definition_files(root, "record_types", ".yml")
    documents = {name: read_document(base, path, found) for name, (base, path) in paths.items()}
    places = {name: path for name, (_, path) in paths.items()}
    readable = {name: document for name, document in documents.items() if document is not None}
    faults = tuple(schemas.check_schemas(readable, places))
    if faults or len(readable) < len(documents):
        found.extend(faults)
        return {}
    types = record_types.record_types(readable)
    faults = tuple(record_types.wrong_names(types, readable, places))
    for name, record_type in types.items():
        try:
            validate.validator(record_type)
        except ValueError as error:
            faults += (validate.wrong_schema(error, readable[f"{name}/schema.yml"], places[f"{name}/schema.yml"]),)
    found.extend(faults)
    return {} if faults else types


def _vocabularies(root: Path, site: Settings, found: list[Diagnostic]) -> Mapping[str, Vocabulary | None]:
    """Read the vocabularies; one that is wrong is None."""
    terms: dict[str, Vocabulary | None] = {}
    for base, path in load.definition_files(root, "vocabularies", ".yml").values():
        name = PurePosixPath(path).stem
        if PurePosixPath(path).parent.name == "synonyms":
            continue
        terms[name] = None
        if (document := read_document(base, path, found)) is not None:
            vocabulary, faults = vocabularies.vocabulary(name, document, path, site.languages[0])
            found.extend(faults)
            terms[name] = vocabulary
    return terms


def _references(root: Path, terms: Mapping[str, Vocabulary], found: list[Diagnostic]) -> Mapping[str, Reference]:
    groups = frozenset(terms[COUNTRY_GROUPS].terms) if COUNTRY_GROUPS in terms else frozenset()
    entries: dict[str, Reference] = {}
    for path in load.bibliography_files(root):
        text, faults = load.read_text(root, path)
        found.extend((*faults, *paper.check_file(text or "", path)))
        made, faults = bibliography.references(text or "", path, groups)
        found.extend(faults)
        for entry in made:
            # Keys become addresses, where capital letters make no difference.
            first = entries.setdefault(entry.key.casefold(), entry)
            if first is not entry:
                message = f"the key '{entry.key}' stands in {first.location.path}:{first.location.line} already"
                found.append(Diagnostic(entry.location, Code.DUPLICATE_ID, message, "keep one of the two entries"))
    return {entry.key: entry for _, entry in sorted(entries.items())}


def _findings(
    root: Path, site: Settings, references: Mapping[str, Reference], found: list[Diagnostic]
) -> Mapping[str, Mapping[str, str]]:
    """Read what references found, in the languages that have a file for it."""
    findings: dict[str, Mapping[str, str]] = {}
    for language in site.languages:
        path = f"references/findings.{language}.yml"
        if not (root / path).is_file() or (document := read_document(root, path, found)) is None:
            continue
        values = document.value if isinstance(document.value, dict) else {}
        for key in values.keys() - references.keys():
            where = document.positions.get((key,), Location(path))
            found.append(Diagnostic(where, Code.UNKNOWN_REFERENCE, f"no reference '{key}'", nearest(key, references)))
        findings[language] = {key: one_line(str(text)) for key, text in values.items() if key in references}
    return findings


def _examples(terms: Mapping[str, Vocabulary], found: list[Diagnostic]) -> tuple[StrengthExample, ...]:
    document = read_document(load.BUILT_IN, "content/strength_examples.yml", found)
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
            if not (base / path).is_file() or (document := read_document(base, path, found)) is None:
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
