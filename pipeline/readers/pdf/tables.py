"""Where tables stand on a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.readers.pdf.captions import is_caption, is_table_caption
from pipeline.readers.pdf.ink import PageInk, Rect, Word
from pipeline.readers.pdf.lines import rows_of

_ITEM = re.compile(r"^(?:[•‣▪●○■□◦–—*·-]|[\[(]?\w{1,3}[\]).])$")
_GAP = 1.1  # ems: a wider gap in a row parts two cells
_SAME = 5.0  # points: edges of rules nearer than this are one
_ROW = 60.0  # points: a row of a table is hardly higher


@dataclass(slots=True)
class TableRegion:
    """A table's place, its words and the rules inside."""

    box: Rect
    words: list[Word]
    across: list[Rect] = field(default_factory=list)
    upright: list[Rect] = field(default_factory=list)


def joined_rules(rules: Sequence[Rect]) -> list[Rect]:
    """Horizontal rules with the pieces of one line put together, top to bottom."""
    out: list[Rect] = []
    for rule in sorted(rules, key=lambda r: (round((r.top + r.bottom) / 2), r.x0)):
        if out:
            last = out[-1]
            if abs(last.top + last.bottom - rule.top - rule.bottom) < 3 and rule.x0 <= last.x1 + 1.5:
                out[-1] = Rect(
                    min(last.x0, rule.x0),
                    min(last.top, rule.top),
                    max(last.x1, rule.x1),
                    max(last.bottom, rule.bottom),
                )
                continue
        out.append(rule)
    return sorted(out, key=lambda r: r.top)


def ruled_tables(ink: PageInk) -> list[TableRegion]:
    """Tables between horizontal rules of equal length: three lines, many lines, or a full grid."""
    rules = [r for r in joined_rules(ink.across) if r.width >= 60]
    tables: list[TableRegion] = []
    used: set[int] = set()
    for i, rule in enumerate(rules):
        if i in used:
            continue
        stack = [
            j
            for j in range(i, len(rules))
            if j not in used and abs(rules[j].x0 - rule.x0) < _SAME and abs(rules[j].x1 - rule.x1) < _SAME
        ]
        for run in _table_runs(ink, [rules[j] for j in stack]):
            table = _region(ink, run)
            if table:
                tables.append(table)
                used.update(j for j, inner in enumerate(rules) if _lies_in(inner, table.box))
    return tables


def _lies_in(rule: Rect, box: Rect) -> bool:
    """Whether a rule is one of a table's, shorter ones that part some of its columns included."""
    return box.top <= rule.top <= box.bottom and box.x0 <= rule.x0 and rule.x1 <= box.x1


def _table_runs(ink: PageInk, stack: list[Rect]) -> list[list[Rect]]:
    """Runs of rules with table rows between each two."""
    runs: list[list[Rect]] = []
    run: list[Rect] = []
    for upper, lower in pairwise(stack):
        if lower.top - upper.bottom < 3 and run:
            run.append(lower)  # a double rule
        elif _between(ink, upper, lower):
            run = [*run, lower] if run else [upper, lower]
        else:
            if run:
                runs.append(run)
            run = []
    if run:
        runs.append(run)
    return runs


def _between(ink: PageInk, upper: Rect, lower: Rect) -> bool:
    """Whether what stands between two rules is rows of a table."""
    box = Rect(upper.x0 - 3, upper.top, upper.x1 + 3, lower.bottom)
    words = [w for w in ink.words if box.holds(w, 0)]
    if not words:
        return False
    rows = rows_of(words)
    inner = [
        r
        for r in ink.upright
        if box.x0 + 8 < r.x0 < box.x1 - 8 and r.top < lower.top - 1 and r.bottom > upper.bottom + 1
    ]
    if inner and len(rows) <= 60:
        return True
    return _in_columns(rows, box)


def _in_columns(rows: list[list[Word]], box: Rect) -> bool:
    """Whether rows have the gaps of a table and not those of prose in columns."""
    parts = [chunks(row) for row in rows]
    if sum(len(p) >= 2 for p in parts) < 0.4 * len(rows):
        return False
    # a column of running text beside something else: a boxed abstract with its keywords
    if len(rows) >= 4 and sum(any(len(c) >= 8 for c in p) for p in parts) >= 0.5 * len(rows):
        return False
    many = sum(len(p) >= 3 for p in parts)
    share = sum(_share(row, box) for row in rows) / len(rows)
    # two columns of prose also have one gap in every row, but are filled from edge to edge
    return many >= 0.4 * len(rows) or share < 0.78 or len(rows) <= 3


