"""Says what is wrong with a translation: facts in it, lists that do not match, citations and figures of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from evidencebase.diagnostics import Code, Diagnostic, Location
from evidencebase.fields import location_of
from evidencebase.model import Document, Field, FieldPath, Mark, Prose, Record, RecordType, Translation
from evidencebase.text.locales import is_language
from evidencebase.text.messages import nearest
from evidencebase.text.scanner import cited, line_and_column

META = "translation"
METHODS = ("translation", "adaptation")
META_FIELDS = ("method", "translator", "reviewer", "date", "sections", "changes")
_DIGEST = re.compile(r"[0-9a-f]{12}")
_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f ]\d+)*")


def check_translation(
    record: Record, record_type: RecordType, translation: Translation, document: Document
) -> Iterator[Diagnostic]:
    """Yield what is wrong with a translation of this record."""
    values = document.value if isinstance(document.value, dict) else {}
    path = translation.source
    if record.fields.get("status") == "withdrawn":
        hint = "delete the translation: nobody should rely on this record any more"
        yield Diagnostic(Location(path), Code.TRANSLATION_OF_WITHDRAWN, "the original has been withdrawn", hint)
    if translation.language == record.language:
        hint = "the original is in this language already; delete the file, or name another language"
        yield Diagnostic(Location(path), Code.TRANSLATION_LANGUAGE, f"'{translation.language}' is the original's", hint)
    for name, value in values.items():
        if name == META:
            yield from _check_meta(value, document, path)
        elif (field := record_type.fields.get(name)) is None:
            hint = nearest(name, record_type.fields)
            message = f"'{name}' is not a field of a {record_type.title.lower()}"
            yield Diagnostic(location_of(document, (name,), path), Code.UNKNOWN_FIELD, message, hint)
        else:
            original = record.fields.get(name)
            yield from _check_value((name,), field, value, original=original, document=document, path=path)
    if META not in values:
        hint = "write `translation:` with `method`, `translator` and `date`; `evidencebase translate start` does"
        yield Diagnostic(Location(path), Code.MISSING_FIELD, "nothing says who translated this, and when", hint)
    yield from _check_prose(record.prose, translation)


def check_language(path: str, language: str, declared: Iterable[str]) -> Iterator[Diagnostic]:
    """Yield what is wrong with the language that a translation's file name gives."""
    if not is_language(language):
        hint = "the name ends in a language code: index.es.md"
        yield Diagnostic(Location(path), Code.TRANSLATION_LANGUAGE, f"'{language}' is no language", hint)
    elif language not in declared:
        hint = "add it to `languages` in mkdocs.yml, or delete the file"
        yield Diagnostic(Location(path), Code.TRANSLATION_LANGUAGE, f"the site has no '{language}'", hint)


def _check_meta(value: Any, document: Document, path: str) -> Iterator[Diagnostic]:
    def fault(name: str, code: Code, message: str, hint: str) -> Diagnostic:
        return Diagnostic(location_of(document, (META, name) if name else (META,), path), code, message, hint)

    if not isinstance(value, dict):
        yield fault(
            "", Code.WRONG_TYPE, "'translation' must be a group of fields", "write `method:`, `translator:`, `date:`"
        )
        return
    for name in value.keys() - set(META_FIELDS):
        yield fault(name, Code.UNKNOWN_FIELD, f"'{name}' says nothing about a translation", nearest(name, META_FIELDS))
    if value.get("method") not in METHODS:
        yield fault("method", Code.UNKNOWN_TERM, "'method' is missing or unknown", f"one of: {', '.join(METHODS)}")
    for name in ("translator", "date"):
        if not isinstance(value.get(name), str) or not value[name].strip():
            yield fault(
                name, Code.MISSING_FIELD, f"'{name}' is missing in 'translation'", "say who translated it, and when"
            )
    sections = value.get("sections") or {}
    if not isinstance(sections, dict) or not all(
        isinstance(d, str) and _DIGEST.fullmatch(d) for d in sections.values()
    ):
        hint = "do not edit it by hand; `evidencebase translate mark` writes it"
        yield fault("sections", Code.TRANSLATION_DIGEST, "'sections' holds something that is no digest", hint)


