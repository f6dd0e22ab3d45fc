"""What surrounds every page of a language: its navigation, and the digest of all that decides a page but its value."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from evidencebase.cache import digest, digest_of_folders
from evidencebase.cache.engine import engine_digest
from evidencebase.model import Strings
from evidencebase.site.addresses import address
from evidencebase.site.made import Head


def navigation(nav: Any, heads: Mapping[str, Head]) -> list[dict[str, Any]]:
    """Return the sections and their pages, each with title and address, from `nav` of `mkdocs.yml`.

    Where it names no title, the page's own is taken. Lists without records have no page, and stay away.
    """
    return list(_entries(nav, heads))


def _entries(nav: Any, heads: Mapping[str, Head]) -> Iterator[dict[str, Any]]:
    for entry in nav if isinstance(nav, Sequence) and not isinstance(nav, str) else ():
        title, target = next(iter(entry.items())) if isinstance(entry, Mapping) else ("", entry)
        if isinstance(target, str):
            if target in heads:
                own = title or heads[target].title or target
                yield {"title": own, "url": address(target), "children": []}
        elif children := list(_entries(target, heads)):
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
        digest_of_folders(folder for name in ("theme", "hooks") if (folder := root / name).is_dir()),
    )
