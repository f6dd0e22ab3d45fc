"""Fills page templates; the only door to Jinja.

Whatever a template inserts is text, written so that neither Markdown nor HTML reads anything into it, unless the page
decided otherwise and passes `Markup`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache

from jinja2 import DictLoader, Environment, StrictUndefined, TemplateError, TemplateSyntaxError, nodes
from markupsafe import Markup

from evidencebase.diagnostics import Code, Diagnostic, KnowledgeBaseError, Location
from evidencebase.text.messages import nearest

_SPECIAL = re.compile(r"[&<>\"`*_{}\[\]\\|#]")
_AT_LINE_START = re.compile(r"^([-+:=!?/]|\d+(?=[.)]))")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def plain(value: object) -> Markup:
    """Return the value as text that is safe in Markdown and in HTML alike: special characters become entities."""
    if isinstance(value, Markup):
        return value
    text = " ".join(_CONTROL.sub("", str(value)).split())
    text = _SPECIAL.sub(lambda match: f"&#{ord(match[0])};", text)
    # A number that ends a sentence must not begin a numbered list.
    text = _AT_LINE_START.sub(lambda match: f"&#{ord(match[1][0])};{match[1][1:]}", text)
    return Markup(text)  # noqa: S704 - escaped just above


def check_templates(sources: Mapping[str, str], paths: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the templates, at its line."""
    environment = _environment(tuple(sorted(sources.items())))
    found = []
    for name in sorted(sources):
        try:
            environment.get_template(name)
        except TemplateSyntaxError as error:
            message = f"the template cannot be read: {error.message}"
            hint = "compare it with a built-in page.md.jinja"
            found.append(Diagnostic(Location(paths[name], error.lineno), Code.BROKEN_TEMPLATE, message, hint))
        else:
            found.extend(_missing_parts(environment.parse(sources[name]), paths[name], sources))
    return tuple(found)


def _missing_parts(tree: nodes.Template, path: str, known: Collection[str]) -> Iterator[Diagnostic]:
    for part in tree.find_all((nodes.Extends, nodes.FromImport, nodes.Import, nodes.Include)):
        target = getattr(part, "template")  # noqa: B009 - the four kinds of node share no class that has it
        if isinstance(target, nodes.Const) and target.value not in known:
            hint = nearest(str(target.value), known) or "templates are the .jinja files in record_types/"
            message = f"there is no template '{target.value}'"
            yield Diagnostic(Location(path, part.lineno), Code.BROKEN_TEMPLATE, message, hint)


def fill(sources: Mapping[str, str], name: str, values: Mapping[str, object]) -> str:
    """Return the filled template; raises KnowledgeBaseError where it asks for something that does not exist."""
    try:
        return _environment(tuple(sorted(sources.items()))).get_template(name).render(values)
    except TemplateError as error:
        raise KnowledgeBaseError(f"the template {name} cannot be filled: {error.message}") from error


@lru_cache(maxsize=4)
def _environment(sources: tuple[tuple[str, str], ...]) -> Environment:
    return Environment(
        loader=DictLoader(dict(sources)),
        autoescape=True,
        finalize=plain,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
