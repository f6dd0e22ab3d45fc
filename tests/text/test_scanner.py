"""What is found in prose, and where."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencebase.model import Mark, Span
from evidencebase.text.scanner import cited, line_and_column, only_classes_and_ids, scan

PIECES = (
    "word ", "\n", "\n\n", "    ", "[", "]", "(", ")", "![", "](", "<", ">", "</b>", "<b>", "<script>", "<!--", "-->",
    "`", "``", "```\n", "~~~\n", "{", "}", "{ #id }", "{ onclick=x }", "#", "# ", "---\n", "===\n", "\\", '"', "'",
    "https://example.org/", "javascript:x", "@key", "[@key, p. 3]", "[key]", "[key]: target.md\n", "a@example.org",
    "/// claim | few\n", "///\n", "|", "*", "_", "é", "وقف", "\u00a0", "\t",
)  # fmt: skip
prose = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=40).map("".join)
INLINE = (Mark.LINK, Mark.IMAGE, Mark.HTML, Mark.ATTRIBUTES, Mark.CITATION, Mark.TEXT)


def found(text: str, mark: Mark) -> list[Span]:
    return [span for span in scan(text).spans if span.mark is mark]


def targets(text: str) -> list[str]:
    return [span.target for span in found(text, Mark.LINK)]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("[a](b.md)", "b.md"),
        ("[a]( b.md )", "b.md"),
        ('[a](b.md "Title")', "b.md"),
        ("[a](<b c.md>)", "b c.md"),
        ("[a](b(c).md)", "b(c).md"),
        ("[a [b] c](d.md)", "d.md"),
        ("[`a`](b.md)", "b.md"),
        ("[a\nb](c.md)", "c.md"),
        ("[a](java\\script:b)", "javascript:b"),
        ("<https://example.org/>", "https://example.org/"),
        ("<info@example.org>", "mailto:info@example.org"),
        ("## A [a](b.md)", "b.md"),
        ("> A [a](b.md)", "b.md"),
    ],
)
def test_a_link_is_found_however_it_is_written(text: str, target: str) -> None:
    assert targets(text) == [target]


def test_a_link_by_reference_is_found_with_its_definition() -> None:
    text = "[a][key] and [Key] and [a][].\n\n[key]: b.md\n"
    assert targets(text) == ["b.md", "b.md", "b.md"]
    assert [text[s.target_start : s.target_end] for s in found(text, Mark.LINK)] == ["b.md"] * 3


@pytest.mark.parametrize("text", ["`[a](b.md)`", "``[a](`b.md)``", "```\n[a](b.md)\n```", "~~~ md\n[a](b.md)\n~~~"])
def test_code_is_never_touched(text: str) -> None:
    assert [span.mark for span in scan(text).spans if span.mark is not Mark.TEXT] == []


def test_text_around_code_does_not_reach_into_it() -> None:
    text = "One.\n\n```\n<b>{ code }\n```\n\nTwo.\n\n~~~\ncode\n~~~\n"
    assert [text[span.start : span.end] for span in found(text, Mark.TEXT)] == ["One.\n\n", "\n\nTwo.\n\n", "\n"]


@pytest.mark.parametrize(
    "text",
    [
        "```{.python}\na\n```\n<b>\n```\nc\n```", "```\na\n````\n<b>\n```\n", " ```\na\n ```\n<b>\n```\nc\n```",
        "a ` b\n`<b>`", "[a](b`c) `<b>`", "``a` `<b>`", "\\<b>",
    ],
)  # fmt: skip
def test_code_that_another_reader_would_end_elsewhere_is_read(text: str) -> None:
    assert found(text, Mark.HTML)


@pytest.mark.parametrize("text", ["```\n<b>", "    <b>", "`a\n<b>`", "- ```\n<b>\n  ```"])
def test_what_only_may_be_code_is_read(text: str) -> None:
    assert found(text, Mark.HTML)


@pytest.mark.parametrize(
    "text", ["\\[a](b.md)", "[a] (b.md)", "[a](b c.md)", "a < b and c > d", "1 <2", "> quoted", "<3"]
)
def test_what_is_no_link_and_no_tag_is_text(text: str) -> None:
    assert {span.mark for span in scan(text).spans} == {Mark.TEXT}


@pytest.mark.parametrize(
    "text",
    [
        "<b>", "</b>", "<b onclick='x>'>", "<br/>", "<script>a</script>", "<script>never closed", "<!-- a -->",
        "<!-- never closed", "<?php a ?>", "<!DOCTYPE html>", "<svg><a/></svg>", "<STYLE>a</style >", "<b\nid=a>",
    ],
)  # fmt: skip
def test_raw_html_is_one_span_from_its_first_to_its_last_sign(text: str) -> None:
    assert [(span.start, span.end) for span in found(f"before {text}", Mark.HTML)] == [(7, 7 + len(text))]


def test_a_definition_inside_a_comment_is_part_of_the_comment() -> None:
    assert targets("<!--\n[a]: javascript:b\n-->\n\n[a](c.md)") == ["c.md"]


def test_an_image_in_a_link_is_found_as_well() -> None:
    text = "[![A map](map.svg)](https://example.org/)"
    assert [(span.target, span.text) for span in found(text, Mark.IMAGE)] == [("map.svg", "A map")]
    assert targets(text) == ["https://example.org/"]


def test_headings_get_the_ids_that_their_page_will_have() -> None:
    text = "# One\n\n## One ##\n\nTwo\n---\n\n### Three { #own }\n\n#### [Four](b.md) *times*\n\n## وقف\n\n## Title"
    ids = [span.target for span in scan(text, reserved=["title"]).spans if span.mark is Mark.HEADING]
    assert ids == ["one", "one-2", "two", "own", "four-times", "section-6", "title-2"]


def test_a_heading_in_a_comment_or_in_code_is_none() -> None:
    assert found("<!--\n# One\n-->\n\n```\n# Two\n```\n", Mark.HEADING) == []


@pytest.mark.parametrize("text", ["{ #id }", "{ .button }", "{: .a .b #c }"])
def test_ids_and_classes_are_harmless(text: str) -> None:
    assert [only_classes_and_ids(span.text) for span in found(f"word{text}", Mark.ATTRIBUTES)] == [True]


@pytest.mark.parametrize("text", ["{ onclick=x }", "{: style='a' #b }", '{ .a title="b" }'])
def test_other_attributes_are_not(text: str) -> None:
    assert [only_classes_and_ids(span.text) for span in found(f"word{text}", Mark.ATTRIBUTES)] == [False]


def test_a_citation_names_its_references_with_their_places() -> None:
    text = "As [see @braga2018, p. 3; -@weisburd2020] and @abt2019 found, but not ana@example.org."
    keys = [one for span in found(text, Mark.CITATION) for one in cited(span)]
    assert [(one.key, one.before, one.locator, one.year_only) for one in keys] == [
        ("braga2018", "see", "p. 3", False),
        ("weisburd2020", "", "", True),
        ("abt2019", "", "", False),
    ]
    assert [text[one.start :].startswith(f"@{one.key}") for one in keys] == [True, True, True]


def test_a_claim_block_names_its_claim() -> None:
    text = "/// claim | few-people\nSome words.\n///\n\n/// claim | never-closed\n"
    assert [(span.target, text[span.target_start : span.target_end]) for span in found(text, Mark.CLAIM)] == [
        ("few-people", "few-people")
    ]


def test_lines_are_counted_from_the_top_of_the_file() -> None:
    read = scan("One\n\n[a](b.md)", first_line=8)
    link = next(span for span in read.spans if span.mark is Mark.LINK)
    assert line_and_column(read, link.target_start) == (10, 5)


@given(prose)
def test_every_span_lies_where_its_text_stands(text: str) -> None:
    for span in scan(text).spans:
        assert 0 <= span.start < span.end <= len(text)
        if span.mark in (Mark.LINK, Mark.IMAGE):
            assert span.start <= span.target_start <= span.target_end or span.text in text
        elif span.mark is not Mark.HEADING and span.mark is not Mark.CLAIM:
            assert len(span.text) == span.end - span.start
            assert span.text[0] in (text[span.start], " ")


@given(prose)
def test_spans_stand_side_by_side_or_inside_each_other(text: str) -> None:
    around: list[Span] = []
    for span in (span for span in scan(text).spans if span.mark in INLINE):
        while around and around[-1].end <= span.start:
            around.pop()
        assert not around or span.end <= around[-1].end
        around.append(span)


@given(st.text())
def test_any_text_can_be_scanned(text: str) -> None:
    assert scan(text).text == text


MANY: Mapping[str, Callable[[int], str]] = {
    "[": lambda n: "[" * n,
    "[a": lambda n: "[a" * n,
    "[…]": lambda n: "[" * n + "a" + "]" * n,
    "[[a]": lambda n: "[" + "[a]" * n,
    "[a](": lambda n: "[a](" * n,
    "[a](((": lambda n: "[a](" + "(a" * n,
    "[a](   ": lambda n: "[a](" + " " * n + "x",
    "[a][b": lambda n: "[a][b " * n,
    "![": lambda n: "![" * n,
    "`": lambda n: "`" * n,
    "` `` ```": lambda n: " ".join("`" * length for length in range(1, int((2 * n) ** 0.5))),
    "```x": lambda n: "```x\n" * n,
    "<": lambda n: "<" * n,
    "<a": lambda n: "<a " * n,
    '<a "': lambda n: '<a "' * n,
    "<b></b>": lambda n: "<b></b>" * n,
    "<script>": lambda n: "<script>" * n,
    "<!--": lambda n: "<!--" * n,
    "<a@": lambda n: "<" + "a." * n + "@" + "b." * n,
    "<a@a.a@": lambda n: "<" + "a@a." * n,
    "{": lambda n: "{a" * n,
    "# #": lambda n: "# " + "#" * n + "x",
    "# spaces": lambda n: "# " + " " * n + "x",
    "# same": lambda n: "# same\n" * n,
    "](](": lambda n: "# " + "](" * n,
    "setext": lambda n: "a\n-\n" * n,
    "[@a @a": lambda n: "[" + "@a " * n,
    "[@a; x": lambda n: "[@a; " + "x" * n + "]",
    "/// claim": lambda n: "/// claim | a\n" * n,
    "[a]: b": lambda n: "[a]: b\n" * n,
    "\\": lambda n: "\\" * n,
}


@pytest.mark.parametrize("name", MANY)
def test_eight_times_the_text_never_costs_much_more_than_eight_times_the_work(name: str) -> None:
    """A text on which the work grows with its square would cost sixty-four times as much."""

    def work(size: int) -> float:
        text = MANY[name](size)
        runs = []
        for _ in range(3):
            started = time.process_time()
            read = scan(text)
            for span in read.spans[:3]:
                cited(span)
            runs.append(time.process_time() - started)
        return min(runs)

    size = 500
    while (small := work(size)) < 0.004:
        size *= 2
    assert work(8 * size) < 30 * small
