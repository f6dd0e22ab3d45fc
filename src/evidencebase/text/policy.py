"""What a page may load and run, said by itself: a Content-Security-Policy with the hash of every script inside it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable

POLICY = (
    "default-src 'none'; script-src {scripts}; style-src {styles}; img-src 'self' data:; connect-src 'self'; "
    "worker-src 'self'; form-action 'self'; base-uri 'none'"
)
"""Whoever serves the site may add `frame-ancestors 'none'` as a header; a page cannot say it."""


def content_policy(scripts: Iterable[str] = (), styles: Iterable[str] = (), *, compiles: bool = False) -> str:
    """Return the policy of a page with these scripts and styles inside it.

    `compiles` allows WebAssembly in the page itself, which the search of the offline copy needs: there are no workers
    without a server.
    """
    allowed = ["'self'", *map(_hash, scripts), *(["'wasm-unsafe-eval'"] if compiles else [])]
    return POLICY.format(scripts=" ".join(allowed), styles=" ".join(["'self'", *map(_hash, styles)]))


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
