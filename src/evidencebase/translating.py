"""Begins translations, marks them as up to date, and says how far each is behind its original."""

from __future__ import annotations

import json
import os
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from evidencebase.content.load import read_text
from evidencebase.content.translate import KEYS, digests, is_translatable, key_of, standing
from evidencebase.content.yaml_source import read_yaml, write_yaml
from evidencebase.diagnostics import KnowledgeBaseError
from evidencebase.model import Field, FieldValue, KnowledgeBase, Outline, Record, RecordId
from evidencebase.text.front_matter import split
from evidencebase.text.messages import nearest

META = "translation"


@dataclass(frozen=True, slots=True)
class State:
    """How a record stands in a language."""

    record: RecordId
    source: str
    language: str
    state: str
    """original, missing, started, incomplete, drifted, complete or reviewed"""
    parts: int = 0
    changed: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def states(base: KnowledgeBase) -> Iterator[State]:
    """Yield the state of every record in every language of the site."""
    for outline in base.outlines.values():
        for language in base.settings.languages:
            yield state(outline, language)


def state(outline: Outline, language: str) -> State:
    """Return how a record stands in a language."""
    if outline.language == language:
        return State(outline.id, outline.source, language, "original")
    face = outline.faces.get(language)
    if face is None or face.drift is None:
        return State(outline.id, outline.source, language, "missing")
    found = face.drift
    name = standing(found, face.reviewer)
    return State(outline.id, face.source, language, name, found.parts, found.changed, found.unseen, found.missing)


def states_to_text(states: Iterable[State]) -> str:
    """Return a line for each translation that needs somebody, and a count for each language."""
    lines, counts = [], Counter[tuple[str, str]]()
    for one in states:
        counts[one.language, one.state] += 1
        if one.state == "drifted":
            lines.append(f"{one.source}: {len(one.changed)} of {one.parts} parts changed: {', '.join(one.changed)}")
        elif one.state == "incomplete":
            lines.append(f"{one.source}: not translated: {', '.join(one.missing)}")
        elif one.state == "started":
            lines.append(f"{one.source}: begun, and not marked yet as saying what the original says")
        elif one.state == "missing":
            lines.append(f"{one.source}: no translation into {one.language}")
    totals = [f"{language}: {count} {state}" for (language, state), count in sorted(counts.items())]
    return "".join(f"{line}\n" for line in (*sorted(lines), *totals))


def states_to_json(states: Iterable[State]) -> str:
    rows = [{**asdict(one), "record": "/".join(one.record)} for one in states]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def record_at(base: KnowledgeBase, path: str) -> Record:
    """Return the record that a path names: `cities/riverton`, with or without its file; raises KnowledgeBaseError."""
    wanted = path.rstrip("/")
    for record in base.records.values():
        if wanted in (record.source, record.source.removesuffix("/index.md"), record.source.removesuffix(".md")):
            return record
    hint = nearest(wanted, (record.source.removesuffix("/index.md") for record in base.records.values()))
    raise KnowledgeBaseError(f"there is no record '{path}'; {hint or 'write folder/slug: cities/riverton'}")


def start(base: KnowledgeBase, root: Path, language: str, record: Record) -> str:
    """Write the file of a new translation, with the original's text as a guide, and return its path."""
    if language not in base.settings.languages:
        names = ", ".join(base.settings.languages)
        raise KnowledgeBaseError(f"the site has no '{language}'; its languages are {names} (mkdocs.yml)")
    if language == record.language:
        raise KnowledgeBaseError(f"{record.source} is written in '{language}' already")
    path = f"{record.source.removesuffix('.md')}.{language}.md"
    if (root / path).exists():
        raise KnowledgeBaseError(f"{path} exists already")
    write_atomically(root / path, _guide(base, record))
    return path


