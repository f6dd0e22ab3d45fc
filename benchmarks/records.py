"""Thinks up the fields and the prose of a record; every value follows from the record's number."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from samples import STRONG, Sample, key_of_reference, others, random_for, reading, reference, term, title, told_text
from words import Told, phrase, plain

DAYS = {"published": "2026-11-20", "last_reviewed": "2026-11-21", "review_by": "2027-11-22"}
CHECKED = "2026-11-21"
COUNTRIES = ("BR", "CO", "KE", "LB", "MX", "NG", "PH", "TN", "US", "ZA")


def fields(sample: Sample, language: str) -> Mapping[str, Any]:
    """Return every field of the record; what is `Told` is in this language, the rest are facts."""
    own = OWN_FIELDS[sample.type](sample, language)
    random = random_for(sample, "common")
    return {
        "title": title(sample, language),
        "summary": plain(f"{sample.slug}.summary", language, 18),
        "status": "published",
        **DAYS,
        "authors": ["Generator of samples"],
        "topics": sorted({term("topics", random.randrange(99)) for _ in range(2)}),
        "regions": [term("regions", random.randrange(99))],
        "audiences": [term("audiences", random.randrange(99))],
        **own,
    }


def prose(sample: Sample, language: str) -> Told:
    """Return the text below the fields, so long that the page has about 900 words."""
    place, parts = f"{sample.slug}.prose", []
    for section in range(PROSE_SECTIONS[sample.type]):
        here = f"{place}.{section}"
        parts += [f"## {phrase(f'{here}.heading', language, 3)}", told_text(sample, f"{here}.first", language, 60)]
        if section % 3 == 1:
            parts.append("\n".join(f"- {told_text(sample, f'{here}.list{n}', language, 12)}" for n in range(4)))
        elif section % 3 == 2:
            parts.append(_table(here, language))
        else:
            parts.append(f"> {told_text(sample, f'{here}.quotation', language, 30)}")
        parts.append(told_text(sample, f"{here}.second", language, 50))
    if sample.type in ("strategy", "brief"):
        parts.append("⟦claim first⟧")
    return Told("\n\n".join(parts) + "\n")


def _table(place: str, language: str) -> str:
    rows = [" | ".join(phrase(f"{place}.row{row}.{cell}", language, 3) for cell in range(3)) for row in range(4)]
    return "\n".join(f"| {row} |" for row in (rows[0], "---|---|---", *rows[1:]))


def _strategy(sample: Sample, language: str) -> dict[str, Any]:
    def told(name: str, count: int) -> Told:
        return told_text(sample, f"{sample.slug}.{name}", language, count)

    def need(n: int) -> dict[str, Any]:
        key = key_of_reference(sample, f"need{n}")
        return {"term": term("preconditions", sample.number + n), "need": "must", "references": [key]}

    return {
        "what_it_is": told("is", 80),
        "what_it_is_not": told("is_not", 50),
        "core_components": [told(f"component{n}", 12) for n in range(4)],
        "mechanism": told("mechanism", 110),
        "claims": [_claim(sample, name, language) for name in ("first", "second", "third", "fourth")],
        "search": _search(),
        "harms": told("harms", 80),
        "transfer": {
            "preconditions": [need(n) for n in range(3)],
            "adapt_freely": [told(f"adapt{n}", 12) for n in range(2)],
            "not_when": [told(f"not_when{n}", 12) for n in range(2)],
        },
        "cost": {"band": "moderate", "basis": told("basis", 30)},
    }


def _brief(sample: Sample, language: str) -> dict[str, Any]:
    def told(name: str, count: int) -> Told:
        return told_text(sample, f"{sample.slug}.{name}", language, count)

    return {
        "question": Told(f"{phrase(f'{sample.slug}.question', language, 14)}?"),
        "bottom_line": plain(f"{sample.slug}.bottom", language, 40),
        "claims": [_claim(sample, name, language) for name in ("first", "second", "third", "fourth")],
        "strategies": others(sample, "strategy", 3),
        "what_we_do_not_know": [told(f"unknown{n}", 14) for n in range(4)],
        "local_evidence_needed": [told(f"local{n}", 14) for n in range(3)],
        "search": _search(),
        "gender_note": told("gender", 75),
    }


def _case_study(sample: Sample, language: str) -> dict[str, Any]:
    def told(name: str, count: int) -> Told:
        return told_text(sample, f"{sample.slug}.{name}", language, count)

    def result(name: str) -> dict[str, Any]:
        here = f"{sample.slug}.result.{name}"
        return {
            "id": name, "outcome": term("outcomes", random_for(sample, name).randrange(99)),
            "value": phrase(f"{here}.value", language, 10), "qualifier": plain(f"{here}.qualifier", language, 20),
            "comparison": "before_after", "references": [key_of_reference(sample, name)],
        }  # fmt: skip

    return {
        "city": others(sample, "city", 1)[0],
        "period": {"from": "2015-03", "to": "2020"},
        "strategies": others(sample, "strategy", 2),
        "situation_before": told("before", 80),
        "what_was_done": told("done", 150),
        "results": [result(name) for name in ("first", "second", "third")],
        "attribution": "plausible",
        "what_did_not_work": told("not_work", 110),
        "survived_transition": "went_on",
        "lessons": [told(f"lesson{n}", 16) for n in range(4)],
        "self_reported": sample.number % 2 == 0,
    }


def _city(sample: Sample, _language: str) -> dict[str, Any]:
    random = random_for(sample, "city")
    capacities = [{"term": term("preconditions", sample.number + n), "state": "partly", "date": CHECKED,
                   "reference": key_of_reference(sample, f"capacity{n}")} for n in range(5)]  # fmt: skip
    return {
        "country": random.choice(COUNTRIES),
        "coordinates": {"latitude": random.randrange(-50, 50), "longitude": random.randrange(-170, 170)},
        "population": {
            "value": random.randrange(50_000, 5_000_000),
            "year": 2020,
            "reference": key_of_reference(sample, "people"),
        },
        "languages": ["es", "en"],
        "priorities": [term("topics", random.randrange(99))],
        "capacities": capacities,
        "next_transition": "2028-01-01",
        "strategies_in_use": others(sample, "strategy", 2),
    }


def _term(sample: Sample, language: str) -> dict[str, Any]:
    return {"definition": plain(f"{sample.slug}.definition", language, 28), "related": others(sample, "term", 2)}


def _claim(sample: Sample, name: str, language: str) -> dict[str, Any]:
    """Return a claim that says no more than its sources do."""
    place = f"{sample.slug}.claim.{name}"
    random = random_for(sample, name)
    first, second, against = (reference(random.choice(numbers)) for numbers in reading(sample))
    supports = [first, second]
    contested = name == "third"
    strong = any(source["design"] in STRONG for source in supports) and not contested
    graded = {
        "outcome": term("outcomes", random.randrange(99)), "direction": "reduced",
        "strength": "low" if strong else "very_low", "reasons": ["imprecision"],
    } if name != "fourth" else {}  # fmt: skip
    note = plain(f"{place}.against", language, 14)
    challenge = {"challenges": [{"reference": against["key"], "note": note}]}
    return {
        "id": name,
        "statement": Told(f"{phrase(f'{place}.statement', language, 14)}."),
        "kind": "effect" if graded else "mechanism",
        **graded,
        "supports": [{"reference": source["key"], "note": plain(f"{place}.note{n}", language, 14)}
                     for n, source in enumerate(supports)],
        **(challenge if contested else {"searched_for_challenge": CHECKED}),
        "qualifier": plain(f"{place}.qualifier", language, 20),
        "last_checked": CHECKED,
    }  # fmt: skip


def _search() -> dict[str, Any]:
    return {"where": ["A generated library"], "languages": ["en"], "terms": ["peace"], "date": CHECKED}


OWN_FIELDS: Mapping[str, Callable[[Sample, str], dict[str, Any]]] = {
    "strategy": _strategy, "brief": _brief, "case_study": _case_study, "city": _city, "term": _term,
}  # fmt: skip
PROSE_SECTIONS = {"strategy": 1, "brief": 2, "case_study": 2, "city": 5, "term": 5}
