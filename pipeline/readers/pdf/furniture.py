"""What a page carries beside its text: line numbers, running heads and feet, page numbers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from pipeline.readers.pdf.captions import is_caption
from pipeline.readers.pdf.ink import PageInk, Word
from pipeline.readers.pdf.lines import TextLine, compose, rows_of

_EDGE = 0.13  # share of the page's height in which heads and feet are looked for
_PAGE_NUMBER = re.compile(
    r"^[\s\-–—|(\[]*(?:p(?:age|\.)?\s*)?(?:[a-z]{0,2}\d{1,5}|[ivxl]{1,6})(?:\s*(?:of|/)\s*\d+)?[\s\-–—|)\]]*$",
    re.IGNORECASE,
)
#: What publishers print at the edge of a page.
IMPRINT = re.compile(
    r"https?://|www\.|\bdoi\b|©|\(c\)\s*\d{4}|copyright|all rights reserved|downloaded (?:from|by)|\bissn\b|"
    r"\bvol(?:ume)?\.?\s*\d+|\b(?:19|20)\d\d\s*[;,]\s*\d{1,6}\s{0,4}(?:\(\d{1,6}\)\s{0,4})?[:,]\s*\d|\d{1,6}\s{0,4}\((?:19|20)\d\d\)\s*[e\d]|"
    r"creative commons|published (?:by|online)|licen[sc]ed under|accepted manuscript|arxiv:",
    re.IGNORECASE,
)


def drop_line_numbers(pages: Sequence[PageInk]) -> dict[int, list[Word]]:
    """Remove the numbers printed beside the lines of a manuscript; returns them by page.

    They stand in a margin or gutter of their own (no other word above or below), grow down the
    page by a constant step and run over a good part of it. A short page (the last one) is
    recognised by the places where the others have theirs.
    """
    dropped = {ink.number: _numbered_margin(ink) for ink in pages}
    places = Counter((round(w.x1), round(w.size, 1)) for words in dropped.values() for w in words)
    usual = {place for place, count in places.items() if count >= 3}
    for ink in pages if usual else ():
        numbers = [w for w in ink.words if _is_number(w) and w not in dropped[ink.number]]
        dropped[ink.number] += [w for w in numbers if _stands_at(w, usual) and not _has_company(w, ink)]
    for ink in pages:
        gone = set(map(id, dropped[ink.number]))
        if gone:
            ink.words = [w for w in ink.words if id(w) not in gone]
    return dropped


def _is_number(word: Word) -> bool:
    return word.text.isdecimal() and len(word.text) <= 4


def _stands_at(word: Word, places: set[tuple[int, float]]) -> bool:
    """Whether a number ends at one of the places, in the size of those that do."""
    return any(abs(word.x1 - x) <= 1.5 and abs(word.size - size) < 0.25 for x, size in places)


def _has_company(word: Word, ink: PageInk) -> bool:
    """Whether a number has a word close to its left: then it is part of a line, not of the margin."""
    return any(abs(w.baseline - word.baseline) < 2 and 0 <= word.x0 - w.x1 < 0.6 * w.size for w in ink.words)


def _numbered_margin(ink: PageInk) -> list[Word]:
    columns: dict[int, list[Word]] = defaultdict(list)
    for word in ink.words:
        if _is_number(word):
            columns[round(word.x1 / 3)].append(word)
    dropped: list[Word] = []
    for key in sorted(columns):
        numbers = columns[key] + columns.get(key + 1, [])
        numbers = sorted((w for w in numbers if w not in dropped), key=lambda w: w.baseline)
        chain = _longest_chain(numbers)
        if len(chain) < 6 or chain[-1].baseline - chain[0].baseline < 0.22 * ink.height:
            continue
        x0, x1 = min(w.x0 for w in chain) - 0.5, max(w.x1 for w in chain) + 0.5
        low, high = chain[0].top, chain[-1].bottom
        ours = set(map(id, chain))
        others = sum(
            1
            for w in ink.words
            if id(w) not in ours and w.x0 < x1 and w.x1 > x0 and low <= w.baseline <= high
        )
        if others <= 0.05 * len(chain):
            dropped += chain
    return dropped


def _longest_chain(numbers: list[Word]) -> list[Word]:
    """The longest run of numbers that grows by one constant step (1, 2, 5 or 10)."""
    best: list[Word] = []
    for step in (1, 5, 2, 10):
        chain: list[Word] = []
        for word in numbers:
            if chain and int(word.text) == int(chain[-1].text) + step:
                chain.append(word)
            elif not chain or len(chain) < 3:
                chain = [word]
            if len(chain) > len(best):
                best = list(chain)
    return best


class Edges:
    """Heads and feet of a run of pages: rows that come again, and numbers that count pages."""

    def __init__(self, pages: Sequence[PageInk], body_size: float) -> None:
        self._body = body_size
        self._rows: dict[int, dict[str, list[TextLine]]] = {}
        self._frames = {
            ink.number: (ink.height, [r for r in ink.across if r.width > 0.5 * ink.width]) for ink in pages
        }
        for ink in pages:
            top = [w for w in ink.words if w.baseline < _EDGE * ink.height]
            foot = [w for w in ink.words if w.baseline > (1 - _EDGE) * ink.height]
            self._rows[ink.number] = {
                "head": [compose(r) for r in rows_of(top)[:5]],
                "foot": [compose(r) for r in reversed(rows_of(foot)[-6:])],
            }
        self._seen: Counter[tuple[str, str, int]] = Counter()
        self._places: Counter[tuple[str, int, int]] = Counter()
        for number, ends in self._rows.items():
            for end, lines in ends.items():
                keys = {(end, _shape(line.text), level) for line in lines for level in _levels(line)}
                self._seen.update(keys)
                if lines and number > 1:
                    self._places.update(
                        {(end, level, round(lines[0].size * 2)) for level in _levels(lines[0])}
                    )

    def take(self, ink: PageInk) -> list[TextLine]:
        """Remove the heads and feet of a page from its words; returns them as lines."""
        taken: list[TextLine] = []
        for end in ("head", "foot"):
            lines = self._rows[ink.number][end]
            last = -1
            for i in range(len(lines)):
                if self._is_furniture(end, ink.number, i, last):
                    last = i
            taken += lines[: last + 1]
        if taken:
            gone = {id(w) for line in taken for w in line.words}
            ink.words = [w for w in ink.words if id(w) not in gone]
        return taken

    def _is_outermost(self, end: str, line: TextLine, number: int) -> bool:
        """Whether a line stands in the page's outer margin, or is cut off by a rule across the page."""
        height, rules = self._frames[number]
        if line.baseline < 0.075 * height or line.baseline > 0.93 * height:
            return True
        lowest, highest = (
            (line.bottom - 2, line.bottom + 14) if end == "head" else (line.top - 14, line.top + 2)
        )
        return any(lowest <= rule.top <= highest for rule in rules)

    def _is_furniture(self, end: str, number: int, i: int, last: int) -> bool:
        lines = self._rows[number][end]
        line = lines[i]
        if i > last + 1 or is_caption(line.text):
            return False
        shape = _shape(line.text)
        level = round(line.baseline / 4)
        if len(shape) > 1 and self._seen[end, shape, level] >= 2 and (len(self._rows) < 40 or len(shape) > 3):
            return True
        if i == 0 and _PAGE_NUMBER.match(line.text):
            return True
        if i or (len(lines) < 2 and end == "foot"):
            return False
        gap = abs(lines[1].baseline - line.baseline) if len(lines) > 1 else 99.0
        if gap < 1.5 * line.size:
            return False
        if line.size < self._body - 0.7 and self._is_outermost(end, line, number):
            return True
        numbered = bool(re.match(r"^\d{1,5}\s", line.text) or re.search(r"\s\d{1,5}$", line.text))
        again = self._places[end, level, round(line.size * 2)] >= 2
        return again and (numbered or abs(line.size - self._body) > 0.4)


def _shape(text: str) -> str:
    """A row's words with the numbers taken out: what stays the same from page to page."""
    return re.sub(r"\d+", "#", text.lower()).strip()


def _levels(line: TextLine) -> set[int]:
    """The row's height on the page, coarsely; neighbours too, so that a small shift still matches."""
    level = round(line.baseline / 4)
    return {level - 1, level, level + 1}
