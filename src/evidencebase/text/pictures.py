"""Which files are pictures that a page can show and paper can hold, and how they begin."""

from __future__ import annotations

from collections.abc import Mapping

KINDS: Mapping[str, str] = {
    ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp", ".gif": "image/gif",
    ".svg": "image/svg+xml",
}  # fmt: skip
"""By the ending of the file."""
HEAD = 12
"""Bytes that tell what a picture is."""
_BEGINNINGS = {
    "image/png": (0, b"\x89PNG\r\n\x1a\n"), "image/jpeg": (0, b"\xff\xd8\xff"), "image/gif": (0, b"GIF8"),
    "image/webp": (8, b"WEBP"),
}  # fmt: skip


def media_type(name: str) -> str:
    """Return the media type of a file by its name; empty where it is no picture."""
    _, dot, ending = name.lower().rpartition(".")
    return KINDS.get(f"{dot}{ending}", "")


def begins_as(head: bytes) -> str:
    """Return the media type of a picture by its first bytes; empty where they are those of no kind known here."""
    found = (named for named, (place, sign) in _BEGINNINGS.items() if head.startswith(sign, place))
    return next(found, "")