def _share(row: list[Word], box: Rect) -> float:
    return sum(w.x1 - w.x0 for w in row) / max(box.width, 1.0)


def chunks(row: Sequence[Word], gap: float = _GAP) -> list[list[Word]]:
    """A row's words, parted at gaps wider than `gap` ems."""
    out = [[row[0]]]
    right, size = row[0].x1, row[0].size
    for word in row[1:]:
        if word.x0 - right <= gap * (word.size if word.size > size else size):
            out[-1].append(word)
        else:
            out.append([word])
            right = word.x1
        right, size = word.x1 if word.x1 > right else right, word.size
    return out


def _region(ink: PageInk, run: list[Rect]) -> TableRegion | None:
    x0, x1 = min(r.x0 for r in run), max(r.x1 for r in run)
    top, bottom = _ends(ink, Rect(x0 + 8, run[0].top, x1 - 8, run[-1].bottom))
    box = Rect(x0 - 3, top - 1, x1 + 3, bottom + 1)
    words = [w for w in ink.words if box.holds(w, 0)]
    if len(words) < 4:
        return None
    return _filled(ink, box, words)


def _ends(ink: PageInk, inside: Rect) -> tuple[float, float]:
    """From where to where a table reaches: vertical rules may begin a row above its first horizontal one and
    end a row below the last, where it has no frame."""
    joined: list[Rect] = []
    for rule in sorted(ink.upright, key=lambda r: (round(r.x0), r.top)):
        last = joined[-1] if joined else None
        if last is not None and abs(rule.x0 - last.x0) < 1.5 and rule.top <= last.bottom + _SAME:
            joined[-1] = Rect(last.x0, last.top, last.x1, max(last.bottom, rule.bottom))
        else:
            joined.append(rule)
    inner = [
        r
        for r in joined
        if inside.x0 < r.x0 < inside.x1 and r.top < inside.bottom - _SAME and r.bottom > inside.top + _SAME
    ]
    top, bottom = min((r.top for r in inner), default=0), max((r.bottom for r in inner), default=0)
    one_grid = all(r.top < top + _SAME and r.bottom > bottom - _SAME for r in inner)
    if not inner or not one_grid or top < inside.top - _ROW or bottom > inside.bottom + _ROW:
        return inside.top, inside.bottom
    return min(inside.top, top), max(inside.bottom, bottom)


def wide_captioned_tables(ink: PageInk, taken: Sequence[Rect]) -> list[TableRegion]:
    """Tables without rules that span the page, found below (or above) their caption.

    They are cut out before the columns are looked for, because the white between their cells may
    lie where the page's gutter is. `taken` are places of tables known already.
    """
    rows = [row for row in rows_of(ink.words) if not any(box.holds(row[0]) for box in taken)]
    middle = ink.width / 2
    out: list[TableRegion] = []
    for i, row in enumerate(rows):
        first = chunks(row)[0]
        if not is_caption(" ".join(w.text for w in first[:6])) or first[0].x0 > middle:
            continue
        run = _rows_after(rows, i + 1)
        if len(run) < 3 or not _is_wide(run, middle):
            continue
        words = [w for r in run for w in r]
        box = Rect(
            min(w.x0 for w in words) - 2,
            min(w.top for w in words) - 1,
            max(w.x1 for w in words) + 2,
            max(w.bottom for w in words) + 1,
        )
        if not any(box.top < t.bottom and box.bottom > t.top for t in taken):
            out.append(_filled(ink, box, words))
    return out


def _rows_after(rows: Sequence[list[Word]], start: int) -> list[list[Word]]:
    """The rows of cells that follow a caption (whose own further lines are skipped)."""
    for skip in range(start, min(start + 4, len(rows))):
        run = tabular_run(rows, skip)
        if len(run) >= 3:
            return run
    return []


