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

CLAUSE = "clause-"
"""With what the anchors of clauses begin."""


def document_pdf(press: Press, page: Page, printed: Printed) -> bytes:
    """Return the page as a PDF; the clauses of a model text are numbered."""
    pictures = Pictures(press.root)
    values = document_values(press, page, printed, pictures)
    return pdf("document", values, pictures.found)


def document_values(press: Press, page: Page, printed: Printed, pictures: Pictures) -> Mapping[str, Any]:
    """Return what the template of a document places."""
    blocks = document_blocks(page, printed)
    way = way_from(press, page, frozenset(anchors(blocks)))
    shown = block_values(blocks, way, pictures.of(page))
    return {**common_values(press, page, printed), "blocks": shown}


def document_blocks(page: Page, printed: Printed) -> tuple[Block, ...]:
    """Return the blocks of the page, its clauses numbered where it has any."""
    blocks = page_blocks(page.paper or page.body)
    return tuple(_numbered(blocks)) if printed.kind == "clauses" else blocks


def _numbered(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks with each clause as one: its number, its text, and the facts about it."""
    number = 0
    for block in blocks:
        if block.kind == "facts" and block.anchor.startswith(CLAUSE) and block.blocks:
            number += 1
            text, *rest = block.blocks
            facts = (replace(block, blocks=tuple(rest), anchor="", style="small"),) if rest else ()
            yield Block("clause", blocks=(*text.blocks, *facts), level=number, anchor=block.anchor)
        else:
            yield block
