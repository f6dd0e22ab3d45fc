"""What `mkdocs.yml` says about the knowledge base itself."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import Any

from evidencebase.diagnostics import Code, Diagnostic
from evidencebase.fields import location_of
from evidencebase.model import Document, FieldPath, Settings
from evidencebase.text.locales import is_language
from evidencebase.text.messages import nearest, quoted

OWN: FieldPath = ("extra", "evidencebase")
"""Where our own settings stand: MkDocs leaves `extra` to whoever uses it."""
KEYWORDS = ("languages", "quick_exit")


def settings(
    document: Document | None, path: str, environment: Mapping[str, str] = os.environ
) -> tuple[Settings, tuple[Diagnostic, ...]]:
    """Return the settings, and what is wrong with them; what is not set is English."""
    if document is None:
        return Settings(""), ()
    value = document.value if isinstance(document.value, dict) else {}
    own = _own(value)
    faults = tuple(_faults(value, own, document, path))
    languages = ["en"] if faults else own.get("languages", ["en"])
    return (
        Settings(
            site_name=str(value.get("site_name") or ""),
            languages=tuple(languages),
            site_url=_from_environment(value.get("site_url"), environment),
            copyright=str(value.get("copyright") or ""),
            quick_exit=own.get("quick_exit", Settings("").quick_exit) if not faults else "",
        ),
        faults,
    )


def _from_environment(value: object, environment: Mapping[str, str]) -> str:
    """Return the text, or what MkDocs would put for `!ENV NAME` and `!ENV [NAME, OTHER, text]`."""
    if isinstance(value, str) and value.startswith("!ENV "):
        return environment.get(value.removeprefix("!ENV ").strip(), "")
    if isinstance(value, list) and value:
        *names, otherwise = value if len(value) > 1 else [*value, None]
        return next((environment[name] for name in names if name in environment), str(otherwise or ""))
    return value if isinstance(value, str) else ""


def _own(value: Any) -> Any:
    for step in OWN:
        value = value.get(step, {}) if isinstance(value, dict) else value
    return value


def _faults(value: dict[str, Any], own: Any, document: Document, path: str) -> Iterator[Diagnostic]:
    def fault(place: FieldPath, message: str, hint: str) -> Diagnostic:
        return Diagnostic(location_of(document, place, path), Code.BROKEN_SETTINGS, message, hint)

    if not value.get("site_name"):
        yield fault(("site_name",), "the site has no name", "write `site_name: …`")
    if not isinstance(own, dict):
        yield fault(OWN, "'evidencebase' is no group of settings", "write `languages: [en]` below it, indented")
        return
    for keyword in own:
        if keyword not in KEYWORDS:
            hint = nearest(keyword, KEYWORDS) or f"settings are: {', '.join(KEYWORDS)}"
            yield fault((*OWN, keyword), f"'{quoted(keyword)}' is no setting", hint)
    exit = own.get("quick_exit", "https://")
    if not isinstance(exit, str) or not exit.startswith("https://"):
        yield fault((*OWN, "quick_exit"), f"'{quoted(exit)}' is no web address", "write `https://…`")
    yield from _language_faults(own, document, path)


def _language_faults(own: dict[str, Any], document: Document, path: str) -> Iterator[Diagnostic]:
    def fault(place: FieldPath, message: str, hint: str) -> Diagnostic:
        return Diagnostic(location_of(document, place, path), Code.BROKEN_SETTINGS, message, hint)

    languages = own.get("languages", ["en"])
    if not isinstance(languages, list) or not languages:
        yield fault((*OWN, "languages"), "'languages' must be a list", "write `languages: [en]`")
        return
    for number, language in enumerate(languages):
        if not isinstance(language, str) or not is_language(language):
            message = f"'{quoted(language)}' is no language"
            yield fault((*OWN, "languages", number), message, "write language codes: en, es, fr, ar")
        elif language in languages[:number]:
            yield fault((*OWN, "languages", number), f"'{language}' stands in the list twice", "delete one of the two")
