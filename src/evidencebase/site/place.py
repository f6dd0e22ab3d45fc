"""Where something is shown: which edition, which record, which page, and what that page has cited so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape

from markupsafe import Markup

from evidencebase.model import Record
from evidencebase.site.addresses import reference_page, url
from evidencebase.site.edition import Edition
from evidencebase.text.scanner import Cited


@dataclass(frozen=True, slots=True)
class Place:
    edition: Edition
    record: Record
    page: str
    cited: dict[str, list[str]] = field(default_factory=dict)
    """Reference key → ids of the places on the page that cite it, in the order in which they were written."""


@dataclass(frozen=True, slots=True)
class ListedReference:
    """A reference at the end of a page."""

    key: str
    entry: Markup
    url: str
    """Its own page."""
    address: str
    """DOI or web address; empty where there is none."""
    back: tuple[str, ...]


def cite(place: Place, one: Cited, *, in_text: bool) -> str:
    """Return a citation as HTML, and note on the page that it stands there.

    In running text the authors belong to the sentence, `Braga (2018)`; in brackets they do not, `Braga, 2018, p. 3`.
    """
    reference = place.edition.references.get(one.key)
    if reference is None:
        return escape(one.key)
    marks = place.cited.setdefault(one.key, [])
    mark = f"cite-{one.key}-{len(marks) + 1}"
    marks.append(mark)
    link = f'<a class="eb-cite" id="{mark}" href="#ref-{one.key}">'
    locator = f", {escape(one.locator)}" if one.locator else ""
    before = f"{escape(one.before)} " if one.before else ""
    if in_text:
        return f"{link}<bdi>{reference.short} ({reference.year})</bdi></a>"
    if one.year_only:
        return f"{before}{link}<bdi>{reference.year}</bdi></a>{locator}"
    return f"{before}{link}<bdi>{reference.short}, {reference.year}</bdi></a>{locator}"


def cite_key(place: Place, key: str, locator: str = "") -> Markup:
    """Return the citation of a reference that a field names."""
    return Markup(cite(place, Cited(key, 0, locator=locator), in_text=False))  # noqa: S704 - escaped in `cite`


def reference_list(place: Place) -> tuple[ListedReference, ...]:
    """Return what the page has cited so far, in the order of the alphabet."""
    edition = place.edition
    keys = sorted(place.cited, key=lambda key: (edition.references[key].order, key))
    return tuple(
        ListedReference(
            key, edition.references[key].entry, url(place.page, reference_page(key)),
            edition.references[key].address, tuple(place.cited[key]),
        )
        for key in keys
    )  # fmt: skip
