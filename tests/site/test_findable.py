"""What searches, feeds and old addresses learn of a page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

from evidencebase.content.pipeline import read
from evidencebase.site.edition import Edition
from evidencebase.site.editions import edition
from evidencebase.site.feeds import feeds
from evidencebase.site.made import Head, MadePages
from evidencebase.site.redirects import redirects
from evidencebase.site.search import browsing, document, is_found
from evidencebase.site.synonyms import other_titles, other_words, says

Write = Callable[[Mapping[str, str | bytes | Path]], Path]
SITE = Path(__file__).parent.parent / "sites/data"
TERM = """---
title: {title}
summary: "{summary}"
status: published
definition: A promise of both sides to stop shooting.
published: 2026-11-20
last_reviewed: 2026-11-22
review_by: 2027-11-22
authors: [Ana Torres]
{more}
---
{prose}
"""


def shown(root: Path) -> tuple[Edition, dict[str, Head]]:
    result = read(root)
    assert [one for one in result.diagnostics if one.severity == "error"] == []
    made = edition(result.knowledge_base, "en", date(2026, 11, 22))
    return made, dict(MadePages(made, None).heads)


def term(title: str, *, summary: str = "An agreement.", more: str = "", prose: str = "") -> str:
    return TERM.format(title=title, summary=summary, more=more, prose=prose)


def test_an_old_address_leads_to_where_the_record_stands_now(write: Write) -> None:
    root = write({"glossary/ceasefire/index.md": term("Ceasefire", more="redirect_from: [truce]")})
    here, heads = shown(root)
    page = redirects(here, heads.values())["glossary/truce/index.html"]
    assert '<meta http-equiv="refresh" content="0; url=../ceasefire/">' in page
    assert '<a href="../ceasefire/">Ceasefire</a>' in page
    assert "<script" not in page


def test_feeds_say_what_changed_with_the_newest_first(write: Write) -> None:
    more = "changes: [{id: a, date: 2026-11-21, kind: safety, note: 'Was <dangerous> & wrong.'}]"
    root = write({"glossary/ceasefire/index.md": term("Ceasefire", more=more)})
    here, heads = shown(root)
    made = feeds(here, heads.values(), "https://example.org")
    rss = ElementTree.fromstring(made["feed.xml"])
    news = json.loads(made["feed.json"])
    assert [one.findtext("link") for one in rss.iter("item")] == ["https://example.org/en/glossary/ceasefire/"] * 2
    assert next(rss.iter("item")).findtext("description") == "Was <dangerous> & wrong."
    assert [one["date_published"][:10] for one in news["items"]] == ["2026-11-21", "2026-11-20"]
    assert len({one["id"] for one in news["items"]}) == 2


def test_lists_and_pages_in_another_language_are_not_found() -> None:
    here, heads = shown(SITE)
    found = {path for path, head in heads.items() if is_found(here, head)}
    assert "cities/riverton/index.md" in found
    assert "cities/index.md" not in found
    assert "search/index.md" not in found


def test_a_document_for_the_index_has_claims_as_headings_and_other_words_apart() -> None:
    here, heads = shown(SITE)
    head = heads["cities/riverton/index.md"]
    html = (
        '<div class="md-content__inner md-typeset" id="text"><h1 id="r">Riverton</h1>'
        '<section class="eb-claim" id="claim-a"><p>Effect</p>'
        '<p class="eb-claim__statement" lang="es">Bajó.</p></section></div></main>'
    )
    text = document(here, head, html, titles=["<Rivertown>"], synonyms=["town"])
    assert '<h4 id="claim-a" lang="es">Bajó.</h4>' in text
    assert "⁂ &lt;Rivertown&gt;</p>" in text
    assert re.search(r'<p data-pagefind-weight="0.5">⁂ town</p>', text)


def test_facets_name_the_pages_that_have_each_value() -> None:
    here, heads = shown(SITE)
    ids = {path.removesuffix("index.md") if path.endswith("index.md") else f"{path[:-3]}/": path for path in heads}
    files = browsing(here, heads.values(), ids)
    facets, titles = json.loads(files["facets.json"]), json.loads(files["titles.json"])
    (number,) = [one for one in facets["facets"]["type"]["city"] if titles[one][0] == "cities/riverton/"]
    assert facets["ids"][number] == "cities/riverton/index.md"
    assert number in facets["facets"]["status"]["published"]


def test_synonyms_reach_through_each_other_and_titles_weigh_more(write: Write) -> None:
    root = write({
        "glossary/ceasefire/index.md": term("Ceasefire", more="also_written: [cease-fire]"),
        "glossary/mediation/index.md": term("Mediation", prose="It may end in a ceasefire."),
        "vocabularies/synonyms/en.yml": "ceasefire: [truce]\ntruce: [armistice]\n",
    })  # fmt: skip
    here, heads = shown(root)
    ceasefire, mediation = heads["glossary/ceasefire/index.md"], heads["glossary/mediation/index.md"]
    assert set(other_titles(here, ceasefire)) == {"cease-fire", "truce", "armistice"}
    assert other_titles(here, mediation) == ()
    assert set(other_words(here, mediation, "<p>It may end in a <b>ceasefire</b>.</p>")) == {"truce", "armistice"}


def test_words_are_recognised_with_endings_and_with_what_arabic_puts_before_them() -> None:
    assert says("both ceasefires held", "ceasefire")
    assert not says("the preceasefire talks", "ceasefire")
    assert says("وبالعنف في المدينة", "عنف")
    assert not says("متعنف", "عنف")
