"""A drug's name in a sentence with what belongs to it; offsets are those of the sentence."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.drugs.cues import JOIN
from extractors.drugs.doses import Dose
from extractors.drugs.durations import Duration
from extractors.drugs.frequency import Frequency
from extractors.drugs.routes import Route

#: Members of one list stand nearer together than this (characters).
_JOINT_WITHIN = 60


@dataclass(slots=True)
class Anchor:
    """A drug's name at [start, end) of the sentence, with what was found to belong to it."""

    start: int
    end: int
    name_start: int
    name_end: int
    dose: Dose | None = None
    frequency: Frequency | None = None
    route: Route | None = None
    duration: Duration | None = None
    steps: list[Anchor] = field(default_factory=list)  # later doses of the same drug
    shared: bool = False  # its frequency is told behind a later member of the list
    quote: tuple[int, int] | None = None  # the whole list, where doses stand behind it

    def widen(self, start: int, end: int) -> None:
        """Take [start, end) in."""
        self.start, self.end = min(self.start, start), max(self.end, end)


def joined(lower: str, before: Anchor, after: Anchor) -> bool:
    """Whether two anchors are neighbours in one list."""
    end = max([before.end, *(s.end for s in before.steps)])
    return end <= after.start and after.start - end < _JOINT_WITHIN and JOIN.fits(lower, end, after.start)


def _begin(anchor: Anchor) -> int:
    return anchor.start


def before(anchors: Sequence[Anchor], place: int) -> int:
    """The number of the last anchor that ends at or before a place, -1 for none."""
    i = bisect_right(anchors, place, key=_begin) - 1
    while i >= 0 and anchors[i].end > place:
        i -= 1
    return i


def around(anchors: Sequence[Anchor], place: int) -> Anchor | None:
    """The anchor in which a place lies."""
    i = bisect_right(anchors, place, key=_begin) - 1
    return anchors[i] if i >= 0 and place < anchors[i].end else None


def behind(anchors: Sequence[Anchor], place: int) -> int:
    """The number of the first anchor that begins at or behind a place; their number for none."""
    return bisect_left(anchors, place, key=_begin)
