"""A small typesetter for test papers: columns, justified lines, hyphens, drawn in any order.

The truth is known because the text is set here: `Sheet.reading` collects the words in the order
in which a person reads them, `Sheet.furniture` what is no part of the text.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import reportlab
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

UNICODE_FONT = "Vera"  # ships with reportlab; has ligatures and Greek letters
_VOWELS = "aeiouy"


def register_fonts() -> None:
    """Make the Unicode font known to reportlab (once)."""
    if UNICODE_FONT not in pdfmetrics.getRegisteredFontNames():
        folder = Path(reportlab.__file__).parent / "fonts"
        pdfmetrics.registerFont(TTFont(UNICODE_FONT, str(folder / "Vera.ttf")))


@dataclass(frozen=True)
class Column:
    """Where text flows: left, top, width, bottom; y from the top of the page."""

    x: float
    top: float
    width: float
    bottom: float


@dataclass
class Sheet:
    """A paper under construction."""

    order: str = "reading"  # reading | across | shuffled: in which order lines are drawn
    size: tuple[float, float] = A4
    font: str = "Times-Roman"
    bold: str = "Times-Bold"
    body: float = 10.0
    lead: float = 12.0
    buffer: io.BytesIO = field(default_factory=io.BytesIO)
    reading: list[str] = field(default_factory=list)
    furniture: list[str] = field(default_factory=list)
    tables: list[list[list[str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        register_fonts()
        self.canvas = Canvas(self.buffer, pagesize=self.size, invariant=1)
        self._pending: list[tuple[float, float, Callable[[], None]]] = []
        self.line_tops: list[tuple[float, float]] = []  # (x, y) of the body lines of this page

    # -- drawing
    def draw(self, x: float, y: float, action: Callable[[], None]) -> None:
        """Remember a drawing step; the page's end puts the steps in order."""
        self._pending.append((y, x, action))

    def put(
        self,
        x: float,
        y: float,
        text: str,
        font: str | None = None,
        size: float | None = None,
        spread: float = 0.0,
    ) -> None:
        """Text with its baseline `y` points below the page's top; `spread` is added to every space."""
        font, size = font or self.font, size or self.body
        height = self.size[1]

        def action() -> None:
            line = self.canvas.beginText(x, height - y)
            line.setFont(font, size)
            line.setWordSpace(spread)
            line.textOut(text)
            line.setWordSpace(0)
            self.canvas.drawText(line)

        self.draw(x, y, action)

    def rule(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.6) -> None:
        """A line."""

        def action() -> None:
            self.canvas.setLineWidth(width)
            self.canvas.line(x0, self.size[1] - y0, x1, self.size[1] - y1)

        self.draw(x0, y0, action)

    def next_page(self) -> None:
        """End the page."""
        steps = list(self._pending)
        if self.order == "across":
            steps.sort(key=lambda step: (round(step[0]), step[1]))
        elif self.order == "shuffled":
            random.Random(7).shuffle(steps)
        for _, _, action in steps:
            action()
        self._pending, self.line_tops = [], []
        self.canvas.showPage()

    def data(self) -> bytes:
        """The finished PDF."""
        if self._pending:
            self.next_page()
        self.canvas.save()
        return self.buffer.getvalue()

    def width(self, text: str, font: str | None = None, size: float | None = None) -> float:
        """Printed width in points."""
        return float(pdfmetrics.stringWidth(text, font or self.font, size or self.body))

    # -- text
    def title(self, text: str, x: float, y: float, width: float, size: float = 17.0) -> float:
        """A bold title over the given width; returns the y below it."""
        self.reading.append(text)
        for line in self._broken(text.split(), width, self.bold, size, 0.0, hyphens=False):
            y += size * 1.2
            self.put(x, y, line, self.bold, size)
        return y + 6

    def plain(
        self,
        text: str,
        x: float,
        y: float,
        font: str | None = None,
        size: float | None = None,
        reading: bool = True,
    ) -> float:
        """One line as it is; returns the y of its baseline."""
        if reading:
            self.reading.append(text)
        self.put(x, y, text, font, size)
        return y

    def head_and_foot(self, head: str, foot: str, number: int) -> None:
        """A running head with the page number, and a foot."""
        self.put(48, 34, f"{head}    {number}", size=8)
        self.put(self.size[0] / 2 - self.width(foot, size=8) / 2, self.size[1] - 30, foot, size=8)
        self.furniture += [head, foot]

    def flow(
        self,
        paragraphs: Sequence[str],
        columns: Sequence[Column],
        justify: bool = True,
        hyphens: bool = True,
        indent: float = 12.0,
        on_new: Callable[[Sheet], Sequence[Column]] | None = None,
    ) -> float:
        """Set paragraphs into columns; a text that begins with "# " is a heading. Returns the last y.

        When the columns are full, `on_new` is called after the page's end and gives the next ones.
        """
        queue = list(columns)
        column = queue.pop(0)
        y = column.top
        for paragraph in paragraphs:
            heading = paragraph.startswith("# ")
            text = paragraph.removeprefix("# ")
            self.reading.append(text)
            font = self.bold if heading else self.font
            lines = self._broken(
                text.split(),
                column.width,
                font,
                self.body,
                0.0 if heading else indent,
                hyphens and not heading,
            )
            y += self.lead * 0.6 if heading else 0.0
            for i, line in enumerate(lines):
                if y + self.lead > column.bottom:
                    if not queue:
                        assert on_new is not None, "the text does not fit"
                        self.next_page()
                        queue = list(on_new(self))
                    column = queue.pop(0)
                    y = column.top
                y += self.lead
                x = column.x + (indent if i == 0 and not heading else 0.0)
                room = column.width - (x - column.x)
                spaces = line.count(" ")
                loose = justify and not heading and i < len(lines) - 1 and spaces > 0
                spread = (room - self.width(line, font)) / spaces if loose else 0.0
                self.put(x, y, line, font, self.body, spread)
                self.line_tops.append((column.x, y))
        return y

    def _broken(
        self, words: Sequence[str], width: float, font: str, size: float, indent: float, hyphens: bool
    ) -> list[str]:
        """Lines of a paragraph."""
        lines: list[str] = []
        current, room = "", width - indent
        queue = list(words)
        while queue:
            word = queue.pop(0)
            longer = f"{current} {word}" if current else word
            if self.width(longer, font, size) <= room:
                current = longer
                continue
            head, tail = self._cut(word, current, room, font, size) if hyphens else ("", word)
            if head:
                current = f"{current} {head}" if current else head
            lines.append(current)
            current, room = "", width
            queue.insert(0, tail)
        return [*lines, current] if current else lines

    def _cut(self, word: str, before: str, room: float, font: str, size: float) -> tuple[str, str]:
        """The part of a word that still fits, with its hyphen, and the rest."""
        if not word.isalpha() or not word.islower() or len(word) < 8:
            return "", word
        for at in range(len(word) - 3, 2, -1):
            if (
                word[at - 1] in _VOWELS
                and word[at] not in _VOWELS
                and self.width(f"{before} {word[:at]}-", font, size) <= room
            ):
                return word[:at] + "-", word[at:]
        return "", word

    # -- tables
    def table(
        self,
        rows: Sequence[Sequence[str]],
        x: float,
        y: float,
        widths: Sequence[float],
        rules: str = "three",
        size: float | None = None,
        pitch: float | None = None,
        head: int = 1,
    ) -> float:
        """A table; `rules` is none, three, rows or grid. Cells may hold lines parted by a newline.

        Returns the y below it.
        """
        size = size or self.body - 1
        lead = size * 1.2
        pitch = pitch or 3.0
        self.tables.append([[" ".join(cell.split("\n")) for cell in row] for row in rows])
        total = sum(widths)
        top = y
        marks = [y]
        for row in rows:
            height = max(cell.count("\n") + 1 for cell in row) * lead + pitch
            left = x
            for cell, wide in zip(row, widths, strict=True):
                for i, line in enumerate(cell.split("\n")):
                    self.put(left + 3, y + lead * (i + 1) - 1, line, size=size)
                left += wide
            y += height
            marks.append(y)
        ruled = {"none": [], "three": [marks[0], marks[head], marks[-1]], "rows": marks, "grid": marks}[rules]
        for mark in ruled:
            self.rule(x, mark, x + total, mark)
        if rules == "grid":
            left = x
            for wide in [0.0, *widths]:
                left += wide
                self.rule(left, top, left, marks[-1])
        return y + 4
