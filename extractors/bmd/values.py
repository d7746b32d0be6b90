"""The values of a densitometry sentence: scores in SD, densities, changes in per cent (losses negative)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.bmd.fact import LIMITS
from extractors.bmd.marks import names_density
from extractors.bmd.vocabulary import SLOTS, slots
from extractors.language.numbers import decimals_of, parse_decimal
from extractors.language.units import match_unit
from extractors.rules.book import Book
from extractors.rules.rule import Glue, Rule
from extractors.text import Sentence, View
from extractors.values import fixed


@fixed(frozen=True, slots=True)
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


def _number(m: re.Match[str]) -> float:
    number = parse_decimal(m["num"])
    return -number if (m["sign"] or "").strip(" ()") in ("-", "minus", "negative") else number


BOOK = Book(
    "bmd.values",
    (
        Rule(
            "value",
            r"(?:(?P<cmp>[<>≤≥] ?=?|\b{comparing}) ?)?"
            r"(?P<sign>[-+] ?|\((?:[-+]|minus|plus)\) ?|\b(?:minus|negative|plus) )?{num:decimal}",
            _number,
            says={
                "T-score -3,1": -3.1,
                "minus 2.8 SD": -2.8,
                "+0.4": 0.4,
                "below -2.5": -2.5,
                "T-score (-) 3.1": -3.1,
            },
            silent=("no value", "T-score"),
        ),
    ),
    slots("comparing", "decimal"),
)
#: g/cm2 in its many prints, mg/cm3 of quantitative CT ("mg HA/cm3", "mg/cc").
_DENSITY_UNIT = Glue(
    r" ?(?P<mass>m?g)(?:m|ms|r|rams?)?\.? ?(?:h(?:yd)?a? ?|k2hpo4 ?|\(?ca-?ha\)? ?)?(?:/|\.|·| per | ) ?"
    r"(?:sq(?:uare)?\.? ?cm|cm ?\^?\(?-?(?P<power>[23²³])\)?|(?P<cc>cc|ml)\b)"
)
_SD = Glue(r" ?(?:sds?\b|s\.d\.|standard deviations?(?: \(sds?\))?|σ)")
_BELOW = Glue(
    r" (?:(?P<down>below|under|beneath|lower than|less than)|above|over|higher than)\b(?P<what>[^.;]{0,80})"
)
#: What the words of a deviation end with, before the site: "3.1 SD below the mean for age | at the spine".
_FROM_MEAN = Glue(
    r" (?:below|under|beneath|above|over)(?= (?:at|in|for) (?:the )?[a-z]+ )|"
    r" (?:below|under|beneath|above|over) (?:(?:the|her|his|an?) )?(?:[\w-]+ ){0,4}?"
    r"(?:mean|average|norm|normal|expected|peers|controls)\b(?: values?)?"
    r"(?: for (?:(?:her|his|the) )?(?:age|sex|age and sex|age group|young adults))?"
)
_COUNTED = Glue(r" ?(?:{counted}|(?:m|st|nd|rd|th)\b)", SLOTS)
_YOUNG = Glue(r"\byoung|\bpeak\b|\bt-? ?score")
_AGE = Glue(r"\bage\b|\bage-|\bsame age|\bz-? ?score|\bagemates|\bpeers")
_OR_LESS = Glue(
    r" ?(?:sds? ?)?(?: (?:or|and) (?:less|lower|below|worse|under|more|higher|above|greater)\b|"
    r" downwards?\b|\bor lower)"
)
#: Before "up to", which is no limit then: "had gone up to -2.9".
_RISEN = Glue(
    r"\b(?:gone|went|came|come|rose|risen|increased|improved|climbed|crept|moved|back|was|were|is|now) $"
)
_SPREAD = Glue(r" ?(?:sd )?(?:±|\+/-|\+-)")
_SPREAD_BEFORE = Glue(r"(?:±|\+/-) ?$")
_NORMAL = Glue(r"(?:\b{normal}|\breference \w+|\bn) ?(?:is|was|of|:|=|for age)? ?$", SLOTS)
_CONTROLS = Glue(r"\b(?:controls?|control group|normals|healthy \w+) \([^()]*$")
_RANGE_END = Glue(r" ?[-~] ?\d")
_PERCENT = Glue(r" ?(?:%|per ?cent\b)")
_NOT_A_CHANGE = Glue(r" ?(?:{of a norm}|yam\b|ci\b|fat\b)", SLOTS)
_UP = Glue(r"\b{up}\b", SLOTS)
_DOWN = Glue(r"\b{down}\b", SLOTS)
_CHANGED = Glue(r"\b{changed}\b", SLOTS)
_CLAUSE = Glue(r"[;]|\bbut\b|\bwhile\b|\bwhereas\b")
#: What a percentage's own noun ("a 5% loss", "5% and 3% gains") does not stand behind.
_STOP = Glue(
    r"[;,(]|\band\b(?! (?:an? |by )?[-+]?\d)|"
    r"\b(?:with|despite|following|after|although|though|while|whereas|as|when|but)\b"
)
#: Before a percentage that goes on with the change told before.
_GOES_ON = Glue(r"(?:\b(?:by|and|of)|%,) $")
#: Subjects of a percentage that are no bone density.
_OTHER_SUBJECT = Glue(r"\b(?:{other subject}|score)\b", SLOTS)


def values_in(view: View, sentence: Sentence, skip: Sequence[tuple[int, int]]) -> Iterator[Value]:
    """The numbers of a sentence that may be densitometric, with unit, none inside a span of `skip`."""
    for found in BOOK.find(view, sentence):
        match = found.match
        if any(a < match.end() and match.start("num") < b for a, b in skip):
            continue
        value = _value(sentence, match)
        if value is not None:
            yield value


def _value(sentence: Sentence, match: re.Match[str]) -> Value | None:
    lower = sentence.lower
    start = match.start("sign") if match["sign"] else match.start("num")
    if not _begins(lower, start, match["sign"] or ""):
        return None
    normal = _NORMAL.within(lower, match.start() - 30, match.start())
    risen = match["cmp"] == "up to" and _RISEN.within(lower, match.start() - 20, match.start())
    limit = match["cmp"] is not None and not risen
    usable = not limit and not normal
    usable = usable and not _CONTROLS.within(lower, match.start() - 60, match.start())
    plain = Value(
        start, match.end(), _number(match), "", "", bool(match["sign"]), decimals_of(match["num"]), usable
    )
    percent = _PERCENT.behind(lower, plain.end)
    if percent:
        return _change(lower, replace(plain, end=percent.end()))
    value = _with_unit(sentence.text, lower, plain)
    return None if value is None else replace(value, usable=value.usable and not _limit(lower, value))


def _begins(lower: str, start: int, sign: str) -> bool:
    """Whether a number begins at `start`: not the end of a range, no part of a word or number."""
    before = lower[start - 1 : start] if start else ""
    if sign:
        return not (sign.strip() == "-" and before.isdigit())
    return not before.isalnum() and not (before in ".,/^_" and lower[start - 2 : start - 1].isdigit())


def _with_unit(text: str, lower: str, value: Value) -> Value | None:
    """A number with its unit, None if the words behind make it something else."""
    deviation = _SD.behind(lower, value.end)
    if deviation:
        return _deviation(lower, replace(value, unit="SD", end=deviation.end()))
    density = density_unit(lower, value.end)
    if density is None:
        return None if _other_unit(text, lower, value.end) else value
    unit, factor, end = density
    number = value.value * factor
    if unit == "g/cm3" and number >= LIMITS["g/cm2"][0]:
        unit = "g/cm2"  # areal density, misprinted
    return replace(value, unit=unit, measure="bmd", value=number, end=end)


def _deviation(lower: str, value: Value) -> Value:
    """ "3.2 SD below the mean for age": its sign and whether it is a T- or a Z-score."""
    below = _BELOW.behind(lower, value.end)
    if below is None:
        return value
    start, end = below.span("what")
    measure = "z_score" if _AGE.within(lower, start, end) else ""
    measure = "t_score" if _YOUNG.within(lower, start, end) else measure
    number = -abs(value.value) if below["down"] else abs(value.value)
    mean = _FROM_MEAN.behind(lower, value.end)
    return replace(value, measure=measure, value=number, end=mean.end() if mean else value.end)


def _limit(lower: str, value: Value) -> bool:
    """Whether a value is a limit, a mean with its spread or the lower end of a range."""
    if _OR_LESS.behind(lower, value.end) or _SPREAD.behind(lower, value.end):
        return True
    if _SPREAD_BEFORE.within(lower, value.start - 30, value.start):
        return True
    return not (value.signed or value.unit) and _RANGE_END.behind(lower, value.end) is not None


def density_unit(lower: str, pos: int) -> tuple[str, float, int] | None:
    """The unit of density at `pos`: (g/cm2, mg/cm3 or g/cm3; factor to it; end), None for any other."""
    match = _DENSITY_UNIT.behind(lower, pos)
    if match is None:
        return None
    mass = match["mass"]
    if match["cc"] is not None or match["power"] in ("3", "³"):
        return f"{mass}/cm3", 1.0, match.end()
    return "g/cm2", 0.001 if mass == "mg" else 1.0, match.end()


def _other_unit(text: str, lower: str, end: int) -> bool:
    """Whether a number at `end` is followed by a unit or word that makes it something else."""
    unit = match_unit(text, end, any_kind=True)
    if unit is not None and not lower[end : unit.start].strip("- "):
        return True
    return lower[end : end + 1].isalpha() or _COUNTED.behind(lower, end) is not None


def _change(lower: str, value: Value) -> Value | None:
    """A percentage as a change of density, with its sign from the words around it; None if it is none."""
    if _NOT_A_CHANGE.behind(lower, value.end):
        return None
    direction = _direction(lower, value)
    if direction is None:
        return None
    number = value.value if value.signed else value.value * direction
    return replace(value, value=number, unit="%", measure="bmd_change")


def _direction(lower: str, value: Value) -> int | None:
    """Whether a change goes up (1) or down (-1): by the words behind it, before it, told before."""
    stop = _STOP.within(lower, value.end, min(len(lower), value.end + 30))
    behind = _moves(lower, value.end, stop.start() if stop else min(len(lower), value.end + 30))
    if behind:
        return behind[0][1]
    left = max(0, value.start - 90)
    left = max((m.end() for m in _CLAUSE.pattern.finditer(lower, left, value.start)), default=left)
    before = _moves(lower, left, value.start)
    if before:
        return before[-1][1]
    if value.signed or _CHANGED.within(lower, left, value.start):
        return 1
    if _GOES_ON.within(lower, value.start - 8, value.start):  # "lumbar BMD rose by 15%; hip BMD by 5%"
        earlier = _moves(lower, 0, value.start)
        return earlier[-1][1] if earlier else None
    return None


def _moves(lower: str, start: int, end: int) -> list[tuple[int, int]]:
    """Words of a rise (1) or a fall (-1) within [start, end), in order: (place, direction)."""
    found = [(m.start(), 1) for m in _UP.pattern.finditer(lower, start, end)]
    return sorted(found + [(m.start(), -1) for m in _DOWN.pattern.finditer(lower, start, end)])


def other_subject(lower: str, left: int, start: int) -> bool:
    """Whether the words [left, start) name something else than bone density as what changed."""
    found = list(_OTHER_SUBJECT.pattern.finditer(lower, left, start))
    if not found or found[-1].group() == "score":
        return False
    return not names_density(lower, found[-1].end(), start)
