"""What a label of a densitometry table means, read with the prose's vocabulary."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.bmd.fact import SCORES
from extractors.bmd.marks import measures_of_label
from extractors.bmd.sites import OF_THE_HIP, sites_of_label
from extractors.bmd.values import density_unit
from extractors.rules.book import Book
from extractors.rules.rule import Glue, Rule
from extractors.text import folded, lower_same_length


@dataclass(frozen=True, slots=True)
class BmdLabel:
    """What a header says; "" for what it does not. `unit` is g/cm2, mg/cm3, SD or %.

    `second` is a measure told behind the first in the same cell: a score in brackets behind a density
    ("BMD (T-score)"), a Z-score behind a stroke ("T/Z score").
    """

    site: str = ""
    region: str = ""
    measure: str = ""
    unit: str = ""
    second: str = ""


def _score(m: re.Match[str]) -> str:
    return f"{m['which'].lower()}_score"


#: A label that is nothing but a letter: "BMD | T | Z".
_ALONE = Book(
    "bmd.label alone",
    (
        Rule(
            "label of a score alone",
            r"^\W*(?P<which>[TZ])\W*(?:\(?SDs?\)?)?\W*$",
            _score,
            says={"T": "t_score", "Z (SD)": "z_score"},
            silent=("T1", "t", "Spine T"),
            printed=True,
        ),
    ),
    {},
)
#: A letter beside a site.
_LETTER = Book(
    "bmd.label letter",
    (
        Rule(
            "label of a score by its letter",
            r"(?<![A-Za-z])(?P<which>[TZ])(?![A-Za-z])",
            _score,
            says={"Spine T": "t_score"},
            silent=("Total spine", "Zone"),
            printed=True,
        ),
    ),
    {},
)
_TWO_SCORES = Book(
    "bmd.label of scores",
    (
        Rule(
            "label of both scores",
            r"\bt[ -]?(?:scores?)? ?(?:/|and|&|,) ?z[ -]?scores?\b",
            says={"Spine T/Z score": "t/z score"},
            silent=("T score", "T/Z"),
        ),
    ),
    {},
)
_DENSITY_AND_SCORE = Book(
    "bmd.label of density and score",
    (
        Rule(
            "label of a density with its score",
            r"\b(?:bmd|bone mineral density|g ?/ ?cm2)\b[^()]{0,30}(?:\([^()tz]{0,20}\) ?)?[(\[,/] ?"
            r"(?P<which>[tz])(?:[ -]?scores?)?(?![\w/])",
            _score,
            says={"BMD (T-score)": "t_score", "L1-L4 g/cm2 (Z)": "z_score"},
            silent=("BMD T-score", "BMD (g/cm2)"),
        ),
    ),
    {},
)
_CHANGES = Book(
    "bmd.label of change",
    (
        Rule(
            "label of a change",
            r"\bchange|\bincrease|\bgain|\bdelta|δ|percent",
            says={"BMD change (%)": "change"},
            silent=("BMD (g/cm2)", "again"),
        ),
    ),
    {},
)
_DENSITIES = Book(
    "bmd.label of density",
    (
        Rule(
            "label of densitometry",
            r"\b(?:bmd|dxa|dexa|densit|bone mass|absorptiom)",
            says={"DXA (baseline)": "dxa"},
            silent=("Bone pain", "Calcium"),
        ),
    ),
    {},
)
BOOKS = (_ALONE, _LETTER, _TWO_SCORES, _DENSITY_AND_SCORE, _CHANGES, _DENSITIES)
_UNIT = Glue(r"(?<![a-z])(?=m?g)")
_TOTAL = Glue(r"\W*total\W*")
_LEVEL = Glue(r"L[1-5]")


def _told(book: Book, text: str, lower: str) -> re.Match[str] | None:
    """The first match of a book in a label."""
    found = next(book.in_text(text, lower), None)
    return found.match if found else None


def parse_label(text: str) -> BmdLabel | None:
    """Site, region, measures and unit that a header names; None if it names no measure and no site."""
    body = folded(text)
    lower = lower_same_length(body)
    if alone := _told(_ALONE, body, lower):
        return BmdLabel(measure=_score(alone), unit="SD")
    if both := _told(_TWO_SCORES, body, lower):
        label = _one(body[: both.start()] + "T-score" + body[both.end() :])
        return replace(label, measure="t_score", second="z_score") if label else None
    label = _one(body)
    if label and (both := _told(_DENSITY_AND_SCORE, body, lower)):
        return replace(label, measure="bmd", second=_score(both), unit="")
    return label


def _one(text: str) -> BmdLabel | None:
    """A label of one measure."""
    lower = lower_same_length(text)
    sites = sites_of_label(text, lower)
    measures = [m.measure for m in measures_of_label(text, lower)]
    if sites and not measures and (letter := _told(_LETTER, text, lower)):
        measures = [_score(letter)]
    scores = [m for m in measures if m != "bmd"]
    measure = next(iter(scores or measures), "")  # "BMD, T-score": the narrower name counts
    measure, unit = _with_unit(text, lower, measure)
    if not sites and not measure:
        return None
    first = sites[0] if sites else None
    return BmdLabel(first.site if first else "", first.region if first else "", measure, unit)


def _with_unit(text: str, lower: str, measure: str) -> tuple[str, str]:
    """A label's measure and unit, each from the other where only one is told."""
    if measure in SCORES:
        return measure, "SD"
    if "%" in text and _told(_CHANGES, text, lower):
        return "bmd_change", "%"
    units = (density_unit(lower, m.start()) for m in _UNIT.pattern.finditer(lower))
    unit = next((found[0] for found in units if found), "")
    return ("bmd", unit) if unit or measure or _told(_DENSITIES, text, lower) else ("", "")


