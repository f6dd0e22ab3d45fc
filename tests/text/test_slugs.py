"""Names that stand in addresses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencebase.text.slugs import MAX_SLUG, heading_ids, is_slug, slugify


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Group and gang violence", "group-and-gang-violence"),
        ("Bogotá: 2000–2010", "bogota-20002010"),
        ("The city's own", "the-citys-own"),
        ("  ---  ", ""),
        ("وقف إطلاق النار", ""),
    ],
)
def test_a_slug_is_close_to_its_text(text: str, slug: str) -> None:
    assert slugify(text) == slug


@pytest.mark.parametrize(
    "name", ["", "A", "a_b", "a--b", "-a", "a-", "a b", "é", "a/b", "a.b", "a" * (MAX_SLUG + 1), "a\n"]
)
def test_what_cannot_stand_in_an_address_is_no_slug(name: str) -> None:
    assert not is_slug(name)


@given(st.text())
def test_a_slug_is_a_slug_or_nothing(text: str) -> None:
    assert slugify(text) == "" or is_slug(slugify(text))


@given(st.text())
def test_the_slug_of_a_slug_is_itself(text: str) -> None:
    assert slugify(slugify(text)) == slugify(text)


@given(st.lists(st.text(max_size=6)), st.sets(st.sampled_from(["title", "what_it_is", "section-1"])))
def test_no_two_headings_share_an_id_and_none_takes_a_reserved_one(headings: list[str], reserved: set[str]) -> None:
    ids = list(heading_ids(headings, reserved))
    assert len(ids) == len(headings)
    assert len({*ids, *(name.replace("_", "-") for name in reserved)}) == len(ids) + len(reserved)
