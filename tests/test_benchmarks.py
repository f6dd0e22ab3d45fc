"""The generator of the benchmarks writes the same files every time, and what it writes passes the check."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from evidencebase.content.pipeline import read
from evidencebase.content.translate import drift, standing
from evidencebase.model import Mark

GENERATE = Path(__file__).parent.parent / "benchmarks" / "generate.py"
RECORDS = 40


def generated(layout: str, target: Path, *, seed: str = "0") -> Path:
    command = [sys.executable, str(GENERATE), layout, str(target), "--records", str(RECORDS)]
    subprocess.run(command, check=True, env={"PYTHONHASHSEED": seed})
    return target


def texts(folder: Path) -> Mapping[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generated("knowledge-base", tmp_path_factory.mktemp("generated"))


@pytest.mark.parametrize("layout", ["knowledge-base", "mkdocs", "hugo"])
def test_the_same_size_gives_the_same_bytes(layout: str, tmp_path: Path) -> None:
    first = texts(generated(layout, tmp_path / "first", seed="1"))
    second = texts(generated(layout, tmp_path / "second", seed="2"))
    assert len(first) > RECORDS * 4
    assert first == second


def test_a_generated_knowledge_base_passes_the_check_and_has_everything_that_costs_time(folder: Path) -> None:
    result = read(folder / "root")
    base = result.knowledge_base
    assert [found for found in result.diagnostics if found.severity.value == "error"] == []
    generated_records = [id for id in base.records if id.type != "page"]
    assert len(generated_records) == RECORDS
    assert {id.type for id in generated_records} == {"strategy", "brief", "case_study", "city", "term"}
    assert len(base.translations) == RECORDS * 3
    assert len(base.references) == 15
    assert len(base.claims) > RECORDS
    marks = {span.mark for record in base.records.values() for span in record.prose.spans}
    assert {Mark.CITATION, Mark.LINK, Mark.CLAIM} <= marks


def test_most_translations_follow_their_originals_and_some_have_fallen_behind(folder: Path) -> None:
    base = read(folder / "root").knowledge_base
    states = [
        standing(drift(base.records[id], base.record_types[id.type], translation), translation.reviewer)
        for (id, _), translation in base.translations.items()
    ]
    assert states.count("drifted") == RECORDS // 20 * 3
    assert states.count("incomplete") == 0
    assert {"complete", "reviewed"} <= set(states)


def test_an_added_record_passes_the_check_too(folder: Path, tmp_path: Path) -> None:
    root = tmp_path / "root"
    shutil.copytree(folder / "root", root)
    for file in (folder / "extra" / "0").rglob("*.md"):
        target = root / file.relative_to(folder / "extra" / "0")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.read_bytes())
    result = read(root)
    assert len(result.knowledge_base.records) == RECORDS + 2
    assert [found for found in result.diagnostics if found.severity.value == "error"] == []


def test_plain_pages_have_the_text_of_the_records_in_every_language(folder: Path, tmp_path: Path) -> None:
    plain = generated("mkdocs", tmp_path) / "root"
    base = read(folder / "root").knowledge_base
    for language in ("en", "es", "fr", "ar"):
        assert len(list((plain / language).rglob("case-study-*.md"))) == RECORDS * 6 // 20
    for (id, language), translation in base.translations.items():
        if id.type != "page":
            path = next((plain / language / "docs").glob(f"*/{id.slug}.md"))
            assert str(translation.fields["title"]) in path.read_text(encoding="utf-8")
            assert str(translation.fields["summary"]) in path.read_text(encoding="utf-8")
    words = [len(path.read_text(encoding="utf-8").split()) for path in plain.rglob("*/*/*-000??.md")]
    assert 850 < sum(words) / len(words) < 1150


def test_the_exponent_of_what_grows_with_the_square_is_two() -> None:
    code = "import run; print(run.exponent([50, 250, 1000], [2.5e3, 6.25e4, 1e6]))"
    told = subprocess.run([sys.executable, "-c", code], cwd=GENERATE.parent, check=True, capture_output=True, text=True)
    assert abs(float(told.stdout) - 2) < 1e-9


def test_the_time_of_processes_that_a_command_starts_counts(tmp_path: Path) -> None:
    (tmp_path / "root").mkdir()
    busy = f"echo 1 2 | xargs -n 1 -P 2 {sys.executable} -c 'sum(range(20_000_000))'"
    code = f"import measure, pathlib; print(measure.cost({busy!r}, pathlib.Path({str(tmp_path / 'root')!r}), {{}}).cpu)"
    told = subprocess.run([sys.executable, "-c", code], cwd=GENERATE.parent, check=True, capture_output=True, text=True)
    assert float(told.stdout) > 0.3
