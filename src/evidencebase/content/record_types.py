"""Turns schemas into record types: what fields there are, and the JSON Schema that their values must meet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from evidencebase.diagnostics import Code, Diagnostic, Location
from evidencebase.model import Document, Field, FieldPath, IndexStyle, RecordType

COMMON = "common.yml"
RULES = frozenset({
    "type", "required", "enum", "const", "minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems",
    "uniqueItems", "pattern", "format",
})  # fmt: skip
"""The keywords of JSON Schema that a value is checked against."""
NOTES = frozenset({
    "$schema", "$ref", "title", "description", "examples", "default", "properties", "items", "oneOf", "anyOf",
    "x-plural", "x-folder", "x-layout", "x-common", "x-index", "x-autolink", "x-required-once-published",
    "x-translatable", "x-links-to", "x-links-to-part", "x-backlink", "x-vocabulary", "x-cites", "x-prose",
    "x-may-be-unknown", "x-max-words", "x-labels", "x-bad-examples",
})  # fmt: skip
REFERENCE_KEY = r"^[A-Za-z][A-Za-z0-9_.:-]*$"
KINDS = {"integer": "integer", "number": "number", "boolean": "boolean", "array": "list", "object": "object"}
FORMATS = ("date", "uri", "country", "language", "slug", "file")


def record_types(
    documents: Mapping[str, Document], paths: Mapping[str, str]
) -> tuple[Mapping[str, RecordType], tuple[Diagnostic, ...]]:
    """Return the record types by name, and what is wrong with their schemas.

    `documents` holds `common.yml`, `<type>/schema.yml` and the files they name with `$ref`; `paths` says where each
    file lies, for the diagnostics.
    """
    types: dict[str, RecordType] = {}
    found: list[Diagnostic] = []
    for name in sorted(documents):
        if not name.endswith("/schema.yml"):
            continue
        faults = tuple(_faults(documents[name], paths[name]))
        found.extend(faults)
        if not faults:
            schema = _inlined(documents[name].value, documents)
            common = _inlined(documents[COMMON].value, documents) if schema.get("x-common", True) else {}
            types[name.removesuffix("/schema.yml")] = _record_type(name.removesuffix("/schema.yml"), schema, common)
    for name, faults in _wrong_targets(types, documents, paths):
        types.pop(name, None)
        found.extend(faults)
    return types, tuple(found)


def _inlined(schema: Any, documents: Mapping[str, Document]) -> Any:
    if isinstance(schema, list):
        return [_inlined(part, documents) for part in schema]
    if not isinstance(schema, dict):
        return schema
    merged = {**documents[schema["$ref"]].value, **schema} if "$ref" in schema else schema
    return {key: _inlined(value, documents) for key, value in merged.items() if key != "$ref"}


def _record_type(name: str, schema: Mapping[str, Any], common: Mapping[str, Any]) -> RecordType:
    properties = {**common.get("properties", {}), **schema["properties"]}
    required = [*common.get("required", ()), *schema.get("required", ())]
    once_published = [*common.get("x-required-once-published", ()), *schema.get("x-required-once-published", ())]
    index = schema.get("x-index", {})
    return RecordType(
        name=name,
        title=schema["title"],
        plural=schema.get("x-plural", f"{schema['title']}s"),
        description=schema.get("description", ""),
        folder=schema.get("x-folder", f"{name}s"),
        fields={key: _field(key, value, name, key in required) for key, value in properties.items()},
        schema=_schema_of(schema, properties, required, once_published),
        template=f"{name}/page.md.jinja",
        index=IndexStyle(
            index.get("show", "cards"), index.get("split", "letter"), index.get("date", ""),
            tuple(index.get("filters", ())), tuple(index.get("card", ())),
        ),
        in_files=schema.get("x-layout") == "files",
        autolink=bool(schema.get("x-autolink")),
    )  # fmt: skip


def _schema_of(
    schema: Mapping[str, Any], properties: Mapping[str, Any], required: list[str], once_published: list[str]
) -> Mapping[str, Any]:
    rules: dict[str, Any] = {
        "type": "object",
        "properties": {key: _rules(value) for key, value in properties.items()},
        "required": required,
        "additionalProperties": False,
    }
    if once_published:
        rules["if"] = {"properties": {"status": {"const": "draft"}}}
        rules["else"] = {"required": once_published}
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


def _field(name: str, schema: Mapping[str, Any], record_type: str, required: bool) -> Field:
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
        fields={key: _field(key, value, record_type, key in needed) for key, value in schema.get("properties", {}).items()},
        alternatives=tuple(_field(name, option, record_type, required) for option in schema.get("oneOf", ())),
    )


def _kind(schema: Mapping[str, Any]) -> str:
    if schema.get("type") in KINDS:
        return KINDS[schema["type"]]
    named = {"x-vocabulary": "term", "x-links-to": "link", "x-links-to-part": "part", "x-cites": "reference",
             "x-prose": "prose", "enum": "choice", "oneOf": "mixed"}  # fmt: skip
    default = str(schema["format"]) if schema.get("format") in FORMATS else "text"
    return next((kind for keyword, kind in named.items() if keyword in schema), default)


def _faults(document: Document, path: str) -> Iterator[Diagnostic]:
    schema = document.value
    if not isinstance(schema, dict) or not isinstance(schema.get("properties"), dict) or not schema.get("title"):
        hint = "give it a `title` and `properties`; look at a built-in schema"
        yield Diagnostic(Location(path), Code.BROKEN_SCHEMA, "the schema does not describe a record type", hint)
        return
    for place, part in _parts(schema, ()):
        location = document.positions.get(place, Location(path))
        if not isinstance(part, dict):
            yield Diagnostic(location, Code.BROKEN_SCHEMA, f"'{place[-1]}' must be a group of keywords", "")
            continue
        for keyword in part:
            if keyword not in RULES | NOTES:
                where = document.positions.get((*place, keyword), location)
                hint = "docs/contribute/record-types.md lists the keywords"
                yield Diagnostic(where, Code.BROKEN_SCHEMA, f"'{keyword}' is not a keyword of a schema", hint)


def _parts(schema: Any, place: FieldPath) -> Iterator[tuple[FieldPath, Any]]:
    yield place, schema
    if not isinstance(schema, dict):
        return
    for name, value in (schema.get("properties") or {}).items():
        yield from _parts(value, (*place, "properties", name))
    if "items" in schema:
        yield from _parts(schema["items"], (*place, "items"))
    for number, option in enumerate(schema.get("oneOf") or ()):
        yield from _parts(option, (*place, "oneOf", number))


def _wrong_targets(
    types: Mapping[str, RecordType], documents: Mapping[str, Document], paths: Mapping[str, str]
) -> Iterable[tuple[str, tuple[Diagnostic, ...]]]:
    """Report links to record types that do not exist, and index styles that name no field."""
    wrong = []
    for name, record_type in types.items():
        file = f"{name}/schema.yml"
        faults = [
            Diagnostic(
                documents[file].positions.get(("properties", field.name), Location(paths[file])), Code.BROKEN_SCHEMA,
                f"'{field.name}' links to '{target}', which is no record type", f"one of: {', '.join(sorted(types))}",
            )
            for field in record_type.fields.values()
            for target in (*field.links_to, *(field.element.links_to if field.element else ()))
            if target not in types
        ]  # fmt: skip
        faults += [
            Diagnostic(
                documents[file].positions.get(("x-index",), Location(paths[file])), Code.BROKEN_SCHEMA,
                f"'{field}' is not a field of a {record_type.title.lower()}", "name a field of `properties`",
            )
            for field in (*record_type.index.filters, *record_type.index.card)
            if field not in record_type.fields
        ]  # fmt: skip
        if faults:
            wrong.append((name, tuple(faults)))
    return wrong
