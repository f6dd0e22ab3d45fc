"""Grades claims: what strength the designs of the supporting references allow, and what a challenge takes away.

The rule is this knowledge base's own (DESIGN: "The ceiling is computed"); the method page publishes it with the
examples of `strength_examples.yml`, which are its tests.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from evidencebase.diagnostics import Code, Diagnostic, Location
from evidencebase.fields import location_of
from evidencebase.model import (
    Ceiling,
    Claim,
    ClaimSource,
    Document,
    FieldPath,
    FieldValue,
    Record,
    RecordId,
    Reference,
    StrengthExample,
    Vocabulary,
)

GRADED = ("effect", "harm")
"""The kinds of claims that have a strength."""
STRENGTHS = ("none_found", "very_low", "low", "moderate", "high")
RANKED = ("systematic_review", "randomised_trial", "quasi_experiment", "before_after")
"""Designs from the strongest down; every other design counts less than these."""
OPPOSED = {
    "reduced": ("increased", "no_effect"),
    "increased": ("reduced", "no_effect"),
    "no_effect": ("reduced", "increased"),
}
"""Directions that contradict a claim's; a mixed finding contradicts nothing and proves little."""
NOTHING_MEASURED = ("not_applicable", "not_confirmed")


def claims(record: Record, references: Mapping[str, Reference], groups: Vocabulary | None) -> Iterator[Claim]:
    """Yield the claims of a record, each with its computed ceiling."""
    entries = record.fields.get("claims")
    for entry in entries if isinstance(entries, tuple) else ():
        if isinstance(entry, Mapping) and isinstance(entry.get("id"), str):
            yield _claim(record.id, entry, references, groups)


def ceiling(
    supports: Iterable[ClaimSource], challenges: Iterable[ClaimSource], references: Mapping[str, Reference],
    groups: Vocabulary | None,
) -> Ceiling:  # fmt: skip
    """Return the highest strength these references allow.

    high: two systematic reviews, or one and two randomised trials, from more than one country. moderate: one
    systematic review, or two randomised trials, or three quasi-experiments. low: one trial or quasi-experiment.
    very_low: anything else. A challenge of equal or better design takes one step away.
    """
    known = [source for source in supports if source.reference in references]
    designs = [_design(source, references) for source in known]
    counts = Counter(designs)
    countries = tuple(sorted({country for source in known for country in references[source.reference].countries}))
    several = _are_several(countries, groups)
    allowed = _allowed(counts, several) if known else "none_found"
    against = [_design(source, references) for source in challenges if source.reference in references]
    contested = bool(known and against) and min(map(_rank, against)) <= min(map(_rank, designs))
    lowered = STRENGTHS[max(1, STRENGTHS.index(allowed) - 1)] if contested else allowed
    return Ceiling(lowered, allowed, dict(counts), countries, several, contested)


def example(supports: Iterable[str], challenges: Iterable[str], groups: Vocabulary | None) -> StrengthExample:
    """Return what the rule makes of sources given as `design/country`; the country may be left out."""
    split = [[_split(source) for source in sources] for sources in (supports, challenges)]
    references = {
        f"{side}-{number}": _imagined(f"{side}-{number}", design, country)
        for side, sources in enumerate(split)
        for number, (design, country) in enumerate(sources)
    }
    sides = [
        [ClaimSource(f"{side}-{number}", "reduced") for number, _ in enumerate(sources)]
        for side, sources in enumerate(split)
    ]
    return StrengthExample(tuple(split[0]), tuple(split[1]), ceiling(sides[0], sides[1], references, groups))


def _split(source: str) -> tuple[str, str]:
    design, _, country = source.partition("/")
    return design, country


def _imagined(key: str, design: str, country: str) -> Reference:
    return Reference(
        key=key, kind="misc", location=Location(""), fields={}, authors=(), editors=(), more_authors=False, topic="",
        countries=(country,) if country else (), direction="reduced", design=design, finding="", audited="", notes={},
        bibtex="",
    )  # fmt: skip


def _allowed(counts: Mapping[str, int], several_countries: bool) -> str:  # noqa: FBT001
    reviews, trials = counts.get("systematic_review", 0), counts.get("randomised_trial", 0)
    if several_countries and (reviews >= 2 or (reviews and trials >= 2)):
        return "high"
    if reviews or trials >= 2 or counts.get("quasi_experiment", 0) >= 3:
        return "moderate"
    return "low" if trials or counts.get("quasi_experiment", 0) else "very_low"


def _design(source: ClaimSource, references: Mapping[str, Reference]) -> str:
    """Return the design that counts: a reference whose result nobody saw counts as the weakest."""
    return "" if source.direction in NOTHING_MEASURED else references[source.reference].design


def _rank(design: str) -> int:
    return RANKED.index(design) if design in RANKED else len(RANKED)


def _are_several(countries: Iterable[str], groups: Vocabulary | None) -> bool:
    """Tell whether more than one country is among them.

    A group of several countries is enough by itself; a group such as "mostly the United States" adds none to a country
    that is named, and no country at all is none.
    """
    terms = groups.terms if groups else {}
    named = {country for country in countries if country not in terms}
    return len(named) > 1 or any(terms[country].several for country in countries if country in terms)


