"""Reads one sentence around its names: values with their ranges, and result words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.labs import glue
from extractors.labs.counted import counted, per_volume
from extractors.labs.marks import without_marks
from extractors.labs.results import result_words
from extractors.labs.sentence import Name, Result, Scan, Value
from extractors.labs.sharing import share_denominator, share_reference
from extractors.labs.vocabulary import NameHit, units_fit
from extractors.labs.words import plain
from extractors.language.quantities import Quantity, Reference, find_quantities, match_reference
from extractors.language.units import match_unit
from extractors.text import Sentence, View


def scan(
    view: View, sentence: Sentence, names: list[Name], states: list[NameHit], skip: Sequence[tuple[int, int]]
) -> Scan:
    """Read a sentence's values and result words around its names; `skip` are time expressions."""
    text = without_marks(sentence.text)
    tests = [n for n in names if not n.flag]
    out = Scan(view, sentence, names, states, tests=tests, text=text, plain=text, low=sentence.lower)
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
        _without_units(out)
    share_denominator(out)
    heads = [n.head for n in names]
    heads += [(v.start, v.quantity.end) for v in out.values]  # "5 per high-power field"
    out.results = [
        Result(*found)
        for found in result_words(view, sentence, out.low)
        if found.kind in ("none", "clean")
        or not any(a < found.end and found.start < b for a, b in heads)  # "international normalized ratio"
    ]
    return out


_DIGIT = re.compile(r"\d")


def _without_units(out: Scan) -> None:
    """Forget names that are the unit of a value: the K of "29.3 K/µL" is no potassium."""
    units = [(v.start, v.quantity.end, v.owner) for v in out.values if v.quantity.unit]

    def is_unit(name: Name) -> bool:
        return any(a < name.start and name.head[1] <= b and name is not owner for a, b, owner in units)

    if any(map(is_unit, out.names)):
        out.names = [n for n in out.names if not is_unit(n)]
        out.tests = [n for n in out.tests if not is_unit(n)]


def _values(out: Scan, taken: Sequence[tuple[int, int]]) -> None:
    text, upto = out.text, -1
    slashed = any(text[a.end : b.start].strip() in ("/", "&") for a, b in pairwise(out.names))
    for quantity in _without_times(text, list(find_quantities(text, skip=taken))):
        announced = _announced(text, quantity)
        if announced:
            out.blank(announced.start, announced.end)
            upto = announced.end
        elif quantity.start >= upto and _is_told(out, quantity) and (slashed or not _slashed(text, quantity)):
            upto = _take_count(out, quantity) or _take(out, _as_meant(out, quantity), upto)


def _take_count(out: Scan, quantity: Quantity) -> int:
    """Keep a count of the cells that are named behind it; up to where the text is read then, 0 for none."""
    found = counted(out, quantity)
    if found is None:
        return 0
    owner, quantity = found
    reference, end = _reference_behind(out.text, quantity.end)
    if reference:
        out.blank(quantity.end, end)
    out.values.append(Value(quantity, reference, max(end, quantity.end), owner))
    return max(end, quantity.end)


def _is_told(out: Scan, quantity: Quantity) -> bool:
    """Whether a quantity may be a result: a number, or an interval that it was found in ("was 52 to 97")."""
    if quantity.high is None:
        return True
    before = (out.low, quantity.start - 25, quantity.start)
    return quantity.unit is not None and glue.LAY_IN.within(*before) is not None


#: A dash with a space on either side is no minus but for a base excess: "haemoglobin - 10 mg/dL".
_SPACED_DASH = re.compile(r"(?<!excess)(?<!deficit)(?<!\bBE)(?<=[a-zA-Z)]) $")


def _is_spaced_dash(text: str, start: int) -> bool:
    before = text[max(0, start - 10) : start]
    return text[start + 1] == " " and _SPACED_DASH.search(before) is not None


def _as_meant(out: Scan, quantity: Quantity) -> Quantity:
    """A quantity without what only looks like a part of it: "up to 12", "5 L" (low, no litres)."""
    text = out.text
    if quantity.high is not None:
        quantity = replace(quantity, high=None)  # of an interval the lower end
    if text[quantity.start : quantity.start + 5].lower() == "up to":
        quantity = replace(quantity, comparator="=")
    if quantity.value < 0 and _is_spaced_dash(text, quantity.start):
        quantity = replace(quantity, start=quantity.start + 2, value=-quantity.value)
    if quantity.unit and quantity.unit.text == "L":
        quantity = replace(quantity, unit=None, end=len(text[: quantity.unit.start].rstrip()))
    return per_volume(text, out.names, quantity)


