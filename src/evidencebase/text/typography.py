"""Makes text fit to be set, on the screen and on paper alike: what belongs together stays on one line.

Nothing a reader sees is changed: blanks become blanks that do not break, and runs of Latin letters and figures are kept
whole in text that is written from right to left.
"""

from __future__ import annotations

import re

from evidencebase.text.locales import direction

LEFT_TO_RIGHT, FIRST_STRONG, END = "\u2066", "\u2068", "\u2069"
"""Isolates and their end: what stands between them is laid out by itself, the second by its first letter."""
JOINER = "\u2060"
_MAY_BREAK = re.compile(r"[^\S\u00a0\u202f]+")
"""Spaces and ends of lines, but neither the no-break space nor the narrow one."""
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""Control characters, overrides of the direction, halves of characters, and what is no character at all."""
_KEPT = re.compile(
    r"^(?:```|~~~).*?^(?:```|~~~)[^\n]*$|<(code|pre|svg|script)\b.*?</\1>|`[^`\n]*`|<[^>]*>|\]\([^)\n]*\)"
    r"|\{[^}\n]*\}|&\#?\w+;|https?://[^\s<>\"]+",
    re.DOTALL | re.MULTILINE,
)
"""What is no running text in Markdown: code, tags, addresses, attributes, character references."""
_UNIT = re.compile(r"(?<=\d) (?=(?:%|‰|°|€|£|\$|km|cm|mm|m²|kg|kB|MB)(?!\w))")
_FRENCH = re.compile(r"(?<=[\w)»%’'\"]) (?=[:;!?»](?:\s|$|[<*_]))|(?<=«) (?=\S)")
_LATIN = re.compile(r"(?<![\w/])(?=[\w./:-]*[A-Za-z])(?=[\w./:-]*[\d/])[A-Za-z0-9][\w./:-]*[A-Za-z0-9](?![\w/])")
"""Names with figures or strokes in them, such as COVID-19, S/RES/2250 and DOIs."""
_RANGE = re.compile(r"(?<=\d)[–—-](?=\d)")


def one_line(text: str) -> str:
    """Return the text on one line: runs of spaces and line ends become one space, no-break spaces stay."""
    return _MAY_BREAK.sub(" ", text).strip()


def stripped(text: str) -> str:
    """Return the text without characters that nobody sees and that no text may hold."""
    return _UNSEEN.sub("", text)


def typeset(text: str, language: str) -> str:
    """Return running text as its language sets it."""
    text = _UNIT.sub("\u00a0", text)
    if language.partition("-")[0] == "fr":
        text = _FRENCH.sub("\u00a0", text)
    if direction(language) == "rtl":
        text = _LATIN.sub(lambda match: f"{FIRST_STRONG}{match[0]}{END}", text)
    return text


def typeset_page(markdown: str, language: str) -> str:
    """Return the text of a page as its language sets it; code, tags and addresses stay as they are."""
    if typeset(markdown, language) == markdown:
        return stripped(markdown)  # most pages, and telling running text from the rest takes longer
    pieces, position = [], 0
    for kept in _KEPT.finditer(markdown):
        pieces += [typeset(markdown[position : kept.start()], language), kept[0]]
        position = kept.end()
    return stripped("".join([*pieces, typeset(markdown[position:], language)]))


def for_paper(text: str) -> str:
    """Return the text for a line of fixed width: ranges of figures do not break."""
    return _RANGE.sub(lambda match: f"{JOINER}{match[0]}{JOINER}", text)
