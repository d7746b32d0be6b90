"""Rows whose label no fact understands, among rows of a fact that may read them all the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from extractors import registry
from extractors.fact import Fact
from pipeline.tables.grid import Grid
from pipeline.tables.labels import Labels
from pipeline.tables.layout import Layout
from pipeline.tables.senses import Sense

#: Senses of row labels, by row and label column.
Rows = Mapping[tuple[int, int], Sense]
#: How many rows below or above a known one may stand, and how many known ones a table has at least.
_NEAR, _LEAST = 2, 2


def unlisted_rows(
    grid: Grid,
    labels: Labels,
    layout: Layout,
    columns: Mapping[int, Sense],
    rows: Rows,
) -> dict[tuple[int, int], tuple[Fact[Any], Any]]:
    """What the labels of rows that say nothing by themselves mean to the fact of the rows around them."""
    out: dict[tuple[int, int], tuple[Fact[Any], Any]] = {}
    if any(sense.measured for sense in columns.values()):
        return out
    aided = any(role in ("reference", "unit") for role in layout.roles.values())
    for fact, reader in registry.table_readers().items():
        for label in layout.labels if reader.measures else ():
            for key in _candidates(layout, rows, label, fact, aided):
                cells = [labels.words(c) for c in grid.row_headers(key[0], layout.stub_of(label))]
                said = reader.unlisted(cells[-1], " ".join(cells[:-1])) if cells else None
                if said is not None:
                    out[key] = (fact, said)
    return out


def _candidates(
    layout: Layout, rows: Rows, label: int, fact: Fact[Any], aided: bool
) -> Iterator[tuple[int, int]]:
    """The rows of a list that say nothing, among rows that say something to the fact."""
    keys = [key for key in rows if key[1] == label and key[0] not in layout.aide_rows]
    known = [fact in rows[key].says for key in keys]
    if sum(known) < _LEAST or len(layout.stub_of(label)) > 1:
        return
    for place, key in enumerate(keys):
        if _is_plain(rows[key]) and _is_among(rows, keys, known, place, aided):
            yield key


def _is_plain(sense: Sense) -> bool:
    """Whether a label says nothing to anyone."""
    return not sense.says and not sense.prose and sense.role == "" and sense.time is None and not sense.label


def _is_among(
    rows: Rows,
    keys: list[tuple[int, int]],
    known: list[bool],
    place: int,
    aided: bool,
) -> bool:
    """Whether the nearest rows that say something are of the fact, above and below (one where aided)."""
    above = [i for i in range(place - 1, -1, -1) if not _is_plain(rows[keys[i]])][:1]
    below = [i for i in range(place + 1, len(keys)) if not _is_plain(rows[keys[i]])][:1]
    around = above + below
    if not around or not all(known[i] for i in around):
        return False
    return aided or any(abs(i - place) <= _NEAR for i in around)
