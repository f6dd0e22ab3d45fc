"""What a page template places: every value of a record, decided for one page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from evidencebase.model import Field, Part, Record
from evidencebase.site.citing import Citing, citing
from evidencebase.site.claims import claim_in_prose, claim_views
from evidencebase.site.edition import Edition, foreign, list_of, text_of, title_of
from evidencebase.site.frame import (
    Backlinks,
    Notice,
    backlinks,
    changes,
    known,
    notices,
    reviewers,
    translation_notices,
)
from evidencebase.site.parts import shown_part
from evidencebase.site.place import ListedReference, Place, reference_list
from evidencebase.site.prose import page_prose
from evidencebase.site.views import SHORT, Ref, Shown, ref_to_path, shown_fields

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
    notices: tuple[Notice, ...]
    facts: tuple[Shown, ...]
    sections: tuple[Shown, ...]
    fields: Mapping[str, Shown]
    prose: Markup
    language: str
    """The language of the text, where it is not the reader's."""
    references: tuple[ListedReference, ...]
    shows: Markup
    """What the site adds below the prose: the evidence map, the comparison, the strength rule."""
    backlinks: tuple[Backlinks, ...]
    known: tuple[tuple[str, str], ...]
    authors: str
    reviewers: tuple[str, ...]
    changes: tuple[tuple[str, str, str], ...]
    images: tuple[Image, ...]
    ways_in: tuple[tuple[str, str, Ref], ...]
    source: str
    citing: Citing
    parts: tuple[Part, ...] = ()
    """What an assembled sheet says."""
    printed: bool = False
    """Whether files to print will be offered."""
    levels: str = ""
    """The legend of its dots."""


def record_view(edition: Edition, record: Record, page: str) -> RecordView:
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
        notices=(*notices(place), *translation_notices(place)),
        facts=tuple(field for name, field in own.items() if name in short),
        sections=tuple(field for name, field in own.items() if name not in short and name != "ways_in"),
        fields=fields,
        language=foreign(edition, record),
        prose=Markup(prose),  # noqa: S704 - raw HTML was taken out
        references=reference_list(place),
        shows=shown_part(edition, text_of(record, "shows"), page),
        backlinks=tuple(backlinks(place)),
        known=tuple(known(edition, record)),
        authors=", ".join(str(name) for name in list_of(record, "authors")),
        reviewers=tuple(reviewers(edition, record)),
        changes=tuple(changes(edition, record)),
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
