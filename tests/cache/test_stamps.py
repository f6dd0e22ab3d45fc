"""Files are known by size and time of change; where these say too little, by their content."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from evidencebase.cache import stamp_digest, stamps


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "cities" / "riverton" / "index.md"
    path.parent.mkdir(parents=True)
    path.write_text("title: Riverton", encoding="utf-8")
    os.utime(path, (1_700_000_000, 1_700_000_000))
    return path


def test_a_file_with_another_time_and_the_same_text_says_the_same(tmp_path: Path, file: Path) -> None:
    before = stamps(tmp_path, {})
    os.utime(file, (1_700_000_500, 1_700_000_500))
    assert stamp_digest(stamps(tmp_path, before)) == stamp_digest(before)


def test_a_file_with_the_same_size_and_another_text_says_something_else(tmp_path: Path, file: Path) -> None:
    before = stamps(tmp_path, {})
    file.write_text("title: Rivertan", encoding="utf-8")
    assert stamp_digest(stamps(tmp_path, before)) != stamp_digest(before)


def test_a_change_within_the_same_tick_of_the_clock_is_noticed(tmp_path: Path, file: Path) -> None:
    file.write_text("title: Riverton", encoding="utf-8")
    before, stat = stamps(tmp_path, {}), file.stat()
    file.write_text("title: Rivertan", encoding="utf-8")
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert stamp_digest(stamps(tmp_path, before)) != stamp_digest(before)


def test_a_file_whose_size_and_time_are_the_same_is_not_read_again(tmp_path: Path, file: Path) -> None:
    before = stamps(tmp_path, {})
    file.write_text("title: Rivertan", encoding="utf-8")
    os.utime(file, (1_700_000_000, 1_700_000_000))
    assert stamps(tmp_path, before) == before


def test_folders_count_but_hidden_ones_and_the_site_do_not(tmp_path: Path, file: Path) -> None:
    for folder in ("empty", ".cache", "site"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "file").touch() if folder != "empty" else None
    assert list(stamps(tmp_path, {})) == ["cities/", "cities/riverton/", "cities/riverton/index.md", "empty/"]
