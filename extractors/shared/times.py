"""Time expressions: when something was, relative to delivery, to the first visit or in gestation.

Weeks of gestation are counted from the last menstrual period; delivery is taken at 40 weeks 0
days (ACOG Committee Opinion 700), a month as 30.44 days (365.25 / 12).
"""

from __future__ import annotations

from extractors.base import TimeRef
from extractors.shared.view import Sentence, View

DAYS_PER_MONTH = 365.25 / 12
TERM_DAYS = 280


def find_times(view: View, sentence: Sentence) -> tuple[TimeRef, ...]:
    """All time expressions of a sentence, in order, with absolute offsets."""
    return ()


def time_of(view: View, sentence: Sentence, start: int, end: int) -> TimeRef | None:
    """The time expression that governs the words [start, end): nearest in the clause, else the
    sentence's leading one, else the one carried over from the sentence before."""
    return None