def mark(base: KnowledgeBase, root: Path, language: str, record: Record) -> str:
    """Write into a translation what the original says now, as digests; everything else in the file stays as it is."""
    translation = base.translations.get((record.id, language))
    if translation is None:
        raise KnowledgeBaseError(f"{record.source} has no translation into '{language}'")
    text, faults = read_text(root, translation.source)
    if text is None or faults:
        raise KnowledgeBaseError(f"{translation.source} cannot be read")
    changes = record.fields.get("changes")
    seen: dict[str, Any] = {"sections": dict(digests(record, base.record_types[record.id.type]))}
    if isinstance(changes, tuple) and changes:
        seen["changes"] = [key_of(change) for change in changes]
    write_atomically(root / translation.source, _marked(text, translation.source, seen))
    return translation.source


def write_atomically(path: Path, text: str) -> None:
    """Write a file so that it is either the old one or the new one, whatever happens in between."""
    with tempfile.NamedTemporaryFile(
        "w", dir=path.parent, prefix=f".{path.name}.", delete=False, encoding="utf-8", newline="\n"
    ) as file:
        file.write(text)
    if path.exists():
        Path(file.name).chmod(path.stat().st_mode)
    else:
        Path(file.name).chmod(0o644)
    os.replace(file.name, path)  # noqa: PTH105 - atomic by definition


def _marked(text: str, path: str, seen: Mapping[str, Any]) -> str:
    """Return the file with `sections` and `changes` of its `translation` written anew."""
    parts, _ = split(text, path)
    document, _ = read_yaml(parts.front_matter or "", path, first_line=1)
    if document is None or not isinstance(document.value, dict) or not isinstance(document.value.get(META), dict):
        raise KnowledgeBaseError(f"{path} does not say who translated it, and when: write `translation:` first")
    lines = (parts.front_matter or "").split("\n")
    begin = document.positions[META,].line
    later = [document.positions[name,].line for name in document.value if document.positions[name,].line > begin]
    end = min(later, default=len(lines) + 1)
    block = lines[begin : end - 1]
    kept = _without(block, seen.keys() | {"changes"})
    written = [f"  {line}" for line in write_yaml(dict(seen)).rstrip("\n").split("\n")]
    front = [*lines[:begin], *kept, *written, *lines[end - 1 :]]
    everything = text.split("\n")
    return "\n".join([everything[0], *front, *everything[len(lines) + 1 :]])


def _without(block: list[str], names: Any) -> list[str]:
    """Return the lines of a block without the keys of these names and what is indented below them."""
    kept, dropping = [], False
    for line in block:
        indent = len(line) - len(line.lstrip())
        if line.strip() and indent <= 2:
            dropping = line.strip().partition(":")[0] in names
        if not dropping and line.strip():
            kept.append(line)
    return kept


def _guide(base: KnowledgeBase, record: Record) -> str:
    fields = base.record_types[record.id.type].fields
    lines = [
        "---",
        "# Translate the text behind each colon; the original stands there now. Facts stay in the original alone.",
    ]
    for name, value in record.fields.items():
        if _holds_text(value, fields[name]):
            lines += write_yaml({name: _texts(value, fields[name])}).rstrip("\n").split("\n")
    lines += [f"{META}:", "  method: translation", "  translator:", "  date:", "---", "", record.prose.text.strip(), ""]
    return "\n".join(lines)


def _holds_text(value: FieldValue, field: Field) -> bool:
    """Tell whether a value has words to translate: where a field may hold a text or a link, not the link."""
    return field.translatable if isinstance(value, str) else is_translatable(field)


def _texts(value: FieldValue, field: Field) -> Any:
    """Return what of a value is to be translated, with the ids that tie it to the original."""
    if isinstance(value, Mapping):
        inner = next((option.fields for option in field.alternatives if option.fields), field.fields)
        return {
            name: _texts(one, inner[name])
            for name, one in value.items()
            if name in inner and (_holds_text(one, inner[name]) or name in KEYS)
        }
    if isinstance(value, tuple):
        return [_texts(one, field.element or field) for one in value]
    return value
