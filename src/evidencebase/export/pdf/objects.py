"""The objects of a PDF as Typst writes them, one by one, and a smaller file with the same objects packed together.

https://opensource.adobe.com/dc-acrobat-sdk-docs/pdfstandards/PDF32000_2008.pdf, 7.5.7 and 7.5.8; PDF/A-2 allows both.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

TOGETHER = 200
"""Objects that are packed together: a reader unpacks them all to see one."""
_START = re.compile(rb"startxref\n(\d+)\n%%EOF")
_TRAILER = re.compile(rb"trailer\n<</Size \d+(.*?)>>\n", re.DOTALL)
_FRAME = re.compile(rb"\d+ 0 obj\n(.*)\nendobj\n\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Pdf:
    head: bytes
    objects: dict[int, bytes]
    """By number, each with its frame `7 0 obj … endobj`, in the order of the file."""
    trailer: bytes
    """What the trailer says beside the number of objects."""


def unpacked(pdf: bytes) -> Pdf:
    """Return the objects of a PDF that Typst has written."""
    found = _START.search(pdf, len(pdf) - 64)
    trailer = _TRAILER.search(pdf, int(found[1]) if found else 0)
    assert found
    assert trailer
    table = pdf[int(found[1]) : trailer.start()].splitlines()
    order = sorted((int(line[:10]), number) for number, line in enumerate(table[3:], start=1))
    ends = [offset for offset, _ in order[1:]] + [int(found[1])]
    objects = {number: pdf[offset:end] for (offset, number), end in zip(order, ends, strict=True)}
    return Pdf(pdf[: order[0][0]], objects, trailer[1])


def packed(pdf: Pdf) -> bytes:
    """Return the file, with everything that is no stream packed together."""
    alone = {number: body for number, body in pdf.objects.items() if _stands_alone(body)}
    small = {number: body for number, body in pdf.objects.items() if number not in alone}
    size = max(pdf.objects) + 1
    # Where each object is: kind, then offset in the file or number of the stream, then place in the stream.
    places: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}
    pieces, position = [pdf.head], len(pdf.head)
    for number, body in [*alone.items(), *_together(small, size, places)]:
        places[number] = (1, position, 0)
        pieces.append(body)
        position += len(body)
        size = max(size, number + 1)
    places[size] = (1, position, 0)
    rows = b"".join(b"%c%c%c%c%c%c%c" % (kind, *offset.to_bytes(4, "big"), *place.to_bytes(2, "big"))
                    for kind, offset, place in (places[number] for number in range(size + 1)))  # fmt: skip
    said = b"/Type/XRef/Size %d/W[1 4 2]%s" % (size + 1, pdf.trailer)
    return b"".join([*pieces, _stream(size, said, rows), b"startxref\n%d\n%%%%EOF" % position])


def _stands_alone(body: bytes) -> bool:
    """Tell whether an object stays as it is: a stream must, and the list of pages is found at once where it does."""
    return body.rstrip().endswith(b"endstream\nendobj") or b"/Type/Pages" in body


def _together(
    objects: Mapping[int, bytes], first: int, places: dict[int, tuple[int, int, int]]
) -> Iterator[tuple[int, bytes]]:  # fmt: skip
    """Yield streams of many objects each, and note where each object is."""
    rows = list(objects.items())
    for stream, start in enumerate(range(0, len(rows), TOGETHER), start=first):
        index, bodies, offset = [], [], 0
        for place, (number, body) in enumerate(rows[start : start + TOGETHER]):
            found = _FRAME.fullmatch(body)
            assert found
            places[number] = (2, stream, place)
            index.append(b"%d %d" % (number, offset))
            bodies.append(found[1])
            offset += len(found[1]) + 1
        head = b" ".join(index) + b"\n"
        said = b"/Type/ObjStm/N %d/First %d" % (len(index), len(head))
        yield stream, _stream(stream, said, head + b"\n".join(bodies))


def _stream(number: int, said: bytes, content: bytes) -> bytes:
    data = zlib.compress(content, 9)
    frame = b"%d 0 obj\n<<%s/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream\nendobj\n"
    return frame % (number, said, len(data), data)
