"""Fills page templates; the only door to Jinja.

Whatever a template inserts is text, written so that neither Markdown nor HTML reads anything into it, unless the page
decided otherwise and passes `Markup`.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jinja2 import (
    BytecodeCache,
    DictLoader,
    Environment,
    FileSystemBytecodeCache,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
    nodes,
)
from jinja2.bccache import Bucket
from markupsafe import Markup

from evidencebase.diagnostics import Code, Diagnostic, KnowledgeBaseError, Location
from evidencebase.text.locales import direction
from evidencebase.text.messages import nearest
from evidencebase.text.typography import one_line

_SPECIAL = re.compile(r"[&<>\"`*_{}\[\]\\|#]")
_AT_LINE_START = re.compile(r"^([-+:=!?/]|\d+(?=[.)]))")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def plain(value: object) -> Markup:
    """Return the value as text that is safe in Markdown and in HTML alike: special characters become entities."""
    return value if isinstance(value, Markup) else _plain(str(value))


@lru_cache(maxsize=10_000)
def _plain(text: str) -> Markup:
    """Do it once for what is said on many pages: labels, titles, names."""
    text = one_line(_CONTROL.sub("", text))
    text = _SPECIAL.sub(lambda match: f"&#{ord(match[0])};", text)
    # A number that ends a sentence must not begin a numbered list.
    text = _AT_LINE_START.sub(lambda match: f"&#{ord(match[1][0])};{match[1][1:]}", text)
    return Markup(text)  # noqa: S704 - escaped just above


def check_templates(sources: Mapping[str, str], paths: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the templates, at its line."""
    return tuple(
        Diagnostic(Location(paths[name], line), Code.BROKEN_TEMPLATE, message, hint)
        for name, line, message, hint in _faults(tuple(sorted(sources.items())))
    )


@lru_cache(maxsize=4)
def _faults(sources: tuple[tuple[str, str], ...]) -> tuple[tuple[str, int, str, str], ...]:
    """Return name and line of each fault, what is wrong, and what to do; the same templates are parsed once."""
    found = []
    known = dict(sources)
    for name, source in sources:
        try:
            tree = _environment(sources).parse(source)
        except TemplateSyntaxError as error:
            message = f"the template cannot be read: {error.message}"
            found.append((name, error.lineno, message, "compare it with a built-in page.md.jinja"))
            continue
        for part in tree.find_all((nodes.Extends, nodes.FromImport, nodes.Import, nodes.Include)):
            target = getattr(part, "template")  # noqa: B009 - the four kinds of node share no class that has it
            if isinstance(target, nodes.Const) and target.value not in known:
                hint = nearest(str(target.value), known) or "templates are the .jinja files in record_types/"
                found.append((name, part.lineno, f"there is no template '{target.value}'", hint))
    return tuple(found)


def fill(sources: Mapping[str, str], name: str, values: Mapping[str, object]) -> str:
    """Return the filled template; raises KnowledgeBaseError where it asks for something that does not exist."""
    try:
        return _environment(tuple(sorted(sources.items()))).get_template(name).render(values)
    except TemplateError as error:
        raise KnowledgeBaseError(f"the template {name} cannot be filled: {error.message}") from error


class _Compiled(FileSystemBytecodeCache):
    """Compiled templates in a folder, which may be deleted at any time."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        with contextlib.suppress(OSError):
            super().dump_bytecode(bucket)


def keep_compiled(folder: Path) -> BytecodeCache:
    """Keep what templates are compiled to in this folder, for compiling takes longer than filling."""
    _KEPT.compiled = _Compiled(str(folder))
    _environment.cache_clear()
    return _KEPT.compiled


@dataclass(slots=True)
class _Kept:
    compiled: BytecodeCache | None = None


_KEPT = _Kept()


@lru_cache(maxsize=4)
def _environment(sources: tuple[tuple[str, str], ...]) -> Environment:
    environment = Environment(
        loader=DictLoader(dict(sources)),
        autoescape=True,
        finalize=plain,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=_KEPT.compiled,
    )
    environment.globals["direction"] = direction
    return environment
