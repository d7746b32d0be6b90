"""Cells told before their name: "12,400 leukocytes/mm3", "4 lymphocytes per µL"; volumes without a stroke."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.labs import glue
from extractors.labs.sentence import Name, Scan
from extractors.language.numbers import grouped_by_dots
from extractors.language.quantities import Quantity
from extractors.language.units import Unit, match_unit

_OF_CELLS = frozenset({"count", "cells"})
#: "14,500 mm3", "14,500 mm 3": the stroke is lost in print.
_CUBED = re.compile(r"\s?(?:mm|cmm)\s?3?(?![\w/])")
_TIMES = frozenset("×*·^")
_CAPITAL = ("G/L", "G/l")
#: Below it a volume may be that of something seen.
_LEAST = 100


def counted(read: Scan, quantity: Quantity) -> tuple[Name, Quantity] | None:
    """The cells whose count a number is, and the count with the unit behind their name; None for none."""
    if quantity.high is not None:
        return None
    if quantity.unit is not None:
        return _inside_unit(read, quantity)
    name = next((n for n in read.names if n.start == quantity.end + 1), None)
    if name is None or name.analyte.kind not in _OF_CELLS or not read.text[quantity.end].isspace():
        return None
    if read.text[: quantity.start].rstrip()[-1:] in _TIMES:
        return None  # "281×103 platelets": a power whose sign is lost
    unit = match_unit(read.text, name.head[1])
    if unit is None or unit.kind != "count" or unit.start > name.head[1] + 1:
        return None
    if glue.NO_VALUE_BEFORE.within(read.lower, quantity.start - 14, quantity.start):
        return None
    value = _value(read.text[quantity.start : quantity.end], quantity)
    return name, replace(quantity, value=value, unit=unit, end=unit.end)


def _value(printed: str, quantity: Quantity) -> float:
    """A count, whose thousands dots may group: "43.000"."""
    return grouped_by_dots(printed.strip("<>≤≥= ")) or quantity.value


def _inside_unit(read: Scan, quantity: Quantity) -> tuple[Name, Quantity] | None:
    """Other cells than those named before, within the unit: "leukocytes ... and 12 x 10^9 platelets/L"."""
    owner = next((n for n in read.names if quantity.start < n.start and n.head[1] <= quantity.end), None)
    before = next((n for n in reversed(read.names) if n.end <= quantity.start), None)
    if owner is None or owner.analyte.kind not in _OF_CELLS:
        return None
    return None if before is not None and before.analyte == owner.analyte else (owner, quantity)


def per_volume(text: str, names: Sequence[Name], quantity: Quantity) -> Quantity:
    """A count of cells with the stroke that its unit lost: "leukocytes 14,500 mm3"."""
    if quantity.unit is None or quantity.unit.text not in ("mm", "mm3", "10^9/L"):
        return quantity
    if quantity.unit.text == "10^9/L":
        return _grams(text, names, quantity, quantity.unit)
    value = _value(text[quantity.start : quantity.unit.start], quantity)
    before = next((n for n in reversed(names) if n.end <= quantity.start), None)
    cubed = _CUBED.match(text, quantity.unit.start)
    if before is None or before.analyte.kind not in _OF_CELLS or cubed is None or value < _LEAST:
        return quantity
    if "3" not in cubed.group() and quantity.unit.text != "mm3":
        return quantity
    end = max(cubed.end(), quantity.unit.end)
    return replace(quantity, value=value, unit=Unit(quantity.unit.start, end, "/mm3", "count"), end=end)


def _grams(text: str, names: Sequence[Name], quantity: Quantity, unit: Unit) -> Quantity:
    """As in "ALBUMIN 35 G/L": grams in capitals, where no cells are counted."""
    before = next((n for n in reversed(names) if n.end <= quantity.start), None)
    if before is None or before.analyte.kind in _OF_CELLS or text[unit.start : unit.end] not in _CAPITAL:
        return quantity
    return replace(quantity, unit=replace(unit, text="g/L", kind="mass"))
