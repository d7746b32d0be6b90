"""What lies on a page: words with their place and type size, rules, images.

Coordinates are points from the top left corner of the page as it is displayed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum


class Turn(IntEnum):
    """Where a line of text runs to on the displayed page."""

    RIGHT = 0
    UP = 1
    LEFT = 2
    DOWN = 3


class Word:
    """A run of characters of one size on one baseline.

    A printed word may be several of these (a superscript, small capitals): `glued` tells that no
    space stands between this run and the one before it in the file (`number` counts runs).
    `raised` is set by the line builder: 1 above the baseline, -1 below it.
    """

    __slots__ = (
        "baseline",
        "bold",
        "bottom",
        "font",
        "glued",
        "italic",
        "number",
        "raised",
        "size",
        "text",
        "top",
        "turn",
        "x0",
        "x1",
    )

    def __init__(
        self,
        text: str,
        x0: float,
        top: float,
        x1: float,
        bottom: float,
        baseline: float,
        size: float,
        number: int = 0,
        glued: bool = False,
        bold: bool = False,
        italic: bool = False,
        font: str = "",
        turn: Turn = Turn.RIGHT,
    ) -> None:
        self.text = text
        self.x0, self.top, self.x1, self.bottom = x0, top, x1, bottom
        self.baseline, self.size = baseline, size
        self.number, self.glued = number, glued
        self.bold, self.italic, self.font = bold, italic, font
        self.raised = 0
        self.turn = turn

    def __repr__(self) -> str:
        return f"Word({self.text!r}, {self.x0:.0f}-{self.x1:.0f} @ {self.baseline:.0f}, {self.size:.1f})"


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle: a rule (one side thin), an image, a figure, a region."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        """Horizontal extent in points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Vertical extent in points."""
        return self.bottom - self.top

    def holds(self, word: Word, slack: float = 1.0) -> bool:
        """Whether a word's middle lies inside."""
        return (
            self.x0 - slack <= (word.x0 + word.x1) / 2 <= self.x1 + slack
            and self.top - slack <= (word.top + word.bottom) / 2 <= self.bottom + slack
        )


@dataclass(slots=True)
class PageInk:
    """All that was found on one page. `turned` holds words that do not run to the right, in a
    frame of their own in which they do (see `pdfium.turn_back`)."""

    number: int  # 1-based
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    turned: dict[Turn, list[Word]] = field(default_factory=dict)
    across: list[Rect] = field(default_factory=list)  # horizontal rules
    upright: list[Rect] = field(default_factory=list)  # vertical rules
    images: list[Rect] = field(default_factory=list)
    drawings: list[Rect] = field(default_factory=list)  # curves and slanted lines: figures
    characters: int = 0
    unmapped: int = 0  # characters whose font does not say what they are
    beyond: int = 0  # characters beyond the cap
    undrawn: int = 0  # rules and pictures beyond the cap
