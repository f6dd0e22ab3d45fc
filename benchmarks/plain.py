"""Writes generated records as plain Markdown with front matter, for generators that know no claims and no citations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from records import fields, prose
from samples import FOLDERS, Sample, Size, extras, reference, samples, title
from words import LANGUAGES, Told, phrase, plain


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a generator wants its pages, and how one page names another."""

    pages: str
    """Folder of the pages of a language: `docs/{language}`."""
    index: str = "index.md"
    """Name of the file of a folder's own page."""
    absolute: bool = False
    """Links are addresses from the root of the site, not paths of files."""

    def link(self, language: str, folder: str, slug: str) -> str:
        """Return what a page one folder deep writes to name another one."""
        return f"/{language}/{folder}/{slug}/" if self.absolute else f"../{folder}/{slug}.md"


Link = Callable[[str, str], str]


def write_plain(root: Path, extra: Path, layout: Layout, size: Size) -> None:
    """Write all pages of all languages, and below `extra/<number>` pages that may be added to them."""
    for language in LANGUAGES:
        link = partial(layout.link, language)
        pages = layout.pages.format(language=language)
        for path, text in _pages(size, language, link):
            _write(root / pages / path.replace("index.md", layout.index), text)
        for number, sample in enumerate(extras(size)):
            path = f"{pages}/{sample.folder}/{sample.slug}.md"
            _write(extra / str(number) / path, _page(sample, language, link))


def _pages(size: Size, language: str, link: Link) -> Iterator[tuple[str, str]]:
    """Yield the path of each page of a language, and its text."""
    known, citing = samples(size), _citing(size)
    yield "index.md", f"{_front('Generated knowledge base')}{plain('home', language, 60)}\n"
    for folder in FOLDERS.values():
        yield f"{folder}/index.md", _list(folder, [one for one in known if one.folder == folder], language, link)
    for sample in known:
        yield f"{sample.folder}/{sample.slug}.md", _page(sample, language, link)
    keys = [reference(number)["key"] for number in range(size.references)]
    for number, key in enumerate(keys):
        yield f"references/{key.lower()}.md", _reference_page(number, language, citing.get(key, ()), link)
    entries = "\n".join(f"- {_source(key, link)}" for key in keys)
    yield "references/index.md", f"{_front('References')}{entries}\n"


@cache
def _citing(size: Size) -> Mapping[str, tuple[Sample, ...]]:
    found: dict[str, list[Sample]] = {}
    for sample in samples(size):
        for key in _cited(f"{fields(sample, 'en')}{prose(sample, 'en')}"):
            found.setdefault(key, []).append(sample)
    return {key: tuple(citing) for key, citing in found.items()}


def _cited(text: str) -> list[str]:
    return sorted(set(re.findall(r"\bGenerated\d{3}\b", text)))


def _page(sample: Sample, language: str, link: Link) -> str:
    values = fields(sample, language)
    facts = "\n".join(f"| {_label(name)} | {_short(value)} |" for name, value in values.items() if not _is_told(value))
    told = [
        f"## {_label(name)}\n\n{_text(value)}"
        for name, value in values.items()
        if _is_told(value) and name not in ("title", "summary")
    ]
    shown = {claim["id"]: claim["statement"] for claim in values.get("claims", ())}
    own = re.sub(r"⟦claim (\S+)⟧", lambda found: f"> **{shown[found[1]]}**", prose(sample, language))
    text = "\n\n".join((f"*{values['summary']}*", f"| | |\n|---|---|\n{facts}", *told, own))
    sources = "\n".join(f"- {_source(key, link)}" for key in _cited(f"{values}{text}"))
    return f"{_front(values['title'])}{_linked(text, link)}\n## {_label('sources')}\n\n{sources}\n"


def _linked(text: str, link: Link) -> str:
    text = re.sub(r"⟦cite (\S+) (\d+)⟧", lambda m: f"([{m[1]}, p. {m[2]}]({link('references', m[1].lower())}))", text)
    return re.sub(r"⟦link ([^/]+)/(\S+) ([^⟧]+)⟧", lambda m: f"[{m[3]}]({link(m[1], m[2])})", text)


def _text(value: Any) -> str:
    """Return a field as prose: texts as paragraphs, lists as lists, facts of a claim in one line."""
    if isinstance(value, list):
        return "\n".join(f"- {_text(one)}".replace("\n", "\n    ") for one in value)
    if isinstance(value, Mapping):
        facts = ", ".join(f"{_label(name)}: {_short(one)}" for name, one in value.items() if not _is_told(one))
        told = "\n\n".join(_text(one) for one in value.values() if _is_told(one))
        return f"{told}\n\n*{facts}*" if facts else told
    return str(value)


def _is_told(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(_is_told(one) for one in value.values())
    return any(_is_told(one) for one in value) if isinstance(value, list) else isinstance(value, Told)


def _short(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(_short(one) for one in value.values())
    return ", ".join(_short(one) for one in value) if isinstance(value, list) else str(value)


def _source(key: str, link: Link) -> str:
    author, words = _reference_words(int(key.removeprefix("Generated")))
    return f"{author}: [{words}]({link('references', key.lower())})"


@cache
def _reference_words(number: int) -> tuple[str, str]:
    family, other = (phrase(f"reference.{number}.author{n}", "en", 1) for n in range(2))
    return f"{family}, Sample and {other}, Generated", phrase(f"reference.{number}.title", "en", 8)


def _reference_page(number: int, language: str, citing: Iterable[Sample], link: Link) -> str:
    author, words = _reference_words(number)
    finding = plain(f"reference.{number}.finding", "en", 25)
    records = "\n".join(f"- [{title(one, language)}]({link(one.folder, one.slug)})" for one in citing)
    return f"{_front(words)}{author}, {2000 + number % 25}\n\n{finding}\n\n## {_label('cited_in')}\n\n{records}\n"


def _list(folder: str, inside: Iterable[Sample], language: str, link: Link) -> str:
    entries = "\n".join(f"- [{title(one, language)}]({link(one.folder, one.slug)})" for one in inside)
    return f"{_front(_label(folder))}{entries}\n"


def _label(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _front(title: str) -> str:
    return f"---\ntitle: {title}\n---\n\n"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
