"""YAML as authors write it: plain values, and the place of each."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from evidencebase.content.yaml_source import read_yaml, write_yaml
from evidencebase.diagnostics import Code

SITES = Path(__file__).parent.parent / "sites"
PIECES = (
    "a", ": ", "- ", "\n", "  ", "[", "]", "{", "}", "&a ", "*a", "|", ">", "'", '"', "#", "\t", "? ", "!b ", "---\n",
    "%", "@", "\ufeff", "\x00",
)  # fmt: skip
names = st.from_regex(r"[a-zé][a-z0-9_-]{0,8}", fullmatch=True)
words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Co", "Cn", "Zl", "Zp"]), max_size=8)
plain_values = st.booleans() | st.integers(-(10**12), 10**12) | st.floats(-1e9, 1e9) | words
documents = st.dictionaries(
    names,
    st.recursive(
        plain_values,
        lambda inner: st.lists(inner, min_size=1, max_size=4) | st.dictionaries(names, inner, min_size=1, max_size=4),
        max_leaves=12,
    ),
    min_size=1,
    max_size=5,
)


def value_of(text: str) -> Any:
    document, faults = read_yaml(text, "a.yml")
    assert faults == ()
    assert document is not None
    return document.value


@pytest.mark.parametrize(
    "word", ["no", "NO", "yes", "on", "y", "2020-09-21", "1_000", "0x1F", "1:30", "TRUE", "=", "."]
)
def test_words_that_older_yaml_would_change_stay_text(word: str) -> None:
    assert value_of(f"field: {word}") == {"field": word}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True), ("false", False), ("", None), ("~", None), ("null", None), ("12", 12), ("-0.5", -0.5),
        ("1e3", 1000.0),
        ("'12'", "12"), ('"a\\tb"', "a\tb"), ("!Halt now", "!Halt now"), ("!!str 12", "12"), ("[a, 1]", ["a", 1]),
        ("{a: 1}", {"a": 1}), ("|\n  a\n  b\n", "a\nb\n"), (">-\n  a\n  b\n", "a b"), ("9" * 30, "9" * 30),
    ],
)  # fmt: skip
def test_values_are_read_by_the_rules_of_yaml_1_2(text: str, value: object) -> None:
    assert value_of(f"field: {text}") == {"field": value}


def test_names_of_fields_are_text_whatever_they_look_like() -> None:
    assert value_of("1: a\ntrue: b\nnull: c\n2020-01-01: d") == {"1": "a", "true": "b", "null": "c", "2020-01-01": "d"}


def test_a_key_written_twice_is_reported_where_it_stands_again() -> None:
    document, faults = read_yaml("a: 1\nb:\n  c: 2\n  c: 3\na: 4\n", "a.md", first_line=2)
    assert [(d.code, d.location.line, d.location.column) for d in faults] == [
        (Code.DUPLICATE_KEY, 5, 3),
        (Code.DUPLICATE_KEY, 6, 1),
    ]
    assert document is not None


@given(documents)
@example({"a": "1e5"})
@example({"a": "0b1", "b": ["1.", ".5", "+1"], "null": "~"})
def test_what_is_written_is_read_back(value: dict[str, Any]) -> None:
    assert value_of(write_yaml(value)) == value


@given(documents)
def test_the_line_named_holds_the_key(value: dict[str, Any]) -> None:
    text = write_yaml(value)
    document, _ = read_yaml(text, "a.yml", first_line=2)
    assert document is not None
    assert {place[:1] for place in document.positions} == {(name,) for name in value}
    for place, location in document.positions.items():
        rest = text.split("\n")[location.line - 2][location.column - 1 :]
        assert rest.lstrip("'").startswith(place[-1]) if isinstance(place[-1], str) else rest.strip(" ")


@given(st.text() | st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_any_text_is_read_or_refused_at_a_place_in_it(text: str) -> None:
    document, faults = read_yaml(text, "a.yml")
    assert document is not None or faults
    lines = text.split("\n")
    for fault in faults:
        assert 1 <= fault.location.line <= len(lines) + 1
        assert fault.location.column >= 1
        assert fault.hint


@pytest.mark.parametrize("case", ["alias-bomb", "nesting-bomb"])
def test_a_bomb_is_refused_with_little_memory(case: str) -> None:
    """A process of its own starts `check`, so that nothing but the check is measured."""
    program = (
        "import resource, subprocess, sys\n"
        "done = subprocess.run([sys.executable, '-m', 'evidencebase', 'check'], capture_output=True, text=True)\n"
        "assert done.returncode == 1 and 'yaml-too-complex' in done.stdout, done.stderr\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // (1024 if sys.platform == 'darwin' else 1))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=SITES / case, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 200_000
