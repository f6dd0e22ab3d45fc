"""Prints of knowledge bases, and their words read back, for the tests of print."""

from __future__ import annotations

import ctypes
import io
import re
import struct
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pypdfium2

from evidencebase.cache.store import MemoryStore, Store
from evidencebase.content.pipeline import read
from evidencebase.export.pdf.document import document_blocks
from evidencebase.export.prints import Prints
from evidencebase.host.mkdocs.printing import printed
from evidencebase.model import Block, Inline, KnowledgeBase, Page
from evidencebase.site.editions import edition
from evidencebase.site.made import MadePages

ROOT = Path(__file__).parent.parent.parent
SITE = ROOT / "tests/sites/print"
TODAY = date(2026, 11, 22)
LANGUAGES = ("en", "es", "fr", "ar")
TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Where the direction of writing changes, as Poppler says it between words that have no blank between them."""
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069]")
MARKS = re.compile("[\u064b-\u0652\u0670]")
"""The vowel marks of Arabic, which no search looks at."""


@cache
def base(root: Path = SITE) -> KnowledgeBase:
    found = read(root).knowledge_base
    return replace(found, settings=replace(found.settings, site_url="https://riverton.example/"))


def made_pages(language: str, root: Path = SITE) -> MadePages:
    return MadePages(edition(base(root), language, TODAY), None)


@cache
def prints(language: str, root: Path = SITE) -> Prints:
    return printed_anew(language, root)


def printed_anew(
    language: str, root: Path = SITE, *, store: Store | None = None, processes: int = 1
) -> Prints:  # fmt: skip
    made = made_pages(language, root)
    shown = edition(base(root), language, TODAY)
    return printed(shown, made, root, MemoryStore() if store is None else store, processes=processes)


def files(language: str, root: Path = SITE) -> Mapping[str, bytes]:
    return {one.path: content for one, content in prints(language, root).files.items()}


def page(language: str, path: str, root: Path = SITE) -> Page:
    return made_pages(language, root).page(path)


def poppler_text(content: bytes) -> str:
    done = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True)
    return re.sub("[-\u00ad]\n", "", done.stdout.decode("utf-8"))


def pdfium_text(content: bytes) -> str:
    document = pypdfium2.PdfDocument(io.BytesIO(content))
    text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    return re.sub("[\ufffe\u0002](?:\r?\n)?|[-\u00ad]\r?\n", "", text)


def characters_of(font: bytes) -> set[int]:
    """Return the characters that a TrueType font has glyphs for.

    https://learn.microsoft.com/typography/opentype/spec/cmap
    """
    tables = (struct.unpack_from(">4sIII", font, 12 + 16 * number) for number in range(font[5]))
    start = next(offset for tag, _, offset, _ in tables if tag == b"cmap")
    (count,) = struct.unpack_from(">H", font, start + 2)
    found: set[int] = set()
    for number in range(count):
        (offset,) = struct.unpack_from(">I", font, start + 8 + 8 * number)
        found |= _characters(font, start + offset)
    return found - {0xFFFF}


def _characters(font: bytes, table: int) -> set[int]:
    (form,) = struct.unpack_from(">H", font, table)
    if form == 12:
        (count,) = struct.unpack_from(">I", font, table + 12)
        groups = (struct.unpack_from(">III", font, table + 16 + 12 * number) for number in range(count))
        return {code for first, last, _ in groups for code in range(first, last + 1)}
    assert form == 4
    count = struct.unpack_from(">H", font, table + 6)[0] // 2
    lasts = struct.unpack_from(f">{count}H", font, table + 14)
    firsts = struct.unpack_from(f">{count}H", font, table + 16 + 2 * count)
    return {code for first, last in zip(firsts, lasts, strict=True) for code in range(first, last + 1)}


def letter_sizes(content: bytes) -> set[float]:
    """Return the sizes in which the text of a PDF is set, in points."""
    pages = pypdfium2.PdfDocument(io.BytesIO(content))
    texts = (one for page in pages for one in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]))
    return {round(_size(one), 2) for one in texts}


def _size(text: pypdfium2.PdfObject) -> float:
    size = ctypes.c_float()
    pypdfium2.raw.FPDFTextObj_GetFontSize(text, size)
    return size.value


def words(text: str) -> list[str]:
    """Return the words of a text as a search finds them: without vowel marks and signs that nobody sees."""
    text = TURNS.sub(" ", unicodedata.normalize("NFKC", text))
    return re.findall(r"[^\W\d_]{2,}", MARKS.sub("", INVISIBLE.sub("", text)))


def found_again(text: str, source: str) -> float:
    """Return the share of the words of the source that the text has, as often as the source has them."""
    wanted = Counter(words(source))
    return 1 - (wanted - Counter(words(text))).total() / wanted.total()


def text_of(page: Page) -> str:
    """Return all that a page says on paper."""
    return "\n".join(_block_texts(document_blocks(page)))


def _block_texts(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if block.kind != "figure":
            yield "".join(map(_inline_text, block.inlines))
        yield from _block_texts(block.blocks)


def _inline_text(one: Inline) -> str:
    return one.text + "".join(map(_inline_text, one.inlines))
