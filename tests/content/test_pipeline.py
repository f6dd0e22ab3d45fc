"""Whatever lies in the files of a knowledge base, `check` says what is wrong and never breaks down."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from evidencebase.content.pipeline import Result, read
from evidencebase.content.yaml_source import write_yaml
from evidencebase.diagnostics import Severity
from evidencebase.model import RecordType
from evidencebase.reports import FORMATS
from evidencebase.site.editions import edition
from evidencebase.site.pages import pages

PIECES = (
    "---\n", "title: ", "summary: ", "status: draft\n", "definition: ", "related: ", "changes:\n", "  - ", "- ", "id: ",
    "\n", "  ", "[", "]", "{", "}", ": ", "&a ", "*a", "|\n", "'", '"', "#", "\t", "\r\n", "\ufeff", "\x00", "null",
    "unknown", "2026-11-22", "true", "1e999", "[a](../b/index.md)", "![](a.svg)", "<b>", "<!--", "{ onclick=x }",
    "[@key]", "[k]: v", "```\n", "## A\n", "/// claim | a\n", "///\n", "https://[", "&#106;", "وقف",
)  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=60)
records = texts.map(str.encode) | st.binary(max_size=60)
PATHS = (
    "glossary/a/index.md", "glossary/b/index.md", "cities/a/index.md", "docs/a.md", "docs/index.md", "mkdocs.yml",
    "vocabularies/topics.yml", "strings/en.yml", "references/a.bib", "glossary/a/map.svg", "glossary/a/table.csv",
    "record_types/lesson/schema.yml", "record_types/lesson/page.md.jinja", "record_types/term/schema.yml",
    "record_types/common.yml", "glossary/a/index.es.md", "docs/a.es.md",
)  # fmt: skip
keys = st.sampled_from(["id", "date", "from", "to", "reference", "supports", "a"])
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
    | st.sampled_from(["unknown", "a", "2026-11-22", "glossary/a", "strategies/a#b", "a.svg", "[a](../b/index.md) @c"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


def checked(files: Mapping[str, bytes]) -> Result:
    """Return what `check` finds in these files, after everything that can be done with the result was done."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for path, data in {"mkdocs.yml": b"site_name: A\n", **files}.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(data)
        result = read(root)
        for found in result.diagnostics:
            place = root / found.location.path
            assert place.exists()
            lines = place.read_bytes().count(b"\n") + place.read_bytes().count(b"\r") + 1 if place.is_file() else 1
            assert 1 <= found.location.line <= lines
            assert found.location.column >= 1
        for report in FORMATS.values():
            assert report(result.diagnostics).isascii() or result.diagnostics
        if not any(found.severity is Severity.ERROR for found in result.diagnostics):
            assert pages(edition(result.knowledge_base, "en", date(2026, 11, 22))) is not None
    return result


@settings(max_examples=40)
@given(st.dictionaries(st.sampled_from(PATHS), records, min_size=1, max_size=6))
def test_no_file_makes_check_break_down(files: dict[str, bytes]) -> None:
    checked(files)


@cache
def types() -> Mapping[str, RecordType]:
    return checked({}).knowledge_base.record_types


@st.composite
def written(draw: st.DrawFn) -> tuple[str, bytes]:
    """Draw a record of any type, its fields filled with anything."""
    record_type = draw(st.sampled_from(sorted(types().values(), key=lambda one: one.name)))
    value = draw(
        st.fixed_dictionaries({}, optional={name: filled(field.examples) for name, field in record_type.fields.items()})
    )
    path = f"{record_type.folder}/a.md" if record_type.in_files else f"{record_type.folder}/a/index.md"
    return path, f"---\n{write_yaml(value)}---\n{draw(texts)}".encode(errors="replace")


def filled(examples: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    return values | st.sampled_from(examples) if examples else values


@settings(max_examples=50)
@given(st.lists(written(), min_size=1, max_size=5))
def test_no_value_of_any_field_makes_check_break_down(files: list[tuple[str, bytes]]) -> None:
    checked(dict(files))


def test_labels_and_findings_keep_the_spaces_that_must_not_break() -> None:
    files = {
        "mkdocs.yml": "site_name: A\nextra: {evidencebase: {languages: [en, fr]}}\n",
        "vocabularies/topics.yml": "title: {en: A, fr: A}\nterms:\n  a:\n    label: {en: 20%, fr: 20\u202f%}\n",
        "references/a.bib": "@misc{key, title = {A}, year = {2020}, finding = {Fell.}}\n",
        "references/findings.fr.yml": "key: >-\n  De 20\u202f%,\n  dit-on.\n",
    }
    base = checked({path: text.encode() for path, text in files.items()}).knowledge_base
    assert base.vocabularies["topics"].terms["a"].label["fr"] == "20\u202f%"
    assert base.findings["fr"]["key"] == "De 20\u202f%, dit-on."
