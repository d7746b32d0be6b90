"""Height, weight and body mass index, in metric and in English units."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.language.numbers import parse_number
from extractors.person.build_rows import find_rows
from extractors.rules.book import Book, Found
from extractors.rules.rule import Glue, Pattern, Rule
from extractors.rules.words import Vocabulary, Words
from extractors.text import Sentence, View

CM_PER_INCH = 2.54  # exact, International Yard and Pound Agreement 1959
KG_PER_POUND = 0.45359237  # exact, the same
POUNDS_PER_STONE = 14

#: Words before a figure: between "BMI" and its value, and those that make it no body's height or weight.
BUILD_WORDS = Vocabulary(
    "extractors.person",
    "build_words.csv",
    columns=("word", "class", "source"),
    key=("word", "class"),
    allowed={"class": frozenset({"filler", "no height", "no weight"})},
)
_SLOTS: dict[str, str | Pattern] = {
    "free": r"(?<![\w.,-])",
    "alone": r"(?<![\w.,/-])",
    "figure": r"\d{1,3}(?:[.,·]\d{1,2})?",
    "half": r"(?P<half> ?½| 1/2)?",
    "index": r"\bbmi\b|body[ -]mass[ -]index|quetelet(?:'s)? index",
    "filler": Words(BUILD_WORDS, {"class": "filler"}),
    "no index": r"\d|[.,]\d| ?(?:th|st|%|percent|- ?\d|years?|cm|kg(?!/)|sd)",
    "square": r"m\^? ?(?:2|²)",
}


def _number(m: re.Match[str]) -> float:
    return parse_number(m["n"])


def _metres(m: re.Match[str]) -> float:
    return parse_number(m["n"]) * 100


def _metres_and_cm(m: re.Match[str]) -> float:
    return float(m["n"]) * 100 + float(m["c"])


def _inches(m: re.Match[str]) -> float:
    return float(m["n"]) * CM_PER_INCH


def _feet(m: re.Match[str]) -> float | None:
    """Feet and inches; 5' alone may be a position of a gene or five minutes."""
    inches = float(m["inches"] or 0) + (0.5 if m["half"] else 0.0)
    if inches >= 12 or (not m["inches"] and "'" in m.group()):
        return None
    return (float(m["n"]) * 12 + inches) * CM_PER_INCH


def _pounds(m: re.Match[str]) -> float:
    return float(m["n"]) * KG_PER_POUND


def _stones(m: re.Match[str]) -> float:
    pounds = float(m["n"]) * POUNDS_PER_STONE + float(m["lb"] or 0) + (0.5 if m["half"] else 0.0)
    return pounds * KG_PER_POUND


