"""A sheet as its template takes it, and as a text message: both from the parts that its page shows."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import segno

from evidencebase.export.pdf.compiler import LayoutError, lines_after, page_count, pdf
from evidencebase.export.pdf.press import Press, common_values, way_from, words
from evidencebase.model import Entry, Page, Part, Printed

STRONG = frozenset({"actions", "claims"})
"""Kinds of parts whose entries are set in bold: what to do, and what is claimed."""
PAGES = 2
SIZES = ((9.5, 11_000), (9.0, 11_750), (8.5, 1_000_000))
"""Sizes of the letters, in points, and with how many characters a size need not be tried. The largest that fits is
taken, and nothing is set smaller than the last."""
MESSAGE = 1499
"""Characters that a text message may have."""


def sheet_values(press: Press, page: Page, printed: Printed) -> Mapping[str, Any]:
    """Return what the template of a sheet places."""
    numbers = (entry.number for part in page.parts if part.kind == "claims" for entry in part.entries)
    way = way_from(press, page, frozenset(f"claim-{number}" for number in numbers))
    return {
        **common_values(press, page, printed),
        "parts": [_part(part, way) for part in page.parts],
        "valid": printed.valid,
        "levels": printed.legend,
        "qr": qr_code(printed.url) if printed.url else "",
        "qr-alt": words(press, "sheet.qr", url=printed.url),
        "scan": words(press, "sheet.scan"),
    }


def sheet_pdf(press: Press, page: Page, printed: Printed) -> bytes:
    """Return the sheet as a PDF, in the largest letters with which it fits its pages.

    Raises TooLong where it does not fit, and LayoutError where it rests on something that is not published.
    """
    if printed.unfit:
        raise LayoutError(f"it rests on {', '.join(printed.unfit)}, which is not published")
    values = sheet_values(press, page, printed)
    length = sum(map(len, _texts(page)))
    for size, most in SIZES:
        if length <= most:
            made = pdf("sheet", {**values, "size": size})
            if page_count(made) <= PAGES:
                return made
    raise TooLong(page_count(made), lines_after("sheet", {**values, "size": SIZES[-1][0]}, PAGES))


def _texts(page: Page) -> Iterator[str]:
    for part in page.parts:
        yield part.title
        for entry in part.entries:
            yield from (entry.lead, entry.text, *(text for line in entry.lines for text in (line.label, line.text)))


class TooLong(LayoutError):
    """A sheet that runs on beyond its pages."""

    def __init__(self, pages: int, lines: int) -> None:
        super().__init__(f"{pages} pages, {lines} lines too many")
        self.pages = pages
        self.lines = lines

    def __reduce__(self) -> tuple[type[TooLong], tuple[int, int]]:
        # It comes back from another process, which otherwise would make it anew from its message.
        return TooLong, (self.pages, self.lines)


def qr_code(url: str) -> str:
    """Return the address as a QR code in SVG; the code bears damage to 15 % of it, as on a folded sheet."""
    target = io.BytesIO()
    segno.make(url, error="m", micro=False).save(target, kind="svg", border=0, xmldecl=False, svgns=True)
    return target.getvalue().decode("ascii")


def _part(part: Part, way: Callable[[str], str]) -> Mapping[str, Any]:
    entries = [_entry(entry, way, part.kind) for entry in part.entries]
    return {"kind": part.kind, "title": part.title, "entries": entries}


def _entry(entry: Entry, way: Callable[[str], str], kind: str) -> Mapping[str, Any]:
    return {
        "text": entry.text,
        "lead": entry.lead,
        "number": entry.number,
        "dots": entry.dots,
        "strength": entry.strength,
        "contested": entry.contested,
        "strong": kind in STRONG,
        "target": way(entry.url),
        "language": entry.language,
        "lines": [{"label": line.label, "text": line.text, "target": way(line.url)} for line in entry.lines],
    }


def message_text(press: Press, page: Page, printed: Printed) -> bytes:
    """Return the text message as a file."""
    return message(page, printed).encode()


def message(page: Page, printed: Printed) -> str:
    """Return the sheet as plain text for a messaging app: what to do and by when; as much as fits, whole lines only.

    An action stands with its strength; claims stay behind, because none may travel without its qualifier.
    """
    head = [str(page.front_matter["title"]), printed.valid]
    tail = [printed.url] if printed.url else []
    room = MESSAGE - sum(len(line) + 1 for line in (*head, "", *tail))
    kept: list[str] = []
    for line in _message_lines(page):
        if len(line) + 1 > room - 2:
            kept.append("…")
            break
        kept.append(line)
        room -= len(line) + 1
    return "\n".join([*head, *kept, *tail]) + "\n"


def _message_lines(page: Page) -> Iterator[str]:
    for part in page.parts:
        if part.kind in ("actions", "asks"):
            yield f"\n{part.title}"
            for entry in part.entries:
                mark = "☐" if part.kind == "actions" else "?"
                sure = f" ({entry.strength})" if entry.strength else ""
                yield f"{mark} {entry.text}{sure}"
