"""Turns schemas into record types: what fields there are, and the JSON Schema that their values must meet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from evidencebase.diagnostics import Code, Diagnostic
from evidencebase.fields import location_of
from evidencebase.model import Document, Field, FieldPath, IndexStyle, RecordType
from evidencebase.text.messages import nearest

COMMON = "common.yml"
RULES = frozenset({
    "type", "required", "enum", "const", "minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems",
    "uniqueItems", "pattern", "format",
})  # fmt: skip
"""The keywords of JSON Schema that a value is checked against."""
REQUIRED_LATER = {
    "x-required-once-published": ("published", "superseded", "withdrawn"),
    "x-required-once-retired": ("superseded", "withdrawn"),
}
"""Keywords that name fields which a record needs from a certain status on."""
REFERENCE_KEY = r"^[A-Za-z][A-Za-z0-9_.:-]*$"
KINDS = {"integer": "integer", "number": "number", "boolean": "boolean", "array": "list", "object": "object"}
FORMATS = ("date", "uri", "country", "language", "slug", "file")


def record_types(documents: Mapping[str, Document]) -> Mapping[str, RecordType]:
    """Return the record types by name.

    `documents` holds `common.yml`, `<type>/schema.yml` and the files they name with `$ref`, all of them checked.
    """
    types: dict[str, RecordType] = {}
    for path in sorted(documents):
        name, _, file = path.rpartition("/")
        if file == "schema.yml":
            schema = _inlined(documents[path].value, documents)
            common = _inlined(documents[COMMON].value, documents) if schema.get("x-common", True) else {}
            types[name] = _record_type(name, schema, common)
    return types


def wrong_names(
    types: Mapping[str, RecordType], documents: Mapping[str, Document], paths: Mapping[str, str]
) -> Iterator[Diagnostic]:
    """Yield links to record types that do not exist, lists by fields that do not exist, and folders used twice."""
    owners: dict[str, str] = {}
    for name, record_type in types.items():
        file = f"{name}/schema.yml"
        for place, wrong, what, known in _wrong_names(record_type, types):
            hint = nearest(wrong, known) or f"one of: {', '.join(sorted(known))}"
            message = f"'{wrong}' is {what}"
            yield Diagnostic(location_of(documents[file], place, paths[file]), Code.BROKEN_SCHEMA, message, hint)
        if (owner := owners.setdefault(record_type.folder, name)) != name:
            location = location_of(documents[file], ("x-folder",), paths[file])
            message = f"the folder '{record_type.folder}' belongs to the type '{owner}' already"
            yield Diagnostic(location, Code.BROKEN_SCHEMA, message, "name another one under `x-folder`")


def _wrong_names(
    record_type: RecordType, types: Mapping[str, RecordType]
) -> Iterator[tuple[FieldPath, str, str, Iterable[str]]]:
    """Yield the place of each name that names nothing, the name, what it is not, and the names there are."""
    for place, field in _all_fields(record_type.fields, ()):
        for target in field.links_to:
            if target not in types:
                yield (*place, "x-links-to"), target, "no record type", types
    style = record_type.index
    for keyword, names in (("filters", style.filters), ("card", style.card), ("date", (style.date,))):
        for name in names:
            if name and name not in record_type.fields:
                yield ("x-index", keyword), name, f"not a field of a {record_type.title.lower()}", record_type.fields


def _all_fields(fields: Mapping[str, Field], above: FieldPath) -> Iterator[tuple[FieldPath, Field]]:
    for name, field in fields.items():
        yield from _with_inner(field, (*above, "properties", name))


def _with_inner(field: Field, place: FieldPath) -> Iterator[tuple[FieldPath, Field]]:
    yield place, field
    yield from _all_fields(field.fields, place)
    for number, option in enumerate(field.alternatives):
        yield from _with_inner(option, (*place, "oneOf", number))
    if field.element is not None:
        yield from _with_inner(field.element, (*place, "items"))


def _inlined(schema: Any, documents: Mapping[str, Document]) -> Any:
    if isinstance(schema, list):
        return [_inlined(part, documents) for part in schema]
    if not isinstance(schema, dict):
        return schema
    taken_in = _inlined(documents[schema["$ref"]].value, documents) if "$ref" in schema else {}
    return {**taken_in, **{key: _inlined(value, documents) for key, value in schema.items() if key != "$ref"}}


def _record_type(name: str, schema: Mapping[str, Any], common: Mapping[str, Any]) -> RecordType:
    properties = {**common.get("properties", {}), **schema["properties"]}
    required = [*common.get("required", ()), *schema.get("required", ())]
    later = {states: [*common.get(keyword, ()), *schema.get(keyword, ())] for keyword, states in REQUIRED_LATER.items()}
    index = schema.get("x-index", {})
    return RecordType(
        name=name,
        title=schema["title"],
        plural=schema.get("x-plural", f"{schema['title']}s"),
        description=schema.get("description", ""),
        folder=schema.get("x-folder", f"{name}s"),
        fields={key: _field(key, value, name, required=key in required) for key, value in properties.items()},
        schema=_schema_of(schema, properties, required, later),
        template=f"{name}/page.md.jinja",
        index=IndexStyle(
            index.get("show", "cards"), index.get("split", "letter"), index.get("date", ""),
            tuple(index.get("filters", ())), tuple(index.get("card", ())),
        ),
        in_files=schema.get("x-layout") == "files",
        autolink=bool(schema.get("x-autolink")),
        described_as=schema.get("x-described-as", "Article"),
        printed_as=schema.get("x-printed-as", ""),
    )  # fmt: skip


def _schema_of(
    schema: Mapping[str, Any],
    properties: Mapping[str, Any],
    required: list[str],
    later: Mapping[tuple[str, ...], list[str]],
) -> Mapping[str, Any]:
    rules: dict[str, Any] = {
        "type": "object",
        "properties": {key: _rules(value) for key, value in properties.items()},
        "required": required,
        "additionalProperties": False,
    }
    rules["allOf"] = [
        {"if": {"required": ["status"], "properties": {"status": {"enum": list(states)}}}, "then": {"required": names}}
        for states, names in later.items()
    ]
    for combination in ("anyOf", "oneOf"):
        if combination in schema:
            rules[combination] = schema[combination]
    return rules


def _rules(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the checks of a field's schema as plain JSON Schema."""
    rules: dict[str, Any] = {key: value for key, value in schema.items() if key in RULES}
    if "properties" in schema:
        rules["properties"] = {key: _rules(value) for key, value in schema["properties"].items()}
        rules["additionalProperties"] = False
    if "x-required-where" in schema:
        rules["allOf"] = [
            {"if": {"required": [field], "properties": {field: {"const": value}}}, "then": {"required": names}}
            for field, values in schema["x-required-where"].items()
            for value, names in values.items()
        ]
    if "items" in schema:
        rules["items"] = _rules(schema["items"])
    for combination in ("anyOf", "oneOf"):
        if combination in schema:
            rules[combination] = [_rules(option) for option in schema[combination]]
    if schema.get("x-cites"):
        rules["pattern"] = REFERENCE_KEY
    if schema.get("x-may-be-unknown"):
        return {"if": {"const": "unknown"}, "then": True, "else": rules}
    return rules


