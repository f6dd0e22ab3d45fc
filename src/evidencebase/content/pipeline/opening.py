"""The stage that opens each record with its translations, and checks in it what needs nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from evidencebase.cache import Cache, Stamps, Store, digest, digest_of_file
from evidencebase.cache.processes import spread
from evidencebase.content import attachments, citations, link, load, outlines, paper, prose, records, validate, values
from evidencebase.content.outlines import Digests, Relations, Translated
from evidencebase.content.pipeline.definitions import Definitions
from evidencebase.content.pipeline.translations import open_translations
from evidencebase.content.translate import drift, localised
from evidencebase.content.yaml_source import read_yaml
from evidencebase.diagnostics import Diagnostic
from evidencebase.model import Document, Outline, Prose, Record, RecordId, Translation
from evidencebase.text.front_matter import Parts
from evidencebase.text.scanner import scan

Kept = TypeVar("Kept")
Faces = Mapping[str, tuple[Record, Prose]]
"""Language → the record without its prose, and its prose."""
AT_ONCE = 100
"""Values that are put into the store together."""
FEW = 20
"""Records that are opened, or checked, sooner than another process is started."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A record as its files have it, with the places of its fields."""

    record: Record
    document: Document | None
    beside: tuple[str, ...]
    """Names of the files in the same folder."""
    translations: tuple[tuple[Translation, Document], ...] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """What is remembered of a record that has been opened."""

    outline: Outline
    faults: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Opener:
    """What is needed to open any record of a knowledge base."""

    root: Path
    definitions: Definitions
    stamps: Stamps
    store: Store

    def all(self, files: tuple[load.RecordFile, ...], cache: Cache) -> Mapping[RecordId, Opened]:
        """Return every record's outline and faults; what has not changed is not opened again."""
        before: Mapping[str, Opened] = cache.state("opened") or {}
        held = {
            file.path: known
            for file in files
            if (known := before.get(file.path)) is not None and known.outline.content == self.content(file)
        }
        changed = [file for file in files if file.path not in held]
        fresh = spread(self._open_and_keep, changed, least=FEW if self.store.is_shared else len(files) + 1)
        opened = held | {file.path: one for file, one in zip(changed, fresh, strict=True)}
        if fresh or opened.keys() != before.keys():
            cache.save("opened", opened)
            self.store.forget({name for one in opened.values() for name in _names(one.outline)})
        return {file.id: opened[file.path] for file in files}

    def _open_and_keep(self, files: Sequence[load.RecordFile]) -> list[Opened]:
        opened: list[Opened] = []
        made: dict[str, Any] = {}
        for file in files:
            one, whole, shown = self.open(file)
            opened.append(one)
            made |= _kept(one.outline, whole, shown)
            if len(made) > AT_ONCE:
                self.store.keep(made)
                made = {}
        self.store.keep(made)
        return opened

    def kept(self, name: str, again: Callable[[], Kept]) -> Kept:
        """Return what the store has under this name, or make it again: the store may be deleted at any time."""
        found: Kept | None = self.store.find([name]).get(name)
        return again() if found is None else found

    def content(self, file: load.RecordFile) -> str:
        """Return the digest of all that a record is made from."""
        paths = (file.path, *(one.path for one in file.translations))
        drawings = (f"{PurePosixPath(file.path).parent}/{name}" for name in file.files if name.lower().endswith(".svg"))
        sizes = (f"{name} {size}" for name, size in file.files.items())
        return digest(self.definitions.rules_digest, *paths, *map(self._said, (*paths, *drawings)), *sizes)

    def open(self, file: load.RecordFile) -> tuple[Opened, Whole, Faces]:
        """Return the outline of the record in this file, the record, and what readers of each language see of it."""
        found: list[Diagnostic] = []
        parts, faults = load.read_parts(self.root, file.path)
        found.extend(faults)
        whole = self._record(file, parts, found)
        record_type = self.definitions.types[file.id.type]
        opened = open_translations(self.root, file.translations, whole.record, self.definitions, found=found)
        shown = tuple(
            Translated(
                one.translation, one.shown, _digests(one.parts), drift(whole.record, record_type, one.translation)
            )
            for one in opened
        )
        relations = Relations(
            link.anchors(whole.record) if whole.record.positions else None,
            link.named(whole.record, self.definitions.types),
            link.mentioned(whole.record, record_type),
            tuple(dict.fromkeys(citations.citations(whole.record, record_type))),
        )
        made = outlines.outline(
            whole.record, record_type, self.content(file),
            digests=_digests(parts), relations=relations, translated=shown,
        )  # fmt: skip
        pairs = tuple((one.translation, one.document) for one in opened)
        whole = Whole(whole.record, whole.document, whole.beside, pairs)
        return Opened(made, tuple(found)), whole, _faces(whole.record, (one.shown for one in opened))

    def _record(self, file: load.RecordFile, parts: Parts, found: list[Diagnostic]) -> Whole:
        definitions, record_type = self.definitions, self.definitions.types[file.id.type]
        document = None
        if parts.front_matter is not None:
            document, faults = read_yaml(parts.front_matter, file.path, first_line=2)
            found.extend(faults)
        text = scan(parts.prose, first_line=parts.prose_line, reserved=record_type.fields)
        # MkDocs publishes what lies in docs/; all else lies beside its record.
        beside = {} if record_type.in_files else file.files
        drawings, faults = load.drawings(self.root, file) if beside else ({}, ())
        heads = load.heads(self.root, file) if beside else {}
        found.extend((*faults, *attachments.check_files(str(PurePosixPath(file.path).parent), beside, drawings, heads)))
        entry = records.record(
            file.id, document, text, record_type, path=file.path, files=beside, language=definitions.site.languages[0]
        )
        found.extend(self._check(file, entry, document))
        found.extend(paper.check_letters(parts, text, entry))
        return Whole(entry, document, tuple(file.files))

    def _check(self, file: load.RecordFile, entry: Record, document: Document | None) -> Iterator[Diagnostic]:
        definitions, record_type = self.definitions, self.definitions.types[file.id.type]
        if document is not None:
            yield from validate.check_shape(document, file.path, record_type, definitions.rules(record_type))
            if isinstance(document.value, dict):
                yield from values.check_values(
                    document, file.path, record_type, definitions.vocabularies, files=file.files
                )
        yield from prose.check_prose(entry, document or Document({}, {}), record_type, file.files)
        yield from paper.check_layout(entry, document or Document({}, {}), record_type)

    def _said(self, path: str) -> str:
        return self.stamps[path][2] if path in self.stamps else digest_of_file(self.root / path)


