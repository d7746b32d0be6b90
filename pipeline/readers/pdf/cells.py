"""A table's cells and rows while its grid is built."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.readers.pdf.ink import Word
from pipeline.readers.pdf.lines import TextLine

_BLANK = 0.25  # ems between words


@dataclass(slots=True)
class GridCell:
    """A cell while the grid is built."""

    row: int
    col: int
    row_span: int = 1
    col_span: int = 1
    header: bool = False
    lines: list[TextLine] = field(default_factory=list)
    page: int = 0

    @property
    def text(self) -> str:
        """The cell's words on one line."""
        return " ".join(line.text for line in self.lines)


@dataclass(slots=True)
class Piece:
    """Part of one printed row that lies in one cell."""

    words: list[Word]
    col: int
    span: int


@dataclass(slots=True)
class Row:
    """A printed row or, after merging, the printed rows that make one row of the table."""

    pieces: list[list[Piece]]  # a list for each printed row
    baseline: float
    last: float

    def columns(self) -> dict[int, str]:
        """First words of each filled column."""
        out: dict[int, str] = {}
        for printed in self.pieces:
            for piece in printed:
                out[piece.col] = (
                    out.get(piece.col, "") + " " + " ".join(w.text for w in piece.words)
                ).strip()
        return out


def had_room(line: Sequence[Word], following: Sequence[Word], end: float) -> bool:
    """Whether a line of a cell ends although the next line's first word would have had room before `end`.

    Such a line was ended on purpose: what follows is another row, or a line of its own.
    """
    first = following[0]
    return end - max(word.x1 for word in line) > first.x1 - first.x0 + _BLANK * first.size
