"""One build per language, each a process of its own, all of them published together or not at all.

The build of the first language starts the others. What they need to know travels in the environment, because MkDocs'
hooks have no other way to be told.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from evidencebase import clock
from evidencebase.diagnostics import KnowledgeBaseError
from evidencebase.text.messages import nearest

LANGUAGE = "EVIDENCEBASE_LANGUAGE"
STAGING = "EVIDENCEBASE_STAGING"


@dataclass(frozen=True, slots=True)
class LanguageBuild:
    """The build of one language, under way."""

    language: str
    process: subprocess.Popen[str]


def chosen(declared: Sequence[str]) -> str:
    """Return the language this process builds: the one it was told, else the first of the site.

    Raises KnowledgeBaseError for a language that the site does not declare.
    """
    told = os.environ.get(LANGUAGE) or declared[0]
    if told not in declared:
        hint = nearest(told, declared)
        raise KnowledgeBaseError(f"the site has no language '{told}', only {', '.join(declared)}{hint and f'; {hint}'}")
    return told


def given_staging() -> Path | None:
    """Return the staging folder of the build this process is a part of, or None where it is the whole."""
    path = os.environ.get(STAGING)
    return Path(path) if path else None


def start(
    config_file: str, languages: Iterable[str], staging: Path, *, today: date, strict: bool
) -> tuple[LanguageBuild, ...]:
    """Start a build for each language."""
    return tuple(
        LanguageBuild(
            language,
            subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-m", "evidencebase.host.languages", config_file, "strict" if strict else ""],
                env={**os.environ, LANGUAGE: language, STAGING: str(staging), clock.EPOCH: clock.epoch(today)},
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            ),
        )
        for language in languages
    )


def finish(build: LanguageBuild) -> str:
    """Wait for a build, and return what it said if it failed."""
    words, _ = build.process.communicate()
    return (words or f"it ended with code {build.process.returncode}") if build.process.returncode else ""


def stop(builds: Iterable[LanguageBuild]) -> None:
    """End the builds that are still under way."""
    for build in builds:
        if build.process.poll() is None:
            build.process.kill()
            build.process.communicate()


def main() -> int:
    """Build the one language that the environment names."""
    from evidencebase.host.mkdocs import build_language  # noqa: PLC0415 - it imports this module

    config_file, strict = sys.argv[1:3]
    build_language(config_file, os.environ[LANGUAGE], strict=bool(strict))
    return 0


if __name__ == "__main__":
    sys.exit(main())
