"""Blocks as XHTML, for a book on a screen without a network."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from evidencebase.export.pdf.content import LINKS, Way
from evidencebase.model import Block, Inline
from evidencebase.text.locales import direction

TAGS = {"strong": "strong", "emphasis": "em", "code": "code", "isolate": "bdi", "note": "small", "badge": "b"}
WRAPPERS = {"item": "li", "claim": "section", "callout": "aside", "group": "div", "quote": "blockquote", "row": "tr",
            "clause": "section"}  # fmt: skip


def xhtml(blocks: Iterable[Block], way: Way, picture: Way) -> str:
    """Return the blocks as XHTML; `way` gives addresses within the book or on the web, `picture` those of pictures."""
    return "\n".join(_block(block, way, picture) for block in blocks)


def _block(block: Block, way: Way, picture: Way) -> str:
    inner = xhtml(block.blocks, way, picture)
    text = inlines(block.inlines, way)
    given = _attributes(block, way)
    if block.kind == "heading":
        return f"<h{block.level}{given}>{text}</h{block.level}>"
    if block.kind == "paragraph":
        return f"<p{given}>{text}</p>"
    if block.kind in ("list", "references"):
        tag = "ol" if block.style == "ordered" else "ul"
        start = f' start="{block.level}"' if tag == "ol" and block.level > 1 else ""
        return f"<{tag}{given}{start}>{inner}</{tag}>"
    if block.kind == "facts":
        return f"<dl{given}>{inner}</dl>"
    if block.kind == "fact":
        return f"<dt>{text}</dt><dd>{inner}</dd>"
    if block.kind == "code":
        return f"<pre{given}><code>{text}</code></pre>"
    if block.kind == "figure":
        alt = escape("".join(one.text for one in block.inlines))
        caption = f"<figcaption>{inner}</figcaption>" if inner else ""
        return f'<figure{given}><img src="{escape(picture(block.target))}" alt="{alt}"/>{caption}</figure>'
    if block.kind == "table":
        caption = f"<caption>{text}</caption>" if text else ""
        return f"<table{given}>{caption}<tbody>{inner}</tbody></table>"
    if block.kind == "cell":
        tag = "th" if block.style == "head" else "td"
        return f"<{tag}>{inner}</{tag}>"
    tag = WRAPPERS[block.kind]
    number = f"<p><strong>{block.level}.</strong></p>" if block.kind == "clause" else ""
    return f"<{tag}{given}>{number}{inner}</{tag}>"


def _attributes(block: Block, way: Way) -> str:
    made = ""
    if block.anchor:
        made += f' id="{escape(way(f"#{block.anchor}").rpartition("#")[2])}"'
    if name := block.style or (block.kind if block.kind in ("claim", "callout", "references") else ""):
        made += f' class="{escape(name)}"'
    return made + _language(block.language)


def _language(code: str) -> str:
    return f' xml:lang="{escape(code)}" lang="{escape(code)}" dir="{direction(code)}"' if code else ""


def inlines(all: Iterable[Inline], way: Way) -> str:
    """Return inlines as XHTML."""
    return "".join(_inline(one, way) for one in all)


def _inline(one: Inline, way: Way) -> str:
    if one.kind in ("text", "dots"):
        return escape(one.text, quote=False)
    if one.kind == "code":
        return f"<code>{escape(one.text, quote=False)}</code>"
    if one.kind == "break":
        return "<br/>"
    inner = inlines(one.inlines, way)
    if one.kind in LINKS:
        target = way(one.target)
        return f'<a href="{escape(target)}"{_language(one.language)}>{inner}</a>' if target else inner
    tag = TAGS.get(one.kind, "span")
    return f"<{tag}{_language(one.language)}>{inner}</{tag}>"
