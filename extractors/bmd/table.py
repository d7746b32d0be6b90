"""Densitometry tables, read with the prose's vocabulary: what a label means, what a cell under it says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.base import TimeRef
from extractors.bmd.fact import SCORES, UNITS, BmdMention, plausible
from extractors.bmd.marks import measures_of_label
from extractors.bmd.sites import OF_THE_HIP, sites_of_label
from extractors.bmd.values import density_unit
from extractors.language.atoms import ATOMS
from extractors.language.numbers import parse_decimal
from extractors.rules.rule import Glue
from extractors.tables import Cell, Rank, TableReader
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


@dataclass(frozen=True, slots=True)
class Score:
    """A cell's value at [start, end), with the bracket behind it ("3M") and a unit if printed."""

    start: int
    end: int
    value: float
    note: str = ""
    unit: str = ""


_UNIT = re.compile(r"(?<![a-z])(?=m?g)")
_CHANGE = re.compile(r"(?:\bchange|\bincrease|\bgain|\bdelta|δ|%\s?change|percent)")
_BARE = re.compile(r"(?<![A-Za-z])([TZ])(?![A-Za-z])")
_DENSITY_WORD = re.compile(r"\b(?:bmd|dxa|dexa|densit|bone\smass|absorptiom)")
_CELL = Glue(
    r"\s*(?P<sign>[-+] ?)?{num:decimal} ?(?P<unit>sds?\b|%|m?gm?/cm ?\^?[23²³])? ?(?:[*†‡§a-c]\b)?\s*"
    r"(?:[(\[](?P<note>[^()\[\]]*)[)\]])?",
    ATOMS,
)
#: "BMD | T | Z"
_ALONE = re.compile(r"\W*([TZ])\W*(?:\(?SDs?\)?)?\W*$")
_T_AND_Z = re.compile(r"\bT[\s-]?(?:scores?)?\s?(?:/|and|&|,)\s?Z[\s-]?scores?\b", re.I)
_BMD_AND_SCORE = re.compile(
    r"\b(?:BMD|bone mineral density|g\s?/\s?cm2)\b[^()]{0,30}(?:\([^()TZ]{0,20}\)\s?)?[(\[,/]\s?"
    r"(?P<which>[TZ])(?:[\s-]?scores?)?(?![\w/])",
    re.I,
)
_TOTAL = re.compile(r"\W*total\W*$", re.I)
_LEVEL = re.compile(r"L[1-5]$")
#: Three decimals beside a site of densitometry: g/cm2, whatever the table forgets to say.
_DENSITY = re.compile(r"\s*[01][.,]\d{3}(?:\s?g/cm2)?\s*$")
_SIGNED = re.compile(r"\s*[-+]\s?\d")
_BETWEEN = re.compile(r"\d\s?(?:-|to)\s?-?\d")
_SCORE_IN_BRACKETS = re.compile(
    r"\s*(?P<density>[\d.,]+[^()\[\]/]*)(?P<gap>[(\[/])(?P<score>[^()\[\]]*)[)\]]?\s*$"
)


def parse_label(text: str) -> BmdLabel | None:
    """Site, region, measures and unit that a header names; None if it names no measure and no site."""
    body = folded(text)
    if alone := _ALONE.match(body):
        return BmdLabel(measure=f"{alone[1].lower()}_score", unit="SD")
    if (both := _T_AND_Z.search(body)) and (label := _one(body.replace(both.group(), "T-score"))):
        return replace(label, measure="t_score", second="z_score")
    label = _one(body)
    if label and (both := _BMD_AND_SCORE.search(body)):
        return replace(label, measure="bmd", second=f"{both['which'].lower()}_score", unit="")
    return label


def _one(text: str) -> BmdLabel | None:
    """A label of one measure."""
    lower = lower_same_length(text)
    sites = sites_of_label(text, lower)
    measures = [m.measure for m in measures_of_label(text, lower)]
    bare = _BARE.search(text) if sites and not measures else None
    if bare:
        measures = [f"{bare[1].lower()}_score"]
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
    if "%" in text and _CHANGE.search(lower):
        return "bmd_change", "%"
    unit = next((d[0] for m in _UNIT.finditer(lower) if (d := density_unit(lower, m.start()))), "")
    return ("bmd", unit) if unit or measure or _DENSITY_WORD.search(lower) else ("", "")


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
    if _TOTAL.match(text):
        return _summed(above) or label
    if label is not None and not label.site and label.measure and above:
        return replace(label, site=above[-1].site, region=above[-1].region)
    return label


def is_total(text: str) -> bool:
    """Whether a row's label is "Total"."""
    return bool(_TOTAL.match(text))


