"""MkDocs' events: pages become MkDocs files, and the finished site is put in place.

Everything a reader sees is decided before.
"""

from __future__ import annotations

import logging
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import BuildError
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page as MkDocsPage

from evidencebase.content.pipeline import Result, read
from evidencebase.diagnostics import Severity
from evidencebase.export.data import data_files, record_files, write_files
from evidencebase.host import languages, staging
from evidencebase.host.mkdocs.config import asset, configured, page_file, without
from evidencebase.model import KnowledgeBase, Page
from evidencebase.reports import summary, to_text
from evidencebase.site.addresses import index_of, record_addresses
from evidencebase.site.edition import Edition, edition, worded
from evidencebase.site.metadata import root_files, sitemap
from evidencebase.site.pages import pages
from evidencebase.text.locales import direction
from evidencebase.text.sanitise import clean
from evidencebase.text.strings import say

log = logging.getLogger("mkdocs.evidencebase")


class SiteBuild:
    """One run of MkDocs, from its first event to its last; `hooks/` passes each event on.

    The build of the first language starts one process for each other language, and publishes all of them together.
    """

    def __init__(self, today: date) -> None:
        self.today = today
        self.serving = False
        self.site: Path | None = None
        self.staging: Path | None = None
        self.base: KnowledgeBase | None = None
        self.edition: Edition | None = None
        self.pages: tuple[Page, ...] = ()
        self.others: tuple[languages.LanguageBuild, ...] = ()
        self.warnings = _Counter()

    def on_startup(self, command: str, dirty: bool) -> None:  # noqa: FBT001 - MkDocs' own signature
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the content, and turn the build to a staging folder; a content error ends it here."""
        root = Path(config.config_file_path).parent
        result = read(root)
        _refuse_errors(result)
        self.base = result.knowledge_base
        language = languages.chosen(self.base.settings.languages)
        self.edition = edition(self.base, language, self.today, drafts=self.serving)
        self.pages = pages(self.edition)
        config.extra["site_root"] = (config.site_url or "").rstrip("/")
        if not self.serving:
            self._stage(config, language)
        logging.getLogger("mkdocs").addHandler(self.warnings)
        return configured(config, root, self.base.strings[language], self.base.settings.languages)

    def _stage(self, config: MkDocsConfig, language: str) -> None:
        assert self.base is not None
        given = languages.given_staging()
        if given is None:
            self.site = Path(config.site_dir)
            self.staging = staging.open_staging(self.site)
            self.others = languages.start(config.config_file_path, self.base.settings.languages[1:], self.staging,
                                          today=self.today, strict=config.strict)  # fmt: skip
        config.site_dir = str((given or self.staging or Path()) / language)
        # Without an address of the site, the page that says "not found" still has to find its style sheet.
        config.site_url = f"{(config.site_url or '').rstrip('/')}/{language}/"

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Replace the Markdown files of `docs/` by the pages made from them and from all records."""
        assert self.base is not None
        for file in (*files.documentation_pages(), files.get_file_from_path("sitemap.xml")):
            if file is not None:
                files.remove(file)
        root = Path(config.config_file_path).parent
        for page in self.pages:
            files.append(page_file(config, page))
            for path, source in page.files:
                files.append(asset(config, path, root / source))
        empty = {index_of(t) for t in self.base.record_types.values()} - {page.path for page in self.pages}
        config.nav = without(config.nav, empty)
        return files

    def on_env(self, env: Environment, config: MkDocsConfig, files: Files) -> Environment:
        assert self.edition is not None
        env.globals["say"] = partial(say, self.edition.strings)
        env.globals["worded"] = partial(worded, self.edition)
        env.globals["text_direction"] = direction
        return env

    def on_page_content(self, html: str, page: MkDocsPage, config: MkDocsConfig, **_: object) -> str:
        own = page.meta.get("languages") or [config.extra["language"]]
        if not config.extra["site_root"]:
            page.canonical_url = None
        elif config.extra["language"] not in own:
            page.canonical_url = f"{config.extra['site_root']}/{own[0]}/{page.url}"
        return clean(html)

    def on_post_build(self, config: MkDocsConfig) -> None:
        assert self.base is not None
        assert self.edition is not None
        root = str(config.extra["site_root"])
        if not self.serving and root:
            text = sitemap(self.edition, self.pages, root)
            (Path(config.site_dir) / "sitemap.xml").write_text(text, encoding="utf-8", newline="\n")
        if self.staging is None or self.site is None:
            return
        if config.strict and self.warnings.count:
            return  # MkDocs ends the build after this event; the previous site stays
        for other in self.others:
            if words := languages.finish(other):
                raise BuildError(f"the site in '{other.language}' could not be built\n{words}")
        for path, text in root_files(self.base, root).items():
            (self.staging / path).write_text(text, encoding="utf-8", newline="\n")
        addresses = record_addresses(self.edition.records, self.base.record_types)
        write_files(data_files(self.base, addresses), self.staging / "data")
        write_files(record_files(self.base, addresses), self.staging / self.edition.language)
        staging.publish(self.staging, self.site)

    def on_build_error(self, error: Exception) -> None:
        self.on_shutdown()

    def on_shutdown(self) -> None:
        logging.getLogger("mkdocs").removeHandler(self.warnings)
        languages.stop(self.others)
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


def _refuse_errors(result: Result) -> None:
    errors = [d for d in result.diagnostics if d.severity is Severity.ERROR]
    if errors:
        raise BuildError(f"the content has errors\n{to_text(result.diagnostics)}{summary(result.diagnostics)}")
    if result.diagnostics:
        log.info(f"{summary(result.diagnostics)}; `evidencebase check` shows them")
