"""Strategies side by side: what each changes, how sure we are, what it may harm, what it costs, how long it takes."""

from __future__ import annotations

from dataclasses import dataclass

from evidencebase.content.evidence_map import STRATEGY
from evidencebase.model import Claim, Record
from evidencebase.site.addresses import page_of, url
from evidencebase.site.claims import ClaimView, claim_view
from evidencebase.site.edition import Edition, claims_of, published, title_of
from evidencebase.site.place import Place
from evidencebase.site.views import Ref, Shown, shown_fields


@dataclass(frozen=True, slots=True)
class Compared:
    strategy: Ref
    effects: tuple[ClaimView, ...]
    harms: tuple[ClaimView, ...]
    cost: Shown | None
    time_to_effect: Shown | None
    toolkits: Shown | None


def compared(edition: Edition, page: str) -> tuple[Compared, ...]:
    """Return every strategy with the claims that have a strength, for the page that shows them."""
    return tuple(_compared(edition, record, page) for record in published(edition, edition.base.record_types[STRATEGY]))


def _compared(edition: Edition, record: Record, page: str) -> Compared:
    place = Place(edition, record, page)
    fields = shown_fields(place)
    graded = [claim for claim in claims_of(edition, record) if claim.strength]
    return Compared(
        Ref(title_of(record), url(page, page_of(record.id, edition.base.record_types[STRATEGY]))),
        effects=_views(place, graded, "effect"),
        harms=_views(place, graded, "harm"),
        cost=_band(fields.get("cost")),
        time_to_effect=fields.get("time_to_effect"),
        toolkits=fields.get("toolkits"),
    )


def _band(cost: Shown | None) -> Shown | None:
    """Return the band of a cost; what it rests on stands on the strategy's own page."""
    if cost is None or cost.kind != "object":
        return cost
    return next((field for field in cost.value if isinstance(field, Shown) and field.name == "band"), None)


def _views(place: Place, claims: list[Claim], kind: str) -> tuple[ClaimView, ...]:
    return tuple(claim_view(place, claim, at_home=False) for claim in claims if claim.kind == kind)
