"""The course of a treatment or follow-up counted: "in the first year of therapy", "at month 18", "at M12".

A bare "at the eighth month" is that of a pregnancy, unless its sentence speaks of densitometry or
treatment.
"""

from __future__ import annotations

import re

from extractors.language.numbers import parse_count, parse_ordinal
from extractors.rules.rule import Rule
from extractors.time import durations as du
from extractors.time.when import TREATMENT, When, from_visit, provided

#: Months that no pregnancy has.
_AFTER_PREGNANCY = 11
#: With these the stretch itself is meant, else its end.
_INSIDE = frozenset({"in", "during", "within", "on"})


def _nth_of(m: re.Match[str]) -> When | None:
    n = parse_ordinal(m["nth"])
    if n is None:
        return None
    last = round(n * du.unit_days(m["unit"]))
    first = last - round(du.unit_days(m["unit"])) if m["at"] in _INSIDE else last
    return from_visit((first, last))


def _end_of(m: re.Match[str]) -> When | None:
    count = parse_ordinal(m["n"]) or parse_count(m["n"])
    if count is None:
        return None
    said = from_visit(du.point(count, m["unit"]))
    maybe_pregnant = m["unit"] == "month" and count < _AFTER_PREGNANCY
    return provided(said, TREATMENT) if maybe_pregnant else said


def _month(m: re.Match[str]) -> When:
    return from_visit(du.point(int(m["n"]), "month"))


def _told(low: int, high: int | None = None, given: str = "") -> When:
    return When("baseline", low, low if high is None else high, "follow-up", given=given, since="course")


RULES = (
    Rule(
        "nth unit of treatment",
        r"\b(?P<at>at|in|by|during|until|after|on|within) (?:the )?(?:end of (?:the )?)?{nth:ordinal} "
        r"(?P<unit>week|month|year) {of treatment}\b",
        _nth_of,
        says={
            "She was well in the sixth month of therapy.": _told(153, 183),
            "She was well at the end of the 12th month of treatment.": _told(365),
        },
        silent=("She was well in the sixth month of pregnancy.",),
    ),
    Rule(
        "count whose unit is told with the next",
        r"\b(?:after|at) (?P<n>\d{1,2})(?=,? (?:and|,)? ?(?:[^.;,]|\.\d){1,30} (?:after|at) \d{1,2} "
        r"(?P<unit>week|month|year)s?\b)(?= (?:and|or)\b|,)",
        lambda m: from_visit(du.point(int(m["n"]), m["unit"])),
        says={
            "It was -3.0 after 12 and -2.5 after 24 months.": _told(365),
            "It was 3 at 6, and 2 at 12 months.": _told(183),
        },
        silent=("It was -3.0 after 12 months.", "at 12 and 24 months"),
    ),
    Rule(
        "end of the nth unit",
        r"\b(?:(?:at|by|after|until) (?:the )?end of (?:the )?|at (?:the )?){n:ordinal} "
        r"(?P<unit>month|year)\b",
        _end_of,
        says={
            "She was well at the end of the 12th month.": _told(365),
            "By the end of the second year she was well.": _told(730),
            "At the 6th month the T-score was better.": _told(183, given=TREATMENT),
        },
        silent=("The sixth month was bad.",),
    ),
    Rule(
        "after the nth year",
        r"\bafter the (?P<n>first|second|third) (?P<unit>year)\b",
        _end_of,
        says={"After the second year she was well.": _told(730)},
        silent=("The second year was bad.",),
    ),
    Rule(
        "end of n units",
        r"\b(?:at|by|until) the end of (?:(?:the|these|those) )?(?P<n>\d{1,2}|{number word}) "
        r"(?P<unit>week|month|year)s?\b(?! (?:of )?(?:gestation|pregnan))",
        _end_of,
        says={"At the end of one year she was well.": _told(365)},
        silent=("It was the end of one year.",),
    ),
    Rule(
        "at unit n",
        r"\b(?:at|by|until) (?P<unit>month|year) (?P<n>\d{1,2}|{number word})\b",
        _end_of,
        says={"She was well at month 18.": _told(548)},
        silent=("She came last month 18 times.",),
    ),
    Rule(
        "at M n",
        r"\b(?:at|by) m(?P<n>\d{1,2})\b",
        _month,
        says={"At M12 she was well.": _told(365)},
        silent=("The M12 clinic",),
    ),
)
