"""The first view of every page stays light enough for a slow phone, and what is too heavy is named."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

from real_site import ROOT

PROGRAM = ROOT / "benchmarks" / "weight.py"


def weigh(site: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, str(PROGRAM), str(site)], capture_output=True, text=True, check=False)


def page(site: Path, text: str) -> None:
    place = site / "en" / "briefs" / "long" / "index.html"
    place.parent.mkdir(parents=True)
    place.write_text(f"<html><body>{text}</body></html>", encoding="utf-8")


def noise(count: int) -> str:
    """Return text that cannot be compressed."""
    return " ".join(hashlib.sha256(str(number).encode()).hexdigest() for number in range(count))


def test_no_page_of_the_real_site_is_above_the_budget(built: Path) -> None:
    done = weigh(built)
    assert done.returncode == 0, done.stdout


def test_a_page_above_the_budget_is_named_with_its_heaviest_parts(tmp_path: Path) -> None:
    page(tmp_path, f'<ul class="eb-references">{noise(1000)}</ul><nav>{noise(20)}</nav>')
    done = weigh(tmp_path)
    line = next(line for line in done.stdout.splitlines() if "page-too-heavy" in line)
    assert done.returncode == 1
    assert line.startswith("en/briefs/long/index.html: error[page-too-heavy]")
    assert line.index("list of references") < line.index("navigation")


def test_pages_that_load_too_many_files_are_named(tmp_path: Path) -> None:
    page(tmp_path, "".join(f'<script src="/en/{number}.js"></script>' for number in range(7)))
    for number in range(7):
        (tmp_path / "en" / f"{number}.js").touch()
    assert "too-many-requests" in weigh(tmp_path).stdout
