"""The `evidencebase` command: the one place that reads arguments, prints and decides the exit code."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from evidencebase import __version__, clock, reports
from evidencebase.cache import Cache
from evidencebase.cli.exit_codes import FINE, WRONG_USE
from evidencebase.content.load import find_root
from evidencebase.diagnostics import KnowledgeBaseError
from evidencebase.host import last_build


@dataclass(frozen=True, slots=True)
class Before:
    """A knowledge base and its site before a build."""

    root: Path
    site: Path
    cache: Cache
    start: last_build.Start


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code: 0 fine, 1 the content has errors, 2 wrong use."""
    options = _parser().parse_args(arguments)
    try:
        if options.run == "build":
            options.before = _look(options)
            if _is_up_to_date(options.before):
                return FINE
        # What the other commands need takes half a second to load.
        from evidencebase.cli import commands  # noqa: PLC0415

        code: int = getattr(commands, options.run)(options)
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
    check.add_argument(
        "--changed",
        nargs="?",
        const="HEAD",
        metavar="BASE",
        help="only what has changed since this commit, or broke by it",
    )
    check.add_argument("--format", choices=sorted(reports.FORMATS), default="text", help="text for people (default)")
    check.set_defaults(run="check")

    build = commands.add_parser("build", help="build the site")
    build.add_argument("--site-dir", type=Path, metavar="DIR", help="where to put it (default: site)")
    build.add_argument("--today", type=_date, metavar="DATE", help="build as if today were this day, as 2026-11-22")
    build.add_argument("--clean", action="store_true", help="make every page anew, whatever earlier builds have left")
    build.add_argument("--pages-only", action="store_true", help="leave out search, files to print and data")
    build.add_argument(
        "--jobs", type=int, default=0, metavar="N", help="processes at a time (default: as many as processors)"
    )
    build.set_defaults(run="build")

    _add_serve(commands)

    new = commands.add_parser("new", help="begin a record: a file with every field and what to write in it")
    new.add_argument("type", metavar="TYPE", help="type of record: case_study, city, term …")
    new.add_argument("slug", metavar="SLUG", help="name of its folder: small letters, digits and hyphens")
    new.set_defaults(run="new")

    init = commands.add_parser("init", help="begin a knowledge base of your own")
    init.add_argument("dir", type=Path, metavar="DIR", help="a folder that does not exist yet, or is empty")
    init.set_defaults(run="init")

    _add_translate(commands)

    _add_export(commands)
    return parser


def _add_export(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    export = commands.add_parser("export", help="write the knowledge base in other forms")
    forms = export.add_subparsers(required=True, metavar="FORM")
    tree = forms.add_parser("pages", help="the pages as plain Markdown, for any site generator")
    tree.add_argument("dir", type=Path, metavar="DIR", help="a folder that does not exist yet, or is empty")
    tree.add_argument("--today", type=_date, metavar="DATE", help="as if today were this day")
    tree.set_defaults(run="export_pages")
    data = forms.add_parser("data", help="records, claims and references as JSON, CSV, BibTeX and RIS, with schemas")
    data.add_argument("dir", type=Path, metavar="DIR", help="a folder that does not exist yet, or is empty")
    data.add_argument("--today", type=_date, metavar="DATE", help="as if today were this day")
    data.set_defaults(run="export_data")


def _add_serve(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    serve = commands.add_parser("serve", help="show the site, drafts included, and follow every edit")
    serve.add_argument(
        "--language", default="", metavar="CODE", help="which language first (default: the site's first)"
    )
    serve.add_argument("--port", type=int, default=8000, metavar="N", help="where to show it (default: 8000)")
    serve.add_argument("--host", default="127.0.0.1", metavar="NAME", help="who may see it (default: this computer)")
    serve.set_defaults(run="serve")


def _add_translate(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    translate = commands.add_parser("translate", help="begin translations, mark them as up to date, see what is behind")
    actions = translate.add_subparsers(required=True, metavar="ACTION")
    for name, run, words in (
        ("start", "translate_start", "write the file of a translation, with the original's text as a guide"),
        ("mark", "translate_mark", "say that a translation follows its original as it is now"),
    ):
        action = actions.add_parser(name, help=words)
        action.add_argument("language", metavar="LANG", help="language code: es, fr, ar")
        action.add_argument("records", nargs="+", metavar="RECORD", help="the record: cities/riverton, docs/about")
        action.set_defaults(run=run)
    status = actions.add_parser("status", help="how every record stands in every language")
    status.add_argument("--format", choices=("json", "text"), default="text", help="text for people (default)")
    status.set_defaults(run="translate_status")


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is no date; write it as 2026-11-22") from None


def _look(options: argparse.Namespace) -> Before:
    """Return how things stand before a build."""
    root = find_root(Path.cwd())
    site = (options.site_dir or root / "site").absolute()
    cache = Cache(root)
    if options.clean:
        cache.clear()
    start = last_build.look(root, site, options.today or clock.today(), cache, pages_only=options.pages_only)
    return Before(root, site, cache, start)


def _is_up_to_date(before: Before) -> bool:
    """Say that nothing has changed since the last build, where that is so."""
    start = before.start
    if start.is_up_to_date and start.last is not None:
        print(f"{start.last.pages} pages in {before.site} (nothing has changed); {start.last.summary}")
    return start.is_up_to_date
