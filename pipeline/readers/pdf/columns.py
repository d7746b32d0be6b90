"""Reading order: the gutters between columns are found, each as high as it is really free.

A gutter is a strip of white that runs down between text on both sides. What crosses it (a title, a
wide table, a rule) ends it, so one page may hold bands of one, two and three columns. The tallest
gutter splits its region into what stands above, left, right and below; each part is split again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from pipeline.readers.pdf.ink import Word

_ROW = 2  # points a grid row
_COL = 1.5  # points a grid column
_HALF = 2  # a gutter is at least 2 * _HALF + 1 grid columns wide
_SURE = 60.0  # points of height with text on both sides: a gutter without further evidence
_WIDE, _SURE_WIDE = 12.0, 30.0  # a gutter this wide needs less
_KNOWN = 14.0  # the same where there is a gutter at this place elsewhere
_MIN_SIDE = 42.0  # points: a narrower side is a list's numbers, not a column
_FILL = 0.52  # share of a column's width that prose inks; table columns ink less
_FULL = 0.74  # ... in its fuller lines
_WORDS_A_ROW = 2.4  # prose has more, even in a narrow column
_WORDS_OF_PROSE = 6.0
_DEPTH = 12


class Item(Protocol):
    """What takes space on a page: a word, or a region that holds a table or a picture."""

    x0: float
    x1: float
    top: float
    bottom: float


@dataclass(slots=True)
class Block:
    """Something that is laid out as a whole (a table, a picture, a rule); `payload` is handed through."""

    x0: float
    top: float
    x1: float
    bottom: float
    payload: object = None


@dataclass(frozen=True, slots=True)
class Gutter:
    """A white strip between columns."""

    x0: float
    x1: float
    top: float
    bottom: float
    score: float  # points of height with text on both sides


def split(
    items: Sequence[Item], known: Sequence[float] = (), depth: int = 0, found: list[Gutter] | None = None
) -> list[list[Item]]:
    """Regions of a page in reading order, each one column wide.

    Args:
        items: words and blocks in any order.
        known: middles of gutters seen on other pages (points); they need less evidence.
        found: collects the gutters used, when given.
    """
    if len(items) < 4 or depth > _DEPTH:
        return [list(items)] if items else []
    gutter = find_gutter(items, known)
    if gutter is None:
        return [list(items)]
    if found is not None:
        found.append(gutter)
    above: list[Item] = []
    left: list[Item] = []
    right: list[Item] = []
    below: list[Item] = []
    middle_x = (gutter.x0 + gutter.x1) / 2
    for item in items:
        middle = (item.top + item.bottom) / 2
        if middle < gutter.top:
            above.append(item)
        elif middle > gutter.bottom:
            below.append(item)
        elif (item.x0 + item.x1) / 2 < middle_x:
            left.append(item)
        else:
            right.append(item)
    if not left or not right:
        return [list(items)]
    regions = []
    known = [*known, middle_x]
    for part in (above, left, right, below):
        regions += split(part, known, depth + 1, found)
    return regions


def find_gutter(items: Sequence[Item], known: Sequence[float] = ()) -> Gutter | None:
    """The gutter with most text beside it, or None where the region is one column."""
    x_min = min(item.x0 for item in items)
    y_min = min(item.top for item in items)
    width = int((max(item.x1 for item in items) - x_min) / _COL) + 2
    height = int((max(item.bottom for item in items) - y_min) / _ROW) + 2
    if width * _COL < 2 * _MIN_SIDE or width * height > 4_000_000:
        return None
    ink = np.zeros((height, width), dtype=bool)
    for item in items:
        rows = slice(int((item.top - y_min) / _ROW), int((item.bottom - y_min) / _ROW) + 1)
        ink[rows, int((item.x0 - x_min) / _COL) : int((item.x1 - x_min) / _COL) + 1] = True
    total = np.cumsum(ink, axis=1, dtype=np.int16)
    padded = np.pad(total, ((0, 0), (_HALF + 1, _HALF)), mode="edge")
    padded[:, : _HALF + 1] = 0
    blocked = (padded[:, 2 * _HALF + 1 :] - padded[:, : -2 * _HALF - 1]) > 0
    both = (total > 0) & (total < total[:, -1:]) & ~blocked
    # number the free runs of every x, and count in each the rows with text on both sides
    label = np.cumsum(blocked, axis=0, dtype=np.int32) + np.arange(width, dtype=np.int32) * (height + 1)
    score = np.bincount(label[~blocked], weights=both[~blocked], minlength=width * (height + 1))
    for candidate in _candidates(score.reshape(width, height + 1), known, x_min):
        gutter = _checked(candidate, ink, blocked, both, known, x_min, y_min)
        if gutter is not None and not _parts_cells(gutter, items):
            return gutter
    return None


def _candidates(score: np.ndarray, known: Sequence[float], x_min: float) -> list[tuple[int, int, int, float]]:
    """(first x, last x, label within the x, score), best first."""
    best = score.max(axis=1) * _ROW
    which = score.argmax(axis=1)
    out = []
    left = best.copy()
    for _ in range(6):
        peak = float(left.max())
        if peak < _KNOWN:
            break
        near = np.flatnonzero(left >= 0.97 * peak)
        groups = np.split(near, np.flatnonzero(np.diff(near) > 1) + 1)
        group = max(groups, key=len)
        middle = (int(group[0]) + int(group[-1])) // 2
        out.append((int(group[0]), int(group[-1]), int(which[middle]), float(best[middle])))
        left[max(0, group[0] - 4) : group[-1] + 5] = 0
    return out


def _checked(
    candidate: tuple[int, int, int, float],
    ink: np.ndarray,
    blocked: np.ndarray,
    both: np.ndarray,
    known: Sequence[float],
    x_min: float,
    y_min: float,
) -> Gutter | None:
    first, last, label, score = candidate
    x = (first + last) // 2
    column = np.cumsum(blocked[:, x]) == label
    rows = np.flatnonzero(column & ~blocked[:, x])
    if not len(rows):
        return None
    top, bottom = int(rows[0]), int(rows[-1])
    inside = both[top : bottom + 1, x]
    place = x_min + x * _COL
    is_known = any(abs(place - k) < 8 for k in known)
    is_wide = (last - first + 1 + 2 * _HALF) * _COL >= _WIDE
    if score < (_KNOWN if is_known else _SURE_WIDE if is_wide else _SURE):
        return None
    band = ink[top : bottom + 1]
    prose = [_is_prose(side[inside], score) for side in (band[:, :x], band[:, x + 1 :])]
    if None in prose or not any(prose) or (not all(prose) and not is_wide):
        return None
    return Gutter(
        x_min + (first - _HALF) * _COL,
        x_min + (last + _HALF + 1) * _COL,
        y_min + top * _ROW - 0.5,
        y_min + (bottom + 1) * _ROW + 0.5,
        score,
    )


def _is_prose(rows: np.ndarray, score: float) -> bool | None:
    """Whether the rows beside a gutter are filled like running text and not like a table's column.

    None where they are too narrow for a column of any kind.
    """
    inked = rows.any(axis=1)
    if not inked.any():
        return None
    rows = rows[inked]
    columns = np.flatnonzero(rows.any(axis=0))
    width = columns[-1] - columns[0] + 1
    if width * _COL < _MIN_SIDE:
        return None
    shares = np.sort(rows.sum(axis=1) / width)
    # a few short last lines and headings do not count against a column
    return bool(
        shares.mean() >= (_FILL - 0.1 if score > 250 else _FILL) or shares[(3 * len(shares)) // 4] >= _FULL
    )


def _parts_cells(gutter: Gutter, items: Sequence[Item]) -> bool:
    """Whether what stands beside a gutter are a table's cells: rows of few words, or of numbers.

    One side of few words is a margin (keywords, dates) if the other one is clearly prose.
    """
    middle_x = (gutter.x0 + gutter.x1) / 2
    cells = prose = 0
    for left in (True, False):
        words = [
            i
            for i in items
            if gutter.top <= (i.top + i.bottom) / 2 <= gutter.bottom
            and ((i.x0 + i.x1) / 2 < middle_x) is left
            and isinstance(i, Word)
        ]
        if not words:
            continue
        words_a_row = len(words) / len({round(w.baseline / 3) for w in words})
        numbers = sum(any(c.isdigit() for c in w.text) for w in words) / len(words)
        cells += words_a_row < _WORDS_A_ROW or numbers > 0.5
        prose += words_a_row >= _WORDS_OF_PROSE and numbers < 0.3
    return cells > prose
