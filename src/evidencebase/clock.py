"""Today's date, read once where a command begins and passed on from there."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, date, datetime

from evidencebase.diagnostics import KnowledgeBaseError

EPOCH = "SOURCE_DATE_EPOCH"
"""The agreed name for a fixed clock: https://reproducible-builds.org/specs/source-date-epoch/"""


def today(environment: Mapping[str, str] = os.environ) -> date:
    """Return the day of SOURCE_DATE_EPOCH, else of the clock; raises KnowledgeBaseError where it is no number."""
    fixed = environment.get(EPOCH)
    if not fixed:
        return datetime.now(UTC).date()
    if not fixed.isdigit():
        raise KnowledgeBaseError(f"{EPOCH} must be a number of seconds, not '{fixed}'")
    return datetime.fromtimestamp(int(fixed), UTC).date()


def epoch(day: date) -> str:
    """Return the value of SOURCE_DATE_EPOCH for the beginning of this day."""
    return str(int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()))
