"""Runs MkDocs: a whole build, one language of it, or a server."""

from __future__ import annotations

import logging
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from mkdocs.commands import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, ConfigurationError, MkDocsException
from mkdocs.plugins import BasePlugin

from evidencebase.diagnostics import KnowledgeBaseError
from evidencebase.host.languages import Order, ordered
from evidencebase.host.mkdocs.orders import build_language
from evidencebase.host.preview import Preview


@dataclass(frozen=True, slots=True)
class Built:
    """What a build has made."""

    site: str
    pages: int
    """In all languages."""
    made: int
    """Pages that had to be made; the others were the same in an earlier build."""


class _Progress(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """Counts the pages as they are finished, and says so where somebody is watching."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.pages = 0

    def on_post_page(self, output: str, **_: object) -> str:
        self.pages += 1
        if self.pages % 20 == 0:
            self.stream.write(f"\r{self.pages} pages")
            self.stream.flush()
        return output

    def on_post_build(self, **_: object) -> None:
        self.stream.write("\r")


def build(root: Path, site: Path | None, order: Order, *, progress: TextIO | None = None) -> Built:
    """Build the site with every warning an error; raises KnowledgeBaseError where MkDocs gives up."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setLevel(logging.WARNING)
    logging.getLogger("mkdocs").addHandler(handler)
    options: dict[str, Any] = {"site_dir": str(site.resolve())} if site else {}
    try:
        config = load_config(str(root / "mkdocs.yml"), strict=True, **options)
        target = config.site_dir
        if progress:
            config.plugins["evidencebase-progress"] = _Progress(progress)
        config.plugins.on_startup(command="build", dirty=False)
        with ordered(order):
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
    return Built(target, order.tally.pages, order.tally.made)


def preview(root: Path, folder: Path) -> Preview:
    """Return the preview of a site, whose pages are made in `folder`."""

    def build(language: str) -> None:
        try:
            build_language(str(root / "mkdocs.yml"), language, strict=False)
        except (Abort, MkDocsException) as error:
            raise KnowledgeBaseError(str(error)) from error

    return Preview(root, folder, build)
