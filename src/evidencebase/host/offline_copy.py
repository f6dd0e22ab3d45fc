"""Writes the offline copy of a language: a ZIP file, the same bytes for the same site."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from evidencebase.cache import Cache, digest, digest_of_bytes
from evidencebase.export.offline import Copy, offline_files
from evidencebase.site.edition import Edition, speaker
from evidencebase.site.made import Head
from evidencebase.site.offline import offline_name
from evidencebase.text.locales import direction, shown_date

NEVER = ("handbook.",)
"""Downloads that stand beside the copy and not in it: they say all of it again."""
TEXT = (".html", ".js", ".css", ".json", ".xml", ".svg", ".txt")
"""Everything else is compressed already."""
LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The time of every file: the earliest that the format knows."""


def write_offline_copy(
    staged: Path, edition: Edition, heads: Iterable[Head], *, site_root: str, last: Path | None, cache: Cache
) -> None:
    """Write the copy of a language below the downloads, from the finished files of the language.

    Where they are those of the site in `last`, its copy is taken.
    """
    files = dict(_files(staged, edition.language))
    copy = _copy(edition, heads, files, site_root)
    given = digest(repr(copy), *(f"{path} {digest_of_bytes(data)}" for path, data in files.items()))
    name = Path("downloads") / edition.language / offline_name(edition)
    target = staged / name
    target.parent.mkdir(parents=True, exist_ok=True)
    state = f"offline-{edition.language}"
    if last and cache.state(state) == given and (last / name).is_file():
        target.hardlink_to(last / name)
        return
    with zipfile.ZipFile(target, "w") as archive:
        for path, data in sorted(offline_files(files, copy)):
            packed = zipfile.ZIP_DEFLATED if path.endswith(TEXT) else zipfile.ZIP_STORED
            entry = zipfile.ZipInfo(path, LONG_AGO)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, data, packed, 6)
    cache.save(state, given)


def _files(staged: Path, language: str) -> Iterator[tuple[str, bytes]]:
    for folder in (staged / language, staged / "downloads" / language):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.name.startswith(NEVER) and path.suffix != ".zip":
                yield path.relative_to(staged).as_posix(), path.read_bytes()


def _copy(edition: Edition, heads: Iterable[Head], files: Mapping[str, bytes], site_root: str) -> Copy:
    """Say of what day the copy is: the last on which anything was reviewed; and by what name its content goes."""
    say = speaker(edition)
    newest = max((head.last_reviewed for head in heads), default="")
    date = shown_date(newest, edition.language) if newest else ""
    version = digest(*(digest_of_bytes(data) for data in files.values()))[:8]
    note = say("offline.note", date=date, version=version)
    if site_root:
        note += " " + say("offline.newer", address=f"{site_root}/{edition.language}/")
    return Copy(edition.language, direction(edition.language), edition.base.settings.site_name, note, site_root)
