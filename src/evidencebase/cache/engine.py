"""The digest of the engine itself: whatever of it or of its libraries changes may change everything."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

from evidencebase.cache.digests import digest, digest_of_folders

ENGINE = Path(__file__).parent.parent


@cache
def engine_digest() -> str:
    """Return the digest of the engine, of Python and of the versions of all installed packages."""
    packages = sorted(
        path.name
        for folder in sys.path
        if folder.endswith("site-packages")
        for path in Path(folder).glob("*.dist-info")
    )
    return digest(digest_of_folders([ENGINE]), sys.version, *packages)
