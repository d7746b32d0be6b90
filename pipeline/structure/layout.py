"""Drafts to the paper's one string, with the offsets of blocks, cells, pages and boxes."""

from __future__ import annotations

import re

from pipeline.paper import Block, BlockKind, Box, Cell, Table
from pipeline.structure.drafts import Draft, DraftCell, Piece
from pipeline.structure.hyphens import Joiner
from pipeline.structure.roles import role_of

_SPACES = re.compile(r"[ \t]{2,}|\t")


class Layout:
    """The growing text of a paper. `text` is whole after `finish`."""

    def __init__(self, joiner: Joiner) -> None:
        self.blocks: list[Block] = []
        self.tables: list[Table] = []
        self.page_starts: list[tuple[int, int]] = []
        self.boxes: list[Box] = []
        self._joiner = joiner
        self._parts: list[str] = []
        self._length = 0
        self._section, self._role = "", role_of("")

    def add(self, draft: Draft) -> None:
        """Write one draft as a block."""
        if draft.kind is BlockKind.TABLE:
            self._add_table(draft)
            return
        if self._length:
            self._put("\n\n")
        start = self._length
        self._put_pieces(draft.pieces)
        if self._length == start:
            return
        if draft.kind is BlockKind.HEADING:
            words = "".join(self._parts[-1:]).strip() if len(draft.pieces) == 1 else draft.text
            self._open(words.rstrip(" :."))
        elif draft.section is not None:
            self._open(draft.section)
        self.blocks.append(Block(draft.kind, start, self._length, self._section, draft.level, self._role))

    def finish(self) -> str:
        """The whole text."""
        self.boxes.sort(key=lambda b: (b.start, b.end))
        return "".join(self._parts)

    def _open(self, section: str) -> None:
        """A section begins."""
        if section != self._section:
            self._section, self._role = section, role_of(section)

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _put_pieces(self, pieces: list[Piece]) -> None:
        last = len(pieces) - 1
        for i, piece in enumerate(pieces):
            text = piece.text
            if not piece.boxes and ("  " in text or "\t" in text):
                text = _SPACES.sub(" ", text)
            glue = ""
            if i < last:
                text, glue = self._joiner.join(text, pieces[i + 1].text)
            if not piece.boxes:
                text = self._joiner.within(text)
            if piece.page is not None and (not self.page_starts or self.page_starts[-1][1] != piece.page):
                self.page_starts.append((self._length, piece.page))
            for box in piece.boxes:
                end = min(box.end, len(text))
                if end > box.start:
                    self.boxes.append(
                        Box(
                            self._length + box.start,
                            self._length + end,
                            box.page,
                            box.x0,
                            box.top,
                            box.x1,
                            box.bottom,
                        )
                    )
            self._put(text)
            if glue:
                self._put(glue)

    def _add_table(self, draft: Draft) -> None:
        if not draft.cells:
            return
        if self._length:
            self._put("\n\n")
        start = self._length
        cells: list[Cell] = []
        by_row: dict[int, list[DraftCell]] = {}
        for cell in draft.cells:
            by_row.setdefault(cell.row, []).append(cell)
        for number, row in enumerate(sorted(by_row)):
            if number:
                self._put("\n")
            column = 0
            for cell in sorted(by_row[row], key=lambda c: c.col):
                while column < cell.col:
                    self._put("\t")
                    column += 1
                before = self._length
                self._put_pieces(cell.pieces)
                cells.append(
                    Cell(cell.row, cell.col, before, self._length, cell.row_span, cell.col_span, cell.header)
                )
        if self._length == start:
            return
        self.blocks.append(Block(BlockKind.TABLE, start, self._length, self._section, role=self._role))
        self.tables.append(Table(start, self._length, tuple(cells), section=self._section))


def attach(blocks: list[Block], tables: list[Table], text: str) -> tuple[Table, ...]:
    """Tables with the captions beside them and the footnotes behind them."""
    position = {block.start: i for i, block in enumerate(blocks)}
    taken: set[int] = set()
    result: list[Table] = []
    for table in tables:
        i = position[table.start]
        notes: list[tuple[int, int]] = []
        caption: tuple[int, int] | None = None
        if i and i - 1 not in taken and _titles_table(blocks[i - 1], text):
            caption = (blocks[i - 1].start, blocks[i - 1].end)
            taken.add(i - 1)
        j = i + 1
        while j < len(blocks) and blocks[j].kind is BlockKind.FOOTNOTE:
            notes.append((blocks[j].start, blocks[j].end))
            j += 1
        if (
            caption is None
            and j < len(blocks)
            and _titles_table(blocks[j], text)
            and not (j + 1 < len(blocks) and blocks[j + 1].kind is BlockKind.TABLE)
        ):
            caption = (blocks[j].start, blocks[j].end)
            taken.add(j)
        result.append(Table(table.start, table.end, table.cells, caption, tuple(notes), table.section))
    return tuple(result)


def _titles_table(block: Block, text: str) -> bool:
    return block.kind is BlockKind.CAPTION and not text.startswith(
        ("Fig", "FIG", "Image", "Plate", "Photo"), block.start
    )