def _summed(listed: Sequence[BmdLabel]) -> BmdLabel | None:
    """What "Total" below a list of sites is: L1-L4 below L1 to L4, the total hip below its parts."""
    levels = [b.region for b in listed if b.site == "lumbar spine" and _LEVEL.match(b.region)]
    if listed and listed[-1].site in OF_THE_HIP:
        return BmdLabel("total hip")
    if len(levels) > 1 and listed[-1].region == levels[-1]:
        return BmdLabel("lumbar spine", f"{levels[0]}-{levels[-1]}")
    return None


def is_density_cell(text: str) -> bool:
    """Whether a cell is a density by its look alone: "0.714" beside a site."""
    return bool(_DENSITY.match(text))


def bmd_of_cell(
    text: str, start: int, label: BmdLabel, time: TimeRef | None, pregnancy: int | None
) -> Iterator[BmdMention]:
    """The values of a cell under labels that say site and measure; `start` is its offset in the text."""
    if not label.site:
        return
    body = folded(text)
    if label.measure == "bmd_change" and (time is None or time.phase in ("", "baseline")):
        time = TimeRef(start, start, "", "baseline", None, None, "follow-up")
    at = start
    for measure, part in _parts(body, label):
        score = parse_score(part) if not _BETWEEN.search(part) else None
        if score is not None and plausible(measure, score.value, score.unit or label.unit):
            left = at + len(part) - len(part.lstrip())
            yield BmdMention(
                start=left,
                end=left + len(part.strip()),
                rule="table",
                site=label.site,
                region=label.region,
                measure=measure,
                value=score.value,
                unit=score.unit or label.unit or UNITS[measure],
                time=time,
                pregnancy=pregnancy,
            )
        at += len(part) + 1


def _parts(body: str, label: BmdLabel) -> list[tuple[str, str]]:
    """Measures and the parts of a cell that hold them, each one character after the last."""
    if not label.second:
        return [(label.measure or "bmd", body)]
    if label.measure != "bmd":
        return list(zip((label.measure, label.second), body.split("/"), strict=False))
    match = _SCORE_IN_BRACKETS.match(body)
    if match is not None:
        return [("bmd", body[: match.end("density")]), (label.second, match["score"])]
    # one value: three decimals are a density, a sign is a score
    if _DENSITY.match(body):
        return [("bmd", body)]
    return [(label.second, body)] if _SIGNED.match(body) else []


def parse_score(text: str) -> Score | None:
    """The value of a cell: "-2.9", "-2,9 SD", "0.71 (3M)", "+5.4%"; None for "N.A.", a dash or words."""
    plain = folded(text)
    match = _CELL.behind(lower_same_length(plain), 0)
    if match is None:
        return None
    number = parse_decimal(match["num"])
    if (match["sign"] or "").strip() == "-":
        number = -number
    unit = match["unit"] or ""
    unit = "SD" if unit.startswith("sd") else unit.replace("²", "2").replace("³", "3").replace("gm/", "g/")
    start = match.start("sign") if match["sign"] else match.start("num")
    end = match.end("unit") if match["unit"] else match.end("num")
    note = plain[slice(*match.span("note"))].strip() if match["note"] else ""
    return Score(start, end, number, note, unit)


def _of_cell(cell: Cell, label: BmdLabel) -> Iterator[BmdMention]:
    if label.measure or is_density_cell(cell.text):
        yield from bmd_of_cell(cell.text, cell.start, label, cell.time, cell.pregnancy)


def scores_beside(labels: Sequence[BmdLabel | None]) -> list[BmdLabel | None]:
    """The labels of columns, each with the site that the one to the left gives a score."""
    out = list(labels)
    for at in range(1, len(out)):
        label, left = out[at], out[at - 1]
        if label is not None and left is not None:
            out[at] = score_beside(label, left)
    return out


def with_sites(
    rows: Sequence[tuple[str, BmdLabel | None]], columns: Sequence[BmdLabel]
) -> Sequence[BmdLabel | None]:
    """The labels of rows with the sites that those above give; not so where a column names the site."""
    if any(label.site for label in columns):
        return [label for _, label in rows]
    out: list[BmdLabel | None] = []
    above: list[BmdLabel] = []
    for words, label in rows:
        out.append(label_below(words, label, above))
        if is_total(words):
            continue
        if label is None:
            above.clear()
        elif label.site:
            above.append(label)
    return out


def _of_caption(label: BmdLabel, own: Sequence[BmdLabel], others: bool) -> BmdLabel:
    """A caption's site counts for every cell, its measure only where no label names one."""
    return replace(label, measure="", unit="") if any(o.measure for o in own) else label


TABLE = TableReader(
    label=parse_label,
    cell=_of_cell,
    rank=lambda label: Rank.NAMED if label.measure else Rank.PART,
    measures=True,
    combined=combined,
    beside=scores_beside,
    below=with_sites,
    of_caption=_of_caption,
    of_corner=lambda label: bool(label.measure),
)
