"""PDFium through its C interface: characters and rules of a page in as few calls as possible.

One call a character (its loose box, about 1 µs) and one for the page's whole text; everything else
is asked once a run of characters or once a text object. pypdfium2's own prototypes check argument
types at every call, which doubles the price, so plain integer prototypes are made once here.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pipeline.readers.pdf.ink import PageInk, Rect, Turn, Word

#: Beyond this many objects a page is a drawing (a map, a chart); the rest is not looked at.
MAX_OBJECTS = 20_000
MAX_SEGMENTS = 2_000
#: Characters beyond this on one page are not read (a broken or hostile file).
MAX_CHARACTERS = 200_000

_BOLD_NAME = re.compile(r"bold|black|heavy|demi|medi(?:ital)?$|cmbx|[-.,]b$|[-.]bi$", re.IGNORECASE)
_FORCE_BOLD, _ITALIC = 1 << 18, 1 << 6
_THIN = 2.0  # points: what is not thicker is a rule


@cache
def _plain(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    """A PDFium function with bare integers for pointers."""
    address = ctypes.cast(getattr(raw, name), ctypes.c_void_p).value
    return ctypes.CFUNCTYPE(result, *arguments)(address or 0)


def _handle(pointer: Any) -> int:
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
        return Turn((quarter - self.rotation) % 4)


def turned_box(box: tuple[Any, Any, Any, Any], turn: Turn, width: float, height: float) -> tuple[Any, Any, Any, Any]:
    """A box of the displayed page in the frame in which text of this turn runs to the right."""
    x0, top, x1, bottom = box
    if turn is Turn.UP:
        return height - bottom, x0, height - top, x1
    if turn is Turn.DOWN:
        return top, width - x1, bottom, width - x0
    if turn is Turn.LEFT:
        return width - x1, height - bottom, width - x0, height - top
    return box


def turn_back(box: tuple[float, float, float, float], turn: Turn, width: float,
              height: float) -> tuple[float, float, float, float]:
    """The reverse of `turned_box`."""
    x0, top, x1, bottom = box
    if turn is Turn.UP:
        return top, height - x1, bottom, height - x0
    if turn is Turn.DOWN:
        return width - bottom, x0, width - top, x1
    if turn is Turn.LEFT:
        return width - x1, height - bottom, width - x0, height - top
    return box


@dataclass(frozen=True, slots=True)
class _Style:
    """How the characters of a text object are set. `turn` is None for slanted text."""

    turn: Turn | None
    size: float
    bold: bool
    italic: bool
    font: str


class _Fonts:
    """Style of text objects, asked once an object."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._fonts: dict[int, tuple[bool, bool, str]] = {}
        self._objects: dict[int, _Style] = {}
        self._matrix = raw.FS_MATRIX()
        self._matrix_at = ctypes.addressof(self._matrix)
        self._get_object = _plain("FPDFText_GetTextObject", ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
        self._get_font = _plain("FPDFTextObj_GetFont", ctypes.c_void_p, ctypes.c_void_p)
        self._get_matrix = _plain("FPDFText_GetMatrix", ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
        self._get_size = _plain("FPDFText_GetFontSize", ctypes.c_double, ctypes.c_void_p, ctypes.c_int)

    def look(self, text_page: int, index: int) -> _Style:
        """The style of the character."""
        item = self._get_object(text_page, index)
        known = self._objects.get(item) if item else None
        if known is None:
            matrix = self._matrix
            self._get_matrix(text_page, index, self._matrix_at)
            size = self._get_size(text_page, index) * max(abs(matrix.c), abs(matrix.d))
            known = _Style(self._frame.turn(matrix.a, matrix.b), round(size, 1),
                           *self._face(self._get_font(item) if item else 0))
            if item:
                self._objects[item] = known
        return known

    def _face(self, font: int | None) -> tuple[bool, bool, str]:
        if not font:
            return False, False, ""
        face = self._fonts.get(font)
        if face is None:
            pointer = ctypes.cast(font, raw.FPDF_FONT)
            buffer = ctypes.create_string_buffer(256)
            raw.FPDFFont_GetBaseFontName(pointer, buffer, 256)
            name = buffer.value.decode("latin-1")
            flags = raw.FPDFFont_GetFlags(pointer)
            bold = bool(_BOLD_NAME.search(name)) or (flags > 0 and bool(flags & _FORCE_BOLD)) \
                or raw.FPDFFont_GetWeight(pointer) >= 650
            italic = "ital" in name.lower() or "obliq" in name.lower() or (flags > 0 and bool(flags & _ITALIC))
            face = self._fonts[font] = (bold, italic, re.sub(r"^[A-Z]{6}\+", "", name))
        return face


def _codes(text_page: Any, count: int) -> np.ndarray:
    """The characters of a page as UTF-16 units, one a character index."""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(text_page, 0, count, buffer)
    if written == count + 1:
        return np.frombuffer(buffer, dtype=np.uint16)[:count].astype(np.uint32)
    # control characters are left out of the text: ask one by one
    get = _plain("FPDFText_GetUnicode", ctypes.c_uint, ctypes.c_void_p, ctypes.c_int)
    return np.fromiter(map(get, repeat(_handle(text_page)), range(count)), dtype=np.uint32, count=count)


def _is_space(codes: np.ndarray) -> np.ndarray:
    return ((codes <= 0x20) & (codes != 2)) | (codes == 0xA0) | ((codes >= 0x2000) & (codes <= 0x200B)) \
        | (codes == 0x202F) | (codes == 0x3000) | (codes == 0xFEFF)


def _unmapped(codes: np.ndarray) -> np.ndarray:
    """Characters that say nothing: control codes, private use, replacement, non-characters."""
    return ((codes < 0x20) & (codes != 2) & (codes != 9) & (codes != 10) & (codes != 13)) | ((codes >= 0xE000) & (codes <= 0xF8FF)) | (codes == 0xFFFD) | (codes == 0xFFFF)


def read_page(document: pdfium.PdfDocument, number: int) -> PageInk:
    """Everything on page `number` (1-based). The page is closed again before this returns.

    Raises:
        pypdfium2.PdfiumError: the page cannot be loaded.
    """
    page = document[number - 1]
    try:
        frame = Frame(page)
        ink = PageInk(number, frame.width, frame.height)
        text_page = page.get_textpage()
        try:
            _read_words(text_page.raw, frame, ink)
        finally:
            text_page.close()
        _read_objects(page.raw, frame, ink)
        return ink
    finally:
        page.close()


def _read_words(text_page: Any, frame: Frame, ink: PageInk) -> None:
    count = min(raw.FPDFText_CountChars(text_page), MAX_CHARACTERS)
    if count <= 0:
        return
    handle = _handle(text_page)
    codes = _codes(text_page, count)
    rects = (raw.FS_RECTF * count)()
    base = ctypes.addressof(rects)
    loose = _plain("FPDFText_GetLooseCharBox", ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
    for _ in map(loose, repeat(handle), range(count), range(base, base + 16 * count, 16)):
        pass
    corners = np.frombuffer(rects, dtype=np.float32).reshape(count, 4).astype(np.float64)
    x0, top, x1, bottom = frame.boxes(corners[:, 0], corners[:, 3], corners[:, 2], corners[:, 1])
    space = _is_space(codes)
    unmapped = _unmapped(codes)
    ink.characters = int(count - (space & ~unmapped).sum())
    ink.unmapped = int(unmapped.sum())
    fonts = _Fonts(frame)
    runs = _runs(x0, top, x1, bottom, space)
    text = "".join(map(chr, codes.tolist()))
    other: dict[Turn, list[int]] = {}
    get_origin = _plain("FPDFText_GetCharOrigin", ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p,
                        ctypes.c_void_p)
    place = (ctypes.c_double * 2)()
    place_x, place_y = ctypes.addressof(place), ctypes.addressof(place) + 8
    if not runs:
        return
    bounds = np.array([edge for start, end, _ in runs for edge in (start, end)], dtype=np.int64)
    firsts = bounds[::2]
    lefts, lows = x0[firsts].tolist(), bottom[firsts].tolist()
    sizes = np.round(bottom[firsts] - top[firsts], 2).tolist()
    # reduceat over start, end, start, end ...: every other result is a run's
    highs = np.minimum.reduceat(np.append(top, 1e9), bounds)[::2].tolist()
    rights = np.maximum.reduceat(np.append(x1, -1e9), bounds)[::2].tolist()
    upright = frame.rotation == 0
    for n, (start, end, glued) in enumerate(runs):
        style = fonts.look(handle, start)
        if style.turn is not Turn.RIGHT:
            if style.turn is not None:  # slanted text is a watermark
                other.setdefault(style.turn, []).extend(range(start, end))
            continue
        if end - start >= 12 and not text[start:end].strip("._-—–=*·"):
            ink.across.append(Rect(lefts[n], lows[n] - 1, rights[n], lows[n]))  # a rule made of dots
            continue
        get_origin(handle, start, place_x, place_y)
        baseline = frame.high - place[1] if upright else frame.boxes(place[0], place[1], place[0], place[1])[1]
        # fonts drawn as pictures (Type 3) may state any size: then the height of their box counts
        size = style.size if 0.5 * style.size < sizes[n] < 2.0 * style.size else sizes[n]
        ink.words.append(Word(_clean(text[start:end]), lefts[n], highs[n], rights[n], lows[n], baseline, size, n,
                              glued, style.bold, style.italic, style.font))
    for turn, indices in other.items():
        ink.turned[turn] = _turned_words(handle, frame, turn, indices, text, fonts)


def _runs(x0: np.ndarray, top: np.ndarray, x1: np.ndarray, bottom: np.ndarray,
          space: np.ndarray) -> list[tuple[int, int, bool]]:
    """Runs of characters (start, end, glued to the run before) of one size and baseline."""
    keep = np.flatnonzero(~space)
    if not len(keep):
        return []
    a, b = keep[:-1], keep[1:]
    height = np.maximum(bottom[a] - top[a], 0.1)
    gap = x0[b] - x1[a]
    adjacent = b - a == 1
    same_line = (np.abs(bottom[b] - bottom[a]) <= 0.1 * height) & (np.abs(bottom[b] - top[b] - height) <= 0.12 * height)
    forward = (x0[b] >= x0[a] - 0.1 * height) & (gap <= 0.25 * height)
    joined = adjacent & same_line & forward
    # a superscript right behind a word: another run, but no space between
    taller = np.maximum(height, bottom[b] - top[b])
    touches = adjacent & (np.abs((bottom[b] + top[b] - bottom[a] - top[a]) / 2) < 0.8 * taller) \
        & (gap <= 0.25 * taller) & (gap >= -0.5 * taller)
    starts = np.concatenate(([0], np.flatnonzero(~joined) + 1))
    ends = np.concatenate((starts[1:], [len(keep)])) - 1
    glued = np.concatenate(([False], touches[starts[1:] - 1]))
    return list(zip(keep[starts].tolist(), (keep[ends] + 1).tolist(), glued.tolist(), strict=True))


def _clean(text: str) -> str:
    """PDFium's mark for a hyphen at a line's end as a hyphen, surrogate pairs whole, nulls out."""
    if text.isascii() and "\x02" not in text and "\x00" not in text:
        return text
    text = text.replace("\x02", "-").replace("\ufffe", "-").replace("\x00", "")
    if any("\ud800" <= c <= "\udfff" for c in text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _turned_words(handle: int, frame: Frame, turn: Turn, indices: list[int], text: str, fonts: _Fonts) -> list[Word]:
    """Words of text that runs up, down or upside down, in their own frame.

    The loose box is of no use there, so the tight box, the origin and the font size are asked.
    """
    get_box = _plain("FPDFText_GetCharBox", ctypes.c_int, ctypes.c_void_p, ctypes.c_int, *[ctypes.c_void_p] * 4)
    get_origin = _plain("FPDFText_GetCharOrigin", ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p,
                        ctypes.c_void_p)
    numbers = (ctypes.c_double * 4)()
    where = [ctypes.addressof(numbers) + 8 * i for i in range(4)]
    words: list[Word] = []
    previous = -2
    for index in indices:
        get_box(handle, index, *where)
        left, right, low, high = numbers
        x0, top, x1, bottom = turned_box(frame.boxes(left, low, right, high), turn, frame.width, frame.height)
        get_origin(handle, index, where[0], where[1])
        baseline = turned_box(frame.boxes(numbers[0], numbers[1], numbers[0], numbers[1]), turn, frame.width,
                              frame.height)[1]
        style = fonts.look(handle, index)
        size = style.size or 1.0
        last = words[-1] if words else None
        near = last is not None and index == previous + 1 and -0.5 * size < x0 - last.x1 < 0.25 * size
        if near and last and abs(last.baseline - baseline) < 0.1 * size and abs(last.size - size) < 0.12 * size:
            last.text += _clean(text[index])
            last.x1, last.top, last.bottom = max(last.x1, x1), min(last.top, top), max(last.bottom, bottom)
        else:
            words.append(Word(_clean(text[index]), x0, baseline - 0.75 * size, x1, baseline + 0.25 * size, baseline,
                              size, len(words), near, style.bold, style.italic, style.font, turn))
        previous = index
    return words


def _read_objects(page: Any, frame: Frame, ink: PageInk) -> None:
    """Rules, images and drawings of the page."""
    count = raw.FPDFPage_CountObjects(page)
    get = _plain("FPDFPage_GetObject", ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
    handle = _handle(page)
    identity = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    budget = [MAX_OBJECTS]
    for index in range(min(count, MAX_OBJECTS)):
        _read_object(get(handle, index), identity, frame, ink, budget, 0)


def _read_object(item: int | None, outer: tuple[float, ...], frame: Frame, ink: PageInk, budget: list[int],
                 depth: int) -> None:
    if not item or budget[0] <= 0:
        return
    budget[0] -= 1
    kind = _plain("FPDFPageObj_GetType", ctypes.c_int, ctypes.c_void_p)(item)
    if kind == raw.FPDF_PAGEOBJ_PATH:
        _read_path(item, outer, frame, ink)
    elif kind == raw.FPDF_PAGEOBJ_IMAGE:
        ink.images.append(_bounds(item, outer, frame))
    elif kind == raw.FPDF_PAGEOBJ_FORM and depth < 4:
        inner = _product(_matrix_of(item), outer)
        pointer = ctypes.cast(item, raw.FPDF_PAGEOBJECT)
        for index in range(min(raw.FPDFFormObj_CountObjects(pointer), MAX_OBJECTS)):
            _read_object(_handle(raw.FPDFFormObj_GetObject(pointer, index)), inner, frame, ink, budget, depth + 1)


def _matrix_of(item: int) -> tuple[float, ...]:
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(ctypes.cast(item, raw.FPDF_PAGEOBJECT), matrix)
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _product(m: tuple[float, ...], n: tuple[float, ...]) -> tuple[float, ...]:
    """First m, then n."""
    return (m[0] * n[0] + m[1] * n[2], m[0] * n[1] + m[1] * n[3], m[2] * n[0] + m[3] * n[2],
            m[2] * n[1] + m[3] * n[3], m[4] * n[0] + m[5] * n[2] + n[4], m[4] * n[1] + m[5] * n[3] + n[5])


def _bounds(item: int, outer: tuple[float, ...], frame: Frame) -> Rect:
    """The object's box on the displayed page."""
    v = (ctypes.c_float * 4)()
    where = [ctypes.addressof(v) + 4 * i for i in range(4)]
    _plain("FPDFPageObj_GetBounds", ctypes.c_int, ctypes.c_void_p, *[ctypes.c_void_p] * 4)(item, *where)
    corners = [(x * outer[0] + y * outer[2] + outer[4], x * outer[1] + y * outer[3] + outer[5])
               for x in (v[0], v[2]) for y in (v[1], v[3])]
    xs, ys = [c[0] for c in corners], [c[1] for c in corners]
    return Rect(*frame.boxes(min(xs), min(ys), max(xs), max(ys)))


def _read_path(item: int, outer: tuple[float, ...], frame: Frame, ink: PageInk) -> None:
    box = _bounds(item, outer, frame)
    if box.height <= _THIN + 0.5 or box.width <= _THIN + 0.5:
        _add_rule(box, ink)
        return
    pointer = ctypes.cast(item, raw.FPDF_PAGEOBJECT)
    count = raw.FPDFPath_CountSegments(pointer)
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(pointer, fill, stroke)
    if count > MAX_SEGMENTS or (not fill.value and not stroke.value):
        if count > MAX_SEGMENTS:
            ink.drawings.append(box)
        return
    matrix = _product(_matrix_of(item), outer)
    x, y = ctypes.c_float(), ctypes.c_float()
    start = here = (0.0, 0.0)
    rules: list[Rect] = []
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(pointer, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = (x.value * matrix[0] + y.value * matrix[2] + matrix[4],
                 x.value * matrix[1] + y.value * matrix[3] + matrix[5])
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = here = point
            continue
        if kind == raw.FPDF_SEGMENT_BEZIERTO:
            ink.drawings.append(box)
            return
        for a, b in ((here, point), (point, start)) if raw.FPDFPathSegment_GetClose(segment) else ((here, point),):
            side = Rect(*frame.boxes(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])))
            if side.width > 1 and side.height > 1:
                ink.drawings.append(box)
                return
            rules.append(side)
        here = point
    if stroke.value:
        for rule in rules:
            _add_rule(rule, ink)
    elif fill.value and count > 5:  # several thin rectangles filled as one path
        for rule in rules:
            _add_rule(rule, ink)


def _add_rule(box: Rect, ink: PageInk) -> None:
    if box.width >= 8 and box.height <= _THIN + 0.5:
        ink.across.append(box)
    elif box.height >= 5 and box.width <= _THIN + 0.5:
        ink.upright.append(box)
