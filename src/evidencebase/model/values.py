"""What a file holds, before it is a record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from evidencebase.diagnostics import Location

FieldPath: TypeAlias = tuple[str | int, ...]
"""Where a value stands in a record: `("results", 0, "value")`."""

FieldValue: TypeAlias = "str | int | float | bool | None | tuple[FieldValue, ...] | Mapping[str, FieldValue]"
"""A value as its author wrote it; `None` where they wrote `unknown`."""


@dataclass(frozen=True, slots=True)
class Document:
    """What a YAML text holds, and where each of its keys and list entries stands."""

    value: Any
    """Dictionaries, lists, text, numbers, truth values and None."""
    positions: Mapping[FieldPath, Location]
