"""Builds the site of this repository, as anybody builds it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
TODAY = "2026-11-22"
LANGUAGES = ("en", "es", "fr", "ar")


def run(program: str, *arguments: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a program that is installed beside this Python."""
    return subprocess.run(
        [str(Path(sys.executable).parent / program), *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def build(site: Path) -> Path:
    """Build the site of this repository into a folder, and return the folder.

    `BUILT_SITE` names a site that is there already: tests of a style sheet need no new one each time.
    """
    if "BUILT_SITE" in os.environ:
        return Path(os.environ["BUILT_SITE"])
    done = run("evidencebase", "build", "--site-dir", str(site), "--today", TODAY, folder=ROOT, PYTHONHASHSEED="1")
    assert done.returncode == 0, done.stderr
    return site