def _take(out: Scan, quantity: Quantity, upto: int) -> int:
    """Keep a quantity that is a value; up to where the text is read then."""
    text = out.text
    if _no_value(out, quantity):
        goes_on = out.lower.startswith((" to ", " from ", ", from "), quantity.end)
        if goes_on and glue.BY_TO.behind(out.lower, quantity.start - 3):
            out.blank(quantity.start - 3, quantity.end)  # "dropped by 3 g/dL to 9 g/dL"
        return upto
    if out.values and _second_unit(text, out.values[-1], quantity) and not _of_next_name(out, quantity):
        return _take_second_unit(out, quantity)
    reference, end = _reference_behind(text, quantity.end)
    if reference is None:
        out.values.append(Value(quantity, None, quantity.end))
        return upto
    out.blank(quantity.end, end)
    unit = match_unit(text, end) if quantity.unit is None else None
    if unit:  # "9.8 (8.8-10.6) mg/dL"
        quantity, end = replace(quantity, unit=unit), unit.end
    out.values.append(Value(quantity, reference, max(end, quantity.end)))
    share_reference(out)
    return end


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


def _no_value(out: Scan, quantity: Quantity) -> bool:
    """A number that is a change, a multiple, a count, a time or a percentage by which."""
    if glue.NO_VALUE_BEFORE.within(out.lower, quantity.start - 14, quantity.start):
        may_be_p = quantity.unit is None and quantity.value < 1
        return may_be_p or not glue.P_IS.within(out.lower, quantity.start - 4, quantity.start)
    if quantity.unit is not None:
        return False
    if _is_of_a_name(out.text, quantity):
        return True
    return glue.NO_VALUE_BEHIND.behind(out.lower, quantity.end) is not None or _counts(out, quantity)


def _is_of_a_name(text: str, quantity: Quantity) -> bool:
    """Whether a number belongs to a name: a digit below the line ("IgG(4)"), or one that the name's
    abbreviation ends with ("heat shock protein 70 (HSP70)")."""
    printed = text[quantity.start : quantity.end]
    if not printed.isdigit():
        return False
    if len(printed) == 1 and text.startswith(")", quantity.end):
        before = text[max(0, quantity.start - 2) : quantity.start]
        return before[:1].isalpha() and before.endswith("(")
    return re.match(rf"\s?\([A-Za-z]{{1,6}}-?{printed}\)", text[quantity.end : quantity.end + 14]) is not None


def _counts(out: Scan, quantity: Quantity) -> bool:
    """Whether a whole number counts the noun behind it: "3 cup sizes"; tests and units are no such nouns."""
    noun = glue.COUNTED_BEHIND.behind(out.lower, quantity.end)
    if noun is None or "." in out.text[quantity.start : quantity.end] or quantity.value < 2:
        return False
    return not any(noun.start() < n.end and n.start < noun.end() for n in out.names)


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
    between = text[previous.quantity.end : quantity.start]
    if quantity.unit.text == "%" and (between == "/" or _SHARE_OF.match(text, quantity.end)):
        return False  # "10.2 g/dL/31%", "170 cells/mm3 (67% lymphocytes)"
    return bool(_OTHER_UNIT.fullmatch(between))


def _of_next_name(out: Scan, quantity: Quantity) -> bool:
    """Whether names and values stand around strokes: "ESR/CRP 42 mm/h/18 mg/L"."""
    if out.text[out.values[-1].quantity.end : quantity.start] != "/":
        return False
    before = [n for n in out.names if n.end <= out.values[-1].start][-2:]
    return len(before) > 1 and out.text[before[0].end : before[1].start].strip() == "/"


_SHARE_OF = re.compile(r"\s(?:of\s)?[A-Za-z]{3}")
_OTHER_UNIT = re.compile(
    r"\s?(?:[(\[/=]|or|i\.e\.,?|equivalent to)\s?(?:=|i\.e\.,?|or|equivalent to)?\s?", re.I
)
#: "640 mg per 24-hour collection (400-1300)"
_OPEN = re.compile(r"(?:\s(?:collection|urine|specimen|sample|period))?\.?[\s,;:/]*([(\[])\s?(?:=\s)?")
_FLAG_FIRST = re.compile(
    r"(?:[HLhl↑↓]|high|low|elevated|decreased|increased|reduced|normal(?=[;,]))\s?[;,:]\s?", re.I
)
_LOOSE = re.compile(
    r"[\s,;:/]*(?:(?:with|and|against|versus|vs\.?|(?:as )?compared (?:with|to)|"
    r"(?:which (?:was|is|were) )?(?:(?:just|still|well|far|slightly|mildly|markedly|clearly) )?"
    r"(?:above|below|within|over|under|outside|beyond|exceeding))\s(?:a|an|the|its|our)\s)?"
)
_BARE_RANGE = re.compile(r"(?P<mark>[;,]?)\s(?=\d+(?:\.\d+)?\s?[-–]\s?\d)")


