"""What a densitometry sentence is made of besides sites: measures and values.

Measures are ISCD's (official positions 2019): T-score against young adults, Z-score
against the same age; areal density in g/cm2. Changes are in per cent, losses negative.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.bmd.fact import LIMITS
from extractors.bmd.sites import Site
from extractors.language.numbers import parse_number
from extractors.language.units import match_unit


@dataclass(frozen=True, slots=True)
class Measure:
    """The name of a measure: bmd, t_score or z_score."""

    start: int
    end: int
    measure: str


@dataclass(frozen=True, slots=True)
class Value:
    """A number at [start, end). `unit` is g/cm2, mg/cm3, SD, % or ""; `measure` where its words tell it.

    `usable` is False for a limit ("< -2.5", "-2.5 or lower"), a mean with its spread, a normal value.
    """

    start: int
    end: int
    value: float
    unit: str
    measure: str
    signed: bool
    decimals: int
    usable: bool


Event = Site | Measure | Value


_SCORE = r"(?:-|\s)?\s?(?:scores?|values?(?=\s?(?:[:=]|of|was|were|[-+−–－＋]?\d))|skore?s?|scored)"
_T_AND_Z = re.compile(rf"\b([tz])(?:{_SCORE})?\s?-?\s?(?:/|,|&|\band\b)\s?(?:the\s)?([tz]){_SCORE}\b")
_ONE_SCORE = re.compile(rf"\b([tz]){_SCORE}\b")
_BARE_SCORE = re.compile(r"(?<![\w-])(?<!\D/)([TZ])(?=\s?[:=]?\s?[-+−–－＋]\s?\d|\s?[:=]\s?\d)")
_BMD = re.compile(
    r"\b(?:[av]?bmds?|bone\s(?:mineral\s)?(?:density|densities|mass)(?:\s(?:\(|\[)[av]?bmd(?:\)|\]))?|"
    r"bone\smineral(?=\s(?:at|of|in)\b)|mineral\sdensity|bone\sdensitometry|(?:areal|volumetric|"
    r"trabecular|spinal|hip|vertebral)\sdensity)\b"
)
_NUMBER = re.compile(
    r"(?:(?P<cmp>[<>≤≥]\s?=?|\b(?:less|lower|greater|higher|more|worse|better)\sthan|\b(?:below|above|"
    r"under|over|exceeding|at\sleast|up\sto|beyond))\s?)?"
    r"(?P<sign>[-+−–－＋]\s?|\b(?:minus|negative|plus)\s)?(?P<num>\d+(?:[.,·]\d+)?|(?<!\d)[.,]\d+)",
    re.IGNORECASE,
)
#: g/cm2 in its many prints, mg/cm3 of quantitative CT ("mg HA/cm3", "mg/cc").
_DENSITY_UNIT = re.compile(
    r"\s?(?P<mass>m?g)(?:m|ms|r|rams?)?\.?\s?(?:h(?:yd)?a?\s?|k2hpo4\s?|\(?ca-?ha\)?\s?)?(?:/|\.|·|"
    r"\sper\s|\s)\s?"
    r"(?:sq(?:uare)?\.?\s?cm|cm\s?\^?\(?-?(?P<power>[23²³])\)?|(?P<cc>cc|ml)\b)",
    re.IGNORECASE,
)
_SD = re.compile(r"\s?(?:SDs?\b|S\.D\.|standard\sdeviations?(?:\s\(SDs?\))?|σ)", re.IGNORECASE)
_BELOW = re.compile(
    r"\s(?P<dir>below|under|beneath|lower\sthan|less\sthan|above|over|higher\sthan)\b(?P<what>[^.;]{0,80})"
)
_COUNTED = re.compile(r"\s?(?:year|month|week|day|hour|kg|cm|mm|m\b|patient|women|times|st\b|nd\b|rd\b|th\b)")
_YOUNG = re.compile(r"\byoung|\bpeak\b|\bt-?\s?score")
_AGE = re.compile(r"\bage\b|\bage-|\bsame\sage|\bz-?\s?score|\bagemates|\bpeers")
_OR_LESS = re.compile(
    r"\s?(?:sds?\s?)?(?:\s(?:or|and)\s(?:less|lower|below|worse|under|more|higher|above|greater)\b|"
    r"\sdownwards?\b|\bor\slower)"
)
_SPREAD = re.compile(r"\s?(?:sd\s)?(?:±|\+/-|\+-)")
_NORMAL = re.compile(
    r"(?:\bnormal(?:\s(?:mean|value|values|range|adult|for\sage))?|\breference(?:\s\w+)?|\bexpected|"
    r"\bpredicted|\brange|\bthreshold(?:\sof)?|\bcut-?off(?:\sof)?|\bn)\s?(?:is|was|of|:|=|for\sage)?\s?$"
)
_CONTROLS = re.compile(r"\b(?:controls?|control\sgroup|normals|healthy\s\w+)\s\([^()]*$")
_RANGE_END = re.compile(r"\s?(?:-|–|−|~|to)\s?\d")
_PERCENT = re.compile(r"\s?(?:%|per\s?cent\b)")
_NOT_A_CHANGE = re.compile(
    r"\s?(?:of\s(?:the\s)?(?:peak|young|normal|mean|expected|predicted|age|patients|women|cases|"
    r"reference|those)|yam\b|ci\b|confidence|for\sage|lower\slimit|risk|probability|probable|chance|"
    r"body\sfat|fat\b)"
)
_UP = re.compile(
    r"\b(?:increas\w*|rise[sn]?|rose|rising|gain\w*|improv\w*|higher|up|grew|grown|recover\w*|regain\w*|"
    r"elevat\w*|climb\w*|augment\w*|increment\w*|greater|above|accru\w*|positive\schange)\b"
)
_DOWN = re.compile(
    r"\b(?:decreas\w*|declin\w*|fell|fall(?:s|en|ing)?|loss(?:es)?|lost|losing|lower|drop\w*|reduc\w*|"
    r"diminish\w*|deteriorat\w*|less|down|below|worsen\w*)\b"
)
_CHANGED = re.compile(r"\b(?:chang\w*|differ\w*|percent|percentage)\b")
#: Subjects of a percentage that are no bone density.
_OTHER_SUBJECT = re.compile(
    r"\b(?:thickness|number|separation|stiffness|strength|load|volume|porosity|p1np|pinp|ctx|ntx|"
    r"osteocalcin|phosphatase|alp|balp|bap|pth|calcium|phosph\w+|creatinine|vitamin|markers?|turnover|"
    r"weight|fat|height|lean|muscle|tbs|trabecular\sbone\sscore|risk|fractures?|content|bmc|score|pain|"
    r"hct|hematocrit|haematocrit|saturation|fraction|fev1)\b"
)


def measures_in(text: str, lower: str) -> list[Measure]:
    """The names of measures in a sentence or label; "T-/Z-score" gives two."""
    out: list[Measure] = []
    for match in _T_AND_Z.finditer(lower):
        out.append(Measure(match.start(), match.start(2), f"{match[1]}_score"))
        out.append(Measure(match.start(2), match.end(), f"{match[2]}_score"))
    for match in _ONE_SCORE.finditer(lower):
        if not any(m.start <= match.start() < m.end for m in out):
            out.append(Measure(match.start(), match.end(), f"{match[1]}_score"))
    for match in _BARE_SCORE.finditer(text):
        if not any(m.start <= match.start() < m.end for m in out):
            out.append(Measure(match.start(), match.end(), f"{match[1].lower()}_score"))
    for match in _BMD.finditer(lower):
        out.append(Measure(match.start(), match.end(), "bmd"))
    out.sort(key=lambda m: m.start)
    return out


def values_in(text: str, lower: str, skip: list[tuple[int, int]]) -> Iterator[Value]:
    """The numbers of a sentence that may be densitometric, with unit, none inside a span of `skip`."""
    for match in _NUMBER.finditer(text):
        start, end = match.start("num"), match.end()
        if any(a < end and start < b for a, b in skip):
            continue
        found = _value(text, lower, match)
        if found is not None:
            yield found


def _value(text: str, lower: str, match: re.Match[str]) -> Value | None:
    sign, printed = match["sign"] or "", match["num"]
    start = match.start("sign") if sign else match.start("num")
    before = text[start - 1 : start] if start else ""
    if sign.strip() in ("-", "−", "–", "－") and before.isdigit():
        return None  # the end of a range
    if not sign and (before.isalnum() or (before in ".,/^_" and text[start - 2 : start - 1].isdigit())):
        return None
    end = match.end()
    number = parse_number(printed if printed[0] not in ".," else "0." + printed[1:])
    if "," in printed:
        number = float(printed.replace(",", ".")) if printed[0] != "," else float("0." + printed[1:])
    negative = sign.strip().lower() in ("-", "−", "–", "－", "minus", "negative")
    value = -number if negative else number
    decimals = len(re.split(r"[.,·]", printed)[-1]) if re.search(r"[.,·]", printed) else 0
    usable = match["cmp"] is None
    left = lower[max(0, match.start() - 30) : match.start()]
    if _NORMAL.search(left) or _CONTROLS.search(lower[max(0, match.start() - 60) : match.start()]):
        usable = False
    percent = _PERCENT.match(lower, end)
    if percent:
        return _change(lower, start, percent.end(), value, bool(sign), decimals, usable)
    deviation = _SD.match(text, end)
    unit, measure = "", ""
    if deviation:
        unit, end = "SD", deviation.end()
        below = _BELOW.match(lower, end)
        if below:
            end_of = below["what"]
            measure = "t_score" if _YOUNG.search(end_of) else "z_score" if _AGE.search(end_of) else ""
            value = abs(value) if below["dir"] in ("above", "over", "higher than") else -abs(value)
    else:
        density = density_unit(text, end)
        if density is not None:
            unit, factor, end = density
            measure, value = "bmd", value * factor
            if unit == "g/cm3" and value >= LIMITS["g/cm2"][0]:
                unit = "g/cm2"  # areal density, misprinted
        elif _other_unit(text, lower, end):
            return None
    if _OR_LESS.match(lower, end) or _SPREAD.match(lower, end) or re.search(r"(?:±|\+/-)\s?$", left):
        usable = False
    if not sign and _RANGE_END.match(lower, end) and unit == "":
        usable = usable and bool(re.match(r"\s?to\s", lower[end:]))
    return Value(start, end, value, unit, measure, bool(sign), decimals, usable)


def density_unit(text: str, pos: int) -> tuple[str, float, int] | None:
    """The unit of density at `pos`: (g/cm2, mg/cm3 or g/cm3; factor to it; end), None for any other."""
    match = _DENSITY_UNIT.match(text, pos)
    if match is None:
        return None
    mass = match["mass"].lower()
    volume = match["cc"] is not None or match["power"] in ("3", "³")
    if volume:
        return f"{mass}/cm3", 1.0, match.end()
    return "g/cm2", 0.001 if mass == "mg" else 1.0, match.end()


def _other_unit(text: str, lower: str, end: int) -> bool:
    """Whether a number at `end` is followed by a unit or word that makes it something else."""
    unit = match_unit(text, end, any_kind=True)
    if unit is not None and not text[end : unit.start].strip("- "):
        return True
    return text[end : end + 1].isalpha() or bool(_COUNTED.match(lower, end))


#: Before a percentage that goes on with the change told before.
_GOES_ON = re.compile(r"(?:\b(?:by|and|of)|%,)\s$")


def _change(
    lower: str, start: int, end: int, value: float, signed: bool, decimals: int, usable: bool
) -> Value | None:
    """A percentage as a change of density, with its sign from the words around it; None if it is none."""
    if _NOT_A_CHANGE.match(lower, end):
        return None
    left = re.split(r"[;]|\bbut\b|\bwhile\b|\bwhereas\b", lower[max(0, start - 90) : start])[-1]
    right = re.split(r"[;,(]", lower[end : end + 30])[0]
    ups = [m.start() for m in _UP.finditer(left)]
    downs = [m.start() for m in _DOWN.finditer(left)]
    after_up, after_down = _UP.search(right), _DOWN.search(right)
    if after_up or after_down:
        direction = 1 if after_up and (not after_down or after_up.start() < after_down.start()) else -1
    elif ups or downs:
        direction = 1 if max(ups, default=-1) > max(downs, default=-1) else -1
    elif signed or _CHANGED.search(left):
        direction = 1
    elif _GOES_ON.search(lower, max(0, start - 8), start):  # "lumbar BMD rose by 15%; hip BMD by 5%"
        earlier = [(m.start(), 1) for m in _UP.finditer(lower, 0, start)] + [
            (m.start(), -1) for m in _DOWN.finditer(lower, 0, start)
        ]
        if not earlier:
            return None
        direction = max(earlier)[1]
    else:
        return None
    if not signed:
        value *= direction
    return Value(start, end, value, "%", "bmd_change", signed, decimals, usable)


def other_subject(lower: str, left: int, start: int) -> bool:
    """Whether the words [left, start) name something else than bone density as what changed."""
    found = list(_OTHER_SUBJECT.finditer(lower, left, start))
    if not found or found[-1].group() == "score":
        return False
    return not _BMD.search(lower, found[-1].end(), start)
