"""Lays out pages on paper; the only door to Typst.

What a page says goes in as JSON and is never source; fonts are the package's own; nothing is read from the disk or the
network; a warning is an error.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from evidencebase.diagnostics import KnowledgeBaseError

TEMPLATES = Path(__file__).parent / "typst"
FONTS = Path(__file__).parent.parent.parent / "fonts"


class LayoutError(KnowledgeBaseError):
    """What cannot be printed, in the words of Typst."""


def pdf(kind: str, content: Mapping[str, object]) -> bytes:
    """Return the content as a PDF, laid out by the template of its kind; raises LayoutError.

    The file is PDF/UA-1, for screen readers, and PDF/A-2a, for libraries.
    """
    inputs = {"content": json.dumps(content, ensure_ascii=False)}
    try:
        made, warnings = _compiler().compile_with_warnings(
            input=_template(kind), format="pdf", sys_inputs=inputs, pdf_standards=["ua-1", "a-2a"], timestamp=0
        )
    except typst.TypstError as error:
        raise LayoutError(" ".join([error.message, *error.hints])) from error
    if warnings:
        raise LayoutError("; ".join(warning.message for warning in warnings))
    assert isinstance(made, bytes)
    return made


def page_count(content: bytes) -> int:
    """Return how many pages a PDF of ours has."""
    found = re.search(rb"/Type/Pages/Count (\d+)", content)
    assert found
    return int(found[1])


@cache
def _template(kind: str) -> bytes:
    return b"\n".join((TEMPLATES / f"{name}.typ").read_bytes() for name in ("blocks", kind))


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    return typst.Compiler(font_paths=fonts, ignore_system_fonts=True, root=_empty_root())


@cache
def _empty_root() -> str:
    """Return a folder with nothing in it, so that no template finds anything to read."""
    return _ROOT.name


_ROOT = TemporaryDirectory(prefix="evidencebase-")
