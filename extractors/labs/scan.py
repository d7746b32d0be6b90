"""Reads one sentence into the things it is made of: names of tests, values with ranges, result words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from extractors.labs import patterns as pt
from extractors.labs.vocabulary import Analyte, NameHit, Term, analytes, find_names, plain_names, units_fit
from extractors.shared.units import Unit, match_unit
from extractors.shared.values import Quantity, Reference, find_quantities, match_reference
from extractors.shared.view import lower_same_length


@dataclass(slots=True)
class Name:
    """A test named at [start, end) of a sentence; `head` is the vocabulary phrase inside it."""

    start: int
    end: int
    head: tuple[int, int]
    analyte: Analyte
    specimen: str
    symbol: bool
    reference: Reference | None = None  # printed between name and value
    unit: Unit | None = None  # in brackets behind the name: "calcium (mg/dL) 9.4"
    flag: str = ""  # of a name that states its result itself ("hypokalaemia (2.9 mmol/L)")

    @property
    def urine(self) -> bool:
        """Whether it was measured in urine."""
        return self.specimen == "urine"


@dataclass(slots=True)
class Value:
    """A quantity that is neither a range nor a second unit, with the range printed beside it."""

    quantity: Quantity
    reference: Reference | None
    end: int  # of the range, else of the quantity

    @property
    def start(self) -> int:
        """Where its first character (comparator, sign) stands."""
        return self.quantity.start


@dataclass(slots=True)
class Result:
    """A result word ("normal", "elevated") at [start, end); `kind` as in patterns._RESULTS."""

    start: int
    end: int
    kind: str
    used: bool = False


@dataclass(slots=True)
class Scan:
    """All of a sentence, offsets relative to its start. `plain` is the text with ranges blanked out."""

    text: str
    lower: str
    names: list[Name]
    states: list[NameHit]
    values: list[Value] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)
    tests: list[Name] = field(default_factory=list)  # names that do not state a result themselves
    plain: str = ""

    def blank(self, start: int, end: int) -> None:
        """Hide characters from the patterns that look at what stands between things."""
        self.plain = self.plain[:start] + " " * (end - start) + self.plain[end:]


# ------------------------------------------------------------------ names, over the whole text
def document_names(text: str, lower: str, abbreviations: Mapping[str, str] | None = None) -> list[NameHit]:
    """All names of a text, with the abbreviations that its authors define ("bone ALP (B-ALPase)")."""
    hits = find_names(text, lower)
    known = plain_names()
    own: dict[str, Analyte] = {}
    for short, long in (abbreviations or {}).items():
        analyte = known.get(long.lower()) or next((h.term.analyte for h in find_names(long, long.lower())[-1:]), None)
        if analyte is not None and len(short) > 1:
            own[short] = analyte
    for hit in hits:
        if hit.term.flag or hit.term.symbol or hit.end >= len(text) or "(" not in text[hit.end : hit.end + 40]:
            continue
        defined = _DEFINED.match(text, hit.end)
        if defined and (defined["short"].lower() not in known or defined["short"] in _AMBIGUOUS):
            short = defined["short"]
            if len(short) > 1 and sum(c.isupper() for c in short) >= 2 and not _RESULT_ABBREVIATION.match(short) and not match_unit(short, 0):
                own.setdefault(short, hit.term.analyte)
    if not own:
        return hits
    pattern = re.compile(r"(?<![\w-])(?:" + "|".join(re.escape(s) for s in sorted(own, key=len, reverse=True)) + r")(?![\w])")
    extra = [NameHit(m.start(), m.end(), Term(own[m.group()])) for m in pattern.finditer(text)]
    kept = [h for h in hits if not any(h.start < e.end and h.end > e.start and h.end - h.start <= e.end - e.start for e in extra)]
    extra = [e for e in extra if not any(e.start < h.end and e.end > h.start for h in kept)]
    return sorted([*kept, *extra], key=lambda h: h.start)


_DEFINED = re.compile(r"(?:\s(?:of|in)\s[\w\s-]{2,30}|\slevels?)?\s?\((?P<short>[A-Za-z][\w/-]{1,10})[);,]")
_RESULT_ABBREVIATION = re.compile(r"(?:II|III|IV|H|L|N|WNL|NR|ULN|US|UK|USA|MRI|CT)$")
_AMBIGUOUS = frozenset({"AP", "TP", "TC", "OC", "CCR", "LA"})


def sentence_names(text: str, hits: Sequence[NameHit], base: int) -> list[Name]:
    """The tests that a sentence names, without drugs, genes and diseases of the same name.

    `hits` are the vocabulary phrases of the sentence, offsets absolute; `base` is its start.
    """
    names: list[Name] = []
    for hit in hits:
        start, end = hit.start - base, hit.end - base
        if hit.term.flag or (names and start < names[-1].end):
            continue
        before = pt.BEFORE_NAME.search(text, max(0, start - 60), start) if _has_company(text, start) else None
        begin = before.start() if before else start
        if names:
            begin = max(begin, names[-1].end)
        after = pt.AFTER_NAME.match(text, end)
        stop = after.end() if after else end
        if _is_something_else(text, begin, start, end, stop):
            continue
        stop, inside = _brackets(text, stop, hit.term.analyte)
        around = text[begin:start] + "|" + text[end:stop] + "|" + inside + "|" + pt.BLOOD.sub("", text[start:end])
        analyte, specimen = _measured_in(hit.term.analyte, around, text, stop)
        unit = match_unit(inside, 0) if inside else None
        names.append(Name(begin, stop, (start, end), analyte, specimen, hit.term.symbol, unit=unit))
    _share_specimen(text, names)
    return names


def _has_company(text: str, start: int) -> bool:
    """Whether the word before a name may belong to it."""
    if start == 0 or text[start - 1] not in " -":
        return False
    word = text[max(0, start - 14) : start - 1].lower()
    return word[word.rfind(" ") + 1 :].lstrip("([") in pt.LAST_BEFORE_NAME or word.endswith(("-h", "-hour", "-hr", "/24h", "-24h"))


def _share_specimen(text: str, names: list[Name]) -> None:
    """"Serum calcium, phosphate and PTH": serum holds for the whole list."""
    for previous, name in zip(names, names[1:], strict=False):
        if previous.specimen in ("serum", "plasma") and not name.specimen and name.analyte.kind != "panel" and pt.JOINT.match(text[previous.end : name.start]):
            name.specimen = previous.specimen


def state_name(hit: NameHit, base: int) -> Name:
    """A word that states a result, as a name that a value may follow."""
    start, end = hit.start - base, hit.end - base
    return Name(start, end, (start, end), hit.term.analyte, hit.term.analyte.specimen, False, flag=hit.term.flag)


def _is_something_else(text: str, begin: int, start: int, end: int, stop: int) -> bool:
    if stop == end and pt.NOT_A_TEST_AFTER.match(text, end):
        return True
    word = text[start:end].lower()
    if word in pt.CATIONS and pt.SALT.match(text, end):
        return True
    if word in pt.ANIONS and text[:start].rstrip().lower().endswith(tuple(pt.CATIONS)):
        return True
    if pt.NOT_A_TEST_BEFORE.search(text, max(0, begin - 40), begin):
        return True
    if word.startswith(("cr", "creat")) and _BELOW_STROKE.search(text, max(0, start - 8), start):
        return True  # "mmol/mmol Cr"
    if end - start < 3 and re.match(r"\.\s?[A-Z]", text[end : end + 3]):
        return True  # "P. Smith"
    following = text[end : end + 2]
    if len(following) == 2 and following[0] == "-" and following[1].isalpha() and stop == end:
        return True  # "calcium-rich", "iron-deficiency"
    return bool(start > 0 and text[start - 1] in "-/" and start - 2 >= 0 and text[start - 2].isalnum() and begin == start
                and text[start - 1] == "-")  # fmt: skip


_BELOW_STROKE = re.compile(r"(?:/|per\s)\s?(?:[mµu]?mol|m?g|[mµu]?M|L|dL)?\s?$")


def _brackets(text: str, stop: int, analyte: Analyte) -> tuple[int, str]:
    """Step over "(CK)", "[25(OH)D]", "(serum)" behind a name: (new end, what was inside)."""
    match = pt.BRACKET_AFTER_NAME.match(text, stop)
    if not match:
        return stop, ""
    inner = (match["round"] or match["square"]).strip()
    if pt.RESULT.fullmatch(inner.lower()) or inner in ("H", "L", "N", "HH", "LL"):
        return stop, ""
    specimen = re.fullmatch(rf"(?:in\s)?{pt.SPECIMEN_WORDS}(?:\s{pt.SPECIMEN_WORDS})*", inner, re.I)
    if not specimen and not pt.ABBREVIATION.match(inner):
        hits = find_names(inner, inner.lower())
        if not (hits and hits[0].start <= 1 and hits[0].end >= len(inner) - 1):
            return stop, ""
    end = match.end()
    tail = pt.AFTER_NAME.match(text, end)
    return (tail.end() if tail else end), inner + (text[end : tail.end()] if tail else "")


def _measured_in(analyte: Analyte, around: str, text: str, stop: int) -> tuple[Analyte, str]:
    """The analyte under its name for the specimen that the words around it tell, and the specimen."""
    specimen = analyte.specimen
    if pt.URINE.search(around) and pt.SERUM.search(around):
        specimen = ""  # "serum and urine electrophoresis"
    elif pt.URINE.search(around):
        specimen = "urine"
    elif pt.CSF.search(around):
        specimen = "csf"
    elif pt.SERUM.search(around):
        specimen = "serum"
    elif pt.PLASMA.search(around):
        specimen = "plasma"
    elif pt.BLOOD.search(around) and analyte.kind in ("chem", "hormone", "enzyme", "drug"):
        specimen = "blood"
    if specimen == "urine" and analyte.urine and analyte.urine != analyte.name:
        analyte = analytes().get(analyte.urine) or Analyte(analyte.urine, analyte.kind, "urine", analyte.urine)
    return analyte, specimen


# ------------------------------------------------------------------ one sentence
def scan(text: str, lower: str, names: list[Name], states: list[NameHit], skip: Sequence[tuple[int, int]]) -> Scan:
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
        if found[2] in ("none", "clean") or not any(a < found[1] and found[0] < b for a, b in heads)  # "international normalized ratio"
    ]
    return out


_DIGIT = re.compile(r"\d")


def _values(out: Scan, taken: Sequence[tuple[int, int]]) -> None:
    text, upto = out.text, -1
    slashed = any(text[a.end : b.start] == "/" for a, b in zip(out.names, out.names[1:], strict=False))
    for quantity in _without_times(text, list(find_quantities(text, skip=taken))):
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
        if _no_value(text, quantity):
            continue
        if out.values and _second_unit(text, out.values[-1], quantity):
            reference, end = _reference_behind(text, quantity.end)
            previous = out.values[-1]
            if reference and previous.reference is None and _same_unit(reference, previous.quantity, quantity):
                previous.reference = reference
            close = text.find(")", end)
            upto = close + 1 if 0 <= close - end <= 2 else end
            out.blank(previous.end, upto)
            if previous.reference is None:
                again, end = _reference_behind(text, upto)
                if again:
                    previous.reference, upto = again, end
                    out.blank(quantity.end, end)
            previous.end = max(previous.end, upto) if upto <= previous.end + 60 else previous.end
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


def _announced(text: str, quantity: Quantity) -> Reference | None:
    """The range that a number is the limit of where no value stands before it: "(ULN 120 U/L)"."""
    opened = max(text.rfind("(", max(0, quantity.start - 40), quantity.start), text.rfind("[", max(0, quantity.start - 40), quantity.start))
    if opened < 0:
        return None
    reference = match_reference(text, opened + 1, need_cue=True)
    return reference if reference and reference.start <= quantity.start < reference.end else None


def _share_reference(out: Scan) -> None:
    """"(41, 38 and 45 U/L; lower limit 142)": the range in a bracket holds for the bracket's values."""
    last = out.values[-1]
    opened = out.text.rfind("(", 0, last.start)
    if opened < 0 or ")" in out.text[opened : last.start] or any(opened < n.start < last.start for n in out.names):
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
    return quantity.unit is not None and quantity.unit.kind == "time" and quantity.unit.text not in ("s", "min")


