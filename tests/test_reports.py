"""Diagnostics as people and programs read them."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from evidencebase.diagnostics import Code, Diagnostic, Location
from evidencebase.reports import FORMATS, summary, to_github, to_json, to_text

FAULT = Diagnostic(
    Location("glossary/truce/index.md", 4, 1), Code.UNKNOWN_FIELD, "'titel' is not a field", "did you mean 'title'?"
)
WARNING = Diagnostic(Location("a.md", 2, 3), Code.UNSAFE_HTML, "'<b>' is HTML")
diagnostics = st.builds(
    Diagnostic,
    st.builds(Location, st.text(min_size=1), st.integers(1, 10**6), st.integers(1, 10**6)),
    st.sampled_from(Code),
    st.text(),
    st.text(),
)


def test_text_is_one_line_with_place_problem_and_remedy() -> None:
    assert to_text([FAULT, WARNING]) == (
        "glossary/truce/index.md:4:1: error[unknown-field] 'titel' is not a field; did you mean 'title'?\n"
        "a.md:2:3: warning[unsafe-html] '<b>' is HTML\n"
    )


def test_github_shows_the_fault_beside_its_line() -> None:
    assert to_github([FAULT]) == (
        "::error file=glossary/truce/index.md,line=4,col=1,title=unknown-field"
        "::'titel' is not a field; did you mean 'title'?\n"
    )


def test_json_holds_every_part() -> None:
    assert json.loads(to_json([WARNING])) == [
        {
            "path": "a.md", "line": 2, "column": 3, "severity": "warning", "code": "unsafe-html",
            "message": "'<b>' is HTML", "hint": "",
        }
    ]  # fmt: skip


def test_the_summary_counts_what_stops_the_build_and_what_does_not() -> None:
    assert summary([]) == "0 errors, 0 warnings"
    assert summary([FAULT, FAULT, WARNING]) == "2 errors, 1 warning"


@given(st.lists(diagnostics, max_size=4))
def test_no_file_can_write_a_line_of_its_own_or_steer_the_terminal(found: list[Diagnostic]) -> None:
    lines = to_text(found).splitlines()
    assert len(lines) == len(found)
    assert all(line.isprintable() for line in lines)
    assert len(to_github(found).splitlines()) == len(found)
    assert all(line.startswith(("::error file=", "::warning file=")) for line in to_github(found).splitlines())


@given(st.lists(diagnostics, max_size=4))
def test_json_can_be_read_whatever_stands_in_a_message(found: list[Diagnostic]) -> None:
    assert [row["message"] for row in json.loads(to_json(found).encode())] == [d.message for d in found]


def test_the_name_of_a_file_need_not_be_utf_8() -> None:
    found = [Diagnostic(Location("glossary/\udcff"), Code.NOT_A_SLUG, "'\udcff' cannot be the address of a page")]
    assert [report(found).encode() for report in FORMATS.values()] != []
    assert json.loads(to_json(found))[0]["path"] == "glossary/\udcff"
