"""The offline copy opens from a folder, without a server, and has everything: pages, filters, search."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Page
from real_site import LANGUAGES

from browser.firefox import Firefox, firefox

QUERY = {"en": "street outreach", "es": "violencia", "fr": "violence", "ar": "العنف"}
MOST = 25_000_000
LINK = re.compile(r'<(?:a|link|img|script)\b[^>]*?\s(?:href|src)="([^"#]+)')


@pytest.fixture(scope="session")
def unpacked(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Unpack the copies of all languages side by side."""
    folder = tmp_path_factory.mktemp("offline")
    for language in LANGUAGES:
        with zipfile.ZipFile(archive(built, language)) as copy:
            copy.extractall(folder)
    return folder


def archive(site: Path, language: str) -> Path:
    return next((site / "downloads" / language).glob("*-offline.zip"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_copy_is_small_enough_for_a_slow_line(built: Path, language: str) -> None:
    assert archive(built, language).stat().st_size < MOST


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_of_a_copy_leads_to_a_file_in_it_or_in_another_language(unpacked: Path, language: str) -> None:
    broken = set()
    for page in (unpacked / language).rglob("*.html"):
        for link in re.findall(
            r'<(?:a|link|img|script)\b[^>]*?\s(?:href|src)="([^"#]+)', page.read_text(encoding="utf-8")
        ):
            parts = urlsplit(link)
            if not parts.scheme and not (page.parent / unquote(parts.path)).resolve().is_file():
                broken.add((page.relative_to(unpacked).as_posix(), link))
    assert broken == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_chromium_searches_in_a_copy_without_a_server(unpacked: Path, page: Page, language: str) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto((unpacked / f"start-{language}.html").as_uri())
    page.wait_for_url(f"**/{language}/index.html")
    page.keyboard.press("/")
    page.wait_for_selector("dialog[open]")
    page.keyboard.type(QUERY[language])
    page.locator("dialog .eb-hit a").first.click()
    page.wait_for_url(lambda address: address.endswith(".html") and f"/{language}/index" not in address)
    assert page.locator("h1").count() == 1
    assert said == []


def test_chromium_narrows_a_copy_by_facets_and_switches_the_language(unpacked: Path, page: Page) -> None:
    page.goto((unpacked / "en/search/index.html").as_uri() + "?type=city")
    page.get_by_role("button", name="Show more").click()
    page.locator(".eb-hit a", has_text="Palmira").click()
    page.locator(".eb-languages a[lang=ar]").click()
    assert page.url.endswith("/ar/cities/palmira/index.html")
    assert page.locator("html").get_attribute("dir") == "rtl"


@pytest.fixture(scope="module")
def fox() -> Iterator[Firefox]:
    with firefox() as window:
        yield window


@pytest.mark.parametrize("language", LANGUAGES)
def test_firefox_searches_in_a_copy_without_a_server(unpacked: Path, fox: Firefox, language: str) -> None:
    fox.open((unpacked / language / "index.html").as_uri())
    fox.run("document.querySelector('.eb-search').click()")
    fox.wait("return document.querySelector('dialog[open] input')")
    fox.run(
        f"const one = document.querySelector('dialog input'); one.value = '{QUERY[language]}';"
        "one.dispatchEvent(new Event('input'))"
    )
    fox.wait("return document.querySelector('dialog .eb-hit a')")
    fox.run("document.querySelector('dialog .eb-hit a').click()")
    fox.wait(f"return !location.href.includes('/{language}/index.html') && document.querySelector('h1')")


def test_nothing_in_a_copy_depends_on_when_it_was_made(built: Path) -> None:
    """That another build gives the same bytes is tested for all files of the site."""
    with zipfile.ZipFile(archive(built, "en")) as copy:
        assert {entry.date_time for entry in copy.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert copy.namelist() == sorted(copy.namelist())