def _field(name: str, schema: Mapping[str, Any], record_type: str, *, required: bool) -> Field:
    targets = schema.get("x-links-to", ())
    targets = (targets,) if isinstance(targets, str) else tuple(targets)
    needed = schema.get("required", ())
    return Field(
        name=name,
        title=schema.get("title", name.replace("_", " ").capitalize()),
        description=" ".join(schema.get("description", "").split()),
        kind=_kind(schema),
        required=required,
        translatable=bool(schema.get("x-translatable")),
        any_length=bool(schema.get("x-any-length")),
        may_be_unknown=bool(schema.get("x-may-be-unknown")),
        max_words=schema.get("x-max-words", 0),
        vocabulary=schema.get("x-vocabulary", ""),
        links_to=tuple(record_type if target == "self" else target for target in targets),
        part=schema.get("x-links-to-part", ""),
        backlink=schema.get("x-backlink", ""),
        labels=schema.get("x-labels", {}),
        examples=tuple(schema.get("examples", ())),
        bad_examples=tuple((bad["value"], bad["why"]) for bad in schema.get("x-bad-examples", ())),
        element=_field(name, schema["items"], record_type, required=True) if "items" in schema else None,
        fields={
            key: _field(key, value, record_type, required=key in needed)
            for key, value in schema.get("properties", {}).items()
        },
        alternatives=tuple(_field(name, option, record_type, required=required) for option in schema.get("oneOf", ())),
    )


def _kind(schema: Mapping[str, Any]) -> str:
    if schema.get("type") in KINDS:
        return KINDS[schema["type"]]
    named = {"x-vocabulary": "term", "x-links-to": "link", "x-links-to-part": "part", "x-leads-to": "path",
             "x-cites": "reference", "x-prose": "prose", "enum": "choice", "oneOf": "mixed"}  # fmt: skip
    default = str(schema["format"]) if schema.get("format") in FORMATS else "text"
    return next((kind for keyword, kind in named.items() if keyword in schema), default)
