"""Interface texts are complete in every language, with the placeholders and plural forms that the language needs."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from string import Formatter

import pytest
import yaml
from babel import Locale

import evidencebase
from evidencebase.content.pipeline import read
from evidencebase.model import Field, KnowledgeBase, Strings
from evidencebase.text.strings import announcing, apart, say, strings
from evidencebase.text.templates import fill

ROOT = Path(__file__).parents[2]
FOLDER = Path(evidencebase.__file__).parent / "strings"
LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.yml"))
OTHERS = [language for language in LANGUAGES if language != "en"]
NAMES = re.compile(r"\{\w+\}|BibTeX|CSL-JSON|JSON|CSV|RIS")
"""What reads the same in every language: placeholders, and names of formats."""


def texts(language: str) -> Strings:
    return strings(language, yaml.safe_load((FOLDER / f"{language}.yml").read_text(encoding="utf-8")))


def interface(language: str) -> dict[str, object]:
    return {key: text for key, text in texts(language).texts.items() if not key.startswith("schema.")}


def placeholders(text: object) -> set[str]:
    forms = text.values() if isinstance(text, dict) else (text,)
    return {name for form in forms for _, name, _, _ in Formatter().parse(str(form)) if name}


@pytest.mark.parametrize("language", OTHERS)
def test_no_text_is_missing_and_none_is_left_over(language: str) -> None:
    assert interface(language).keys() == interface("en").keys()


SAID = re.compile(r"""["']([a-z_]+\.[a-z_.]*)(["'{])""")
"""A key as programs and templates name it: whole, or its beginning where the rest is a value."""


def test_every_text_is_said_somewhere() -> None:
    files = (path for path in FOLDER.parent.rglob("*") if path.suffix in (".py", ".jinja", ".html"))
    said = {found for path in files for found in SAID.findall(path.read_text(encoding="utf-8"))}
    begun = tuple(key for key, end in said if end == "{")
    whole = {key for key, end in said if end != "{"}
    assert [key for key in interface("en") if key not in whole and not key.startswith(begun)] == []


@pytest.mark.parametrize("language", OTHERS)
def test_placeholders_are_those_of_the_english_text(language: str) -> None:
    english = interface("en")
    wrong = [key for key, text in interface(language).items() if placeholders(text) != placeholders(english[key])]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_that_counts_has_every_plural_form_of_its_language(language: str) -> None:
    forms = set(Locale.parse(language).plural_form.tags) | {"other"}
    wrong = {
        key: set(text) for key, text in texts(language).texts.items() if isinstance(text, dict) and set(text) != forms
    }
    assert wrong == {}


@pytest.mark.parametrize("language", OTHERS)
def test_no_english_text_was_left_untranslated(language: str) -> None:
    english = interface("en")
    left = [
        key
        for key, text in interface(language).items()
        if text == english[key] and len(re.findall(r"[A-Za-z]+", NAMES.sub("", str(text)))) > 2
    ]
    assert left == []


def words_of_schemas(base: KnowledgeBase) -> set[str]:
    found: set[str] = set()

    def walk(field: Field) -> None:
        found.update({field.title, field.backlink, *field.labels.values()} - {""})
        for inner in (*field.fields.values(), *field.alternatives, *((field.element,) if field.element else ())):
            walk(inner)

    for record_type in base.record_types.values():
        found.update({record_type.title, record_type.plural})
        for field in record_type.fields.values():
            walk(field)
    return found


@pytest.mark.parametrize("language", OTHERS)
def test_every_word_of_the_built_in_schemas_is_translated(language: str) -> None:
    base = read(ROOT).knowledge_base
    known = {key.removeprefix("schema.") for key in texts(language).texts if key.startswith("schema.")}
    assert words_of_schemas(base) - known == set()


SIGNS: dict[str, re.Pattern[str]] = {
    "record_types/**/*.jinja": re.compile(r"[}%]\}\)?(?:</\w+>)*[:;?!](?=[ <])"),
    "site/**/*.py": re.compile(r"""["'][:;] ["']\.join|\}[:;] ["'{]"""),
}
"""Signs behind an inserted text, as if every language set them alike."""


@pytest.mark.parametrize("files", SIGNS)
def test_no_page_is_written_with_a_sign_that_languages_set_differently(files: str) -> None:
    found = {path: SIGNS[files].findall(path.read_text(encoding="utf-8")) for path in FOLDER.parent.glob(files)}
    assert len(found) > 10
    assert {path.name: signs for path, signs in found.items() if signs} == {}


@pytest.mark.parametrize(("language", "signs"), [("en", "A: A;"), ("fr", "A\u202f: A\u202f;"), ("ar", "A: A؛")])
def test_a_sign_stands_behind_a_text_as_its_language_sets_it(language: str, signs: str) -> None:
    source = "{{ t('punctuation.colon', text='A') }} {{ t('punctuation.semicolon', text='A') }}"
    assert fill({"a.jinja": source}, "a.jinja", {"t": partial(say, texts(language))}) == signs


@pytest.mark.parametrize(
    ("language", "several", "pair"),
    [("en", "A; B; C", "A: B"), ("fr", "A\u202f; B\u202f; C", "A\u202f: B"), ("ar", "A؛ B؛ C", "A: B")],
)
def test_lists_and_titles_are_put_together_as_their_language_does(language: str, several: str, pair: str) -> None:
    assert apart(texts(language), ["A", "B", "C"]) == several
    assert apart(texts(language), []) == ""
    assert announcing(texts(language), "A", "B") == pair


def test_arabic_counts_in_six_forms() -> None:
    arabic = texts("ar")
    said = {say(arabic, "index.count", count=count) for count in (0, 1, 2, 3, 11, 100)}
    assert len(said) >= 5
