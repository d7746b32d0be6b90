"""What the two halves of the PDFium interface share: fast prototypes and the page's frame.

pypdfium2's own prototypes check argument types at every call, which doubles its price of about
1 µs, so plain integer prototypes are made once here.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from pipeline.readers.pdf.ink import Turn

INT, POINTER, DOUBLE = ctypes.c_int, ctypes.c_void_p, ctypes.c_double
_TURNS = tuple(Turn)


@cache
def plain(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    """A PDFium function that takes bare integers for pointers."""
    address = ctypes.cast(getattr(raw, name), ctypes.c_void_p).value
    return ctypes.CFUNCTYPE(result, *arguments)(address or 0)


def handle_of(pointer: Any) -> int:
    """The address in a pypdfium2 pointer."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


class Frame:
    """Maps user space of a page to the displayed page, origin top left."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self.left, self.low, self.right, self.high = page.get_bbox()
        self.rotation = page.get_rotation() // 90 % 4
        across, down = self.right - self.left, self.high - self.low
        self.width, self.height = (down, across) if self.rotation % 2 else (across, down)

    def boxes(self, x0: Any, y0: Any, x1: Any, y1: Any) -> tuple[Any, Any, Any, Any]:
        """Corners in user space (y0 low) -> (left, top, right, bottom); numbers or arrays."""
        if self.rotation == 0:
            return x0 - self.left, self.high - y1, x1 - self.left, self.high - y0
        if self.rotation == 1:
            return y0 - self.low, x0 - self.left, y1 - self.low, x1 - self.left
        if self.rotation == 2:
            return self.right - x1, y0 - self.low, self.right - x0, y1 - self.low
        return self.high - y1, self.right - x1, self.high - y0, self.right - x0

    def turn(self, a: float, b: float) -> Turn | None:
        """Where text whose matrix has the direction (a, b) runs to; None when slanted."""
        if abs(a) > 20 * abs(b):
            quarter = 0 if a > 0 else 2
        elif abs(b) > 20 * abs(a):
            quarter = 1 if b > 0 else 3
        else:
            return None
        return _TURNS[(quarter - self.rotation) % 4]


def turned_box(
    box: tuple[Any, Any, Any, Any], turn: Turn, width: float, height: float
) -> tuple[Any, Any, Any, Any]:
    """A box of the displayed page in the frame in which text of this turn runs to the right."""
    x0, top, x1, bottom = box
    if turn is Turn.UP:
        return height - bottom, x0, height - top, x1
    if turn is Turn.DOWN:
        return top, width - x1, bottom, width - x0
    if turn is Turn.LEFT:
        return width - x1, height - bottom, width - x0, height - top
    return box


def turn_back(
    box: tuple[float, float, float, float], turn: Turn, width: float, height: float
) -> tuple[float, float, float, float]:
    """The reverse of `turned_box`."""
    x0, top, x1, bottom = box
    if turn is Turn.UP:
        return top, height - x1, bottom, height - x0
    if turn is Turn.DOWN:
        return width - bottom, x0, width - top, x1
    if turn is Turn.LEFT:
        return width - x1, height - bottom, width - x0, height - top
    return box
