"""What is printed once for several values of a sentence: a range, the volume of their units."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from extractors.labs.fact import LabMention
from extractors.labs.sentence import Scan, Value
from extractors.labs.vocabulary import analytes
from extractors.labs.words import plain
from extractors.language.units import match_unit


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


#: What joins two results whose unit is printed behind the second: "ALT 40, AST 35 U/L".
_NEXT = re.compile(r"(?:,|,? and| /|/| &| \()? ?(?:a |an |the )?")
#: Tests that are told in one unit.
_ALIKE = (
    "mineral", "electrolyte", "immunoglobulin", "lipid", "part of bilirubin", "complement factor",
    "gas pressure",
)  # fmt: skip


def share_units(text: str, found: list[LabMention]) -> list[LabMention]:
    """The results of a sentence; those of one group in a row have the unit printed behind the last."""
    out = found[:]
    for at in range(len(out) - 2, -1, -1):
        first, second = out[at], out[at + 1] = out[at], _with_unit_behind(text, out[at + 1])
        if first.unit or first.value is None or not second.unit or second.value is None:
            continue
        alike = _group(first) and _group(first) == _group(second)
        if alike and _can_be(first, second.unit) and _NEXT.fullmatch(text[first.end : second.start]):
            out[at] = replace(first, unit=second.unit)
    return out


#: Amounts of a mineral in blood: no more than the first number in mmol/L, no less than the second in mg/dL.
_IN_BLOOD = {"calcium": (4.5, 4.5), "phosphate": (2.6, 0.6), "magnesium": (1.6, 0.9)}


def _can_be(mention: LabMention, unit: str) -> bool:
    """Whether a mineral's number may be one of a unit: calcium 9.2 is none of the mmol/L behind its list."""
    if mention.analyte not in _IN_BLOOD or mention.value is None:
        return True
    most, least = _IN_BLOOD[mention.analyte]
    return mention.value <= most if unit == "mmol/L" else unit == "mg/dL" and mention.value >= least


def _with_unit_behind(text: str, mention: LabMention) -> LabMention:
    """A result with the unit behind its bracket: "7.7 (direct 5.2) mg/dL"."""
    if mention.unit or mention.value is None or not text.startswith(")", mention.end):
        return mention
    unit = match_unit(text, mention.end + 1) if _group(mention) else None
    return replace(mention, unit=unit.text) if unit else mention


def _group(mention: LabMention) -> str:
    """What tests are told in its unit: the enzymes, the electrolytes; "" for none."""
    known = analytes().get(mention.analyte)
    if known is not None and known.kind == "enzyme":
        return "enzyme"
    return next((name for name in _ALIKE if mention.analyte in plain(name)), "")
