"""The knowledge base that `init` begins: another network's, with a type of record of its own and no Python."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from evidencebase.cli import main
from evidencebase.content.pipeline import read
from evidencebase.model import Page, RecordId
from evidencebase.scaffold import HOOKS, STARTER
from evidencebase.site.editions import edition
from evidencebase.site.pages import pages

ROOT = Path(__file__).parent.parent
TODAY = "2026-11-22"
SCHEMA = """title: Lesson
description: Something that a city has learnt and wants others to know.
type: object
required: [city, advice]
x-index: {filters: [city], card: [advice]}
properties:
  city:
    title: City
    description: Folder name of the city that learnt it.
    type: string
    x-links-to: city
    x-backlink: Lessons from this city
    examples: [riverton]
  advice:
    title: Advice
    description: What to do, in one sentence.
    type: string
    minLength: 1
    x-max-words: 20
    examples: [Count before you begin.]
"""
TEMPLATE = """{% extends "record.md.jinja" %}
{% block main %}
## The advice

> {{ view.fields.advice.value }}

{{ view.prose }}
{% endblock %}
"""
LESSON = """---
title: {title}
summary: A lesson in one sentence.
status: published
published: 2026-11-22
last_reviewed: 2026-11-22
review_by: 2027-11-22
authors: [Editors of the knowledge base]
city: riverton
advice: {advice}
---

See [the other lesson](../{other}/index.md).
"""


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """Return a knowledge base that has just begun."""
    root = tmp_path / "fresh"
    assert main(["init", str(root)]) == 0
    return root


@pytest.fixture
def extended(fresh: Path) -> Path:
    """Return the same with a record type of its own and two records of it."""
    files = {
        "record_types/lesson/schema.yml": SCHEMA,
        "record_types/lesson/page.md.jinja": TEMPLATE,
        "lessons/count-first/index.md": LESSON.format(
            title="Count first", advice="Count before you begin.", other="walk-together"
        ),
        "lessons/walk-together/index.md": LESSON.format(
            title="Walk together", advice="Walk in groups of five.", other="count-first"
        ),
    }
    for path, text in files.items():
        (fresh / path).parent.mkdir(parents=True, exist_ok=True)
        (fresh / path).write_text(text, encoding="utf-8")
    settings = (fresh / "mkdocs.yml").read_text(encoding="utf-8")
    (fresh / "mkdocs.yml").write_text(f"{settings}  - Lessons: lessons/index.md\n", encoding="utf-8")
    return fresh


def made(root: Path) -> Mapping[str, Page]:
    result = read(root)
    assert result.diagnostics == ()
    return {page.path: page for page in pages(edition(result.knowledge_base, "en", date.fromisoformat(TODAY)))}


def test_nothing_is_wrong_with_a_fresh_knowledge_base(
    fresh: Path, inside: Callable[[Path], None], capsys: pytest.CaptureFixture[str]
) -> None:
    inside(fresh)
    capsys.readouterr()
    assert main(["check"]) == 0
    assert capsys.readouterr().out == ""


def test_a_knowledge_base_is_never_begun_in_a_folder_that_is_in_use(
    fresh: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["init", str(fresh)]) == 2
    assert "is not empty: name a new folder" in capsys.readouterr().err


def test_the_starter_says_what_is_made_up(fresh: Path) -> None:
    examples = [path for path in fresh.rglob("index.md") if path.parent.parent.parent == fresh]
    assert len(examples) == 3
    for path in examples:
        assert re.search(r"\bexample\b", path.read_text(encoding="utf-8"))


def test_the_hooks_are_those_of_this_repository() -> None:
    assert (STARTER / HOOKS).read_bytes() == (ROOT / HOOKS).read_bytes()


def test_every_vocabulary_that_a_schema_names_is_there_with_a_few_terms(fresh: Path) -> None:
    schemas = (STARTER.parent / "record_types").rglob("*.yml")
    named = {name for path in schemas for name in re.findall(r"x-vocabulary: (\w+)", path.read_text(encoding="utf-8"))}
    terms = {name: len(vocabulary.terms) for name, vocabulary in read(fresh).knowledge_base.vocabularies.items()}
    assert named <= terms.keys()
    assert all(3 <= count <= 6 for count in terms.values())


def test_a_record_type_needs_no_python(extended: Path) -> None:
    found = made(extended)
    lesson = found["lessons/count-first/index.md"]
    assert lesson.front_matter["title"] == "Count first"
    assert "> Count before you begin." in lesson.body
    assert "[the other lesson](../walk-together/index.md)" in lesson.body


def test_a_record_type_of_ones_own_is_listed_and_filtered(extended: Path) -> None:
    found = made(extended)
    index = found["lessons/index.md"].body
    assert index.index("Count first") < index.index("Walk together")
    assert "Walk in groups of five." in index
    assert "Count first" in found["lessons/by/city/riverton/index.md"].body


def test_a_record_type_of_ones_own_links_to_a_built_in_one_and_back(extended: Path) -> None:
    base = read(extended).knowledge_base
    riverton = RecordId("city", "riverton")
    lessons = {
        link.source for link in base.backlinks[riverton] if link.relation == "city" and link.source.type == "lesson"
    }
    assert lessons == {RecordId("lesson", "count-first"), RecordId("lesson", "walk-together")}
    city = made(extended)["cities/riverton/index.md"].body
    assert city.index("Lessons from this city") < city.index("Count first") < city.index("Walk together")
    assert "../../lessons/count-first/" in city


def test_mkdocs_builds_the_extended_knowledge_base_with_every_warning_an_error(extended: Path) -> None:
    done = subprocess.run(
        [str(Path(sys.executable).parent / "mkdocs"), "build", "--strict"],
        cwd=extended,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    site = extended / "site" / "en"
    assert "Walk in groups of five." in (site / "lessons/walk-together/index.html").read_text(encoding="utf-8")
    assert "Lessons from this city" in (site / "cities/riverton/index.html").read_text(encoding="utf-8")
    assert "Count first" in (site / "lessons/index.html").read_text(encoding="utf-8")


def test_a_template_and_a_text_of_ones_own_win_over_the_built_in_ones(extended: Path) -> None:
    (extended / "strings").mkdir()
    (extended / "strings/en.yml").write_text("facts:\n  title: In short\n", encoding="utf-8")
    (extended / "record_types/term").mkdir()
    (extended / "record_types/term/page.md.jinja").write_text("# Word: {{ view.title }}\n", encoding="utf-8")
    found = made(extended)
    assert "In short" in found["cities/riverton/index.md"].body
    assert found["glossary/street-outreach/index.md"].body == "# Word: Street outreach\n"
