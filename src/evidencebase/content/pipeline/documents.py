"""Reads YAML files of a knowledge base, and those among them that hold synonyms."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from evidencebase.content import load, paper, synonyms
from evidencebase.content.yaml_source import read_yaml
from evidencebase.diagnostics import Diagnostic
from evidencebase.model import Document, Settings


def read_document(root: Path, path: str, found: list[Diagnostic]) -> Document | None:
    """Return a file's content, or None; what is wrong with it is added to `found`."""
    text, faults = load.read_text(root, path)
    found.extend(faults)
    if text is None:
        return None
    document, faults = read_yaml(text, path)
    found.extend((*faults, *paper.check_file(text, path)))
    return document


def synonym_files(root: Path, site: Settings, found: list[Diagnostic]) -> Mapping[str, tuple[str, Document]]:
    """Return language → path and content of its synonyms, where there are any."""
    files: dict[str, tuple[str, Document]] = {}
    for language in site.languages:
        path = f"{synonyms.FOLDER}/{language}.yml"
        if (root / path).is_file() and (document := read_document(root, path, found)) is not None:
            files[language] = path, document
    return files


def read_synonyms(
    files: Mapping[str, tuple[str, Document]], found: list[Diagnostic]
) -> Mapping[str, synonyms.Synonyms]:
    """Return the synonyms of each language, and add what is wrong with them to `found`."""
    made: dict[str, synonyms.Synonyms] = {}
    for language, (path, document) in files.items():
        made[language], faults = synonyms.synonyms(document, path)
        found.extend(faults)
    return made
