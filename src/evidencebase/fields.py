"""The values of a record together with the fields that describe them, and where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from evidencebase.diagnostics import Location
from evidencebase.model import Document, Field, FieldPath, Prose, Record, RecordType
from evidencebase.text.scanner import line_and_column, scan


def field_at(record_type: RecordType, path: FieldPath) -> Field | None:
    """Return the field that describes the value at this place of a record."""
    fields: Mapping[str, Field] = record_type.fields
    field: Field | None = None
    for step in path:
        field = fields.get(step) if isinstance(step, str) else field and field.element
        if field is None:
            return None
        fields = inner_fields(field)
    return field


def values_of(values: Mapping[str, Any], record_type: RecordType) -> Iterator[tuple[FieldPath, Field, Any]]:
    """Yield every value that has a field, outer before inner, with its place; unknown fields are passed over."""
    for name, value in values.items():
        if name in record_type.fields:
            yield from _values((name,), record_type.fields[name], value)


def inner_fields(field: Field) -> Mapping[str, Field]:
    """Return what an object holds; of a mixed field, what its alternative that is an object holds."""
    if field.kind != "mixed":
        return field.fields
    return next((option.fields for option in field.alternatives if option.fields), {})


def location_of(document: Document, place: FieldPath, path: str) -> Location:
    """Return where a value stands in its file, or the closest thing around it that has a place."""
    while place:
        if place in document.positions:
            return document.positions[place]
        place = place[:-1]
    return document.positions.get((), Location(path))


class PlacedProse(NamedTuple):
    """Prose of a record and the field it fills; the text below the front matter has the empty place."""

    place: FieldPath
    text: Prose


def proses_of(record: Record, record_type: RecordType) -> Iterator[PlacedProse]:
    """Yield the text below the front matter, and every field that holds prose."""
    yield PlacedProse((), record.prose)
    for place, field, value in values_of(record.fields, record_type):
        if field.kind == "prose" and isinstance(value, str):
            yield PlacedProse(place, scan(value))


def where(record: Record, document: Document, prose: PlacedProse, offset: int) -> Location:
    """Return where a stretch of prose stands: to the column below the front matter, to the field inside it."""
    if prose.place:
        return location_of(document, prose.place, record.source)
    return Location(record.source, *line_and_column(prose.text, offset))


def value_at(value: Any, place: FieldPath) -> Any:
    for step in place:
        value = value[step]
    return value


def _values(place: FieldPath, field: Field, value: Any) -> Iterator[tuple[FieldPath, Field, Any]]:
    yield place, field, value
    if isinstance(value, str) and field.kind != "mixed":
        return  # nearly all values are texts, and the other questions take longer
    if isinstance(value, (list, tuple)) and field.element is not None:
        for number, inner in enumerate(value):
            yield from _values((*place, number), field.element, inner)
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            if (described := inner_fields(field).get(name)) is not None:
                yield from _values((*place, name), described, inner)
    elif field.kind == "mixed" and (option := _option(field, value)) is not None:
        yield place, option, value


def _option(field: Field, value: Any) -> Field | None:
    """Return the alternative for a plain value; groups of fields are walked through `inner_fields`."""
    return next((option for option in field.alternatives if option.kind != "object"), None)
