"""The knowledge base as data: every file as bytes, and their writing to the disk.

Same knowledge base, same bytes. Nothing here is newer than the records: there is no date of export.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from evidencebase.cache import Cache, digest
from evidencebase.content.evidence_map import STRATEGY, cells
from evidencebase.export.records import UNKNOWN, claim_objects, record_object
from evidencebase.export.references import COLUMNS, bibtex_bytes, csl_object, ris_bytes, table_row
from evidencebase.export.schemas import claims_schema, record_schema, references_schema
from evidencebase.export.tables import csv_bytes, record_tables
from evidencebase.model import KnowledgeBase, RecordId, Vocabulary
from evidencebase.text.citing import data_citation

MEDIA_TYPES = {
    ".json": "application/json", ".csv": "text/csv", ".bib": "application/x-bibtex",
    ".ris": "application/x-research-info-systems",
}  # fmt: skip
CLAIM_COLUMNS = (
    "record", "record_status", "id", "statement", "qualifier", "kind", "outcome", "direction", "strength", "reasons",
    "ceiling", "contested", "countries", "supports", "challenges", "searched_for_challenge", "last_checked", "language",
    "url",
)  # fmt: skip
MAP_COLUMNS = ("strategy", "outcome", "reference", "design", "direction", "countries", "role")


Texts = Mapping[RecordId, str]
"""Records as JSON."""


class _File(NamedTuple):
    content: bytes
    records: int


def data_files(
    base: KnowledgeBase, addresses: Mapping[RecordId, str], cache: Cache | None = None, *, texts: Texts | None = None
) -> Mapping[str, bytes]:
    """Return every file of data by its path; `addresses` are those of the published records, below their language.

    What `cache` knows from records that have not changed is not made again; `texts` are those of `record_texts`, where
    they are there already.
    """
    cache = cache or Cache()
    given = digest(base.definitions, *(f"{id} {where} {_fields(base, id)}" for id, where in addresses.items()))
    files = dict(cache.recall("data", given, lambda: _files(base, addresses)))
    texts = texts or record_texts(base, addresses, cache)
    whole = ",\n".join(f"  {texts[id]}".replace("\n", "\n  ") for id in sorted(addresses))
    files["records.json"] = _File(f"[\n{whole}\n]\n".encode() if whole else b"[]\n", len(addresses))
    files = dict(sorted(files.items()))
    manifest = _json(_manifest(base, addresses, files))
    return {**{path: file.content for path, file in files.items()}, "manifest.json": manifest}


def record_files(
    base: KnowledgeBase, addresses: Mapping[RecordId, str], *, texts: Texts | None = None
) -> Mapping[str, bytes]:
    """Return the JSON of each record by its path beside the record's page: `cities/riverton/index.json`."""
    texts = texts or record_texts(base, addresses, Cache())
    return {f"{address}index.json": f"{texts[id]}\n".encode() for id, address in addresses.items()}


def record_texts(base: KnowledgeBase, addresses: Mapping[RecordId, str], cache: Cache) -> Texts:
    """Return each record as JSON."""
    store = cache.store("data")
    names = {id: digest(base.definitions, base.outlines[id].content, where) for id, where in addresses.items()}
    known = store.find(names.values())
    made = {
        names[id]: json.dumps(record_object(base, base.records[id], where), ensure_ascii=False, indent=2)
        for id, where in addresses.items()
        if names[id] not in known
    }
    if made:
        store.keep(made)
        store.forget(frozenset(names.values()))
    return {id: known[name] if name in known else made[name] for id, name in names.items()}


def _fields(base: KnowledgeBase, id: RecordId) -> str:
    outline = base.outlines[id]
    return outline.faces[outline.language].fields


