"""Finds links, images, headings, raw HTML and attribute lists in Markdown prose, each with its position.

Checking and rendering both use what is found here, so every fault has its column and code is never touched. Code is
only what is certain to be code for every Markdown reader: a closed fence at the left margin, or backticks on one line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from evidencebase.model import Mark, Prose, Span
from evidencebase.text.slugs import heading_ids

# Possessive quantifiers and bounds keep the time in step with the length of the text, whatever stands in it.
_FENCE = re.compile(r"^(?P<indent>[ ]{0,3})(?P<fence>`{3,}|~{3,})(?P<info>[^\n]*+)$", re.MULTILINE)
_LANGUAGE = re.compile(r"[ ]*+[\w+#.-]*+[ ]*+")
_CODE = re.compile(r"(?<!`)(?P<ticks>`+)(?!`)[^\n]{1,2000}?(?<!`)(?P=ticks)(?!`)")
_PARAGRAPH_END = re.compile(r"\n[ \t]*+(?:\n|\Z)|\Z")
_LABEL = r"\[(?P<{}>(?:[^\[\]\\]|\\.|\[(?:[^\[\]\\]|\\.)*+\])*+)\]"
_DESTINATION = r"(?:<(?P<angle>[^<>\n]*+)>|(?P<bare>(?:[^\s()\\<]|\\.|\((?:[^\s()\\]|\\.)*+\))*+))"
_TITLE = r"(?:\s++(?:\"[^\"\n]*+\"|'[^'\n]*+'))?+"
_DEFINITION = re.compile(
    r"^[ ]{0,3}\[(?P<defined>[^\[\]\n]+)\]:[ ]*+\n?[ ]*+(?:<(?P<within>[^<>\n]*+)>|(?P<plain>[^\s]++))[^\n]*+",
    re.MULTILINE,
)
_TOKEN = re.compile(
    # Nearly every character can begin nothing; told so first, the search takes a fifth of the time.
    r"(?=[ \[@\\`!<{])(?=[ ]{0,3}\[|[^ ])"
    rf"(?:(?P<definition>{_DEFINITION.pattern})"
    r"|(?P<citation>\[(?=[^\[\]]*+\](?!\())[^\[\]\n]*?(?<![\w@])-?@[A-Za-z][^\[\]]*+\])"
    r"|(?P<named>(?<![\w@/.])@[A-Za-z][\w:-]*+(?:\.[\w:-]++)*+)"
    r"|(?P<escape>\\[\\`*_{}\[\]()>#+.!-])"
    rf"|(?P<code>{_CODE.pattern})"
    rf"|(?P<inline>!?{_LABEL.format('label')}\(\s*+{_DESTINATION}{_TITLE}\s*+\))"
    rf"|(?P<full>!?{_LABEL.format('words')}[ ]?\[(?P<key>[^\[\]\n]*+)\])"
    r"|(?P<auto><(?P<address>[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*+|[^\s<>@/:]++@(?:[^\s<>@.]++\.)++[^\s<>@.]++)>)"
    r"|(?P<html><!--.*?(?:-->|\Z)|<(?P<element>script|style|iframe|object|svg|math|template)\b.*?(?:</(?P=element)\s*>|\Z)"
    r"|<[?!][^>]*(?:>|\Z)|</?[A-Za-z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*+>)"
    r"|(?P<attributes>\{:?[ ]*+[^\s{}][^{}\n]*+\})"
    r"|(?P<short>!?\[(?P<name>[^\[\]\n]++)\])"
    r"|(?P<stray>`+))",
    re.DOTALL | re.IGNORECASE | re.MULTILINE,
)
_HEADING = re.compile(
    r"^(?P<marks>#{1,6})(?P<text>[^\n]*+)$|^(?P<words>[^\s>#|*+-][^\n]*+)\n(?P<line>=++|-++)[ ]*+$", re.MULTILINE
)
_HEADING_ID = re.compile(r"\{:?[ ]*#(?P<id>[\w-]+)[ ]*\}")
_CLAIM = re.compile(r"^///[ ]*+(?:claim[ ]*+\|[ ]*+(?P<id>[^\n]*+))?$", re.MULTILINE)
_CITED = re.compile(r"(?<![\w@])(?P<quiet>-?)@(?P<key>[A-Za-z][\w:-]*+(?:\.[\w:-]++)*+)")
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
    fences = tuple(_fences(text))
    visible = _blanked(text, fences)
    definitions = {
        _name(match["defined"]): _target(match, "within", "plain") for match in _DEFINITION.finditer(visible)
    }
    spans = [*_claims(visible), *_inline(visible, 0, len(visible), definitions)]
    html = ((span.start, span.end) for span in spans if span.mark is Mark.HTML)
    spans.extend(_headings(_blanked(visible, html), reserved))
    spans = [part for span in spans for part in _outside(span, fences)]
    return Prose(text, tuple(sorted(spans, key=lambda span: (span.start, -span.end))), first_line)


def line_and_column(prose: Prose, offset: int) -> tuple[int, int]:
    """Return the line of the file and the column, both from 1, of a place in the prose."""
    return prose.first_line + prose.text.count("\n", 0, offset), offset - prose.text.rfind("\n", 0, offset)


def cited(span: Span) -> tuple[Cited, ...]:
    """Return the references that a citation names: `[see @a, p. 3; @b]` or `@a` in running text."""
    if not span.text.startswith("["):
        return (Cited(span.text[1:], span.start),)
    found, start = [], span.start + 1
    for part in span.text[1:-1].split(";"):
        if match := _CITED.search(part):
            before, locator = part[: match.start()].strip(), part[match.end() :].strip(" ,")
            found.append(Cited(match["key"], start + match.start("key") - 1, before, locator, bool(match["quiet"])))
        start += len(part) + 1
    return tuple(found)


def only_classes_and_ids(attributes: str) -> bool:
    return _CLASSES_AND_IDS.fullmatch(attributes) is not None


def _fences(text: str) -> Iterator[tuple[int, int]]:
    """Yield where code stands between fences, up to the first one that readers of Markdown take differently."""
    opened: re.Match[str] | None = None
    for line in _FENCE.finditer(text):
        if opened is None:
            if line["indent"] or not _LANGUAGE.fullmatch(line["info"]):
                return
            opened = line
        elif line["fence"].startswith(opened["fence"]) and not line["info"].strip():
            if line["indent"] or line["fence"] != opened["fence"]:
                return
            yield opened.start(), line.end()
            opened = None


def _outside(span: Span, fences: tuple[tuple[int, int], ...]) -> Iterator[Span]:
    """Yield the span; plain text in pieces, without the code that stands between them."""
    if span.mark is not Mark.TEXT:
        yield span
        return
    inside = fences[bisect_right(fences, (span.start,)) : bisect_right(fences, (span.end,))]
    edges = (span.start, *chain.from_iterable(inside), span.end)
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        yield from _plain(span.text, start - span.start, end - span.start, at=span.start)


def _blanked(text: str, stretches: Iterable[tuple[int, int]]) -> str:
    """Return the text with spaces in these stretches, so that everything stays where it is."""
    pieces, position = [], 0
    for start, end in stretches:
        if start >= position:
            pieces += [text[position:start], "\n".join(" " * len(line) for line in text[start:end].split("\n"))]
            position = end
    return "".join([*pieces, text[position:]])


def _claims(text: str) -> Iterator[Span]:
    opened: re.Match[str] | None = None
    for line in _CLAIM.finditer(text):
        if opened is None:
            opened = line if line["id"] is not None else None
        elif line["id"] is None:
            id, start = opened["id"].rstrip(" "), opened.start("id")
            yield Span(
                Mark.CLAIM, opened.start(), line.end(), text[opened.start() : line.end()], id, start, start + len(id)
            )
            opened = None


def _inline(text: str, start: int, end: int, definitions: Mapping[str, _Target]) -> Iterator[Span]:
    position = plain_from = start
    # After backticks that have no match on their line, nobody can say what is code in the rest of the paragraph.
    uncertain = 0
    while match := _TOKEN.search(text, position, end):
        position = match.end()
        if match["escape"] or (match["code"] and match.start() >= uncertain):
            yield from _plain(text, plain_from, match.start())
            plain_from = position
            continue
        if match["code"]:
            position = match.end("ticks")
            continue
        if "`" in _CODE.sub("", match[0]) and not match["html"] and match.start() >= uncertain:
            uncertain = _PARAGRAPH_END.search(text, match.end()).end()  # type: ignore[union-attr]
        if match["stray"]:
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


def _plain(text: str, start: int, end: int, *, at: int = 0) -> Iterator[Span]:
    if start < end:
        yield Span(Mark.TEXT, at + start, at + end, text[start:end])


def _span(match: re.Match[str], definitions: Mapping[str, _Target]) -> Span | None:
    start, end = match.span()
    if match["definition"]:
        # A definition that nothing uses is reported as well: it is one edit away from being used.
        return Span(Mark.LINK, start, end, "", *_target(match, "within", "plain"))
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


def _target(match: re.Match[str], angle: str = "angle", bare: str = "bare") -> _Target:
    group = angle if match[angle] is not None else bare
    return _Target(re.sub(r"\\(.)", r"\1", match[group] or ""), *match.span(group))


def _name(label: str) -> str:
    return " ".join(label.casefold().split())


def _headings(text: str, reserved: Iterable[str]) -> Iterator[Span]:
    found = tuple(_HEADING.finditer(text))
    headings = [_heading(match) for match in found]
    for match, (words, own), identifier in zip(
        found, headings, heading_ids((w for w, _ in headings), reserved), strict=True
    ):
        level = len(match["marks"]) if match["marks"] else 1 if match["line"][0] == "=" else 2
        # Behind the underline stand only blanks, and these may be what is left of something that was blanked out.
        end = match.end("text" if match["marks"] else "line")
        yield Span(Mark.HEADING, match.start(), end, words, own or identifier, level=level)


def _heading(match: re.Match[str]) -> tuple[str, str]:
    """Return the words of a heading and the id its author gave it."""
    line = (match["text"] if match["marks"] else match["words"]).strip(" ")
    words, brace, attributes = line.rpartition("{")
    own = _HEADING_ID.fullmatch(brace + attributes)
    if own and (not words or words.endswith(" ")):
        line = words
    return line.strip(" ").rstrip("#").rstrip(" "), own["id"] if own else ""
