"""Times relative to delivery: those told as such, and those that the words before make so.

"She had a cesarean section. Ten days later ..." and "At four months it was so bad" tell no anchor
of their own; they take it from the delivery, the onset or the pregnancy that the paragraph has just
spoken of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.base import TimeRef
from extractors.language.numbers import ORDINAL, WORD_NUMBER, parse_count, parse_ordinal
from extractors.rules.topics import BIRTH, UNIT, topics_of
from extractors.text import Sentence, View
from extractors.time import durations as du
from extractors.time.times import find_times, tells_weeks

_ANCHORS = ("delivery", "gestation")
_BIRTH_TOLD = re.compile(
    r"\b(?:deliver(?:ed|y)|gave\sbirth|given\sbirth|was\sborn|birth\s(?:of|to)|c(?:a?e|a)sarean|c-?section|"
    r"lscs|confinement|childbirth|parturition)\b"
)
_LATER = re.compile(
    rf"(?<![\w.])(?:exactly\s|about\s|some\s|only\s|just\s)?{du.DURATION}\s(?P<word>later|thereafter|"
    rf"afterwards?|after\s(?:the|this|that)\s(?:operation|section|event|procedure|birth)|after\s(?:that|"
    rf"this|surgery|the\ssurgery))\b"
)
#: "on the second day after it"
_NTH_LATER = re.compile(
    rf"\b(?P<nth>{ORDINAL})\s(?P<unit>day|week|month)\s(?:after|following)\s(?:it|that|this|"
    r"(?:the|this|that|her)\s(?:operation|section|event|procedure|surgery))\b"
)
_NEXT = re.compile(
    r"\b(?P<word>(?:the\s|on\sthe\s)?(?:next|following)\s(?:day|morning)|"
    r"the\sday\safter(?!\s\w+\s(?:deliver|birth))|the\ssame\s(?:day|night)|that\s(?:same\s)?(?:night|"
    r"evening))\b"
)
_BARE = re.compile(
    rf"\b(?:at|by|from|since|in|until|around|about|on)\s(?:about\s|the\s|around\s|approximately\s)*(?:"
    rf"(?P<unit>week|month|day)\s(?P<count>\d{{1,2}}(?:\s?\+\s?[0-6])?|{WORD_NUMBER})|"
    rf"(?P<count2>\d{{1,2}}|{WORD_NUMBER})\s(?P<unit2>weeks|months)|(?P<nth>{ORDINAL})\s(?P<nth_unit>week|"
    rf"month|day)(?:\son(?:wards?)?)?)"
    r"\b(?!\s(?:of|after|post|before|later|old|ago|earlier|follow|gestation|pregnan|prior|puerper|from|"
    r"following|since|into))"
)
#: She is with child when this is said.
_PREGNANT = re.compile(r"\b(?:pregnant|primigravid\w*|gravida|in\s(?:her|this)\s(?:\w+\s)?pregnancy)\b")
_PREGNANCY = re.compile(r"\bpregnan\w+|\bgestation|\btrimester|\bantenatal")
#: Weeks that are those of a pregnancy, unless counted from a birth outright.
_LATE_WEEKS = (20, 43)
_BORN_IN = re.compile(
    r"\b(?:deliver(?:ed|y)|birth|born|c(?:a?e|a)sarean(?:\ssection)?|section|labou?r|induced)\s(?:[\w-]+\s){0,3}$"
)
#: Behind these a time counts from the treatment.
_TREATED = re.compile(
    r"\b(?:treat(?:ed|ment)|therapy|started\son|follow-?\s?up|prescribed|received|given|infusion|surgery|"
    r"vertebroplasty|discharged?|"
    r"ago|history)\b"
)
#: Before a word for delivery: it is not told as this one's event.
_NOT_TOLD = re.compile(
    r"\b(?:before|previous|prior\sto|until|no|planned|first\stwo|expected)\s(?:[\w-]+\s){0,2}$"
)
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


class DeliveryTimes:
    """The times of a view's sentences that can be counted from delivery."""

    def __init__(self, v: View) -> None:
        self._view = v
        self._known: dict[int, list[DatedTime]] = {}
        self._learned: dict[int, DatedTime] = {}

    def possible(self) -> bool:
        """Whether any sentence of the text dates something by a delivery or a pregnancy."""
        topics = topics_of(self._view)
        return any(
            topics[s.index] & BIRTH
            and (
                _BIRTH_TOLD.search(s.lower) is not None
                or _PREGNANT.search(s.lower) is not None
                or _PREGNANCY.search(s.lower) is not None
                or any(r.anchor in _ANCHORS for r in find_times(self._view, s))
            )
            for s in self._view.sentences
        )

    def near_birth(self, s: Sentence) -> bool:
        """Whether a sentence, or one just before it in the paragraph, speaks of pregnancy or birth."""
        topics = topics_of(self._view)
        for index in range(s.index, max(-1, s.index - _ANCHOR_REACH - 1), -1):
            if self._view.sentences[index].zone is not s.zone:
                return False
            if topics[index] & BIRTH or index in self._learned:
                return True
        return False

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

    def _find(self, s: Sentence) -> list[DatedTime]:
        if not self.near_birth(s) and not tells_weeks(s.lower):
            return []
        refs = find_times(self._view, s)
        out = [
            DatedTime(r, r.anchor, r.days_min, r.days_max)
            for r in refs
            if r.anchor in _ANCHORS and r.days_min is not None and r.days_max is not None
        ]
        if topics_of(self._view)[s.index] & UNIT:
            out.extend(t for t in self._relative(s) if all(t.end <= o.start or t.start >= o.end for o in out))
        return out

    def _relative(self, s: Sentence) -> list[DatedTime]:
        out: list[DatedTime] = []
        lower = s.lower
        for match in _LATER.finditer(lower):
            days = du.duration_days(match["count"], match["unit"], match["upto"])
            if days is not None:
                out.extend(self._counted(s, match, days))
        for match in _NTH_LATER.finditer(lower):
            count = parse_ordinal(match["nth"])
            if count is not None:
                high = round(count * du.unit_days(match["unit"]))
                low = high if match["unit"] == "day" else round((count - 1) * du.unit_days(match["unit"]))
                out.extend(self._counted(s, match, (low, high)))
        for match in _NEXT.finditer(lower):
            day = 0 if "same" in match["word"] or match["word"].startswith("that") else 1
            out.extend(self._counted(s, match, (day, day)))
        for match in _BARE.finditer(lower):
            out.extend(self._bare(s, match))
        return out

    def _counted(self, s: Sentence, match: re.Match[str], days: tuple[int, int]) -> list[DatedTime]:
        base = self._reference(s, match.start())
        if base is None:
            return []
        low, high, pregnancy, certainty = base
        if days[1] > _COUNTED_AT_MOST:
            return []
        return [
            self._made(
                s,
                match,
                "delivery" if high + days[1] >= 0 else "gestation",
                low + days[0],
                high + days[1],
                "counted",
                certainty,
                pregnancy,
            )
        ]

    def _reference(self, s: Sentence, at: int) -> tuple[int, int, int | None, float] | None:
        """Days from delivery of what was told last before a place: the birth itself or a dated event."""
        for back in range(_REACH + 1):
            index = s.index - back
            if index < 0 or self._view.sentences[index].zone is not s.zone:
                return None
            earlier = self._view.sentences[index]
            text = earlier.lower[:at] if back == 0 else earlier.lower
            told = self._last_dated(earlier, len(text))
            births = [m for m in _BIRTH_TOLD.finditer(text) if not _general_birth(text, m)]
            last_birth = births[-1].end() if births else -1
            if (
                told is not None
                and told.end - earlier.start >= last_birth
                and not _of_birth(text, told, earlier)
            ):
                return told.days_min, told.days_max, told.ref.pregnancy, 0.6
            if births:
                return 0, 0, None, 0.75
            if told is not None:
                return told.days_min, told.days_max, told.ref.pregnancy, 0.6
        return None

    def _last_dated(self, s: Sentence, limit: int) -> DatedTime | None:
        """The last time from delivery or in gestation told before a place, vague ones left out."""
        best: DatedTime | None = self._learned.get(s.index)
        if best is not None and best.end - s.start > limit:
            best = None
        for ref in find_times(self._view, s):
            if (
                ref.end - s.start > limit
                or ref.anchor not in _ANCHORS
                or ref.days_min is None
                or ref.days_max is None
            ):
                continue
            if ref.days_max - ref.days_min <= _EXACT and (best is None or ref.start > best.start):
                best = DatedTime(ref, ref.anchor, ref.days_min, ref.days_max)
        return best

    def _bare(self, s: Sentence, match: re.Match[str]) -> list[DatedTime]:
        anchor = self._anchor_before(s, match.start())
        unit = match["unit"] or match["unit2"] or match["nth_unit"]
        text = match["count"] or match["count2"]
        if unit.startswith("w") and _is_late_week(text or match["nth"]):
            if _BORN_IN.search(s.lower, 0, match.start()):
                return []  # "delivered in the 37th week"
            if anchor is None and self._with_child(s, match.start()):
                anchor = "gestation"
            if anchor == "delivery":
                if not match["nth"]:
                    return []
                anchor = "gestation"
        if anchor is None:
            return []
        if anchor == "gestation":
            if unit.startswith("w"):
                day = du.gestation_days(text) if text else None
                nth = parse_ordinal(match["nth"]) if match["nth"] else None
                if nth is not None:
                    day = nth * 7 - du.TERM_DAYS
                return (
                    []
                    if day is None or day > 14
                    else [self._made(s, match, anchor, day, day, "bare", 0.7, None)]
                )
            month = parse_ordinal(match["nth"]) if match["nth"] and unit == "month" else None
            if month is None or month > _MONTHS:
                return []
            return [self._made(s, match, anchor, *du.month_of_pregnancy(month), "bare", 0.7, None)]
        count = parse_count(text) if text else parse_ordinal(match["nth"])
        if count is None:
            return []
        days = round(count * du.unit_days(unit))
        low = days if not match["nth"] or unit.startswith("d") else round((count - 1) * du.unit_days(unit))
        return [self._made(s, match, anchor, low, days, "bare", 0.7, None)]

    def _anchor_before(self, s: Sentence, at: int) -> str | None:
        """The anchor of the last time told before a place in the paragraph."""
        for back in range(_ANCHOR_REACH + 1):
            index = s.index - back
            if index < 0 or self._view.sentences[index].zone is not s.zone:
                break
            earlier = self._view.sentences[index]
            for ref in reversed(find_times(self._view, earlier)):
                if back == 0 and ref.end - s.start > at:
                    continue
                if ref.anchor == "gestation" and _of_birth(earlier.lower, ref, earlier):
                    return "delivery"  # "was delivered at 38 weeks. On the third day ..."
                if ref.anchor in _ANCHORS:
                    return ref.anchor
                if ref.phase == "follow-up":
                    return None
        return self._told_before(s, at)

    def _with_child(self, s: Sentence, at: int) -> bool:
        """Whether the paragraph before a place tells of a pregnancy and not yet of a birth."""
        for index in range(s.index, max(-1, s.index - _ANCHOR_REACH - 1), -1):
            if self._view.sentences[index].zone is not s.zone:
                break
            text = self._view.sentences[index].lower
            text = text[:at] if index == s.index else text
            if _BIRTH_TOLD.search(text) or _TREATED.search(text):
                return False
            if _PREGNANCY.search(text):
                return True
        return "pregnan" in self._view.lower

    def _told_before(self, s: Sentence, at: int) -> str | None:
        """The pregnancy or the birth that was told last, without a time, just before a place."""
        for back in range(_REACH + 1):
            index = s.index - back
            if index < 0 or self._view.sentences[index].zone is not s.zone:
                return None
            text = self._view.sentences[index].lower
            text = text[:at] if back == 0 else text
            if _TREATED.search(text):
                return None
            births = [m.start() for m in _BIRTH_TOLD.finditer(text) if not _general_birth(text, m)]
            pregnancies = [m.start() for m in _PREGNANT.finditer(text)]
            if births or pregnancies:
                return "delivery" if max(births, default=-1) > max(pregnancies, default=-1) else "gestation"
        return None

    def _made(
        self,
        s: Sentence,
        match: re.Match[str],
        anchor: str,
        low: int,
        high: int,
        rule: str,
        certainty: float,
        pregnancy: int | None,
    ) -> DatedTime:
        start, end = s.start + match.start(), s.start + match.end()
        ref = TimeRef(start, end, self._view.text[start:end], anchor, low, high, "", pregnancy)
        return DatedTime(ref, anchor, low, high, rule, certainty)


