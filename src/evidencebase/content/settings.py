"""What `mkdocs.yml` says about the knowledge base itself."""

from __future__ import annotations

from collections.abc import Iterator

from evidencebase.diagnostics import Code, Diagnostic, Location
from evidencebase.fields import location_of
from evidencebase.model import Document, Settings
from evidencebase.text.locales import is_language


def settings(document: Document | None, path: str) -> tuple[Settings, tuple[Diagnostic, ...]]:
    """Return the settings, and what is wrong with them; what is not set is English."""
    value = document.value if document and isinstance(document.value, dict) else {}
    extra = value.get("extra") if isinstance(value.get("extra"), dict) else {}
    own = extra.get("evidencebase") if isinstance(extra.get("evidencebase"), dict) else {}
    languages = own.get("languages", ["en"])
    faults = tuple(_faults(languages, document, path))
    if faults:
        languages = ["en"]
    return Settings(str(value.get("site_name") or ""), tuple(languages)), faults


def _faults(languages: object, document: Document | None, path: str) -> Iterator[Diagnostic]:
    place = ("extra", "evidencebase", "languages")
    location = location_of(document, place, path) if document else Location(path)
    if not isinstance(languages, list) or not languages:
        yield Diagnostic(location, Code.BROKEN_SETTINGS, "'languages' must be a list", "write `languages: [en]`")
        return
    for language in languages:
        if not isinstance(language, str) or not is_language(language):
            hint = "write language codes: en, es, fr, ar"
            yield Diagnostic(location, Code.BROKEN_SETTINGS, f"'{language}' is no language", hint)
