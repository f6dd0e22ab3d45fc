"""A page as one printed document: its own text, read into blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from evidencebase.export.pdf.compiler import pdf
from evidencebase.export.pdf.content import anchors, block_values
from evidencebase.export.pdf.pictures import Pictures
from evidencebase.export.pdf.press import Press, common_values, way_from
from evidencebase.model import Block, Page, Printed
from evidencebase.text.blocks import page_blocks

NUMBERED = ("clause-", "step-")
"""With what the anchors of clauses and steps begin; sheets and readers name them by their numbers."""


def document_pdf(press: Press, page: Page, printed: Printed) -> bytes:
    """Return the page as a PDF."""
    pictures = Pictures(press.root)
    values = document_values(press, page, printed, pictures)
    return pdf("document", values, pictures.found)


def document_values(press: Press, page: Page, printed: Printed, pictures: Pictures) -> Mapping[str, Any]:
    """Return what the template of a document places."""
    blocks = document_blocks(page)
    way = way_from(press, page, frozenset(anchors(blocks)))
    shown = block_values(blocks, way, pictures.of(page))
    return {**common_values(press, page, printed), "blocks": shown}


def document_blocks(page: Page) -> tuple[Block, ...]:
    """Return the blocks of the page, its clauses and steps numbered where it has any."""
    return tuple(_numbered(page_blocks(page.paper or page.body)))


def _numbered(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks with each clause or step as one: its number, its text, and the facts about it."""
    number = 0
    for block in blocks:
        if block.kind == "facts" and block.anchor.startswith(NUMBERED) and block.blocks:
            number += 1
            text, *rest = block.blocks
            facts = (replace(block, blocks=tuple(rest), anchor="", style="small"),) if rest else ()
            yield Block("clause", blocks=(*text.blocks, *facts), level=number, anchor=block.anchor)
        else:
            number = 0
            yield block
