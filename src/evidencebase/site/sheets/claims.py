"""Claims on a sheet: what is said, what must be said with it, how sure we are, and who says otherwise."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable

from evidencebase.content.claims import STRENGTHS
from evidencebase.model import Claim, ClaimSource, Entry, Line
from evidencebase.site.claims import design_name, strength_view
from evidencebase.site.edition import Edition, speaker
from evidencebase.site.place import Place
from evidencebase.site.views import ref_to
from evidencebase.text.strings import apart, colon

MOST_SOURCES = 4
"""Named with each claim; the page has them all."""


def claim_entry(place: Place, claim: Claim, number: str = "") -> Entry:
    """Return a claim with what must be said with it, what it rests on and what speaks against it."""
    edition, say = place.edition, speaker(place.edition)
    level, strength, contested = strength_of(place, claim)
    lines = [Line(say("claim.qualifier"), claim.qualifier)] if claim.qualifier else []
    remark = _nothing if claim.strength else _design
    lines.append(Line(colon(edition.strings, say("sheet.sources")), _sources(place, claim.supports, remark)))
    if claim.challenges:
        lines.append(
            Line(colon(edition.strings, say("claim.challenges")), _sources(place, claim.challenges, _direction))
        )
    url = ref_to(place, claim.record, f"claim-{claim.id}").url
    language = edition.names[claim.record].language
    return Entry(claim.statement, "", number, level, strength, contested, tuple(lines), url, language)


def _sources(place: Place, sources: Iterable[ClaimSource], remark: Callable[[Place, ClaimSource], str]) -> str:
    """Return the sources in short, each with a remark; of many only the first, and how many more there are."""
    named = []
    for source in sources:
        if source.reference in place.edition.references:
            words = remark(place, source)
            short = short_citation(place, source.reference)
            named.append(f"{short} ({words})" if words else short)
    rest = len(named) - MOST_SOURCES
    more = [speaker(place.edition)("sheet.more", count=rest)] if rest > 0 else []
    return apart(place.edition.strings, [*named[:MOST_SOURCES], *more])


def _design(place: Place, source: ClaimSource) -> str:
    return design_name(place.edition, place.edition.base.references[source.reference].design)


def _direction(place: Place, source: ClaimSource) -> str:
    return speaker(place.edition)(f"direction.{source.direction or 'unknown'}")


def _nothing(place: Place, source: ClaimSource) -> str:
    """Say nothing of the design: the strength of the claim tells it."""
    return ""


def short_citation(place: Place, key: str) -> str:
    """Return a reference as running text names it: `Braga et al. 2018`."""
    one = place.edition.references[key]
    return f"{plain_text(one.short)} {plain_text(one.year)}"


def plain_text(fragment: str) -> str:
    """Return the words of a fragment of HTML."""
    return html.unescape(re.sub(r"<[^>]+>", "", fragment))


def strength_of(place: Place, claim: Claim) -> tuple[str, str, str]:
    """Return dots, word and the word for contested; nothing for a claim that has no strength."""
    if not claim.strength:
        return "", "", ""
    filled = STRENGTHS.index(claim.strength)
    view = strength_view(place.edition, claim.strength)
    contested = speaker(place.edition)("claim.contested") if claim.ceiling.contested else ""
    return dots(filled), view.label, contested


def dots(filled: int) -> str:
    return "●" * filled + "○" * (len(STRENGTHS) - 1 - filled)


def levels(edition: Edition) -> str:
    """Return the legend of the dots."""
    named = (f"{dots(filled)} {strength_view(edition, name).label.lower()}" for filled, name in
             reversed(tuple(enumerate(STRENGTHS))))  # fmt: skip
    return speaker(edition)("sheet.how_sure", levels=", ".join(named))
