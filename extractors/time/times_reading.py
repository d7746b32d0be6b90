"""What a matched time expression says: the anchor, the days from it, and the phase.

Weeks of gestation count from the last menstrual period; delivery is taken at 40 weeks 0 days.
"""

from __future__ import annotations

import re

from extractors.language.numbers import parse_count, parse_ordinal
from extractors.rules.quick import any_of
from extractors.time import durations as du
from extractors.time.times_patterns import PREGNANCY_GROUPS, patterns

Reading = tuple[str, int | None, int | None, str]  # anchor, days min and max, phase

_GESTATION_NAMES = frozenset(
    {
        "gestation_weeks",
        "gestation_label",
        "last_of_pregnancy",
        "nth_gestation",
        "trimester",
        "half",
        "period",
    }
)
#: Days after delivery that a vague "soon" or "in the weeks after" may span.
_SOON_DAYS = {"hours": 1, "days": 7, "weeks": 42, "months": 183}
_SHORTLY_DAYS = 14
_SINCE_DAYS = 7
#: "At 5 years" may be a follow-up; more years than these are an age.
_LONGEST_FOLLOW_UP = 7
#: "At 39 weeks" without more is gestation in a sentence on pregnancy or birth, from here to here.
_BARE_WEEKS = (20, 43)

#: Months that no pregnancy has.
_AFTER_PREGNANCY = 11
_COURSE_WORDS = ("score", "bmd", "densit", "dxa", "dexa", "treat", "therap")

#: First word that occurs in a period's text -> its anchor and days.
_PERIODS = (
    ("near term", "gestation", -28, 0),
    ("term", "gestation", -21, 7),
    ("early post", "delivery", 0, 42),
    ("early puer", "delivery", 0, 42),
    ("immediate", "delivery", 0, 7),
    ("late post", "delivery", 42, 365),
    ("end of", "gestation", -61, 0),
    ("last part", "gestation", -61, 0),
    ("final period", "gestation", -61, 0),
    ("late", "gestation", -84, 0),
    ("early", "gestation", -280, -183),
    ("mid", "gestation", -182, -85),
    ("puerper", "delivery", 0, 42),
    ("partum period", "delivery", 0, 183),
    ("partum", "delivery", 0, 42),
    ("after", "delivery", 0, 42),
    ("following", "delivery", 0, 42),
    ("labo", "delivery", 0, 0),
    ("deliver", "delivery", 0, 0),
    ("childbirth", "delivery", 0, 0),
    ("lactat", "delivery", 0, 365),
    ("breast", "delivery", 0, 365),
    ("nursing", "delivery", 0, 365),
    ("pregnan", "gestation", -280, 0),
    ("gestation", "gestation", -280, 0),
)


def _ordinal(text: str | None) -> int | None:
    return parse_ordinal(text) if text else None


def _group(match: re.Match[str], name: str) -> str | None:
    return match.groupdict().get(name)


def _nth_span(n: int, unit: str) -> tuple[int, int]:
    """Days that the n-th unit after delivery spans; a day is exact."""
    if unit.startswith("d"):
        return n, n
    per = du.unit_days(unit)
    return round((n - 1) * per), round(n * per)


def read_free(name: str, m: re.Match[str]) -> Reading | None:
    """The reading of a whole expression found by the pattern `name` of `times_patterns.FREE`."""
    if name in _GESTATION_NAMES:
        return _read_gestation(name, m)
    if name == "nth_after_birth":
        return _nth_after_birth(m)
    if name == "nth_puerperal":
        return _puerperal(m)
    if name == "day_n":
        count = parse_count(m["dn"] or m["d_count"] or m["ppd"])
        return None if count is None else ("delivery", *_nth_or_point(int(count), m["dn_unit"] or "day"), "")
    if name == "fraction":
        unit = {"52": "weeks", "12": "months", "7": "days"}[m["fr_unit"]]
        return "delivery", *_nth_or_point(int(m["fr_count"]), unit), ""
    if name == "soon":
        unit = m["soon_unit"] or m["soon_unit2"] or m["within_unit"] or ""
        return "delivery", 0, _SOON_DAYS.get(unit, _SHORTLY_DAYS), ""
    if name == "since_birth":
        return "delivery", 0, _SINCE_DAYS, ""
    if name in ("baby_age", "baby_held"):
        days = du.duration_days(m["count"], m["unit"], m["upto"])
        return None if days is None else ("delivery", *days, "")
    if m["da_of"] == "of":
        return "delivery", 0, (1 if m["da_unit"] in ("night", "evening") else 0), ""
    day = {"day": (1, 1), "morning": (1, 1), "week": (7, 14)}.get(m["da_unit"], (0, 1))
    return ("delivery", *day, "")


