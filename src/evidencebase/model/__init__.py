"""The values that pass between the stages: frozen, plain, without a word on files or formats."""

from evidencebase.model.evidence import Ceiling, Citation, Claim, ClaimSource, Name, Reference, StrengthExample
from evidencebase.model.knowledge_base import KnowledgeBase, Page, Settings, Strings
from evidencebase.model.records import Link, Mark, Prose, Record, RecordId, Span
from evidencebase.model.types import Field, IndexStyle, RecordType, Term, Vocabulary
from evidencebase.model.values import Document, FieldPath, FieldValue

__all__ = [
    "Ceiling",
    "Citation",
    "Claim",
    "ClaimSource",
    "Document",
    "Field",
    "FieldPath",
    "FieldValue",
    "IndexStyle",
    "KnowledgeBase",
    "Link",
    "Mark",
    "Name",
    "Page",
    "Prose",
    "Record",
    "RecordId",
    "RecordType",
    "Reference",
    "Settings",
    "Span",
    "StrengthExample",
    "Strings",
    "Term",
    "Vocabulary",
]
