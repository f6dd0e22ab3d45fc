"""MkDocs' events: pages become MkDocs files, and the finished site is put in place.

Everything a reader sees is decided before.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment
from mkdocs.commands import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import BuildError
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page as MkDocsPage

from evidencebase.cache import Cache
from evidencebase.cache.stamps import quick_stamps
from evidencebase.content.pipeline import read
from evidencebase.diagnostics import KnowledgeBaseError, Severity
from evidencebase.export.data import data_files, record_files, write_files
from evidencebase.host import languages, last_build, staging
from evidencebase.host.mkdocs.config import asset, configured, finished_file, page_file
from evidencebase.host.mkdocs.finished import Finished, Published
from evidencebase.host.mkdocs.frame import frame_digest
from evidencebase.host.mkdocs.printing import print_and_offer
from evidencebase.reports import summary, to_text
from evidencebase.site.addresses import record_addresses
from evidencebase.site.edition import Edition, worded
from evidencebase.site.editions import edition
from evidencebase.site.made import MadePages
from evidencebase.site.metadata import root_files, sitemap
from evidencebase.text.locales import direction
from evidencebase.text.sanitise import clean
from evidencebase.text.strings import say
from evidencebase.text.templates import keep_compiled

log = logging.getLogger("mkdocs.evidencebase")


class SiteBuild:
    """One run of MkDocs, from its first event to its last; `hooks/` passes each event on.

    The build of the first language starts one process for each other language, and publishes all of them together.
    """

    def __init__(self, today: date) -> None:
        self.today = today
        self.serving = False
        self.site: Path | None = None
        self.order: languages.Order | None = None
        self.edition: Edition | None = None
        self.made: MadePages | None = None
        self.finished: Finished | None = None
        self.others: languages.LanguageBuilds | None = None
        self.compiled: BytecodeCache | None = None
        self.warnings = _Counter()

    def on_startup(self, command: str, dirty: bool) -> None:  # noqa: FBT001 - MkDocs' own signature
        # MkDocs loads a hook once in a process: the process of another language begins with the state of the first.
        self.serving = command == "serve"
        self.site = self.others = None
        self.warnings.count = 0

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the content, and turn the build to a staging folder; a content error ends it here."""
        self.order = order = languages.order() or _order(Path(config.config_file_path).parent)
        declared = order.base.settings.languages
        try:
            language = languages.chosen(declared)
        except KnowledgeBaseError as error:
            raise BuildError(str(error)) from error
        folder = order.cache.folder("templates")
        self.compiled = keep_compiled(folder) if folder else None
        if not self.serving:
            self._stage(config, language)
        formats = order.cache.store("references")
        self.edition = edition(order.base, language, self.today, drafts=self.serving, formats=formats)
        state = f"pages-{language}{'-drafts' if self.serving else ''}"
        self.made = MadePages(self.edition, order.cache.state(state))
        if (remembered := self.made.remembered()) is not None:
            order.cache.save(state, remembered)
        if self.order.staging is not None:
            root, store = Path(config.config_file_path).parent, order.cache.store(f"prints-{language}")
            print_and_offer(self.edition, self.made, root, store, folder=self.order.staging / "downloads")
        config.extra["site_root"] = (config.site_url or "").rstrip("/")
        # Without an address of the site, the page that says "not found" still has to find its style sheet.
        if not self.serving:
            config.site_url = f"{config.extra['site_root']}/{language}/"
        logging.getLogger("mkdocs").addHandler(self.warnings)
        configured(config, self.edition, self.made.heads, (language,) if self.serving else declared)
        frame = frame_digest(config, self.edition.strings)
        before = None if self.serving else _published(order, language)
        self.finished = Finished(frame, self.made.heads.values(), order.cache.store(f"html-{language}"), before)
        order.tally.pages += len(self.made.heads)
        order.tally.made += len(self.finished.missing)
        return config

    def _stage(self, config: MkDocsConfig, language: str) -> None:
        assert self.order is not None
        if self.order.staging is None:
            self.site = Path(config.site_dir)
            self.order = replace(self.order, staging=staging.open_staging(self.site))
            build = partial(build_language, config.config_file_path, strict=config.strict)
            self.others = languages.LanguageBuilds(self.order.base.settings.languages[1:], self.order, build)
        assert self.order.staging is not None
        config.site_dir = str(self.order.staging / language)

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Replace the Markdown files of `docs/` by the pages made from them and from all records."""
        assert self.made is not None
        assert self.finished is not None
        for file in (*files.documentation_pages(), files.get_file_from_path("sitemap.xml")):
            if file is not None:
                files.remove(file)
        root = Path(config.config_file_path).parent
        for head in self.made.heads.values():
            if head.path in self.finished.missing:
                files.append(page_file(config, self.made.page(head.path)))
            elif self.finished.missing:
                files.append(finished_file(config, head.path))
            for path, source in head.files:
                files.append(asset(config, path, root / source))
        return files

    def on_env(self, env: Environment, config: MkDocsConfig, files: Files) -> Environment:
        assert self.edition is not None
        env.bytecode_cache = self.compiled
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

    def on_post_page(self, output: str, page: MkDocsPage, config: MkDocsConfig) -> str:
        assert self.finished is not None
        self.finished.add(page.file.src_uri, output)
        return output

    def on_post_build(self, config: MkDocsConfig) -> None:
        assert self.order is not None
        assert self.edition is not None
        assert self.made is not None
        assert self.finished is not None
        self.finished.finish(Path(config.site_dir))
        root = str(config.extra["site_root"])
        if self.serving:
            return
        self.order.cache.save(f"site-{self.edition.language}", (self.order.build, self.finished.names))
        if root:
            text = sitemap(self.edition, self.made.heads.values(), root)
            (Path(config.site_dir) / "sitemap.xml").write_text(text, encoding="utf-8", newline="\n")
        if self.others is None or self.site is None or self.order.staging is None:
            return
        if config.strict and self.warnings.count:
            return  # MkDocs ends the build after this event; the previous site stays
        if words := self.others.finish():
            raise BuildError(words)
        self._write_root(self.order.staging, root)
        self.order.tally.written = quick_stamps(self.order.staging)
        staging.publish(self.order.staging, self.site)

    def _write_root(self, staged: Path, site_root: str) -> None:
        """Write what stands above the languages, and the data."""
        assert self.order is not None
        assert self.edition is not None
        base = self.order.base
        for path, text in root_files(base, site_root).items():
            (staged / path).write_text(text, encoding="utf-8", newline="\n")
        addresses = record_addresses(self.edition.records, base.record_types)
        write_files(data_files(base, addresses, self.order.cache), staged / "data")
        write_files(record_files(base, addresses, self.order.cache), staged / self.edition.language)

    def on_build_error(self, error: Exception) -> None:
        self.on_shutdown()

    def on_shutdown(self) -> None:
        logging.getLogger("mkdocs").removeHandler(self.warnings)
        if self.others is not None:
            self.others.stop()
            assert self.order is not None
            assert self.order.staging is not None
            staging.discard(self.order.staging)

    def on_serve(self, server: LiveReloadServer, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Watch everything a page is made from, not only `docs/`."""
        assert self.order is not None
        root = Path(config.config_file_path).parent
        folders = {record_type.folder for record_type in self.order.base.record_types.values()}
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


