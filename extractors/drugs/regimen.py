"""Doses, routes and durations as printed around a drug's name.

Each finder gives items with offsets into the text it was handed; which item belongs to which drug
is decided in `attach`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from extractors.language.numbers import COUNT, NUMBER, WORD_NUMBER, parse_number, parse_words
from extractors.rules.lexicon import Entry, Lexicon, read_rows
from extractors.rules.quick import any_of
from extractors.text import lower_same_length

_INDIAN = r"\d{1,2}(?:,\d{2})+,\d{3}"
_VALUE = rf"(?:{_INDIAN}|{NUMBER})"
_BODY = r"(?:kg|kilogram(?:me)?s?|m2|m\^2|m²)(?:\s(?:of\s)?(?:body\s?-?weight|bw))?"
_TIME = r"(?:h(?:ours?|rs?)?|min(?:ute)?s?)\b"
#: What a dose is counted per: body weight or surface, and the hour or minute of an infusion.
_PER = rf"(?:(?:\s?/\s?|\sper\s){_BODY}(?:(?:\s?/\s?|\sper\s){_TIME})?|(?:\s?/\s?|\sper\s){_TIME})"
#: What follows a concentration and never a dose.
_CONCENTRATION = re.compile(
    r"\s?/\s?(?:100\s?m?l|dl|ml|l|mmol|g|mg|µl|mm3|cm2|cm3|cm|m2)\b|\s?%|"
    r"\.?\s?per\s(?:100|cent|ml|l\b|dl|(?:deci|milli|micro)?lit(?:er|re))|\s?(?:per|of)\s(?:creatinine|"
    r"hemoglobin|haemoglobin)",
    re.IGNORECASE,
)
#: Volumes per time are flows and clearances.
_FLOW_UNITS = frozenset({"mL", "L", "mmol", "kg"})
#: Before an amount: a difference or what the drug was dissolved in, no dose.
_NO_DOSE_BEFORE = re.compile(
    r"(?:\b(?:taper|reduc|decreas|increas|lower|rais|escalat|titrat|adjust)\w*\s(?:\w+\s){0,2}by|"
    r"\b(?:steps|decrements|increments|reductions) of|\bin\s(?:steps of)?)\s?$"
)
_SOLVENT = re.compile(
    r"\s?(?:of\s)?(?:ns\b|n/s|normal|0?\.9\s?%|saline|physiologic\w*|isotonic|sterile|distilled|dextrose|"
    r"glucose|5\s?%|d5w?\b|sodium chloride|nacl|water|solution|ringer|(?:over|within)\s\d)"
)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}\.\d{3}$")
_VITAMIN_UNITS = frozenset({"vitamin d", "calcitonin", "vitamin", "low molecular weight heparin"})

_NO_ROUTE = re.compile(
    r"\s?(?:cavity|contrast|mucosa|ulcers?|intake|diet|glucose|examination|hygiene|an[ae]?esthesia|"
    r"access|line|fluids?|contracepti)"
)

_SPAN_UNIT = (
    r"(?:hours?|hrs?|h|days?|nights?|weeks?|wks?|months?|mos?|years?|yrs?|trimesters?|cycles?|courses?)"
)
_VAGUE = r"(?:several|few|many|a few|some|a couple of|couple of)"
_MODIFIER = (
    r"(?:(?:the|a|an|last|past|next|first|following|preceding|previous|whole of the|whole|entire|"
    r"total of|period of|total|at least|about|"
    r"approximately|almost|nearly|around|some|more than|over|up to|further|another|additional|less than|"
    r"only|planned)\s)"
)
_LENGTH = (
    rf"(?:{COUNT}|{_VAGUE})(?:\s?(?:-|to|or)\s?{COUNT})?[\s-]?(?:consecutive\s|full\s|more\s)?{_SPAN_UNIT}"
)
#: Over lower-cased text; the beginnings are a quick look before all forms are tried.
_DURATION = re.compile(
    r"(?=[x×\d½]|\b(?:[ft]o|[fs]i|ov|du|thr|thi|un|ti|up|fr|on|tw|te|ni|ei|el|se|an?\s|half|zero))"
    rf"(?:(?:\b(?:for|over|during|throughout)\s|"
    rf"[x×]\s?){_MODIFIER}{{0,4}}(?P<length>{_LENGTH})\b(?!\s(?:later|ago|after))"
    rf"|\b(?P<until>(?:until|till|up to)\s(?:the\s)?(?:\w+\s){{0,3}}(?:weeks?|months?|delivery|birth|"
    rf"term|labou?r|trimester|"
    r"pregnancy|gestation|conception|admission|presentation|weaning|diagnosis|\d{4}))"
    r"|\b(?P<since>since\s(?:(?:the|her|his|age|of|early|late)\s){0,2}(?:\w+\s)?(?:\d{4}|childhood|"
    r"adolescence|trimester|birth|"
    r"diagnosis|delivery|surgery))"
    r"|\b(?P<years>from\s(?:\w+\s)?\d{4}\s(?:to|until|till|through)\s(?:\w+\s)?\d{4})"
    rf"|\b(?P<of>{COUNT}[\s-]{_SPAN_UNIT})(?='?(?:\s(?:of|course|treatment|therapy|history|trial|cycle|"
    rf"period)){{1,2}}(?:\s(?:of|with|treatment|therapy|use))*)"
    rf"|(?:(?<=,\s)|(?<=\())(?P<bare>(?:\d{{1,2}}|{WORD_NUMBER})\s?{_SPAN_UNIT})(?=\s?(?:[,;)]|\.?$))"
    rf"|(?<=[a-z]\s)(?P<spell>(?:\d{{1,2}}|{WORD_NUMBER})\s?{_SPAN_UNIT})(?=\s(?:then|followed)\b)"
    rf"|\bfor (?P<whole>the whole of (?:the|her) (?:nine months|pregnancy)|the rest of (?:the|"
    rf"her) pregnancy|life)\b)"
)


_SCALES = {"mi": 1e6, "me": 1e6, "x1": 1e6, "×1": 1e6, "x ": 1e6, "× ": 1e6, "la": 1e5, "th": 1e3}
_SPELLED = re.compile(
    rf"\b(?P<n>{WORD_NUMBER}|half an?)(?P<hundreds>\s(?:hundred|thousand))?[\s-]"
    r"(?P<unit>(?:milli|micro)?gram(?:me)?s?)\b(?!\s?(?:/|per)\s?(?:d?l|100))",
    re.IGNORECASE,
)
_DURATION_WORDS = (
    "day",
    "week",
    "month",
    "year",
    "hour",
    "cycle",
    "course",
    "wk",
    " mo",
    "yr",
    "since",
    "until",
    "till",
    "up to",
    "night",
    "trimester",
    " h",
    "rest of",
    "for life",
)


@dataclass(frozen=True, slots=True)
class Dose:
    """A dose at [start, end): value and unit (mg, ug, g, IU, U, mL, mg/kg, mg/kg/h, ...).

    `times` is how often a day it is taken where that is printed before it ("3 x 500 mg"), else 0.
    """

    start: int
    end: int
    value: float
    unit: str
    times: int = 0


@dataclass(frozen=True, slots=True)
class Route:
    """A route of administration at [start, end); `form` if only a dosage form tells it."""

    start: int
    end: int
    text: str
    form: bool


@dataclass(frozen=True, slots=True)
class Duration:
    """How long: `text` as printed, without its preposition where that is "for" or "over"."""

    start: int
    end: int
    text: str


@cache
def _units() -> dict[str, str]:
    """Printed unit, in lower case, to its normal form."""
    return {row["symbol"]: row["unit"] for row in read_rows("extractors.drugs", "dose_units.csv")}


@cache
def _dose_pattern() -> re.Pattern[str]:
    """A number or a range ("20-40", "from 5 to 10", "50/4") with its unit, and what it is counted per."""
    unit = "|".join(re.escape(symbol) for symbol in sorted(_units(), key=len, reverse=True))
    return re.compile(
        rf"(?<![\w.,])(?:(?P<times>[1-6])\s?[x×]\s?)?(?P<first>{_VALUE})(?:\s?(?:-|to|or|and)\s?(?P<second>{_VALUE}))?"
        rf"(?:/(?P<slashed>{_VALUE}))?(?P<scale>\s?(?:million|mega|lakhs?|lacs?|thousand|[x×]\s?10\^?6)\b)?"
        rf"\s?-?\s?(?P<unit>{unit})(?P<per>{_PER})?(?![a-zA-Z0-9])",
        re.IGNORECASE,
    )


def find_doses(text: str) -> Iterator[Dose]:
    """The doses in a text: a value with a unit of mass, activity or volume that is no concentration."""
    concentration = -1  # where the last one ended, whose "/100 mL" is no dose
    for match in _dose_pattern().finditer(text):
        below = match.start() > 0 and text[match.start() - 1] == "/" and match.start() - 1 == concentration
        unit = _units()[match["unit"].lower()]
        per = _divisor(match["per"])
        if below or _CONCENTRATION.match(text, match.end()) or (unit in _FLOW_UNITS and per == "/min"):
            concentration = match.end()
            continue
        if _is_no_dose(text, match, unit):
            continue
        yield from _doses_of(text, match, unit + per)
    if "gram" in text:
        yield from _spelled(text)


def _divisor(per: str | None) -> str:
    """What a dose is counted per, as its unit shows it ("/kg", "/m2", "/h", "/kg/min")."""
    if not per:
        return ""
    words = re.sub(r"\s?/\s?|\sper\s", "/", per.lower()).lstrip("/").split("/")
    starts = {"k": "/kg", "h": "/h"}
    return "".join(starts.get(word[0], "/min" if word.startswith("min") else "/m2") for word in words)


def _is_no_dose(text: str, match: re.Match[str], unit: str) -> bool:
    """Whether an amount is a step of tapering ("by 5 mg") or a solvent ("in 100 ml of saline")."""
    before = _NO_DOSE_BEFORE.search(text, max(0, match.start() - 35), match.start())
    if before is None:
        return False
    if before.group().strip() != "in":
        return True
    return unit in ("mL", "L") and bool(_SOLVENT.match(text, match.end()))


def _doses_of(text: str, match: re.Match[str], unit: str) -> Iterator[Dose]:
    scale = _SCALES[match["scale"].strip().lower()[:2]] if match["scale"] else 1.0
    if match["slashed"]:  # "50/4 mg": one dose for each component
        middle = match.start("slashed")
        yield Dose(match.start(), middle - 1, dose_value(match["first"], unit) * scale, unit)
        yield Dose(middle, match.end(), dose_value(match["slashed"], unit) * scale, unit)
        return
    reached = match["second"] and text.endswith("from ", 0, match.start())  # "increased from 0.25 to 4 µg"
    number = match["second"] if reached else match["first"]
    times = int(match["times"]) if match["times"] else 0
    yield Dose(match.start(), match.end(), dose_value(number, unit) * scale, unit, times)


def _spelled(text: str) -> Iterator[Dose]:
    """Doses in words: "seventy milligrams", "two hundred micrograms", "half a gram"."""
    for match in _SPELLED.finditer(text):
        value = 0.5 if match["n"].startswith("half") else float(parse_words(match["n"]) or 0)
        if match["hundreds"]:
            value = value * (100 if "hundred" in match["hundreds"] else 1000)
        if value:
            yield Dose(match.start(), match.end(), value, _units()[match["unit"]])


def dose_value(text: str, unit: str) -> float:
    """The number of a dose. "20.000 IU" and "1.500 mg" are thousands, "6,00,000" is six hundred thousand."""
    if re.fullmatch(_INDIAN, text):
        return float(text.replace(",", ""))
    if _THOUSANDS.match(text) and unit in ("IU", "U", "mg"):
        return float(text.replace(".", ""))
    return parse_number(text)


def unit_for(unit: str, drug_class: str) -> str:
    """Units of vitamins, calcitonin and heparins are international ones, even if only "units" is printed."""
    if unit == "U" and drug_class in _VITAMIN_UNITS:
        return "IU"
    return unit


@cache
def _routes() -> Lexicon[tuple[str, bool]]:
    """Words for a route; a dosage form ("tablet", "infusion") gives way to a route that is told."""
    return Lexicon(
        Entry(row["phrase"], (row["route"], row["form"] == "yes"))
        for row in read_rows("extractors.drugs", "routes.csv")
    )


def find_routes(lower: str) -> Iterator[Route]:
    """The routes in a lower-case text, in order."""
    for hit in _routes().find(lower, lower):
        if not _NO_ROUTE.match(lower, hit.end):
            yield Route(hit.start, hit.end, *hit.value)


def find_durations(text: str) -> Iterator[Duration]:
    """The durations in a text, in order."""
    lower = lower_same_length(text)
    if not any_of(lower, _DURATION_WORDS):
        return
    for match in _DURATION.finditer(lower):
        group = match.lastgroup or ""
        yield Duration(match.start(), match.end(), text[match.start(group) : match.end(group)])
