"""Cells under a head that tells when something began: "4", "2-3 wk", "third month of pregnancy"."""

from __future__ import annotations

import re

from extractors.language.numbers import parse_count, parse_ordinal
from extractors.rules.rule import Glue, Rule
from extractors.text import View, folded, lower_same_length
from extractors.time import durations as du
from extractors.time.labels import (
    AFTER_IT,
    BEFORE_BIRTH,
    GESTATION,
    HEAD_UNIT,
    LABEL_SLOTS,
    POSTPARTUM,
    anchors_of,
    in_pregnancy,
)
from extractors.time.times import find_times

#: "2 months" without a word on the anchor is read as after delivery, so many weeks as gestation.
_GESTATION_FROM_WEEKS = 20
#: A cell under a head that tells an onset: "4", "2-3 wk", "third month of pregnancy".
_CELL = Glue(
    r"\s*(?:~|(?:about|approx\.?|ca\.?) )?(?P<sign>[-+]?)"
    r"(?:(?P<count>\d{1,3}(?:\.\d)?|{number word})"
    r"(?: ?\+ ?(?P<days>[0-6])|{upto}(?P<upto>\d{1,3}))?|{nth:ordinal})"
    r"\s*(?:{unit:label unit}\b)?\.?\s*(?P<rest>.*)",
    LABEL_SLOTS,
)
_AT_BIRTH = Glue(
    r"\s*(?P<at>at|immediately after|day of|immediate(?:ly)?|on|during)? ?(?:the )?"
    r"(?:delivery|birth|labou?r|parturition|childbirth|post-?partum)\s*"
)
_ON_THE_DAY = frozenset({"at", "day of", "during"})
#: Letters that say something which nobody explains: "8 mo X".
_UNKNOWN = Glue(r"(?!(?:g|pp|ga|gw)\b)[a-z]{1,3}\.?")
_SOON = (0, 7)


def cell_days(cell: str, head: str) -> du.Days | None:
    """Days from delivery (min, max; negative before) of a cell under a head, None if it tells none.

    Unit and anchor come from the cell, else from the head; a bare number under a head without a unit is
    unreadable.
    """
    body, label = (lower_same_length(folded(text)) for text in (cell.strip(), head))
    if not body:
        return None
    told = _told_in_prose(body)
    if told is not None:
        return told
    birth = _AT_BIRTH.fills(body, 0, len(body))
    if birth:
        return (0, 0) if birth["at"] in _ON_THE_DAY else _SOON
    match = _CELL.fills(body, 0, len(body))
    return None if match is None else _days_of(match, label)


def _told_in_prose(body: str) -> du.Days | None:
    view = View(body)
    for sentence in view.sentences[:1]:
        for ref in find_times(view, sentence):
            if ref.anchor not in ("delivery", "gestation"):
                continue
            if ref.days_min is not None and ref.days_max is not None:
                return ref.days_min, ref.days_max
    return None


def _days_of(match: re.Match[str], head: str) -> du.Days | None:
    told = None if match["unit"] else HEAD_UNIT.within(head, 0, len(head))
    unit = match["unit"] or (told["unit"] if told else "")
    count = parse_ordinal(match["nth"]) if match["nth"] else parse_count(match["count"])
    if not unit or count is None:
        return None
    if match["days"] and unit.startswith("w"):
        count += int(match["days"]) / 7
    if match["sign"] == "-":
        days = -du.point(count, unit)[0]
        return days, days
    if match["count"] and _UNKNOWN.fills(match["rest"], 0, len(match["rest"])):
        return None
    upto = float(match["upto"]) if match["upto"] else None
    return _from_delivery(count, upto, unit, anchors_of(match["rest"]) or anchors_of(head))


def _from_delivery(count: float, upto: float | None, unit: str, told: frozenset[Rule]) -> du.Days:
    high = du.point(upto or count, unit)[0]
    low = du.point(count, unit)[0]
    if BEFORE_BIRTH in told:
        return -high, -low
    after = told & {POSTPARTUM, AFTER_IT}
    late = unit.startswith("w") and count >= _GESTATION_FROM_WEEKS
    if not after and (GESTATION in told or late):
        return in_pregnancy(count, upto, unit)
    return low, high
