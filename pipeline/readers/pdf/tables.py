"""Where tables stand on a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.readers.pdf.ink import PageInk, Rect, Word
from pipeline.readers.pdf.lines import rows_of

_GAP = 1.1  # ems: a wider gap in a row parts two cells
_SAME = 5.0  # points: edges of rules nearer than this are one


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
                out[-1] = Rect(min(last.x0, rule.x0), min(last.top, rule.top), max(last.x1, rule.x1),
                               max(last.bottom, rule.bottom))
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
        stack = [j for j in range(i, len(rules)) if j not in used and abs(rules[j].x0 - rule.x0) < _SAME
                 and abs(rules[j].x1 - rule.x1) < _SAME]
        for run in _table_runs(ink, [rules[j] for j in stack]):
            table = _region(ink, run)
            if table:
                tables.append(table)
                used.update(j for j in stack if run[0].top - 1 <= rules[j].top <= run[-1].bottom + 1)
    return tables


def _table_runs(ink: PageInk, stack: list[Rect]) -> list[list[Rect]]:
    """Runs of rules with table rows between each two."""
    runs: list[list[Rect]] = []
    run: list[Rect] = []
    for upper, lower in zip(stack, stack[1:], strict=False):
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
    inner = [r for r in ink.upright if box.x0 + 8 < r.x0 < box.x1 - 8 and r.top < lower.top - 1 and r.bottom > upper.bottom + 1]
    if inner and len(rows) <= 60:
        return True
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
    """A row's words, parted at wide gaps."""
    out: list[list[Word]] = []
    for word in row:
        if out and word.x0 - max(w.x1 for w in out[-1][-3:]) <= gap * max(word.size, out[-1][-1].size):
            out[-1].append(word)
        else:
            out.append([word])
    return out


def _region(ink: PageInk, run: list[Rect]) -> TableRegion | None:
    box = Rect(min(r.x0 for r in run) - 3, run[0].top - 1, max(r.x1 for r in run) + 3, run[-1].bottom + 1)
    words = [w for w in ink.words if box.holds(w, 0)]
    if len(words) < 4:
        return None
    across = [r for r in ink.across if box.x0 - 3 <= r.x0 and r.x1 <= box.x1 + 3 and box.top - 2 <= r.top <= box.bottom + 2]
    upright = [r for r in ink.upright if box.x0 - 3 <= r.x0 <= box.x1 + 3 and r.bottom > box.top and r.top < box.bottom]
    return TableRegion(box, words, across, upright)
