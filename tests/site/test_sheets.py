"""A sheet on the screen says beside each action why, how sure one can be, and what must be said with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache
from html import unescape
from pathlib import Path

import pytest

from evidencebase.content.pipeline import read
from evidencebase.site.editions import edition
from evidencebase.site.pages import pages

SITE = Path(__file__).parents[1] / "sites" / "print"


@cache
def shown(language: str, root: Path = SITE) -> str:
    made = pages(edition(read(root).knowledge_base, language, date(2026, 11, 22)))
    return next(one.body for one in made if one.path == "cheat_sheets/first-night/index.md")


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_an_action_says_the_claim_it_rests_on_with_its_strength_and_its_qualifier() -> None:
    action = shown("en").split("<li>Switch on the lamps")[1].split("</li>")[0]
    lines = [words(line) for line in action.split("</p>")]
    why = "Why: Lamps lower thefts by 10%. Strength of the evidence: ●○○○ Very low Contested claim 1"
    assert lines[lines.index(why) + 1] == "Say this with it: In one city, by night."


def test_a_claim_that_nobody_has_translated_says_its_language(site: Callable[[str], Path]) -> None:
    root = site("print")
    (root / "strategies/lamps/index.es.md").unlink()
    action = shown("es", root).split('data-type="actions"')[2].split("</ul>")[0]
    assert '<span lang="en" dir="ltr">Lamps cost more than benches.</span>' in action


def test_what_a_sheet_says_in_full_is_not_named_at_a_glance_as_well() -> None:
    assert "What you will hear argued" not in shown("en").split("</aside>")[0]


@pytest.mark.parametrize(("language", "who"), [("en", "Who:"), ("fr", "Qui\u202f:"), ("es", "Quién:")])
def test_labels_end_in_the_colon_of_the_language(language: str, who: str) -> None:
    assert f"<strong>{who}</strong>" in shown(language)
