"""Pages that open from a disk."""

from __future__ import annotations

import pytest

from evidencebase.export.offline import Copy, offline_files, page

KNOWN = {"en/index.html", "en/cities/index.html", "en/cities/riverton/index.html", "en/assets/a b.css"}
COPY = Copy("en", "ltr", "Evidence", "Offline copy.", "")
HERE = "en/cities/riverton/index.html"


@pytest.mark.parametrize(
    ("link", "leads"),
    [
        ("../", "../index.html"),
        ("./", "index.html"),
        ("../../", "../../index.html"),
        ("../..", "../../index.html"),
        ("../?a=b#c", "../index.html?a=b#c"),
        ("#here", "#here"),
        ("/en/cities/", "../index.html"),
        ("../../assets/a%20b.css", "../../assets/a b.css"),
        ("../../../es/cities/riverton/", "../../../es/cities/riverton/index.html"),
        ("https://example.org/", "https://example.org/"),
    ],
)
def test_an_address_leads_to_a_file(link: str, leads: str) -> None:
    assert page(f'<a class="x" href="{link}">x</a>', HERE, KNOWN, COPY) == f'<a class="x" href="{leads}">x</a>'


def test_what_the_copy_does_not_hold_is_named_on_the_site_or_is_no_link() -> None:
    link = '<a href="../../../data/claims.csv">x</a>'
    online = Copy("en", "ltr", "Evidence", "Offline copy.", "https://example.org")
    assert page(link, HERE, KNOWN, COPY) == "<a>x</a>"
    assert page(link, HERE, KNOWN, online) == '<a href="https://example.org/data/claims.csv">x</a>'


def test_a_page_says_that_it_is_a_copy_and_may_run_its_search() -> None:
    html = (
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'"><script>let a</script>'
        '<footer class="md-footer eb-footer">\n<div class="md-grid"></div></footer>'
    )
    made = page(html, HERE, KNOWN, COPY)
    assert "'wasm-unsafe-eval'" in made
    assert "'unsafe-inline'" not in made
    assert "'sha256-" in made
    assert "<p>Offline copy.</p>" in made


def test_a_copy_begins_with_one_file_to_open() -> None:
    files = dict(offline_files({"en/index.html": b"<h1>Home</h1>", "en/feed.xml": b"<rss/>"}, COPY))
    assert files.keys() == {"en/index.html", "en/feed.xml", "start-en.html"}
    assert b"url=en/index.html" in files["start-en.html"]
