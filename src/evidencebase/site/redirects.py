"""Pages at former addresses that lead on to where a record stands now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from evidencebase.site.addresses import address, url
from evidencebase.site.edition import Edition, speaker
from evidencebase.site.made import Head
from evidencebase.text.locales import direction
from evidencebase.text.policy import content_policy

PAGE = """<!doctype html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta http-equiv="refresh" content="0; url={url}">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<link rel="canonical" href="{url}">
<title>{title}</title>
</head>
<body><main><h1>{title}</h1><p>{here} <a href="{url}">{name}</a></p></main></body>
</html>
"""


def redirects(edition: Edition, heads: Iterable[Head]) -> Mapping[str, str]:
    """Return a page for each former address, by its path; no script is needed to follow it."""
    say = speaker(edition)
    found: dict[str, str] = {}
    for head in heads:
        for name in head.findable.get("former", ()):
            old = _former(head.path, name)
            found[f"{address(old)}index.html"] = PAGE.format(
                language=edition.language,
                direction=direction(edition.language),
                policy=content_policy(),
                url=escape(url(old, head.path)),
                title=escape(say("redirect.title")),
                here=escape(say("redirect.here")),
                name=escape(head.title),
            )
    return found


def _former(path: str, name: str) -> str:
    """Return the path a record's page had when its folder, or its file, had this name."""
    if path.endswith("/index.md"):
        return f"{path.removesuffix('/index.md').rpartition('/')[0]}/{name}/index.md"
    folder, slash, _ = path.rpartition("/")
    return f"{folder}{slash}{name}.md"
