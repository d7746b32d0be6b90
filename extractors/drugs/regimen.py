"""Doses, routes and durations as printed around a drug's name.

Each finder gives items with offsets into the text it was handed; which item belongs to which drug
is decided in `attach`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from extractors.shared.lexicon import Entry, Lexicon, read_rows
from extractors.shared.numbers import COUNT, NUMBER, parse_number

_INDIAN = r"\d{1,2}(?:,\d{2})+,\d{3}"
_VALUE = rf"(?:{_INDIAN}|{NUMBER})"
_PER = r"(?:\s?/\s?|\sper\s)(?:kg|m2|m\^2|m²|h(?:ours?|rs?)?\b)(?:\s?(?:body weight|bw))?"
#: What follows a concentration and never a dose.
_CONCENTRATION = re.compile(
    r"\s?/\s?(?:100\s?m?l|dl|ml|l|min|mmol|g|mg|µl|mm3|cm2|cm3|cm|m2)\b|\s?(?:per|of)\s(?:creatinine|"
    r"hemoglobin|haemoglobin)",
    re.IGNORECASE,
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
_DURATION = re.compile(
    rf"(?:\b(?:for|over|during|throughout)\s|"
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
    rf"|\bfor (?P<whole>the whole of (?:the|her) (?:nine months|pregnancy)|the rest of (?:the|"
    rf"her) pregnancy|life)\b",
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
    """A dose at [start, end): value and unit (mg, ug, g, IU, U, mL, mg/kg, ...)."""

    start: int
    end: int
    value: float
    unit: str


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
        rf"(?<![\w.,])(?P<first>{_VALUE})(?:\s?(?:-|to|or|and)\s?(?P<second>{_VALUE}))?"
        rf"(?:/(?P<slashed>{_VALUE}))?(?P<million>\s?(?:million|mega|[x×]\s?10\^?6))?"
        rf"\s?-?\s?(?P<unit>{unit})(?P<per>{_PER})?(?![a-zA-Z0-9])",
        re.IGNORECASE,
    )


def find_doses(text: str) -> Iterator[Dose]:
    """The doses in a text: a value with a unit of mass, activity or volume that is no concentration."""
    concentration = -1  # where the last one ended, whose "/100 mL" is no dose
    for match in _dose_pattern().finditer(text):
        below = match.start() > 0 and text[match.start() - 1] == "/" and match.start() - 1 == concentration
        if below or _CONCENTRATION.match(text, match.end()):
            concentration = match.end()
            continue
        unit = _units()[match["unit"].lower()]
        if match["per"]:
            divisor = match["per"].lower()
            unit += "/kg" if "kg" in divisor else "/h" if "h" in divisor else "/m2"
        scale = 1e6 if match["million"] else 1.0
        if match["slashed"]:  # "50/4 mg": one dose for each component
            middle = match.start("slashed")
            yield Dose(match.start(), middle - 1, dose_value(match["first"], unit) * scale, unit)
            yield Dose(middle, match.end(), dose_value(match["slashed"], unit) * scale, unit)
            continue
        reached = match["second"] and text.endswith(
            "from ", 0, match.start()
        )  # "increased from 0.25 to 4 µg"
        number = match["second"] if reached else match["first"]
        yield Dose(match.start(), match.end(), dose_value(number, unit) * scale, unit)


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
    if not any(word in text for word in _DURATION_WORDS):
        return
    for match in _DURATION.finditer(text):
        words = next(group for group in match.groups() if group)
        yield Duration(match.start(), match.end(), words)
