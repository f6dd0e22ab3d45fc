"""Makes the search index of a language with Pagefind's command line: a whole with a digest of its own."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from math import isqrt
from pathlib import Path

from evidencebase.diagnostics import KnowledgeBaseError
from evidencebase.site.search import IGNORED

UNUSED = ("*-ui.*", "pagefind-highlight.js", "wasm.unknown.pagefind")
"""What Pagefind writes and our own search does not load."""
PART_SIZE = "PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE"
"""Tells Pagefind how many places of words a part of the index holds; its own 20,000 are 30 kB and more."""


def write_index(documents: Mapping[str, str], target: Path) -> None:
    """Write the index of the documents, given by the address of their page, into a new folder."""
    with tempfile.TemporaryDirectory(prefix="evidencebase-search-") as folder:
        for address, html in documents.items():
            file = Path(folder) / address / "index.html"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(html, encoding="utf-8", newline="\n")
        _run("--site", folder, "--output-path", str(target), "--exclude-selectors", ",".join(IGNORED), "--silent",
             "--keep-index-url", part_size=part_size(len(documents)))  # fmt: skip
    for pattern in UNUSED:
        for path in target.glob(pattern):
            path.unlink()


def page_ids(index: Path) -> Mapping[str, str]:
    """Return the name that an index has for each page, by the page's address."""
    found = {}
    for path in sorted(index.glob("fragment/*.pf_fragment")):
        text = gzip.decompress(path.read_bytes()).decode()
        fragment = json.loads(text[text.index("{") :])
        found[fragment["url"].strip("/").removesuffix("index.html")] = path.stem
    return found


def part_size(pages: int) -> int:
    """Return how large a part of the index of so many pages is best.

    A search loads the list of all parts, which grows with their number, and a few of them, which grow with their size.
    The sum is least where both grow with the square root of the number of pages.
    """
    return max(500, isqrt(2000 * pages))


def _run(*arguments: str, part_size: int) -> None:
    done = subprocess.run(  # noqa: S603 - a program we have installed, on files we have written
        [sys.executable, "-m", "pagefind", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, PART_SIZE: str(part_size)},
    )
    if done.returncode:
        raise KnowledgeBaseError(f"the search index could not be made\n{done.stderr or done.stdout}")
