"""Time expressions: when something was, relative to delivery, to the first visit or in gestation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extractors.base import Since, TimeRef
from extractors.rules.book import Book, Found
from extractors.rules.rule import Glue, Rule
from extractors.text import Sentence, View
from extractors.time import ago, chained, course, delivery, gestation, periods, story, visits
from extractors.time.atoms import SLOTS
from extractors.time.durations import duration_days
from extractors.time.when import MOTHERHOOD, When

#: Whatever says when; where two overlap the earlier rule's counts. What holds a duration with its anchor
#: comes before what holds one alone.
BOOK = Book(
    "time",
    (
        *delivery.CHILD,
        *gestation.EXACT,
        *gestation.COUNTED,
        *delivery.COUNTED,
        *ago.RULES,
        *delivery.AROUND,
        *gestation.BARE,
        *delivery.NAMED,
        *gestation.NAMED,
        *periods.PERIODS,
        *gestation.PERIODS,
        *chained.RULES,
        *visits.COUNTED,
        *course.RULES,
        *visits.PHASE,
    ),
    SLOTS,
)
#: Words of a later value.
LATER = Book(
    "time.later",
    (
        Rule(
            "changed to",
            r"\b(?:{changed}|(?:was|were|is|now|back) up|(?<!\d )down) "  # "from T10 down to L4" is no change
            r"(?:(?:slightly|markedly|significantly|further|only|again|back|sharply|steadily) )?"
            r"(?:to|by|at|from)\b",
            says={"The T-score rose to -1.9.": "rose to", "It had markedly improved to 2.": "improved to"},
            silent=("The T-score was -1.9.", "Fractures from T10 down to L4"),
        ),
        Rule(
            "later",
            r"\b{later on}\b",
            says={"The last control was normal.": "last control", "It normalized.": "normalized"},
            silent=("It was normal.",),
        ),
    ),
    SLOTS,
)

#: A duration whose unit or birth is told with the next one: "3 weeks and 2 months post partum".
_SHARING = Glue(r"(?<![\w.+])(?P<span>{duration})(?P<joint>,? (?:and|or) (?:(?:at|after) )?|, )$", SLOTS)
#: So many characters before a duration one that shares its anchor may begin.
_SHARING_REACH = 60


def _holds(view: View, sentence: Sentence, when: When) -> bool:
    """Whether a sentence speaks of what a reading depends on."""
    if not when.given:
        return True
    motherhood = story.of_motherhood(view, sentence)
    return motherhood if when.given == MOTHERHOOD else (
        not motherhood and story.tells(story.TREATMENT, view, sentence)
    )  # fmt: skip


def _place(found: Found) -> tuple[int, int]:
    """Where the words of the time itself stand in the sentence."""
    groups = found.match.groupdict()
    return found.match.span("time" if "time" in groups else 0)


def _shared(view: View, sentence: Sentence, found: Found) -> Iterator[TimeRef]:
    """The durations listed before one that is counted from a delivery."""
    groups = found.match.groupdict()
    if not groups.get("span"):
        return
    start = found.match.start("span")
    last = True
    while earlier := _SHARING.within(sentence.lower, max(0, start - _SHARING_REACH), start):
        days = duration_days(earlier["count"], earlier["unit"], earlier["upto"])
        if days is None or (last and earlier["joint"] == ", "):
            return
        start, last = earlier.start("span"), False
        yield _made(view, sentence, When("delivery", *days), *earlier.span("span"))


def _made(view: View, sentence: Sentence, when: When, start: int, end: int) -> TimeRef:
    begin, stop = sentence.start + start, sentence.start + end
    words = view.text[begin:stop]
    said = when.anchor, when.low, when.high, when.phase, when.pregnancy
    return TimeRef(begin, stop, words, *said, since=_since(when))


def _since(when: When) -> Since | None:
    low, high = when.lag or (when.low, when.high)
    return None if not when.since or low is None or high is None else Since(when.since, low, high)


def _readings(view: View, sentence: Sentence) -> Iterator[TimeRef]:
    for found in BOOK.find(view, sentence):
        when = found.read()
        if when is None or not _holds(view, sentence, when):
            continue
        yield _made(view, sentence, when, *_place(found))
        if when.anchor == "delivery" and when.low > 0:
            yield from _shared(view, sentence, found)


def find_times(view: View, sentence: Sentence) -> tuple[TimeRef, ...]:
    """All time expressions of a sentence, in order, with absolute offsets; the more specific wins."""
    key = ("times", sentence.index)
    cached: tuple[TimeRef, ...] | None = view.cache.get(key)
    if cached is None:
        kept: list[TimeRef] = []
        for time in _readings(view, sentence):
            if all(time.end <= k.start or time.start >= k.end for k in kept):
                kept.append(time)
        cached = tuple(sorted(kept, key=lambda t: t.start))
        view.cache[key] = cached
    return cached


#: Before a time the counts that share its unit: "at 2 and 4 months".
_CHAIN = Glue(
    r"\b(?:at|after|on|by|between|days?|weeks?|months?) (?:\d{1,3}(?:, (?:and )?| (?:and|or|to) ))+$"
)
_BEHIND = Glue(
    r" ?[)\]]?\s(?:(?:at|after|on|in|by) (?:the )?)?|"
    r"(?: ?(?:sd|%|[a-z]{1,4}/[\w.]{1,6}))? ?[(\[](?:(?:at|after|in|by) (?:the )?)?"
)


def counted_spans(view: View, sentence: Sentence) -> list[tuple[int, int]]:
    """Where the times of a sentence stand (absolute), the counts that share a unit included."""
    out: list[tuple[int, int]] = []
    for time in find_times(view, sentence):
        chain = _CHAIN.within(view.lower, max(sentence.start, time.start - 40), time.start)
        out.append((chain.start() if chain else time.start, time.end))
    return out


def time_behind(view: View, sentence: Sentence, end: int) -> TimeRef | None:
    """The time right behind a value that ends at `end` ("-3.1 at 12 months and -2.7 at 24 months")."""
    times = find_times(view, sentence)
    return next(
        (
            t
            for t in times
            if end <= t.start and _BEHIND.fills(view.folded, end, t.start) and not _of_an_aside(view, t)
        ),
        None,
    )


def _of_an_aside(view: View, time: TimeRef) -> bool:
    """Whether a time opens a bracket and is that of the value in it: "-1.9 (baseline -3.0)"."""
    opens = view.lower[time.start - 1 : time.start] == "("
    return opens and _ITS_VALUE.behind(view.folded, time.end) is not None


_ITS_VALUE = Glue(r"(?: (?:value|score|[tz]-?score))?[:=,]?(?: (?:was|of))? ?[-+~]? ?\d")
#: The last alternative: "..., and zoledronic acid was given | a month later", which says when that was done.
_CLAUSE_BREAK = Glue(
    r";|\b(?:but|whereas|while|then|(?:as )?compared (?:with|to)|versus|vs|from|"
    r"and (?:after|at|one|two|three|six|\d+))\b|"
    r"(?:,|\band)(?! (?:was|were|had)\b)[^,;]{3,80} (?:was|were|had been) (?:\w+ly |then |also ){0,2}"
    r"(?:given|started|begun|commenced|initiated|introduced|administered|infused|injected|prescribed|"
    r"performed|done|carried out|inserted|stopped|discontinued|withdrawn|weaned)\b"
)
#: Right before a time that opens the next clause: "a brace was fitted, and | half a year later".
_OPENS_NEXT = Glue(r"(?:,|\b(?:was|were|had|been|has)\b[^,;]{0,40}) and $")
_PICTURED = Glue(visits.PICTURED)
#: The picture that follows the first one.
_NEXT_PICTURE = Glue(
    r"subsequent(?:ly)?,? (?:[\w/-]+ ){0,4}?(?:mri|mris|magnetic resonance|ct|cts|computed tomograph\w+|"
    r"bone scan|bone scintigraphy|scintigraphy|radiographs?|x-?rays?|imaging|scans?|mdct|pet|spect)\b"
)
#: So many sentences before it are looked at for a treatment.
_WORK_UP_SENTENCES = 30
#: A time this near to a sentence's beginning (characters) opens a stretch of the story.
_OPENING = 14
#: So many sentences a time may be carried on.
_CARRIED_SENTENCES = 5


def time_of(view: View, sentence: Sentence, start: int, end: int) -> TimeRef | None:
    """The time that governs the words [start, end): the nearest before them in the sentence, else the
    nearest after them in their clause, else words of a later value, else a time that opened an
    earlier sentence of the paragraph."""
    times = find_times(view, sentence)
    before = [t for t in times if t.end <= end and t.start < start]
    if len(before) > 1:
        open_ones = [t for t in before if not (_of_an_aside(view, t) and ")" in view.lower[t.end : start])]
        before = open_ones or before
    told = [t for t in before if _PICTURED.fills(view.lower, t.start, t.end) is None]
    if before:
        return told[-1] if told else _carried(view, sentence) or before[-1]
    for time in times:
        if time.start < end or time.text.lower() == "after which":
            continue
        between = view.lower, end, time.start
        if not (_CLAUSE_BREAK.within(*between) or _OPENS_NEXT.within(*between)):
            return time
    return _later(view, sentence, end) or _carried(view, sentence)


def _later(view: View, sentence: Sentence, end: int) -> TimeRef | None:
    """A follow-up told by its verb alone ("the T-score rose to -1.9")."""
    found = LATER.first(view, sentence, end=end)
    if found is None or (_NEXT_PICTURE.behind(view.lower, found.start) and _untreated(view, sentence)):
        return None
    return TimeRef(found.start, found.end, "", "baseline", None, None, "follow-up")


def _untreated(view: View, sentence: Sentence) -> bool:
    """Whether nothing was done to the patient in the sentences before: a further picture is of the first
    work-up."""
    before = view.sentences[max(0, sentence.index - _WORK_UP_SENTENCES) : sentence.index]
    return not any(
        story.tells(story.INTERVENTION, view, s) and story.intervened(view, s, s.start, s.end, mishaps=False)
        for s in (*before, sentence)
    )


def _carried(view: View, sentence: Sentence) -> TimeRef | None:
    """The follow-up or baseline time that opened the nearest earlier sentence of the paragraph."""
    earlier = view.previous(sentence)
    for _ in range(_CARRIED_SENTENCES):
        if earlier is None:
            return None
        for time in find_times(view, earlier):
            if time.start - earlier.start <= _OPENING:
                return replace(time, carried=True) if time.phase in ("follow-up", "baseline") else None
        earlier = view.previous(earlier)
    return None
