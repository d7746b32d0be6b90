"""Times relative to delivery: those told as such, and those that the words before make so.

"She had a cesarean section. Ten days later ..." and "At four months it was so bad" tell no anchor
of their own; they take it from the delivery, the onset or the pregnancy that the paragraph has just
spoken of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.base import TimeRef
from extractors.onset.by_date import BY_DATE, dated
from extractors.onset.relative_rules import BARE, LATER, Bare, Later, bare_count
from extractors.rules.book import Found
from extractors.rules.rule import Glue
from extractors.text import Sentence, View
from extractors.time import durations as du
from extractors.time import story
from extractors.time.atoms import SLOTS
from extractors.time.times import find_times

_ANCHORS = ("delivery", "gestation")
#: Weeks that are those of a pregnancy, unless counted from a birth outright.
_LATE_WEEKS = range(20, 43)
#: "delivered in the 37th week"
_BORN_IN = Glue(
    r"\b(?:deliver(?:ed|y)|birth|born|c(?:a?e|a)sarean(?: section)?|section|labou?r|induced) "
    r"(?:[\w-]+ ){0,3}$",
    SLOTS,
)
#: Before a time: what is told was before the visit.
_HAD = Glue(r"\bhad (?:(?:been|already|first|\w+ly) ){0,2}[\w-]+ ")
#: A birth by an operation, and another operation.
_SECTION = Glue(r"c(?:ae|e|a)sar|c-?section|lscs")
_OPERATED = Glue(r"\b(?:\w+(?:ectomy|otomy|plasty|scopy)|re-?operat\w+|embolization|revision)\b")
#: A week after this is no pregnancy's any more.
_LATEST = 14
#: How many sentences back a delivery may have been told.
_REACH = 2
#: How many sentences back the anchor of a bare "at four months" may have been told.
_ANCHOR_REACH = 6
#: Months of a pregnancy as they are counted.
_MONTHS = 10
#: A time that spans more days is too vague to count from.
_EXACT = 45
#: What is counted from a birth or an onset and lies further away concerns something else.
_COUNTED_AT_MOST = 400
#: So far before a time (characters) a birth may stand whose time it is.
_BIRTH_REACH = 60
#: What a treatment itself brings about begins within so many days.
_SOON = 1
#: How sure a time counted from a birth, from another event, a bare one and a date are.
_FROM_BIRTH, _FROM_EVENT, _FROM_STORY, _FROM_DATE = 0.75, 0.6, 0.7, 0.9


@dataclass(frozen=True, slots=True)
class DatedTime:
    """A time with its days from delivery; `rule` is "" where the text gives the anchor itself."""

    ref: TimeRef
    anchor: str
    days_min: int
    days_max: int
    rule: str = ""
    certainty: float = 1.0

    @property
    def start(self) -> int:
        """Absolute offset."""
        return self.ref.start

    @property
    def end(self) -> int:
        """Absolute offset."""
        return self.ref.end


@dataclass(frozen=True, slots=True)
class _Base:
    """Days from delivery of what a later time counts from."""

    low: int
    high: int
    pregnancy: int | None
    certainty: float


class DeliveryTimes:
    """The times of a view's sentences that can be counted from delivery."""

    def __init__(self, v: View) -> None:
        self._view = v
        self._known: dict[int, list[DatedTime]] = {}
        self._learned: dict[int, DatedTime] = {}

    def learn(self, s: Sentence, time: DatedTime) -> None:
        """Remember the last event dated in a sentence; "ten days later" counts from it."""
        self._learned[s.index] = time

    def of(self, s: Sentence) -> list[DatedTime]:
        """The times of a sentence in order."""
        known = self._known.get(s.index)
        if known is None:
            known = _without_echoes(sorted(self._find(s), key=lambda t: t.start))
            self._known[s.index] = known
        return known

    def _back(self, s: Sentence, reach: int) -> Iterator[Sentence]:
        """A sentence and those before it in the paragraph, the nearest first."""
        for index in range(s.index, max(-1, s.index - reach - 1), -1):
            earlier = self._view.sentences[index]
            if earlier.zone is not s.zone:
                return
            yield earlier

    def _near_birth(self, s: Sentence) -> bool:
        """Whether a sentence, or one just before it in the paragraph, speaks of pregnancy or birth."""
        return any(
            b.index in self._learned
            or story.tells(story.MOTHERHOOD, self._view, b)
            or story.tells(story.BIRTH, self._view, b)
            or any(r.anchor in _ANCHORS for r in find_times(self._view, b))
            for b in self._back(s, _ANCHOR_REACH)
        )

    def _find(self, s: Sentence) -> list[DatedTime]:
        out = [
            DatedTime(r, r.anchor, r.days_min, r.days_max)
            for r in find_times(self._view, s)
            if r.anchor in _ANCHORS and r.days_min is not None and r.days_max is not None
        ]
        out += [
            DatedTime(date, "delivery" if high >= 0 else "gestation", low, high, BY_DATE, _FROM_DATE)
            for date, low, high in dated(self._view, s)
        ]
        told = [(found, found.read()) for book in (LATER, BARE) for found in book.find(self._view, s)]
        if told and (self._near_birth(s) or story.tells(story.AT_WEEKS, self._view, s)):
            for found, said in told:
                time = self._relative(s, found, said)
                if time is not None and all(time.end <= o.start or time.start >= o.end for o in out):
                    out.append(time)
        return out

    def _relative(self, s: Sentence, found: Found, said: Later | Bare | None) -> DatedTime | None:
        if isinstance(said, Later):
            return self._later(s, found, said)
        return self._bare(s, found, said) if said is not None else None

    def _later(self, s: Sentence, found: Found, said: Later) -> DatedTime | None:
        if said.operated:
            base = self._section(s, found.start)
        else:
            base = self._reference(s, found.start, said.high <= _SOON)
        if base is None or said.high > _COUNTED_AT_MOST:
            return None
        low, high = base.low + said.low, base.high + said.high
        anchor = "delivery" if high >= 0 else "gestation"
        return self._made(found, anchor, (low, high), base.certainty, base.pregnancy)

    def _section(self, s: Sentence, at: int) -> _Base | None:
        """The day of the caesarean told before a place, where no other operation was told since."""
        for earlier in self._back(s, _ANCHOR_REACH):
            limit = min(at, earlier.end)
            ends = [
                end
                for start, end in story.births(self._view, earlier, limit)
                if _SECTION.behind(self._view.lower, start)
            ]
            if _OPERATED.within(self._view.lower, max([earlier.start, *ends]), limit):
                return None
            if ends:
                return _Base(0, 0, None, _FROM_BIRTH)
        return None

    def _reference(self, s: Sentence, at: int, soon: bool) -> _Base | None:
        """Days from delivery of what was told last before a place: the birth itself or a dated event.

        None where something undated befell the patient since. What comes `soon` after a dated treatment is
        its effect.
        """
        for earlier in self._back(s, _REACH):
            limit = min(at, earlier.end)
            told = self._last_dated(earlier, limit)
            births = [end for _, end in story.births(self._view, earlier, limit)]
            since = max([earlier.start, *births, *([told.end] if told else [])])
            if told is not None and (
                not births or (told.end >= births[-1] and not self._of_birth(earlier, told))
            ):
                if soon and story.intervened(self._view, earlier, since, limit, mishaps=False):
                    return None
                return _Base(told.days_min, told.days_max, told.ref.pregnancy, _FROM_EVENT)
            if story.intervened(self._view, earlier, since, limit):
                return None
            if births:
                return _Base(0, 0, None, _FROM_BIRTH)
        return None

    def _last_dated(self, s: Sentence, limit: int) -> DatedTime | None:
        """The last time from delivery or in gestation told before a place, vague ones left out."""
        best: DatedTime | None = self._learned.get(s.index)
        if best is not None and best.end > limit:
            best = None
        for r in find_times(self._view, s):
            if r.end > limit or r.anchor not in _ANCHORS or r.days_min is None or r.days_max is None:
                continue
            if r.days_max - r.days_min <= _EXACT and (best is None or r.start > best.start):
                best = DatedTime(r, r.anchor, r.days_min, r.days_max)
        return best

    def _bare(self, s: Sentence, found: Found, told: Bare) -> DatedTime | None:
        anchor = self._anchor_before(s, found.start)
        if told.unit == "week" and _is_late(told):
            anchor = self._late_weeks(s, found, told, anchor)
        if anchor is None:
            return None
        if anchor == "delivery" and self._had_begun(s, found.start, told):
            anchor = "gestation"
        days = _in_pregnancy(told) if anchor == "gestation" else _after_birth(told)
        return None if days is None else self._made(found, anchor, days, _FROM_STORY, None)

    def _had_begun(self, s: Sentence, at: int, told: Bare) -> bool:
        """Whether a month is one before the visit told last, and too late to lie between birth and visit:
        "seen three weeks after delivery. Pain had begun in the 8th month"."""
        if not (told.nth and told.unit == "month") or _HAD.within(self._view.lower, s.start, at) is None:
            return False
        days = _after_birth(told)
        known = (self._last_dated(b, min(at, b.end)) for b in self._back(s, _REACH))
        last = next((time for time in known if time is not None), None)
        return last is not None and days is not None and last.anchor == "delivery" and days[0] > last.days_max

    def _late_weeks(self, s: Sentence, found: Found, told: Bare, anchor: str | None) -> str | None:
        """What weeks as late as a pregnancy's last ones count from, None where that stays open."""
        if _BORN_IN.within(self._view.lower, s.start, found.start):
            return None  # "delivered in the 37th week"
        if anchor is None and self._with_child(s, found.start):
            return "gestation"
        if anchor == "delivery":
            return "gestation" if told.nth else None
        return anchor

    def _anchor_before(self, s: Sentence, at: int) -> str | None:
        """The anchor of the last time told before a place in the paragraph.

        None where that is the birth and a treatment, an operation or a fall was told since.
        """
        treated = False
        for earlier in self._back(s, _ANCHOR_REACH):
            refs = [ref for ref in reversed(find_times(self._view, earlier)) if ref.end <= at]
            treated = treated or self._treated_since(earlier, refs, min(at, earlier.end))
            for ref in refs:
                if ref.anchor == "gestation" and not self._of_birth(earlier, ref):
                    return "gestation"
                if ref.anchor in _ANCHORS:  # also "was delivered at 38 weeks. On the third day ..."
                    return None if treated else "delivery"
                if ref.phase == "follow-up":
                    return None
        return self._told_before(s, at)

    def _treated_since(self, s: Sentence, refs: Sequence[TimeRef], limit: int) -> bool:
        """Whether a treatment, an operation or a fall was told behind the sentence's births and times."""
        births = [end for _, end in story.births(self._view, s, limit)]
        return story.intervened(self._view, s, max([s.start, *births, *(r.end for r in refs)]), limit)

    def _with_child(self, s: Sentence, at: int) -> bool:
        """Whether the paragraph before a place tells of a pregnancy and not yet of a birth."""
        for earlier in self._back(s, _ANCHOR_REACH):
            if self._tells(story.BIRTH, earlier, at) or self._tells(story.TREATED, earlier, at):
                return False
            if self._tells(story.PREGNANCY, earlier, at):
                return True
        return story.anywhere(story.PREGNANCY, self._view)

    def _told_before(self, s: Sentence, at: int) -> str | None:
        """The pregnancy or the birth that was told last, without a time, just before a place."""
        for earlier in self._back(s, _REACH):
            if self._tells(story.TREATED, earlier, at):
                return None
            limit = min(at, earlier.end)
            births = [start for start, _ in story.births(self._view, earlier, limit)]
            pregnancies = [f.start for f in story.WITH_CHILD.find(self._view, earlier) if f.end <= limit]
            if births or pregnancies:
                return "delivery" if max(births, default=-1) > max(pregnancies, default=-1) else "gestation"
        return None

    def _tells(self, book: story.Book, s: Sentence, at: int) -> bool:
        return book.first(self._view, s, end=min(at, s.end)) is not None

    def _of_birth(self, s: Sentence, time: DatedTime | TimeRef) -> bool:
        """Whether a time is that of the birth told just before it ("delivered at 39 weeks")."""
        begin = max(s.start, time.start - _BIRTH_REACH)
        told = story.BIRTH.first(self._view, s, begin, time.start)
        return time.anchor == "gestation" and told is not None

    def _made(
        self, found: Found, anchor: str, days: du.Days, certainty: float, pregnancy: int | None
    ) -> DatedTime:
        words = self._view.text[found.start : found.end]
        ref = TimeRef(found.start, found.end, words, anchor, *days, "", pregnancy)
        return DatedTime(ref, anchor, *days, found.rule.name, certainty)


