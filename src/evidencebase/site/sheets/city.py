"""A sheet for one city: what it has of what the strategies need, what it does already, whom it can ask.

Nothing is guessed and nothing is scored: what nobody knows is printed as a question to ask.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from evidencebase.model import Entry, Part, Record, RecordId
from evidencebase.site.edition import Edition, in_language, list_of, narrower, of_type, speaker, text_of, title_of
from evidencebase.site.place import Place
from evidencebase.site.views import ref_to
from evidencebase.text.locales import joined
from evidencebase.text.strings import announcing, apart, colon

STATES = {"yes": "sheet.has", "partly": "sheet.partly", "no": "sheet.lacks", "unknown": "sheet.ask_city"}
MOST_PEERS = 6
MOST_PROMISES = 3


def cities_for(edition: Edition, sheet: Record) -> tuple[Record, ...]:
    """Return the cities that a sheet is made for: those with one of its topics among their priorities.

    A sheet without topics is made for every city, also for those whose priorities nobody knows.
    """
    cities = sorted(of_type(edition, "city"), key=lambda city: city.id.slug)
    topics = [str(topic) for topic in list_of(sheet, "topics")]
    if not topics:
        return tuple(cities)
    vocabulary = edition.base.vocabularies.get("topics")
    wanted = {term for topic in topics for term in (narrower(vocabulary, topic) if vocabulary else {topic})}
    return tuple(city for city in cities if wanted.intersection(list_of(city, "priorities")))


def city_parts(place: Place, city: Record | None, strategies: Sequence[RecordId]) -> Iterator[Part]:
    """Yield what is known of the city, and what it has of what the strategies of the sheet need."""
    if city is None:
        return
    say = speaker(place.edition)
    entries = (*_fit(place, city, strategies), *_facts(place, city))
    yield Part("city", say("sheet.city", city=title_of(city)), entries)


def _fit(place: Place, city: Record, strategies: Sequence[RecordId]) -> Iterator[Entry]:
    """Yield one entry for each state: the preconditions that are in it; those that must be there come first."""
    say = speaker(place.edition)
    states = {str(row["term"]): str(row["state"]) for row in list_of(city, "capacities") if isinstance(row, Mapping)}
    needed: dict[str, bool] = {}
    for need in ("must", "should"):
        for row in _preconditions(place.edition, strategies):
            if row.get("need") == need:
                needed.setdefault(str(row["term"]), need == "must")
    vocabulary = place.edition.base.vocabularies.get("preconditions")
    for state, key in STATES.items():
        terms = [term for term, must in needed.items() if states.get(term, "unknown") == state
                 and (must or state != "unknown")]  # fmt: skip
        if terms and vocabulary:
            labels = [in_language(vocabulary.terms[term].label, place.edition.language) for term in terms]
            yield Entry(apart(place.edition.strings, labels), lead=colon(place.edition.strings, say(key)))


def _preconditions(edition: Edition, strategies: Iterable[RecordId]) -> Iterator[Mapping[str, Any]]:
    for id in strategies:
        transfer = edition.records[id].fields.get("transfer")
        rows = transfer.get("preconditions") if isinstance(transfer, Mapping) else None
        yield from (row for row in (rows if isinstance(rows, tuple) else ()) if isinstance(row, Mapping))


def _facts(place: Place, city: Record) -> Iterator[Entry]:
    edition, say = place.edition, speaker(place.edition)
    if priorities := _labels(edition, city, "priorities", "topics"):
        yield Entry(joined(priorities, edition.language), lead=colon(edition.strings, say("sheet.priorities")))
    used = [ref_to(place, RecordId("strategy", str(slug))).title for slug in list_of(city, "strategies_in_use")]
    if used:
        yield Entry(joined(tuple(used), edition.language), lead=colon(edition.strings, say("sheet.in_use")))
    yield _pledge(place, city)
    for case in of_type(edition, "case_study"):
        if city.id.slug in (case.fields.get("city"), *list_of(case, "cities")):
            yield Entry(title_of(case), lead=colon(edition.strings, say("sheet.cases")), url=ref_to(place, case.id).url)
    if peers := _peers(edition, city):
        names = joined(tuple(title_of(peer) for peer in peers[:MOST_PEERS]), edition.language)
        yield Entry(names, lead=colon(edition.strings, say("sheet.peers")))


def _labels(edition: Edition, record: Record, field: str, vocabulary: str) -> tuple[str, ...]:
    terms = edition.base.vocabularies[vocabulary].terms if vocabulary in edition.base.vocabularies else {}
    return tuple(in_language(terms[str(t)].label, edition.language) for t in list_of(record, field) if str(t) in terms)


def _pledge(place: Place, city: Record) -> Entry:
    """Return the city's target, or the question that finds it."""
    say, target = speaker(place.edition), city.fields.get("target")
    title = colon(place.edition.strings, say("sheet.pledge"))
    if not isinstance(target, Mapping):
        return Entry(say("sheet.no_pledge"), lead=title)
    indicator = ref_to(place, RecordId("indicator", str(target["indicator"]))).title
    steps = [
        say("sheet.value", value=value, year=target[year])
        for value, year in ((target.get("baseline_value"), "baseline_year"), (target.get("value"), "year"))
        if value is not None and target.get(year) is not None
    ]
    return Entry(announcing(place.edition.strings, indicator, " → ".join(steps)), lead=title)


def _peers(edition: Edition, city: Record) -> tuple[Record, ...]:
    """Return the other cities that share a priority, those that share most first."""
    own = set(list_of(city, "priorities"))
    shared = [
        (len(own.intersection(list_of(other, "priorities"))), other)
        for other in of_type(edition, "city")
        if other.id != city.id
    ]
    return tuple(other for count, other in sorted(shared, key=lambda one: (-one[0], one[1].id.slug)) if count)


def promises(place: Place, city: Record | None) -> Part:
    """Return the commitments in force: those of the city, and those of the network as a whole."""
    edition, say = place.edition, speaker(place.edition)
    found = []
    for milestone in of_type(edition, "milestone"):
        commitment = milestone.fields.get("commitment")
        if not isinstance(commitment, Mapping) or not commitment.get("promise"):
            continue
        cities, due = list_of(milestone, "cities"), commitment.get("due")
        over = (isinstance(due, str) and edition.past[due]) or commitment.get("status") in ("kept", "not_kept")
        if not over and (not cities or (city is not None and city.id.slug in cities)):
            found.append((not cities, text_of(milestone, "date"), milestone, str(commitment["promise"])))
    found.sort(key=lambda one: one[:2])
    entries = tuple(
        Entry(
            say("sheet.promise", promise=promise.rstrip(), source=title_of(milestone)),
            url=ref_to(place, milestone.id).url,
        )
        for _, _, milestone, promise in found[:MOST_PROMISES]
    )
    return Part("promises", say("sheet.promises"), entries)
