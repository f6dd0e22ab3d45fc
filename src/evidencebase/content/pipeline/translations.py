"""Reads the translations of a record, checks them against their original, and keeps those that can be used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from evidencebase.content import load, paper, prose, validate
from evidencebase.content.check_translation import META, check_language, check_translation
from evidencebase.content.pipeline.definitions import Definitions
from evidencebase.content.records import frozen
from evidencebase.content.translate import localised
from evidencebase.content.yaml_source import read_yaml
from evidencebase.diagnostics import Diagnostic, Severity
from evidencebase.model import Document, Prose, Record, RecordType, Translation
from evidencebase.text.front_matter import Parts
from evidencebase.text.scanner import scan


class OpenedTranslation(NamedTuple):
    """A translation, its file, and the record as its readers see it."""

    translation: Translation
    document: Document
    parts: Parts
    shown: Record


def open_translations(
    root: Path, files: Iterable[load.TranslationFile], record: Record, definitions: Definitions,
    *, found: list[Diagnostic],
) -> tuple[OpenedTranslation, ...]:  # fmt: skip
    """Return the translations of a record, and add what is wrong with them to `found`."""
    opened = []
    for file in files:
        parts, faults = load.read_parts(root, file.path)
        found.extend(faults)
        wrong_language = tuple(check_language(file.path, file.language, definitions.site.languages))
        found.extend(wrong_language)
        if wrong_language or parts.front_matter is None:
            continue
        document, faults = read_yaml(parts.front_matter, file.path, first_line=2)
        found.extend(faults)
        if document is None or not isinstance(document.value, dict):
            continue
        translation = _translation(file, parts, document, record=record, record_type=definitions.types[record.id.type])
        one = OpenedTranslation(translation, document, parts, localised(record, translation))
        found.extend(_check(one, record, definitions))
        found.extend(paper.check_letters(parts, translation.prose, as_record(record, translation)))
        opened.append(one)
    return tuple(opened)


def as_record(record: Record, translation: Translation) -> Record:
    """Return the prose of a translation as a record of its own, whose faults lie in the translation's file."""
    return replace(record, language=translation.language, source=translation.source, fields={}, prose=translation.prose)


def _translation(
    file: load.TranslationFile, parts: Parts, document: Document, *, record: Record, record_type: RecordType
) -> Translation:
    meta: Any = document.value.get(META)
    meta = meta if isinstance(meta, dict) else {}
    text = parts.prose
    seen = meta.get("sections")
    changes = meta.get("changes")
    return Translation(
        record=record.id,
        language=file.language,
        source=file.path,
        fields={
            name: frozen(value, record_type.fields[name])
            for name, value in document.value.items()
            if name in record_type.fields and value is not None
        },
        prose=scan(text, first_line=parts.prose_line, reserved=record_type.fields) if text else Prose(),
        translator=str(meta.get("translator") or ""),
        reviewer=str(meta.get("reviewer") or ""),
        date=str(meta.get("date") or ""),
        seen={str(name): str(value) for name, value in seen.items()} if isinstance(seen, dict) else {},
        seen_changes=tuple(map(str, changes)) if isinstance(changes, list) else (),
    )


def _check(one: OpenedTranslation, record: Record, definitions: Definitions) -> Iterator[Diagnostic]:
    translation, document, record_type = one.translation, one.document, definitions.types[record.id.type]
    wrong = tuple(check_translation(record, record_type, translation, document))
    yield from wrong
    shown = as_record(record, translation)
    yield from prose.check_prose(shown, document, record_type, dict.fromkeys(record.files, 0))
    yield from paper.check_layout(shown, document, record_type)
    if not any(fault.severity is Severity.ERROR for fault in wrong):
        yield from _check_limits(one, record_type, definitions)


def _check_limits(one: OpenedTranslation, record_type: RecordType, definitions: Definitions) -> Iterator[Diagnostic]:
    """Yield texts that are too long, empty or of the wrong kind: the same limits hold in every language."""
    merged = Document(_plain(one.shown.fields), one.document.positions)
    for fault in validate.check_shape(merged, one.translation.source, record_type, definitions.rules(record_type)):
        if fault.location.line > 1:
            yield fault


def _plain(value: Any) -> Any:
    """Return frozen values as the validator reads them; what is unknown is written so."""
    if isinstance(value, Mapping):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    return "unknown" if value is None else value
