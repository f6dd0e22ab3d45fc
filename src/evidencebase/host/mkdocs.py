"""Hands the pages of the knowledge base to MkDocs; the only door to it.

Everything a reader sees is decided before: here pages become MkDocs files, and the finished site is put in place.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, TextIO

from jinja2 import Environment
from mkdocs.commands import build as mkdocs_build
from mkdocs.commands import serve as mkdocs_serve
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError, ConfigurationError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel

from evidencebase.content.pipeline import Result, read
from evidencebase.diagnostics import KnowledgeBaseError, Severity
from evidencebase.export.data import data_files, record_files, write_files
from evidencebase.export.tree import page_text
from evidencebase.host import staging
from evidencebase.model import KnowledgeBase, Page, RecordId
from evidencebase.reports import summary, to_text
from evidencebase.site.addresses import index_of, record_addresses
from evidencebase.site.edition import edition
from evidencebase.site.metadata import root_files
from evidencebase.site.pages import pages
from evidencebase.text.markdown_syntax import EXTENSIONS
from evidencebase.text.sanitise import clean
from evidencebase.text.strings import say

THEME = Path(__file__).parent.parent / "theme"
log = logging.getLogger("mkdocs.evidencebase")


class SiteBuild:
    """One run of MkDocs, from its first event to its last; `hooks/` passes each event on."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.serving = False
        self.site: Path | None = None
        self.staging: Path | None = None
        self.base: KnowledgeBase | None = None
        self.pages: tuple[Page, ...] = ()
        self.addresses: Mapping[RecordId, str] = {}
        self.warnings = _Counter()

    def on_startup(self, command: str, dirty: bool) -> None:  # noqa: FBT001 - MkDocs' own signature
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the content, and turn the build to a staging folder; a content error ends it here."""
        root = Path(config.config_file_path).parent
        result = read(root)
        _refuse_errors(result)
        self.base = result.knowledge_base
        language = self.base.settings.languages[0]
        shown = edition(self.base, language, self.today, drafts=self.serving)
        self.pages = pages(shown)
        self.addresses = record_addresses(shown.records, self.base.record_types)
        if not self.serving:
            self.site = Path(config.site_dir)
            self.staging = staging.open_staging(self.site)
            config.site_dir = str(self.staging / language)
            if config.site_url:
                config.site_url = f"{config.site_url.rstrip('/')}/{language}/"
        logging.getLogger("mkdocs").addHandler(self.warnings)
        return _configured(config, root, language)

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Replace the Markdown files of `docs/` by the pages made from them and from all records."""
        assert self.base is not None
        for file in (*files.documentation_pages(), files.get_file_from_path("sitemap.xml")):
            if file is not None:
                files.remove(file)
        root = Path(config.config_file_path).parent
        for page in self.pages:
            files.append(_page_file(config, page))
            for path, source in page.files:
                files.append(_asset(config, path, root / source))
        empty = {index_of(t) for t in self.base.record_types.values()} - {page.path for page in self.pages}
        config.nav = _without(config.nav, empty)
        return files

    def on_env(self, env: Environment, config: MkDocsConfig, files: Files) -> Environment:
        assert self.base is not None
        env.globals["say"] = partial(say, self.base.strings[self.base.settings.languages[0]])
        return env

    def on_page_content(self, html: str, **_: object) -> str:
        return clean(html)

    def on_post_build(self, config: MkDocsConfig) -> None:
        if self.staging is None or self.site is None or self.base is None:
            return
        if config.strict and self.warnings.count:
            return  # MkDocs ends the build after this event; the previous site stays
        for path, text in root_files(self.base, self.pages, config.site_url or "").items():
            (self.staging / path).write_text(text, encoding="utf-8", newline="\n")
        write_files(data_files(self.base, self.addresses), self.staging / "data")
        write_files(record_files(self.base, self.addresses), self.staging / self.base.settings.languages[0])
        staging.publish(self.staging, self.site)

    def on_build_error(self, error: Exception) -> None:
        self.on_shutdown()

    def on_shutdown(self) -> None:
        logging.getLogger("mkdocs").removeHandler(self.warnings)
        if self.staging is not None:
            staging.discard(self.staging)

    def on_serve(self, server: LiveReloadServer, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Watch everything a page is made from, not only `docs/`."""
        assert self.base is not None
        root = Path(config.config_file_path).parent
        folders = {record_type.folder for record_type in self.base.record_types.values()}
        for name in sorted(folders | {"vocabularies", "references", "record_types", "strings", "theme"}):
            if (root / name).is_dir():
                server.watch(str(root / name))
        return server


class _Counter(logging.Handler):
    """Counts warnings: a strict build must not publish what MkDocs is about to refuse."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.count += 1


@dataclass(frozen=True, slots=True)
class Built:
    """What a build has made."""

    site: str
    pages: int


class _Progress(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """Counts the pages as they are finished, and says so where somebody is watching."""

    def __init__(self, stream: TextIO | None) -> None:
        self.stream = stream
        self.pages = 0

    def on_post_page(self, output: str, **_: object) -> str:
        self.pages += 1
        if self.stream and self.pages % 20 == 0:
            self.stream.write(f"\r{self.pages} pages")
            self.stream.flush()
        return output

    def on_post_build(self, **_: object) -> None:
        if self.stream:
            self.stream.write("\r")


def build(root: Path, site: Path | None, *, progress: TextIO | None = None) -> Built:
    """Build the site with every warning an error; raises KnowledgeBaseError where MkDocs gives up."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setLevel(logging.WARNING)
    logging.getLogger("mkdocs").addHandler(handler)
    options: dict[str, Any] = {"site_dir": str(site.resolve())} if site else {}
    try:
        config = load_config(str(root / "mkdocs.yml"), strict=True, **options)
        target = config.site_dir
        counter = _Progress(progress)
        config.plugins["evidencebase-progress"] = counter
        config.plugins.on_startup(command="build", dirty=False)
        try:
            mkdocs_build.build(config)
        finally:
            config.plugins.on_shutdown()
    except Abort as error:
        raise KnowledgeBaseError("nothing was published; the previous site is as it was") from error
    except OSError as error:
        raise KnowledgeBaseError(f"{error.strerror}: {error.filename}; the previous site is as it was") from error
    except ConfigurationError as error:
        raise KnowledgeBaseError(f"mkdocs.yml: {error}") from error
    finally:
        logging.getLogger("mkdocs").removeHandler(handler)
    return Built(target, counter.pages)


def serve(root: Path) -> None:
    """Serve the site, drafts included, and rebuild it on every edit, until interrupted."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    mkdocs_serve.serve(str(root / "mkdocs.yml"))


def _refuse_errors(result: Result) -> None:
    errors = [d for d in result.diagnostics if d.severity is Severity.ERROR]
    if errors:
        raise BuildError(f"the content has errors\n{to_text(result.diagnostics)}{summary(result.diagnostics)}")
    if result.diagnostics:
        log.info(f"{summary(result.diagnostics)}; `evidencebase check` shows them")


def _configured(config: MkDocsConfig, root: Path, language: str) -> MkDocsConfig:
    for folder in (THEME, root / "theme"):
        if folder.is_dir():
            config.theme.dirs.insert(0, str(folder))
    config.theme["language"] = language
    config.theme["font"] = False
    config.theme.static_templates.discard("sitemap.xml")
    config.markdown_extensions = list(EXTENSIONS)
    config.mdx_configs = {name: dict(options) for name, options in EXTENSIONS.items() if options}
    # Records are found through lists and links; only their lists stand in the navigation.
    config.validation.nav.omitted_files = logging.DEBUG
    return config


def _page_file(config: MkDocsConfig, page: Page) -> File:
    file = File.generated(config, page.path, content=page_text(page), inclusion=InclusionLevel.INCLUDED)
    # MkDocs leaves this empty on generated files; without it "Edit this page" vanishes.
    file.edit_uri = page.source or None if config.repo_url else None
    return file


def _asset(config: MkDocsConfig, path: str, source: Path) -> File:
    return File.generated(config, path, abs_src_path=str(source), inclusion=InclusionLevel.INCLUDED)


def _without(nav: Any, missing: set[str]) -> Any:
    """Return the navigation without the lists that have no records, and without sections that are empty then."""
    if isinstance(nav, list):
        kept = [_without(entry, missing) for entry in nav]
        return [entry for entry in kept if entry]
    if isinstance(nav, Mapping):
        kept_by_title = {title: _without(entry, missing) for title, entry in nav.items()}
        return {title: entry for title, entry in kept_by_title.items() if entry}
    return None if nav in missing else nav
