"""The evidence map: which references speak of which outcome of which strategy, counted once per cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from evidencebase.content.evidence_map import STRATEGY, cells
from evidencebase.model import Claim, RecordId
from evidencebase.site.addresses import data_url, page_of, url
from evidencebase.site.claims import DESIGNS, outcome_label, place_names
from evidencebase.site.edition import Edition, published, speaker, title_of
from evidencebase.site.views import Ref
from evidencebase.text.locales import joined, language_name
from evidencebase.text.strings import announcing

CONTRIBUTE = RecordId("page", "contribute/index")


@dataclass(frozen=True, slots=True)
class Cell:
    """What is known of one outcome of one strategy."""

    anchor: str
    outcome: str
    count: str
    number: int
    designs: str
    directions: str
    countries: str
    languages: str
    claims: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class MapRow:
    strategy: Ref
    cells: tuple[Cell | None, ...]
    """One for each outcome of the map, in its order; None where nothing is known."""


@dataclass(frozen=True, slots=True)
class EvidenceMap:
    outcomes: tuple[str, ...]
    rows: tuple[MapRow, ...]
    propose: str
    """Where to propose a source for an empty cell."""
    download: str
    """The same as a table for programs."""


def evidence_map(edition: Edition, page: str) -> EvidenceMap:
    """Return the map for the page that shows it."""
    claims = _claims(edition)
    outcomes = sorted(
        {outcome for _, outcome in claims}, key=lambda outcome: outcome_label(edition, outcome).casefold()
    )
    rows = tuple(
        MapRow(
            Ref(title_of(record), url(page, page_of(record.id, edition.base.record_types[STRATEGY]))),
            tuple(
                _cell(edition, page, (record.id, outcome), claims.get((record.id, outcome), ())) for outcome in outcomes
            ),
        )
        for record in published(edition, edition.base.record_types[STRATEGY])
    )
    labels = tuple(outcome_label(edition, outcome) for outcome in outcomes)
    return EvidenceMap(labels, rows, _propose(edition, page), data_url(page, "evidence_map.csv"))


def _claims(edition: Edition) -> Mapping[tuple[RecordId, str], tuple[Claim, ...]]:
    found: dict[tuple[RecordId, str], list[Claim]] = {}
    for (record, _), claim in edition.claims.items():
        if record.type == STRATEGY and record in edition.records and claim.outcome:
            found.setdefault((record, claim.outcome), []).append(claim)
    return {key: tuple(claims) for key, claims in found.items()}


def _cell(edition: Edition, page: str, place: tuple[RecordId, str], claims: tuple[Claim, ...]) -> Cell | None:
    record, outcome = place
    uses = cells(claims).get(place, ())
    references = {use.reference: use.direction for use in uses if use.reference in edition.base.references}
    if not references:
        return None
    say = speaker(edition)
    found = [edition.base.references[key] for key in references]
    directions = Counter(direction or "unknown" for direction in references.values())
    languages = sorted({one.notes["language"] for one in found if "language" in one.notes})
    home = page_of(record, edition.base.record_types[record.type])
    return Cell(
        anchor=f"{record.slug}-{outcome}",
        outcome=outcome_label(edition, outcome),
        count=say("map.count", count=len(found)),
        number=len(found),
        designs=joined(tuple(_designs(edition, Counter(one.design for one in found))), edition.language),
        directions=joined(
            tuple(
                announcing(edition.strings, say(f"direction.{way}"), count) for way, count in sorted(directions.items())
            ),
            edition.language,
        ),
        countries=joined(place_names(edition, sorted({c for one in found for c in one.countries})), edition.language),
        languages=say(
            "map.languages",
            names=joined(tuple(language_name(code, edition.language) for code in languages), edition.language),
        )
        if languages
        else "",
        claims=tuple(Ref(claim.statement, url(page, home, f"claim-{claim.id}")) for claim in claims),
    )


def _designs(edition: Edition, counts: Mapping[str, int]) -> Iterator[str]:
    say = speaker(edition)
    for design in DESIGNS:
        if counts.get(design):
            yield say(f"design.{design}", count=counts[design])
    if rest := sum(count for design, count in counts.items() if design not in DESIGNS):
        yield say("design.rest", count=rest)


def _propose(edition: Edition, page: str) -> str:
    if CONTRIBUTE not in edition.records:
        return ""
    return url(page, page_of(CONTRIBUTE, edition.base.record_types[CONTRIBUTE.type]))
