"""The finished pages of one language: those of an earlier build that still hold, and those MkDocs has just made."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from evidencebase.cache import Store, digest
from evidencebase.host.weight import FirstView, first_view
from evidencebase.site.addresses import address
from evidencebase.site.made import Head
from evidencebase.text.style_sheets import names_in

AT_ONCE = 50
"""Pages that are held in memory before they are kept together."""


class Finished:
    """The pages of one language, told apart by whether an earlier build has made the same."""

    def __init__(
        self, frame: str, heads: Iterable[Head], store: Store, before: Published | None, *, asked: frozenset[str]
    ) -> None:
        """`asked` are the names that style sheets have rules for."""
        self.names = {head.path: digest(frame, head.value) for head in heads}
        self.last = before.site if before else None
        """The published site that unchanged files may be taken from."""
        self._store = store
        self._before = before
        known = before.names if before else {}
        self._linked = [path for path, name in self.names.items() if known.get(path) == name]
        others = {path: name for path, name in self.names.items() if known.get(path) != name}
        found = store.find(others.values())
        self._kept: dict[str, str] = {path: found[name] for path, name in others.items() if name in found}
        self.missing = frozenset(others.keys() - self._kept.keys())
        self._asked = asked
        self.styles: dict[str, frozenset[str]] = {path: before.styles[path] for path in self._linked} if before else {}
        """Path of each page → the names on it that style sheets have rules for."""
        self.views: dict[str, FirstView] = {path: before.views[path] for path in self._linked} if before else {}
        self._shared: dict[frozenset[str], frozenset[str]] = {}

    def finish(self, site: Path, spare: Path | None = None) -> None:
        """Put the pages that are still right beside those that MkDocs has made, and keep these for later builds.

        `spare` is an older site; its folders are used where there are any.
        """
        there = self._in_folders_of(spare, site) if spare and spare.is_dir() else frozenset()
        for path, html in self._kept.items():
            _file(site, path).write_text(html, encoding="utf-8", newline="\n")
            self._note(path, html)
        if self._before and not self._before.stays:
            for path in (one for one in self._linked if one not in there):
                os.link(_page(self._before.site, path), _file(site, path))
        made = sorted(self.missing)
        for start in range(0, len(made), AT_ONCE):
            pages = {path: _file(site, path).read_text(encoding="utf-8") for path in made[start : start + AT_ONCE]}
            self._store.keep({self.names[path]: html for path, html in pages.items()})
            for path, html in pages.items():
                self._note(path, html)
        if made:
            self._store.forget(frozenset(self.names.values()))

    def _in_folders_of(self, spare: Path, site: Path) -> frozenset[str]:
        """Move what MkDocs has made into the folders of an older site, which take the place of its own.

        Return the pages that are there already: those that are the very files of the published site. Everything else
        is taken out, so that nobody can write into a file that is published.
        """
        linked = {address(path): path for path in self._linked}
        needed = {folder for path in self.names for folder in _folders(address(path))}
        there = set()
        for folder, below, files in os.walk(spare):
            here = "".join(f"{part}/" for part in Path(folder).relative_to(spare).parts)
            for name in files:
                path = linked.get(here, "") if name == "index.html" else ""
                if path and self._before and _is_same(f"{folder}/{name}", _page(self._before.site, path)):
                    there.add(path)
                else:
                    (Path(folder) / name).unlink()
            for name in tuple(below):
                if f"{here}{name}/" not in needed:
                    below.remove(name)
                    _remove(Path(folder) / name)
        for file in (one for one in site.rglob("*") if one.is_file()):
            (spare / file.relative_to(site)).parent.mkdir(parents=True, exist_ok=True)
            file.replace(spare / file.relative_to(site))
        shutil.rmtree(site)
        spare.rename(site)
        return frozenset(there)

    def _note(self, path: str, html: str) -> None:
        self.views[path] = first_view(html, f"{address(path)}index.html")
        names = names_in(html) & self._asked
        self.styles[path] = self._shared.setdefault(names, names)


class Published:
    """The site of the last build in one language, still as that build has left it."""

    def __init__(
        self,
        site: Path,
        names: Mapping[str, str],
        styles: Mapping[str, frozenset[str]],
        views: Mapping[str, FirstView],
        *,
        stays: bool,
    ) -> None:
        self.site = site
        self.stays = stays
        """It is shown below the new one, so that nothing need be taken from it."""
        self.names = names
        """Path of each page → the digest under which it was made."""
        self.styles = styles
        self.views = views


def _folders(address: str) -> Iterator[str]:
    """Yield the folder of an address, and all that it lies in."""
    while address:
        yield address
        address = address[: address.rstrip("/").rfind("/") + 1]


def _is_same(one: str, other: str) -> bool:
    try:
        return Path(one).samefile(other)
    except OSError:
        return False


def _remove(folder: Path) -> None:
    if folder.is_symlink():
        folder.unlink()
    else:
        shutil.rmtree(folder)


def _page(site: Path, path: str) -> str:
    return f"{site}/{address(path)}index.html"


def _file(site: Path, path: str) -> Path:
    file = Path(_page(site, path))
    file.parent.mkdir(parents=True, exist_ok=True)
    return file
