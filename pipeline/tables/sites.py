"""The sites of a densitometry table that its labels leave to the labels beside or above them."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.bmd import BmdLabel
from pipeline.paper import Paper
from pipeline.tables.grid import Grid
from pipeline.tables.senses import Sense

Rows = dict[tuple[int, int], Sense]  # by row and label column
_TOTAL = re.compile(r"\W*total\W*$", re.I)
_LEVEL = re.compile(r"L[1-5]$")
_OF_THE_HIP = frozenset({"femoral neck", "trochanter", "ward's triangle"})


def scores_beside(columns: dict[int, Sense]) -> dict[int, Sense]:
    """Columns "T" and "Z" behind "BMD (L2-L4)" are about the same site."""
    out = dict(columns)
    for col in sorted(columns)[1:]:
        bmd, left = out[col].bmd, out[col - 1].bmd if col - 1 in out else None
        if bmd is None or left is None or bmd.site or not left.site or not left.measure:
            continue
        if bmd.measure in ("t_score", "z_score") and bmd.measure != left.measure:
            out[col] = replace(out[col], bmd=replace(bmd, site=left.site, region=left.region))
    return out


def with_sites(paper: Paper, grid: Grid, rows: Rows, columns: dict[int, Sense]) -> Rows:
    """A row "T-score" is about the site of the row above it, a row "Total" about what it sums up.

    Not so where a column names the site.
    """
    if any(s.bmd is not None and s.bmd.site for s in columns.values()):
        return rows
    out = dict(rows)
    above: dict[int, list[BmdLabel]] = {}  # per label column
    for (row, label), sense in rows.items():
        bmd, listed = sense.bmd, above.setdefault(label, [])
        cell = grid.at(row, label)
        if cell is not None and _TOTAL.match(paper.text[cell.start : cell.end]):
            if summed := _summed(listed):
                out[row, label] = replace(sense, bmd=summed)
        elif bmd is None:
            listed.clear()
        elif bmd.site:
            listed.append(bmd)
        elif bmd.measure and listed:
            out[row, label] = replace(sense, bmd=replace(bmd, site=listed[-1].site, region=listed[-1].region))
    return out


def _summed(listed: list[BmdLabel]) -> BmdLabel | None:
    """What "Total" below a list of sites is: L1-L4 below L1 to L4, the total hip below its parts."""
    levels = [b.region for b in listed if b.site == "lumbar spine" and _LEVEL.match(b.region)]
    if listed and listed[-1].site in _OF_THE_HIP:
        return BmdLabel("total hip")
    if len(levels) > 1 and listed[-1].region == levels[-1]:
        return BmdLabel("lumbar spine", f"{levels[0]}-{levels[-1]}")
    return None
