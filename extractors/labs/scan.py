"""Reads one sentence around its names: values with their ranges, and result words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.labs import patterns as pt
from extractors.labs.sentence import Name, Result, Scan, Value
from extractors.labs.vocabulary import NameHit, units_fit
from extractors.language.quantities import Quantity, Reference, find_quantities, match_reference
from extractors.language.units import match_unit
from extractors.text import lower_same_length


def scan(
    text: str, lower: str, names: list[Name], states: list[NameHit], skip: Sequence[tuple[int, int]]
) -> Scan:
    """Read a sentence's values and result words around its names; `skip` are time expressions."""
    out = Scan(text, lower, names, states, plain=text, tests=[n for n in names if not n.flag])
    taken = sorted([(n.start, n.end) for n in names] + [(s.start, s.end) for s in states] + list(skip))
    for name in names:
        reference, end = _reference_behind(text, name.end, bracket_only=True) if not name.flag else (None, 0)
        if reference:
            name.reference = reference
            out.blank(name.end, end)
            taken.append((name.end, end))
    taken.sort()
    if _DIGIT.search(text):
        _values(out, taken)
    heads = [n.head for n in names]
    out.results = [
        Result(*found)
        for found in pt.find_results(lower_same_length(out.plain))
        if found[2] in ("none", "clean")
        or not any(a < found[1] and found[0] < b for a, b in heads)  # "international normalized ratio"
    ]
    return out


_DIGIT = re.compile(r"\d")


def _values(out: Scan, taken: Sequence[tuple[int, int]]) -> None:
    text, upto = out.text, -1
    slashed = any(text[a.end : b.start] == "/" for a, b in pairwise(out.names))
    for found in _without_times(text, list(find_quantities(text, skip=taken))):
        quantity = found
        announced = _announced(text, quantity)
        if announced:
            out.blank(announced.start, announced.end)
            upto = announced.end
            continue
        if quantity.start < upto or quantity.high is not None:
            continue
        if not slashed and _slashed(text, quantity):
            continue
        if text[quantity.start : quantity.start + 5].lower() == "up to":
            quantity = replace(quantity, comparator="=")
        if quantity.unit and quantity.unit.text == "L":  # "5 L": low, no litres
            end = len(text[: quantity.unit.start].rstrip())
            quantity = replace(quantity, unit=None, end=end)
        if _no_value(text, quantity):
            continue
        if out.values and _second_unit(text, out.values[-1], quantity):
            upto = _take_second_unit(out, quantity)
            continue
        reference, end = _reference_behind(text, quantity.end)
        if reference:
            out.blank(quantity.end, end)
            upto = end
            unit = match_unit(text, end) if quantity.unit is None else None
            if unit:  # "9.8 (8.8-10.6) mg/dL"
                quantity = replace(quantity, unit=unit)
                end = upto = unit.end
        out.values.append(Value(quantity, reference, max(end, quantity.end)))
        if reference:
            _share_reference(out)


def _take_second_unit(out: Scan, quantity: Quantity) -> int:
    """Pass over the same result in another unit, with the range inside or behind its bracket."""
    text, previous = out.text, out.values[-1]
    reference, end = _reference_behind(text, quantity.end)
    if reference and previous.reference is None and _same_unit(reference, previous.quantity, quantity):
        previous.reference = reference
    close = text.find(")", end)
    upto = close + 1 if 0 <= close - end <= 2 else end
    out.blank(previous.end, upto)
    if previous.reference is None:
        behind, end = _reference_behind(text, upto)
        if behind:
            previous.reference, upto = behind, end
            out.blank(quantity.end, end)
    if upto <= previous.end + 60:
        previous.end = max(previous.end, upto)
    return upto


def _announced(text: str, quantity: Quantity) -> Reference | None:
    """The range that a number is the limit of where no value stands before it: "(ULN 120 U/L)"."""
    opened = max(
        text.rfind("(", max(0, quantity.start - 40), quantity.start),
        text.rfind("[", max(0, quantity.start - 40), quantity.start),
    )
    if opened < 0:
        return None
    reference = match_reference(text, opened + 1, need_cue=True)
    return reference if reference and reference.start <= quantity.start < reference.end else None


def _share_reference(out: Scan) -> None:
    """As in "(41, 38 and 45 U/L; lower limit 142)": the range in a bracket holds for the bracket's values."""
    last = out.values[-1]
    opened = out.text.rfind("(", 0, last.start)
    if (
        opened < 0
        or ")" in out.text[opened : last.start]
        or any(opened < n.start < last.start for n in out.names)
    ):
        return
    for value in out.values[:-1]:
        if value.start > opened and value.reference is None and value.quantity.unit is None:
            value.reference = last.reference


_TIGHT = re.compile(r"\s?(?:,|,?\s?and|/|to|or)\s?$")


def _without_times(text: str, quantities: list[Quantity]) -> list[Quantity]:
    """Quantities but times, and numbers listed with one ("at 4, 24 and 48 h")."""
    out: list[Quantity] = []
    following: Quantity | None = None
    timed = False
    for quantity in reversed(quantities):
        listed = following is not None and _TIGHT.match(text[quantity.end : following.start]) is not None
        timed = _is_time(quantity) or (timed and listed and quantity.unit is None)
        following = quantity
        if not timed:
            out.append(quantity)
    return out[::-1]


