"""Normal forms of frequencies, and the readers that make them of a phrase's match.

A phrase's groups are `u`, its unit of time as printed, and `n`, `named` or `figure`, its count.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from extractors.language.numbers import parse_count
from extractors.rules.words import Vocabulary

EVERY_TWO_DAYS, HOURLY = "every other day", "hourly"
FORMS = frozenset(
    {
        "once", "daily", "twice daily", "three times daily", "four times daily", EVERY_TWO_DAYS,
        "weekly", "twice weekly", "three times weekly", "as needed",
    }
)  # fmt: skip
#: Abbreviations of prescriptions with their normal form.
TERMS = Vocabulary(
    "extractors.drugs",
    "prescription_terms.csv",
    ("word", "frequency", "source"),
    ("word",),
    allowed={"frequency": FORMS},
)

_INJECTED = re.compile(r"\b(?:i\.?v|i\.?m|s\.?c)\.?\s?$")
_ADVERBS = {"day": "daily", "week": "weekly", "month": "monthly", "year": "yearly"}
_COUNTS = {1: "", 2: "twice ", 3: "three times ", 4: "four times ", 5: "five times ", 6: "six times "}
_NAMED_COUNTS = {"once": 1.0, "twice": 2.0, "thrice": 3.0}
_ORDINALS = {"third": 3.0, "3rd": 3.0, "fourth": 4.0, "4th": 4.0, "sixth": 6.0, "6th": 6.0}
#: Beginnings of the words for a unit of time; a time of day comes once a day.
_UNITS = (
    ("24", "day"), ("d", "day"), ("w", "week"), ("morn", "day"), ("mo", "month"), ("y", "year"),
    ("h", "hour"), ("a", "year"), ("even", "day"), ("night", "day"), ("bed", "day"), ("j", "day"),
    ("tag", "day"),
)  # fmt: skip


def times_per(count: float, unit: str) -> str:
    """The normal form of so many times a day, week, month or year; "" for an hour."""
    if unit == "year" and count in (2, 3, 4, 6):
        return every(12 / count, "month")
    if unit not in _ADVERBS:
        return ""
    return _COUNTS.get(int(count) if count == int(count) else 0, f"{count:g} times ") + _ADVERBS[unit]


def every(count: float, unit: str) -> str:
    """The normal form of an interval of so many hours, days, weeks, months or years."""
    if count == 0.5 and unit in ("year", "month"):
        return every(6, "month") if unit == "year" else every(2, "week")
    if unit == "hour":
        if count == 1:
            return HOURLY
        return times_per(24 / count, "day") if count in (6, 8, 12, 24) else f"every {count:g} hours"
    if count == 1:
        return _ADVERBS[unit]
    if (count, unit) == (2, "day"):
        return EVERY_TWO_DAYS
    if (count, unit) == (12, "month"):
        return "yearly"
    if unit == "day" and count % 7 == 0:
        return every(count / 7, "week")
    return f"every {count:g} {unit}s"


def _unit(word: str) -> str:
    """The unit of time of a printed word ("wks", "24 h", "annually", "morning")."""
    return next(unit for start, unit in _UNITS if word.startswith(start))


def always(form: str) -> Callable[[re.Match[str]], str]:
    """A reader of phrases that all have one normal form."""

    def read(match: re.Match[str]) -> str:
        return form

    return read


def every_unit(m: re.Match[str]) -> str | None:
    """Every unit, or every `n` of them."""
    printed = m.groupdict().get("n")
    count = (_ORDINALS.get(printed) or parse_count(printed)) if printed else 1.0
    return every(count, _unit(m["u"])) if count else None


def times(m: re.Match[str]) -> str | None:
    """So many times a unit, in words or figures."""
    count = _NAMED_COUNTS[m["named"]] if m["named"] else parse_count(m["figure"])
    return times_per(count, _unit(m["u"])) or None if count else None


def figure_times(m: re.Match[str]) -> str | None:
    """So many times a unit, in figures."""
    count = float(m["figure"])
    return times_per(count, _unit(m["u"])) or None if count else None


def once_per(m: re.Match[str]) -> str | None:
    """Once a unit."""
    return times_per(1, _unit(m["u"])) or None


def once_within(m: re.Match[str]) -> str | None:
    """Not as a sentence's first word: "Once on the ward, ..."."""
    return "once" if m.start() else None


def doses_a_day(m: re.Match[str]) -> str | None:
    """So many doses: "x 3" is three a day, "x1" is once."""
    if not m.start() or (m["k"] != "1" and _INJECTED.search(m.string, max(0, m.start() - 6), m.start())):
        return None  # "60 mg IV x 2": two infusions
    return "once" if m["k"] == "1" else times_per(int(m["k"]), "day")


def divided(m: re.Match[str]) -> str | None:
    """So many parts of a day's dose; "in two doses" alone may be two doses ever."""
    count = parse_count(m["n"]) if re.search("divided|split|equal|day|daily", m.group()) else None
    return times_per(count, "day") if count and count > 1 else None


def scheme(m: re.Match[str]) -> str | None:
    """Tablets at each time of day: "1-0-1"."""
    taken = sum(part != "0" for part in m.group().split("-"))
    return times_per(taken, "day") if taken else None


@cache
def _terms() -> dict[str, str]:
    return {re.sub(r"[().]", "", row["word"]): row["frequency"] for row in TERMS.rows}


def term(m: re.Match[str]) -> str:
    """A term of prescriptions."""
    return _terms()[m["term"].replace(".", "")]
