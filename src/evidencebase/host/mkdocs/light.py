"""What a page loads: one style sheet and a script of ours in place of the theme's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from evidencebase.cache import Cache, digest
from evidencebase.cache.engine import engine_digest
from evidencebase.text.policy import content_policy
from evidencebase.text.style_sheets import asked_for, joined, names_in_script

STYLE = "assets/css/style.css"
OWN = "assets/css/evidencebase.css"
FIRST_SCRIPT = "assets/js/first.js"
"""Stands inside every page: colours are chosen before anything is shown."""
FOREIGN = ("assets/javascripts/", "assets/stylesheets/", "assets/images/favicon.png")
"""What the theme brings and nothing loads."""


class Light:
    """The style sheet of one language, from the sheets of the theme, of the engine and of the site."""

    def __init__(self, config: MkDocsConfig) -> None:
        folders = [Path(folder) for folder in config.theme.dirs]
        self.extra = [str(path) for path in config.extra_css]
        config.extra_css = []
        theme = next(path for folder in folders for path in sorted(folder.glob("assets/stylesheets/main.*.css")))
        others = [_first([*folders, Path(config.docs_dir)], name) for name in (OWN, *self.extra)]
        self.sheets = [path.read_text(encoding="utf-8") for path in (theme, *others)]
        self.first_script = _first(folders, FIRST_SCRIPT).read_text(encoding="utf-8").strip()
        scripts = [path for folder in folders for path in folder.glob("assets/js/*.js")]
        self._scripted = frozenset().union(*(names_in_script(path.read_text(encoding="utf-8")) for path in scripts))
        self.asked = asked_for(self.sheets)

    def in_templates(self) -> Mapping[str, str]:
        """Return what templates place."""
        return {"first_script": self.first_script, "content_policy": content_policy([self.first_script])}

    def slim(self, files: Files) -> None:
        """Take out what no page loads."""
        for file in tuple(files):
            path = file.src_uri
            if path.startswith(FOREIGN) or path in (OWN, FIRST_SCRIPT, *self.extra):
                files.remove(file)

    def write(self, site: Path, names: Iterable[frozenset[str]] | None, cache: Cache) -> None:
        """Write the style sheet; with the names that pages use, without the rules that none of them needs."""
        used = None if names is None else self._scripted.union(*names)
        given = digest(engine_digest(), *self.sheets, *(sorted(used) if used is not None else ["everything"]))
        path = site / STYLE
        path.parent.mkdir(parents=True, exist_ok=True)
        css = cache.recall(f"style-{site.name}", given, lambda: joined(self.sheets, used))
        path.write_text(css, encoding="utf-8", newline="\n")


def _first(folders: Iterable[Path], name: str) -> Path:
    return next(path for folder in folders if (path := folder / name).is_file())