def _order(root: Path) -> languages.Order:
    """Return what `mkdocs build` by itself is to do."""
    cache = Cache(root)
    result = read(root, cache, last_build.look_at_files(root, cache))
    if any(diagnostic.severity is Severity.ERROR for diagnostic in result.diagnostics):
        raise BuildError(f"the content has errors\n{to_text(result.diagnostics)}{summary(result.diagnostics)}")
    if result.diagnostics:
        log.info(f"{summary(result.diagnostics)}; `evidencebase check` shows them")
    return languages.Order(result.knowledge_base, cache, last_build.new_name())


def _published(order: languages.Order, language: str) -> Published | None:
    """Return the published site of a language, where it is known page by page."""
    names = order.cache.state(f"site-{language}")
    if order.published is None or names is None or names[0] != order.published[1]:
        return None
    return Published(order.published[0] / language, names[1])


def build_language(config_file: str, language: str, *, strict: bool) -> None:
    """Build one language into the staging folder of its order; MkDocs' own errors pass through."""
    # The theme's language must be set before the plugins are configured: the search plugin reads it then.
    config = load_config(config_file, strict=strict)
    config.theme["language"] = language
    config.plugins.on_startup(command="build", dirty=False)
    try:
        mkdocs_build.build(config)
    finally:
        config.plugins.on_shutdown()
