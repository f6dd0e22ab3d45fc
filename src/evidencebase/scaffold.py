"""Files to begin with: a record that teaches its fields, and a knowledge base of one's own."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path

from evidencebase.content.yaml_source import write_yaml
from evidencebase.diagnostics import KnowledgeBaseError
from evidencebase.model import Field, RecordType
from evidencebase.text.messages import nearest
from evidencebase.text.slugs import is_slug, slugify

STARTER = Path(__file__).parent / "starter"
HOOKS = "hooks/evidencebase_hooks.py"
WIDTH = 100


def new_record(root: Path, record_types: Mapping[str, RecordType], type_name: str, slug: str) -> str:
    """Write the file of a new record and return its path; raises KnowledgeBaseError where it cannot begin there."""
    if type_name not in record_types:
        hint = nearest(type_name, record_types) or f"types are {', '.join(sorted(record_types))}"
        raise KnowledgeBaseError(f"'{type_name}' is no type of record; {hint}")
    record_type = record_types[type_name]
    if not all(is_slug(part) for part in (slug.split("/") if record_type.in_files else [slug])):
        hint = f"did you mean '{slugify(slug)}'?" if slugify(slug) else "use small letters a-z, digits and hyphens"
        raise KnowledgeBaseError(f"'{slug}' cannot be the name of a record; {hint}")
    path = f"{record_type.folder}/{slug}.md" if record_type.in_files else f"{record_type.folder}/{slug}/index.md"
    target = root / path
    if target.exists():
        raise KnowledgeBaseError(f"{path} exists already")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(record_text(record_type), encoding="utf-8", newline="\n")
    return path


def record_text(record_type: RecordType) -> str:
    """Return a draft with every field of the type and what to write in it, the required ones first."""
    choices = _choices(record_type)
    needed = [field for field in record_type.fields.values() if field.required]
    others = [field for field in record_type.fields.values() if not field.required and field not in choices]
    lines = [
        "---",
        *_note(f"{record_type.title}. {record_type.description}", ""),
        "# Lines that begin with # are notes for you: delete them when you are done.",
        "",
        "# ---- Needed ----",
        *(line for field in needed for line in ("", *_needed(field, ""))),
        *(["", "# ---- At least one of these: delete the other ----"] if choices else []),
        *(line for field in choices for line in ("", *_needed(field, ""))),
        "",
        "# ---- Where it applies: delete the `# ` before the field ----",
        *(line for field in others for line in ("", *_optional(field))),
        "---",
        "",
        "",
    ]
    return "\n".join(lines)


def _choices(record_type: RecordType) -> list[Field]:
    """Return the fields of which a record needs at least one."""
    options = record_type.schema.get("anyOf", [])
    assert isinstance(options, list)
    return [record_type.fields[name] for option in options for name in option.get("required", [])]


def new_knowledge_base(target: Path) -> None:
    """Write a starter knowledge base; raises KnowledgeBaseError where the folder is in use."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise KnowledgeBaseError(f"{target} is not empty: name a new folder")
    shutil.copytree(STARTER, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))


def _needed(field: Field, indent: str) -> Iterator[str]:
    yield from _note(_advice(field), indent)
    if field.name == "status":
        yield f"{indent}status: draft"
    elif field.may_be_unknown:
        yield f"{indent}{field.name}: unknown"
    elif field.kind == "object":
        yield f"{indent}{field.name}:"
        yield from _inside(field, f"{indent}  ")
    elif field.kind == "list" and field.element is not None and field.element.kind == "object":
        yield f"{indent}{field.name}:"
        first, *rest = [line for line in _inside(field.element, f"{indent}    ") if not line.lstrip().startswith("#")]
        yield from _note_on_parts(field.element, f"{indent}  ")
        yield f"{indent}  - {first.strip()}"
        yield from rest
    elif field.kind == "list":
        yield f"{indent}{field.name}:"
        yield f"{indent}  -"
    else:
        yield f"{indent}{field.name}:"


def _inside(field: Field, indent: str) -> Iterator[str]:
    for inner in field.fields.values():
        if inner.required:
            yield from _needed(inner, indent)


def _note_on_parts(field: Field, indent: str) -> Iterator[str]:
    for inner in field.fields.values():
        need = "" if inner.required else " (where it applies)"
        yield from _note(f"{inner.name}{need}: {_advice(inner)}", indent)


def _optional(field: Field) -> Iterator[str]:
    yield from _note(_advice(field), "")
    if field.examples:
        written = write_yaml({field.name: field.examples[0]}).rstrip("\n").split("\n")
        yield from (f"# {line}" for line in written)
    else:
        yield f"# {field.name}:"


def _advice(field: Field) -> str:
    """Return what an author must know about a field in one go: its description, its choices, an example."""
    options = field.labels or (field.element.labels if field.element else {})
    choices = f" One of: {', '.join(options)}." if options else ""
    vocabulary = field.vocabulary or (field.element.vocabulary if field.element else "")
    terms = f" Terms: vocabularies/{vocabulary}.yml." if vocabulary else ""
    unknown = (
        " Write `unknown` where nobody knows." if field.may_be_unknown and "unknown" not in field.description else ""
    )
    simple = field.required and field.examples and not isinstance(field.examples[0], (dict, list, Mapping, tuple))
    example = f" Example: {field.examples[0]}" if simple else ""
    return f"{field.description}{choices}{terms}{unknown}{example}"


def _note(text: str, indent: str) -> Iterator[str]:
    yield from textwrap.wrap(
        text, WIDTH, initial_indent=f"{indent}# ", subsequent_indent=f"{indent}# ", break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip
