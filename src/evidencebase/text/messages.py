"""How faults in fields are said to people who do not program: code, message and hint for each kind of fault."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from evidencebase.diagnostics import Code
from evidencebase.model import Field, FieldPath
from evidencebase.text.slugs import slugify

WORDS_FOR = {
    "string": "text", "integer": "a whole number", "number": "a number", "boolean": "true or false",
    "array": "a list, each entry on a line that begins with '- '", "object": "a group of fields, each on its own line",
}  # fmt: skip
HINTS_FOR_FORMATS = {
    "date": "write year, month and day: 2024-09-21",
    "uri": "write the whole address, beginning with https://",
    "country": "write the two capital letters of ISO 3166-1: CO for Colombia",
    "language": "write a language code: en, es, fr, ar",
    "slug": "use small letters a-z, digits and single hyphens",
}

Message = tuple[Code, str, str]


class YamlProblem(NamedTuple):
    """What a parser of YAML says, and how to say it to somebody who has never heard of YAML."""

    says: str
    message: str
    hint: str
    where_it_began: bool = False
    """The fault is where the value begins, and not where the parser noticed it."""


_NEVER_CLOSED = "a quotation mark is opened and never closed"
YAML_PROBLEMS = (
    YamlProblem("cannot start any token", "this character cannot begin a value", "put the text in quotation marks"),
    YamlProblem("mapping values are not allowed", "a second ':' stands on this line, or the line is indented wrongly",
                "put the text after the first ':' in quotation marks"),
    YamlProblem("could not find expected ':'", "this line has no ':' between field name and value",
                "write `field: value`, or indent the line if it continues the text above", where_it_began=True),
    YamlProblem("expected '-' indicator", "this line stands among the entries of a list and has no '-'",
                "begin it with '- ', or indent it"),
    YamlProblem("block sequence entries", "a '-' stands where no list can begin",
                "begin the list on a line of its own, below the field name"),
    YamlProblem("expected ',' or", "a '[' or '{' is opened and never closed",
                "close it, or put the text in quotation marks", where_it_began=True),
    YamlProblem("unexpected end of stream", _NEVER_CLOSED, "close it", where_it_began=True),
    YamlProblem("unexpected document indicator", _NEVER_CLOSED, "close it", where_it_began=True),
    YamlProblem("escape c", "a '\\' inside double quotation marks has no meaning here",
                "use single quotation marks"),
    YamlProblem("alphabetic or numeric character", "a '*' or '&' cannot begin a value",
                "put the text in quotation marks"),
    YamlProblem("expected comment or line break", "text stands on the same line as the '|' or '>' that announces it",
                "begin it on the next line and indent it, or put all of it in quotation marks"),
    YamlProblem("expected node content", "a value is missing here", "write it, or close the '[' or '{' above"),
    YamlProblem("tag handle", "a '!' cannot begin a value", "put the text in quotation marks"),
    YamlProblem("a field name must be plain text", "a list or a group of fields cannot be the name of a field",
                "put text that begins with '[' or '{' in quotation marks"),
    YamlProblem("a second document", "a line that begins with `---` stands among the fields",
                "delete it, or put `---` alone on the line where the fields end"),
)  # fmt: skip
_WRONGLY_INDENTED = YamlProblem(
    "expected key", "this line is not indented like the lines it belongs to", "line up the names of the fields"
)
_AFTER_THE_END = YamlProblem(
    "expected key",
    "the value ends before this place",
    "put the whole text in quotation marks of the other kind, ' or \"",
)


def yaml_problem(says: str, *, first_on_its_line: bool) -> YamlProblem:
    """Return the plain words for what a parser says; `first_on_its_line` tells a wrong indent from a wrong value."""
    if "expected key" in says or "<document start>" in says:
        return _WRONGLY_INDENTED if first_on_its_line else _AFTER_THE_END
    unknown = YamlProblem(says, f"this cannot be read: {says}", "compare with a record that works")
    return next((problem for problem in YAML_PROBLEMS if problem.says in says), unknown)


def nearest(word: str, known: Iterable[str]) -> str:
    """Return `did you mean …?` for the known word closest to this one, or the empty text."""
    close = closest(word, known)
    return f"did you mean '{close}'?" if close else ""


def closest(word: str, known: Iterable[str]) -> str:
    """Return the known word that differs from this one by a slip or two, or the empty text."""
    by_folded = {candidate.casefold(): candidate for candidate in known}
    close = difflib.get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[close[0]] if close else ""


def what_to_write(field: Field | None) -> str:
    """Return the advice of a field in one line: the first sentence of its description, and an example."""
    if field is None:
        return ""
    sentence = re.split(r"(?<=[.;:])\s", field.description)[0].rstrip(".;:")
    return f"{sentence[:1].lower()}{sentence[1:]}{_example(field)}"


def _example(field: Field) -> str:
    if not field.examples:
        return ""
    written = quoted(field.examples[0])
    # Without quotation marks a year would be read as a number.
    return f'; for example: "{written}"' if field.kind == "text" and is_number(written) else f"; for example: {written}"


def instead_of_unknown(field: Field | None) -> str:
    if field is not None and field.may_be_unknown:
        return "write it in small letters: unknown"
    return what_to_write(field) if field is None or field.required else "leave it out where nobody knows"


def is_number(text: str) -> bool:
    return re.fullmatch(r"[-+]?[0-9]+(\.[0-9]+)?", text) is not None


def quoted(value: Any, *, limit: int = 70) -> str:
    """Return a value as its author would write it on one line, cut where it grows long."""
    text = _written(value, limit)
    return text if len(text) <= limit else f"{text[: limit - 3].rstrip()}…"


def _written(value: Any, limit: int) -> str:
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key}: {_written(inner, limit)}' for key, inner in islice(value.items(), limit))}}}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(_written(inner, limit) for inner in islice(value, limit))}]"
    if isinstance(value, bool) or value is None:
        return "" if value is None else str(value).lower()
    return str(value)


def second(values: Sequence[Any]) -> int:
    """Return the place of the first entry of a list that stands in it before."""
    return next(number for number, value in enumerate(values) if value in values[:number])


def spoken(place: FieldPath) -> str:
    """Say where a value stands as its author would: 'value' of entry 2 of 'results'."""
    words = ""
    for step in place:
        words = (
            f"entry {step + 1} of {words}" if isinstance(step, int) else f"'{step}'{' of ' + words if words else ''}"
        )
    return words


def _wrong_type(name: str, value: Any, details: Mapping[str, Any], field: Field | None) -> Message:
    kinds = details["types"]
    message = f"{name} must be {' or '.join(WORDS_FOR[kind] for kind in kinds)}"
    if kinds == ["string"] and isinstance(value, (int, float)):
        if field is not None and field.kind == "date":
            return _wrong_format(name, value, {"format": "date"}, field)
        return Code.WRONG_TYPE, f"{message}, not {quoted(value)}", "put it in quotation marks"
    if kinds == ["array"] and not isinstance(value, Mapping):
        return Code.WRONG_TYPE, message, f"write it below, as `- {quoted(value)}`"
    if {"number", "integer"}.intersection(kinds) and isinstance(value, str):
        plain = re.sub(r"(?<=[0-9])[, \u00a0\u202f](?=[0-9]{3})", "", value)
        if is_number(plain):
            how = "without quotation marks" if plain == value else "without commas or spaces"
            return Code.WRONG_TYPE, f"{message}, not the text '{quoted(value)}'", f"write it {how}: {plain}"
    return Code.WRONG_TYPE, f"{message}, not '{quoted(value)}'", what_to_write(field)


def _not_in_choice(name: str, value: Any, details: Mapping[str, Any], field: Field | None) -> Message:
    options = [str(option) for option in details["options"]]
    hint = nearest(str(value), options) or f"one of: {', '.join(options)}"
    return Code.UNKNOWN_TERM, f"{name} cannot be '{quoted(value)}'", hint


def _too_long(name: str, value: Any, details: Mapping[str, Any], field: Field | None) -> Message:
    over = len(value) - details["limit"]
    return (
        Code.TOO_LONG,
        f"{name} has {len(value)} characters, the limit is {details['limit']}",
        f"cut {over} characters",
    )


def _wrong_format(name: str, value: Any, details: Mapping[str, Any], field: Field | None) -> Message:
    wanted = details["format"]
    code = Code.NOT_A_DATE if wanted == "date" else Code.NOT_A_SLUG if wanted == "slug" else Code.INVALID_VALUE
    what = {"date": "date", "uri": "web address", "country": "country", "language": "language", "slug": "id"}
    hint = HINTS_FOR_FORMATS.get(wanted, "")
    if wanted == "slug" and isinstance(value, str) and slugify(value):
        hint = f"write '{slugify(value)}'"
    return code, f"{name} is no {what.get(wanted, wanted)}: '{quoted(value)}'", hint


def _wrong_pattern(name: str, value: Any, details: Mapping[str, Any], field: Field | None) -> Message:
    if field is not None and field.kind == "reference":
        hint = "write the key of an entry in references/, without brackets: BragaWeisburdTurchan2018"
        return Code.INVALID_VALUE, f"{name} is no reference key: '{quoted(value)}'", hint
    return Code.INVALID_VALUE, f"{name} is not written as it should be: '{quoted(value)}'", what_to_write(field)


def _count(*, least: bool) -> Callable[[str, Any, Mapping[str, Any], Field | None], Message]:
    def message(name: str, value: Any, details: Mapping[str, Any], field: Field | None) -> Message:
        limit, count = details["limit"], f"{len(value)} {'entry' if len(value) == 1 else 'entries'}"
        if least:
            return Code.MISSING_FIELD, f"{name} has {count}, at least {limit} must be given", what_to_write(field)
        return Code.TOO_LONG, f"{name} has {count}, the limit is {limit}", f"keep the {limit} that matter most"

    return message


def _bound(word: str) -> Callable[[str, Any, Mapping[str, Any], Field | None], Message]:
    def message(name: str, value: Any, details: Mapping[str, Any], field: Field | None) -> Message:
        return Code.INVALID_VALUE, f"{name} must be {word} {details['limit']}, not {value}", what_to_write(field)

    return message


def _repeated(name: str, value: Any, details: Mapping[str, Any], field: Field | None) -> Message:
    return Code.DUPLICATE_ID, f"{name} names '{quoted(value[second(value)])}' twice", "keep one of the two"


MESSAGES: Mapping[str, Callable[[str, Any, Mapping[str, Any], Field | None], Message]] = {
    "Type": _wrong_type,
    "Enum": _not_in_choice,
    "MaxLength": _too_long,
    "Format": _wrong_format,
    "Pattern": _wrong_pattern,
    "MinItems": _count(least=True),
    "MaxItems": _count(least=False),
    "Minimum": _bound("at least"),
    "Maximum": _bound("at most"),
    "UniqueItems": _repeated,
}
"""What each kind of schema error means to an author."""
