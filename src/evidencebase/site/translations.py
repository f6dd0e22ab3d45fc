"""Which texts exist in which language, and how far each translation is behind its original, for readers to see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from evidencebase.content.translate import standing
from evidencebase.model import Record, RecordId
from evidencebase.site.addresses import page_of, url
from evidencebase.site.edition import Edition, foreign, published, speaker, title_of, worded
from evidencebase.site.views import Ref
from evidencebase.text.locales import language_name

DONE = ("original", "complete", "reviewed")


@dataclass(frozen=True, slots=True)
class TranslationRow:
    record: Ref
    states: tuple[str, ...]
    """One for each language, in words."""


@dataclass(frozen=True, slots=True)
class TranslationGroup:
    title: str
    rows: tuple[TranslationRow, ...]


@dataclass(frozen=True, slots=True)
class Translations:
    languages: tuple[str, ...]
    shares: tuple[str, ...]
    """How many texts each language has."""
    groups: tuple[TranslationGroup, ...]


def translations(edition: Edition, page: str) -> Translations:
    """Return the state of every text for the page that shows it."""
    codes = edition.base.settings.languages
    say = speaker(edition)
    names = tuple(language_name(code, edition.language) for code in codes)
    found = {id: tuple(_state(edition, record, code) for code in codes) for id, record in edition.records.items()}
    shares = []
    for number, name in enumerate(names):
        done = sum(states[number][0] in DONE for states in found.values())
        shares.append(say("translation.share", language=name, done=done, all=len(found)))
    return Translations(names, tuple(shares), tuple(_groups(edition, page, found)))


def _groups(
    edition: Edition, page: str, found: Mapping[RecordId, tuple[tuple[str, str], ...]]
) -> Iterator[TranslationGroup]:
    for record_type in edition.base.record_types.values():
        rows = tuple(
            TranslationRow(
                Ref(title_of(record), url(page, page_of(record.id, record_type)), language=foreign(edition, record)),
                tuple(words for _, words in found[record.id]),
            )
            for record in published(edition, record_type)
        )
        if rows:
            yield TranslationGroup(worded(edition, record_type.plural), rows)


def _state(edition: Edition, record: Record, language: str) -> tuple[str, str]:
    """Return the name of the state, and what readers see for it."""
    say = speaker(edition)
    original = edition.outlines[record.id]
    face = original.faces.get(language)
    if original.language == language:
        name = "original"
    elif face is None or face.drift is None:
        name = "missing"
    else:
        if face.drift.changed:
            words = say("translation.state_drifted", count=len(face.drift.changed), total=face.drift.parts)
            return "drifted", words
        name = standing(face.drift, face.reviewer)
    return name, say(f"translation.state_{name}")
