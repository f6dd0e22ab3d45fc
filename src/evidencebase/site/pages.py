"""A record becomes a page here."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from markupsafe import Markup

from evidencebase.diagnostics import KnowledgeBaseError
from evidencebase.model import Field, Page, Record, RecordId, RecordType
from evidencebase.site import frame
from evidencebase.site.addresses import address, index_of, page_of, record_data_url
from evidencebase.site.citing import Citing, citation_tags, citing
from evidencebase.site.claims import claim_in_prose, claim_views
from evidencebase.site.edition import Edition, foreign, list_of, speaker, text_of, title_of
from evidencebase.site.field_guide import guide_pages
from evidencebase.site.findable import record_findable
from evidencebase.site.indexes import facet_list, facet_page_of, index_pages
from evidencebase.site.json_ld import record_things, with_breadcrumbs
from evidencebase.site.long_references import apart_page, pointing_apart, references_apart
from evidencebase.site.menu import record_menu, trail
from evidencebase.site.parts import shown_part
from evidencebase.site.place import ListedReference, Place, reference_list
from evidencebase.site.prose import page_prose
from evidencebase.site.references import reference_lists, reference_record
from evidencebase.site.search_page import search_page
from evidencebase.site.views import SHORT, Ref, Shown, ref_to_path, shown_fields
from evidencebase.text.templates import fill

KNOWN = frozenset({
    "title", "summary", "status", "status_reason", "successor", "published", "last_reviewed", "review_by", "authors",
    "reviewers", "images", "redirect_from", "changes", "language", "id", "precision", "shows",
})  # fmt: skip
"""Fields that the frame of the page shows, and not its body."""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of the record, with what it shows for people who cannot see it."""

    url: str
    alt: str
    caption: str


@dataclass(frozen=True, slots=True)
class RecordView:
    """Everything a page template places."""

    title: str
    summary: str
    notices: tuple[frame.Notice, ...]
    facts: tuple[Shown, ...]
    sections: tuple[Shown, ...]
    fields: Mapping[str, Shown]
    prose: Markup
    language: str
    """The language of the text, where it is not the reader's."""
    references: tuple[ListedReference, ...]
    shows: Markup
    """What the site adds below the prose: the evidence map, the comparison, the strength rule."""
    backlinks: tuple[frame.Backlinks, ...]
    known: tuple[tuple[str, str], ...]
    authors: str
    reviewers: tuple[str, ...]
    changes: tuple[tuple[str, str, str], ...]
    images: tuple[Image, ...]
    ways_in: tuple[tuple[str, str, Ref], ...]
    source: str
    citing: Citing


def pages(edition: Edition) -> tuple[Page, ...]:
    """Return every page of the edition, sorted by path; raises KnowledgeBaseError where two claim one address."""
    made = [page for task in tasks(edition) for page in task.pages()]
    one_page_an_address((page.path, page.source) for page in made)
    return tuple(sorted(made, key=lambda page: page.path))


def one_page_an_address(pages: Iterable[tuple[str, str]]) -> None:
    """Raise KnowledgeBaseError where two pages, given by path and source, claim one address."""
    taken: dict[str, str] = {}
    for path, source in pages:
        if (here := address(path)) in taken:
            first = taken[here] or "a list"
            raise KnowledgeBaseError(f"{source or 'a list'} and {first} would be the same page: {here}")
        taken[here] = source


@dataclass(frozen=True, slots=True)
class Task:
    """Pages that are made together."""

    name: str
    make: Callable[[], Iterable[Page]]
    edition: Edition

    def pages(self) -> tuple[Page, ...]:
        """Return the finished pages."""
        return tuple(replace(one, front_matter=with_breadcrumbs(self.edition, one)) for one in self.make())


def tasks(edition: Edition) -> Iterator[Task]:
    """Yield what has to be done for all pages; a task need be done again only where what it has read has changed."""

    def task(name: str, make: Callable[..., Iterable[Page]], *given: object) -> Task:
        return Task(name, partial(make, edition, *given), edition)

    for id in edition.records:
        yield task(f"record {id.type}/{id.slug}", record_pages, id)
    for record_type in edition.base.record_types.values():
        yield task(f"lists of {record_type.name}", index_pages, record_type)
    for key in edition.base.references:
        yield task(f"reference {key}", _one(reference_record), key)
    yield task("lists of references", reference_lists)
    yield task("field guide", guide_pages)
    yield task("search", _one(search_page))
    for vocabulary in edition.facets.values():
        yield task(f"list of {vocabulary.name}", _one(facet_list), vocabulary)
        for term in vocabulary.terms.values():
            yield task(f"{vocabulary.name}/{term.id}", _one(facet_page_of), vocabulary, term)


def _one(make: Callable[..., Page]) -> Callable[..., tuple[Page]]:
    return lambda *given: (make(*given),)


