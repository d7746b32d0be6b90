"""Height, weight and body mass index, in metric and in English units."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.language.numbers import parse_number

CM_PER_INCH = 2.54  # exact, International Yard and Pound Agreement 1959
KG_PER_POUND = 0.45359237  # exact, the same
POUNDS_PER_STONE = 14

_NUM = r"\d{1,3}(?:[.,·]\d{1,2})?"
_CM = re.compile(
    r"(?<![\w.,-])(?P<n>\d{2,3}(?:[.,·]\d{1,2})?)\s?-?(?:cms?|centimet(?:re|"
    r"er)s?)\b(?!\s?(?:/|per|x|by|below|above|from|diameter))"
)
_M = re.compile(
    r"(?<![\w.,-])(?P<n>[12][.,·]\d{1,3})\s?-?(?:m|met(?:re|er)s?)\b(?!\s?(?:/|per|2|²))|"
    r"(?<![\w.,-])(?P<m>[12])\s?m\s?(?P<c>\d{2})(?:\s?cm)?\b"
)
_FEET = re.compile(
    r"(?<![\w.,-])(?P<ft>[3-7])\s?-?(?:ft\.?|feet|foot|'|"
    r"′)[\s,-]?(?:(?P<in>\d{1,2}(?:\.\d{1,2})?)(?P<half>\s?½|\s1/2)?\s?-?(?:in\b\.?|inch(?:es)?\b|\"|''|″)?)?"
)
_INCHES = re.compile(
    r"(?<![\w.,-])(?P<n>\d{2}(?:\.\d{1,2})?)\s?-?(?:inch(?:es)?|in)\b(?=\s(?:tall|"
    r"in\sheight)|[\s,);.])"
)
_KG = re.compile(
    rf"(?<![\w.,/-])(?P<n>{_NUM})\s?-?(?:kgs?|kilos?|kilograms?|kilogrammes?)\b(?!\s?(?:/|"
    rf"per\b|of|x\b|m-?2|baby|infant|boy|girl|newborn))"
)
_LB = re.compile(
    r"(?<![\w.,/-])(?P<n>\d{2,3}(?:\.\d{1,2})?)\s?-?(?:lbs?|pounds?)\b(?!\s?(?:/|per\b|baby|"
    r"infant|boy|girl))"
)
_STONE = re.compile(
    r"(?<![\w.,/-])(?P<st>\d{1,2})\s?(?:st|stones?)\b\.?[\s,]?(?:(?P<lb>\d{1,2})"
    r"(?P<half>\s?½|\s1/2)?\s?(?:lbs?|pounds?)\b)?"
)
_BMI = re.compile(
    r"(?:\bbmi\b|body[\s-]mass[\s-]index|quetelet(?:'s)?\sindex)(?:\s?\(bmi\))?(?:\s?\[?\(?kg/m\^?[2²]\)"
    r"?\]?)?"
    r"(?:[\s:=,~(]|was|is|of|at|has|had|been|a|about|around|approximately|only|her|his|current|currently|"
    r"calculated|as|low|normal|the|time|presentation|admission|weight|range|with|being){0,14}?"
    r"(?P<n>\d{2}(?:[.,·]\d{1,2})?)(?!\d|[.,]\d|\s?(?:th|st|%|percent|-\s?\d|years?|cm|kg(?!/)|"
    r"sd))(?:\s?(?:\(\s?)?kg\s?(?:/|per\s)\s?m\^?\s?(?:2|²)?)?"
)
_BMI_FIRST = re.compile(rf"(?<![\w.,-])(?P<n>{_NUM})\s?kg\s?/\s?m\^?\s?(?:2|²)")

_LABELS = ("height", "tall", "stature", "weigh", "wt", "bmi", "mass ind", "mass-ind", "quetelet")
_HEIGHT_WORD = re.compile(r"\b(?:height|stature|tall|ht|length)\b")
_WEIGHT_WORD = re.compile(r"\b(?:weigh(?:t|s|ed|ing)?|wt)\b")
_NOT_HEIGHT = re.compile(
    r"\b(?:loss|lost|losing|reduc\w+|decreas\w+|declin\w+|shr[aiu]nk\w*|shorter|short(?:ening|ened)|"
    r"diminish\w+|vertebral\sheight|drop\w*|fell|fall\w*|lesion|mass|"
    r"incision|scar|uterus|fundal|fundus|tumou?r|length|circumference|chest|expansion|span|distance|"
    r"diameter)\b"
)
_LOST_AFTER = re.compile(
    r"\s?(?:in|of)\s(?:her\s|his\s|body\s|total\s)?(?:height|stature)\s?(?:loss|lost)|"
    r"\s(?:height\sloss|shorter|less|loss)\b"
)
_NOT_WEIGHT = re.compile(
    r"\b(?:loss|lost|losing|gain\w*|lift\w*|carr\w+|birth\s?-?weight|increas\w+|put\son|load|reduc\w+|"
    r"decreas\w+|object|suitcase|bag|sack|newborn|neonate|infant|baby|son|daughter|boy|girl|"
    r"twins?|foetus|fetus|placenta|daily|dose|mg|born|child|more\sthan|less\sthan|over|under|above|below|"
    r"at\sleast)\b"
)
_EARLIER = re.compile(
    r"\b(?:pre-?\s?pregnan\w*|before\s(?:the\s|her\s)?(?:pregnancy|conception|gestation)|"
    r"prior\sto\s(?:the\s|her\s)?pregnancy|pregravid|at\sterm|at\sdelivery|previous(?:ly)?|"
    r"before\sdelivery|used\sto\sbe|initially|peak)\b"
)
#: Behind a weight: it is a change, or one of before pregnancy.
_CHANGE_AFTER = re.compile(r"\s(?:of\s)?(?:weight\s(?:loss|gain)|lighter|heavier|less|more|since|during)")
_EARLIER_AFTER = re.compile(r"\s?(?:\(?(?:before|prior\sto)\s(?:the\s|her\s)?pregnan|to\s\d{2})")
#: "(decreased) from 165 to 160 cm": the second is the present one.
_FROM_TO = re.compile(r"\bfrom\s\d{1,3}(?:\.\d{1,2}|'\d{1,2}\"?)?\s?(?:cm|m)?\sto\s$")
#: What "from" opens is the height before.
_FROM = re.compile(r"\bfrom\s$")


@dataclass(frozen=True, slots=True)
class Measure:
    """Height (cm), weight (kg) or bmi (kg/m2) in a sentence; `current` False for one before pregnancy."""

    start: int
    end: int
    field: str
    value: float
    current: bool = True


def find_build(lower: str, *, child: bool = False) -> list[Measure]:
    """The heights, weights and indices of a sentence in lower case; a child may be small and light."""
    if not any(word in lower for word in _LABELS) and not (
        "kg" in lower and ("cm" in lower or " m" in lower)
    ):
        return []
    bmi = _bmis(lower)
    heights = [m for m in _heights(lower, child) if _outside(m, bmi)]
    weights = [m for m in _weights(lower, child) if _outside(m, bmi)]
    paired = bool(heights and weights) or bool(bmi)
    heights = [m for m in heights if _labelled(lower, m, _HEIGHT_WORD) or paired]
    weights = [m for m in weights if _labelled(lower, m, _WEIGHT_WORD) or (paired and (heights or bmi))]
    return sorted((*heights, *weights, *bmi), key=lambda m: m.start)


def _outside(measure: Measure, others: list[Measure]) -> bool:
    return all(measure.end <= o.start or measure.start >= o.end for o in others)


def _labelled(lower: str, measure: Measure, word: re.Pattern[str]) -> bool:
    return bool(word.search(lower, max(0, measure.start - 45), min(len(lower), measure.end + 14)))


def _window(lower: str, start: int, size: int = 40) -> str:
    """The words before a figure, back to the last sign that parts statements."""
    text = lower[max(0, start - size) : start]
    cut = max(text.rfind(";"), text.rfind(", "), text.rfind("("), text.rfind(" and "))
    return text[cut + 1 :] if cut >= 0 else text


def _heights(lower: str, child: bool) -> list[Measure]:
    found: list[tuple[int, int, float]] = [
        (m.start(), m.end(), parse_number(m["n"])) for m in _CM.finditer(lower)
    ]
    for m in _M.finditer(lower):
        value = parse_number(m["n"]) * 100 if m["n"] else float(m["m"]) * 100 + float(m["c"])
        found.append((m.start(), m.end(), value))
    for m in _FEET.finditer(lower):
        inches = float(m["in"] or 0) + (0.5 if m["half"] else 0.0)
        if inches < 12 and (m["in"] or "'" not in m.group()):
            found.append((m.start(), m.end(), (float(m["ft"]) * 12 + inches) * CM_PER_INCH))
    found.extend((m.start(), m.end(), float(m["n"]) * CM_PER_INCH) for m in _INCHES.finditer(lower))
    out: list[Measure] = []
    low = 40 if child else 120
    for start, end, value in found:
        before = _window(lower, start)
        if not low <= value <= 215 or _LOST_AFTER.match(lower, end):
            continue
        if _NOT_HEIGHT.search(before) and not _FROM_TO.search(lower, max(0, start - 24), start):
            continue
        if any(start < o.end and end > o.start for o in out):
            continue
        current = not (_EARLIER.search(before) or _FROM.search(lower, max(0, start - 6), start))
        out.append(Measure(start, end, "height_cm", round(value, 1), current))
    return out


def _weights(lower: str, child: bool) -> list[Measure]:
    found: list[tuple[int, int, float]] = []
    for m in _STONE.finditer(lower):
        pounds = float(m["st"]) * POUNDS_PER_STONE + float(m["lb"] or 0) + (0.5 if m["half"] else 0.0)
        found.append((m.start(), m.end(), pounds * KG_PER_POUND))
    found.extend((m.start(), m.end(), parse_number(m["n"])) for m in _KG.finditer(lower))
    found.extend((m.start(), m.end(), float(m["n"]) * KG_PER_POUND) for m in _LB.finditer(lower))
    out: list[Measure] = []
    low = 1.5 if child else 25
    for start, end, value in found:
        before = _window(lower, start)
        after = lower[end : end + 30]
        if not low <= value <= 250 or _NOT_WEIGHT.search(before) or _CHANGE_AFTER.match(after):
            continue
        if any(start < o.end and end > o.start for o in out):
            continue
        current = not _EARLIER.search(lower[max(0, start - 40) : start]) and not _EARLIER_AFTER.match(after)
        out.append(Measure(start, end, "weight_kg", round(value, 1), current))
    return out


def _bmis(lower: str) -> list[Measure]:
    out: list[Measure] = []
    if "bmi" in lower or "mass" in lower or "quetelet" in lower:
        out.extend(_bmi(lower, m) for m in _BMI.finditer(lower))
    out.extend(
        _bmi(lower, m)
        for m in _BMI_FIRST.finditer(lower)
        if all(m.start() >= o.end or m.end() <= o.start for o in out)
    )
    return [m for m in out if 9 <= m.value <= 80]


def _bmi(lower: str, match: re.Match[str]) -> Measure:
    before = lower[max(0, match.start() - 30) : match.start()]
    return Measure(match.start(), match.end(), "bmi", parse_number(match["n"]), not _EARLIER.search(before))
