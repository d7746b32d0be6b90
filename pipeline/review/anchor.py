"""Words with their surroundings, found again in a text that has changed.

The selector is the W3C's TextQuoteSelector (Web Annotation Data Model, 4.2.4): the exact words, what
stands before and what stands behind them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

#: letters kept on each side
AROUND = 40
#: words of so many letters are known without their surroundings
_TELLING = 24
#: this share of the surroundings has to be there still, on both sides together
_SHARE = 0.3
_DASHES = "-\u2010\u2011\u2012\u2013\u2212"


@dataclass(frozen=True, slots=True)
class Words:
    """A TextQuoteSelector."""

    exact: str
    prefix: str = ""
    suffix: str = ""

    @classmethod
    def at(cls, text: str, start: int, end: int) -> Words:
        """The selector of the characters [start, end)."""
        return cls(text[start:end], text[max(0, start - AROUND) : start], text[end : end + AROUND])

    def find(self, text: str) -> tuple[int, int] | None:
        """Where the words stand, as [start, end); None where they are gone, or which are meant is unclear."""
        spots = list(_exactly(self.exact, text)) or list(_loosely(self.exact, text))
        if not spots:
            return None
        around = len(_plain(self.prefix)) + len(_plain(self.suffix))
        if not around:
            return spots[0] if len(spots) == 1 else None
        scores = [self._around(text, *spot) for spot in spots]
        best = max(range(len(spots)), key=scores.__getitem__)
        telling = len(self.exact) >= _TELLING and len(spots) == 1
        return spots[best] if telling or scores[best] >= _SHARE * around else None

    def _around(self, text: str, start: int, end: int) -> int:
        """How many letters of the surroundings are the same, blanks and case aside."""
        before = _plain(text[max(0, start - 2 * AROUND) : start])
        behind = _plain(text[end : end + 2 * AROUND])
        prefix = _plain(self.prefix)
        return _common(prefix[::-1], before[::-1]) + _common(_plain(self.suffix), behind)


def _exactly(words: str, text: str) -> Iterator[tuple[int, int]]:
    at = text.find(words) if words else -1
    while at >= 0:
        yield at, at + len(words)
        at = text.find(words, at + 1)


def _loosely(words: str, text: str) -> Iterator[tuple[int, int]]:
    """The words with other blanks, dashes or case: what another reading of one file may change."""
    dash = f"[{_DASHES}]"
    parts = [re.sub(dash, dash, re.escape(part).replace("\\-", "-")) for part in words.split()]
    if parts:
        for match in re.finditer(r"\s+".join(parts), text, re.IGNORECASE):
            yield match.span()


def _plain(text: str) -> str:
    return "".join(text.split()).casefold()


def _common(one: str, other: str) -> int:
    """Letters that two texts begin with alike."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count
