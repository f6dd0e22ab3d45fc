"""What somebody on a slow line waits for until the first answer."""

from __future__ import annotations

import gzip

import pytest
from playwright.sync_api import Page, Response
from real_site import LANGUAGES

MOST = 180_000
"""Bytes beyond the page itself, with up to 1,000 pages in the language."""
QUESTION = {"en": "violence", "es": "violencia", "fr": "violence", "ar": "العنف"}
PACKED = (".pagefind", ".pf_meta", ".pf_index", ".pf_fragment")
"""Compressed as they are; everything else is compressed on the way."""


def on_the_wire(answer: Response) -> int:
    body = answer.body()
    return len(body) if answer.url.split("?")[0].endswith(PACKED) else len(gzip.compress(body, 9))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_search_is_light_and_goes_nowhere_else(address: str, page: Page, language: str) -> None:
    page.goto(f"{address}/{language}/method/")
    answers: list[Response] = []
    page.context.on("response", answers.append)
    page.keyboard.press("/")
    page.wait_for_selector("dialog[open]")
    page.keyboard.type(QUESTION[language])
    page.wait_for_selector("dialog .eb-hit")
    page.wait_for_load_state("networkidle")
    sizes = {answer.url.removeprefix(address): on_the_wire(answer) for answer in answers}
    assert {url for url in sizes if url.startswith("http")} == set()
    assert sum(sizes.values()) <= MOST, sizes
