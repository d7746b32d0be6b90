"""What stands beside a page's picture: what its colours mean, and the rows that were found on it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby

from PIL import Image, ImageDraw, ImageFont

from pipeline.debug import colours
from pipeline.debug.sheet import Sheet
from pipeline.paper import BlockKind

_WIDTH, _MARGIN, _STEP = 860, 20, 24  # dots
_LETTERS, _CHARACTERS = 17, 96  # size in dots, characters on a line

#: a line beside the page: what is drawn before it (a colour, how), its words
_Line = tuple[colours.Colour | None, str, str]


def panel(sheet: Sheet, second: bool, title: str, height: int) -> Image.Image:
    """The legend of a page's picture and its list of rows, `height` dots high or more.

    `second`: whether tables are drawn as pdfplumber sees them.
    """
    lines = [*_headed(title), *_legend(sheet, second), *_rows(sheet)]
    image = Image.new("RGB", (_WIDTH, max(height, 2 * _MARGIN + _STEP * len(lines))), colours.PAPER)
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(_LETTERS)
    for number, (colour, how, words) in enumerate(lines):
        y = _MARGIN + number * _STEP
        if colour is not None:
            _sample(draw, y, colour, how)
        draw.text((_MARGIN + (34 if how else 0), y), words, fill=colours.INK, font=font)
    return image


def _sample(draw: ImageDraw.ImageDraw, y: int, colour: colours.Colour, how: str) -> None:
    box = (_MARGIN, y + 2, _MARGIN + 24, y + 15)
    if how == "dashed":
        for x in range(_MARGIN, _MARGIN + 24, 8):
            draw.line((x, y + 9, x + 4, y + 9), fill=colour, width=2)
    elif how == "filled":
        tint = tuple(255 - (255 - c) // 6 for c in colour)
        draw.rectangle(box, fill=(tint[0], tint[1], tint[2]), outline=colour, width=2)
    else:
        draw.rectangle(box, outline=colour)


def _headed(title: str) -> Iterator[_Line]:
    for line in textwrap.wrap(title, _CHARACTERS):
        yield None, "", line
    yield None, "", ""


def _legend(sheet: Sheet, second: bool) -> Iterator[_Line]:
    for kind in BlockKind:
        numbers = sorted({part.number for part in sheet.parts if part.kind is kind})
        if numbers:
            lines = textwrap.wrap(f"{kind.value} {_ranges(numbers)}", _CHARACTERS - 6)
            yield colours.KINDS[kind], "filled", lines[0]
            yield from ((None, "filled", more) for more in lines[1:])
    if sheet.words:
        yield colours.WORD, "framed", "word, or a run of letters"
    if sheet.cells:
        yield colours.CELL, "framed", "cell of a table"
    if second:
        yield colours.SECOND, "dashed", "table by its lines, as pdfplumber sees it"
    if sheet.values:
        yield colours.VALUE, "filled", "became a row: table, number in the list below"
    if sheet.unread:
        yield colours.UNREAD, "dashed", "number that no row accounts for"
    if not sheet.words:
        yield None, "", "No words were read on this page."
    yield None, "", ""


def _rows(sheet: Sheet) -> Iterator[_Line]:
    if not sheet.values:
        yield None, "", "No row was found on this page."
    for value in sheet.values:
        told = f"{value.number:>3}  {value.fact.table}: {value.fact.words}"
        yield None, "", textwrap.shorten(told, _CHARACTERS, placeholder=" ...")


def _ranges(numbers: Sequence[int]) -> str:
    """Numbers in order as short as can be: 3-7, 9."""
    out = []
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        found = [number for _, number in run]
        out.append(f"{found[0]}-{found[-1]}" if len(found) > 1 else str(found[0]))
    return ", ".join(out)
