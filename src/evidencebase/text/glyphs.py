"""Which characters can be printed: those of the fonts, written down so that nobody need open a font to check a text."""

from __future__ import annotations

import re

COVERED = (
    "20-7e a0-377 37a-37f 384-38a 38c 38e-3a1 3a3-3e1 3f0-52f 600-604 606-61b 61e-6ff 750-77f 8a0 8a2-8ac 8e4-8fe "
    "1ab0-1ac0 1c80-1c88 1d00-1df9 1dfb-1f15 1f18-1f1d 1f20-1f45 1f48-1f4d 1f50-1f57 1f59 1f5b 1f5d 1f5f-1f7d "
    "1f80-1fb4 1fb6-1fc4 1fc6-1fd3 1fd6-1fdb 1fdd-1fef 1ff2-1ff4 1ff6-1ffe 2000-2064 2066-2071 2074-208e 2090-209c "
    "20a0-20bf 20f0 2100-215f 2184 2189 2190-2195 2208 220b 2212 221e 2248 2260 2264-2265 25a0-25a1 25aa 25b2 25bc "
    "25cb-25cc 25cf 2610-2612 2713 2717 2c60-2c7f 2de0-2e52 a640-a69f a700-a7bf a7c2-a7ca a7f5-a7ff a92e ab30-ab6b "
    "fb00-fb06 fb50-fbc1 fbd3-fd3f fd50-fd8f fd92-fdc7 fdf0-fdfd fe00 fe20-fe2f fe70-fe74 fe76-fefc feff fffc-fffd"
)
"""Characters of the fonts of the package, first and last of each run; a test holds them against the fonts."""
_UNSEEN = "0-1f 7f 85 ad 34f 61c 115f-1160 17b4-17b5 180b-180f 200b-200f 2028-202e 2060-206f 3164 d800-dfff"
_UNSEEN_TOO = "fdd0-fdef fe00-fe0f feff ffa0 fff0-fff8 fffe-ffff 1bca0-1bca3 1d173-1d17a e0000-e0fff"
"""Characters that nobody sees: control signs, joiners, variants. They need no glyph, or are left out."""


def _class(runs: str) -> str:
    """Return runs of characters as a regular expression has them."""
    ends = ((first, last or first) for first, _, last in (run.partition("-") for run in runs.split()))
    return "".join(f"{re.escape(chr(int(first, 16)))}-{re.escape(chr(int(last, 16)))}" for first, last in ends)


def named(character: str) -> str:
    """Return a character as messages name it: itself, where one can see it, and its number."""
    number = f"U+{ord(character):04X}"
    return f"'{character}' ({number})" if character.isprintable() else number


WITHOUT_GLYPH = re.compile(f"[^{_class(f'{COVERED} {_UNSEEN} {_UNSEEN_TOO}')}]+")
"""A stretch of a text that cannot be printed."""
