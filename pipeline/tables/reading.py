"""One cell of data to mentions, by the facts that its labels announce."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from extractors.base import Mention, TimeRef
from extractors.fact import Fact
from extractors.tables import Cell, Rank, TableReader
from extractors.text import folded, lower_same_length
from pipeline.tables.notes import ARROW, Notes
from pipeline.tables.prose import read_prose
from pipeline.tables.rules import CELLS, TIMES_IN_CELLS, said_by
from pipeline.tables.senses import Sense

#: A mention with the component that finds such.
Found = tuple[str, Mention]
_MISSING = re.compile(
    r"^\W*(?:n\.?\s?[ad]\.?|not (?:available|done|measured|assessed|reported|applicable|determined)|"
    r"nd|nr|ns|unknown|none|nil|-+|–|—|\.{2,})?\W*$",
    re.I,
)


def read_cell(cell: Cell, sense: Sense, notes: Notes) -> Iterator[Found]:
    """The facts of one cell as (component, mention)."""
    if _MISSING.match(cell.text):
        yield from _denied(cell, sense, notes)
        return
    parts = ARROW.split(cell.text)
    if len(parts) > 1:
        yield from _course(cell, sense, notes, parts)
        return
    spread = said_by(CELLS, cell.text) is not None  # a mean with its deviation is nobody's value
    for fact, reader, label in sense.claims if not spread else ():
        rank = reader.rank(label)
        if rank is Rank.KIND:
            continue
        found = list(_read(cell, notes, fact, reader, label))
        yield from found
        if found or rank is Rank.NAMED:
            return
    if sense.prose:
        if " " in cell.text.strip():
            yield from read_prose(cell.text, cell.start, cell.time)
        return
    for fact, reader, label in sense.claims:
        if reader.rank(label) is Rank.KIND:
            yield from _read(cell, notes, fact, reader, label)


def _denied(cell: Cell, sense: Sense, notes: Notes) -> Iterator[Found]:
    """What a cell without a value says: of some facts, that there was none."""
    for fact, reader, label in sense.claims:
        if reader.denies(label):
            yield from _read(cell, notes, fact, reader, label)


def _read(
    cell: Cell, notes: Notes, fact: Fact[Any], reader: TableReader[Any, Any], label: Any
) -> Iterator[Found]:
    if reader.measures:
        cell = _with_time_in_brackets(cell, notes)
    for mention in reader.cell(replace(cell, noted=notes.noted.get(fact)), label):
        yield fact.component, mention


def _with_time_in_brackets(cell: Cell, notes: Notes) -> Cell:
    """A value's cell "0.71 (3M)": the bracket is its time."""
    bracket = next(TIMES_IN_CELLS.in_text(folded(cell.text), lower_same_length(cell.text)), None)
    if bracket is None:
        return cell
    begin, end = bracket.start, bracket.end
    time = notes.cell_time(bracket.read(), cell.start + begin, cell.start + end, cell.time)
    return replace(cell, text=cell.text[:begin] + " " * (end - begin) + cell.text[end:], time=time)


def _course(cell: Cell, sense: Sense, notes: Notes, parts: list[str]) -> Iterator[Found]:
    """ "9.2 -> 8.9": at the times that the caption tells in this way, else the first value at that of the
    column, the others later."""
    at = 0
    steps = notes.steps if len(notes.steps) == len(parts) else ()
    for number, part in enumerate(parts):
        begin = cell.text.index(part, at)
        at = begin + len(part)
        start = cell.start + begin
        time = steps[number] if steps else cell.time
        if number and not steps:
            time = TimeRef(start, start + len(part), "", "baseline", None, None, "follow-up")
        yield from read_cell(replace(cell, text=part, start=start, time=time, flag=""), sense, notes)
