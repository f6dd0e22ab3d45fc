"""One build per language, each a process of its own, all of them published together or not at all.

The build of the first language starts the others: copies of its own process, so that what it has read is read once.
MkDocs' hooks have no way to be told anything; what they need to know stands here as the order of this process.
"""

from __future__ import annotations

import contextlib
import io
import logging
import multiprocessing
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Semaphore
from pathlib import Path

from evidencebase.cache import Cache
from evidencebase.cache.processes import processors
from evidencebase.diagnostics import Diagnostic, KnowledgeBaseError
from evidencebase.model import KnowledgeBase
from evidencebase.text.messages import nearest

LANGUAGE = "EVIDENCEBASE_LANGUAGE"
"""Which language `mkdocs serve` shows."""


@dataclass(slots=True)
class Tally:
    """How many pages a build has, how many of them it had to make, and what it found out about them."""

    pages: int = 0
    made: int = 0
    found: list[Diagnostic] = field(default_factory=list)
    """What can only be told of a finished page."""
    written: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Size and time of change of every file that has been published."""


@dataclass(frozen=True, slots=True)
class Order:
    """What was decided before MkDocs starts in this process."""

    base: KnowledgeBase
    cache: Cache
    build: str
    """The name of this build, by which the next one knows what has been published."""
    published: tuple[Path, str] | None = None
    """The site of the last build and its name, where it is still as that build has left it."""
    jobs: int = 0
    """How many processes build at a time; 0 for one per processor."""
    language: str = ""
    """The one language this process builds, as a part of a build that another process leads."""
    staging: Path | None = None
    """Where the leading process puts the site together."""
    drafts: bool = False
    """Drafts are shown, and the new pages lie over the ones from before."""
    pages_only: bool = False
    """Search, files to print and data are left out."""
    tally: Tally = field(default_factory=Tally)


@dataclass(slots=True)
class _Given:
    order: Order | None = None


_given = _Given()


def order() -> Order | None:
    """Return what this process was told, or None where MkDocs was started by itself."""
    return _given.order


@contextlib.contextmanager
def ordered(order: Order) -> Iterator[None]:
    _given.order = order
    try:
        yield
    finally:
        _given.order = None


def chosen(declared: Sequence[str], asked: str = "") -> str:
    """Return the language that is asked for, else the one this process was told, else the first of the site.

    Raises KnowledgeBaseError for a language that the site does not declare.
    """
    told = asked or (_given.order.language if _given.order else "") or os.environ.get(LANGUAGE) or declared[0]
    if told not in declared:
        hint = nearest(told, declared)
        raise KnowledgeBaseError(f"the site has no language '{told}', only {', '.join(declared)}{hint and f'; {hint}'}")
    return told


class LanguageBuilds:
    """The builds of the other languages: as many at a time as there are processors for them."""

    def __init__(self, languages: Sequence[str], order: Order, build: Callable[[str], None]) -> None:
        """Start them; `build` builds a language in the process it is called in.

        Each process is copied now, before this one fills its memory with pages, and waits until a processor is free.
        """
        # Only a copy of this process (fork) knows what has been read; nothing here runs threads.
        context = multiprocessing.get_context("fork")
        self.order = order
        self.free = context.Semaphore((order.jobs or processors()) - 1)
        self.running: dict[str, tuple[BaseProcess, Connection]] = {}
        for language in languages:
            ours, theirs = context.Pipe(duplex=False)
            part = replace(order, language=language, tally=Tally())
            run = partial(_run, part, build, theirs)
            process = context.Process(target=_in_turn, args=(run, self.free, os.getpid()), daemon=True)
            process.start()
            theirs.close()
            self.running[language] = process, ours

    def finish(self) -> str:
        """Wait for all, and return what the first that failed has said; the empty text where all went well."""
        self.free.release()  # the processor that was this process's own
        while self.running:
            wait([end for _, end in self.running.values()])
            for language, (process, end) in tuple(self.running.items()):
                if end.poll():
                    words = self._result(language, process, end)
                    if words:
                        self.stop()
                        return f"the site in '{language}' could not be built\n{words}"
        return ""

    def stop(self) -> None:
        """End the builds that are still under way."""
        for process, _ in self.running.values():
            process.kill()
            process.join()
        self.running.clear()

    def _result(self, language: str, process: BaseProcess, end: Connection) -> str:
        del self.running[language]
        try:
            tally, words = end.recv()
        except EOFError:
            process.join()
            return f"it ended with code {process.exitcode}"
        process.join()
        self.order.tally.pages += tally.pages
        self.order.tally.made += tally.made
        self.order.tally.found += tally.found
        return str(words)


def _in_turn(run: Callable[[], None], free: Semaphore, leader: int) -> None:
    """Run as soon as a processor is free, unless the leading process has died meanwhile."""
    while not free.acquire(timeout=1):
        if os.getppid() != leader:
            return
    run()
    free.release()


def _run(part: Order, build: Callable[[str], None], end: Connection) -> None:
    """Build one language, and send its tally and what went wrong."""
    said = io.StringIO()
    logger = logging.getLogger("mkdocs")
    for handler in tuple(logger.handlers):
        logger.removeHandler(handler)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s - %(message)s", stream=said, force=True)
    failed = True
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said), ordered(part):
        try:
            build(part.language)
            failed = False
        except SystemExit as error:
            said.write(f"{error}\n")
        except (KnowledgeBaseError, OSError) as error:
            said.write(f"{error}\n")
    end.send((part.tally, (said.getvalue() or "it gave no reason") if failed else ""))