def take_caption(table: TableRegion) -> list[list[Word]] | None:
    """Cut the caption's rows off the top of a table whose rules enclose it.

    Returns them, or None where a figure's caption shows that the rules are no table's.
    """
    rows = rows_of(table.words)
    texts = [" ".join(w.text for w in row[:6]) for row in rows]
    if any(is_caption(t) and not is_table_caption(t) for t in (texts[0], texts[-1])):
        return None
    if not is_caption(texts[0]):
        return []
    count = 1
    for upper, lower in pairwise(rows):
        ruled = any(
            upper[0].baseline < r.top < lower[0].baseline and r.width > 0.5 * table.box.width
            for r in table.across
        )
        if ruled or len(chunks(lower)) > 1 or lower[0].baseline - upper[0].baseline > 1.6 * upper[0].size:
            break
        count += 1
    if count >= len(rows):
        return []
    gone = {id(w) for row in rows[:count] for w in row}
    table.words = [w for w in table.words if id(w) not in gone]
    return rows[:count]


def tabular_run(rows: Sequence[list[Word]], start: int) -> list[list[Word]]:
    """Rows from `start` on that look like a table's: parted by wide gaps, evenly spaced."""
    run: list[list[Word]] = []
    loose = 0
    for row in rows[start:]:
        size = row[0].size
        if run and row[0].baseline - run[-1][0].baseline > 2.6 * size:
            break
        parts = chunks(row)
        if len(parts) >= 2 and max(len(p) for p in parts) <= 9:
            loose = 0
        else:
            short = len(parts) == 1 and len(row) <= 6
            if not run or loose == 2 or not short:
                break
            loose += 1
        run.append(row)
    return run[: len(run) - loose] if loose else run


def _is_wide(run: Sequence[list[Word]], middle: float) -> bool:
    """Whether rows lie on both sides of the page's middle and are cells there, not prose."""
    both = [row for row in run if row[0].x0 < middle - 20 and row[-1].x1 > middle + 20]
    if len(both) < 0.6 * len(run):
        return False
    for side in (
        [w for row in both for w in row if w.x1 < middle],
        [w for row in both for w in row if w.x0 > middle],
    ):
        if side:
            extent = max(w.x1 for w in side) - min(w.x0 for w in side)
            if sum(w.x1 - w.x0 for w in side) > 0.72 * extent * len(both):
                return False
    return True


def open_tables(rows: Sequence[list[Word]], ink: PageInk) -> list[tuple[int, int, TableRegion]]:
    """Tables without rules among the rows of one column: (first row, row behind the last, table)."""
    out: list[tuple[int, int, TableRegion]] = []
    i = 0
    while i < len(rows):
        run = tabular_run(rows, i)
        captioned = any(is_caption(" ".join(w.text for w in rows[j][:6])) for j in range(max(0, i - 4), i))
        if len(run) >= (2 if captioned else 3) and _has_values(run, captioned):
            words = [w for row in run for w in row]
            box = Rect(
                min(w.x0 for w in words) - 2,
                min(w.top for w in words) - 1,
                max(w.x1 for w in words) + 2,
                max(w.bottom for w in words) + 1,
            )
            out.append((i, i + len(run), _filled(ink, box, words)))
            i += len(run)
        else:
            i += 1
    return out


def _has_values(run: Sequence[list[Word]], captioned: bool) -> bool:
    """Whether cells behind the first column hold numbers (or a caption vouches for the table)."""
    parts = [chunks(row) for row in run]
    tabular = [p for p in parts if len(p) >= 2]
    if len(tabular) < 2:
        return False
    labels = sum(bool(_ITEM.match(p[0][0].text)) and len(p[0]) == 1 for p in tabular)
    if labels > 0.5 * len(tabular) and max(len(p) for p in tabular) == 2:
        return False  # a list: number, text
    cells = [part for p in tabular for part in p[1:]]
    valued = sum(any(c.isdigit() for w in cell for c in w.text) and len(cell) <= 6 for cell in cells)
    return captioned or (valued >= 0.5 * len(cells) and len(tabular) >= 3)


def _filled(ink: PageInk, box: Rect, words: list[Word]) -> TableRegion:
    across = [
        r
        for r in ink.across
        if box.x0 - 3 <= r.x0 and r.x1 <= box.x1 + 3 and box.top - 4 <= r.top <= box.bottom + 4
    ]
    upright = [
        r
        for r in ink.upright
        if box.x0 - 3 <= r.x0 <= box.x1 + 3 and r.bottom > box.top and r.top < box.bottom
    ]
    return TableRegion(box, words, across, upright)
