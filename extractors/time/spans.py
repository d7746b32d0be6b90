"""Words that are a span of time and nothing else: "12 months", "a 6-month", "four to five years"."""

from __future__ import annotations

from extractors.rules.rule import Glue
from extractors.text import folded, lower_same_length
from extractors.time.atoms import SLOTS
from extractors.time.durations import Days, duration_days

_SPAN = Glue(r"(?:(?:for|over|a|the) )?{duration}", SLOTS)


def duration_in(words: str) -> Days | None:
    """The days that the words of a duration tell, from the least to the most; None where they tell none."""
    if not words:
        return None
    body = lower_same_length(folded(words.strip()))
    found = _SPAN.fills(body, 0, len(body))
    return None if found is None else duration_days(found["count"], found["unit"], found["upto"])
