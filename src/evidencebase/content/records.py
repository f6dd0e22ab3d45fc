"""Turns a file that has been read into a frozen record."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType
from typing import Any

from evidencebase.fields import inner_fields
from evidencebase.model import Document, Field, FieldValue, Prose, Record, RecordId, RecordType

UNKNOWN = "unknown"


def record(
    id: RecordId, document: Document | None, prose: Prose, record_type: RecordType,
    *, path: str, files: Iterable[str], language: str,
) -> Record:  # fmt: skip
    """Return the record; fields its type does not know are left out, and `unknown` becomes None where it may stand."""
    value = document.value if document and isinstance(document.value, dict) else {}
    fields = {
        name: frozen(value[name], field) for name, field in record_type.fields.items() if value.get(name) is not None
    }
    written_in = value.get("language")
    return Record(
        id=id,
        source=path,
        language=written_in if isinstance(written_in, str) else language,
        fields=MappingProxyType(fields),
        prose=prose,
        positions=document.positions if document else {},
        files=tuple(files),
    )


def frozen(value: Any, field: Field | None) -> FieldValue:
    if field is not None and field.may_be_unknown and value == UNKNOWN:
        return None
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        fields = inner_fields(field) if field else {}
        return MappingProxyType({key: frozen(inner, fields.get(key)) for key, inner in value.items()})
    if isinstance(value, list):
        return tuple(frozen(inner, field.element if field else None) for inner in value)
    plain: FieldValue = value
    return plain
