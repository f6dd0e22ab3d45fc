"""The site of this repository, built as anybody builds it."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Iterator, Mapping
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from real_site import ROOT, TODAY, run

CONTENT = shutil.ignore_patterns(".*", "site", "tests", "__pycache__")


def files(site: Path) -> Mapping[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.levels: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        if tag in ("img", "script", "iframe", "source") and "src" in found:
            self.loads.append(found["src"])
        if tag == "link" and found.get("rel") in ("stylesheet", "icon", "preload", "preconnect"):
            self.loads.append(found["href"])
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.levels.append(int(tag[1]))


@cache
def parsed(path: Path) -> _Page:
    page = _Page()
    page.feed(path.read_text(encoding="utf-8"))
    return page


def pages(site: Path) -> Iterator[tuple[str, _Page]]:
    for path in sorted(site.rglob("*.html")):
        yield path.relative_to(site).as_posix(), parsed(path)


def target(site: Path, page: str, link: str) -> tuple[Path, str]:
    parts = urlsplit(urljoin(f"/{page}", link))
    path = site / unquote(parts.path).lstrip("/")
    return (path / "index.html" if parts.path.endswith("/") else path), unquote(parts.fragment)


def test_every_link_and_anchor_leads_somewhere(built: Path) -> None:
    broken = []
    for page, found in pages(built):
        for link in (*found.links, *found.loads):
            if urlsplit(link).scheme or link.startswith("//"):
                continue
            path, anchor = target(built, page, link)
            if not path.is_file() or (anchor and path.suffix == ".html" and anchor not in parsed(path).ids):
                broken.append((page, link))
    assert broken == []


def test_no_page_loads_anything_from_another_host(built: Path) -> None:
    assert [(page, url) for page, found in pages(built) for url in found.loads if "//" in url] == []


def test_every_id_stands_once_on_its_page(built: Path) -> None:
    twice = [(page, id) for page, found in pages(built) for id in set(found.ids) if found.ids.count(id) > 1]
    assert twice == []


def test_every_page_has_one_main_heading_and_skips_no_level(built: Path) -> None:
    wrong = []
    for page, found in pages(built):
        if page == "index.html" or page.endswith("404.html"):
            continue
        levels = found.levels
        steps = zip([0, *levels], levels, strict=False)
        if levels.count(1) != 1 or any(later - earlier > 1 for earlier, later in steps if earlier):
            wrong.append((page, levels))
    assert wrong == []


def test_lists_stay_light_enough_for_a_slow_phone(built: Path) -> None:
    written = {"evidence-map", "compare", "method", "translations"}
    lists = [
        path
        for path in built.rglob("index.html")
        if path.parent.name not in written and (path.parent.parent.parent == built or {"by", "part"} & {*path.parts})
    ]
    heavy = {path: size for path in lists if (size := len(gzip.compress(path.read_bytes(), 9))) > 12_000}
    assert lists
    assert heavy == {}


def test_another_folder_hash_seed_and_time_zone_give_the_same_bytes(built: Path, tmp_path: Path) -> None:
    copy = tmp_path / "another-folder"
    shutil.copytree(ROOT, copy, ignore=CONTENT)
    done = run(
        "evidencebase", "build", "--today", TODAY, folder=copy, PYTHONHASHSEED="2", TZ="Pacific/Kiritimati",
        LC_ALL="C",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert files(copy / "site") == files(built)


def test_plain_mkdocs_gives_the_same_site(built: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(ROOT, copy, ignore=CONTENT)
    seconds = str(1_795_305_600)  # 2026-11-22 in UTC
    done = run("mkdocs", "build", "--strict", folder=copy, SOURCE_DATE_EPOCH=seconds)
    assert done.returncode == 0, done.stderr
    assert files(copy / "site") == files(built)


def test_a_content_error_fails_plain_mkdocs_with_the_same_words_and_keeps_the_old_site(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(ROOT, copy, ignore=CONTENT)
    (copy / "site").mkdir()
    (copy / "site" / "index.html").write_text("old", encoding="utf-8")
    city = next((copy / "cities").iterdir()) / "index.md"
    city.write_text(city.read_text(encoding="utf-8").replace("\ntitle:", "\ntitel:", 1), encoding="utf-8")
    checked = run("evidencebase", "check", folder=copy)
    built = run("mkdocs", "build", folder=copy)
    error = next(line for line in checked.stdout.splitlines() if "unknown-field" in line)
    assert checked.returncode == 1
    assert built.returncode != 0
    assert error in built.stderr + built.stdout
    assert files(copy / "site") == {"index.html": b"old"}
    assert not list(copy.glob(".site-*"))


def test_properdocs_builds_the_exported_pages_without_evidencebase(tmp_path: Path) -> None:
    done = run("evidencebase", "export", "pages", str(tmp_path / "tree"), "--today", TODAY, folder=ROOT)
    assert done.returncode == 0, done.stderr
    program = "import sys; sys.modules['evidencebase'] = None; from properdocs.__main__ import cli; cli()"
    tree = tmp_path / "tree" / "en"
    built = run("python", "-c", program, "build", "--strict", "--site-dir", str(tmp_path / "out"), folder=tree)
    assert built.returncode == 0, built.stderr
    made = {path.relative_to(tree / "docs").as_posix() for path in (tree / "docs").rglob("*.md")}
    assert made
    for path in made:
        address = path.removesuffix("index.md") if path.endswith("index.md") else f"{path.removesuffix('.md')}/"
        assert (tmp_path / "out" / address / "index.html").is_file()
