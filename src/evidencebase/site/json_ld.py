"""Pages described to machines in the words of https://schema.org: only what is known, and addresses only where the
site knows its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from evidencebase.model import Name, Page, Record, Reference
from evidencebase.site.addresses import address, index_of, page_of
from evidencebase.site.edition import Edition, in_language, list_of, speaker, terms_of, text_of, title_of, worded
from evidencebase.text.citing import data_citation
from evidencebase.text.strings import announcing

Thing = Mapping[str, Any]
CONTEXT = "https://schema.org"
REFERENCE_TYPES = {
    "article": "ScholarlyArticle", "inproceedings": "ScholarlyArticle", "unpublished": "ScholarlyArticle",
    "book": "Book", "inbook": "Chapter", "incollection": "Chapter", "mastersthesis": "Thesis", "phdthesis": "Thesis",
    "online": "WebPage", "techreport": "Report",
}  # fmt: skip
DATA_FORMATS = (
    ("manifest.json", "application/json"), ("records.json", "application/json"), ("claims.json", "application/json"),
    ("claims.csv", "text/csv"), ("evidence_map.csv", "text/csv"), ("references.json", "application/json"),
    ("references.csv", "text/csv"), ("references.bib", "application/x-bibtex"),
    ("references.ris", "application/x-research-info-systems"), ("vocabularies.json", "application/json"),
)  # fmt: skip


def page_url(edition: Edition, page: str) -> str:
    """Return the whole address of a page, or the empty text where the site does not know its own."""
    site = edition.base.settings.site_url
    return f"{site.rstrip('/')}/{edition.language}/{address(page)}" if site else ""


def record_things(edition: Edition, record: Record) -> tuple[Thing, ...]:
    """Return what a record's page is: an article, a report, a defined term; the page of the data also is a data set."""
    record_type = edition.base.record_types[record.id.type]
    url = page_url(edition, page_of(record.id, record_type))
    if record_type.described_as == "DefinedTerm":
        return (_defined_term(edition, record, url),)
    things = [_work(edition, record, url)]
    if text_of(record, "shows") == "data":
        things.append(_dataset(edition, record, url))
    return tuple(things)


def reference_thing(reference: Reference) -> Thing:
    """Return the work that a reference's page is about."""
    fields, kind = reference.fields, REFERENCE_TYPES.get(reference.kind, "CreativeWork")
    doi = fields.get("doi", "")
    publisher = next((fields[name] for name in ("publisher", "institution", "organization") if name in fields), "")
    return _top(
        kind,
        name=fields.get("title", reference.key),
        author=[_person(name) for name in reference.authors],
        editor=[_person(name) for name in reference.editors],
        datePublished=fields.get("year", ""),
        isPartOf=_part_of(fields),
        publisher=_thing("Organization", name=publisher) if publisher else None,
        pagination=fields.get("pages", ""),
        inLanguage=reference.notes.get("language", ""),
        sameAs=f"https://doi.org/{doi}" if doi else "",
        url=fields.get("url", ""),
    )


def with_breadcrumbs(edition: Edition, page: Page) -> Mapping[str, object]:
    """Return the front matter of a page with the way that leads to it from the home page, where it has one."""
    trail = page.front_matter.get("trail")
    if not isinstance(trail, list):
        return page.front_matter
    steps = [(speaker(edition)("site.home"), "index.md")]
    steps += [(str(step["title"]), f"{step['address']}index.md") for step in trail]
    steps.append((str(page.front_matter["title"]), page.path))
    elements = [
        _thing("ListItem", position=number, name=title, item=page_url(edition, path))
        for number, (title, path) in enumerate(steps, start=1)
    ]
    described = page.front_matter.get("json_ld", [])
    assert isinstance(described, list)
    way = _top("BreadcrumbList", itemListElement=elements)
    return {**page.front_matter, "json_ld": [*described, way]}


def _work(edition: Edition, record: Record, url: str) -> Thing:
    record_type = edition.base.record_types[record.id.type]
    settings = edition.base.settings
    reviewed = text_of(record, "last_reviewed")
    changed = [str(change["date"]) for change in list_of(record, "changes") if isinstance(change, Mapping)]
    common: dict[str, Any] = {
        "name": title_of(record),
        "description": text_of(record, "summary"),
        "inLanguage": record.language,
        "isPartOf": _thing("WebSite", name=settings.site_name, url=settings.site_url),
        "copyrightNotice": worded(edition, settings.copyright),
        "url": url,
    }
    if record_type.described_as == "WebPage":
        return _top("WebPage", **common, lastReviewed=reviewed)
    return _top(
        record_type.described_as,
        **common,
        headline=title_of(record),
        # Whether an author is a person or an organisation is not known.
        author=[{"name": str(name)} for name in list_of(record, "authors")],
        datePublished=text_of(record, "published"),
        dateModified=max(changed, default=""),
        creativeWorkStatus=text_of(record, "status"),
        keywords=list(_keywords(edition, record)),
        mainEntityOfPage=_thing("WebPage", lastReviewed=reviewed, url=url) if reviewed else None,
    )


def _defined_term(edition: Edition, record: Record, url: str) -> Thing:
    record_type = edition.base.record_types[record.id.type]
    glossary = _thing(
        "DefinedTermSet", name=worded(edition, record_type.plural), url=page_url(edition, index_of(record_type))
    )
    return _top(
        "DefinedTerm",
        name=title_of(record),
        description=text_of(record, "definition") or text_of(record, "summary"),
        alternateName=[str(name) for name in list_of(record, "also_written")],
        inLanguage=record.language,
        inDefinedTermSet=glossary,
        url=url,
    )


def _dataset(edition: Edition, record: Record, url: str) -> Thing:
    settings = edition.base.settings
    root = settings.site_url.rstrip("/")
    reviewed = str(edition.facts["last_reviewed"][0])
    return _top(
        "Dataset",
        name=announcing(edition.strings, settings.site_name, title_of(record)),
        description=text_of(record, "summary"),
        inLanguage=list(settings.languages),
        copyrightNotice=worded(edition, settings.copyright),
        creditText=data_citation(edition.strings, settings.site_name, reviewed),
        isAccessibleForFree=True,
        url=url,
        distribution=[
            _thing("DataDownload", name=name, encodingFormat=media_type,
                   contentUrl=f"{root}/data/{name}" if root else "")
            for name, media_type in DATA_FORMATS
        ],
    )  # fmt: skip


def _keywords(edition: Edition, record: Record) -> Iterable[str]:
    record_type = edition.base.record_types[record.id.type]
    if (topics := edition.facets.get("topics")) is not None:
        for term in terms_of(record, record_type, topics.name):
            if term in topics.terms:
                yield in_language(topics.terms[term].label, edition.language)


def _person(name: Name) -> Thing:
    if not name.given:
        return _thing("Organization", name=f"{name.particle} {name.family}".strip())
    family = f"{name.particle} {name.family}".strip()
    return _thing("Person", givenName=name.given, familyName=family, honorificSuffix=name.suffix)


def _part_of(fields: Mapping[str, str]) -> Thing | None:
    if "journal" in fields:
        return _thing("Periodical", name=fields["journal"])
    return _thing("Book", name=fields["booktitle"]) if "booktitle" in fields else None


def _top(kind: str, **properties: Any) -> Thing:
    return {"@context": CONTEXT, **_thing(kind, **properties)}


def _thing(kind: str, **properties: Any) -> Thing:
    """Return a thing with the properties that are known."""
    return {"@type": kind, **{name: value for name, value in properties.items() if value}}
