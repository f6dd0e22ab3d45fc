"""The site as its editors see it while they write: drafts included, each language made when somebody looks at it."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from evidencebase.cache import Cache, Stamps
from evidencebase.content.pipeline import Result, read
from evidencebase.diagnostics import KnowledgeBaseError, Severity
from evidencebase.host.languages import Order, ordered
from evidencebase.host.last_build import look_at_files, new_name
from evidencebase.reports import summary, to_text


@dataclass(frozen=True, slots=True)
class Shown:
    """One language as it was last made."""

    folder: Path
    build: str
    files: Stamps
    """What the files said from which it was made."""


class Preview:
    """Keeps what it has read, and makes again what an edit has changed in the language that is looked at.

    The page of a record that is no longer there stays until the preview ends.
    """

    def __init__(self, root: Path, folder: Path, build: Callable[[str], None]) -> None:
        """`build` builds a language by the order of this process; `folder` is an empty one for the pages."""
        self.root = root
        self.faults = ""
        """What is wrong with the content; the pages are those from before."""
        self._folder = folder
        self._build = build
        self._cache = Cache(root)
        self._shown: dict[str, Shown] = {}
        self._read: tuple[Stamps, Result] | None = None
        self._lock = threading.Lock()

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the site, the first one first."""
        with self._lock:
            return self._result().knowledge_base.settings.languages

    def page_folder(self, language: str) -> Path | None:
        """Return the folder with the pages of a language as the files are now; None where they never could be made."""
        with self._lock:
            result = self._result()
            assert self._read is not None
            files = self._read[0]
            shown = self._shown.get(language)
            if not self.faults and (shown is None or shown.files != files):
                try:
                    shown = self._shown[language] = self._made(language, result, files)
                except KnowledgeBaseError as error:
                    self.faults = str(error)
            return shown.folder if shown else None

    def _result(self) -> Result:
        files = look_at_files(self.root, self._cache)
        if self._read is None or self._read[0] != files:
            result = read(self.root, self._cache, files)
            wrong = any(one.severity is Severity.ERROR for one in result.diagnostics)
            self.faults = f"{to_text(result.diagnostics)}{summary(result.diagnostics)}\n" if wrong else ""
            self._read = files, result
        return self._read[1]

    def _made(self, language: str, result: Result, files: Stamps) -> Shown:
        build, before = new_name(), self._shown.get(language)
        staging = self._folder / build
        published = (self._folder, before.build) if before else None
        order = Order(
            result.knowledge_base, self._cache, build, published, language=language, staging=staging, drafts=True,
            pages_only=True,
        )  # fmt: skip
        with ordered(order):
            self._build(language)
        folder = self._folder / language
        if before is None:
            (staging / language).rename(folder)
        else:
            _lay_over(staging / language, folder)
        shutil.rmtree(staging)
        return Shown(folder, build, files)


def _lay_over(new: Path, old: Path) -> None:
    """Move every file of the new folder to its place in the old one."""
    for file in new.rglob("*"):
        if file.is_file():
            there = old / file.relative_to(new)
            there.parent.mkdir(parents=True, exist_ok=True)
            file.replace(there)
