"""What several tests need: knowledge bases to read, and words to fill them with."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import settings
from real_site import build

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

SITES = Path(__file__).parent / "sites"
collect_ignore = ["sites"]

Write: TypeAlias = Callable[[Mapping[str, str | bytes | Path]], Path]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site of this repository once for all tests that look at it."""
    return build(tmp_path_factory.mktemp("real") / "site")


@pytest.fixture
def site(tmp_path: Path) -> Callable[[str], Path]:
    """Return a function that copies a case of `sites/`, so that a test may change it."""
    return lambda case: Path(shutil.copytree(SITES / case, tmp_path / case, symlinks=True))


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a function that writes a knowledge base and says where it lies; a path in place of a text is a link."""

    def written(files: Mapping[str, str | bytes | Path]) -> Path:
        for path, text in {"mkdocs.yml": "site_name: A knowledge base\n", **files}.items():
            target = tmp_path / path
            target.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(text, Path):
                target.symlink_to(text)
            else:
                target.write_bytes(text.encode() if isinstance(text, str) else text)
        return tmp_path

    return written


@pytest.fixture
def inside(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path], None]]:
    """Return a function that goes to a folder for the rest of the test."""
    yield monkeypatch.chdir
