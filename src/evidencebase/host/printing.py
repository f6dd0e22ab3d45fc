"""Prints the pages of a language for a build: only what is new, and before pages are finished, which name the sizes."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from evidencebase.cache import Store
from evidencebase.diagnostics import KnowledgeBaseError
from evidencebase.export.data import write_files
from evidencebase.export.pdf.press import Press
from evidencebase.export.prints import Manuscript, Prints, prints
from evidencebase.reports import summary, to_text
from evidencebase.site.edition import Edition
from evidencebase.site.made import MadePages
from evidencebase.site.printing import chapters


def print_and_offer(edition: Edition, made: MadePages, root: Path, store: Store, *, folder: Path) -> None:
    """Write all files to print or keep below the folder, and offer them on the pages.

    Raises KnowledgeBaseError with the diagnostics where something cannot be printed.
    """
    done = printed(edition, made, root, store)
    write_files({one.path: content for one, content in done.files.items()}, folder / edition.language)
    made.offer(done.files)


def printed(edition: Edition, made: MadePages, root: Path, store: Store, *, processes: int = 1) -> Prints:
    """Return all files of the edition to print or keep; how many processes make them changes nothing.

    Raises KnowledgeBaseError with the diagnostics where something cannot be printed.
    """
    press = Press(edition.base.settings, edition.strings, root)
    manuscripts = (
        Manuscript(
            head.path, head.title, head.source, head.value, head.last_reviewed, head.printed,
            partial(made.page, head.path),
        )
        for head in made.heads.values()
    )  # fmt: skip
    done = prints(press, manuscripts, chapters(edition), store=store, processes=processes)
    if found := done.diagnostics:
        raise KnowledgeBaseError(f"not everything can be printed\n{to_text(found)}{summary(found)}")
    return done
