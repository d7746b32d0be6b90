"""What a densitometry sentence is made of besides sites and values: the names of measures.

Measures are ISCD's (official positions 2019): T-score against young adults, Z-score
against the same age; areal density in g/cm2.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from extractors.rules.book import Book, Found
from extractors.rules.rule import Rule
from extractors.text import Sentence, View


@dataclass(frozen=True, slots=True)
class Measure:
    """The name of a measure at [start, end): bmd, t_score or z_score."""

    measure: str
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


Measures = tuple[Measure, ...]


def _two(m: re.Match[str]) -> Measures:
    return (
        Measure(f"{m[1]}_score", m.start(), m.start(2)),
        Measure(f"{m[2]}_score", m.start(2), m.end()),
    )


def _two_printed(m: re.Match[str]) -> Measures:
    return tuple(
        Measure(f"{m[n].lower()}_score", m.start(), m.start(2) if n == 1 else m.end()) for n in (1, 2)
    )


def _score(m: re.Match[str]) -> Measures:
    return (Measure(f"{m[1].lower()}_score", m.start(), m.end()),)


def _density(m: re.Match[str]) -> Measures:
    return (Measure("bmd", m.start(), m.end()),)


_SLOTS = {
    "score": (r"(?:-| )? ?(?:scores?|skore?s?|scored|values?(?= ?(?:[:=]|of|was|were|[-+]?\d)))"),
    "bmd": r"[av]?bmds?",
}
#: The names of measures; where two overlap, the one named first counts.
BOOK = Book(
    "bmd.measures",
    (
        Rule(
            "T and Z score",
            r"\b([tz])(?:{score})? ?-? ?(?:/|,|&|\band\b) ?(?:the )?([tz]){score}\b",
            _two,
            says={
                "T-/Z-score of -4.2": (Measure("t_score"), Measure("z_score")),
                "The T- and Z-scores were low.": (Measure("t_score"), Measure("z_score")),
            },
            silent=("T and Z", "vitamins A and Z-scores"),
        ),
        Rule(
            "score",
            r"\b([tz]){score}\b",
            _score,
            says={
                "The Z-score of the hip": (Measure("z_score"),),
                "T skor of the lumbar spine was -3.1": (Measure("t_score"),),
                "T value: -2.5": (Measure("t_score"),),
            },
            silent=("Apgar score", "the T cells", "T values are"),
        ),
        Rule(
            "bare T and Z",
            r"(?<![\w/-])([TZ]) ?/ ?([TZ])(?![\w/-])(?= ?[:=]? ?[-+] ?\d|[)\]]? ?:|[)\]],? ?[-+] ?\d)",
            _two_printed,
            says={
                "spine T/Z -2.8/-2.6": (Measure("t_score"), Measure("z_score")),
                "DXA (T/Z): neck -2.2/-2.0": (Measure("t_score"), Measure("z_score")),
            },
            silent=("the T/Z ratio", "a T/B cell", "t/z -2"),
            printed=True,
        ),
        Rule(
            "bare score",
            r"(?<![\w-])(?<!\D/)([TZ])(?!(?<=T)-\d{1,2}(?![\d.,]| ?SD))(?= ?[:=]? ?[-+] ?\d| ?[:=] ?\d)",
            _score,
            says={"Lumbar spine: T = -3.1": (Measure("t_score"),), "Z -2.9": (Measure("z_score"),)},
            silent=("T1", "t = -3.1", "T12-L1", "type Z", "a T-9 hook"),
            printed=True,
        ),
        Rule(
            "bone density",
            r"\b(?:{bmd}|bone (?:mineral )?(?:density|densities|mass)(?: [(\[]{bmd}[)\]])?|"
            r"bone mineral(?= (?:at|of|in)\b)|mineral density|bone densitometry|"
            r"(?:areal|volumetric|trabecular|spinal|hip|vertebral) density|"
            r"(?:(?<=lumbar )|(?<=spine )|(?<=femoral )|(?<=femur )|(?<=neck ))density|"
            r"density(?= (?:at|of|in) the (?:lumbar|spine|hips?|femoral|femur|total hip|(?:left|right) "
            r"hip)\b))\b",
            _density,
            says={
                "Her BMD was 0.7": (Measure("bmd"),),
                "bone mineral density (BMD)": (Measure("bmd"),),
                "Lumbar density rose by 4%.": (Measure("bmd"),),
                "density of the femoral neck": (Measure("bmd"),),
            },
            silent=("urine density", "bone mineral content"),
        ),
    ),
    _SLOTS,
)


def measures_in(view: View, sentence: Sentence) -> list[Measure]:
    """The names of measures in a sentence, in order, with offsets in the sentence."""
    return _apart(BOOK.find(view, sentence))


def measures_of_label(text: str, lower: str) -> list[Measure]:
    """The same of a label; `lower` is the folded `text` in lower case."""
    return _apart(BOOK.in_text(text, lower))


def names_density(lower: str, start: int, end: int) -> bool:
    """Whether a density is named within [start, end) of a text in lower case."""
    return BOOK.pattern("bone density").search(lower, start, end) is not None


def _apart(found: Iterable[Found]) -> list[Measure]:
    """Measures of matches, none beginning within an earlier rule's; densities beside all."""
    out: list[Measure] = []
    for match in found:
        measures: Measures = match.read()
        begin = measures[0].start
        if measures[0].measure == "bmd" or not any(m.start <= begin < m.end for m in out):
            out.extend(measures)
    return sorted(out, key=lambda m: m.start)