def read_course(m: re.Match[str], lower: str, on_birth: bool) -> Reading | None:
    """A counted stretch of a treatment or follow-up ("at the end of the 12th month", "at month 18").

    A bare "at the eighth month" is that of a pregnancy, unless its sentence speaks of densitometry or
    treatment.
    """
    named = {key: value for key, value in m.groupdict().items() if value}
    unit = next((value for key, value in named.items() if key.endswith("_unit")), "month")
    number = next(value for key, value in named.items() if not key.endswith("_unit"))
    count = _ordinal(number) or parse_count(number)
    if count is None:
        return None
    told = "told_nth" in named or "m_count" in named
    if (
        not told
        and unit == "month"
        and count < _AFTER_PREGNANCY
        and (on_birth or not any_of(lower, _COURSE_WORDS))
    ):
        return None
    days = round(count * du.unit_days(unit))
    inside = "told_nth" in named and m.group().startswith(("in ", "during ", "within ", "on "))
    first = days - round(du.unit_days(unit)) if inside else days
    return "baseline", first, days, "follow-up"


def read_phase(m: re.Match[str]) -> Reading:
    """The reading of words that tell the phase only ("at follow-up", "on admission")."""
    return ("baseline", None, None, "follow-up") if m["follow"] else ("baseline", 0, 0, "baseline")


def _nth_or_point(count: int, unit: str) -> tuple[int, int]:
    """ "Week 5 postpartum" is five weeks after delivery, as its authors count."""
    days = round(count * du.unit_days(unit))
    return days, days


def _nth_after_birth(m: re.Match[str]) -> Reading | None:
    n, unit = _ordinal(m["nth"]), m["nth_unit"]
    if n is None or unit.startswith("t"):
        return None
    low, high = _nth_span(n, unit)
    if n == 1 and (m["few"] or unit.endswith("s")):
        count = 3 if m["few"] in ("few", None) else parse_count(m["few"]) or 3
        low, high = 0, round(count * du.unit_days(unit))
    start = _ordinal(m["nth_from"])
    if start is not None and start < n:
        low = _nth_span(start, unit)[0]
    return "delivery", low, high, ""


def _puerperal(m: re.Match[str]) -> Reading | None:
    if m["p_nth"]:
        n = _ordinal(m["p_nth"])
        return None if n is None else ("delivery", *_nth_span(n, m["p_unit"]), "")
    count = parse_count(m["l_count"])
    return None if count is None else ("delivery", *_nth_or_point(int(count), m["l_unit"]), "")


def _read_gestation(name: str, m: re.Match[str]) -> Reading | None:
    """Expressions inside a pregnancy, as days before delivery at term."""
    if name == "gestation_weeks":
        return _at_weeks(m["weeks"])
    if name == "gestation_label":
        return _at_weeks(m["label_weeks"] or m["label_weeks2"] or m["label_weeks3"] or m["label_weeks4"])
    if name == "nth_gestation":
        return _nth_of_pregnancy(m)
    if name == "trimester":
        return _trimester(m)
    if name == "half":
        return ("gestation", -du.TERM_DAYS, -141, "") if m["half"] == "first" else ("gestation", -140, 0, "")
    if name == "last_of_pregnancy":
        few = m["lp_count"] in ("few", "couple of") or (m["lp_count"] is None and m["lp_unit"].endswith("s"))
        count = 3.0 if few else parse_count(m["lp_count"] or "one")
        return "gestation", -round((count or 1) * du.unit_days(m["lp_unit"])), 0, ""
    return _period_reading(m["period"])


def _at_weeks(text: str) -> Reading | None:
    day = du.gestation_days(text)
    return None if day is None else ("gestation", day, day, "")


