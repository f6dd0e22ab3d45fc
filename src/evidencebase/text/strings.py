"""Interface texts in one language: looked up by key, with plural forms by the rules of the language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evidencebase.model import Strings
from evidencebase.text.locales import plural_form, shown_number


def strings(language: str, values: Mapping[str, Any]) -> Strings:
    """Return the texts of one language from the nested values of its file."""
    return Strings(language, dict(_flat("", values)))


def say(strings: Strings, key: str, **values: object) -> str:
    """Return the text with its placeholders filled; a text with plural forms takes its form from `count`.

    Raises KeyError for a key the language does not have.
    """
    text = strings.texts[key]
    if not isinstance(text, str):
        count = values["count"]
        assert isinstance(count, int)
        text = text.get(plural_form(count, strings.language)) or text["other"]
        values["count"] = shown_number(count, strings.language)
    return text.format(**values) if values else text


def colon(strings: Strings, title: object) -> str:
    """Return a title as it stands before what it announces: `Title:`."""
    return say(strings, "punctuation.colon", text=title)


def announcing(strings: Strings, title: object, text: object) -> str:
    """Return a title with the text that it announces: `Title: text`."""
    return f"{colon(strings, title)} {text}"


def apart(strings: Strings, texts: Sequence[object]) -> str:
    """Return texts that hold commas themselves as one list: `a, b; c`."""
    return " ".join([*(say(strings, "punctuation.semicolon", text=text) for text in texts[:-1]), *map(str, texts[-1:])])


def _flat(prefix: str, values: Mapping[str, Any]) -> list[tuple[str, str | Mapping[str, str]]]:
    rows: list[tuple[str, str | Mapping[str, str]]] = []
    for key, value in values.items():
        if not isinstance(value, dict):
            rows.append((f"{prefix}{key}", str(value)))
        elif "other" in value:
            rows.append((f"{prefix}{key}", value))
        else:
            rows.extend(_flat(f"{prefix}{key}.", value))
    return rows
