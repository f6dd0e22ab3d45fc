"""Assembles a sheet: its author chose the actions, and everything they rest on is added from the other records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from evidencebase.content.claim_blocks import named_claim
from evidencebase.model import Claim, Entry, Field, Line, Part, Record, RecordId
from evidencebase.site.edition import foreign, in_language, list_of, of_type, speaker, text_of, title_of, worded
from evidencebase.site.place import Place
from evidencebase.site.sheets.city import city_parts, promises
from evidencebase.site.sheets.claims import claim_entry, short_citation, strength_of
from evidencebase.site.views import ref_to, ref_to_path, title_of_field
from evidencebase.text.locales import country_name, joined
from evidencebase.text.strings import announcing, colon

MOST_PARTNERS = 4
IN_FULL = frozenset({"contested", "numbers_to_know"})
"""Fields of a sheet whose claims and figures it says in full."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet being assembled: where it stands, and the claims that its actions rest on, in order of first use."""

    place: Place
    city: Record | None
    claims: Mapping[tuple[RecordId, str], tuple[int, Claim]]


def sheet_parts(place: Place, city: Record | None = None) -> tuple[Part, ...]:
    """Return what a sheet says, in order; with a city, for that city."""
    sheet = _Sheet(place, city, _numbered(place))
    made = (
        *_actions(sheet), _asks(sheet), *city_parts(place, city, strategies_of(place)), _law(sheet), _numbers(sheet),
        _calls(sheet), promises(place, city), _claims(sheet), _argued(sheet),
    )  # fmt: skip
    return tuple(part for part in made if part is not None and part.entries)


def _rows(record: Record, name: str) -> Iterator[Mapping[str, Any]]:
    """Yield the objects in a list field of a record."""
    for row in list_of(record, name):
        if isinstance(row, Mapping):
            yield row


def _all_actions(record: Record) -> Iterator[Mapping[str, Any]]:
    for horizon in _rows(record, "horizons"):
        yield from horizon.get("actions", ())


def _numbered(place: Place) -> Mapping[tuple[RecordId, str], tuple[int, Claim]]:
    found: dict[tuple[RecordId, str], tuple[int, Claim]] = {}
    for action in _all_actions(place.record):
        if isinstance(action.get("why"), str) and (claim := _claim(place, action["why"])):
            found.setdefault((claim.record, claim.id), (len(found) + 1, claim))
    return found


def _claim(place: Place, name: str) -> Claim | None:
    return named_claim(name, place.record.id, place.edition.claims, place.edition.places.folders)


def strategies_of(place: Place) -> tuple[RecordId, ...]:
    """Return the strategies that the sheet leans on: those whose claims it uses, in order of first use."""
    named = (claim.record for _, claim in _numbered(place).values())
    return tuple(dict.fromkeys(id for id in named if "transfer" in place.edition.records[id].fields))


def _field(place: Place, name: str) -> Field:
    return place.edition.base.record_types[place.record.id.type].fields[name]


def _actions(sheet: _Sheet) -> Iterator[Part]:
    horizon_field = _field(sheet.place, "horizons").element
    assert horizon_field is not None
    action_field = horizon_field.fields["actions"].element
    assert action_field is not None
    for horizon in _rows(sheet.place.record, "horizons"):
        when = worded(sheet.place.edition, horizon_field.fields["when"].labels.get(horizon["when"], horizon["when"]))
        entries = tuple(_action(sheet, action_field, action) for action in horizon["actions"])
        yield Part("actions", when, entries)


def _action(sheet: _Sheet, field: Field, action: Mapping[str, Any]) -> Entry:
    place = sheet.place
    titles = {
        name: colon(place.edition.strings, title_of_field(place.edition, inner)) for name, inner in field.fields.items()
    }
    lines = [Line(titles["owner_role"], _term(place, field.fields["owner_role"].vocabulary, action["owner_role"]))]
    dots = strength = contested = ""
    if isinstance(action["why"], str):
        number, claim = sheet.claims.get(_key(place, action["why"]), (0, None))
        if claim is not None:
            dots, strength, contested = strength_of(place, claim)
            text = speaker(place.edition)("sheet.why_claim", number=number)
            language = place.edition.names[claim.record].language
            lines.append(Line(titles["why"], text, f"#claim-{number}", claim.statement, claim.qualifier, language))
    else:
        reason = str(action["why"]["practice_based"])
        lines.append(Line(titles["why"], speaker(place.edition)("sheet.why_practice", reason=reason)))
    if step := action.get("how"):
        lines.append(Line(titles["how"], *_step(place, step)))
    if action.get("do_not"):
        lines.append(Line(titles["do_not"], str(action["do_not"])))
    language = foreign(place.edition, place.record)
    return Entry(str(action["do"]), "", "", dots, strength, contested, tuple(lines), language=language)


def _key(place: Place, name: str) -> tuple[RecordId, str]:
    claim = _claim(place, name)
    return (claim.record, claim.id) if claim else (place.record.id, "")


def _term(place: Place, vocabulary: str, value: str) -> str:
    term = place.edition.base.vocabularies[vocabulary].terms[value]
    return in_language(term.label, place.edition.language)


