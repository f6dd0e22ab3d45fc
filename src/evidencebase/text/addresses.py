"""Addresses: of pages, and as authors write them in links, with what they lead to."""

from __future__ import annotations

import html
import posixpath
import re
from urllib.parse import SplitResult, urlsplit

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")


def plain_address(target: str) -> str:
    """Return the address as a browser reads it: entities resolved, blanks and control characters gone."""
    return re.sub(r"[\x00-\x20]", "", html.unescape(target))


def scheme_of(target: str) -> str:
    """Return what an address begins with before its first colon: `https`; empty for a relative one."""
    found = _SCHEME.match(plain_address(target))
    return found[1] if found else ""


def is_elsewhere(target: str) -> bool:
    return bool(scheme_of(target)) or plain_address(target).startswith(("//", "\\\\"))


def is_web_address(target: str) -> bool:
    parts = parts_of(target)
    return parts is not None and parts.scheme in ("http", "https") and bool(parts.netloc)


def parts_of(target: str) -> SplitResult | None:
    """Return the parts of an address, or None where it is none."""
    try:
        return urlsplit(html.unescape(target))
    except ValueError:
        return None


def address(page: str) -> str:
    """Return the address of a page below the root of its language: `cities/riverton/`, or the empty text."""
    return page.removesuffix("index.md") if page.endswith("index.md") else page.removesuffix(".md") + "/"


def linked_address(page: str, target: str) -> tuple[str, str]:
    """Return the address below the root of the language that a relative link on a page leads to, and its anchor.

    A link names another page's file, as prose does, or its address, as generated parts do.
    """
    way, _, anchor = target.partition("#")
    if not way:
        return address(page), anchor
    start = posixpath.dirname(page) if way.endswith(".md") else address(page)
    there = posixpath.normpath(posixpath.join(start, way))
    if way.endswith(".md"):
        return address(there), anchor
    folder = way.endswith("/") and there != "."
    return f"{there}/" if folder else there.removeprefix("."), anchor
