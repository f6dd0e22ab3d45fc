"""Finds links, images, headings, raw HTML and attribute lists in Markdown prose, each with its position.

Checking and rendering both use what is found here, so every fault has its column and code is never touched. Code is
only what is certain to be code for every Markdown reader: a closed fence at the left margin, or backticks on one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from evidencebase.model import Mark, Prose, Span
from evidencebase.text.slugs import heading_ids

_FENCE = re.compile(r"^(?P<fence>`{3,}|~{3,})[ ]*[\w+#.-]*[ ]*\n(?:.*?\n)?(?P=fence)[ ]*$", re.MULTILINE | re.DOTALL)
_LABEL = r"\[(?P<{}>(?:[^\[\]\\]|\\.|\[(?:[^\[\]\\]|\\.)*\])*)\]"
_DESTINATION = r"(?:<(?P<angle>[^<>\n]*)>|(?P<bare>(?:[^\s()\\<]|\\.|\((?:[^\s()\\]|\\.)*\))*))"
_TITLE = r"(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?"
_TOKEN = re.compile(
    r"(?P<citation>\[[^\[\]\n]*(?<![\w@])-?@[A-Za-z][^\[\]]*\](?!\())"
    r"|(?P<named>(?<![\w@/.])@[A-Za-z][\w:-]*(?:\.[\w:-]+)*)"
    r"|(?P<escape>\\[\\`*_{}\[\]()>#+.!~<-])"
    r"|(?P<code>(?<!`)(?P<ticks>`+)(?!`)[^\n]+?(?<!`)(?P=ticks)(?!`))"
    rf"|(?P<inline>!?{_LABEL.format('label')}\(\s*{_DESTINATION}{_TITLE}\s*\))"
    rf"|(?P<full>!?{_LABEL.format('words')}[ ]?\[(?P<key>[^\[\]\n]*)\])"
    r"|(?P<auto><(?P<address>[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[^\s<>@/:]+@[^\s<>]+\.[^\s<>]+)>)"
    r"|(?P<html><!--.*?(?:-->|\Z)|<(?P<element>script|style|iframe|object|svg|math|template)\b.*?(?:</(?P=element)\s*>|\Z)"
    r"|<[?!][^>]*(?:>|\Z)|</?[A-Za-z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>)"
    r"|(?P<attributes>\{:?[ ]*[^\s{}][^{}\n]*\})"
    r"|(?P<short>!?\[(?P<name>[^\[\]\n]+)\])",
    re.DOTALL | re.IGNORECASE,
)
_DEFINITION = re.compile(
    r"^ {0,3}\[(?P<key>[^\[\]\n]+)\]:[ ]*\n?[ ]*(?:<(?P<angle>[^<>\n]*)>|(?P<bare>\S+)).*$", re.MULTILINE
)
_HEADING = re.compile(
    r"^(?P<marks>#{1,6})[ ]*(?P<text>[^\n]*?)[ ]*#*(?:[ ]+\{:?[ ]*#(?P<id>[\w-]+)[ ]*\})?[ ]*$"
    r"|^(?P<words>[^\s>#|*+-][^\n]*)\n(?P<line>=+|-+)[ ]*$",
    re.MULTILINE,
)
_CLAIM = re.compile(r"^///[ ]*claim[ ]*\|[ ]*(?P<id>[^\n]*?)[ ]*\n(?P<body>.*?)^///[ ]*$", re.MULTILINE | re.DOTALL)
_CITED = re.compile(r"(?P<before>[^;@]*?)(?P<quiet>-?)@(?P<key>[A-Za-z][\w:-]*(?:\.[\w:-]+)*)(?P<after>[^;]*)")
_CLASSES_AND_IDS = re.compile(r"\{:?[ ]*(?:[#.][\w-]+[ ]*)+\}")


class Cited(NamedTuple):
    """One reference inside a citation."""

    key: str
    start: int
    """Where the key stands in the prose, `@` included."""
    before: str = ""
    locator: str = ""
    year_only: bool = False
    """The text names the author already: `-@key`."""


class _Target(NamedTuple):
    address: str
    start: int
    end: int


def scan(text: str, *, first_line: int = 1, reserved: Iterable[str] = ()) -> Prose:
    """Return the prose with everything found in it, in the order in which it stands.

    No heading gets a `reserved` id: these are the names of fields, which have headings of their own.
    """
    visible = _FENCE.sub(lambda fence: re.sub(r"[^\n]", " ", fence[0]), text)
    definitions = {_name(match["key"]): _target(match) for match in _DEFINITION.finditer(visible)}
    spans = [
        Span(Mark.CLAIM, *match.span(), match[0], match["id"], *match.span("id")) for match in _CLAIM.finditer(visible)
    ]
    position = 0
    for match in _DEFINITION.finditer(visible):
        spans.extend(_inline(visible, position, match.start(), definitions))
        # A definition that nothing uses is reported as well: it is one edit away from being used.
        spans.append(Span(Mark.LINK, match.start(), match.end(), "", *_target(match)))
        position = match.end()
    spans.extend(_inline(visible, position, len(visible), definitions))
    spans.extend(_headings(visible, reserved))
    return Prose(text, tuple(sorted(spans, key=lambda span: (span.start, -span.end))), first_line)


def line_and_column(prose: Prose, offset: int) -> tuple[int, int]:
    """Return the line of the file and the column, both from 1, of a place in the prose."""
    before = prose.text[:offset]
    return prose.first_line + before.count("\n"), offset - before.rfind("\n")


def cited(span: Span) -> tuple[Cited, ...]:
    """Return the references that a citation names: `[see @a, p. 3; @b]` or `@a` in running text."""
    if not span.text.startswith("["):
        return (Cited(span.text[1:], span.start),)
    return tuple(
        Cited(
            match["key"], span.start + 1 + match.start("key") - 1, match["before"].strip(),
            match["after"].strip(" ,"), bool(match["quiet"]),
        )
        for match in _CITED.finditer(span.text[1:-1])
    )  # fmt: skip


def only_classes_and_ids(attributes: str) -> bool:
    return _CLASSES_AND_IDS.fullmatch(attributes) is not None


def _inline(text: str, start: int, end: int, definitions: Mapping[str, _Target]) -> Iterator[Span]:
    position = plain_from = start
    while match := _TOKEN.search(text, position, end):
        position = match.end()
        if match["escape"] or match["code"]:
            yield from _plain(text, plain_from, match.start())
            plain_from = position
            continue
        span = _span(match, definitions)
        if span is None:
            position = match.start() + 1
            continue
        yield from _plain(text, plain_from, match.start())
        plain_from = position
        yield span
        if span.mark is Mark.LINK and not match["auto"]:
            # A link's words may hold an image, an attribute list or raw HTML of their own.
            label = match.start() + 1
            yield from _inline(text, label, label + len(span.text), {})
    yield from _plain(text, plain_from, end)


def _plain(text: str, start: int, end: int) -> Iterator[Span]:
    if start < end:
        yield Span(Mark.TEXT, start, end, text[start:end])


def _span(match: re.Match[str], definitions: Mapping[str, _Target]) -> Span | None:
    start, end = match.span()
    mark = Mark.IMAGE if match[0].startswith("!") else Mark.LINK
    if match["inline"]:
        return Span(mark, start, end, match["label"], *_target(match))
    if match["full"] or match["short"]:
        label = match["words"] if match["full"] else match["name"]
        target = definitions.get(_name(match["key"] or label))
        return Span(mark, start, end, label, *target) if target else None
    if match["citation"] or match["named"]:
        return Span(Mark.CITATION, start, end, match[0])
    if match["auto"]:
        address = match["address"]
        is_mail = "@" in address and ":" not in address
        return Span(Mark.LINK, start, end, address, f"mailto:{address}" if is_mail else address, start + 1, end - 1)
    return Span(Mark.HTML if match["html"] else Mark.ATTRIBUTES, start, end, match[0])


def _target(match: re.Match[str]) -> _Target:
    group = "angle" if match["angle"] is not None else "bare"
    return _Target(re.sub(r"\\(.)", r"\1", match[group] or ""), *match.span(group))


def _name(label: str) -> str:
    return " ".join(label.casefold().split())


def _headings(text: str, reserved: Iterable[str]) -> Iterator[Span]:
    found = tuple(_HEADING.finditer(text))
    words = [match["words"] if match["line"] else match["text"] for match in found]
    for match, heading, identifier in zip(found, words, heading_ids(words, reserved), strict=True):
        level = len(match["marks"]) if match["marks"] else 1 if match["line"][0] == "=" else 2
        yield Span(Mark.HEADING, *match.span(), heading, match["id"] or identifier, level=level)
