"""What a calendar date dates: a birth, or the results told beside it."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.base import TimeRef
from extractors.rules.rule import Glue
from extractors.text import Sentence, View
from extractors.time.calendar import BOOK, dates_in
from extractors.time.dates import DATE
from extractors.time.times import find_times
from extractors.timeline import relations
from extractors.timeline.moments import BORN, DATED, DATED_ON
from extractors.timeline.rules import BEGUN_AT, BIRTH_BEFORE, BIRTH_BEHIND, DUE, ENDED_BEFORE
from extractors.timeline.told import EventMention

#: So many characters before a date its verb stands; so near to its sentence's beginning it opens it.
_REACH, _OPENING, _LEAD = 110, 45, 8
#: So many characters behind a birth's verb its own date stands.
_ITS_DATE = 40
#: So many sentences behind that of a date are of that date, too.
_CARRIED = 4
#: A date at which something began or ended that went on.
_LASTING = Glue(r"\b(?:since|until|till|from|before) (?:the )?(?:(?:early|mid|late|year) )?[\w .,/-]{4,16}$")
#: Right before a date: the value that it dates.
_BEHIND_A_VALUE = Glue(r"\d(?: ?[\w%/.²^]{1,9})?(?: in| on|,? ?[(\[](?:in )?) ?$")


def timed_by(v: View, s: Sentence) -> tuple[TimeRef, ...]:
    """The times and the dates of a sentence, in order."""
    dates = dates_in(v, s)
    return tuple(sorted((*find_times(v, s), *dates), key=lambda t: t.start)) if dates else find_times(v, s)


def dated(v: View) -> Iterator[EventMention]:
    """Births with their dates, and stretches of the text that are of one date."""
    for s in v.sentences:
        dates = dates_in(v, s) if BOOK.possible(v, s) else ()
        for place, date in enumerate(dates):
            if is_birthday(v, s, date):
                yield _made(relations.BORN_ON.name, BORN, date, date.start)
            elif (
                not _is_of_treatment(v, s, date)
                and _LASTING.within(v.lower, max(s.start, date.start - _LEAD), date.end) is None
            ):
                start, stop = _stretch(v, s, dates, place)
                yield _made(relations.DATED.name, DATED, date, start, stop)
                if place + 1 == len(dates) and date.start - s.start <= _OPENING and stop == s.end:
                    yield _made(relations.DATED.name, DATED_ON, date, s.end, _carried(v, s))


def _made(rule: str, event: str, date: TimeRef, start: int, until: int = 0) -> EventMention:
    days = (0, 0) if event == BORN else None
    return EventMention(
        start=start, end=max(date.end, start), rule=rule, event=event, days=days, time=date, until=until
    )


def is_birthday(v: View, s: Sentence, date: TimeRef) -> bool:
    """Whether a time is a date, that of a birth told in its clause."""
    if date.anchor != DATE:
        return False
    begin = max(s.start, date.start - _REACH)
    told = BIRTH_BEFORE.within(v.lower, begin, date.start)
    if told is None:
        told = BIRTH_BEHIND.behind(v.lower, date.end, s.end)
        if told is not None and any(0 <= d.start - told.end() <= _ITS_DATE for d in dates_in(v, s)):
            return False  # "felt pain in January 2010 and delivered a boy in March 2010"
    return told is not None and DUE.within(v.lower, begin, min(s.end, date.end + _REACH)) is None


def _is_of_treatment(v: View, s: Sentence, date: TimeRef) -> bool:
    """Whether a date is that of a treatment's begin or end, or of what went on since then."""
    begin = max(s.start, date.start - _REACH)
    if _LASTING.within(v.lower, max(s.start, date.start - _LEAD), date.end):
        return True
    return any(glue.within(v.lower, begin, date.start) for glue in (BEGUN_AT, ENDED_BEFORE))


def _stretch(v: View, s: Sentence, dates: tuple[TimeRef, ...], place: int) -> tuple[int, int]:
    """The part of a sentence that is of a date: behind it, and before it where it follows a value."""
    date = dates[place]
    before = dates[place - 1].end if place else s.start
    if _BEHIND_A_VALUE.within(v.lower, before, date.start):
        return before, date.end
    last = place + 1 == len(dates)
    start = date.start if place else s.start
    if not last:
        return start, _next_begin(v, dates[place + 1], date.end)
    return start, s.end


def _next_begin(v: View, following: TimeRef, start: int) -> int:
    """Where the part of the next date begins."""
    value = _BEHIND_A_VALUE.within(v.lower, start, following.start)
    return value.start() if value else following.start


def _carried(v: View, s: Sentence) -> int:
    """Where the story goes on to another time behind a sentence that a date opens."""
    end = s.end
    for following in v.sentences[s.index + 1 : s.index + 1 + _CARRIED]:
        if following.zone is not s.zone or timed_by(v, following):
            break
        end = following.end
    return end
