"""The values that pass between the stages: frozen, plain, without a word on files or formats."""

from evidencebase.model import packing as packing
from evidencebase.model.blocks import Block, Inline
from evidencebase.model.evidence import Ceiling, Citation, Claim, ClaimSource, Name, Reference, StrengthExample
from evidencebase.model.knowledge_base import KnowledgeBase, Page, Settings, Strings
from evidencebase.model.outlines import Face, Outline
from evidencebase.model.parts import Chapter, Download, Entry, Line, Part, Printed
from evidencebase.model.records import Drift, Link, Mark, Prose, Record, RecordId, Span, Translation
from evidencebase.model.types import Field, IndexStyle, RecordType, Term, Vocabulary
from evidencebase.model.values import Document, FieldPath, FieldValue

__all__ = [
    "Block",
    "Ceiling",
    "Chapter",
    "Citation",
    "Claim",
    "ClaimSource",
    "Document",
    "Download",
    "Drift",
    "Entry",
    "Face",
    "Field",
    "FieldPath",
    "FieldValue",
    "IndexStyle",
    "Inline",
    "KnowledgeBase",
    "Line",
    "Link",
    "Mark",
    "Name",
    "Outline",
    "Page",
    "Part",
    "Printed",
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
    "Translation",
    "Vocabulary",
]
