"""Makes the search index of a language with Pagefind's command line: a whole with a digest of its own."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from evidencebase.diagnostics import KnowledgeBaseError
from evidencebase.site.search import IGNORED

UNUSED = ("*-ui.*", "pagefind-highlight.js", "wasm.unknown.pagefind")
"""What Pagefind writes and our own search does not load."""


def write_index(documents: Mapping[str, str], target: Path) -> None:
    """Write the index of the documents, given by the address of their page, into a new folder."""
    with tempfile.TemporaryDirectory(prefix="evidencebase-search-") as folder:
        for address, html in documents.items():
            file = Path(folder) / address / "index.html"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(html, encoding="utf-8", newline="\n")
        _run("--site", folder, "--output-path", str(target), "--exclude-selectors", ",".join(IGNORED), "--silent",
             "--keep-index-url")  # fmt: skip
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


def _run(*arguments: str) -> None:
    done = subprocess.run(  # noqa: S603 - a program we have installed, on files we have written
        [sys.executable, "-m", "pagefind", *arguments], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise KnowledgeBaseError(f"the search index could not be made\n{done.stderr or done.stdout}")