def _reference_behind(text: str, pos: int, bracket_only: bool = False) -> tuple[Reference | None, int]:
    """The reference range printed behind `pos`, in brackets or announced by a word: (range, end)."""
    opened = _OPEN.match(text, pos)
    found = _in_bracket(text, opened.end(), bracket_only) if opened else None
    if found is None and not bracket_only:
        found = _announced_behind(text, pos) or _bare_behind(text, pos)
    return found or (None, pos)


def _in_bracket(text: str, inside: int, alone: bool) -> tuple[Reference, int] | None:
    """The range in the bracket that opens right before `inside`; `alone`: nothing else may stand in it."""
    close = closing(text, inside - 1)
    flagged = _FLAG_FIRST.match(text, inside)
    at = flagged.end() if flagged else inside
    reference = match_reference(text, at, close)
    if alone and reference is not None and None in (reference.low, reference.high):
        reference = match_reference(text, at, close, need_cue=True)
    if reference is None or (alone and reference.end < close - 1):
        return None
    if reference.end < close and text[reference.end : reference.end + 1] not in " ;,":
        return None
    rest = text[reference.end : close]
    if _DIGIT.search(rest) and len(rest) >= 25:
        return reference, reference.end
    return reference, min(close + 1, len(text))


def _announced_behind(text: str, pos: int) -> tuple[Reference, int] | None:
    loose = _LOOSE.match(text, pos)
    reference = match_reference(text, loose.end() if loose else pos, len(text), need_cue=True)
    return (reference, reference.end) if reference else None


def _bare_behind(text: str, pos: int) -> tuple[Reference, int] | None:
    """As in "9.4 8.5-10.5", "(9.4 mg/dL; 8.5-10.5 mg/dL)": two limits without a word."""
    bare = _BARE_RANGE.match(text, pos)
    reference = match_reference(text, bare.end(), len(text)) if bare else None
    if reference is None or reference.low is None or reference.high is None:
        return None
    ends = _ENDS if bare and not bare["mark"] else _CLOSES
    return (reference, reference.end) if text[reference.end : reference.end + 1] in ends else None


_ENDS = ("", " ", ",", ";", ")", ".")
_CLOSES = (")", "]")


def closing(text: str, opened: int) -> int:
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


#: The highest grade of a finding.
_TOP_GRADE = 6


def _is_a_grade(name: Name, value: Value, read: Scan) -> bool:
    """Whether a whole number behind an abbreviation is a grade: "ACR 4" of a mammogram."""
    printed = read.text[value.start : value.quantity.end]
    return printed.isdigit() and read.lower[name.head[0] : name.head[1]] in plain("grade too")


#: Units whose volume authors leave out ("CRP of 120 mg"), or take from the test beside.
_ALONE = frozenset({"mg", "g", "ug", "ng"})


def fits(name: Name, value: Value, read: Scan) -> bool:
    """Whether a value can be a result of this test by its unit."""
    quantity = value.quantity
    if quantity.value < 0 and name.analyte.name != "base excess":
        return False
    if (
        name.analyte.kind == "drug"
        and quantity.unit is None
        and not glue.DRUG_LEVEL.within(read.low, name.start, value.start)
    ):
        return False  # "vancomycin (1.0 every 8 h)"
    if (
        quantity.unit is None
        and " " in read.text[quantity.start : quantity.end].strip("<>≤≥= ")
        and name.analyte.kind not in ("count", "cells")
    ):
        return False  # neighbours in a table, read as one grouped number
    if quantity.unit is None and quantity.value <= _TOP_GRADE and _is_a_grade(name, value, read):
        return False
    if name.analyte.kind in ("ab", "micro") and quantity.unit is None and quantity.value in (1, 2):
        return False  # "HIV 1 and 2", "herpes simplex 1"
    kind = quantity.unit.kind if quantity.unit else ""
    between = read.low[name.end : value.start]
    if quantity.unit_text == "mm/h" and name.analyte.name in plain("told in mm/h"):
        return not re.search("[,;)]| and ", between)
    if quantity.unit_text in _ALONE and name.analyte.name in plain("told in mass"):
        return not re.search("[,;]", between)
    part = quantity.unit_text == "%" and name.analyte.name in plain("told as a share")
    if part or (name.flag and kind == "amount"):
        return True  # "70 % conjugated", "hypomagnesaemia at 0.5 mmol"
    if name.analyte.kind == "cells" and kind == "mass" and re.search("[,;)]", between):
        return False  # "(67% lymphocytes), 46 g/L protein"
    rate = "/24" in quantity.unit_text or "/day" in quantity.unit_text
    urine = name.urine or (name.analyte.urine != "" and rate and "urin" in read.lower[: value.start])
    return units_fit(name.analyte, quantity.unit_text, kind, urine)
