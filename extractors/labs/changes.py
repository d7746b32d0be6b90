"""Words that may tell a result or only that it changed: "decreased", "increased"."""

from __future__ import annotations

from extractors.base import TimeRef
from extractors.labs import glue
from extractors.labs.relations import PREDICATE
from extractors.labs.sentence import Reading, Scan, blanked
from extractors.text import Sentence

_CHANGED = ("increased", "decreased")
#: Marks that a finding of a list stands behind.
_MARKS = (":", ";", ",", "(")


def changed_then(sentence: Sentence, reading: Reading) -> bool:
    """As in "On day 4, her creatinine increased": a change told with its own day came later."""
    span = _told_alone(reading)
    if span is None or sentence.lower[span[0] : span[1]] not in _CHANGED:
        return False
    if glue.WERE_BEFORE.within(sentence.lower, span[0] - 25, span[0]):
        return False
    return glue.ON_DAY.within(sentence.lower, 0, len(sentence.lower)) is not None


def only_less(read: Scan, reading: Reading, time: TimeRef | None) -> bool:
    """As in "A week later her ferritin decreased": it became less than it was, and may be normal."""
    span = _told_alone(reading)
    if span is None or time is None or time.phase != "follow-up":
        return False
    if read.lower[span[0] : span[1]] != "decreased" or _is_finding(read, span[0]):
        return False
    return not glue.IS_BEFORE.within(read.lower, span[0] - 40, span[0])


def _told_alone(reading: Reading) -> tuple[int, int] | None:
    """Where the word behind its test stands, None where a value is told with it."""
    alone = reading.value is None and reading.relation is PREDICATE
    return reading.flag_span if alone else None


def _is_finding(read: Scan, at: int) -> bool:
    """As in "At 6 months: PTH decreased, calcium elevated": the word at `at` is a finding of a list."""
    mark = max(read.lower.rfind(mark, 0, at) for mark in _MARKS)
    if mark < 0 or not _only_tests(read, mark + 1, at):
        return False
    return read.lower[mark] == ":" or any(_is_listed(read, at, r.start) for r in read.results)


def _is_listed(read: Scan, at: int, other: int) -> bool:
    """Whether another result word stands right behind a test, without a verb."""
    return other != at and any(n.end <= other and not read.lower[n.end : other].strip() for n in read.tests)


def _only_tests(read: Scan, start: int, end: int) -> bool:
    """Whether nothing but names of tests and what joins them stands in [start, end)."""
    low = read.lower
    for name in read.tests:
        if start <= name.start and name.end <= end:
            low = blanked(low, name.start, name.end)
    return glue.JOINT.fills(low, start, end) is not None and low[start:end] != read.lower[start:end]
