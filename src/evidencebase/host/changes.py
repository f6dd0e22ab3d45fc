"""Which files a contribution has changed, as git knows them."""

from __future__ import annotations

import subprocess
from pathlib import Path

from evidencebase.diagnostics import KnowledgeBaseError


def changed_files(root: Path, base: str) -> frozenset[str]:
    """Return the paths, from the root of the knowledge base, that differ from a commit or are new.

    Raises KnowledgeBaseError where there is no git, no repository, or no such commit.
    """
    differing = _git(root, "diff", "--name-only", "--relative", "-z", "--merge-base", base, "--", ".")
    return frozenset((*differing, *_git(root, "ls-files", "--others", "--exclude-standard", "-z", "--", ".")))


def _git(root: Path, *arguments: str) -> list[str]:
    try:
        done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=False)  # noqa: S603, S607
    except OSError as error:
        raise KnowledgeBaseError("git is not installed, and only git knows what has changed") from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise KnowledgeBaseError(f"git cannot tell what has changed: {said[0] if said else 'no reason given'}")
    return [path for path in done.stdout.decode("utf-8", "surrogateescape").split("\0") if path]
