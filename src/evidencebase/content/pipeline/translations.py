"""The stage that reads translations, checks them against their originals, and keeps the ones that can be used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from evidencebase.content import citations, link, load, prose, validate
from evidencebase.content.check_translation import META, check_language, check_translation
from evidencebase.content.pipeline.definitions import Definitions
from evidencebase.content.records import frozen
from evidencebase.content.translate import localised
from evidencebase.content.yaml_source import read_yaml
from evidencebase.diagnostics import Diagnostic, Severity
from evidencebase.model import Document, Prose, Record, RecordId, Translation
from evidencebase.text.scanner import scan

Translations = Mapping[tuple[RecordId, str], Translation]


def read_translations(
    root: Path, files: Iterable[load.RecordFile], records: Mapping[RecordId, Record], definitions: Definitions,
    *, known: link.Places, found: list[Diagnostic],
) -> Translations:  # fmt: skip
    """Return the translations by record and language, and add what is wrong with them to `found`."""
    sources, faults = load.read_translations(root, files, definitions.types.values())
    found.extend(faults)
    translations: dict[tuple[RecordId, str], Translation] = {}
    for source in sources:
        wrong_language = tuple(check_language(source.path, source.language, definitions.site.languages))
        found.extend(wrong_language)
        if wrong_language or source.parts.front_matter is None:
            continue
        document, faults = read_yaml(source.parts.front_matter, source.path, first_line=2)
        found.extend(faults)
        if document is None or not isinstance(document.value, dict):
            continue
        translation = _translation(source, document, definitions)
        found.extend(_check(translation, document, records[source.id], definitions, known=known))
        translations[source.id, source.language] = translation
    return translations


def _translation(source: load.TranslationFile, document: Document, definitions: Definitions) -> Translation:
    record_type = definitions.types[source.id.type]
    meta: Any = document.value.get(META)
    meta = meta if isinstance(meta, dict) else {}
    text = source.parts.prose
    seen = meta.get("sections")
    changes = meta.get("changes")
    return Translation(
        record=source.id,
        language=source.language,
        source=source.path,
        fields={
            name: frozen(value, record_type.fields[name])
            for name, value in document.value.items()
            if name in record_type.fields and value is not None
        },
        prose=scan(text, first_line=source.parts.prose_line, reserved=record_type.fields) if text else Prose(),
        translator=str(meta.get("translator") or ""),
        reviewer=str(meta.get("reviewer") or ""),
        date=str(meta.get("date") or ""),
        seen={str(name): str(value) for name, value in seen.items()} if isinstance(seen, dict) else {},
        seen_changes=tuple(map(str, changes)) if isinstance(changes, list) else (),
    )


def _check(
    translation: Translation, document: Document, record: Record, definitions: Definitions, *, known: link.Places
) -> Iterator[Diagnostic]:
    record_type = definitions.types[record.id.type]
    wrong = tuple(check_translation(record, record_type, translation, document))
    yield from wrong
    as_record = replace(localised(record, translation), source=translation.source, fields={}, prose=translation.prose)
    yield from link.check_links(as_record, document, definitions.types, known, files=dict.fromkeys(record.files, 0))
    yield from prose.check_prose(as_record, document, record_type, dict.fromkeys(record.files, 0))
    yield from citations.check_citations(as_record, document, record_type, definitions.references)
    if not any(one.severity is Severity.ERROR for one in wrong):
        yield from _check_limits(translation, document, record, definitions)


def _check_limits(
    translation: Translation, document: Document, record: Record, definitions: Definitions
) -> Iterator[Diagnostic]:
    """Yield texts that are too long, empty or of the wrong kind: the same limits hold in every language."""
    record_type = definitions.types[record.id.type]
    merged = Document({**_plain(record.fields), **_plain(localised(record, translation).fields)}, document.positions)
    for fault in validate.check_shape(merged, translation.source, record_type, definitions.rules[record_type.name]):
        if fault.location.line > 1:
            yield fault


def _plain(value: Any) -> Any:
    """Return frozen values as the validator reads them; what is unknown is written so."""
    if isinstance(value, Mapping):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    return "unknown" if value is None else value
