"""Reads the text of a page into blocks and inlines for print: what stands on the screen, in the same words and order.

The classes are those of the page templates (`record_types/macros.jinja`). What it does not know is read by its tag, so
that a site's own templates print as well.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from evidencebase.model import Block, Inline
from evidencebase.text.html_tree import Node, html_tree
from evidencebase.text.inlines import INLINE, SCREEN_ONLY, plain_words, read_inlines, trimmed
from evidencebase.text.markdown_syntax import page_html

STYLES = {
    "eb-lead": "lead", "eb-note": "note", "eb-unknown": "unknown", "eb-claim__kind": "kind", "eb-claim__statement":
    "statement", "eb-claim__qualifier": "qualifier", "eb-cite": "cite",
}  # fmt: skip


LISTS = {"eb-checklist": "checklist", "eb-refs": "refs"}


def page_blocks(markdown: str) -> tuple[Block, ...]:
    """Return the blocks of a page's text."""
    return html_blocks(page_html(markdown))


def html_blocks(html: str) -> tuple[Block, ...]:
    return tuple(_blocks(html_tree(html).children))


def _blocks(children: Iterable[Node | str]) -> Iterator[Block]:
    """Yield a block for each element, and a paragraph for each run of text between them."""
    run: list[Node | str] = []
    for child in children:
        if isinstance(child, str) or (child.tag in INLINE and not _holds_blocks(child)):
            run.append(child)
            continue
        yield from _paragraph(run, "")
        run = []
        if not SCREEN_ONLY.intersection(child.attributes.get("class", "").split()):
            yield from _in_language(child, BLOCKS.get(child.tag, _transparent)(child))
    yield from _paragraph(run, "")


def _holds_blocks(node: Node) -> bool:
    return any(child.tag not in INLINE or _holds_blocks(child) for child in node.elements())


def _in_language(node: Node, blocks: Iterable[Block]) -> Iterator[Block]:
    language = node.attributes.get("lang", "")
    for block in blocks:
        yield replace(block, language=language) if language and not block.language else block


def _paragraph(children: Iterable[Node | str], style: str) -> Iterator[Block]:
    inlines = trimmed(read_inlines(children))
    if inlines:
        yield Block("paragraph", inlines, style=style)


def _p(node: Node) -> Iterator[Block]:
    if _holds_images(node):
        yield from _blocks(child for child in node.children if isinstance(child, str) or child.tag != "img")
        yield from (block for image in node.elements("img") for block in _image(image))
        return
    style = next((style for name, style in STYLES.items() if node.has_class(name)), "")
    yield from _paragraph(node.children, style)


def _holds_images(node: Node) -> bool:
    return any(True for _ in node.elements("img"))


def _transparent(node: Node) -> Iterator[Block]:
    return _blocks(node.children)


def _div(node: Node) -> Iterator[Block]:
    if node.has_class("eb-notice") or node.has_class("admonition"):
        yield Block("callout", blocks=tuple(_blocks(node.children)), style=node.attributes.get("data-type", "note"))
    elif node.has_class("eb-row"):
        yield from (replace(block, anchor=node.attributes.get("id", "")) for block in _blocks(node.children))
    elif node.attributes.get("lang"):
        yield Block("group", blocks=tuple(_blocks(node.children)))
    else:
        yield from _blocks(node.children)


def _heading(node: Node) -> Iterator[Block]:
    inlines = trimmed(read_inlines(node.children))
    yield Block("heading", inlines, level=int(node.tag[1]), anchor=node.attributes.get("id", ""))


def _section(node: Node) -> Iterator[Block]:
    if not node.has_class("eb-claim"):
        return _blocks(node.children)
    # The small headings of a claim are labels: they belong to no outline.
    inner = (
        Block("paragraph", block.inlines, style="label") if block.kind == "heading" else block
        for block in _blocks(node.children)
    )
    return iter((Block("claim", blocks=tuple(inner), anchor=node.attributes.get("id", "")),))