def write_files(files: Mapping[str, bytes], folder: Path) -> None:
    """Write the files below a folder."""
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _files(base: KnowledgeBase, addresses: Mapping[RecordId, str]) -> Mapping[str, _File]:
    claims = claim_objects(base, addresses)
    references = tuple(base.references[key] for key in sorted(base.references))
    rows = tuple(_map_rows(base, addresses))
    terms = sum(len(vocabulary.terms) for vocabulary in base.vocabularies.values())
    csl = [csl_object(reference) for reference in references]
    count = len(references)
    return {
        **_record_files(base, addresses),
        "claims.json": _File(_json(claims), len(claims)),
        "claims.csv": _File(csv_bytes(CLAIM_COLUMNS, map(_claim_row, claims)), len(claims)),
        "evidence_map.csv": _File(csv_bytes(MAP_COLUMNS, rows), len(rows)),
        "references.json": _File(_json(csl), count),
        "references.bib": _File(bibtex_bytes(references), count),
        "references.ris": _File(ris_bytes(references), count),
        "references.csv": _File(csv_bytes(COLUMNS, map(table_row, references)), count),
        "vocabularies.json": _File(_json({v.name: _vocabulary(v) for v in base.vocabularies.values()}), terms),
        "schemas/claims.json": _File(_json(claims_schema()), 0),
        "schemas/references.json": _File(_json(references_schema()), 0),
    }


def _record_files(base: KnowledgeBase, addresses: Mapping[RecordId, str]) -> Mapping[str, _File]:
    """Return the tables and the schema of each type that has records."""
    shown = (base.faces[id, base.outlines[id].language] for id in sorted(addresses))
    objects = [record_object(base, record, addresses[record.id]) for record in shown]
    files = {}
    for name, record_type in sorted(base.record_types.items()):
        if own := [one for one in objects if one["type"] == name]:
            for table, content, count in record_tables(record_type, own):
                files[f"records/{table}"] = _File(content, count)
            files[f"schemas/record-{name}.json"] = _File(_json(record_schema(record_type)), 0)
    return files


def _claim_row(claim: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a claim as a row: its references by their keys, without what each of them found."""
    keys = {role: [source["reference"] for source in claim[role]] for role in ("supports", "challenges")}
    return {**claim, **keys}


def _map_rows(base: KnowledgeBase, addresses: Mapping[RecordId, str]) -> Iterator[Mapping[str, Any]]:
    claims = (claim for (id, _), claim in base.claims.items() if id in addresses and id.type == STRATEGY)
    for (strategy, outcome), uses in sorted(cells(claims).items()):
        for use in uses:
            if reference := base.references.get(use.reference):
                yield {
                    "strategy": strategy.slug,
                    "outcome": outcome,
                    "reference": use.reference,
                    "design": reference.design or UNKNOWN,
                    "direction": use.direction or UNKNOWN,
                    "countries": reference.countries or UNKNOWN,
                    "role": use.roles,
                }


def _vocabulary(vocabulary: Vocabulary) -> Mapping[str, Any]:
    terms = []
    for term in vocabulary.terms.values():
        texts = {"label": dict(term.label), "description": dict(term.description)}
        words = {"synonyms": {language: list(some) for language, some in term.synonyms.items()}}
        rest = {"broader": term.broader, "several": term.several, "countries": sorted(term.countries)}
        terms.append({"id": term.id, **{name: value for name, value in {**texts, **words, **rest}.items() if value}})
    return {"title": dict(vocabulary.title), "source": vocabulary.source, "terms": terms}


def _manifest(
    base: KnowledgeBase, addresses: Mapping[RecordId, str], files: Mapping[str, _File]
) -> Mapping[str, Any]:  # fmt: skip
    reviewed = max((base.outlines[id].last_reviewed for id in addresses), default="")
    settings = base.settings
    about = {
        "name": settings.site_name,
        "url": settings.site_url,
        "licence": settings.copyright,
        "citation": data_citation(base.strings[settings.languages[0]], settings.site_name, reviewed),
        "last_reviewed": reviewed,
        "languages": list(settings.languages),
    }
    return {
        **{name: value for name, value in about.items() if value},
        "files": [
            {
                "path": path,
                "media_type": MEDIA_TYPES[PurePosixPath(path).suffix],
                "bytes": len(file.content),
                "sha256": hashlib.sha256(file.content).hexdigest(),
                "records": file.records,
            }
            for path, file in files.items()
        ],
    }


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
