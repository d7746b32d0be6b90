"""Values listed with their times: "-3.4, -2.8 and -2.3 at baseline, 12 and 24 months"."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from extractors.base import Mention, TimeRef
from extractors.language.numbers import WORD_NUMBER
from extractors.text import Sentence, View
from extractors.time.durations import duration_days

M = TypeVar("M", bound=Mention)

_UNIT = r"(?:days?|weeks?|wks?|months?|mos?|mo|years?|yrs?)"
_FIRST = (
    r"(?:(?:at\s)?(?:the\s)?(?:time\sof\s)?(?:baseline|presentation|admission|diagnosis|"
    r"(?:first|initial)\s(?:visit|presentation|measurement|dxa|scan|evaluation))|before\s(?:the\s)?(?:treatment|therapy))"
)
_COUNT = rf"(?:\d{{1,3}}(?:\.\d)?|{WORD_NUMBER})"
_ITEM = rf"(?:{_FIRST}|{_COUNT}(?:[\s-]?{_UNIT}\b)?)"
_JOINT = r"(?:\s?,\s?(?:and\s)?|\s(?:and|&)\s|\sand,\s)(?:then\s)?(?:at\s|after\s)?"
_LIST = re.compile(
    rf"\b(?P<label>(?:months?|weeks?|years?)\s)?(?P<list>{_ITEM}(?:{_JOINT}{_ITEM})+)(?![\d.,]*\d)"
)
_PART = re.compile(rf"(?P<first>{_FIRST})|(?P<count>{_COUNT})(?:[\s-]?(?P<unit>{_UNIT})\b)?")
_AFTER_BIRTH = re.compile(
    r"\s?(?:post-?\s?partum|post-?\s?natal|(?:after|following)\s(?:the\s|her\s)?(?:delivery|birth|childbirth|"
    r"parturition))"
)
_AGE = re.compile(r"\s?(?:-?\s?old\b|of\s(?:age|gestation|pregnancy)|gestation)")


@dataclass(frozen=True, slots=True)
class _List:
    start: int
    end: int
    times: tuple[TimeRef, ...]


def with_listed_times(
    view: View, sentence: Sentence, found: list[M], key: Callable[[M], Hashable]
) -> list[M]:
    """The mentions of a sentence, each value of a list with its own time of a list as long.

    `key` names what values of one list have in common. With "from A to B and C at 12 and 24 months"
    the first value is the baseline.
    """
    groups: dict[Hashable, list[M]] = {}
    for mention in found:
        groups.setdefault(key(mention), []).append(mention)
    if all(len(group) < 2 for group in groups.values()):
        return found
    lists = list(_lists(view, sentence))
    if not lists:
        return found
    told: dict[int, TimeRef] = {}
    for group in groups.values():
        told.update(_paired(view, sentence, sorted(group, key=lambda m: m.end), lists))
    return [replace(m, time=told[id(m)]) if id(m) in told else m for m in found]


def _paired(view: View, sentence: Sentence, group: Sequence[M], lists: list[_List]) -> dict[int, TimeRef]:
    count = len(group)
    first = group[0]
    raised = _FROM.search(view.lower, max(sentence.start, first.end - 40), first.end)
    for row in lists:
        times = list(row.times)
        if raised and len(times) == count - 1 and times[0].phase != "baseline":
            times.insert(0, TimeRef(first.start, first.end, "", "baseline", 0, 0, "baseline"))
        if len(times) == count > 1 and not any(row.start < m.end <= row.end for m in group):
            return {id(m): t for m, t in zip(group, times, strict=True)}
    return {}


_FROM = re.compile(r"\bfrom\s[^,;]{0,30}$")


def _lists(view: View, sentence: Sentence) -> Iterator[_List]:
    for match in _LIST.finditer(sentence.lower):
        parts = list(_PART.finditer(sentence.lower, match.start("list"), match.end("list")))
        label = (match["label"] or "").strip()
        unit, times = label, []
        birth = _AFTER_BIRTH.match(sentence.lower, match.end())
        if _AGE.match(sentence.lower, match.end()):
            continue
        end = match.end()
        for part in reversed(parts):  # a count without a unit has that of the next
            unit = part["unit"] or unit
            if part["first"]:
                days: tuple[int, int] | None = (0, 0)
            else:
                days = duration_days(part["count"], unit) if unit else None
            if days is None:
                break
            start = sentence.start + part.start()
            stop = sentence.start + (part.end() if part["unit"] or part["first"] else end)
            times.append(_time(view, start, stop, days, bool(birth) and not part["first"]))
        if len(times) == len(parts) > 1:
            yield _List(sentence.start + match.start(), sentence.start + match.end(), tuple(reversed(times)))


def _time(view: View, start: int, stop: int, days: tuple[int, int], birth: bool) -> TimeRef:
    if birth:
        return TimeRef(start, stop, view.text[start:stop], "delivery", *days)
    phase = "follow-up" if days[1] else "baseline"
    return TimeRef(start, stop, view.text[start:stop], "baseline", *days, phase)
