"""Digests: short names for texts, the same on every machine and in every run."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path


def digest(*parts: str) -> str:
    """Return one digest for texts in their order."""
    hashed = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        hashed.update(b"%d:" % len(data))
        hashed.update(data)
    return hashed.hexdigest()[:32]


def digest_of_bytes(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:32]


def digest_of_file(path: Path | str) -> str:
    """Return the digest of a file's bytes, or the empty text where it cannot be read."""
    try:
        return digest_of_bytes(Path(path).read_bytes())
    except OSError:
        return ""


def digest_of_folders(folders: Iterable[Path]) -> str:
    """Return one digest for the names and the bytes of all files below the folders."""
    return digest(*(part for folder in folders for path in _files(folder)
                    for part in (path.relative_to(folder).as_posix(), digest_of_file(path))))  # fmt: skip


def _files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and "__pycache__" not in path.parts]
