"""A table's footnotes: letters on values, what "(3M)" counts from, and reference ranges told below."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.base import TimeRef
from extractors.labs import find_analyte, parse_reference
from extractors.shared.durations import duration_days
from pipeline.paper import Paper, Table

_LETTERED = re.compile(r"(?:^|[;.]\s|\s)(?P<mark>[a-e*†‡§])\s?(?P<words>[A-Z][^;]*)")
_AFTER_DELIVERY = re.compile(
    r"(?:after|from|since)\s(?:the\s)?(?:delivery|birth|parturition|childbirth)|post-?\s?partum", re.I
)
_AFTER_TREATMENT = re.compile(
    (
        r"(?:after|from|of|since)\s(?:the\s)?(?:start of\s|beginning of\s|"
        r"initiation of\s)?(?:treatment|therapy|first visit|presentation)"
    ),
    re.I,
)
_PERIOD = re.compile(r"(?P<sign>[-+−–]?)\s?(?P<count>\d+(?:\.\d+)?)\s?(?P<unit>[a-z]+)", re.I)
_UNITS = {"d": "days", "w": "weeks", "m": "months", "y": "years"}


@dataclass(frozen=True, slots=True)
class Notes:
    """What the footnotes add. `marks`: footnote letter -> words; `ranges`: analyte -> (low, high)."""

    marks: dict[str, str]
    ranges: dict[str, tuple[float | None, float | None]]
    anchor: str

    def cell_time(self, period: str, start: int, end: int, told: TimeRef | None) -> TimeRef | None:
        """The time of a value from a bracket such as "(3M)" or "(-11M)"; the row's phase is kept."""
        match = _PERIOD.match(period.strip())
        if not match:
            return told
        days = duration_days(match["count"], _UNITS.get(match["unit"].lower(), match["unit"]))
        if days is None:
            return told
        low, high = (-days[1], -days[0]) if match["sign"] in ("-", "−", "–") else days
        phase = told.phase if told else ""
        if not self.anchor and not phase:
            phase = "follow-up" if low > 0 else "baseline"
        return TimeRef(start, end, period.strip(), self.anchor or "baseline", low, high, phase)


def read_notes(paper: Paper, table: Table) -> Notes:
    """The footnotes of a table, its caption included."""
    words = [paper.text[a:b] for a, b in table.notes]
    caption = paper.text[slice(*table.caption)] if table.caption else ""
    joined = " ".join([caption, *words])
    marks = {m["mark"]: m["words"].strip() for note in words for m in _LETTERED.finditer(note)}
    anchor = (
        "delivery"
        if _AFTER_DELIVERY.search(joined)
        else "baseline"
        if _AFTER_TREATMENT.search(joined)
        else ""
    )
    ranges: dict[str, tuple[float | None, float | None]] = {}
    for note in words:
        for part in re.split(r"[;\n]|\.\s(?=[A-Z])|,\s(?=[A-Za-z])", note):
            label = find_analyte(part)
            limits = _range_in(part[label.end :]) if label else None
            if label and limits:
                ranges.setdefault(label.analyte, limits)
    return Notes(marks, ranges, anchor)


_RANGE_CUE = re.compile(r"(?:reference|normal|range|ref\.?|upper limit)[^\d<>]{0,40}", re.I)


def _range_in(text: str) -> tuple[float | None, float | None] | None:
    cue = _RANGE_CUE.search(text)
    if not cue:
        return parse_reference(text.strip(" :=,()"))
    return parse_reference(text[cue.end() :].strip(" :=,()"))
