"""What was read from one page of a PDF, by place: words, parts in reading order, tables, rows' values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.debug.cells import cell_rects
from pipeline.paper import BlockKind, Box, Paper
from pipeline.readers.pdf.ink import Rect

_BACK = 2.5  # heights: a word that far above the one before it stands in the next column
_DOWN = 3.0  # heights: one that far below it stands apart, as a running foot from the head


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of a table of facts, or a number that no row accounts for: characters [start, end)."""

    table: str
    words: str  # the row's values, for the list beside the page
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Part:
    """A block, or the piece of one in one column: `number` is its place in reading order, from 1."""

    number: int
    kind: BlockKind
    rect: Rect


@dataclass(frozen=True, slots=True)
class Value:
    """The words that a fact quotes, line by line; `number` counts a page's facts from 1."""

    number: int
    fact: Fact
    rects: tuple[Rect, ...]


@dataclass(slots=True)
class Sheet:
    """All that is drawn on one page (1-based), in points from its top left corner."""

    page: int
    words: list[Rect] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    cells: list[Rect] = field(default_factory=list)
    values: list[Value] = field(default_factory=list)
    unread: list[Rect] = field(default_factory=list)


def sheet_of(paper: Paper, page: int, facts: Iterable[Fact], unread: Iterable[Fact] = ()) -> Sheet:
    """What was read from a page (1-based): `facts` are the rows found, `unread` the numbers in no row."""
    here = Sheet(page, [rect_of(box) for box in paper.boxes if box.page == page])
    number = 0
    for block in paper.blocks:
        boxes = _on(paper, block.start, block.end, page)
        if boxes:
            number += 1
            pieces = [boxes] if block.kind is BlockKind.TABLE or _is_turned(boxes) else _columns(boxes)
            here.parts += [Part(number, block.kind, around(piece)) for piece in pieces]
    for table in paper.tables:
        places = [(cell, _on(paper, cell.start, cell.end, page)) for cell in table.cells]
        here.cells += cell_rects([(cell, around(boxes)) for cell, boxes in places if boxes])
    for fact in sorted(facts, key=lambda f: (f.start, f.end)):
        boxes = _on(paper, fact.start, fact.end, page)
        if boxes:
            lines = tuple(around(line) for line in _lines(boxes))
            here.values.append(Value(len(here.values) + 1, fact, lines))
    for fact in unread:
        boxes = _on(paper, fact.start, fact.end, page)
        here.unread += [around(line) for line in _lines(boxes)] if boxes else []
    return here


def rect_of(box: Box) -> Rect:
    """A box without the characters that it shows."""
    return Rect(box.x0, box.top, box.x1, box.bottom)


def around(boxes: Sequence[Box]) -> Rect:
    """The rectangle around some boxes, at least one."""
    return Rect(
        min(b.x0 for b in boxes),
        min(b.top for b in boxes),
        max(b.x1 for b in boxes),
        max(b.bottom for b in boxes),
    )


def _on(paper: Paper, start: int, end: int, page: int) -> list[Box]:
    return [box for box in paper.boxes_of(start, end) if box.page == page]


def _is_turned(boxes: Sequence[Box]) -> bool:
    """Whether most words run up or down the page."""
    long = [box for box in boxes if box.end - box.start > 3]
    return sum(box.bottom - box.top > box.x1 - box.x0 for box in long) > 0.5 * max(1, len(long))


def _columns(boxes: Sequence[Box]) -> list[list[Box]]:
    """The boxes of running text, parted where it goes on at the top of the next column or far below."""
    out = [[boxes[0]]]
    for box in boxes[1:]:
        last = out[-1][-1]
        height = max(box.bottom - box.top, last.bottom - last.top)
        if box.top < last.top - _BACK * height or box.top > last.bottom + _DOWN * height:
            out.append([])
        out[-1].append(box)
    return out


def _lines(boxes: Sequence[Box]) -> list[list[Box]]:
    """The boxes of a quote, line by line."""
    out = [[boxes[0]]]
    for box in boxes[1:]:
        last = out[-1][-1]
        if min(box.bottom, last.bottom) <= max(box.top, last.top) or box.x0 < last.x0:
            out.append([])
        out[-1].append(box)
    return out
