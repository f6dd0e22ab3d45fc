"""Prints the pages of a language for a build: only what is new, and before pages are finished, which name the sizes."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from mkdocs.exceptions import BuildError

from evidencebase.cache import Store
from evidencebase.export.data import write_files
from evidencebase.export.pdf.press import Press
from evidencebase.export.prints import Manuscript, Prints, prints
from evidencebase.reports import summary, to_text
from evidencebase.site.edition import Edition
from evidencebase.site.made import MadePages
from evidencebase.site.printing import chapters


def print_and_offer(edition: Edition, made: MadePages, root: Path, store: Store, *, folder: Path) -> None:
    """Write all files to print or keep below the folder, and offer them on the pages.

    Raises BuildError with the diagnostics where something cannot be printed.
    """
    done = printed(edition, made, root, store)
    if found := done.diagnostics:
        raise BuildError(f"not everything can be printed\n{to_text(found)}{summary(found)}")
    write_files({one.path: content for one, content in done.files.items()}, folder / edition.language)
    made.offer(done.files)


def printed(edition: Edition, made: MadePages, root: Path, store: Store, *, processes: int = 1) -> Prints:
    """Return all files of the edition to print or keep; how many processes make them changes nothing."""
    press = Press(edition.base.settings, edition.strings, root)
    manuscripts = (
        Manuscript(
            head.path, head.title, head.source, head.value, head.last_reviewed, head.printed,
            partial(made.page, head.path),
        )
        for head in made.heads.values()
    )  # fmt: skip
    return prints(press, manuscripts, chapters(edition), store=store, processes=processes)
