"""References that an earlier build has formatted already: four milliseconds each, and few of them ever change."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import astuple

from evidencebase.host.mkdocs.frame import engine_digest
from evidencebase.host.store import Store, digest
from evidencebase.model import Reference
from evidencebase.text.csl import KNOWN, Formatted


@contextlib.contextmanager
def known_formats(references: Iterable[Reference], language: str, store: Store) -> Iterator[None]:
    """Make what was formatted before known, and keep what is formatted meanwhile."""
    digests = {
        (one.key, one.bibtex, language): digest(engine_digest(), "reference", one.key, one.bibtex, language)
        for one in references
    }
    found = store.find(digests.values())
    for entry, wanted in digests.items():
        if wanted in found:
            KNOWN[entry] = Formatted(*json.loads(found[wanted]))
    yield
    new = {
        wanted: json.dumps(astuple(KNOWN[entry]), ensure_ascii=False)
        for entry, wanted in digests.items()
        if wanted not in found and entry in KNOWN
    }
    store.keep(new, found)
