"""Every kind of page, in every language, light and dark, narrow and wide: nothing in the way of anybody."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from real_site import LANGUAGES

from browser.page_kinds import page_kinds

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
RUN = """() => axe.run(document, {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
  resultTypes: ["violations"],
}).then((done) => done.violations.map((one) => [one.id, one.help, one.nodes.map((node) => node.html.slice(0, 120))]))"""
WIDTHS = (360, 1440)
COLOURS = ("light", "dark")


@pytest.mark.parametrize("colours", COLOURS)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_on_any_kind_of_page(
    built: Path, address: str, chromium: Browser, *, language: str, width: int, colours: Any
) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=colours, bypass_csp=True)
    page = context.new_page()
    found = {}
    for kind, place in page_kinds(built, language).items():
        page.goto(f"{address}/{place}")
        page.evaluate(AXE)
        if violations := page.evaluate(RUN):
            found[kind, place] = [(id, help, nodes[:2]) for id, help, nodes in violations]
    context.close()
    assert found == {}


@pytest.mark.parametrize("colours", COLOURS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_in_the_open_search(address: str, chromium: Browser, language: str, colours: Any) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 900}, color_scheme=colours, bypass_csp=True)
    page = context.new_page()
    page.goto(f"{address}/{language}/search/?type=strategy&q=violence")
    page.wait_for_selector(".eb-hit")
    page.evaluate(AXE)
    violations = page.evaluate(RUN)
    page.goto(f"{address}/{language}/method/")
    page.keyboard.press("/")
    page.wait_for_selector("dialog[open]")
    page.keyboard.type("violence")
    page.wait_for_selector("dialog .eb-hit")
    page.evaluate(AXE)
    violations += page.evaluate(RUN)
    context.close()
    assert violations == []
