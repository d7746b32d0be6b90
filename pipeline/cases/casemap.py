"""The patients of a paper, and which stretches of its text are about whom."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CaseRef:
    """One patient: number in the series, label as printed ("" where alone), first words' offset."""

    number: int
    label: str
    start: int


@dataclass(frozen=True)
class CaseMap:
    """The patients of a paper, and who the words at an offset are about."""

    cases: tuple[CaseRef, ...]
    starts: tuple[int, ...] = ()  # of regions
    owners: tuple[tuple[int, ...], ...] = ()  # indices into `cases`, per region
    kin: bool = False  # the patients are relatives of one another
    unread: tuple[int, ...] = ()  # numbers of the patients beyond the cap

    def at(self, offset: int) -> tuple[int, ...]:
        """Indices of the patients that the words at an offset are about; () is nobody."""
        if len(self.cases) == 1 and not self.starts:
            return (0,)
        i = bisect_right(self.starts, offset) - 1
        return self.owners[i] if i >= 0 else ()

    def index_of(self, number: int) -> int | None:
        """Index of the patient with a number in the series, None if there is none."""
        for i, case in enumerate(self.cases):
            if case.number == number:
                return i
        return None


def tidy(label: str) -> str:
    """A label without the article and pronoun before it."""
    return re.sub(r"^(?:in )?(?:the|our|my|this)\s", "", label.strip(), flags=re.IGNORECASE)
