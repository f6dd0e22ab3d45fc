"""Checks what no schema can say: terms of a vocabulary, lengths in words, ids, the order of dates, files."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from evidencebase.diagnostics import Code, Diagnostic, Location
from evidencebase.fields import location_of, values_of
from evidencebase.model import Document, FieldPath, RecordType, Vocabulary
from evidencebase.text.messages import nearest, quoted
from evidencebase.text.pictures import KINDS, media_type

DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
ORDERED_DATES = (("published", "last_reviewed"), ("last_reviewed", "review_by"))


def check_values(
    document: Document, path: str, record_type: RecordType, vocabularies: Mapping[str, Vocabulary | None], *,
    files: Collection[str],
) -> Iterator[Diagnostic]:  # fmt: skip
    """Yield what is wrong with single values: terms, lengths, ids, dates and files.

    A vocabulary that cannot be read is None: nobody can say whether its terms are right.
    """
    for place, field, value in values_of(document.value, record_type):
        location = location_of(document, place, path)
        if field.vocabulary and isinstance(value, str):
            yield from _check_term(value, field.vocabulary, vocabularies, location)
        if field.max_words and isinstance(value, str) and (count := len(value.split())) > field.max_words:
            message = f"'{field.name}' has {count} words, the limit is {field.max_words}"
            yield Diagnostic(location, Code.TOO_LONG, message, f"cut {count - field.max_words} words")
        if field.kind == "file" and isinstance(value, str):
            yield from _check_file(value, files, location)
            if place[0] == "images" and value in files and not media_type(value):
                message, hint = (
                    f"'{quoted(value)}' is no picture, and cannot be embedded",
                    f"save it as {', '.join(KINDS)}",
                )
                yield Diagnostic(location, Code.CANNOT_BE_PRINTED, message, hint)
        if field.kind == "list" and isinstance(value, list):
            yield from _check_ids(value, place, document, path)
    yield from _check_order(document, path)


def _check_term(
    value: str, name: str, vocabularies: Mapping[str, Vocabulary | None], location: Location
) -> Iterator[Diagnostic]:
    if name not in vocabularies:
        hint = f"write vocabularies/{name}.yml"
        yield Diagnostic(location, Code.UNKNOWN_TERM, f"the vocabulary '{name}' does not exist", hint)
    elif (vocabulary := vocabularies[name]) is not None and value not in vocabulary.terms:
        by_label = {label.casefold(): id for id, term in vocabulary.terms.items() for label in term.label.values()}
        known = by_label.get(value.casefold())
        hint = f"did you mean '{known}'?" if known else nearest(value, vocabulary.terms)
        hint = hint or f"the terms are in {vocabulary.source}"
        yield Diagnostic(location, Code.UNKNOWN_TERM, f"'{quoted(value)}' is not a term of {name}", hint)


def _check_file(name: str, files: Collection[str], location: Location) -> Iterator[Diagnostic]:
    if name not in files:
        hint = nearest(name, files) or "put the file into the folder of the record"
        yield Diagnostic(location, Code.MISSING_FILE, f"there is no file '{quoted(name)}' beside this record", hint)


def _is_date(value: Any) -> bool:
    return isinstance(value, str) and DATE.fullmatch(value) is not None


def _check_ids(values: list[Any], place: FieldPath, document: Document, path: str) -> Iterator[Diagnostic]:
    seen: dict[str, int] = {}
    for number, value in enumerate(values):
        identifier = value.get("id") if isinstance(value, dict) else None
        if not isinstance(identifier, str):
            continue
        if identifier in seen:
            location = location_of(document, (*place, number, "id"), path)
            first = location_of(document, (*place, seen[identifier], "id"), path)
            message = f"the id '{quoted(identifier)}' is used twice; it stands on line {first.line} already"
            yield Diagnostic(location, Code.DUPLICATE_ID, message, "give each entry an id of its own")
        seen.setdefault(identifier, number)


def _check_order(document: Document, path: str) -> Iterator[Diagnostic]:
    """Dates are compared as text, which is right for the form YYYY-MM-DD and for years."""
    values = document.value
    pairs: list[tuple[FieldPath, FieldPath, Any, Any]] = [
        ((earlier,), (later,), values.get(earlier), values.get(later)) for earlier, later in ORDERED_DATES
    ]
    for name, value in values.items():
        if isinstance(value, dict) and {"from", "to"} <= value.keys():
            pairs.append(((name, "from"), (name, "to"), value["from"], value["to"]))
    for earlier_place, later_place, earlier, later in pairs:
        if _is_date(earlier) and _is_date(later) and later < earlier[: len(later)]:
            message = f"'{later_place[-1]}' ({later}) lies before '{earlier_place[-1]}' ({earlier})"
            yield Diagnostic(
                location_of(document, later_place, path),
                Code.DATES_OUT_OF_ORDER,
                message,
                "correct one of the two dates",
            )
