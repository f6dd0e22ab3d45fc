"""What stands at the root of the site, above the languages: a way into each language, and the sitemap."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from evidencebase.model import KnowledgeBase, Page
from evidencebase.site.addresses import address
from evidencebase.text.locales import direction, language_name
from evidencebase.text.strings import say

CHOOSER = """<!doctype html>
<html lang="{language}" dir="{direction}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>{title}</title>
{refresh}<style>body{{font:1.25rem/1.6 system-ui,sans-serif;max-width:32rem;margin:4rem auto;padding:0 1rem}}</style>
<h1>{title}</h1>
<p>{invitation}</p>
<ul>
{choices}
</ul>
</html>
"""


def root_files(base: KnowledgeBase, pages: Iterable[Page], site_url: str) -> Mapping[str, str]:
    """Return the files of the site's root by name; the sitemap only where the site's address is known."""
    files = {"index.html": _chooser(base)}
    if site_url:
        files["sitemap.xml"] = _sitemap(pages, site_url)
    return files


def _chooser(base: KnowledgeBase) -> str:
    languages = base.settings.languages
    first = languages[0]
    choices = "\n".join(
        f'<li><a href="{code}/" lang="{code}" hreflang="{code}">{escape(language_name(code, code))}</a></li>'
        for code in languages
    )
    return CHOOSER.format(
        language=first,
        direction=direction(first),
        title=escape(base.settings.site_name),
        refresh=f'<meta http-equiv="refresh" content="0; url={first}/">\n' if len(languages) == 1 else "",
        invitation=escape(say(base.strings[first], "chooser.title")),
        choices=choices,
    )


def _sitemap(pages: Iterable[Page], site_url: str) -> str:
    """Return a sitemap by https://www.sitemaps.org/protocol.html; a page changed when it was last reviewed."""
    rows = "".join(_row(page, site_url) for page in pages)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{rows}</urlset>\n"


def _row(page: Page, site_url: str) -> str:
    reviewed = page.front_matter.get("last_reviewed")
    changed = f"<lastmod>{escape(str(reviewed))}</lastmod>" if reviewed else ""
    return f"<url><loc>{escape(site_url.rstrip('/') + '/' + address(page.path))}</loc>{changed}</url>\n"
