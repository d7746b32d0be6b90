"""Characters of a page in bulk -> words with place, size and font.

One call a character (its loose box) and one for the page's whole text; everything else is asked
once a run of characters, a text object or a font.
"""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
from pypdfium2 import raw

from pipeline.caps import caps
from pipeline.readers.pdf.capi import DOUBLE, INT, POINTER, Frame, handle_of, plain, turned_box
from pipeline.readers.pdf.ink import PageInk, Rect, Turn, Word

_BOLD_NAME = re.compile(r"bold|black|heavy|demi|medi(?:ital)?$|cmbx|[-.,]b$|[-.]bi$", re.IGNORECASE)
_FORCE_BOLD, _ITALIC = 1 << 18, 1 << 6
_BOLD_WEIGHT = 650
_SAMPLE = 150  # characters a page that are asked whether their meaning is known
_DOTS = "._-—–=*·"


@dataclass(frozen=True, slots=True)
class _Style:
    """How characters are set. `turn` is None for slanted text; `drop` is the distance from the
    baseline to the bottom of their box."""

    turn: Turn | None
    size: float
    drop: float
    bold: bool
    italic: bool
    font: str


@dataclass(frozen=True, slots=True)
class _Boxes:
    """Loose boxes of all characters of the page, in one frame."""

    x0: np.ndarray
    top: np.ndarray
    x1: np.ndarray
    bottom: np.ndarray


class _Fonts:
    """Style of characters, asked once for each font, height and turn."""

    def __init__(self, text_page: int, frame: Frame) -> None:
        self._page, self._frame = text_page, frame
        self._faces: dict[int, tuple[bool, bool, str]] = {}
        self._fonts: dict[int, int] = {}  # of text objects
        self._styles: dict[tuple[int, float, Turn | None], _Style] = {}
        self._matrix, self._place = raw.FS_MATRIX(), (ctypes.c_double * 2)()
        self._get_object = plain("FPDFText_GetTextObject", POINTER, POINTER, INT)
        self._get_font = plain("FPDFTextObj_GetFont", POINTER, POINTER)

    def turn(self, index: int) -> Turn | None:
        """Where the text of a character runs to."""
        get = plain("FPDFText_GetMatrix", INT, POINTER, INT, POINTER)
        get(self._page, index, ctypes.addressof(self._matrix))
        return self._frame.turn(self._matrix.a, self._matrix.b)

    def style(self, index: int, height: float, bottom: float, turn: Turn) -> _Style:
        """The style of a character whose box has this height and bottom in the frame of its turn."""
        item = self._get_object(self._page, index)
        font = self._fonts.get(item)
        if font is None:
            font = self._fonts[item] = (self._get_font(item) if item else 0) or 0
        key = (font, round(height, 1), turn)
        style = self._styles.get(key)
        if style is None:
            style = self._styles[key] = self._ask(index, height, bottom, turn, font)
        return style

    def _ask(self, index: int, height: float, bottom: float, turn: Turn, font: int) -> _Style:
        place, matrix = self._place, self._matrix
        plain("FPDFText_GetMatrix", INT, POINTER, INT, POINTER)(self._page, index, ctypes.addressof(matrix))
        size = plain("FPDFText_GetFontSize", DOUBLE, POINTER, INT)(self._page, index)
        size *= max(abs(matrix.c), abs(matrix.d))
        # fonts drawn as pictures (Type 3) may state any size: then the height of their box counts
        size = size if 0.5 * size < height < 2.0 * size else height
        plain("FPDFText_GetCharOrigin", INT, POINTER, INT, POINTER, POINTER)(
            self._page, index, ctypes.addressof(place), ctypes.addressof(place) + 8
        )
        origin = self._frame.boxes(place[0], place[1], place[0], place[1])
        baseline = turned_box(origin, turn, self._frame.width, self._frame.height)[1]
        return _Style(turn, round(size, 1), bottom - baseline, *self._face(font))

    def _face(self, font: int) -> tuple[bool, bool, str]:
        """(bold, italic, name without subset prefix)."""
        if not font:
            return False, False, ""
        if font not in self._faces:
            pointer = ctypes.cast(font, raw.FPDF_FONT)
            buffer = ctypes.create_string_buffer(256)
            raw.FPDFFont_GetBaseFontName(pointer, buffer, 256)
            name = re.sub(r"^[A-Z]{6}\+", "", buffer.value.decode("latin-1"))
            flags = max(0, raw.FPDFFont_GetFlags(pointer))
            bold = bool(
                _BOLD_NAME.search(name)
                or flags & _FORCE_BOLD
                or raw.FPDFFont_GetWeight(pointer) >= _BOLD_WEIGHT
            )
            italic = "ital" in name.lower() or "obliq" in name.lower() or bool(flags & _ITALIC)
            self._faces[font] = (bold, italic, name)
        return self._faces[font]


