"""The handbook as an EPUB 3: one file for phones and readers, without a network."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from html import escape
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from evidencebase.export.pdf.handbook import Book, BookPage, Chapters, book, book_way
from evidencebase.export.pdf.pictures import Pictures
from evidencebase.export.pdf.press import Press, web_address, words
from evidencebase.export.xhtml import xhtml
from evidencebase.text.locales import direction, shown_date
from evidencebase.text.pictures import media_type

STYLE = """body { line-height: 1.5 }
.claim { border-inline-start: 3px solid; padding-inline-start: 0.8em; margin-block: 1.2em }
.callout { border: 1px solid; padding: 0.6em }
.statement, .label, .kind, dt { font-weight: bold }
table { border-collapse: collapse } th, td { border-bottom: 1px solid; padding: 0.3em; text-align: start }
"""
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the book: the same whenever it is made."""


def handbook_epub(press: Press, chapters: Chapters, date: str) -> bytes:
    """Return the handbook as EPUB; `date` is that of the latest review of any page in it."""
    known = book(page for _, members in chapters for page in members)
    pictures = Pictures(press.root)
    files = {f"{one.name}.xhtml": _page(press, known, one, pictures) for one in known.values()}
    files |= {"cover.xhtml": _cover(press, date), "nav.xhtml": _contents(press, known, chapters), "style.css": STYLE}
    images = {f"images/{name}": content for name, content in pictures.found.items()}
    package = _package(
        press, date, "\n".join(_items(sorted(files), sorted(images))), [one.name for one in known.values()]
    )
    return _zipped({**files, "package.opf": package}, images)


def _page(press: Press, known: Book, one: BookPage, pictures: Pictures) -> str:
    inside = book_way(known, one, lambda there, anchor: web_address(press, there, anchor))

    def way(target: str) -> str:
        """Return an address in the book's own files: `p3.xhtml#p3-claims`."""
        led = inside(target)
        if not led.startswith("#"):
            return _web(led)
        name = led.removeprefix("#")
        page, _, anchor = name.partition("-")
        return f"{page}.xhtml{f'#{name}' if anchor else ''}"

    picture = pictures.of(one.page)
    body = xhtml(one.blocks, way, lambda target: f"images/{quote(picture(target))}")
    return _document(press, str(one.page.front_matter["title"]), body)


def _web(address: str) -> str:
    """Return an address as XHTML and its checkers take it: signs that no address may hold are escaped."""
    return quote(address, safe=":/?#[]@!$&'()*+,;=%~-._")


def _document(press: Press, title: str, body: str) -> str:
    language = escape(press.language)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xml:lang="{language}" lang="{language}" dir="{direction(press.language)}">
<head><title>{escape(title)}</title><link rel="stylesheet" href="style.css"/></head>
<body>
{body}
</body>
</html>
"""  # noqa: E501 - an element's attributes stand on one line


def _cover(press: Press, date: str) -> str:
    lines = (words(press, "print.handbook"), _state(press, date), words(press, "print.cover_note"))
    body = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return _document(press, press.settings.site_name, f"<h1>{escape(press.settings.site_name)}</h1>{body}")


def _state(press: Press, date: str) -> str:
    return words(press, "print.handbook_summary", date=shown_date(date, press.language))


def _contents(press: Press, known: Book, chapters: Chapters) -> str:
    names = {one.page.path: one.name for one in known.values()}
    lists = "".join(
        f'<li><a href="{names[pages[0].path]}.xhtml">{escape(title)}</a><ol>'
        + "".join(
            f'<li><a href="{names[page.path]}.xhtml">{escape(str(page.front_matter["title"]))}</a></li>'
            for page in pages
        )
        + "</ol></li>"
        for title, pages in chapters
    )
    title = words(press, "print.contents")
    return _document(press, title, f'<nav epub:type="toc" id="toc"><h1>{escape(title)}</h1><ol>{lists}</ol></nav>')


def _package(press: Press, date: str, items: str, order: list[str]) -> str:
    name = f"{press.settings.site_url}/{press.settings.site_name}/{press.language}/handbook"
    title = escape(f"{press.settings.site_name}: {words(press, 'print.handbook')}")
    spine = "".join(f'<itemref idref="{one}"/>' for one in ("cover", "nav", *order))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="{escape(press.language)}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:{uuid5(NAMESPACE_URL, name)}</dc:identifier>
<dc:title>{title}</dc:title>
<dc:language>{escape(press.language)}</dc:language>
<dc:publisher>{escape(press.settings.site_name)}</dc:publisher>
<dc:date>{date}</dc:date>
<meta property="dcterms:modified">{date}T00:00:00Z</meta>
</metadata>
<manifest>
{items}
</manifest>
<spine page-progression-direction="{direction(press.language)}">{spine}</spine>
</package>
"""


def _items(files: list[str], images: list[str]) -> Iterator[str]:
    for path in files:
        kind = "text/css" if path.endswith(".css") else "application/xhtml+xml"
        nav = ' properties="nav"' if path == "nav.xhtml" else ""
        yield f'<item id="{path.partition(".")[0]}" href="{path}" media-type="{kind}"{nav}/>'
    for number, path in enumerate(images):
        kind = media_type(path)
        yield f'<item id="image{number}" href="{quote(path)}" media-type="{kind}"/>'


def _zipped(files: Mapping[str, str], images: Mapping[str, bytes]) -> bytes:
    container = """<?xml version="1.0" encoding="UTF-8"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>
<rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>
"""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        # The first file tells what the archive is; it must not be compressed.
        archive.writestr(zipfile.ZipInfo("mimetype", EPOCH), "application/epub+zip")
        _add(archive, "META-INF/container.xml", container.encode())
        for path, text in files.items():
            _add(archive, f"book/{path}", text.encode("utf-8", "ignore"))
        for path, content in images.items():
            _add(archive, f"book/{path}", content)
    return target.getvalue()


def _add(archive: zipfile.ZipFile, path: str, content: bytes) -> None:
    info = zipfile.ZipInfo(path, EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, content)
