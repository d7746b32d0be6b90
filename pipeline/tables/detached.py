"""A column of reference ranges that stands apart from its table, as dumps of PDFs have it.

Behind the last row (or above the first) stand `Normal range` and nothing but ranges, in the order of the
rows. They count where there is one for each row and each is of the size of its row's values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractors.language.quantities import Reference, match_quantity, match_reference
from pipeline.paper import Paper, Table
from pipeline.tables.rules import ROLES, said_by

#: How far before a table its ranges may begin, and how long their heading is.
_WINDOW, _LONGEST_HEAD = 600, 60
#: The factors by which a value may miss its range, a few values may, and a high one that has no lower limit.
_NEAR, _FAR, _OPEN = 4.0, 12.0, 100.0
#: A table of fewer rows is no proof of the order.
_LEAST_ROWS = 2
_HEAD = re.compile(r"\s*+(?P<words>[^\W\d](?:[^\d<>≤≥\s:]|[\s:]++(?![\d<>≤≥]))*+)[\s:]*+(?=[\d<>≤≥])")
_BETWEEN = re.compile(r"[\s,;|]*")
_LINE = re.compile(r"^(?=[^\W\d])", re.M)
_END = re.compile(r"[ \t.;]*(?:\n|$)")
_RANGE_WITHIN = re.compile(r"\d\s?[-\u2013\u2014]\s?\d|[<>≤≥]\s?\d")


class Row(NamedTuple):
    """A row of results: its number, its label and the words of its cells, and where it ends."""

    number: int
    label: str
    cells: tuple[str, ...]
    end: int


def detached_ranges(paper: Paper, table: Table, rows: Sequence[Row]) -> dict[int, str]:
    """The words of the range of each row by its number; empty where none stand apart, or in doubt."""
    valued = [(row, values) for row in rows if (values := _values(row))]
    if len(valued) < _LEAST_ROWS or any(_RANGE_WITHIN.search(row.label) for row, _ in valued):
        return {}
    for ranges in (*_behind(paper.text, table, valued[-1][0].end), *_before(paper, table)):
        if len(ranges) == len(valued) and _in_order(ranges, [values for _, values in valued]):
            words = (paper.text[r.start : r.end] for r in ranges)
            return {row.number: said for (row, _), said in zip(valued, words, strict=True)}
    return {}


def _values(row: Row) -> list[float]:
    """The numbers that a row's cells begin with; none where a cell is a range itself."""
    quantities = [match_quantity(words.strip(), 0) for words in row.cells]
    found = [q for q in quantities if q is not None]
    return [] if any(q.high is not None for q in found) else [q.value for q in found]


def _behind(text: str, table: Table, end: int) -> Iterator[list[Reference]]:
    """The ranges right behind the last row, behind the lines below it that hold no values, or the notes."""
    lines = (line.start() for line in _LINE.finditer(text, end, max(end, table.end)))
    for at in (end, *lines, *(stop for _, stop in table.notes)):
        ranges = _ranges_at(text, at)
        if ranges and _END.match(text, ranges[-1].end):
            yield ranges


def _before(paper: Paper, table: Table) -> Iterator[list[Reference]]:
    """The ranges right above the table or its caption, unless another table ends above them."""
    text, starts = paper.text, {table.start}
    if table.caption:
        starts |= {table.caption[0], table.caption[1]}
    for line in _LINE.finditer(text, max(0, min(starts) - _WINDOW), table.start):
        ranges = _ranges_at(text, line.start())
        if not ranges or _BETWEEN.match(text, ranges[-1].end).end() not in starts:  # type: ignore[union-attr]
            continue
        if not any(t.end <= line.start() and not text[t.end : line.start()].strip() for t in paper.tables):
            yield ranges


def _ranges_at(text: str, at: int) -> list[Reference]:
    """The ranges behind a heading of ranges that begins at `at`, up to whatever else follows."""
    head = _HEAD.match(text, at, at + _LONGEST_HEAD)
    if head is None or said_by(ROLES, " ".join(head["words"].split())) != "reference":
        return []
    found: list[Reference] = []
    position = head.end()
    while (reference := match_reference(text, position)) is not None:
        found.append(reference)
        position = _BETWEEN.match(text, reference.end).end()  # type: ignore[union-attr]
    return found


def _in_order(ranges: Sequence[Reference], values: Sequence[Sequence[float]]) -> bool:
    """Whether each range is of the size of its row's values; one row of four may be far from it."""
    near = sum(_of_size(r, v, _NEAR) for r, v in zip(ranges, values, strict=True))
    far = all(_of_size(r, v, _FAR) for r, v in zip(ranges, values, strict=True))
    return far and len(values) - near <= len(values) // 4


def _of_size(reference: Reference, values: Sequence[float], most: float) -> bool:
    """Whether one of the values misses the range by no more than a factor."""
    low, high = reference.low, reference.high
    above = most if low else _OPEN
    return any((not low or value >= low / most) and value <= (high or low or 0) * above for value in values)
