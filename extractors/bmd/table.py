"""Row and column headers and cells of densitometry tables, read with the prose's vocabulary."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.bmd.marks import density_unit, measures_in
from extractors.bmd.sites import sites_in
from extractors.language.numbers import parse_number
from extractors.text import lower_same_length


@dataclass(frozen=True, slots=True)
class BmdLabel:
    """What a header says; "" for what it does not. `unit` is g/cm2, mg/cm3, SD or %."""

    site: str = ""
    region: str = ""
    measure: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """A cell's value at [start, end), with the bracket behind it ("3M") and a unit if printed."""

    start: int
    end: int
    value: float
    note: str = ""
    unit: str = ""


_UNIT = re.compile(r"(?<![a-z])(?=m?g)", re.IGNORECASE)
_CHANGE = re.compile(r"(?:\bchange|\bincrease|\bgain|\bdelta|δ|%\s?change|percent)")
_BARE = re.compile(r"(?<![A-Za-z])([TZ])(?![A-Za-z])")
_DENSITY_WORD = re.compile(r"\b(?:bmd|dxa|dexa|densit|bone\smass|absorptiom)")
_CELL = re.compile(
    r"\s*(?P<sign>[-+−–]\s?)?(?P<num>\d+(?:[.,·]\d+)?|[.,]\d+)\s?(?P<unit>sds?\b|%|"
    r"m?gm?/cm\s?\^?[23²³])?\s?(?:[*†‡§a-c]\b)?\s*(?:[(\[](?P<note>[^()\[\]]*)[)\]])?",
    re.IGNORECASE,
)


def parse_label(text: str) -> BmdLabel | None:
    """Site, region, measure and unit that a header names; None if it names no measure and no site."""
    lower = lower_same_length(text)
    sites = sites_in(text, lower)
    measures = measures_in(text, lower)
    measure = measures[0].measure if measures else ""
    if not measure:
        bare = _BARE.search(text)
        if bare and sites:
            measure = f"{bare[1].lower()}_score"
    scores = [m.measure for m in measures if m.measure != "bmd"]
    if scores:  # "BMD, T-score": the narrower name counts
        measure = scores[0]
    unit = next((d[0] for m in _UNIT.finditer(text) if (d := density_unit(text, m.start()))), "")
    if unit:
        measure = measure if scores else "bmd"
    if "%" in text and _CHANGE.search(lower) and not scores:
        measure, unit = "bmd_change", "%"
    if measure in ("t_score", "z_score"):
        unit = "SD"
    if not measure and _DENSITY_WORD.search(lower):
        measure = "bmd"
    if not sites and not measure:
        return None
    first = sites[0] if sites else None
    return BmdLabel(first.site if first else "", first.region if first else "", measure, unit)


def parse_score(text: str) -> Score | None:
    """The value of a cell: "-2.9", "-2,9 SD", "0.71 (3M)", "+5.4%"; None for "N.A.", a dash or words."""
    match = _CELL.match(text)
    if match is None:
        return None
    printed = match["num"]
    number = float(printed.replace(",", ".")) if "," in printed else parse_number(printed)
    if (match["sign"] or "").strip() in ("-", "−", "–"):
        number = -number
    unit = (match["unit"] or "").lower()
    unit = "SD" if unit.startswith("sd") else unit.replace("²", "2").replace("³", "3").replace("gm/", "g/")
    start = match.start("sign") if match["sign"] else match.start("num")
    return Score(
        start,
        match.end("unit") if match["unit"] else match.end("num"),
        number,
        (match["note"] or "").strip(),
        unit,
    )
