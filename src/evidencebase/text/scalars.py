"""What a value without quotation marks stands for, by the core rules of YAML 1.2.

https://yaml.org/spec/1.2.2/#103-core-schema, without the forms that authors take for text: hexadecimal, infinity.
"""

from __future__ import annotations

import re
from typing import Any

_INTEGER = re.compile(r"[-+]?[0-9]+")
_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_WORDS = {"true": True, "True": True, "false": False, "False": False, "": None, "~": None, "null": None}


def unquoted(text: str) -> Any:
    """Return the truth value, number or nothing that the text stands for, or the text itself."""
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text) if len(text) < 20 else text
    if _NUMBER.fullmatch(text) and len(text) < 40:
        return float(text)
    return text
