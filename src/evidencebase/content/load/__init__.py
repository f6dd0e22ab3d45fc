"""Reads the files of a knowledge base from the disk; nothing else in `content` touches the disk."""

from __future__ import annotations

import codecs
import os
import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from evidencebase.content.load.folders import (
    TRANSLATION,
    UNPUBLISHED,
    files_of_pages,
    folders_of_records,
    leads_outside,
    mistyped_folders,
    strays,
)
from evidencebase.diagnostics import Code, Diagnostic, KnowledgeBaseError, Location
from evidencebase.model import RecordId, RecordType
from evidencebase.text.front_matter import Parts, split

MAX_TEXT = 1_000_000
"""Bytes of a text file; the longest honest brief is a tenth of it."""
BUILT_IN = Path(__file__).parent.parent.parent
SETTINGS_FILE = "mkdocs.yml"


@dataclass(frozen=True, slots=True)
class TranslationFile:
    """A translation's file, split but not yet understood."""

    id: RecordId
    language: str
    path: str
    parts: Parts


@dataclass(frozen=True, slots=True)
class RecordFile:
    """A record's file, split but not yet understood."""

    id: RecordId
    path: str
    parts: Parts
    files: Mapping[str, int]
    """Files beside it, and their size in bytes."""


def find_root(start: Path) -> Path:
    """Return the folder of the knowledge base that holds `start`; raises KnowledgeBaseError where there is none."""
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / SETTINGS_FILE).is_file():
            return folder
    raise KnowledgeBaseError(
        f"no {SETTINGS_FILE} in {start} or above it: go to a knowledge base, or make one with `evidencebase init DIR`"
    )


def read_text(root: Path, path: str) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """Return the text of a file with plain line ends and no byte order mark, or None and why it cannot be had."""
    if outside := leads_outside(root, path):
        return None, (outside,)
    try:
        data = (root / path).read_bytes()
    except OSError as error:
        return None, (
            _fault(path, Code.UNREADABLE_FILE, f"the file cannot be read: {error.strerror}", "check who may read it"),
        )
    if len(data) > MAX_TEXT:
        hint = f"split it, or move tables into a CSV file; the limit is {MAX_TEXT // 1000} kB"
        return None, (_fault(path, Code.TOO_LONG, f"the file has {len(data) // 1000} kB", hint),)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].removeprefix(codecs.BOM_UTF8).decode()
        location = Location(path, before.count("\n") + 1, len(before) - before.rfind("\n"))
        hint = "save the file with the encoding UTF-8"
        return None, (Diagnostic(location, Code.NOT_UTF8, "a character here is not UTF-8", hint),)
    return text.replace("\r\n", "\n").replace("\r", "\n"), ()


def definition_files(root: Path, folder: str, suffix: str) -> Mapping[str, tuple[Path, str]]:
    """Return name → (root, path) of the engine's own files in a folder; the site's file of the same name wins."""
    found: dict[str, tuple[Path, str]] = {}
    for base in (BUILT_IN, root):
        for path in sorted((base / folder).rglob(f"*{suffix}")):
            if not path.name.startswith("."):
                found[path.relative_to(base / folder).as_posix()] = (base, path.relative_to(base).as_posix())
    return found


def bibliography_files(root: Path) -> tuple[str, ...]:
    """Return the paths of the BibTeX files."""
    return tuple(f"references/{path.name}" for path in sorted((root / "references").glob("*.bib")))


def read_records(
    root: Path, record_types: Iterable[RecordType]
) -> tuple[tuple[RecordFile, ...], tuple[Diagnostic, ...]]:
    """Return every record's file, sorted by path, and what is wrong with the files themselves."""
    record_types = tuple(record_types)
    records: list[RecordFile] = []
    found = [*mistyped_folders(root, {record_type.folder for record_type in record_types})]
    for record_type in record_types:
        finder = files_of_pages if record_type.in_files else folders_of_records
        for result in finder(root, record_type):
            if isinstance(result, Diagnostic):
                found.append(result)
                continue
            slug, path = result
            text, faults = read_text(root, path)
            found.extend(faults)
            parts, faults = (Parts(), ()) if text is None else split(text, path)
            found.extend(faults)
            beside = _files_beside(root, path)
            found.extend(() if record_type.in_files else strays(root, posixpath.dirname(path)))
            records.append(RecordFile(RecordId(record_type.name, slug), path, parts, beside))
    return tuple(sorted(records, key=lambda record: record.path)), tuple(found)


def read_translations(
    root: Path, records: Iterable[RecordFile], record_types: Iterable[RecordType]
) -> tuple[tuple[TranslationFile, ...], tuple[Diagnostic, ...]]:
    """Return every translation beside the record it translates, and the ones that translate nothing."""
    by_path = {record.path: record.id for record in records}
    translations: list[TranslationFile] = []
    found: list[Diagnostic] = []
    for record_type in record_types:
        if leads_outside(root, record_type.folder):
            continue
        for file in sorted((root / record_type.folder).rglob("*.*.md")):
            path = file.relative_to(root).as_posix()
            named = TRANSLATION.fullmatch(file.name)
            if named is None or path.startswith(tuple(f"{folder}/" for folder in UNPUBLISHED)):
                continue
            id = by_path.get(f"{posixpath.dirname(path)}/{named['name']}.md")
            if id is None:
                hint = f"write {named['name']}.md first: the original holds the facts"
                found.append(
                    _fault(path, Code.TRANSLATION_WITHOUT_ORIGINAL, "there is nothing that it translates", hint)
                )
                continue
            text, faults = read_text(root, path)
            found.extend(faults)
            parts, faults = (Parts(), ()) if text is None else split(text, path)
            found.extend(faults)
            translations.append(TranslationFile(id, named["language"], path, parts))
    return tuple(translations), tuple(found)


def _files_beside(root: Path, path: str) -> Mapping[str, int]:
    with os.scandir((root / path).parent) as entries:
        return {
            entry.name: entry.stat().st_size
            for entry in sorted(entries, key=lambda entry: entry.name)
            if entry.is_file(follow_symlinks=False) and not entry.name.endswith(".md") and entry.name[0] != "."
        }


def _fault(path: str, code: Code, message: str, hint: str = "") -> Diagnostic:
    return Diagnostic(Location(path), code, message, hint)


def drawings(root: Path, record: RecordFile) -> tuple[Mapping[str, str], tuple[Diagnostic, ...]]:
    """Return the text of the SVG files beside a record, and which of them cannot be read."""
    texts: dict[str, str] = {}
    found: list[Diagnostic] = []
    for name in record.files:
        if name.lower().endswith(".svg"):
            text, faults = read_text(root, f"{posixpath.dirname(record.path)}/{name}")
            found.extend(faults)
            if text is not None:
                texts[name] = text
    return texts, tuple(found)
