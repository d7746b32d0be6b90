"""What is printed once for several values of a sentence: a range, the volume of their units."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from extractors.labs.sentence import Scan, Value


def share_reference(out: Scan) -> None:
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


#: Between values of one list: "urea 27 mg., calcium 10.8 mg. and phosphorus 2.6 mg. per 100 ml".
_MOST_BETWEEN = 40


def share_denominator(out: Scan) -> None:
    """Give a mass without its volume that of the next value of the list, which is printed once at its end."""
    for before, value in pairwise(out.values[::-1]):
        mass, whole = value.quantity.unit, before.quantity.unit
        if _is_of_urine(out, value) != _is_of_urine(out, before):
            continue  # "24-h urinary protein 9.3 g, serum protein 50 g/L"
        if mass is None or whole is None or not whole.text.startswith(f"{mass.text}/"):
            continue
        between = out.text[value.end : before.start]
        if len(between) <= _MOST_BETWEEN and ";" not in between:
            value.quantity = replace(value.quantity, unit=replace(mass, text=whole.text, kind=whole.kind))


def _is_of_urine(out: Scan, value: Value) -> bool:
    name = next((n for n in reversed(out.names) if n.end <= value.start), None)
    return name is not None and name.urine
