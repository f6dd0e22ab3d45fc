"""What somebody on a slow line waits for until the first answer."""

from __future__ import annotations

import gzip

import pytest
from playwright.sync_api import Page, Response, Route, expect
from real_site import LANGUAGES

MOST = 180_000
"""Bytes beyond the page itself."""
QUESTIONS = [
    ("en", "homicide"), ("en", "gun violence"),
    ("es", "homicidio"), ("es", "violencia policial"),
    ("fr", "homicide"), ("fr", "violences policières"),
    ("ar", "القتل"), ("ar", "إطلاق النار"),
]  # fmt: skip
PACKED = (".pagefind", ".pf_meta", ".pf_index", ".pf_fragment")
"""Compressed as they are; everything else is compressed on the way."""
KEY = 350
"""Milliseconds between two letters that somebody types on a telephone."""

ANSWERED = "(question) => document.querySelector(`dialog > a[href$='?q=${encodeURIComponent(question)}']`)"
"""What stands in the dialog is the answer to this question, and not to its beginning."""


def on_the_wire(answer: Response) -> int:
    body = answer.body()
    return len(body) if answer.url.split("?")[0].endswith(PACKED) else len(gzip.compress(body, 9))


@pytest.mark.parametrize(("language", "question"), QUESTIONS)
def test_the_first_search_is_light_and_goes_nowhere_else(
    address: str, page: Page, language: str, question: str
) -> None:
    page.goto(f"{address}/{language}/method/")
    answers: list[Response] = []
    # Playwright cannot hold on to a method of a list.
    page.context.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108
    page.keyboard.press("/")
    page.keyboard.type(question, delay=KEY)
    page.wait_for_function(ANSWERED, arg=question)
    sizes = {answer.url.removeprefix(address): on_the_wire(answer) for answer in answers}
    assert {url for url in sizes if url.startswith("http")} == set()
    assert sum(sizes.values()) <= MOST, sizes


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_typed_before_the_search_is_there_is_kept(address: str, page: Page, language: str) -> None:
    held: list[Route] = []
    page.route("**/assets/search/words.js", lambda route: held.append(route))  # noqa: PLW0108
    page.goto(f"{address}/{language}/method/")
    page.keyboard.press("/")
    page.keyboard.type("Oakland")
    expect(page.locator("dialog input")).to_have_value("Oakland")
    assert page.locator("dialog .eb-hit").count() == 0
    page.wait_for_timeout(100)
    for route in held:
        route.continue_()
    page.wait_for_selector("dialog .eb-hit")
    expect(page.locator("dialog input")).to_have_value("Oakland")


def test_where_the_search_cannot_be_loaded_its_page_is_asked(address: str, page: Page) -> None:
    page.goto(f"{address}/en/method/")
    page.route("**/assets/search/words.js", lambda route: route.abort())
    page.keyboard.press("/")
    page.wait_for_url("**/en/search/**")


def test_more_results_are_offered_only_when_there_are_some(address: str, page: Page) -> None:
    page.goto(f"{address}/en/search/?q=violence")
    more = page.get_by_role("button", name="Show more")
    expect(more).to_be_visible()
    page.route("**/*.pf_*", lambda route: None)
    page.locator(".eb-search-page input").fill("Palmira")
    page.keyboard.press("Enter")
    expect(more).to_be_hidden()
