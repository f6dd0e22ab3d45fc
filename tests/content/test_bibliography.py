"""References come out of BibTeX as text, and every fault in a file has its line."""

from evidencebase.content.bibliography import references
from evidencebase.diagnostics import Code
from evidencebase.model import Reference

ENTRY = """@article{{{key},
  author = {{{author}}},
  title = {{{title}}},
  {more}
}}
"""


def one(author: str = "Braga, Anthony A.", title: str = "A title", more: str = "year = {2018},") -> Reference:
    made, found = references(
        ENTRY.format(key="k", author=author, title=title, more=more), "references/a.bib", frozenset()
    )
    assert found == ()
    return made[0]


def faults(text: str) -> list[tuple[Code, int]]:
    return [
        (fault.code, fault.location.line) for fault in references(text, "references/a.bib", frozenset({"global"}))[1]
    ]


def test_accents_and_dashes_come_out_as_characters() -> None:
    assert (
        one(title=r"Homic{\'i}dios no {Brasil}: 1990--2000 -- {\c c}").fields["title"]
        == "Homicídios no Brasil: 1990–2000 – ç"
    )


def test_an_inverted_question_mark_joins_its_word() -> None:
    assert one(title=r"{\textquestiondown}Qu{\'e} funciona?").fields["title"] == "¿Qué funciona?"


def test_a_percent_sign_does_not_cut_the_text() -> None:
    assert one(more="finding = {55% less, not 40% more},").finding == "55% less, not 40% more"


def test_a_particle_is_told_from_the_first_of_two_family_names() -> None:
    author = "van der Put, Claudia E. and Szab{\\'o} de Carvalho, Ilona and Garc{\\'i}a M{\\'a}rquez, Jos{\\'e}"
    names = one(author=author).authors
    assert [(name.particle, name.family) for name in names] == [
        ("van der", "Put"),
        ("", "Szabó de Carvalho"),
        ("", "García Márquez"),
    ]


def test_an_organisation_keeps_its_name_whole() -> None:
    assert [name.family for name in one(author="{World Health Organization and Partners}").authors] == [
        "World Health Organization and Partners"
    ]


def test_and_others_is_no_author() -> None:
    reference = one(author="Lee, A. and others")
    assert [name.family for name in reference.authors] == ["Lee"]
    assert reference.more_authors


def test_a_key_used_twice_is_reported_at_the_second_entry() -> None:
    entry = ENTRY.format(key="k", author="A, B", title="T", more="year = {2018},")
    assert faults(entry + "\n" + entry) == [(Code.DUPLICATE_ID, 7)]


def test_an_entry_that_is_never_closed_is_reported() -> None:
    assert Code.BIBTEX_SYNTAX in [
        code for code, _ in faults("@article{k,\n  title = {T},\n  year = {2018\n\n@book{l,\n}\n")
    ]


def test_unknown_fields_and_impossible_values_are_reported_at_their_line() -> None:
    more = "yaer = {2018},\n  design = {rct},\n  country = {Colombia},\n  doi = {http://doi.org/x},\n  year = {20x8},"
    assert faults(ENTRY.format(key="k", author="A, B", title="T", more=more)) == [
        (Code.UNKNOWN_FIELD, 4),
        (Code.UNKNOWN_TERM, 5),
        (Code.UNKNOWN_TERM, 6),
        (Code.INVALID_VALUE, 8),
        (Code.INVALID_VALUE, 7),
    ]


def test_a_group_of_countries_may_stand_in_place_of_a_country() -> None:
    assert faults(ENTRY.format(key="k", author="A, B", title="T", more="country = {CO, global},")) == []
