"""Spans of time in days: "3 weeks", "two and a half months", "48 hours", "32+4 weeks"."""

from __future__ import annotations

import re

from extractors.language.numbers import COUNT, ORDINAL, parse_count

DAYS_PER_MONTH = 365.25 / 12  # mean Gregorian month
DAYS_PER_YEAR = 365.25
#: Length of a pregnancy from the last menstrual period (ACOG Committee Opinion 700).
TERM_DAYS = 280

UNIT = r"(?:hours?|hrs?|days?|weeks?|wks?|fortnights?|months?|mths?|mos?|years?|yrs?)"
#: Words of vagueness that may stand before a duration.
ABOUT = (
    r"(?:about|around|approximately|approx\.?|roughly|some|nearly|almost|exactly|just|only|over|"
    r"more than|~|circa|ca\.?|the)"
)
_RANGE = r"\s?(?:to|-|or)\s?"
DURATION = (
    rf"(?:{ABOUT}\s)?(?P<count>{COUNT})(?:{_RANGE}(?P<upto>\d+|{COUNT}))?(?:\s|-)"
    rf"(?:short\s|full\s|more\s|further\s)?(?P<unit>{UNIT})\b"
)
NTH_UNIT = (
    rf"(?P<nth>{ORDINAL}|last|final)\s(?:(?P<few>two|three|few|2|3)\s)?"
    r"(?:(?:post-?\s?(?:partum|natal|operative)|puerperal|lactation|gestational)\s)?"
    r"(?P<nth_unit>hours?|days?|weeks?|months?|years?|trimester)\b"
)

_PER_UNIT = {"h": 1 / 24, "d": 1.0, "w": 7.0, "f": 14.0, "m": DAYS_PER_MONTH, "y": DAYS_PER_YEAR}


def unit_days(unit: str) -> float:
    """Days in one unit of time given by its printed word; raises KeyError for another word."""
    return _PER_UNIT[unit.strip().lower()[0]]


def duration_days(count: str, unit: str, upto: str | None = None) -> tuple[int, int] | None:
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


def month_of_pregnancy(month: int) -> tuple[int, int]:
    """Days before delivery at 40 weeks that the n-th month of pregnancy spans, both negative or 0."""
    low = round((month - 1) * DAYS_PER_MONTH) - TERM_DAYS
    return low, min(0, round(month * DAYS_PER_MONTH) - TERM_DAYS)


#: Trimesters as ACOG counts them: to 13+6, 14+0 to 27+6, 28+0 to delivery.
TRIMESTER_DAYS = {1: (-280, -183), 2: (-182, -85), 3: (-84, 0)}

_GESTATION_DAYS = re.compile(
    r"(\d{1,2})\s?(?:\+\s?|\s|w(?:ee)?k?s?\s?(?:and\s)?\+?\s?)([0-6])(?:/7|\sdays?|d)?$"
)


def gestation_days(text: str) -> int | None:
    """Days before delivery at 40 weeks for "32", "32+4", "32 4/7" weeks of gestation."""
    body = text.strip().lower()
    both = _GESTATION_DAYS.match(body)
    if both:
        return int(both.group(1)) * 7 + int(both.group(2)) - TERM_DAYS
    weeks = parse_count(body)
    return None if weeks is None or not 1 <= weeks <= 45 else round(weeks * 7) - TERM_DAYS
