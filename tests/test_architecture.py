"""The rules of DESIGN.md, section 2, that keep the engine small, its imports pointing down and its words neutral."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ENGINE = ROOT / "src" / "evidencebase"
MODULES = sorted(path for path in ENGINE.rglob("*.py") if "starter" not in path.parts)
HOOKS = sorted((ROOT / "hooks").glob("*.py"))
LAYERS = (
    ("__main__",),
    ("cli",),
    ("host",),
    ("reports",),
    ("scaffold", "translating"),
    ("site", "export"),
    ("content",),
    ("fields",),
    ("text",),
    ("model",),
    ("cache",),
    ("clock",),
    ("diagnostics",),
)
"""From top to bottom; a module imports from its own layer or from one below, and neighbours never import each other."""
DOORS = {
    "babel": "text/locales.py",
    "citeproc": "text/csl.py",
    "docx": "export/docx.py",
    "jinja2": "text/templates.py",
    "jsonschema_rs": "content/validate.py",
    "latexcodec": "content/bibliography.py",
    "markdown": "text/markdown_syntax.py",
    "mkdocs": "host/mkdocs",
    "nh3": "text/sanitise.py",
    "tinycss2": "text/style_sheets.py",
    "pybtex": "content/bibliography.py",
    "segno": "export/pdf/sheet.py",
    "typst": "export/pdf/compiler.py",
    "watchdog": "host/preview_server.py",
    "yaml": "content/yaml_source.py",
}
"""Library → the one module that knows it, or the folder of them."""
ALSO = {("jinja2", "host/mkdocs")}
"""MkDocs hands its template environment to the host."""
FORBIDDEN_NAMES = {"utils", "util", "helpers", "common", "core", "base", "manager", "misc"}
RELATIVE = [path.relative_to(ENGINE).as_posix() for path in MODULES]


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> Iterator[str]:
    """Yield the dotted names that a module imports, wherever in it."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")


def own_imports(path: Path) -> Iterator[str]:
    """Yield the modules of the engine that a module imports, as `content/load` or `content`."""
    known = {module.removesuffix(".py").removesuffix("/__init__") for module in RELATIVE}
    for name in imported(path):
        place = name.removeprefix("evidencebase.").replace(".", "/")
        if name.startswith("evidencebase.") and place in known:
            yield place


def layer(place: str) -> int:
    name = place.split("/", maxsplit=1)[0].removesuffix(".py")
    found = next((number for number, names in enumerate(LAYERS) if name in names), None)
    assert found is not None, f"say in LAYERS where '{name}' stands"
    return found


@pytest.mark.parametrize("module", [module for module in RELATIVE if module != "__init__.py"])
def test_imports_point_down(module: str) -> None:
    own = module.split("/", maxsplit=1)[0].removesuffix(".py")
    for target in own_imports(ENGINE / module):
        other = target.split("/")[0]
        assert layer(module) <= layer(target), f"{module} imports {target}, which lies above it"
        assert own == other or layer(module) < layer(target), f"{module} imports its neighbour {target}"


def test_inside_content_only_the_pipeline_imports_its_siblings() -> None:
    wrong = [
        (module, target)
        for module in RELATIVE
        if module.startswith("content/") and sibling(module) != "pipeline"
        for target in own_imports(ENGINE / module)
        if target.startswith("content/") and sibling(target) != sibling(module)
    ]
    assert wrong == []


def sibling(place: str) -> str:
    """Return what stands in `content/`: a module, or a package of several."""
    return place.split("/", maxsplit=2)[1].removesuffix(".py")


def test_hooks_import_only_the_host_and_the_clock() -> None:
    for hook in HOOKS:
        assert {name.split(".")[1] for name in imported(hook) if name.startswith("evidencebase.")} <= {"host", "clock"}


@pytest.mark.parametrize("library", sorted(DOORS))
def test_each_library_has_one_door(library: str) -> None:
    doors = [module for module in RELATIVE if library in {name.split(".")[0] for name in imported(ENGINE / module)}]
    allowed = (DOORS[library], *(place for name, place in ALSO if name == library))
    assert doors
    assert [door for door in doors if not door.startswith(allowed)] == []


