"""What a table's cell under a test's label says: its value, range and flag, read as in prose."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extractors.base import TimeRef
from extractors.labs.fact import LabMention
from extractors.labs.labels import AnalyteLabel
from extractors.labs.results import result_words_in
from extractors.language.quantities import Quantity, flag_of, match_quantity, match_reference
from extractors.language.units import match_unit
from extractors.rules.rule import Relation

CELL = Relation(
    "table",
    "A cell under a label that names a test holds its result.",
    says={
        "Test | Value | Range\nCalcium (mg/dL) | 8.1 | 8.6-10.2": {"unit": "mg/dL", "flag": "low"},
        "Test | Admission | 6 months\nPTH | 12 pg/mL | normal\nALP | 98 U/L | 71 U/L": {"value": 71.0},
    },
    silent=("Test | Mean\nCalcium (mg/dL) | 9.1", "Test | Value\nCalcium | n.d.\nPhosphate | -"),
    of="table",
)
#: Lower and upper limit of a range, None where it is open.
Limits = tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class LabValue:
    """A cell's value at [start, end) or, with `value` None, its result word; `rest` is what remains."""

    value: float | None
    comparator: str
    unit: str
    flag: str
    ref_low: float | None
    ref_high: float | None
    start: int
    end: int
    rest: str = ""

    @property
    def limits(self) -> Limits:
        """The range printed beside it."""
        return self.ref_low, self.ref_high


#: Marks behind a value, or alone in a cell, by what they say.
_MARKS = {
    "high": re.compile(
        r"\s*(?:↑+|▲|\(?\bH{1,2}\b\)?|\((?:high|elevated|increased|raised)\)|"
        r"\b(?:high|elevated|increased|raised)\b)",
        re.I,
    ),
    "low": re.compile(
        r"\s*(?:↓+|▼|\(?\bL{1,2}\b\)?|\((?:low|decreased|reduced)\)|\b(?:low|decreased|reduced)\b)", re.I
    ),
    "normal": re.compile(r"\s*(?:\(?\bN\b\)?|\(normal\)|\bnormal\b)", re.I),
}
_MARK_ALONE = re.compile(
    r"\s*(?:(?P<normal>N|WNL|nl|NL|neg\.?|Neg\.?|\(-\))|(?P<high>H|↑+|pos\.?|Pos\.?|\(\+\)|\++)|(?P<low>L|↓+))\s*"
)
#: A mark before the value: "↓ 1.9", "H 98".
_LEAD = re.compile(r"\s*(?P<mark>(?P<high>↑+|▲|H(?=\s\d))|(?P<low>↓+|▼|L(?=\s\d)))?\s*")
_STARS = re.compile(r"[\s*†‡§¶]+")
_MISSING = re.compile(
    r"[\s\-–—−]*+(?:(?:n\.?\s?/?[ad]\.?|nd|nm|not\s\w+|na|unknown|missing|\.{2,}|…|\?)[\s\-–—−]*+)?$", re.I
)
_IN_BRACKETS = re.compile(r"\s*[(\[:,]?\s*")
_OPENED = re.compile(r"\s*[(\[]\s*|\s*;\s*")
_CLOSED = re.compile(r"\s*[)\]]")
_LIMITS_INSIDE = re.compile(r"[(\[:]\s*(?=[\d<>≤≥])")
#: "8.6 to 10.2": no value, but a range.
_GOES_ON = re.compile(r"\s?(?:-|to|\u2013)\s?-?\d")
_LIMIT_SIGN = re.compile("[<>]")
_NUMBER_AND_UNIT = re.compile(r"\d\s?(?P<unit>[a-zA-Zµ%/×])")
_WORDS = {
    "low": "low", "changed-low": "low", "high": "high", "changed-high": "high", "normal": "normal",
    "back": "normal",
    "negative": "normal", "positive": "high",
}  # fmt: skip


def lab_of_cell(
    text: str, start: int, label: AnalyteLabel, *, time: TimeRef | None = None, pregnancy: int | None = None,
    reference: str = "", unit: str = "", flag: str = "", limits: Limits | None = None, note: str = "",
) -> LabMention | None:  # fmt: skip
    """The result in a cell at offset `start` under a test's label; None where there is none.

    `reference`, `unit` and `flag` are the words of the cells that add to it, `limits` the range told
    elsewhere (a footnote), `note` the words of the footnote that the value's own letter leads to. A range
    in the cell comes before one in its column, that one before the label's, the footnote's last.
    """
    read = parse_value(text)
    if read is None or (read.value is None and not read.flag) or _GOES_ON.match(read.rest):
        return None
    low, high = next(
        (
            told
            for told in (read.limits, parse_reference(reference), (label.ref_low, label.ref_high), limits)
            if told is not None and told != (None, None)
        ),
        (None, None),
    )
    said = read.flag or _flag_in(flag)
    if not said and read.value is not None:
        said = flag_of(read.value, read.comparator, low, high)
    numeric = read.value is not None
    return LabMention(
        start=start + len(text) - len(text.lstrip()), end=start + len(text.rstrip()), rule=CELL.name,
        analyte=label.analyte, specimen=_specimen_in(note) or label.specimen,
        comparator=read.comparator if numeric else "", value=read.value,
        unit=(read.unit or label.unit or _unit_in(unit) or _unit_behind(reference)) if numeric else "",
        ref_low=low, ref_high=high, flag=said, time=time, pregnancy=pregnancy,
    )  # fmt: skip


