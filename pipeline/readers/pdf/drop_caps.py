"""Drop caps: a letter as high as two or three lines, put back in front of the words it begins."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.readers.initials import one_word
from pipeline.readers.pdf.ink import PageInk, Word

_INITIAL = re.compile(r"[\"“‘']?[A-ZÀ-Þ]")
_LEAST = 1.7  # times the running text's size


def settle(pages: Sequence[PageInk], body: float) -> None:
    """Give each drop cap the place, size and line of the first word beside it; `body` is the text's size."""
    for ink in pages:
        initials = [w for w in ink.words if w.size >= _LEAST * body and _INITIAL.fullmatch(w.text)]
        for initial in initials:
            beside = _beside(initial, ink.words, body)
            if beside:
                left = initial.x0
                _join(initial, beside[0], ink, pages)
                for word in beside[1:]:  # no indent: the paragraph goes on
                    word.x0 = left


def _beside(initial: Word, words: Sequence[Word], body: float) -> list[Word]:
    """The first words of the lines beside a letter, from the top, where it stands before two or more."""
    near = [
        w
        for w in words
        if 0.8 * body <= w.size <= 1.25 * body
        and -1.0 <= w.x0 - initial.x1 <= 1.2 * body
        and initial.baseline - initial.size < w.baseline <= initial.baseline + 0.3 * body
    ]
    levels = sorted({round(w.baseline) for w in near})
    if len(levels) < 2 or levels[-1] - levels[0] < 0.8 * body or initial.baseline - levels[-1] > 0.4 * body:
        return []
    firsts: list[Word] = []
    for word in sorted(near, key=lambda w: (round(w.baseline), w.x0)):
        if not firsts or word.baseline - firsts[-1].baseline > 0.5 * body:
            firsts.append(word)
    return firsts if firsts[0].top <= initial.baseline - 0.5 * initial.size else []


def _join(initial: Word, following: Word, ink: PageInk, pages: Sequence[PageInk]) -> None:
    size = following.size

    def told() -> list[str]:
        return [word.text.lower().rstrip(".,;:") for page in pages for word in page.words]

    if one_word(initial.text, following.text, told):
        following.text = initial.text + following.text
        following.x0 -= 0.6 * size
        ink.words = [w for w in ink.words if w is not initial]
        return
    initial.size, initial.baseline = size, following.baseline
    initial.top, initial.bottom = following.top, following.bottom
    initial.x1 = following.x0 - 0.28 * size
    initial.x0 = min(initial.x0, initial.x1 - 0.3 * size)
    initial.font, initial.bold, initial.italic = following.font, following.bold, following.italic