def _no_value(text: str, quantity: Quantity) -> bool:
    """A number that is a change, a multiple, a count, a time or a percentage by which."""
    unit = quantity.unit
    if pt.NOT_A_VALUE_BEFORE.search(text, max(0, quantity.start - 10), quantity.start):
        return True
    if unit is None:
        return bool(pt.NOT_A_VALUE_AFTER.match(text, quantity.end))
    return False


def _slashed(text: str, quantity: Quantity) -> bool:
    """One of two numbers around a stroke: "120/80", which are a result only for two tests ("AST/ALT 25/30")."""
    before, after = text[max(0, quantity.start - 2) : quantity.start], text[quantity.end : quantity.end + 2]
    return bool((quantity.unit is None and re.match(r"/\d", after)) or re.search(r"\d/$", before))


def _second_unit(text: str, previous: Value, quantity: Quantity) -> bool:
    """The same result in another unit: "2.41 mmol/l (9.6 mg/100 ml)", "9.6 mg/dL = 2.4 mmol/L"."""
    if quantity.unit is None or previous.quantity.unit is None or quantity.unit.text == previous.quantity.unit.text:
        return False
    return bool(_OTHER_UNIT.fullmatch(text[previous.quantity.end : quantity.start]))


_OTHER_UNIT = re.compile(r"\s?(?:[(\[/=]|or|i\.e\.,?|equivalent to)\s?(?:=|i\.e\.,?|or|equivalent to)?\s?", re.I)
_OPEN = re.compile(r"[\s,;:/]*([(\[])\s?(?:=\s)?")
_FLAG_FIRST = re.compile(r"(?:[HLhl]|high|low|elevated|decreased|increased|reduced|normal(?=[;,]))\s?[;,:]\s?", re.I)
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
        if reference and (reference.end >= close or text[reference.end : reference.end + 1] in " ;,") and not (
            bracket_only and reference.end < close - 1
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
        if reference and reference.low is not None and reference.high is not None and text[reference.end : reference.end + 1] in ("", " ", ",", ";", ")", "."):
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
    if quantity.unit is None and " " in scan_text[quantity.start : quantity.end].strip("<>≤≥= ") and name.analyte.kind not in ("count", "cells"):
        return False  # neighbours in a table, read as one grouped number
    kind = quantity.unit.kind if quantity.unit else ""
    rate = "/24" in quantity.unit_text or "/day" in quantity.unit_text
    urine = name.urine or (name.analyte.urine != "" and rate and "urin" in scan_text[: value.start].lower())
    return units_fit(name.analyte, quantity.unit_text, kind, urine)
