"""A sheet: what an assembled page says, decided once for the screen, for paper and for a text message."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """What belongs to an entry: `Why` and the reason, `How` and the step that shows it."""

    label: str
    """With the sign of its language behind it, `Why:`; empty where the text needs none."""
    text: str
    url: str = ""
    """The address as the page has it."""
    statement: str = ""
    """What the claim says that the text names: the screen has room for it, two pages of paper have not."""
    qualifier: str = ""
    """What must be said with the statement."""
    language: str = ""
    """Where these two are not in the language of the page."""


@dataclass(frozen=True, slots=True)
class Entry:
    text: str
    lead: str = ""
    """What the text is, in a word before it with its sign: `In place:`."""
    number: str = ""
    """By which other entries of the sheet name it."""
    dots: str = ""
    """Strength of the evidence, `●●○○`; empty for what has none."""
    strength: str = ""
    """The same in a word."""
    contested: str = ""
    """The word for it where the claim is contested, else empty."""
    lines: tuple[Line, ...] = ()
    url: str = ""
    language: str = ""
    """Where the text is not in the language of the page."""


@dataclass(frozen=True, slots=True)
class Part:
    """Entries under one heading."""

    kind: str
    """actions, asks, claims, argued, numbers, calls, promises, law or city"""
    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Printed:
    """How a page is printed."""

    kind: str
    """document, sheet or clauses: which template"""
    name: str
    """Of the file, without its ending: `brief-group-violence`."""
    date: str
    """Of the last review; print has no other date, so that it is the same whenever it is made."""
    authors: tuple[str, ...]
    url: str = ""
    """The page's own address on the web, where the site knows it."""
    valid: str = ""
    """Until when a sheet is valid, as a sentence."""
    legend: str = ""
    """What the dots of a sheet mean, as a sentence."""
    unfit: tuple[str, ...] = ()
    """What a sheet rests on that is not published, as its author named it."""


@dataclass(frozen=True, slots=True)
class Download:
    """A file that readers print, keep or pass on."""

    path: str
    """Below the downloads of its language: `brief-group-violence.pdf`."""
    page: str
    """The page it says the same as; empty for the book of all pages."""
    title: str
    size: int
    """In bytes."""
    pages: int
    """Of paper; 0 for a file that has none."""
    date: str

    @property
    def medium(self) -> str:
        """Return pdf, txt, docx or epub."""
        return self.path.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class Chapter:
    """Pages that stand together in the handbook."""

    title: str
    pages: tuple[str, ...]
