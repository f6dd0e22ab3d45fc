"""Reading with a keyboard, without JavaScript, with large letters, in other colours; and nobody is told of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from real_site import LANGUAGES

from browser.page_kinds import page_kinds

FOUND = re.compile("pages? found")
LEFT = "net::ERR_ABORTED"
"""The browser has gone on before it had everything."""
FOCUS = "() => document.activeElement.outerHTML.slice(0, 200)"


def tab_to(page: Page, selector: str, most: int = 200) -> None:
    """Press the tab key until an element has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{most} steps do not lead to {selector}; the last was {page.evaluate(FOCUS)}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_kind_breaks_its_policy_or_the_console(
    built: Path, address: str, chromium: Browser, language: str
) -> None:
    context = chromium.new_context()
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
    page.on("requestfailed", lambda one: said.append(f"{one.url}: {one.failure}") if one.failure != LEFT else None)
    page.on("response", lambda answer: said.append(f"{answer.url}: {answer.status}") if answer.status >= 400 else None)
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url))
    for place in page_kinds(built, language).values():
        page.goto(f"{address}/{place}")
    page.goto(f"{address}/{language}/search/?q=violence")
    page.wait_for_selector(".eb-hit, .eb-status:not(:empty)")
    assert said == []
    assert {url for url in asked if not url.startswith(address)} == set()
    assert context.cookies() == []
    assert page.evaluate("() => Object.keys(localStorage).concat(Object.keys(sessionStorage))") == []
    context.close()


def test_only_the_choice_of_colours_and_of_language_is_kept(address: str, page: Page) -> None:
    page.goto(f"{address}/en/cities/palmira/")
    page.locator(".eb-colours").click()
    page.locator(".eb-languages a[lang=fr]").click()
    page.wait_for_url("**/fr/cities/palmira/")
    page.goto(f"{address}/fr/search/?q=violence")
    page.wait_for_selector(".eb-hit")
    assert page.evaluate("() => ({...localStorage})") == {"eb-colours": "light", "eb-language": "fr"}
    page.goto(f"{address}/")
    page.wait_for_url("**/fr/")
    assert page.locator("html").get_attribute("data-colours") == "light"


def test_a_keyboard_reaches_everything(address: str, page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{address}/en/strategies/street-outreach/")
    page.keyboard.press("Tab")
    assert "md-skip" in page.evaluate(FOCUS)
    page.keyboard.press("Enter")
    assert page.url.endswith("#street-outreach-and-violence-interruption")
    page.goto(f"{address}/en/strategies/street-outreach/")
    tab_to(page, ".eb-menu")
    expect(page.locator(".eb-nav a").first).not_to_be_visible()
    page.keyboard.press("Space")
    expect(page.locator(".eb-nav a").first).to_be_visible()
    tab_to(page, ".eb-nav a")
    page.keyboard.press("Escape")
    expect(page.locator(".eb-nav a").first).not_to_be_visible()
    tab_to(page, ".eb-languages a[lang=ar]")
    tab_to(page, ".eb-claim summary")
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.parentElement.open")
    page.goto(f"{address}/en/evidence-map/")
    tab_to(page, ".eb-scroll")
    tab_to(page, '.eb-map td a[href^="#"]')
    page.keyboard.press("Enter")
    page.wait_for_url("**#*")


def test_a_keyboard_searches_and_narrows(address: str, page: Page) -> None:
    page.goto(f"{address}/en/cities/palmira/")
    page.keyboard.press("/")
    page.wait_for_selector("dialog[open]")
    page.keyboard.type("street outreach")
    page.wait_for_selector("dialog .eb-hit")
    page.keyboard.press("ArrowDown")
    first = page.evaluate("() => document.activeElement.href")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("() => document.activeElement.href") == first
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).not_to_be_visible()
    page.keyboard.press("/")
    page.keyboard.press("Enter")
    page.wait_for_url(first)
    page.goto(f"{address}/en/search/?q=violence")
    page.wait_for_selector(".eb-hit")
    tab_to(page, "#eb-type-strategy")
    page.keyboard.press("Space")
    page.wait_for_url("**type=strategy**")
    assert page.evaluate("() => document.activeElement.id") == "eb-type-strategy"


