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
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import BuildError
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page as MkDocsPage

from evidencebase.cache.stamps import quick_stamps
from evidencebase.diagnostics import KnowledgeBaseError
from evidencebase.host import languages, staging
from evidencebase.host.beside import write_data, write_language, write_root, write_search
from evidencebase.host.mkdocs.config import PageFile, asset, configured, finished_file, linked_theme, page_file
from evidencebase.host.mkdocs.finished import Finished
from evidencebase.host.mkdocs.frame import frame_digest
from evidencebase.host.mkdocs.light import Light
from evidencebase.host.mkdocs.orders import build_language, order_of, published, state_name
from evidencebase.host.mkdocs.printing import print_and_offer
from evidencebase.host.offline_copy import write_offline_copy
from evidencebase.host.weight import too_heavy
from evidencebase.site.edition import Edition, worded
from evidencebase.site.editions import edition
from evidencebase.site.made import MadePages
from evidencebase.text.compact import compact
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
        self.light: Light | None = None
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
        order = languages.order() or order_of(Path(config.config_file_path).parent)
        self.order = order = replace(order, drafts=order.drafts or self.serving)
        declared = order.base.settings.languages
        try:
            language = languages.chosen(declared)
        except KnowledgeBaseError as error:
            raise BuildError(str(error)) from error
        folder = order.cache.folder("templates")
        self.compiled = keep_compiled(folder) if folder else None
        if not self.serving:
            order = self._stage(config, language)
        formats = order.cache.store("references")
        self.edition = edition(order.base, language, self.today, drafts=order.drafts, formats=formats)
        state = state_name("pages", language, order)
        self.made = MadePages(self.edition, order.cache.state(state))
        if (remembered := self.made.remembered()) is not None:
            order.cache.save(state, remembered)
        if order.staging is not None and not order.pages_only:
            root, store = Path(config.config_file_path).parent, order.cache.store(f"prints-{language}")
            print_and_offer(self.edition, self.made, root, store, folder=order.staging / "downloads")
        config.extra["site_root"] = (config.site_url or "").rstrip("/")
        # Without an address of the site, the page that says "not found" still has to find its style sheet.
        if not self.serving:
            config.site_url = f"{config.extra['site_root']}/{language}/"
        logging.getLogger("mkdocs").addHandler(self.warnings)
        configured(config, self.edition, self.made.heads, (language,) if self.serving else declared)
        if links := order.cache.folder("theme"):
            linked_theme(config, links)
        self.light = Light(config)
        frame = frame_digest(config, self.edition.strings)
        before = None if self.serving else published(order, language)
        self.finished = Finished(
            frame, self.made.heads.values(), order.cache.store(f"html-{language}"), before, asked=self.light.asked
        )
        order.tally.pages += len(self.made.heads)
        order.tally.made += len(self.finished.missing)
        return config

    def _stage(self, config: MkDocsConfig, language: str) -> languages.Order:
        assert self.order is not None
        if self.order.staging is None:
            self.site = Path(config.site_dir)
            self.order = replace(self.order, staging=staging.open_staging(self.site, self._spare()))
            build = partial(build_language, config.config_file_path, strict=config.strict)
            self.others = languages.LanguageBuilds(self.order.base.settings.languages[1:], self.order, build)
        assert self.order.staging is not None
        config.site_dir = str(self.order.staging / language)
        return self.order

    def _spare(self) -> Path | None:
        """Return where the site before the last is put aside."""
        assert self.order is not None
        folder = self.order.cache.folder("spare")
        return folder / "site" if folder else None

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Replace the Markdown files of `docs/` by the pages made from them and from all records."""
        assert self.made is not None
        assert self.finished is not None
        assert self.light is not None
        for file in (*files.documentation_pages(), files.get_file_from_path("sitemap.xml")):
            if file is not None:
                files.remove(file)
        root = Path(config.config_file_path).parent
        for head in self.made.heads.values():
            if head.path in self.finished.missing:
                files.append(page_file(config, head, partial(self.made.take, head.path)))
            elif self.finished.missing:
                files.append(finished_file(config, head.path))
            for path, source in head.files:
                files.append(asset(config, path, root / source))
        self.light.slim(files)
        return files

    def on_env(self, env: Environment, config: MkDocsConfig, files: Files) -> Environment:
        assert self.edition is not None
        assert self.light is not None
        env.bytecode_cache = self.compiled
        env.globals |= {
            "say": partial(say, self.edition.strings), "worded": partial(worded, self.edition),
            "text_direction": direction, **self.light.in_templates(),
        }  # fmt: skip
        return env

    def on_page_content(self, html: str, page: MkDocsPage, config: MkDocsConfig, **_: object) -> str:
        if isinstance(page.file, PageFile):
            page.meta = dict(page.file.front_matter)
        page.markdown = ""  # of no more use, and MkDocs would hold the text of all pages
        own = page.meta.get("languages") or [config.extra["language"]]
        if not config.extra["site_root"]:
            page.canonical_url = None
        elif config.extra["language"] not in own:
            page.canonical_url = f"{config.extra['site_root']}/{own[0]}/{page.url}"
        return clean(html)

    def on_post_page(self, output: str, page: MkDocsPage, config: MkDocsConfig) -> str:
        return compact(output)

    def on_post_build(self, config: MkDocsConfig) -> None:
        assert self.order is not None
        assert self.edition is not None
        assert self.made is not None
        assert self.finished is not None
        assert self.light is not None
        spare = self.order.staging / staging.SPARE / self.edition.language if self.order.staging else None
        self.finished.finish(Path(config.site_dir), spare)
        names = None if self.order.drafts else self.finished.styles.values()
        self.light.write(Path(config.site_dir), names, self.order.cache)
        known = self.order.build, self.finished.names, self.finished.styles, self.finished.views
        self.order.cache.save(state_name("site", self.edition.language, self.order), known)
        if self.order.drafts:
            return
        root, cache = str(config.extra["site_root"]), self.order.cache
        folder, heads = Path(config.site_dir), self.made.heads.values()
        self.order.tally.found.extend(too_heavy(folder, heads, self.finished.views))
        write_language(folder, self.edition, heads, root)
        if not self.order.pages_only:
            write_search(folder, self.edition, heads, self.finished.names, last=self.finished.last, cache=cache)
            last = self.finished.last.parent if self.finished.last else None
            write_offline_copy(folder.parent, self.edition, heads, site_root=root, last=last, cache=cache)
        if self.others is None or self.site is None or self.order.staging is None:
            return
        if config.strict and self.warnings.count:
            return  # MkDocs ends the build after this event; the previous site stays
        if words := self.others.finish():
            raise BuildError(words)
        write_root(self.order.staging, self.order.base, root)
        if not self.order.pages_only:
            write_data(self.order.staging, self.order.base, self.edition, cache)
        staging.publish(self.order.staging, self.site, self._spare())
        self.order.tally.written = quick_stamps(self.site)

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