def _claim(
    record: RecordId, entry: Mapping[str, FieldValue], references: Mapping[str, Reference], groups: Vocabulary | None
) -> Claim:
    def text(name: str) -> str:
        value = entry.get(name)
        return value if isinstance(value, str) else ""

    supports = tuple(_sources(entry.get("supports"), references))
    challenges = tuple(_sources(entry.get("challenges"), references))
    reasons = entry.get("reasons")
    return Claim(
        record=record,
        id=text("id"),
        kind=text("kind"),
        statement=text("statement"),
        outcome=text("outcome"),
        direction=text("direction"),
        strength=text("strength") if text("kind") in GRADED else "",
        reasons=tuple(str(reason) for reason in reasons) if isinstance(reasons, tuple) else (),
        supports=supports,
        challenges=challenges,
        searched_for_challenge=text("searched_for_challenge"),
        qualifier=text("qualifier"),
        last_checked=text("last_checked"),
        ceiling=ceiling(supports, challenges, references, groups),
    )


def _sources(entries: FieldValue, references: Mapping[str, Reference]) -> Iterator[ClaimSource]:
    for entry in entries if isinstance(entries, tuple) else ():
        if isinstance(entry, Mapping) and isinstance(key := entry.get("reference"), str):
            direction = entry.get("direction") or (references[key].direction if key in references else "")
            yield ClaimSource(key, str(direction), str(entry.get("locator") or ""), str(entry.get("note") or ""))


class _Fault(NamedTuple):
    """What is wrong with a claim, and at which of its fields."""

    field: str
    code: Code
    message: str
    hint: str


def check_claims(record: Record, document: Document, found: Iterable[Claim]) -> Iterator[Diagnostic]:
    """Yield what is wrong with the claims of a record."""
    places = _places(record)
    for claim in found:
        place = places[claim.id]
        for fault in (*_graded(claim), *_counter_evidence(claim, record), *_unqualified(claim)):
            where = location_of(document, (*place, fault.field), record.source)
            yield Diagnostic(where, fault.code, fault.message, fault.hint)
        for number, source in enumerate(claim.supports):
            if source.direction in OPPOSED.get(claim.direction, ()):
                message = f"'{source.reference}' found '{source.direction}', the claim says '{claim.direction}'"
                hint = "move it to `challenges`, or give the `direction` it found for this outcome"
                where = location_of(document, (*place, "supports", number, "reference"), record.source)
                yield Diagnostic(where, Code.SUPPORT_CONTRADICTS, message, hint)


def _graded(claim: Claim) -> Iterator[_Fault]:
    if claim.kind not in GRADED:
        return
    for name, value in (("outcome", claim.outcome), ("direction", claim.direction), ("strength", claim.strength)):
        if not value:
            hint = f"write `{name}:`; a claim of kind {claim.kind} needs outcome, direction and strength"
            yield _Fault("id", Code.CLAIM_INCOMPLETE, f"the claim '{claim.id}' has no {name}", hint)
    if claim.strength not in STRENGTHS:
        return
    highest = claim.ceiling.strength
    if STRENGTHS.index(claim.strength) > STRENGTHS.index(highest):
        why = " and a challenge of equal or better design" if claim.ceiling.contested else ""
        message = (
            f"'{claim.strength}' is more than the references allow: {_counted(claim.ceiling)}{why} give '{highest}'"
        )
        hint = f"write `strength: {highest}`, or add what supports it"
        yield _Fault("strength", Code.STRENGTH_ABOVE_CEILING, message, hint)
    elif claim.strength != highest and not claim.reasons:
        hint = "say under `reasons` what keeps it down, or raise it"
        message = f"'{claim.strength}' is lower than the rule allows ('{highest}'), and nothing says why"
        yield _Fault("strength", Code.STRENGTH_WITHOUT_REASON, message, hint)


def _counter_evidence(claim: Claim, record: Record) -> Iterator[_Fault]:
    if claim.challenges:
        return
    if not claim.searched_for_challenge:
        message = f"nothing speaks against the claim '{claim.id}', and nobody looked"
        hint = "name what does under `challenges`, or search for it and write `searched_for_challenge: DATE`"
        yield _Fault("id", Code.CLAIM_NEVER_CHALLENGED, message, hint)
    elif "search" not in record.fields:
        hint = "say in the field `search` of this record where you looked, with which words, and when"
        message = "a search for counter-evidence is dated, but nothing says what was searched"
        yield _Fault("searched_for_challenge", Code.CLAIM_NEVER_CHALLENGED, message, hint)


def _unqualified(claim: Claim) -> Iterator[_Fault]:
    if re.search(r"\d", claim.statement) and not claim.qualifier:
        hint = "say under `qualifier` where, when and compared with what the figure holds"
        message = "a figure stands without what must be said with it"
        yield _Fault("statement", Code.NUMBER_WITHOUT_QUALIFIER, message, hint)


def _counted(found: Ceiling) -> str:
    parts = [f"{count} {(design or 'other').replace('_', ' ')}" for design, count in found.counts.items()]
    return ", ".join(parts) or "no references"


def _places(record: Record) -> Mapping[str, FieldPath]:
    entries = record.fields.get("claims")
    return {
        str(entry["id"]): ("claims", number)
        for number, entry in enumerate(entries if isinstance(entries, tuple) else ())
        if isinstance(entry, Mapping) and "id" in entry
    }
