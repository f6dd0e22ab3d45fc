"""The strength rule, by the examples that the method page shows, and what authors are told when they break it."""

from pathlib import Path

import pytest
import yaml

from evidencebase.content import claims
from evidencebase.content.pipeline import read
from evidencebase.model import ClaimSource, StrengthExample, Term, Vocabulary

EXAMPLES = yaml.safe_load((Path(claims.__file__).parent / "strength_examples.yml").read_text(encoding="utf-8"))
GROUPS = Vocabulary(
    "country_groups",
    {"en": "Groups"},
    {
        "international": Term("international", {"en": "Several countries"}, several=True),
        "mostly-united-states": Term("mostly-united-states", {"en": "Mostly the United States"}),
    },
    "vocabularies/country_groups.yml",
)


def graded(supports: list[str], challenges: list[str] | None = None) -> StrengthExample:
    return claims.example(supports, challenges or [], GROUPS)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: f"{'+'.join(e['supports'])} vs {'+'.join(e['challenges'])}")
def test_the_rule_gives_what_the_method_page_says(example: dict[str, object]) -> None:
    supports, challenges = example["supports"], example["challenges"]
    assert isinstance(supports, list)
    assert isinstance(challenges, list)
    found = graded(supports, challenges).ceiling
    assert found.strength == example["strength"]
    assert found.contested == example.get("contested", False)


def test_the_examples_show_every_strength() -> None:
    assert {example["strength"] for example in EXAMPLES} == set(claims.STRENGTHS)


def test_a_group_of_several_countries_counts_as_several() -> None:
    assert graded(["systematic_review/international", "systematic_review/international"]).ceiling.strength == "high"


def test_mostly_one_country_adds_none_to_it() -> None:
    found = graded(["systematic_review/US", "systematic_review/mostly-united-states"]).ceiling
    assert not found.several_countries
    assert found.strength == "moderate"


def test_a_reference_whose_result_nobody_saw_counts_as_the_weakest() -> None:
    example = claims.example(["systematic_review/US"], [], GROUPS)
    assert example.ceiling.strength == "moderate"
    seen = ClaimSource("a", "not_confirmed")
    references = {"a": claims._imagined("a", "systematic_review", "US")}
    assert claims.ceiling([seen], [], references, GROUPS).strength == "very_low"


def test_no_claim_of_the_knowledge_base_stands_above_its_ceiling() -> None:
    base = read(Path(__file__).parents[2]).knowledge_base
    above = [
        claim.id
        for claim in base.claims.values()
        if claim.strength and claims.STRENGTHS.index(claim.strength) > claims.STRENGTHS.index(claim.ceiling.strength)
    ]
    assert base.claims
    assert above == []
