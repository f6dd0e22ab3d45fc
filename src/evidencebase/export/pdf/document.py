"""A page as one printed document: its own text, read into blocks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evidencebase.export.pdf.content import anchors, block_values
from evidencebase.export.pdf.press import Press, common_values, way_from
from evidencebase.model import Page, Printed
from evidencebase.text.blocks import page_blocks


def document_values(press: Press, page: Page, printed: Printed) -> Mapping[str, Any]:
    """Return what the template of a document places."""
    blocks = page_blocks(page.body)
    way = way_from(press, page, frozenset(anchors(blocks)))
    return {**common_values(press, page, printed), "blocks": block_values(blocks, way)}
