"""A build that makes only what changed gives the same bytes as one that makes everything."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidencebase.scaffold import new_knowledge_base

TERM = """---
title: {title}
summary: What {title} is.
status: published
published: 2026-11-22
last_reviewed: 2026-11-22
review_by: 2027-11-22
authors: [Editors of the knowledge base]
definition: What {title} is, in one sentence.
---

See [the city](../../cities/riverton/index.md) and what [@Lamp2024, p. {number}] found.
"""
TRANSLATION = """---
title: {title}
translation: {{method: translation, translator: Editors, date: 2026-11-22}}
---

Vea [la ciudad](../../cities/riverton/index.md) y [@Lamp2024, p. {number}].
"""
REFERENCE = """@article{{Lamp2024,
  title = {{Lamps in {place}}},
  author = {{Lamp, Ada}},
  year = {{2024}},
  design = {{descriptive}},
  direction = {{reduced}},
}}
"""


def replace(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def edit_text(root: Path, number: int) -> None:
    with (root / "cities" / "riverton" / "index.md").open("a", encoding="utf-8") as file:
        file.write(f"\nOne more sentence, number {number}.\n")


def edit_title(root: Path, number: int) -> None:
    city = root / "cities" / "riverton" / "index.md"
    replace(city, "\ntitle: Riverton", f"\ntitle: Riverton {number}")


def add_record(root: Path, number: int) -> None:
    write(root / "glossary" / f"word-{number}" / "index.md", TERM.format(title=f"Word {number}", number=number))


def remove_record(root: Path, number: int) -> None:
    for folder in sorted((root / "glossary").glob("word-*"))[:1]:
        shutil.rmtree(folder)


def add_translation(root: Path, number: int) -> None:
    for folder in sorted((root / "glossary").glob("word-*"))[-1:]:
        write(folder / "index.es.md", TRANSLATION.format(title=f"Palabra {number}", number=number))


def change_vocabulary(root: Path, number: int) -> None:
    path = root / "vocabularies" / "regions.yml"
    lines = path.read_text(encoding="utf-8").splitlines()
    first = next(place for place, line in enumerate(lines) if "en:" in line and place > 2)
    lines[first] = (
        f"{lines[first].split('en:')[0]}en: Region {number}{'}' if lines[first].rstrip().endswith('}') else ''}"
    )
    write(path, "\n".join(lines) + "\n")


def change_interface_text(root: Path, number: int) -> None:
    write(root / "strings" / "en.yml", f"links:\n  mentions: Named by {number}\n")


def change_template(root: Path, number: int) -> None:
    text = '{% extends "record.md.jinja" %}\n{% block main %}{{ super() }}\n\nWord NUMBER\n{% endblock %}\n'
    write(root / "record_types" / "term" / "page.md.jinja", text.replace("NUMBER", str(number)))


def change_reference(root: Path, number: int) -> None:
    write(root / "references" / "lamps.bib", REFERENCE.format(place=f"place {number}"))


EDITS: Mapping[str, Callable[[Path, int], None]] = {
    edit.__name__: edit
    for edit in (
        edit_text, edit_title, add_record, remove_record, add_translation, change_vocabulary, change_interface_text,
        change_template, change_reference,
    )
}  # fmt: skip


def new_site(root: Path) -> None:
    new_knowledge_base(root)
    replace(root / "mkdocs.yml", "languages: [en]", "languages: [en, es]")
    change_reference(root, 0)
    add_record(root, 0)
    add_record(root, 1)


def build(root: Path, *options: str) -> str:
    program = Path(sys.executable).parent / "evidencebase"
    command = [str(program), "build", "--pages-only", "--today", "2026-11-22", *options]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def files(site: Path) -> Mapping[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def built_clean(root: Path, other: Path) -> Mapping[str, bytes]:
    shutil.copytree(root, other, ignore=shutil.ignore_patterns(".*", "site"))
    build(other, "--jobs", "1")
    return files(other / "site")


@settings(
    max_examples=4,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.lists(st.sampled_from(sorted(EDITS)), min_size=3, max_size=6))
def test_after_any_edits_every_file_is_that_of_a_clean_build(edits: Sequence[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "root"
        new_site(root)
        build(root)
        for number, name in enumerate(edits, start=2):
            EDITS[name](root, number)
            build(root)
        assert files(root / "site") == built_clean(root, Path(folder) / "clean")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("incremental") / "root"
    new_site(root)
    build(root)
    return root


@pytest.mark.parametrize("name", sorted(EDITS))
def test_each_kind_of_edit_gives_the_files_of_a_clean_build(site: Path, tmp_path: Path, name: str) -> None:
    root = tmp_path / "root"
    shutil.copytree(site, root, copy_function=shutil.copy2)
    build(root)
    EDITS[name](root, 7)
    build(root)
    assert files(root / "site") == built_clean(root, tmp_path / "clean")


def test_an_edit_of_one_text_makes_the_pages_of_one_record(site: Path, tmp_path: Path) -> None:
    root = tmp_path / "root"
    shutil.copytree(site, root, copy_function=shutil.copy2)
    assert "(0 of them made anew" in build(root)
    edit_text(root, 9)
    assert "(2 of them made anew" in build(root)
    assert "nothing has changed" in build(root)


def test_a_page_that_somebody_has_changed_in_the_site_is_put_right(site: Path, tmp_path: Path) -> None:
    root = tmp_path / "root"
    shutil.copytree(site, root, copy_function=shutil.copy2)
    build(root)
    wanted = files(root / "site")
    page = root / "site" / "en" / "cities" / "riverton" / "index.html"
    page.write_text("changed", encoding="utf-8")
    build(root)
    assert files(root / "site") == wanted


def test_a_cache_that_is_deleted_or_damaged_changes_nothing(site: Path, tmp_path: Path) -> None:
    root = tmp_path / "root"
    shutil.copytree(site, root, copy_function=shutil.copy2)
    wanted = files(root / "site")
    edit_text(root, 3)
    for kept in (root / ".cache" / "evidencebase").iterdir():
        if kept.is_file():
            data = kept.read_bytes()
            kept.write_bytes(data[: len(data) // 2] + b"damage" + data[len(data) // 2 + 6 :])
    build(root)
    replace(root / "cities" / "riverton" / "index.md", "\nOne more sentence, number 3.\n", "")
    shutil.rmtree(root / ".cache")
    build(root)
    assert files(root / "site") == wanted


def test_the_folders_of_the_site_before_the_last_are_used_again(site: Path, tmp_path: Path) -> None:
    root = tmp_path / "root"
    shutil.copytree(site, root, copy_function=shutil.copy2)
    folder = root / "site" / "en" / "glossary" / "word-0"
    seen = []
    for number in range(5):
        edit_text(root, number)
        build(root)
        seen.append(folder.stat().st_ino)
    assert len(set(seen)) == 2
    remove_record(root, 0)
    build(root)
    build(root, "--today", "2026-11-23")
    assert not folder.exists()
    assert files(root / "site") == files_of_another_day(root, tmp_path / "clean")


def files_of_another_day(root: Path, other: Path) -> Mapping[str, bytes]:
    shutil.copytree(root, other, ignore=shutil.ignore_patterns(".*", "site"))
    build(other, "--today", "2026-11-23")
    return files(other / "site")


def test_a_build_that_fails_writes_into_no_published_file(site: Path, tmp_path: Path) -> None:
    root = tmp_path / "root"
    shutil.copytree(site, root, copy_function=shutil.copy2)
    for number in range(3):
        edit_text(root, number)
        build(root)
    published = files(root / "site")
    write(root / "theme" / "partials" / "footer.html", "{% if page.is_homepage %}{{ 1 / 0 }}{% endif %}")
    edit_text(root, 4)
    with pytest.raises(AssertionError):
        build(root)
    assert files(root / "site") == published
