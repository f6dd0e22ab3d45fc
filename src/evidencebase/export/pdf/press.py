"""What all prints of one language share, and where the links of a page lead on paper."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evidencebase.model import Page, Printed, Settings, Strings
from evidencebase.text.addresses import is_elsewhere, linked_address, scheme_of
from evidencebase.text.locales import direction
from evidencebase.text.strings import say
from evidencebase.text.typography import END, LEFT_TO_RIGHT

INK = "#1f4358"
"""Headings and rules: dark enough for a bad copier."""


@dataclass(frozen=True, slots=True)
class Press:
    settings: Settings
    strings: Strings
    root: Path = field(default=Path())
    """Where the files lie that pages show."""

    @property
    def language(self) -> str:
        return self.strings.language


def common_values(press: Press, page: Page, printed: Printed) -> dict[str, Any]:
    """Return what every template places: title, language, dates, the line at the foot."""
    year, month, day = (int(part) for part in printed.date.split("-"))
    return {
        "title": str(page.front_matter["title"]),
        "summary": str(page.front_matter.get("description", "")),
        "authors": list(printed.authors),
        "language": press.language.split("-")[0],
        "direction": direction(press.language),
        "date": {"year": year, "month": month, "day": day},
        "site": press.settings.site_name,
        "footer": foot(press, printed.url),
        "colour": INK,
        "url": printed.url,
    }


def foot(press: Press, url: str) -> str:
    """Return the line at the foot of each page: whose text it is, and where it stands on the web."""
    licence = press.strings.texts.get(f"schema.{press.settings.copyright}", press.settings.copyright)
    shown = f"{LEFT_TO_RIGHT}{url.partition('://')[2]}{END}" if url else ""
    return " · ".join(part for part in (str(licence), shown) if part)


def way_from(press: Press, page: Page, known: frozenset[str]) -> Callable[[str], str]:
    """Return where an address on this page leads: within the document, to the web, or nowhere.

    `known` are the anchors of the document.
    """

    def way(target: str) -> str:
        if target.startswith("#"):
            return target if target.removeprefix("#") in known else ""
        if is_elsewhere(target):
            return target if scheme_of(target) in ("http", "https", "mailto") else ""
        return web_address(press, *linked_address(page.path, target)) if target else ""

    return way


def web_address(press: Press, address: str, anchor: str) -> str:
    """Return the whole address of a page of the same language; empty where the site does not know its own."""
    site = press.settings.site_url.rstrip("/")
    path = posixpath.normpath(f"{press.language}/{address}")
    end = "/" if address.endswith("/") or not address else ""
    return f"{site}/{path}{end}{f'#{anchor}' if anchor else ''}" if site else ""


def words(press: Press, key: str, **values: object) -> str:
    return say(press.strings, key, **values)
