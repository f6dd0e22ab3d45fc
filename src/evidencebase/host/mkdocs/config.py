"""What MkDocs is told: the theme, the extensions, the navigation, and one file for each page."""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel

from evidencebase.cache import digest
from evidencebase.host.mkdocs.frame import navigation
from evidencebase.model import Page, Strings
from evidencebase.site.edition import Edition
from evidencebase.site.made import Head
from evidencebase.text.locales import language_name
from evidencebase.text.markdown_syntax import EXTENSIONS, READY_HTML

THEME = Path(__file__).parent.parent.parent / "theme"


def configured(
    config: MkDocsConfig, edition: Edition, heads: Mapping[str, Head], languages: tuple[str, ...]
) -> MkDocsConfig:
    """Return the configuration for one language: theme, extensions, names of sections and buttons, navigation.

    `languages` are the ones that can be reached from a page.
    """
    strings, language = edition.strings, edition.language
    root = Path(config.config_file_path).parent
    for folder in (THEME, root / "theme"):
        if folder.is_dir():
            config.theme.dirs.insert(0, str(folder))
    config.theme["language"] = language
    config.theme["font"] = False
    config.site_name = _worded(strings, config.site_name)
    config.site_description = _worded(strings, config.site_description or "")
    config.copyright = _worded(strings, config.copyright or "")
    config.extra["navigation"] = navigation(_named(strings, config.nav), heads)
    config.nav = []
    config.extra["languages"] = [{"code": code, "name": language_name(code, code)} for code in languages]
    config.extra["language"] = language
    config.theme.static_templates.discard("sitemap.xml")
    config.markdown_extensions = [*EXTENSIONS, READY_HTML]
    config.mdx_configs = {name: dict(options) for name, options in EXTENSIONS.items() if options}
    # Pages that need not be made again are "excluded" to MkDocs; that every link leads somewhere is checked before.
    config.validation.links.not_found = logging.DEBUG
    config.validation.links.anchors = logging.DEBUG
    return config


def linked_theme(config: MkDocsConfig, folder: Path) -> None:
    """Have MkDocs look for the theme in a folder of links to it.

    At each start MkDocs lists all files of a theme, and Material brings twelve thousand icons: a third of what it takes
    to make one page again. What lies behind a link is found by its name, but not listed.
    """
    config.theme.dirs = [str(_links(Path(one), folder)) if (Path(one) / ".icons").is_dir() else one
                         for one in config.theme.dirs]  # fmt: skip


def _links(theme: Path, folder: Path) -> Path:
    """Return a folder with a link to everything that lies in the theme's, or the theme's where links are impossible."""
    links = folder / digest(str(theme))
    try:
        links.mkdir(parents=True, exist_ok=True)
        there, here = set(os.listdir(theme)), set(os.listdir(links))
        for name in here - there:
            (links / name).unlink(missing_ok=True)
        for name in there - here:
            with contextlib.suppress(FileExistsError):
                (links / name).symlink_to(theme / name)
    except OSError:
        return theme
    return links


class PageFile(File):
    """A page that MkDocs is to make; its text is there only while MkDocs reads it."""

    take: Callable[[], Page]
    front_matter: Mapping[str, object]
    """Set once the text is read: parsing it again would take a tenth of the time of a build."""

    @property  # type: ignore[misc]  # MkDocs' own may be set as well; nobody does
    def content_string(self) -> str:
        page = self.take()
        self.front_matter = page.front_matter
        # Without a front matter MkDocs would look for one in the first lines of the text.
        return f"---\n{{}}\n---\n{page.body}"


def page_file(config: MkDocsConfig, head: Head, take: Callable[[], Page]) -> File:
    """Return the file of a page; `take` returns the page when MkDocs comes to read it."""
    # Where a page stands is decided by our own navigation; MkDocs' would render every page into every page.
    file = PageFile.generated(config, head.path, content="", inclusion=InclusionLevel.NOT_IN_NAV)
    assert isinstance(file, PageFile)
    file.take = take
    # MkDocs leaves this empty on generated files; without it "Edit this page" vanishes.
    file.edit_uri = head.source or None if config.repo_url else None
    return file


def finished_file(config: MkDocsConfig, path: str) -> File:
    """Return a page that MkDocs need not make, so that links from other pages find it."""
    return File.generated(config, path, content="", inclusion=InclusionLevel.EXCLUDED)


def asset(config: MkDocsConfig, path: str, source: Path) -> File:
    return File.generated(config, path, abs_src_path=str(source), inclusion=InclusionLevel.INCLUDED)


def _worded(strings: Strings, text: str) -> str:
    """Return a name from `mkdocs.yml` in the language of the build, where its strings have one."""
    found = strings.texts.get(f"schema.{text}", text)
    return found if isinstance(found, str) else text


def _named(strings: Strings, nav: Any) -> Any:
    if isinstance(nav, list):
        return [_named(strings, entry) for entry in nav]
    if isinstance(nav, Mapping):
        return {_worded(strings, str(title)): _named(strings, entry) for title, entry in nav.items()}
    return nav
