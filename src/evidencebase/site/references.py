"""A page for each reference, and lists of all of them by subject, design, region and direction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from evidencebase.model import Citation, Page, Reference
from evidencebase.site.addresses import page_of, reference_page, url
from evidencebase.site.claims import design_name, place_names
from evidencebase.site.edition import Edition, in_language, speaker, worded
from evidencebase.site.findable import reference_findable
from evidencebase.site.indexes import Choice, Filter
from evidencebase.site.json_ld import reference_thing
from evidencebase.site.lists import Listing, alone, front, grouped, initial, list_pages
from evidencebase.site.menu import trail
from evidencebase.site.views import Ref
from evidencebase.text.csl import title_language
from evidencebase.text.locales import joined, language_name, shown_date
from evidencebase.text.slugs import slugify
from evidencebase.text.strings import announcing
from evidencebase.text.templates import fill

Values = Mapping[str, str]
"""Ids of values, which make addresses, with what readers see."""
Counts = Mapping[str, Mapping[tuple[str, str], int]]
"""Filter → id and name of a value → how many references have it."""
EXPECTED = ("author", "year", "doi", "volume", "pages")
"""What readers look for in a reference; the page says which of these nobody could confirm."""
ROLES = ("supports", "challenges", "field", "prose")


@dataclass(frozen=True, slots=True)
class ReferenceEntry:
    """A reference in a list."""

    entry: Markup
    url: str
    note: str


@dataclass(frozen=True, slots=True)
class ReferenceView:
    title: str
    title_language: str
    """Where the title is not in the reader's language."""
    entry: Markup
    address: str
    retracted: str
    finding: str
    finding_language: str
    """Where the finding is not in the reader's language."""
    direction: str
    facts: tuple[tuple[str, str], ...]
    audited: str
    confirmed: str
    missing: str
    uses: tuple[tuple[str, tuple[Ref, ...]], ...]
    bibtex: Markup
    source: str


def reference_record(edition: Edition, key: str) -> Page:
    """Return the page of a reference."""
    reference = edition.base.references[key]
    used = [one for one in edition.base.cited.get(key, ()) if one.record in edition.names]
    page = reference_page(reference.key)
    say = speaker(edition)
    citable = edition.references[reference.key]
    title = reference.fields.get("title", reference.key)
    notes = reference.notes
    missing = tuple(
        name for name in EXPECTED if name not in reference.fields and (name != "author" or not reference.authors)
    )
    view = ReferenceView(
        title=title,
        title_language=title_language(reference, edition.language),
        entry=citable.entry,
        address=citable.address,
        retracted=say("reference.retracted", date=shown_date(notes["retracted"], edition.language))
        if "retracted" in notes
        else "",
        finding=edition.base.findings.get(edition.language, {}).get(reference.key, reference.finding),
        finding_language=_finding_language(edition, reference),
        direction=_direction(edition, reference),
        facts=tuple(_facts(edition, reference)),
        audited=say(f"reference.{reference.audited or 'not_audited'}"),
        confirmed=notes.get("confirmed", ""),
        missing=say("reference.missing", fields=joined(missing, edition.language)) if missing else "",
        uses=tuple(_uses(edition, used, page)),
        bibtex=Markup(reference.bibtex.replace("```", "'''")),  # noqa: S704 - stands inside a code block
        source=reference.location.path,
    )
    body = fill(edition.base.templates, "reference.md.jinja", {"view": view, "t": say})
    steps = trail(edition, None, [(say("reference.all"), reference_page(""))])
    head = {
        **front(title, reference.finding or title, steps, reference_page("")),
        "reference": reference.key,
        "findable": reference_findable(edition, reference),
        "json_ld": [reference_thing(reference)],
    }
    return Page(page, head, body, source=reference.location.path)


def _finding_language(edition: Edition, reference: Reference) -> str:
    first = edition.base.settings.languages[0]
    translated = reference.key in edition.base.findings.get(edition.language, {})
    return "" if translated or edition.language == first else first


def _facts(edition: Edition, reference: Reference) -> Iterator[tuple[str, str]]:
    say = speaker(edition)
    words = reference.notes.get("design_in_words", "")
    name = design_name(edition, reference.design)
    more = words and words.casefold() != name.casefold()
    yield say("reference.design"), announcing(edition.strings, name, words) if more else name
    yield (
        say("reference.countries"),
        joined(place_names(edition, reference.countries), edition.language) or say("value.unknown"),
    )
    if place := reference.notes.get("place"):
        yield say("reference.place"), place
    if language := reference.notes.get("language"):
        yield say("known.language"), language_name(language, edition.language)


def _direction(edition: Edition, reference: Reference) -> str:
    label = speaker(edition)(f"direction.{reference.direction or 'unknown'}")
    note = reference.notes.get("direction_note", "")
    return f"{label} ({note})" if note else label


