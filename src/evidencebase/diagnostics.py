"""What is wrong with the content, and where: values that checks yield and one place prints."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class KnowledgeBaseError(Exception):
    """Wrong use, not wrong content: no `mkdocs.yml`, an option that makes no sense, a disk that is full."""


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place an author can go to: path from the root of the knowledge base, line and column from 1."""

    path: str
    line: int = 1
    column: int = 1


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


class Code(StrEnum):
    """Every kind of fault, by a name one can say aloud; `docs/contribute/diagnostics.md` explains each."""

    AVOIDED_WORD = "avoided-word"
    BIBTEX_SYNTAX = "bibtex-syntax"
    BROKEN_SCHEMA = "broken-schema"
    BROKEN_SETTINGS = "broken-settings"
    BROKEN_TEMPLATE = "broken-template"
    BROKEN_VOCABULARY = "broken-vocabulary"
    CANNOT_BE_PRINTED = "cannot-be-printed"
    CLAIM_INCOMPLETE = "claim-incomplete"
    CLAIM_NEVER_CHALLENGED = "claim-never-challenged"
    DATES_OUT_OF_ORDER = "dates-out-of-order"
    DUPLICATE_ID = "duplicate-id"
    DUPLICATE_KEY = "duplicate-key"
    EMPTY_FILE = "empty-file"
    FIGURE_WITHOUT_SOURCE = "figure-without-source"
    FRONT_MATTER_MISSING = "front-matter-missing"
    FRONT_MATTER_NOT_CLOSED = "front-matter-not-closed"
    IMAGE_TOO_LARGE = "image-too-large"
    IMAGE_WITHOUT_ALT = "image-without-alt"
    INVALID_VALUE = "invalid-value"
    LINK_OUTSIDE = "link-outside"
    LINK_SCHEME = "link-scheme"
    LINK_TO_DRAFT = "link-to-draft"
    LINK_TO_ITSELF = "link-to-itself"
    MISSING_FIELD = "missing-field"
    MISSING_FILE = "missing-file"
    NAMES_DIFFER_IN_CASE = "names-differ-in-case"
    NOT_A_DATE = "not-a-date"
    NOT_A_SLUG = "not-a-slug"
    NOT_UTF8 = "not-utf8"
    NUMBER_WITHOUT_QUALIFIER = "number-without-qualifier"
    PAGE_TOO_HEAVY = "page-too-heavy"
    REDIRECT_LOOP = "redirect-loop"
    REDIRECT_OVER_PAGE = "redirect-over-page"
    REDIRECT_TWICE = "redirect-twice"
    RETRACTED_REFERENCE = "retracted-reference"
    SHEET_TOO_LONG = "sheet-too-long"
    STRAY_FILE = "stray-file"
    STRENGTH_ABOVE_CEILING = "strength-above-ceiling"
    STRENGTH_WITHOUT_REASON = "strength-without-reason"
    SUPPORT_CONTRADICTS = "support-contradicts"
    SYMLINK_OUTSIDE = "symlink-outside"
    SYNONYM_CIRCLE = "synonym-circle"
    SYNONYM_NOWHERE = "synonym-nowhere"
    TAB_INDENTATION = "tab-indentation"
    TOO_LONG = "too-long"
    TRANSLATION_CITATION = "translation-citation"
    TRANSLATION_DIGEST = "translation-digest"
    TRANSLATION_LANGUAGE = "translation-language"
    TRANSLATION_LIST = "translation-list"
    TRANSLATION_NUMBER = "translation-number"
    TRANSLATION_OF_WITHDRAWN = "translation-of-withdrawn"
    TRANSLATION_REPEATS_FACT = "translation-repeats-fact"
    TRANSLATION_WITHOUT_ORIGINAL = "translation-without-original"
    UNCITED_REFERENCE = "uncited-reference"
    UNKNOWN_ANCHOR = "unknown-anchor"
    UNKNOWN_CLAIM = "unknown-claim"
    UNKNOWN_FIELD = "unknown-field"
    UNKNOWN_RECORD = "unknown-record"
    UNKNOWN_REFERENCE = "unknown-reference"
    UNKNOWN_TERM = "unknown-term"
    UNREADABLE_FILE = "unreadable-file"
    UNSAFE_ATTRIBUTE = "unsafe-attribute"
    UNSAFE_HTML = "unsafe-html"
    UNSAFE_IMAGE = "unsafe-image"
    WRONG_TYPE = "wrong-type"
    YAML_SYNTAX = "yaml-syntax"
    YAML_TOO_COMPLEX = "yaml-too-complex"


WARNINGS = frozenset({
    Code.AVOIDED_WORD, Code.FIGURE_WITHOUT_SOURCE, Code.LINK_TO_DRAFT, Code.PAGE_TOO_HEAVY, Code.SYNONYM_NOWHERE,
    Code.TRANSLATION_NUMBER, Code.UNCITED_REFERENCE, Code.UNSAFE_ATTRIBUTE, Code.UNSAFE_HTML,
})  # fmt: skip
"""What is repaired, left out, or worth a second look; everything else stops the build."""


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    location: Location
    code: Code
    message: str
    """What is wrong, in lower case, with the author's own text quoted."""
    hint: str = ""
    """What to write instead."""

    @property
    def severity(self) -> Severity:
        return Severity.WARNING if self.code in WARNINGS else Severity.ERROR