_HEIGHTS = (
    Rule(
        "height in metres and cm",
        r"{free}(?P<n>[12]) ?m ?(?P<c>\d{2})(?: ?cm)?\b",
        _metres_and_cm,
        says={"Her height was 1 m 58 cm.": 158.0, "1m62 tall": 162.0},
        silent=("1 m 5 cm",),
    ),
    Rule(
        "height in cm",
        r"{free}(?P<n>\d{2,3}(?:[.,·]\d{1,2})?) ?-?(?:cms?|centimet(?:re|er)s?)\b"
        r"(?! ?(?:/|per|x|by|below|above|from|diameter))",
        _number,
        says={"Her height was 163.5 cm.": 163.5, "154 centimetres tall": 154.0},
        silent=("a mass of 12 cm x 8 mm", "15 cm above the knee", "a 4 cm scar"),
    ),
    Rule(
        "height in metres",
        r"{free}(?P<n>[12][.,·]\d{1,3}) ?-?(?:m|met(?:re|er)s?)\b(?! ?(?:/|per|2|²))",
        _metres,
        says={"She was 1.5 m tall.": 150.0, "height 1,75 metres": 175.0},
        silent=("1.6 m2", "1.6 mm"),
    ),
    Rule(
        "height in feet",
        r"{free}(?P<n>[3-7]) ?-?(?:ft\.?|feet|foot|')[ ,-]?"
        r"(?:(?P<inches>\d{1,2}(?:\.\d{1,2})?){half} ?-?(?:in\b\.?|inch(?:es)?\b|\"|'')?)?",
        _feet,
        says={
            "She was 5 feet 4 inches tall.": 64 * CM_PER_INCH,
            "height 5'4\"": 64 * CM_PER_INCH,
            "5 ft 2 1/2 in": 62.5 * CM_PER_INCH,
        },
        silent=("the 5' end", "5 fractures"),
    ),
    Rule(
        "height in inches",
        r"{free}(?P<n>\d{2}(?:\.\d{1,2})?) ?-?(?:inch(?:es)?|in)\b(?= (?:tall|in height)|[ ,);.])",
        _inches,
        says={"She was 64 inches tall.": 64 * CM_PER_INCH},
        silent=("64 injections", "4 inches"),
    ),
)
_WEIGHTS = (
    Rule(
        "weight in stones",
        r"{alone}(?P<n>\d{1,2}) ?(?:st|stones?)\b\.?[ ,]?(?:(?P<lb>\d{1,2}){half} ?(?:lbs?|pounds?)\b)?",
        _stones,
        says={"She weighed 8 stone 4 lb.": 116 * KG_PER_POUND, "weight 9 st": 126 * KG_PER_POUND},
        silent=("8 stools a day",),
    ),
    Rule(
        "weight in kg",
        r"{alone}(?P<n>{figure}) ?-?(?:kgs?|kilos?|kilograms?|kilogrammes?)\b"
        r"(?! ?(?:/|per\b|of|x\b|m-?2|baby|infant|boy|girl|newborn))",
        _number,
        says={"Her weight was 54.5 kg.": 54.5, "She weighed 61 kilograms.": 61.0},
        silent=("21 kg/m2", "a 3 kg baby", "2 mg per kg"),
    ),
    Rule(
        "weight in pounds",
        r"{alone}(?P<n>\d{2,3}(?:\.\d{1,2})?) ?-?(?:lbs?|pounds?)\b(?! ?(?:/|per\b|baby|infant|boy|girl))",
        _pounds,
        says={"She weighed 120 lb.": 120 * KG_PER_POUND},
        silent=("a 10 pound baby", "8 lb"),
    ),
)
_INDICES = (
    Rule(
        "body mass index",
        r"(?:{index})(?: ?\(bmi\))?(?: ?\[?\(?kg/m\^?[2²]\)?\]?)?(?:[ :=,~(]|{filler}){0,14}?"
        r"(?P<n>\d{2}(?:[.,·]\d{1,2})?)(?!{no index})(?: ?(?:\( ?)?kg ?(?:/|per ) ?m\^? ?(?:2|²)?)?",
        _number,
        says={
            "Her body mass index was 21.4 kg/m2.": 21.4,
            "BMI: 19": 19.0,
            "a body mass index (BMI) of only 17.5": 17.5,
        },
        silent=("BMI on the 50th percentile", "BMI at 30 years"),
    ),
    Rule(
        "kg to the square metre",
        r"{free}(?P<n>{figure}) ?kg ?/ ?{square}",
        _number,
        says={"She was slender (18.5 kg/m2).": 18.5},
        silent=("18.5 kg", "2 mg/kg"),
    ),
)
#: Figures with a unit of length, of weight, and of an index.
BOOK = Book("person.build", (*_HEIGHTS, *_WEIGHTS, *_INDICES), _SLOTS)

_BESIDE: dict[str, str | Pattern] = {
    "no height": Words(BUILD_WORDS, {"class": "no height"}),
    "no weight": Words(BUILD_WORDS, {"class": "no weight"}),
}
_HEIGHT_WORD = Glue(r"\b(?:height|stature|tall|ht|length)\b")
_WEIGHT_WORD = Glue(r"\b(?:weigh(?:t|s|ed|ing)?|wt)\b")
_NOT_HEIGHT = Glue(r"\b{no height}\b", _BESIDE)
_NOT_WEIGHT = Glue(r"\b{no weight}\b", _BESIDE)
_LOST_AFTER = Glue(
    r" ?(?:in|of) (?:her |his |body |total )?(?:height|stature) ?(?:loss|lost)|"
    r" (?:height loss|shorter|less|loss)\b"
)
_EARLIER = Glue(
    r"\b(?:pre-?\s?pregnan\w*|before (?:the |her )?(?:pregnancy|conception|gestation)|"
    r"prior to (?:the |her )?pregnancy|pregravid|at term|at delivery|previous(?:ly)?|"
    r"before delivery|used to be|initially|peak)\b"
)
#: Behind a weight: it is a change, or one of before pregnancy.
_CHANGE_AFTER = Glue(r" (?:of )?(?:weight (?:loss|gain)|lighter|heavier|less|more|since|during)")
_EARLIER_AFTER = Glue(r" ?(?:\(?(?:before|prior to) (?:the |her )?pregnan|to \d{2})")
#: "(decreased) from 165 to 160 cm": the second is the present one.
_FROM_TO = Glue(r"\bfrom \d{1,3}(?:\.\d{1,2}|'\d{1,2}\"?)? ?(?:cm|m)? to $")
#: What "from" opens is the height before.
_FROM = Glue(r"\bfrom $")


