"""Words inside pictures: axis labels, arrows, vertebra names. They are no part of the text."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.readers.pdf.ink import PageInk, Rect, Word
from pipeline.readers.pdf.lines import rows_of
from pipeline.readers.pdf.tables import chunks

_NEAR = 10.0  # points: drawings nearer than this are parts of one figure
_LEAST = 40.0  # points: smaller pictures are logos and bullets
#: Each is compared with all figures so far. Words in a figure of what is left stay in the text.
_MOST_PARTS = 1500


def figure_words(ink: PageInk) -> list[Word]:
    """The words that stand inside pictures and charts of a page (not in boxes of running text)."""
    page = ink.width * ink.height
    images = [
        r for r in ink.images if r.width > _LEAST and r.height > _LEAST and r.width * r.height < 0.6 * page
    ]
    out: list[Word] = []
    for figure in images + _drawn_figures(ink):
        inside = [w for w in ink.words if figure.holds(w)]
        if inside and not _is_text(inside):
            out += inside
    return list({id(w): w for w in out}.values())


def _drawn_figures(ink: PageInk) -> list[Rect]:
    """Curves and slanted lines that stand together, as one rectangle each."""
    page = ink.width * ink.height
    groups: list[Rect] = []
    for rect in ink.drawings[:_MOST_PARTS]:
        if rect.width * rect.height > 0.6 * page:
            continue
        merged = rect
        apart = []
        for group in groups:
            if (
                group.x0 - _NEAR <= merged.x1
                and merged.x0 <= group.x1 + _NEAR
                and group.top - _NEAR <= merged.bottom
                and merged.top <= group.bottom + _NEAR
            ):
                merged = Rect(
                    min(group.x0, merged.x0),
                    min(group.top, merged.top),
                    max(group.x1, merged.x1),
                    max(group.bottom, merged.bottom),
                )
            else:
                apart.append(group)
        groups = [*apart, merged]
    return [g for g in groups if g.width > 1.5 * _LEAST and g.height > 1.5 * _LEAST]


def _is_text(words: Sequence[Word]) -> bool:
    """Whether the words are running text or a table: long rows, or many words."""
    parts = [part for row in rows_of(words) for part in chunks(row)]
    long = sum(len(part) for part in parts if len(part) >= 5)
    return long > 0.4 * len(words) or len(words) > 400