def _digests(parts: Parts) -> Digests:
    return Digests(digest(parts.front_matter or ""), digest(parts.prose, str(parts.prose_line)))


def whole_name(outline: Outline) -> str:
    """Return the name under which the store has a record whole."""
    return f"{outline.content}/whole"


def face_name(outline: Outline, language: str) -> str:
    return f"{outline.content}/{language}/face"


def prose_name(outline: Outline, language: str) -> str:
    return f"{outline.content}/{language}/prose"


def faces(whole: Whole) -> Faces:
    """Return the record as readers of each language see it, and its prose apart."""
    return _faces(whole.record, (localised(whole.record, one) for one, _ in whole.translations))


def _faces(record: Record, translated: Iterable[Record]) -> Faces:
    return {one.language: (_without_prose(one), one.prose) for one in (*translated, record)}


def _without_prose(record: Record) -> Record:
    return Record(record.id, record.source, record.language, record.fields, Prose(), {}, record.files)


def _names(outline: Outline) -> Iterator[str]:
    yield whole_name(outline)
    for language in outline.faces:
        yield face_name(outline, language)
        yield prose_name(outline, language)


def _kept(outline: Outline, whole: Whole, shown: Faces) -> Mapping[str, Any]:
    kept: dict[str, Any] = {whole_name(outline): whole}
    for language, (face, text) in shown.items():
        kept[face_name(outline, language)] = face
        kept[prose_name(outline, language)] = text
    return kept
