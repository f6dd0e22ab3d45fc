"""Finds every link from one record to another, in fields and in prose, and reports the ones that lead nowhere."""

from __future__ import annotations

import html
import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from evidencebase.diagnostics import Code, Diagnostic, Location
from evidencebase.fields import location_of, values_of
from evidencebase.model import Document, Link, Mark, Record, RecordId, RecordType, Span, Vocabulary
from evidencebase.text.messages import nearest
from evidencebase.text.scanner import line_and_column, only_classes_and_ids

MENTIONS = "mentions"
SCHEMES = ("http", "https", "mailto")
REFERENCE_FOLDER = "references"
GENERATED = ("index.md",)


@dataclass(frozen=True, slots=True)
class Places:
    """Everything a link may lead to, by its path in the repository."""

    records: Mapping[str, RecordId]
    folders: Mapping[str, str]
    """Folder of a record type → its name: a link to the folder leads to the list of its records."""
    vocabularies: Mapping[str, Vocabulary]
    """By path: a link to `vocabularies/topics.yml#group-violence` leads to the page of the term."""
    anchors: Mapping[RecordId, frozenset[str]]
    drafts: frozenset[RecordId]


def places(
    paths: Mapping[str, RecordId],
    records: Iterable[Record],
    record_types: Mapping[str, RecordType],
    vocabularies: Mapping[str, Vocabulary],
) -> Places:
    """Gather what links may lead to; `paths` also names records that cannot be read, so that nobody is sent to look for them."""
    records = tuple(records)
    return Places(
        records=paths,
        folders={t.folder: t.name for t in record_types.values() if not t.in_files},
        vocabularies={vocabulary.source: vocabulary for vocabulary in vocabularies.values()},
        anchors={record.id: frozenset(_anchors(record, record_types[record.id.type])) for record in records},
        drafts=frozenset(record.id for record in records if record.fields.get("status") == "draft"),
    )


def links(records: Iterable[Record], record_types: Mapping[str, RecordType], known: Places) -> tuple[Link, ...]:
    """Return every link to a record that exists, each once, sorted."""
    found = set()
    for record in records:
        found.update(link for _, link in _field_links(record, record_types) if link.target in known.anchors)
        for span in record.prose.spans:
            target = resolve(record.source, span.target, known) if span.mark is Mark.LINK else None
            if isinstance(target, RecordId) and target != record.id and target in known.anchors:
                found.add(Link(record.id, target, MENTIONS))
    return tuple(sorted(found))


def backlinks(links: Iterable[Link]) -> Mapping[RecordId, tuple[Link, ...]]:
    """Return the same links by the record they lead to."""
    by_target: defaultdict[RecordId, list[Link]] = defaultdict(list)
    for link in links:
        by_target[link.target].append(link)
    return {target: tuple(found) for target, found in by_target.items()}


def resolve(source: str, target: str, known: Places) -> RecordId | str | None:
    """Return the record a relative link leads to, the path of a folder, vocabulary or file, or None outside the site."""
    parts = urlsplit(html.unescape(target))
    if parts.scheme or parts.netloc:
        return None
    if not parts.path:
        return known.records.get(source)
    path = posixpath.normpath(posixpath.join(posixpath.dirname(source), unquote(parts.path)))
    if f"{path}/index.md" in known.records:
        return known.records[f"{path}/index.md"]
    return known.records.get(path, path)


def check_links(
    record: Record, document: Document, record_types: Mapping[str, RecordType], known: Places
) -> Iterator[Diagnostic]:
    """Yield what is wrong with the links, images and raw HTML of a record."""
    by_type: defaultdict[str, list[str]] = defaultdict(list)
    for id in known.records.values():
        by_type[id.type].append(id.slug)
    for location, link in _field_links(record, record_types, document):
        yield from _check_target(record, link, location, record_types, known, by_type)
    for span in record.prose.spans:
        if span.mark is Mark.LINK:
            yield from _check_address(record, span, known)
        elif span.mark is Mark.IMAGE:
            yield from _check_image(record, span)
        elif span.mark is Mark.HTML and not span.text.startswith("<!--"):
            location = _location(record, span.start)
            shown = _shortened(span.text)
            hint = "write Markdown; raw HTML is left out of the page"
            yield Diagnostic(location, Code.UNSAFE_HTML, f"'{shown}' is HTML", hint)
        elif span.mark is Mark.ATTRIBUTES and "=" in span.text and not only_classes_and_ids(span.text):
            hint = "only `{ #id }` and `{ .class }` are kept; the rest is left out of the page"
            location = _location(record, span.start)
            yield Diagnostic(location, Code.UNSAFE_ATTRIBUTE, f"'{_shortened(span.text)}' sets an attribute", hint)


