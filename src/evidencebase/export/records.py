"""Records and claims as plain objects: what JSON holds, and what tables and schemas are made from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from evidencebase.content.claims import GRADED
from evidencebase.model import Claim, ClaimSource, FieldValue, KnowledgeBase, Record, RecordId, Settings

UNKNOWN = "unknown"
"""What stands where nobody knows: never an empty place, never a guess."""


def record_name(base: KnowledgeBase, id: RecordId) -> str:
    """Return the name by which other records and these files call a record: `cities/riverton`."""
    return f"{base.record_types[id.type].folder}/{id.slug}"


def url_of(settings: Settings, address: str) -> str:
    """Return the address of a page: whole where the site knows its own, else from the root of the site."""
    below = f"{settings.languages[0]}/{address}"
    return f"{settings.site_url.rstrip('/')}/{below}" if settings.site_url else below


def plain(value: FieldValue) -> Any:
    """Return the value as JSON can hold it; what nobody knows is "unknown" again."""
    if value is None:
        return UNKNOWN
    if isinstance(value, Mapping):
        return {name: plain(inner) for name, inner in value.items()}
    if isinstance(value, tuple):
        return [plain(inner) for inner in value]
    return value


def record_object(base: KnowledgeBase, record: Record, address: str) -> Mapping[str, Any]:
    return {
        "record": record_name(base, record.id),
        "type": record.id.type,
        "slug": record.id.slug,
        "language": record.language,
        "url": url_of(base.settings, address),
        "source": record.source,
        "fields": plain(record.fields),
        "prose": record.prose.text,
    }


def claim_objects(base: KnowledgeBase, addresses: Mapping[RecordId, str]) -> tuple[Mapping[str, Any], ...]:
    """Return the claims of the records that have an address, in the order of their records."""
    return tuple(
        _claim_object(base, claim, addresses[claim.record])
        for claim in sorted(base.claims.values(), key=lambda claim: record_name(base, claim.record))
        if claim.record in addresses
    )


def _claim_object(base: KnowledgeBase, claim: Claim, address: str) -> Mapping[str, Any]:
    graded = claim.kind in GRADED
    record = base.faces[claim.record, base.outlines[claim.record].language]
    return {
        "record": record_name(base, claim.record),
        "record_status": record.fields.get("status"),
        "id": claim.id,
        "url": f"{url_of(base.settings, address)}#claim-{claim.id}",
        "language": record.language,
        "statement": claim.statement,
        "qualifier": claim.qualifier or None,
        "kind": claim.kind,
        "outcome": claim.outcome or None,
        "direction": claim.direction or None,
        "strength": claim.strength or None,
        "reasons": list(claim.reasons),
        "ceiling": claim.ceiling.strength if graded else None,
        "contested": claim.ceiling.contested if graded else None,
        "designs": {design or UNKNOWN: count for design, count in sorted(claim.ceiling.counts.items())},
        "countries": list(claim.ceiling.countries),
        "supports": _sources(claim.supports),
        "challenges": _sources(claim.challenges),
        "searched_for_challenge": claim.searched_for_challenge or None,
        "last_checked": claim.last_checked or None,
    }


def _sources(sources: Iterable[ClaimSource]) -> list[Mapping[str, Any]]:
    return [
        {
            "reference": source.reference,
            "direction": source.direction or UNKNOWN,
            "locator": source.locator or None,
            "note": source.note or None,
        }
        for source in sources
    ]
