"""What each command does; loaded only where a command has something to do."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from evidencebase import clock, reports, scaffold, translating
from evidencebase.cache import Cache
from evidencebase.cli.exit_codes import CONTENT_HAS_ERRORS, FINE
from evidencebase.content.load import find_root
from evidencebase.content.pipeline import read
from evidencebase.diagnostics import Diagnostic, KnowledgeBaseError, Severity
from evidencebase.export.data import data_files, write_files
from evidencebase.export.tree import write_tree
from evidencebase.host import last_build
from evidencebase.host.changes import changed_files
from evidencebase.host.languages import Order, chosen
from evidencebase.site.addresses import record_addresses
from evidencebase.site.editions import edition
from evidencebase.site.pages import pages


def check(options: argparse.Namespace) -> int:
    """Say what is wrong with the content."""
    root = find_root(Path.cwd())
    wanted = [_from_root(root, path) for path in options.paths]
    cache = Cache(root)
    result = read(root, cache, last_build.look_at_files(root, cache))
    found = tuple(d for d in result.diagnostics if _is_wanted(d, wanted))
    if options.changed:
        changed = changed_files(root, options.changed)
        # Where all was well before, an error in any other file is a link that the change has broken.
        found = tuple(d for d in found if d.severity is Severity.ERROR or d.location.path in changed)
    print(reports.FORMATS[options.format](found), end="")
    if options.format == "text":
        count = len(result.knowledge_base.records)
        print(f"{reports.counted(count, 'record')} checked: {reports.summary(found)}", file=sys.stderr)
    return CONTENT_HAS_ERRORS if _has_errors(found) else FINE


def build(options: argparse.Namespace) -> int:
    """Build the site, unless the content has errors."""
    from evidencebase.host import mkdocs  # noqa: PLC0415 - MkDocs takes half a second to load

    _set_clock(options.today)
    started = time.monotonic()
    root, site, cache, start = options.before.root, options.before.site, options.before.cache, options.before.start
    result = read(root, cache, start.files)
    if _has_errors(result.diagnostics):
        print(reports.to_text(result.diagnostics), end="", file=sys.stderr)
        print(f"{reports.summary(result.diagnostics)}; nothing was published", file=sys.stderr)
        return CONTENT_HAS_ERRORS
    published = (site, start.last.build) if start.last and start.is_whole else None
    order = Order(
        result.knowledge_base, cache, last_build.new_name(), published, jobs=options.jobs,
        pages_only=options.pages_only,
    )  # fmt: skip
    built = mkdocs.build(root, site, order, progress=sys.stderr if sys.stderr.isatty() else None)
    found = sorted(order.tally.found)
    print(reports.to_text(found), end="", file=sys.stderr)
    summary = reports.summary((*result.diagnostics, *found))
    last_build.note(start, order, summary)
    took = f"{built.made} of them made anew, {time.monotonic() - started:.1f} s"
    print(f"{built.pages} pages in {built.site} ({took}); {summary}")
    return FINE


def serve(options: argparse.Namespace) -> int:
    """Show the site, and follow every edit."""
    from evidencebase.host import mkdocs, preview_server  # noqa: PLC0415

    root = find_root(Path.cwd())
    with tempfile.TemporaryDirectory(prefix="evidencebase-") as folder:
        preview = mkdocs.preview(root, Path(folder))
        language = chosen(preview.languages, options.language)
        try:
            preview_server.serve(preview, (options.host, options.port), language, _say)
        except OSError as error:
            raise KnowledgeBaseError(f"{options.host}:{options.port}: {error.strerror}; try another --port") from error
    return FINE


def _say(text: str) -> None:
    print(text, flush=True)


def new(options: argparse.Namespace) -> int:
    """Begin a record."""
    root = find_root(Path.cwd())
    path = scaffold.new_record(root, read(root).knowledge_base.record_types, options.type, options.slug)
    print(f"{path} is ready: fill it in, then run `evidencebase check {path}`")
    return FINE


def init(options: argparse.Namespace) -> int:
    """Begin a knowledge base."""
    scaffold.new_knowledge_base(options.dir)
    print(f"{options.dir} is ready: `cd {options.dir}`, then `evidencebase serve`")
    return FINE


def export_pages(options: argparse.Namespace) -> int:
    """Write the pages as plain Markdown."""
    root = find_root(Path.cwd())
    result = read(root)
    if _has_errors(result.diagnostics):
        print(reports.to_text(result.diagnostics), end="", file=sys.stderr)
        return CONTENT_HAS_ERRORS
    target = _new_folder(options.dir)
    base = result.knowledge_base
    for language in base.settings.languages:
        made = pages(edition(base, language, options.today or clock.today()))
        settings: Mapping[str, object] = {"site_name": base.settings.site_name}
        count = write_tree(made, root, target / language, settings)
        print(f"{count} pages in {target / language}")
    return FINE


def export_data(options: argparse.Namespace) -> int:
    """Write records, claims and references in other forms."""
    result = read(find_root(Path.cwd()))
    if _has_errors(result.diagnostics):
        print(reports.to_text(result.diagnostics), end="", file=sys.stderr)
        return CONTENT_HAS_ERRORS
    target = _new_folder(options.dir)
    base = result.knowledge_base
    shown = edition(base, base.settings.languages[0], options.today or clock.today())
    files = data_files(base, record_addresses(shown.records, base.record_types))
    write_files(files, target)
    print(f"{len(files)} files in {target}")
    return FINE


def _new_folder(target: Path) -> Path:
    if target.exists() and any(target.iterdir()):
        raise KnowledgeBaseError(f"{target} is not empty: name a new folder")
    return target


def translate_start(options: argparse.Namespace) -> int:
    """Write the files of translations."""
    root = find_root(Path.cwd())
    base = read(root).knowledge_base
    for path in options.records:
        made = translating.start(base, root, options.language, translating.record_at(base, path))
        print(f"{made} is ready: translate it, then run `evidencebase translate mark {options.language} {path}`")
    return FINE


def translate_mark(options: argparse.Namespace) -> int:
    """Say that translations follow their originals."""
    root = find_root(Path.cwd())
    base = read(root).knowledge_base
    for path in options.records:
        print(f"{translating.mark(base, root, options.language, translating.record_at(base, path))} is up to date")
    return FINE


def translate_status(options: argparse.Namespace) -> int:
    """Say how every record stands in every language."""
    base = read(find_root(Path.cwd())).knowledge_base
    found = tuple(translating.states(base))
    print(translating.states_to_json(found) if options.format == "json" else translating.states_to_text(found), end="")
    return FINE


def _set_clock(day: date | None) -> None:
    """Fix the clock for this run; MkDocs and its plugins read the same variable."""
    if day is not None:
        os.environ[clock.EPOCH] = clock.epoch(day)


def _from_root(root: Path, path: str) -> str:
    full = Path(path).resolve()
    if not full.is_relative_to(root):
        raise KnowledgeBaseError(f"{path} does not lie in {root}")
    if not full.exists():
        raise KnowledgeBaseError(f"there is no {path}")
    return full.relative_to(root).as_posix()


def _is_wanted(diagnostic: Diagnostic, wanted: Sequence[str]) -> bool:
    path = diagnostic.location.path
    return not wanted or any(one in (path, ".") or path.startswith(f"{one}/") for one in wanted)


def _has_errors(diagnostics: Sequence[Diagnostic]) -> bool:
    return any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)
