"""Blocks as the templates of Typst take them: plain values, with every link decided."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from evidencebase.model import Block, Inline
from evidencebase.text.typography import for_paper

Way = Callable[[str], str]
"""Where an address of the page leads on paper: to the web, to `#` and a label of the same document, or nowhere."""
LINKS = frozenset({"link", "citation", "term"})


def block_values(blocks: Iterable[Block], way: Way, picture: Way) -> list[Mapping[str, Any]]:
    """Return the blocks as JSON takes them; what is empty is left out.

    `picture` gives the name of the file that a figure shows.
    """
    return [_block(block, way, picture) for block in blocks]


def _block(block: Block, way: Way, picture: Way) -> Mapping[str, Any]:
    made: dict[str, Any] = {
        "kind": block.kind,
        "inlines": [_inline(one, way) for one in block.inlines],
        "blocks": block_values(block.blocks, way, picture),
        "style": block.style,
        "level": block.level,
        "anchor": way(f"#{block.anchor}").removeprefix("#") if block.anchor else "",
        "language": block.language,
    }
    if block.kind == "figure":
        made |= {"image": picture(block.target), "alt": "".join(one.text for one in block.inlines)}
    return {name: value for name, value in made.items() if value}


def _inline(one: Inline, way: Way) -> Mapping[str, Any]:
    made: dict[str, Any] = {"kind": one.kind}
    if one.kind in ("text", "code", "dots"):
        made["text"] = for_paper(one.text) if one.kind == "text" else one.text
    if one.inlines:
        made["inlines"] = [_inline(inner, way) for inner in one.inlines]
    if one.kind in LINKS:
        made["target"] = way(one.target)
    if one.language:
        made["language"] = one.language
    return made


def anchors(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield every anchor in the blocks."""
    for block in blocks:
        if block.anchor:
            yield block.anchor
        yield from anchors(block.blocks)
