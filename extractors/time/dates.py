"""Calendar dates in heads and cells: "2010-03-01", "12.3.2010", "March 2010", "2010"."""

from __future__ import annotations

import datetime
import re

from extractors.language.atoms import MONTH
from extractors.rules.book import Book
from extractors.rules.rule import Rule
from extractors.text import folded, lower_same_length

#: The anchor of a `TimeRef` whose days are those of a date (proleptic Gregorian ordinals).
DATE = "date"
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
#: Where a part of a date is not told, it lies in the middle.
_MIDDLE_DAY, _MIDDLE_MONTH = 15, 7
SLOTS = {
    "year": r"(?:19|20)\d\d",
    "nn": r"\d{1,2}",
    "month": MONTH,
}


def month_number(name: str) -> int:
    """The number of a month by its name in lower case, whole or cut; raises ValueError for another word."""
    return _MONTHS.index(name[:3]) + 1


def _date(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year if year > 99 else 2000 + year, month, day)
    except ValueError:
        return None


def _numbers(m: re.Match[str]) -> datetime.date | None:
    month, day = int(m["m"]), int(m["d"] or _MIDDLE_DAY)
    if m["d"] and month > 12 >= day:
        day, month = month, day  # month first
    return _date(int(m["y"]), month, day)


def _iso(m: re.Match[str]) -> datetime.date | None:
    return _date(int(m["y"]), int(m["m"]), int(m["d"] or _MIDDLE_DAY))


def _named(m: re.Match[str]) -> datetime.date | None:
    return _date(int(m["y"]), month_number(m["m"]), int(m["d"] or m["behind"] or _MIDDLE_DAY))


def _year(m: re.Match[str]) -> datetime.date | None:
    return _date(int(m["y"]), _MIDDLE_MONTH, 1)


#: A text that is a date and nothing else.
BOOK = Book(
    "time.dates",
    (
        Rule(
            "date year first",
            r"^\W*{y:year}-{m:nn}(?:-{d:nn})?\W*$",
            _iso,
            says={"2010-03-01": datetime.date(2010, 3, 1), "2010-03": datetime.date(2010, 3, 15)},
            silent=("from 2010-03-01 on",),
        ),
        Rule(
            "date in numbers",
            r"^\W*(?:{d:nn}[./-])?{m:nn}[./-]{y:year}\W*$",
            _numbers,
            says={"12.3.2010": datetime.date(2010, 3, 12), "3/25/2010": datetime.date(2010, 3, 25)},
            silent=("12.3.10", "99.99.2010"),
        ),
        Rule(
            "date with a month named",
            r"^\W*(?:{d:nn} )?{m:month}\.?,?[ -]?(?:{behind:nn}, )?(?P<y>{year}|(?<=-)\d\d)\W*$",
            _named,
            says={"March 2010": datetime.date(2010, 3, 15), "Mar-10": datetime.date(2010, 3, 15)},
            silent=("In March 2010", "March 10"),
        ),
        Rule(
            "date year alone",
            r"^\W*{y:year}\W*$",
            _year,
            says={"(2010)": datetime.date(2010, 7, 1)},
            silent=("2010 IU",),
        ),
    ),
    SLOTS,
)


def date_of(text: str) -> int | None:
    """The day (proleptic Gregorian ordinal) of a text that is a date and nothing else, None otherwise."""
    body = folded(text)
    for found in BOOK.in_text(body, lower_same_length(body)):
        day: datetime.date | None = found.read()
        return day.toordinal() if day else None
    return None
