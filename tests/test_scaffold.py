"""A record that `new` has begun teaches its fields, and wants nothing but what its author must still write."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from evidencebase.content.load import BUILT_IN
from evidencebase.content.pipeline import read
from evidencebase.diagnostics import Code
from evidencebase.scaffold import new_record, record_text

TYPES = sorted(path.parent.name for path in (BUILT_IN / "record_types").glob("*/schema.yml"))
Write = Callable[[Mapping[str, str]], Path]


@pytest.mark.parametrize("name", TYPES)
def test_a_new_record_lacks_only_what_it_leaves_empty(name: str, write: Write) -> None:
    root = write({})
    path = new_record(root, read(root).knowledge_base.record_types, name, "first")
    lines = (root / path).read_text(encoding="utf-8").split("\n")
    found = read(root).diagnostics
    assert found
    for fault in found:
        assert (fault.location.path, fault.code) == (path, Code.MISSING_FIELD)
        assert re.fullmatch(r" *(- )*([a-z_]+:|-) *", lines[fault.location.line - 1]), lines[fault.location.line - 1]
    empty = [number for number, line in enumerate(lines, start=1) if re.fullmatch(r" *(- )*([a-z_]+:|-) *", line)]
    inside = [number for number in empty if number < len(lines) - 1 and lines[number].startswith((" ", "#"))]
    assert {fault.location.line for fault in found} >= set(empty) - set(inside)


@pytest.mark.parametrize("name", TYPES)
def test_a_new_record_explains_every_field(name: str, write: Write) -> None:
    record_type = read(write({})).knowledge_base.record_types[name]
    text = record_text(record_type)
    on_one_line = re.sub(r"\n *# ", " ", text)
    for field in record_type.fields.values():
        assert re.search(rf"^(# )?{field.name}:", text, re.MULTILINE)
        assert " ".join(field.description.split()[:6]) in on_one_line


@pytest.mark.parametrize("name", TYPES)
def test_the_examples_that_a_new_record_offers_are_right(name: str, write: Write) -> None:
    """Every optional field, taken out of its comment, is read as its example."""
    root = write({})
    record_type = read(root).knowledge_base.record_types[name]
    path = new_record(root, {name: record_type}, name, "first")
    before = {(d.code, d.message) for d in read(root).diagnostics}
    text = (root / path).read_text(encoding="utf-8")
    head, _, below = text.partition("# ---- Where it applies")
    fields = "|".join(record_type.fields)
    opened = re.sub(rf"^# (?=({fields}):|  |- )", "", below, flags=re.MULTILINE)
    (root / path).write_text(f"{head}# ---- Where it applies{opened}", encoding="utf-8")
    after = {(d.code, d.message) for d in read(root).diagnostics}
    elsewhere = {
        Code.UNKNOWN_TERM, Code.UNKNOWN_RECORD, Code.UNKNOWN_REFERENCE, Code.MISSING_FILE, Code.LINK_TO_ITSELF,
        Code.UNKNOWN_ANCHOR,
    }  # fmt: skip
    assert {found for found in after - before if found[0] not in elsewhere} == set()
