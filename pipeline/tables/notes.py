"""A table's footnotes: letters on values, what "(3M)" counts from, and reference ranges told below."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractors.base import TimeRef
from extractors.labs.labels import find_analyte
from extractors.labs.table import parse_reference
from extractors.time.durations import duration_days
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
    """What the footnotes add. `marks`: footnote letter -> words; `ranges`: analyte -> (low, high).

    `definitions`: abbreviation -> words, from the caption and the notes.
    """

    marks: dict[str, str]
    ranges: dict[str, tuple[float | None, float | None]]
    anchor: str
    definitions: dict[str, str] = field(default_factory=dict)

    def reference_of(self, mark: str) -> tuple[float | None, float | None] | None:
        """The range that the footnote with a letter tells ("a Reference range 0.05-0.63")."""
        words = self.marks.get(mark, "") if mark else ""
        return _range_in(words) if _RANGE_CUE.search(words) else None

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
    for note in [caption, *words]:
        cued = bool(_RANGE_CUE.search(note))
        for part in _PARTS.split(_RANGE_LEAD.sub("", note)):
            label = find_analyte(part)
            limits = _range_in(part[label.end :]) if label and (cued or note is not caption) else None
            if label and limits:
                ranges.setdefault(label.analyte, limits)
    return Notes(marks, ranges, anchor, _definitions([caption, *words]))


#: Between the items of a list of ranges or abbreviations; not within "1,25(OH)2D".
_PARTS = re.compile(r"[;\n]\s*|\.\s(?=[A-Z])|,\s(?:and\s)?(?=[A-Za-z]|\d[\w,]*[(-])")
_RANGE_LEAD = re.compile(
    r"^\W*(?:the\s)?(?:normal|reference|ref\.?)\s?(?:ranges?|values?|intervals?|limits?)?"
    r"(?:\s(?:are|were|for|in|of)\b(?:\sour laboratory\b)?)?\W+",
    re.I,
)
_DEFINITION = re.compile(
    r"^\W*(?:abbreviations?\W+)?(?P<short>(?=\S*[A-Z]\S*[A-Z0-9])[A-Za-z0-9()/+-]{2,12})\s?[:=,-]?\s+(?P<words>[a-z1-9].{2,80})$",
    re.I,
)
_CAPITALS = re.compile(r"[A-Z].*[A-Z0-9]")


def _definitions(texts: list[str]) -> dict[str, str]:
    """Abbreviations that notes explain: "LS lumbar spine (L1-L4), FN, femoral neck; TH = total hip"."""
    out: dict[str, str] = {}
    for text in texts:
        for part in _DEFINITION_PARTS.split(text):
            match = _DEFINITION.match(part.strip(" ."))
            if match and _CAPITALS.search(match["short"]) and not match["words"][0].isupper():
                out.setdefault(match["short"], match["words"])
    return out


def is_key(text: str) -> bool:
    """Whether a note does nothing but explain abbreviations, so that it states no fact."""
    return len(_definitions([text])) > 1


_DEFINITION_PARTS = re.compile(r";\s*|\.\s(?=[A-Z])|,\s(?=[A-Z][\w-]{0,10}[\s:=,]|[a-z]\.[a-z]\.)")
_RANGE_CUE = re.compile(r"(?:\breference|\bnormal|\brange|\bref\b\.?|upper limit)[^\d<>]{0,40}", re.I)


def _range_in(text: str) -> tuple[float | None, float | None] | None:
    cue = _RANGE_CUE.search(text)
    if not cue:
        return parse_reference(text.strip(" :=,()"))
    return parse_reference(text[cue.end() :].strip(" :=,()"))