def read_words(text_page: Any, frame: Frame, ink: PageInk) -> None:
    """Fill `words`, `turned`, `characters`, `unmapped` and `beyond` of a page."""
    total = raw.FPDFText_CountChars(text_page)
    count = min(total, caps().page_characters)
    if count <= 0:
        return
    ink.beyond = total - count
    handle = handle_of(text_page)
    codes = _codes(text_page, handle, count)
    unmapped, space = _unmapped(codes), _is_space(codes)
    ink.characters = int(count - (space & ~unmapped).sum())
    ink.unmapped = max(int(unmapped.sum()), _guessed(handle, count))
    text = "".join(map(chr, codes.tolist()))
    boxes = _loose_boxes(handle, frame, count)
    fonts = _Fonts(handle, frame)
    turned = _make_words(
        np.flatnonzero(~space & _inside(boxes, ink)), boxes, text, fonts, Turn.RIGHT, ink.words, ink
    )
    for turn, indices in turned.items():
        around = _Boxes(
            *turned_box((boxes.x0, boxes.top, boxes.x1, boxes.bottom), turn, ink.width, ink.height)
        )
        words: list[Word] = []
        _make_words(np.array(indices, dtype=np.int64), around, text, fonts, turn, words, ink)
        ink.turned[turn] = words


def _loose_boxes(handle: int, frame: Frame, count: int) -> _Boxes:
    rects = (raw.FS_RECTF * count)()
    base = ctypes.addressof(rects)
    get = plain("FPDFText_GetLooseCharBox", INT, POINTER, INT, POINTER)
    for _ in map(get, repeat(handle), range(count), range(base, base + 16 * count, 16)):
        pass
    corners = np.frombuffer(rects, dtype=np.float32).reshape(count, 4).astype(np.float64).round(2)
    return _Boxes(*frame.boxes(corners[:, 0], corners[:, 3], corners[:, 2], corners[:, 1]))


def _inside(boxes: _Boxes, ink: PageInk) -> np.ndarray:
    """Which characters lie on the page: broken files put them anywhere, print marks lie beside it."""
    x, y = (boxes.x0 + boxes.x1) / 2, (boxes.top + boxes.bottom) / 2
    small = (boxes.x1 - boxes.x0 < ink.width) & (boxes.bottom - boxes.top < 0.5 * ink.height)
    return small & (x >= 0) & (x <= ink.width) & (y >= 0) & (y <= ink.height)


def _codes(text_page: Any, handle: int, count: int) -> np.ndarray:
    """The characters of a page as UTF-16 units, one a character index."""
    buffer = (ctypes.c_ushort * (count + 1))()
    if raw.FPDFText_GetText(text_page, 0, count, buffer) == count + 1:
        return np.frombuffer(bytes(buffer), dtype=np.uint16)[:count].astype(np.uint32)
    # control characters are left out of the text: ask one by one
    get = plain("FPDFText_GetUnicode", ctypes.c_uint, POINTER, INT)
    return np.fromiter(map(get, repeat(handle), range(count)), dtype=np.uint32, count=count)


def _is_space(codes: np.ndarray) -> np.ndarray:
    return (
        ((codes <= 0x20) & (codes != 2))
        | (codes == 0xA0)
        | ((codes >= 0x2000) & (codes <= 0x200B))
        | (codes == 0x202F)
        | (codes == 0x3000)
        | (codes == 0xFEFF)
    )


def _unmapped(codes: np.ndarray) -> np.ndarray:
    """Characters that say nothing: control codes, private use, replacement, non-characters."""
    control = (codes < 0x20) & ~np.isin(codes, (2, 9, 10, 13))
    private = (codes >= 0xE000) & (codes <= 0xF8FF)
    return control | private | (codes == 0xFFFD) | (codes == 0xFFFF)