def record_pages(edition: Edition, id: RecordId) -> Iterator[Page]:
    """Yield the page of one record, and one of its references where there are many."""
    record = edition.records[id]
    record_type = edition.base.record_types[record.id.type]
    path = page_of(record.id, record_type)
    view = _view(edition, record, path)
    apart = references_apart(view.references, path)
    values = {"view": view, "apart": apart, "t": speaker(edition)}
    template = record_type.template if record_type.template in edition.base.templates else "record.md.jinja"
    body = fill(edition.base.templates, template, values)
    folder = posixpath.dirname(record.source)
    yield Page(
        path=path,
        front_matter=_front_matter(edition, record, record_type),
        body=pointing_apart(body, apart),
        source=_source(edition, record),
        files=tuple((f"{posixpath.dirname(path)}/{name}", f"{folder}/{name}") for name in record.files),
    )
    if apart:
        yield apart_page(edition, record, apart, view.references)


def _source(edition: Edition, record: Record) -> str:
    """Return the file that a reader of this page would change: the translation where there is one."""
    return edition.outlines[record.id].face(edition.language).source


def _front_matter(edition: Edition, record: Record, record_type: RecordType) -> Mapping[str, object]:
    head: dict[str, object] = {"title": title_of(record), "description": text_of(record, "summary")}
    if len(edition.base.settings.languages) > 1:
        head["languages"] = _languages(edition, record)
    if reviewed := text_of(record, "last_reviewed"):
        head["last_reviewed"] = reviewed
    head["type"] = record_type.name
    if not record_type.in_files:
        head["trail"] = trail(edition, record_type)
        head["section"] = address(index_of(record_type))
        head["menu"] = record_menu(edition, record, record_type)
        head["hide"] = ["toc"]
    if "shows" in record.fields:
        head["hide"] = ["toc"]
    if "ways_in" in record.fields:
        head["hide"] = ["navigation", "toc"]
    head["data"] = record_data_url(
        edition.base.settings.languages[0], edition.language, page_of(record.id, record_type)
    )
    head["findable"] = record_findable(edition, record)
    head["json_ld"] = list(record_things(edition, record))
    head["citation_tags"] = citation_tags(record)
    return head


def _languages(edition: Edition, record: Record) -> list[str]:
    """Return the languages that have a text of their own, the original first."""
    outline = edition.outlines[record.id]
    others = (code for code in edition.base.settings.languages if code in outline.faces)
    return [outline.language, *(code for code in others if code != outline.language)]


def _view(edition: Edition, record: Record, page: str) -> RecordView:
    place = Place(edition, record, page)
    fields = dict(shown_fields(place))
    if "claims" in fields:
        fields["claims"] = replace(fields["claims"], kind="claims", value=claim_views(place))
    prose = page_prose(place, claim_in_prose)
    types = edition.base.record_types[record.id.type].fields
    own = {name: field for name, field in fields.items() if name not in KNOWN}
    # What sets this type apart comes first; topics, regions and the like, which every record has, come last.
    own = dict(sorted(own.items(), key=lambda entry: entry[0] in edition.facets))
    short = {name for name in own if own[name].kind == "unknown" or _is_compact(types[name])}
    return RecordView(
        title=title_of(record),
        summary=text_of(record, "summary"),
        notices=(*frame.notices(place), *frame.translation_notices(place)),
        facts=tuple(field for name, field in own.items() if name in short),
        sections=tuple(field for name, field in own.items() if name not in short and name != "ways_in"),
        fields=fields,
        language=foreign(edition, record),
        prose=Markup(prose),  # noqa: S704 - raw HTML was taken out
        references=reference_list(place),
        shows=shown_part(edition, text_of(record, "shows"), page),
        backlinks=tuple(frame.backlinks(place)),
        known=tuple(frame.known(edition, record)),
        authors=", ".join(str(name) for name in list_of(record, "authors")),
        reviewers=tuple(frame.reviewers(edition, record)),
        changes=tuple(frame.changes(edition, record)),
        images=tuple(_images(place)),
        ways_in=tuple(_ways_in(place)),
        source=record.source,
        citing=citing(edition, record),
    )


def _is_compact(field: Field) -> bool:
    """Tell whether a field fits into the facts panel: short, or a group of short facts such as a period."""
    described = field.element or field
    if field.kind == "object":
        return all(inner.kind in SHORT or inner.kind == "text" for inner in field.fields.values())
    return described.kind in SHORT


def _images(place: Place) -> Iterator[Image]:
    for image in list_of(place.record, "images"):
        if isinstance(image, Mapping):
            credit = ", ".join(str(image[name]) for name in ("credit", "licence") if image.get(name))
            yield Image(str(image["file"]), str(image["alt"]), credit)


def _ways_in(place: Place) -> Iterator[tuple[str, str, Ref]]:
    for way in list_of(place.record, "ways_in"):
        if isinstance(way, Mapping):
            there = ref_to_path(place, str(way["to"]))
            yield str(way["title"]), str(way["text"]), Ref(str(way["label"]), there.url)
