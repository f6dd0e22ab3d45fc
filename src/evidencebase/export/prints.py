"""Everything that readers print, keep or pass on: which files there are, and each of them made, or taken from before.

A file is a pure function of its manuscript and of the press. What was made from the same stands in a store and is not
made again; how many processes share the work changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from evidencebase.cache import Store, digest
from evidencebase.cache.engine import engine_digest
from evidencebase.cache.store import MemoryStore
from evidencebase.diagnostics import Code, Diagnostic, Location
from evidencebase.export.docx import clauses_docx
from evidencebase.export.epub import handbook_epub
from evidencebase.export.pdf.compiler import LayoutError, page_count
from evidencebase.export.pdf.document import document_pdf
from evidencebase.export.pdf.handbook import handbook_pdf
from evidencebase.export.pdf.press import Press, words
from evidencebase.export.pdf.sheet import PAGES, TooLong, message_text, sheet_pdf
from evidencebase.export.pressroom import Work, all_made
from evidencebase.model import Chapter, Download, Page, Printed
from evidencebase.text.locales import language_name

Maker = Callable[[Press, Page, Printed], bytes]
MAKERS: Mapping[str, Mapping[str, Maker]] = {
    "document": {"pdf": document_pdf},
    "clauses": {"pdf": document_pdf, "docx": clauses_docx},
    "sheet": {"pdf": sheet_pdf, "txt": message_text},
}
"""What a page is printed as → the files made of it, by their ending."""
HANDBOOK = "handbook"
BOOKS = {"pdf": handbook_pdf, "epub": handbook_epub}


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A page to be printed, which need not be made where nothing of it is printed anew."""

    path: str
    title: str
    source: str
    digest: str
    """Of all that the page says."""
    reviewed: str
    """Day of the last review; empty where nobody says."""
    printed: Printed | None
    page: Callable[[], Page]


@dataclass(frozen=True, slots=True)
class Prints:
    files: Mapping[Download, bytes]
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class _Job:
    path: str
    manuscript: Manuscript
    printed: Printed
    digest: str


def prints(
    press: Press, manuscripts: Iterable[Manuscript], chapters: Sequence[Chapter], *, store: Store | None = None,
    processes: int = 1,
) -> Prints:  # fmt: skip
    """Return all files of a language, in the order of their paths, and what cannot be printed."""
    known = {one.path: one for one in manuscripts}
    store = store if store is not None else MemoryStore()
    basis = digest(engine_digest(), repr(press.settings), repr(sorted(press.strings.texts.items())))
    jobs = sorted(_jobs(known.values(), basis), key=lambda job: job.path)
    books = (
        {f"{HANDBOOK}.{ending}": _book_digest(known, chapters, basis, ending) for ending in BOOKS} if chapters else {}
    )
    kept = dict(store.find([*(job.digest for job in jobs), *books.values()]))
    missing = [job for job in jobs if job.digest not in kept]
    work: list[Work] = [_page_work(press, job) for job in missing]
    new = dict(zip((job.digest for job in missing), all_made(work, processes), strict=True))
    found = kept | new
    faults = tuple(
        _diagnostic(press, job, fault) for job in jobs if isinstance(fault := found[job.digest], LayoutError)
    )
    if faults:
        return Prints({}, tuple(sorted(faults)))
    absent = [(path, name) for path, name in books.items() if name not in found]
    work = [_book_work(press, known, chapters, path.rpartition(".")[2]) for path, _ in absent]
    for (_, name), book in zip(absent, all_made(work, processes), strict=True):
        if isinstance(book, LayoutError):
            raise book
        found[name] = new[name] = book
    store.keep(new)
    store.forget(found)
    files = {_download(job, found[job.digest]): found[job.digest] for job in jobs}
    for path, name in books.items():
        content, title, day = found[name], words(press, "print.handbook"), _latest(known, chapters)
        files[Download(path, "", title, len(content), _pages(path, content), day)] = content
    return Prints(files, ())


def _jobs(manuscripts: Iterable[Manuscript], basis: str) -> Iterator[_Job]:
    for one in manuscripts:
        if one.printed is not None:
            for ending in MAKERS[one.printed.kind]:
                yield _Job(
                    f"{one.printed.name}.{ending}",
                    one,
                    one.printed,
                    digest(basis, one.digest, repr(one.printed), ending),
                )


def _book_digest(known: Mapping[str, Manuscript], chapters: Sequence[Chapter], basis: str, ending: str) -> str:
    parts = (part for chapter in chapters for part in (chapter.title, *(known[path].digest for path in chapter.pages)))
    return digest(basis, HANDBOOK, ending, *parts)


def _page_work(press: Press, job: _Job) -> Work:
    return MAKERS[job.printed.kind][job.path.rpartition(".")[2]], (press, job.manuscript.page(), job.printed)


def _book_work(press: Press, known: Mapping[str, Manuscript], chapters: Sequence[Chapter], ending: str) -> Work:
    pages = [(chapter.title, [known[path].page() for path in chapter.pages]) for chapter in chapters]
    return BOOKS[ending], (press, pages, _latest(known, chapters))


def _latest(known: Mapping[str, Manuscript], chapters: Sequence[Chapter]) -> str:
    """Return the day of the latest review of any page in the book."""
    return max((known[path].reviewed for chapter in chapters for path in chapter.pages), default="")


def _download(job: _Job, content: bytes) -> Download:
    one = job.manuscript
    return Download(job.path, one.path, one.title, len(content), _pages(job.path, content), job.printed.date)


def _pages(path: str, content: bytes) -> int:
    return page_count(content) if path.endswith(".pdf") else 0


def _diagnostic(press: Press, job: _Job, fault: LayoutError) -> Diagnostic:
    """Return what an author has to do so that the page can be printed."""
    where = Location(job.manuscript.source)
    language = language_name(press.language, "en")
    if isinstance(fault, TooLong):
        message = (
            f"in {language}, '{job.manuscript.title}' has {fault.pages} printed pages, {fault.lines} lines too many"
        )
        return Diagnostic(where, Code.SHEET_TOO_LONG, message, f"shorten it: a sheet has {PAGES} pages")
    message = f"in {language}, '{job.manuscript.title}' cannot be printed: {fault}"
    return Diagnostic(where, Code.CANNOT_BE_PRINTED, message, "change what is named here, or take it out")
