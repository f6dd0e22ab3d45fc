"""The kinds of pages a site has: of each kind, the page that is the largest."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

PARTS = {"by": "filter", "part": "part"}
"""Folders of generated lists, and what the lists in them are."""


def page_kinds(site: Path, language: str) -> Mapping[str, str]:
    """Return kind → address of its largest page, from the root of the site: `list of cities` → `en/cities/`."""
    largest: dict[str, tuple[int, str]] = {}
    folder = site / language
    for path in sorted(folder.rglob("*.html")):
        place = path.relative_to(site).as_posix()
        address = place.removesuffix("index.html")
        size = path.stat().st_size
        name = kind(path.relative_to(folder).as_posix())
        if size > largest.get(name, (0, ""))[0]:
            largest[name] = (size, address)
    return {name: address for name, (_, address) in sorted(largest.items())}


def kind(place: str) -> str:
    """Return what sort of page a file is, by its place below the folder of its language."""
    *folders, file = place.split("/")
    if file != "index.html":
        return file
    if not folders:
        return "home"
    if len(folders) == 1:
        return f"list of {folders[0]}"
    return f"{PARTS.get(folders[1], 'one')} of {folders[0]}"
