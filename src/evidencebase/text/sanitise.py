"""The second wall against hostile HTML, after raw HTML was taken out of the prose; the only door to nh3."""

from __future__ import annotations

import nh3

_ALLOWED = {
    "class", "id", "lang", "dir", "title", "role", "hidden", "aria-label", "aria-hidden", "aria-current",
    "aria-labelledby", "aria-describedby", "data-type", "data-strength", "data-direction", "tabindex",
}  # fmt: skip
_ATTRIBUTES = {
    "*": _ALLOWED,
    "a": _ALLOWED | {"href", "hreflang", "rel"},
    "img": _ALLOWED | {"src", "alt", "width", "height", "loading"},
    "th": _ALLOWED | {"scope", "colspan", "rowspan", "style"},
    "td": _ALLOWED | {"colspan", "rowspan", "style"},
    "details": _ALLOWED | {"open"},
    "time": _ALLOWED | {"datetime"},
    "ol": _ALLOWED | {"start"},
    "input": _ALLOWED | {"type", "disabled", "checked"},
    "data": _ALLOWED | {"value"},
}
_TAGS = nh3.ALLOWED_TAGS | {
    "section",
    "aside",
    "nav",
    "details",
    "summary",
    "figure",
    "figcaption",
    "time",
    "data",
    "main",
}
_SCHEMES = {"http", "https", "mailto"}


def clean(html: str) -> str:
    """Return the HTML without anything that could run, load or restyle."""
    return nh3.clean(
        html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None,
        filter_style_properties={"text-align"},
    )  # fmt: skip
