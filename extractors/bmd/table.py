"""Densitometry tables: what a cell under a label says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.base import TimeRef
from extractors.bmd.fact import UNITS, BmdMention, plausible
from extractors.bmd.labels import BmdLabel, combined, is_total, label_below, parse_label, score_beside
from extractors.language.atoms import ATOMS
from extractors.language.numbers import parse_decimal
from extractors.rules.rule import Glue, Relation
from extractors.tables import Cell, Rank, TableReader
from extractors.text import folded, lower_same_length


@dataclass(frozen=True, slots=True)
class Score:
    """A cell's value at [start, end), with the bracket behind it ("3M") and a unit if printed."""

    start: int
    end: int
    value: float
    note: str = ""
    unit: str = ""


CELL = Relation(
    "table",
    "A cell under labels that name a site and a measure holds a value.",
    says={
        "Site | T-score\nLumbar spine | -2.9\nTotal hip | -1.8": {"site": "total hip", "value": -1.8},
        "Time | L1-L4 BMD (g/cm2)\nbaseline | 0.714\n1 year | 0.801": {"region": "L1-L4", "value": 0.714},
    },
    silent=("Site | T-score\nLumbar spine | n.d.\nTotal hip | -25", "Case | Calcium\n1 | 9.4\n2 | 9.8"),
    of="table",
)
_CELL = Glue(
    r"\s*(?P<sign>[-+] ?|\([-+]\) ?)?{num:decimal} ?"
    r"(?P<unit>sds?\b|%|m?gm?/cm ?\^?[23²³])? ?(?:[*†‡§a-c]\b)?\s*"
    r"(?:[(\[](?P<note>[^()\[\]]*)[)\]])?",
    ATOMS,
)
#: Three decimals beside a site of densitometry: g/cm2, whatever the table forgets to say.
_DENSITY = Glue(r"\s*[01][.,]\d{3}(?: ?g/cm2)?\s*")
_SIGNED = Glue(r"\s*[-+] ?\d")
_BETWEEN = Glue(r"\d ?(?:-|to) ?-?\d")
_SCORE_IN_BRACKETS = Glue(r"\s*(?P<density>[\d.,][^()\[\]/]*)(?P<gap>[(\[/])(?P<score>[^()\[\]]*)[)\]]?\s*")


def is_density_cell(text: str) -> bool:
    """Whether a cell is a density by its look alone: "0.714" beside a site."""
    return _DENSITY.fills(text, 0, len(text)) is not None


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
        score = parse_score(part) if not _BETWEEN.within(part, 0, len(part)) else None
        if score is not None and plausible(measure, score.value, score.unit or label.unit):
            left = at + len(part) - len(part.lstrip())
            yield BmdMention(
                start=left,
                end=left + len(part.strip()),
                rule=CELL.name,
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
    match = _SCORE_IN_BRACKETS.fills(body, 0, len(body))
    if match is not None:
        return [("bmd", body[: match.end("density")]), (label.second, match["score"])]
    # one value: three decimals are a density, a sign is a score
    if is_density_cell(body):
        return [("bmd", body)]
    return [(label.second, body)] if _SIGNED.behind(body, 0) else []


def parse_score(text: str) -> Score | None:
    """The value of a cell: "-2.9", "-2,9 SD", "0.71 (3M)", "+5.4%"; None for "N.A.", a dash or words."""
    plain = folded(text)
    match = _CELL.behind(lower_same_length(plain), 0)
    if match is None:
        return None
    number = parse_decimal(match["num"])
    if (match["sign"] or "").strip(" ()") == "-":
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
