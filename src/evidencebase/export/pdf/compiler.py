"""Lays out pages on paper; the only door to Typst.

What a page says goes in as JSON and is never source; fonts are the package's own; nothing is read from the disk or the
network; a warning is an error.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

import typst

from evidencebase.diagnostics import KnowledgeBaseError
from evidencebase.export.pdf.objects import packed, unpacked
from evidencebase.export.pdf.vowel_marks import MARKS, give_own_text
from evidencebase.text.glyphs import named
from evidencebase.text.typography import stripped

TEMPLATES = Path(__file__).parent / "typst"
FONTS = Path(__file__).parent.parent.parent / "fonts"


NOTHING: Mapping[str, bytes] = MappingProxyType({})


class LayoutError(KnowledgeBaseError):
    """What cannot be printed, in the words of Typst."""


def pdf(kind: str, content: Mapping[str, object], pictures: Mapping[str, bytes] = NOTHING) -> bytes:
    """Return the content as a PDF, laid out by the template of its kind; raises LayoutError.

    The file is PDF/UA-1, for screen readers, and PDF/A-2a, for libraries.
    """
    try:
        with _folder_of(pictures) as root:
            made, warnings = _compiler().compile_with_warnings(
                input=_template(kind), format="pdf", sys_inputs=_inputs(content), root=root,
                pdf_standards=["ua-1", "a-2a"], timestamp=0,
            )  # fmt: skip
    except typst.TypstError as error:
        raise LayoutError(_in_words(error, content)) from error
    if warnings:
        raise LayoutError("; ".join(warning.message for warning in warnings))
    assert isinstance(made, bytes)
    parts = unpacked(made)
    if any(MARKS.search(text) for text in _texts(content)):
        give_own_text(parts.objects)
    return packed(parts)


def _in_words(error: typst.TypstError, content: Mapping[str, object]) -> str:
    """Return what is wrong; a character that no font has is named by its number, with the words around it."""
    if found := re.search(r'the text `"(.*?)"` could not be displayed', error.message):
        escaped = re.match(r"\\u\{([0-9a-f]+)\}", found[1])
        character = chr(int(escaped[1], 16)) if escaped else found[1][:1]
        place = next((text for text in _texts(content) if character in text), "")
        around = place[max(place.find(character) - 30, 0) : place.find(character) + 30].strip()
        return f"no font for print has {named(character)}, which stands in '{around}'"
    return " ".join([error.message, *error.hints])


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (Mapping, list, tuple)):
        for inner in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(inner)


def page_count(content: bytes) -> int:
    """Return how many pages a PDF of ours has."""
    found = re.search(rb"/Type/Pages/Count (\d+)", content)
    assert found
    return int(found[1])


def lines_after(kind: str, content: Mapping[str, object], pages: int) -> int:
    """Return how many lines stand after so many pages; the template says where it ends, and how high a line is."""
    asked = typst.query(
        _template(kind), "<end>", field="value", one=True, sys_inputs=_inputs(content), font_paths=_fonts(),
        ignore_system_fonts=True,
    )  # fmt: skip
    found = json.loads(asked)
    return max(0, int((found["page"] - 1 - pages) * found["lines"] + found["line"] + 0.5))


def _inputs(content: Mapping[str, object]) -> dict[str, str]:
    return {"content": json.dumps(_clean(content), ensure_ascii=False)}


def _clean(value: object) -> object:
    """Return the content without what no text may hold."""
    if isinstance(value, str):
        return stripped(value)
    if isinstance(value, Mapping):
        return {key: _clean(inner) for key, inner in value.items()}
    return [_clean(inner) for inner in value] if isinstance(value, (list, tuple)) else value


@contextlib.contextmanager
def _folder_of(pictures: Mapping[str, bytes]) -> Iterator[str]:
    """Give a folder that holds these pictures and nothing else."""
    if not pictures:
        yield _empty_root()
        return
    with TemporaryDirectory(prefix="evidencebase-") as root:
        for name, content in pictures.items():
            (Path(root) / name).write_bytes(content)
        yield root


@cache
def _template(kind: str) -> bytes:
    return b"\n".join((TEMPLATES / f"{name}.typ").read_bytes() for name in ("blocks", kind))


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(font_paths=_fonts(), ignore_system_fonts=True, root=_empty_root())


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


@cache
def _empty_root() -> str:
    """Return a folder with nothing in it, so that no template finds anything to read."""
    return _ROOT.name


_ROOT = TemporaryDirectory(prefix="evidencebase-")
