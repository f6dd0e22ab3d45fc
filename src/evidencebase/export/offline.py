"""One language of the site as files that open without a server: addresses name files, and the search brings its index.

A browser gives a page that was opened from a disk neither modules nor `fetch` nor workers. So Pagefind becomes a plain
script, and what it would fetch stands in another.
"""

from __future__ import annotations

import base64
import json
import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import unquote

from evidencebase.text.policy import content_policy

SEARCH = "assets/search/"
INDEX = f"{SEARCH}pagefind/"
BUNDLE = f"{SEARCH}index.js"
_LINK = re.compile(r'(<(?:a|link|form|img|script)\b[^>]*?\s(?:href|src|action)=")([^"]*)(")')
_POLICY = re.compile(r'(<meta http-equiv="Content-Security-Policy" content=")[^"]*(">)')
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_FOOTER = re.compile(r'(<footer class="md-footer eb-footer">\s*<div class="md-grid">)')
START = """<!doctype html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta http-equiv="refresh" content="0; url={language}/index.html">
<title>{title}</title>
</head>
<body><p><a href="{language}/index.html">{title}</a></p><p>{note}</p></body>
</html>
"""
LOADER = """
window.ebOffline = (function () {
  const parts = {};
  const place = (code) => (code === ebWords.language ? "" : `../${code}/`) + "%(bundle)s";
  const load = (code) => parts[code] = parts[code] || ebLoad(place(code)).then(() => ebIndex[code]);
  const offline = (code) => load(code).then((index) => index.engine());
  offline.file = (code, name) => load(code).then((index) => index[name]);
  return offline;
})();
""" % {"bundle": BUNDLE}  # noqa: UP031 - the script is full of curly brackets
"""Stands behind the words of the search; the index is loaded when somebody searches."""
ENGINE = """(function () {
  const files = %(files)s;
  const base = "https://offline.invalid/%(language)s/pagefind/";
  const bytes = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
  const fetch = (request) => {
    const name = String((request && request.url) || request).split("/pagefind/").pop().split("?")[0];
    return Promise.resolve(name in files ? new Response(bytes(files[name])) : new Response("", { status: 404 }));
  };
  const Worker = undefined;
  const engine = () => { %(engine)s };
  (window.ebIndex = window.ebIndex || {})["%(language)s"] = { engine, facets: %(facets)s, titles: %(titles)s };
})();
"""
_EXPORT = re.compile(r"export\s*\{([^}]*)\}")


@dataclass(frozen=True, slots=True)
class Copy:
    """What an offline copy says of itself."""

    language: str
    direction: str
    title: str
    note: str
    """When it was made, and where a newer one is."""
    site_root: str
    """The address of the site; empty where nobody has said it."""


def offline_files(files: Mapping[str, bytes], copy: Copy) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the copy by path; `files` are those of the site, from its root: `en/index.html`."""
    home = f"{copy.language}/"
    for path, data in files.items():
        if path.startswith(f"{home}{INDEX}"):
            continue
        if path.endswith(".html"):
            yield path, page(data.decode(), path, files.keys(), copy).encode()
        elif path == f"{home}{SEARCH}words.js":
            yield path, data + LOADER.encode()
        else:
            yield path, data
    if f"{home}{INDEX}pagefind.js" in files:
        yield f"{home}{BUNDLE}", _bundle(files, home).encode()
    start = {name: escape(getattr(copy, name)) for name in ("language", "direction", "title", "note")}
    yield f"start-{copy.language}.html", START.format(**start).encode()


def page(html: str, path: str, known: Collection[str], copy: Copy) -> str:
    """Return a page with every address leading to a file, and with the date of the copy at its end.

    What the copy does not hold is named by its address on the site, or is no link any more where nobody knows that.
    Other languages stay where they will be once their copy lies beside this one.
    """

    def leading(match: re.Match[str]) -> str:
        before, link, after = match.groups()
        return f"{before}{_local(link, path, known, copy)}{after}"

    html = _LINK.sub(leading, html)
    html = html.replace(' href=""', "")
    scripts = [one for one in _SCRIPT.findall(html) if one]
    html = _POLICY.sub(lambda match: f"{match[1]}{_policy(scripts)}{match[2]}", html)
    return _FOOTER.sub(lambda match: f"{match[1]}<p>{copy.note}</p>", html)


def _policy(scripts: list[str]) -> str:
    # For browsers that do not count files as their own origin, the scheme is named too.
    return content_policy(scripts, compiles=True).replace("'self'", "'self' file:")


def _local(link: str, path: str, known: Collection[str], copy: Copy) -> str:
    if not link or link.startswith(("#", "http:", "https:", "mailto:", "data:")):
        return link
    address, hash, anchor = link.partition("#")
    address, question, query = address.partition("?")
    there = unquote(address)
    target = posixpath.normpath(posixpath.join("/", posixpath.dirname(path), there) if there[:1] != "/" else there)[1:]
    if there.endswith(("/", "..", ".")) or not posixpath.splitext(target)[1]:
        target = posixpath.join(target, "index.html")
    if target in known or (target.split("/")[0] != copy.language and target.endswith(".html")):
        way = posixpath.relpath(target, posixpath.dirname(path))
        return f"{way}{question}{query}{hash}{anchor}"
    return f"{copy.site_root}/{target}{hash}{anchor}" if copy.site_root else ""


def _bundle(files: Mapping[str, bytes], home: str) -> str:
    """Return the index, and Pagefind itself, as one plain script."""
    index = f"{home}{INDEX}"
    module = files[f"{index}pagefind.js"].decode()
    exported = _EXPORT.search(module)
    assert exported is not None, "Pagefind's script exports nothing"
    names = ", ".join(_named(one) for one in exported[1].split(",") if one.strip())
    engine = module.replace(exported[0], f"return {{ {names} }}").replace("import.meta.url", '(base + "pagefind.js")')
    wanted = {
        path.removeprefix(index): base64.b64encode(data).decode()
        for path, data in files.items()
        if path.startswith(index) and not path.endswith(".js")
    }
    return ENGINE % {
        "files": json.dumps(wanted, separators=(",", ":")),
        "engine": engine,
        "language": home.rstrip("/"),
        "facets": files[f"{home}{SEARCH}facets.json"].decode().strip(),
        "titles": files[f"{home}{SEARCH}titles.json"].decode().strip(),
    }


def _named(export: str) -> str:
    """Return `inner as outer` as a property of an object."""
    inner, _, outer = export.strip().partition(" as ")
    return f"{outer or inner}: {inner}"
