"""Tables without a caption: lines whose cells are set apart by tabs, bars, semicolons or wide gaps."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.paper import BlockKind
from pipeline.structure.drafts import Draft, DraftCell, Piece
from pipeline.tables.lines.gaps import Aligned, is_value, read_aligned
from pipeline.tables.lines.rows import row_of, split_parts

#: A line that is nothing but a drawn rule.
RULE = re.compile(r"[\s|:+=_-]+")
_MAX_LIST_CELL = 40  # characters of a cell between semicolons; longer ones are clauses
_MAX_ALIGNED_CELL = 25  # mean of the cells of a table that no caption announces
_MIN_LINES = 3


def separated(text: str) -> bool:
    """Whether a line has cells set apart by tabs, bars, semicolons or wide gaps."""
    return "\t" in text or "   " in text or text.count("|") > 1 or text.count(";") > 1


def barred(text: str) -> bool:
    """Whether a line has cells set apart by tabs or bars."""
    return "\t" in text or text.count("|") > 1


def _listed(text: str) -> bool:
    return text.count(";") > 1 and not barred(text) and "   " not in text


def delimited_end(items: list[Draft | Piece], start: int) -> int:
    """The end of a run of lines whose cells are set apart alike, 0 if there is none.

    Two lines are enough with tabs or bars. Semicolons, which prose has as well, and wide gaps, which
    pages in two columns have, need three lines of as many cells each, the last of them a value in
    all lines but the first; or, with gaps, columns of short cells that hold values.
    """
    first = items[start]
    if not isinstance(first, Piece):
        return 0
    listed = _listed(first.text)
    run = _run(items, start, listed)
    if not run.gaps or run.is_regular():
        return run.end if len(run.counts) > 1 and max(run.counts) > 1 else 0
    found = None if listed else _aligned(items, start)
    return start + found.lines if found else 0


@dataclass(slots=True)
class _Run:
    """Lines whose cells are set apart alike: where they end, cells a line, how many end with a value."""

    end: int
    counts: list[int]
    gaps: bool  # some are set apart by no tabs or bars
    values: int = 0

    def is_regular(self) -> bool:
        """Three lines of as many cells each, all but the first with a value at the end."""
        counts = self.counts
        return len(counts) >= _MIN_LINES and len(set(counts)) == 1 and self.values >= len(counts) - 1


def _run(items: list[Draft | Piece], start: int, listed: bool) -> _Run:
    run = _Run(start, [], listed)
    while run.end < len(items):
        piece = items[run.end]
        if not isinstance(piece, Piece) or not separated(piece.text) or _listed(piece.text) != listed:
            break
        if not RULE.fullmatch(piece.text):
            parts = _split_cells(piece)
            if listed and max([len(part) for part in parts]) > _MAX_LIST_CELL:
                break
            run.counts.append(len(parts))
            run.gaps = run.gaps or not ("\t" in piece.text or "|" in piece.text)
            run.values += bool(row_of(parts[-1]).values) and not row_of(parts[-1]).label
        run.end += 1
    return run


def _aligned(items: list[Draft | Piece], start: int) -> Aligned | None:
    """A table by alignment alone, short cells and many values in at least three columns."""
    lines: list[Piece] = []
    for item in items[start : start + 60]:
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
    """The table of the lines that `delimited_end` has found; a rule ends the head."""
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
