"""The list of each record type, its filters, and a page for each topic, region and audience."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from evidencebase.model import Field, Page, Record, RecordId, RecordType, Term, Vocabulary
from evidencebase.site.addresses import facet_page, filter_page, index_of, url
from evidencebase.site.cards import card
from evidencebase.site.edition import Edition, in_language, published, speaker, values_in, worded
from evidencebase.site.findable import quick_exit
from evidencebase.site.lists import (
    LIMIT,
    Group,
    Listing,
    ShownGroup,
    alone,
    by_letter,
    by_year,
    front,
    list_pages,
    shown_group,
)
from evidencebase.site.menu import trail
from evidencebase.site.views import Ref, title_of_field
from evidencebase.text.locales import country_name
from evidencebase.text.strings import say
from evidencebase.text.templates import fill

SHOWN_PER_TYPE = 12
"""Records of one type on a topic's page; the rest is one step away."""


@dataclass(frozen=True, slots=True)
class Filter:
    """One way to narrow a list: a field, and a page for each of its values."""

    title: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    title: str
    count: int
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A field by which a list is narrowed, with the records of each of its values; the same on all pages of a list."""

    name: str
    title: str
    values: tuple[tuple[str, str, tuple[Record, ...]], ...]
    """Value, what it is called, and who has it: what most have comes first."""


def index_pages(edition: Edition, record_type: RecordType) -> Iterator[Page]:
    """Yield the list of a record type and a page for each value of each filter; nothing for a type without records."""
    records = published(edition, record_type)
    if not records or record_type.in_files:
        return
    narrowings = tuple(_narrowing(edition, record_type.fields[name], records) for name in record_type.index.filters)
    plural = worded(edition, record_type.plural)
    listings = [(Listing(index_of(record_type), plural), records)]
    for one in narrowings:
        for value, label, members in sorted(one.values):
            title = say(edition.strings, "index.filtered", plural=plural, value=label)
            listings.append((Listing(filter_page(record_type, one.name, value), title, (one.name, value)), members))
    for listing, members in listings:
        yield from _pages(edition, record_type, members, listing, narrowings=narrowings)


def _pages(
    edition: Edition, record_type: RecordType, records: tuple[Record, ...], listing: Listing,
    *, narrowings: Iterable[Narrowing],
) -> Iterator[Page]:  # fmt: skip
    style = record_type.index
    groups = by_year(records, style.date) if style.split == "year" else by_letter(records)
    if style.show == "cards" and len(records) <= LIMIT:
        groups = (Group("", "all", records),)
    for part in list_pages(edition, listing, groups, partial(card, edition)):
        above = (
            [(worded(edition, record_type.plural), index_of(record_type))] if part.page != index_of(record_type) else []
        )
        values = {
            "list": part,
            "style": style.show,
            "intro": worded(edition, _first_sentence(record_type.description))
            if listing.page == index_of(record_type)
            else "",
            "filters": tuple(_filters(record_type, part.page, listing.chosen, narrowings)),
            "count": say(edition.strings, "index.count", count=len(records)),
            "t": speaker(edition),
        }
        body = fill(edition.base.templates, "index.md.jinja", values)
        head = front(
            part.title,
            worded(edition, _first_sentence(record_type.description)),
            trail(edition, None, above),
            index_of(record_type),
        )
        yield Page(part.page, {**head, **alone(edition, part)}, body)


def _first_sentence(text: str) -> str:
    """Return what a schema's description says to readers; the rest of it is advice to authors."""
    return re.split(r"(?<=\.)\s", text, maxsplit=1)[0]


def _narrowing(edition: Edition, field: Field, records: Iterable[Record]) -> Narrowing:
    found: dict[str, list[Record]] = {}
    for record in records:
        for value in dict.fromkeys(values_in(record, field)):
            found.setdefault(value, []).append(record)
    values = [(value, _label(edition, field, value), tuple(found[value])) for value in sorted(found)]
    values.sort(key=lambda value: (-len(value[2]), value[1]))
    return Narrowing(field.name, title_of_field(edition, field), tuple(values))


def _filters(
    record_type: RecordType, page: str, chosen: tuple[str, str], narrowings: Iterable[Narrowing]
) -> Iterator[Filter]:
    for one in narrowings:
        if len(one.values) > 1:
            yield Filter(
                one.title,
                tuple(
                    Choice(
                        label, len(members), url(page, filter_page(record_type, one.name, value)),
                        (one.name, value) == chosen,
                    )
                    for value, label, members in one.values
                ),
            )  # fmt: skip