def _is_late(told: Bare) -> bool:
    """Whether a count of weeks, "30", "30 + 4" or "37th", is one of late pregnancy."""
    count = bare_count(told)
    return count is not None and _LATE_WEEKS.start <= count < _LATE_WEEKS.stop


def _in_pregnancy(told: Bare) -> du.Days | None:
    if told.unit == "week":
        count = bare_count(told)
        day = du.gestation_days(told.count) if not told.nth else round((count or 0) * 7) - du.TERM_DAYS
        return None if day is None or day > _LATEST else (day, day)
    month = bare_count(told) if told.nth and told.unit == "month" else None
    return None if month is None or month > _MONTHS else du.month_of_pregnancy(int(month))


def _after_birth(told: Bare) -> du.Days | None:
    count = bare_count(told)
    if count is None:
        return None
    return du.nth_span(count, told.unit) if told.nth else du.point(count, told.unit)


def _without_echoes(times: list[DatedTime]) -> list[DatedTime]:
    """Without a vague time completing the one before it ("4th month of lactation after her delivery")."""
    out: list[DatedTime] = []
    for time in times:
        vague = time.days_max - time.days_min >= 42
        if vague and out and time.start - out[-1].end <= 2 and out[-1].days_max - out[-1].days_min < 42:
            continue
        out.append(time)
    return out
