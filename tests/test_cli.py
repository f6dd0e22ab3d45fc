"""The command as somebody types it: what it prints, and the code it ends with."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from evidencebase import __version__
from evidencebase.cli import main

Site = Callable[[str], Path]
Inside = Callable[[Path], None]
Capture = pytest.CaptureFixture[str]
FINE, CONTENT_HAS_ERRORS, WRONG_USE = 0, 1, 2


def test_check_ends_with_0_where_nothing_is_wrong(site: Site, inside: Inside, capsys: Capture) -> None:
    inside(site("nothing-wrong"))
    assert main(["check"]) == FINE
    assert capsys.readouterr() == ("", "1 record checked: 0 errors, 0 warnings\n")


def test_check_ends_with_0_where_there_are_only_warnings(site: Site, inside: Inside, capsys: Capture) -> None:
    inside(site("link-to-draft"))
    assert main(["check"]) == FINE
    assert "3 records checked: 0 errors, 2 warnings" in capsys.readouterr().err


def test_check_ends_with_1_where_the_content_has_errors(site: Site, inside: Inside) -> None:
    inside(site("duplicate-key"))
    assert main(["check"]) == CONTENT_HAS_ERRORS


def test_check_ends_with_2_outside_of_a_knowledge_base(tmp_path: Path, inside: Inside, capsys: Capture) -> None:
    inside(tmp_path)
    assert main(["check"]) == WRONG_USE
    assert "make one with `evidencebase init DIR`" in capsys.readouterr().err


def test_check_works_from_any_folder_of_the_knowledge_base(site: Site, inside: Inside, capsys: Capture) -> None:
    inside(site("duplicate-key") / "glossary" / "ceasefire")
    assert main(["check"]) == CONTENT_HAS_ERRORS
    assert capsys.readouterr().out.startswith("glossary/ceasefire/index.md:6:1: error[duplicate-key]")


def test_check_reports_only_on_the_paths_that_are_named(site: Site, inside: Inside, capsys: Capture) -> None:
    root = site("dates-out-of-order")
    inside(root)
    assert main(["check", "case_studies"]) == CONTENT_HAS_ERRORS
    assert {line.split("/")[0] for line in capsys.readouterr().out.splitlines()} == {"case_studies"}
    assert main(["check", "cities", "case_studies/lights"]) == FINE
    assert capsys.readouterr().out == ""
    inside(root / "glossary")
    assert main(["check", "ceasefire/index.md"]) == CONTENT_HAS_ERRORS
    assert main(["check", ".."]) == CONTENT_HAS_ERRORS


def committed(root: Path) -> Path:
    for command in (
        ["init", "-q"],
        ["add", "-A"],
        ["-c", "user.name=A", "-c", "user.email=a@b", "commit", "-qm", "All"],
    ):
        subprocess.run(["git", *command], cwd=root, check=True)
    return root


def test_check_of_what_has_changed_reports_warnings_in_changed_files_alone(
    site: Site, inside: Inside, capsys: Capture
) -> None:
    root = committed(site("link-to-draft"))
    inside(root)
    assert main(["check", "--changed"]) == FINE
    assert capsys.readouterr().out == ""
    main(["check"])
    changed = capsys.readouterr().out.splitlines()[0].split(":")[0]
    (root / changed).write_text((root / changed).read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert main(["check", "--changed", "HEAD"]) == FINE
    assert {line.split(":")[0] for line in capsys.readouterr().out.splitlines()} == {changed}


def test_check_of_what_has_changed_sees_the_links_elsewhere_that_it_broke(
    site: Site, inside: Inside, capsys: Capture
) -> None:
    root = committed(site("link-to-draft"))
    inside(root)
    main(["check"])
    first = capsys.readouterr().out.splitlines()[0]
    target = first.split("'")[1]
    shutil.rmtree(next(root.glob(f"*/{target}")))
    assert main(["check", "--changed"]) == CONTENT_HAS_ERRORS
    assert first.split(":")[0] in capsys.readouterr().out


def test_check_of_what_has_changed_needs_a_commit_that_exists(site: Site, inside: Inside, capsys: Capture) -> None:
    inside(committed(site("nothing-wrong")))
    assert main(["check", "--changed", "nowhere"]) == WRONG_USE
    assert "git cannot tell what has changed" in capsys.readouterr().err


@pytest.mark.parametrize("path", ["glossary/nothing", "/", ".."])
def test_check_ends_with_2_for_a_path_that_is_not_in_the_knowledge_base(site: Site, inside: Inside, path: str) -> None:
    inside(site("nothing-wrong"))
    assert main(["check", path]) == WRONG_USE


def test_json_and_github_say_the_same_as_text(site: Site, inside: Inside, capsys: Capture) -> None:
    inside(site("link-to-draft"))
    main(["check"])
    text = capsys.readouterr().out
    main(["check", "--format", "json"])
    rows = json.loads(capsys.readouterr().out)
    assert [
        f"{row['path']}:{row['line']}:{row['column']}: {row['severity']}[{row['code']}] {row['message']}; {row['hint']}"
        for row in rows
    ] == text.splitlines()
    main(["check", "--format", "github"])
    assert [line.split("::")[2] for line in capsys.readouterr().out.splitlines()] == [
        f"{row['message']}; {row['hint']}" for row in rows
    ]


@pytest.mark.parametrize(
    "arguments",
    [[], ["chekc"], ["check", "--format", "xml"], ["build", "--today", "tomorrow"], ["new", "term"], ["export"]],
)
def test_wrong_arguments_end_with_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == WRONG_USE


def test_the_version_is_told(capsys: Capture) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert (ended.value.code, capsys.readouterr().out) == (FINE, f"evidencebase {__version__}\n")


def test_new_writes_a_record_and_never_overwrites_one(site: Site, inside: Inside, capsys: Capture) -> None:
    root = site("nothing-wrong")
    inside(root)
    assert main(["new", "term", "mediation"]) == FINE
    assert (root / "glossary/mediation/index.md").read_text(encoding="utf-8").startswith("---\n# Term. ")
    assert "`evidencebase check glossary/mediation/index.md`" in capsys.readouterr().out
    assert main(["new", "term", "mediation"]) == WRONG_USE
    assert capsys.readouterr().err == "evidencebase: glossary/mediation/index.md exists already\n"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["terms", "mediation"], "'terms' is no type of record; did you mean 'term'?"),
        (["term", "Media tion"], "'Media tion' cannot be the name of a record; did you mean 'media-tion'?"),
        (["term", "../mediation"], "'../mediation' cannot be the name of a record; did you mean 'mediation'?"),
        (["term", "وساطة"], "'وساطة' cannot be the name of a record; use small letters a-z, digits and hyphens"),
        (["page", "about/../../x"], "'about/../../x' cannot be the name of a record; did you mean 'about-x'?"),
    ],
)
def test_new_says_why_a_record_cannot_begin(
    arguments: list[str], says: str, *, site: Site, inside: Inside, capsys: Capture
) -> None:
    inside(site("nothing-wrong"))
    assert main(["new", *arguments]) == WRONG_USE
    assert capsys.readouterr().err == f"evidencebase: {says}\n"


def test_export_pages_writes_a_tree_for_each_language(site: Site, inside: Inside, capsys: Capture) -> None:
    root = site("prose-that-survives")
    inside(root)
    assert main(["export", "pages", "tree", "--today", "2026-11-22"]) == FINE
    assert "pages in tree/en" in capsys.readouterr().out
    assert (root / "tree/en/mkdocs.yml").is_file()
    assert "# Ceasefire" in (root / "tree/en/docs/glossary/ceasefire/index.md").read_text(encoding="utf-8")


def test_export_pages_refuses_a_folder_that_is_in_use(site: Site, inside: Inside, capsys: Capture) -> None:
    inside(site("nothing-wrong"))
    assert main(["export", "pages", "glossary"]) == WRONG_USE
    assert capsys.readouterr().err == "evidencebase: glossary is not empty: name a new folder\n"


@pytest.mark.parametrize("command", [["export", "pages", "tree"], ["build", "--site-dir", "tree"]])
def test_nothing_is_written_where_the_content_has_errors(
    command: list[str], site: Site, inside: Inside, capsys: Capture
) -> None:
    root = site("duplicate-key")
    inside(root)
    assert main(command) == CONTENT_HAS_ERRORS
    assert "error[duplicate-key]" in capsys.readouterr().err
    assert not (root / "tree").exists()


def test_a_reader_who_goes_away_is_no_error(site: Site) -> None:
    root = site("yaml-syntax")
    pipe = subprocess.Popen(
        [sys.executable, "-m", "evidencebase", "check"], cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert pipe.stdout is not None
    assert pipe.stderr is not None
    pipe.stdout.close()
    errors = pipe.stderr.read()
    pipe.stderr.close()
    assert pipe.wait() in (FINE, CONTENT_HAS_ERRORS)
    assert b"Traceback" not in errors


def test_the_same_files_give_the_same_words_in_any_order_of_hashing(site: Site) -> None:
    root = site("broken-schema")
    seen = set()
    for seed in ("1", "2", "3"):
        done = subprocess.run(
            [sys.executable, "-m", "evidencebase", "check"],
            cwd=root, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        seen.add(done.stdout)
    assert len(seen) == 1
    assert seen != {""}
