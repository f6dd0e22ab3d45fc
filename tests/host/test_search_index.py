"""The search index is cut into parts of a size that suits its number of pages."""

from __future__ import annotations

from pathlib import Path

from evidencebase.host.search_index import part_size, write_index

PAGE = '<html lang="en"><body data-pagefind-body><h1>Page</h1><p>{words}</p></body></html>'


def test_parts_grow_more_slowly_than_the_number_of_pages() -> None:
    assert part_size(1) == part_size(10)
    assert part_size(500) < part_size(1_000) < part_size(10_000) < 5_000


def test_pagefind_cuts_the_index_into_small_parts(tmp_path: Path) -> None:
    documents = {f"pages/{number}/": PAGE.format(words=_words(number)) for number in range(20)}
    write_index(documents, tmp_path / "index")
    assert len(list((tmp_path / "index/index").iterdir())) > 4


def _words(first: int) -> str:
    return " ".join(f"w{number}x" for number in range(first, first + 200))
