"""Writes what stands beside the pages of a language, and what stands above all languages."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from evidencebase.cache import Cache, digest
from evidencebase.export.data import data_files, record_files, record_texts, write_files
from evidencebase.host.search_index import page_ids, write_index
from evidencebase.model import KnowledgeBase
from evidencebase.site.addresses import address, record_addresses
from evidencebase.site.edition import Edition
from evidencebase.site.feeds import feeds
from evidencebase.site.made import Head
from evidencebase.site.metadata import root_files, sitemap
from evidencebase.site.redirects import redirects
from evidencebase.site.search import browsing, document, is_found, words
from evidencebase.site.synonyms import other_titles, other_words

SEARCH = "assets/search"
INDEX = f"{SEARCH}/pagefind"


def write_language(folder: Path, edition: Edition, heads: Iterable[Head], site_root: str) -> None:
    """Write what a language has beside its pages; `site_root` is the address of the site, where it is known."""
    heads = tuple(heads)
    files = {**feeds(edition, heads, site_root), **redirects(edition, heads)}
    if site_root:
        files["sitemap.xml"] = sitemap(edition, heads, site_root)
    _write(folder, files)


def write_search(
    folder: Path, edition: Edition, heads: Iterable[Head], names: Mapping[str, str], *, last: Path | None, cache: Cache
) -> None:
    """Write the search of a language beside its finished pages.

    The index rests on the pages that can be found, by the digests in `names`, and on the synonyms. Where it was made
    from the same for the site in `last`, it is taken from there.
    """
    found = [head for head in heads if is_found(edition, head)]
    given = digest(edition.base.definitions, *(names[head.path] for head in found))
    state = f"search-{edition.language}"
    if last and cache.state(state) == given and (last / INDEX).is_dir():
        shutil.copytree(last / INDEX, folder / INDEX, copy_function=os.link)
    else:
        documents = {}
        for head in found:
            html = (folder / address(head.path) / "index.html").read_text(encoding="utf-8")
            other = other_words(edition, head, html)
            documents[address(head.path)] = document(
                edition, head, html, titles=other_titles(edition, head), synonyms=other
            )
        write_index(documents, folder / INDEX)
        cache.save(state, given)
    _write(folder / SEARCH, {"words.js": words(edition), **browsing(edition, found, page_ids(folder / INDEX))})


def write_data(folder: Path, base: KnowledgeBase, edition: Edition, cache: Cache) -> None:
    """Write the data, those of each record beside its page in the first language, whose edition this is."""
    addresses = record_addresses(edition.records, base.record_types)
    texts = record_texts(base, addresses, cache)
    write_files(data_files(base, addresses, cache, texts=texts), folder / "data")
    write_files(record_files(base, addresses, texts=texts), folder / edition.language)


def write_root(folder: Path, base: KnowledgeBase, site_root: str) -> None:
    """Write what stands above the languages."""
    _write(folder, root_files(base, site_root))


def _write(folder: Path, files: Mapping[str, str]) -> None:
    write_files({path: text.encode("utf-8") for path, text in files.items()}, folder)
