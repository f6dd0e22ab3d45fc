"""Reads the text within a block: what is strong, what is a link, what stands by itself in another direction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from evidencebase.model import Inline
from evidencebase.text.html_tree import Node

SCREEN_ONLY = frozenset({"eb-screen", "eb-claim__why", "headerlink"})
"""Classes of what makes no sense on paper: ways back, buttons, links to what stands beside."""
INLINE = frozenset({
    "", "a", "abbr", "b", "bdi", "br", "cite", "code", "data", "del", "em", "i", "ins", "kbd", "mark", "q", "s",
    "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
})  # fmt: skip
SPANS = {"eb-dots": "dots", "eb-strength": "badge", "eb-contested": "badge", "eb-note": "note", "eb-term": "term"}


def read_inlines(children: Iterable[Node | str]) -> Iterator[Inline]:
    for child in children:
        if isinstance(child, str):
            yield Inline("text", child)
        elif not SCREEN_ONLY.intersection(child.attributes.get("class", "").split()):
            yield from _inline(child)


def _inline(node: Node) -> Iterator[Inline]:
    inner = tuple(read_inlines(node.children))
    language = node.attributes.get("lang", "")
    target = node.attributes.get("href", "")
    kind = next((kind for name, kind in SPANS.items() if node.has_class(name)), INLINES.get(node.tag, ""))
    if node.tag == "a" and not node.has_class("eb-term"):
        kind = "citation" if target.startswith("#ref-") else "link"
    if kind == "break":
        yield Inline("break")
    elif kind in ("code", "dots"):
        yield Inline(kind, plain_words(node))
    elif not kind and not language:
        yield from inner
    elif inner:
        yield Inline(kind or "isolate", inlines=inner, target=target, language=language)


INLINES = {
    "strong": "strong", "b": "strong", "em": "emphasis", "i": "emphasis", "cite": "emphasis", "code": "code", "kbd":
    "code", "bdi": "isolate", "br": "break",
}  # fmt: skip


def trimmed(inlines: Iterable[Inline]) -> tuple[Inline, ...]:
    """Return the inlines with blanks joined as HTML joins them, and none at either end."""
    made = [replace(one, text=_joined(one.text)) if one.kind == "text" else one for one in inlines]
    while made and made[0].kind == "text" and not made[0].text.strip(" "):
        made.pop(0)
    while made and made[-1].kind == "text" and not made[-1].text.strip(" "):
        made.pop()
    if made and made[0].kind == "text":
        made[0] = replace(made[0], text=made[0].text.lstrip(" "))
    if made and made[-1].kind == "text":
        made[-1] = replace(made[-1], text=made[-1].text.rstrip(" "))
    return tuple(made)


def _joined(text: str) -> str:
    """Return the text with runs of blanks and line ends as one blank; a non-breaking space is none of them."""
    words = [word for word in text.replace("\n", " ").replace("\t", " ").split(" ") if word]
    if not words:
        return " " if text else ""
    start, end = (" " if text[0] in " \n\t" else ""), (" " if text[-1] in " \n\t" else "")
    return f"{start}{' '.join(words)}{end}"


def plain_words(node: Node) -> str:
    """Return the words of an element and of all in it."""
    return "".join(child if isinstance(child, str) else plain_words(child) for child in node.children)
