"""A scanned page made ready: set straight, and its rules found and taken out, over which OCR stumbles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pipeline.readers.pdf.ink import Rect

#: inches: the shortest dark run that is part of a rule, across and upright (letters are shorter), the
#: shortest rule, the thickest, and the gap over which a rule goes on
_RUN_ACROSS, _RUN_UPRIGHT, _LENGTH, _THICK, _GAP = 0.2, 0.3, 0.35, 0.035, 0.05
#: runs of a page beyond which it is a picture and no rules are sought; OCR reads all of it
_MOST_RUNS = 20_000

#: degrees, counter-clockwise, that a page may have lain askew
_TURNS = tuple(step / 5 for step in range(-12, 13))
_LEAST_TURN, _CLEARLY = 0.2, 1.05

Mask = NDArray[np.bool_]


@dataclass(slots=True)
class _Stroke:
    """Runs that lie on each other or end to end: their bounds and the number of their pixels."""

    row0: int
    row1: int
    start: int
    end: int
    pixels: int

    def takes(self, row: int, start: int, end: int, gap: int) -> bool:
        return row - self.row1 <= 2 and start <= self.end + gap and end >= self.start - gap

    def add(self, row: int, start: int, end: int) -> None:
        self.row1 = row
        self.start, self.end = min(self.start, start), max(self.end, end)
        self.pixels += end - start


def straightened(image: Image.Image) -> Image.Image:
    """A page turned by the small angle at which its lines stand out most from the gaps between them.

    W. Postl, Detection of linear oblique structures and skew scan in digitized documents, ICPR 1986.
    """
    small = image.convert("L").reduce(max(1, image.width // 620))
    grey = np.asarray(small)
    ink = Image.fromarray(((grey < _dark_below(grey)) * 255).astype(np.uint8))

    def contrast(degrees: float) -> float:
        sums = np.asarray(ink.rotate(degrees)).sum(axis=1, dtype=np.int64)
        return float((np.diff(sums).astype(np.float64) ** 2).sum())

    turn = max(_TURNS, key=contrast)
    if abs(turn) < _LEAST_TURN or contrast(turn) <= _CLEARLY * contrast(0.0):
        return image
    paper, bands = int(np.median(grey)), len(image.getbands())
    colour = (paper,) * bands if bands > 1 else paper
    return image.rotate(turn, resample=Image.Resampling.BICUBIC, fillcolor=colour)


def _dark_below(grey: NDArray[np.uint8]) -> float:
    """Halfway between ink and paper."""
    return float(np.median(grey) + np.percentile(grey, 1)) / 2


def take_rules(image: Image.Image, dpi: float) -> tuple[Image.Image, list[Rect], list[Rect]]:
    """A grey page without its rules, and the rules across and upright, in points from the top left."""
    grey = np.asarray(image.convert("L"))
    paper = int(np.median(grey))
    dark = grey < _dark_below(grey)
    across, rows, starts, ends = _strokes(dark, dpi, _RUN_ACROSS)
    upright, columns, tops, bottoms = _strokes(dark.T, dpi, _RUN_UPRIGHT)
    if not across and not upright:
        return image, [], []
    clean = grey.copy()
    for row, start, end in zip(rows, starts, ends, strict=True):
        clean[max(row - 1, 0) : row + 2, start:end] = paper
    for column, top, bottom in zip(columns, tops, bottoms, strict=True):
        clean[top:bottom, max(column - 1, 0) : column + 2] = paper
    scale = 72 / dpi
    return (
        Image.fromarray(clean),
        [Rect(s.start * scale, s.row0 * scale, s.end * scale, (s.row1 + 1) * scale) for s in across],
        [Rect(s.row0 * scale, s.start * scale, (s.row1 + 1) * scale, s.end * scale) for s in upright],
    )


def _strokes(dark: Mask, dpi: float, least: float) -> tuple[list[_Stroke], list[int], list[int], list[int]]:
    """The rules that run along the rows of a mask, and the runs (row, start, end) they are made of."""
    rows, starts, ends = _runs(dark, int(least * dpi))
    if len(rows) > _MOST_RUNS:
        return [], [], [], []
    gap = int(_GAP * dpi)
    strokes: list[_Stroke] = []
    owner: list[_Stroke] = []
    active: list[_Stroke] = []
    for row, start, end in zip(rows, starts, ends, strict=True):
        active = [stroke for stroke in active if row - stroke.row1 <= 2]
        stroke = next((one for one in active if one.takes(row, start, end, gap)), None)
        if stroke is None:
            stroke = _Stroke(row, row, start, end, 0)
            strokes.append(stroke)
            active.append(stroke)
        stroke.add(row, start, end)
        owner.append(stroke)
    thin = {
        id(s)
        for s in strokes
        if s.end - s.start >= _LENGTH * dpi and s.pixels <= _THICK * dpi * (s.end - s.start)
    }
    kept = [n for n, stroke in enumerate(owner) if id(stroke) in thin]
    return (
        [s for s in strokes if id(s) in thin],
        [rows[n] for n in kept],
        [starts[n] for n in kept],
        [ends[n] for n in kept],
    )


def _runs(dark: Mask, least: int) -> tuple[list[int], list[int], list[int]]:
    """Row, first and last-but-one column of each run of dark pixels at least so long."""
    edged = np.zeros((dark.shape[0], dark.shape[1] + 2), np.int8)
    edged[:, 1:-1] = dark
    steps = np.diff(edged, axis=1)
    rows, starts = np.nonzero(steps == 1)
    _, ends = np.nonzero(steps == -1)
    long = ends - starts >= least
    return rows[long].tolist(), starts[long].tolist(), ends[long].tolist()
