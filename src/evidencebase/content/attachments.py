"""Checks the files that lie beside a record and are published with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from evidencebase.diagnostics import Code, Diagnostic, Location

MAX_IMAGE = 1_000_000
"""Bytes; a photograph 1,600 pixels wide needs a third of it."""
IMAGES = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".svg")
OTHERS = (".csv", ".xlsx", ".ods", ".json", ".geojson", ".pdf")
ACTIVE_SVG = re.compile(
    r"<(?:[\w.-]+:)?(?:script|foreignObject|iframe|image|use|a|animate\w*|set|handler)\b|\bon\w+\s*=|javascript:|<!ENTITY"
    r"|(?:href|src)\s*=\s*[\"'](?!#)|url\(\s*[\"']?(?!#)|@import",
    re.IGNORECASE,
)


def check_files(folder: str, sizes: Mapping[str, int], drawings: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Yield files that are too large, of a kind that is not published, or drawings that could run or fetch something.

    `sizes` are those of all files in bytes, `drawings` the texts of the SVG files among them.
    """
    for name, size in sizes.items():
        path = f"{folder}/{name}"
        if not name.lower().endswith(IMAGES + OTHERS):
            hint = f"files end in {', '.join(IMAGES + OTHERS)}"
            yield Diagnostic(Location(path), Code.STRAY_FILE, f"'{name}' is not a kind of file that is published", hint)
        elif name.lower().endswith(IMAGES) and size > MAX_IMAGE:
            message = f"'{name}' has {size // 1000} kB, the limit is {MAX_IMAGE // 1000} kB"
            hint = "save it 1,600 pixels wide, as WebP or JPEG"
            yield Diagnostic(Location(path), Code.IMAGE_TOO_LARGE, message, hint)
    for name, text in drawings.items():
        if bad := ACTIVE_SVG.search(text):
            start = bad.start()
            location = Location(f"{folder}/{name}", text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start))
            hint = "save the drawing as plain SVG: no scripts, no links, no outside files"
            yield Diagnostic(location, Code.UNSAFE_IMAGE, f"'{bad[0][:40]}' is not allowed in an image", hint)
