"""The first wall: whatever an author writes, the Markdown of a page holds nothing that could run, load or restyle.

The second wall, on the finished HTML, stands only where we build the site; the exported tree must be safe without it.
"""

from __future__ import annotations

import tempfile
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from evidencebase.content.pipeline import read
from evidencebase.diagnostics import KnowledgeBaseError, Severity
from evidencebase.site.editions import edition
from evidencebase.site.pages import pages
from evidencebase.text.markdown_syntax import EXTENSIONS

PIECES = (
    "word ", "\n", "\n\n", "    ", "> ", "- ", "1. ", "[", "]", "(", ")", "](", "![", "[a](https://example.org/)",
    "<", ">", "<b>", "</b>", "<script>", "</script>", "<img src=x onerror=y>", "<iframe", "<!--", "-->", "<?",
    "<![CDATA[", "&lt;", "`", "``", "```\n", "~~~\n", "{", "}", "{: ", "{ onclick=x }", "{: .a onclick='x' }",
    "{ #id }", "{ .a }", "style=x", "# ", "## A", "---\n", "===\n", "\\", '"', "'", "=", "|",
    "| a | b |\n|---|---|\n", ":", ": ", "javascript:x", "&#106;avascript:x", "[k]", "[k]: javascript:x\n",
    "[k]: <b\n", "<javascript:x>", "*", "_", "\t", "!!! note\n", "\x0c",
)  # fmt: skip
HARMLESS = {
    "a", "blockquote", "br", "code", "dd", "del", "details", "div", "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5",
    "h6", "hr", "img", "li", "ol", "p", "pre", "span", "strong", "summary", "table", "tbody", "td", "th", "thead",
    "tr", "ul", "aside",
}  # fmt: skip
RECORD = """---
title: A
summary: B.
status: published
published: 2026-11-22
last_reviewed: 2026-11-22
review_by: 2027-11-22
authors: [Ana Torres]
definition: C.
---
"""


class Dangers(HTMLParser):
    """Collects tags, attributes and addresses that a page must not have."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [tag] if tag not in HARMLESS else []
        for name, value in attrs:
            if name.startswith("on") or (name == "style" and not (value or "").startswith("text-align:")):
                self.found.append(f"{tag} {name}")
            if name in ("href", "src") and urlsplit(value or "").scheme not in ("", "http", "https", "mailto"):
                self.found.append(f"{name}={value}")


def dangers(proses: list[str]) -> dict[str, list[str]]:
    """Return what is dangerous on the pages of these texts, as far as they may be published at all."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "mkdocs.yml").write_text("site_name: A\n", encoding="utf-8")
        for number, prose in enumerate(proses):
            (root / f"glossary/t{number}").mkdir(parents=True)
            (root / f"glossary/t{number}/index.md").write_text(RECORD + prose, encoding="utf-8")
        result = read(root)
        wrong = {d.location.path for d in result.diagnostics if d.severity is Severity.ERROR}
        found = {}
        for page in pages(edition(result.knowledge_base, "en", date(2026, 11, 22))):
            if page.source and page.source not in wrong:
                parser = Dangers()
                parser.feed(Markdown(extensions=list(EXTENSIONS)).convert(page.body))
                if parser.found:
                    found[proses[int(page.source.split("/")[1][1:])]] = parser.found
    return found


@pytest.mark.parametrize(
    "prose",
    [
        "<script>alert(1)</script>", "<b onclick='x'>a</b>", "a{ onclick=x }", "# a { onclick=x }",
        "a\n{: onclick=x }", "[<img src=x onerror=y>](https://example.org/)", "<scr<b>ipt>alert(1)</script>",
        "<<b>script>alert(1)</script>", "<!--\n--><script>x</script>", "`<b>`<script>x</script>`",
        "```\n<b>\n```\n<script>x</script>", "<a href='", "<b\n\nonclick=x>", "| <script>x</script> |\n|---|\n| a |",
        "> <script>x</script>", "- a\n\n  <script>x</script>", "    <script>x</script>",
        "- ```\n  <script>x</script>\n  ```", "{: onclick=x }", "[a](https://example.org/){: onclick=x }",
        "![a](https://example.org/x.png)", "\\<script>x</script>", "<script\n>x</script\n>", "<svg/onload=x>",
        "<x onclick=y", "word\n=<!-- x\n<javascript:x>", "word\n---<!-- x\n[k]<javascript:x>",
    ],
)  # fmt: skip
def test_hostile_prose_is_harmless_on_the_page(prose: str) -> None:
    assert dangers([f"{prose}\n\nThe end.\n"]) == {}


@settings(max_examples=25)
@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), min_size=1, max_size=12))
def test_no_prose_brings_anything_onto_a_page_that_could_run(proses: list[str]) -> None:
    assert dangers(proses) == {}


def bodies(files: dict[str, str]) -> dict[str, str]:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for path, text in {"mkdocs.yml": "site_name: A\n", **files}.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")
        base = read(root).knowledge_base
        return {page.path: page.body for page in pages(edition(base, "en", date(2026, 11, 22)))}


def test_a_link_to_a_file_beside_the_record_stays_a_link() -> None:
    made = bodies({"glossary/a/index.md": f"{RECORD}\n[The table](table.csv).\n", "glossary/a/table.csv": "a,b\n"})
    assert "[The table](table.csv)" in made["glossary/a/index.md"]


@pytest.mark.parametrize(
    ("heading", "shown"),
    [
        ("## How", "## How { #how }"),
        ("## How ##", "## How { #how }"),
        ("## How { #own }", "## How { #own }"),
        ("# How", "## How { #how }"),
        ("How\n===", "How { #how }\n--"),
        (f"## A{' ' * 3000}B", f"## A{' ' * 3000}B {{ #a-b }}"),
    ],
)
def test_a_heading_gets_its_id_and_never_stands_beside_the_title(heading: str, shown: str) -> None:
    assert shown in bodies({"glossary/a/index.md": f"{RECORD}\n{heading}\n"})["glossary/a/index.md"]


def test_two_pages_never_have_one_address() -> None:
    page = "---\ntitle: A\nsummary: B.\n---\n"
    with pytest.raises(KnowledgeBaseError, match=r"would be the same page: glossary/"):
        bodies({"glossary/a/index.md": RECORD, "docs/glossary.md": page})
