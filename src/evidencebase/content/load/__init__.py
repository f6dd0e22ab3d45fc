"""Reads the files of a knowledge base from the disk; nothing else in `content` touches the disk."""

from __future__ import annotations

import codecs
import contextlib
import os
import posixpath
from collections.abc import Iterable, Iterator, Mapping
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
from evidencebase.text.pictures import HEAD, media_type

MAX_TEXT = 1_000_000
"""Bytes of a text file; the longest honest brief is a tenth of it."""
BUILT_IN = Path(__file__).parent.parent.parent
SETTINGS_FILE = "mkdocs.yml"


@dataclass(frozen=True, slots=True)
class TranslationFile:
    """Where a translation of a record stands."""

    language: str
    path: str


@dataclass(frozen=True, slots=True)
class RecordFile:
    """Where a record stands, and what stands beside it."""

    id: RecordId
    path: str
    files: Mapping[str, int]
    """Files beside it, and their size in bytes."""
    translations: tuple[TranslationFile, ...] = ()


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


def read_parts(root: Path, path: str) -> tuple[Parts, tuple[Diagnostic, ...]]:
    """Return the front matter and the prose of a file, and why it has none."""
    text, faults = read_text(root, path)
    return (Parts(), faults) if text is None else split(text, path)


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


def find_records(
    root: Path, record_types: Iterable[RecordType]
) -> tuple[tuple[RecordFile, ...], tuple[Diagnostic, ...]]:
    """Return where every record stands, sorted by path, and what is wrong with the names and places of files."""
    record_types = tuple(record_types)
    records: dict[str, RecordFile] = {}
    found = [*mistyped_folders(root, {record_type.folder for record_type in record_types})]
    for record_type in record_types:
        finder = files_of_pages if record_type.in_files else folders_of_records
        for result in finder(root, record_type):
            if isinstance(result, Diagnostic):
                found.append(result)
                continue
            slug, path = result
            found.extend(() if record_type.in_files else strays(root, posixpath.dirname(path)))
            records[path] = RecordFile(RecordId(record_type.name, slug), path, _files_beside(root, path))
    translations: dict[str, list[TranslationFile]] = {}
    for original, language, path in _translations(root, record_types):
        if original in records:
            translations.setdefault(original, []).append(TranslationFile(language, path))
        else:
            hint = f"write {posixpath.basename(original)} first: the original holds the facts"
            found.append(_fault(path, Code.TRANSLATION_WITHOUT_ORIGINAL, "there is nothing that it translates", hint))
    placed = (
        RecordFile(one.id, path, one.files, tuple(translations.get(path, ()))) for path, one in sorted(records.items())
    )
    return tuple(placed), tuple(found)


def _translations(root: Path, record_types: Iterable[RecordType]) -> Iterator[tuple[str, str, str]]:
    """Yield path of the original, language and path of every translation."""
    for record_type in record_types:
        if leads_outside(root, record_type.folder):
            continue
        for file in sorted((root / record_type.folder).rglob("*.*.md")):
            path = file.relative_to(root).as_posix()
            named = TRANSLATION.fullmatch(file.name)
            if named is not None and not path.startswith(tuple(f"{folder}/" for folder in UNPUBLISHED)):
                yield f"{posixpath.dirname(path)}/{named['name']}.md", named["language"], path


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


def heads(root: Path, record: RecordFile) -> Mapping[str, bytes]:
    """Return the first bytes of the pictures beside a record that are no drawings; of those that can be read."""
    found: dict[str, bytes] = {}
    for name in record.files:
        if media_type(name) and not name.lower().endswith(".svg"):
            with contextlib.suppress(OSError), (root / posixpath.dirname(record.path) / name).open("rb") as picture:
                found[name] = picture.read(HEAD)
    return found
