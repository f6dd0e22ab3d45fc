"""The evidence map as values: which references speak of which outcome of which record, counted once per cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from evidencebase.model import Claim, RecordId

STRATEGY = "strategy"
"""The record type whose records are the rows."""
SUPPORTS, CHALLENGES = "supports", "challenges"


@dataclass(frozen=True, slots=True)
class Use:
    """How a reference is used in one cell of the map."""

    reference: str
    direction: str
    """What it found for this outcome; the first claim that uses it decides."""
    roles: tuple[str, ...]
    """supports and challenges, in the order of the claims"""


def cells(claims: Iterable[Claim]) -> Mapping[tuple[RecordId, str], tuple[Use, ...]]:
    """Return the references of each record and outcome, each once, in the order of the claims."""
    found: dict[tuple[RecordId, str], dict[str, Use]] = {}
    for claim in claims:
        if not claim.outcome:
            continue
        cell = found.setdefault((claim.record, claim.outcome), {})
        for role, sources in ((SUPPORTS, claim.supports), (CHALLENGES, claim.challenges)):
            for source in sources:
                first = cell.get(source.reference, Use(source.reference, source.direction, ()))
                roles = first.roles if role in first.roles else (*first.roles, role)
                cell[source.reference] = Use(first.reference, first.direction, roles)
    return {place: tuple(uses.values()) for place, uses in found.items()}
