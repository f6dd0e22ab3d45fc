"""Claims as readers see them: how sure we are, why it is not higher, what supports them and what speaks against."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from evidencebase.content.claim_blocks import named_claim
from evidencebase.content.claims import RANKED, STRENGTHS
from evidencebase.model import Claim, ClaimSource
from evidencebase.site.addresses import page_of, url
from evidencebase.site.edition import Edition, claims_of, in_language, speaker
from evidencebase.site.place import Place, cite_key
from evidencebase.site.prose import field_prose
from evidencebase.text.locales import country_name, joined, shown_date
from evidencebase.text.templates import fill

DESIGNS = ("systematic_review", "randomised_trial", "quasi_experiment", "before_after")


@dataclass(frozen=True, slots=True)
class StrengthView:
    """How sure we are, in a word and in dots: never by colour alone."""

    id: str
    label: str
    filled: int
    dots: str


@dataclass(frozen=True, slots=True)
class SourceView:
    citation: Markup
    design: str
    direction: str
    note: Markup
    language: str


@dataclass(frozen=True, slots=True)
class ClaimView:
    anchor: str
    """`claim-<id>`; empty where the claim is shown away from its own place."""
    url: str
    """The claim's own place."""
    language: str
    """The language of its text, where it is not the reader's."""
    statement: str
    qualifier: str
    kind: str
    outcome: str
    direction: str
    direction_label: str
    strength: StrengthView | None
    contested: bool
    steps: tuple[str, ...]
    supports: tuple[SourceView, ...]
    challenges: tuple[SourceView, ...]
    searched: str
    studied: str
    never_studied: str
    checked: str


def claim_view(place: Place, claim: Claim, *, at_home: bool) -> ClaimView:
    """Return the claim for a page; `at_home` where it is listed by its own record."""
    edition = place.edition
    say = speaker(edition)
    home = page_of(claim.record, edition.base.record_types[claim.record.type])
    anchor = f"claim-{claim.id}"
    language = edition.names[claim.record].language if claim.record in edition.names else ""
    return ClaimView(
        anchor=anchor if at_home else "",
        url=url(place.page, home, anchor),
        language=language,
        statement=claim.statement,
        qualifier=claim.qualifier,
        kind=say(f"kind.{claim.kind}"),
        outcome=outcome_label(edition, claim.outcome),
        direction=claim.direction,
        direction_label=say(f"direction.{claim.direction}") if claim.direction else "",
        strength=strength_view(edition, claim.strength) if claim.strength else None,
        contested=bool(claim.strength) and claim.ceiling.contested,
        steps=tuple(_steps(edition, claim)) if claim.strength else (),
        supports=tuple(_sources(place, claim.supports, language)),
        challenges=tuple(_sources(place, claim.challenges, language)),
        searched=_searched(edition, claim),
        studied=_studied(edition, claim),
        never_studied=_never_studied(edition, claim),
        checked=say("claim.checked", date=shown_date(claim.last_checked, edition.language))
        if claim.last_checked
        else "",
    )


def claim_views(place: Place) -> tuple[ClaimView, ...]:
    """Return the claims of the record itself, in its order."""
    found = claims_of(place.edition, place.record)
    return tuple(claim_view(place, claim, at_home=True) for claim in found)


def claim_in_prose(place: Place, name: str) -> str:
    """Return the HTML of a claim that prose asks for: `<id>` of this record, or `<folder>/<slug>#<id>`."""
    base = place.edition.base
    claim = named_claim(name, place.record.id, place.edition.claims, place.edition.places.folders)
    if claim is None:
        return ""
    # A place of its own: what this claim rests on is cited where the claim is at home, not here.
    view = claim_view(Place(place.edition, place.record, place.page), claim, at_home=False)
    return fill(base.templates, "claim.md.jinja", {"claim": view, "t": speaker(place.edition)})


