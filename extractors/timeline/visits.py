"""When a patient was seen: beside a time, as an emergency, or so long after a complaint began."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, zip_longest

from extractors.base import Context, TimeRef
from extractors.language.context import context_of
from extractors.onset.fact import OnsetMention
from extractors.onset.phrases import LASTING
from extractors.rules.book import Book, Found
from extractors.text import Sentence, View
from extractors.time import story
from extractors.time.dates import DATE
from extractors.time.durations import Days
from extractors.time.times import find_times
from extractors.timeline import relations
from extractors.timeline.dated import is_birthday, timed_by
from extractors.timeline.moments import AGAIN, SEEN_BEFORE, STATE, TIME, VISIT, born, goes_on
from extractors.timeline.rules import (
    AGAIN_PREGNANT,
    AND_THEN_AFTER,
    ANOTHER_DOCTOR,
    ANOTHER_EVENT,
    AROUND_A_BIRTH,
    BEFORE_THE_VISIT,
    DATED_BACK,
    IS_WHO,
    THAT_DAY,
    URGENT,
    VISITS,
    WHO_IS,
    WOMAN,
)
from extractors.timeline.told import EventMention

#: So many characters behind a visit's verb it may be said to be another doctor's.
_DOCTOR_REACH = 40
#: Between a visit and its time stand no more than so many characters.
_REACH = 110
#: ... and before a time "dated back" does.
_BACK_REACH = 20
#: What a visit may be counted from.
_EVENTS = frozenset({"then", "treatment", "end", "symptom"})
#: The time of a visit, and that of an emergency's symptom, span no more than so many days.
_SPAN, _URGENT_SPAN = 45, 7


def visits(v: View, onsets: Sequence[OnsetMention]) -> Iterator[EventMention]:
    """The visits of a text whose time can be worked out; `onsets` are its dated symptoms."""
    for sentence, found in _by_sentence(v, VISITS):
        times = [t for t in timed_by(v, sentence) if _dates(t) and not is_birthday(v, sentence, t)]
        if (times or onsets) and (seen := [f for f in found if _told(v, sentence, f)]):
            yield from _visit(v, sentence, seen, times, onsets)
    yield from births_before(v)
    yield from _that_day(v)
    yield from _states(v)
    for sentence, found in _by_sentence(v, AGAIN_PREGNANT):
        place = found[0].start, found[0].end
        context = context_of(v, sentence, *place)
        if not (context.negated or context.planned):
            start, end = place
            yield EventMention(start=start, end=end, rule=relations.AGAIN.name, event=AGAIN, context=context)
    for sentence, _ in _by_sentence(v, story.BIRTH):
        yield from _births(v, sentence)


def _that_day(v: View) -> Iterator[EventMention]:
    """The examinations of the day that the sentence, or the one before it, tells."""
    for sentence, found in _by_sentence(v, THAT_DAY):
        before = v.previous(sentence)
        times = [t for t in timed_by(v, sentence) if t.end <= found[0].start]
        times = times or (list(timed_by(v, before)) if before is not None else [])
        if times and _dates(times[-1]) and _told(v, sentence, found[0]):
            yield _made(relations.VISITED.name, found[0], times[-1])


def _states(v: View) -> Iterator[EventMention]:
    """How long after a birth a woman is who is spoken of: "a 30-year-old woman, three months postpartum"."""
    for sentence in v.sentences:
        for time in find_times(v, sentence) if WOMAN.first(v, sentence) else ():
            if time.anchor != "delivery" or not _dates(time) or not time.days_min:
                continue
            before = WHO_IS.within(v.lower, max(sentence.start, time.start - _REACH), time.start)
            if before or IS_WHO.behind(v.lower, time.end, sentence.end):
                context = context_of(v, sentence, time.start, time.end)
                if not (context.general or context.family or context.negated):
                    name = relations.IN_THE_PUERPERIUM.name
                    yield EventMention(start=time.start, end=time.end, rule=name, event=STATE, time=time)


def births_before(v: View) -> Iterator[EventMention]:
    """The visits whose time is told by how long before them the birth was, or something after it."""
    for sentence in v.sentences:
        times = find_times(v, sentence) if story.tells(story.MOTHERHOOD, v, sentence) else ()
        for time, following in zip_longest(times, times[1:]):
            if (days := _by_birth(v, time)) is not None:
                yield _born_before(VISIT, time, days)
            elif following is not None and (days := _by_two(v, time, following)) is not None:
                yield _born_before(VISIT, time, days)
                yield _born_before(SEEN_BEFORE, following, born(following))


def _born_before(event: str, time: TimeRef, days: Days | None) -> EventMention:
    return EventMention(
        start=time.start, end=time.end, rule=relations.BIRTH_BEFORE.name, event=event, days=days
    )


def _by_birth(v: View, time: TimeRef) -> Days | None:
    """The days of a birth that was so long before the visit."""
    days = born(time)
    before = BEFORE_THE_VISIT.within(v.lower, time.start, time.end) or DATED_BACK.within(
        v.lower, time.start - _BACK_REACH, time.start
    )
    return days if days is not None and days[0] > 0 and before else None


def _by_two(v: View, ago: TimeRef, then: TimeRef) -> Days | None:
    """The days of "three years earlier, one month after the birth"."""
    days, since = born(then), ago.since
    if days is None or since is None or since.event != "visit" or since.high >= 0:
        return None
    beside = AND_THEN_AFTER.fills(v.lower, ago.end, then.start)
    return (days[0] - since.high, days[1] - since.low) if beside else None


def _by_sentence(v: View, book: Book) -> Iterator[tuple[Sentence, list[Found]]]:
    """The sentences in which a book finds something, with what it finds."""
    for sentence, found in groupby(book.everywhere(v), key=lambda f: v.sentence_at(f.start)):
        if sentence is not None:
            yield sentence, list(found)


def _told(v: View, s: Sentence, seen: Found) -> bool:
    """Whether a verb tells a visit of the patient to the authors, or to nobody in particular."""
    if ANOTHER_DOCTOR.within(v.lower, seen.end, min(s.end, seen.end + _DOCTOR_REACH)):
        return False
    context = context_of(v, s, seen.start, seen.end)
    return not (context.negated or context.planned or context.general or context.family)


def _births(v: View, s: Sentence) -> Iterator[EventMention]:
    """The birth that a sentence tells as an event: what follows may be counted from it."""
    times = find_times(v, s)
    for start, end in story.births(v, s):
        inside = any(t.start <= start < t.end for t in times)
        if inside or AROUND_A_BIRTH.within(v.lower, max(s.start, start - _REACH), start):
            continue
        context = context_of(v, s, start, end)
        if not (context.negated or context.planned):
            yield EventMention(
                start=start, end=end, rule=relations.BIRTH.name, event=TIME, days=(0, 0), context=context
            )


def _visit(
    v: View, s: Sentence, seen: Sequence[Found], times: Sequence[TimeRef], onsets: Sequence[OnsetMention]
) -> Iterator[EventMention]:
    """The visit of a sentence that tells one: at the time beside its verb, else by what led to it."""
    beside = ((_gap(v, f, t), f, t) for f in seen for t in times)
    best = min((b for b in beside if b[0] is not None), key=lambda b: b[0] or 0, default=None)
    if best is not None:
        yield _made(relations.VISITED.name, best[1], best[2])
        return
    first = seen[0]
    if (days := _of_emergency(v, s, onsets)) is not None:
        yield _made(relations.URGENTLY.name, first, None, days)
        return
    days = _after_complaint(v, s, onsets)
    if days is not None:
        yield _made(relations.LASTING_PAIN.name, first, None, days)


def _made(rule: str, seen: Found, time: TimeRef | None, days: Days | None = None) -> EventMention:
    return EventMention(
        start=seen.start, end=seen.end, rule=rule, event=VISIT, time=time, days=days, context=Context()
    )


def _dates(time: TimeRef) -> bool:
    """Whether a time can date a visit: from a birth, or so long after what is told before."""
    if goes_on(time):
        return False
    if time.since is not None and time.since.event in _EVENTS:
        return True
    if time.anchor not in ("delivery", "gestation", DATE) or time.days_min is None or time.days_max is None:
        return False
    return time.days_max - time.days_min <= _SPAN


def _gap(v: View, seen: Found, time: TimeRef) -> int | None:
    """The characters between a visit and a time, None where the time is that of something else."""
    if time.start < seen.end and seen.start < time.end:
        return 0  # "her 8-week postnatal visit"
    start, stop = (time.end, seen.start) if time.end <= seen.start else (seen.end, time.start)
    if stop - start > _REACH or ANOTHER_EVENT.within(v.lower, start, stop):
        return None
    return abs(stop - start)


def _after_complaint(v: View, s: Sentence, onsets: Sequence[OnsetMention]) -> Days | None:
    """The days from delivery of a visit with so long a complaint whose beginning its paragraph dates."""
    lasting = next(iter(LASTING.find(v, s)), None)
    span: Days | None = lasting.read() if lasting is not None else None
    began = next((m for m in onsets if _is_complaint(m, s)), None)
    if span is None or began is None:
        return None
    return began.days_min + span[0], began.days_max + span[1]


def _is_complaint(m: OnsetMention, s: Sentence) -> bool:
    """Whether a dated onset is that of a complaint named in a sentence of its paragraph."""
    if m.role != "onset" or m.days_max - m.days_min > _SPAN or not s.zone.start <= m.start < s.zone.end:
        return False
    return bool(m.symptom) and m.symptom.split()[-1] in s.lower


def _of_emergency(v: View, s: Sentence, onsets: Sequence[OnsetMention]) -> Days | None:
    """The days from delivery of the symptom that brought an emergency in: the last told before it, else the
    last of its paragraph."""
    if URGENT.first(v, s) is None:
        return None
    zone = s.zone
    near = [m for m in onsets if zone.start <= m.start < zone.end and m.role != "presentation"]
    exact = [m for m in near if m.days_max - m.days_min <= _URGENT_SPAN]
    before = [m for m in exact if m.start < s.end]
    told = (before or exact)[-1:]
    return (told[0].days_min, told[0].days_max) if told else None
