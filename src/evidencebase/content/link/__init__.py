"""Finds every link from one record to another, in fields and in prose, and what it leads to."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from evidencebase.fields import proses_of, values_of
from evidencebase.model import FieldPath, Link, Mark, Outline, Record, RecordId, RecordType, Vocabulary
from evidencebase.text.addresses import parts_of

MENTIONS = "mentions"
REFERENCE_FOLDER = "references"


@dataclass(frozen=True, slots=True)
class Places:
    """Everything a link may lead to, by its path in the repository."""

    records: Mapping[str, RecordId]
    ids: Mapping[RecordId, str]
    """The same the other way round."""
    folders: Mapping[str, str]
    """Folder of a record type → its name: a link to the folder leads to the list of its records."""
    vocabularies: Mapping[str, Vocabulary]
    """By path: a link to `vocabularies/topics.yml#group-violence` leads to the page of the term."""
    anchors: Mapping[RecordId, frozenset[str]]
    drafts: Mapping[RecordId, None]
    slugs: Mapping[str, frozenset[str]]
    """By record type."""


def places(
    outlines: Iterable[Outline], record_types: Mapping[str, RecordType], vocabularies: Mapping[str, Vocabulary]
) -> Places:
    """Gather what links may lead to; records that cannot be read are among it: nobody need look for them."""
    outlines = tuple(outlines)
    slugs: defaultdict[str, set[str]] = defaultdict(set)
    for one in outlines:
        slugs[one.id.type].add(one.id.slug)
    return Places(
        records={one.source: one.id for one in outlines},
        ids={one.id: one.source for one in outlines},
        folders={t.folder: t.name for t in record_types.values() if not t.in_files},
        vocabularies={vocabulary.source: vocabulary for vocabulary in vocabularies.values()},
        anchors={one.id: one.anchors for one in outlines if one.anchors is not None},
        drafts=dict.fromkeys(one.id for one in outlines if one.status == "draft"),
        slugs={name: frozenset(found) for name, found in slugs.items()},
    )


def named(record: Record, record_types: Mapping[str, RecordType]) -> tuple[Link, ...]:
    """Return the links that the fields of a record name, whether they lead anywhere or not."""
    return tuple(dict.fromkeys(link for _, _, link in field_links(record, record_types)))


def mentioned(record: Record, record_type: RecordType) -> tuple[str, ...]:
    """Return the paths that the prose of a record leads to, from the root of the knowledge base."""
    spans = (span for prose in proses_of(record, record_type) for span in prose.text.spans if span.mark is Mark.LINK)
    return tuple(dict.fromkeys(path for span in spans if (path := path_of(record.source, span.target))))


def links(outlines: Iterable[Outline], known: Places) -> tuple[Link, ...]:
    """Return every link to a record that exists, each once, sorted."""
    found: set[Link] = set()
    for one in outlines:
        found.update(link for link in one.links if link.target in known.anchors)
        for path in one.mentions:
            target = at_path(path, known)
            if isinstance(target, RecordId) and target != one.id and target in known.anchors:
                found.add(Link(one.id, target, MENTIONS))
    return tuple(sorted(found))


def anchors(record: Record) -> frozenset[str]:
    """Return the ids that a link to the record may name: its headings, its fields, and what they hold."""
    return frozenset(_anchors(record))


def backlinks(links: Iterable[Link]) -> Mapping[RecordId, tuple[Link, ...]]:
    """Return the same links by the record they lead to."""
    by_target: defaultdict[RecordId, list[Link]] = defaultdict(list)
    for link in links:
        by_target[link.target].append(link)
    return {target: tuple(found) for target, found in by_target.items()}


def resolve(source: str, target: str, known: Places) -> RecordId | str | None:
    """Return the record a relative link leads to, the path of a folder or file, or None outside the site."""
    path = path_of(source, target)
    if path is None:
        return None
    return at_path(path, known) if path else known.records.get(source)


def path_of(source: str, target: str) -> str | None:
    """Return the path that a relative link leads to; empty for the file itself, None outside the site."""
    parts = parts_of(target)
    if parts is None or parts.scheme or parts.netloc:
        return None
    if not parts.path:
        return ""
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), unquote(parts.path)))


def at_path(path: str, known: Places) -> RecordId | str:
    """Return the record at a path, or the path where there is none."""
    if (folder := f"{path}/index.md") in known.records:
        return known.records[folder]
    return known.records.get(path, path)


def field_links(record: Record, record_types: Mapping[str, RecordType]) -> Iterator[tuple[FieldPath, str, Link]]:
    """Yield the links that fields name by slug, by `folder/slug`, or with a part as `folder/slug#part`."""
    for place, field, value in values_of(record.fields, record_types[record.id.type]):
        if field.kind == "part" and isinstance(value, str):
            path, _, part = value.partition("#")
            target = _named(path, tuple(record_types), record_types)
            yield place, value, Link(record.id, target, str(place[0]), f"{field.part}/{part}")
        elif field.kind == "link" and isinstance(value, str):
            yield place, value, Link(record.id, _named(value, field.links_to, record_types), str(place[0]))


def _named(value: str, types: tuple[str, ...], record_types: Mapping[str, RecordType]) -> RecordId:
    if len(types) == 1:
        return RecordId(types[0], value.removeprefix(f"{record_types[types[0]].folder}/"))
    folder, _, slug = value.partition("/")
    return RecordId(next((name for name in types if record_types[name].folder == folder), ""), slug)


def _anchors(record: Record) -> Iterator[str]:
    """Yield the ids of headings, and `claims/<id>` with `claim-<id>` for objects that have an id."""
    yield from (span.target for span in record.prose.spans if span.mark is Mark.HEADING)
    for name, value in record.fields.items():
        yield name.replace("_", "-")
        for entry in value if isinstance(value, tuple) else ():
            if isinstance(entry, Mapping) and isinstance(entry.get("id"), str):
                yield f"{name}/{entry['id']}"
                yield f"{name.removesuffix('s')}-{entry['id']}"