def _uses(edition: Edition, used: list[Citation], page: str) -> Iterator[tuple[str, tuple[Ref, ...]]]:
    """Yield the roles in which the reference is used, each with the claims or records that use it so."""
    for role in ROLES:
        refs: dict[tuple[str, str], Ref] = {}
        for one in used:
            if one.role == role:
                name = edition.names[one.record].title
                home = page_of(one.record, edition.base.record_types[one.record.type])
                claim = edition.claims.get((one.record, one.claim))
                anchor = f"claim-{one.claim}" if claim else ""
                title = claim.statement if claim else name
                refs[home, anchor] = Ref(title, url(page, home, anchor), name if claim else "")
        if refs:
            yield speaker(edition)(f"reference.{role}"), tuple(refs.values())


def reference_lists(edition: Edition) -> Iterator[Page]:
    """Yield the list of all references, and a list for each value of each filter; nothing where there are none."""
    if not edition.base.references:
        return
    everything = sorted(edition.base.references.values(), key=lambda one: edition.references[one.key].order)
    found = {name: [(one, values(edition, one)) for one in everything] for name, values in FILTERS.items()}
    counts = {name: Counter(pair for _, values in rows for pair in values.items()) for name, rows in found.items()}
    say = speaker(edition)
    yield from _list(edition, everything, Listing(reference_page(""), say("reference.all")), counts)
    for name, rows in found.items():
        for value, label in sorted(counts[name]):
            members = [one for one, values in rows if value in values]
            title = say("index.filtered", plural=say("reference.all"), value=label)
            yield from _list(edition, members, Listing(_filter_page(name, value), title, (name, value)), counts)


def _list(edition: Edition, members: list[Reference], listing: Listing, counts: Counts) -> Iterator[Page]:
    say = speaker(edition)

    def show(reference: Reference, here: str) -> ReferenceEntry:
        note = f"{design_name(edition, reference.design)} · {_direction_name(edition, reference)}"
        return ReferenceEntry(edition.references[reference.key].entry, url(here, reference_page(reference.key)), note)

    groups = grouped(members, lambda one: initial(edition.references[one.key].order))
    for part in list_pages(edition, listing, groups, show):
        above = [(say("reference.all"), reference_page(""))] if part.page != reference_page("") else []
        values = {
            "list": part,
            "style": "references",
            "intro": say("reference.intro") if not above else "",
            "filters": tuple(_filters(edition, part.page, listing.chosen, counts)),
            "count": say("index.count", count=len(members)),
            "t": say,
        }
        body = fill(edition.base.templates, "index.md.jinja", values)
        head = front(part.title, say("reference.intro"), trail(edition, None, above), reference_page(""))
        yield Page(part.page, {**head, **alone(edition, part)}, body)


def _filters(edition: Edition, page: str, chosen: tuple[str, str], counts: Counts) -> Iterator[Filter]:
    for name, found in counts.items():
        choices = tuple(
            Choice(label, count, url(page, _filter_page(name, value)), (name, value) == chosen)
            for (value, label), count in sorted(found.items(), key=lambda entry: (-entry[1], entry[0]))
        )
        yield Filter(speaker(edition)(f"reference.{name}"), choices)


def _filter_page(name: str, value: str) -> str:
    return f"references/by/{name}/{value}/index.md"


def _topics(edition: Edition, reference: Reference) -> Values:
    # The name of the file says what its references are about; a site may name it in its own strings.
    label = reference.topic.replace("-", " ").replace("_", " ").capitalize()
    return {slugify(reference.topic) or "other": worded(edition, label)}


def _designs(edition: Edition, reference: Reference) -> Values:
    return {slugify(reference.design) or "unknown": design_name(edition, reference.design)}


def _regions(edition: Edition, reference: Reference) -> Values:
    """Return the regions that hold the reference's countries; groups of countries stand for themselves."""
    regions, groups = (edition.base.vocabularies.get(name) for name in ("regions", "country_groups"))
    found = {
        term.id: in_language(term.label, edition.language)
        for term in (regions.terms.values() if regions else ())
        if term.countries.intersection(reference.countries)
    }
    for code in reference.countries:
        if groups and code in groups.terms:
            found[code] = in_language(groups.terms[code].label, edition.language)
    return found or {"unknown": speaker(edition)("value.unknown")}


def _directions(edition: Edition, reference: Reference) -> Values:
    return {slugify(reference.direction) or "unknown": _direction_name(edition, reference)}


def _direction_name(edition: Edition, reference: Reference) -> str:
    return speaker(edition)(f"direction.{reference.direction or 'unknown'}")


FILTERS: Mapping[str, Callable[[Edition, Reference], Values]] = {
    "topics": _topics,
    "designs": _designs,
    "regions": _regions,
    "direction": _directions,
}
"""What the list of references can be narrowed by."""
