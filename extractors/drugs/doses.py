"""Doses as printed around a drug's name; which dose belongs to which drug is decided in `regimens`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractors.drugs.vocabulary import cue_words, in_international_units
from extractors.language.atoms import ATOMS
from extractors.language.numbers import parse_number, parse_words
from extractors.rules.book import Book
from extractors.rules.rule import Rule, Slots
from extractors.rules.words import Vocabulary, Words
from extractors.text import Sentence, View
from extractors.values import fixed

#: Printed units, in lower case, with their normal form.
UNITS = Vocabulary(
    "extractors.drugs",
    "dose_units.csv",
    ("symbol", "unit", "source"),
    ("symbol",),
    allowed={"unit": frozenset("mg g ug ng IU U MIU MU mL L mEq mmol mCi MBq GBq drops puffs".split())},
)
_INDIAN = r"\d{1,2}(?:,\d{2}){1,4},\d{3}"  # 6,00,000
_SLOTS: Slots = ATOMS | {
    "amount": rf"{_INDIAN}|{{number}}",
    "unit": Words(UNITS, column="symbol"),
    "scale": r"million|mega|lakhs?|lacs?|thousand|[x×] ?10\^?6",
    # what a dose is counted per: body weight or surface, and the hour or minute of an infusion
    "body": (
        r"(?:kg|kilogram(?:me)?s?|m2|m\^2|m²|m 2|sqm|square met(?:er|re))"
        r"(?: (?:of )?(?:body ?-?(?:weight|mass)|bw))?"
    ),
    "while": r"(?:h(?:ours?|rs?)?|min(?:ute)?s?)\b",
    "each": r" ?/ ?| per ",
    "per": r"{each}{body}(?:{each}{while})?|{each}d(?:ay)?{each}{body}|{each}{while}",
    "measured": r"(?:(?P<scale> ?{scale})\b)? ?-? ?{unit:unit}{per:per}?(?![a-z0-9])",
}
_SCALES = {"mi": 1e6, "me": 1e6, "x1": 1e6, "×1": 1e6, "x ": 1e6, "× ": 1e6, "la": 1e5, "th": 1e3}
_HUNDREDS = {"hundred": 100.0, "thousand": 1000.0}
#: "20.000 IU", "1.500 mg": a full stop that groups thousands.
_THOUSANDS = re.compile(r"[1-9]\d{0,2}\.\d{3}$")
#: What follows a concentration and never a dose.
_CONCENTRATION = re.compile(
    r"\s?/\s?(?:100\s?m?l|dl|ml|l|mmol|g|mg|µg|ul|mm3|cm2|cm3|cm|m2)\b|\s?%|"
    r"\.?\s?per\s(?:100|cent|ml|l\b|dl|(?:deci|milli|micro)?lit(?:er|re))|"
    r"\s?(?:per|of)\s(?:creatinine|ha?emoglobin)"
)
#: Volumes per time are flows and clearances.
_FLOW_UNITS = frozenset({"mL", "L", "mmol"})
#: Before an amount: a difference ("tapered by 5 mg") or what the drug was dissolved in, no dose.
_NO_DOSE_BEFORE = re.compile(
    r"(?:\b(?:taper|reduc|decreas|increas|lower|rais|escalat|titrat|adjust)\w*\s(?:\w+\s){0,2}by|"
    r"\b(?:steps|decrements|increments|reductions) of|\bin\s(?:steps of)?)\s?$"
)


@fixed(frozen=True, slots=True)
class Dose:
    """A dose at [start, end) of its sentence: value and unit (mg, ug, g, IU, U, mL, mg/kg, mg/kg/h, ...).

    `times` is how often a day it is taken where that is printed before it ("3 x 500 mg"), else 0.
    """

    start: int
    end: int
    value: float
    unit: str
    times: int = 0


#: What a phrase reads to: the doses with their offsets in the match's text.
Doses = tuple[Dose, ...]


@cache
def _units() -> dict[str, str]:
    return {row["symbol"]: row["unit"] for row in UNITS.rows}


def _unit(m: re.Match[str]) -> str:
    """The unit in its normal form, with what it is counted per ("mg/kg/h")."""
    printed = re.sub(r"\s?/\s?|\sper\s", "/", m["per"] or "").lstrip("/")
    starts = {"k": "/kg", "h": "/h"}
    below = (
        starts.get(word[0], "/min" if word.startswith("min") else "/m2")
        for word in printed.split("/")
        if printed and word not in ("d", "day")
    )
    return _units()[m["unit"]] + "".join(below)


def _scaled(m: re.Match[str], printed: str) -> float:
    scale = _SCALES[m["scale"].strip()[:2]] if m["scale"] else 1.0
    return dose_value(printed, _unit(m)) * scale


def _one(m: re.Match[str]) -> Doses:
    return (Dose(m.start(), m.end(), _scaled(m, m["first"]), _unit(m)),)


def _last(m: re.Match[str]) -> Doses:
    return (Dose(m.start("first"), m.end(), _scaled(m, m["second"]), _unit(m)),)


def _so_often(m: re.Match[str]) -> Doses:
    return (Dose(m.start(), m.end(), _scaled(m, m["first"]), _unit(m), int(m["times"])),)


def _two(m: re.Match[str]) -> Doses:
    middle = m.start("slashed")
    return (
        Dose(m.start(), middle - 1, _scaled(m, m["first"]), _unit(m)),
        Dose(middle, m.end(), _scaled(m, m["slashed"]), _unit(m)),
    )


def _bare(m: re.Match[str]) -> Doses:
    return (Dose(m.start("first"), m.end("first"), parse_number(m["first"]), ""),)


def _in_words(m: re.Match[str]) -> Doses | None:
    value = 0.5 if m["n"].startswith("half") else float(parse_words(m["n"]) or 0)
    value *= _HUNDREDS.get(m["hundreds"] or "", 1.0)
    return (Dose(m.start(), m.end(), value, _units()[m["unit"]]),) if value else None


BOOK = Book(
    "drugs.dose",
    (
        Rule(
            "dose raised from to",
            r"\bfrom {first:amount} ?(?:-|to) ?{second:amount}{measured}",
            _last,
            says={"increased from 0.25 to 1 µg": (Dose(15, 27, 1.0, "ug"),)},
            silent=("increased to 1 µg",),
        ),
        Rule(
            "so often a dose",
            r"(?<![\w.,])(?P<times>[1-6]) ?[x×] ?{first:amount}(?: ?(?:-|to) ?{amount})?{measured}",
            _so_often,
            says={"3 x 500 mg": (Dose(0, 10, 500.0, "mg", 3),)},
            silent=("12 x 500 mg", "3 x daily"),
        ),
        Rule(
            "two doses with a stroke",
            r"(?<![\w.,]){first:amount}/{slashed:amount}{measured}",
            _two,
            says={"50/4 mg": (Dose(0, 2, 50.0, "mg"), Dose(3, 7, 4.0, "mg"))},
            silent=("a blood pressure of 120/80",),
        ),
        Rule(
            "dose",
            r"(?<![\w.,]){first:amount}(?: ?(?:-|to|or|and) ?{amount})?{measured}",
            _one,
            says={
                "20 µg": (Dose(0, 5, 20.0, "ug"),),
                "1,200-1,500 mg": (Dose(0, 14, 1200.0, "mg"),),
                "6,00,000 iu": (Dose(0, 11, 600000.0, "IU"),),
                "1.2 million units": (Dose(0, 17, 1200000.0, "U"),),
                "0.5 mg/kg/h": (Dose(0, 11, 0.5, "mg/kg/h"),),
                "20 mg/d/kg": (Dose(0, 10, 20.0, "mg/kg"),),
            },
            silent=("12 weeks", "t12 mg2", "45 years"),
        ),
        Rule(
            "dose without a unit",
            r"\( ?(?P<first>\d{1,2}[.,]\d{1,2})(?=,? ?(?:q ?\d{1,2} ?h|i\.?v\b|p\.?o\b|b\.?i\.?d|t\.?i\.?d)|"
            r" ?\) (?:was|were) (?:\w+ly )?(?:administered|given|started|prescribed|added))",
            _bare,
            says={"(2.0 q8h)": (Dose(1, 4, 2.0, ""),), "(1.0) was administered": (Dose(1, 4, 1.0, ""),)},
            silent=("(2.0)", "calcium (2.4) was low"),
        ),
        Rule(
            "dose in words",
            r"\b(?P<n>{number word}|half an?)(?: (?P<hundreds>hundred|thousand))?[ -]"
            r"(?P<unit>(?:milli|micro)?gram(?:me)?s?)\b(?! ?(?:/|per) ?(?:d?l|100))",
            _in_words,
            says={
                "seventy milligrams": (Dose(0, 18, 70.0, "mg"),),
                "two hundred micrograms": (Dose(0, 22, 200.0, "ug"),),
                "half a gram": (Dose(0, 11, 0.5, "g"),),
            },
            silent=("two grams per 100 ml", "zero grams"),
        ),
    ),
    _SLOTS,
    seldom=True,
)


def find_doses(view: View, sentence: Sentence) -> Iterator[Dose]:
    """The doses of a sentence: a value with a unit of mass, activity or volume that is no concentration."""
    lower = sentence.lower
    concentration = -1  # where the last one ended, whose "/100 mL" is no dose
    for found in BOOK.leftmost(view, sentence):
        start, end = found.start - sentence.start, found.end - sentence.start
        doses: Doses = found.read() or ()
        below = start > 0 and lower[start - 1] == "/" and start - 1 == concentration
        if below or _CONCENTRATION.match(lower, end) or any(map(_is_flow, doses)):
            concentration = end
            continue
        if doses and not _is_no_dose(lower, start, end, doses[0]):
            yield from doses


def _is_flow(dose: Dose) -> bool:
    unit, _, per = dose.unit.partition("/")
    return per == "min" and unit in _FLOW_UNITS


def _is_no_dose(lower: str, start: int, end: int, dose: Dose) -> bool:
    """Whether an amount is a step of tapering ("by 5 mg") or a solvent ("in 100 ml of saline")."""
    before = _NO_DOSE_BEFORE.search(lower, max(0, start - 35), start)
    if before is None:
        return False
    if before.group().strip() != "in":
        return True
    return dose.unit.split("/")[0] in ("mL", "L") and bool(_solvent().match(lower, end))


@cache
def _solvent() -> re.Pattern[str]:
    fluid = rf"{cue_words('solvent').pattern}|0?\.9\s?%|5\s?%|(?:over|within)\s\d"
    return re.compile(rf"\s?(?:(?:infusion|solution|drip|bag)\s)?(?:of\s)?(?:{fluid})")


def dose_value(text: str, unit: str) -> float:
    """The number of a dose. "20.000 IU" and "1.500 mg" are thousands, "6,00,000" is six hundred thousand."""
    if re.fullmatch(_INDIAN, text):
        return float(text.replace(",", ""))
    if _THOUSANDS.match(text) and unit.partition("/")[0] in ("IU", "U", "mg"):
        return float(text.replace(".", ""))
    return parse_number(text)


def unit_for(unit: str, drug_class: str) -> str:
    """Units of vitamins, calcitonin and heparins are international ones, even if only "units" is printed."""
    return "IU" if unit == "U" and drug_class in in_international_units() else unit