def _is_time(quantity: Quantity) -> bool:
    return (
        quantity.unit is not None and quantity.unit.kind == "time" and quantity.unit.text not in ("s", "min")
    )


def _no_value(text: str, quantity: Quantity) -> bool:
    """A number that is a change, a multiple, a count, a time or a percentage by which."""
    unit = quantity.unit
    if pt.NOT_A_VALUE_BEFORE.search(text, max(0, quantity.start - 10), quantity.start):
        return True
    if unit is None:
        return bool(pt.NOT_A_VALUE_AFTER.match(text, quantity.end))
    return False


def _slashed(text: str, quantity: Quantity) -> bool:
    """One of two numbers around a stroke ("120/80"): a result only for two tests ("AST/ALT 25/30")."""
    before, after = text[max(0, quantity.start - 2) : quantity.start], text[quantity.end : quantity.end + 2]
    return bool((quantity.unit is None and re.match(r"/\d", after)) or re.search(r"\d/$", before))


def _second_unit(text: str, previous: Value, quantity: Quantity) -> bool:
    """The same result in another unit: "2.41 mmol/l (9.6 mg/100 ml)", "9.6 mg/dL = 2.4 mmol/L"."""
    if (
        quantity.unit is None
        or previous.quantity.unit is None
        or quantity.unit.text == previous.quantity.unit.text
    ):
        return False
    return bool(_OTHER_UNIT.fullmatch(text[previous.quantity.end : quantity.start]))


_OTHER_UNIT = re.compile(
    r"\s?(?:[(\[/=]|or|i\.e\.,?|equivalent to)\s?(?:=|i\.e\.,?|or|equivalent to)?\s?", re.I
)
_OPEN = re.compile(r"[\s,;:/]*([(\[])\s?(?:=\s)?")
_FLAG_FIRST = re.compile(
    r"(?:[HLhl]|high|low|elevated|decreased|increased|reduced|normal(?=[;,]))\s?[;,:]\s?", re.I
)
_LOOSE = re.compile(r"[\s,;:/]*(?:with\s(?:a|the|an)\s|and\s(?:a|the)\s)?")
_BARE_RANGE = re.compile(r"\s(?=\d+(?:\.\d+)?\s?[-–]\s?\d)")


def _reference_behind(text: str, pos: int, bracket_only: bool = False) -> tuple[Reference | None, int]:
    """The reference range printed behind `pos`, in brackets or announced by a word: (range, end)."""
    opened = _OPEN.match(text, pos)
    if opened:
        close = _closing(text, opened.end() - 1)
        flagged = _FLAG_FIRST.match(text, opened.end())
        at = flagged.end() if flagged else opened.end()
        reference = match_reference(text, at, close)
        one_sided = reference is not None and (reference.low is None or reference.high is None)
        if bracket_only and one_sided:
            reference = match_reference(text, at, close, need_cue=True)
        if (
            reference
            and (reference.end >= close or text[reference.end : reference.end + 1] in " ;,")
            and not (bracket_only and reference.end < close - 1)
        ):
            inside = text[reference.end : close]
            if not re.search(r"\d", inside) or len(inside) < 25:
                return reference, min(close + 1, len(text))
            return reference, reference.end
    if bracket_only:
        return None, pos
    loose = _LOOSE.match(text, pos)
    at = loose.end() if loose else pos
    reference = match_reference(text, at, len(text), need_cue=True)
    if reference:
        return reference, reference.end
    bare = _BARE_RANGE.match(text, pos)
    if bare:
        reference = match_reference(text, bare.end(), len(text))
        if (
            reference
            and reference.low is not None
            and reference.high is not None
            and text[reference.end : reference.end + 1] in ("", " ", ",", ";", ")", ".")
        ):
            return reference, reference.end
    return None, pos


def _closing(text: str, opened: int) -> int:
    """Where the bracket that opens at `opened` closes, else the end of the text."""
    depth = 0
    for i in range(opened, len(text)):
        if text[i] in "([":
            depth += 1
        elif text[i] in ")]":
            depth -= 1
            if depth == 0:
                return i
    return len(text)


def _same_unit(reference: Reference, value: Quantity, beside: Quantity) -> bool:
    unit = reference.unit or beside.unit_text
    return unit == value.unit_text


def fits(name: Name, value: Value, scan_text: str) -> bool:
    """Whether a value can be a result of this test by its unit."""
    quantity = value.quantity
    if quantity.value < 0 and name.analyte.name != "base excess":
        return False
    if (
        quantity.unit is None
        and " " in scan_text[quantity.start : quantity.end].strip("<>≤≥= ")
        and name.analyte.kind not in ("count", "cells")
    ):
        return False  # neighbours in a table, read as one grouped number
    kind = quantity.unit.kind if quantity.unit else ""
    rate = "/24" in quantity.unit_text or "/day" in quantity.unit_text
    urine = name.urine or (name.analyte.urine != "" and rate and "urin" in scan_text[: value.start].lower())
    return units_fit(name.analyte, quantity.unit_text, kind, urine)
