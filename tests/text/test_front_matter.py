"""Fields above, prose below."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from evidencebase.text.front_matter import split


def test_the_prose_begins_on_the_line_after_the_fields() -> None:
    parts, faults = split("---\ntitle: A\n---\n\nWords.\n", "a.md")
    assert faults == ()
    assert (parts.front_matter, parts.prose, parts.prose_line) == ("title: A", "\nWords.\n", 4)


def test_a_line_in_the_prose_does_not_end_the_fields_again() -> None:
    parts, _ = split("---\ntitle: A\n---\nOne\n---\nTwo", "a.md")
    assert parts.prose == "One\n---\nTwo"


@given(st.text(alphabet="-. \na:", max_size=30))
def test_nothing_is_lost_between_the_fields_and_the_prose(text: str) -> None:
    parts, faults = split(text, "a.md")
    if parts.front_matter is None:
        assert [d.location.path for d in faults] == ["a.md"]
    else:
        above = "\n".join(text.split("\n")[1 : parts.prose_line - 2])
        below = "\n".join(text.split("\n")[parts.prose_line - 1 :])
        assert (parts.front_matter, parts.prose) == (above, below)
