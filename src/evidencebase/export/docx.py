"""A model text as a Word file, for those who will change it; the only door to python-docx."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from evidencebase.export.pdf.document import document_blocks
from evidencebase.export.pdf.press import Press, foot
from evidencebase.model import Block, Inline, Page, Printed
from evidencebase.text.locales import direction

STYLES = {"lead": "Subtitle", "quote": "Quote"}
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every file inside: the same whenever it is made."""
UNSAFE = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF])
"""Characters that XML cannot hold."""


def clauses_docx(press: Press, page: Page, printed: Printed) -> bytes:
    """Return the page as a Word file, its clauses numbered as in print."""
    document = docx.Document()
    about = document.core_properties
    about.title, about.author = str(page.front_matter["title"]), ", ".join(printed.authors)
    about.language = press.language
    about.created = about.modified = datetime.fromisoformat(printed.date)
    about.last_modified_by, about.revision = "", 1
    writer = _Writer(document, right_to_left=direction(press.language) == "rtl")
    writer.blocks(document_blocks(page), "")
    writer.paragraph((Inline("text", foot(press, printed.url)),), "")
    target = io.BytesIO()
    document.save(target)
    return _timeless(target.getvalue())


class _Writer:
    """Adds blocks to a document, in the direction of its language."""

    def __init__(self, document: Any, *, right_to_left: bool) -> None:
        self.document = document
        self.right_to_left = right_to_left

    def blocks(self, blocks: Iterable[Block], style: str) -> None:
        for block in blocks:
            self.block(block, style)

    def block(self, block: Block, style: str) -> None:
        if block.kind == "heading":
            self.paragraph(block.inlines, f"Heading {min(block.level, 9)}")
        elif block.kind == "paragraph":
            self.paragraph(block.inlines, style or STYLES.get(block.style, ""))
        elif block.kind == "list":
            for item in block.blocks:
                self.blocks(item.blocks, "List Number" if block.style == "ordered" else "List Bullet")
        elif block.kind == "fact":
            self.paragraph((Inline("strong", inlines=block.inlines),), "")
            self.blocks(block.blocks, style)
        elif block.kind == "clause":
            first, *rest = block.blocks
            number = Inline("strong", inlines=(Inline("text", f"{block.level}. "),))
            self.paragraph((number, *first.inlines), "")
            self.blocks(rest, "")
        elif block.kind == "table":
            self.table(block)
        elif block.kind == "figure":
            self.paragraph(block.inlines, "")
        else:
            self.blocks(block.blocks, STYLES.get(block.kind, style))

    def table(self, block: Block) -> None:
        table = self.document.add_table(rows=0, cols=block.level, style="Table Grid")
        for row in block.blocks:
            for place, cell in zip(table.add_row().cells, row.blocks, strict=False):
                place.text = "\n".join(words(inner.inlines) for inner in cell.blocks).translate(UNSAFE)

    def paragraph(self, inlines: Iterable[Inline], style: str) -> None:
        paragraph = self.document.add_paragraph(style=style or None)
        if self.right_to_left:
            paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
            paragraph.alignment = (
                WD_ALIGN_PARAGRAPH.LEFT
            )  # in a paragraph from right to left, Word's "left" is its start
        for inline in inlines:
            self.run(paragraph, inline, frozenset())

    def run(self, paragraph: Any, one: Inline, marks: frozenset[str]) -> None:
        if one.kind == "break":
            paragraph.add_run().add_break()
        elif one.text:
            run = paragraph.add_run(one.text.translate(UNSAFE))
            run.bold = True if marks & {"strong", "badge"} else None
            run.italic = True if "emphasis" in marks else None
            if self.right_to_left:
                properties = run._r.get_or_add_rPr()
                mark = OxmlElement("w:rtl")
                mark.set(qn("w:val"), "1" if _is_right_to_left(one.text) else "0")
                properties.append(mark)
        for inner in one.inlines:
            self.run(paragraph, inner, marks | {one.kind})


def words(inlines: Iterable[Inline]) -> str:
    """Return the words of inlines."""
    return "".join(one.text or words(one.inlines) for one in inlines)


def _is_right_to_left(text: str) -> bool:
    return any("\u0590" <= character <= "\u08ff" for character in text)


def _timeless(content: bytes) -> bytes:
    """Return the archive with one time for all files in it."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as after:
        for name in sorted(before.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(info, before.read(name))
    return target.getvalue()