def _check_value(
    place: FieldPath, field: Field, value: Any, *, original: Any, document: Document, path: str
) -> Iterator[Diagnostic]:
    where = location_of(document, place, path)
    if isinstance(value, dict) and isinstance(original, Mapping):
        inner = next((option.fields for option in field.alternatives if option.fields), field.fields)
        for name, one in value.items():
            if name not in ("id", "reference") and name in inner:
                yield from _check_value(
                    (*place, name), inner[name], one, original=original.get(name), document=document, path=path
                )
    elif isinstance(value, list) and field.element is not None and field.element.fields:
        yield from _check_objects(place, field.element, value, original=original or (), document=document, path=path)
    elif not (field.translatable or (field.element and field.element.translatable)):
        message = f"'{place[-1]}' is a fact, and facts stand in the original alone"
        yield Diagnostic(where, Code.TRANSLATION_REPEATS_FACT, message, "delete it here")
    elif original is None:
        message = f"the original has no '{place[-1]}'"
        yield Diagnostic(where, Code.TRANSLATION_LIST, message, "delete it here, or add it to the original")
    elif (
        isinstance(value, list) and isinstance(original, tuple) and not field.any_length and len(value) != len(original)
    ):
        message = f"'{place[-1]}' has {len(value)} entries, the original has {len(original)}"
        yield Diagnostic(
            where, Code.TRANSLATION_LIST, message, "give each entry of the original one of its own, in order"
        )


def _check_objects(
    place: FieldPath, field: Field, values: list[Any], *, original: Any, document: Document, path: str
) -> Iterator[Diagnostic]:
    by_key = {str(one.get("id", one.get("reference", ""))): one for one in original if isinstance(one, Mapping)}
    for number, value in enumerate(values):
        if not isinstance(value, dict):
            continue
        key = str(value.get("id", value.get("reference", "")))
        here = (*place, number)
        if key not in by_key:
            hint = nearest(key, by_key) or f"the original has: {', '.join(by_key)}"
            message = f"the original has no '{key}' here"
            yield Diagnostic(location_of(document, here, path), Code.TRANSLATION_LIST, message, hint)
            continue
        yield from _check_value(here, field, value, original=by_key[key], document=document, path=path)


def _check_prose(original: Prose, translation: Translation) -> Iterator[Diagnostic]:
    prose = translation.prose
    if not prose.text.strip():
        return
    wanted = [span for span in original.spans if span.mark is Mark.HEADING]
    found = [span for span in prose.spans if span.mark is Mark.HEADING]
    if len(wanted) != len(found):
        message = f"headings in the text: {len(found)}, in the original: {len(wanted)}"
        where = Location(translation.source, prose.first_line)
        yield Diagnostic(
            where, Code.TRANSLATION_LIST, message, "give each heading of the original one of its own, in order"
        )
    keys = {one.key for span in original.spans if span.mark is Mark.CITATION for one in cited(span)}
    for span in prose.spans:
        for one in cited(span) if span.mark is Mark.CITATION else ():
            if one.key not in keys:
                where = Location(translation.source, *line_and_column(prose, one.start))
                hint = "cite it in the original first, or take it out"
                yield Diagnostic(where, Code.TRANSLATION_CITATION, f"the original does not cite '{one.key}'", hint)
    if len(wanted) == len(found):
        yield from _check_numbers(original, translation)


def _check_numbers(original: Prose, translation: Translation) -> Iterator[Diagnostic]:
    """Yield numbers that the same section of the original does not have."""
    prose = translation.prose
    edges = [
        [0, *(span.start for span in one.spans if span.mark is Mark.HEADING), len(one.text)]
        for one in (original, prose)
    ]
    for number in range(len(edges[1]) - 1):
        there = original.text[edges[0][number] : edges[0][number + 1]]
        known = {_plain(match[0]) for match in _NUMBER.finditer(there)}
        for match in _NUMBER.finditer(prose.text, edges[1][number], edges[1][number + 1]):
            if _plain(match[0]) not in known:
                where = Location(translation.source, *line_and_column(prose, match.start()))
                message = f"the same section of the original does not have the number '{match[0]}'"
                yield Diagnostic(where, Code.TRANSLATION_NUMBER, message, "compare it with the original")


def _plain(number: str) -> str:
    return re.sub(r"\D", "", number)
