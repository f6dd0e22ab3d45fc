"""What surrounds every page of a language: its navigation, and the digest of all that decides a page but its value."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from evidencebase.host.store import digest
from evidencebase.model import Page, Strings
from evidencebase.site.addresses import address

ENGINE = Path(__file__).parent.parent.parent
TOOLS = ("citeproc-py", "jinja2", "markdown", "mkdocs", "mkdocs-material", "nh3", "pymdown-extensions", "pygments")
"""Whatever of these changes its version may change every page."""


def navigation(nav: Any, pages: Mapping[str, Page]) -> list[dict[str, Any]]:
    """Return the sections and their pages, each with title and address, from `nav` of `mkdocs.yml`.

    Where it names no title, the page's own is taken. Lists without records have no page, and stay away.
    """
    return list(_entries(nav, pages))


def _entries(nav: Any, pages: Mapping[str, Page]) -> Iterator[dict[str, Any]]:
    for entry in nav if isinstance(nav, Sequence) and not isinstance(nav, str) else ():
        title, target = next(iter(entry.items())) if isinstance(entry, Mapping) else ("", entry)
        if isinstance(target, str):
            if target in pages:
                own = title or str(pages[target].front_matter.get("title") or target)
                yield {"title": own, "url": address(target), "children": []}
        elif children := list(_entries(target, pages)):
            yield {"title": title, "url": children[0]["url"], "children": children}


def frame_digest(config: MkDocsConfig, strings: Strings) -> str:
    """Return the digest of everything but the page itself that its bytes depend on."""
    root = Path(config.config_file_path).parent
    settings = {name: config[name] for name in ("site_name", "site_url", "repo_url", "edit_uri", "copyright", "extra")}
    return digest(
        engine_digest(),
        Path(config.config_file_path).read_text(encoding="utf-8"),
        json.dumps({**settings, "theme": dict(config.theme)}, default=str, sort_keys=True),
        json.dumps([strings.language, dict(strings.texts)], default=dict, sort_keys=True),
        *(_files(root / name) for name in ("theme", "hooks")),
    )


def page_digest(frame: str, page: Page) -> str:
    """Return the digest under which the finished page is kept."""
    return digest(frame, page.path, page.source, json.dumps(page.front_matter, default=str), page.body)


@cache
def engine_digest() -> str:
    """Return the digest of the engine and of the tools that turn a page into HTML."""
    return digest(_files(ENGINE), *(f"{name} {version(name)}" for name in TOOLS))


def _files(folder: Path) -> str:
    hashed = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            hashed.update(f"{path.relative_to(folder).as_posix()}\n{path.stat().st_size}\n".encode())
            hashed.update(path.read_bytes())
    return hashed.hexdigest()
