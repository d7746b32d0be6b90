"""Values listed with their times: "-3.4, -2.8 and -2.3 at baseline, 12 and 24 months"."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from extractors.base import Mention, Since, TimeRef
from extractors.rules.book import Book
from extractors.rules.rule import Glue, Rule
from extractors.text import Sentence, View
from extractors.time import durations as du
from extractors.time.atoms import SLOTS

M = TypeVar("M", bound=Mention)

#: So many characters before the first value of a list "from" may stand.
_FROM_REACH = 40
_SLOTS = SLOTS | {
    "first time": (
        r"(?:at )?(?:the )?(?:time of )?(?:baseline|presentation|admission|diagnosis|"
        r"(?:first|initial) (?:visit|presentation|measurement|dxa|scan|evaluation))|"
        r"before (?:the )?{treated}"
    ),
    "listed count": r"\d{1,3}(?:\.\d)?|{number word}",
    "item": r"{first time}|{listed count}(?:[ -]?(?!h){unit}\b)?",
    "joint": r"(?: ?, ?(?:and )?| (?:and|&) | and, )(?:then )?(?:(?:at|after) )?",
}
_PART = Glue(r"{first:first time}|{count:listed count}(?:[ -]?{unit:unit}\b)?", _SLOTS)
_AFTER_BIRTH = Glue(r" ?{after birth}", _SLOTS)
_OF_DRUG = Glue(r" (?:of|on|after starting|after) (?:{drug})\b", _SLOTS)
_AGE = Glue(r" ?(?:-?\s?old\b|of (?:age|gestation|pregnancy)|gestation)")
_AT_FIRST = TimeRef(0, 0, "", "baseline", 0, 0, "baseline", since=Since("visit", 0, 0))
_FROM = Glue(r"\bfrom [^,;]{0,30}$")


#: What was measured at several times, and the sentence behind it that gives the values.
_MEASURED = Glue(
    r"\b(?:measured|repeated|performed|done|carried out|obtained|determined|assessed|checked|scanned|"
    r"monitored|evaluated|taken|recorded)\b"
)
_VALUES_OF_IT = Glue(
    r"(?:it was|they were|(?:the |these |its |their )?(?:[\w-]+ ){0,4}?"
    r"(?:results?|values?|readings?|(?:[tz]-)?scores?|bmd|densit(?:y|ies)|levels?|concentrations?)\b)"
)


@dataclass(frozen=True, slots=True)
class Listed:
    """One time of a list, at [start, end) of the sentence; `first` is the first visit."""

    start: int
    end: int
    days: du.Days
    first: bool = False


@dataclass(frozen=True, slots=True)
class _List:
    start: int
    end: int
    times: tuple[TimeRef, ...]


def _listed(m: re.Match[str]) -> tuple[Listed, ...] | None:
    """The times of a list; a count without a unit has that of the next, else the label's in front."""
    if _AGE.behind(m.string, m.end()):
        return None
    parts = list(_PART.pattern.finditer(m.string, m.start("list"), m.end("list")))
    unit, times = (m["label"] or "").strip(), []
    for part in reversed(parts):
        unit = part["unit"] or unit
        days = (0, 0) if part["first"] else du.duration_days(part["count"], unit) if unit else None
        if days is None:
            return None
        end = part.end() if part["unit"] or part["first"] else m.end()
        times.append(Listed(part.start(), end, days, bool(part["first"])))
    return tuple(reversed(times))


BOOK = Book(
    "time.lists",
    (
        Rule(
            "times listed",
            r"\b(?P<label>(?:months?|weeks?|years?) )?(?P<list>{item}(?:{joint}{item})+)(?![\d.,]*\d)",
            _listed,
            says={
                "It was 2 and 3 at baseline and 12 months.": (
                    Listed(15, 26, (0, 0), first=True),
                    Listed(31, 40, (365, 365)),
                ),
                "ALP at months 3 and 6 was 97.": (Listed(14, 21, (91, 91)), Listed(20, 21, (183, 183))),
            },
            silent=("Twins of 3 and 6 months of age", "It was 2 and 3."),
        ),
    ),
    _SLOTS,
)


def with_listed_times(
    view: View, sentence: Sentence, found: list[M], key: Callable[[M], Hashable]
) -> list[M]:
    """The mentions of a sentence, each value of a list with its own time of a list as long.

    `key` names what values of one list have in common. With "from A to B and C at 12 and 24 months"
    the first value is the baseline.
    """
    groups: dict[Hashable, list[int]] = {}
    for place, mention in enumerate(found):
        groups.setdefault(key(mention), []).append(place)
    if all(len(group) < 2 for group in groups.values()):
        return found
    lists = list(_lists(view, sentence)) or _lists_before(view, sentence)
    out = list(found)
    for places in groups.values() if lists else ():
        ordered = sorted(places, key=lambda place: found[place].end)
        times = _times(view, sentence, [found[place] for place in ordered], lists)
        for place, time in zip(ordered if times else (), times, strict=True):
            out[place] = replace(found[place], time=time)
    return out


def _times(view: View, sentence: Sentence, group: Sequence[M], lists: list[_List]) -> Sequence[TimeRef]:
    """The times of the first list that is as long as a group of values, none where there is none."""
    count, first = len(group), group[0]
    raised = _FROM.within(view.lower, max(sentence.start, first.end - _FROM_REACH), first.end)
    for row in lists:
        times = row.times
        if raised and len(times) == count - 1 and times[0].phase != "baseline":
            times = (replace(_AT_FIRST, start=first.start, end=first.end), *times)
        if len(times) == count > 1 and not any(row.start < m.end <= row.end for m in group):
            return times
    return ()


def _lists(view: View, sentence: Sentence) -> Iterator[_List]:
    for found in BOOK.find(view, sentence):
        listed: tuple[Listed, ...] | None = found.read()
        if listed is not None and len(listed) > 1:
            born = _AFTER_BIRTH.behind(view.lower, found.end) is not None
            of_drug = _OF_DRUG.behind(view.lower, found.end)
            times = tuple(_time(view, sentence, one, born and not one.first) for one in listed)
            if of_drug is not None:
                times = tuple(_of_drug(view, time, of_drug.end()) for time in times)
            yield _List(found.start, found.end, times)


def _lists_before(view: View, sentence: Sentence) -> list[_List]:
    """The times that the sentence before lists, where this one gives their values.

    "BMD was measured at baseline, 6 and 12 months. It was 0.62, 0.71 and 0.78 g/cm2, respectively."
    """
    before = view.previous(sentence)
    if before is None or not _VALUES_OF_IT.behind(sentence.lower, 0) or not _MEASURED.within(before.lower):
        return []
    return list(_lists(view, before))


def _of_drug(view: View, time: TimeRef, end: int) -> TimeRef:
    """The same as a time of the drug that is named behind the list, up to `end`."""
    if time.since is None or not time.since.high:
        return time
    return replace(
        time, end=end, text=view.text[time.start : end], since=replace(time.since, event="treatment")
    )


def _time(view: View, sentence: Sentence, listed: Listed, born: bool) -> TimeRef:
    start, stop = sentence.start + listed.start, sentence.start + listed.end
    words = view.text[start:stop]
    if born:
        return TimeRef(start, stop, words, "delivery", *listed.days)
    phase, since = ("follow-up", "course") if listed.days[1] else ("baseline", "visit")
    return TimeRef(start, stop, words, "baseline", *listed.days, phase, since=Since(since, *listed.days))
