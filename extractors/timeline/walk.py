"""One telling gone through in order: what each event is counted from."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence

from extractors.base import TimeRef
from extractors.rules.rule import Glue
from extractors.time.durations import Days
from extractors.timeline.axis import Axis
from extractors.timeline.moments import (
    AGAIN,
    BEGIN,
    BONE,
    DATED,
    DATED_ON,
    END,
    LASTED,
    MAIN,
    NONE,
    OF_THE_END,
    ONSET,
    OPERATION,
    SAME,
    SEEN_BEFORE,
    VISIT,
    WEANED,
    Moment,
    born,
    on,
)

#: Names of events on the axis.
DELIVERY, FIRST_VISIT, FIRST_SYMPTOM, WEANING = "delivery", "visit", "onset", "weaning"
#: Where all dates are counted from.
CALENDAR = "calendar"
#: A drug without a time was begun at the follow-up told so many characters before it.
_NEAR = 300
_MONTH = 31
#: A count goes on from that of a time so many characters before it.
_GOES_ON = 160
#: So many letters tell drugs apart.
_STEM = 7
_DOSE = Glue(r"\b(?:infusion|injection|dose|tablet)s?\b")
_BY_NAME = {"symptom": FIRST_SYMPTOM, "weaning": WEANING}
#: What a count hangs on: an event, and the days from it.
Place = tuple[str, Days]


def begin_of(drug: str) -> str:
    """The name of the event that a drug was begun."""
    return f"begin of {drug}"


def end_of(drug: str) -> str:
    """The name of the event that a drug was ended."""
    return f"end of {drug}"


class Walk:
    """The events of one telling. `main` is the drug that the treatment begins with, "" for none."""

    def __init__(self, axis: Axis, source: str, main: str = "") -> None:
        self.axis, self._source, self.main = axis, source, main
        self._told: list[tuple[int, str]] = []  # events in order, with where they are told
        self._visits: list[tuple[int, str]] = []
        self._begun: dict[str, int] = {}  # where the begin of a drug is told first
        self._dated: dict[int, str] = {}  # begins, by where their times are told
        self._stretches: list[tuple[int, int, Place]] = []  # parts of the text that are of one time
        self._main_begun: list[tuple[int, str]] = []  # the main drugs, by where they were begun
        self._mains: set[str] = set()
        self._own: list[tuple[int, int]] = []  # stretches of the sentence that tells its time
        self._past: set[int] = set()  # visits before the one that the paper tells of
        self._operations: list[tuple[int, str]] = []
        self._counts: list[tuple[int, Place]] = []  # what is counted from a drug that is named
        self.weanings: set[int] = set()  # where the counts of weanings are told: no result is of their time
        self._late = False  # a follow-up has been told
        self._again: int | None = None  # where another pregnancy is told
        self._lasting: set[str] = set()  # drugs of which it is told how long they were given
        self._last = ""  # the drug that was begun last, "" where another event is told behind it
        self._others: dict[str, Callable[[Moment], None]] = {
            END: self._end, SAME: self._same, WEANED: self._weaned, OPERATION: self._operated,
            LASTED: self._lasted,
        }  # fmt: skip

    def go(self, moments: Sequence[Moment]) -> None:
        """Go through the moments of the telling."""
        ordered = sorted((m for m in moments if m.event not in (AGAIN, BONE)), key=_where)
        self._own = [(m.at, m.until) for m in ordered if m.event in (DATED, SAME)]
        self._again = self._later_pregnancy(moments)
        self._mains = {m.name for m in moments if m.event == BEGIN and m.rank == MAIN}
        early = {m.name for m in ordered if m.event == BEGIN and not self.again(m.at)}
        ordered = [m for m in ordered if not self._is_of_another(m, early)]
        dated = {m.name for m in ordered if m.event == BEGIN and (m.follows or (m.explicit and m.time))}
        self._stretches = [
            (m.at, m.until, (CALENDAR, day))
            for m in ordered
            if m.event in (DATED, DATED_ON) and (day := on(m.time)) is not None
        ]
        for m in ordered:
            if m.event == BEGIN:
                self._drug(m, dated)
            elif m.event in self._others:
                self._others[m.event](m)
            else:
                self._event(m)

    def _is_of_another(self, m: Moment, early: set[str]) -> bool:
        """Whether a begin without a date is told behind another pregnancy: it is not of the first visit."""
        late = m.event == BEGIN and self.again(m.at) and on(m.time) is None
        return late and (m.explicit or m.name not in early)

    def _later_pregnancy(self, moments: Iterable[Moment]) -> int | None:
        """Where another pregnancy is told behind the begin of the main treatment, None for nowhere."""
        told = list(moments)
        begun = min((m.at for m in told if m.event == BEGIN and m.name == self.main), default=None)
        later = (m.at for m in told if m.event == AGAIN and begun is not None and m.at > begun)
        return min(later, default=None)

    def begun(self, at: int) -> bool:
        """Whether the begin of the main treatment is told before a place, and no visit in between."""
        begin = self._begun.get(self.main, at)
        return begin < at and not any(begin < seen < at for seen, _ in self._visits)

    def again(self, at: int) -> bool:
        """Whether another pregnancy is told before a place."""
        return self._again is not None and self._again < at

    # ------------------------------------------------------------------ events
    def _event(self, m: Moment) -> None:
        at = _where(m)[0]
        node = f"{self._source} {at}"
        if m.days is not None:
            self.axis.put(node, DELIVERY, m.days)
        elif m.time is not None and (place := self.place(m.time)) is not None:
            self.axis.put(node, *place)
        if m.event == ONSET:
            self.axis.put(FIRST_SYMPTOM, node)
        elif m.event in (VISIT, SEEN_BEFORE) and self._is_known(m.time):
            if m.event == SEEN_BEFORE:
                self._past.add(at)
            self._visits.append((at, node))
        elif m.time is not None:
            self._late = self._late or m.time.phase == "follow-up"
            self._count(m.time)
        self._told.append((at, node))
        self._last = ""

    def _is_known(self, time: TimeRef | None) -> bool:
        """Whether a time is no date of a calendar on which nothing else is known."""
        return on(time) is None or self.axis.between(CALENDAR, DELIVERY) is not None

    def _count(self, time: TimeRef) -> None:
        """Keep what a time that names its drug is counted from: the counts behind it are of that, too."""
        named = self._drug_in(time) or _DOSE.within(time.text.lower())
        if named and time.since is not None and time.since.event == "treatment":
            place = self.place(time)
            if place is not None:
                self._counts.append((time.end, place))

    def _same(self, m: Moment) -> None:
        """A stretch that is of what was told just before."""
        told = self._before(self._told, m.at)
        if m.name == OF_THE_END:
            drug = next((drug for drug in self._lasting if told in (begin_of(drug), end_of(drug))), "")
            told = end_of(drug) if drug else None
        if told is not None:
            self._stretches.append((m.at, m.until, (told, (0, 0))))

    def _weaned(self, m: Moment) -> None:
        """Weaning: at its time, else at the visit at which it is told."""
        since = m.time.since if m.time is not None else None
        if since is not None and since.event == "course" and " of " not in (m.time.text if m.time else ""):
            self.axis.put(WEANING, DELIVERY, (since.low, since.high))  # "weaned at 4 months"
            if m.time is not None:  # what was begun "after weaning, at 4 months" was begun then
                self._dated.setdefault(m.time.start, WEANING)
                self.weanings.add(m.time.start)
        elif m.days is not None:
            self.axis.put(WEANING, DELIVERY, m.days)
        else:
            place = self.place(m.time) if m.time is not None else self._untimed(m.at)
            if place is not None:
                self.axis.put(WEANING, *place)
        if m.time is not None:  # where its time is told: nothing is counted from both
            self._told.append((_where(m)[0], WEANING))

    def _operated(self, m: Moment) -> None:
        place = self.place(m.time) if m.time is not None else self._untimed(m.at)
        node = f"{self._source} {m.at} operation"
        if place is not None:
            self.axis.put(node, *place)
        self._operations.append((m.at, node))

    def _lasted(self, m: Moment) -> None:
        """How long the drug that was begun last was given."""
        drug = self._last_main(m.at)
        if drug and m.lasts is not None:
            self.axis.put(end_of(drug), begin_of(drug), m.lasts)
            self._lasting.add(drug)

    def _drug(self, m: Moment, dated: set[str]) -> None:
        """The begin of a drug: at its time, else at the visit or the follow-up at which it is told."""
        at, begin = m.at, begin_of(m.name)
        if m.name in dated and not (m.explicit or m.follows):
            self._went_on(m)
            return
        place = self._begun_at(m, at)
        if place is not None:
            self.axis.put(begin, *place)
            if m.time is not None and not m.time.carried:
                self._dated.setdefault(m.time.start, begin)
        self._went_on(m)
        if m.rank != NONE and (place is not None or m.name == self.main) and m.name not in self._begun:
            self._told.append((at, begin))
            self._last = m.name
        if m.name in self._mains and m.name not in self._begun:
            self._main_begun.append((at, m.name))
        self._begun.setdefault(m.name, at)

    def _went_on(self, m: Moment) -> None:
        """How long a drug was given, by this telling of it."""
        if m.lasts is not None:
            self.axis.put(end_of(m.name), begin_of(m.name), m.lasts)
            self._lasting.add(m.name)

    def _begun_at(self, m: Moment, at: int) -> Place | None:
        """What a drug's begin is counted from, by this telling of it."""
        if m.follows:
            lag = m.time.since if m.time is not None else None
            return end_of(m.follows), ((lag.low, lag.high) if lag is not None else (0, 0))
        if not m.explicit and m.name in self._begun:
            return None
        if m.time is None or (m.time.carried and self.moved(m.time, at)):
            return self._untimed(at) if m.rank != NONE else None
        since = m.time.since
        if since is None or since.event != "then":
            return self.place(m.time)
        told = self._before(self._told, min(at, m.time.start))
        origin = end_of(self._last) if self._last in self._lasting else told
        return None if origin is None else (origin, (since.low, since.high))

    def _end(self, m: Moment) -> None:
        """The end of a drug; what is told next may be counted from it."""
        at, end = m.at, end_of(m.name)
        if m.time is not None:
            place = self.place(m.time)
            if place is not None and m.time.since is not None and m.time.since.event in ("course", "then"):
                place = begin_of(m.name), place[1]  # "which was stopped after six weeks"
            if place is not None:
                self.axis.put(end, *place)
        if m.time is not None or m.name in self._mains or m.name == self.main:
            self._told.append((at, end))  # the end of a painkiller is no time to count from
            self._last = ""

    def _untimed(self, at: int) -> Place | None:
        if any(start <= at < end for start, end in self._own):
            return self.dated(at)
        if not self._late:
            return self.visit(at), (0, 0)
        last = self._told[-1]
        return (last[1], (0, 0)) if at - last[0] <= _NEAR else None

    # ------------------------------------------------------------------ what a time hangs on
    def dated(self, at: int) -> Place | None:
        """The date of the stretch of the text that a place lies in."""
        return next((place for start, end, place in self._stretches if start <= at < end), None)

    def place(self, time: TimeRef) -> Place | None:
        """The event that a time is counted from and the days from it, None where that is not told."""
        days = born(time)
        if days is not None:
            return DELIVERY, days
        if (day := on(time)) is not None:
            return CALENDAR, day
        if time.start in self._dated:
            return self._dated[time.start], (0, 0)
        if time.since is None:
            return None
        origin = self._origin(time.since.event, time)
        return None if origin is None else (origin, (time.since.low, time.since.high))

    def _origin(self, event: str, time: TimeRef) -> str | None:
        if event == "then":
            return self._told_before(time)
        if event == "visit":
            return (
                self._before([v for v in self._visits if v[0] not in self._past], time.start) or FIRST_VISIT
            )
        if event == "operation":
            return self._before(self._operations, time.start)
        if event in _BY_NAME:
            return _BY_NAME[event]
        return self._of_treatment(event, time)

    def _of_treatment(self, event: str, time: TimeRef) -> str | None:
        """The begin or end of the drug that a time is counted from: the one it names, the one whose dose it
        names, the last one where that is ended, else the main one."""
        drug = self._drug_in(time)
        if not drug and (event == "end" or _DOSE.within(time.text.lower())):
            drug = self._last_main(time.start)
        if not drug and event == "course" and (origin := self._counted_on(time)) is not None:
            return origin
        drug = drug or self.main
        if event == "course" and self._begun.get(drug, time.start) >= time.start:
            return self.visit(time.start)
        if not drug:
            return None
        return end_of(drug) if event == "end" else begin_of(drug)

    def _counted_on(self, time: TimeRef) -> str | None:
        """What the time before was counted from, where a later one goes on ("... and -2.4 at 24 months")."""
        near = [place for end, place in self._counts if 0 < time.start - end <= _GOES_ON]
        return near[-1][0] if near else None

    def _last_main(self, at: int) -> str:
        """The main drug that was begun last before a place, "" for none."""
        return self._before(self._main_begun, at) or ""

    def is_over(self, time: TimeRef, at: int) -> bool:
        """Whether a time told before `at` is not that of what stands there: a weaning's, or one carried on
        while the story has moved on."""
        return time.start in self.weanings or (time.carried and self.moved(time, at))

    def moved(self, time: TimeRef, at: int) -> bool:
        """Whether the story has moved on to another time between a time that a sentence told and `at`."""
        place, last = self.place(time), self._before(self._told, at)
        between = bisect_left(self._told, (at, "")) - bisect_left(self._told, (time.end, ""))
        if place is None or last is None or not between:
            return False
        days = self.axis.between(place[0], last)
        return days is None or abs(days[0] - place[1][0]) > _MONTH

    def _told_before(self, time: TimeRef) -> str | None:
        """The event that "a year later" is counted from, None where that is a treatment which may have ended
        by then: it may be meant from the begin as from the end."""
        last = self._before(self._told, time.start)
        drug = next((name for name in self._lasting if last == begin_of(name)), "")
        if not drug or time.since is None:
            return last
        lasts = self.axis.between(begin_of(drug), end_of(drug))
        return last if lasts is None or time.since.high <= lasts[0] else None

    def _drug_in(self, time: TimeRef) -> str:
        """The drug that the words of a time name."""
        words = time.text.lower()
        return next((drug for drug in self._begun if _stem(drug) in words), "")

    def visit(self, at: int) -> str:
        """The visit that is told last before a place, else the first one."""
        return self._before(self._visits, at) or FIRST_VISIT

    @staticmethod
    def _before(events: list[tuple[int, str]], at: int) -> str | None:
        index = bisect_left(events, (at, ""))
        return events[index - 1][1] if index else None


def _stem(drug: str) -> str:
    """What the names of a drug have in common ("zoledronic acid" and "zoledronate")."""
    return drug if drug.startswith("vitamin") else drug[:_STEM]


def _where(m: Moment) -> tuple[int, int]:
    """Where a moment is told; a visit or time comes before what is begun there."""
    return (m.time.start if m.time is not None and m.event != BEGIN else m.at, m.event == BEGIN)
