"""Calendar dates in prose: "March 2014", "on 12 May 2015", "12.03.2014", "in May of the following year"."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.base import TimeRef
from extractors.language.atoms import MONTH
from extractors.rules.book import Book
from extractors.rules.rule import Glue, Rule
from extractors.text import Sentence, View
from extractors.time.dates import DATE, month_number
from extractors.time.durations import Days

#: Where only the month is told, its middle stands for it; a part of a year is all of its months.
_MIDDLE_DAY = 15
#: A date without a year may lie so many days before the one told before it, as one whose day is not told may.
_BACK_DAYS = 31
#: So many characters before a date words may stand by which the sentence looks back.
_BACK_REACH = 60
_LOOKING_BACK = Glue(r"\bhad\b")
_PARTS = {"early": (1, 4), "mid": (5, 8), "late": (9, 12), "beginning": (1, 3), "end": (10, 12)}


@dataclass(frozen=True, slots=True)
class Told:
    """A date as it is printed; `part` of a year where no month is told.

    `after`: the year is that of the date told before (0) or the next one (1). A date that is told `near`
    another has no year: it is the next such day, or the last one where the sentence looks `back`. `order` of
    a date in numbers: "day" or "month" first, "either" where the numbers may stand for both.
    """

    year: int = 0
    month: int = 0
    day: int = 0
    part: str = ""
    after: int | None = None
    near: bool = False
    back: bool = False
    order: str = ""


def _named(m: re.Match[str]) -> Told:
    return Told(int(m["y"]), month_number(m["m"]), int(m["d"] or 0))


def _numbers(m: re.Match[str]) -> Told | None:
    first, second, year = int(m["a"]), int(m["b"]), int(m["y"])
    if m["sign"] == "." or first > 12:
        return Told(year, second, first, order="day") if second <= 12 else None
    if second > 12:
        return Told(year, first, second, order="month")
    return Told(year, second, first, order="either")


def _iso(m: re.Match[str]) -> Told:
    return Told(int(m["y"]), int(m["m"]), int(m["d"]))


def _of_month(m: re.Match[str]) -> Told | None:
    month = int(m["m"])
    return Told(int(m["y"]), month) if 1 <= month <= 12 else None


def _of_year(m: re.Match[str]) -> Told:
    return Told(int(m["y"]), part=m["part"] or "")


def _of_told_year(m: re.Match[str]) -> Told:
    after = 0 if m["which"] in ("same", "that") else 1
    return Told(month=month_number(m["m"]), day=int(m["d"] or 0), after=after)


def _without_year(m: re.Match[str]) -> Told:
    told = m.groupdict()
    month, day = told["m"] or told.get("m2") or "", told.get("d") or told.get("d2")
    back = _LOOKING_BACK.within(m.string, m.start() - _BACK_REACH, m.start()) is not None
    return Told(month=month_number(month), day=int(day or 0), near=True, back=back)


#: All dates of a text. `y`, `m` and `d` are groups of the year, the month and the day.
BOOK = Book(
    "time.calendar",
    (
        Rule(
            "month named",
            r"\b(?:{d:nn}(?:st|nd|rd|th)?[ -](?:of )?)?{m:month}\.?,?[ -](?:of )?{y:year}\b",
            _named,
            says={
                "She was seen in June 2015.": Told(2015, 6),
                "She delivered on 12 March 2015.": Told(2015, 3, 12),
                "On the 3rd of May, 2015 she fell.": Told(2015, 5, 3),
            },
            silent=("She was seen in June.", "She may 2 times"),
        ),
        Rule(
            "month and day named",
            r"\b{m:month}\.? {d:nn}(?:st|nd|rd|th)?,? {y:year}\b",
            _named,
            says={"On March 12, 2015 she delivered.": Told(2015, 3, 12)},
            silent=("On March 12 she delivered.",),
        ),
        Rule(
            "date in numbers",
            r"(?<![\d./-]){a:nn}(?P<sign>[./-]){b:nn}(?P=sign){y:year}(?![\d/-])",
            _numbers,
            says={
                "On 25.03.2015 she fell.": Told(2015, 3, 25, order="day"),
                "On 03/25/2015 she fell.": Told(2015, 3, 25, order="month"),
                "On 3/4/2015 she fell.": Told(2015, 4, 3, order="either"),
            },
            silent=("The dose was 12/2015.", "On 25/25/201 she fell."),
        ),
        Rule(
            "date year first",
            r"(?<![\d./-]){y:year}-{m:nn}-{d:nn}(?![\d/-])",
            _iso,
            says={"DXA of 2015-03-25": Told(2015, 3, 25)},
            silent=("in 2015-16",),
        ),
        Rule(
            "month in numbers",
            r"(?:\b(?:in|on|by|since|of) |[(\[,] ?){m:nn}[/.]{y:year}(?![\d/-])",
            _of_month,
            says={"DXA (03/2015) was low.": Told(2015, 3)},
            silent=("DXA (13/03/2015) was low.", "in 14/2015", "a ratio of 1/20"),
        ),
        Rule(
            "year alone",
            r"\b(?:in|since|by|during|until) (?:the )?(?:(?P<part>early|mid|late|beginning|end)(?: of)?[ -])?"
            r"(?:the )?(?:year )?{y:year}\b"
            r"(?![-/.]\d| ?(?:mg|iu|units?|ml|g|ug|patients|women|cases|deliveries|births|steps|kcal)\b)",
            _of_year,
            says={"In 2015 she fell.": Told(2015), "By mid 2015 she was well.": Told(2015, part="mid")},
            silent=("in 2015 patients", "calcium in 2000 mg", "In 20150 she fell.", "She took 2000 IU."),
        ),
        Rule(
            "month of a told year",
            r"\b(?:in|by|since|until|of|on) (?:early |mid-?|late )?(?:the )?"
            r"(?:{d:nn}(?:st|nd|rd|th)? (?:of )?)?{m:month},? (?:of )?(?:the )?"
            r"(?P<which>same|that|following|next|subsequent) year\b",
            _of_told_year,
            says={
                "In May of the following year she was well.": Told(month=5, after=1),
                "In May of the same year she was well.": Told(month=5, after=0),
                "Her son had been born on 12 March that year.": Told(month=3, day=12, after=0),
            },
            silent=("In the following year she was well.", "She may in that year"),
        ),
        Rule(
            "day without a year",
            r"(?:\b(?:on|by|until|till|since|from|of|to|dated) (?:the )?|[(] ?(?:[a-z]{2,4},? )?)"
            r"(?:{d:nn}(?:st|nd|rd|th)?[ -](?:of )?{m:month}\b|{m2:month}\.? {d2:nn}(?:st|nd|rd|th)?\b)"
            r"(?!{its year})",
            _without_year,
            says={
                "MRI on 28 May showed fractures.": Told(month=5, day=28, near=True),
                "MRI (3 May) was normal.": Told(month=5, day=3, near=True),
                "On June 4 she was well.": Told(month=6, day=4, near=True),
                "She had delivered on 3 May.": Told(month=5, day=3, near=True, back=True),
            },
            silent=("MRI on 28 May 2015 was normal.", "She may on 3 days", "on 12 March of the same year"),
        ),
        Rule(
            "month without a year",
            r"\b(?:in|by|since|until|till) (?:early |mid-?|late )?{m:month}\b(?!{its year})",
            _without_year,
            says={"In June she was referred to us.": Told(month=6, near=True)},
            silent=("In June 2015 she was referred.", "In May of the same year", "She may in June 2014"),
        ),
    ),
    {
        "year": r"(?:19|20)\d\d",
        "nn": r"\d{1,2}",
        "month": MONTH,
        # behind a month: its year is told, or it is no month
        "its year": r"\.?,?[ -](?:of )?(?:\d|(?:the )?(?:same|that|following|next|subsequent) year)",
    },
)


def dates_in(view: View, sentence: Sentence) -> tuple[TimeRef, ...]:
    """The dates of a sentence in order, with absolute offsets; `days_min` and `days_max` are ordinals."""
    return _dates(view).get(sentence.index, ())


def _dates(view: View) -> dict[int, tuple[TimeRef, ...]]:
    """The dates of a text by the numbers of their sentences; worked out once."""
    key = ("time.calendar",)
    known: dict[int, tuple[TimeRef, ...]] | None = view.cache.get(key)
    if known is None:
        known = {sentence.index: dates for sentence, dates in _resolved(view)}
        view.cache[key] = known
    return known


def _resolved(view: View) -> Iterator[tuple[Sentence, tuple[TimeRef, ...]]]:
    told = [(s, BOOK.apart(view, s)) for s in view.sentences if BOOK.possible(view, s)]
    orders = {said.order for _, found in told for _, said in found} - {"", "either"}
    order = orders.pop() if len(orders) == 1 else ""
    before = 0
    for sentence, found in told:
        out = []
        for hit, said in sorted(found, key=lambda pair: pair[0].start):
            days = _days(said, order, before)
            if days is not None:
                before = days[0]
                out.append(TimeRef(hit.start, hit.end, view.text[hit.start : hit.end], DATE, *days))
        if out:
            yield sentence, tuple(out)


def _days(said: Told, order: str, before: int) -> Days | None:
    """The first and the last day that a date may mean, None where that is not known; `order` is that of the
    text's other dates, `before` the day of the date before, 0 for none."""
    if said.after is not None or said.near:
        return _after(said, before) if before else None
    if said.order == "either":
        if not order and said.month != said.day:
            return None
        return _day(said.year, *((said.day, said.month) if order == "month" else (said.month, said.day)))
    if said.month:
        return _day(said.year, said.month, said.day)
    first, last = _PARTS.get(said.part, (1, 12))
    begin, end = _day(said.year, first, 1), _day(said.year, last, 28)
    return (begin[0], end[0]) if begin and end else None


def _after(said: Told, before: int) -> Days | None:
    """A date that is told by the one before it."""
    year = datetime.date.fromordinal(before).year
    found = _day(year + (said.after or 0), said.month, said.day)
    if not said.near or found is None:
        return found
    if said.back:
        return found if found[0] <= before else _day(year - 1, said.month, said.day)
    return found if before - found[0] <= _BACK_DAYS else _day(year + 1, said.month, said.day)


def _day(year: int, month: int, day: int) -> Days | None:
    """The day of a date, twice; its middle where no day of the month is told."""
    try:
        found = datetime.date(year, month, day or _MIDDLE_DAY).toordinal()
    except ValueError:
        return None
    return found, found
