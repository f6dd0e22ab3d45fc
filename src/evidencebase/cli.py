"""The `evidencebase` command: the one place that reads arguments, prints and decides the exit code."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from evidencebase import __version__, clock, reports, scaffold, translating
from evidencebase.content.load import find_root
from evidencebase.content.pipeline import read
from evidencebase.diagnostics import Diagnostic, KnowledgeBaseError, Severity
from evidencebase.export.data import data_files, write_files
from evidencebase.export.tree import write_tree
from evidencebase.site.addresses import record_addresses
from evidencebase.site.edition import edition
from evidencebase.site.pages import pages

FINE, CONTENT_HAS_ERRORS, WRONG_USE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code: 0 fine, 1 the content has errors, 2 wrong use."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
    except KnowledgeBaseError as error:
        print(f"evidencebase: {error}", file=sys.stderr)
        return WRONG_USE
    except KeyboardInterrupt:
        print("evidencebase: stopped; nothing was published", file=sys.stderr)
        return WRONG_USE
    except BrokenPipeError:
        # The reader of our output went away (`| head`); what it read was right.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="evidencebase", description="Check structured evidence and publish it as a site.",
        epilog="exit codes: 0 fine, 1 the content has errors, 2 wrong use",
    )  # fmt: skip
    parser.add_argument("--version", action="version", version=f"evidencebase {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    check = commands.add_parser("check", help="say what is wrong with the content, all at once")
    check.add_argument("paths", nargs="*", metavar="PATH", help="report only on these files and folders")
    check.add_argument("--format", choices=sorted(reports.FORMATS), default="text", help="text for people (default)")
    check.set_defaults(run=_check)

    build = commands.add_parser("build", help="build the site")
    build.add_argument("--site-dir", type=Path, metavar="DIR", help="where to put it (default: site)")
    build.add_argument("--today", type=_date, metavar="DATE", help="build as if today were this day, as 2026-11-22")
    build.set_defaults(run=_build)

    serve = commands.add_parser("serve", help="show the site, drafts included, and follow every edit")
    serve.add_argument("--language", default="", metavar="CODE", help="which language (default: the first)")
    serve.set_defaults(run=_serve)

    new = commands.add_parser("new", help="begin a record: a file with every field and what to write in it")
    new.add_argument("type", metavar="TYPE", help="type of record: case_study, city, term …")
    new.add_argument("slug", metavar="SLUG", help="name of its folder: small letters, digits and hyphens")
    new.set_defaults(run=_new)

    init = commands.add_parser("init", help="begin a knowledge base of your own")
    init.add_argument("dir", type=Path, metavar="DIR", help="a folder that does not exist yet, or is empty")
    init.set_defaults(run=_init)

    _add_translate(commands)

    export = commands.add_parser("export", help="write the knowledge base in other forms")
    forms = export.add_subparsers(required=True, metavar="FORM")
    tree = forms.add_parser("pages", help="the pages as plain Markdown, for any site generator")
    tree.add_argument("dir", type=Path, metavar="DIR", help="a folder that does not exist yet, or is empty")
    tree.add_argument("--today", type=_date, metavar="DATE", help="as if today were this day")
    tree.set_defaults(run=_export_pages)
    data = forms.add_parser("data", help="records, claims and references as JSON, CSV, BibTeX and RIS, with schemas")
    data.add_argument("dir", type=Path, metavar="DIR", help="a folder that does not exist yet, or is empty")
    data.add_argument("--today", type=_date, metavar="DATE", help="as if today were this day")
    data.set_defaults(run=_export_data)
    return parser


def _add_translate(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    translate = commands.add_parser("translate", help="begin translations, mark them as up to date, see what is behind")
    actions = translate.add_subparsers(required=True, metavar="ACTION")
    for name, run, words in (
        ("start", _translate_start, "write the file of a translation, with the original's text as a guide"),
        ("mark", _translate_mark, "say that a translation follows its original as it is now"),
    ):
        action = actions.add_parser(name, help=words)
        action.add_argument("language", metavar="LANG", help="language code: es, fr, ar")
        action.add_argument("records", nargs="+", metavar="RECORD", help="the record: cities/riverton, docs/about")
        action.set_defaults(run=run)
    status = actions.add_parser("status", help="how every record stands in every language")
    status.add_argument("--format", choices=("json", "text"), default="text", help="text for people (default)")
    status.set_defaults(run=_translate_status)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is no date; write it as 2026-11-22") from None


def _check(options: argparse.Namespace) -> int:
    root = find_root(Path.cwd())
    wanted = [_from_root(root, path) for path in options.paths]
    result = read(root)
    found = tuple(d for d in result.diagnostics if _is_wanted(d, wanted))
    print(reports.FORMATS[options.format](found), end="")
    if options.format == "text":
        count = len(result.knowledge_base.records)
        print(f"{reports.counted(count, 'record')} checked: {reports.summary(found)}", file=sys.stderr)
    return CONTENT_HAS_ERRORS if _has_errors(found) else FINE


def _build(options: argparse.Namespace) -> int:
    from evidencebase.host import mkdocs  # noqa: PLC0415 - MkDocs takes half a second to load

    root = find_root(Path.cwd())
    _set_clock(options.today)
    result = read(root)
    if _has_errors(result.diagnostics):
        print(reports.to_text(result.diagnostics), end="", file=sys.stderr)
        print(f"{reports.summary(result.diagnostics)}; nothing was published", file=sys.stderr)
        return CONTENT_HAS_ERRORS
    started = time.monotonic()
    site = options.site_dir.absolute() if options.site_dir else None
    built = mkdocs.build(root, site, progress=sys.stderr if sys.stderr.isatty() else None)
    took = f"{time.monotonic() - started:.1f} s"
    print(f"{built.pages} pages in {built.site} ({took}); {reports.summary(result.diagnostics)}")
    return FINE


def _serve(options: argparse.Namespace) -> int:
    from evidencebase.host import mkdocs  # noqa: PLC0415

    mkdocs.serve(find_root(Path.cwd()), options.language)
    return FINE


def _new(options: argparse.Namespace) -> int:
    root = find_root(Path.cwd())
    path = scaffold.new_record(root, read(root).knowledge_base.record_types, options.type, options.slug)
    print(f"{path} is ready: fill it in, then run `evidencebase check {path}`")
    return FINE


def _init(options: argparse.Namespace) -> int:
    scaffold.new_knowledge_base(options.dir)
    print(f"{options.dir} is ready: `cd {options.dir}`, then `evidencebase serve`")
    return FINE


def _export_pages(options: argparse.Namespace) -> int:
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


def _export_data(options: argparse.Namespace) -> int:
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


def _translate_start(options: argparse.Namespace) -> int:
    root = find_root(Path.cwd())
    base = read(root).knowledge_base
    for path in options.records:
        made = translating.start(base, root, options.language, translating.record_at(base, path))
        print(f"{made} is ready: translate it, then run `evidencebase translate mark {options.language} {path}`")
    return FINE


def _translate_mark(options: argparse.Namespace) -> int:
    root = find_root(Path.cwd())
    base = read(root).knowledge_base
    for path in options.records:
        print(f"{translating.mark(base, root, options.language, translating.record_at(base, path))} is up to date")
    return FINE


def _translate_status(options: argparse.Namespace) -> int:
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
