"""Addresses as authors write them in links: their parts, and whether they lead away from the knowledge base."""

from __future__ import annotations

import html
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
