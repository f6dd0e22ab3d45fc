"""Puts translations over their originals, and says how far each has drifted from what the original says now.

An original is cut into parts: every field with text, and every section of its prose. A translation keeps a digest of
each part as it was when it was translated; no git history is needed to see what has changed since.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from evidencebase.model import Drift, Field, Mark, Prose, Record, RecordType, Translation

INTRODUCTION = "introduction"
"""The part of the prose that stands before the first heading."""
ALWAYS_TOLD = frozenset({"strength", "direction", "level", "need"})
"""Facts whose change a reader of a translation is always told of, as of every number."""
KEYS = ("id", "reference")
"""What tells the objects of a list apart."""


def parts(record: Record, record_type: RecordType) -> Mapping[str, str]:
    """Return the parts of an original that a translation has to follow, by name."""
    found = {
        name: json.dumps(_words(record.fields[name], field), ensure_ascii=False, sort_keys=True)
        for name, field in record_type.fields.items()
        if record.fields.get(name) not in (None, ()) and is_translatable(field)
    }
    return found | dict(_sections(record.prose))


def digests(record: Record, record_type: RecordType) -> Mapping[str, str]:
    """Return a digest of each part; white space and line breaks do not count."""
    return {name: digest(text) for name, text in parts(record, record_type).items()}


def digest(text: str) -> str:
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:12]


def is_translatable(field: Field) -> bool:
    """Tell whether a field, or anything inside it, is text that can be translated."""
    described = field.element or field
    inner = (*described.fields.values(), *described.alternatives)
    return field.translatable or described.translatable or any(is_translatable(one) for one in inner)


def drift(record: Record, record_type: RecordType, translation: Translation) -> Drift:
    """Return what has changed in the original since the translation was last marked, and what was never translated."""
    now = digests(record, record_type)
    changed = tuple(name for name, value in now.items() if translation.seen and translation.seen.get(name) != value)
    changes = record.fields.get("changes")
    unseen = tuple(
        str(change.get("kind"))
        for change in (changes if isinstance(changes, tuple) else ())
        if isinstance(change, Mapping) and str(change.get("id")) not in translation.seen_changes
    )
    fields = record_type.fields
    missing = [name for name in now if name in fields and name not in translation.fields]
    if record.prose.text.strip() and not translation.prose.text.strip():
        missing.append("prose")
    return Drift(len(now), changed, unseen if translation.seen else (), tuple(missing), bool(translation.seen))


def standing(behind: Drift, reviewer: str) -> str:
    """Return how a translation stands: started, drifted, incomplete, reviewed or complete; the first that is true."""
    if not behind.marked:
        return "started"
    if behind.changed:
        return "drifted"
    if behind.missing:
        return "incomplete"
    return "reviewed" if reviewer else "complete"


def localised(record: Record, translation: Translation) -> Record:
    """Return the record as readers of the translation see it; what is not translated stays the original's."""
    fields = {name: overlaid(value, translation.fields.get(name)) for name, value in record.fields.items()}
    has_prose = bool(translation.prose.text.strip())
    return replace(
        record,
        language=translation.language,
        fields=MappingProxyType(fields),
        prose=_same_anchors(translation.prose, record.prose) if has_prose else record.prose,
    )


def overlaid(value: Any, translated: Any) -> Any:
    """Return a value with its translated text in place: objects by name, lists of objects by id, else as a whole."""
    if translated is None or isinstance(value, str):
        return value if translated is None else translated
    if isinstance(value, Mapping) and isinstance(translated, Mapping):
        return MappingProxyType({name: overlaid(inner, translated.get(name)) for name, inner in value.items()})
    if isinstance(value, tuple) and isinstance(translated, tuple) and value and isinstance(value[0], Mapping):
        by_key = {key_of(entry): entry for entry in translated}
        by_place = len(value) == len(translated) and key_of(value[0]) == ""
        return tuple(
            overlaid(entry, translated[number] if by_place else by_key.get(key_of(entry)))
            for number, entry in enumerate(value)
        )
    return translated


def key_of(entry: Any) -> str:
    """Return what tells an object of a list from the others, or nothing."""
    if not isinstance(entry, Mapping):
        return ""
    return next((str(entry[name]) for name in KEYS if name in entry), "")


def headings(prose: Prose) -> tuple[str, ...]:
    return tuple(span.target for span in prose.spans if span.mark is Mark.HEADING)


def _same_anchors(prose: Prose, original: Prose) -> Prose:
    """Return the prose with the original's heading ids: one address leads to the same section in every language."""
    ids = iter(headings(original))
    spans = tuple(
        replace(span, target=next(ids, span.target)) if span.mark is Mark.HEADING else span for span in prose.spans
    )
    return replace(prose, spans=spans)


def _words(value: Any, field: Field) -> object:
    """Return the text of a value, with the facts that a reader must always be told of."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        inner = next((option.fields for option in field.alternatives if option.fields), field.fields)
        return {
            name: _words(one, inner[name])
            for name, one in value.items()
            if name in inner
            and (is_translatable(inner[name]) or name in (*KEYS, *ALWAYS_TOLD) or isinstance(one, (int, float)))
        }
    if isinstance(value, tuple):
        return [_words(one, field.element or field) for one in value]
    return value


def _sections(prose: Prose) -> Iterator[tuple[str, str]]:
    starts = [(span.start, span.target) for span in prose.spans if span.mark is Mark.HEADING]
    edges = [(0, INTRODUCTION), *starts]
    for number, (start, name) in enumerate(edges):
        end = edges[number + 1][0] if number + 1 < len(edges) else len(prose.text)
        if text := prose.text[start:end].strip():
            yield f"#{name}", text
