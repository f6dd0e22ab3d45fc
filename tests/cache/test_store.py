"""What is kept between runs is used only where it is whole, and it may vanish at any time."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

from evidencebase.cache import Cache
from evidencebase.cache.digests import digest, digest_of_bytes
from evidencebase.cache.store import SLACK, DiskStore


def test_a_value_is_found_again_by_another_run(tmp_path: Path) -> None:
    DiskStore(tmp_path / "store").keep({"one": ("text", 1), "two": "more"})
    assert DiskStore(tmp_path / "store").find(["one", "three"]) == {"one": ("text", 1)}


def test_a_value_that_was_changed_on_the_disk_is_not_found(tmp_path: Path) -> None:
    store = DiskStore(tmp_path / "store")
    store.keep({"one": "good", "two": "better"})
    with sqlite3.connect(tmp_path / "store") as database:
        database.execute("UPDATE kept SET value = (SELECT value FROM kept WHERE digest = 'two') WHERE digest = 'one'")
    assert DiskStore(tmp_path / "store").find(["one", "two"]) == {"two": "better"}


def test_a_file_that_is_no_database_any_more_is_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "store"
    path.write_bytes(b"no database" * 100)
    store = DiskStore(path)
    assert store.find(["one"]) == {}
    store.keep({"one": "good"})
    assert DiskStore(path).find(["one"]) == {"one": "good"}


def test_a_folder_that_cannot_be_written_keeps_nothing_and_breaks_nothing(tmp_path: Path) -> None:
    (tmp_path / ".cache").write_text("a file where the folder should be", encoding="utf-8")
    cache = Cache(tmp_path)
    cache.save("state", 1)
    cache.store("values").keep({"one": 1})
    assert cache.store("values").find(["one"]) == {}
    assert Cache(tmp_path).state("state") is None


def test_what_nobody_needs_is_forgotten_once_there_is_much_of_it(tmp_path: Path) -> None:
    store = DiskStore(tmp_path / "store")
    store.keep({str(number): number for number in range(SLACK + 10)})
    store.forget(["1", "2"])
    assert store.find(["1", "2", "3"]) == {"1": 1, "2": 2}


def test_a_state_whose_file_is_damaged_is_not_known(tmp_path: Path) -> None:
    Cache(tmp_path).save("state", {"a": 1})
    assert Cache(tmp_path).state("state") == {"a": 1}
    file = tmp_path / ".cache" / "evidencebase" / "state"
    file.write_bytes(file.read_bytes()[:-1] + b"!")
    assert Cache(tmp_path).state("state") is None


def test_a_state_that_another_engine_has_written_is_not_known(tmp_path: Path) -> None:
    Cache(tmp_path).save("state", {"a": 1})
    file = tmp_path / ".cache" / "evidencebase" / "state"
    value = file.read_bytes()[32:]
    file.write_bytes(digest("another engine", digest_of_bytes(value)).encode() + value)
    assert Cache(tmp_path).state("state") is None


def test_two_runs_can_keep_values_at_once(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from evidencebase.cache.store import DiskStore\n"
        "store = DiskStore(Path(sys.argv[1]))\n"
        "for number in range(100): store.keep({f'{sys.argv[2]}-{number}': number})\n"
    )
    runs = [
        subprocess.Popen([sys.executable, "-c", program, str(tmp_path / "store"), name]) for name in ("one", "other")
    ]
    assert [run.wait() for run in runs] == [0, 0]
    wanted = [f"{name}-{number}" for name in ("one", "other") for number in range(100)]
    assert len(DiskStore(tmp_path / "store").find(wanted)) == 200
