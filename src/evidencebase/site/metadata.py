"""What stands at the root of the site, above the languages: a way into each language, and the sitemap."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from html import escape

from evidencebase.model import KnowledgeBase
from evidencebase.site.addresses import address
from evidencebase.site.edition import Edition
from evidencebase.site.made import Head
from evidencebase.text.locales import direction, language_name
from evidencebase.text.policy import content_policy
from evidencebase.text.strings import say

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
SCRIPT = """(function (codes) {{
  var kept;
  try {{ kept = localStorage.getItem("eb-language"); }} catch (e) {{}}
  var spoken = [kept || ""].concat(navigator.languages || [navigator.language]);
  var wanted = spoken.map(function (l) {{ return l.slice(0, 2).toLowerCase(); }});
  var found = wanted.filter(function (l) {{ return codes.indexOf(l) >= 0; }})[0];
  if (found && !location.hash) location.replace(found + "/");
}})({codes});"""
"""Respects what was chosen before, else what the browser prefers; without JavaScript, or with `#`, all choose."""
STYLE = """body { font: 1.25rem/1.6 system-ui, sans-serif; max-width: 32rem; margin: 4rem auto; padding: 0 1rem; }
:root { color-scheme: light dark; }"""
CHOOSER = """<!doctype html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
{refresh}{script}<style>{style}</style>
</head>
<body>
<main>
<h1>{title}</h1>
<p>{invitation}</p>
<ul>
{choices}
</ul>
</main>
</body>
</html>
"""
ROBOTS = """User-agent: *
Allow: /
"""


def root_files(base: KnowledgeBase, site_root: str) -> Mapping[str, str]:
    """Return the files of the site's root by name; the index of sitemaps only where the site's address is known."""
    files = {"index.html": _chooser(base), "robots.txt": ROBOTS}
    if site_root:
        files["robots.txt"] += f"Sitemap: {site_root}/sitemap.xml\n"
        files["sitemap.xml"] = _sitemap_index(base, site_root)
    return files


def sitemap(edition: Edition, heads: Iterable[Head], site_root: str) -> str:
    """Return the sitemap of a language by https://www.sitemaps.org/protocol.html.

    A page changed when it was last reviewed. Other languages are named only where they have a text of their own.
    """
    rows = "".join(_row(edition, head, site_root) for head in heads if edition.language in _languages(edition, head))
    namespaces = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    return f"{HEAD}<urlset {namespaces}>\n{rows}</urlset>\n"


def _languages(edition: Edition, head: Head) -> tuple[str, ...]:
    """Return the languages in which the page has a text of its own; lists are made in every language."""
    return head.languages or edition.base.settings.languages


def _chooser(base: KnowledgeBase) -> str:
    languages = base.settings.languages
    first = languages[0]
    choices = "\n".join(
        f'<li><a href="{code}/" lang="{code}" dir="{direction(code)}" hreflang="{code}">'
        f"{escape(language_name(code, code))}</a></li>"
        for code in languages
    )
    script = SCRIPT.format(codes=json.dumps(list(languages))) if len(languages) > 1 else ""
    return CHOOSER.format(
        policy=content_policy([script] if script else [], [STYLE]),
        style=STYLE,
        language=first,
        direction=direction(first),
        title=escape(base.settings.site_name),
        refresh=f'<meta http-equiv="refresh" content="0; url={first}/">\n' if len(languages) == 1 else "",
        script=f"<script>{script}</script>\n" if script else "",
        invitation=" · ".join(escape(say(base.strings[code], "chooser.title")) for code in languages),
        choices=choices,
    )


def _sitemap_index(base: KnowledgeBase, site_root: str) -> str:
    rows = "".join(
        f"<sitemap><loc>{escape(f'{site_root}/{code}/sitemap.xml')}</loc></sitemap>\n"
        for code in base.settings.languages
    )
    return f'{HEAD}<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}</sitemapindex>\n'


def _row(edition: Edition, head: Head, site_root: str) -> str:
    def there(code: str) -> str:
        return escape(f"{site_root}/{code}/{address(head.path)}")

    changed = f"<lastmod>{escape(head.last_reviewed)}</lastmod>" if head.last_reviewed else ""
    codes = _languages(edition, head)
    others = "".join(f'<xhtml:link rel="alternate" hreflang="{code}" href="{there(code)}"/>' for code in codes)
    default = f'<xhtml:link rel="alternate" hreflang="x-default" href="{there(codes[0])}"/>'
    return f"<url><loc>{there(edition.language)}</loc>{changed}{others}{default}</url>\n"