def test_facets_narrow_what_was_found_and_the_address_restores_them(address: str, page: Page) -> None:
    page.goto(f"{address}/en/search/?q=violence")
    page.wait_for_selector(".eb-hit")
    expect(page.locator(".eb-status")).to_have_text(FOUND)
    everything = page.locator(".eb-status").inner_text()
    page.get_by_label("Case study").check()
    page.wait_for_url("**type=case_study**")
    expect(page.locator(".eb-status")).to_have_text(FOUND)
    narrowed = page.locator(".eb-status").inner_text()
    hits = page.locator(".eb-hit__title").all_inner_texts()
    assert all(one.endswith("Case study") for one in hits)
    page.goto(page.url)
    expect(page.locator(".eb-status")).to_have_text(narrowed)
    assert page.locator(".eb-hit__title").all_inner_texts() == hits
    page.go_back()
    expect(page.locator(".eb-status")).to_have_text(everything)


def test_filters_need_no_query_and_not_the_index(address: str, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/en/search/?type=city&regions=latin-america-and-the-caribbean")
    page.wait_for_selector(".eb-hit")
    assert not [url for url in asked if "/pagefind/" in url]


def test_untranslated_originals_are_offered_in_their_language(address: str, page: Page) -> None:
    page.goto(f"{address}/es/search/?q=Oakland")
    page.get_by_role("button", name="inglés").click()
    note = page.locator(".eb-elsewhere [role=status]")
    expect(note).to_contain_text("inglés")
    expect(note).not_to_contain_text("Buscando")


STRANGE = ("<img src=x onerror=alert(1)>", "a" * 10_000, "\u202eecneloiv\u202c", "violence\u0001\u2066", "' OR 1=1 --")


@pytest.mark.parametrize("query", STRANGE, ids=lambda query: query[:12].encode("unicode_escape").decode())
def test_strange_questions_are_answered_and_shown_as_text(address: str, page: Page, query: str) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("dialog", lambda dialog: said.append("a script ran"))
    page.goto(f"{address}/en/search/")
    page.locator("#eb-q").fill(query)
    page.locator("#eb-q").press("Enter")
    expect(page.locator(".eb-status")).to_have_text(re.compile("found|Nothing"))
    assert page.locator("main img").count() == 0
    assert "\u202e" not in page.url
    assert said == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_javascript_everything_but_the_search_is_there(address: str, chromium: Browser, language: str) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(f"{address}/")
    page.locator(f"a[lang={language}]").click()
    page.locator(".eb-menu-label").click()
    page.locator(".eb-nav a[href*=strategies]").first.click()
    page.locator(".eb-filters summary").click()
    page.locator(".eb-filters dd a").first.click()
    page.locator(".eb-card a").first.click()
    page.locator(".eb-claim summary").first.click()
    page.locator(".eb-search").click()
    assert page.locator(".eb-lists a").count() > 8
    context.close()


def test_large_letters_fit(built: Path, address: str, page: Page) -> None:
    # 200 % of 640 pixels is what 320 pixels show.
    page.set_viewport_size({"width": 640, "height": 800})
    wide = {}
    for kind, place in page_kinds(built, "en").items():
        page.goto(f"{address}/{place}")
        page.evaluate("() => { document.documentElement.style.zoom = 2; }")
        if (over := page.evaluate("() => document.documentElement.scrollWidth - innerWidth")) > 1:
            wide[kind] = over
    assert wide == {}


def test_nothing_moves_for_those_who_asked_for_that(address: str, chromium: Browser) -> None:
    context = chromium.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{address}/en/strategies/street-outreach/")
    moving = page.evaluate(
        "() => [...document.querySelectorAll('*')].filter((one) => { const style = getComputedStyle(one);"
        " return parseFloat(style.transitionDuration) > 0.01 || parseFloat(style.animationDuration) > 0.01; }).length"
    )
    context.close()
    assert moving == 0


def test_forced_colours_leave_edges(address: str, chromium: Browser) -> None:
    context = chromium.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(f"{address}/en/strategies/street-outreach/")
    assert page.evaluate("() => getComputedStyle(document.querySelector('.eb-facts')).borderTopStyle") == "solid"
    context.close()


def test_pages_on_violence_at_home_have_a_way_out_that_leaves_no_trace(address: str, page: Page) -> None:
    page.route(
        "**/*", lambda route: route.continue_() if route.request.url.startswith(address) else route.fulfill(body="out")
    )
    page.goto(f"{address}/en/glossary/violence-at-home/")
    page.locator(".eb-exit").click()
    page.wait_for_url(lambda url: not url.startswith(address))
    page.go_back()
    assert "violence-at-home" not in page.url
    page.goto(f"{address}/en/glossary/baseline/")
    assert page.locator(".eb-exit").count() == 0
