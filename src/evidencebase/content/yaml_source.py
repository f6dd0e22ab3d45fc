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
from evidencebase.text.messages import quoted, yaml_problem
from evidencebase.text.scalars import unquoted

MAX_DEPTH = 24
MAX_ALIASES = 40
MAX_NODES = 200_000
WRITE_OUT = "write the values out; text that begins with '*' or '&' needs quotation marks"

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
    names: dict[str, Any] = field(default_factory=dict)
    """Where a value was given a name that nothing has used so far."""
    stack: list[_Open] = field(default_factory=list)
    root: Any = None
    aliases: int = 0
    nodes: int = 0


class _TooComplex(Exception):
    pass


def read_yaml(text: str, path: str, *, first_line: int = 1) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """Return the document and what is wrong with it; no document where it cannot be read at all.

    `first_line` is the line of the file on which the text begins.
    """
    reader = _Reader(path, first_line)
    found: list[Diagnostic] = []
    event: Any = None
    try:
        for event in yaml.parse(text, Loader=_Loader):
            found.extend(_take(reader, event))
    except yaml.MarkedYAMLError as error:
        return None, (*found, _syntax_fault(reader, text, error))
    except yaml.reader.ReaderError as error:
        return None, (*found, _character_fault(path, first_line, text, error))
    except _TooComplex as error:
        return None, (*found, _fault(reader, event.start_mark, Code.YAML_TOO_COMPLEX, error.args))
    return Document(reader.root, reader.positions), (*found, *_unused_names(reader))


def write_yaml(value: object) -> str:
    """Return the value as YAML, keys in the given order."""
    return yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    def ignore_aliases(self, data: object) -> bool:
        return True


def _written_text(dumper: Any, text: str) -> Any:
    # PyYAML leaves `1e5` without quotation marks: it is text in YAML 1.1, and a number in YAML 1.2.
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if unquoted(text) == text else "'")


_Dumper.add_representer(str, _written_text)


def _take(reader: _Reader, event: Any) -> Iterator[Diagnostic]:
    if isinstance(event, yaml.NodeEvent) and event.anchor and not isinstance(event, yaml.AliasEvent):
        reader.names[event.anchor] = event.start_mark
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
    elif isinstance(event, yaml.DocumentStartEvent) and reader.nodes:
        mark: Any = event.start_mark
        raise yaml.MarkedYAMLError(problem="a second document", problem_mark=mark)


def _open(reader: _Reader, event: Any) -> None:
    if len(reader.stack) >= MAX_DEPTH:
        hint = "close the brackets, and write lists and groups of fields on lines of their own"
        raise _TooComplex(f"values stand in one another more than {MAX_DEPTH} levels deep", hint)
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
    reader.names.pop(event.anchor, None)
    if reader.aliases > MAX_ALIASES:
        raise _TooComplex(f"more than {MAX_ALIASES} values are repeated with '*'", WRITE_OUT)
    if event.anchor not in reader.anchors:
        words = (
            f"'*{event.anchor}' names a value that does not exist",
            "put text that begins with '*' in quotation marks",
        )
        yield _fault(reader, event.start_mark, Code.YAML_SYNTAX, words)
        yield from _place(reader, f"*{event.anchor}", event)
        return
    value = reader.anchors[event.anchor]
    reader.nodes += _size(value)
    yield from _place(reader, value, event)


def _unused_names(reader: _Reader) -> Iterator[Diagnostic]:
    """Yield text that begins with '&' and was meant as text: YAML swallows its first word."""
    for name, mark in reader.names.items():
        words = (
            f"'&{name}' gives the value a name that nothing uses",
            "put text that begins with '&' in quotation marks",
        )
        yield _fault(reader, mark, Code.YAML_SYNTAX, words)


def _size(value: Any) -> int:
    """Count the values inside; stops at the limit, so that a bomb costs no more than an honest file."""
    count, waiting = 0, [value]
    while waiting:
        count += 1
        if count > MAX_NODES:
            raise _TooComplex("values repeated with '*' grow beyond any honest size", WRITE_OUT)
        current = waiting.pop()
        if isinstance(current, (dict, list)):
            waiting.extend(current.values() if isinstance(current, dict) else current)
    return count


def _place(reader: _Reader, value: Any, event: Any, *, opened: bool = False) -> Iterator[Diagnostic]:
    """Put a finished value where it belongs: the root, the open list, or the open mapping (a key, then its value)."""
    reader.nodes += 1
    if reader.nodes > MAX_NODES:
        raise _TooComplex(f"the file holds more than {MAX_NODES} values", "split it, or move tables into a CSV file")
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
            message = f"'{quoted(parent.key)}' is written twice; it stands on line {first.line} already"
            yield _fault(reader, event.start_mark, Code.DUPLICATE_KEY, (message, "keep one of the two"))
        reader.positions[(*parent.path, parent.key)] = _location(reader, event.start_mark)
    else:
        parent.value[parent.key] = value
        parent.has_key = False


def _key(value: Any, event: Any) -> str:
    return event.value if isinstance(event, yaml.ScalarEvent) else str(value)


def _scalar(event: Any) -> Any:
    text: str = event.value
    if event.tag is not None and event.tag != "!" and not event.implicit[0]:
        # YAML takes a first word that begins with `!` for a kind of value; an author meant text.
        return text if event.tag.startswith("tag:yaml.org") else f"{event.tag} {text}".rstrip()
    if not event.implicit[0]:
        return text
    return unquoted(text)


def _location(reader: _Reader, mark: Any) -> Location:
    return Location(reader.path, mark.line + reader.first_line, mark.column + 1)


def _fault(reader: _Reader, mark: Any, code: Code, words: tuple[str, str]) -> Diagnostic:
    """`words` are what is wrong, and what to write instead."""
    return Diagnostic(_location(reader, mark), code, *words)


def _syntax_fault(reader: _Reader, text: str, error: yaml.MarkedYAMLError) -> Diagnostic:
    mark: Any = error.problem_mark or error.context_mark
    lines = text.split("\n")
    line = lines[mark.line] if mark.line < len(lines) else ""
    if re.match(r" *\t", line):
        words = "the line is indented with a tab", "use spaces, two for each level"
        return _fault(reader, mark, Code.TAB_INDENTATION, words)
    problem = yaml_problem(error.problem or "", first_on_its_line=not line[: mark.column].strip())
    if problem.where_it_began and error.context_mark:
        mark = error.context_mark
    location = _location(reader, mark)
    if not "".join(lines[mark.line :]).strip():
        # The parser noticed at the end of the text what is wrong with the last line that says something.
        lines = text.rstrip().split("\n")
        location = Location(reader.path, reader.first_line + len(lines) - 1, len(lines[-1]) + 1)
    return Diagnostic(location, Code.YAML_SYNTAX, problem.message, problem.hint)


def _character_fault(path: str, first_line: int, text: str, error: Any) -> Diagnostic:
    position = error.position if isinstance(error.position, int) else 0
    before = text[:position]
    location = Location(path, first_line + before.count("\n"), position - before.rfind("\n"))
    return Diagnostic(location, Code.YAML_SYNTAX, "a control character stands here that no text may hold", "delete it")