def _guessed(handle: int, count: int) -> int:
    """About how many characters PDFium could only guess, for want of a character map (a sample)."""
    step = max(1, count // _SAMPLE)
    get = plain("FPDFText_HasUnicodeMapError", INT, POINTER, INT)
    return step * sum(get(handle, index) == 1 for index in range(0, count, step))


def _make_words(
    keep: np.ndarray, boxes: _Boxes, text: str, fonts: _Fonts, turn: Turn, words: list[Word], ink: PageInk
) -> dict[Turn, list[int]]:
    """Append the words of the characters `keep`, which run to the right in the frame of `boxes`.

    Returns the characters that turned out to run elsewhere. Only characters that stand alone need
    to be asked: two on one baseline, one behind the other, do run to the right.
    """
    if not len(keep):
        return {}
    starts, ends, glued = _runs(keep, boxes)
    edges = np.stack((starts, ends), axis=1).ravel()
    # reduceat over start, end, start, end ...: every other result is a run's
    highs = np.minimum.reduceat(np.append(boxes.top, 1e9), edges)[::2].tolist()
    rights = np.maximum.reduceat(np.append(boxes.x1, -1e9), edges)[::2].tolist()
    lefts, lows = boxes.x0[starts].tolist(), boxes.bottom[starts].tolist()
    heights = (boxes.bottom[starts] - boxes.top[starts]).tolist()
    elsewhere: dict[Turn, list[int]] = {}
    runs = zip(starts.tolist(), ends.tolist(), glued.tolist(), strict=True)
    for n, (start, end, touches) in enumerate(runs):
        if end - start == 1:
            own = fonts.turn(start)
            if own is not turn:
                if own is not None and turn is Turn.RIGHT:  # slanted text is a watermark
                    elsewhere.setdefault(own, []).append(start)
                continue
        string = text[start:end]
        if end - start >= 12 and not string.strip(_DOTS):
            ink.across.append(Rect(lefts[n], lows[n] - 1, rights[n], lows[n]))  # a rule made of dots
            continue
        style = fonts.style(start, heights[n], lows[n], turn)
        words.append(
            Word(
                _clean(string),
                lefts[n],
                highs[n],
                rights[n],
                lows[n],
                lows[n] - style.drop,
                style.size,
                n,
                touches,
                style.bold,
                style.italic,
                style.font,
                turn,
            )
        )
    return elsewhere


def _runs(keep: np.ndarray, boxes: _Boxes) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Runs of characters of one size on one baseline: first, behind the last, glued to the run before."""
    top, bottom = boxes.top[keep], boxes.bottom[keep]
    height = np.maximum((bottom - top)[:-1], 0.1)
    gap = boxes.x0[keep][1:] - boxes.x1[keep][:-1]
    adjacent = np.diff(keep) == 1
    level = np.abs(np.diff(bottom)) <= 0.1 * height
    alike = np.abs(np.diff(bottom - top)) <= 0.12 * height
    forward = (np.diff(boxes.x0[keep]) >= -0.1 * height) & (gap <= 0.25 * height)
    joined = adjacent & level & alike & forward
    # a superscript right behind a word: another run, but no space between
    taller = np.maximum(height, (bottom - top)[1:])
    touches = (
        adjacent
        & (np.abs(np.diff(bottom + top)) / 2 < 0.8 * taller)
        & (gap <= 0.25 * taller)
        & (gap >= -0.5 * taller)
    )
    first = np.concatenate(([0], np.flatnonzero(~joined) + 1))
    last = np.concatenate((first[1:], [len(keep)])) - 1
    return keep[first], keep[last] + 1, np.concatenate(([False], touches[first[1:] - 1]))


def _clean(text: str) -> str:
    """PDFium's mark for a hyphen at a line's end as a hyphen, surrogate pairs whole, nulls out."""
    if text.isascii() and "\x02" not in text and "\x00" not in text:
        return text
    text = text.replace("\x02", "-").replace("\ufffe", "-").replace("\x00", "")
    if any("\ud800" <= c <= "\udfff" for c in text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text
