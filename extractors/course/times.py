"""When an outcome was: the time that governs it, or how long it took ("subsided in three months")."""

from __future__ import annotations

from extractors.base import Since, TimeRef
from extractors.rules.rule import Glue
from extractors.text import Sentence, View
from extractors.time.atoms import SLOTS
from extractors.time.durations import duration_days
from extractors.time.times import find_times, time_of

_TAKEN = r"(?:in|within|over|during|throughout|for|after|under \w+ for|at) "
_SPAN = (
    r"(?:(?:the|a|her|his|an|these|those|this) )?(?:(?:course|period|space) of )?"
    r"(?:(?P<next>next|following|subsequent|ensuing|first|past) )?"
    r"(?P<span>{duration})"
)
#: Behind an outcome: "in three months", "over the next ten weeks", "under romosozumab for twelve months".
_BEHIND = Glue(
    rf"(?: (?!(?:before|until|since|and|but)\b)[\w-]+){{0,4}}? {_TAKEN}{_SPAN}(?! (?:ago|before|earlier|"
    rf"prior|old)\b)",
    SLOTS,
)
#: Before it: "during 2 years of observation no fracture ...".
_BEFORE = Glue(
    rf"\b(?:in|within|over|during|throughout) {_SPAN} (?:(?:of|thereafter|period|her|the|back|all|"
    rf"this)\b)[^.;]{{0,40}}$",
    SLOTS,
)
#: Between a time and an outcome that came after it: "was operated in May and was well | a year later".
_THEN = Glue(r"\band\b|;")
_RIGHT_BEHIND = Glue(r",? (?:(?:at|after|by|from) )?")
_REACH, _TOUCHING = 90, 5
#: The span follows what was told just before.
_BEHIND_IT = frozenset({"next", "following", "subsequent", "ensuing"})


def time_of_outcome(view: View, sentence: Sentence, start: int, end: int) -> TimeRef | None:
    """The time of an outcome told at [start, end) of the text, None where its sentences tell none."""
    times = find_times(view, sentence)
    inside = [t for t in times if start <= t.start and t.end <= end]
    if inside:  # "8 at admission, 2 at | six months"
        right_behind = next((t for t in times if start < t.start <= end + _TOUCHING and end < t.end), None)
        return right_behind or inside[-1]
    time = time_of(view, sentence, start, end)
    if time is not None and sentence.start <= time.start and _THEN.within(view.lower, time.end, start):
        time = next((t for t in times if _RIGHT_BEHIND.fills(view.lower, end, t.start)), time)
    taken = _taken(sentence, start, end)
    if taken is None or (time is not None and time.start >= end):
        return time  # a time behind the outcome says more than how long it took
    behind = next(
        (t for t in find_times(view, sentence) if t.start <= taken.start and taken.end <= t.end), None
    )
    if behind is not None:
        return behind
    dated = time is not None and sentence.start <= time.start and time.days_min is not None
    return time if dated and taken.end < start else taken


def _taken(sentence: Sentence, start: int, end: int) -> TimeRef | None:
    """How long it took, counted from the treatment or the first visit."""
    base = sentence.start
    match = _BEHIND.behind(sentence.lower, end - base) or _BEFORE.within(
        sentence.lower, start - base - _REACH, start - base
    )
    days = duration_days(match["count"], match["unit"], match["upto"]) if match else None
    if match is None or days is None:
        return None
    begin, stop = match.span("span")
    words = sentence.text[begin:stop]
    since = Since("then" if match["next"] in _BEHIND_IT else "course", *days)
    return TimeRef(base + begin, base + stop, words, "baseline", *days, "follow-up", since=since)
