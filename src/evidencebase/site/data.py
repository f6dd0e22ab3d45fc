"""The files of data as the page on the data lists them; what is in them is decided where they are made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from evidencebase.site.addresses import data_url
from evidencebase.site.edition import Edition, speaker, worded
from evidencebase.site.views import Ref
from evidencebase.text.citing import data_citation

Files = tuple[tuple[str, str], ...]
"""Files by the name of their format."""
FILES: tuple[tuple[str, Files], ...] = (
    ("data.all", (("JSON", "records.json"),)),
    ("data.claims", (("JSON", "claims.json"), ("CSV", "claims.csv"), ("data.schema", "schemas/claims.json"))),
    ("data.map", (("CSV", "evidence_map.csv"),)),
    ("data.references", (
        ("BibTeX", "references.bib"), ("RIS", "references.ris"), ("CSL-JSON", "references.json"),
        ("CSV", "references.csv"), ("data.schema", "schemas/references.json"),
    )),
    ("data.vocabularies", (("JSON", "vocabularies.json"),)),
    ("data.manifest", (("JSON", "manifest.json"),)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DataView:
    """What readers need to know to use the data."""

    rows: tuple[tuple[str, tuple[Ref, ...]], ...]
    cite: str
    licence: str


def data_view(edition: Edition, page: str) -> DataView:
    settings = edition.base.settings
    reviewed = str(edition.facts["last_reviewed"][0])
    citation = data_citation(edition.strings, settings.site_name, reviewed)
    return DataView(tuple(_rows(edition, page)), citation, worded(edition, settings.copyright))


def _rows(edition: Edition, page: str) -> Iterator[tuple[str, tuple[Ref, ...]]]:
    say = speaker(edition)

    def refs(files: Files) -> tuple[Ref, ...]:
        return tuple(Ref(say(name) if name.startswith("data.") else name, data_url(page, file)) for name, file in files)

    for title, files in FILES:
        yield say(title), refs(files)
    for name, record_type in edition.base.record_types.items():
        if record_type.name in edition.order:
            files = (("CSV", f"records/{name}.csv"), ("data.schema", f"schemas/record-{name}.json"))
            yield worded(edition, record_type.plural), refs(files)
