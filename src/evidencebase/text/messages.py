"""How faults in fields are said to people who do not program: code, message and hint for each kind of fault."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

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


def nearest(word: str, known: Iterable[str]) -> str:
    """Return `did you mean …?` for the known word closest to this one, or the empty text."""
    by_folded = {candidate.casefold(): candidate for candidate in known}
    close = difflib.get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.6)
    return f"did you mean '{by_folded[close[0]]}'?" if close else ""


def what_to_write(field: Field | None) -> str:
    """Return the advice of a field in one line: the first sentence of its description, and an example."""
    if field is None:
        return ""
    sentence = re.split(r"(?<=[.;:])\s", field.description)[0].rstrip(".;:")
    example = f"; for example: {quoted(field.examples[0])}" if field.examples else ""
    return f"{sentence[:1].lower()}{sentence[1:]}{example}"


def quoted(value: Any) -> str:
    text = str(value) if not isinstance(value, (dict, list)) else ", ".join(map(str, value))
    return text if len(text) <= 70 else f"{text[:67].rstrip()}…"


def spoken(place: FieldPath) -> str:
    """Say where a value stands as its author would: 'value' of entry 2 of 'results'."""
    words = ""
    for step in place:
        words = f"entry {step + 1} of {words}" if isinstance(step, int) else f"'{step}'{' of ' + words if words else ''}"
    return words


def _wrong_type(name: str, value: Any, details: Mapping[str, Any], field: Field | None) -> Message:
    wanted = " or ".join(WORDS_FOR[kind] for kind in details["types"] if kind in WORDS_FOR)
    if details["types"] == ["string"] and isinstance(value, (int, float)):
        shown = str(value).lower() if isinstance(value, bool) else value
        return Code.WRONG_TYPE, f"{name} must be text, not {shown}", f'put it in quotation marks: "{shown}"'
    if details["types"] == ["array"]:
        return Code.WRONG_TYPE, f"{name} must be {wanted}", f"write it below, as `- {quoted(value)}`"
    return Code.WRONG_TYPE, f"{name} must be {wanted}, not '{quoted(value)}'", what_to_write(field)


def _not_in_choice(name: str, value: Any, details: Mapping[str, Any], field: Field | None) -> Message:
    options = [str(option) for option in details["options"]]
    hint = nearest(str(value), options) or f"one of: {', '.join(options)}"
    return Code.UNKNOWN_TERM, f"{name} cannot be '{quoted(value)}'", hint


def _too_long(name: str, value: Any, details: Mapping[str, Any], field: Field | None) -> Message:
    over = len(value) - details["limit"]
    return Code.TOO_LONG, f"{name} has {len(value)} characters, the limit is {details['limit']}", f"cut {over} characters"


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


def _count(least: bool) -> Callable[[str, Any, Mapping[str, Any], Field | None], Message]:
    def message(name: str, value: Any, details: Mapping[str, Any], field: Field | None) -> Message:
        limit = details["limit"]
        words = f"{name} has {len(value)} entries, {'at least' if least else 'at most'} {limit} are needed"
        return Code.INVALID_VALUE, words if least else words.replace("are needed", "are allowed"), what_to_write(field)

    return message


def _bound(word: str) -> Callable[[str, Any, Mapping[str, Any], Field | None], Message]:
    def message(name: str, value: Any, details: Mapping[str, Any], field: Field | None) -> Message:
        return Code.INVALID_VALUE, f"{name} must be {word} {details['limit']}, not {value}", what_to_write(field)

    return message


def _repeated(name: str, value: Any, details: Mapping[str, Any], field: Field | None) -> Message:
    return Code.DUPLICATE_ID, f"{name} names the same thing twice", "keep one of the two"


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
