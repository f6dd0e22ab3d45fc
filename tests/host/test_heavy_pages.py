"""A build names the pages that are too heavy for a slow line, and what makes them so."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

from evidencebase.scaffold import new_knowledge_base

TERM = """---
title: Lamp
summary: What a lamp is.
status: published
published: 2026-11-22
last_reviewed: 2026-11-22
review_by: 2027-11-22
authors: [Editors of the knowledge base]
definition: What a lamp is, in one sentence.
---

{text}
"""
NOISE = " ".join(hashlib.sha256(str(number).encode()).hexdigest() for number in range(1000))
"""Text that cannot be compressed."""


def build(root: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).parent / "evidencebase"
    command = [str(program), "build", "--pages-only", "--today", "2026-11-22"]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def test_a_build_names_a_page_above_the_budget_as_long_as_it_is_so(tmp_path: Path) -> None:
    root = tmp_path / "base"
    new_knowledge_base(root)
    lamp = root / "glossary" / "lamp" / "index.md"
    lamp.parent.mkdir(parents=True)
    lamp.write_text(TERM.format(text=NOISE), encoding="utf-8")
    line = "glossary/lamp/index.md:1:1: warning[page-too-heavy] en/glossary/lamp/index.html has "
    first = build(root)
    assert first.returncode == 0
    assert line in first.stderr
    assert "heaviest are: paragraphs" in first.stderr
    assert first.stdout.endswith("0 errors, 1 warning\n")

    (root / "cities" / "riverton" / "index.md").open("a", encoding="utf-8").write("\nOne more sentence.\n")
    assert build(root).stderr == first.stderr

    lamp.write_text(TERM.format(text="A lamp gives light."), encoding="utf-8")
    assert "page-too-heavy" not in build(root).stderr
