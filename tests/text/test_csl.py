"""References are written as the reader's language writes them."""

import pytest

from evidencebase.diagnostics import Location
from evidencebase.model import Name, Reference
from evidencebase.text.csl import formatted


def reference(authors: int = 1, *, more: bool = False, year: str = "2018") -> Reference:
    fields = {"title": "A <b>title</b>", "journal": "Criminology"} | ({"year": year} if year else {})
    return Reference(
        key=f"k{authors}{more}{year}", kind="article", location=Location("a.bib"), fields=fields,
        authors=tuple(Name(f"Author{number}", "Ann B.") for number in range(authors)), editors=(), more_authors=more,
        topic="a", countries=(), direction="", design="", finding="", audited="", notes={}, bibtex="",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("language", "several", "undated"),
    [("en", "et al.", "n.d."), ("es", "et\xa0al.", "s. f."), ("fr", "et al.", "s. d."), ("ar", "وآخرون", "د.ت")],
)
def test_many_authors_and_a_missing_year_follow_the_language(language: str, several: str, undated: str) -> None:
    assert several in formatted(reference(4), language).short
    assert formatted(reference(1, year=""), language).year.replace("\xa0", " ") == undated


def test_two_authors_are_both_named() -> None:
    assert formatted(reference(2), "en").short == "Author0 and Author1"


def test_authors_that_nobody_could_name_are_not_invented() -> None:
    made = formatted(reference(1, more=True), "en")
    assert made.short == "Author0 et al."
    assert made.names == "Author0, A. B. et al."


def test_a_title_cannot_bring_html_along() -> None:
    assert "A &lt;b&gt;title&lt;/b&gt;" in formatted(reference(), "en").rest


def test_a_work_without_author_is_named_by_its_title() -> None:
    assert "title" in formatted(reference(0), "en").short