def _field_links(
    record: Record, record_types: Mapping[str, RecordType], document: Document | None = None
) -> Iterator[tuple[Location, Link]]:
    for place, field, value in values_of(record.fields, record_types[record.id.type]):
        if not isinstance(value, str):
            continue
        location = location_of(document, place, record.source) if document else Location(record.source)
        if field.kind == "link":
            type_name, slug = _named(value, field.links_to, record_types)
            yield location, Link(record.id, RecordId(type_name, slug), str(place[0]))
        elif field.kind == "part":
            path, _, part = value.partition("#")
            type_name, slug = _named(path, tuple(record_types), record_types)
            yield location, Link(record.id, RecordId(type_name, slug), str(place[0]), f"{field.part}/{part}")


def _named(value: str, types: tuple[str, ...], record_types: Mapping[str, RecordType]) -> tuple[str, str]:
    """Return type and slug of a value that is a slug or, where several types are possible, `folder/slug`."""
    if len(types) == 1:
        return types[0], value.removeprefix(f"{record_types[types[0]].folder}/") if types[0] in record_types else value
    folder, _, slug = value.partition("/")
    return next((name for name in types if record_types[name].folder == folder), ""), slug


def _check_target(
    record: Record, link: Link, location: Location, record_types: Mapping[str, RecordType], known: Places,
    by_type: Mapping[str, list[str]],
) -> Iterator[Diagnostic]:  # fmt: skip
    if link.target == record.id and not link.part:
        yield Diagnostic(
            location, Code.LINK_TO_ITSELF, "a record cannot name itself", "delete it, or name the other one"
        )
    elif link.target.type not in record_types:
        folders = ", ".join(sorted(t.folder for t in record_types.values() if not t.in_files))
        hint = f"write `folder/slug`; folders are {folders}"
        yield Diagnostic(location, Code.UNKNOWN_RECORD, f"'{link.target.slug}' names no folder of records", hint)
    elif link.target not in known.records.values():
        kind = record_types[link.target.type]
        hint = nearest(link.target.slug, by_type[kind.name]) or f"records are the folders in {kind.folder}/"
        yield Diagnostic(location, Code.UNKNOWN_RECORD, f"no {kind.title.lower()} '{link.target.slug}'", hint)
    elif link.part and link.target in known.anchors and link.part not in known.anchors[link.target]:
        field, _, part = link.part.partition("/")
        parts = [anchor.partition("/")[2] for anchor in known.anchors[link.target] if anchor.startswith(f"{field}/")]
        hint = nearest(part, parts) or f"{field} there: {', '.join(sorted(parts)) or 'none'}"
        yield Diagnostic(location, Code.UNKNOWN_ANCHOR, f"'{link.target.slug}' has no {field[:-1]} '{part}'", hint)
    elif link.target in known.drafts and record.id not in known.drafts:
        yield from _draft(link.target, location)


def _draft(target: RecordId, location: Location) -> Iterator[Diagnostic]:
    hint = "publish the draft as well; until then the page shows no link"
    yield Diagnostic(location, Code.LINK_TO_DRAFT, f"'{target.slug}' is still a draft", hint)