def _list(node: Node) -> Iterator[Block]:
    kind = "references" if node.has_class("eb-references") else "list"
    items = tuple(_item(item) for item in node.elements("li"))
    if kind == "references":
        items = tuple(replace(item, style=written_from(item)) for item in items)
    start = node.attributes.get("start", "1")
    if items:
        ordered, first = ("ordered" if node.tag == "ol" else ""), (int(start) if start.isdecimal() else 1)
        style = next((style for name, style in LISTS.items() if node.has_class(name)), ordered)
        yield Block(kind, blocks=items, style=style, level=first)


def _item(node: Node) -> Block:
    blocks = _in_language(node, _blocks(node.children))
    return Block("item", blocks=tuple(blocks), anchor=node.attributes.get("id", ""))


def written_from(block: Block) -> str:
    """Return the direction in which a block is written: that of its first letter, `ltr` or `rtl`; else nothing."""
    for character in "".join(_words(block)):
        if (kind := unicodedata.bidirectional(character)) in ("L", "R", "AL"):
            return "ltr" if kind == "L" else "rtl"
    return ""


def _words(block: Block) -> Iterator[str]:
    def inside(one: Inline) -> str:
        return one.text + "".join(map(inside, one.inlines))

    yield from map(inside, block.inlines)
    for inner in block.blocks:
        yield from _words(inner)


def _definitions(node: Node) -> Iterator[Block]:
    facts: list[Block] = []
    title: tuple[Inline, ...] = ()
    inner = (part for child in node.elements() for part in (child.elements() if child.tag == "div" else (child,)))
    for part in inner:
        if part.tag == "dt":
            title = trimmed(read_inlines(part.children))
        elif part.tag == "dd":
            facts.append(Block("fact", title, tuple(_blocks(part.children))))
    if facts:
        yield Block("facts", blocks=tuple(facts), style="known" if node.has_class("eb-known") else "")


def _table(node: Node) -> Iterator[Block]:
    rows: list[Block] = []
    caption: tuple[Inline, ...] = ()
    for part in _rows(node):
        if part.tag == "caption":
            caption = trimmed(read_inlines(part.children))
            continue
        cells = tuple(
            Block("cell", blocks=tuple(_blocks(cell.children)), style="head" if cell.tag == "th" else "")
            for cell in part.elements("th", "td")
        )
        head = all(cell.style == "head" for cell in cells)
        rows.append(Block("row", blocks=cells, style="head" if head else ""))
    if rows:
        yield Block("table", caption, tuple(rows), level=max(len(row.blocks) for row in rows))


def _rows(node: Node) -> Iterator[Node]:
    for child in node.elements():
        if child.tag in ("tr", "caption"):
            yield child
        else:
            yield from _rows(child)


def _figure(node: Node) -> Iterator[Block]:
    caption = tuple(_blocks(part for each in node.elements("figcaption") for part in each.children))
    images = [block for image in node.elements("img") for block in _image(image)]
    yield from (replace(image, blocks=caption) for image in images)
    if not images:
        yield from caption


def _image(node: Node) -> Iterator[Block]:
    alt = node.attributes.get("alt", "")
    yield Block("figure", (Inline("text", alt),), target=node.attributes.get("src", ""))


def _quote(node: Node) -> Iterator[Block]:
    yield Block("quote", blocks=tuple(_blocks(node.children)))


def _code(node: Node) -> Iterator[Block]:
    yield Block("code", (Inline("text", plain_words(node).strip("\n")),))


BLOCKS: Mapping[str, Callable[[Node], Iterator[Block]]] = {
    "p": _p, "dt": _p, "summary": _p, "div": _div, "section": _section, "aside": _section, "ul": _list, "ol": _list,
    "dl": _definitions, "table": _table, "figure": _figure, "img": _image, "blockquote": _quote, "pre": _code,
    "hr": lambda _: iter(()), "svg": lambda _: iter(()), **{f"h{level}": _heading for level in range(1, 7)},
}  # fmt: skip
