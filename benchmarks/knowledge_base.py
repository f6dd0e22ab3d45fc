"""Writes generated records as the root of a knowledge base: four languages, references, vocabularies, relations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from records import fields, prose
from samples import TERMS, Sample, Size, extras, reference, samples, term
from words import LANGUAGES, Told, phrase, plain

from evidencebase.content.pipeline import read
from evidencebase.content.translate import digests
from evidencebase.content.yaml_source import write_yaml
from evidencebase.scaffold import HOOKS, STARTER

ORIGINAL = LANGUAGES[0]
SETTINGS = Path(__file__).parent / "peers" / "evidencebase"


def write_knowledge_base(root: Path, extra: Path, size: Size) -> None:
    """Write a knowledge base that passes the check, and below `extra/<number>` records that may be added to it."""
    for file in SETTINGS.rglob("*"):
        if file.is_file():
            _write(root / file.relative_to(SETTINGS), file.read_text(encoding="utf-8"))
    _write(root / HOOKS, (STARTER / HOOKS).read_text(encoding="utf-8"))
    _write(root / "references" / "generated.bib", "\n".join(_bibtex(number) for number in range(size.references)))
    for name in TERMS:
        _write(root / "vocabularies" / f"{name}.yml", _yaml(_vocabulary(name)))
    known, added = samples(size), extras(size)
    for sample in (*known, *added):
        _write(_file(root, sample), _original(sample))
    _translate(root, (*known, *added))
    for number, sample in enumerate(added):
        target = extra / str(number) / sample.folder / sample.slug
        target.parent.mkdir(parents=True, exist_ok=True)
        _file(root, sample).parent.rename(target)


def _translate(root: Path, written: Iterable[Sample]) -> None:
    """Write the translations, each with the digests of the original that it follows; one in 20 has fallen behind."""
    base = read(root).knowledge_base
    originals = {record.source: record for record in base.records.values()}
    for sample in written:
        path = _file(root, sample)
        record = originals[path.relative_to(root).as_posix()]
        sections = dict(digests(record, base.record_types[record.id.type]))
        if sample.number % 20 == 19:
            sections["summary"] = "0" * 12
        for language in LANGUAGES[1:]:
            mark = {"method": "translation", "translator": "Generator of samples", "date": "2026-11-21"}
            reviewed = {"reviewer": "Reader of samples"} if sample.number % 2 else {}
            translation = {"translation": {**mark, **reviewed, "sections": sections}}
            told = _told(fields(sample, language))
            _write(path.with_name(f"index.{language}.md"), _page(sample, {**told, **translation}, language))


def _told(value: Any) -> Any:
    """Return what of a value is told in a language, with the ids that tie it to the original, or nothing."""
    if isinstance(value, Mapping):
        kept = {name: told for name, one in value.items() if (told := _told(one))}
        ids = {name: value[name] for name in ("id", "reference") if name in value}
        return {**ids, **kept} if kept else {}
    if isinstance(value, list):
        return [told for one in value if (told := _told(one))]
    return value if isinstance(value, Told) else None


def _original(sample: Sample) -> str:
    return _page(sample, fields(sample, ORIGINAL), ORIGINAL)


def _page(sample: Sample, front_matter: Mapping[str, Any], language: str) -> str:
    return f"---\n{_yaml(_linked(front_matter))}---\n\n{_linked(prose(sample, language))}"


def _linked(value: Any) -> Any:
    """Return a value with its marks as authors of records write them."""
    if isinstance(value, Mapping):
        return {name: _linked(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_linked(one) for one in value]
    if not isinstance(value, Told):
        return value
    text = re.sub(r"⟦cite (\S+) (\d+)⟧", r"[@\1, p. \2]", value)
    text = re.sub(r"⟦link (\S+) ([^⟧]+)⟧", r"[\2](../../\1/index.md)", text)
    return re.sub(r"⟦claim (\S+)⟧", r"/// claim | \1\n///", text)


def _file(root: Path, sample: Sample) -> Path:
    return root / sample.folder / sample.slug / "index.md"


def _bibtex(number: int) -> str:
    here, about = f"reference.{number}", reference(number)
    family, other = (phrase(f"{here}.author{n}", ORIGINAL, 1) for n in range(2))
    lines = {
        "author": f"{family}, Sample and {other}, Generated",
        "title": phrase(f"{here}.title", ORIGINAL, 8), "journal": phrase(f"{here}.journal", ORIGINAL, 3),
        "year": 2000 + number % 25, "volume": number % 40 + 1, "pages": f"{number + 1}--{number + 12}",
        "design": about["design"], "country": ("CO", "KE", "US", "ZA")[number % 4], "language": "en",
        "direction": about["direction"], "finding": plain(f"{here}.finding", ORIGINAL, 25),
    }  # fmt: skip
    inner = ",\n".join(f"  {name} = {{{value}}}" for name, value in lines.items())
    return f"@article{{{about['key']},\n{inner}\n}}\n"


def _vocabulary(name: str) -> Mapping[str, Any]:
    def told(place: str, count: int) -> dict[str, str]:
        return {language: str(phrase(f"{name}.{place}", language, count)) for language in LANGUAGES}

    terms = {term(name, n): {"label": told(f"{n}.label", 2), "description": told(f"{n}.description", 14)}
             for n in range(TERMS[name])}  # fmt: skip
    return {"title": told("title", 1), "terms": terms}


def _yaml(value: Any) -> str:
    return write_yaml(_bare(value))


def _bare(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _bare(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_bare(one) for one in value]
    return str(value) if isinstance(value, str) else value


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