def _step(place: Place, name: str) -> tuple[str, str]:
    """Return the step of a toolkit as readers find it, and its address."""
    path, _, step = name.partition("#")
    ref = ref_to_path(place, path)
    folder, _, slug = path.partition("/")
    id = RecordId(place.edition.places.folders[folder], slug)
    toolkit = place.edition.records.get(id)
    steps = [row["id"] for row in _rows(toolkit, "steps")] if toolkit else []
    if step not in steps:
        return ref.title, ref.url
    number = steps.index(step) + 1
    return speaker(place.edition)("sheet.step", toolkit=ref.title, number=number), f"{ref.url}#step-{step}"


def _asks(sheet: _Sheet) -> Part:
    place = sheet.place
    language = foreign(place.edition, place.record)
    asked = [Entry(str(question), language=language) for question in list_of(place.record, "ask_outgoing")]
    if sheet.city is not None and sheet.city.fields.get("priorities") is None:
        first = speaker(place.edition)("sheet.ask_priorities", city=title_of(sheet.city))
        asked.insert(0, Entry(first))
    return Part("asks", title_of_field(place.edition, _field(place, "ask_outgoing")), tuple(asked))


def _claims(sheet: _Sheet) -> Part:
    entries = tuple(claim_entry(sheet.place, claim, str(number)) for number, claim in sheet.claims.values())
    return Part("claims", speaker(sheet.place.edition)("sheet.claims"), entries)


def _argued(sheet: _Sheet) -> Part:
    """Return the contested claims that will be heard; one that an action rests on stands in full with the others."""
    place, say = sheet.place, speaker(sheet.place.edition)
    entries = []
    for name in list_of(place.record, "contested"):
        if claim := _claim(place, str(name)):
            number, _ = sheet.claims.get((claim.record, claim.id), (0, claim))
            entry = claim_entry(place, claim)
            if number:
                line = Line("", say("sheet.why_claim", number=number), f"#claim-{number}")
                entry = Entry(entry.text, lines=(line,), language=entry.language)
            entries.append(entry)
    return Part("argued", title_of_field(place.edition, _field(place, "contested")), tuple(entries))


def _law(sheet: _Sheet) -> Part:
    """Return what the law says of handing over: for a city that of its country, else of every country recorded."""
    place = sheet.place
    entries = []
    for duty in _rows(place.record, "legal_handover"):
        if sheet.city is None or sheet.city.fields.get("country") == duty["country"]:
            reference = place.edition.references.get(str(duty["reference"]))
            source = f" ({short_citation(place, str(duty['reference']))})" if reference else ""
            lines = (Line("", str(duty["deadline"])),) if duty.get("deadline") else ()
            text = f"{duty['duty']}{source}"
            if not sheet.city:
                country = country_name(str(duty["country"]), place.edition.language)
                text = announcing(place.edition.strings, country, text)
            entries.append(Entry(text, lines=lines))
    return Part("law", title_of_field(place.edition, _field(place, "legal_handover")), tuple(entries))


def _numbers(sheet: _Sheet) -> Part:
    place, say = sheet.place, speaker(sheet.place.edition)
    entries: list[Entry] = []
    for slug in list_of(place.record, "numbers_to_know"):
        id = RecordId("indicator", str(slug))
        if indicator := place.edition.records.get(id):
            unit = _term(place, "units", text_of(indicator, "unit")) if indicator.fields.get("unit") else ""
            ref = ref_to(place, id)
            entries.append(Entry(f"{ref.title} ({unit})" if unit else ref.title, url=ref.url,
                                 lines=(Line("", say("sheet.ask_value")),) if not entries else ()))  # fmt: skip
    return Part("numbers", title_of_field(place.edition, _field(place, "numbers_to_know")), tuple(entries))


def _calls(sheet: _Sheet) -> Part:
    """Return whom to call: the roles that the actions name, to be filled in, and partners with a public address."""
    place, say = sheet.place, speaker(sheet.place.edition)
    roles = dict.fromkeys(str(action["owner_role"]) for action in _all_actions(place.record))
    entries = [Entry(joined(tuple(_term(place, "owner_roles", role) for role in roles), place.edition.language),
                     lines=(Line("", say("sheet.call")),))] if roles else []  # fmt: skip
    for partner in _partners(sheet)[:MOST_PARTNERS]:
        address = text_of(partner, "url").removeprefix("https://").removeprefix("http://").rstrip("/")
        entries.append(Entry(title_of(partner), url=text_of(partner, "url"), lines=(Line("", address),)))
    return Part("calls", say("sheet.calls"), tuple(entries))


def _partners(sheet: _Sheet) -> list[Record]:
    """Return partners with a public address: those of the city, else those that share a topic with the sheet."""
    partners = [record for record in of_type(sheet.place.edition, "partner") if text_of(record, "url")]
    if sheet.city is not None:
        own = set(map(str, list_of(sheet.city, "partners")))
        return [p for p in partners if p.id.slug in own or sheet.city.id.slug in list_of(p, "cities")]
    topics = set(list_of(sheet.place.record, "topics"))
    return [p for p in partners if topics.intersection(list_of(p, "topics"))]