def _trimester(m: re.Match[str]) -> Reading:
    which = {"first": 1, "1st": 1, "early": 1, "second": 2, "2nd": 2, "mid": 2}.get(m["tri"], 3)
    low, high = du.TRIMESTER_DAYS[which]
    part = m["tri_end"] or ""
    if "end" in part or "late" in part:
        low = high - round(du.DAYS_PER_MONTH * 1.5)
    elif part:
        high = low + round(du.DAYS_PER_MONTH * 1.5)
    return "gestation", low, high, ""


def _nth_of_pregnancy(m: re.Match[str]) -> Reading | None:
    n = _ordinal(m["nth"] or m["ng"])
    unit = m["nth_unit"] or m["ng_unit"] or m["ng_month"]
    if m["ng_count"]:
        n = int(parse_count(m["ng_count"]) or 0)
    if unit.startswith("t"):
        return ("gestation", *du.TRIMESTER_DAYS.get(n or 3, (-du.TERM_DAYS, 0)), "")
    if n is None:
        few = parse_count(m["few"]) if m["few"] and m["few"] != "few" else (3 if m["few"] else 1)
        return "gestation", -round((few or 1) * du.unit_days(unit)), 0, ""
    if unit.startswith("m"):
        return ("gestation", *du.month_of_pregnancy(n), "") if 1 <= n <= 10 else None
    if unit.startswith("w"):
        return "gestation", (n - 1) * 7 - du.TERM_DAYS, n * 7 - du.TERM_DAYS, ""
    return None


def _period_reading(text: str) -> Reading | None:
    for word, anchor, low, high in _PERIODS:
        if word in text:
            return anchor, low, high, ""
    return None


def read_duration(
    name: str, m: re.Match[str], tail: re.Match[str], lead: str, on_birth: bool
) -> Reading | None:
    """The reading of a duration `m` with its suffix `name`, `lead` being the preposition before it."""
    if name == "gestation":
        return _gestation_duration(m, tail["g_days"])
    days = du.duration_days(m["count"], m["unit"], m["upto"])
    if days is None:
        return None
    if name == "before_birth":
        return "delivery", -days[1], -days[0], ""
    if name == "before_term":
        return "gestation", -days[1], -days[0], ""
    if name == "after_birth" and lead == "for":
        return None  # how long, not when: "pain for 4 months following delivery"
    if name == "after_birth":
        return "delivery", 0 if lead == "within" else days[0], days[1], ""
    if name == "ago":
        return "baseline", -days[1], -days[0], "history"
    if name == "from_symptom":
        return "symptom", days[0], days[1], ""
    if name == "after_duration" and lead == "at":
        count = parse_count(m["count"]) or 0
        if on_birth and m["unit"].startswith("w") and _BARE_WEEKS[0] <= count < _BARE_WEEKS[1]:
            return _gestation_duration(m, None)
        if m["unit"].startswith("y") and count > _LONGEST_FOLLOW_UP:
            return None  # "menarche at 14 years" is an age
    return "baseline", days[0], days[1], "follow-up"


def _gestation_duration(m: re.Match[str], extra_days: str | None) -> Reading | None:
    """ "34 weeks of gestation", "at 8 months of pregnancy"."""
    count = parse_count(m["count"])
    upto = parse_count(m["upto"]) if m["upto"] else None
    if count is None or m["unit"][0] not in "wm":
        return None
    if m["unit"].startswith("m"):
        if not 1 <= count <= 10:
            return None
        low, high = du.month_of_pregnancy(int(count))
        return "gestation", low, (du.month_of_pregnancy(int(upto))[1] if upto else high), ""
    day = round(count * 7) - du.TERM_DAYS + int(parse_count(extra_days) or 0 if extra_days else 0)
    last = round(upto * 7) - du.TERM_DAYS if upto else day
    return "gestation", day, max(day, last), ""


def pregnancy_of(match: re.Match[str], sentence: str, end: int) -> int | None:
    """Which pregnancy or birth an expression tells ("her second delivery", "of her first child")."""
    for group in PREGNANCY_GROUPS:
        if number := _ordinal(_group(match, group)):
            return number
    child = patterns().child.match(sentence, end)
    return _ordinal(child["nth"]) if child else None
