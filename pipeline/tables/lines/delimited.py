"""Tables without a caption: lines whose cells are set apart by tabs, bars, semicolons or wide gaps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.paper import BlockKind
from pipeline.structure.drafts import Draft, DraftCell, Piece
from pipeline.tables.lines.gaps import Aligned, is_value, read_aligned
from pipeline.tables.lines.rows import row_of, split_parts

#: A line that is nothing but a drawn rule.
RULE = re.compile(r"[\s|:+=_-]+")
_MAX_LIST_CELL = 40  # characters of a cell between semicolons; longer ones are clauses
_MAX_ALIGNED_CELL = 25  # mean of the cells of a table that no caption announces
_MIN_LINES = 3
_FIRST_LOOK = 60  # lines in which a table by alignment alone is sought


def separated(text: str) -> bool:
    """Whether a line has cells set apart by tabs, bars, semicolons or wide gaps."""
    return "\t" in text or "   " in text or text.count("|") > 1 or text.count(";") > 1


def barred(text: str) -> bool:
    """Whether a line has cells set apart by tabs or bars."""
    return "\t" in text or text.count("|") > 1


def _listed(text: str) -> bool:
    return text.count(";") > 1 and not barred(text) and "   " not in text


class Runs:
    """The runs of one source's lines whose cells are set apart alike.

    Which lines a run has is told by the lines alone, so one that begins inside another is the rest of that:
    each line is looked at once.
    """

    def __init__(self, items: list[Draft | Piece]) -> None:
        self._items = items
        self._run = _Run(0, False, [_NONE])

    def table_end(self, start: int) -> int:
        """The end of the table that begins with the line at `start`, 0 if there is none.

        Two lines are enough with tabs or bars. Semicolons, which prose has as well, and wide gaps, which
        pages in two columns have, need three lines of as many cells each, the last of them a value in
        all lines but the first; or, with gaps, columns of short cells that hold values.
        """
        if not self._run.start <= start < self._run.end:
            self._run = _run(self._items, start)
        run, rest = self._run, self._run.rests[start - self._run.start]
        if not (run.listed or rest.gaps) or rest.is_regular():
            return run.end if rest.lines > 1 and rest.most > 1 else 0
        found = None if run.listed else _aligned(self._items, start)
        return start + found.lines if found else 0


class _Rest(NamedTuple):
    """What is told of the lines of a run from one of them on; drawn rules count for nothing."""

    lines: int
    first: int  # cells of the first line
    most: int  # cells of the longest line
    alike: int  # lines of as many cells as the first, one behind the other
    values: int  # lines that end with a value
    gaps: bool  # cells of some line are set apart by no tabs or bars

    def is_regular(self) -> bool:
        """Three lines of as many cells each, all but the first with a value at the end."""
        return self.lines >= _MIN_LINES and self.alike == self.lines and self.values >= self.lines - 1

    def below(self, piece: Piece, parts: list[str]) -> _Rest:
        """The same with one more line above."""
        count, last = len(parts), row_of(parts[-1])
        return _Rest(
            self.lines + 1,
            count,
            max(count, self.most),
            self.alike + 1 if count == self.first else 1,
            self.values + (bool(last.values) and not last.label),
            self.gaps or not ("\t" in piece.text or "|" in piece.text),
        )


_NONE = _Rest(0, 0, 0, 0, 0, False)


@dataclass(frozen=True, slots=True)
class _Run:
    """Lines whose cells are set apart alike; `rests` from each of them on, and one of nothing at its end."""

    start: int
    listed: bool  # by semicolons
    rests: list[_Rest]

    @property
    def end(self) -> int:
        return self.start + len(self.rests) - 1


def _run(items: list[Draft | Piece], start: int) -> _Run:
    """The run that begins with the line at `start`."""
    first = items[start]
    listed = isinstance(first, Piece) and _listed(first.text)
    lines: list[tuple[Piece, list[str]]] = []
    for number in range(start, len(items)):
        item = items[number]
        if not isinstance(item, Piece) or not separated(item.text) or _listed(item.text) != listed:
            break
        parts = [] if RULE.fullmatch(item.text) else _split_cells(item)
        if listed and max([len(part) for part in parts]) > _MAX_LIST_CELL:
            break
        lines.append((item, parts))
    rests = [_NONE]
    for piece, parts in reversed(lines):
        rests.append(rests[-1].below(piece, parts) if parts else rests[-1])
    return _Run(start, listed, rests[::-1])


def _aligned(items: list[Draft | Piece], start: int) -> Aligned | None:
    """A table by alignment alone. The first look is at so many lines; where a table goes on to the last of
    them, at twice as many: what a look costs is in proportion to the lines that it takes."""
    found, look = None, _FIRST_LOOK
    while (longer := _aligned_in(items, start, look)) is not None:
        found = longer
        if found.lines < look:
            break
        look *= 2
    return found


def _aligned_in(items: list[Draft | Piece], start: int, look: int) -> Aligned | None:
    """Short cells and many values in at least three columns among so many lines."""
    lines: list[Piece] = []
    for item in items[start : start + look]:
        if not isinstance(item, Piece) or (item.gap and lines):
            break
        lines.append(item)
    found = read_aligned(lines) if len(lines) >= _MIN_LINES else None
    if found is None or found.columns < _MIN_LINES:
        return None
    body = [cell.text for cell in found.cells if not cell.header]
    short = sum([len(text) for text in body]) <= _MAX_ALIGNED_CELL * len(body)
    valued = sum([is_value(text) for text in body]) > len(body) / 3
    return found if short and valued else None


def delimited(items: list[Draft | Piece]) -> list[Draft]:
    """The table of the lines that `Runs.table_end` has found; a rule ends the head."""
    pieces = [item for item in items if isinstance(item, Piece)]
    if not any([barred(p.text) or _listed(p.text) or "|" in p.text for p in pieces]):
        found = read_aligned(pieces)
        if found and found.lines == len(pieces):
            return [Draft(BlockKind.TABLE, cells=found.cells)]
    ruled = len(pieces) > 1 and RULE.fullmatch(pieces[1].text) is not None
    rows = [_split_cells(piece) for piece in pieces if not RULE.fullmatch(piece.text)]
    cells: list[DraftCell] = []
    head = ruled or not any([is_value(text) for text in rows[0][1:]])
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            if text:
                cells.append(
                    DraftCell(number, column, [Piece(text)], header=(head and number == 0) or column == 0)
                )
    return [Draft(BlockKind.TABLE, cells=cells)]


def _split_cells(piece: Piece) -> list[str]:
    text = piece.text
    if "|" in text:
        return [part.strip() for part in text.strip().strip("|").split("|")]
    if "\t" in text:
        return [part.strip() for part in text.split("\t")]
    return [part.strip() for part in text.split(";")] if _listed(text) else split_parts(text)
