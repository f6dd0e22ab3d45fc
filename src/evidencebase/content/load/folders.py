"""Finds the files of records in their folders, and what lies there that would silently be left out."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from pathlib import Path

from evidencebase.diagnostics import Code, Diagnostic, Location
from evidencebase.model import RecordType
from evidencebase.text.messages import nearest
from evidencebase.text.slugs import is_slug, slugify

UNPUBLISHED = ("docs/decisions",)
"""Hand-written pages for developers, which the site leaves out."""
TRANSLATION = re.compile(r"(?P<name>[^.]+)\.(?P<language>[A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)\.md")
"""`index.es.md` beside `index.md`, `about.es.md` beside `about.md`."""


def folders_of_records(root: Path, record_type: RecordType) -> Iterator[tuple[str, str] | Diagnostic]:
    folder = root / record_type.folder
    if outside := leads_outside(root, record_type.folder):
        yield outside
    if outside or not folder.is_dir():
        return
    names = sorted(name for name in os.listdir(folder) if not name.startswith("."))
    yield from _same_but_for_case(record_type.folder, names)
    for name in names:
        path = f"{record_type.folder}/{name}"
        if outside := leads_outside(root, path):
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
        elif outside := leads_outside(root, f"{path}/index.md"):
            yield outside
        elif not (root / path / "index.md").is_file():
            others = (file for file in sorted((root / path).glob("*.[mM]*")) if not file.is_symlink())
            other = next((file.name for file in others if not TRANSLATION.fullmatch(file.name)), "")
            hint = f"rename '{other}' to 'index.md'" if other else "write it, or delete the folder"
            yield _fault(path, Code.MISSING_FILE, "the folder has no index.md", hint)
        else:
            yield name, f"{path}/index.md"


def files_of_pages(root: Path, record_type: RecordType) -> Iterator[tuple[str, str] | Diagnostic]:
    by_address: dict[str, str] = {}
    if outside := leads_outside(root, record_type.folder):
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


def mistyped_folders(root: Path, folders: Set[str]) -> Iterator[Diagnostic]:
    """Yield folders of records that no type of record looks into, because their name is misspelt."""
    for path in sorted(root.iterdir()):
        hint = nearest(path.name, folders) if path.name not in folders and path.is_dir() else ""
        if hint and any(path.glob("*/index.md")):
            yield _fault(path.name, Code.STRAY_FILE, f"no record is read from the folder '{path.name}'", hint)


def strays(root: Path, folder: str) -> Iterator[Diagnostic]:
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


def leads_outside(root: Path, path: str) -> Diagnostic | None:
    there = os.path.realpath(root / path)
    if there == os.path.realpath(root) or there.startswith(f"{os.path.realpath(root)}{os.sep}"):
        return None
    return _fault(path, Code.SYMLINK_OUTSIDE, "the link leads out of the knowledge base", "copy the file here instead")


def _fault(path: str, code: Code, message: str, hint: str = "") -> Diagnostic:
    return Diagnostic(Location(path), code, message, hint)
