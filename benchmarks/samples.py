"""Names the records of a generated knowledge base, its references and its terms, and draws relations between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from random import Random

from words import WORDS, Told, marked, phrase

SHARES = {"strategy": 4, "brief": 2, "case_study": 6, "city": 5, "term": 3}
"""How many of 20 records are of each type."""
FOLDERS = {"strategy": "strategies", "brief": "briefs", "case_study": "case_studies", "city": "cities",
           "term": "glossary"}  # fmt: skip
TERMS = {"topics": 20, "outcomes": 12, "preconditions": 12, "regions": 6, "audiences": 6, "goals": 6}
"""How many terms each vocabulary has."""
STRONG = ("systematic_review", "randomised_trial", "quasi_experiment")
DESIGNS = (*STRONG, "before_after", "descriptive", "qualitative")
DIRECTIONS = ("reduced", "mixed", "no_effect")


@dataclass(frozen=True, slots=True)
class Size:
    """How large a knowledge base is."""

    records: int
    references: int
    extras: int = 0
    """Records that are written beside it, for measurements that add one; nothing names them."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A record that is about to be written, in whatever language it is asked for."""

    type: str
    number: int
    size: Size
    """Of the knowledge base: the record may name every other one, and every reference."""

    @property
    def slug(self) -> str:
        return f"{self.type.replace('_', '-')}-{self.number:05}"

    @property
    def folder(self) -> str:
        return FOLDERS[self.type]


def samples(size: Size) -> tuple[Sample, ...]:
    """Return the records of a knowledge base of this size."""
    return tuple(Sample(type_of(number), number, size) for number in range(size.records))


def extras(size: Size) -> tuple[Sample, ...]:
    """Return the records that may be added to it."""
    return tuple(Sample(type_of(size.records + n), size.records + n, size) for n in range(size.extras))


def reference(number: int) -> Mapping[str, str]:
    """Return the key of a reference, its design and its direction; each direction has every design."""
    design, direction = DESIGNS[number // len(DIRECTIONS) % len(DESIGNS)], DIRECTIONS[number % len(DIRECTIONS)]
    return {"key": f"Generated{number:03}", "design": design, "direction": direction}


def term(vocabulary: str, number: int) -> str:
    return f"{vocabulary.rstrip('s')}-{number % TERMS[vocabulary] + 1}"


def title(sample: Sample, language: str) -> Told:
    """Return a title; those of the glossary are three words that prose may hold, and become links there."""
    if sample.type != "term":
        return Told(f"{phrase(f'{sample.slug}.title', language, 4)} {sample.number}")
    known = WORDS[language]
    place = (sample.number + 1) * 104_729
    three = [known[place // len(known) ** step % len(known)] for step in range(3)]
    return Told(" ".join(three))


def reading(sample: Sample) -> tuple[tuple[int, ...], ...]:
    """Return the references a record cites, three of each direction."""
    random = random_for(sample, "reading")
    kinds = len(DIRECTIONS)
    return tuple(
        tuple(place * kinds + kind for place in random.sample(range(sample.size.references // kinds), 3))
        for kind in range(kinds)
    )


def told_text(sample: Sample, place: str, language: str, count: int) -> Told:
    """Return text that cites what the record has read, and names six other records of the same knowledge base."""
    cites = [reference(number)["key"] for numbers in reading(sample) for number in numbers]
    numbers = random_for(sample, "neighbours").sample(range(sample.size.records), 6)
    links = [_place(number) for number in numbers if number != sample.number]
    return marked(place, language, count, cites=cites, links=links)


def _place(number: int) -> str:
    type = type_of(number)
    return f"{FOLDERS[type]}/{type.replace('_', '-')}-{number:05}"


def others(sample: Sample, type: str, count: int) -> list[str]:
    """Return the slugs of other records of a type, without this one."""
    random = random_for(sample, f"others:{type}")
    known = [number for number in _numbers(type, sample.size.records) if number != sample.number]
    return [_place(number).partition("/")[2] for number in random.sample(known, count)]


@cache
def _numbers(type: str, records: int) -> tuple[int, ...]:
    return tuple(number for number in range(records) if type_of(number) == type)


def _offset(type: str) -> int:
    names = list(SHARES)
    return sum(SHARES[name] for name in names[: names.index(type)])


def type_of(number: int) -> str:
    place = number % sum(SHARES.values())
    return next(type for type in reversed(SHARES) if place >= _offset(type))


def key_of_reference(sample: Sample, name: str) -> str:
    """Return the key of one of the references that the record cites; `name` says for what."""
    random = random_for(sample, f"key:{name}")
    return reference(random.choice(random.choice(reading(sample))))["key"]


def random_for(sample: Sample, name: str) -> Random:
    return Random(f"{sample.slug}:{name}")
