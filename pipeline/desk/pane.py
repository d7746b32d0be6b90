"""A paper as the left half of the page shows it: runs of its text that carry their offsets and rows.

Nothing here is markup: the templates escape every word.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from pipeline.desk.views import View
from pipeline.paper import FACTUAL

_NUMBER = re.compile(r"\d+(?:[.,·]\d+)*")
_FACTUAL = frozenset(kind.value for kind in FACTUAL)


@dataclass(frozen=True, slots=True)
class Mark:
    """A row's words."""

    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Run:
    """Some characters of the text with the rows on them; `unread`: a number that no row accounts for."""

    text: str
    start: int
    rows: str
    unread: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """A table's cell."""

    runs: tuple[Run, ...]
    rows: int
    columns: int
    header: bool


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the paper; a table has `grid`, everything else `runs`."""

    kind: str
    level: int
    runs: tuple[Run, ...] = ()
    grid: tuple[tuple[Cell, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Word:
    """A word on a PDF's page: its place in thousandths of the page's sides."""

    run: Run
    end: int
    left: int
    top: int
    width: int
    height: int


class Marks:
    """The rows' words in order, and the cuts they make in the text."""

    def __init__(self, marks: Iterable[Mark], view: View) -> None:
        self._marks = sorted(marks, key=lambda m: (m.start, m.end))
        self._longest = max((m.end - m.start for m in self._marks), default=0)
        self._starts = [m.start for m in self._marks]
        self.text: str = view["text"]
        self._unread = {
            match.span()
            for kind, start, end, _ in view["blocks"]
            if kind in _FACTUAL
            for match in _NUMBER.finditer(self.text, start, end)
            if not self.over(*match.span())
        }
        cuts = {p for m in self._marks for p in (m.start, m.end)} | {p for s in self._unread for p in s}
        self._cuts = sorted(cuts)

    def over(self, start: int, end: int) -> list[str]:
        """The keys of the rows whose words share a character with [start, end)."""
        low = bisect_right(self._starts, start - self._longest - 1)
        high = bisect_right(self._starts, end - 1)
        return [m.key for m in self._marks[low:high] if m.end > start]

    def runs(self, start: int, end: int) -> tuple[Run, ...]:
        """The characters [start, end) cut where rows and unread numbers begin and end."""
        cuts = self._cuts[bisect_right(self._cuts, start) : bisect_right(self._cuts, end - 1)]
        edges = [start, *cuts, end]
        return tuple(self.run(a, b) for a, b in pairwise(edges) if b > a)

    def run(self, start: int, end: int) -> Run:
        """The characters [start, end) as one."""
        unread = any(a < end and b > start for a, b in self._near(start, end))
        return Run(self.text[start:end], start, " ".join(self.over(start, end)), unread)

    def _near(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        text = self.text[start:end]
        if any(sign.isdigit() for sign in text):
            for match in _NUMBER.finditer(self.text, start, end):
                if match.span() in self._unread:
                    yield match.span()


def blocks(view: View, marks: Marks) -> list[Block]:
    """The paper as text: blocks in order, tables as grids."""
    tables = {table["start"]: table for table in view["tables"]}
    found = []
    for kind, start, end, level in view["blocks"]:
        table = tables.get(start) if kind == "table" else None
        if table is None:
            found.append(Block(kind, min(6, level + 2), marks.runs(start, end)))
        else:
            found.append(Block(kind, level, grid=_grid(table["cells"], marks)))
    return found


def _grid(cells: list[list[int]], marks: Marks) -> tuple[tuple[Cell, ...], ...]:
    rows: dict[int, list[Cell]] = {}
    for row, _, start, end, row_span, col_span, header in sorted(cells, key=lambda c: (c[0], c[1])):
        rows.setdefault(row, []).append(Cell(marks.runs(start, end), row_span, col_span, bool(header)))
    return tuple(tuple(rows[row]) for row in sorted(rows))


def words(view: View, marks: Marks, number: int) -> list[Word]:
    """The words on page `number` (from 1) of a PDF."""
    width, height = view["pages"][number - 1]
    found = []
    for start, end, page, x0, top, x1, bottom in view["boxes"]:
        if page == number:
            size = (_share(x1 - x0, width), _share(bottom - top, height))
            found.append(Word(marks.run(start, end), end, _share(x0, width), _share(top, height), *size))
    return found


def _share(value: float, whole: float) -> int:
    return round(10_000 * value / whole) if whole else 0