def _label(edition: Edition, field: Field, value: str) -> str:
    described = field.element or field
    if described.vocabulary:
        return in_language(edition.base.vocabularies[described.vocabulary].terms[value].label, edition.language)
    if described.kind == "country":
        return country_name(value, edition.language)
    if described.kind == "link":
        return next(
            (edition.names[id].title for name in described.links_to if (id := RecordId(name, value)) in edition.names),
            value,
        )
    return worded(edition, described.labels.get(value, value))


def facet_list(edition: Edition, vocabulary: Vocabulary) -> Page:
    """Return the list of a vocabulary's terms."""
    page = facet_page(vocabulary.name)
    title = in_language(vocabulary.title, edition.language)
    counts = {id: len(edition.about[vocabulary.name, id]) for id in vocabulary.terms}
    values = {"title": title, "branches": _branches(edition, vocabulary, "", counts), "t": speaker(edition)}
    return Page(page, front(title, title, [], page), fill(edition.base.templates, "facets.md.jinja", values))


@dataclass(frozen=True, slots=True)
class Branch:
    ref: Ref
    count: str
    description: str
    below: tuple[Branch, ...]


def _branches(edition: Edition, vocabulary: Vocabulary, above: str, counts: Mapping[str, int]) -> tuple[Branch, ...]:
    page = facet_page(vocabulary.name)
    return tuple(
        Branch(
            _term_ref(edition, vocabulary, term, page),
            say(edition.strings, "index.count", count=counts[term.id]),
            in_language(term.description, edition.language),
            _branches(edition, vocabulary, term.id, counts),
        )
        for term in vocabulary.terms.values()
        if term.broader == above
    )


def facet_page_of(edition: Edition, vocabulary: Vocabulary, term: Term) -> Page:
    """Return the page of a term, with everything about it."""
    page = facet_page(vocabulary.name, term.id)
    label = in_language(term.label, edition.language)
    description = in_language(term.description, edition.language)
    below = [other for other in vocabulary.terms.values() if other.broader == term.id]
    above = vocabulary.terms.get(term.broader)
    values = {
        "title": label,
        "description": description,
        "broader": _term_ref(edition, vocabulary, above, page) if above else None,
        "narrower": tuple(_term_ref(edition, vocabulary, other, page) for other in below),
        "groups": tuple(_groups(edition, vocabulary, term, page)),
        "t": speaker(edition),
    }
    body = fill(edition.base.templates, "facet.md.jinja", values)
    whole = facet_page(vocabulary.name)
    steps = trail(edition, None, [(in_language(vocabulary.title, edition.language), whole)])
    head = front(label, description or label, steps, whole)
    return Page(page, {**head, **quick_exit(edition, {vocabulary.name: [term.id]})}, body)


def _groups(edition: Edition, vocabulary: Vocabulary, term: Term, page: str) -> Iterator[ShownGroup]:
    found = frozenset(edition.about[vocabulary.name, term.id])
    for record_type in edition.base.record_types.values():
        members = [id for id in edition.order.get(record_type.name, ()) if id in found]
        if not members:
            continue
        shown = tuple(edition.records[id] for id in members[:SHOWN_PER_TYPE])
        group = Group(worded(edition, record_type.plural), "", shown)
        cards = shown_group(edition, group, page, partial(card, edition)).cards
        rest = url(page, _everything(record_type, vocabulary, term)) if len(members) > SHOWN_PER_TYPE else ""
        yield ShownGroup(
            worded(edition, record_type.plural), record_type.folder, cards,
            say(edition.strings, "facet.all", count=len(members)), rest,
        )  # fmt: skip


def _everything(record_type: RecordType, vocabulary: Vocabulary, term: Term) -> str:
    """Return the longer list: the type's own filter for the term where it has one, else all its records."""
    for name in record_type.index.filters:
        field = record_type.fields[name]
        if vocabulary.name in (field.vocabulary, field.element.vocabulary if field.element else ""):
            return filter_page(record_type, name, term.id)
    return index_of(record_type)


def _term_ref(edition: Edition, vocabulary: Vocabulary, term: Term, page: str) -> Ref:
    return Ref(in_language(term.label, edition.language), url(page, facet_page(vocabulary.name, term.id)))
