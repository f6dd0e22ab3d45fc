"""What a page says, as paper and books need it: a closed set of blocks and inlines, read from the page's own text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Inline:
    """A stretch of text within a block."""

    kind: str
    """text, strong, emphasis, code, note, badge, dots, link, citation, term, isolate or break"""
    text: str = ""
    """Only where the kind is text, code or dots."""
    inlines: tuple[Inline, ...] = ()
    target: str = ""
    """Where a link, citation or glossary term leads: the address as the page has it."""
    language: str = ""
    """Where it is not that of the block."""


@dataclass(frozen=True, slots=True)
class Block:
    """A block with what it holds; what a kind has no use for is empty."""

    kind: str
    """heading, paragraph, list, item, facts, fact, claim, callout, group, quote, code, table, row, cell, figure or
    references"""
    inlines: tuple[Inline, ...] = ()
    blocks: tuple[Block, ...] = ()
    style: str = ""
    """lead, note, label, unknown … of a paragraph; the sort of a callout; ordered, of a list; head, of a row."""
    level: int = 0
    anchor: str = ""
    target: str = ""
    """The file of a figure, as the page names it."""
    language: str = ""
    """Where it is not that of the page."""