def _check_address(record: Record, span: Span, known: Places) -> Iterator[Diagnostic]:
    location = _location(record, span.target_start)
    address = re.sub(r"[\x00-\x20]", "", html.unescape(span.target))
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", address)
    if scheme and scheme[1].lower() not in SCHEMES:
        hint = "links may begin with https:, http: or mailto:"
        yield Diagnostic(location, Code.LINK_SCHEME, f"a link cannot begin with '{scheme[1]}:'", hint)
        return
    if scheme:
        return
    if address.startswith("/"):
        hint = "write the way from this file: ../../cities/oakland/index.md"
        yield Diagnostic(location, Code.LINK_OUTSIDE, f"'{span.target}' does not say from where", hint)
        return
    target = resolve(record.source, span.target, known)
    anchor = urlsplit(address).fragment
    if isinstance(target, RecordId):
        yield from _check_record(record, span, target, anchor, location, known)
    elif isinstance(target, str):
        yield from _check_path(record, target, anchor, location, known)


def _check_record(
    record: Record, span: Span, target: RecordId, anchor: str, location: Location, known: Places
) -> Iterator[Diagnostic]:
    if target == record.id and not anchor:
        yield Diagnostic(
            location, Code.LINK_TO_ITSELF, "the link leads to its own page", "name another page, or a heading"
        )
    elif anchor and target in known.anchors and anchor not in known.anchors[target]:
        hint = nearest(anchor, known.anchors[target]) or "the id of a heading is its words, joined by hyphens"
        yield Diagnostic(location, Code.UNKNOWN_ANCHOR, f"the page has no heading '#{anchor}'", hint)
    elif target in known.drafts and record.id not in known.drafts:
        yield from _draft(target, location)


def _check_path(record: Record, path: str, anchor: str, location: Location, known: Places) -> Iterator[Diagnostic]:
    if path.startswith("../") or path == "..":
        hint = "link to a record of this knowledge base, or to a web address"
        yield Diagnostic(location, Code.LINK_OUTSIDE, "the link leads out of the knowledge base", hint)
    elif path in known.folders or path == REFERENCE_FOLDER:
        return
    elif path in known.vocabularies:
        terms = known.vocabularies[path].terms
        if anchor and anchor not in terms:
            yield Diagnostic(location, Code.UNKNOWN_ANCHOR, f"no term '{anchor}'", nearest(anchor, terms))
    elif posixpath.dirname(path) == posixpath.dirname(record.source) and posixpath.basename(path) in record.files:
        return
    else:
        folder = path.partition("/")[0]
        close = nearest(path, (other for other in known.records if other.startswith(f"{folder}/")))
        hint = close or "link to the index.md of a record, or to a file in the folder of this one"
        yield Diagnostic(location, Code.UNKNOWN_RECORD, f"there is no '{path}'", hint)


def _check_image(record: Record, span: Span) -> Iterator[Diagnostic]:
    location = _location(record, span.start)
    if not span.text.strip():
        hint = "say in the square brackets what the image shows, for people who cannot see it"
        yield Diagnostic(location, Code.IMAGE_WITHOUT_ALT, f"the image '{span.target}' has no description", hint)
    if urlsplit(span.target).scheme or span.target.startswith("//"):
        hint = "put the image into the folder of the record, with its licence under `images`"
        yield Diagnostic(location, Code.LINK_OUTSIDE, "an image cannot be loaded from another site", hint)
    elif span.target not in record.files:
        hint = nearest(span.target, record.files) or "put the image into the folder of the record"
        yield Diagnostic(location, Code.MISSING_FILE, f"there is no image '{span.target}' beside this record", hint)


def _anchors(record: Record, record_type: RecordType) -> Iterator[str]:
    """Yield the ids of headings, and `claims/<id>` with `claim-<id>` for objects that have an id."""
    yield from (span.target for span in record.prose.spans if span.mark is Mark.HEADING)
    for name, value in record.fields.items():
        yield name.replace("_", "-")
        for entry in value if isinstance(value, tuple) else ():
            if isinstance(entry, Mapping) and isinstance(entry.get("id"), str):
                yield f"{name}/{entry['id']}"
                yield f"{name.removesuffix('s')}-{entry['id']}"


def _location(record: Record, offset: int) -> Location:
    return Location(record.source, *line_and_column(record.prose, offset))


def _shortened(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 50 else f"{flat[:47]}…"