def test_every_library_of_the_engine_has_a_door() -> None:
    known = {*DOORS, "markupsafe", "evidencebase", "__future__"}
    others = {name.split(".")[0] for path in MODULES for name in imported(path) if not name.startswith(".")} - known
    assert others - sys.stdlib_module_names == set()


def test_no_import_is_relative() -> None:
    assert [path for path in MODULES if any(name.startswith(".") for name in imported(path))] == []


@pytest.mark.parametrize("module", RELATIVE)
def test_no_module_is_longer_than_250_lines(module: str) -> None:
    assert len((ENGINE / module).read_text(encoding="utf-8").splitlines()) <= 250


@pytest.mark.parametrize("module", RELATIVE)
def test_no_function_is_longer_than_50_lines(module: str) -> None:
    lengths = {
        node.name: (node.end_lineno or 0) - node.lineno + 1
        for node in ast.walk(tree(ENGINE / module))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    }
    assert {name: length for name, length in lengths.items() if length > 50} == {}


@pytest.mark.parametrize("module", [module for module in RELATIVE if (ENGINE / module).stat().st_size])
def test_every_module_says_in_one_sentence_what_it_is_for(module: str) -> None:
    said = ast.get_docstring(tree(ENGINE / module))
    assert said
    assert said.split("\n\n")[0].rstrip().endswith((".", ":"))


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook.name)
def test_no_file_of_hooks_is_longer_than_40_lines(hook: Path) -> None:
    assert len(hook.read_text(encoding="utf-8").splitlines()) <= 40


def test_no_module_is_named_after_nothing() -> None:
    assert [module for module in RELATIVE if FORBIDDEN_NAMES & set(module.removesuffix(".py").split("/"))] == []


def test_only_the_command_prints() -> None:
    prints = [
        (module, node.lineno)
        for module in RELATIVE
        if not module.startswith("cli/")
        for node in ast.walk(tree(ENGINE / module))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert prints == []


def test_no_error_is_caught_without_knowing_it() -> None:
    caught = [
        (module, node.lineno)
        for module in RELATIVE
        for node in ast.walk(tree(ENGINE / module))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException")))
    ]
    assert caught == []


def names_of_the_network() -> set[str]:
    """Return the names of the network, its cities and its partners, as folders and as words."""
    folders = {path.name for kind in ("cities", "partners") for path in (ROOT / kind).iterdir() if path.is_dir()}
    return {"Peace in Our Cities", "PiOC", *folders, *(name.replace("-", " ") for name in folders)}


def test_the_engine_does_not_know_the_network_it_was_written_for() -> None:
    names = sorted(names_of_the_network(), key=lambda name: (-len(name), name))
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w-])", re.IGNORECASE)
    texts = [
        path for path in ENGINE.rglob("*") if path.suffix in {".py", ".yml", ".jinja", ".html", ".css", ".js", ".md"}
    ]
    found = {
        f"{path.relative_to(ENGINE)}: {match[0]}"
        for path in texts
        for match in pattern.finditer(path.read_text(encoding="utf-8"))
    }
    assert len(names) > 50
    assert found == set()


def test_a_record_type_is_a_folder_and_no_python() -> None:
    assert list((ENGINE / "record_types").rglob("*.py")) == []
    types = sorted(path.name for path in (ENGINE / "record_types").iterdir() if path.is_dir())
    assert len(types) >= 11
    for name in types:
        assert (ENGINE / "record_types" / name / "schema.yml").is_file()
        assert (ENGINE / "record_types" / name / "page.md.jinja").is_file()


def test_page_templates_only_place_what_the_page_decided() -> None:
    long = {
        path.parent.name: length
        for path in (ENGINE / "record_types").rglob("page.md.jinja")
        if (length := len(path.read_text(encoding="utf-8").splitlines())) > 80
    }
    assert long == {}
