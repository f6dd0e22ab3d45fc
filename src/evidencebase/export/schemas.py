"""JSON Schemas of the data files, made from the schemas of the record types and from the rules of claims."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evidencebase.content.bibliography import DESIGNS, DIRECTIONS
from evidencebase.content.claims import STRENGTHS
from evidencebase.export.records import UNKNOWN
from evidencebase.fields import inner_fields
from evidencebase.model import Field, RecordType

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TEXT: Mapping[str, Any] = {"type": "string"}
WORDS: Mapping[str, Any] = {"type": "string", "minLength": 1}
TEXTS: Mapping[str, Any] = {"type": "array", "items": WORDS}
TEXT_OR_NOTHING: Mapping[str, Any] = {"type": ["string", "null"], "minLength": 1}
DATE_OR_NOTHING: Mapping[str, Any] = {"type": ["string", "null"], "format": "date"}
ADDRESS: Mapping[str, Any] = {
    "type": "string", "format": "uri-reference",
    "description": "Whole where the site knew its own address, else from the root of the site.",
}  # fmt: skip


def record_schema(record_type: RecordType) -> Mapping[str, Any]:
    """Return the schema of a record as it stands in records.json."""
    properties = {
        "record": {**WORDS, "description": "Folder and slug: the name by which other files call the record."},
        "type": {"const": record_type.name},
        "slug": WORDS,
        "language": {**WORDS, "description": "The language in which the record was written."},
        "url": ADDRESS,
        "source": {**WORDS, "description": "The file of the record, from the root of the knowledge base."},
        "fields": _described_object(record_type.schema, record_type.fields),
        "prose": {**TEXT, "description": "The text below the fields: Markdown, as its author wrote it."},
    }
    about = " ".join(record_type.description.split())
    return {"$schema": DIALECT, "title": record_type.title, "description": about, **_closed(properties)}


def claims_schema() -> Mapping[str, Any]:
    source = {
        "reference": WORDS,
        "direction": {"enum": [*DIRECTIONS, UNKNOWN], "description": "What it found for this outcome."},
        "locator": TEXT_OR_NOTHING,
        "note": TEXT_OR_NOTHING,
    }
    strength = {"enum": [*STRENGTHS, None]}
    properties = {
        "record": {**WORDS, "description": "Folder and slug of the record that makes the claim."},
        "record_status": {**TEXT_OR_NOTHING, "description": "Do not rely on claims of a withdrawn record."},
        "id": WORDS,
        "url": ADDRESS,
        "language": WORDS,
        "statement": WORDS,
        "qualifier": {**TEXT_OR_NOTHING, "description": "What must be said wherever the statement is repeated."},
        "kind": WORDS,
        "outcome": TEXT_OR_NOTHING,
        "direction": {"enum": [*DIRECTIONS, None]},
        "strength": {**strength, "description": "How sure the editors are; null for kinds that have no strength."},
        "reasons": TEXTS,
        "ceiling": {**strength, "description": "The highest strength that the rule of the method page allows."},
        "contested": {"type": ["boolean", "null"], "description": "A challenge has an equal or better design."},
        "designs": {"type": "object", "additionalProperties": {"type": "integer", "minimum": 1}},
        "countries": {**TEXTS, "description": "Where the supporting references come from, as far as they say."},
        "supports": {"type": "array", "items": _closed(source)},
        "challenges": {"type": "array", "items": _closed(source)},
        "searched_for_challenge": {**DATE_OR_NOTHING, "description": "When nothing against it was found."},
        "last_checked": DATE_OR_NOTHING,
    }
    return {"$schema": DIALECT, "title": "Claims", "type": "array", "items": _closed(properties)}


def references_schema() -> Mapping[str, Any]:
    """Return the schema of references.json: CSL-JSON, as far as we use it, and what we add under `custom`."""
    custom = {
        "topic": WORDS,
        "design": {"enum": [*DESIGNS, UNKNOWN]},
        "countries": TEXTS,
        "direction": {"enum": [*DIRECTIONS, UNKNOWN]},
        "finding": WORDS,
        "audited": {**WORDS, "description": "Whether a second, independent look agreed."},
        **dict.fromkeys(("design_in_words", "place", "cities", "direction_note", "confirmed", "retracted"), WORDS),
        "more_authors": {"const": True},
    }
    required = ("topic", "design", "countries", "direction", "finding", "audited")
    item = {
        "type": "object",
        "required": ["id", "type", "custom"],
        "properties": {"id": WORDS, "type": WORDS, "title": WORDS, "custom": _closed(custom, required)},
    }
    return {"$schema": DIALECT, "title": "References", "type": "array", "items": item}


def _closed(properties: Mapping[str, Any], required: Sequence[str] = ()) -> Mapping[str, Any]:
    return {
        "type": "object",
        "required": list(required or properties),
        "properties": dict(properties),
        "additionalProperties": False,
    }


def _described_object(rules: Mapping[str, Any], fields: Mapping[str, Field]) -> Mapping[str, Any]:
    inner = {name: _described(rule, fields[name]) for name, rule in rules["properties"].items() if name in fields}
    return {**rules, "properties": {**rules["properties"], **inner}}


def _described(rules: Any, field: Field) -> Mapping[str, Any]:
    """Return the rules of a field with its name for people, down to the innermost."""
    made = dict(rules)
    for branch in ("else", "items"):
        if branch in made and (described := field.element if branch == "items" else field) is not None:
            made[branch] = _described(made[branch], described)
    if "properties" in made:
        made = dict(_described_object(made, inner_fields(field)))
    return {"title": field.title, **made}
