"""How a fact reads the tables of papers: what a label means to it, and what a cell under the label says.

A folder that reads tables has one `TABLE` in its `table.py`. Which rows and columns are labels, whose
values they are and when they were measured, is found out by the pipeline; the fact is asked for the
rest. Its label may be anything that its own functions understand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, Generic, TypeVar

from extractors.base import Mention, TimeRef
from extractors.values import fixed

L = TypeVar("L")
M = TypeVar("M", bound=Mention)

#: Words and the offset at which they begin.
Words = tuple[str, int]
#: Reads the cells of a row that is one fact.
RowReader = Callable[[Sequence[Words]], Iterable[M]]


class Rank(IntEnum):
    """How much a label tells. Of several facts that claim a label the highest rank has it."""

    KIND = 0  # the kind of content only ("Treatment"): read where nothing else is told, clauses included
    PART = 1  # a part of what is needed ("Lumbar spine"): another fact may read the cell where this cannot
    NAMED = 2  # what the cells hold ("Calcium")


@fixed(frozen=True, slots=True)
class Cell:
    """A cell of data with what stands around it; `start` is the offset of `text`.

    `reference`, `unit` and `flag` are the words of the cells that add to it, `note` the words of the
    footnote that the value's own letter leads to, `label_note` those of the label's, `definitions` the
    abbreviations that caption and notes explain, `noted` what the fact read in the notes.
    """

    text: str
    start: int
    time: TimeRef | None = None
    pregnancy: int | None = None
    reference: str = ""
    unit: str = ""
    flag: str = ""
    note: str = ""
    label_note: str = ""
    definitions: Mapping[str, str] = field(default_factory=dict)
    noted: Any = None

    @property
    def trimmed(self) -> tuple[int, int]:
        """Offsets of the words without the space around them."""
        left = len(self.text) - len(self.text.lstrip())
        return self.start + left, self.start + len(self.text.rstrip())


@dataclass(frozen=True, eq=False, kw_only=True)
class TableReader(Generic[L, M]):
    """A fact's reading of tables.

    `label` tells what the words of a label mean, None for nothing; `rank` how much that is; `cell` reads a
    cell under a label.

    The rest is for those that need it. `measures`: labels name measurements, cells hold their values.
    `denies`: whether "none" or a dash under a label says something. `combined`: an outer label and the
    nearer one of the same cell together (else the nearer counts). `beside` and `below` give the labels of
    all columns, and those of a column of row labels (with their words; also given what the columns say),
    from left to right and from the top down, what the labels before them add. `of_caption`: what the
    label of a caption says of every cell, given the fact's labels in the table and whether another
    measuring fact has any; `of_corner`: whether the label of the corner does. `notes` reads caption and
    footnotes once. `event` reads the first telling clause of a timeline, dated by the label at a span.
    `unlisted`: what the words of a row's label that no fact understands mean among rows of this fact, with
    the heading above them. `whole_rows`: where the heads say that each row of the table is a fact, the
    reader of its cells.
    """

    label: Callable[[str], L | None]
    cell: Callable[[Cell, L], Iterable[M]]
    rank: Callable[[L], Rank] = lambda label: Rank.NAMED
    measures: bool = False
    denies: Callable[[L], bool] = lambda label: False
    combined: Callable[[L, L], L] | None = None
    beside: Callable[[Sequence[L | None]], Sequence[L | None]] | None = None
    below: Callable[[Sequence[tuple[str, L | None]], Sequence[L]], Sequence[L | None]] | None = None
    of_caption: Callable[[L, Sequence[L], bool], L | None] = lambda label, own, others: None
    of_corner: Callable[[L], bool] = lambda label: False
    notes: Callable[[str, Sequence[str]], Any] = lambda caption, notes: None
    event: Callable[[tuple[int, int], Words, TimeRef | None], M | None] | None = None
    unlisted: Callable[[str, str], L | None] = lambda words, above: None
    whole_rows: Callable[[Sequence[str]], RowReader[M] | None] = lambda heads: None
