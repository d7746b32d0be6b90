"""Rules, images and drawings of a page from its path and image objects."""

from __future__ import annotations

import ctypes
from typing import Any

from pypdfium2 import raw

from pipeline.caps import caps
from pipeline.readers.pdf.capi import INT, POINTER, Frame, handle_of, plain
from pipeline.readers.pdf.ink import PageInk, Rect

#: a path of more segments is a drawing (a map, a chart), no rule
MAX_SEGMENTS = 2_000
_THIN = 2.0  # points: what is not thicker is a rule
_FORMS = 40  # depth of forms within forms, beyond which PDFium reads none


def read_strokes(page: Any, frame: Frame, ink: PageInk) -> None:
    """Rules, images and drawings of the page."""
    count = raw.FPDFPage_CountObjects(page)
    get = plain("FPDFPage_GetObject", ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
    handle = handle_of(page)
    identity = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    most = caps().page_objects
    budget = [most]
    for index in range(min(count, most)):
        _read_object(get(handle, index), identity, frame, ink, budget, 0)
    ink.undrawn = max(0, count - most) or int(budget[0] < 0)
    for rects in (ink.across, ink.upright, ink.images, ink.drawings):
        rects[:] = [clipped for rect in rects if (clipped := _clipped(rect, ink))]


def _clipped(rect: Rect, ink: PageInk) -> Rect | None:
    """The part of a rectangle that lies on the page; broken files draw anywhere."""
    x0, x1 = max(rect.x0, 0.0), min(rect.x1, ink.width)
    top, bottom = max(rect.top, 0.0), min(rect.bottom, ink.height)
    return Rect(x0, top, x1, bottom) if x0 <= x1 and top <= bottom else None


def _read_object(
    item: int | None, outer: tuple[float, ...], frame: Frame, ink: PageInk, budget: list[int], depth: int
) -> None:
    if not item:
        return
    budget[0] -= 1
    if budget[0] < 0:
        return
    kind = plain("FPDFPageObj_GetType", INT, POINTER)(item)
    if kind == raw.FPDF_PAGEOBJ_PATH:
        _read_path(item, outer, frame, ink)
    elif kind == raw.FPDF_PAGEOBJ_IMAGE:
        ink.images.append(_bounds(item, outer, frame))
    elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _FORMS:
        inner = _product(_matrix_of(item), outer)
        pointer = ctypes.cast(item, raw.FPDF_PAGEOBJECT)
        for index in range(min(raw.FPDFFormObj_CountObjects(pointer), max(0, budget[0]) + 1)):
            _read_object(
                handle_of(raw.FPDFFormObj_GetObject(pointer, index)), inner, frame, ink, budget, depth + 1
            )


def _matrix_of(item: int) -> tuple[float, ...]:
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(ctypes.cast(item, raw.FPDF_PAGEOBJECT), matrix)
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _product(m: tuple[float, ...], n: tuple[float, ...]) -> tuple[float, ...]:
    """First m, then n."""
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def _bounds(item: int, outer: tuple[float, ...], frame: Frame) -> Rect:
    """The object's box on the displayed page."""
    v = (ctypes.c_float * 4)()
    where = [ctypes.addressof(v) + 4 * i for i in range(4)]
    plain("FPDFPageObj_GetBounds", INT, POINTER, *[ctypes.c_void_p] * 4)(item, *where)
    corners = [
        (x * outer[0] + y * outer[2] + outer[4], x * outer[1] + y * outer[3] + outer[5])
        for x in (v[0], v[2])
        for y in (v[1], v[3])
    ]
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
    rules = _sides(pointer, count, _product(_matrix_of(item), outer), frame)
    if rules is None:
        ink.drawings.append(box)
    elif stroke.value or count > 5:  # several thin rectangles may be filled as one path
        for rule in rules:
            _add_rule(rule, ink)


def _sides(pointer: Any, count: int, matrix: tuple[float, ...], frame: Frame) -> list[Rect] | None:
    """The straight sides of a path along the axes, None where it has a curve or a slanting side."""
    x, y = ctypes.c_float(), ctypes.c_float()
    start = here = (0.0, 0.0)
    rules: list[Rect] = []
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(pointer, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = (
            x.value * matrix[0] + y.value * matrix[2] + matrix[4],
            x.value * matrix[1] + y.value * matrix[3] + matrix[5],
        )
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = here = point
            continue
        if kind == raw.FPDF_SEGMENT_BEZIERTO:
            return None
        closing = ((point, start),) if raw.FPDFPathSegment_GetClose(segment) else ()
        for a, b in ((here, point), *closing):
            side = Rect(*frame.boxes(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])))
            if side.width > 1 and side.height > 1:
                return None
            rules.append(side)
        here = point
    return rules


def _add_rule(box: Rect, ink: PageInk) -> None:
    if box.width >= 8 and box.height <= _THIN + 0.5:
        ink.across.append(box)
    elif box.height >= 5 and box.width <= _THIN + 0.5:
        ink.upright.append(box)
