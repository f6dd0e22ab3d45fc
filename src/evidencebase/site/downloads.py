"""Files to print or keep, as pages offer them: each with its size and the date of its text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from evidencebase.model import Download, Page
from evidencebase.site.addresses import address
from evidencebase.site.edition import Edition, speaker, worded
from evidencebase.site.lists import front
from evidencebase.site.offline import offline_name
from evidencebase.site.views import Ref
from evidencebase.text.locales import shown_date, shown_number
from evidencebase.text.templates import fill, plain

PLACE = '<p class="eb-downloads eb-screen"></p>'
"""Where a page template leaves room for them; empty on a page that offers none."""
PAGE = "downloads/index.md"


@dataclass(frozen=True, slots=True)
class DownloadRow:
    title: str
    page: str
    """Address of the page that says the same; empty for the handbook."""
    files: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class DownloadGroup:
    title: str
    rows: tuple[DownloadRow, ...]


def with_downloads(edition: Edition, page: Page, downloads: Iterable[Download]) -> Page:
    """Return the page with links to its files."""
    links = " · ".join(f'<a href="{ref.url}">{plain(ref.title)}</a>' for ref in _refs(edition, page.path, downloads))
    words = plain(speaker(edition)("downloads.link"))
    filled = f'<p class="eb-downloads eb-screen"><strong>{words}:</strong> {links}</p>'
    return replace(page, body=page.body.replace(PLACE, filled, 1))


def downloads_page(edition: Edition, downloads: Iterable[Download]) -> Page:
    """Return the page that offers all files of the language."""
    say = speaker(edition)
    groups = tuple(_groups(edition, tuple(downloads)))
    offline = Ref(say("offline.link"), f"../../downloads/{edition.language}/{offline_name(edition)}")
    texts = {"title": say("downloads.title"), "intro": say("downloads.intro")}
    values = {"t": say, "groups": groups, "offline": offline, "start": f"start-{edition.language}.html", **texts}
    head = front(texts["title"], texts["intro"], [], PAGE)
    return Page(PAGE, head, fill(edition.base.templates, "downloads.md.jinja", values))


def _groups(edition: Edition, downloads: tuple[Download, ...]) -> Iterator[DownloadGroup]:
    """Yield the handbook, and then the files of each record type in the order of the types."""
    folders = {"": speaker(edition)("print.handbook")}
    folders |= {t.folder: worded(edition, t.plural) for t in edition.base.record_types.values()}
    for folder, title in folders.items():
        found: dict[str, list[Download]] = {}
        for one in downloads:
            if one.page.partition("/")[0] == folder:
                found.setdefault(one.page, []).append(one)
        rows = [
            DownloadRow(files[0].title, f"../{address(page)}" if page else "", _refs(edition, PAGE, files))
            for page, files in found.items()
        ]
        if rows:
            yield DownloadGroup(title, tuple(rows))


def _refs(edition: Edition, page: str, downloads: Iterable[Download]) -> tuple[Ref, ...]:
    up = "../" * (address(page).count("/") + 1)
    return tuple(Ref(_offer(edition, one), f"{up}downloads/{edition.language}/{one.path}") for one in downloads)


def _offer(edition: Edition, one: Download) -> str:
    """Return what is offered: `PDF, 104 kB, 22 November 2026 (2 pages)`."""
    say = speaker(edition)
    date = shown_date(one.date, edition.language) if one.date else ""
    text = say(f"downloads.{one.medium}", size=_size(edition, one.size), date=date)
    return f"{text} ({say('downloads.pages', count=one.pages)})" if one.pages else text


def _size(edition: Edition, size: int) -> str:
    say = speaker(edition)
    if size >= 1_000_000:
        return say("downloads.mb", number=shown_number(round(size / 1_000_000, 1), edition.language))
    return say("downloads.kb", number=shown_number(max(1, round(size / 1000)), edition.language))


def by_page(downloads: Iterable[Download]) -> Mapping[str, tuple[Download, ...]]:
    """Return the files of each page."""
    found: dict[str, list[Download]] = {}
    for one in downloads:
        if one.page:
            found.setdefault(one.page, []).append(one)
    return {page: tuple(files) for page, files in found.items()}
