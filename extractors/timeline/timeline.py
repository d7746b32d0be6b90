"""When a result was, in months from the delivery and from the begin of the main treatment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from extractors.base import Mention, Since, TimeRef
from extractors.rules.rule import Glue
from extractors.time.durations import DAYS_PER_MONTH, Days
from extractors.timeline.axis import Axis
from extractors.timeline.moments import (
    BEGIN,
    BONE,
    BORN,
    ELSE,
    MAIN,
    NUMBERED,
    STATE,
    TIME,
    VISIT,
    WEANED,
    Moment,
    born,
    goes_on,
    on,
)
from extractors.timeline.walk import CALENDAR, DELIVERY, FIRST_VISIT, WEANING, Place, Walk, begin_of, end_of

#: The parts of a paper that tell the course in order, the fuller before the shorter.
_TELLINGS = ("text", "abstract")
#: What a statement without a time is of: a RESULT of the visit, unless a main treatment was begun before it
#: is told; an ACT of the visit in any case; an OUTCOME, known only later, of none.
RESULT, ACT, OUTCOME = "result", "act", "outcome"
#: A time is told well enough where its days span no more than a month, or this share of their number.
_SPAN, _SHARE = 31, 0.15
#: Two births lie at least so many days apart; so long an episode of the later one lasts.
_ANOTHER, _EPISODE = 270, 1100
#: No woman with child is measured so.
_MEASURED = Glue(r"\b(?:dxa|dexa|densitometr\w+|absorptiometr\w+|bmd|bone (?:mineral )?density)\b")


@dataclass(slots=True)
class Timeline:
    """The course of one patient.

    `main` is her main bone treatment (a drug's name), "" where none is told; `order` numbers the main
    ones as they were begun.
    """

    main: str = ""
    order: dict[str, int] = field(default_factory=dict)
    _axis: Axis = field(default_factory=Axis)
    _walks: dict[str, Walk] = field(default_factory=dict)
    _births: dict[str, list[tuple[int, Days]]] = field(default_factory=dict)  # with where they are told

    @staticmethod
    def of(moments: Sequence[Moment]) -> Timeline:
        """The course that the moments tell, in whatever order they come."""
        treatments = main_treatments(moments)
        made = Timeline(treatments[0][0] if treatments else "")
        moments = _of_the_last_pregnancy(moments, made.main)
        made._of_tables(moments)
        made._born_on(moments)
        for source in _TELLINGS:
            walk = made._walks[source] = Walk(made._axis, source, made.main)
            own = [m for m in moments if m.source == source]
            if own:
                walk.go(own)
                made._axis.put(FIRST_VISIT, walk.visit(_begin_in(own, made.main)))
                made._first_found(own)
        if made.main and not any(m.source in _TELLINGS and m.name == made.main for m in moments):
            made._axis.put(begin_of(made.main), FIRST_VISIT)
        main = [name for name, rank in treatments if rank == MAIN]
        made.order = {name: number for number, name in enumerate(main, 1)}
        return made

    def _first_found(self, moments: Sequence[Moment]) -> None:
        """Where no visit is told, a woman "three months postpartum" is seen then, and what is found first at
        an exact time after delivery was found at it."""
        if self._axis.between(DELIVERY, FIRST_VISIT) is not None or any(m.event == VISIT for m in moments):
            return
        begun = min((m.at for m in moments if m.event == BEGIN and m.name == self.main), default=None)
        bones = {m.at for m in moments if m.event == BONE}
        found = [m for m in moments if m.event == STATE or (m.event == TIME and m.at in bones)]
        for m in sorted(found, key=lambda m: m.at):
            days = born(m.time) if m.time is not None and m.time.phase != "follow-up" else None
            if days is not None and days[0] > 0 and _is_exact(days) and (begun is None or m.at < begun):
                self._axis.put(FIRST_VISIT, DELIVERY, days)
                return

    def _of_tables(self, moments: Sequence[Moment]) -> None:
        """What tables tell in time from delivery: the first visit, and the begin of the main treatment."""
        for m in moments:
            if m.source == "table" and m.days is not None and m.event in (VISIT, BEGIN):
                event = FIRST_VISIT if m.event == VISIT else begin_of(self.main)
                self._axis.put(event, DELIVERY, m.days)

    def _born_on(self, moments: Sequence[Moment]) -> None:
        """The date of the birth that the illness goes with: the last told before the main treatment."""
        for source in _TELLINGS:
            own = [m for m in moments if m.source == source]
            begin = min((m.at for m in own if m.event == BEGIN and m.name == self.main), default=None)
            self._births[source] = [(m.at, d) for m in own if m.event == BORN and (d := on(m.time))]
            births = [
                d for m in own if m.event == BORN and (begin is None or m.at < begin) and (d := on(m.time))
            ]
            if births:
                low, high = max(births)
                self._axis.put(DELIVERY, CALENDAR, (low, high))

    def months(self, mention: Mention, source: str, kind: str = RESULT) -> tuple[float | None, float | None]:
        """When a statement of a part of the paper was: months from delivery, from the main treatment.

        `kind` of the statement is RESULT, ACT or OUTCOME.
        """
        place = self._place(mention, source, kind)
        if place is None:
            return None, None
        if (birth := self._later_birth(mention, source, place)) is not None:
            return self._in_episode(birth, place)
        walk = self._walks.get(source)
        later = place[0] == DELIVERY and walk is not None and walk.again(mention.start)
        return self._from(DELIVERY, place), None if later else self._treated(place)

    def _later_birth(self, mention: Mention, source: str, place: Place) -> Days | None:
        """The day of a birth after that of the illness, told before a statement of the years behind it."""
        first, day = self._axis.between(CALENDAR, DELIVERY), self._axis.between(CALENDAR, place[0])
        if first is None or day is None or place[0] == DELIVERY:
            return None
        for at, birth in reversed(self._births.get(source, [])):
            passed = day[0] + place[1][0] - birth[0]
            if at < mention.start and birth[0] - first[1] > _ANOTHER and 0 <= passed <= _EPISODE:
                return birth
        return None

    def _in_episode(self, birth: Days, place: Place) -> tuple[float | None, float | None]:
        """Months from a later birth, and from the first main treatment begun behind it."""
        begins = (self._axis.between(CALENDAR, begin_of(drug)) for drug in self.order)
        begun = min((b for b in begins if b is not None and b[0] >= birth[0]), default=None)
        return self._since_day(birth, place), self._since_day(begun, place) if begun else None

    def _since_day(self, day: Days, place: Place) -> float | None:
        between = self._axis.between(CALENDAR, place[0])
        if between is None:
            return None
        return _in_months((between[0] + place[1][0] - day[1], between[1] + place[1][1] - day[0]))

    def course_of(self, drug: str) -> tuple[float | None, float | None]:
        """When a drug was begun and ended, in months from delivery."""
        return (
            self._from(DELIVERY, (begin_of(drug), (0, 0))),
            self._from(DELIVERY, (end_of(drug), (0, 0))),
        )

    def weaned(self) -> int | None:
        """The day from delivery on which the child was weaned, None where that is not known to a month."""
        days = self._axis.between(DELIVERY, WEANING)
        return round((days[0] + days[1]) / 2) if days is not None and _is_exact(days) else None

    def _treated(self, place: Place) -> float | None:
        return self._from(begin_of(self.main), place) if self.main else None

    def _from(self, origin: str, place: Place) -> float | None:
        between = self._axis.between(origin, place[0])
        if between is None:
            return None
        return _in_months((between[0] + place[1][0], between[1] + place[1][1]))

    def _place(self, mention: Mention, source: str, kind: str) -> Place | None:
        time = mention.time
        walk = self._walks.get(source)
        if walk is not None and not _is_counted(time) and (dated := self._dated(mention, walk)) is not None:
            return dated
        if time is None or goes_on(time):
            return None if kind == OUTCOME else self._at_visit(mention, walk, kind)
        if walk is not None and walk.is_over(time, mention.start):
            return None
        if (days := born(time)) is not None:
            return (DELIVERY, days) if _is_exact(days) else self._at_visit(mention, walk, ACT, days)
        if (day := on(time)) is not None:
            return CALENDAR, day
        if time.since is not None:
            place = self._since(time, time.since, walk)
            first = time.phase == "baseline" and time.since.event == "visit" and not time.since.high
            return self._or_begin(place, mention, walk) if first else place
        if time.phase != "baseline":
            return None
        return self._or_begin(self._at_visit(mention, walk, ACT), mention, walk)

    def _or_begin(self, place: Place | None, mention: Mention, walk: Walk | None) -> Place | None:
        """The visit of a statement "at baseline", the begin of the main treatment where no visit is known."""
        begin = begin_of(self.main)
        if place is None or not self.main or walk is None or not walk.begun(mention.start):
            return place
        known = (self._axis.between(origin, place[0]) for origin in (DELIVERY, begin))
        return place if any(days is not None for days in known) else (begin, (0, 0))

    def _dated(self, mention: Mention, walk: Walk) -> Place | None:
        """The time of the stretch of the text that a statement lies in, where that leads anywhere."""
        place = walk.dated(mention.end - 1)
        if place is None:
            return None
        known = self._axis.between(DELIVERY, place[0]), self._axis.between(begin_of(self.main), place[0])
        return place if any(days is not None for days in known) else None

    def _since(self, time: TimeRef, since: Since, walk: Walk | None) -> Place | None:
        """What a time that counts from another event than a birth hangs on."""
        if since.event == "visit" and time.phase == "follow-up" and not since.high:
            return None  # "normal at last, low on admission"
        if since.event in ("visit", "then") and _MEASURED.within(time.text.lower()) and self._before_birth():
            return None
        return walk.place(time) if walk is not None else self._elsewhere(since.event, since.low)

    def _before_birth(self) -> bool:
        """Whether the first visit was before the birth."""
        days = self._axis.between(DELIVERY, FIRST_VISIT)
        return days is not None and days[1] < 0

    def _at_visit(
        self, mention: Mention, walk: Walk | None, kind: str, within: Days | None = None
    ) -> Place | None:
        """The visit at which a statement without a time is told, if it lies `within` days from delivery."""
        if mention.context.historical or (kind == RESULT and self._is_treated(mention, walk)):
            return None
        visit = walk.visit(mention.start) if walk is not None else FIRST_VISIT
        if within is not None:
            days = self._axis.between(DELIVERY, visit)
            if days is None or not within[0] <= days[0] <= days[1] <= within[1]:
                return None
        return visit, (0, 0)

    def _is_treated(self, mention: Mention, walk: Walk | None) -> bool:
        """Whether a main drug's begin is told before a result without a time: it may be a later one."""
        return walk is not None and self.main in self.order and walk.begun(mention.start)

    def _elsewhere(self, event: str, days: int) -> Place | None:
        """What a time of a table or a legend is counted from."""
        if event == "visit" or (event == "course" and not self.main):
            return FIRST_VISIT, (days, days)
        if not self.main or event not in ("course", "treatment", "end"):
            return None
        return (end_of(self.main) if event == "end" else begin_of(self.main)), (days, days)


def main_treatments(moments: Sequence[Moment]) -> list[tuple[str, int]]:
    """The main bone treatments as they are told in the fullest telling that has one, else those that count
    where bone is found ill; each drug once, with its rank."""
    ranks = (MAIN, ELSE) if any(m.event == BONE for m in moments) else (MAIN,)
    for rank in ranks:
        for source in (*_TELLINGS, "table", "caption", "title"):
            begun = [m for m in moments if m.event == BEGIN and m.rank == rank and m.source == source]
            if begun:
                named = [m for m in begun if not m.is_class] or begun
                return list(dict.fromkeys((m.name, rank) for m in sorted(named, key=lambda m: m.at)))
    return []


def _of_the_last_pregnancy(moments: Sequence[Moment], main: str) -> list[Moment]:
    """The moments without the weanings of pregnancies before the last one told before the treatment."""
    begin = min((m.at for m in moments if m.event == BEGIN and m.name == main), default=None)
    told = [m for m in moments if m.event == NUMBERED and (begin is None or m.at < begin)]
    last = max((int(m.name) for m in told), default=0)
    past = [m for m in moments if m.event == WEANED and m.name and int(m.name) < last]
    return [m for m in moments if m.event != NUMBERED and m not in past]


def _begin_in(moments: Iterable[Moment], main: str) -> int:
    """Where the main treatment's begin is told, else behind the first visit."""
    begun = [m.at for m in moments if m.event == BEGIN and m.name == main]
    seen = [m.at + 1 for m in moments if m.event == VISIT]
    return min(begun or seen, default=0)


def _is_counted(time: TimeRef | None) -> bool:
    """Whether a time of a statement's own sentence tells more than that it was then or later."""
    if time is None or time.carried:
        return False
    if time.since is not None:
        return bool(time.since.high) or time.since.event != "visit"
    return born(time) is not None or on(time) is not None


def _is_exact(days: Days) -> bool:
    return days[1] - days[0] <= max(_SPAN, _SHARE * abs(days[0] + days[1]) / 2)


def _in_months(days: Days) -> float | None:
    return round((days[0] + days[1]) / 2 / DAYS_PER_MONTH, 1) if _is_exact(days) else None