@dataclass(frozen=True, slots=True)
class Measure:
    """Height (cm), weight (kg) or bmi (kg/m2) at [start, end) of a sentence.

    `current` is False for one before pregnancy.
    """

    start: int
    end: int
    field: str
    value: float
    current: bool = True


def find_build(view: View, sentence: Sentence, *, child: bool = False) -> list[Measure]:
    """The heights, weights and indices of a sentence in order; a child may be small and light."""
    rows = [Measure(n.start, n.end, n.field, n.value) for n in find_rows(view, sentence)]
    found = list(BOOK.find(view, sentence))
    if not found or rows:
        return rows
    lower = sentence.lower
    bmi = _apart(_index(f, lower) for f in found if f.rule in _INDICES)
    heights = _apart((_height(f, lower, child) for f in found if f.rule in _HEIGHTS), bmi)
    weights = _apart((_weight(f, lower, child) for f in found if f.rule in _WEIGHTS), bmi)
    meant = (
        *_meant(lower, heights, [*weights, *bmi], _HEIGHT_WORD),
        *_meant(lower, weights, [*heights, *bmi], _WEIGHT_WORD),
    )
    return sorted((*meant, *bmi), key=lambda m: m.start)


def _meant(lower: str, measures: list[Measure], others: list[Measure], word: Glue) -> list[Measure]:
    """Those told beside another measure, or with a word for what they are."""
    return [m for m in measures if others or _labelled(lower, m, word)]


def _apart(measures: Iterable[Measure | None], others: Sequence[Measure] = ()) -> list[Measure]:
    """Of measures that overlap the first; none that overlaps another kind's."""
    out: list[Measure] = []
    for measure in measures:
        if measure is not None and _outside(measure, out):
            out.append(measure)
    return [measure for measure in out if _outside(measure, others)]


def _outside(measure: Measure, others: Sequence[Measure]) -> bool:
    return all(measure.end <= o.start or measure.start >= o.end for o in others)


def _labelled(lower: str, measure: Measure, word: Glue) -> bool:
    return word.within(lower, measure.start - 45, min(len(lower), measure.end + 14)) is not None


def _statement(lower: str, start: int) -> int:
    """Where the statement that a figure stands in begins: behind the last sign that parts statements."""
    least = max(0, start - 40)
    cuts = (lower.rfind(mark, least, start) for mark in (";", ", ", "(", " and "))
    return max(least, *(cut + 1 for cut in cuts))


def _height(found: Found, lower: str, child: bool) -> Measure | None:
    start, end = found.match.span()
    value, begin = found.read(), _statement(lower, start)
    if value is None or not (40 if child else 120) <= value <= 215 or _LOST_AFTER.behind(lower, end):
        return None
    if _NOT_HEIGHT.within(lower, begin, start) and not _FROM_TO.within(lower, start - 24, start):
        return None
    earlier = _EARLIER.within(lower, begin, start) or _FROM.within(lower, start - 6, start)
    return Measure(start, end, "height_cm", round(value, 1), not earlier)


def _weight(found: Found, lower: str, child: bool) -> Measure | None:
    start, end = found.match.span()
    value, begin = found.read(), _statement(lower, start)
    if not (1.5 if child else 25) <= value <= 250:
        return None
    if _NOT_WEIGHT.within(lower, begin, start) or _CHANGE_AFTER.behind(lower, end):
        return None
    earlier = _EARLIER.within(lower, start - 40, start) or _EARLIER_AFTER.behind(lower, end)
    return Measure(start, end, "weight_kg", round(value, 1), not earlier)


def _index(found: Found, lower: str) -> Measure | None:
    start, end = found.match.span()
    value = found.read()
    if not 9 <= value <= 80:
        return None
    return Measure(start, end, "bmi", value, not _EARLIER.within(lower, start - 30, start))
