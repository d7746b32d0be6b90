"""When the values of a column or row were measured: visits, dates, "before" and "after"."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace

from extractors.base import TimeRef
from extractors.language.numbers import ORDINAL, parse_ordinal
from extractors.text import View
from extractors.time.durations import TERM_DAYS, duration_days
from extractors.time.times import find_times

_TREATMENT = r"(?:treatment|therapy|tx|medication|infusion|teriparatide|denosumab|\w*dron\w*)"
_BEFORE = re.compile(
    rf"\b(?:before|pre|prior to|at (?:start|beginning|onset|"
    rf"initiation))[\s-]?(?:of\s)?(?:the\s)?{_TREATMENT}|"
    r"baseline|\binitial|at (?:the\s)?(?:time of\s)?(?:diagnosis|presentation|admission|first|"
    r"hospital|referral)|"
    r"first (?:visit|examination|presentation|measurement|scan|dxa|value|consultation)|pre-?treatment|"
    r"\b(?:day|month|week|year|visit|time|t)\s?0\b|\b0\s?(?:days?|months?|weeks?|years?|mo|m|w|d|y)\b|"
    r"^\W*(?:first|pre|before|admission|presentation|diagnosis|visit 1|visit i|1st)\W*$|on admission",
    re.I,
)
_AFTER = re.compile(
    rf"\b(?:after|post|end of|following|on|during|under)[\s-]?(?:the\s)?{_TREATMENT}|follow-?\s?up|"
    r"post-?treatment|\blast (?:visit|follow|examination|measurement|scan|dxa|value|control)|"
    r"\bfinal\b|\blatest\b|"
    r"\bcontrol\b|^\W*(?:after|post|last|current|discharge|second|third|2nd|3rd)\W*$|at discharge|"
    r"\bvisit (?:[2-9]|i[iv]+|v)\b|(?:2nd|3rd|[4-9]th|second|third|fourth) "
    r"(?:visit|examination|measurement|scan|dxa|value|consultation|control)",
    re.I,
)
_SPAN = re.compile(
    r"(?:^|[\s(+~])(?P<count>\d+(?:[.,]\d+)?)(?:st|nd|rd|th)?[\s-]?(?P<unit>days?|weeks?|wks?|"
    r"months?|mths?|mos?|"
    r"years?|yrs?|d|w|m|y)\b\.?",
    re.I,
)
_WORD_SPAN = re.compile(rf"(?:^|\s)(?P<count>{ORDINAL})\s(?P<unit>day|week|month|year)s?\b", re.I)
_SPAN_AFTER = re.compile(
    r"(?:^|\s)(?P<unit>days?|weeks?|wk|months?|mo|years?|d|w|m|y)[\s-]?\+?(?P<count>\d+)\b", re.I
)
_POSTPARTUM = re.compile(
    r"post-?\s?partum|after (?:the )?(?:delivery|birth|parturition|childbirth)|\bpp\b|puerper|post-?natal",
    re.I,
)
_GESTATION = re.compile(r"gestation|pregnan|\bgw\b|\bga\b|amenorrh", re.I)
_AGE = re.compile(r"\bage[ds]?\b|\bold\b", re.I)
_SHORT_UNITS = {"d": "days", "w": "weeks", "m": "months", "y": "years", "mo": "months", "wk": "weeks"}
#: A column "12 m" is a time, "Lying down for 12 m" is none: short forms count in short heads only.
_SHORT_HEAD = 14

_MONTHS = {
    name: number
    for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)
}
_DATE = re.compile(
    r"^\W*(?:(?P<iso>(?:19|20)\d\d)-(?P<iso_m>\d{1,2})(?:-(?P<iso_d>\d{1,2}))?|"
    r"(?:(?P<d>\d{1,2})[./-])?(?P<m>\d{1,2})[./-](?P<y>(?:19|20)\d\d)|"
    r"(?:(?P<wd>\d{1,2})\s)?(?P<name>[A-Z][a-z]{2,8})\.?,?[\s-]?(?:(?P<wd2>\d{1,2}),\s)?"
    r"(?P<wy>(?:19|20)\d\d|(?<=-)\d\d)|"
    r"(?P<only>(?:19|20)\d\d))\W*$"
)
#: "March 2010 (baseline)", "Baseline (March 2010)"
_WITH_BRACKET = re.compile(r"\s*(?P<before>[^()]+?)\s*\((?P<inside>[^()]+)\)\W*$")
DATE = "date"  # anchor of a time that is a calendar date, in days of the Gregorian calendar


#: "BMD before and after treatment" is no time.
_BOTH = re.compile(r"\b(?:before|pre)\W{0,3}(?:and|&|versus|vs\.?|or)\W{0,3}(?:after|post)\b", re.I)


def time_sense(body: str, start: int) -> TimeRef | None:
    """The time that a header or a bracket in a cell names, None if it names none."""
    end = start + len(body)
    day = date_of(body)
    if day is None and (parts := _WITH_BRACKET.match(body)):
        day = date_of(parts["before"]) or date_of(parts["inside"])
    if day is not None:
        return TimeRef(start, end, body, DATE, day, day)
    if _BOTH.search(body):
        return None
    view = View(body)
    for sentence in view.sentences:
        for time in find_times(view, sentence):
            if time.days_min is not None:
                return replace(time, start=start + time.start, end=start + time.end)
    before, after = _BEFORE.search(body), _AFTER.search(body)
    if before:
        where = (start + before.start(), start + before.end())
        return TimeRef(*where, before.group().strip(), "baseline", 0, 0, "baseline")
    days = None if _AGE.search(body) else _span(body)
    if days is not None:
        if _GESTATION.search(body) and not _POSTPARTUM.search(body):
            return TimeRef(start, end, body, "gestation", days[0] - TERM_DAYS, days[1] - TERM_DAYS)
        if _POSTPARTUM.search(body):
            return TimeRef(start, end, body, "delivery", *days)
        phase = "baseline" if days[1] == 0 else "follow-up"
        return TimeRef(start, end, body, "baseline", *days, phase)
    if after:
        where = (start + after.start(), start + after.end())
        return TimeRef(*where, after.group().strip(), "baseline", None, None, "follow-up")
    return None


def _span(body: str) -> tuple[int, int] | None:
    for pattern in (_SPAN, _SPAN_AFTER, _WORD_SPAN):
        match = pattern.search(body)
        if match is None or (len(match["unit"]) == 1 and len(body) > _SHORT_HEAD):
            continue
        unit = _SHORT_UNITS.get(match["unit"].lower(), match["unit"].lower())
        count = match["count"].lower().replace(",", ".")
        number = count if count[0].isdigit() else str(parse_ordinal(count) or "")
        days = duration_days(number, unit) if number else None
        if days is not None:
            return days
    return None


def date_of(text: str) -> int | None:
    """The day (proleptic Gregorian ordinal) of a cell that is a date and nothing else, None otherwise."""
    match = _DATE.match(text)
    if match is None:
        return None
    if match["only"]:
        return datetime.date(int(match["only"]), 7, 1).toordinal()
    month = _MONTHS.get((match["name"] or "")[:3].lower()) or int(match["iso_m"] or match["m"] or 0)
    year = int(match["iso"] or match["y"] or match["wy"])
    day = int(match["iso_d"] or match["d"] or match["wd"] or match["wd2"] or 15)
    if match["d"] and month > 12 >= day:
        day, month = month, day  # month first
    try:
        return datetime.date(year if year > 99 else 2000 + year, month, day).toordinal()
    except ValueError:
        return None


def in_order(times: dict[int, TimeRef], anchor: str) -> dict[int, TimeRef]:
    """Visits side by side: the earliest is the baseline, the others follow up.

    Times counted "after delivery" in the caption or a note get that anchor. A date alone says
    nothing; of several, the first is the baseline and the others are counted from it.
    """
    dates = {c: t for c, t in times.items() if t.anchor == DATE}
    timed = {c: t for c, t in times.items() if t.anchor != DATE and t.days_min is not None}
    out = dict(times)
    if len(timed) > 1:
        earliest = min(t.days_min for t in timed.values() if t.days_min is not None)
        for c, t in timed.items():
            counted = anchor if anchor and t.anchor == "baseline" and t.phase != "baseline" else t.anchor
            out[c] = replace(t, phase="baseline" if t.days_min == earliest else "follow-up", anchor=counted)
    first = min((t.days_min for t in dates.values() if t.days_min is not None), default=0)
    for c, t in dates.items():
        since = (t.days_min or first) - first
        if len(dates) < 2:
            del out[c]
        else:
            phase = "follow-up" if since else "baseline"
            out[c] = replace(t, anchor="baseline", days_min=since, days_max=since, phase=phase)
    return out
