"""What the stages of structure hand on: pieces (lines with repaired characters) and drafts of blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.paper import BlockKind, Box, Line, Source, SourceBlock
from pipeline.structure.normalise import repair

#: points: type that differs by more is set for another kind of text
OTHER_TYPE = 0.6


@dataclass(slots=True, eq=False)
class Piece:
    """A line under way: stripped text, and whether a blank line or a block's edge stands before it.

    `glued` tells that it belongs to the same paragraph as the piece before it for sure;
    `indent` counts the blanks that stood before its first character, `tabs` the tabs before it and behind
    its last one: empty cells of a table.
    """

    text: str
    gap: bool = False
    glued: bool = False
    indent: int = 0
    page: int | None = None
    size: float | None = None
    bold: bool = False
    boxes: tuple[Box, ...] = ()
    tabs: tuple[int, int] = (0, 0)


@dataclass(slots=True, eq=False)
class DraftCell:
    """A cell of a table under way."""

    row: int
    col: int
    pieces: list[Piece]
    row_span: int = 1
    col_span: int = 1
    header: bool = False

    @property
    def text(self) -> str:
        """The cell's words."""
        return " ".join(p.text for p in self.pieces)


@dataclass(slots=True, eq=False)
class Draft:
    """A block under way. `role` is what a heading leads to (see headings.csv); `known` tells that the
    reader knew the kind from the paper's markup."""

    kind: BlockKind
    pieces: list[Piece] = field(default_factory=list)
    cells: list[DraftCell] = field(default_factory=list)
    level: int = 0
    role: str = ""
    section: str | None = None  # of a run-in heading
    known: bool = False
    gap: bool = True

    @property
    def text(self) -> str:
        """The words, lines joined by spaces (hyphens at line ends still there)."""
        return self.pieces[0].text if len(self.pieces) == 1 else " ".join([p.text for p in self.pieces])


def open_source(source: Source) -> list[Draft | Piece]:
    """The blocks whose kind is known as drafts, the lines of all others as pieces, in order."""
    items: list[Draft | Piece] = []
    for block in source.blocks:
        if block.cells:
            items.append(_table(block))
        elif block.kind is BlockKind.UNKNOWN or not block.joined:
            items.extend(_pieces(block.lines, block.joined))
        else:
            pieces = list(_pieces(block.lines, True))
            if pieces:
                items.append(Draft(block.kind, pieces, level=block.level, known=True))
    return items


def _pieces(lines: tuple[Line, ...], joined: bool) -> Iterator[Piece]:
    if any([line.boxes for line in lines]):
        first = True
        for line in lines:
            text, boxes = repair(line.text, line.boxes)
            stripped = text.strip()
            if not stripped:
                continue
            lead = len(text) - len(text.lstrip())
            if lead:
                boxes = tuple(
                    [
                        Box(max(0, b.start - lead), b.end - lead, b.page, b.x0, b.top, b.x1, b.bottom)
                        for b in boxes
                        if b.end > lead
                    ]
                )
            yield Piece(stripped, first, joined and not first, lead, line.page, line.size, line.bold, boxes)
            first = False
        return
    whole = "\n".join([line.text for line in lines])
    if whole.count("\n") >= len(lines) > 0:  # markup may hold line ends that mean nothing
        whole = "\n".join([" ".join(line.text.split()) for line in lines])
    texts = repair(whole)[0].split("\n") if lines else []
    gap, first = True, True
    for text, line in zip(texts, lines, strict=True):
        stripped = text.strip()
        if not stripped:
            gap = not joined or first
            continue
        indent = 1 if text[0] == " " else 0
        if indent:
            indent = len(text) - len(text.lstrip())
        edges = _edges(text) if "\t" in (text[0], text[-1]) else (0, 0)
        yield Piece(
            stripped, gap or text[0] == "\x0c", joined and not first, indent, line.page, line.size, line.bold,
            tabs=edges,
        )  # fmt: skip
        gap = first = False


def _edges(text: str) -> tuple[int, int]:
    """How many tabs stand before the first word of a line and behind its last."""
    before, behind = len(text) - len(text.lstrip()), len(text.rstrip())
    return text[:before].count("\t"), text[behind:].count("\t")


def _table(block: SourceBlock) -> Draft:
    cells = [
        DraftCell(c.row, c.col, list(_pieces(c.lines, True)), c.row_span, c.col_span, c.header)
        for c in sorted(block.cells, key=lambda c: (c.row, c.col))
    ]
    return Draft(BlockKind.TABLE, cells=cells, known=True)
