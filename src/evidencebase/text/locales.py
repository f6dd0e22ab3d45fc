"""Names of countries and languages, dates and numbers as each language writes them; the only door to Babel.

Everything comes from the Unicode CLDR data that Babel carries.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal


@cache
def _locale(language: str) -> Locale:
    # Plain English is that of the world, not of the United States: 21 September 2019.
    return Locale.parse("en_001" if language == "en" else language.replace("-", "_"))


def is_country(code: str) -> bool:
    """Tell whether this is a code of ISO 3166-1 alpha-2."""
    return (
        len(code) == 2
        and code.isascii()
        and code.isupper()
        and code in _locale("en").territories
        and code not in ("ZZ", "EU", "EZ", "UN", "XA", "XB", "QO")
    )


def is_language(code: str) -> bool:
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", code):
        return False
    try:
        return _locale(code).language in _locale("en").languages
    except (ValueError, UnknownLocaleError):
        return False


def country_name(code: str, language: str) -> str:
    return str(_locale(language).territories.get(code, code))


def language_name(code: str, language: str) -> str:
    # Named by its own code: the Arabic for "en" is English, not "English of the world".
    return str(Locale.parse(code.replace("-", "_")).get_display_name(language.replace("-", "_")) or code)


def direction(language: str) -> str:
    """Return `rtl` for languages that are written from right to left, else `ltr`."""
    return str(_locale(language).text_direction)


def shown_date(text: str, language: str, precision: str = "day") -> str:
    """Return an ISO date as readers write it; a year, or a month of a year, where no more is known."""
    parts = text.split("-")
    precision = {1: "year", 2: "month"}.get(len(parts), precision)
    if precision == "year":
        return parts[0]
    value = date(int(parts[0]), int(parts[1]), int(parts[2]) if len(parts) == 3 else 1)
    pattern = "long" if precision == "day" else "MMMM y"
    return str(format_date(value, format=pattern, locale=_locale(language)))


def shown_number(value: int | float, language: str) -> str:
    return str(format_decimal(value, locale=_locale(language)))


def joined(words: tuple[str, ...], language: str) -> str:
    """Return the words as one list of the language: `a, b and c`."""
    return str(format_list(list(words), locale=_locale(language)))


def plural_form(count: int | float, language: str) -> str:
    """Return the CLDR plural category of a number: one, two, few, many, other or zero."""
    return str(_locale(language).plural_form(count))
