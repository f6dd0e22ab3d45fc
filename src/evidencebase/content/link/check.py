"""Reports the links of a record that lead nowhere, or where they must not."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from evidencebase.content.link import REFERENCE_FOLDER, Places, field_links, resolve
from evidencebase.diagnostics import Code, Diagnostic, Location
from evidencebase.fields import location_of, proses_of, values_of, where
from evidencebase.model import Document, Link, Mark, Record, RecordId, RecordType, Span
from evidencebase.text.addresses import parts_of, plain_address, scheme_of
from evidencebase.text.messages import closest, nearest, quoted

SCHEMES = ("http", "https", "mailto")


@dataclass(frozen=True, slots=True)
class _Checked:
    """A record whose links are checked, and what they may lead to."""

    record: Record
    record_types: Mapping[str, RecordType]
    known: Places
    files: Collection[str]


def check_links(
    record: Record, document: Document, record_types: Mapping[str, RecordType], known: Places, *, files: Collection[str]
) -> Iterator[Diagnostic]:
    """Yield what is wrong with the links of a record, in its fields and in prose; `files` lie beside it."""
    checked = _Checked(record, record_types, known, files)
    record_type = record_types[record.id.type]
    for place, value, link in field_links(record, record_types):
        yield from _check_target(checked, link, value, location_of(document, place, record.source))
    for place, field, value in values_of(record.fields, record_type):
        if field.kind == "path" and isinstance(value, str):
            yield from _check_place(value, location_of(document, place, record.source), known)
    for prose in proses_of(record, record_type):
        for span in prose.text.spans:
            if span.mark is Mark.LINK:
                yield from _check_address(checked, span, where(record, document, prose, span.target_start))


def _check_target(checked: _Checked, link: Link, value: str, location: Location) -> Iterator[Diagnostic]:
    known, types = checked.known, checked.record_types
    if link.target == checked.record.id and not link.part:
        hint = "delete it, or name the other one"
        yield Diagnostic(location, Code.LINK_TO_ITSELF, "a record cannot name itself", hint)
    elif link.target.type not in types:
        folders = ", ".join(sorted(t.folder for t in types.values() if not t.in_files))
        hint = f"write the folder before the record, as `folder/record`; folders are: {folders}"
        yield Diagnostic(location, Code.UNKNOWN_RECORD, f"'{quoted(value)}' names no record", hint)
    elif link.target not in known.ids:
        kind = types[link.target.type]
        slugs = known.slugs.get(kind.name, frozenset())
        hint = nearest(link.target.slug, slugs) or f"records are the folders in {kind.folder}/"
        message = f"there is no {kind.title.lower()} '{quoted(link.target.slug)}'"
        yield Diagnostic(location, Code.UNKNOWN_RECORD, message, hint)
    elif link.part and link.target in known.anchors and link.part not in known.anchors[link.target]:
        yield from _missing_part(link, value, location, known.anchors[link.target])
    elif link.target in known.drafts and checked.record.id not in known.drafts:
        yield from _draft(link.target, location)


def _missing_part(link: Link, value: str, location: Location, anchors: Collection[str]) -> Iterator[Diagnostic]:
    field, _, part = link.part.partition("/")
    parts = [anchor.partition("/")[2] for anchor in anchors if anchor.startswith(f"{field}/")]
    hint = nearest(part, parts) or f"write it after a `#`; {field} there: {', '.join(sorted(parts)) or 'none'}"
    which = f"has no {field.removesuffix('s')} '{quoted(part)}'" if part else "is not all: a part of it must be named"
    yield Diagnostic(location, Code.UNKNOWN_ANCHOR, f"'{quoted(value.partition('#')[0])}' {which}", hint)


def _check_place(value: str, location: Location, known: Places) -> Iterator[Diagnostic]:
    """Report a path from the root of the knowledge base that leads to nothing."""
    if not isinstance(resolve("", value, known), RecordId) and value not in known.folders:
        hint = _close_path(value, known) or f"lists of records are: {', '.join(sorted(known.folders))}"
        yield Diagnostic(location, Code.UNKNOWN_RECORD, f"there is no page '{quoted(value)}'", hint)


def _draft(target: RecordId, location: Location) -> Iterator[Diagnostic]:
    hint = "publish the draft as well; until then the page shows no link"
    yield Diagnostic(location, Code.LINK_TO_DRAFT, f"'{target.slug}' is still a draft", hint)


def _check_address(checked: _Checked, span: Span, location: Location) -> Iterator[Diagnostic]:
    scheme, parts = scheme_of(span.target), parts_of(span.target)
    if scheme and scheme.lower() not in SCHEMES:
        hint = "links may begin with https:, http: or mailto:"
        yield Diagnostic(location, Code.LINK_SCHEME, f"a link cannot begin with '{quoted(scheme)}:'", hint)
    elif parts is None or (scheme.lower() in ("http", "https") and not parts.netloc):
        hint = "write the whole address, as https://example.org/page"
        yield Diagnostic(location, Code.INVALID_VALUE, f"'{quoted(span.target)}' is no web address", hint)
    elif scheme:
        return
    elif plain_address(span.target).startswith(("/", "\\")):
        hint = "write the way from this file: ../../cities/riverton/index.md"
        yield Diagnostic(location, Code.LINK_OUTSIDE, f"'{quoted(span.target)}' does not say from where", hint)
    elif isinstance(target := resolve(checked.record.source, span.target, checked.known), RecordId):
        yield from _check_record(checked, target, parts.fragment, location)
    elif target is not None:
        yield from _check_path(checked, target, parts.fragment, location)


def _check_record(checked: _Checked, target: RecordId, anchor: str, location: Location) -> Iterator[Diagnostic]:
    anchors = checked.known.anchors.get(target)
    if target == checked.record.id and not anchor:
        hint = "name another page, or a heading of this one: #its-words"
        yield Diagnostic(location, Code.LINK_TO_ITSELF, "the link leads to its own page", hint)
    elif anchor and anchors is not None and anchor not in anchors:
        hint = nearest(anchor, anchors) or "the id of a heading is its words, joined by hyphens"
        yield Diagnostic(location, Code.UNKNOWN_ANCHOR, f"the page has no heading '#{quoted(anchor)}'", hint)
    elif target in checked.known.drafts and checked.record.id not in checked.known.drafts:
        yield from _draft(target, location)


def _check_path(checked: _Checked, path: str, anchor: str, location: Location) -> Iterator[Diagnostic]:
    known, folder = checked.known, posixpath.dirname(checked.record.source)
    if path.startswith("../") or path == "..":
        hint = "link to a record of this knowledge base, or to a web address"
        yield Diagnostic(location, Code.LINK_OUTSIDE, "the link leads out of the knowledge base", hint)
    elif path in known.vocabularies:
        terms = known.vocabularies[path].terms
        if anchor and anchor not in terms:
            hint = nearest(anchor, terms) or f"the terms are in {path}"
            yield Diagnostic(location, Code.UNKNOWN_ANCHOR, f"no term '{quoted(anchor)}'", hint)
    elif (
        path not in known.folders and path != REFERENCE_FOLDER and path.removeprefix(f"{folder}/") not in checked.files
    ):
        advice = "link to the index.md of a record, or to a file in the folder of this one"
        hint = nearest(path, (f"{folder}/{name}" for name in checked.files)) or _close_path(path, known) or advice
        yield Diagnostic(location, Code.UNKNOWN_RECORD, f"there is no page '{quoted(path)}'", hint)


def _close_path(path: str, known: Places) -> str:
    """Return `did you mean …?` for a record of the same folder whose name is close."""
    if posixpath.splitext(path)[1] not in (".md", ""):
        return ""
    folder, _, rest = path.removesuffix("/index.md").removesuffix(".md").partition("/")
    names = {id.slug: source for source, id in known.records.items() if source.startswith(f"{folder}/")}
    close = closest(rest, names)
    return f"did you mean '{names[close]}'?" if close else ""
