"""The sites of a densitometry table that its labels leave to the labels beside or above them."""

from __future__ import annotations

from dataclasses import replace

from extractors.bmd.table import BmdLabel, is_total, label_below, score_beside
from pipeline.paper import Paper
from pipeline.tables.grid import Grid
from pipeline.tables.senses import Sense

Rows = dict[tuple[int, int], Sense]  # by row and label column


def scores_beside(columns: dict[int, Sense]) -> dict[int, Sense]:
    """Columns "T" and "Z" behind "BMD (L2-L4)" are about the same site."""
    out = dict(columns)
    for col in sorted(columns)[1:]:
        bmd, left = out[col].bmd, out[col - 1].bmd if col - 1 in out else None
        if bmd is not None and left is not None:
            out[col] = replace(out[col], bmd=score_beside(bmd, left))
    return out


def with_sites(paper: Paper, grid: Grid, rows: Rows, columns: dict[int, Sense]) -> Rows:
    """Row labels with the sites that the labels above them give; not so where a column names the site."""
    if any(s.bmd is not None and s.bmd.site for s in columns.values()):
        return rows
    out = dict(rows)
    above: dict[int, list[BmdLabel]] = {}  # per label column
    for (row, label), sense in rows.items():
        listed = above.setdefault(label, [])
        cell = grid.at(row, label)
        words = paper.text[cell.start : cell.end] if cell is not None else ""
        out[row, label] = replace(sense, bmd=label_below(words, sense.bmd, listed))
        if is_total(words):
            continue
        if sense.bmd is None:
            listed.clear()
        elif sense.bmd.site:
            listed.append(sense.bmd)
    return out
