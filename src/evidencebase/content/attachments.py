"""Checks the files that lie beside a record and are published with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.parsers.expat import ErrorString, ExpatError, ParserCreate

from evidencebase.diagnostics import Code, Diagnostic, Location
from evidencebase.model import Prose
from evidencebase.text.glyphs import WITHOUT_GLYPH, named
from evidencebase.text.pictures import KINDS, begins_as, media_type
from evidencebase.text.scanner import line_and_column

MAX_IMAGE = 1_000_000
"""Bytes; a photograph 1,600 pixels wide needs a third of it."""
IMAGES = tuple(KINDS)
OTHERS = (".csv", ".xlsx", ".ods", ".json", ".geojson", ".pdf")
ACTIVE_SVG = re.compile(
    r"<(?:[\w.-]+:)?(?:script|foreignObject|iframe|image|use|a|animate\w*|set|handler)\b|\bon\w+\s*=|javascript:|<!ENTITY"
    r"|(?:href|src)\s*=\s*[\"'](?!#)|url\(\s*[\"']?(?!#)|@import",
    re.IGNORECASE,
)


def check_files(
    folder: str, sizes: Mapping[str, int], drawings: Mapping[str, str], heads: Mapping[str, bytes]
) -> Iterator[Diagnostic]:  # fmt: skip
    """Yield files that are too large, of a kind that is not published or not what their names say, and unfit drawings.

    `sizes` are those of all files in bytes, `drawings` the texts of the SVG files among them, `heads` the first bytes
    of other pictures.
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
        elif name in heads and (found := begins_as(heads[name])) != media_type(name):
            message = f"'{name}' is not the kind of picture that its name says, and cannot be embedded"
            right = f"{name.rpartition('.')[0]}.{found.rpartition('/')[2]}"
            hint = f"name it '{right}', as what it is" if found else "save it anew, as PNG, JPEG or WebP"
            yield Diagnostic(Location(path), Code.CANNOT_BE_PRINTED, message, hint)
    for name, text in drawings.items():
        yield from _check_drawing(f"{folder}/{name}", text)


def _check_drawing(path: str, text: str) -> Iterator[Diagnostic]:
    if bad := ACTIVE_SVG.search(text):
        hint = "save the drawing as plain SVG: no scripts, no links, no outside files"
        yield Diagnostic(
            _place(path, text, bad), Code.UNSAFE_IMAGE, f"'{bad[0][:40]}' is not allowed in an image", hint
        )
        return
    try:
        ParserCreate().Parse(text, True)
    except ExpatError as error:
        message = f"the drawing cannot be read: {ErrorString(error.code)}"
        hint = "save it anew from the drawing program, as plain SVG"
        yield Diagnostic(Location(path, error.lineno, error.offset + 1), Code.CANNOT_BE_PRINTED, message, hint)
        return
    if missing := WITHOUT_GLYPH.search(text):
        message = f"no font for print has {named(missing[0][0])}"
        hint = "turn the labels of the drawing into paths, or write them in other letters"
        yield Diagnostic(_place(path, text, missing), Code.CANNOT_BE_PRINTED, message, hint)


def _place(path: str, text: str, found: re.Match[str]) -> Location:
    return Location(path, *line_and_column(Prose(text), found.start()))
