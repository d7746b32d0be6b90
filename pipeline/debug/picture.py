"""A page's picture by pdfplumber, with what was read drawn on it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from PIL import Image, ImageFont

from pipeline.debug import colours
from pipeline.debug.panel import panel
from pipeline.debug.sheet import Sheet, Value
from pipeline.readers.pdf.ink import Rect
from pipeline.readers.pdf.scan_rules import straightened

_DPI = 180
_MOST_DOTS = 4000  # of a picture's longer side
_TAG = 12  # dots: letters of the tags on the page
_DASH, _BLANK = 5.0, 3.0  # points
_AROUND = 1.5  # points between a value and its frame
#: pdfplumber's own settings for tables that are drawn with lines
LINES = {"vertical_strategy": "lines", "horizontal_strategy": "lines"}


def tables_by_lines(page: Any) -> list[Rect]:
    """The tables that pdfplumber finds by their ruling lines on one of its pages: a second opinion.

    Coordinates count from the corner of what is displayed, as casebook's own do.
    """
    left, top = _corner(page)
    found = (table.bbox for table in page.find_tables(LINES))
    return [Rect(x0 - left, y0 - top, x1 - left, y1 - top) for x0, y0, x1, y1 in found]


def _corner(page: Any) -> tuple[float, float]:
    """Where the displayed corner lies for pdfplumber, whose own crop box is not turned with the page."""
    x0, y0, x1, y1 = page.page_obj.mediabox
    left, low, right, high = page.page_obj.cropbox
    left, low, right, high = left - x0, low - y0, x1 - right, y1 - high
    return ((left, high), (low, left), (right, low), (high, right))[page.rotation // 90 % 4]


def plain_picture(page: Any, straight: bool = False) -> Any:
    """The PageImage of a pdfplumber page; `straight`: a scan, turned as it was before its words were read."""
    dots = min(_DPI, 72 * _MOST_DOTS / max(1.0, page.width, page.height))
    image = page.to_image(resolution=dots, antialias=True)
    if straight:
        image.original = straightened(image.original)
        image.reset()
    return image


def picture(image: Any, sheet: Sheet, title: str) -> bytes:
    """PNG of a PageImage with its sheet drawn on it, a legend and the rows' values beside it."""
    second = tables_by_lines(image.page)
    left, top = image.bbox[:2]
    canvas = _Canvas(image, left, top)
    for rect in sheet.words:
        canvas.frame(rect, colours.WORD, 90)
    for part in sheet.parts:
        canvas.fill(part.rect, colours.KINDS[part.kind], 34)
        canvas.frame(part.rect, colours.KINDS[part.kind], 255, 2)
    for rect in sheet.cells:
        canvas.frame(rect, colours.CELL, 255)
    for rect in second:
        canvas.dashed(rect, colours.SECOND)
    for rect in sheet.unread:
        canvas.dashed(rect, colours.UNREAD)
    for part in sheet.parts:
        canvas.number(part.rect, str(part.number), colours.KINDS[part.kind])
    canvas.values(sheet.values)
    return _beside(image.annotated, panel(sheet, bool(second), title, image.annotated.height))


def _beside(page: Image.Image, legend: Image.Image) -> bytes:
    whole = Image.new("RGB", (page.width + legend.width, max(page.height, legend.height)), colours.PAPER)
    whole.paste(page, (0, 0))
    whole.paste(legend, (page.width, 0))
    out = io.BytesIO()
    whole.quantize(256, method=Image.Quantize.FASTOCTREE).save(out, "PNG", optimize=True)
    return out.getvalue()


class _Canvas:
    """Draws on a pdfplumber page image, in points from the corner of what is displayed."""

    def __init__(self, image: Any, left: float, top: float) -> None:
        self._image, self._left, self._top = image, left, top
        self._font = ImageFont.load_default(_TAG)
        self._taken: list[tuple[float, float, float, float]] = []

    def fill(self, rect: Rect, colour: colours.Colour, share: int) -> None:
        self._image.draw_rect(self._placed(rect), fill=colours.faint(colour, share), stroke_width=0)

    def frame(self, rect: Rect, colour: colours.Colour, share: int, width: int = 1) -> None:
        clear, stroke = (0, 0, 0, 0), colours.faint(colour, share)
        self._image.draw_rect(self._placed(rect), fill=clear, stroke=stroke, stroke_width=width)

    def dashed(self, rect: Rect, colour: colours.Colour) -> None:
        x0, top, x1, bottom = self._placed(rect)
        lines = [*_dashes(x0, x1, top, bottom), *_dashes(top, bottom, x0, x1, turned=True)]
        self._image.draw_lines(lines, stroke=colours.faint(colour, 255), stroke_width=2)

    def number(self, rect: Rect, text: str, colour: colours.Colour) -> None:
        """A part's place in reading order, in the margin to its left."""
        x, y = self._dots(rect.x0, rect.top)
        self._tag(max(0.0, x - self._width(text) - 1), y, text, colour)

    def values(self, values: Sequence[Value]) -> None:
        """What became rows: framed, with the row's table and number where there is room for it."""
        for rect in dict.fromkeys(rect for value in values for rect in value.rects):
            around = Rect(rect.x0 - _AROUND, rect.top, rect.x1 + _AROUND, rect.bottom)
            self.fill(around, colours.VALUE, 45)
            self.frame(around, colours.VALUE, 255, 2)
        for value in values:
            text = f"{value.fact.table} {value.number}"
            self._tag(*self._free(value.rects[0], self._width(text)), text, colours.VALUE)

    def _free(self, rect: Rect, width: float) -> tuple[float, float]:
        """Where a tag beside a rectangle covers no other tag: above it, below it, to its right or left."""
        x0, top = self._dots(rect.x0, rect.top)
        x1, bottom = self._dots(rect.x1, rect.bottom)
        above, below = top - _TAG, bottom - 1
        places = [
            (x0, above),
            (x1 - width, above),
            (x0, below),
            (x1, above),
            (x1, below),
            (x0 - width, above),
        ]
        return next((place for place in places if self._is_free(*place, width)), places[0])

    def _is_free(self, x: float, y: float, width: float) -> bool:
        return not any(
            x < right and x + width > left and y < bottom and y + _TAG > top
            for left, top, right, bottom in self._taken
        )

    def _tag(self, x: float, y: float, text: str, colour: colours.Colour) -> None:
        box = (x, y, x + self._width(text), y + _TAG)
        self._taken.append(box)
        self._image.draw.rectangle(box, fill=colours.faint(colours.PAPER, 190))
        self._image.draw.text((x + 1, y - 1), text, fill=colour, font=self._font)

    def _width(self, text: str) -> float:
        return float(self._font.getlength(text)) + 2

    def _placed(self, rect: Rect) -> tuple[float, float, float, float]:
        x0, top = rect.x0 + self._left, rect.top + self._top
        return x0, top, max(x0, rect.x1 + self._left), max(top, rect.bottom + self._top)

    def _dots(self, x: float, y: float) -> tuple[float, float]:
        scale = self._image.scale
        return x * scale, y * scale


def _dashes(
    start: float, end: float, *levels: float, turned: bool = False
) -> Iterable[tuple[tuple[float, float], tuple[float, float]]]:
    """Pieces of lines from `start` to `end` at each level, across or (turned) upright."""
    count = int((end - start) / (_DASH + _BLANK)) + 1
    for level in levels:
        for i in range(count):
            a = start + i * (_DASH + _BLANK)
            b = min(a + _DASH, end)
            yield ((level, a), (level, b)) if turned else ((a, level), (b, level))
