"""Reads YAML into plain values with the position of every key; the only door to PyYAML.

YAML is read by its 1.2 core rules: `no`, `NO` and `2020-09-21` are text, only `true` and `false` are truth values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from evidencebase.diagnostics import Code, Diagnostic, Location
from evidencebase.model import Document, FieldPath

MAX_DEPTH = 24
MAX_ALIASES = 40
MAX_NODES = 200_000

_INTEGER = re.compile(r"[-+]?[0-9]+")
_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_WORDS = {"true": True, "True": True, "false": False, "False": False, "": None, "~": None, "null": None}
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class _Open:
    """A mapping or list whose end has not been read yet."""

    value: Any
    path: FieldPath
    anchor: str | None
    key: Any = None
    has_key: bool = False


@dataclass(slots=True)
class _Reader:
    path: str
    first_line: int
    positions: dict[FieldPath, Location] = field(default_factory=dict)
    anchors: dict[str, Any] = field(default_factory=dict)
    stack: list[_Open] = field(default_factory=list)
    root: Any = None
    aliases: int = 0
    nodes: int = 0


class _TooComplex(Exception):
    pass


def read_yaml(
    text: str, path: str, *, first_line: int = 1
) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """Return the document and what is wrong with it; no document where it cannot be read at all.

    `first_line` is the line of the file on which the text begins.
    """
    reader = _Reader(path, first_line)
    found: list[Diagnostic] = []
    try:
        for event in yaml.parse(text, Loader=_Loader):
            found.extend(_take(reader, event))
    except yaml.MarkedYAMLError as error:
        return None, (*found, _syntax_fault(reader, text, error))
    except yaml.reader.ReaderError as error:
        return None, (*found, _character_fault(path, first_line, text, error))
    except _TooComplex as error:
        return None, (*found, _fault(reader, None, Code.YAML_TOO_COMPLEX, str(error)))
    return Document(reader.root, reader.positions), tuple(found)


def write_yaml(value: object) -> str:
    """Return the value as YAML, keys in the given order."""
    return yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    def ignore_aliases(self, data: object) -> bool:
        return True


def _take(reader: _Reader, event: Any) -> Iterator[Diagnostic]:
    if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
        _open(reader, event)
    elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
        done = reader.stack.pop()
        if done.anchor:
            reader.anchors[done.anchor] = done.value
        yield from _place(reader, done.value, event, opened=True)
    elif isinstance(event, yaml.ScalarEvent):
        value = _scalar(event)
        if event.anchor:
            reader.anchors[event.anchor] = value
        yield from _place(reader, value, event)
    elif isinstance(event, yaml.AliasEvent):
        yield from _alias(reader, event)


def _open(reader: _Reader, event: Any) -> None:
    if len(reader.stack) >= MAX_DEPTH:
        raise _TooComplex(f"values are nested more than {MAX_DEPTH} levels deep")
    if reader.stack and isinstance(reader.stack[-1].value, dict) and not reader.stack[-1].has_key:
        raise yaml.MarkedYAMLError(problem="a field name must be plain text", problem_mark=event.start_mark)
    value: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
    path = _path_of_next(reader)
    if path:
        reader.positions.setdefault(path, _location(reader, event.start_mark))
    reader.stack.append(_Open(value, path, event.anchor))


def _path_of_next(reader: _Reader) -> FieldPath:
    if not reader.stack:
        return ()
    parent = reader.stack[-1]
    step = parent.key if isinstance(parent.value, dict) else len(parent.value)
    return (*parent.path, step)


def _alias(reader: _Reader, event: Any) -> Iterator[Diagnostic]:
    reader.aliases += 1
    if reader.aliases > MAX_ALIASES:
        raise _TooComplex(f"more than {MAX_ALIASES} values are repeated with '*'")
    if event.anchor not in reader.anchors:
        yield _fault(
            reader, event.start_mark, Code.YAML_SYNTAX, f"'*{event.anchor}' repeats a value that has no name",
            "put text that begins with '*' in quotation marks",
        )  # fmt: skip
        yield from _place(reader, None, event)
        return
    value = reader.anchors[event.anchor]
    reader.nodes += _size(value)
    yield from _place(reader, value, event)


def _size(value: Any) -> int:
    """Count the values inside; stops at the limit, so that a bomb costs no more than an honest file."""
    count, waiting = 0, [value]
    while waiting:
        count += 1
        if count > MAX_NODES:
            raise _TooComplex("values repeated with '*' grow beyond any honest size")
        current = waiting.pop()
        if isinstance(current, (dict, list)):
            waiting.extend(current.values() if isinstance(current, dict) else current)
    return count


def _place(reader: _Reader, value: Any, event: Any, *, opened: bool = False) -> Iterator[Diagnostic]:
    """Put a finished value where it belongs: the root, the open list, or the open mapping (a key, then its value)."""
    reader.nodes += 1
    if reader.nodes > MAX_NODES:
        raise _TooComplex(f"the file holds more than {MAX_NODES} values")
    if not reader.stack:
        reader.root = value
        return
    parent = reader.stack[-1]
    if isinstance(parent.value, list):
        if not opened:
            reader.positions[(*parent.path, len(parent.value))] = _location(reader, event.start_mark)
        parent.value.append(value)
    elif not parent.has_key:
        parent.key, parent.has_key = _key(value, event), True
        if parent.key in parent.value:
            first = reader.positions[(*parent.path, parent.key)]
            yield _fault(
                reader, event.start_mark, Code.DUPLICATE_KEY,
                f"'{parent.key}' is written twice; it stands on line {first.line} already",
                "keep one of the two",
            )  # fmt: skip
        reader.positions[(*parent.path, parent.key)] = _location(reader, event.start_mark)
    else:
        parent.value[parent.key] = value
        parent.has_key = False


def _key(value: Any, event: Any) -> str:
    return event.value if isinstance(event, yaml.ScalarEvent) else str(value)


def _scalar(event: Any) -> Any:
    text: str = event.value
    if event.tag is not None and event.tag != "!" and not event.implicit[0]:
        # Only `mkdocs.yml` uses tags (`!ENV`), and nothing that is read from it here has one.
        return text if event.tag.endswith(":str") else None
    if not event.implicit[0]:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text) and len(text) < 20:
        return int(text)
    if _NUMBER.fullmatch(text) and len(text) < 40:
        return float(text)
    return text


def _location(reader: _Reader, mark: Any) -> Location:
    return Location(reader.path, mark.line + reader.first_line, mark.column + 1)


def _fault(reader: _Reader, mark: Any, code: Code, message: str, hint: str = "") -> Diagnostic:
    location = _location(reader, mark) if mark else Location(reader.path, reader.first_line, 1)
    return Diagnostic(location, code, message, hint)


PLAIN_WORDS = (
    ("cannot start any token", "this character cannot begin a value", "put the text in quotation marks"),
    ("mapping values are not allowed", "a second ':' stands on this line, or the line is indented wrongly",
     "put the text after the first ':' in quotation marks"),
    ("could not find expected ':'", "this line has no ':' between field name and value",
     "write `field: value`, or indent the line if it continues the text above"),
    ("expected key", "this line is not indented like the lines it belongs to",
     "line up field names; put text that begins with a quotation mark or '[' wholly in quotation marks"),
    ("expected '-' indicator", "this line stands among the entries of a list and has no '-'", "begin it with '- ', or indent it"),
    ("block sequence entries", "a '-' stands where no list can begin", "begin the list on a line of its own, below the field name"),
    ("expected ',' or", "a '[' or '{' is opened and never closed", "close it, or put the text in quotation marks"),
    ("unexpected end of stream", "a quotation mark is opened and never closed", "close it"),
    ("unexpected document indicator", "a quotation mark is opened and never closed", "close it"),
    ("unknown escape character", "a '\\' inside double quotation marks has no meaning here", "use single quotation marks"),
)  # fmt: skip
"""What libyaml says, and how to say it to somebody who has never heard of YAML."""


def _syntax_fault(reader: _Reader, text: str, error: yaml.MarkedYAMLError) -> Diagnostic:
    mark = error.problem_mark or error.context_mark
    problem = error.problem or "no reason known"
    lines = text.split("\n")
    if mark.line < len(lines) and re.match(r" *\t", lines[mark.line]):
        return _fault(
            reader, mark, Code.TAB_INDENTATION, "the line is indented with a tab", "use spaces, two for each level"
        )
    for phrase, message, hint in PLAIN_WORDS:
        if phrase in problem:
            return _fault(reader, mark, Code.YAML_SYNTAX, message, hint)
    return _fault(
        reader, mark, Code.YAML_SYNTAX, f"this cannot be read: {problem}", "compare with a record that works"
    )


def _character_fault(path: str, first_line: int, text: str, error: Any) -> Diagnostic:
    position = error.position if isinstance(error.position, int) else 0
    before = text[:position]
    location = Location(path, first_line + before.count("\n"), position - before.rfind("\n"))
    return Diagnostic(
        location, Code.YAML_SYNTAX, "a control character stands here that no text may hold", "delete it"
    )
