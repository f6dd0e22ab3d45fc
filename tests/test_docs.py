"""What the documentation promises: everything is named in it, and everything it names exists."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from evidencebase import __version__
from evidencebase.cli import _parser
from evidencebase.content import vocabularies
from evidencebase.content.schemas import INDEX, KEYWORDS
from evidencebase.content.yaml_source import read_yaml
from evidencebase.diagnostics import WARNINGS, Code
from evidencebase.model import Mark
from evidencebase.text.scanner import scan

ROOT = Path(__file__).parent.parent
DECISIONS = sorted((ROOT / "docs/decisions").glob("*.md"))
CODE_SPAN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
EXAMPLE = r"^{}:\n\n```\w+\n(?:(?!```).*\n)+```$"


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def sections(page: str) -> Mapping[str, str]:
    """Return the text below each heading of the second level; what stands in code blocks is no heading."""
    _, _, text = read(f"docs/contribute/{page}").partition("\n---\n")
    prose = scan(text)
    headings = [span for span in prose.spans if span.mark is Mark.HEADING and span.level == 2]
    ends = [*(span.start for span in headings[1:]), len(prose.text)]
    return {span.text: prose.text[span.end : end] for span, end in zip(headings, ends, strict=True)}


def commands(parser: argparse.ArgumentParser, name: str) -> Iterator[tuple[str, tuple[argparse.Action, ...]]]:
    """Yield every command and those below it, each with its own options and arguments."""
    below = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    yield name, tuple(action for action in parser._actions if action not in below)
    for action in below:
        for word, inner in action.choices.items():
            yield from commands(inner, f"{name} {word}")


COMMANDS = dict(commands(_parser(), "evidencebase"))
COMMAND_SECTIONS = sections("commands.md")
DIAGNOSTIC_PAGES = ("diagnostics.md", "diagnostics-2.md")
DIAGNOSTIC_SECTIONS = {code: text for page in DIAGNOSTIC_PAGES for code, text in sections(page).items()}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_documented_with_its_options_and_an_example(command: str) -> None:
    text = COMMAND_SECTIONS[command]
    words = " ".join(CODE_SPAN.findall(text)).split()
    options = {option for action in COMMANDS[command] for option in action.option_strings}
    arguments = {str(action.metavar) for action in COMMANDS[command] if not action.option_strings}
    everywhere = set() if command == "evidencebase" else {"-h", "--help"}

    assert (options - everywhere) | arguments <= set(words)
    assert re.search(rf"^```sh\n(?:(?!```).*\n)*{command}\b", text, re.MULTILINE)


def test_every_choice_that_an_option_offers_is_documented() -> None:
    offered = {
        (command, f"{action.option_strings[0]} {choice}")
        for command, actions in COMMANDS.items()
        for action in actions
        for choice in action.choices or ()
    }
    documented = {(command, span) for command in COMMANDS for span in CODE_SPAN.findall(COMMAND_SECTIONS[command])}

    assert offered
    assert offered <= documented


def test_the_page_of_commands_names_no_command_that_does_not_exist() -> None:
    assert set(COMMAND_SECTIONS) == {*COMMANDS, "Exit codes"}


def test_diagnostics_and_their_sections_are_the_same_in_alphabetical_order() -> None:
    assert [code for page in DIAGNOSTIC_PAGES for code in sections(page)] == sorted(Code)


@pytest.mark.parametrize("code", Code)
def test_a_diagnostic_is_explained_with_a_bad_and_a_good_example(code: Code) -> None:
    text = DIAGNOSTIC_SECTIONS[code]

    assert re.search(EXAMPLE.format("Bad"), text, re.MULTILINE)
    assert re.search(EXAMPLE.format("Good"), text, re.MULTILINE)
    assert text.strip().startswith("A warning.") == (code in WARNINGS)


def test_every_path_named_in_the_life_of_a_record_exists() -> None:
    spans = CODE_SPAN.findall(read("docs/contribute/life-of-a-record.md"))
    paths = {span for span in spans if "/" in span or re.search(r"\.(?:py|md|yml)$", span)}

    assert len(paths) > 20
    assert {path for path in paths if not (ROOT / path).exists()} == set()


def test_every_function_named_in_the_life_of_a_record_stands_in_a_module_named_before_it() -> None:
    text = read("docs/contribute/life-of-a-record.md")
    engine = "\n".join(read(path) for path in set(CODE_SPAN.findall(text)) if path.endswith(".py"))
    functions = {span.removesuffix("()") for span in CODE_SPAN.findall(text) if span.endswith("()")}

    assert functions
    assert {name for name in functions if f"\ndef {name}(" not in engine} == set()


def test_every_module_that_reads_and_checks_stands_in_the_life_of_a_record() -> None:
    text = read("docs/contribute/life-of-a-record.md")
    modules = {path.relative_to(ROOT).as_posix() for path in ROOT.glob("src/evidencebase/content/[!_]*.py")}

    assert {module for module in modules if f"`{module}`" not in text} == set()


@pytest.mark.parametrize("keyword", sorted({*KEYWORDS, *INDEX}))
def test_a_keyword_of_schemas_is_documented(keyword: str) -> None:
    assert keyword in CODE_SPAN.findall(sections("record-types.md")["Keywords of a schema"])


@pytest.mark.parametrize("keyword", sorted(vocabularies.KEYWORDS))
def test_a_keyword_of_vocabularies_is_documented(keyword: str) -> None:
    assert keyword in CODE_SPAN.findall(sections("record-types.md")["Vocabularies"])


def test_every_built_in_record_type_is_described() -> None:
    text = sections("record-types.md")["The types there are"]
    described = re.findall(r"^\*\*[\w ]+\*\* \(`(\w+)`", text, re.MULTILINE)
    types = {path.parent.name for path in ROOT.glob("src/evidencebase/record_types/*/schema.yml")}

    assert sorted(described) == sorted(types)


def test_the_readme_fits_before_patience_ends() -> None:
    assert len(read("README.md").splitlines()) <= 120


@pytest.mark.parametrize("target", ["site", "test", "check", "serve"])
def test_the_readme_names_the_commands_of_the_makefile(target: str) -> None:
    assert re.search(rf"^make {target}\b", read("README.md"), re.MULTILINE)
    assert re.search(rf"^{target}:", read("Makefile"), re.MULTILINE)


@pytest.mark.parametrize("file", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_links_of_the_files_at_the_top_lead_to_files(file: str) -> None:
    targets = [span.target for span in scan(read(file)).spans if span.mark in (Mark.LINK, Mark.IMAGE)]
    paths = [target for target in targets if not urlsplit(target).scheme]

    assert [path for path in paths if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.stem[:4])
def test_a_decision_is_short_and_says_context_decision_and_consequences(decision: Path) -> None:
    text = decision.read_text(encoding="utf-8")

    assert len(text.splitlines()) <= 40
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(path.name[:4]) for path in DECISIONS]

    assert numbers[0] == 1
    assert all(later == earlier + 1 for earlier, later in pairwise(numbers))


def test_the_citation_file_gives_the_version_of_the_engine() -> None:
    document, faults = read_yaml(read("CITATION.cff"), "CITATION.cff")

    assert faults == ()
    assert document is not None
    assert document.value["cff-version"] == "1.2.0"
    assert document.value["version"] == __version__
    assert document.value["authors"] == [{"name": "Peace in Our Cities editorial team"}]
    assert {"message", "title", "license", "date-released"} <= document.value.keys()
    assert f"## [{__version__}]" in read("CHANGELOG.md")
