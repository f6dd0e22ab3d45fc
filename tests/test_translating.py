"""What `evidencebase translate` writes is accepted, and counts as done only once somebody has marked it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from evidencebase.cli import main
from evidencebase.content.pipeline import read
from evidencebase.site.editions import edition
from evidencebase.site.pages import pages

SHEET = "cheat_sheets/first-night"
FILE = f"{SHEET}/index.fr.md"


@pytest.fixture
def begun(site: Callable[[str], Path], inside: Callable[[Path], None], capsys: pytest.CaptureFixture[str]) -> Path:
    """Return the path of a translation into French that has just been begun, and go to its knowledge base."""
    root = site("print")
    (root / FILE).unlink()
    inside(root)
    assert main(["translate", "start", "fr", SHEET]) == 0
    capsys.readouterr()
    return root / FILE


def sign(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("translator:", "translator: Ana Torres").replace("date:", "date: 2026-11-22"), encoding="utf-8"
    )


def status(capsys: pytest.CaptureFixture[str]) -> list[str]:
    assert main(["translate", "status"]) == 0
    return [line for line in capsys.readouterr().out.splitlines() if line.startswith((FILE, "fr:"))]


def test_a_translation_begins_with_texts_alone_where_a_field_may_also_name_a_claim(begun: Path) -> None:
    text = begun.read_text(encoding="utf-8")
    assert "practice_based: Paper does not show the dark." in text
    assert "strategies/" not in text


def test_check_accepts_a_translation_that_has_been_begun_and_signed(
    begun: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sign(begun)
    main(["check", FILE])
    assert capsys.readouterr().out == ""


def test_a_translation_is_started_until_it_is_marked(begun: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert f"{FILE}: begun, and not marked yet as saying what the original says" in status(capsys)
    sign(begun)
    main(["translate", "mark", "fr", SHEET])
    capsys.readouterr()
    assert status(capsys)[0] == "fr: 1 complete"


def test_readers_are_told_that_a_translation_is_not_marked(begun: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def page() -> str:
        french = edition(read(begun.parents[2]).knowledge_base, "fr", date(2026, 11, 22))
        return next(one.body for one in pages(french) if one.path == f"{SHEET}/index.md")

    sign(begun)
    assert "Cette traduction n’est que commencée" in page().replace("&#39;", "’").replace("'", "’")
    main(["translate", "mark", "fr", SHEET])
    assert "que commencée" not in page()
