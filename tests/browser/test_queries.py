"""What people type finds what editors wrote."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
import yaml
from playwright.sync_api import Page
from real_site import LANGUAGES, ROOT

QUERIES: Mapping[str, Mapping[str, str | list[str]]] = yaml.safe_load(
    (ROOT / "tests/search/queries.yml").read_text(encoding="utf-8")
)
FIRST = {"ar": 5}
"""Among how many results the page must be; three in all other languages."""
LEAST = 0.9
"""Share of the questions that must find their page."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_real_questions_find_their_page_among_the_first_results(address: str, page: Page, language: str) -> None:
    page.goto(f"{address}/{language}/search/")
    page.wait_for_function("window.ebSearch")
    missed = {}
    for query, wanted in QUERIES[language].items():
        found = page.evaluate("([query, most]) => ebSearch.find(query, most)", [query, FIRST.get(language, 3)])
        if not set([wanted] if isinstance(wanted, str) else wanted) & set(found):
            missed[query] = found
    rate = 1 - len(missed) / len(QUERIES[language])
    assert len(QUERIES[language]) >= 30
    assert rate >= LEAST, missed