def combined(outer: BmdLabel, inner: BmdLabel) -> BmdLabel:
    """Two labels of one cell taken together; the nearer one, `inner`, wins."""
    same = not inner.site or inner.site == outer.site or not outer.site
    told = inner if inner.measure else outer
    return replace(
        inner,
        site=inner.site or outer.site,
        region=inner.region or (outer.region if same else ""),
        measure=told.measure,
        second=told.second,
        unit=inner.unit or outer.unit,
    )


def score_beside(label: BmdLabel, left: BmdLabel) -> BmdLabel:
    """A column "T" or "Z" behind "BMD (L2-L4)" is about the same site."""
    score = label.measure in SCORES and not label.second and label.measure != left.measure
    if score and not label.site and left.site and left.measure:
        return replace(label, site=left.site, region=left.region)
    return label


def label_below(text: str, label: BmdLabel | None, above: Sequence[BmdLabel]) -> BmdLabel | None:
    """What a row's label (`text` its words) means below the labels of other sites, nearest last.

    A row "T-score" is about the site of the row above it, a row "Total" about what it sums up.
    """
    if _TOTAL.fills(lower_same_length(text), 0, len(text)):
        return _summed(above) or label
    if label is not None and not label.site and label.measure and above:
        return replace(label, site=above[-1].site, region=above[-1].region)
    return label


def is_total(text: str) -> bool:
    """Whether a row's label is "Total"."""
    return bool(_TOTAL.fills(lower_same_length(text), 0, len(text)))


def _summed(listed: Sequence[BmdLabel]) -> BmdLabel | None:
    """What "Total" below a list of sites is: L1-L4 below L1 to L4, the total hip below its parts."""
    levels = [
        b.region for b in listed if b.site == "lumbar spine" and _LEVEL.fills(b.region, 0, len(b.region))
    ]
    if listed and listed[-1].site in OF_THE_HIP:
        return BmdLabel("total hip")
    if len(levels) > 1 and listed[-1].region == levels[-1]:
        return BmdLabel("lumbar spine", f"{levels[0]}-{levels[-1]}")
    return None
