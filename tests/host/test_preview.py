"""What `evidencebase serve` shows an editor, and when."""

from __future__ import annotations

import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from evidencebase.scaffold import new_knowledge_base

PROGRAM = Path(sys.executable).parent / "evidencebase"
CITY = "cities/riverton"


class Served:
    """A knowledge base that is being served: its folder, its address and what the command says."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.process = subprocess.Popen(
            [str(PROGRAM), "serve", "--port", "0"],
            cwd=root,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said = self.line()
        self.address = self.said.split()[0].removesuffix("/en/")

    def line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline()

    def get(self, path: str) -> str:
        with urllib.request.urlopen(f"{self.address}/{path}", timeout=60) as answer:
            return str(answer.read().decode("utf-8"))

    def edit(self, old: str, new: str) -> str:
        """Edit the city while a browser waits for changes, and return what the command says then."""
        with urllib.request.urlopen(f"{self.address}/_changes", timeout=60) as changes:
            file = self.root / CITY / "index.md"
            file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
            said = self.line()
            assert changes.readline() == b"data: changed\n"
        return said


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    root = tmp_path / "root"
    new_knowledge_base(root)
    settings = root / "mkdocs.yml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("[en]", "[en, es]"), encoding="utf-8")
    serving = Served(root)
    yield serving
    serving.process.terminate()
    serving.process.wait()


def test_an_edit_is_shown_and_announced_to_the_browser(served: Served) -> None:
    assert "A sentence that is new" not in served.get(f"en/{CITY}/")
    served.edit("\nstatus: published", "\nstatus: draft")
    assert "up to date" in served.edit("\n---\n\n", "\n---\n\nA sentence that is new.\n\n")
    page = served.get(f"en/{CITY}/")
    assert "A sentence that is new" in page
    assert "EventSource" in page


def test_every_language_is_there_when_somebody_goes_there(served: Served) -> None:
    assert '<html lang="es"' in served.get(f"es/{CITY}/").replace("lang=es", 'lang="es"')
    assert '<html lang="en"' in served.get("").replace("lang=en", 'lang="en"')


def test_wrong_content_is_said_and_the_page_stays_until_it_is_mended(served: Served) -> None:
    before = served.get(f"en/{CITY}/")
    said = served.edit("\ntitle:", "\ntitel:")
    assert "error[" in said
    assert served.get(f"en/{CITY}/") == before


def test_a_page_that_does_not_exist_is_not_found(served: Served) -> None:
    with pytest.raises(urllib.error.HTTPError, match="404"):
        served.get("en/nowhere/")
    with pytest.raises(urllib.error.HTTPError, match="404"):
        served.get("en/..%2f..%2fmkdocs.yml")


def test_a_port_that_is_taken_is_said_in_one_line(served: Served) -> None:
    port = served.address.rpartition(":")[2]
    done = subprocess.run(
        [str(PROGRAM), "serve", "--port", port], cwd=served.root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "try another --port" in done.stderr
