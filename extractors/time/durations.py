"""Spans of time in days: "3 weeks", "two and a half months", "48 hours", "32+4 weeks"."""

from __future__ import annotations

import re

from extractors.language.numbers import parse_count

#: From the first to the last day, equal for an exact one.
Days = tuple[int, int]

DAYS_PER_MONTH = 365.25 / 12  # mean Gregorian month
DAYS_PER_YEAR = 365.25
#: Length of a pregnancy from the last menstrual period (ACOG Committee Opinion 700).
TERM_DAYS = 280
#: Trimesters as ACOG counts them: to 13+6, 14+0 to 27+6, 28+0 to delivery.
TRIMESTER_DAYS = {1: (-280, -183), 2: (-182, -85), 3: (-84, 0)}
#: The latest week that a pregnancy reaches.
_LAST_WEEK = 45

_PER_UNIT = {"h": 1 / 24, "d": 1.0, "w": 7.0, "f": 14.0, "m": DAYS_PER_MONTH, "y": DAYS_PER_YEAR}


def unit_days(unit: str) -> float:
    """Days in one unit of time given by its printed word; raises KeyError for another word."""
    return _PER_UNIT[unit.strip().lower()[0]]


def point(count: float, unit: str) -> Days:
    """The day that "week 5" stands for: five weeks from the start, as its authors count."""
    days = round(count * unit_days(unit))
    return days, days


def nth_span(n: float, unit: str) -> Days:
    """The days that the n-th unit spans; a day is exact."""
    per = unit_days(unit)
    last = round(n * per)
    return (last, last) if unit.strip().lower().startswith("d") else (round((n - 1) * per), last)


def duration_days(count: str, unit: str, upto: str | None = None) -> Days | None:
    """The days of "count [to upto] unit", as (min, max), equal for an exact statement; None if unreadable."""
    low = parse_count(count)
    if low is None:
        return None
    high = low
    if upto:
        read = parse_count(upto)
        high = read if read is not None and read >= low else low
    days = unit_days(unit)
    return round(low * days), round(high * days)


def month_of_pregnancy(month: int) -> Days:
    """Days before delivery at 40 weeks that the n-th month of pregnancy spans, both negative or 0."""
    low = round((month - 1) * DAYS_PER_MONTH) - TERM_DAYS
    return low, min(0, round(month * DAYS_PER_MONTH) - TERM_DAYS)


_WEEKS_AND_DAYS = re.compile(
    r"(\d{1,2})\s?(?:\+\s?|\s|w(?:ee)?k?s?\s?(?:and\s)?\+?\s?)([0-6])(?:/7|\sdays?|\s?d)?$"
)


def gestation_days(text: str) -> int | None:
    """Days before delivery at 40 weeks for "32", "32+4", "32 4/7", "32w4d" weeks of gestation."""
    body = text.strip().lower()
    both = _WEEKS_AND_DAYS.match(body)
    if both:
        return int(both.group(1)) * 7 + int(both.group(2)) - TERM_DAYS
    weeks = parse_count(body)
    return None if weeks is None or not 1 <= weeks <= _LAST_WEEK else round(weeks * 7) - TERM_DAYS
