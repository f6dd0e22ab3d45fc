"""Data as CSV (RFC 4180): a table for each record type, and one for each list of groups inside its records."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from evidencebase.export.records import UNKNOWN
from evidencebase.model import Field, RecordType

RISKY = ("=", "+", "-", "@", "\t", "\r")
"""First characters that make a spreadsheet take a text for a formula: https://owasp.org/www-community/attacks/CSV_Injection"""
OWN_COLUMNS = ("record", "slug", "language", "url")
ELSEWHERE = ("claims", "language")
"""Fields with a table or a column of their own."""


def csv_bytes(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Return a table with a line of titles; a row leaves empty what it does not have."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([_cell(row.get(column)) for column in columns] for row in rows)
    return text.getvalue().encode("utf-8")


def record_tables(record_type: RecordType, objects: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, bytes, int]]:
    """Yield name, content and number of rows of the tables of one record type; `objects` are its records."""
    fields = {name: field for name, field in record_type.fields.items() if name not in ELSEWHERE}
    lists = {name: field.element for name, field in fields.items() if _holds_groups(field) and field.element}
    single = {name: field for name, field in fields.items() if name not in lists}
    columns = (*OWN_COLUMNS, *(column for name, field in single.items() for column in _columns(name, field)))
    rows = [{**{name: one[name] for name in OWN_COLUMNS}, **_flat(one["fields"], single)} for one in objects]
    yield f"{record_type.name}.csv", csv_bytes(columns, rows), len(rows)
    for name, group in lists.items():
        inner = tuple(column for key, field in group.fields.items() for column in _columns(key, field))
        unknown = [dict.fromkeys(group.fields, UNKNOWN)]
        found = [
            {"record": one["record"], **_flat(entry, group.fields)}
            for one in objects
            for entry in (unknown if one["fields"].get(name) == UNKNOWN else one["fields"].get(name, ()))
        ]
        if found:
            yield f"{record_type.name}.{name}.csv", csv_bytes(("record", *inner), found), len(found)


def _holds_groups(field: Field) -> bool:
    return field.kind == "list" and field.element is not None and field.element.kind == "object"


def _columns(name: str, field: Field) -> Iterator[str]:
    if field.kind != "object":
        yield name
    for key, inner in field.fields.items():
        yield from _columns(f"{name}.{key}", inner)


def _flat(values: Mapping[str, Any], fields: Mapping[str, Field], above: str = "") -> Mapping[str, Any]:
    """Return the values by column; a group that nobody knows is unknown in each of its columns."""
    row: dict[str, Any] = {}
    for name, field in fields.items():
        value = values.get(name)
        if field.kind == "object" and value == UNKNOWN:
            row |= dict.fromkeys(_columns(f"{above}{name}", field), UNKNOWN)
        elif field.kind == "object":
            row |= _flat(value or {}, field.fields, f"{above}{name}.")
        else:
            row[f"{above}{name}"] = value
    return row


def _cell(value: Any) -> str:
    """Return the text of a cell; numbers stay numbers, also negative ones."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, (list, tuple)) and not any(isinstance(part, (Mapping, list)) for part in value):
        value = "; ".join(map(str, value))
    elif not isinstance(value, str):
        value = json.dumps(value, ensure_ascii=False)
    return f"'{value}" if value.startswith(RISKY) else value
