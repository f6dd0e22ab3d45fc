"""Tells from the outlines of a TrueType font which glyphs stand on the line, as letters do, and marks do not.

https://learn.microsoft.com/typography/opentype/spec/glyf: every glyph begins with the box around it.
"""

from __future__ import annotations

import struct
from itertools import pairwise

LOW = 0.1
"""Of the height of a line: where every letter has a part of its outline, and no vowel mark has one."""


def standing(font: bytes) -> frozenset[int]:
    """Return the numbers of the glyphs whose outline reaches from the line, or below it, to above it."""
    tables = _tables(font)
    head, places, outlines = tables["head"], tables["loca"], tables["glyf"]
    (units,), (is_long,) = struct.unpack_from(">H", head, 18), struct.unpack_from(">h", head, 50)
    offsets = [number * (1 if is_long else 2) for (number,) in struct.iter_unpack(">I" if is_long else ">H", places)]
    found = set()
    for glyph, (start, end) in enumerate(pairwise(offsets)):
        if start < end:
            _, _, lowest, _, highest = struct.unpack_from(">5h", outlines, start)
            if lowest <= LOW * units < highest:
                found.add(glyph)
    return frozenset(found)


def _tables(font: bytes) -> dict[str, bytes]:
    (count,) = struct.unpack_from(">H", font, 4)
    rows = (struct.unpack_from(">4sIII", font, 12 + 16 * number) for number in range(count))
    return {tag.decode("latin-1"): font[offset : offset + length] for tag, _, offset, length in rows}
