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
    made = tuple(pages)
    for page in made:
        _write(target / "docs" / page.path, page_text(page))
        for path, source in page.files:
            (target / "docs" / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(root / source, target / "docs" / path)
    extensions = [{name: dict(options)} if options else name for name, options in EXTENSIONS.items()]
    navigation = {
        "nav": [{str(page.front_matter["title"]): page.path} for page in made if _is_entrance(page)],
        "validation": {"nav": {"omitted_files": "ignore"}},
    }
    _write(target / "mkdocs.yml", write_yaml({**settings, "markdown_extensions": extensions, **navigation}))
    return len(made)


def _is_entrance(page: Page) -> bool:
    """Tell whether a page is one that leads to others: written by hand, or the list of a record type."""
    if page.front_matter.get("type") == "page":
        return True
    return f"{page.front_matter.get('section', '')}index.md" == page.path and "/" in page.path


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
