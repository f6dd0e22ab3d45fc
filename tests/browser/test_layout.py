"""What every page kind looks like on a narrow screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page
from real_site import LANGUAGES

from browser.page_kinds import page_kinds

OVERHANG = """() => {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide <= 0) return "";
  const ends = [...document.querySelectorAll("body *")].filter((one) => {
    const box = one.getBoundingClientRect();
    return box.right > innerWidth + 1 || box.left < -1;
  });
  return `${wide} px too wide: ` + ends.slice(0, 3).map((one) => one.outerHTML.slice(0, 90)).join(" | ");
}"""
"""Says how much wider than the screen a page is, and what sticks out; empty where it fits."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_kind_scrolls_sideways_on_a_screen_of_320_pixels(
    built: Path, address: str, page: Page, language: str
) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    wide = {}
    for kind, place in page_kinds(built, language).items():
        page.goto(f"{address}/{place}")
        if said := page.evaluate(OVERHANG):
            wide[kind] = said
    assert wide == {}
