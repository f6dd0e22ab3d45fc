"""What templates insert is text, and nothing else, for Markdown and HTML alike."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from markupsafe import Markup

from evidencebase.diagnostics import KnowledgeBaseError
from evidencebase.text.markdown_syntax import EXTENSIONS
from evidencebase.text.templates import check_templates, fill, plain
from evidencebase.text.typography import one_line

HOSTILE = (
    "<script>alert(1)</script>", "&amp;", "*a*", "_a_", "`a`", "[a](b)", "![a](b)", "# a", "- a", "1. a", "2) a",
    "> a", "{ .a }", "{: onclick=x }", "| a | b |", ": a", "!!! note", "```", "~~~", "===", "---", "    code", "[a]: b",
    "\\*", "<b", "a\n\n# b", "/// claim | a", "{{ a }}", "{% a %}", "*[a]: b", "a  \nb",
)  # fmt: skip


def shown(markdown: str) -> str:
    return str(Markdown(extensions=list(EXTENSIONS), extension_configs={"toc": {"permalink": False}}).convert(markdown))


def words(text: str) -> str:
    return one_line(re.sub(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", "", text))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_its_author_wrote_it(text: str) -> None:
    assert html.unescape(shown(plain(text))) == f"<p>{words(text)}</p>"


@given(st.lists(st.sampled_from(HOSTILE) | st.text(max_size=4), min_size=1, max_size=4).map("".join))
def test_no_text_becomes_markup(text: str) -> None:
    assert html.unescape(shown(f"{plain(text)} end")) == f"<p>{f'{words(text)} end'.strip()}</p>"


def test_spaces_that_must_not_break_are_inserted_as_they_are() -> None:
    assert plain("20\u202f%  de\nplus\u00a0!") == "20\u202f% de plus\u00a0!"


def test_what_the_page_has_decided_is_left_alone() -> None:
    assert plain(Markup("<b>a</b>")) == "<b>a</b>"


def test_a_broken_template_is_reported_at_its_line() -> None:
    sources = {"a.jinja": "one\n{% if %}\n", "b.jinja": "{{ fine }}", "c.jinja": "\n\n{% include 'd.jinja' %}"}
    found = check_templates(sources, {name: f"record_types/{name}" for name in sources})
    assert [(d.location.path, d.location.line) for d in found] == [
        ("record_types/a.jinja", 2),
        ("record_types/c.jinja", 3),
    ]


def test_a_name_that_does_not_exist_stops_the_page() -> None:
    with pytest.raises(KnowledgeBaseError, match=r"the template a\.jinja cannot be filled: 'titel' is undefined"):
        fill({"a.jinja": "{{ titel }}"}, "a.jinja", {"title": "A"})
