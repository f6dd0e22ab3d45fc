"""Checks that a record type can be made of each schema: known keywords, each with the kind of value it needs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from evidencebase.diagnostics import Code, Diagnostic, Location
from evidencebase.fields import location_of
from evidencebase.model import Document, FieldPath
from evidencebase.text.messages import nearest, quoted

Shape: TypeAlias = tuple[Callable[[Any], bool], str]
"""A test, and what to write where it fails."""


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(_is_text(entry) for entry in value)


def _are_bad_examples(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(bad, dict) and {"value", "why"} <= bad.keys() for bad in value)


def _are_conditions(value: Any) -> bool:
    groups = value.values() if isinstance(value, dict) else (None,)
    return all(isinstance(group, dict) and all(map(_are_texts, group.values())) for group in groups)


def _one_of(*options: str) -> Shape:
    return (lambda value: value in options, f"one of: {', '.join(options)}")


TEXT: Shape = (_is_text, "write text")
TEXTS: Shape = (_are_texts, "write a list of names: [one, two]")
TEXT_OR_TEXTS: Shape = (lambda value: _is_text(value) or _are_texts(value), "write a name, or a list of names")
LIST: Shape = (lambda value: isinstance(value, list) and bool(value), "write a list")
COUNT: Shape = (lambda value: type(value) is int and value >= 0, "write a whole number")
NUMBER: Shape = (lambda value: type(value) in (int, float), "write a number")
SWITCH: Shape = (lambda value: isinstance(value, bool), "write true or false")
GROUP: Shape = (lambda value: isinstance(value, dict), "write a group of keywords, each on its own line")
ANYTHING: Shape = (lambda _: True, "")
NAME = re.compile(r"[a-z][a-z0-9_]*")
"""Names of fields and folders stand in templates, links and addresses."""

KEYWORDS: Mapping[str, Shape] = {
    "$schema": TEXT, "$ref": TEXT, "title": TEXT, "description": TEXT, "examples": LIST, "default": ANYTHING,
    "type": _one_of("string", "integer", "number", "boolean", "array", "object"), "const": ANYTHING, "enum": LIST,
    "format": _one_of("date", "uri", "country", "language", "slug", "file"), "pattern": TEXT,
    "required": TEXTS, "properties": GROUP, "items": GROUP, "oneOf": LIST, "anyOf": LIST,
    "minimum": NUMBER, "maximum": NUMBER, "minLength": COUNT, "maxLength": COUNT, "minItems": COUNT, "maxItems": COUNT,
    "uniqueItems": SWITCH, "x-plural": TEXT, "x-layout": _one_of("folders", "files"), "x-common": SWITCH,
    "x-folder": (lambda value: _is_text(value) and bool(NAME.fullmatch(value)), "use small letters, digits and _"),
    "x-index": GROUP, "x-autolink": SWITCH, "x-described-as": _one_of("Article", "Report", "DefinedTerm", "WebPage"),
    "x-printed-as": _one_of("document", "sheet", "clauses"),
    "x-required-once-published": TEXTS, "x-required-once-retired": TEXTS,
    "x-required-where": (_are_conditions, "write `field: {value: [names of fields]}`"),
    "x-translatable": SWITCH, "x-any-length": SWITCH, "x-links-to": TEXT_OR_TEXTS, "x-links-to-part": TEXT,
    "x-leads-to": SWITCH,
    "x-backlink": TEXT, "x-vocabulary": TEXT, "x-cites": SWITCH, "x-prose": SWITCH, "x-may-be-unknown": SWITCH,
    "x-max-words": COUNT,
    "x-labels": (lambda value: isinstance(value, dict) and all(map(_is_text, value.values())), "write `value: label`"),
    "x-bad-examples": (_are_bad_examples, "write a list of `value` and `why`"),
}  # fmt: skip
"""Every keyword of JSON Schema that is read, and our own, which begin with `x-`."""
INDEX: Mapping[str, Shape] = {
    "show": _one_of("cards", "glossary", "timeline"), "split": _one_of("letter", "year"), "date": TEXT,
    "filters": TEXTS, "card": TEXTS,
}  # fmt: skip


def check_schemas(documents: Mapping[str, Document], paths: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Yield what is wrong with schemas and with the files that they take in by `$ref`, each at its line."""
    for name, document in sorted(documents.items()):
        value = document.value
        whole = name.endswith("/schema.yml")
        if not isinstance(value, dict) or (whole and not ({"title", "properties"} <= value.keys())):
            hint = "give it a `title` and `properties`; look at a built-in schema"
            yield Diagnostic(
                Location(paths[name]), Code.BROKEN_SCHEMA, "the schema does not describe a record type", hint
            )
            continue
        if whole and not NAME.fullmatch(name.removesuffix("/schema.yml")):
            hint = "rename its folder: small letters, digits and _"
            message = f"'{name.removesuffix('/schema.yml')}' cannot be the name of a record type"
            yield Diagnostic(Location(paths[name]), Code.BROKEN_SCHEMA, message, hint)
        for place, keyword, part, known in _keywords(value, ()):
            location = location_of(document, (*place, keyword), paths[name])
            if keyword not in known:
                hint = nearest(keyword, known) or f"keywords are: {', '.join(sorted(known))}"
                yield Diagnostic(
                    location, Code.BROKEN_SCHEMA, f"'{quoted(keyword)}' is not a keyword of a schema", hint
                )
            elif not known[keyword][0](part):
                message = f"'{keyword}' cannot be '{quoted(part)}'"
                yield Diagnostic(location, Code.BROKEN_SCHEMA, message, known[keyword][1])
            elif keyword == "$ref" and (why := _wrong_reference(name, part, documents)):
                hint = f"files are: {', '.join(sorted(n for n in documents if not n.endswith('/schema.yml')))}"
                yield Diagnostic(location, Code.BROKEN_SCHEMA, why, hint)


def _keywords(schema: Any, place: FieldPath) -> Iterator[tuple[FieldPath, str, Any, Mapping[str, Shape]]]:
    """Yield every keyword with its place, its value and the table it must stand in."""
    if not isinstance(schema, dict):
        *above, name = (step for step in place if isinstance(step, str))
        yield tuple(above), name, schema, {name: GROUP}
        return
    for keyword, value in schema.items():
        yield place, keyword, value, KEYWORDS
        inner = (*place, keyword)
        if keyword == "x-index" and isinstance(value, dict):
            yield from ((inner, name, part, INDEX) for name, part in value.items())
        elif keyword == "properties" and isinstance(value, dict):
            for name, part in value.items():
                if not NAME.fullmatch(name):
                    yield (
                        inner,
                        name,
                        part,
                        {name: (lambda _: False, "use small letters, digits and _ in a field's name")},
                    )
                yield from _keywords(part, (*inner, name))
        elif keyword == "items" and isinstance(value, dict):
            yield from _keywords(value, inner)
        elif keyword in ("oneOf", "anyOf") and isinstance(value, list):
            for number, option in enumerate(value):
                yield from _keywords(option, (*inner, number))


def _wrong_reference(name: str, target: str, documents: Mapping[str, Document]) -> str:
    """Say why a file cannot be taken in; empty where it can."""
    if target not in documents:
        return f"there is no '{target}' in record_types/"
    waiting, seen = [target], set[str]()
    while waiting:
        current = waiting.pop()
        if current == name:
            return f"'{target}' takes in this file again"
        if current in documents and current not in seen:
            seen.add(current)
            value = documents[current].value
            parts = _keywords(value, ()) if isinstance(value, dict) else ()
            waiting += [str(target) for _, keyword, target, _ in parts if keyword == "$ref"]
    return ""