#: What shows that a sentence speaks of densitometry, beside a measure's name.
SIGNS = Book(
    "bmd.signs",
    (
        Rule(
            "densitometry",
            r"densitom|absorptiom|\bdxa|\bdexa",
            says={"Densitometry of the hip": "densitom", "DXA showed": "dxa"},
            silent=("a dense breast", "indexa"),
        ),
        Rule(
            "density told",
            r"bone (?:mineral|mass|density)|mineral density|\bbmd|[tz] ?- ?scores?|"
            r"\b(?:lumbar|spine|spinal|femoral|femur|hip|neck) density|"
            r"density (?:at|of|in) the (?:lumbar|spine|hip|femoral|femur)",
            says={"bone mass was low": "bone mass", "Lumbar density rose.": "lumbar density"},
            silent=("bone marrow", "mineral water"),
        ),
        Rule(
            "gain of density",
            r"\bdensity (?:gain|loss|increase|decrease|rise|improvement)|"
            r"\b(?:gain|loss|increase|decrease|rise|improvement) (?:of|in) density",
            says={"a 5% density gain": "density gain"},
            silent=("density of the urine", "weight gain"),
        ),
        Rule(
            "unit of density",
            r"gm?/cm",
            says={"0.71 g/cm2": "g/cm"},
            silent=("71 mg/dl", "5 cm"),
        ),
        Rule(
            "score with its value",
            r"\b[tz](?: ?[=:]? ?- ?| ?[=:] ?)\d",
            says={"T -2.5": "t -2", "z=1.1": "z=1"},
            silent=("T2", "t. 5"),
        ),
        Rule(
            "T or Z",
            r"\b[tz] ?-? ?(?:score|value|skor|/)",
            says={"T/Z": "t/", "T value": "t value"},
            silent=("T cells", "zt/"),
        ),
        Rule(
            "deviations from a mean",
            r"\bsds? (?:below|above)",
            says={"3 SD below the mean": "sd below"},
            silent=("5 cm below", "sd of the mean"),
        ),
    ),
    {},
)


#: What goes on with densitometry where it is spoken of.
GAINS = Book(
    "bmd.gains",
    (
        Rule(
            "gain",
            r"gain\w{0,5} ",
            says={"The gain of 5% was lasting.": "gain "},
            silent=("a gain.", "angina"),
        ),
    ),
    {},
)


def speaks_of_density(view: View, sentence: Sentence) -> bool:
    """Whether a sentence speaks of densitometry."""
    return SIGNS.first(view, sentence) is not None


def goes_on_with_density(view: View, sentence: Sentence) -> bool:
    """Whether a sentence may go on with it, in a text that speaks of it somewhere."""
    return GAINS.first(view, sentence) is not None
