"""Where pages stand in the tree of a language, and how one page names another."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping

from evidencebase.model import RecordId, RecordType
from evidencebase.text.addresses import address

__all__ = ["address", "data_url", "facet_page", "filter_page", "index_of", "markdown_path", "page_of",
           "record_addresses", "reference_page", "sheet_page", "url"]  # fmt: skip


def page_of(id: RecordId, record_type: RecordType) -> str:
    """Return the path of a record's page: `cities/riverton/index.md`."""
    return f"{id.slug}.md" if record_type.in_files else f"{record_type.folder}/{id.slug}/index.md"


def sheet_page(id: RecordId, record_type: RecordType, city: str) -> str:
    """Return the path of a sheet's page for one city: `cheat_sheets/shootings/riverton/index.md`."""
    return f"{posixpath.dirname(page_of(id, record_type))}/{city}/index.md"


def index_of(record_type: RecordType) -> str:
    return f"{record_type.folder}/index.md"


def filter_page(record_type: RecordType, field: str, value: str) -> str:
    """Return the path of the list of records with this value; `by` cannot clash, no record has that slug."""
    name = value.replace("/", "-").lower()
    return f"{record_type.folder}/by/{field.replace('_', '-')}/{name}/index.md"


def facet_page(vocabulary: str, term: str = "") -> str:
    return f"{vocabulary}/{term}/index.md" if term else f"{vocabulary}/index.md"


def reference_page(key: str) -> str:
    """Return the path of a reference's page; without a key, of the list of all."""
    return f"references/{key.casefold()}/index.md" if key else "references/index.md"


def record_addresses(ids: Iterable[RecordId], types: Mapping[str, RecordType]) -> Mapping[RecordId, str]:
    """Return the address of each record's page: where its data belong, and what other programs link to."""
    return {id: address(page_of(id, types[id.type])) for id in ids}


def data_url(here: str, name: str) -> str:
    """Return the relative address that leads from a page to a file of data, which lies above all languages."""
    return f"{'../' * (address(here).count('/') + 1)}data/{name}"


def record_data_url(first: str, language: str, page: str) -> str:
    """Return the relative address of a record's own data, which lie beside its page in the first language."""
    way = "" if language == first else f"{'../' * (address(page).count('/') + 1)}{first}/{address(page)}"
    return f"{way}index.json"


def url(here: str, there: str, anchor: str = "") -> str:
    """Return the relative address that leads from one page to another."""
    fragment = f"#{anchor}" if anchor else ""
    if here == there:
        return fragment or "./"
    one, other = address(here).split("/")[:-1], address(there).split("/")[:-1]
    same = len(posixpath.commonprefix([one, other]))
    way = "/".join([*[".."] * (len(one) - same), *other[same:]]) or "."
    return f"{way}/{fragment}"


def markdown_path(here: str, there: str, anchor: str = "") -> str:
    """Return the relative path of the other page's file, as Markdown in the page's own file names it."""
    way = posixpath.relpath(there, posixpath.dirname(here) or ".")
    return f"{way}#{anchor}" if anchor else way
