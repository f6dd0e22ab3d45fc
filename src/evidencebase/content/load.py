"""Reads the files of a knowledge base from the disk; nothing else in `content` touches the disk."""

from __future__ import annotations

import codecs
import os
import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path

from evidencebase.diagnostics import Code, Diagnostic, KnowledgeBaseError, Location
from evidencebase.model import RecordId, RecordType
from evidencebase.text.front_matter import Parts, split
from evidencebase.text.messages import nearest
from evidencebase.text.slugs import is_slug, slugify

MAX_TEXT = 1_000_000
"""Bytes of a text file; the longest honest brief is a tenth of it."""
BUILT_IN = Path(__file__).parent.parent
SETTINGS_FILE = "mkdocs.yml"
UNPUBLISHED = ("docs/decisions",)
"""Hand-written pages for developers, which the site leaves out."""
TRANSLATION = re.compile(r"(?P<name>[^.]+)\.(?P<language>[A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)\.md")
"""`index.es.md` beside `index.md`, `about.es.md` beside `about.md`."""


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
    if outside := _leads_outside(root, path):
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
    found = [*_mistyped_folders(root, {record_type.folder for record_type in record_types})]
    for record_type in record_types:
        finder = _files_of_pages if record_type.in_files else _files_of_folders
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
            found.extend(() if record_type.in_files else _strays(root, posixpath.dirname(path)))
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
        if _leads_outside(root, record_type.folder):
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


def _files_of_folders(root: Path, record_type: RecordType) -> Iterator[tuple[str, str] | Diagnostic]:
    folder = root / record_type.folder
    if outside := _leads_outside(root, record_type.folder):
        yield outside
    if outside or not folder.is_dir():
        return
    names = sorted(name for name in os.listdir(folder) if not name.startswith("."))
    yield from _same_but_for_case(record_type.folder, names)
    for name in names:
        path = f"{record_type.folder}/{name}"
        if outside := _leads_outside(root, path):
            yield outside
        elif not (root / path).is_dir():
            if name != "README.md":
                hint = f"move it to {record_type.folder}/{slugify(Path(name).stem) or 'some-name'}/index.md"
                hint = hint if name.endswith(".md") else "move it into the folder of the record that shows it"
                yield _fault(path, Code.STRAY_FILE, f"a {record_type.title.lower()} is a folder, not a file", hint)
        elif not is_slug(name):
            renamed = f"rename the folder to '{slugify(name)}'" if slugify(name) else "rename the folder"
            hint = f"{renamed}: small letters a-z, digits and single hyphens"
            yield _fault(path, Code.NOT_A_SLUG, f"'{name}' cannot be the address of a page", hint)
        elif outside := _leads_outside(root, f"{path}/index.md"):
            yield outside
        elif not (root / path / "index.md").is_file():
            other = next((file.name for file in sorted((root / path).glob("*.[mM]*")) if not file.is_symlink()), "")
            hint = f"rename '{other}' to 'index.md'" if other else "write it, or delete the folder"
            yield _fault(path, Code.MISSING_FILE, "the folder has no index.md", hint)
        else:
            yield name, f"{path}/index.md"


def _files_of_pages(root: Path, record_type: RecordType) -> Iterator[tuple[str, str] | Diagnostic]:
    by_address: dict[str, str] = {}
    if outside := _leads_outside(root, record_type.folder):
        yield outside
        return
    for file in sorted((root / record_type.folder).rglob("*.md")):
        path = file.relative_to(root).as_posix()
        slug = path.removeprefix(f"{record_type.folder}/").removesuffix(".md")
        if path.startswith(tuple(f"{folder}/" for folder in UNPUBLISHED)) or TRANSLATION.fullmatch(file.name):
            continue
        if not all(is_slug(part) for part in slug.split("/")):
            hint = "use small letters a-z, digits and single hyphens in the names of files and folders"
            yield _fault(path, Code.NOT_A_SLUG, f"'{slug}' cannot be the address of a page", hint)
        elif (address := slug.removesuffix("/index")) in by_address:
            hint = "keep one of the two"
            yield _fault(path, Code.DUPLICATE_ID, f"{by_address[address]} is the same page", hint)
        else:
            by_address[address] = path
            yield slug, path


def _same_but_for_case(folder: str, names: Iterable[str]) -> Iterator[Diagnostic]:
    by_folded: defaultdict[str, list[str]] = defaultdict(list)
    for name in names:
        by_folded[name.casefold()].append(name)
    for first, *others in by_folded.values():
        for other in others:
            message = f"'{other}' and '{first}' differ only in capital letters"
            hint = "rename one: some computers hold them to be the same folder"
            yield _fault(f"{folder}/{other}", Code.NAMES_DIFFER_IN_CASE, message, hint)


def _mistyped_folders(root: Path, folders: Set[str]) -> Iterator[Diagnostic]:
    """Yield folders of records that no type of record looks into, because their name is misspelt."""
    for path in sorted(root.iterdir()):
        hint = nearest(path.name, folders) if path.name not in folders and path.is_dir() else ""
        if hint and any(path.glob("*/index.md")):
            yield _fault(path.name, Code.STRAY_FILE, f"no record is read from the folder '{path.name}'", hint)


def _strays(root: Path, folder: str) -> Iterator[Diagnostic]:
    """Yield what lies in the folder of a record and would silently be left out."""
    for entry in sorted((root / folder).iterdir()):
        path = f"{folder}/{entry.name}"
        if entry.name == "index.md" or entry.name.startswith("."):
            continue
        if entry.is_symlink():
            hint = "copy the file here instead"
            yield _fault(path, Code.SYMLINK_OUTSIDE, f"'{entry.name}' is only a link to another file", hint)
        elif entry.is_dir():
            hint = "move its files up, next to index.md"
            yield _fault(path, Code.STRAY_FILE, "a folder inside the folder of a record is not read", hint)
        elif entry.suffix == ".md" and not TRANSLATION.fullmatch(entry.name):
            hint = "put its text into index.md, or begin a record of its own"
            yield _fault(path, Code.STRAY_FILE, f"'{entry.name}' is not read", hint)


def _leads_outside(root: Path, path: str) -> Diagnostic | None:
    there = os.path.realpath(root / path)
    if there == os.path.realpath(root) or there.startswith(f"{os.path.realpath(root)}{os.sep}"):
        return None
    return _fault(path, Code.SYMLINK_OUTSIDE, "the link leads out of the knowledge base", "copy the file here instead")


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
