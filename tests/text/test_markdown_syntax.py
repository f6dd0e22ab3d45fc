"""HTML that templates have written is set aside before Markdown is read; the page must not show it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from markdown import Markdown

from evidencebase.content.pipeline import read
from evidencebase.site.editions import edition
from evidencebase.site.pages import pages
from evidencebase.text.markdown_syntax import EXTENSIONS, ReadyHtml

SITE = Path(__file__).parent.parent / "sites" / "data"


def html(text: str, *more: ReadyHtml) -> str:
    made = Markdown(extensions=[*EXTENSIONS, *more], extension_configs={k: dict(v) for k, v in EXTENSIONS.items()})
    return re.sub(r"\n+", "\n", made.convert(text)).strip()


def test_every_page_is_the_same_as_without_it() -> None:
    made = pages(edition(read(SITE).knowledge_base, "en", date(2026, 11, 22)))
    assert len(made) > 20
    assert [page.path for page in made if html(page.body) != html(page.body, ReadyHtml())] == []


@pytest.mark.parametrize(
    "text",
    [
        "```html\n<p>code</p>\n```",
        "    <p>code</p>",
        "<p>one</p>\nand *more*",
        "<div>\n*still open*\n</div>",
        "<div><div>one</div>\n\n*two*\n\n</div>",
        "<p>one</p> *two*",
        "<ul><li>a & b</li></ul>",
        "* item\n\n<p>after</p>",
    ],
)
def test_text_that_only_looks_like_it_is_read_as_ever(text: str) -> None:
    assert html(text, ReadyHtml()) == html(text)
