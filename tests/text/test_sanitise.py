"""The second wall: whatever came through the first one cannot run, load or restyle."""

from __future__ import annotations

import pytest

from evidencebase.text.sanitise import clean


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ("<script>alert(1)</script>a", "a"),
        ("<p onclick='x()' style='color:red'>a</p>", "<p>a</p>"),
        ("<a href='javascript:x'>a</a>", "<a>a</a>"),
        ("<a href='https://example.org/' target='_blank'>a</a>", '<a href="https://example.org/">a</a>'),
        ("<iframe src='https://example.org/'></iframe>a", "a"),
        ("<img src=x onerror=y alt=z>", '<img src="x" alt="z">'),
        ("<p id='a' class='b' lang='ar' dir='rtl'>a</p>", '<p id="a" class="b" lang="ar" dir="rtl">a</p>'),
        ("<td style='text-align: right; color: red'>1</td>", "1"),
        ("<form action='https://example.org/'><button>a</button></form>", "a"),
        ("<base href='https://example.org/'><meta http-equiv=refresh content=0>a", "a"),
    ],
)
def test_only_what_is_harmless_is_left(html: str, left: str) -> None:
    assert clean(html) == left
