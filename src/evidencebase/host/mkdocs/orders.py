"""What a run of MkDocs is told to do, and the runs for one language that are parts of another."""

from __future__ import annotations

import logging
from pathlib import Path

from mkdocs.commands import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import BuildError

from evidencebase.cache import Cache
from evidencebase.content.pipeline import read
from evidencebase.diagnostics import Severity
from evidencebase.host import languages, last_build
from evidencebase.host.mkdocs.finished import Published
from evidencebase.reports import summary, to_text

log = logging.getLogger("mkdocs.evidencebase")


def order_of(root: Path) -> languages.Order:
    """Return what `mkdocs build` by itself is to do."""
    cache = Cache(root)
    result = read(root, cache, last_build.look_at_files(root, cache))
    if any(diagnostic.severity is Severity.ERROR for diagnostic in result.diagnostics):
        raise BuildError(f"the content has errors\n{to_text(result.diagnostics)}{summary(result.diagnostics)}")
    if result.diagnostics:
        log.info(f"{summary(result.diagnostics)}; `evidencebase check` shows them")
    return languages.Order(result.knowledge_base, cache, last_build.new_name())


def state_name(name: str, language: str, order: languages.Order) -> str:
    """Return the name under which a language's part of the cache is saved; that of a preview is another."""
    return f"{name}-{language}{'-drafts' if order.drafts else ''}"


def published(order: languages.Order, language: str) -> Published | None:
    """Return the published site of a language, where it is known page by page."""
    known = order.cache.state(state_name("site", language, order))
    if order.published is None or known is None or known[0] != order.published[1]:
        return None
    return Published(order.published[0] / language, *known[1:], stays=order.drafts)


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
