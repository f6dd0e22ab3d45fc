"""Translations lie over their originals, and say how far behind they are without asking git."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from evidencebase.content.translate import digests, drift, localised
from evidencebase.model import Field, Prose, Record, RecordId, RecordType, Translation
from evidencebase.text.scanner import scan

TITLE = Field("title", "Title", translatable=True)
YEAR = Field("year", "Year", kind="integer")
CLAIMS = Field(
    "claims",
    "Claims",
    kind="list",
    element=Field(
        "claims",
        "Claims",
        kind="object",
        fields={
            "id": Field("id", "Id", kind="slug"),
            "statement": Field("statement", "Claim", translatable=True),
            "strength": Field("strength", "Strength", kind="choice"),
        },
    ),
)
TYPE = RecordType("brief", "Brief", "Briefs", "", "briefs", {f.name: f for f in (TITLE, YEAR, CLAIMS)}, {}, "")
ID = RecordId("brief", "one")
WORDS = st.lists(st.text("abcdefgh", min_size=1, max_size=6), min_size=1, max_size=6).map(" ".join)


def record(title: str = "Title", prose: str = "", strength: str = "low") -> Record:
    claims = ({"id": "a", "statement": "One", "strength": strength}, {"id": "b", "statement": "Two", "strength": "low"})
    return Record(ID, "briefs/one/index.md", "en", {"title": title, "year": 2020, "claims": claims}, scan(prose), {})


def translation(of: Record, **fields: object) -> Translation:
    return Translation(ID, "es", "briefs/one/index.es.md", fields, Prose(), seen=digests(of, TYPE))  # type: ignore[arg-type]


def test_a_translation_replaces_words_and_never_facts() -> None:
    shown = localised(record(), translation(record(), title="Título", claims=({"id": "b", "statement": "Dos"},)))
    assert shown.fields["title"] == "Título"
    assert shown.fields["year"] == 2020
    claims = shown.fields["claims"]
    assert isinstance(claims, tuple)
    assert [dict(claim) for claim in claims if isinstance(claim, Mapping)] == [
        {"id": "a", "statement": "One", "strength": "low"},
        {"id": "b", "statement": "Dos", "strength": "low"},
    ]


def test_sections_keep_the_ids_of_the_original() -> None:
    original = record(prose="## First\n\ntext\n\n## Second\n\ntext\n")
    arabic = replace(translation(original), prose=scan("## أولاً\n\nنص\n\n## ثانياً\n\nنص\n"))
    ids = [span.target for span in localised(original, arabic).prose.spans if span.level]
    assert ids == ["first", "second"]


def test_nothing_has_drifted_from_the_state_it_was_marked_at() -> None:
    original = record(prose="intro\n\n## One\n\ntext\n")
    assert drift(original, TYPE, translation(original)).changed == ()


@given(title=WORDS, text=WORDS, spaces=st.sampled_from(["  ", "\n", "\t", " \n "]))
def test_white_space_and_line_breaks_do_not_count(title: str, text: str, spaces: str) -> None:
    plain = record(title, f"## One\n\n{text}\n")
    wrapped = record(title, f"## One\n\n{text.replace(' ', spaces)}\n\n")
    assert digests(plain, TYPE) == digests(wrapped, TYPE)


@given(texts=st.lists(WORDS, min_size=3, max_size=3), which=st.integers(0, 2), word=st.text("xyz", min_size=1))
def test_a_changed_word_is_told_of_its_own_section_alone(texts: list[str], which: int, word: str) -> None:
    def prose(parts: list[str]) -> str:
        return "".join(f"## Section {name}\n\n{part}\n\n" for name, part in zip("abc", parts, strict=True))

    before = record(prose=prose(texts))
    changed = [*texts]
    changed[which] = f"{changed[which]} {word}"
    after = record(prose=prose(changed))
    assert drift(after, TYPE, translation(before)).changed == (f"#section-{'abc'[which]}",)


def test_a_changed_strength_is_always_told() -> None:
    assert drift(record(strength="moderate"), TYPE, translation(record(strength="low"))).changed == ("claims",)


def test_a_change_that_concerns_safety_is_told_until_it_was_seen() -> None:
    original = record()
    changes = ({"id": "c1", "kind": "safety"}, {"id": "c2", "kind": "editorial"})
    later = replace(original, fields={**original.fields, "changes": changes})
    seen = replace(translation(original), seen_changes=("c2",))
    assert drift(later, TYPE, seen).unseen == ("safety",)


def test_what_was_never_translated_is_named() -> None:
    original = record(prose="text")
    assert drift(original, TYPE, translation(original, title="Título")).missing == ("claims", "prose")


@given(fields=st.dictionaries(st.sampled_from(["title", "claims", "year"]), st.none() | WORDS))
def test_every_field_of_the_original_has_a_text_in_every_language(fields: dict[str, str | None]) -> None:
    shown = localised(record(), translation(record(), **fields))
    assert shown.fields.keys() == record().fields.keys()
    assert all(value is not None for value in shown.fields.values())
