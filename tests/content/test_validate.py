"""What schemas say to authors is true: their own examples pass, and what is wrong is said at its place."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from evidencebase.content.pipeline import read
from evidencebase.content.validate import check_shape, validator
from evidencebase.content.yaml_source import read_yaml, write_yaml
from evidencebase.diagnostics import Code, Diagnostic
from evidencebase.model import RecordType

STARTER = Path(__file__).parent.parent.parent / "src/evidencebase/starter"


@cache
def types() -> dict[str, RecordType]:
    return dict(read(STARTER).knowledge_base.record_types)


def faults(record_type: RecordType, values: dict[str, Any]) -> list[Diagnostic]:
    """Return what is wrong with a record of these values, apart from fields that it lacks."""
    document, found = read_yaml(write_yaml(values), "a.md")
    assert document is not None
    assert found == ()
    shape = check_shape(document, "a.md", record_type, validator(record_type))
    return [fault for fault in shape if fault.code is not Code.MISSING_FIELD or " is missing" not in fault.message]


EXAMPLES = [
    (record_type.name, field.name, number)
    for record_type in types().values()
    for field in record_type.fields.values()
    for number in range(len(field.examples))
]


@pytest.mark.parametrize(("type_name", "field_name", "number"), EXAMPLES)
def test_every_example_of_a_field_passes_its_own_check(type_name: str, field_name: str, number: int) -> None:
    record_type = types()[type_name]
    assert faults(record_type, {field_name: record_type.fields[field_name].examples[number]}) == []


@pytest.mark.parametrize("name", sorted(types()))
def test_every_field_is_described_and_shown_to_authors(name: str) -> None:
    for field in types()[name].fields.values():
        assert field.title
        assert field.description.endswith((".", "`"))
        assert field.examples


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"population": "unknown"}, []),
        ({"population": "Unknown"}, ["'population' cannot be 'Unknown'; write it in small letters: unknown"]),
        ({"population": {"value": "412,000", "year": 2018, "reference": "A"}},
         ["'value' of 'population' must be a whole number, not the text '412,000';"
          " write it without commas or spaces: 412000"]),
        ({"topics": ["a", "b", "a"]}, ["'topics' names 'a' twice; keep one of the two"]),
        ({"country": "UK"},
         ["'country' is no country: 'UK'; write the two capital letters of ISO 3166-1: CO for Colombia"]),
        ({"languages": []},
         ["'languages' has 0 entries, at least 1 must be given; the languages in which the city serves its residents,"
          " as codes, the most used first; for example: [es]"]),
    ],
)  # fmt: skip
def test_a_fault_is_said_with_its_remedy(values: dict[str, Any], says: list[str]) -> None:
    assert [f"{fault.message}; {fault.hint}" for fault in faults(types()["city"], values)] == says
