"""How pages describe themselves to machines, and how they say that they want to be cited."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

from jinja2 import DictLoader, Environment

from evidencebase.content.pipeline import read
from evidencebase.export.data import data_files
from evidencebase.model import KnowledgeBase, Page
from evidencebase.site.addresses import record_addresses
from evidencebase.site.editions import edition
from evidencebase.site.json_ld import reference_thing
from evidencebase.site.pages import pages

SITE = Path(__file__).parent.parent / "sites/data"
THEME = Path(__file__).parent.parent.parent / "src/evidencebase/theme/main.html"
TODAY = date(2026, 11, 22)


@cache
def base() -> KnowledgeBase:
    return read(SITE).knowledge_base


@cache
def shown(site_url: str = "") -> Mapping[str, Page]:
    known = replace(base(), settings=replace(base().settings, site_url=site_url))
    return {page.path: page for page in pages(edition(known, "en", TODAY))}


def things(path: str, site_url: str = "") -> Mapping[str, Any]:
    described: Any = shown(site_url)[path].front_matter["json_ld"]
    return {thing["@type"]: thing for thing in described}


def addresses_in(value: Any) -> list[str]:
    if isinstance(value, Mapping):
        return [address for name, inner in value.items() if name != "@context" for address in addresses_in(inner)]
    if isinstance(value, list):
        return [address for inner in value for address in addresses_in(inner)]
    return [value] if isinstance(value, str) and "://" in value else []


def test_a_strategy_is_a_report_with_what_is_known_of_it_and_no_more() -> None:
    assert things("strategies/lamps/index.md")["Report"] == {
        "@context": "https://schema.org",
        "@type": "Report",
        "name": "Lamps",
        "headline": "Lamps",
        "description": "Light in the street.",
        "inLanguage": "en",
        "isPartOf": {"@type": "WebSite", "name": "Evidence of Riverton"},
        "copyrightNotice": "CC BY 4.0",
        "author": [{"name": "Ana Torres"}],
        "datePublished": "2026-11-20",
        "creativeWorkStatus": "withdrawn",
        "mainEntityOfPage": {"@type": "WebPage", "lastReviewed": "2026-11-21"},
    }


def test_a_copyright_notice_speaks_the_language_of_its_page() -> None:
    known = read(SITE.parent / "print").knowledge_base
    french = replace(known.strings["fr"], texts={**known.strings["fr"].texts, "schema.CC BY 4.0": "Sous CC BY 4.0"})
    made = pages(edition(replace(known, strings={**known.strings, "fr": french}), "fr", TODAY))
    described: Any = next(page for page in made if page.path == "strategies/lamps/index.md").front_matter["json_ld"]

    assert described[0]["copyrightNotice"] == "Sous CC BY 4.0"


def test_each_type_of_record_says_in_its_schema_what_it_is() -> None:
    kinds = {
        path: set(things(path)) - {"BreadcrumbList"} for path, page in shown().items() if "type" in page.front_matter
    }

    assert kinds == {
        "case_studies/riverton/index.md": {"Report"},
        "cities/riverton/index.md": {"Article"},
        "data.md": {"WebPage", "Dataset"},
        "glossary/lamp/index.md": {"DefinedTerm"},
        "strategies/lamps/index.md": {"Report"},
    }


def test_a_term_is_described_by_its_definition() -> None:
    term = things("glossary/lamp/index.md")["DefinedTerm"]

    assert (term["name"], term["description"]) == ("Lamp", "A light on a pole.")
    assert term["inDefinedTermSet"]["name"] == "Glossary"


def test_without_an_address_of_the_site_no_address_is_stated() -> None:
    stated = {path: addresses_in(page.front_matter.get("json_ld", [])) for path, page in shown().items()}

    assert {path: found for path, found in stated.items() if found and not path.startswith("references/")} == {}


def test_with_an_address_every_page_is_named_whole() -> None:
    site = "https://example.org/peace/"
    files = things("data.md", site)["Dataset"]["distribution"]

    assert things("strategies/lamps/index.md", site)["Report"]["url"] == f"{site}en/strategies/lamps/"
    assert files[0]["contentUrl"] == f"{site}data/manifest.json"


def test_breadcrumbs_lead_from_the_home_page_to_the_page() -> None:
    site = "https://example.org"
    way = things("strategies/lamps/index.md", site)["BreadcrumbList"]["itemListElement"]

    assert [(step["position"], step["name"], step["item"]) for step in way] == [
        (1, "Home", f"{site}/en/"),
        (2, "Strategies", f"{site}/en/strategies/"),
        (3, "Lamps", f"{site}/en/strategies/lamps/"),
    ]


def test_a_reference_names_people_and_organisations_apart_and_leaves_out_what_is_not_known() -> None:
    article, bare = (reference_thing(base().references[key]) for key in ("Alvarez2020", "Bell2019"))

    assert article["@type"] == "ScholarlyArticle"
    assert [author["@type"] for author in article["author"]] == ["Person", "Organization", "Person"]
    assert article["author"][2] == {"@type": "Person", "givenName": "Juan", "familyName": "de la Cruz"}
    assert article["sameAs"] == "https://doi.org/10.1000/lamps"
    assert bare == {"@context": "https://schema.org", "@type": "CreativeWork", "name": "Lamps do nothing"}


def test_citation_tags_repeat_for_each_author_and_need_a_date() -> None:
    assert shown()["cities/riverton/index.md"].front_matter["citation_tags"] == [
        {"name": "citation_title", "content": "+Riverton"},
        {"name": "citation_author", "content": "Ana Torres"},
        {"name": "citation_author", "content": "Samuel Okoro"},
        {"name": "citation_publication_date", "content": "2026/11/20"},
        {"name": "citation_online_date", "content": "2026/11/20"},
        {"name": "citation_language", "content": "en"},
    ]
    assert shown()["data.md"].front_matter["citation_tags"] == []


def test_a_page_says_how_to_cite_it_and_its_address_only_where_it_is_known() -> None:
    text = "Ana Torres and Samuel Okoro (2026). +Riverton. Evidence of Riverton. Last reviewed on 22 November 2026."
    body = shown()["cities/riverton/index.md"].body
    elsewhere = shown("https://example.org")["cities/riverton/index.md"].body

    assert text in body
    assert "https://example.org/en/cities/riverton/" not in body
    assert '<a href="https://example.org/en/cities/riverton/">' in elsewhere


def test_no_text_can_end_the_script_it_is_described_in() -> None:
    frames = {"main.html": THEME.read_text(encoding="utf-8"), "base.html": "{% block extrahead %}{% endblock %}"}
    environment = Environment(loader=DictLoader(frames), autoescape=False)
    environment.filters["url"] = str
    environment.globals["say"] = str
    meta = {"json_ld": [{"name": "</script><script>alert(1)</script>"}], "citation_tags": [], "data": ""}
    html = environment.get_template("main.html").render(
        page={"meta": meta}, config={"extra": {"site_root": "", "language": "en", "languages": [{"code": "en"}]}}
    )

    assert html.count("</script>") == 1
    assert "\\u003c/script" in html


def test_every_file_that_the_page_on_the_data_links_to_is_made() -> None:
    ids = edition(base(), "en", TODAY).records
    made = data_files(base(), record_addresses(ids, base().record_types))
    linked = re.findall(r'href="\.\./\.\./data/([^"]+)"', unescape(shown()["data.md"].body))

    assert len(linked) > 10
    assert set(linked) <= made.keys()
