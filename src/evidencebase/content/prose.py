"""Checks what stands in prose beside its links: images, raw HTML and attribute lists."""

from __future__ import annotations

import html
import posixpath
from collections import Counter
from collections.abc import Collection, Iterator
from urllib.parse import unquote

from evidencebase.diagnostics import Code, Diagnostic, Location
from evidencebase.fields import proses_of, where
from evidencebase.model import Document, Mark, Record, RecordType, Span
from evidencebase.text.addresses import is_elsewhere
from evidencebase.text.messages import nearest, quoted
from evidencebase.text.pictures import KINDS, media_type
from evidencebase.text.scanner import only_classes_and_ids


def check_prose(
    record: Record, document: Document, record_type: RecordType, files: Collection[str]
) -> Iterator[Diagnostic]:
    """Yield what is wrong with the images, raw HTML and attribute lists of a record; `files` lie beside it."""
    for prose in proses_of(record, record_type):
        opened: Counter[str] = Counter()
        for span in prose.text.spans:
            location = where(record, document, prose, span.start)
            if span.mark is Mark.IMAGE:
                yield from _check_image(span, location, files)
            elif span.mark is Mark.HTML:
                yield from _check_html(span, location, opened)
            elif span.mark is Mark.ATTRIBUTES and "=" in span.text and not only_classes_and_ids(span.text):
                hint = "only `{ #id }` and `{ .class }` may stand here; the rest is left out of the page"
                message = f"'{_shortened(span.text)}' sets an attribute"
                yield Diagnostic(location, Code.UNSAFE_ATTRIBUTE, message, hint)


def _check_image(span: Span, location: Location, files: Collection[str]) -> Iterator[Diagnostic]:
    if not span.text.strip():
        hint = "say in the square brackets what the image shows, for people who cannot see it"
        yield Diagnostic(
            location, Code.IMAGE_WITHOUT_ALT, f"the image '{quoted(span.target)}' has no description", hint
        )
    if is_elsewhere(span.target):
        hint = "put the image into the folder of the record, with its licence under `images`"
        yield Diagnostic(location, Code.LINK_OUTSIDE, "an image cannot be loaded from another site", hint)
        return
    name = posixpath.normpath(unquote(html.unescape(span.target)))
    if name not in files:
        hint = nearest(name, files) or "put the image into the folder of the record"
        message = f"there is no image '{quoted(span.target)}' beside this record"
        yield Diagnostic(location, Code.MISSING_FILE, message, hint)
    elif not media_type(name):
        message = f"'{quoted(span.target)}' is no picture, and cannot be embedded"
        hint = f"link to it without the `!`, or save a picture of it: {', '.join(KINDS)}"
        yield Diagnostic(location, Code.CANNOT_BE_PRINTED, message, hint)


def _check_html(span: Span, location: Location, opened: Counter[str]) -> Iterator[Diagnostic]:
    """Report a tag; the end of one that was reported needs no line of its own, and a comment is no fault."""
    name = span.text.strip("</>").split(maxsplit=1)[0].casefold() if span.text.strip("</>") else ""
    if span.text.startswith("<!--"):
        if not span.text.endswith("-->"):
            hint = "write `-->` where it ends; without it everything below is left out of the page"
            yield Diagnostic(location, Code.UNSAFE_HTML, "a comment begins with `<!--` and never ends", hint)
    elif span.text.startswith("</") and opened[name]:
        opened[name] -= 1
    else:
        opened[name] += 1
        hint = "write it in Markdown, or between backticks to show it as it is"
        message = f"'{_shortened(span.text)}' is HTML, which is left out of the page"
        yield Diagnostic(location, Code.UNSAFE_HTML, message, hint)


def _shortened(text: str) -> str:
    return quoted(" ".join(text.split()), limit=50)
