"""Pages as plain Markdown files with front matter: what any other site generator can read."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from evidencebase.content.yaml_source import write_yaml
from evidencebase.model import Page
from evidencebase.text.markdown_syntax import EXTENSIONS


def page_text(page: Page) -> str:
    """Return the page as the text of a Markdown file."""
    return f"---\n{write_yaml(dict(page.front_matter))}---\n{page.body}"


def write_tree(pages: Iterable[Page], root: Path, target: Path, settings: Mapping[str, object]) -> int:
    """Write the pages, the files they show and a configuration below `target`; return how many pages there are."""
    count = 0
    for page in pages:
        _write(target / "docs" / page.path, page_text(page))
        for path, source in page.files:
            (target / "docs" / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(root / source, target / "docs" / path)
        count += 1
    extensions = [{name: dict(options)} if options else name for name, options in EXTENSIONS.items()]
    _write(target / "mkdocs.yml", write_yaml({**settings, "markdown_extensions": extensions}))
    return count


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
