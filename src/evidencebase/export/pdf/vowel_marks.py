"""Gives each letter and each vowel mark of a PDF its own text, so that Arabic can be searched and read aloud.

Typst gives the letter and the mark above it the text of both, each: whoever reads aloud or searches has the letter
twice. Here the glyph of the mark keeps the mark, and the other one the letter. A mark has no width and hangs above or
below the line; an alef that is tied to a lam has no width either, and stands on it.

https://opensource.adobe.com/dc-acrobat-sdk-docs/pdfstandards/PDF32000_2008.pdf, 7.5.4, 9.10.3 and 14.9.4
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Callable, Mapping
from functools import partial

from evidencebase.export.pdf.outlines import standing

Objects = dict[int, bytes]
"""The objects of a PDF by number."""
Letters = frozenset[int]
"""The glyphs of a font that are no marks."""
MARKS = re.compile("[\u064b-\u0652\u0670]")
_FONT = re.compile(rb"/Subtype/Type0.*?/DescendantFonts\[(\d+) 0 R\].*?/ToUnicode (\d+) 0 R", re.DOTALL)
_WIDTHS = re.compile(rb"/W\[([0-9. ]*)\]")
_DESCRIPTOR = re.compile(rb"/FontDescriptor (\d+) 0 R")
_FILE = re.compile(rb"/FontFile2 (\d+) 0 R")
_PAGE = re.compile(rb"/Type/Page\b.*?/Resources (\d+) 0 R.*?/Contents (\d+) 0 R", re.DOTALL)
_FONT_NAME = re.compile(rb"/(f\d+) (\d+) 0 R")
_STREAM = re.compile(rb"(.*?<</Length )\d+(.*?>>\nstream\n)(.*)(\nendstream\nendobj\n.*)", re.DOTALL)
_NAMED = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>")
_SPAN = re.compile(rb"/Span<</ActualText<FEFF([0-9A-F]+)>>>BDC(.*?)EMC", re.DOTALL)
_USED = re.compile(rb"/(f\d+) [0-9.]+ Tf")
_LITERAL = re.compile(rb"\(((?:\\.|[^\\)])*)\)", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def give_own_text(objects: Objects) -> None:
    """Change the objects of a PDF so that every letter and every mark is its own text."""
    fonts = {}
    for number, body in objects.items():
        if found := _FONT.search(body):
            fonts[number] = _letters(objects, int(found[1]))
            _change(objects, int(found[2]), partial(_named_anew, letters=fonts[number]))
    for body in tuple(objects.values()):
        if found := _PAGE.search(body):
            names = {name: fonts[int(font)] for name, font in _FONT_NAME.findall(objects[int(found[1])])
                     if int(font) in fonts}  # fmt: skip
            _change(objects, int(found[2]), partial(_drawn_anew, fonts=names))


def _change(objects: Objects, number: int, change: Callable[[bytes], bytes]) -> None:
    """Change the text of a stream."""
    if found := _STREAM.fullmatch(objects[number]):
        packed = zlib.compress(change(zlib.decompress(found[3])))
        objects[number] = b"%s%d%s%s%s" % (found[1], len(packed), found[2], packed, found[4])


def _letters(objects: Objects, number: int) -> Letters:
    """Return the glyphs of a font that have a width, or stand on the line; one whose width is not named has none."""
    font = objects[number]
    found, described = _WIDTHS.search(font), _DESCRIPTOR.search(font)
    values = [float(value) for value in found[1].split()] if found else []
    rows = zip(values[::3], values[1::3], values[2::3], strict=False)
    wide = {glyph for first, last, width in rows if width for glyph in range(int(first), int(last) + 1)}
    file = _FILE.search(objects[int(described[1])]) if described else None
    stream = _STREAM.fullmatch(objects[int(file[1])]) if file else None
    return frozenset(wide) | (standing(zlib.decompress(stream[3])) if stream else frozenset())


def _named_anew(names: bytes, letters: Letters) -> bytes:
    def own(match: re.Match[bytes]) -> bytes:
        text = bytes.fromhex(match[2].decode()).decode("utf-16-be", "surrogatepass")
        part = _part(text, is_mark=int(match[1], 16) not in letters)
        return b"<%s> <%s>" % (match[1], _hexadecimal(part))

    return _NAMED.sub(own, names)


def _drawn_anew(drawing: bytes, fonts: Mapping[bytes, Letters]) -> bytes:
    def own(match: re.Match[bytes]) -> bytes:
        used = _USED.search(match[2])
        letters = fonts.get(used[1]) if used else None
        seen = {glyph in letters for glyph in _glyphs(match[2])} if letters is not None else set()
        if len(seen) != 1:
            return match[0]
        text = bytes.fromhex(match[1].decode()).decode("utf-16-be", "surrogatepass")
        part = _part(text, is_mark=not seen.pop())
        return b"/Span<</ActualText<FEFF%s>>>BDC%sEMC" % (_hexadecimal(part), match[2])

    return _SPAN.sub(own, drawing)


def _glyphs(drawing: bytes) -> list[int]:
    """Return the numbers of the glyphs that are drawn."""
    data = b"".join(_ESCAPE.sub(_unescaped, literal) for literal in _LITERAL.findall(drawing))
    return [int.from_bytes(data[place : place + 2], "big") for place in range(0, len(data), 2)]


def _unescaped(match: re.Match[bytes]) -> bytes:
    code = match[1]
    return bytes([int(code, 8) & 255]) if code[:1].isdigit() else _LETTERS.get(code, code)


def _part(text: str, *, is_mark: bool) -> str:
    """Return of a letter with its marks the part that a glyph draws; of any other text the whole."""
    marks = "".join(character for character in text if unicodedata.combining(character))
    letters = "".join(character for character in text if not unicodedata.combining(character))
    return (marks if is_mark else letters) if marks and letters else text


def _hexadecimal(text: str) -> bytes:
    return text.encode("utf-16-be", "surrogatepass").hex().upper().encode()
