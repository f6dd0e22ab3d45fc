"""A record becomes a page here."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from evidencebase.diagnostics import KnowledgeBaseError
from evidencebase.model import Page, Record, RecordId, RecordType
from evidencebase.site.addresses import address, index_of, page_of, record_data_url, sheet_page
from evidencebase.site.citing import citation_tags
from evidencebase.site.edition import Edition, speaker, text_of, title_of
from evidencebase.site.field_guide import guide_pages
from evidencebase.site.findable import quick_exit, record_findable
from evidencebase.site.indexes import facet_list, facet_page_of, index_pages
from evidencebase.site.json_ld import record_things, with_breadcrumbs
from evidencebase.site.long_references import apart_page, pointing_apart, references_apart
from evidencebase.site.menu import record_menu, trail
from evidencebase.site.place import Place
from evidencebase.site.printing import printed
from evidencebase.site.record_view import record_view
from evidencebase.site.references import reference_lists, reference_record
from evidencebase.site.search_page import search_page
from evidencebase.site.sheets import IN_FULL, sheet_parts
from evidencebase.site.sheets.city import cities_for
from evidencebase.site.sheets.claims import levels
from evidencebase.text.templates import fill
from evidencebase.text.typography import typeset_page


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
        return tuple(self._finished(one) for one in self.make())

    def _finished(self, one: Page) -> Page:
        language = self.edition.language
        body, paper = typeset_page(one.body, language), typeset_page(one.paper, language)
        return replace(one, front_matter=with_breadcrumbs(self.edition, one), body=body, paper=paper)


def tasks(edition: Edition) -> Iterator[Task]:
    """Yield what has to be done for all pages; a task need be done again only where what it has read has changed."""

    def task(name: str, make: Callable[..., Iterable[Page]], *given: object) -> Task:
        return Task(name, partial(make, edition, *given), edition)

    for id in edition.records:
        yield task(f"record {id.type}/{id.slug}", record_pages, id)
        if edition.base.record_types[id.type].printed_as == "sheet":
            yield task(f"sheets of {id.type}/{id.slug}", city_sheets, id)
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


def city_sheets(edition: Edition, id: RecordId) -> Iterator[Page]:
    """Yield the pages of a sheet for each city that it is made for."""
    record = edition.records[id]
    for city in cities_for(edition, record):
        yield from _pages(edition, record, sheet_page(id, edition.base.record_types[id.type], city.id.slug), city)


def record_pages(edition: Edition, id: RecordId) -> Iterator[Page]:
    """Yield the page of one record, and one of its references where there are many."""
    yield from _pages(edition, edition.records[id], page_of(id, edition.base.record_types[id.type]))


def _pages(edition: Edition, record: Record, path: str, city: Record | None = None) -> Iterator[Page]:
    """Yield the page of a record at this path; with a city, of a sheet for that city."""
    record_type = edition.base.record_types[record.id.type]
    view = record_view(edition, record, path)
    head = _front_matter(edition, record, record_type)
    if record_type.printed_as == "sheet":
        parts = sheet_parts(Place(edition, record, path), city)
        # What the sheet says in full below is not named above it as well.
        facts = tuple(fact for fact in view.facts if fact.name not in IN_FULL)
        view = replace(view, parts=parts, facts=facts, levels=levels(edition))
    if city is not None:
        title = speaker(edition)("sheet.for_city", title=view.title, city=title_of(city))
        view = replace(view, title=title)
        head = {**head, "title": title, "data": f"../{head['data']}"}
    form = printed(edition, record, path, city)
    apart = references_apart(view.references, path)
    values = {"view": replace(view, printed=form is not None), "apart": apart, "t": speaker(edition)}
    template = record_type.template if record_type.template in edition.base.templates else "record.md.jinja"
    paper = fill(edition.base.templates, template, {**values, "apart": None}) if apart else ""
    folder = posixpath.dirname(record.source)
    files = tuple((f"{posixpath.dirname(path)}/{name}", f"{folder}/{name}") for name in record.files)
    yield Page(
        path=path,
        front_matter=head,
        body=pointing_apart(fill(edition.base.templates, template, values), apart),
        source=_source(edition, record),
        files=files,
        parts=view.parts,
        printed=form,
        paper=paper,
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
    head |= quick_exit(edition, edition.outlines[record.id].terms)
    head["json_ld"] = list(record_things(edition, record))
    head["citation_tags"] = citation_tags(record)
    return head


def _languages(edition: Edition, record: Record) -> list[str]:
    """Return the languages that have a text of their own, the original first."""
    outline = edition.outlines[record.id]
    others = (code for code in edition.base.settings.languages if code in outline.faces)
    return [outline.language, *(code for code in others if code != outline.language)]
