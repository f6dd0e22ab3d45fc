"""Checks the shape of a record against the schema of its type; the only door to jsonschema-rs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import jsonschema_rs

from evidencebase.diagnostics import Code, Diagnostic, Location
from evidencebase.fields import field_at, inner_fields, location_of, value_at
from evidencebase.model import Document, FieldPath, RecordType
from evidencebase.text import locales
from evidencebase.text.addresses import is_web_address
from evidencebase.text.messages import MESSAGES, instead_of_unknown, nearest, quoted, second, spoken, what_to_write
from evidencebase.text.slugs import is_slug

FORMATS: Mapping[str, Callable[[str], bool]] = {
    "uri": is_web_address,
    "country": locales.is_country,
    "language": locales.is_language,
    "slug": is_slug,
    "file": lambda text: True,
}
Validator = jsonschema_rs.Validator


def validator(record_type: RecordType) -> Validator:
    """Return the compiled schema of a record type; raises ValueError where it is no JSON Schema."""
    return jsonschema_rs.validator_for(dict(record_type.schema), validate_formats=True, formats=dict(FORMATS))


def wrong_schema(error: ValueError, document: Document, path: str) -> Diagnostic:
    """Return what is wrong with a schema that cannot be compiled, at its keyword."""
    assert isinstance(error, jsonschema_rs.ValidationError)
    place = tuple(step for step in error.instance_path if step not in ("if", "then", "else"))
    message = f"'{place[-1]}' is not as JSON Schema wants it: {error.message}"
    return Diagnostic(location_of(document, place, path), Code.BROKEN_SCHEMA, message, "correct the keyword")


def check_shape(document: Document, path: str, record_type: RecordType, rules: Validator) -> Iterator[Diagnostic]:
    """Yield what is wrong with the shape of a record: its fields, their kinds, sizes and formats."""
    if not isinstance(document.value, dict):
        hint = "write one field a line: `title: …`"
        yield Diagnostic(Location(path), Code.WRONG_TYPE, "there are no fields between the two `---`", hint)
        return
    yield from _empty_values(document, path, record_type)
    for error in rules.iter_errors(document.value):
        yield from _fault(error, document, path, record_type)


def _empty_values(document: Document, path: str, record_type: RecordType) -> Iterator[Diagnostic]:
    for place, value in _all_values(document.value, ()):
        if _is_empty(value) and (field := field_at(record_type, place)) is not None:
            hint = what_to_write(field) if field.required and field.description else "write a value, or delete the line"
            yield Diagnostic(location_of(document, place, path), Code.MISSING_FIELD, f"{spoken(place)} is empty", hint)


def _is_empty(value: Any) -> bool:
    return value is None or value == {} or (isinstance(value, str) and not value.strip())


def _all_values(value: Any, place: FieldPath) -> Iterator[tuple[FieldPath, Any]]:
    yield place, value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _all_values(inner, (*place, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _all_values(inner, (*place, number))


def _fault(error: Any, document: Document, path: str, record_type: RecordType) -> Iterator[Diagnostic]:
    place: FieldPath = tuple(error.instance_path)
    value = value_at(document.value, place)
    if place and _is_empty(value):
        return
    kind = type(error.kind).__name__
    details = error.kind.as_dict()
    field = field_at(record_type, place)
    location = location_of(document, place, path)
    if kind == "AdditionalProperties":
        yield from _unknown_fields(error, document, path, record_type)
    elif kind == "Required":
        name = details["property"]
        message = f"'{name}' is missing{f' in {spoken(place)}' if place else ''}"
        yield Diagnostic(location, Code.MISSING_FIELD, message, what_to_write(field_at(record_type, (*place, name))))
    elif kind in ("OneOfNotValid", "AnyOf"):
        yield from _fault_of_choice(error, document, path, record_type)
    elif isinstance(value, str) and value.lower() == "unknown" and kind in ("Type", "Enum", "Format", "Pattern"):
        yield Diagnostic(
            location, Code.INVALID_VALUE, f"{spoken(place)} cannot be '{value}'", instead_of_unknown(field)
        )
    elif kind in MESSAGES:
        code, message, hint = MESSAGES[kind](spoken(place), value, details, field)
        again = (*place, second(value)) if kind == "UniqueItems" else place
        yield Diagnostic(location_of(document, again, path), code, message, hint)
    else:
        message = f"{spoken(place)} is not as it should be: {error.message}"
        yield Diagnostic(location, Code.INVALID_VALUE, message, what_to_write(field))


def _unknown_fields(error: Any, document: Document, path: str, record_type: RecordType) -> Iterator[Diagnostic]:
    place: FieldPath = tuple(error.instance_path)
    field = field_at(record_type, place)
    known = record_type.fields if field is None else inner_fields(field)
    owner = f"a {record_type.title.lower()}" if field is None else f"'{field.name}'"
    for name in error.kind.as_dict()["unexpected"]:
        where = location_of(document, (*place, name), path)
        hint = nearest(name, known) or f"fields are: {', '.join(sorted(known))}"
        yield Diagnostic(where, Code.UNKNOWN_FIELD, f"'{quoted(name)}' is not a field of {owner}", hint)


def _fault_of_choice(error: Any, document: Document, path: str, record_type: RecordType) -> Iterator[Diagnostic]:
    """Report the faults of the choice that the author meant: the one of the same kind of value."""
    place: FieldPath = tuple(error.instance_path)
    options = error.kind.as_dict()["context"]
    if not place:
        names = sorted({inner.kind.as_dict()["property"] for option in options for inner in option})
        message = f"{' or '.join(repr(name) for name in names)} is missing"
        yield Diagnostic(Location(path), Code.MISSING_FIELD, message, "write at least one of them")
        return
    for option in options:
        if not any(type(inner.kind).__name__ == "Type" and tuple(inner.instance_path) == place for inner in option):
            for inner in option:
                yield from _fault(inner, document, path, record_type)
            return
    hint = what_to_write(field_at(record_type, place))
    yield Diagnostic(location_of(document, place, path), Code.WRONG_TYPE, f"{spoken(place)} cannot be read", hint)
