"""How a drug begins and ends, told in its own sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.base import TimeRef
from extractors.drugs.fact import DrugMention
from extractors.text import Sentence, View
from extractors.time.dates import DATE
from extractors.time.durations import Days
from extractors.timeline import relations
from extractors.timeline.dated import timed_by
from extractors.timeline.moments import BEGIN, END
from extractors.timeline.rules import (
    BEGUN,
    BEGUN_THEN,
    COURSE_OF,
    END_OF,
    ENDED_AT,
    IS_OVER,
    LASTED,
    LISTED_FOR,
    OPENS_WITH_THEN,
    RIGHT_BEFORE,
    THEN,
    TO_BIRTH,
    TO_TIME,
    lasted,
)
from extractors.timeline.told import EventMention

_GIVEN = ("given", "stopped")
#: So many characters before a drug its verb stands, and behind it its time.
_VERB_REACH, _TIME_REACH = 60, 80
#: Times that count from a birth or the calendar.
_FIXED = frozenset({"delivery", "gestation", DATE})
#: Times of a course count from a begin, so that none can date it.
_OF_A_COURSE = frozenset({"course", "treatment"})


def courses(v: View, drugs: Sequence[DrugMention]) -> Iterator[EventMention]:
    """The begins and ends of the drugs that were given, where a sentence tells more than the drug's name."""
    given = sorted((m for m in drugs if m.status in _GIVEN), key=lambda m: m.start)
    for place, m in enumerate(given):
        s = v.sentence_at(m.start)
        if s is None or m.context.historical:
            continue
        follower = given[place + 1] if place + 1 < len(given) else None
        stop = follower.start if follower is not None and follower.start < s.end else s.end
        before = given[place - 1] if place else None
        time, lasts = _begun(v, s, m, stop), _lasts(v, s, m, stop)
        follows = _follows(v, s, before, m)
        if time is not None or lasts is not None or follows:
            yield _made(relations.BEGINS.name, m, BEGIN, time, lasts, follows)
        yield from _ended(v, s, m, stop)


def _made(
    rule: str,
    m: DrugMention,
    event: str,
    time: TimeRef | None,
    lasts: Days | None = None,
    follows: str = "",
) -> EventMention:
    return EventMention(
        start=m.start, end=m.end, rule=rule, event=event, time=time, name=m.drug, lasts=lasts, follows=follows
    )


def _begun(v: View, s: Sentence, m: DrugMention, stop: int) -> TimeRef | None:
    """The time behind a drug at which it was begun: behind the verb, or behind a drug that follows it."""
    verb_before = BEGUN.within(v.lower, max(s.start, m.start - _VERB_REACH), m.start)
    for time in timed_by(v, s):
        if not m.start < time.start < max(stop, m.end) or time.start - m.end > _TIME_REACH:
            continue
        if time.since is not None and time.since.event in _OF_A_COURSE and not _is_then(v, m, time):
            continue
        verb = BEGUN.last(v.lower, m.start, time.start)
        begin = max(min(m.end, time.start), verb.end()) if verb else m.end
        if verb and time.start < m.end:
            begin = verb.end()  # the words of a regimen may hold the time
        lead = TO_BIRTH if time.anchor in _FIXED else TO_TIME
        if begin <= time.start and lead.fills(v.lower, begin, time.start) and (verb or verb_before):
            return time
    return None


def _is_then(v: View, m: DrugMention, time: TimeRef) -> bool:
    """Whether a count of the follow-up tells when a drug was begun: "zoledronate was given at 8 weeks"."""
    if time.since is None or time.since.event != "course" or not v.lower.startswith("at ", time.start):
        return False
    return BEGUN_THEN.fills(v.lower, m.end, time.start) is not None


def _lasts(v: View, s: Sentence, m: DrugMention, stop: int) -> Days | None:
    """How long a drug was given, told by a verb behind it or by "a course of" before it."""
    told = LASTED.within(v.lower, m.start, s.end)
    behind = lasted(told) if told is not None and told.start() < stop else None
    if behind is None and BEGUN.within(v.lower, max(s.start, m.start - _VERB_REACH), m.start):
        behind = lasted(LISTED_FOR.behind(v.lower, m.end, s.end))
    return behind or lasted(COURSE_OF.within(v.lower, max(s.start, m.start - _VERB_REACH), m.start))


def _follows(v: View, s: Sentence, before: DrugMention | None, m: DrugMention) -> str:
    """The drug whose end a drug's begin follows, "" for none."""
    if before is None or before.drug == m.drug:
        return ""
    if before.start < s.start:
        return before.drug if OPENS_WITH_THEN.behind(v.lower, s.start) else ""
    between = before.end, m.start
    over = IS_OVER.behind(v.lower, *between) or END_OF.within(v.lower, s.start, before.start)
    return before.drug if over or THEN.within(v.lower, *between) else ""


def _ended(v: View, s: Sentence, m: DrugMention, stop: int) -> Iterator[EventMention]:
    """The end of a drug, and its time where that is told behind the verb."""
    over = IS_OVER.behind(v.lower, m.end, stop)
    if over is None:
        return
    times = timed_by(v, s)
    behind = (t for t in times if over.end() <= t.start and ENDED_AT.fills(v.lower, over.end(), t.start))
    before = (t for t in times if t.end <= m.start and RIGHT_BEFORE.fills(v.lower, t.end, m.start))
    time = next(behind, None) or next(before, None)
    yield _made(relations.ENDS.name, m, END, time)
