"""The pictures of pages, by names under which a template or a book finds them."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from pathlib import Path

from evidencebase.export.pdf.compiler import LayoutError
from evidencebase.model import Page

KINDS = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp",
         ".svg": "image/svg+xml"}  # fmt: skip
"""What can be embedded, by the ending of the file."""


class Pictures:
    """Collects the pictures that pages show while they are read."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.found: dict[str, bytes] = {}

    def of(self, page: Page) -> Callable[[str], str]:
        """Return what gives the name of a picture that the page shows; raises LayoutError for one that it cannot."""
        files = dict(page.files)
        folder = posixpath.dirname(page.path)

        def name(target: str) -> str:
            source = files.get(posixpath.normpath(posixpath.join(folder, target)))
            ending = posixpath.splitext(target)[1].lower()
            if source is None or ending not in KINDS:
                raise LayoutError(f"the image '{target}' cannot be embedded")
            given = source.replace("/", "-")
            self.found[given] = (self.root / source).read_bytes()
            return given

        return name
