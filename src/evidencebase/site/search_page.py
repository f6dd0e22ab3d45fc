"""The page of the search, which leads to every list where there is no script."""

from __future__ import annotations

from evidencebase.model import Page
from evidencebase.site.addresses import facet_page, index_of, reference_page, url
from evidencebase.site.edition import Edition, in_language, published, speaker, worded
from evidencebase.site.lists import front
from evidencebase.site.views import Ref
from evidencebase.text.templates import fill

PAGE = "search/index.md"


def search_page(edition: Edition) -> Page:
    """Return the page of the search."""
    say = speaker(edition)
    base = edition.base
    lists = [
        Ref(worded(edition, one.plural), url(PAGE, index_of(one)))
        for one in base.record_types.values()
        if not one.in_files and published(edition, one)
    ]
    if base.references:
        lists.append(Ref(say("reference.all"), url(PAGE, reference_page(""))))
    lists += [
        Ref(in_language(one.title, edition.language), url(PAGE, facet_page(one.name)))
        for one in edition.facets.values()
    ]
    title = say("search.title")
    body = fill(base.templates, "search.md.jinja", {"title": title, "lists": lists, "t": say})
    return Page(PAGE, {**front(title, say("search.label"), [], PAGE), "searches": True}, body)
