"""Every folder of `sites/` is a small knowledge base with faults in it; `expected.txt` is what `check` says about them.

To add a case, add a folder: `mkdocs.yml`, the few records it needs, and `expected.txt`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from evidencebase.cli import main
from evidencebase.content.pipeline import read
from evidencebase.diagnostics import Code
from evidencebase.site.editions import edition
from evidencebase.site.pages import pages

SITES = Path(__file__).parent / "sites"
CASES = sorted(path.parent.name for path in SITES.glob("*/expected.txt"))
WITH_PAGES = sorted(path.parent.name for path in SITES.glob("*/expected"))

TERM = """---
title: {title}
summary: An agreement to stop shooting.
status: draft
definition: A promise of both sides to stop shooting.
---
{prose}"""
IMAGE = "\n![A map of the ceasefire line](map.png)\n"
NOT_IN_GIT: Mapping[str, tuple[Mapping[str, bytes | Path], str]] = {
    "case-clash": (
        {
            "glossary/ceasefire/index.md": TERM.format(title="Ceasefire", prose="").encode(),
            "glossary/Ceasefire/index.md": TERM.format(title="Ceasefire", prose="").encode(),
        },
        "glossary/Ceasefire:1:1: error[not-a-slug] 'Ceasefire' cannot be the address of a page; rename the folder to"
        " 'ceasefire': small letters a-z, digits and single hyphens\n"
        "glossary/ceasefire:1:1: error[names-differ-in-case] 'ceasefire' and 'Ceasefire' differ only in capital"
        " letters; rename one: some computers hold them to be the same folder\n",
    ),
    "accents": (
        {"glossary/Élan/index.md": TERM.format(title="Élan", prose="").encode()},
        "glossary/Élan:1:1: error[not-a-slug] 'Élan' cannot be the address of a page; rename the folder to 'elan':"
        " small letters a-z, digits and single hyphens\n",
    ),
    "image-too-large": (
        {
            "glossary/ceasefire/index.md": TERM.format(title="Ceasefire", prose=IMAGE).encode(),
            "glossary/ceasefire/map.png": bytes(1_200_000),
        },
        "glossary/ceasefire/map.png:1:1: error[image-too-large] 'map.png' has 1200 kB, the limit is 1000 kB;"
        " save it 1,600 pixels wide, as WebP or JPEG\n",
    ),
    "text-too-large": (
        {"glossary/ceasefire/index.md": TERM.format(title="Ceasefire", prose="peace " * 200_000).encode()},
        "glossary/ceasefire/index.md:1:1: error[too-long] the file has 1200 kB; split it, or move tables into a CSV"
        " file; the limit is 1000 kB\n",
    ),
    "symlinks": (
        {
            "glossary/ceasefire/index.md": Path("/dev/null"),
            "glossary/mediation": Path("/usr"),
            "glossary/truce/index.md": TERM.format(title="Truce", prose=IMAGE).encode(),
            "glossary/truce/map.png": Path("/dev/null"),
            "glossary/loop": Path("loop"),
            "glossary/nowhere/index.md": Path("../nothing/index.md"),
            "cities": Path("/usr"),
            "docs": Path("/usr"),
            "vocabularies/topics.yml": Path("/dev/null"),
        },
        "cities:1:1: error[symlink-outside] the link leads out of the knowledge base; copy the file here instead\n"
        "docs:1:1: error[symlink-outside] the link leads out of the knowledge base; copy the file here instead\n"
        "glossary/ceasefire/index.md:1:1: error[symlink-outside] the link leads out of the knowledge base; copy the"
        " file here instead\n"
        "glossary/loop:1:1: error[stray-file] a term is a folder, not a file; move it into the folder of the record"
        " that shows it\n"
        "glossary/mediation:1:1: error[symlink-outside] the link leads out of the knowledge base; copy the file here"
        " instead\n"
        "glossary/nowhere:1:1: error[missing-file] the folder has no index.md; write it, or delete the folder\n"
        "glossary/truce/index.md:8:1: error[missing-file] there is no image 'map.png' beside this record; put the"
        " image into the folder of the record\n"
        "glossary/truce/map.png:1:1: error[symlink-outside] 'map.png' is only a link to another file; copy the file"
        " here instead\n"
        "vocabularies/topics.yml:1:1: error[symlink-outside] the link leads out of the knowledge base; copy the file"
        " here instead\n",
    ),
}
"""Cases that git cannot hold on every computer, or should not: a program that copies the repository would follow a
symbolic link out of it. Name → files (a path is a link to it) and what is expected."""


WHEN_BUILT = (Code.PAGE_TOO_HEAVY, Code.SHEET_TOO_LONG)
"""Faults that show when a site is built, and not when it is checked: `tests/export/test_prints.py` and
`tests/host/test_heavy_pages.py` have them."""


@pytest.mark.parametrize("case", CASES)
def test_check_says_exactly_what_the_case_expects(
    case: str, inside: Callable[[Path], None], capsys: pytest.CaptureFixture[str]
) -> None:
    expected = (SITES / case / "expected.txt").read_text(encoding="utf-8")
    inside(SITES / case)
    code = main(["check"])
    assert capsys.readouterr().out == expected
    assert code == ("error[" in expected)


@pytest.mark.parametrize("case", NOT_IN_GIT)
def test_check_says_exactly_what_is_expected_of_files_git_cannot_hold(
    case: str,
    write: Callable[[Mapping[str, bytes | Path]], Path],
    inside: Callable[[Path], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    files, expected = NOT_IN_GIT[case]
    inside(write(files))
    assert main(["check"]) == 1
    assert capsys.readouterr().out == expected


@pytest.mark.parametrize("case", WITH_PAGES)
def test_the_pages_of_a_case_are_as_expected(case: str) -> None:
    base = read(SITES / case).knowledge_base
    made = {page.path: page.body for page in pages(edition(base, "en", date(2026, 11, 22)))}
    folder = SITES / case / "expected"
    expected = {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in folder.rglob("*.md")}
    assert {path: made.get(path) for path in expected} == expected


def test_every_kind_of_fault_has_a_case_that_shows_it() -> None:
    expected = "".join((SITES / case / "expected.txt").read_text(encoding="utf-8") for case in CASES)
    expected += "".join(text for _, text in NOT_IN_GIT.values())
    expected += "".join(f"[{code}]" for code in WHEN_BUILT)
    assert [code.value for code in Code if f"[{code}]" not in expected] == []
