"""The pictures of pages, by names under which a template or a book finds them."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from pathlib import Path

from evidencebase.export.pdf.compiler import LayoutError
from evidencebase.model import Page
from evidencebase.text.pictures import media_type


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
            if source is None or not media_type(target):
                raise LayoutError(f"the image '{target}' cannot be embedded")
            given = source.replace("/", "-")
            self.found[given] = (self.root / source).read_bytes()
            return given

        return name