def strength_view(edition: Edition, strength: str) -> StrengthView:
    filled = STRENGTHS.index(strength)
    say = speaker(edition)
    return StrengthView(strength, say(f"strength.{strength}"), filled, say("strength.dots", filled=filled))


def outcome_label(edition: Edition, outcome: str) -> str:
    outcomes = edition.base.vocabularies.get("outcomes")
    term = outcomes.terms.get(outcome) if outcomes else None
    return in_language(term.label, edition.language) if term else outcome


def design_name(edition: Edition, design: str) -> str:
    return speaker(edition)(f"design_name.{design or 'unknown'}")


def place_names(edition: Edition, countries: Iterable[str]) -> tuple[str, ...]:
    """Return countries and groups of countries by name, in order."""
    groups = edition.base.vocabularies.get("country_groups")
    names = {
        in_language(groups.terms[code].label, edition.language)
        if groups and code in groups.terms
        else country_name(code, edition.language)
        for code in countries
    }
    return tuple(sorted(names))


def _steps(edition: Edition, claim: Claim) -> Iterator[str]:
    """Yield the steps of the rule for this claim, in words."""
    say = speaker(edition)
    found = claim.ceiling
    if not claim.supports:
        yield say("rule.nothing")
    else:
        yield say("rule.counts", designs=_designs(edition, claim))
        if any(found.counts.get(design) for design in RANKED[:2]):
            yield say("rule.several" if found.several_countries else "rule.one_country")
    yield say("rule.allows", strength=say(f"strength.{found.before_challenge}"))
    if found.contested:
        yield say("rule.contested", strength=say(f"strength.{found.strength}"))
    strength = say(f"strength.{claim.strength}")
    if claim.strength != found.strength and claim.reasons:
        reasons = ". ".join(say(f"reason.{reason}") for reason in claim.reasons)
        yield say("rule.lowered", strength=strength, reasons=reasons)
    else:
        yield say("rule.as_allowed", strength=strength)


def _designs(edition: Edition, claim: Claim) -> str:
    counts = claim.ceiling.counts
    say = speaker(edition)
    parts = [say(f"design.{design}", count=counts[design]) for design in DESIGNS if counts.get(design)]
    rest = sum(count for design, count in counts.items() if design not in DESIGNS)
    if rest:
        parts.append(say("design.rest", count=rest))
    return joined(tuple(parts), edition.language)


def _sources(place: Place, sources: Iterable[ClaimSource], language: str) -> Iterator[SourceView]:
    edition = place.edition
    for source in sources:
        reference = edition.base.references.get(source.reference)
        if reference is None:
            continue
        note = Markup(field_prose(place, source.note)) if source.note else Markup("")  # noqa: S704 - cleaned
        yield SourceView(
            citation=cite_key(place, source.reference, source.locator),
            design=design_name(edition, reference.design),
            direction=speaker(edition)(f"direction.{source.direction or 'unknown'}"),
            note=note,
            language=language,
        )


def _searched(edition: Edition, claim: Claim) -> str:
    if claim.challenges or not claim.searched_for_challenge:
        return ""
    date = shown_date(claim.searched_for_challenge, edition.language)
    return speaker(edition)("claim.searched", date=date)


def _studied(edition: Edition, claim: Claim) -> str:
    say = speaker(edition)
    names = place_names(edition, _countries(edition, claim))
    if not names:
        return say("claim.studied_nowhere") if claim.supports or claim.challenges else ""
    return say("claim.studied", places=joined(names, edition.language))


def _never_studied(edition: Edition, claim: Claim) -> str:
    if not claim.strength:
        return ""
    studied = set(_countries(edition, claim))
    missing = place_names(edition, (str(code) for code in edition.facts["home_countries"] if code not in studied))
    return speaker(edition)("claim.never", places=joined(missing, edition.language)) if missing else ""


def _countries(edition: Edition, claim: Claim) -> Iterator[str]:
    for source in (*claim.supports, *claim.challenges):
        if source.reference in edition.base.references:
            yield from edition.base.references[source.reference].countries
