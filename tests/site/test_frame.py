"""What stands around a text leads where it says."""

from __future__ import annotations

import html
from datetime import date
from pathlib import Path
from urllib.parse import urljoin

import pytest

from evidencebase.content.pipeline import read
from evidencebase.site.editions import edition
from evidencebase.site.pages import pages

SITE = Path(__file__).parents[1] / "sites" / "print"


@pytest.mark.parametrize("page", ["", "riverton/"])
def test_a_translated_sheet_leads_to_the_same_sheet_in_the_original(page: str) -> None:
    french = edition(read(SITE).knowledge_base, "fr", date(2026, 11, 22))
    body = next(one.body for one in pages(french) if one.path == f"cheat_sheets/first-night/{page}index.md")
    links = {
        urljoin(f"/fr/cheat_sheets/first-night/{page}", part.split('"')[0])
        for part in html.unescape(body).split('href="')[1:]
    }
    assert f"/en/cheat_sheets/first-night/{page}" in links
