"""What the data files promise to those who build on them."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from evidencebase.content.bibliography import references
from evidencebase.content.pipeline import read
from evidencebase.export.data import data_files, record_files, write_files
from evidencebase.export.tables import RISKY, csv_bytes
from evidencebase.model import KnowledgeBase, RecordId
from evidencebase.site.addresses import record_addresses

ROOT = Path(__file__).parent.parent.parent
SITE = ROOT / "tests/sites/data"
CLAIM_FIELDS = {
    "id", "statement", "kind", "outcome", "direction", "strength", "reasons", "supports", "challenges",
    "searched_for_challenge", "qualifier", "last_checked",
    "record", "ceiling", "contested", "url",
}  # fmt: skip


@cache
def base(root: Path = SITE) -> KnowledgeBase:
    return read(root).knowledge_base


@cache
def files(root: Path = SITE) -> Mapping[str, bytes]:
    return data_files(base(root), addresses(base(root)))


def addresses(base: KnowledgeBase) -> Mapping[RecordId, str]:
    published = [id for id, record in base.records.items() if record.fields.get("status") != "draft"]
    return record_addresses(published, base.record_types)


def load(name: str, root: Path = SITE) -> Any:
    return json.loads(files(root)[name])


def rows(name: str, root: Path = SITE) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files(root)[name].decode("utf-8"), newline="")))


def test_every_claim_has_the_field_names_of_the_design() -> None:
    claims = load("claims.json")

    assert [claim["id"] for claim in claims] == ["thefts-fall", "thefts-move", "lamps-cost"]
    assert all(claim.keys() >= CLAIM_FIELDS for claim in claims)
    assert claims[0]["record"] == "strategies/lamps"
    assert claims[0]["url"] == "en/strategies/lamps/#claim-thefts-fall"
    assert claims[0]["supports"] == [
        {"reference": "Alvarez2020", "direction": "reduced", "locator": "p. 3", "note": None}
    ]


def test_kinds_of_claims_without_a_strength_have_neither_ceiling_nor_strength() -> None:
    cost = next(claim for claim in load("claims.json") if claim["kind"] == "cost")

    assert (cost["strength"], cost["ceiling"], cost["contested"]) == (None, None, None)


def test_a_claim_of_a_withdrawn_record_says_so() -> None:
    assert {claim["record_status"] for claim in load("claims.json")} == {"withdrawn"}


@pytest.mark.parametrize("table", ["claims.csv", "records/case_study.results.csv"])
def test_a_figure_has_its_qualifier_beside_it(table: str) -> None:
    columns = list(rows(table)[0])
    figure = "statement" if "statement" in columns else "value"

    assert columns.index("qualifier") == columns.index(figure) + 1
    assert rows(table)[0]["qualifier"]


@pytest.mark.parametrize("start", RISKY)
def test_text_that_a_spreadsheet_would_take_for_a_formula_begins_with_a_quotation_mark(start: str) -> None:
    text = csv_bytes(["title"], [{"title": f"{start}1+1"}]).decode("utf-8")

    assert list(csv.reader(io.StringIO(text, newline="")))[1] == [f"'{start}1+1"]


def test_titles_are_escaped_and_negative_numbers_stay_numbers() -> None:
    (city,) = rows("records/city.csv")

    assert city["title"] == "'+Riverton"
    assert city["summary"] == "'=HYPERLINK of a city"
    assert float(city["coordinates.longitude"]) == -76.5


def test_what_nobody_knows_stays_unknown_in_json_and_in_csv() -> None:
    (city,) = (record for record in load("records.json") if record["type"] == "city")
    (row,) = rows("records/city.csv")
    (study,) = rows("records/case_study.csv")

    assert city["fields"]["population"] == "unknown"
    assert {row["population.value"], row["population.year"], study["period.to"]} == {"unknown"}
    assert next(one for one in rows("references.csv") if one["key"] == "Bell2019")["design"] == "unknown"


def test_drafts_are_in_no_file() -> None:
    assert [name for name, content in files().items() if b"hidden" in content.lower()] == []
    assert not any("hidden" in path for path in record_files(base(), addresses(base())))


def test_the_json_beside_a_page_is_the_record_of_the_list() -> None:
    beside = record_files(base(), addresses(base()))
    records = {record["record"]: record for record in load("records.json")}

    assert len(beside) == len(records)
    assert json.loads(beside["cities/riverton/index.json"]) == records["cities/riverton"]
    assert json.loads(beside["data/index.json"]) == records["docs/data"]


def test_addresses_are_whole_where_the_site_knows_its_own() -> None:
    known = replace(base(), settings=replace(base().settings, site_url="https://example.org/peace/"))
    claims = json.loads(data_files(known, addresses(known))["claims.json"])

    assert claims[0]["url"] == "https://example.org/peace/en/strategies/lamps/#claim-thefts-fall"


def test_the_address_of_the_site_comes_from_the_environment_as_in_mkdocs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RIVERTON_URL", "https://example.org/")

    assert read(SITE).knowledge_base.settings.site_url == "https://example.org/"


def test_the_evidence_map_counts_a_reference_once_per_cell_with_every_role() -> None:
    assert [(row["strategy"], row["reference"], row["direction"], row["role"]) for row in rows("evidence_map.csv")] == [
        ("lamps", "Alvarez2020", "reduced", "supports; challenges"),
        ("lamps", "Bell2019", "no_effect", "challenges; supports"),
    ]


@pytest.mark.parametrize("root", [SITE, ROOT], ids=["tiny", "real"])
def test_bibtex_reads_back_as_the_same_references(root: Path) -> None:
    groups = base(root).vocabularies.get("country_groups")
    names = frozenset(groups.terms) if groups else frozenset()
    found, faults = references(files(root)["references.bib"].decode("utf-8"), "all.bib", names)

    assert faults == ()
    assert {one.key: (one.fields, one.authors, one.finding) for one in found} == {
        key: (one.fields, one.authors, one.finding) for key, one in base(root).references.items()
    }


def test_ris_has_one_entry_for_each_reference_with_names_family_first() -> None:
    entries = files()["references.ris"].decode("utf-8").split("ER  - \r\n\r\n")[:-1]

    assert [entry.splitlines()[1] for entry in entries] == ["ID  - Alvarez2020", "ID  - Bell2019"]
    assert "AU  - Álvarez, Ana\r\nAU  - City of Riverton\r\nAU  - de la Cruz, Juan\r\n" in entries[0]
    assert "SP  - 1\r\nEP  - 9\r\n" in entries[0]


def test_csl_json_keeps_what_we_know_about_the_study_under_custom() -> None:
    alvarez, bell = load("references.json")

    assert alvarez["author"][1] == {"literal": "City of Riverton"}
    assert alvarez["custom"]["more_authors"] is True
    assert alvarez["custom"]["audited"] == "agrees"
    assert (bell["custom"]["design"], bell["custom"]["countries"]) == ("unknown", [])


@pytest.mark.parametrize("root", [SITE, ROOT], ids=["tiny", "real"])
def test_the_data_meet_their_own_schemas(root: Path) -> None:
    for name in ("claims", "references"):
        jsonschema_rs.validate(load(f"schemas/{name}.json", root), load(f"{name}.json", root))
    for record in load("records.json", root):
        rules = jsonschema_rs.validator_for(load(f"schemas/record-{record['type']}.json", root))
        assert [error.message for error in rules.iter_errors(record)] == [], record["record"]


def test_a_schema_refuses_a_field_that_does_not_exist() -> None:
    rules = jsonschema_rs.validator_for(load("schemas/record-city.json"))
    (city,) = (record for record in load("records.json") if record["type"] == "city")

    assert not rules.is_valid({**city, "fields": {**city["fields"], "mayor": "Ana"}})
    assert not rules.is_valid({**city, "fields": {**city["fields"], "title": 7}})


@pytest.mark.parametrize("root", [SITE, ROOT], ids=["tiny", "real"])
def test_the_manifest_lists_every_other_file_sorted_with_its_checksum_and_number_of_records(root: Path) -> None:
    listed = load("manifest.json", root)["files"]

    assert [file["path"] for file in listed] == sorted(files(root).keys() - {"manifest.json"})
    for file in listed:
        content = files(root)[file["path"]]
        assert file["sha256"] == hashlib.sha256(content).hexdigest()
        assert file["bytes"] == len(content)
        if file["path"].endswith(".csv"):
            assert file["records"] == len(rows(file["path"], root))
        elif isinstance(value := json.loads(content) if file["path"].endswith(".json") else None, list):
            assert file["records"] == len(value)


def test_the_manifest_says_how_to_cite_and_under_what_licence() -> None:
    manifest = load("manifest.json")

    assert manifest["citation"] == "Evidence of Riverton (2026). Data. Last reviewed on 22 November 2026."
    assert manifest["licence"] == "CC BY 4.0"
    assert "url" not in manifest


def test_reading_again_gives_the_same_bytes(tmp_path: Path) -> None:
    again = read(SITE).knowledge_base
    write_files(data_files(again, addresses(again)), tmp_path)
    written = {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in tmp_path.rglob("*.*")}

    assert written == files()