def _is_late_week(text: str) -> bool:
    """Whether a count of weeks, "30", "30 + 4" or "37th", is one of late pregnancy."""
    count = parse_ordinal(text) or parse_count(text.split("+", maxsplit=1)[0].strip())
    return count is not None and _LATE_WEEKS[0] <= count < _LATE_WEEKS[1]


def _without_echoes(times: list[DatedTime]) -> list[DatedTime]:
    """Without a vague time completing the one before it ("4th month of lactation after her delivery")."""
    out: list[DatedTime] = []
    for time in times:
        if (
            out
            and time.start - out[-1].end <= 2
            and time.days_max - time.days_min >= 42 > out[-1].days_max - out[-1].days_min
        ):
            continue
        out.append(time)
    return out


def _of_birth(text: str, time: DatedTime | TimeRef, s: Sentence) -> bool:
    """Whether a time is that of the birth told just before it ("delivered at 39 weeks")."""
    before = text[max(0, time.start - s.start - 60) : time.start - s.start]
    return time.anchor == "gestation" and bool(_BIRTH_TOLD.search(before))


def _general_birth(text: str, birth: re.Match[str]) -> bool:
    """A delivery that is not told as this one's event: "previous deliveries", "before delivery"."""
    return bool(_NOT_TOLD.search(text, max(0, birth.start() - 60), birth.start()))
