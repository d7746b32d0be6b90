"""The colours of `casebook debug`: one for each kind of block, strong ones for what became rows."""

from __future__ import annotations

from pipeline.paper import BlockKind

Colour = tuple[int, int, int]

KINDS: dict[BlockKind, Colour] = {
    BlockKind.TITLE: (0, 70, 170),
    BlockKind.AUTHORS: (90, 160, 230),
    BlockKind.ABSTRACT: (0, 140, 140),
    BlockKind.HEADING: (120, 40, 170),
    BlockKind.PARAGRAPH: (40, 150, 60),
    BlockKind.TABLE: (240, 140, 0),
    BlockKind.CAPTION: (140, 80, 20),
    BlockKind.FOOTNOTE: (170, 160, 0),
    BlockKind.REFERENCE: (70, 90, 120),
    BlockKind.BOILERPLATE: (130, 130, 130),
    BlockKind.FOREIGN: (230, 110, 180),
    BlockKind.UNKNOWN: (0, 0, 0),
}
WORD: Colour = (150, 150, 150)
CELL: Colour = (200, 100, 0)
VALUE: Colour = (210, 0, 0)
UNREAD: Colour = (0, 0, 0)
SECOND: Colour = (0, 0, 230)  # a table as pdfplumber sees it
INK: Colour = (20, 20, 20)
PAPER: Colour = (255, 255, 255)


def faint(colour: Colour, share: int) -> tuple[int, int, int, int]:
    """A colour that lets what lies below it through: `share` of 255 covers."""
    return (*colour, share)