def _flag_in(text: str) -> str:
    """What a column of flags says of a value: H, L, \u2191, low, normal; "" for other remarks."""
    read = parse_value(text) if text.strip() else None
    return read.flag if read is not None and read.value is None else ""


def _unit_in(text: str) -> str:
    unit = match_unit(text.strip(" ()"), 0, any_kind=True)
    return unit.text if unit else ""


def _unit_behind(reference: str) -> str:
    """The unit that stands in the column of ranges alone: "8.8-10.2 mg/dL"."""
    last = _LIMIT_SIGN.split(reference)[-1]
    match = _NUMBER_AND_UNIT.search(last)
    return _unit_in(last[match.start("unit") :]) if match else ""


def _specimen_in(note: str) -> str:
    """The specimen that a footnote tells ("aNTX in urine")."""
    words = note.lower()
    if "urinary" in words:
        return "urine"
    return next((s for s in ("urine", "plasma", "serum") if s in words), "")


def parse_value(text: str) -> LabValue | None:
    """What a table cell says: "9.4", "<5 ng/mL", "98 ↑", "176 (30-130) H", "normal", "151 (3M)a".

    None for an empty or missing one ("-", "N.A.") and for an interval. A star or footnote letter is
    not a flag. `rest` holds what was not understood, "(3M)" for instance.
    """
    if _MISSING.match(text):
        return None
    lead = _LEAD.match(text)
    quantity = match_quantity(text, lead.end() if lead else 0)
    flag = ""
    if quantity is None:
        said = _result_word(text)
        inner = _IN_BRACKETS.match(text, said.end) if said else None
        quantity = match_quantity(text, inner.end()) if inner else None
        if said is None or quantity is None:
            return said
        flag = said.flag
    if quantity.high is not None:
        return None
    if quantity.unit and quantity.unit.text == "L" and quantity.comparator == "=":
        quantity = replace(quantity, end=quantity.unit.start, unit=None)  # "12.3 L": low
    if lead and lead["mark"]:
        flag = "high" if lead["high"] else "low"
    return _with_tail(text, quantity, flag)


def _with_tail(text: str, quantity: Quantity, flag: str) -> LabValue:
    """A value with the range and the mark behind it, in whatever order."""
    pos = end = len(text[: quantity.end].rstrip())
    limits: Limits = (None, None)
    for _ in range(4):
        stars = _STARS.match(text, pos)
        pos = stars.end() if stars else pos
        range_ = _range_at(text, pos) if limits == (None, None) else None
        mark = _mark_at(text, pos) if range_ is None and not flag else None
        if range_ is not None:
            limits, end = range_
        elif mark is not None:
            flag, end = mark
        else:
            break
        pos = end
    return LabValue(
        quantity.value, quantity.comparator, quantity.unit_text, flag, *limits, quantity.start, end,
        text[end:].strip(" *†‡§¶"),
    )  # fmt: skip


def _range_at(text: str, pos: int) -> tuple[Limits, int] | None:
    """The range that begins at `pos`, in brackets or announced, and where it ends."""
    opened = _OPENED.match(text, pos)
    found = match_reference(text, opened.end()) if opened else match_reference(text, pos, need_cue=True)
    if found is None:
        return None
    closed = _CLOSED.match(text, found.end)
    return (found.low, found.high), closed.end() if closed else found.end


def _mark_at(text: str, pos: int) -> tuple[str, int] | None:
    """The mark that stands alone at `pos` ("H" at the end, not the beginning of a word)."""
    for flag, pattern in _MARKS.items():
        match = pattern.match(text, pos)
        if match and not text[match.end() : match.end() + 1].isalnum():
            return flag, match.end()
    return None


def _result_word(text: str) -> LabValue | None:
    found = result_words_in(text)
    if not found:
        mark = _MARK_ALONE.fullmatch(text)
        if not mark or mark.lastgroup is None:
            return None
        return LabValue(None, "", "", mark.lastgroup, None, None, mark.start(), mark.end())
    start, end, kind = found[0]
    flag = _WORDS.get(kind, "")
    if not flag or len(re.sub(r"\W", "", text)) > end - start + 30:
        return None
    return LabValue(None, "", "", flag, None, None, start, end, (text[:start] + text[end:]).strip())


def parse_reference(text: str) -> Limits | None:
    """The limits in a cell of a reference column ("8.5-10.2", "<5", "up to 40 U/L", "> 30"), or None."""
    if not text.strip():
        return None
    reference = match_reference(text.strip(" ()[]"), 0)
    if reference is None:
        inner = _LIMITS_INSIDE.search(text)
        reference = match_reference(text, inner.end()) if inner else None
    return (reference.low, reference.high) if reference else None
